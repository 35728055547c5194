package exchange

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/record"
)

// LevelOf returns what a reader may see of a listing: the owner's people and the house see all.
func (x *Exchange) LevelOf(tx *db.Tx, actor account.Actor, kind string, l *Listing) (field.Level, error) {
	switch {
	case actor.In(l.Owner), actor.SeesAll():
		return field.OwnerOnly, nil
	case !actor.SignedIn():
		return field.Public, nil
	case x.Admitted != nil:
		return x.Admitted(tx, actor, kind, l.ID)
	}
	return field.SignedIn, nil
}

// MayOpen refuses a document that the level does not see. What everybody cannot know of is not
// said to exist.
func MayOpen(actor account.Actor, l *Listing, a *record.Attachment, level field.Level) error {
	switch {
	case level >= field.OwnerOnly:
		return nil
	case !Citable(l.State), a.Level == field.OwnerOnly:
		return fault.New(fault.NotFound, "record.not_found")
	case level >= a.Level:
		return nil
	case !actor.SignedIn():
		return fault.New(fault.SignIn, "listing.paper_sign_in")
	}
	return fault.New(fault.Forbidden, "listing.paper_closed_"+a.Level.Code())
}
