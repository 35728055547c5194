package prose_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/document/prose"
)

func TestTrackedChangesAreReadAsIfAccepted(t *testing.T) {
	deleted := func(text string) string {
		return `<w:del w:id="1" w:author="A"><w:r><w:delText xml:space="preserve">` + text + `</w:delText></w:r></w:del>`
	}
	text := paper{body: `<w:p>` + r("Một ") + deleted("hai ") + `<w:ins w:id="2" w:author="A">` + r("ba") + `</w:ins></w:p>` +
		`<w:p><w:moveFrom w:id="3">` + r("dời đi") + `</w:moveFrom></w:p><w:p><w:moveTo w:id="4">` + r("dời đến") + `</w:moveTo></w:p>` +
		`<w:p><w:pPr><w:rPr><w:del w:id="5"/></w:rPr></w:pPr>` + r("đầu ") + `</w:p><w:p><w:pPr><w:rPr><w:del w:id="6"/></w:rPr></w:pPr>` + deleted("mất") + `</w:p>` + p("cuối", `<w:jc w:val="center"/>`) +
		`<w:p><w:pPr><w:rPr><w:del w:id="7"/></w:rPr></w:pPr>` + deleted("mất hẳn") + `</w:p>` + p("giữa", `<w:jc w:val="center"/>`) +
		`<w:p><w:pPr><w:pPrChange w:id="8"><w:pPr><w:jc w:val="center"/></w:pPr></w:pPrChange></w:pPr><w:r><w:rPr><w:b/><w:rPrChange w:id="9"><w:rPr><w:b w:val="0"/><w:vanish/></w:rPr></w:rPrChange></w:rPr><w:t>đậm</w:t></w:r></w:p>` +
		`<w:p>` + r("a") + `<w:commentRangeStart w:id="1"/>` + r("b") + `<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r></w:p>` +
		`<w:tbl><w:tr><w:tc>` + p("còn") + `</w:tc></w:tr><w:tr><w:trPr><w:del w:id="10"/></w:trPr><w:tc><w:p>` + deleted("dòng mất") + `</w:p></w:tc></w:tr><w:tr><w:trPr><w:ins w:id="11"/></w:trPr><w:tc>` + p("thêm") + `</w:tc></w:tr></w:tbl>`}.read(t)
	same(t, shown(text), "Một ba", "", "dời đến", "đầu cuối", "giữa", "đậm", "ab", "còn", "thêm")
	if joined, next := text.Blocks[3].Paragraph, text.Blocks[4].Paragraph; joined.Centred || !next.Centred {
		t.Errorf("the joined paragraphs are %+v and %+v", joined, next)
	}
	if bold := text.Blocks[5].Paragraph; !bold.Bold || bold.Centred {
		t.Errorf("a change of looks was taken for looks: %+v", bold)
	}
	if d := cmp.Diff([]string{"prose.tracked_changes"}, keys(text)); d != "" {
		t.Error(d)
	}
}

func TestADeletedItemTakesNoNumber(t *testing.T) {
	numbering := abstract(0, lvl(0, "decimal", "%1.")) + num(1, 0, "")
	list := `<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>`
	body := item(1, 0, "A") + `<w:p><w:pPr>` + list + `<w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:del w:id="2"><w:r><w:delText>B</w:delText></w:r></w:del></w:p>` + item(1, 0, "C")
	same(t, shown(paper{body: body, numbering: numbering}.read(t)), "1. A", "2. C")
}

func TestNotesStandApartFromTheText(t *testing.T) {
	mark := func(kind, id string) string { return `<w:r><w:` + kind + `Reference w:id="` + id + `"/></w:r>` }
	note := func(kind, id string, paragraphs ...string) string {
		return `<w:` + kind + ` w:id="` + id + `"><w:p><w:r><w:` + kind + `Ref/></w:r>` + r(" "+strings.Join(paragraphs, `</w:t></w:r></w:p><w:p><w:r><w:t>`)) + `</w:p></w:` + kind + `>`
	}
	text := paper{
		body: `<w:p>` + r("Theo Nghị quyết") + mark("footnote", "5") + r(" và Kết luận") + mark("endnote", "2") + r(".") + mark("footnote", "2") + `</w:p>` +
			`<w:tbl><w:tr><w:tc><w:p>` + r("ô") + `<w:r><w:footnoteReference w:customMarkFollows="1" w:id="9"/><w:t>*</w:t></w:r></w:p></w:tc></w:tr></w:tbl>` +
			`<w:p><w:del w:id="1"><w:r><w:footnoteReference w:id="7"/></w:r></w:del></w:p>`,
		footnotes: `<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>` + note("footnote", "2", "Thứ hai", "hai đoạn") + note("footnote", "5", "Thứ nhất") + note("footnote", "7", "mất") + note("footnote", "9", "sao"),
		endnotes:  note("endnote", "2", "Cuối văn bản"),
	}.read(t)
	same(t, shown(text), "Theo Nghị quyết và Kết luận.", "ô", "")
	want := []prose.Note{{N: 1, Text: "Thứ nhất"}, {N: 2, Text: "Thứ hai\nhai đoạn"}, {N: 3, Text: "sao"}, {N: 4, End: true, Text: "Cuối văn bản"}}
	if d := cmp.Diff(want, text.Notes); d != "" {
		t.Error(d)
	}
	first := text.Blocks[0].Paragraph
	if d := cmp.Diff([]prose.Mark{{1, len("Theo Nghị quyết")}, {4, len("Theo Nghị quyết và Kết luận")}, {2, len(first.Text)}}, first.Notes); d != "" {
		t.Error(d)
	}
}

func TestMergedCellsAndTablesInTables(t *testing.T) {
	tc := func(properties, content string) string {
		return `<w:tc><w:tcPr>` + properties + `</w:tcPr>` + content + `</w:tc>`
	}
	const restart, goesOn, two = `<w:vMerge w:val="restart"/>`, `<w:vMerge/>`, `<w:gridSpan w:val="2"/>`
	text := paper{body: `<w:tbl><w:tblGrid/>` +
		`<w:tr><w:trPr><w:tblHeader/></w:trPr>` + tc("", p("STT")) + tc(two, p("Nhiệm vụ")) + tc("", p("Chủ trì")) + `</w:tr>` +
		`<w:tr>` + tc(restart, p("1")) + tc("", p("a")) + tc(restart, p("sản phẩm")) + tc("", p("Sở A")) + `</w:tr>` +
		`<w:tr>` + tc(goesOn, p("")) + tc("", p("b")) + tc(goesOn, p("")) + tc("", p("Sở B")) + `</w:tr>` +
		`<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr>` + tc("", p("c")) + tc(restart+two, p("hai cột")) + `</w:tr>` +
		`<w:tr>` + tc("", p("5")) + tc("", `<w:tbl><w:tr>`+tc("", p("trong 1"))+tc("", p("trong 2"))+`</w:tr></w:tbl>`+p("ngoài")) + tc(goesOn+two, p("")) + `</w:tr>` +
		`</w:tbl>`}.read(t)
	same(t, shown(text), "STT | Nhiệm vụ[2x1] | Chủ trì", "1[1x2] | a | sản phẩm[1x2] | Sở A", "b | Sở B", " | c | hai cột[2x2]", "5 | trong 1/trong 2/ngoài")
	table := text.Blocks[0].Table
	if !table.Rows[0].Header || table.Rows[1].Header || table.Line != 1 {
		t.Error("the head of the table is not told")
	}
	for at, want := range map[[2]int]string{{0, 2}: "Nhiệm vụ", {2, 0}: "1", {2, 1}: "b", {2, 2}: "sản phẩm", {4, 3}: "hai cột", {2, 3}: "Sở B"} {
		if c := table.At(at[0], at[1]); c == nil || c.Paragraphs[0].Text != want {
			t.Errorf("at %v stands %v, wanted %q", at, c, want)
		}
	}
	if table.At(9, 0) != nil || table.At(0, 9) != nil || table.At(-1, 0) != nil {
		t.Error("there is a cell outside of the table")
	}
}

func TestFieldsShowTheirResult(t *testing.T) {
	mark := func(kind string) string { return `<w:r><w:fldChar w:fldCharType="` + kind + `"/></w:r>` }
	field := func(command, result string) string {
		return mark("begin") + `<w:r><w:instrText xml:space="preserve"> ` + command + ` </w:instrText></w:r>` + mark("separate") + result + mark("end")
	}
	body := `<w:p>` + r("Xem ") + field(`REF x \h`, r("mục 5")) + r(", ") + `<w:fldSimple w:instr=" SEQ Bang ">` + r("Bảng 2") + `</w:fldSimple>` + mark("begin") + `<w:r><w:instrText> XE "ẩn" </w:instrText></w:r>` + mark("end") + `</w:p>` +
		`<w:p>` + r("- ") + field("PAGE", r("17")) + r(" -") + `</w:p><w:p>` + r("Trang ") + field("PAGE", r("1")) + r("/") + `<w:fldSimple w:instr=" NUMPAGES ">` + r("12") + `</w:fldSimple></w:p>` +
		`<w:p>` + r("Trang ") + `<w:fldSimple w:instr="NUMPAGES">` + r("9") + `</w:fldSimple>` + r(" và sau nữa") + `</w:p>` +
		`<w:p>` + mark("begin") + `<w:r><w:instrText>TOC \o "1-3"</w:instrText></w:r>` + mark("separate") + r("I. Mục đích") + field("PAGEREF a", r("2")) + `</w:p><w:p>` + r("II. Nội dung") + `</w:p><w:p>` + mark("end") + `</w:p>` +
		`<w:p>` + field(`IF `, field("DOCPROPERTY a", r("trong"))) + `</w:p>` +
		`<w:p><w:hyperlink w:anchor="a">` + r("liên kết") + `</w:hyperlink></w:p>` +
		`<w:p><w:del w:id="1">` + field("REF y", r("mất")) + `</w:del>` + r("còn") + `</w:p>`
	text := paper{body: body}.read(t)
	same(t, shown(text), "Xem mục 5, Bảng 2", "Trang 9 và sau nữa", "trong", "liên kết", "còn")
	if d := cmp.Diff([]string{"prose.tracked_changes", "prose.contents_left_out"}, keys(text), cmp.Transformer("set", func(s []string) map[string]bool {
		set := map[string]bool{}
		for _, k := range s {
			set[k] = true
		}
		return set
	})); d != "" {
		t.Error(d)
	}
}

func TestWhatIsNotDisplayedIsLeftOut(t *testing.T) {
	box := `<w:txbxContent>` + p("trong hộp") + `</w:txbxContent>`
	body := `<w:p>` + r("trước ") + r("ẩn", `<w:vanish/>`) + r("sau") + `</w:p>` +
		`<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData><wps:wsp><wps:txbx>` + box + `</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>` + box + `</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>` + r("cạnh hộp") + `</w:p>` +
		`<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="ảnh"/></wp:inline></w:drawing></w:r></w:p>` +
		`<w:sdt><w:sdtPr><w:alias w:val="Số"/></w:sdtPr><w:sdtContent>` + p("Số: 5") + `</w:sdtContent></w:sdt>` +
		`<w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>` + r("Bấm để nhập") + `</w:sdtContent></w:sdt><w:sdt><w:sdtContent>` + r("đã nhập") + `</w:sdtContent></w:sdt></w:p>` +
		`<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>` + p("MỤC LỤC") + `</w:sdtContent></w:sdt>` +
		`<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr>` + r("cả đoạn ẩn", `<w:vanish/>`) + `</w:p>` +
		`<w:sectPr><w:headerReference w:type="default"/></w:sectPr>`
	text := paper{body: body, more: map[string]string{"word/header1.xml": `<w:hdr ` + spaces + `>` + p("đầu trang") + `</w:hdr>`}}.read(t)
	same(t, shown(text), "trước sau", "cạnh hộp", "", "Số: 5", "đã nhập")
	if d := cmp.Diff([]string{"prose.hidden_left_out", "prose.text_box_left_out", "prose.contents_left_out"}, keys(text)); d != "" {
		t.Error(d)
	}
}

func TestSignsBreaksAndPages(t *testing.T) {
	body := `<w:p><w:r><w:t>KH</w:t><w:noBreakHyphen/><w:t>TW</w:t><w:tab/><w:t>a</w:t><w:br/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t></w:r></w:p>` +
		`<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t xml:space="preserve"> đạt; x</w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t>3 </w:t></w:r></w:p>` +
		p("tho\u00e1t\u00a0n\u00ads\u200b", ``) + `<w:p><w:r><w:t>  bỏ  </w:t></w:r>` + r("dấu cách\n xuống dòng") + `</w:p>` +
		p("e\u0302\u0323 Vie\u0323\u0302t") +
		`<w:p><w:r><w:br w:type="page"/></w:r>` + r("trang 2") + `</w:p>` +
		`<w:p>` + r("cuối trang 2") + `<w:r><w:br w:type="page"/></w:r></w:p>` + p("trang 3") +
		p("trang 4", `<w:pageBreakBefore/>`) + p("hết phần", `<w:sectPr/>`) + p("vẫn trang 4") + p("hết phần", `<w:sectPr><w:type w:val="continuous"/></w:sectPr>`) + p("trang 5") +
		`<w:p><w:pPr><w:framePr w:dropCap="drop"/></w:pPr>` + r("T") + `</w:p>` + p("hành phố", `<w:jc w:val="center"/>`)
	text := paper{body: body}.read(t)
	same(t, shown(text), "KH-TW\ta\nbc", "✓ đạt; x≥3", "thoát ns", "bỏdấu cách  xuống dòng", "ệ Việt", "trang 2", "cuối trang 2", "trang 3", "trang 4", "hết phần", "vẫn trang 4", "hết phần", "trang 5", "Thành phố")
	for i, want := range []bool{5: true, 7: true, 8: true, 10: false, 12: true, 13: false} {
		if text.Blocks[i].Paragraph.Page != want {
			t.Errorf("page before %q: %v", text.Blocks[i].Paragraph.Text, !want)
		}
	}
	if !text.Blocks[13].Paragraph.Centred {
		t.Error("the initial says how the paragraph is set")
	}
}

func TestLooksComeFromStyles(t *testing.T) {
	styles := `<w:docDefaults><w:rPrDefault><w:rPr><w:i/></w:rPr></w:rPrDefault></w:docDefaults>
		<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:name w:val="Normal"/><w:rPr><w:i w:val="0"/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="N"/><w:rPr><w:b/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="B2"><w:basedOn w:val="B"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>
		<w:style w:type="character" w:styleId="S"><w:rPr><w:b/></w:rPr></w:style>
		<w:style w:type="paragraph" w:styleId="X"><w:basedOn w:val="Y"/></w:style><w:style w:type="paragraph" w:styleId="Y"><w:basedOn w:val="X"/></w:style>`
	strong := `<w:rStyle w:val="S"/>`
	in := func(style, runs string) string {
		return `<w:p><w:pPr><w:pStyle w:val="` + style + `"/></w:pPr>` + runs + `</w:p>`
	}
	text := paper{styles: styles, body: `<w:p>` + r("thường") + `</w:p>` + in("B", r("đậm")+r(" ")) + in("B2", r("đậm")) + in("B", r("đậm hai lần", strong)) +
		in("N", r("đậm", strong)) + in("B", r("đậm ")+r("thường", `<w:b w:val="false"/>`)) + in("X", r("vòng")) + in("không có", r("nghiêng", `<w:i/>`)) + in("N", r("hoa", `<w:caps/>`))}.read(t)
	want := []string{"", "b", "b3", "", "b", "", "i", "i", "C"}
	for i, b := range text.Blocks {
		got, p := "", b.Paragraph
		for sign, is := range map[string]bool{"b": p.Bold, "3": p.Heading == 3} {
			if is && sign == "b" {
				got = "b" + got
			} else if is {
				got += sign
			}
		}
		if p.Italic {
			got += "i"
		}
		if p.Caps {
			got += "C"
		}
		if got != want[i] {
			t.Errorf("%q looks %q, wanted %q", p.Text, got, want[i])
		}
	}
}
