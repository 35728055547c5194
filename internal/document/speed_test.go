package document_test

import (
	"fmt"
	"io"
	"strings"
	"testing"

	"chonoi/internal/document"
)

var speedColumns = []string{"id", "title_vi", "summary_vi", "price", "trl", "place", "subjects", "green"}

func speedRow(i int) []document.Cell {
	n := func(s string) document.Cell { return document.Cell{Kind: document.Number, Text: s} }
	s := func(s string) document.Cell { return document.Cell{Kind: document.Text, Text: s} }
	return []document.Cell{
		s(fmt.Sprintf("offer-%06d", i)), s("Máy sấy xoài bằng bơm nhiệt, mẻ 500 kg"), s(strings.Repeat("Giảm 40% điện so với sấy than; giữ màu. ", 5)),
		n(fmt.Sprint(385_000_000 + i)), n(fmt.Sprint(1 + i%9)), s("can_tho"), {Kind: document.JSON, Text: `["food_processing","energy"]`}, {Kind: document.Flag, Text: "true"},
	}
}

// BenchmarkRead reads 100,000 rows of eight columns; rows/s is the figure to watch.
func BenchmarkRead(b *testing.B) {
	const rows = 100_000
	cells := make([][]document.Cell, rows)
	for i := range cells {
		cells[i] = speedRow(i)
	}
	for _, format := range []document.Format{document.CSV, document.JSONL, document.XLSX} {
		b.Run(string(format), func(b *testing.B) {
			content, _ := written(b, format, document.Layout{}, speedColumns, cells...)
			b.SetBytes(int64(len(content)))
			b.ReportAllocs()
			for b.Loop() {
				table, err := document.OpenTable("", strings.NewReader(content), document.Options{})
				if err != nil {
					b.Fatal(err)
				}
				n := 0
				for _, err = table.Next(); err == nil; _, err = table.Next() {
					n++
				}
				if err != io.EOF || n != rows {
					b.Fatal(n, err)
				}
				_ = table.Close()
			}
			b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
