package document_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chonoi/internal/document"
	"chonoi/internal/document/officetest"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// officeCells are values with what a person sees who opens the workbook in LibreOffice.
var officeCells = []struct {
	value any
	seen  string
	text  bool
}{
	{"Máy sấy xoài công suất 500 kg/mẻ", "Máy sấy xoài công suất 500 kg/mẻ", true},
	{"=1+1", "=1+1", true},
	{`=HYPERLINK("http://x.example","bấm")`, `=HYPERLINK("http://x.example","bấm")`, true},
	{"+84 28 3829 1234", "+84 28 3829 1234", true},
	{"-5", "-5", true},
	{"@SUM(A1:A9)", "@SUM(A1:A9)", true},
	{"'=1", "'=1", true},
	{"0312345678", "0312345678", true},
	{"2026-11-20", "2026-11-20", true},
	{"1E5", "1E5", true},
	{"TRUE", "TRUE", true},
	{"1/2", "1/2", true},
	{"dòng một\ndòng hai", "dòng một\ndòng hai", true},
	{`nói "được", rồi`, `nói "được", rồi`, true},
	{" trước và sau ", " trước và sau ", true},
	{"_x0041_", "_x0041_", true},
	{"<b>&amp;", "<b>&amp;", true},
	{"Đường dẫn 😀", "Đường dẫn 😀", true},
	{strings.Repeat("dài ", 8000), strings.Repeat("dài ", 8000), true},
	{[]string{"vi", "en"}, "vi; en", true},
	{int64(385_000_000), "385000000", false},
	{int64(1_250_000_000_000), "1250000000000", false},
	{json.Number("9007199254740993"), "9007199254740993", true}, // more digits than a sheet holds
	{-0.5, "-0.5", false},
	{when.Day{Year: 2026, Month: 11, Date: 20}, "20/11/2026", false},
	{time.Date(2026, 11, 20, 5, 34, 56, 0, time.UTC), "20/11/2026 12:34:56", false},
	{true, "TRUE", false},
	{nil, "", false},
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAWorkbookIsSeenInLibreOfficeAsItWasWritten(t *testing.T) {
	dir := t.TempDir()
	var book, bad bytes.Buffer
	out, err := document.NewWriter(&book, document.XLSX, []document.Column{{Name: "=cột"}, {Name: "sau"}}, document.Layout{})
	must(t, err)
	for _, one := range officeCells {
		must(t, out.Write(one.value, "x"))
	}
	must(t, out.Close())
	w, err := lang.Load(document.Texts)
	must(t, err)
	rows, _ := all(t, open(t, "in.csv", "id,title,price\n7,\"=cmd|' /C calc'!A0\",nhiều tiền\n8,Máy,\n", document.Options{}))
	errors, err := document.NewErrors(&bad, w, []string{"id", "title", "price"})
	must(t, err)
	must(t, errors.Add(rows[0], document.RowFault{Column: "price", Key: "document.cell_broken"}))
	must(t, errors.Close())
	for name, content := range map[string][]byte{"book.xlsx": book.Bytes(), "errors.xlsx": bad.Bytes()} {
		must(t, os.WriteFile(filepath.Join(dir, name), content, 0o600))
	}
	files := []string{filepath.Join(dir, "book.xlsx"), filepath.Join(dir, "errors.xlsx")}
	seen := officetest.Convert(t, officetest.CSV, "", files...)
	table := officetest.Read(t, seen[0])
	same(t, table[0], []officetest.Cell{{Shown: "=cột", Text: true}, {Shown: "sau", Text: true}})
	same(t, len(table), len(officeCells)+1)
	for i, one := range officeCells {
		if got, want := table[i+1][0], (officetest.Cell{Shown: one.seen, Text: one.text}); got != want {
			t.Errorf("%v is seen as %+v", one.value, got)
		}
	}
	table = officetest.Read(t, seen[1])
	same(t, len(table), 2)
	last := table[1]
	same(t, last[0], officetest.Cell{Shown: "2"})
	same(t, last[2:5], []officetest.Cell{{Shown: "nhiều tiền", Text: true}, {Shown: w.T(lang.Vi, "document.cell_broken"), Text: true}, {Shown: w.T(lang.En, "document.cell_broken"), Text: true}})
	same(t, last[6:8], []officetest.Cell{{Shown: "=cmd|' /C calc'!A0", Text: true}, {Shown: "nhiều tiền", Text: true}})
}

func TestAWorkbookThatLibreOfficeWroteIsRead(t *testing.T) {
	path := filepath.Join(t.TempDir(), "nguồn.csv")
	must(t, os.WriteFile(path, []byte("Mã,Tên,Giá,Ngày,Công thức\n0012,\"Máy sấy, 2 tầng\",385000000,20/11/2026,=1+2\n13,Lọc nước,\"0,5\",,\n"), 0o600))
	book := officetest.Convert(t, officetest.XLSX, officetest.FromCSV, path)[0]
	sheet := officetest.Convert(t, "ods", "", book)[0]
	again := officetest.Convert(t, officetest.XLSX, "", sheet)[0]
	for _, one := range []string{book, again} {
		raw, err := os.ReadFile(one)
		must(t, err)
		rows, amiss := all(t, open(t, one, string(raw), document.Options{}))
		same(t, len(amiss), 0)
		same(t, shown(rows), []string{
			"2:Mã=212|Tên=1Máy sấy, 2 tầng|Giá=2385000000|Ngày=42026-11-20|Công thức=23",
			"3:Mã=213|Tên=1Lọc nước|Giá=20.5|Ngày=0|Công thức=0",
		})
	}
}
