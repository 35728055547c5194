package account

import (
	"context"
	"slices"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// Query asks for accounts: whose name or e-mail holds the words of Text, with that role, after the
// account of that id in the list.
type Query struct {
	Text  string
	Role  Role
	After ID
	Limit int // 50 when 0
}

// People lists accounts, newest first, and the id to go on after, "" at the end. Closed accounts
// are not listed. Who may see it, the caller has checked.
func (a *Accounts) People(tx *db.Tx, q Query) (list []*Account, next ID, err error) {
	if q.Limit <= 0 {
		q.Limit = 50
	}
	list, err = people(tx, q)
	if err != nil {
		return nil, "", err
	}
	if len(list) > q.Limit {
		list = list[:q.Limit]
		next = list[q.Limit-1].ID
	}
	return list, next, nil
}

// CreateWithRoles opens an account with a proven e-mail and roles, as the command line does; by is
// written into the ledger. The fault Conflict tells that the e-mail is taken.
func (a *Accounts) CreateWithRoles(tx *db.Tx, by ID, email, name string, tag lang.Tag, roles []Role) (*Account, error) {
	who, err := a.open(tx, by, email, name, tag)
	if err != nil {
		return nil, err
	}
	if err := a.setRoles(tx, by, who, roles); err != nil {
		return nil, err
	}
	return a.Get(tx, who.ID)
}

// GrantRoles makes roles all that is granted to an account, for the command line. The last
// administrator stays one.
func (a *Accounts) GrantRoles(tx *db.Tx, by, id ID, roles []Role) error {
	who, err := a.Get(tx, id)
	if err != nil {
		return err
	}
	return a.setRoles(tx, by, who, roles)
}

// ResetPassword gives an account a new password and ends its sessions, for the command line.
func (a *Accounts) ResetPassword(ctx context.Context, d *db.DB, by, id ID, password string) error {
	var who *Account
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		who, err = a.Get(tx, id)
		return err
	})
	if err != nil {
		return err
	}
	if err := CheckPassword(password, who.Email, who.Name); err != nil {
		return err
	}
	hash, err := a.hash(ctx, password)
	if err != nil {
		return err
	}
	return d.Update(ctx, func(tx *db.Tx) error {
		if err := deleteSessionsBut(tx, id, ""); err != nil {
			return err
		}
		return a.putPassword(tx, by, who, hash)
	})
}

// Person is one of a cast that EnsureDemo makes.
type Person struct {
	Email, Name string
	Locale      lang.Tag
	Roles       []Role
	Memberships []Membership
	Password    string // "" for none
}

// EnsureDemo makes sure that the person of a demonstration has an account with these roles,
// memberships and password, and returns it. What is so already is left alone; no letter is sent.
func (a *Accounts) EnsureDemo(tx *db.Tx, p Person) (ID, error) {
	const by = ID("system")
	who, err := a.ByEmail(tx, p.Email)
	if refused(err, fault.NotFound) {
		who, err = a.open(tx, by, p.Email, p.Name, p.Locale)
	}
	if err != nil {
		return "", err
	}
	if err := a.setRoles(tx, by, who, p.Roles); err != nil {
		return "", err
	}
	for _, m := range p.Memberships {
		if slices.Contains(who.Memberships, m) {
			continue
		}
		if err := a.Appoint(tx, by, m.Organisation, who.ID, m.Manager); err != nil {
			return "", err
		}
	}
	if p.Password == "" || who.HasPassword {
		return who.ID, nil
	}
	hash, err := a.hash(tx.Context(), p.Password)
	if err != nil {
		return "", err
	}
	return who.ID, setPassword(tx, who.ID, hash)
}
