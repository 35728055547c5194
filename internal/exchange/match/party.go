package match

import (
	"slices"
	"strings"

	"chonoi/internal/exchange"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Party is one side of a match as its reader sees it: a need, or something that may answer one. What
// the reader may not see is not in it.
type Party struct {
	Kind, ID, Number string
	Owner            string // organisation; empty where the reader is not told
	Anonymous        bool
	Floor            bool // found by everybody
	Title            lang.Both
	Passages         []Passage
	Facts            Facts
}

// Passage is one text of a party, and how much the words in it count.
type Passage struct {
	Field  string
	Text   lang.Both
	Weight float64
}

// Facts are what conditions compare. Zero values are not told.
type Facts struct {
	Subjects, Industries []string
	Place                string
	Cooperation          []string // desired by a need, offered by a supply
	Right                string   // transferred by a supply
	TRL                  int64    // reached by a supply, wanted by a need at least
	BudgetMin, BudgetMax int64    // of a need, in đồng
	PriceKind            string
	Price                int64
	NeededBy             when.Day
	Timing               lang.Both // of a need
	Delivery             lang.Both // of a supply
}

// needParty is a need, as it was cleared for its reader.
func needParty(s *exchange.Shelf[exchange.Need], n *exchange.Need) Party {
	p := listingParty(s, n)
	p.Facts.Cooperation, p.Facts.TRL, p.Facts.NeededBy, p.Facts.Timing = n.Cooperation, n.TRLMin, n.NeededBy, n.Timing
	p.Facts.BudgetMin, p.Facts.BudgetMax = n.BudgetMin, n.BudgetMax
	return p
}

// offerParty is an offer, as it was cleared for its reader.
func offerParty(s *exchange.Shelf[exchange.Offer], o *exchange.Offer) Party {
	p := listingParty(s, o)
	p.Facts.Cooperation, p.Facts.Right, p.Facts.TRL = o.Cooperation, o.Right, o.TRL
	p.Facts.PriceKind, p.Facts.Price, p.Facts.Delivery = o.PriceKind, o.Price, o.Delivery
	return p
}

func listingParty[T any](s *exchange.Shelf[T], r *T) Party {
	l := s.Listing(r)
	p := Party{Kind: s.Kind.Name, ID: l.ID, Number: l.Number, Owner: l.Owner, Anonymous: l.Anonymous && l.Owner == "", Floor: l.Floor(), Title: l.Title,
		Facts: Facts{Subjects: l.Subjects, Industries: l.Industries, Place: l.Place}}
	for _, f := range s.Kind.Fields {
		if f.Kind == field.KindBoth && !f.Fixed && !f.Empty(r) {
			weight, told := placeWeights[f.Name]
			if !told {
				weight = 1
			}
			p.Passages = append(p.Passages, Passage{Field: f.Name, Text: f.Text(r), Weight: weight})
		}
	}
	return p
}

// Typed is a need that was never posted: a title and a text, in the tongue that it seems to be in.
func Typed(text string, tongue lang.Tag) Party {
	p := Party{Kind: exchange.Needs.Name}
	title, rest, _ := strings.Cut(text, "\n")
	add := func(name, text string) {
		if text = strings.TrimSpace(text); text != "" {
			one := Passage{Field: name, Weight: 1}
			if weight, told := placeWeights[name]; told {
				one.Weight = weight
			}
			one.Text.Set(tongue, text)
			p.Passages = append(p.Passages, one)
		}
	}
	add("title", title)
	add("description", rest)
	if len(p.Passages) > 0 {
		p.Title = p.Passages[0].Text
	}
	return p
}

// tongue is the tongue in which a party is read by a reader of another: theirs when it is told in it.
func (p *Party) tongue(reader lang.Tag) lang.Tag {
	_, tongue := p.Title.Best(reader)
	return tongue
}

// whole is all that a party says, each text in the given tongue where it is told in it.
func (p *Party) whole(tongue lang.Tag) string {
	var all []string
	for _, one := range p.Passages {
		all = append(all, one.Text.In(tongue))
	}
	return strings.Join(all, "\n")
}

// tells reports whether a party tells its title or summary in a tongue.
func (p *Party) tells(tongue lang.Tag) bool {
	return slices.ContainsFunc(p.Passages, func(one Passage) bool {
		return (one.Field == "title" || one.Field == "summary") && one.Text.Only(tongue) != ""
	})
}
