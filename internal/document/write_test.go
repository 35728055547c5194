package document_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

func written(t rapid.TB, format document.Format, l document.Layout, columns []string, rows ...[]document.Cell) (string, *document.Writer) {
	t.Helper()
	var b bytes.Buffer
	all := make([]document.Column, len(columns))
	for i, name := range columns {
		all[i].Name = name
	}
	w, err := document.NewWriter(&b, format, all, l)
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range rows {
		if err := w.WriteCells(row); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String(), w
}

// anyText draws what people and attackers write: formulas, quotes, delimiters, line ends, marks.
func anyText() *rapid.Generator[string] {
	piece := rapid.OneOf(
		rapid.SampledFrom([]string{"=", "+", "-", "@", "＝", "'", "\"", ",", ";", "\t", "\r", "\n", "\r\n", " ", "_x0041_", "_x005F_", "_x", "[", "]", "{}", "&amp;", "<v>", "]]>",
			"\u202e", "\ufeff", "\u2028", "ấ", "a\u0302\u0301", "😀", "#! ", "sep=;", "0", "1e5"}),
		rapid.StringN(0, 4, -1))
	return rapid.Custom(func(t *rapid.T) string {
		return strings.Join(rapid.SliceOfN(piece, 0, 5).Draw(t, "pieces"), "")
	})
}

// sheetText draws texts that a sheet or CSV cell can hold: no control characters but the three.
func sheetText() *rapid.Generator[string] {
	return rapid.Map(anyText(), func(s string) string {
		return strings.Map(func(r rune) rune {
			if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0x7f || r == 0xfffe || r == 0xffff {
				return -1
			}
			return r
		}, strings.ToValidUTF8(s, ""))
	})
}

func textOrNone(s string) document.Cell {
	if s == "" {
		return document.Cell{}
	}
	return document.Cell{Kind: document.Text, Text: s}
}

func TestWhatIsWrittenIsReadBackExactly(t *testing.T) {
	columns := []string{"id", "=Tên, \"máy\"", "Giá"}
	formats := map[string]struct {
		format document.Format
		layout document.Layout
	}{
		"jsonl":        {document.JSONL, document.Layout{}},
		"csv":          {document.CSV, document.Layout{}},
		"csv of excel": {document.CSV, document.Layout{BOM: true, Delimiter: ';'}},
		"xlsx":         {document.XLSX, document.Layout{Sheet: "Dữ liệu"}},
	}
	for name, f := range formats {
		t.Run(name, rapid.MakeCheck(func(t *rapid.T) {
			var rows [][]document.Cell
			var want []string
			for i := range rapid.IntRange(1, 8).Draw(t, "rows") {
				row := []document.Cell{{Kind: document.Text, Text: "x"}, textOrNone(sheetText().Draw(t, "a")), textOrNone(sheetText().Draw(t, "b"))}
				rows = append(rows, row)
				number := i + 2
				if f.format == document.JSONL {
					number--
				}
				told := document.Row{Number: number}
				for j, c := range row {
					if f.format != document.JSONL || c.Kind != document.Empty {
						told.Columns, told.Cells = append(told.Columns, columns[j]), append(told.Cells, c)
					}
				}
				want = append(want, shown([]document.Row{told})...)
			}
			content, _ := written(t, f.format, f.layout, columns, rows...)
			table, err := document.OpenTable("", strings.NewReader(content), document.Options{})
			if err != nil {
				t.Fatalf("%v of %q", err, content)
			}
			defer func() { _ = table.Close() }()
			var got []document.Row
			row, err := table.Next()
			for ; err == nil; row, err = table.Next() {
				got = append(got, row)
			}
			if diff := cmp.Diff(want, shown(got)); diff != "" {
				t.Fatalf("%v, differs (-wanted +got):\n%s", err, diff)
			}
		}))
	}
}

func TestTypedCellsComeBackFromAWorkbookAsTheyWere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := when.DayOf(time.Unix(rapid.Int64Range(-2_000_000_000, 250_000_000_000).Draw(t, "day"), 0))
		at := time.Unix(rapid.Int64Range(-2_000_000_000, 250_000_000_000).Draw(t, "moment"), 0)
		values := []any{
			rapid.Int64Range(-999_999_999_999_999, 999_999_999_999_999).Draw(t, "whole"),
			json.Number(rapid.StringMatching(`[1-9][0-9]{0,8}(\.[0-9]{0,5}[1-9])?`).Draw(t, "decimal")),
			rapid.Bool().Draw(t, "flag"), day, at,
		}
		var cells []document.Cell
		for _, v := range values {
			c, err := document.CellOf(v)
			if err != nil {
				t.Fatal(err)
			}
			cells = append(cells, c)
		}
		content, _ := written(t, document.XLSX, document.Layout{}, []string{"a", "b", "c", "d", "e"}, cells)
		table, err := document.OpenTable("", strings.NewReader(content), document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		row, err := table.Next()
		if diff := cmp.Diff(cells, row.Cells); err != nil || diff != "" {
			// midnight is told as the day alone
			if cells[4].Text[10:] != "T00:00:00" {
				t.Fatalf("%v (-wanted +got):\n%s", err, diff)
			}
		}
	})
}

func TestNoTextOfOursIsAFormula(t *testing.T) {
	evil := []string{"=1+1", "+84 912", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "'=1", "=cmd|' /C calc'!A0", "=HYPERLINK(\"http://x\")"}
	rows := make([][]document.Cell, len(evil))
	for i, s := range evil {
		rows[i] = []document.Cell{{Kind: document.Text, Text: s}, {Kind: document.Number, Text: "-5"}}
	}
	content, _ := written(t, document.XLSX, document.Layout{}, []string{"=A1", "n"}, rows...)
	f, err := excelize.OpenReader(strings.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	for i, s := range append([]string{"=A1"}, evil...) {
		at, _ := excelize.CoordinatesToCellName(1, i+1)
		got, _ := f.GetCellValue("Sheet1", at)
		formula, _ := f.GetCellFormula("Sheet1", at)
		kind, _ := f.GetCellType("Sheet1", at)
		id, _ := f.GetCellStyle("Sheet1", at)
		style, err := f.GetStyle(id)
		if err != nil {
			t.Fatal(err)
		}
		if got != s || formula != "" || kind != excelize.CellTypeInlineString || style.NumFmt != 49 {
			t.Errorf("%s: %q, formula %q, kind %d, format %d", at, got, formula, kind, style.NumFmt)
		}
	}
	content, _ = written(t, document.CSV, document.Layout{}, []string{"=A1", "n"}, rows...)
	records, err := csv.NewReader(strings.NewReader(content)).ReadAll()
	if err != nil || len(records) != 1+len(evil) {
		t.Fatalf("%d records, %v", len(records), err)
	}
	for _, record := range records {
		if record[0][0] != '\'' {
			t.Errorf("the cell %q wakes a spreadsheet", record[0])
		}
	}
	same(t, strings.Split(content, "\n")[1], "'=1+1,-5")
}

func TestAWorkbookOfOursOpensWithItsLayout(t *testing.T) {
	var b bytes.Buffer
	w, err := document.NewWriter(&b, document.XLSX, []document.Column{
		{Name: "title", Title: "Tên công nghệ", Width: 40}, {Name: "price", Title: "Giá"}, {Name: "day"}, {Name: "subjects"}, {Name: "phone"},
	}, document.Layout{Sheet: "Chào bán"})
	if err != nil {
		t.Fatal(err)
	}
	day := when.Day{Year: 2026, Month: 11, Date: 20}
	if err := w.Write("Máy\x00 sấy\x0b\ufffe \xff"+strings.Repeat("x", 5), 385_000_000, day, []string{"rice", "energy"}, json.Number("84912345678901234")); err != nil {
		t.Fatal(err)
	}
	if err := w.Write(nil, 0.1); err != nil {
		t.Fatal(err)
	}
	if err := w.Write(1, 2, 3, 4, 5, 6); err == nil {
		t.Error("a row with too many cells was taken")
	}
	if err := w.Write(struct{}{}); err == nil {
		t.Error("a value that is no cell was taken")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	rows, err := f.GetRows("Chào bán")
	if err != nil {
		t.Fatal(err)
	}
	same(t, rows, [][]string{
		{"Tên công nghệ", "Giá", "day", "subjects", "phone"},
		{"Máy sấy \uFFFDxxxxx", "385000000", "20/11/2026", "rice; energy", "84912345678901234"},
		{"", "0.1"},
	})
	panes, err := f.GetPanes("Chào bán")
	if err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v %v", panes, err)
	}
	if width, err := f.GetColWidth("Chào bán", "A"); err != nil || width != 40 {
		t.Errorf("width %v %v", width, err)
	}
	price, _ := f.GetCellType("Chào bán", "B2")
	phone, _ := f.GetCellType("Chào bán", "E2")
	same(t, []excelize.CellType{price, phone}, []excelize.CellType{excelize.CellTypeUnset, excelize.CellTypeInlineString})
}

func TestATextTooLongForACellIsCutAndTold(t *testing.T) {
	long := strings.Repeat("😀ấ", 20_000)
	row := []document.Cell{{Kind: document.Text, Text: long}, {Kind: document.Text, Text: strings.Repeat("ấ", 32_767)}}
	content, w := written(t, document.XLSX, document.Layout{}, []string{"a", "b"}, row)
	cuts := w.Cuts()
	if len(cuts) != 1 || cuts[0].Number != 2 || cuts[0].Column != "a" || cuts[0].Args[1] != 60_000 {
		t.Errorf("cuts: %v", cuts)
	}
	rows, amiss := all(t, open(t, "", content, document.Options{}))
	got := rows[0].Cells[0].Text
	if len(amiss) > 0 || !utf8.ValidString(got) || !strings.HasSuffix(got, "…") || !strings.HasPrefix(long, strings.TrimSuffix(got, "…")) || len(got) < 60_000 {
		t.Errorf("%d bytes come back, %v", len(got), faults(amiss))
	}
	same(t, rows[0].Cells[1].Text, row[1].Text)
	_, w = written(t, document.JSONL, document.Layout{}, []string{"a", "b"}, row)
	same(t, len(w.Cuts()), 0)
}

func TestJSONLKeepsWhatJSONCanSay(t *testing.T) {
	raw := json.RawMessage("[{\"a\": \"<b>\"},\n 1e400]")
	list, _ := document.CellOf(raw)
	content, _ := written(t, document.JSONL, document.Layout{}, []string{"<k>", "b", "c", "d"},
		[]document.Cell{list, {Kind: document.Text, Text: "\x00\u202e\xff\u2028 & <x>"}, {Kind: document.Number, Text: "0x1F"}, {}},
		[]document.Cell{{}, {Kind: document.Flag, Text: "true"}, {Kind: document.Number, Text: "1e999"}}, nil)
	same(t, content, `{"<k>":[{"a":"<b>"},1e400],"b":"\u0000`+"\u202e"+`\ufffd\u2028 & <x>","c":"0x1F"}`+"\n"+`{"b":true,"c":1e999}`+"\n{}\n")
}

func TestASheetDoesNotTakeMoreRowsThanExcelShows(t *testing.T) {
	var b bytes.Buffer
	w, err := document.NewWriter(&b, document.XLSX, []document.Column{{Name: "a"}}, document.Layout{})
	if err != nil {
		t.Fatal(err)
	}
	for range 1<<20 - 1 {
		if err := w.WriteCells(nil); err != nil {
			t.Fatal(err)
		}
	}
	same(t, fault.KindOf(w.WriteCells(nil)), fault.TooLarge)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
}
