package lexicon

import (
	"embed"
	"fmt"
	"io/fs"
	"strings"
	"sync"
)

// The shipped terms: one file a field, a header line, then vi, en, field, note and weight with a tab
// between. They are CC0 (terms/LICENSE).
//
//go:embed terms/*.tsv
var files embed.FS

// ShippedLicence is the licence of the shipped terms.
const ShippedLicence = "CC0-1.0"

// Header is the first line of a file of terms.
const Header = "vi\ten\tfield\tnote\tweight"

// Shipped returns the lexicon that comes with the product. It is read once.
var Shipped = sync.OnceValues(func() (*Lexicon, error) {
	terms, err := readShipped(files)
	if err != nil {
		return nil, err
	}
	return New(Overlay{Licence: ShippedLicence, Terms: terms}), nil
})

func readShipped(from fs.FS) ([]Term, error) {
	names, err := fs.Glob(from, "terms/*.tsv")
	if err != nil {
		return nil, err
	}
	var all []Term
	for _, name := range names {
		raw, err := fs.ReadFile(from, name)
		if err != nil {
			return nil, err
		}
		head, body, _ := strings.Cut(string(raw), "\n")
		if head != Header {
			return nil, fmt.Errorf("%s: the first line is not %q", name, Header)
		}
		for number := 2; body != ""; number++ {
			var line string
			line, body, _ = strings.Cut(body, "\n")
			t, ok := shippedTerm(line)
			if !ok {
				return nil, fmt.Errorf("%s, line %d: no term", name, number)
			}
			all = append(all, t)
		}
	}
	return all, nil
}

// shippedTerm reads a line of the strict form of the shipped files.
func shippedTerm(line string) (t Term, ok bool) {
	var weight string
	rest := line
	for _, to := range []*string{&t.Vi, &t.En, &t.Field, &t.Note} {
		if *to, rest, ok = strings.Cut(rest, "\t"); !ok {
			return t, false
		}
	}
	if weight = rest; len(weight) != 1 || weight[0] < '1' || weight[0] > '9' {
		return t, false
	}
	t.Weight = int(weight[0] - '0')
	return t, t.Vi != "" && t.En != ""
}
