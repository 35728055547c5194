package house

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// toldKeys are the keys of every texts.toml, with the file that tells each.
func toldKeys(t *testing.T) map[string]string {
	t.Helper()
	told := map[string]string{}
	err := filepath.WalkDir(filepath.Join(root, "internal"), func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.Name() != "texts.toml" {
			return err
		}
		var texts map[string]map[string]string
		if _, err := toml.DecodeFile(path, &texts); err != nil {
			return err
		}
		for key, text := range texts {
			if text["vi"] == "" || text["en"] == "" {
				t.Errorf("%s: %s is not told in both tongues", path, key)
			}
			if other, twice := told[key]; twice {
				t.Errorf("%s is told in %s and in %s", key, other, path)
			}
			told[key] = path
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return told
}

var (
	quoted = regexp.MustCompile("\"([a-z][a-z0-9_]*(?:\\.[a-z0-9_]*)*[._a-z0-9])\"|`([a-z][a-z0-9_.]*)`")
	asked  = regexp.MustCompile(`(?:\bT\((?:ctx|r|[a-z]+, *[a-zA-Z.]+), *|fault\.New\(fault\.\w+, *|\.At\([^,()]+, *|Key: *)"([a-z][a-z0-9_]*\.[a-z0-9_.]*[a-z0-9])"[,)}\s]`)
)

func TestEveryTextThatIsAskedForIsTold(t *testing.T) {
	told := toldKeys(t)
	for _, s := range sources(t) {
		if s.made || strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		for _, m := range asked.FindAllStringSubmatch(s.text, -1) {
			if _, ok := told[m[1]]; !ok {
				t.Errorf("%s asks for the text %q, which is nowhere told", s.path, m[1])
			}
		}
	}
}

func TestEveryTextThatIsToldIsUsed(t *testing.T) {
	whole, begins := map[string]bool{}, map[string]bool{}
	for _, s := range sources(t) {
		if s.made || strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		for _, m := range quoted.FindAllStringSubmatch(s.text, -1) {
			word := m[1] + m[2]
			whole[word] = true
			if strings.HasSuffix(word, ".") || strings.HasSuffix(word, "_") {
				begins[word] = true
			}
		}
	}
	for key, path := range toldKeys(t) {
		if !used(key, whole, begins) {
			t.Errorf("%s: nothing uses %s", path, key)
		}
	}
}

// used reports whether a key stands in the sources, as it is or put together from its beginning.
// Names of fields are keys of their own (offer.price), and so are letters (letter.<name>.subject).
func used(key string, whole, begins map[string]bool) bool {
	if whole[key] {
		return true
	}
	for i := range key {
		if (key[i] == '.' || key[i] == '_') && begins[key[:i+1]] {
			return true
		}
	}
	kind, name, _ := strings.Cut(key, ".")
	name = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSuffix(name, ".hint"), ".subject"), ".body")
	switch kind {
	case "offer", "need", "listing", "organisation":
		last := name[strings.LastIndexByte(name, '.')+1:]
		return whole[name] || whole[last]
	case "letter", "state", "act":
		return whole[name] || whole[name[strings.LastIndexByte(name, '.')+1:]]
	}
	return false
}
