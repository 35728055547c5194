package search

import (
	"fmt"
	"strings"
	"testing"

	"chonoi/internal/lang"
)

// market is a small index with a cast known to all tests.
func market(t testing.TB) *Index {
	t.Helper()
	x := New()
	x.Put(
		listing("offer", "1", "Máy sấy xoài bằng bơm nhiệt", "Mango dryer with a heat pump", "agri", "Ninh Kiều", 8, 385_000_000),
		listing("offer", "2", "Máy bay không người lái phun thuốc", "Spraying drone for rice fields", "agri", "Cái Răng", 9, 900_000_000),
		listing("offer", "3", "Xử lý nước thải ao cá tra", "Treatment of waste water of catfish ponds", "environment", "Ô Môn", 6, 0),
		listing("need", "1", "Cần máy sấy lúa công suất lớn", "", "agri", "Ninh Kiều", 0, 0),
		listing("need", "2", "Mây tre đan xuất khẩu", "", "craft", "Cái Răng", 0, 50_000_000),
	)
	return x
}

func listing(kind, id, vi, en, subject, place string, trl, price int64) Doc {
	d := Doc{Kind: kind, ID: id, TRL: trl, Price: price, Published: 1_700_000_000_000_000 + trl}
	d.Fields[Title] = lang.Both{Vi: vi, En: en}
	d.Facets = map[string][]string{"subject": {subject}, "place": {place}}
	return d
}

func names(hits []Hit) string {
	var out []string
	for _, h := range hits {
		out = append(out, h.Kind+h.ID)
	}
	return strings.Join(out, " ")
}

func countsOf(counts []FacetCount) string {
	var out []string
	for _, c := range counts {
		out = append(out, fmt.Sprint(c.Value, "=", c.Count))
	}
	return strings.Join(out, " ")
}

func at(n int64) *int64 { return &n }
