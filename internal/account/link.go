package account

import (
	"fmt"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// How long the links in letters open.
const (
	signUpLife = 24 * time.Hour
	signInLife = 15 * time.Minute
)

// signUp is what a visitor told who wants an account. The account is opened when the link in the
// letter is used, so nobody can take an address that is not theirs.
type signUp struct {
	Email, Name string
	Locale      lang.Tag
	Next        string
}

// SignUp sends a link to that e-mail which opens an account of that name. Whether there is one
// already is told only in the letter. Fields: "email", "name".
func (a *Accounts) SignUp(tx *db.Tx, email, name string, tag lang.Tag, next string, v Visit) error {
	key, err := EmailKey(email)
	cleaned, amiss := checkName(name)
	if err != nil || amiss != nil {
		return bothAmiss(err, amiss)
	}
	if more, err := a.mayWrite(tx, key, v); !more || err != nil {
		return err
	}
	who, err := accountWhere(tx, byEmail, key)
	switch {
	case err == nil && who.Suspended.IsZero():
		return a.sendSignIn(tx, who, "account_exists", next)
	case err == nil:
		return a.Send(tx, who.Email, who.Locale, "account_suspended", "Name", who.Name)
	case !refused(err, fault.NotFound):
		return err
	}
	tag = checkLocale(tag)
	token, err := Issue(tx, forSignUp, "", signUp{lang.Clean(email), cleaned, tag, next}, signUpLife)
	if err != nil {
		return err
	}
	return a.Send(tx, lang.Clean(email), tag, "account_sign_up", "Name", cleaned, "Link", a.link(tag, "/sign-up/confirm/"+token))
}

// bothAmiss joins what is amiss with two fields.
func bothAmiss(first, second error) error {
	one, ok := fault.As(first)
	two, also := fault.As(second)
	if ok && also {
		one.Fields = append(one.Fields, two.Fields...)
	}
	return orElse(first, second)
}

// SignUpTold returns what was told to SignUp, to be shown before Confirm; the fault Gone when the
// link opens no more.
func (a *Accounts) SignUpTold(tx *db.Tx, token string) (email, name string, err error) {
	var s signUp
	_, err = Look(tx, token, forSignUp, &s)
	return s.Email, s.Name, err
}

// Confirm opens the account that the link of a letter promises, and signs it in. When the address
// got an account meanwhile, it signs in there.
func (a *Accounts) Confirm(tx *db.Tx, token string, v Visit) (Entry, error) {
	var s signUp
	if _, err := Redeem(tx, token, forSignUp, &s); err != nil {
		return Entry{}, err
	}
	who, err := a.ByEmail(tx, s.Email)
	if err == nil {
		entry, err := a.enter(tx, who, "link", v)
		entry.Next = s.Next
		return entry, err
	}
	if !refused(err, fault.NotFound) {
		return Entry{}, err
	}
	if who, err = a.open(tx, "", s.Email, s.Name, s.Locale); err != nil {
		return Entry{}, err
	}
	entry, err := a.beginSession(tx, who, "sign_up", v)
	entry.Next, entry.Returned = s.Next, false
	return entry, err
}

// SendSignIn sends a link that signs in, once and within 15 minutes. Whether there is an account
// is told only in the letter, which is written in both cases. Field: "email".
func (a *Accounts) SendSignIn(tx *db.Tx, email string, tag lang.Tag, next string, v Visit) error {
	key, err := EmailKey(email)
	if err != nil {
		return err
	}
	if more, err := a.mayWrite(tx, key, v); !more || err != nil {
		return err
	}
	who, err := accountWhere(tx, byEmail, key)
	switch {
	case err == nil && who.Suspended.IsZero():
		return a.sendSignIn(tx, who, "account_sign_in", next)
	case err == nil:
		return a.Send(tx, who.Email, who.Locale, "account_suspended", "Name", who.Name)
	case !refused(err, fault.NotFound):
		return err
	}
	tag = checkLocale(tag)
	return a.Send(tx, lang.Clean(email), tag, "account_unknown", "Email", lang.Clean(email), "Link", a.link(tag, "/sign-up"))
}

func (a *Accounts) sendSignIn(tx *db.Tx, who *Account, letter, next string) error {
	token, err := Issue(tx, forSignIn, who.ID, next, signInLife)
	if err != nil {
		return err
	}
	return a.Send(tx, who.Email, who.Locale, letter, "Name", who.Name, "Link", a.link(who.Locale, "/sign-in/link/"+token))
}

// mayWrite counts a letter to an address. One that gets many gets no more for a while, which the
// asker is not told; one who asks for many is told to wait.
func (a *Accounts) mayWrite(tx *db.Tx, key string, v Visit) (bool, error) {
	if err := tryFrom(tx, lettersFrom, "letters_from", v); err != nil {
		return false, err
	}
	err := try(tx, letterTries, "letter", key)
	if refused(err, fault.TooMany) {
		return false, nil
	}
	return err == nil, err
}

// AskToConfirm sends a letter with a link that shows who asks reads that e-mail: the token of a ticket
// for that purpose behind a path. It is held to the limits of a sign-up. Field: "email".
func (a *Accounts) AskToConfirm(tx *db.Tx, email string, tag lang.Tag, letter, path, purpose string, data any, v Visit) error {
	key, err := EmailKey(email)
	if err != nil {
		return err
	}
	if more, err := a.mayWrite(tx, key, v); !more || err != nil {
		return err
	}
	token, err := Issue(tx, purpose, "", data, signUpLife)
	if err != nil {
		return err
	}
	return a.Send(tx, lang.Clean(email), checkLocale(tag), letter, "Link", a.link(tag, path+token))
}

func (a *Accounts) link(tag lang.Tag, path string) string {
	if tag == lang.En {
		path = "/en" + path
	}
	return a.BaseURL + path
}

// LinkTold returns whom a link of SendSignIn signs in, to be shown before SignInByLink; the fault
// Gone when it opens no more.
func (a *Accounts) LinkTold(tx *db.Tx, token string) (email string, err error) {
	var next string
	id, err := Look(tx, token, forSignIn, &next)
	if err != nil {
		return "", err
	}
	who, err := a.Get(tx, id)
	if err != nil {
		return "", err
	}
	return who.Email, nil
}

// SignInByLink takes the link of a letter back and signs in, or asks for the second factor.
func (a *Accounts) SignInByLink(tx *db.Tx, token string, v Visit) (Entry, error) {
	var next string
	id, err := Redeem(tx, token, forSignIn, &next)
	if err != nil {
		return Entry{}, err
	}
	who, err := a.Get(tx, id)
	if err != nil {
		return Entry{}, fmt.Errorf("sign in by link: %w", err)
	}
	if err := forgive(tx, "letter", keyOf(who)); err != nil {
		return Entry{}, err
	}
	entry, err := a.enter(tx, who, "link", v)
	entry.Next = next
	return entry, err
}

func keyOf(who *Account) string {
	key, _ := EmailKey(who.Email)
	return key
}
