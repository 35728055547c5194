package search

import (
	"slices"

	"chonoi/internal/lang"
)

// What is shown of a translated query: why a listing was found, and what is marked in it.

// whyTranslated tells by which equivalent of a phrase a listing was found: the likeliest of which it
// has every word.
func (l *stand) whyTranslated(r *rendering) (Why, bool) {
	for _, way := range r.ways {
		if way.common {
			continue
		}
		var fields []string
		for i := range way.words {
			h, ok := l.find(way.words[i].key)
			if !ok {
				fields = nil
				break
			}
			for _, name := range fieldNamesOf(h.fields()) {
				if !slices.Contains(fields, name) {
					fields = append(fields, name)
				}
			}
		}
		if len(fields) > 0 {
			return Why{r.source, way.text, fields, Translated}, true
		}
	}
	return Why{}, false
}

// takeTranslated lets a marker find what a query is called in the other tongue: a word wherever it
// stands, a phrase where its words stand side by side.
func (m *marker) takeTranslated(q *Asked) {
	m.phrased = map[string]int{}
	if len(q.renderings) == 0 {
		return
	}
	m.words = slices.Clone(m.words)
	m.english = m.english || q.Tongue == lang.Vi
	for _, r := range q.renderings {
		for _, way := range r.ways {
			if way.common {
				continue
			}
			number := len(m.words)
			m.words = append(m.words, way.words...)
			for i, w := range way.words {
				switch {
				case len(way.words) > 1:
					m.phrased[w.folded] = number + i
					if i > 0 {
						m.pairs[[2]string{way.words[i-1].folded, w.folded}] = true
					}
				case w.stem != "":
					keep(m.stem, w.stem, number)
				default:
					keep(m.exact, w.exact, number)
				}
			}
		}
	}
}

func keep(in map[string]int, name string, number int) {
	if _, known := in[name]; !known {
		in[name] = number
	}
}

// inPair returns the number of a word that stands beside the other of its pair.
func (m *marker) inPair(folded string) int {
	if n, ok := m.folded[folded]; ok {
		return n
	}
	return m.phrased[folded]
}
