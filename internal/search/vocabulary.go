package search

import (
	"slices"
	"strings"
)

// vocabulary keeps the folded forms in order, to find those that begin with a prefix.
type vocabulary struct {
	sorted []int32
	loose  []int32 // came since, in no order
}

const mostLoose = 1024

func (v *vocabulary) add(names []string, term int32) {
	v.loose = append(v.loose, term)
	if len(v.loose) > mostLoose+len(v.sorted)/4 {
		v.sorted = append(v.sorted, v.loose...)
		v.loose = nil
		slices.SortFunc(v.sorted, func(a, b int32) int { return strings.Compare(names[a], names[b]) })
	}
}

func (v *vocabulary) clone() vocabulary {
	return vocabulary{slices.Clone(v.sorted), slices.Clone(v.loose)}
}

// starting calls yield with each folded form that begins with prefix.
func (v *vocabulary) starting(names []string, prefix string, yield func(int32)) {
	at, _ := slices.BinarySearchFunc(v.sorted, prefix, func(term int32, p string) int {
		return strings.Compare(names[term], p)
	})
	for ; at < len(v.sorted) && strings.HasPrefix(names[v.sorted[at]], prefix); at++ {
		yield(v.sorted[at])
	}
	for _, term := range v.loose {
		if strings.HasPrefix(names[term], prefix) {
			yield(term)
		}
	}
}
