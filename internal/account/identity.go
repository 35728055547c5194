package account

import (
	"fmt"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// Identity is what an identity provider tells of somebody who signed in there.
type Identity struct {
	Issuer, Subject string
	Email           string
	Verified        bool // the provider vouches for the e-mail
	Name            string
	Created         time.Time // when it was tied to the account
}

// SignInByIdentity lets in the account that the identity is tied to. An identity that is new is
// tied to the account of its verified e-mail, or opens one. Without a verified e-mail an unknown
// identity is refused with the fault Forbidden.
func (a *Accounts) SignInByIdentity(tx *db.Tx, i Identity, tag lang.Tag, v Visit) (Entry, error) {
	id, err := identityOwner(tx, i.Issuer, i.Subject)
	if err != nil {
		return Entry{}, err
	}
	if id != "" {
		return a.EnterBy(tx, id, "provider", v)
	}
	if i.Email == "" || !i.Verified {
		return Entry{}, fault.New(fault.Forbidden, "account.identity_without_email")
	}
	who, err := a.ByEmail(tx, i.Email)
	returned := err == nil
	if refused(err, fault.NotFound) {
		who, err = a.open(tx, "", i.Email, nameOr(i.Name, i.Email), tag)
	}
	if err != nil {
		return Entry{}, err
	}
	if !who.Suspended.IsZero() {
		return Entry{}, fault.New(fault.Forbidden, "account.is_suspended")
	}
	if err := a.tie(tx, who.ID, i); err != nil {
		return Entry{}, err
	}
	entry, err := a.enter(tx, who, "provider", v)
	entry.Returned = returned
	return entry, err
}

func (a *Accounts) tie(tx *db.Tx, id ID, i Identity) error {
	if err := insertIdentity(tx, id, i); err != nil {
		return fmt.Errorf("tie an identity to account %s: %w", id, err)
	}
	return a.Note(tx, id, "account.identity_tied", "account", string(id), Changed{"issuer", "", i.Issuer})
}

// Identities lists what the actor's account is tied to.
func (a *Accounts) Identities(tx *db.Tx, actor Actor) ([]Identity, error) {
	return identitiesOf(tx, actor.ID)
}

// Untie forgets the identities of that issuer. It asks for a fresh session; the fault Conflict tells
// that no other way leads in.
func (a *Accounts) Untie(tx *db.Tx, actor Actor, issuer string) error {
	if err := a.Fresh(tx, actor); err != nil {
		return err
	}
	if err := deleteIdentity(tx, actor.ID, issuer); err != nil {
		return err
	}
	if err := a.keepAWay(tx, actor.ID); err != nil {
		return err
	}
	return a.Note(tx, actor.ID, "account.identity_untied", "account", string(actor.ID), Changed{"issuer", issuer, ""})
}

// nameOr returns the name when it can be one, and what stands before the @ otherwise.
func nameOr(name, email string) string {
	if clean, err := checkName(name); err == nil {
		return clean
	}
	for i, r := range email {
		if r == '@' && i > 1 {
			if clean, err := checkName(email[:i]); err == nil {
				return clean
			}
		}
	}
	return "Thành viên"
}
