package prose_test

import (
	"context"
	"os"
	"reflect"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"chonoi/internal/document/prose"
	"chonoi/internal/fault"
)

func read(name, content string) (*prose.Text, error) {
	return prose.Read(context.Background(), name, strings.NewReader(content), int64(len(content)))
}

func mustRead(t testing.TB, name, content string) *prose.Text {
	t.Helper()
	text, err := read(name, content)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func same(t testing.TB, got, want any) {
	t.Helper()
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}

// shown is a paragraph in short: its signs, its marker, its text.
func shown(p prose.Paragraph) string {
	var b strings.Builder
	for _, sign := range []struct {
		on   bool
		sign string
	}{{p.Gap, "~"}, {p.Page, "^"}, {p.Bold, "B"}, {p.Italic, "I"}, {p.Centred, "C"}, {p.Caps, "A"}} {
		if sign.on {
			b.WriteString(sign.sign)
		}
	}
	if p.Heading > 0 {
		b.WriteString("H" + string(rune('0'+p.Heading)))
	}
	if p.Level >= 0 {
		b.WriteString("L" + string(rune('0'+p.Level)))
	}
	if p.Marker != "" {
		b.WriteString("[" + p.Marker + "]")
	}
	b.WriteString("|")
	at := 0
	for _, m := range p.Notes {
		b.WriteString(p.Text[at:m.At] + "{" + string(rune('0'+m.N)) + "}")
		at = m.At
	}
	return b.String() + p.Text[at:]
}

func allShown(t *prose.Text) (out []string) {
	for _, b := range t.Blocks {
		if b.Paragraph != nil {
			out = append(out, shown(*b.Paragraph))
			continue
		}
		for _, row := range b.Table.Rows {
			out = append(out, rowShown(row))
		}
	}
	return out
}

func rowShown(row prose.Row) string {
	var b strings.Builder
	b.WriteString("#")
	if row.Header {
		b.WriteString("#")
	}
	for _, c := range row.Cells {
		b.WriteString(" <")
		if c.Across != 1 || c.Down != 1 {
			b.WriteString(string(rune('0'+c.Down)) + "x" + string(rune('0'+c.Across)) + ":")
		}
		for i, p := range c.Paragraphs {
			if i > 0 {
				b.WriteString(" / ")
			}
			b.WriteString(shown(p))
		}
		b.WriteString(">")
	}
	return b.String()
}

func TestALineIsAParagraph(t *testing.T) {
	text := mustRead(t, "a.txt", "\xef\xbb\xbfKẾ HOẠCH\r\n\r\n  một\u00a0hai \u00ad\r\n\fba\nbốn\fnăm\n\n\f\n\nsáu")
	same(t, text.Kind, "txt")
	same(t, allShown(text), []string{"A|KẾ HOẠCH", "~|  một hai", "^|ba", "|bốn", "^|năm", "~^|sáu"})
	same(t, text.Blocks[5].Paragraph.Line, 9)
}

func TestTheSameTextIsReadInEveryFormOfUnicode(t *testing.T) {
	plain := "Đẩy mạnh nghiên cứu\nứng dụng công nghệ\n"
	want := allShown(mustRead(t, "a.txt", plain))
	wide := func(first, second int) string {
		b := []byte{}
		for _, u := range append([]uint16{0xFEFF}, utf16.Encode([]rune(plain))...) {
			two := [2]byte{byte(u >> 8), byte(u)}
			b = append(b, two[first], two[second])
		}
		return string(b)
	}
	for _, form := range []string{norm.NFD.String(plain), strings.ReplaceAll(plain, "\n", "\r\n"), wide(0, 1), wide(1, 0)} {
		same(t, allShown(mustRead(t, "a.txt", form)), want)
	}
}

func TestThePlanIsReadLineByLine(t *testing.T) {
	raw, err := os.ReadFile("../../../../shared/data/plan/ke-hoach-69-KL-TW.txt")
	must(t, err)
	text := mustRead(t, "ke-hoach-69-KL-TW.txt", string(raw))
	n := 0
	for _, line := range strings.Split(string(raw), "\n") {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	same(t, len(text.Blocks), n)
}

func TestWhatIsNoDocumentIsRefused(t *testing.T) {
	cases := []struct {
		name, content, key string
		kind               fault.Kind
	}{
		{"a.txt", "", "prose.empty", fault.Invalid},
		{"a.txt", "\n \r\n\f", "prose.empty", fault.Invalid},
		{"a.docx", "", "prose.empty", fault.Invalid},
		{"a.docx", "\xff\xd8\xff\xe0\x00\x10JFIF", "prose.picture", fault.Unsupported},
		{"a.txt", "\xff\xd8\xff\xe0\x00\x10JFIF", "prose.picture", fault.Unsupported},
		{"a.docx", "%PDF-1.7\n", "prose.pdf", fault.Unsupported},
		{"a.docx", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "prose.old_or_locked_word", fault.Unsupported},
		{"a.doc", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "prose.old_or_locked_word", fault.Unsupported},
		{"a.txt", "{\\rtf1 x}", "prose.rtf", fault.Unsupported},
		{"a.txt", "PK\x03\x04xx", "prose.not_prose", fault.Unsupported},
		{"a.txt", "chữ\x00\x01\x02", "prose.not_prose", fault.Unsupported},
		{"a.txt", strings.Repeat("chữ\n", 3000) + "\x00", "prose.not_prose", fault.Unsupported},
		{"a.md", "<!DOCTYPE html><p>x", "prose.not_prose", fault.Unsupported},
		{"a.csv", "a,b\n", "prose.not_prose", fault.Unsupported},
		{"a.docx", "chữ", "prose.not_word", fault.Unsupported},
		{"a.txt", "K\xd5 ho\xb9ch ph\xb8t tri\xd3n khoa h\xe4c v\xb5 c\xabng ngh\xd6, \xae\xe6i m\xedi s\xb8ng t\xb9o", "prose.tcvn3", fault.Unsupported},
		{"a.txt", "KÕ ho¹ch ph¸t triÓn khoa häc vµ c«ng nghÖ, ®æi míi s¸ng t¹o", "prose.tcvn3", fault.Unsupported},
		{"a.txt", "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc", "prose.vni", fault.Unsupported},
		{"a.txt", "na\xefve caf\xe9 text in another encoding", "prose.not_utf8", fault.Unsupported},
		{"a.txt", strings.Repeat("x", 2<<20), "prose.line_too_long", fault.TooLarge},
		{"a.txt", strings.Repeat("x\n", 200_001), "prose.too_many_paragraphs", fault.TooLarge},
	}
	for _, c := range cases {
		_, err := read(c.name, c.content)
		if f, ok := fault.As(err); !ok || f.Key != c.key || f.Kind != c.kind {
			t.Errorf("%s %.20q: %v, wanted %s", c.name, c.content, err, c.key)
		}
	}
	_, err := prose.Read(context.Background(), "a.txt", strings.NewReader(""), 51<<20)
	if f, ok := fault.As(err); !ok || f.Key != "prose.too_large" {
		t.Error(err)
	}
}

func TestOtherTonguesAreNoOldEncoding(t *testing.T) {
	for _, s := range []string{"Über die Größe der Möbel müssen wir später schön reden", "Le château où l'élève reçoit ses leçons à Noël", "Mañana el niño comerá piña", "Hòa bình, ổn định, phát triển"} {
		if _, err := read("a.txt", s); err != nil {
			t.Errorf("%s: %v", s, err)
		}
	}
}
