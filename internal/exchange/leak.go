package exchange

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"chonoi/internal/db"
	"chonoi/internal/field"
	"chonoi/internal/lang"
)

// Leak is something in a text that gives an anonymous owner away: in which column, what sort of
// thing, and the words found.
type Leak struct{ Column, What, Found string }

// giveaways are forms of writing that lead to an owner: what they are called in the texts
// (listing.leak_<name>) and how they look.
var giveaways = []struct {
	what string
	form *regexp.Regexp
}{
	{"email", regexp.MustCompile(`[\pL\d._%+-]+@[\pL\d-]+(\.[\pL\d-]+)+`)},
	{"link", regexp.MustCompile(`(?i)\b(https?://|www\.)\S+|\b[a-z0-9-]+\.(vn|com|net|org|edu|gov|info|io|example)\b`)},
	{"phone", regexp.MustCompile(`(\+84|\b0)[\d][\d .-]{7,11}\d\b`)},
	{"patent", regexp.MustCompile(`(?i)\b(VN|US|EP|WO|CN|JP|KR)\s?\d?[-/ ]?\d{4}[-/ ]?\d{4,6}\b|\b[12]-(19|20)\d\d-\d{4,5}\b|\b(bằng|đơn|patent)\D{0,25}\d{4,}`)},
	{"tax_code", regexp.MustCompile(`\b\d{10}(-\d{3})?\b`)},
}

// Leaks lists what in an anonymous listing gives its owner away to those who may not know; none
// when the owner is not anonymous. Facts that are closed to the public anyway are left out.
func (s *Shelf[T]) Leaks(tx *db.Tx, r *T) ([]Leak, error) {
	l := s.Listing(r)
	if !l.Anonymous {
		return nil, nil
	}
	names, err := s.x.Identity(tx, l.Owner)
	if err != nil {
		return nil, err
	}
	var leaks []Leak
	for _, f := range s.Kind.Fields {
		if f.Hides || f.LevelIn(l.Shown) >= field.Enquiry {
			continue
		}
		for _, column := range f.Columns() {
			leaks = append(leaks, textLeaks(column, f.Stored(r, column), names)...)
		}
	}
	claims, err := claimTexts(tx, s.Kind.Name, l.ID)
	if err != nil {
		return nil, err
	}
	for _, text := range claims {
		leaks = append(leaks, textLeaks("claims", text, names)...)
	}
	return leaks, nil
}

func textLeaks(column, text string, names []string) []Leak {
	if f, ok := plainColumns[column]; ok && f {
		return nil
	}
	var leaks []Leak
	for _, g := range giveaways {
		if found := g.form.FindString(text); found != "" {
			leaks = append(leaks, Leak{column, g.what, found})
		}
	}
	folded := " " + words(text) + " "
	for _, name := range names {
		if n := words(name); utf8.RuneCountInString(n) >= 3 && strings.Contains(folded, " "+n+" ") {
			leaks = append(leaks, Leak{column, "name", name})
		}
	}
	return leaks
}

// plainColumns hold figures or days, in which ten digits are no tax code.
var plainColumns = map[string]bool{"price": true, "budget_min": true, "budget_max": true, "confirmed_on": true}

var notWord = regexp.MustCompile(`[^\pL\d]+`)

// words folds a text and leaves only its words, so that "Sông-Hậu" finds "song hau".
func words(text string) string {
	return strings.TrimSpace(notWord.ReplaceAllString(lang.Fold(text), " "))
}
