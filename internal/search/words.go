package search

import (
	"cmp"
	"slices"
	"strings"
)

// words are the exact forms that stand in a segment, by their folded forms and then by themselves,
// so that the forms of a family are side by side.
type words struct {
	all   []*lexeme
	folds []uint32 // hash table: number of the first form of a family, and 1 more; 0 is empty
	stems []uint32 // numbers of the forms that could be English, by their stems
}

// newWords keeps the words that are listed.
func newWords(all []*lexeme, listed *lists) words {
	all = slices.DeleteFunc(all, func(w *lexeme) bool { _, ok := listed.find(w.word); return !ok })
	slices.SortFunc(all, compareLexemes)
	all = slices.Clip(slices.CompactFunc(all, func(a, b *lexeme) bool { return a.exact == b.exact }))
	w := words{all: all, folds: make([]uint32, tableSize(len(all)))}
	for n, one := range all {
		if n == 0 || all[n-1].folded != one.folded {
			w.folds[w.place(one.folded, one.fold)] = uint32(n + 1)
		}
		if one.exact == one.folded {
			w.stems = append(w.stems, uint32(n))
		}
	}
	slices.SortFunc(w.stems, func(a, b uint32) int {
		return cmp.Or(strings.Compare(all[a].root, all[b].root), cmp.Compare(a, b))
	})
	w.stems = slices.Clip(w.stems)
	return w
}

func compareLexemes(a, b *lexeme) int {
	return cmp.Or(strings.Compare(a.folded, b.folded), strings.Compare(a.exact, b.exact))
}

// tableSize returns the size of a hash table for n things: a power of two, at most half full.
func tableSize(n int) int {
	size := 8
	for size < 2*n {
		size *= 2
	}
	return size
}

func (w *words) place(folded string, hash uint64) uint64 {
	last := uint64(len(w.folds) - 1)
	at := hash & last
	for w.folds[at] != 0 && w.all[w.folds[at]-1].folded != folded {
		at = (at + 1) & last
	}
	return at
}

// family returns the forms of a folded word.
func (w *words) family(folded string, hash uint64) []*lexeme {
	first := int(w.folds[w.place(folded, hash)])
	if first == 0 {
		return nil
	}
	last := first
	for last < len(w.all) && w.all[last].folded == folded {
		last++
	}
	return w.all[first-1 : last]
}

// ofStem calls yield with each form of a stem.
func (w *words) ofStem(root string, yield func(*lexeme)) {
	at, _ := slices.BinarySearchFunc(w.stems, root, func(n uint32, root string) int {
		return strings.Compare(w.all[n].root, root)
	})
	for ; at < len(w.stems) && w.all[w.stems[at]].root == root; at++ {
		yield(w.all[w.stems[at]])
	}
}

// starting calls yield with each family whose folded form begins with prefix.
func (w *words) starting(prefix string, yield func(family []*lexeme)) {
	at, _ := slices.BinarySearchFunc(w.all, prefix, func(one *lexeme, prefix string) int {
		return strings.Compare(one.folded, prefix)
	})
	for at < len(w.all) && strings.HasPrefix(w.all[at].folded, prefix) {
		next := at + 1
		for next < len(w.all) && w.all[next].folded == w.all[at].folded {
			next++
		}
		yield(w.all[at:next])
		at = next
	}
}
