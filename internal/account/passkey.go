package account

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// Passkey is a key pair in somebody's phone, computer or security key that signs in (khóa truy
// cập). Record is what package passkey needs to check a signature, as JSON.
type Passkey struct {
	ID            string // the credential's id, base64url
	Account       ID
	Name          string
	Record        string
	Created, Used time.Time
}

const mostPasskeys = 20 // of one account

// Passkeys lists the passkeys of an account, oldest first.
func (a *Accounts) Passkeys(tx *db.Tx, id ID) ([]Passkey, error) { return passkeysOf(tx, id) }

// AddPasskey keeps a new passkey of the actor, whose making was checked by package passkey, and
// tells the owner by letter. It asks for a fresh session.
func (a *Accounts) AddPasskey(tx *db.Tx, actor Actor, p Passkey) error {
	if err := a.Fresh(tx, actor); err != nil {
		return err
	}
	all, err := passkeysOf(tx, actor.ID)
	if err != nil {
		return err
	}
	if len(all) >= mostPasskeys {
		return fault.New(fault.Conflict, "account.passkeys_many", "N", mostPasskeys)
	}
	p.Account, p.Created, p.Used = actor.ID, tx.Now, time.Time{}
	if p.Name, err = passkeyName(p.Name); err != nil {
		return err
	}
	if err := insertPasskey(tx, p); err != nil {
		return err
	}
	if err := a.Note(tx, actor.ID, "account.passkey_added", "account", string(actor.ID), Changed{"passkey", "", p.Name}); err != nil {
		return err
	}
	return a.Send(tx, actor.Email, actor.Locale, "account_passkey_added", "Name", actor.Name, "Passkey", p.Name)
}

// UsePasskey keeps the record of a passkey as its use has changed it.
func (a *Accounts) UsePasskey(tx *db.Tx, p Passkey) error {
	if err := updatePasskey(tx, p.ID, p.Record); err != nil {
		return fmt.Errorf("use a passkey: %w", err)
	}
	return nil
}

// passkeyName returns the name of a passkey as it is kept, or a fault at the field "name".
func passkeyName(name string) (string, error) {
	name = strings.Join(strings.Fields(lang.Clean(name)), " ")
	if name == "" || utf8.RuneCountInString(name) > 60 {
		return "", fault.New(fault.Invalid, "account.check_fields").At("name", "account.passkey_name_amiss")
	}
	return name, nil
}

// RenamePasskey changes the name that the actor knows one of their passkeys by. It opens nothing,
// so a session of any age will do. Field: "name"; the fault NotFound tells that it is none of theirs.
func (a *Accounts) RenamePasskey(tx *db.Tx, actor Actor, id, name string) error {
	name, err := passkeyName(name)
	if err != nil {
		return err
	}
	former, err := renamePasskey(tx, actor.ID, id, name)
	if err != nil || former == name {
		return err
	}
	return a.Note(tx, actor.ID, "account.passkey_renamed", "account", string(actor.ID), Changed{"passkey", former, name})
}

// DropPasskey forgets a passkey of the actor and tells the owner by letter. It asks for a fresh
// session; the fault NotFound tells that it is none of theirs, Conflict that no other way leads in.
func (a *Accounts) DropPasskey(tx *db.Tx, actor Actor, id string) error {
	if err := a.Fresh(tx, actor); err != nil {
		return err
	}
	name, err := deletePasskey(tx, actor.ID, id)
	if err != nil {
		return err
	}
	if err := a.keepAWay(tx, actor.ID); err != nil {
		return err
	}
	if err := a.Note(tx, actor.ID, "account.passkey_dropped", "account", string(actor.ID), Changed{"passkey", name, ""}); err != nil {
		return err
	}
	return a.Send(tx, actor.Email, actor.Locale, "account_passkey_dropped", "Name", actor.Name, "Passkey", name)
}

// keepAWay returns the fault Conflict when, after what was taken away in this transaction, nothing
// leads into the account any more. Where letters reach people, a link in one always does.
func (a *Accounts) keepAWay(tx *db.Tx, id ID) error {
	if !a.Unreached {
		return nil
	}
	n, err := countWays(tx, id)
	if err == nil && n == 0 {
		err = fault.New(fault.Conflict, "account.last_way")
	}
	return err
}
