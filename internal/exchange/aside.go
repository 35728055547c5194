package exchange

import (
	"chonoi/internal/db"
	"chonoi/internal/search"
)

// AsideDocs calls put with every listing that is not on the floor and was not taken back, whole,
// for an index that is only used to find copies.
func (x *Exchange) AsideDocs(tx *db.Tx, put func(search.Doc)) error {
	if err := x.Offers.asideDocs(tx, put, "WHERE state NOT IN ('published', 'renewed', 'expiring', 'withdrawn')"); err != nil {
		return err
	}
	return x.Needs.asideDocs(tx, put, "WHERE state NOT IN ('published', 'renewed', 'expiring', 'withdrawn')")
}

// AsideDocsOf is AsideDocs for some listings.
func (x *Exchange) AsideDocsOf(tx *db.Tx, keys []search.Key, put func(search.Doc)) error {
	for _, key := range keys {
		var err error
		switch key.Kind {
		case Offers.Name:
			err = x.Offers.asideDocs(tx, put, "WHERE id = ?", key.ID)
		case Needs.Name:
			err = x.Needs.asideDocs(tx, put, "WHERE id = ?", key.ID)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Shelf[T]) asideDocs(tx *db.Tx, put func(search.Doc), where string, args ...any) error {
	return s.Kind.Each(tx, func(r *T) error {
		l := s.Listing(r)
		if l.Floor() || l.State == Withdrawn {
			return nil
		}
		t := s.said(r)
		doc := search.Doc{Kind: s.Kind.Name, ID: l.ID, Facets: map[string][]string{"owner": {l.Owner}, "state": {l.State}}}
		doc.Fields[search.Title], doc.Fields[search.Summary], doc.Fields[search.Text] = t.Title, t.Summary, t.Body
		put(doc)
		return nil
	}, where, args...)
}
