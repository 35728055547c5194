package contract

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"chonoi/internal/fault"
)

// Missing is something that a contract lacks: a whole content, or what is left blank in a clause.
type Missing struct {
	Content int // 0 for the head of the contract
	Clause  int // place of the clause, from 0; -1 for a whole content or a field of the head
	Field   string
	Key     string // of the text that says what to do
}

// Check returns what a contract lacks: of the contents that the law asks for, of who signs (Art. 22), and
// what is left blank.
func (l *Library) Check(c *Contract) (all []Missing) {
	for _, side := range []struct {
		name string
		p    *Party
	}{{"supplier", &c.Supplier}, {"receiver", &c.Receiver}} {
		for _, one := range []struct{ field, text string }{{"name", side.p.Name}, {"tax_code", side.p.TaxCode}, {"address", side.p.Address}, {"representative", side.p.Representative}, {"position", side.p.Position}} {
			if strings.TrimSpace(one.text) == "" {
				all = append(all, Missing{Clause: -1, Field: side.name + "_" + one.field, Key: "contract.missing_field"})
			}
		}
	}
	if strings.TrimSpace(c.Place) == "" {
		all = append(all, Missing{Clause: -1, Field: "place", Key: "contract.missing_field"})
	}
	for _, content := range l.Contents {
		if !slices.ContainsFunc(c.Clauses, func(one Clause) bool { return one.Content == content.N && strings.TrimSpace(one.Vi) != "" }) {
			all = append(all, Missing{Content: content.N, Clause: -1, Key: "contract.missing_content"})
		}
	}
	for i, one := range c.Clauses {
		if strings.Contains(one.Vi, Blank) || strings.Contains(one.En, Blank) {
			all = append(all, Missing{Content: one.Content, Clause: i, Key: "contract.missing_words"})
		}
	}
	return all
}

const (
	mostBytes   = 1 << 20
	mostClauses = 200
	longest     = 8000 // characters of a clause in a tongue
	longestHead = 500
)

// Valid reports what of a version cannot be kept: too long, of no content, empty.
func (l *Library) Valid(c *Contract) error {
	f := fault.New(fault.Invalid, "contract.invalid")
	if len(c.Clauses) == 0 || len(c.Clauses) > mostClauses {
		f.At("clauses", "contract.too_many", "Most", mostClauses)
	}
	long := func(field, text string, most int) {
		if n := utf8.RuneCountInString(text); n > most {
			f.At(field, "field.too_long", "N", n, "Most", most)
		}
	}
	for name, text := range c.heads() {
		long(name, *text, longestHead)
	}
	for i, one := range c.Clauses {
		if one.Content < 1 || one.Content > len(l.Contents) {
			f.At(fmt.Sprintf("c%d_vi", i), "contract.no_content")
		}
		long(fmt.Sprintf("c%d_vi", i), one.Vi, longest)
		long(fmt.Sprintf("c%d_en", i), one.En, longest)
	}
	return f.OrNil()
}

// heads are the fields of a contract's head by the names that a form gives them.
func (c *Contract) heads() map[string]*string {
	all := map[string]*string{"title": &c.Title, "number": &c.Number, "place": &c.Place}
	for name, p := range map[string]*Party{"supplier": &c.Supplier, "receiver": &c.Receiver} {
		for field, text := range map[string]*string{"name": &p.Name, "tax_code": &p.TaxCode, "address": &p.Address, "representative": &p.Representative, "position": &p.Position, "account": &p.Account} {
			all[name+"_"+field] = text
		}
	}
	return all
}

// Heads names the fields of a contract's head in the order of its form.
var Heads = []string{"title", "number", "place", "supplier_name", "supplier_tax_code", "supplier_address", "supplier_representative", "supplier_position", "supplier_account",
	"receiver_name", "receiver_tax_code", "receiver_address", "receiver_representative", "receiver_position", "receiver_account"}

// Head is a field of the head by its name; nil when there is none.
func (c *Contract) Head(name string) *string { return c.heads()[name] }

// Write returns a version in the one form in which it is kept, and the digest of it.
func (c *Contract) Write() (text, digest string, err error) {
	raw, err := json.Marshal(c)
	if err != nil {
		return "", "", err
	}
	sum := sha256.Sum256(raw)
	return string(raw), hex.EncodeToString(sum[:]), nil
}

// Read reads a version that Write wrote.
func Read(text string) (*Contract, error) {
	if len(text) > mostBytes {
		return nil, fault.New(fault.TooLarge, "contract.too_large")
	}
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.DisallowUnknownFields()
	c := &Contract{}
	if err := d.Decode(c); err != nil {
		return nil, fmt.Errorf("read a contract: %w", err)
	}
	return c, nil
}

// Pair is a clause in two versions; nil where one has none.
type Pair struct{ Old, New *Clause }

// Compare puts the clauses of two versions side by side: those that began with the same model, or stand
// at the same place among those that the sides wrote, belong together.
func Compare(a, b *Contract) (all []Pair) {
	key := func(c *Contract) (keys []string) {
		own := map[int]int{}
		for _, one := range c.Clauses {
			id := one.Model
			if id == "" {
				own[one.Content]++
				id = fmt.Sprintf("%d#%d", one.Content, own[one.Content])
			}
			keys = append(keys, id)
		}
		return keys
	}
	was, is := key(a), key(b)
	for i := range b.Clauses {
		p := Pair{New: &b.Clauses[i]}
		if j := slices.Index(was, is[i]); j >= 0 {
			p.Old = &a.Clauses[j]
		}
		all = append(all, p)
	}
	for j := range a.Clauses {
		if !slices.Contains(is, was[j]) {
			all = append(all, Pair{Old: &a.Clauses[j]})
		}
	}
	return all
}
