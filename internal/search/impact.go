package search

import (
	"iter"

	"chonoi/internal/lang"
)

// The tongues as numbers, in the order of lang.Tags.
const (
	inVietnamese = 0
	inEnglish    = 1
)

// lengths are the weighted words of a listing in each tongue.
type lengths [2]float64

// pivot is the usual length of a listing in each tongue. It is fixed when an index is loaded, so that
// a listing that comes or goes changes the impacts of no other.
type pivot lengths

// usualPivot is that of an index which was never loaded.
var usualPivot = pivot{100, 100}

// pivotOf returns the mean lengths of some listings.
func pivotOf(docs iter.Seq[*Doc]) pivot {
	var sum, count lengths
	for d := range docs {
		for i, n := range lengthsOf(d) {
			if n > 0 {
				sum[i] += n
				count[i]++
			}
		}
	}
	p := usualPivot
	for i := range p {
		if count[i] > 0 {
			p[i] = sum[i] / count[i]
		}
	}
	return p
}

func lengthsOf(d *Doc) (length lengths) {
	for f := range fieldCount {
		for i, tongue := range lang.Tags {
			words := 0
			for s := (scanner{text: d.Fields[f].Only(tongue)}); s.next(); {
				words++
			}
			length[i] += float64(words) * float64(fieldWeight[f]) / weightUnit
		}
	}
	return length
}

// weigher gives the impacts of the terms of one listing: BM25 with the constants and the length of
// the tongue in which a term stands; the greater one when it stands in both, so that a translation
// counts neither for nor against a listing.
type weigher struct{ word, pair lengths }

func (p pivot) weigher(length lengths) (w weigher) {
	for i, c := range [...]*weights{&vietnamese, &english} {
		spread := 1 - c.b + c.b*length[i]/p[i]
		w.word[i], w.pair[i] = weightUnit*c.k1*spread, weightUnit*c.pairK1*spread
	}
	return w
}

func (w *weigher) impact(tf [2]uint16, pair bool) uint8 {
	k := &w.word
	if pair {
		k = &w.pair
	}
	most := 0.0
	for i, n := range tf {
		if n > 0 {
			most = max(most, float64(n)/(float64(n)+k[i]))
		}
	}
	return uint8(max(1, 255*most+.5))
}
