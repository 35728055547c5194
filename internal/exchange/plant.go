package exchange

import (
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/record"
)

// Plant adds a listing in a state of its own choosing, as a seed or a migration from an older
// system tells it. Everything told must be readable; it need not be complete.
func (s *Shelf[T]) Plant(tx *db.Tx, actor account.ID, head record.Head, given field.Given, finish func(*T)) (*T, error) {
	r := new(T)
	*s.Kind.Head(r) = head
	if amiss := s.Kind.Fields.Read(r, given, s.x.Codes); len(amiss) > 0 {
		f := fault.New(fault.Invalid, "listing.not_complete")
		f.Fields = amiss
		return nil, fmt.Errorf("plant %s %s: %w", s.Kind.Name, head.External, f)
	}
	if finish != nil {
		finish(r)
	}
	if err := s.Kind.New(tx, actor, s.act("planted"), r); err != nil {
		return nil, err
	}
	if s.Listing(r).State == Submitted {
		return r, openReview(tx, s.Kind.Name, s.Listing(r).ID, "first", reviewDue(tx))
	}
	return r, nil
}
