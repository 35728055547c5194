package watermark_test

import (
	"bytes"
	"image"
	"image/color"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	_ "image/png" // read

	"chonoi/internal/document/officetest"
	"chonoi/internal/document/watermark"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

var tuyet = watermark.Mark{
	Reader:       "Nguyễn Thị Ánh Tuyết",
	Organisation: "Trung tâm Ứng dụng Tiến bộ Khoa học và Công nghệ",
	At:           time.Date(2026, 11, 23, 7, 5, 0, 0, time.UTC),
	Number:       "CN-2026-000123",
}

// stamped is the marked copy, with the original held against a copy of it.
func stamped(t testing.TB, raw []byte, kind string) ([]byte, error) {
	t.Helper()
	before := bytes.Clone(raw)
	var out bytes.Buffer
	err := watermark.Stamp(t.Context(), &out, bytes.NewReader(raw), int64(len(raw)), kind, tuyet)
	if !bytes.Equal(before, raw) {
		t.Error("the original was changed")
	}
	if err != nil && out.Len() > 0 {
		t.Error("a part of a copy was written before", err)
	}
	return out.Bytes(), err
}

// paper has LibreOffice print so many pages; each third one lies on its side, and the second is dark.
func paper(t testing.TB, pages int) []byte {
	t.Helper()
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:automatic-styles>
<style:page-layout style:name="up"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin="20mm"/></style:page-layout>
<style:page-layout style:name="dark"><style:page-layout-properties fo:page-width="210mm" fo:page-height="297mm" fo:margin="20mm" fo:background-color="#102030"/></style:page-layout>
<style:page-layout style:name="side"><style:page-layout-properties fo:page-width="297mm" fo:page-height="210mm" fo:margin="20mm" style:print-orientation="landscape"/></style:page-layout>
`)
	masters := []string{"Up", "Dark", "Side"}
	for _, master := range masters {
		b.WriteString(`<style:style style:name="on` + master + `" style:family="paragraph" style:master-page-name="` + master + `"/>`)
	}
	b.WriteString(`</office:automatic-styles><office:master-styles>`)
	for _, master := range masters {
		b.WriteString(`<style:master-page style:name="` + master + `" style:page-layout-name="` + strings.ToLower(master) + `"/>`)
	}
	b.WriteString(`</office:master-styles><office:body><office:text>`)
	for i := range pages {
		b.WriteString(`<text:p text:style-name="on` + masters[i%3] + `">Bản chào công nghệ sấy thăng hoa quy mô nhỏ</text:p>`)
		for range 25 {
			b.WriteString(`<text:p>Quy trình giữ được màu, mùi và trên chín phần mười lượng vi chất của trái cây; bên nhận chuyển giao tự vận hành sau mười ngày hướng dẫn.</text:p>`)
		}
	}
	b.WriteString(`</office:text></office:body></office:document>`)
	file := filepath.Join(t.TempDir(), "paper.fodt")
	if err := os.WriteFile(file, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(officetest.Convert(t, officetest.PDF, "", file)[0])
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// saved writes a PDF where poppler can read it.
func saved(t testing.TB, raw []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "file.pdf")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

func picture(t testing.TB, path string) image.Image {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	img, _, err := image.Decode(file)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// changed is the share of pixels that differ, in each quarter of the picture.
func changed(t testing.TB, a, b image.Image) (quarters [4]float64) {
	t.Helper()
	if a.Bounds() != b.Bounds() {
		t.Fatalf("%v became %v", a.Bounds(), b.Bounds())
	}
	size := a.Bounds()
	for y := size.Min.Y; y < size.Max.Y; y++ {
		for x := size.Min.X; x < size.Max.X; x++ {
			was, is := onWhite(a.At(x, y)), onWhite(b.At(x, y))
			if differ(was[0], is[0]) || differ(was[1], is[1]) || differ(was[2], is[2]) {
				quarters[2*y/size.Max.Y*2+2*x/size.Max.X] += 4 / float64(size.Dx()*size.Dy())
			}
		}
	}
	return quarters
}

func onWhite(c color.Color) [3]uint32 {
	r, g, b, a := c.RGBA()
	return [3]uint32{r + 0xffff - a, g + 0xffff - a, b + 0xffff - a}
}

func differ(a, b uint32) bool { return max(a, b)-min(a, b) > 12<<8 }

func TestEveryPageOfAPrintedPaperIsMarkedAllOver(t *testing.T) {
	raw := paper(t, 6)
	copied, err := stamped(t, raw, "application/pdf")
	if err != nil {
		t.Fatal(err)
	}
	before, after := officetest.Pictures(t, saved(t, raw)), officetest.Pictures(t, saved(t, copied))
	if len(before) < 6 || len(before) != len(after) {
		t.Fatalf("%d pages became %d", len(before), len(after))
	}
	for i := range before {
		for quarter, share := range changed(t, picture(t, before[i]), picture(t, after[i])) {
			if share < 0.005 || share > 0.2 {
				t.Errorf("page %d, quarter %d: %.3f of it changed", i+1, quarter, share)
			}
		}
	}
	if keep := os.Getenv("WATERMARK_LOOK"); keep != "" {
		_ = os.WriteFile(filepath.Join(keep, "paper.pdf"), copied, 0o600)
	}
	told := officetest.Pages(t, saved(t, copied))
	if len(told) != len(before) || !strings.Contains(told[0], "sấy thăng hoa") {
		t.Error("the text of the paper is no longer found")
	}
}

func TestACopyCanBeMarkedAgain(t *testing.T) {
	once, err := stamped(t, paper(t, 1), "application/pdf")
	if err != nil {
		t.Fatal(err)
	}
	twice, err := stamped(t, once, "application/pdf")
	if err != nil {
		t.Fatal(err)
	}
	if got := officetest.Pictures(t, saved(t, twice)); len(got) != 1 && len(got) != 2 {
		t.Errorf("%d pages", len(got))
	}
}

func TestOnlyPDFAndImagesCanBeMarked(t *testing.T) {
	for kind, becomes := range map[string]string{
		"application/pdf": "application/pdf", "image/jpeg": "image/jpeg", "image/png": "image/png", "image/webp": "image/jpeg",
		"text/plain": "", "image/svg+xml": "", "": "",
	} {
		if got := watermark.Becomes(kind); got != becomes || watermark.Can(kind) != (becomes != "") {
			t.Errorf("%s becomes %q", kind, got)
		}
	}
	if _, err := stamped(t, []byte("một tệp chữ"), "text/plain"); fault.KindOf(err) != fault.Unsupported {
		t.Error(err)
	}
}

func TestAMarkWithoutReaderOrTimeIsAnErrorOfTheCaller(t *testing.T) {
	for _, m := range []watermark.Mark{{At: tuyet.At}, {Reader: " \u202e ", At: tuyet.At}, {Reader: "An"}} {
		err := watermark.Stamp(t.Context(), &bytes.Buffer{}, strings.NewReader("x"), 1, "image/png", m)
		if fault.KindOf(err) != fault.Internal {
			t.Error(m, err)
		}
	}
}

func TestEveryRefusalIsToldInBothTongues(t *testing.T) {
	words, err := lang.Load(watermark.Texts)
	if err != nil {
		t.Fatal(err)
	}
	_, err = stamped(t, []byte("%PDF-"), "application/pdf")
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid {
		t.Fatal(err)
	}
	for _, tag := range []lang.Tag{lang.Vi, lang.En} {
		if text := words.T(tag, f.Key, f.Args...); text == "" || text == f.Key {
			t.Error(tag, text)
		}
	}
}
