package search

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"chonoi/internal/lang"
)

// Meant returns how a query was probably meant ("did you mean"): a word that no listing has is
// replaced by the nearest that listings do have, and a word whose marks never stand beside its
// neighbour (sản giao dịch) by the one that does (sàn giao dịch). What is between the words stays as
// it was typed. It returns "" when the query is well as it is, or when nothing nearer is known.
// Only listings in the index are read, and so only what everybody may see.
func (x *Index) Meant(text string, reader lang.Tag) string {
	m := meaning{x: x, text: cut(text, typedRunes), reader: reader}
	m.read()
	if len(m.words) == 0 || len(m.words) > longestPhrase {
		return ""
	}
	for i := range m.words {
		m.mendUnknown(i)
	}
	for i := range m.words {
		m.mendStranger(i)
	}
	for i := range m.words {
		m.mendMarks(i)
	}
	meant := m.written()
	if meant == "" || x.counted(meant, reader) == 0 {
		return ""
	}
	return meant
}

const (
	mostForms    = 6   // forms of a syllable that are tried beside its neighbour
	mostPhrases  = 24  // phrases that are counted for one query
	contextShare = 1.5 // what a find beside the neighbour counts against a find alone
	sameMarks    = 5   // what a find with the marks that were typed counts against one with others
	editCost     = 4.0 // what one changed letter costs; a find a thousand times more frequent makes it good
)

// meaning is the work of one Meant.
type meaning struct {
	x       *Index
	text    string
	reader  lang.Tag
	words   []meantWord
	counted int
}

// meantWord is a word of the query: as typed, and as it is probably meant.
type meantWord struct {
	token
	aside bool   // of an operator, or with a digit: not to be touched
	now   form   // typed, or mended
	said  string // in place of what was typed; empty when it stays
}

// read cuts the query into words and sets the operators aside.
func (m *meaning) read() {
	a := analysers.Get().(*analyser)
	defer analysers.Put(a)
	for _, t := range a.tokens(nil, m.text) {
		w := meantWord{token: t, now: t.form}
		before, after := m.text[:t.start], m.text[t.end:]
		w.aside = strings.HasSuffix(before, "-") || strings.HasSuffix(before, ":") || strings.HasPrefix(after, ":") || strings.Count(before[strings.LastIndexByte(before, ' ')+1:], ":") > 0
		m.words = append(m.words, w)
	}
}

// written returns the query as it is meant, "" when no word changed.
func (m *meaning) written() string {
	var b strings.Builder
	at, changed := 0, false
	for _, w := range m.words {
		if w.said != "" {
			b.WriteString(m.text[at:w.start])
			b.WriteString(w.said)
			at, changed = w.end, true
		}
	}
	if !changed {
		return ""
	}
	return b.String() + m.text[at:]
}

// nearWord is a word that may be meant, with what it speaks for it.
type nearWord struct {
	said  string // as it is to be typed; may be two words
	form  form   // of its first word
	score float64
}

// mendUnknown replaces a word that no listing has by the nearest.
func (m *meaning) mendUnknown(i int) {
	w := &m.words[i]
	if w.aside || m.x.known(w.folded) > 0 {
		return
	}
	typed := m.text[w.start:w.end]
	var best nearWord
	try := func(n nearWord, found, beside int, cost float64) {
		n.score = math.Log1p(float64(found)) + contextShare*math.Log1p(float64(beside)) - cost
		if (found > 1 || beside > 0) && (best.said == "" || n.score > best.score || (n.score == best.score && n.said < best.said)) {
			best = n
		}
	}
	if keyed := keyedIn(typed); keyed != "" {
		f := newForm(keyed)
		try(nearWord{said: keyed, form: f}, m.x.known(f.folded), m.beside(i, f.folded), 0)
	}
	if !strings.ContainsFunc(w.folded, unicode.IsDigit) {
		for near, cost := range nearOf(w.folded) {
			n := m.x.known(near)
			if n == 0 {
				continue
			}
			beside := m.beside(i, near)
			if len(w.folded) < 4 && beside == 0 {
				continue // a short word is near to too many
			}
			f := m.usual(i, near)
			try(nearWord{said: f.exact, form: f}, n, beside, cost*editCost)
		}
		for at := 2; at <= len(w.folded)-2; at++ {
			one, two := w.folded[:at], w.folded[at:]
			if n := m.x.together(one, two); n > 0 {
				try(nearWord{said: one + " " + two, form: newForm(one)}, n, n, editCost)
			}
		}
	}
	if best.said != "" {
		w.said, w.now = best.said, best.form
	}
}

// mendStranger replaces a word that listings have, but never beside its neighbours, by a commoner one
// a letter away that stands beside all of them.
func (m *meaning) mendStranger(i int) {
	w := &m.words[i]
	if w.aside || w.said != "" || len(w.folded) < 3 || w.marked || m.beside(i, w.folded) > 0 || strings.ContainsFunc(w.folded, unicode.IsDigit) {
		return
	}
	best, most := "", 0
	for near, cost := range nearOf(w.folded) {
		if cost > 1 || m.x.known(near) < m.x.known(w.folded) {
			continue
		}
		if n := m.besideAll(i, near); n > most || (n == most && n > 0 && near < best) {
			best, most = near, n
		}
	}
	if most > 1 {
		w.now = m.usual(i, best)
		w.said = w.now.exact
	}
}

// besideAll counts the listings that have the word beside its neighbours, 0 when one of these has it
// nowhere beside itself.
func (m *meaning) besideAll(i int, folded string) int {
	least := 0
	for _, pair := range [2][2]int{{i - 1, i}, {i, i + 1}} {
		if pair[0] < 0 || pair[1] >= len(m.words) || m.words[pair[0]].aside || m.words[pair[1]].aside {
			continue
		}
		one, two := m.words[pair[0]].now.folded, m.words[pair[1]].now.folded
		n := m.x.together(pick(pair[0] == i, folded, one), pick(pair[1] == i, folded, two))
		if n == 0 {
			return 0
		}
		if least == 0 || n < least {
			least = n
		}
	}
	return least
}

// usual is the form in which a folded word is written: without marks in a query without marks, else
// the commonest one.
func (m *meaning) usual(i int, folded string) form {
	marked := false
	for j, w := range m.words {
		marked = marked || (w.marked && !w.aside && (j != i || len(m.words) == 1))
	}
	if marked || m.words[i].marked {
		if forms := m.x.formsOf(folded); len(forms) > 0 {
			return newForm(forms[0])
		}
	}
	return form{exact: folded, folded: folded}
}

// beside counts the listings that have the word beside one of its neighbours in the query.
func (m *meaning) beside(i int, folded string) int {
	n := 0
	if i > 0 {
		n += m.x.together(m.words[i-1].now.folded, folded)
	}
	if i+1 < len(m.words) {
		n += m.x.together(folded, m.words[i+1].now.folded)
	}
	return n
}

// mendMarks gives a word with marks the marks that it has beside its neighbours, when what was typed
// is nowhere beside them.
func (m *meaning) mendMarks(i int) {
	w := &m.words[i]
	if w.aside || !w.now.marked || strings.Contains(w.said, " ") || m.phrases(i, w.now.exact) > 0 {
		return
	}
	best, most := "", 0
	forms := m.x.formsOf(w.now.folded)
	try := func(exact string, share int) {
		if exact == w.now.exact {
			return
		}
		if n := m.phrases(i, exact) * share; n > most {
			best, most = exact, n
		}
	}
	for exact := range heardLike(w.now.exact) {
		if slices.Contains(m.x.formsOf(fold(exact)), exact) {
			try(exact, sameMarks)
		}
	}
	for _, exact := range forms[:min(mostForms, len(forms))] {
		try(exact, 1)
	}
	if most > 1 || (most > 0 && !slices.Contains(forms, w.now.exact)) {
		w.said, w.now = best, newForm(best)
	}
}

// phrases counts the listings in which the form stands beside one of its neighbours, marks and all.
func (m *meaning) phrases(i int, exact string) int {
	n := 0
	for _, pair := range [2][2]int{{i - 1, i}, {i, i + 1}} {
		if pair[0] < 0 || pair[1] >= len(m.words) || m.words[pair[0]].aside || m.words[pair[1]].aside {
			continue
		}
		if m.counted++; m.counted > mostPhrases {
			return n
		}
		said := [2]string{m.words[pair[0]].now.exact, m.words[pair[1]].now.exact}
		said[0], said[1] = pick(pair[0] == i, exact, said[0]), pick(pair[1] == i, exact, said[1])
		n += m.x.counted(`"`+said[0]+" "+said[1]+`"`, m.reader)
	}
	return n
}

// counted returns how many listings a query finds; in the order of time, for then all are counted.
func (x *Index) counted(text string, reader lang.Tag) int {
	return x.Search(Query{Text: text, Reader: reader, Quiet: true, OneTongue: true, Sort: ByNewest, Limit: 1}).Total
}

func pick(first bool, one, other string) string {
	if first {
		return one
	}
	return other
}

// known counts the listings that have a folded word, one that has two forms of it twice.
func (x *Index) known(folded string) (n int) {
	v := x.now.Load()
	for _, form := range v.formsOf(folded) {
		n += v.having(form.word)
	}
	return n
}

// formsOf returns the forms of a folded word, the commonest first.
func (x *Index) formsOf(folded string) []string {
	v := x.now.Load()
	all := v.formsOf(folded)
	count := map[*lexeme]int{}
	for _, form := range all {
		count[form] = v.having(form.word)
	}
	slices.SortFunc(all, func(a, b *lexeme) int {
		return cmp.Or(cmp.Compare(count[b], count[a]), strings.Compare(a.exact, b.exact))
	})
	forms := make([]string, len(all))
	for i, form := range all {
		forms[i] = form.exact
	}
	return forms
}

// together counts the listings that have two folded words side by side.
func (x *Index) together(one, two string) int {
	return x.now.Load().having(pairKey(foldHash(one), foldHash(two)))
}

// formsOf returns the forms of a folded word, each once.
func (v *snapshot) formsOf(folded string) (all []*lexeme) {
	v.eachForm(folded, foldHash(folded), func(form *lexeme) {
		if !slices.ContainsFunc(all, func(o *lexeme) bool { return o.exact == form.exact }) {
			all = append(all, form)
		}
	})
	return all
}

// having counts the listings that have a term; those that are dead and not yet merged away count.
func (v *snapshot) having(key uint64) (n int) {
	for _, p := range v.parts {
		if list, ok := p.lists.find(key); ok {
			n += p.list(list).df()
		}
	}
	for _, d := range v.head.docs {
		if _, ok := d.find(key); ok {
			n++
		}
	}
	return n
}
