package house

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestPagesAreWhatTheirTemplatesGenerate generates all templates of the house in another place and
// compares: a template that was changed by hand in its generated file, or not generated, is told.
func TestPagesAreWhatTheirTemplatesGenerate(t *testing.T) {
	elsewhere := t.TempDir()
	made := 0
	for _, s := range sources(t) {
		made += count(s.made)
		if !strings.HasSuffix(s.path, ".templ") {
			continue
		}
		file := filepath.Join(elsewhere, s.path)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(s.text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := exec.CommandContext(t.Context(), "go", "tool", "templ", "generate", "-path", elsewhere).CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	for _, s := range sources(t) {
		if !s.made {
			continue
		}
		want, err := os.ReadFile(filepath.Join(elsewhere, s.path))
		if err != nil {
			t.Errorf("%s has no template any more", s.path)
		} else if !bytes.Equal([]byte(s.text), want) {
			t.Errorf("%s is not what templ generates; run go tool templ generate in the root", s.path)
		}
	}
	if made == 0 {
		t.Error("no generated page was found")
	}
}

func count(is bool) int {
	if is {
		return 1
	}
	return 0
}
