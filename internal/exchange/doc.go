package exchange

import (
	"slices"
	"strings"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/search"
	"chonoi/internal/when"
)

// See returns the listing as a reader of that level sees it: what the level does not see is not in
// it any more.
func (s *Shelf[T]) See(r *T, level field.Level) *T {
	seen := s.Kind.Copy(r)
	l := s.Listing(seen)
	s.Kind.Fields.Redact(seen, level, l.Shown, l.Anonymous)
	if l.Anonymous && level < field.Enquiry {
		l.Owner, l.By, l.External, l.Source = "", "", "", ""
	}
	if level < field.OwnerOnly {
		l.Shown = nil
	}
	return seen
}

// Doc is the listing as everybody may find it; false when it is not on the floor.
func (s *Shelf[T]) Doc(r *T, owner lang.Both, claims []record.Claim, today when.Day) (search.Doc, bool) {
	if !s.Listing(r).Floor() {
		return search.Doc{}, false
	}
	seen := s.See(r, field.Public)
	l := s.Listing(seen)
	doc := search.Doc{Kind: s.Kind.Name, ID: l.ID, Published: when.Micro(l.Published), Facets: map[string][]string{}}
	parts := map[field.Weight]search.Field{field.InTitle: search.Title, field.InSummary: search.Summary, field.InText: search.Text, field.InKeywords: search.Keywords}
	for _, f := range s.Kind.Fields {
		if part, ok := parts[f.Weight]; ok {
			add(&doc.Fields[part], s.textOf(f, seen))
		}
		if f.Filter {
			doc.Facets[f.Name] = s.facet(f, seen)
		}
	}
	if l.Owner != "" {
		add(&doc.Fields[search.Keywords], owner)
		doc.Facets["owner"] = []string{l.Owner}
	}
	for _, c := range claims {
		doc.Facets["proof"] = append(doc.Facets["proof"], proofs(c, today)...)
	}
	if o, ok := any(seen).(*Offer); ok {
		doc.TRL, doc.Price = o.TRL, o.Price
		if band := trlBand(o.TRL); band != "" {
			doc.Facets["trl_band"] = []string{band}
		}
	}
	if l.Source != "" {
		doc.Facets["source"] = []string{l.Source}
	}
	return doc, true
}

func (s *Shelf[T]) textOf(f field.Field[T], r *T) lang.Both {
	if f.Kind == field.KindBoth {
		return f.Text(r)
	}
	text := f.Stored(r, f.Name)
	return lang.Both{Vi: text}
}

func (s *Shelf[T]) facet(f field.Field[T], r *T) []string {
	if f.Kind == field.KindFlag {
		if f.Empty(r) {
			return nil
		}
		return []string{"yes"}
	}
	return f.CodesOf(r)
}

// proofs are the filter values of a claim: it and each lower level, so that "officer checked" also
// finds what a third party confirmed.
func proofs(c record.Claim, today when.Day) []string {
	at := slices.Index(record.ClaimLevels, c.LevelOn(today))
	var values []string
	for i := 1; i <= at; i++ {
		values = append(values, c.Claim+"."+record.ClaimLevels[i])
	}
	return values
}

func trlBand(trl int64) string {
	switch {
	case trl >= 7:
		return "7_9"
	case trl >= 4:
		return "4_6"
	case trl >= 1:
		return "1_3"
	}
	return ""
}

// add puts a text behind another; identical halves are told once.
func add(to *lang.Both, text lang.Both) {
	join := func(to *string, text string) {
		switch {
		case text == "":
		case *to == "":
			*to = text
		default:
			*to += ". " + text
		}
	}
	join(&to.Vi, strings.TrimSpace(text.Vi))
	join(&to.En, strings.TrimSpace(text.En))
}

// Docs calls put with every listing that is on the floor, for building the index.
func (x *Exchange) Docs(tx *db.Tx, put func(search.Doc) error) error {
	if err := x.Offers.docs(tx, put); err != nil {
		return err
	}
	return x.Needs.docs(tx, put)
}

func (s *Shelf[T]) docs(tx *db.Tx, put func(search.Doc) error) error {
	claims, err := record.ClaimsOf(tx, s.Kind.Name)
	if err != nil {
		return err
	}
	owners, err := owners(tx, s.Kind.Name)
	if err != nil {
		return err
	}
	names, err := s.x.Names(tx, owners...)
	if err != nil {
		return err
	}
	today := when.DayOf(time.Now())
	return s.Kind.Each(tx, func(r *T) error {
		l := s.Listing(r)
		doc, ok := s.Doc(r, names[l.Owner], claims[l.ID], today)
		if !ok {
			return nil
		}
		return put(doc)
	}, "WHERE state IN ('published', 'renewed', 'expiring')")
}

// DocOf returns the search document of one listing as it is now; false when it is not on the floor.
func (x *Exchange) DocOf(tx *db.Tx, kind, id string) (search.Doc, bool, error) {
	switch kind {
	case Offers.Name:
		return x.Offers.docOf(tx, id)
	case Needs.Name:
		return x.Needs.docOf(tx, id)
	}
	return search.Doc{}, false, nil
}

func (s *Shelf[T]) docOf(tx *db.Tx, id string) (search.Doc, bool, error) {
	all, err := s.Kind.Find(tx, "WHERE id = ?", id)
	if err != nil || len(all) == 0 {
		return search.Doc{}, false, err
	}
	r := all[0]
	l := s.Listing(r)
	names, err := s.x.Names(tx, l.Owner)
	if err != nil {
		return search.Doc{}, false, err
	}
	claims, err := record.Claims(tx, s.Kind.Name, id)
	if err != nil {
		return search.Doc{}, false, err
	}
	doc, ok := s.Doc(r, names[l.Owner], claims, when.DayOf(tx.Now))
	return doc, ok, nil
}

// TitleOf returns the title of a listing as everybody sees it.
func (x *Exchange) TitleOf(tx *db.Tx, kind, id string) (lang.Both, error) {
	if kind == Needs.Name {
		n, err := Needs.Get(tx, id)
		if err != nil {
			return lang.Both{}, err
		}
		return x.Needs.See(n, field.Public).Title, nil
	}
	o, err := Offers.Get(tx, id)
	if err != nil {
		return lang.Both{}, err
	}
	return x.Offers.See(o, field.Public).Title, nil
}
