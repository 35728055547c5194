package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"chonoi/internal/lang"
)

func TestOperatorsAreReadAndTheRestAreWords(t *testing.T) {
	known := func(key, value string) bool { return key == "place" && value == "Ninh Kiều" }
	for _, c := range []struct {
		text                              string
		words, phrases, without, filtered int
	}{
		{`máy sấy xoài`, 3, 0, 0, 0},
		{`"máy sấy" xoài`, 3, 1, 0, 0},
		{`"máy sấy`, 2, 1, 0, 0},
		{`máy -sấy -"bơm nhiệt"`, 1, 0, 2, 0},
		{`máy - sấy CO-OP`, 4, 0, 0, 0},
		{`place:"Ninh Kiều" máy`, 1, 0, 0, 1},
		{`place:"Ninh Kiều`, 0, 0, 0, 1},
		{`place:"Cái Răng" colour:red`, 5, 0, 0, 0},
		{`- -- "" ":" -"" : -:`, 0, 0, 0, 0},
	} {
		got := ask(c.text, false, lang.Vi, known)
		if len(got.words) != c.words || len(got.phrases) != c.phrases || len(got.without) != c.without || len(got.filters) != c.filtered {
			t.Errorf("%s: %d words, %d phrases, %d without, %d filters", c.text,
				len(got.words), len(got.phrases), len(got.without), len(got.filters))
		}
		if whole := ask(c.text, true, lang.Vi, known); len(whole.phrases)+len(whole.without)+len(whole.filters) > 0 {
			t.Errorf("%s: operators were read in a whole need", c.text)
		}
	}
}

func TestATypedQueryIsCutAtItsLimits(t *testing.T) {
	if n := len(Ask(strings.Repeat("a ", 150), false, lang.Vi).words); n != typedWords {
		t.Errorf("%d words", n)
	}
	if n := len(Ask(strings.Repeat("đẹp ", 1000), true, lang.Vi).words); n != 1000 {
		t.Errorf("%d words of a whole need", n)
	}
	if w := Ask(strings.Repeat("đ", 5000), false, lang.Vi).words[0]; utf8.RuneCountInString(w.typed) != typedRunes {
		t.Errorf("%d characters", utf8.RuneCountInString(w.typed))
	}
}

func FuzzAnyStringIsAQuery(f *testing.F) {
	for _, s := range []string{
		"", `"`, `-"`, `--`, `a:"`, `kind:offer`, `"máy sấy" -xoài`, "\xff\"\xfe", "-\u0301", `""""`, "máy\u0301",
		`kind:"offer"x"y`, strings.Repeat(`"a`, 300), strings.Repeat("-a ", 500),
	} {
		f.Add(s, "AQ", true)
	}
	x := market(f)
	f.Fuzz(func(t *testing.T, text, after string, whole bool) {
		got := x.Search(Query{Text: text, Whole: whole, After: after, Sort: Sort(after), Limit: 3})
		if len(got.Hits) > got.Total || len(got.Hits) > 3 {
			t.Fatalf("%d hits of %d", len(got.Hits), got.Total)
		}
		if n := len(got.Asked.words); !whole && n > typedWords {
			t.Fatalf("%d words", n)
		}
		for _, shown := range []string{text, "Máy sấy xoài \xff" + text} {
			checkSpans(t, shown, Highlight(shown, got.Asked))
			part, spans := Snippet(shown, got.Asked, 40)
			if utf8.RuneCountInString(part) > 40 {
				t.Fatalf("snippet of %d characters", utf8.RuneCountInString(part))
			}
			checkSpans(t, part, spans)
		}
		x.Suggest(text, 5)
	})
}

func checkSpans(t *testing.T, text string, spans []Span) {
	t.Helper()
	end := 0
	for _, s := range spans {
		if s.Start < end || s.End <= s.Start || s.End > len(text) {
			t.Fatalf("%q: spans %v", text, spans)
		}
		end = s.End
	}
}
