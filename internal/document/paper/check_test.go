package paper_test

import (
	"bytes"
	"testing"

	"chonoi/internal/document/paper"
	"chonoi/internal/lang"
)

func words(t testing.TB) *lang.Words {
	t.Helper()
	w, err := lang.Load(paper.Texts)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func check(t testing.TB, content []byte, l *paper.Layout) []paper.Finding {
	t.Helper()
	found, err := paper.Check(t.Context(), bytes.NewReader(content), int64(len(content)), l)
	if err != nil {
		t.Fatal(err)
	}
	return found
}

// tell spells findings for a failing test.
func tell(t testing.TB, found []paper.Finding) {
	t.Helper()
	w := words(t)
	for _, f := range found {
		t.Logf("%s %s: %s | %s | %s", f.Severity, f.Kind, f.Text(w, lang.Vi), f.Place(w, lang.Vi), f.Basis(w, lang.Vi))
	}
}

func TestWhatWeWriteKeepsTheLayout(t *testing.T) {
	for _, name := range profiles {
		l := layout(t, name)
		for kind, p := range map[string]*paper.Paper{"state": stateReport(l), "party": partyReport(l), "letter": letter(l), "long": longAppendix(l, 30)} {
			if l.Family == paper.Party {
				p.Signatures[0].Authority = []string{"T/M Ban Thường vụ"}
			} else {
				p.Signatures[0].Authority = []string{"KT. Giám đốc"}
				p.Recipients[len(p.Recipients)-1] = "Lưu: VT"
			}
			if found := check(t, docx(t, p), l); len(found) > 0 {
				t.Errorf("%s under %s has findings", kind, name)
				tell(t, found)
			}
		}
	}
}
