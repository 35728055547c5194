package account

import (
	"fmt"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

const emailLife = 24 * time.Hour

// AskEmail sends a link to another address of the actor, which ChangeEmail takes. Whether the
// address has an account of its own is told only in the letter. It asks for a fresh session.
// Field: "email".
func (a *Accounts) AskEmail(tx *db.Tx, actor Actor, email string, v Visit) error {
	if err := a.Fresh(tx, actor); err != nil {
		return err
	}
	key, err := EmailKey(email)
	if err != nil {
		return err
	}
	if more, err := a.mayWrite(tx, key, v); !more || err != nil {
		return err
	}
	other, err := accountWhere(tx, byEmail, key)
	if err == nil && other.ID != actor.ID {
		return a.sendSignIn(tx, other, "account_exists", "")
	}
	if err != nil && !refused(err, fault.NotFound) {
		return err
	}
	email = lang.Clean(email)
	token, err := Issue(tx, forEmail, actor.ID, email, emailLife)
	if err != nil {
		return err
	}
	return a.Send(tx, email, actor.Locale, "account_email", "Name", actor.Name, "Link", a.link(actor.Locale, "/account/email/"+token))
}

// EmailTold returns the address that a link of AskEmail proves, to be shown before ChangeEmail.
func (a *Accounts) EmailTold(tx *db.Tx, actor Actor, token string) (email string, err error) {
	id, err := Look(tx, token, forEmail, &email)
	if err == nil && id != actor.ID {
		err = errSpent
	}
	return email, err
}

// ChangeEmail takes the link back and makes its address that of the actor; the old address is told
// by letter. The fault Conflict tells that the address got an account meanwhile.
func (a *Accounts) ChangeEmail(tx *db.Tx, actor Actor, token string) error {
	email, err := a.EmailTold(tx, actor, token)
	if err != nil {
		return err
	}
	if _, err := Redeem(tx, token, forEmail, &email); err != nil {
		return err
	}
	who, err := a.Get(tx, actor.ID)
	if err != nil {
		return err
	}
	key, err := EmailKey(email)
	if err != nil {
		return err
	}
	other, err := accountWhere(tx, byEmail, key)
	if err == nil && other.ID != who.ID {
		return fault.New(fault.Conflict, "account.email_taken")
	}
	if err != nil && !refused(err, fault.NotFound) {
		return err
	}
	if err := setEmail(tx, who.ID, email, key, found(who.Name, email)); err != nil {
		return fmt.Errorf("change the e-mail of account %s: %w", who.ID, err)
	}
	if err := deleteTickets(tx, who.ID); err != nil { // links in the old letter box open nothing more
		return err
	}
	if err := a.Note(tx, actor.ID, "account.email_changed", "account", string(who.ID)); err != nil {
		return err
	}
	return a.Send(tx, who.Email, who.Locale, "account_email_changed", "Name", who.Name)
}
