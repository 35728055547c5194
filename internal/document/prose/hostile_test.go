package prose_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"os"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"
	"unicode/utf16"

	"golang.org/x/text/encoding/charmap"

	"chonoi/internal/document/prose"
	"chonoi/internal/lang"
)

const (
	mostTime   = 2 * time.Second
	mostMemory = 200 // MB, of all that was ever asked for, which bounds what was held at once
)

func words(t testing.TB) *lang.Words {
	t.Helper()
	w, err := lang.Load(prose.Texts)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// refused fails unless a file is refused with that text, within time and memory.
func refused(t *testing.T, name string, raw []byte, key string) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.GC()
	runtime.ReadMemStats(&before)
	begin := processor(t)
	got := refusal(t, name, raw)
	took := processor(t) - begin
	runtime.ReadMemStats(&after)
	used := (after.TotalAlloc - before.TotalAlloc) >> 20
	t.Logf("%d KB: %v, %d MB", len(raw)>>10, took.Round(time.Millisecond), used)
	if got != key {
		t.Errorf("refused with %s, wanted %s", got, key)
	}
	if took > mostTime || used > mostMemory {
		t.Errorf("took %v and %d MB", took, used)
	}
	w := words(t)
	for _, tag := range []lang.Tag{lang.Vi, lang.En} {
		if said := w.T(tag, got, "Most", 1, "N", 1, "Line", 1); said == "" || said == got || strings.Contains(said, "{{") {
			t.Errorf("%s says %q in %s", got, said, tag)
		}
	}
}

// processor is the time that this process has worked: the clock also tells what others did meanwhile.
func processor(t *testing.T) time.Duration {
	t.Helper()
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err != nil {
		t.Fatal(err)
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// manyTags is XML of size bytes with little text.
func manyTags(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, `<w:p w:rsidR="%08X"><w:r><w:rPr><w:b/></w:rPr></w:r></w:p>`, i*2654435761)
	}
	return b.String()
}

// withBody is a DOCX whose text part is exactly this.
func withBody(t testing.TB, document string) []byte {
	return paper{more: map[string]string{"word/document.xml": document}}.pack(t)
}

func open(body string) string { return head + `<w:document ` + spaces + `><w:body>` + body }

func TestHostileFilesAreRefusedQuicklyAndInLittleMemory(t *testing.T) {
	const bombed = 400 << 20
	good := paper{body: p("Kế hoạch")}.pack(t)
	jpeg := append([]byte("\xff\xd8\xff\xe0\x00\x10JFIF\x00"), bytes.Repeat([]byte{0x8a, 0, 3}, 1000)...)
	workbook := zipped(t, map[string]string{"[Content_Types].xml": "<Types/>", "_rels/.rels": `<Relationships><Relationship Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`, "xl/workbook.xml": `<workbook/>`})
	slides := zipped(t, map[string]string{"[Content_Types].xml": "<Types/>", "_rels/.rels": `<Relationships><Relationship Type="x/officeDocument" Target="/ppt/presentation.xml"/></Relationships>`, "ppt/presentation.xml": `<p:presentation/>`})
	long := bytes.Repeat([]byte("khoa học và công nghệ "), 2<<20)[:30<<20]
	cases := []struct {
		what, name, key string
		raw             []byte
	}{
		{"empty file", "a.docx", "prose.empty", nil},
		{"renamed JPEG", "a.docx", "prose.is_picture", jpeg},
		{"renamed PDF", "a.docx", "prose.is_pdf", []byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")},
		{"PDF named TXT", "a.txt", "prose.is_pdf", []byte("%PDF-1.7\n")},
		{"JPEG named MD", "a.md", "prose.is_picture", jpeg},
		{"renamed workbook", "a.docx", "prose.is_workbook", workbook},
		{"renamed slides", "a.docx", "prose.is_presentation", slides},
		{"renamed ODT", "a.docx", "prose.is_odt", zipped(t, map[string]string{"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"})},
		{"any archive", "a.docx", "prose.not_docx", zipped(t, map[string]string{"anh.png": "x"})},
		{"DOCX named TXT", "a.txt", "prose.is_archive", good},
		{"text named DOCX", "a.docx", "prose.not_docx", []byte("Kế hoạch")},
		{"UTF-16 text named DOCX", "a.docx", "prose.not_docx", utf16Of("Kế hoạch")},
		{"old DOC", "a.doc", "prose.old_or_locked", []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")},
		{"old DOC named DOCX", "a.docx", "prose.old_or_locked", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 4096)...)},
		{"RTF", "a.docx", "prose.is_rtf", []byte(`{\rtf1\ansi}`)},
		{"another ending", "a.exe", "prose.ending_unknown", []byte("MZ\x90")},
		{"truncated zip", "a.docx", "prose.broken", good[:len(good)/2]},
		{"truncated XML", "a.docx", "prose.broken", withBody(t, open(p("một")+`<w:p><w:r><w:t>hai`))},
		{"XML that ends too early", "a.docx", "prose.broken", withBody(t, open(p("một")))},
		{"XML with crossed ends", "a.docx", "prose.broken", withBody(t, open(`<w:p></w:r></w:body></w:document>`))},
		{"XML after the root", "a.docx", "prose.broken", withBody(t, open(`</w:body></w:document><w:document/>`))},
		{"XML without body", "a.docx", "prose.broken", withBody(t, head+`<w:document `+spaces+`/>`)},
		{"broken packed bytes", "a.docx", "prose.broken", damaged(t, good)},
		{"zip bomb", "a.docx", "prose.unpacks_too_large", paper{body: p(strings.Repeat(" ", bombed>>3))}.pack(t)},
		{"zip bomb of paragraphs", "a.docx", "prose.unpacks_too_large", paper{body: strings.Repeat("<w:p/>", 4<<20)}.pack(t)},
		{"zip bomb of styles", "a.docx", "prose.unpacks_too_large", paper{body: p("a"), styles: strings.Repeat("<w:style/>", 2<<20)}.pack(t)},
		{"zip bomb of footnotes", "a.docx", "prose.unpacks_too_large", paper{body: `<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>`, footnotes: strings.Repeat("<w:footnote/>", 2<<20)}.pack(t)},
		{"zip bomb of lying size", "a.docx", "prose.broken", lying(t, "word/document.xml", open(strings.Repeat("<w:p/>", 60<<20/6)), 200)},
		{"zip bomb of lying styles", "a.docx", "prose.broken", lying(t, "word/styles.xml", head+"<w:styles>"+strings.Repeat("<w:style/>", 4<<20), 300)},
		{"size that is told too large", "a.docx", "prose.unpacks_too_large", lying(t, "word/document.xml", open(""), 1<<40)},
		{"entities", "a.docx", "prose.has_entities", withBody(t, `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY l2 "&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;&lol;">]><w:document><w:body><w:p><w:r><w:t>&l2;</w:t></w:r></w:p></w:body></w:document>`)},
		{"an entity that is not declared", "a.docx", "prose.broken", withBody(t, open(`<w:p><w:r><w:t>&lol;</w:t></w:r></w:p></w:body></w:document>`))},
		{"very deep XML", "a.docx", "prose.too_deep", withBody(t, open(strings.Repeat("<w:sdt><w:sdtContent>", 20_000)))},
		{"very deep tables", "a.docx", "prose.too_deep", withBody(t, open(strings.Repeat("<w:tbl><w:tr><w:tc>", 90)))},
		{"very deep runs", "a.docx", "prose.too_deep", withBody(t, open("<w:p>"+strings.Repeat("<w:ins>", 100_000)))},
		{"very deep properties", "a.docx", "prose.too_deep", withBody(t, open("<w:p><w:pPr>"+strings.Repeat("<w:rPr>", 100_000)))},
		{"fields within fields", "a.docx", "prose.broken", paper{body: `<w:p>` + strings.Repeat(`<w:r><w:fldChar w:fldCharType="begin"/></w:r>`, 20_000) + `</w:p>`}.pack(t)},
		{"an endless line", "a.txt", "prose.line_without_end", long},
		{"an endless line of Markdown", "a.md", "prose.line_without_end", long},
		{"an endless line in UTF-16", "a.txt", "prose.line_without_end", append([]byte("\xff\xfe"), bytes.Repeat([]byte("a\x00"), 15<<20)...)},
		{"an endless paragraph", "a.docx", "prose.line_without_end", withBody(t, open(`<w:p>`+strings.Repeat(r("khoa học &lt;"+fmt.Sprint(time.Now().UnixNano())), 20_000)+`</w:p></w:body></w:document>`))},
		{"an endless run", "a.docx", "prose.part_too_large", withBody(t, open(`<w:p><w:r><w:t>`+noise(20<<20)))},
		{"an endless tag", "a.docx", "prose.part_too_large", withBody(t, open(`<w:p w:rsid="`+noise(8<<20)))},
		{"much XML that is truncated", "a.docx", "prose.broken", withBody(t, open(strings.Repeat(p("Sở", `<w:spacing w:before="60" w:after="60"/><w:rPr><w:lang w:val="vi-VN"/></w:rPr><w:jc w:val="center"/>`, "<!-- "+noise(40)+"-->"), 23<<20/300)))},
		{"much XML of many tags", "a.docx", "prose.too_many_pieces", withBody(t, open(manyTags(23<<20)))},
		{"more text", "a.txt", "prose.too_much_text", bytes.Repeat(append(long[:1000:1000], '\n'), 20<<10)},
		{"more text in marks that must be composed", "a.docx", "prose.too_much_text", paper{body: strings.Repeat(p(strings.Join(strings.Split(noise(20_000), ""), "\u0301\u0323")), 100)}.pack(t)},
		{"a larger file", "a.docx", "prose.too_large", append([]byte("PK\x03\x04"), make([]byte, 65<<20)...)},
		{"lines without number", "a.txt", "prose.too_many_pieces", bytes.Repeat([]byte("a\n"), 15<<20)},
		{"blank lines without number", "a.md", "prose.too_many_pieces", bytes.Repeat([]byte("\n"), 15<<20)},
		{"lines of text without number", "a.txt", "prose.too_many_pieces", bytes.Repeat([]byte("a\n"), prose.MostPieces+1)},
		{"a page of the web", "a.md", "prose.is_web_page", []byte("\n<!DOCTYPE html><p>Kế hoạch")},
		{"XML named TXT", "a.txt", "prose.is_web_page", []byte("\xef\xbb\xbf<?xml version=\"1.0\"?><a/>")},
		{"nothing but blanks", "a.txt", "prose.no_words", []byte("\n \r\n\f-\n")},
		{"nothing but a picture", "a.docx", "prose.no_words", paper{body: `<w:p><w:r><w:drawing/></w:r></w:p>`}.pack(t)},
		{"binary data", "a.txt", "prose.binary", append([]byte("MZ"), make([]byte, 4096)...)},
		{"UTF-16 without its mark", "a.txt", "prose.binary", utf16Of("Kế hoạch")[2:]},
		{"a part twice", "a.docx", "prose.broken", twice(t)},
	}
	for _, c := range cases {
		t.Run(c.what, func(t *testing.T) { refused(t, c.name, c.raw, c.key) })
	}
}

func TestADirectoryOfCountlessFilesIsRefused(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range 200_000 {
		if _, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	refused(t, "a.docx", b.Bytes(), "prose.part_too_large")
}

func TestOldEncodingsAreRefusedWithWhatToDo(t *testing.T) {
	raw, err := os.ReadFile("../../../../shared/data/plan/ke-hoach-69-KL-TW.txt")
	if err != nil {
		t.Fatal(err)
	}
	const abc = "C\xe9ng h\xdfa x\xb7 h\xe9i ch\xf1 ngh\xdca Vi\xd6t Nam, \xa7\xe9c l\xcbp - T\xf9 do - H\xb9nh ph\xf3c. Ban Th\xad\xeang v\xf4 Th\xb5nh \xf1y x\xa9y d\xf9ng K\xd5 ho\xb9ch th\xf9c hi\xd6n nh\xad sau.\n"
	const vni = "Co\xe4ng ho\xf8a xa\xf5 ho\xe4i chu\xfb ngh\xf3a Vie\xe4t Nam, \xd1o\xe4c la\xe4p - T\xf6\xef do - Ha\xefnh phu\xf9c. Ban Th\xf6\xf4\xf8ng vu\xef Tha\xf8nh u\xfby xa\xe2y d\xf6\xefng Ke\xe1 hoa\xefch th\xf6\xefc hie\xe4n nh\xf6 sau.\n"
	refused(t, "a.txt", []byte(abc), "prose.is_tcvn3")
	refused(t, "a.txt", []byte(vni), "prose.is_vni")
	refused(t, "a.md", []byte(latin1(abc)), "prose.is_tcvn3")
	refused(t, "a.txt", []byte(latin1(vni)), "prose.is_vni")
	refused(t, "a.docx", paper{body: p(latin1(abc))}.pack(t), "prose.is_tcvn3")
	refused(t, "a.docx", paper{body: p("Đã có chữ Unicode: "+strings.Repeat("đường lối ", 100)) + `<w:p>` + r(latin1(vni), `<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>`) + `</w:p>`}.pack(t), "prose.legacy_font")
	refused(t, "a.txt", []byte("KÕ ho¹ch ph¸t triÓn khoa häc vµ c«ng nghÖ, ®æi míi s¸ng t¹o"), "prose.is_tcvn3")
	refused(t, "a.txt", []byte("K\xd5 ho\xb9ch ph\xb8t tri\xd3n khoa h\xe4c v\xb5 c\xabng ngh\xd6, \xae\xe6i m\xedi s\xb8ng t\xb9o"), "prose.is_tcvn3")
	refused(t, "a.docx", paper{body: p("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc")}.pack(t), "prose.is_vni")
	refused(t, "a.txt", []byte("caf\xe9 \xfcber"), "prose.not_utf8")
	western, err := charmap.Windows1258.NewEncoder().String("Cô\u0323ng ho\u0300a xa\u0303 hô\u0323i chu\u0309 nghi\u0303a Viê\u0323t Nam, đươ\u0300ng")
	if err != nil {
		t.Fatal(err)
	}
	text := readBytes(t, "a.txt", []byte(western))
	same(t, shown(text), "Cộng hòa xã hội chủ nghĩa Việt Nam, đường")
	same(t, keys(text), "prose.windows_1258")
	if text := readBytes(t, "a.docx", paper{body: `<w:p>` + r(string(raw[:3000]), `<w:rFonts w:ascii=".VnTime"/>`) + `</w:p>`}.pack(t)); len(text.Blocks) == 0 {
		t.Error("Unicode in an old font is not read")
	}
}

// latin1 is what the bytes of an old encoding look like once they are taken for Western letters.
func latin1(s string) string {
	var b strings.Builder
	for i := range len(s) {
		b.WriteRune(rune(s[i]))
	}
	return b.String()
}

func utf16Of(s string) []byte {
	b := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return b
}

// noise is text that does not pack well.
func noise(n int) string {
	b := make([]byte, n)
	x := uint32(2463534242)
	for i := range b {
		x ^= x << 13
		x ^= x >> 17
		x ^= x << 5
		b[i] = 'a' + byte(x%26)
	}
	return string(b)
}

// damaged is a DOCX with some bytes of its text turned over.
func damaged(t *testing.T, good []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(good), int64(len(good)))
	if err != nil {
		t.Fatal(err)
	}
	bad := bytes.Clone(good)
	for _, f := range z.File {
		if at, err := f.DataOffset(); err == nil && f.Name == "word/document.xml" {
			for i := at + 20; i < at+40; i++ {
				bad[i] ^= 0xff
			}
		}
	}
	return bad
}

// lying packs a DOCX whose directory tells another size of a part.
func lying(t *testing.T, name, content string, size uint64) []byte {
	t.Helper()
	parts := paper{body: p("a"), styles: `<w:style/>`}.parts()
	delete(parts, name)
	var b, deflated bytes.Buffer
	d, err := flate.NewWriter(&deflated, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.Write([]byte(content)); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(&b)
	for other, content := range parts {
		f, err := w.Create(other)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(content)); err != nil {
			t.Fatal(err)
		}
	}
	f, err := w.CreateRaw(&zip.FileHeader{Name: name, Method: zip.Deflate, CompressedSize64: uint64(deflated.Len()), UncompressedSize64: size})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.Write(deflated.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// twice is a DOCX that has its text twice.
func twice(t *testing.T) []byte {
	t.Helper()
	parts := paper{body: p("a")}.parts()
	parts["Word/Document.xml"] = parts["word/document.xml"]
	return zipped(t, parts)
}
