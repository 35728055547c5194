package reading_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chonoi/internal/document/officetest"
	"chonoi/internal/lang"
	"chonoi/internal/programme/reading"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew; read what changed before you keep it")

// asJSON is the plan as the command prints it.
func asJSON(t *testing.T, p *reading.Plan) []byte {
	t.Helper()
	w := words(t)
	p.Say(func(key string, args ...any) string { return w.T(lang.Vi, key, args...) })
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	if err := e.Encode(p); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func golden(t *testing.T, name string, p *reading.Plan) {
	t.Helper()
	whole(t, p)
	got := asJSON(t, p)
	path := filepath.Join("testdata", name+".json")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); d != "" {
		t.Errorf("%s is read otherwise:\n%s", name, d)
	}
}

func TestPlansInOtherLayoutsAreReadAsAPersonReadsThem(t *testing.T) {
	for _, name := range []string{"dang-uy-phuong.txt", "chi-thi.txt", "xa-quet-anh.txt", "chuong-trinh.md"} {
		t.Run(name, func(t *testing.T) {
			golden(t, name, readFile(t, filepath.Join("testdata", name)))
		})
	}
}

func TestPapersOfWordAreReadAsAPersonReadsThem(t *testing.T) {
	sources := []string{"testdata/tinh-ke-hoach.html", "testdata/quyet-dinh.html", "testdata/phuong-cap-duoi.html"}
	for _, path := range officetest.Convert(t, "docx:MS Word 2007 XML", "HTML (StarWriter)", sources...) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			golden(t, filepath.Base(path), readFile(t, path))
		})
	}
}
