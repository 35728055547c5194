package reading_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"chonoi/internal/document/officetest"
	"chonoi/internal/lang"
	"chonoi/internal/programme/reading"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew; read what changed before you keep it")

// ofWords are the parts of a reading that tell what words say; their own package tests them.
var ofWords = []string{"citations", "unnumbered_citations", "assignments", "deadlines", "quantities", "deliverables", "abbreviations"}

// structure is the plan as the command prints it, without what its words say.
func structure(t *testing.T, p *reading.Plan) []byte {
	t.Helper()
	p.Warnings = slices.DeleteFunc(p.Warnings, func(w reading.Warning) bool {
		return w.Key == "reading.odd_print" || w.Key == "reading.deadline_unread"
	})
	w := words(t)
	p.Say(func(key string, args ...any) string { return w.T(lang.Vi, key, args...) })
	raw, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	var parts map[string]any
	if err := json.Unmarshal(raw, &parts); err != nil {
		t.Fatal(err)
	}
	for _, name := range ofWords {
		delete(parts, name)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetIndent("", " ")
	e.SetEscapeHTML(false)
	if err := e.Encode(parts); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func golden(t *testing.T, name string, p *reading.Plan) {
	t.Helper()
	whole(t, p)
	got := structure(t, p)
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

// TestPapersThatWordNumbersAreReadWithItsNumbers reads papers of which the numbers and headings are
// made by the program that wrote them, and one with changes that nobody has accepted yet.
func TestPapersThatWordNumbersAreReadWithItsNumbers(t *testing.T) {
	const from = "../../document/prose/testdata/"
	sources := []string{from + "chuong-trinh-de-muc.fodt", from + "ke-hoach-danh-so.fodt", from + "quyet-dinh-sua-doi.fodt"}
	for _, path := range officetest.Convert(t, "docx:MS Word 2007 XML", "", sources...) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			golden(t, filepath.Base(path), readFile(t, path))
		})
	}
}
