// Package reception is the doors of package account: signing in and up, my account, the members of
// an organisation, and the administration of people.
package reception

import (
	"embed"
	"errors"

	"chonoi/internal/account"
	"chonoi/internal/account/passkey"
	"chonoi/internal/account/provider"
	"chonoi/internal/lang"
)

// Texts is what people read of this package.
//
//go:embed texts.toml
var Texts embed.FS

// Config is what the doors lead to. Without a provider its button is not shown; Help, when told, is
// the line that says where help is found.
type Config struct {
	Accounts *account.Accounts
	Passkeys *passkey.Passkeys
	Provider *provider.Provider
	Help     lang.Both
}

// Reception shows the pages of accounts.
type Reception struct {
	*account.Accounts
	passkeys *passkey.Passkeys
	provider *provider.Provider
	help     lang.Both
}

// New returns the doors. It fails without accounts and passkeys.
func New(c Config) (*Reception, error) {
	if c.Accounts == nil || c.Passkeys == nil {
		return nil, errors.New("reception: accounts and passkeys are needed")
	}
	return &Reception{c.Accounts, c.Passkeys, c.Provider, c.Help}, nil
}

// Back is the path to which an identity provider sends people back.
const Back = "/sign-in/provider/back"
