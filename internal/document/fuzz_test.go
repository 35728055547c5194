package document_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"unicode/utf8"

	"chonoi/internal/document"
	"chonoi/internal/fault"
)

// tight limits let a fuzzer reach them with little.
var tight = document.Options{Limits: document.Limits{Bytes: 1 << 20, Unpacked: 1 << 20, Rows: 500, Columns: 20, Line: 512, Cell: 100}}

// survey reads whatever it is given to its end and checks what holds of every file.
func survey(t *testing.T, name, content string) {
	table, err := document.OpenTable(name, strings.NewReader(content), tight)
	if err != nil {
		if _, told := fault.As(err); !told {
			t.Fatalf("no reason is told: %v", err)
		}
		return
	}
	defer func() { _ = table.Close() }()
	for calls := 0; ; calls++ {
		row, err := table.Next()
		var amiss *document.RowFault
		if errors.As(err, &amiss) {
			row = amiss.Row
		} else if err == io.EOF {
			return
		} else if err != nil {
			if _, told := fault.As(err); !told {
				t.Fatalf("no reason is told: %v", err)
			}
			return
		}
		if len(row.Cells) > len(row.Columns) || len(row.Cells) > 20 || calls > 500 {
			t.Fatalf("row %d has %d cells of %d columns after %d calls", row.Number, len(row.Cells), len(row.Columns), calls)
		}
		for _, c := range row.Cells {
			if amiss == nil && (!utf8.ValidString(c.Text) || c.Kind == document.Text && (strings.ContainsRune(c.Text, 0) || utf8.RuneCountInString(c.Text) > 100)) {
				t.Fatalf("row %d has the cell %q", row.Number, c.Text)
			}
			c.List()
		}
	}
}

func FuzzJSONL(f *testing.F) {
	for _, seed := range []string{
		`{"a": [1, {"b": "}"}], "c": null}` + "\n" + `{"a": "\ud800\\"}`, "{\"a\":\"\xff\"}\n{}", `{"":1," ":2}`, `{"a":1e999,"a":2}`, "{\"a\": \"\u202e\\u0000\"}", `{"#! x": 1}`, `{"a":"\""}`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) { survey(t, "a.jsonl", content) })
}

func FuzzCSV(f *testing.F) {
	for _, seed := range []string{
		"a,b\n1,\"x\"\"\ny\"\n", "\uFEFFa;b\r\n'=1;2", "sep=;\na;b\n", "a\tb\n\"open\n1\t2", "a,b\n\x00,\xff\n", "\xff\xfea\x00,\x00b\x00\n\x00", "a,\u202e\r1,2\r", "\x1f\x8b\x08\x00",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, content string) { survey(t, "a.csv", content) })
}

// FuzzSheet changes the XML within a workbook, which a fuzzer of the packed bytes does not reach.
func FuzzSheet(f *testing.F) {
	f.Add(sheetOf(`<row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2" s="1"><v>46346.5</v></c></row>`, `<row><c t="e"><v>#N/A</v></c><c><f>1</f></c></row>`), shared, styles)
	f.Add(sheetOf(`<row><c t="inlineStr"><is><r><t>_x0041_</t></r></is></c></row><row/>`), `<sst><si><t/></si></sst>`, `<styleSheet/>`)
	f.Add(`<a:worksheet><a:sheetData/></a:worksheet>`, "", "<!DOCTYPE a [<!ENTITY b \"c\">]>")
	f.Fuzz(func(t *testing.T, sheet, strings, style string) {
		survey(t, "a.xlsx", workbook(t, sheet, func(p map[string]string) { p["xl/SharedStrings.xml"], p["xl/styles.xml"] = strings, style }))
	})
}

func FuzzXLSX(f *testing.F) {
	f.Add(workbook(f, sheetOf(`<row><c t="s"><v>1</v></c></row>`, `<row><c><v>1</v></c></row>`), nil))
	f.Add("PK\x03\x04")
	f.Fuzz(func(t *testing.T, content string) { survey(t, "a.xlsx", content) })
}

func FuzzMapping(f *testing.F) {
	f.Add("[columns]\n\"Tên\" = \"title_vi\"\n")
	f.Add(`{"columns": {"a": "id"}}`)
	f.Fuzz(func(t *testing.T, content string) {
		m, err := document.ReadMapping(strings.NewReader(content))
		if _, told := fault.As(err); err != nil && !told {
			t.Fatal(err)
		}
		m.For([]string{"a"}, offerTargets)
	})
}
