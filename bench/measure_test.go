package main

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"chonoi/internal/search"
)

const data = "../../shared/data"

func needData(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(data); err != nil {
		t.Skip("the collections are not beside the checkout")
	}
}

func TestOursIsJudgedAsEvaluateJudgesIt(t *testing.T) {
	needData(t)
	want, err := search.Evaluate(filepath.Join(data, "search/xquad-vi"), search.EvaluateOptions{})
	if err != nil {
		t.Fatal(err)
	}
	got, err := entrants[0].judge(&sets[0], data, time.Minute)
	if err != nil {
		t.Fatal(err)
	}
	if math.Abs(got.NDCG10-want.NDCG10) > 1e-9 || math.Abs(got.MRR10-want.MRR10) > 1e-9 {
		t.Errorf("got %.6f and %.6f, want %.6f and %.6f", got.NDCG10, got.MRR10, want.NDCG10, want.MRR10)
	}
}

func TestEveryEngineFindsWhatIsThere(t *testing.T) {
	docs := []document{
		{ID: "a", Title: "Máy sấy xoài", Text: "Sấy bằng bơm nhiệt."},
		{ID: "b", Title: "Máy bay không người lái", Text: "Phun thuốc cho lúa."},
		{ID: "c", Text: "Kho lạnh cho cá tra."},
	}
	for _, e := range entrants {
		t.Run(e.name, func(t *testing.T) {
			x, shut, err := e.opened("vi")
			if err != nil {
				t.Fatal(err)
			}
			defer shut()
			if err := x.Load(slices.Values(docs)); err != nil {
				t.Fatal(err)
			}
			found, err := x.Ask(question{Text: "phun thuốc", Whole: true}, answers)
			if err != nil || len(found) == 0 || found[0] != "b" {
				t.Errorf("found %v, %v", found, err)
			}
			if _, err := update(x, 2); err != nil {
				t.Error(err)
			}
		})
	}
}

func TestTheSameSeedWritesTheSameTexts(t *testing.T) {
	needData(t)
	var texts [2]string
	for i := range texts {
		s, err := newSource(data, 1)
		if err != nil {
			t.Fatal(err)
		}
		texts[i] = s.shelf(10, false).texts
	}
	if texts[0] != texts[1] {
		t.Error("they differ")
	}
}
