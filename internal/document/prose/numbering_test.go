package prose_test

import (
	"fmt"
	"testing"
)

// lvl is a level of a list.
func lvl(i int, format, pattern string, more ...string) string {
	s := fmt.Sprintf(`<w:lvl w:ilvl="%d"><w:start w:val="1"/><w:numFmt w:val="%s"/>`, i, format)
	for _, m := range more {
		s += m
	}
	return s + fmt.Sprintf(`<w:lvlText w:val="%s"/></w:lvl>`, pattern)
}

func abstract(id int, content ...string) string {
	s := fmt.Sprintf(`<w:abstractNum w:abstractNumId="%d"><w:multiLevelType w:val="multilevel"/>`, id)
	for _, c := range content {
		s += c
	}
	return s + `</w:abstractNum>`
}

func num(id, of int, more string) string {
	return fmt.Sprintf(`<w:num w:numId="%d"><w:abstractNumId w:val="%d"/>%s</w:num>`, id, of, more)
}

func TestNumbersAreThoseThatWordDisplays(t *testing.T) {
	outline := abstract(0, lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%2."), lvl(2, "decimal", "%2.%3."), lvl(3, "lowerLetter", "%4)"), lvl(4, "bullet", "-"))
	cases := []struct {
		name      string
		numbering string
		body      string
		want      []string
	}{
		{"levels begin anew below the one above", outline + num(1, 0, ""),
			item(1, 0, "A") + item(1, 1, "B") + item(1, 2, "C") + item(1, 2, "D") + item(1, 3, "E") + item(1, 4, "F") + item(1, 1, "G") + item(1, 2, "H") + item(1, 0, "I") + item(1, 1, "J"),
			[]string{"I. A", "1. B", "1.1. C", "1.2. D", "a) E", "- F", "2. G", "2.1. H", "II. I", "1. J"}},
		{"two lists of one definition count on", outline + num(1, 0, "") + num(2, 0, ""),
			item(1, 0, "A") + item(2, 0, "B") + item(1, 0, "C"), []string{"I. A", "II. B", "III. C"}},
		{"a list with a start of its own begins anew once", outline + num(1, 0, "") + num(2, 0, `<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>`),
			item(1, 0, "A") + item(1, 0, "B") + item(2, 0, "C") + item(2, 0, "D"), []string{"I. A", "II. B", "I. C", "II. D"}},
		{"a level may be taken otherwise", outline + num(1, 0, `<w:lvlOverride w:ilvl="0">`+lvl(0, "decimal", "Điều %1.")+`</w:lvlOverride>`),
			item(1, 0, "A") + item(1, 0, "B"), []string{"Điều 1. A", "Điều 2. B"}},
		{"a level that never begins anew", abstract(0, lvl(0, "upperRoman", "%1."), lvl(1, "decimal", "%2.", `<w:lvlRestart w:val="0"/>`)) + num(1, 0, ""),
			item(1, 0, "A") + item(1, 1, "B") + item(1, 0, "C") + item(1, 1, "D"), []string{"I. A", "1. B", "II. C", "2. D"}},
		{"a level that begins anew after the first only", abstract(0, lvl(0, "decimal", "%1"), lvl(1, "decimal", "%1.%2"), lvl(2, "lowerLetter", "%3)", `<w:lvlRestart w:val="1"/>`)) + num(1, 0, ""),
			item(1, 0, "A") + item(1, 1, "B") + item(1, 2, "C") + item(1, 1, "D") + item(1, 2, "E") + item(1, 0, "F") + item(1, 2, "G"), []string{"1 A", "1.1 B", "a) C", "1.2 D", "b) E", "2 F", "a) G"}},
		{"legal numbering shows digits", abstract(0, lvl(0, "upperRoman", "Chương %1"), lvl(1, "decimal", "%1.%2", `<w:isLgl/>`)) + num(1, 0, ""),
			item(1, 0, "A") + item(1, 0, "B") + item(1, 1, "C"), []string{"Chương I A", "Chương II B", "2.1 C"}},
		{"a level above that never came counts as come", outline + num(1, 0, ""), item(1, 2, "A") + item(1, 1, "B") + item(1, 0, "C") + item(1, 2, "D"), []string{"1.1. A", "2. B", "II. C", "1.1. D"}},
		{"no list", outline + num(1, 0, ""), item(0, 0, "A") + item(7, 0, "B"), []string{"A", "B"}},
		{"letters are Latin and double after z", abstract(0, `<w:lvl w:ilvl="0"><w:start w:val="25"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1)"/></w:lvl>`) + num(1, 0, ""),
			item(1, 0, "A") + item(1, 0, "B") + item(1, 0, "C") + item(1, 0, "D"), []string{"y) A", "z) B", "aa) C", "bb) D"}},
		{"a number of one's own form", abstract(0, `<w:lvl w:ilvl="0"><w:start w:val="9"/><mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="NV%1"/></w:lvl>`) + num(1, 0, ""),
			item(1, 0, "A") + item(1, 0, "B"), []string{"NV009 A", "NV010 B"}},
		{"bullets of the fonts of symbols", abstract(0, lvl(0, "bullet", "\uf0b7", `<w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr>`), lvl(1, "bullet", "o", `<w:rPr><w:rFonts w:ascii="Courier New"/></w:rPr>`), lvl(2, "bullet", "\uf0a7", `<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>`), lvl(3, "bullet", "\u00fc", `<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>`)) + num(1, 0, ""),
			item(1, 0, "A") + item(1, 1, "B") + item(1, 2, "C") + item(1, 3, "D"), []string{"• A", "o B", "▪ C", "✓ D"}},
		{"a pattern without number", abstract(0, lvl(0, "none", "Nhiệm vụ:")) + num(1, 0, ""), item(1, 0, "A"), []string{"Nhiệm vụ: A"}},
		{"capitals of the level", abstract(0, lvl(0, "lowerRoman", "phần %1.", `<w:rPr><w:caps/></w:rPr>`)) + num(1, 0, ""), item(1, 0, "A"), []string{"PHẦN I. A"}},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			same(t, shown(paper{body: c.body, numbering: c.numbering}.read(t)), c.want...)
		})
	}
}

func TestFormatsOfNumbers(t *testing.T) {
	for format, want := range map[string]string{"decimalZero": "09", "ordinal": "9th", "cardinalText": "Nine", "ordinalText": "Ninth", "upperLetter": "I", "lowerRoman": "ix",
		"vietnameseCounting": "chín", "decimalEnclosedCircle": "⑨", "decimalEnclosedParen": "⑼", "numberInDash": "- 9 -", "chicago": "***", "hex": "9", "japaneseCounting": "9"} {
		numbering := abstract(0, fmt.Sprintf(`<w:lvl w:ilvl="0"><w:start w:val="9"/><w:numFmt w:val="%s"/><w:lvlText w:val="%%1"/></w:lvl>`, format)) + num(1, 0, "")
		same(t, shown(paper{body: item(1, 0, "A"), numbering: numbering}.read(t)), want+" A")
	}
}

func TestListsComeThroughStylesToo(t *testing.T) {
	numbering := abstract(0, lvl(0, "upperRoman", "%1-", `<w:pStyle w:val="Muc"/>`), lvl(1, "decimal", "%2.", `<w:pStyle w:val="Khoan"/>`)) + num(3, 0, "") +
		abstract(1, `<w:numStyleLink w:val="Gach"/>`) + abstract(2, `<w:styleLink w:val="Gach"/>`, lvl(0, "bullet", "+")) + num(4, 1, "") + num(5, 2, "")
	styles := `<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
		<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/><w:caps/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="Khoan"><w:name w:val="Khoản"/><w:basedOn w:val="Muc"/><w:pPr><w:outlineLvl w:val="9"/><w:jc w:val="left"/></w:pPr><w:rPr><w:b w:val="0"/><w:caps w:val="0"/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="Khoan2"><w:name w:val="Khoản 2"/><w:basedOn w:val="Khoan"/></w:style>
		<w:style w:type="numbering" w:styleId="Gach"><w:name w:val="Gạch"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>`
	style := func(id, text string, more ...string) string {
		return p(text, append([]string{`<w:pStyle w:val="` + id + `"/>`}, more...)...)
	}
	text := paper{numbering: numbering, styles: styles,
		body: style("Muc", "Mục đích") + style("Khoan", "một") + style("Khoan2", "hai") + style("Khoan", "không số", `<w:numPr><w:numId w:val="0"/></w:numPr>`) + item(4, 0, "cộng") + style("Muc", "Tổ chức")}.read(t)
	same(t, shown(text), "I- MỤC ĐÍCH", "1. một", "2. hai", "không số", "+ cộng", "II- TỔ CHỨC")
	first, second := text.Blocks[0].Paragraph, text.Blocks[1].Paragraph
	if !first.Bold || !first.Centred || !first.Caps || first.Heading != 1 || first.Level != 0 {
		t.Errorf("the heading is %+v", first)
	}
	if second.Bold || second.Centred || second.Caps || second.Heading != 0 || second.Level != 1 {
		t.Errorf("the paragraph is %+v", second)
	}
}
