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

// partOf says in which part of a search document a fact is found.
var partOf = map[field.Weight]search.Field{field.InTitle: search.Title, field.InSummary: search.Summary, field.InText: search.Text, field.InKeywords: search.Keywords}

// Doc is the listing as everybody may find it; false when it is not on the floor.
func (s *Shelf[T]) Doc(r *T, owner lang.Both, claims []record.Claim, today when.Day) (search.Doc, bool) {
	if !s.Listing(r).Floor() {
		return search.Doc{}, false
	}
	seen := s.See(r, field.Public)
	l := s.Listing(seen)
	doc := search.Doc{Kind: s.Kind.Name, ID: l.ID, Published: when.Micro(l.Published), Facets: map[string][]string{}}
	for _, f := range s.Kind.Fields {
		if part, ok := partOf[f.Weight]; ok {
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
	return s.sought().Each(tx, func(r *T) error {
		l := s.Listing(r)
		doc, ok := s.Doc(r, names[l.Owner], claims[l.ID], today)
		if !ok {
			return nil
		}
		return put(doc)
	}, "WHERE state IN ('published', 'renewed', 'expiring')")
}

// sought is the kind with only those facts that Doc looks at, for reading many listings.
func (s *Shelf[T]) sought() *record.Kind[T] {
	var facts field.Set[T]
	for _, f := range s.Kind.Fields {
		if f.Weight != field.NotFound || f.Filter || f.Kind == field.KindInt || f.Kind == field.KindMoney {
			facts = append(facts, f)
		}
	}
	return record.Kind[T]{Name: s.Kind.Name, Fields: facts, Head: s.Kind.Head}.Prepare()
}

// DocOf returns the search document of one listing as it is now; false when it is not on the floor.
func (x *Exchange) DocOf(tx *db.Tx, kind, id string) (search.Doc, bool, error) {
	docs, err := x.DocsOf(tx, []search.Key{{Kind: kind, ID: id}})
	if err != nil || len(docs) == 0 {
		return search.Doc{}, false, err
	}
	return docs[0], true, nil
}

// DocsOf returns the search documents of listings as they are now, in no order. Those that are not
// on the floor are left out.
func (x *Exchange) DocsOf(tx *db.Tx, keys []search.Key) ([]search.Doc, error) {
	var docs []search.Doc
	for some := range slices.Chunk(keys, docsAtOnce) {
		var offers, needs []string
		for _, key := range some {
			switch key.Kind {
			case Offers.Name:
				offers = append(offers, key.ID)
			case Needs.Name:
				needs = append(needs, key.ID)
			}
		}
		var err error
		if docs, err = x.Offers.docsOf(tx, docs, offers); err != nil {
			return nil, err
		}
		if docs, err = x.Needs.docsOf(tx, docs, needs); err != nil {
			return nil, err
		}
	}
	return docs, nil
}

// docsAtOnce is how many listings one query reads by their ids.
const docsAtOnce = 250

func (s *Shelf[T]) docsOf(tx *db.Tx, docs []search.Doc, ids []string) ([]search.Doc, error) {
	if len(ids) == 0 {
		return docs, nil
	}
	listings, err := s.withIDs(tx, ids)
	if err != nil {
		return nil, err
	}
	var owners []string
	for _, r := range listings {
		if owner := s.Listing(r).Owner; !slices.Contains(owners, owner) {
			owners = append(owners, owner)
		}
	}
	names, err := s.x.Names(tx, owners...)
	if err != nil {
		return nil, err
	}
	claims, err := record.ClaimsOf(tx, s.Kind.Name, ids...)
	if err != nil {
		return nil, err
	}
	for _, r := range listings {
		l := s.Listing(r)
		if doc, ok := s.Doc(r, names[l.Owner], claims[l.ID], when.DayOf(tx.Now)); ok {
			docs = append(docs, doc)
		}
	}
	return docs, nil
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
