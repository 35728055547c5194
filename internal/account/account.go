package account

import (
	"embed"
	"errors"
	"fmt"
	"net/mail"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"chonoi/internal/account/seal"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// Schema is the tables of accounts.
//
//go:embed schema/*.sql
var Schema embed.FS

// Texts is what people read of this package, its letters among it.
//
//go:embed texts.toml
var Texts embed.FS

// Account is one person with a way to sign in (tài khoản).
type Account struct {
	ID          ID
	Email       string
	Name        string
	Locale      lang.Tag
	HasPassword bool
	Created     time.Time
	Confirmed   time.Time // when the e-mail was proven to be theirs
	Suspended   time.Time // zero but for an account that an administrator shut
	Closed      time.Time // zero but for an account that its owner closed
	Roles       []Role
	Memberships []Membership

	password string
}

// Changed is one fact that an act changed, in its stored form.
type Changed struct{ Field, Old, New string }

// Note writes what was done into the ledger, in the transaction of the act.
type Note func(tx *db.Tx, actor ID, act, kind, id string, change ...Changed) error

// Send puts a letter on its way once the transaction is committed. Args are name, value pairs.
type Send func(tx *db.Tx, to string, tag lang.Tag, letter string, args ...any) error

// Config is what accounts need of the rest of the house.
type Config struct {
	Name    func() string // of the site, as an authenticator app shows it
	BaseURL string        // of the site, without a slash at its end; links in letters begin with it
	Key     *seal.Ring    // seals secrets that are read back; nil while the installation has not its key
	// Unreached tells that letters reach nobody, so that a link in one is no way in.
	Unreached bool
	Note      Note
	Send      Send
	// OrganisationName tells the name of an organisation in letters.
	OrganisationName func(tx *db.Tx, id string) (lang.Both, error)
	// Forget erases what other floors keep for a person whose account is closed; it may be nil.
	Forget func(tx *db.Tx, id ID) error
}

// Accounts are all people of the house and their ways in. Its acts on a transaction keep or lose
// all they wrote with it; those that take the database hash, or must remember a failed try, and
// so begin their transactions themselves.
type Accounts struct {
	Config
	hashing chan struct{}

	mu   sync.Mutex
	seen map[string]time.Time // id of a session -> last seen, not yet written
}

// New returns the accounts. It fails when something of the configuration is missing.
func New(c Config) (*Accounts, error) {
	if c.Name == nil || c.BaseURL == "" || c.Note == nil || c.Send == nil || c.OrganisationName == nil {
		return nil, errors.New("account: name, base URL, note, send and the names of organisations are needed")
	}
	c.BaseURL = strings.TrimSuffix(c.BaseURL, "/")
	return &Accounts{Config: c, hashing: make(chan struct{}, hashers()), seen: map[string]time.Time{}}, nil
}

// EmailKey returns an e-mail address as it is compared, or a fault at the field "email".
func EmailKey(email string) (string, error) {
	email = lang.Clean(email)
	parsed, err := mail.ParseAddress(email)
	_, domain, _ := strings.Cut(email, "@")
	if err != nil || parsed.Address != email || len(email) > 254 || !ascii(email) || !strings.Contains(domain, ".") {
		return "", fault.New(fault.Invalid, "account.check_fields").At("email", "account.email_amiss")
	}
	return strings.ToLower(email), nil
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= utf8.RuneSelf })
}

// checkName returns a person's name as it is stored, or a fault at the field "name".
func checkName(name string) (string, error) {
	name = strings.Join(strings.Fields(lang.Clean(name)), " ")
	n := utf8.RuneCountInString(name)
	if n < 2 || n > 80 || strings.ContainsAny(name, "<>/\\@") || !strings.ContainsFunc(name, unicode.IsLetter) {
		return "", fault.New(fault.Invalid, "account.check_fields").At("name", "account.name_amiss")
	}
	return name, nil
}

func checkLocale(tag lang.Tag) lang.Tag {
	if slices.Contains(lang.Tags, tag) {
		return tag
	}
	return lang.Vi
}

// open creates an account whose e-mail is proven.
func (a *Accounts) open(tx *db.Tx, by ID, email, name string, tag lang.Tag) (*Account, error) {
	key, err := EmailKey(email)
	if err != nil {
		return nil, err
	}
	if name, err = checkName(name); err != nil {
		return nil, err
	}
	who := &Account{
		ID: ID(db.NewID(tx.Now)), Email: lang.Clean(email), Name: name, Locale: checkLocale(tag),
		Created: tx.Now, Confirmed: tx.Now,
	}
	if err := insertAccount(tx, who, key); err != nil {
		return nil, fmt.Errorf("open an account: %w", err)
	}
	if by == "" {
		by = who.ID
	}
	return who, a.Note(tx, by, "account.opened", "account", string(who.ID))
}

// Get returns the account of that id, closed ones too, or the fault NotFound.
func (a *Accounts) Get(tx *db.Tx, id ID) (*Account, error) {
	return accountWhere(tx, byID, string(id))
}

// ByEmail returns the account of that e-mail, or the fault NotFound. It is not for visitors to ask.
func (a *Accounts) ByEmail(tx *db.Tx, email string) (*Account, error) {
	key, err := EmailKey(email)
	if err != nil {
		return nil, err
	}
	return accountWhere(tx, byEmail, key)
}

// Rename changes the actor's name and tongue. The fault Invalid tells of a name that is none.
func (a *Accounts) Rename(tx *db.Tx, actor Actor, name string, tag lang.Tag) error {
	who, err := a.Get(tx, actor.ID)
	if err != nil {
		return err
	}
	if name, err = checkName(name); err != nil {
		return err
	}
	tag = checkLocale(tag)
	if name == who.Name && tag == who.Locale {
		return nil
	}
	if err := updateProfile(tx, who.ID, name, found(name, who.Email), tag); err != nil {
		return fmt.Errorf("rename account %s: %w", who.ID, err)
	}
	return a.Note(tx, actor.ID, "account.renamed", "account", string(who.ID),
		Changed{"name", who.Name, name}, Changed{"locale", string(who.Locale), string(tag)})
}

// Close closes the actor's account for good: its name and e-mail, its ways in, sessions, roles and
// memberships are erased; the id stays for what it did. It asks for a fresh session; the last
// administrator cannot go.
func (a *Accounts) Close(tx *db.Tx, actor Actor) error {
	if err := a.Fresh(tx, actor); err != nil {
		return err
	}
	if err := a.keepAnAdministrator(tx, actor.ID); err != nil {
		return err
	}
	if err := eraseAccount(tx, actor.ID); err != nil {
		return fmt.Errorf("close account %s: %w", actor.ID, err)
	}
	if a.Forget != nil {
		if err := a.Forget(tx, actor.ID); err != nil {
			return fmt.Errorf("forget account %s: %w", actor.ID, err)
		}
	}
	return a.Note(tx, actor.ID, "account.closed", "account", string(actor.ID))
}

// Suspend shuts an account until Restore: its sessions end and it cannot sign in. Administrators
// may; the last administrator cannot be shut.
func (a *Accounts) Suspend(tx *db.Tx, actor Actor, id ID) error {
	who, err := a.administered(tx, actor, id)
	if err != nil {
		return err
	}
	if !who.Suspended.IsZero() {
		return nil
	}
	if err := a.keepAnAdministrator(tx, id); err != nil {
		return err
	}
	if err := setSuspended(tx, id, tx.Now); err != nil {
		return fmt.Errorf("suspend account %s: %w", id, err)
	}
	return a.Note(tx, actor.ID, "account.suspended", "account", string(id))
}

// Restore opens a suspended account again. Administrators may.
func (a *Accounts) Restore(tx *db.Tx, actor Actor, id ID) error {
	who, err := a.administered(tx, actor, id)
	if err != nil || who.Suspended.IsZero() {
		return err
	}
	if err := setSuspended(tx, id, time.Time{}); err != nil {
		return fmt.Errorf("restore account %s: %w", id, err)
	}
	return a.Note(tx, actor.ID, "account.restored", "account", string(id))
}

// administered returns an account that the actor may administer.
func (a *Accounts) administered(tx *db.Tx, actor Actor, id ID) (*Account, error) {
	if !MayAdminister.Allows(actor) {
		return nil, fault.New(fault.Forbidden, "account.administrators_only")
	}
	who, err := a.Get(tx, id)
	if err == nil && !who.Closed.IsZero() {
		err = fault.New(fault.Gone, "account.is_closed")
	}
	return who, err
}

func found(name, email string) string { return lang.Fold(name + " " + email) }
