// Package likeness tells how alike two listings are: whether one could be a copy of the other, told
// in other words, by somebody else, or in the other language. It knows texts only, no records.
package likeness

import (
	"hash/maphash"
	"slices"
	"strings"
	"sync"
	"unicode"

	"chonoi/internal/lang"
)

// Text is what a listing says, as far as it is compared. A half that is not told is empty.
type Text struct {
	Title   lang.Both
	Summary lang.Both
	Body    lang.Both // all other facts in words
	Poster  string    // organisation; empty when it is not known
}

// Sense is a word or a phrase of one language with what it may be called in the other one.
type Sense struct {
	Words string // as the text has it
	Also  []string
}

// Dictionary finds the words of a text that have equivalents in the other language. It must be safe
// for use by many at once.
type Dictionary func(text string, from lang.Tag) []Sense

// Measure compares listings. The zero Measure compares across languages by figures and names alone.
type Measure struct{ Dictionary Dictionary }

// Print is what comparing needs of a listing. What it holds is read when it is first asked for. Any
// number may compare it at the same time.
type Print struct {
	poster string
	said   map[lang.Tag]func() *said
	senses map[lang.Tag]func() []sense // of the title, by the language in which it is said
}

// said is what a listing says in one language. All lists are sorted and without repetition.
type said struct {
	title   []uint64 // words
	words   []uint64 // of all
	runs    []uint64 // of three words
	head    []uint64 // runs of title and summary
	figures []uint64 // with their units, of all
	across  func() *acrossed
}

// acrossed is what is only compared across languages.
type acrossed struct {
	names  []uint64        // words that are written alike in both languages, of all
	stems  map[string]bool // of all
	titled map[string]bool // of the title
}

// runLength is how many words in a row count as one run: three syllables in a row are seldom chance.
const runLength = 3

// longestText is how many bytes of a text are read: more than any form takes.
const longestText = 64 << 10

// Print reads a text.
func (m Measure) Print(t Text) *Print {
	p := &Print{poster: t.Poster, said: map[lang.Tag]func() *said{}, senses: map[lang.Tag]func() []sense{}}
	for _, tag := range lang.Tags {
		title, summary, body := clipped(t.Title.Only(tag)), clipped(t.Summary.Only(tag)), clipped(t.Body.Only(tag))
		if title == "" && (!t.Title.Empty() || summary+body == "") {
			continue // a word or two in the other language are no listing in it
		}
		p.said[tag] = sync.OnceValue(func() *said { return read(title, summary, body) })
		p.senses[tag] = sync.OnceValue(func() []sense { return m.senses(title, tag) })
	}
	return p
}

func clipped(text string) string {
	if len(text) > longestText {
		text = strings.ToValidUTF8(text[:longestText], "")
	}
	return text
}

func read(title, summary, body string) *said {
	parts := [][]string{Words(title), Words(summary), Words(body)}
	all := slices.Concat(parts...)
	text := title + "\n" + summary + "\n" + body
	s := &said{title: set(parts[0]), words: set(content(all)), figures: set(figures(text))}
	for i, part := range parts {
		r := runs(part)
		s.runs = append(s.runs, r...)
		if i < 2 {
			s.head = append(s.head, r...)
		}
	}
	s.runs, s.head = sorted(s.runs), sorted(s.head)
	s.across = sync.OnceValue(func() *acrossed { return &acrossed{set(names(text)), stems(all), stems(parts[0])} })
	return s
}

func stems(words []string) map[string]bool {
	all := make(map[string]bool, len(words))
	for _, w := range words {
		all[stem(w)] = true
	}
	return all
}

// Words are the words of a text in the order in which they stand, without marks and in lower case.
func Words(text string) []string {
	return strings.FieldsFunc(lang.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// content leaves out the commonest words of both languages, which say nothing of the subject.
func content(words []string) []string {
	var all []string
	for _, w := range words {
		if !empty[w] {
			all = append(all, w)
		}
	}
	return all
}

func runs(words []string) []uint64 {
	var all []uint64
	for i := 0; i+runLength <= len(words); i++ {
		all = append(all, hashed(words[i:i+runLength]...))
	}
	if len(words) > 0 && len(words) < runLength {
		all = append(all, hashed(words...))
	}
	return all
}

var seed = maphash.MakeSeed()

func hashed(words ...string) uint64 {
	var h maphash.Hash
	h.SetSeed(seed)
	for _, w := range words {
		_, _ = h.WriteString(w)
		_ = h.WriteByte(' ')
	}
	return h.Sum64()
}

func set(words []string) []uint64 {
	all := make([]uint64, len(words))
	for i, w := range words {
		all[i] = hashed(w)
	}
	return sorted(all)
}

func sorted(all []uint64) []uint64 {
	slices.Sort(all)
	return slices.Compact(all)
}

// common counts what two sorted lists share.
func common(a, b []uint64) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// within is the share of the shorter list that the other one has, 0 to 1. Some are added to its
// length, for in a few words everything can stand by chance.
func within(a, b []uint64) float64 { return share(common(a, b), min(len(a), len(b))+fewWords) }

const fewWords = 5

// overlap is the share of what both have of what either has, 0 to 1.
func overlap(a, b []uint64) float64 {
	n := common(a, b)
	return share(n, len(a)+len(b)-n)
}

func share(part, of int) float64 {
	if of == 0 {
		return 0
	}
	return float64(part) / float64(of)
}
