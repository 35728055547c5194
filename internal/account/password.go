package account

import (
	"context"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/fault"
)

// SignInByPassword lets somebody in by e-mail and password, or asks for the second factor. An
// unknown e-mail, an account without password and a wrong password get the same fault Invalid in
// the same time; after five failures on one e-mail, or forty of one address, the fault TooMany
// tells how long to wait.
func (a *Accounts) SignInByPassword(ctx context.Context, d *db.DB, email, password string, v Visit) (Entry, error) {
	wrong := fault.New(fault.Invalid, "account.wrong_password").At("password", "account.wrong_password")
	key, err := EmailKey(email)
	if err != nil {
		return Entry{}, err
	}
	var who *Account
	err = d.Update(ctx, func(tx *db.Tx) error {
		if err := tryFrom(tx, addressTries, "address", v); err != nil {
			return err
		}
		if err := try(tx, passwordTries, "password", key); err != nil {
			return err
		}
		who, err = accountWhere(tx, byEmail, key)
		if refused(err, fault.NotFound) {
			who = &Account{}
			return nil
		}
		return err
	})
	if err != nil {
		return Entry{}, err
	}
	ok, weak, err := a.matches(ctx, who.password, password)
	if err != nil {
		return Entry{}, err
	}
	if !ok {
		return Entry{}, wrong
	}
	anew := ""
	if weak {
		if anew, err = a.hash(ctx, password); err != nil {
			return Entry{}, err
		}
	}
	var entry Entry
	err = d.Update(ctx, func(tx *db.Tx) error {
		now, err := a.Get(tx, who.ID)
		if err != nil {
			return err
		}
		if now.password != who.password { // changed meanwhile
			return wrong
		}
		if anew != "" {
			if err := setPassword(tx, who.ID, anew); err != nil {
				return err
			}
		}
		if err := uncount(tx, "address", v.Address); err != nil {
			return err
		}
		if err := forgive(tx, "password", key); err != nil {
			return err
		}
		entry, err = a.enter(tx, now, "password", v)
		return err
	})
	return entry, err
}

// SetPassword gives the actor a new password and ends all other sessions. Who has one already must
// tell it as old; wrong tries are counted like those of signing in. Fields: "old_password", "password".
func (a *Accounts) SetPassword(ctx context.Context, d *db.DB, actor Actor, old, password string) error {
	if err := CheckPassword(password, actor.Email, actor.Name); err != nil {
		return err
	}
	key, err := EmailKey(actor.Email)
	if err != nil {
		return err
	}
	var who *Account
	err = d.Update(ctx, func(tx *db.Tx) error {
		if who, err = a.Get(tx, actor.ID); err != nil || !who.HasPassword {
			return orElse(err, a.Fresh(tx, actor))
		}
		return try(tx, passwordTries, "password", key)
	})
	if err != nil {
		return err
	}
	if who.HasPassword {
		ok, _, err := a.matches(ctx, who.password, old)
		if err != nil {
			return err
		}
		if !ok {
			return fault.New(fault.Invalid, "account.check_fields").At("old_password", "account.old_password_wrong")
		}
	}
	hash, err := a.hash(ctx, password)
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		now, err := a.Get(tx, actor.ID)
		if err != nil {
			return err
		}
		if now.password != who.password {
			return fault.New(fault.Conflict, "account.password_changed_meanwhile")
		}
		if err := forgive(tx, "password", key); err != nil {
			return err
		}
		if err := deleteSessionsBut(tx, actor.ID, actor.Session); err != nil {
			return err
		}
		return a.putPassword(tx, actor.ID, now, hash)
	})
}

// putPassword stores a hash, takes back all tickets and tells the owner by letter.
func (a *Accounts) putPassword(tx *db.Tx, by ID, who *Account, hash string) error {
	if err := setPassword(tx, who.ID, hash); err != nil {
		return fmt.Errorf("set the password of account %s: %w", who.ID, err)
	}
	if err := deleteTickets(tx, who.ID); err != nil {
		return err
	}
	if err := a.Note(tx, by, "account.password_set", "account", string(who.ID)); err != nil {
		return err
	}
	return a.Send(tx, who.Email, who.Locale, "account_password_set", "Name", who.Name)
}

// RemovePassword takes the actor's password away, so that only the other ways lead in. It asks for
// a fresh session; the fault Conflict tells that there are none.
func (a *Accounts) RemovePassword(tx *db.Tx, actor Actor) error {
	if err := a.Fresh(tx, actor); err != nil {
		return err
	}
	if err := setPassword(tx, actor.ID, ""); err != nil {
		return err
	}
	if err := a.keepAWay(tx, actor.ID); err != nil {
		return err
	}
	return a.Note(tx, actor.ID, "account.password_removed", "account", string(actor.ID))
}
