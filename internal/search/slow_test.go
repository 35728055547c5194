package search

import (
	"strings"
	"testing"
	"time"

	"chonoi/internal/lang"
)

func TestNoTextIsSlowToReadOrToMark(t *testing.T) {
	x := market(t)
	for _, unit := range []string{"a ", "máy ", "máy sấy. ", "1.", "1.111", `"`, `-"a`, "\u0301", "a\u0301", "\xff", "x:", strings.Repeat("b", 300) + " "} {
		text := strings.Repeat(unit, 1<<17/len(unit))
		start := time.Now()
		for _, whole := range []bool{false, true} {
			asked := x.Search(Query{Text: text, Whole: whole}).Asked
			Highlight(text, asked)
			Snippet(text, asked, 200)
			x.Suggest(text, 5)
		}
		d := listing("offer", "long", text, text, "agri", "Ô Môn", 1, 1)
		d.Fields[Text] = lang.Both{Vi: text}
		x.Put(d)
		x.Suggest("máy", 5)
		x.Delete("offer", "long")
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%.10q took %v", unit, took)
		}
	}
}
