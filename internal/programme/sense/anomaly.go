package sense

import (
	"slices"
	"strings"
)

var (
	terms     = list("terms")
	termTones = toneless("terms")
	mayDouble = doubles("doubled")
)

// toneless reads a list to be found whatever the tones; the value of an entry is the entry.
func toneless(name string) *phrases {
	d := &phrases{toneless: true}
	for _, line := range lines(name) {
		d.add(line, line)
	}
	return d
}

// doubles reads the rows of words with a doubled one, each under the place of the doubled word.
func doubles(name string) map[string]bool {
	all := map[string]bool{}
	for _, line := range lines(name) {
		all[plain(line)] = true
	}
	return all
}

// Anomalies returns the doubtful printings of a text, in its order: a word that differs from a known
// term, or from the same words elsewhere in the text, in its tones alone; a word printed twice; a
// spelling that the text itself prints otherwise; a day that no calendar has. Give it a whole
// document at once: much is odd only beside the rest.
func Anomalies(text string) []Anomaly {
	p := cut(text)
	var out []Anomaly
	usage := p.usage()
	odd, told := p.oddStyle(), 0
	for i, w := range p.words {
		switch {
		case w.shape != letters:
			if p.is(i-1, "ngay2") && p.impossible(i) {
				out = append(out, Anomaly{Span: p.span(i, i+5), Kind: "date"})
			}
			continue
		case odd != nil && odd(p.text[w.from:w.to]):
			out = append(out, Anomaly{p.span(i, i+1), "spelling", retoned(p.text[w.from:w.to])})
		}
		if p.isDoubled(i) {
			out = append(out, Anomaly{p.span(i-1, i+1), "doubled", p.printed(i, i+1)})
		}
		if at, n, usual := p.misprint(i, usage); n > 0 && p.words[at].from >= told {
			out = append(out, Anomaly{p.span(at, at+n), "misprint", usual})
			told = p.words[at+n-1].to
		}
	}
	slices.SortStableFunc(out, func(a, b Anomaly) int { return a.From - b.From })
	return out
}

// impossible reports whether word i begins a day in digits that no calendar has.
func (p *passage) impossible(i int) bool {
	d, ok := p.number(i, 0, 99)
	m, also := p.number(i+2, 0, 99)
	year, has := p.year(i + 4)
	return ok && also && has && p.is(i+1, "/", "-", ".") && p.is(i+3, p.words[i+1].key) && !day{year, m, d}.real()
}

// isDoubled reports whether word i stands twice by mistake.
func (p *passage) isDoubled(i int) bool {
	if i == 0 || p.words[i-1].key != p.words[i].key || p.words[i-1].shape != letters || len(p.words[i].key) < 2 {
		return false
	}
	if p.words[i].line || p.words[i].capital && !p.words[i-1].capital {
		return false // a new line or a name begins
	}
	for before := 0; before <= 1; before++ {
		for after := 0; after <= 2; after++ {
			if i-1-before >= 0 && i+1+after <= len(p.words) && mayDouble[p.keys(i-1-before, i+1+after)] {
				return false
			}
		}
	}
	return true
}

func (p *passage) keys(i, j int) string {
	var b strings.Builder
	for k := i; k < j; k++ {
		if k > i {
			b.WriteByte(' ')
		}
		b.WriteString(p.words[k].key)
	}
	return b.String()
}

// misprint returns the words that are a known term with another tone, or the one in three words from
// word i on that the text elsewhere prints often with another tone; and what is usual.
func (p *passage) misprint(i int, usage map[uint64]printing) (at, n int, usualWords string) {
	if n, usual := termTones.at(p, i); n > 1 {
		if m, _ := terms.at(p, i); m == 0 && !p.partOfTerm(i, n) {
			return i, n, usual
		}
	}
	one, ok := usage[p.hash(i, true)]
	if !ok || one.often < 3 || one.total != one.often+1 || p.hash(i, false) == one.exact {
		return i, 0, ""
	}
	for k := 0; k < 3; k++ {
		if p.words[i+k].key != p.words[one.at+k].key {
			return i + k, 1, usual(p.words[one.at+k].key)
		}
	}
	return i, 0, ""
}

// partOfTerm reports whether the words are correctly the end of one term and the start of another.
func (p *passage) partOfTerm(i, n int) bool {
	if i > 0 && terms.has(p, i-1) {
		if m, _ := terms.at(p, i-1); i-1+m > i {
			return true
		}
	}
	for k := i + 1; k < i+n; k++ {
		if m, _ := terms.at(p, k); m > 1 && k+m > i+n {
			return true
		}
	}
	return false
}
