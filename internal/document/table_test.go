package document_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// all reads a table to its end.
func all(t testing.TB, table *document.Table) (rows []document.Row, amiss []*document.RowFault) {
	t.Helper()
	for {
		row, err := table.Next()
		var bad *document.RowFault
		switch {
		case err == io.EOF:
			return rows, amiss
		case errors.As(err, &bad):
			amiss = append(amiss, bad)
		case err != nil:
			t.Fatalf("reading ended with %v", err)
		default:
			rows = append(rows, row)
		}
	}
}

func open(t testing.TB, name, content string, o document.Options) *document.Table {
	t.Helper()
	table, err := document.OpenTable(name, strings.NewReader(content), o)
	if err != nil {
		t.Fatalf("open %s: %v", name, err)
	}
	t.Cleanup(func() { _ = table.Close() })
	return table
}

// shown writes rows as number:kind text|…, which is easy to compare.
func shown(rows []document.Row) (out []string) {
	for _, r := range rows {
		var cells []string
		for i, c := range r.Cells {
			cells = append(cells, fmt.Sprintf("%s=%d%s", r.Columns[i], c.Kind, c.Text))
		}
		out = append(out, fmt.Sprintf("%d:%s", r.Number, strings.Join(cells, "|")))
	}
	return out
}

func faults(amiss []*document.RowFault) (out []string) {
	for _, f := range amiss {
		out = append(out, fmt.Sprintf("%d %s %s", f.Number, f.Column, f.Key))
	}
	return out
}

func same(t testing.TB, got, want any) {
	t.Helper()
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("differs (-wanted +got):\n%s", diff)
	}
}

func packed(text string) string {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = io.WriteString(w, text)
	_ = w.Close()
	return b.String()
}

func utf16le(s string) string {
	var b strings.Builder
	b.WriteString("\xff\xfe")
	for _, r := range s {
		b.WriteByte(byte(r))
		b.WriteByte(byte(r >> 8))
	}
	return b.String()
}

func TestTheContentOfAFileDecidesHowItIsRead(t *testing.T) {
	const table = "Tên;Giá\nMáy sấy;5\n"
	want := []string{"2:Tên=1Máy sấy|Giá=15"}
	for name, content := range map[string]string{
		"semicolons.csv":       table,
		"commas.csv":           strings.ReplaceAll(table, ";", ","),
		"tabs.txt":             strings.ReplaceAll(table, ";", "\t"),
		"no name":              table,
		"wrong name.xlsx":      table,
		"windows ends.csv":     strings.ReplaceAll(table, "\n", "\r\n"),
		"old mac ends.csv":     strings.ReplaceAll(table, "\n", "\r"),
		"no last end.csv":      strings.TrimSuffix(table, "\n"),
		"marked.csv":           "\uFEFF" + table,
		"excel unicode.txt":    utf16le(strings.ReplaceAll(table, ";", "\t")),
		"packed.csv.gz":        packed(table),
		"packed, misnamed.csv": packed("\uFEFF" + table),
	} {
		rows, amiss := all(t, open(t, name, content, document.Options{}))
		if diff := cmp.Diff(want, shown(rows)); diff != "" || len(amiss) > 0 {
			t.Errorf("%s: %s %v", name, diff, faults(amiss))
		}
	}
	for _, content := range []string{"{\"Tên\": \"Máy sấy\"}\n", packed("{\"Tên\": \"Máy sấy\"}"), utf16le("{\"Tên\": \"Máy sấy\"}")} {
		rows, _ := all(t, open(t, "any.csv", content, document.Options{}))
		same(t, shown(rows), []string{"1:Tên=1Máy sấy"})
	}
	rows, _ := all(t, open(t, "", "sep=;\na,b;c\n1,2;3\n", document.Options{}))
	same(t, shown(rows), []string{"2:a,b=11,2|c=13"})
}

func TestAFileThatIsNoTableIsRefusedWithAReason(t *testing.T) {
	words, err := lang.Load(document.Texts)
	if err != nil {
		t.Fatal(err)
	}
	for content, key := range map[string]string{
		"":                                 "document.empty",
		" \n\n":                            "document.empty",
		"\uFEFF":                           "document.empty",
		"%PDF-1.7\nabc":                    "document.not_a_table",
		"<html><table>":                    "document.not_a_table",
		"PK\x03\x04 not really":            "document.broken",
		"\x1f\x8b\x08 not really":          "document.broken",
		"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "document.old_or_locked_workbook",
		"[{\"a\": 1}]":                     "document.json_list",
		"T\xean,Gi\xe1\nM\xe1y,1\n":        "document.not_utf8", // windows-1258
		"\x00\x01\x02\x03":                 "document.not_utf8",
		"a,b,a\n1,2,3\n":                   "document.column_twice",
		packed(packed("a,b\n1,2\n")):       "document.not_a_table",
		packed("a,b\n1,2\n")[:20]:          "document.broken",
		"\"a,b\n1,2\n":                     "document.header_unreadable",
	} {
		_, err := document.OpenTable("x", strings.NewReader(content), document.Options{})
		f, ok := fault.As(err)
		if !ok || f.Key != key {
			t.Errorf("%.20q: %v, wanted %s", content, err, key)
		} else if !words.Has(f.Key) {
			t.Errorf("no text for %s", f.Key)
		}
	}
}

func TestABadLineOfJSONIsToldAndReadingGoesOn(t *testing.T) {
	table := open(t, "a.jsonl", strings.Join([]string{
		`{"id": "1", "trl": 7, "green": true, "subjects": ["rice", "energy"], "claims": [{"a": "}\"{"}], "none": null}`,
		``,
		`{"id": "2"`,
		"{\"id\": \"\xff\"}",
		`["id"]`,
		`{"id": "3", "id": "4"}`,
		`{"id": "a\u0000b", "trl": 3}`,
		`{"\u0069d": "5 \ud800 \u1ea5 \"x\"", "big": 1e999999, "late": {}}`,
		`{"long": "` + strings.Repeat("x", 2000) + `"}`,
		`{"id": "6"}`,
	}, "\n"), document.Options{Limits: document.Limits{Line: 1000}})
	rows, amiss := all(t, table)
	same(t, shown(rows), []string{
		`1:id=11|trl=27|green=3true|subjects=6["rice", "energy"]|claims=6[{"a": "}\"{"}]|none=0`,
		`8:id=15 ` + "\uFFFD" + ` ấ "x"|big=21e999999|late=6{}`,
		`10:id=16`,
	})
	same(t, faults(amiss), []string{
		"3  document.line_not_json", "4  document.line_not_utf8", "5  document.line_not_an_object",
		"6 id document.key_twice", "7 id document.cell_has_nul", "9  document.line_too_long",
	})
	same(t, table.Columns(), []string{"id", "trl", "green", "subjects", "claims", "none", "big", "late"})
	if c, _ := rows[0].Cell("subjects"); cmp.Diff(c.List(), []string{"rice", "energy"}) != "" {
		t.Errorf("list is %v", c.List())
	}
}

func TestABadRecordOfCSVIsToldAndReadingGoesOn(t *testing.T) {
	rows, amiss := all(t, open(t, "a.csv", strings.Join([]string{
		`id,"tên ",,ghi chú,,`,
		`1,"Máy ""sấy"", 5"" ống",x,"hai`,
		`dòng"`,
		``,
		`,,,`,
		`2,a`,
		`3,a,b,c,d`,
		`4,"a,b,c`,
		`5,"a"b,c,d`,
		"6,\xff,b,c",
		"7,a\x00b,b,c",
		`8,5" ống,` + "\u202e" + `b,'=1+1,,,`,
		`9,` + strings.Repeat("x", 50) + `,b,c`,
		`10,''-x,'x,` + "'\u202e",
	}, "\n"), document.Options{Limits: document.Limits{Cell: 40}}))
	same(t, shown(rows), []string{
		"2:id=11|tên=1Máy \"sấy\", 5\" ống|(C)=1x|ghi chú=1hai\ndòng",
		"11:id=18|tên=15\" ống|(C)=1\u202eb|ghi chú=1=1+1",
		"13:id=110|tên=1'-x|(C)=1'x|ghi chú=1'\u202e",
	})
	same(t, faults(amiss), []string{
		"5  document.wrong_count", "6  document.wrong_count", "7  document.quote_open", "8  document.quote_open",
		"9  document.line_not_utf8", "10 tên document.cell_has_nul", "12 tên document.cell_too_long",
	})
}

func TestAStrayQuoteCostsOneLineOnly(t *testing.T) {
	var b strings.Builder
	b.WriteString("a,b\n1,\"open\n")
	for i := range 1000 {
		fmt.Fprintf(&b, "%d,x\n", i)
	}
	for _, limit := range []int{256, 1 << 20} {
		rows, amiss := all(t, open(t, "a.csv", b.String(), document.Options{Limits: document.Limits{Line: limit}}))
		if len(rows) != 1000 || len(amiss) != 1 {
			t.Errorf("limit %d: %d rows, %v", limit, len(rows), faults(amiss))
		}
	}
}

func TestReadingTellsHowFarItIs(t *testing.T) {
	content := "a,b\n" + strings.Repeat("1,2\n", 100_000)
	table := open(t, "a.csv", content, document.Options{})
	if _, total := table.Read(); total != int64(len(content)) {
		t.Errorf("total is %d", total)
	}
	all(t, table)
	if done, total := table.Read(); done != total {
		t.Errorf("read %d of %d at the end", done, total)
	}
	unsized, err := document.OpenTable("a.csv", iotest.OneByteReader(strings.NewReader("a,b\n1,2\n")), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := all(t, unsized)
	done, total := unsized.Read()
	same(t, []int{len(rows), int(done), int(total)}, []int{1, 8, 0})
}

func TestTheListingsOfTheTrialAreRead(t *testing.T) {
	for path, want := range map[string]int{
		"../../../shared/data/listings/nasa-software.jsonl":  601,
		"../../../shared/data/listings/sbir-offers.jsonl.gz": 12615,
		"../../../shared/data/cantho_communes_2025.csv":      103,
	} {
		f, err := os.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		table, err := document.OpenTable(path, f, document.Options{})
		if err != nil {
			t.Fatal(err)
		}
		rows, amiss := all(t, table)
		if len(rows) != want || len(amiss) > 0 {
			t.Errorf("%s: %d rows, wanted %d; %v", path, len(rows), want, faults(amiss))
		}
		if err := errors.Join(table.Close(), f.Close()); err != nil {
			t.Error(err)
		}
	}
}
