package prose_test

import (
	"archive/zip"
	"bytes"
	"strings"
	"testing"

	"chonoi/internal/document/prose"
	"chonoi/internal/fault"
)

const wordSpace = ` xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"`

// packed is a zip of parts by name.
func packed(t testing.TB, parts map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range parts {
		f, err := z.Create(name)
		must(t, err)
		_, err = f.Write([]byte(content))
		must(t, err)
	}
	must(t, z.Close())
	return b.String()
}

// word is a Word document with such a body; further parts come in pairs of root element and content.
func word(t testing.TB, body string, more ...string) string {
	t.Helper()
	parts := map[string]string{"word/document.xml": `<w:document` + wordSpace + `><w:body>` + body + `</w:body></w:document>`}
	for i := 0; i < len(more); i += 2 {
		parts["word/"+more[i]+".xml"] = `<w:` + more[i] + wordSpace + `>` + more[i+1] + `</w:` + more[i] + `>`
	}
	return packed(t, parts)
}

func para(properties, text string) string {
	return `<w:p><w:pPr>` + properties + `</w:pPr><w:r><w:t>` + text + `</w:t></w:r></w:p>`
}

func item(list, level, text string) string {
	return para(`<w:numPr><w:ilvl w:val="`+level+`"/><w:numId w:val="`+list+`"/></w:numPr>`, text)
}

func lvl(at, format, text, more string) string {
	return `<w:lvl w:ilvl="` + at + `"><w:start w:val="1"/><w:numFmt w:val="` + format + `"/><w:lvlText w:val="` + text + `"/>` + more + `</w:lvl>`
}

func TestNumbersStandAsWordDisplaysThem(t *testing.T) {
	numbering := `<w:abstractNum w:abstractNumId="0">` + lvl("0", "upperRoman", "%1-", "") + lvl("1", "decimal", "%1.%2.", `<w:isLgl/>`) + lvl("2", "lowerLetter", "%3)", "") + lvl("3", "bullet", "\uF0B7", "") + `</w:abstractNum>
<w:abstractNum w:abstractNumId="1">` + lvl("0", "decimalZero", "Điều %1.", `<w:pStyle w:val="Dieu"/>`) + lvl("1", "lowerRoman", "(%2)", `<w:lvlRestart w:val="0"/>`) + lvl("2", "none", "", "") + lvl("3", "bullet", "§", `<w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr>`) + `</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/></w:lvlOverride></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">` + lvl("0", "upperLetter", "%1/", "") + `</w:lvlOverride></w:num>`
	styles := `<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="Điều"/><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Dieu2"><w:basedOn w:val="Dieu"/></w:style>`
	body := item("1", "0", "a") + item("1", "1", "b") + item("1", "1", "c") + item("1", "2", "d") + item("1", "3", "e") + item("1", "0", "f") + item("1", "1", "g") + item("1", "2", "h") +
		item("2", "0", "i") + item("2", "1", "j") + item("2", "0", "k") + item("1", "0", "l") +
		para(`<w:pStyle w:val="Dieu"/>`, "m") + item("3", "1", "n") + para(`<w:pStyle w:val="Dieu2"/>`, "o") + item("3", "1", "p") + item("3", "2", "q") + item("3", "3", "r") +
		para(`<w:pStyle w:val="Dieu"/><w:numPr><w:numId w:val="0"/></w:numPr>`, "s") + item("4", "0", "t") + item("99", "0", "u")
	same(t, allShown(mustRead(t, "a.docx", word(t, body, "numbering", numbering, "styles", styles))), []string{
		"L0[I-]|a", "L1[1.1.]|b", "L1[1.2.]|c", "L2[a)]|d", "L3[•]|e", "L0[II-]|f", "L1[2.1.]|g", "L2[a)]|h",
		"L0[IV-]|i", "L1[4.1.]|j", "L0[V-]|k", "L0[VI-]|l",
		"L0[Điều 01.]|m", "L1[(i)]|n", "L0[Điều 02.]|o", "L1[(ii)]|p", "L2|q", "L3[▪]|r", "|s", "L0[C/]|t", "|u",
	})
}

func TestDeletedTextIsGoneAndInsertedTextStays(t *testing.T) {
	body := `<w:p><w:r><w:t xml:space="preserve">Giữ </w:t></w:r><w:del><w:r><w:delText>xóa</w:delText><w:t>xóa</w:t></w:r></w:del><w:ins><w:r><w:t>thêm</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>dời đi</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t> dời đến</w:t></w:r></w:moveTo></w:p>
<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t xml:space="preserve">đầu </w:t></w:r></w:p><w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:t>cuối</w:t></w:r></w:p>
<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del><w:r><w:delText>cả đoạn</w:delText></w:r></w:del></w:p>
<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc><w:p><w:r><w:t>hàng bỏ</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:trPr><w:ins/></w:trPr><w:tc><w:p><w:r><w:t>hàng thêm</w:t></w:r></w:p></w:tc></w:tr></w:tbl>
<w:p><w:pPr><w:pPrChange><w:pPr><w:jc w:val="center"/></w:pPr></w:pPrChange></w:pPr><w:commentRangeStart w:id="0"/><w:r><w:rPr><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>xong</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>`
	text := mustRead(t, "a.docx", word(t, body, "comments", `<w:comment w:id="0"><w:p><w:r><w:t>lời bàn</w:t></w:r></w:p></w:comment>`))
	same(t, allShown(text), []string{"|Giữ thêm dời đến", "C|đầu cuối", "# <|hàng thêm>", "|xong"})
}

func TestNotesStandApart(t *testing.T) {
	ref := func(kind, id, more string) string {
		return `<w:r><w:` + kind + `Reference w:id="` + id + `"` + more + `/></w:r>`
	}
	body := `<w:p><w:r><w:t>Một</w:t></w:r>` + ref("endnote", "2", "") + ref("footnote", "7", "") + `<w:r><w:t xml:space="preserve"> hai</w:t></w:r>` + ref("footnote", "3", "") + `<w:del>` + ref("footnote", "5", "") + `</w:del><w:r><w:footnoteReference w:id="9" w:customMarkFollows="1"/><w:t>*</w:t></w:r></w:p>`
	note := func(kind, id, text string) string {
		return `<w:` + kind + ` w:id="` + id + `"><w:p><w:r><w:` + kind + `Ref/></w:r><w:r><w:t xml:space="preserve"> ` + text + `</w:t></w:r></w:p></w:` + kind + `>`
	}
	text := mustRead(t, "a.docx", word(t, body,
		"footnotes", `<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>`+note("footnote", "3", "ba")+note("footnote", "5", "năm")+note("footnote", "7", "bảy")+note("footnote", "9", "chín"),
		"endnotes", note("endnote", "2", "cuối")))
	same(t, allShown(text), []string{"|Một{4}{1} hai{2}{3}"})
	same(t, text.Notes, []prose.Note{{N: 1, Text: "bảy"}, {N: 2, Text: "ba"}, {N: 3, Text: "chín"}, {N: 4, Text: "cuối"}})
}

func TestTablesKeepTheirMergedCells(t *testing.T) {
	cell := func(properties, text string) string {
		return `<w:tc><w:tcPr>` + properties + `</w:tcPr>` + para("", text) + `</w:tc>`
	}
	const starts, goesOn = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`
	body := `<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>` + cell("", "STT") + cell(`<w:gridSpan w:val="2"/>`, "Nhiệm vụ") + `</w:tr>
<w:tr>` + cell(starts, "1") + cell("", "a") + cell(starts, "b") + `</w:tr><w:sdt><w:sdtContent><w:tr>` + cell(goesOn, "") + cell("", "c") + cell(goesOn, "") + `</w:tr></w:sdtContent></w:sdt>
<w:tr>` + cell(goesOn, "") + cell("", "d") + cell("", "e") + `</w:tr><w:tr><w:trPr><w:gridBefore w:val="2"/></w:trPr>` + cell("", "f") + `</w:tr></w:tbl>` + para("", "sau")
	text := mustRead(t, "a.docx", word(t, body))
	same(t, allShown(text), []string{"## <A|STT> <1x2:|Nhiệm vụ>", "# <3x1:|1> <|a> <2x1:|b>", "# <|c>", "# <|d> <|e>", "# <1x2:> <|f>", "|sau"})
	table := text.Blocks[0].Table
	for _, c := range []struct {
		row, col int
		want     string
	}{{0, 2, "Nhiệm vụ"}, {2, 0, "1"}, {2, 1, "c"}, {2, 2, "b"}, {3, 0, "1"}, {3, 2, "e"}, {4, 2, "f"}} {
		if got := table.At(c.row, c.col); got == nil || got.Paragraphs[0].Text != c.want {
			t.Errorf("%d,%d: %+v, wanted %s", c.row, c.col, got, c.want)
		}
	}
	same(t, table.At(9, 9), (*prose.Cell)(nil))
}

func TestLooksComeFromStylesAndPagesFromBreaks(t *testing.T) {
	styles := `<w:docDefaults><w:rPrDefault><w:rPr><w:i/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr><w:i w:val="0"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="H"><w:name w:val="heading 2"/><w:basedOn w:val="N"/><w:pPr><w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H"/><w:pPr><w:outlineLvl w:val="3"/></w:pPr><w:rPr><w:caps/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="L"><w:basedOn w:val="L"/></w:style>
<w:style w:type="character" w:styleId="S"><w:rPr><w:b/></w:rPr></w:style>`
	br := `<w:r><w:br w:type="page"/></w:r>`
	body := para("", "thường") + para(`<w:pStyle w:val="H"/>`, "một") + para(`<w:pStyle w:val="H2"/>`, "hai") +
		`<w:p><w:pPr><w:pStyle w:val="H"/><w:jc w:val="left"/><w:outlineLvl w:val="9"/></w:pPr><w:r><w:rPr><w:rStyle w:val="S"/></w:rPr><w:t>ba</w:t></w:r></w:p>` +
		`<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>đậm</w:t></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r><w:r><w:rPr><w:b/><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>` +
		`<w:p>` + br + `<w:r><w:t>trang hai</w:t></w:r></w:p><w:p><w:r><w:t>x</w:t></w:r>` + br + `<w:r><w:t>y</w:t></w:r></w:p><w:p>` + br + `</w:p>` + para("", "trang ba") + para(`<w:pageBreakBefore/>`, "trang bốn") +
		para(`<w:pStyle w:val="L"/><w:sectPr/>`, "hết phần") + para("", "phần hai") + para(`<w:sectPr/>`, "hết") + para("", "nối") + `<w:sectPr><w:type w:val="continuous"/></w:sectPr>`
	same(t, allShown(mustRead(t, "a.docx", word(t, body, "styles", styles))), []string{
		"|thường", "BCH2|một", "BCAH4|hai", "|ba", "B|đậm ", "^|trang hai", "|x\ny", "|", "^|trang ba", "^|trang bốn", "I|hết phần", "^|phần hai", "|hết", "|nối"})
}

func TestFieldsBoxesAndControls(t *testing.T) {
	fld := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	body := `<w:p>` + fld("begin") + `<w:r><w:instrText>HYPERLINK "x"</w:instrText><w:t>mã</w:t></w:r>` + fld("separate") + `<w:r><w:t>kết quả</w:t></w:r>` + fld("end") +
		`<w:fldSimple w:instr="PAGE"><w:r><w:t>, 7</w:t></w:r></w:fldSimple><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>, ô</w:t></w:r></w:sdtContent></w:sdt>` +
		`<w:hyperlink r:id="x"><w:r><w:tab/><w:t>nối</w:t><w:br/><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:sym w:font="Wingdings" w:char="F0E0"/></w:r></w:hyperlink></w:p>
<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><w:txbxContent><w:p><w:r><w:t>trong hộp</w:t></w:r></w:p></w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><w:txbxContent><w:p><w:r><w:t>trong hộp</w:t></w:r></w:p></w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>ngoài</w:t></w:r></w:p>`
	text := mustRead(t, "a.docx", word(t, body))
	same(t, allShown(text), []string{"|kết quả, 7, ô\tnối\na-b→", "|ngoài"})
	same(t, text.Warnings, []prose.Warning{{Key: "prose.left_text_box", Line: 2}})
}

func TestAWordDocumentThatIsNoneIsRefused(t *testing.T) {
	for name, c := range map[string]struct{ content, key string }{
		"a workbook":         {packed(t, map[string]string{"_rels/.rels": `<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`, "xl/workbook.xml": "<workbook/>"}), "prose.not_word"},
		"any archive":        {packed(t, map[string]string{"a.txt": "a"}), "prose.not_word"},
		"without words":      {word(t, `<w:p/>`), "prose.empty"},
		"in an old encoding": {word(t, para("", "KÕ ho¹ch ph¸t triÓn khoa häc vµ c«ng nghÖ, ®æi míi s¸ng t¹o")), "prose.tcvn3"},
	} {
		_, err := read("a.docx", c.content)
		if f, ok := fault.As(err); !ok || f.Key != c.key {
			t.Errorf("%s: %v", name, err)
		}
	}
	same(t, strings.HasPrefix(word(t, ""), "PK\x03\x04"), true)
}
