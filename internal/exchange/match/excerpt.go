package match

import (
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"chonoi/internal/lang"
	"chonoi/internal/web/parts"
)

// quote is a piece of a passage with the shared words marked, and its tongue.
type quote struct {
	Field string
	Text  parts.Marked
	In    lang.Tag
}

// shownMarks is how many of the shared concepts are marked in the texts: the rest is everyday.
const shownMarks = 16

// marksOf are the marks of the shared concepts on one side of a match, with the weight of each.
func (m *Match) marksOf(side *Party) map[Mark]float64 {
	all := map[Mark]float64{}
	for _, s := range m.Shared[:min(len(m.Shared), shownMarks)] {
		marks := s.Supply
		if side == m.Need {
			marks = s.Need
		}
		for _, one := range marks {
			all[one] = max(all[one], s.Weight)
		}
	}
	return all
}

// texts are the passages of one side, each in the tongue in which its marks stand or else the reader's.
func (m *Match) texts(side *Party, reader lang.Tag) []quote {
	marks := m.marksOf(side)
	var all []quote
	for n, p := range side.Passages {
		_, tongue := p.Text.Best(reader)
		if other := tongue.Other(); p.Text.Only(other) != "" && len(within(marks, n, tongue)) == 0 && len(within(marks, n, other)) > 0 {
			tongue = other
		}
		text := p.Text.Only(tongue)
		all = append(all, quote{Field: p.Field, Text: runs(text, 0, len(text), within(marks, n, tongue)), In: tongue})
	}
	return all
}

// within are the marks of one passage in a tongue, in their order and apart.
func within(marks map[Mark]float64, passage int, tongue lang.Tag) []Mark {
	var some []Mark
	for one := range marks {
		if one.Passage == passage && one.Tongue == tongue {
			some = append(some, one)
		}
	}
	slices.SortFunc(some, func(a, b Mark) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	end := 0
	return slices.DeleteFunc(some, func(one Mark) bool {
		over := one.Start < end
		end = max(end, one.End)
		return over
	})
}

// quoteSize is how long a quoted piece is, in bytes.
const quoteSize = 260

// best is the piece of one side that holds the weightiest of what is shared; empty when nothing is.
func (m *Match) best(side *Party) quote {
	marks := m.marksOf(side)
	var most float64
	var found Mark
	for one := range marks {
		weight := 0.0
		for other, w := range marks {
			if other.Passage == one.Passage && other.Tongue == one.Tongue && other.Start >= one.Start && other.End <= one.Start+quoteSize*3/4 {
				weight += w
			}
		}
		earlier := one.Passage < found.Passage || one.Passage == found.Passage && one.Start < found.Start
		if weight > most || weight == most && earlier {
			most, found = weight, one
		}
	}
	if most == 0 {
		return quote{}
	}
	p := side.Passages[found.Passage]
	text := p.Text.Only(found.Tongue)
	from := max(0, found.Start-quoteSize/5)
	for from > 0 && text[from-1] != ' ' && text[from-1] != '\n' {
		from--
	}
	to := min(len(text), max(from+quoteSize, found.End))
	if cut := strings.LastIndexAny(text[from:to], " \n"); to < len(text) && from+cut >= found.End {
		to = from + cut
	}
	for to < len(text) && !utf8.RuneStart(text[to]) {
		to++
	}
	q := quote{Field: p.Field, In: found.Tongue, Text: runs(text, from, to, within(marks, found.Passage, found.Tongue))}
	if from > 0 {
		q.Text = append(parts.Marked{{Text: "… "}}, q.Text...)
	}
	if to < len(text) {
		q.Text = append(q.Text, parts.Run{Text: " …"})
	}
	return q
}

// runs is a piece of a text with its marks.
func runs(text string, from, to int, marks []Mark) (all parts.Marked) {
	for _, one := range marks {
		if one.Start < from || one.End > to {
			continue
		}
		if one.Start > from {
			all = append(all, parts.Run{Text: text[from:one.Start]})
		}
		all = append(all, parts.Run{Text: text[one.Start:one.End], Hit: true})
		from = one.End
	}
	if from < to {
		all = append(all, parts.Run{Text: text[from:to]})
	}
	return all
}
