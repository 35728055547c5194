package main

import (
	"math"
	"slices"
)

// judge returns the nDCG@10 and the reciprocal rank within ten of what was found for one question.
func judge(found []string, grades map[string]float64) (ndcg, mrr float64) {
	got := make([]float64, 0, 10)
	for rank, id := range found[:min(10, len(found))] {
		got = append(got, max(0, grades[id]))
		if mrr == 0 && grades[id] > 0 {
			mrr = 1 / float64(rank+1)
		}
	}
	return gain(got) / gain(idealOf(grades)), mrr
}

// idealOf returns the grades above 0, best first.
func idealOf(grades map[string]float64) []float64 {
	var ideal []float64
	for _, g := range grades {
		if g > 0 {
			ideal = append(ideal, -g)
		}
	}
	slices.Sort(ideal)
	for i := range ideal {
		ideal[i] = -ideal[i]
	}
	return ideal
}

// gain is the discounted cumulated gain of the first ten, the grade itself being the gain.
func gain(grades []float64) (sum float64) {
	for rank, g := range grades[:min(10, len(grades))] {
		sum += g / math.Log2(float64(rank)+2)
	}
	return sum
}

func mean(values []float64) (sum float64) {
	for _, v := range values {
		sum += v
	}
	return sum / float64(max(1, len(values)))
}

// quantile returns the least value that at least that part of the values does not exceed.
func quantile(values []float64, part float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	return sorted[max(0, int(math.Ceil(part*float64(len(sorted))))-1)]
}
