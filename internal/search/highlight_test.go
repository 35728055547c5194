package search

import (
	"strings"
	"testing"
	"unicode/utf8"

	"chonoi/internal/lang"
)

// shown writes the marks of a text as [ ].
func shown(text string, spans []Span) string {
	var out strings.Builder
	at := 0
	for _, s := range spans {
		out.WriteString(text[at:s.Start] + "[" + text[s.Start:s.End] + "]")
		at = s.End
	}
	return out.String() + text[at:]
}

func TestTheWordsOfAQueryAreMarked(t *testing.T) {
	for _, c := range []struct{ name, query, text, want string }{
		{"without marks", "may say xoai", "Máy sấy xoài, giá tốt", "[Máy sấy xoài], giá tốt"},
		{"with marks", "máy sấy", "Mây bay, máy chạy, sấy khô", "Mây bay, [máy] chạy, [sấy] khô"},
		{"other marks, but side by side", "mấy sáy", "Máy sấy và mây", "[Máy sấy] và mây"},
		{"a text without marks", "máy sấy", "MAY SAY", "[MAY SAY]"},
		{"decomposed letters", "máy", "ma\u0301y", "[ma\u0301y]"},
		{"the tone in its other place", "hòa", "hoà bình", "[hoà] bình"},
		{"an English stem", "mango dryers", "A dryer for drying mangoes", "A [dryer] for drying [mangoes]"},
		{"a pair does not reach over a sentence", "máy sấy", "Có máy. Sấy khô", "Có [máy]. [Sấy] khô"},
		{"nothing", "", "Máy sấy", "Máy sấy"},
		{"what must not occur", "-máy sấy", "Máy sấy", "Máy [sấy]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := shown(c.text, Highlight(c.text, Ask(c.query, false, lang.Vi)))
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestAWordThatStandsEverywhereIsNotMarkedByItself(t *testing.T) {
	x := New()
	for _, title := range []string{"Máy của nhà", "Lúa của vùng", "Cá của sông", "Xoài"} {
		x.Put(listing("offer", title, title, "", "", "", 1, 1))
	}
	asked := x.Search(Query{Text: "xoài của"}).Asked
	if got := shown("Xoài ngon của nhà", Highlight("Xoài ngon của nhà", asked)); got != "[Xoài] ngon của nhà" {
		t.Error(got)
	}
}

func TestASnippetShowsWhereTheWordsAre(t *testing.T) {
	filler := strings.Repeat("Thiết bị được chế tạo tại Cần Thơ. ", 20)
	text := filler + "Lò dùng bơm nhiệt để sấy xoài ở nhiệt độ thấp. " + filler
	part, spans := Snippet(text, Ask("say xoai bom nhiet", false, lang.Vi), 200)
	got := shown(part, spans)
	if !strings.Contains(got, "[bơm nhiệt]") || !strings.Contains(got, "[sấy xoài]") {
		t.Error(got)
	}
	if n := utf8.RuneCountInString(part); n > 200 || n < 150 || !strings.HasPrefix(part, "…") || !strings.HasSuffix(part, "…") {
		t.Errorf("%d characters: %s", n, part)
	}
	part, spans = Snippet(text, Ask("không có", false, lang.Vi), 200)
	if !strings.HasPrefix(part, "Thiết bị") || len(spans) != 0 {
		t.Error(shown(part, spans))
	}
	if part, _ = Snippet("Ngắn\n gọn", Ask("", false, lang.Vi), 200); part != "Ngắn gọn" {
		t.Error(part)
	}
}
