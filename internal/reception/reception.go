// Package reception is the doors of package account: signing in and up, my account, the members of
// an organisation, and the administration of people.
package reception

import (
	"embed"
	"errors"

	"chonoi/internal/account"
	"chonoi/internal/account/passkey"
	"chonoi/internal/account/provider"
	"chonoi/internal/db"
)

// Texts is what people read of this package.
//
//go:embed texts.toml
var Texts embed.FS

// Config is what the doors lead to. Without a provider its button is not shown; Help, when told, says
// where help is found now.
type Config struct {
	Accounts *account.Accounts
	Passkeys *passkey.Passkeys
	Provider *provider.Provider
	Help     func() Help
	// MayJoin refuses an organisation that people may not ask to act for; without it they may ask all.
	MayJoin func(tx *db.Tx, organisation string) error
}

// Help is where people find help to sign in; "" for what there is none of.
type Help struct{ Email, Phone string }

// Reception shows the pages of accounts.
type Reception struct {
	*account.Accounts
	passkeys *passkey.Passkeys
	provider *provider.Provider
	help     func() Help
	mayJoin  func(tx *db.Tx, organisation string) error
}

// New returns the doors. It fails without accounts and passkeys.
func New(c Config) (*Reception, error) {
	if c.Accounts == nil || c.Passkeys == nil {
		return nil, errors.New("reception: accounts and passkeys are needed")
	}
	if c.Help == nil {
		c.Help = func() Help { return Help{} }
	}
	return &Reception{c.Accounts, c.Passkeys, c.Provider, c.Help, c.MayJoin}, nil
}

// Back is the path to which an identity provider sends people back.
const Back = "/sign-in/provider/back"
