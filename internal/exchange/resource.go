package exchange

import (
	"time"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Resource returns this side of the market for the read API: what is on the floor, as everybody
// sees it.
func (s *Shelf[T]) Resource() record.Resource {
	return record.Resource{
		Name: s.Kind.Name, Facts: s.Kind.Fields.Schema(field.Public), Columns: s.Kind.Fields.ColumnsSeen(field.Public),
		Get: func(tx *db.Tx, id string) (map[string]any, error) {
			r, err := s.Kind.Get(tx, id)
			if err != nil {
				return nil, err
			}
			if l := s.Listing(r); !Citable(l.State) {
				if !l.Published.IsZero() {
					return nil, fault.New(fault.Gone, "listing.gone")
				}
				return nil, fault.New(fault.NotFound, "record.not_found")
			}
			return s.public(tx, r)
		},
		List: func(tx *db.Tx, after string, limit int) ([]map[string]any, error) {
			all, err := s.Kind.Find(tx, "WHERE state IN ('published', 'renewed', 'expiring') AND id > ? ORDER BY id LIMIT ?", after, limit)
			if err != nil {
				return nil, err
			}
			list := make([]map[string]any, 0, len(all))
			for _, r := range all {
				one, err := s.public(tx, r)
				if err != nil {
					return nil, err
				}
				list = append(list, one)
			}
			return list, nil
		},
	}
}

// public is a listing as everybody sees it, with its claims at the level of proof that holds today.
func (s *Shelf[T]) public(tx *db.Tx, r *T) (map[string]any, error) {
	seen := s.See(r, field.Public)
	l := s.Listing(seen)
	one := s.Kind.Fields.JSON(seen)
	one["id"], one["kind"], one["number"], one["state"], one["version"] = l.ID, s.Kind.Name, l.Number, l.State, l.Version
	one["updated_at"] = l.Updated.Format(time.RFC3339)
	if !l.Published.IsZero() {
		one["published_at"] = l.Published.Format(time.RFC3339)
	}
	if !l.Expires.Zero() {
		one["expires_on"] = l.Expires.String()
	}
	if l.Owner != "" {
		one["organisation"] = l.Owner
	}
	claims, err := record.Claims(tx, s.Kind.Name, l.ID)
	if err != nil {
		return nil, err
	}
	if len(claims) > 0 {
		one["claims"] = record.PublicClaims(claims, when.DayOf(tx.Now))
	}
	return one, nil
}
