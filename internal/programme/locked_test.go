package programme

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/lang"
)

func TestAFigureThatIsTakenOutOfTheWordsIsLost(t *testing.T) {
	old := lang.Both{Vi: "Có [[tasks]] nhiệm vụ, xong [[done]] ([[done%]]), lại [[done]].", En: "[[tasks]] tasks, [[overdue]] overdue."}
	for _, c := range []struct {
		name string
		now  lang.Both
		lost []string
	}{
		{"moved", lang.Both{Vi: "[[done%]] là [[done]] của [[tasks]]", En: "[[overdue]] of [[tasks]]"}, nil},
		{"typed over", lang.Both{Vi: "Có 10 nhiệm vụ, xong [[done]] ([[done%]]).", En: old.En}, []string{"tasks"}},
		{"the share is another figure", lang.Both{Vi: "[[tasks]] [[done]]", En: old.En}, []string{"done%"}},
		{"in English only", lang.Both{Vi: old.Vi, En: "[[tasks]] tasks."}, []string{"overdue"}},
		{"no English at all", lang.Both{Vi: old.Vi}, nil},
	} {
		if diff := cmp.Diff(c.lost, Lost(old, c.now)); diff != "" {
			t.Errorf("%s: %s", c.name, diff)
		}
	}
}

func TestDigitsAndSignsJoinedToAFigureAlterIt(t *testing.T) {
	for _, words := range []string{"1[[done]]", "1.[[done]]", "[[done]]0", "[[done]],5", "-[[done]]", "−[[done]]", "[[done]]%", "[[done]] %", "[[done]][[due]]"} {
		if altered("Có "+words+" nhiệm vụ") == "" {
			t.Errorf("%q is taken", words)
		}
	}
	for _, words := range []string{"- [[done]] nhiệm vụ", "([[done%]])", "[[done]].", "[[done]], 5 việc", "năm 2026, [[done]] việc", "[[done]] của [[due]]", "xong [[done]]; 3 việc"} {
		if at := altered(words); at != "" {
			t.Errorf("%q alters %q", words, at)
		}
	}
}

func FuzzPieces(f *testing.F) {
	f.Add("Có [[tasks]] nhiệm vụ [[[done%]]]]")
	f.Fuzz(func(t *testing.T, words string) {
		var back strings.Builder
		for _, p := range Pieces(words) {
			if p.Figure != "" || p.Text == "" {
				back.WriteString("[[" + p.Figure + "]]")
			}
			back.WriteString(p.Text)
		}
		if back.String() != words {
			t.Errorf("%q is joined as %q", words, back.String())
		}
		if lost := Lost(lang.Both{Vi: words}, lang.Both{Vi: words}); lost != nil {
			t.Errorf("%q loses %q to itself", words, lost)
		}
	})
}
