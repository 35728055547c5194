package mail

import (
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/text"

	"chonoi/internal/lang"
)

func FuzzALetterThatIsReadBackNeverPanics(f *testing.F) {
	l := Letter{ID: "1", To: "a@b.vn", ToName: "Lan", Tag: lang.Vi, Subject: "Chào", Text: "Chào", HTML: "<p>Chào</p>"}
	m, err := l.message(From{Address: "s@b.vn"})
	if err != nil {
		f.Fatal(err)
	}
	var b strings.Builder
	if _, err := m.WriteTo(&b); err != nil {
		f.Fatal(err)
	}
	f.Add(b.String())
	f.Add("To: <a@b>\nDate: x\n\n")
	f.Fuzz(func(t *testing.T, raw string) {
		_, _ = parse(strings.NewReader(raw))
	})
}

func FuzzTypedTextIsOneParagraphThatSaysTheSame(f *testing.F) {
	for _, s := range []string{"a", "&lt;", "\\", "1. a\n\n# b", "*", "a  \nb", "\u00a0x", "a\\\nb"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := strings.Join(strings.Fields(lang.Clean(s)), " ")
		source := []byte("Xin chào " + literal(s) + " ạ.")
		got := plain(goldmark.DefaultParser().Parse(text.NewReader(source)), source)
		without := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if without(got) != without("Xin chào "+want+" ạ.") {
			t.Errorf("%q became %q", s, got)
		}
	})
}
