package paper_test

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"chonoi/internal/document/paper"
	"chonoi/internal/lang"
)

// fataler is what a test and a property have in common.
type fataler interface {
	Helper()
	Fatal(args ...any)
}

// parts unpacks a DOCX.
func parts(t fataler, content []byte) (names []string, all map[string]string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	all = map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		names, all[f.Name] = append(names, f.Name), string(raw)
	}
	return names, all
}

// pack makes a DOCX of parts.
func pack(t testing.TB, names []string, all map[string]string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, all[name]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// spoiled changes every place of a text in a part of a DOCX.
func spoiled(t testing.TB, content []byte, part, old, new string) []byte {
	t.Helper()
	names, all := parts(t, content)
	if !strings.Contains(all[part], old) {
		t.Fatalf("%s holds no %q", part, old)
	}
	all[part] = strings.ReplaceAll(all[part], old, new)
	return pack(t, names, all)
}

const (
	inText   = "word/document.xml"
	inStyles = "word/styles.xml"
)

// planted are faults put into a paper that keeps the layout, with the finding that each must give.
var planted = []struct {
	layout, paper, part, old, new string
	kind, element, rule           string
}{
	{"state-2020", "report", inText, `w:w="11906" w:h="16838"`, `w:w="12240" w:h="15840"`, "page_size", "", "page.width"},
	{"state-2020", "report", inText, `w:top="1134"`, `w:top="850"`, "margin", "margin_top", "page.top"},
	{"state-2020", "report", inText, `w:left="1701" w:header`, `w:left="1440" w:header`, "margin", "margin_left", "page.left"},
	{"state-2020", "report", inText, `w:right="850" w:bottom`, `w:right="1440" w:bottom`, "margin", "margin_right", "page.right"},
	{"state-2020", "report", inStyles, "Times New Roman", "Arial", "font", "", "font"},
	{"state-2020", "report", inText, `<w:t xml:space="preserve">BÁO CÁO`, `<w:rPr><w:color w:val="FF0000"/></w:rPr><w:t xml:space="preserve">BÁO CÁO`, "colour", "", "colour"},
	{"state-2020", "report", inText, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "ĐẢNG CỘNG SẢN VIỆT NAM", "crown_other", "", "nation.text"},
	{"state-2020", "report", inText, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "", "crown_missing", "", "nation.text"},
	{"state-2020", "report", inText, "Độc lập - Tự do - Hạnh phúc", "Độc lập – Tự do – Hạnh phúc", "motto_text", "", "motto.text"},
	{"state-2020", "report", inText, "Độc lập - Tự do - Hạnh phúc", "", "motto_missing", "", "motto.text"},
	{"state-2020", "report", inText, "SỞ KHOA HỌC VÀ CÔNG NGHỆ</w:t>", "Sở Khoa học và Công nghệ</w:t>", "style", "issuer", "issuer.style"},
	{"state-2020", "letter", inText, "Số: 05/SKHCN-QLCN", "Số 05-SKHCN/QLCN", "number_form", "", "number.form"},
	{"state-2020", "letter", inText, "Số: 05/SKHCN-QLCN", "Số: 05/SKHCN - QLCN", "number_form", "", "number.form"},
	{"state-2020", "letter", inText, "Số: 05/", "Số: 5/", "number_pad", "", "number.pad"},
	{"state-2020", "letter", inText, "ngày 03 tháng 11", "ngày 3 tháng 11", "date_pad", "", "date.pad_day"},
	{"state-2020", "letter", inText, "ngày 03 tháng 11", "ngày 03 tháng 06", "date_padded", "", "date.pad_month"},
	{"state-2020", "letter", inText, "ngày 03 tháng 11", "ngày 03 tháng 2", "date_pad", "", "date.pad_month"},
	{"state-2020", "letter", inText, "Cần Thơ, ngày", "Cần Thơ ngày", "date_form", "", "date.form"},
	{"state-2020", "letter", inText, "V/v đôn đốc", "Về đôn đốc", "letter_form", "", "letter_abstract.form"},
	{"state-2020", "letter", inText, "Kính gửi:", "Kính gửi", "to_word", "", "to.word"},
	{"state-2020", "report", inText, ">BÁO CÁO<", ">Báo cáo<", "style", "kind", "kind.style"},
	{"state-2020", "report", inText, `<w:pStyle w:val="Title"/>`, `<w:pStyle w:val="Title"/><w:jc w:val="left"/>`, "centre", "kind", "kind.style"},
	{"state-2020", "report", inText, `<w:pStyle w:val="Subtitle"/></w:pPr><w:r>`, `<w:pStyle w:val="Subtitle"/></w:pPr><w:r><w:rPr><w:sz w:val="32"/></w:rPr>`, "size", "abstract", "abstract.size"},
	{"state-2020", "report", inText, `<w:pStyle w:val="BodyText"/></w:pPr>`, `<w:pStyle w:val="BodyText"/><w:jc w:val="left"/></w:pPr>`, "align", "", "body.align"},
	{"state-2020", "report", inStyles, `w:firstLine="567"`, `w:firstLine="200"`, "indent", "", "body.indent"},
	{"state-2020", "report", inStyles, `w:after="120" w:line="276"`, `w:after="40" w:line="276"`, "between", "", "body.between"},
	{"state-2020", "report", inStyles, `w:line="276"`, `w:line="480"`, "line", "", "body.line"},
	{"state-2020", "report", inText, "KT. GIÁM ĐỐC", "K/T GIÁM ĐỐC", "sign_form", "", "sign.forms"},
	{"state-2020", "letter", inText, "Trần Văn Minh", "PGS.TS. Trần Văn Minh", "sign_title", "", "sign.no_titles"},
	{"state-2020", "letter", inText, "Trần Văn Minh", "TRẦN VĂN MINH", "style", "name", "name.style"},
	{"state-2020", "letter", inText, "Nơi nhận:", "Nơi nhận", "recipients_word", "", "recipients_word.text"},
	{"state-2020", "letter", inText, "- Như trên;", "- Như trên,", "recipients_end", "", "recipients.end"},
	{"state-2020", "letter", inText, "- Như trên;", "Như trên;", "recipients_dash", "", "recipients.end"},
	{"state-2020", "letter", inText, "QLCN.</w:t>", "QLCN</w:t>", "recipients_end", "", "recipients.last"},
	{"state-2020", "letter", inText, "- Lưu: VT", "- Văn thư", "recipients_keep", "", "recipients.keep"},
	{"state-2020", "report", "word/header1.xml", " PAGE ", " DATE ", "pagenumber_missing", "", "pagenumber.place"},
	{"state-2020", "report", inStyles, `<w:name w:val="header"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:jc w:val="center"/>`, `<w:name w:val="header"/><w:basedOn w:val="Normal"/><w:qFormat/><w:pPr><w:jc w:val="right"/>`, "pagenumber_align", "", "pagenumber.place"},
	{"state-2020", "report", inText, `<w:titlePg/>`, ``, "pagenumber_first", "", "pagenumber.first"},
	{"state-2020", "report", inText, "headerReference", "footerReference", "pagenumber_place", "", "pagenumber.place"},
	{"state-2020", "long", inText, "Phụ lục II<", "Phụ lục 2<", "appendix_number", "", "appendix.numerals"},
	{"party-2018", "party", inText, "Số 07-BC", "Số: 07/BC", "number_form", "", "number.form"},
	{"party-2018", "party", inText, "K/T TRƯỞNG BAN", "KT. TRƯỞNG BAN", "sign_form", "", "sign.forms"},
	{"party-2026", "party", inText, "K/T TRƯỞNG BAN", "KT. TRƯỞNG BAN", "sign_form", "", "sign.forms"},
	{"party-2026", "party", inText, "ĐẢNG CỘNG SẢN VIỆT NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "crown_other", "", "party.text"},
	{"party-2026", "party", inStyles, `w:line="360" w:lineRule="exact"`, `w:line="240" w:lineRule="auto"`, "line", "", "body.line"},
	{"party-2026", "party", inText, "Nơi nhận:", "Kính gửi:", "recipients_missing", "", "recipients_word.text"},
}

func samplePaper(t testing.TB, kind string, l *paper.Layout) *paper.Paper {
	t.Helper()
	switch kind {
	case "report":
		return stateReport(l)
	case "letter":
		return letter(l)
	case "long":
		return longAppendix(l, 10)
	}
	return partyReport(l)
}

func TestEachPlantedFaultIsFound(t *testing.T) {
	w := words(t)
	for _, one := range planted {
		l := layout(t, one.layout)
		content := spoiled(t, docx(t, samplePaper(t, one.paper, l)), one.part, one.old, one.new)
		found := check(t, content, l)
		ok := false
		for _, f := range found {
			if f.Kind == one.kind && f.Element == one.element && f.Rule.Name == one.rule {
				ok = true
				if f.Severity == paper.Wrong && !f.Rule.Verified() {
					t.Errorf("%s: a rule that was not verified is called broken", one.kind)
				}
			}
			for _, tag := range []lang.Tag{lang.Vi, lang.En} {
				if text := f.Text(w, tag) + f.Basis(w, tag) + f.Place(w, tag); strings.Contains(text, "paper.") || strings.Contains(text, "{{") || strings.Contains(text, "<no value>") {
					t.Errorf("%s: %s", one.kind, text)
				}
			}
		}
		if !ok {
			t.Errorf("%q for %q under %s: no %s %s %s", one.new, one.old, one.layout, one.kind, one.element, one.rule)
			tell(t, found)
		}
	}
}

func TestAFindingNamesItsClauseAndItsPlace(t *testing.T) {
	l, w := layout(t, "state-2020"), words(t)
	content := spoiled(t, docx(t, letter(l)), inText, "Số: 05/", "Số: 5/")
	found := check(t, content, l)
	if len(found) != 1 {
		tell(t, found)
		t.Fatalf("%d findings", len(found))
	}
	f := found[0]
	for got, want := range map[string]string{
		f.Text(w, lang.Vi):          "Số văn bản ghi là 5, phải ghi là 05.",
		f.Basis(w, lang.Vi):         "Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, II.3.c",
		f.Basis(w, lang.En):         "Decree 30/2020/NĐ-CP, Appendix I, Part I, II.3.c",
		f.Place(w, lang.Vi):         "Đoạn 7: “Số: 5/SKHCN-QLCN”",
		f.Severity.Word(w, lang.En): "Against the rule",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}
