package document_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"chonoi/internal/document"
	"chonoi/internal/lang"
)

// sendBack writes what is amiss with a table into the workbook of bad rows; the caller's own check
// refuses prices that are no number.
func sendBack(t *testing.T, table *document.Table) (string, int) {
	t.Helper()
	words, err := lang.Load(document.Texts)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	e, err := document.NewErrors(&b, words, table.Columns())
	if err != nil {
		t.Fatal(err)
	}
	for {
		row, err := table.Next()
		var amiss *document.RowFault
		if err == io.EOF {
			break
		} else if errors.As(err, &amiss) {
			err = e.AddFault(amiss)
		} else if price, _ := row.Cell("Giá"); err == nil && strings.Trim(price.Text, "0123456789") != "" {
			err = e.Add(row, document.RowFault{Column: "Giá", Key: "document.cell_broken"}, document.RowFault{Column: "Tên", Key: "document.cell_too_long", Args: []any{"N", 5}})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), e.Rows()
}

func TestBadRowsComeBackToBeMendedAndSentAgain(t *testing.T) {
	content := "Tên,Giá,Ghi chú\n" +
		"Máy sấy,5,tốt\n" +
		"=Máy lọc,năm,\"x\u202ey\"\n" +
		"Máy cấy,7\n" +
		"Máy gặt,\xff,\n"
	back, rows := sendBack(t, open(t, "a.csv", content, document.Options{}))
	same(t, rows, 3)

	f, err := excelize.OpenReader(strings.NewReader(back))
	if err != nil {
		t.Fatal(err)
	}
	got, err := f.GetRows("Dòng lỗi")
	if err != nil {
		t.Fatal(err)
	}
	same(t, got, [][]string{
		{"#! Dòng số / Row", "#! Cột / Column", "#! Nội dung đã gửi / What was there", "#! Lý do (tiếng Việt) / Reason in Vietnamese",
			"#! Lý do (tiếng Anh) / Reason in English", "Tên", "Giá", "Ghi chú"},
		{"3", "Giá\nTên", "năm\n=Máy lọc", "Không đọc được ô này\nÔ dài hơn 5 ký tự",
			"This cell cannot be read\nThe cell is longer than 5 characters", "=Máy lọc", "năm", "x\u202ey"},
		{"4", "", "Máy cấy | 7", "Dòng có 2 ô, trong khi tiêu đề có 3 cột", "The row has 2 cells while the header has 3 columns", "Máy cấy", "7"},
		{"5", "", "Máy gặt,\uFFFD,", "Dòng có ký tự không theo bảng mã UTF-8", "The line has characters that are not in UTF-8"},
	})

	again := open(t, "x", back, document.Options{})
	same(t, again.Columns(), []string{"Tên", "Giá", "Ghi chú"})
	mended, amiss := all(t, again)
	same(t, len(amiss), 0)
	same(t, shown(mended), []string{"2:Tên=1=Máy lọc|Giá=1năm|Ghi chú=1x\u202ey", "3:Tên=1Máy cấy|Giá=17|Ghi chú=0"})

	twice, rows := sendBack(t, open(t, "x", back, document.Options{}))
	same(t, rows, 1)
	same(t, open(t, "x", twice, document.Options{}).Columns(), []string{"Tên", "Giá", "Ghi chú"})
}

func TestListsOfABadLineOfJSONComeBackAsLists(t *testing.T) {
	content := `{"Tên": "a", "Giá": "x", "subjects": ["rice", "energy"], "odd": ["a;b", ""], "claims": [{"level": "stated"}]}`
	back, _ := sendBack(t, open(t, "a.jsonl", content, document.Options{}))
	rows, _ := all(t, open(t, "x", back, document.Options{}))
	for column, want := range map[string][]string{"subjects": {"rice", "energy"}, "odd": {"a;b", ""}, "claims": {`{"level":"stated"}`}} {
		c, _ := rows[0].Cell(column)
		same(t, c.List(), want)
	}
}

func TestEveryTextOfOursIsToldInBothTongues(t *testing.T) {
	words, err := lang.Load(document.Texts)
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range words.Keys() {
		for _, tag := range lang.Tags {
			args := []any{"N", 2, "Most", 2, "Name", "x", "Found", 1, "Header", 2, "Cell", "A1", "Value", "#REF!"}
			if text := words.T(tag, key, args...); strings.Contains(text, "<no value>") || strings.Contains(text, "{{") {
				t.Errorf("%s in %s: %s", key, tag, text)
			}
		}
	}
}
