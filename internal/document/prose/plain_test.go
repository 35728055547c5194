package prose_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/text/unicode/norm"

	"chonoi/internal/document/prose"
)

func TestThePlanIsReadLineByLine(t *testing.T) {
	raw, err := os.ReadFile("../../../../shared/data/plan/ke-hoach-69-KL-TW.txt")
	if err != nil {
		t.Fatal(err)
	}
	text := readBytes(t, "plan.txt", raw)
	first := text.Blocks[0].Paragraph
	if text.Kind != "txt" || first.Text != "KẾ HOẠCH" || !first.Gap || !first.Caps || first.Line != 3 || first.Level != -1 {
		t.Errorf("it begins with %+v", first)
	}
	lines := 0
	for _, l := range bytes.Split(raw, []byte("\n")) {
		if len(bytes.TrimSpace(l)) > 0 {
			lines++
		}
	}
	if len(text.Blocks) != lines || len(text.Warnings) > 0 {
		t.Errorf("%d paragraphs of %d lines, %v", len(text.Blocks), lines, text.Warnings)
	}
}

func TestTextIsReadInItsEncodingsAndLineEnds(t *testing.T) {
	const said = "Kế hoạch\nđường"
	big := []byte("\xfe\xff")
	for _, u := range utf16.Encode([]rune(said)) {
		big = append(big, byte(u>>8), byte(u))
	}
	for name, raw := range map[string][]byte{
		"UTF-8": []byte(said), "UTF-8 with its mark": []byte("\xef\xbb\xbf" + said), "UTF-16": utf16Of(said), "UTF-16 of the other order": big,
		"CRLF": []byte("Kế hoạch\r\nđường\r\n"), "CR": []byte("Kế hoạch\rđường"), "NFD": []byte(norm.NFD.String(said)),
		"no-break spaces and soft hyphens": []byte("Kế\u00a0ho\u00adạch\u200b\nđư\u2060ờng"),
	} {
		t.Run(name, func(t *testing.T) { same(t, shown(readBytes(t, "a.txt", raw)), "Kế hoạch", "đường") })
	}
}

func TestALineOfTextKeepsItsPlaceAndItsSigns(t *testing.T) {
	text := readBytes(t, "KE-HOACH.TXT", []byte("  THÀNH ỦY\t\tĐẢNG CỘNG SẢN  \n\n\f**đậm\n- gạch\f\n   \nhoá [^1]\x1a"))
	same(t, shown(readBytes(t, "a.txt", []byte("bốn\fnăm\n\f\nsáu"))), "bốn", "năm", "sáu")
	if next := readBytes(t, "a.txt", []byte("bốn\fnăm\n\f\nsáu")).Blocks; !next[1].Paragraph.Page || next[1].Paragraph.Line != 1 || !next[2].Paragraph.Page || next[2].Paragraph.Gap {
		t.Errorf("%+v, %+v", next[1].Paragraph, next[2].Paragraph)
	}
	same(t, shown(text), "  THÀNH ỦY\t\tĐẢNG CỘNG SẢN", "**đậm", "- gạch", "hoá [^1]")
	first, second, third, last := text.Blocks[0].Paragraph, text.Blocks[1].Paragraph, text.Blocks[2].Paragraph, text.Blocks[3].Paragraph
	if !first.Caps || first.Gap || first.Page || first.Line != 1 {
		t.Errorf("%+v", first)
	}
	if !second.Gap || !second.Page || second.Caps || second.Line != 3 || third.Gap || third.Marker != "" || third.Level != -1 {
		t.Errorf("%+v, %+v", second, third)
	}
	if !last.Gap || !last.Page || last.Line != 6 {
		t.Errorf("%+v", last)
	}
}

func TestAReadThatIsCalledOffStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	raw := paper{body: strings.Repeat(p("một"), 5000)}.pack(t)
	if _, err := prose.Read(ctx, "a.docx", bytes.NewReader(raw), int64(len(raw))); !errors.Is(err, context.Canceled) {
		t.Errorf("ended with %v", err)
	}
	lines := bytes.Repeat([]byte("một\n"), 10_000)
	for _, name := range []string{"a.txt", "a.md"} {
		if _, err := prose.Read(ctx, name, bytes.NewReader(lines), int64(len(lines))); !errors.Is(err, context.Canceled) {
			t.Errorf("%s ended with %v", name, err)
		}
	}
}

func TestOtherTonguesAreNoOldEncoding(t *testing.T) {
	for _, said := range []string{
		"Über die Größe der Möbel müssen wir später schön reden", "Le château où l'élève reçoit ses leçons à Noël", "Mañana el niño comerá piña",
		"The naïve coöperation of Noël and Aïda with the people of Saint-Benoît, as they said in the café",
		"Hòa bình, ổn định, phát triển", "Khoản 2° của § 5, giá 3 m² và 25 °C, ¼ diện tích",
	} {
		same(t, shown(readBytes(t, "a.txt", []byte(said))), said)
	}
}
