package passkey_test

import (
	"encoding/json"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/account/passkey"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// How a passkey is made and signs in is tested in Chromium, with the pages of package reception.

func each(t *testing.T, body func(t *testing.T, d *db.DB, p *passkey.Passkeys, actor account.Actor)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		accounts, err := account.New(account.Config{
			Name: func() string { return "Chợ Nổi" }, BaseURL: "https://cho.example.vn:8443/",
			Note:             func(*db.Tx, account.ID, string, string, string, ...account.Changed) error { return nil },
			Send:             func(*db.Tx, string, lang.Tag, string, ...any) error { return nil },
			OrganisationName: func(*db.Tx, string) (lang.Both, error) { return lang.Both{}, nil },
		})
		if err != nil {
			t.Fatal(err)
		}
		p, err := passkey.New(accounts)
		if err != nil {
			t.Fatal(err)
		}
		var actor account.Actor
		err = d.Update(t.Context(), func(tx *db.Tx) error {
			id, err := accounts.EnsureDemo(tx, account.Person{Email: "lan@truong.edu.vn", Name: "Trần Thị Lan"})
			if err != nil {
				return err
			}
			entry, err := accounts.EnterBy(tx, id, "link", account.Visit{})
			if err != nil {
				return err
			}
			actor, err = accounts.Session(tx, entry.Token)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		body(t, d, p, actor)
	}, db.Schema{Name: "account", Files: account.Schema})
}

func TestAChallengeAsksForAVerifiedUserOfThisSite(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, p *passkey.Passkeys, actor account.Actor) {
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			c, err := p.AskToMake(tx, actor)
			if err != nil {
				return err
			}
			var told struct {
				RP                     struct{ ID string }
				User                   struct{ Name, ID string }
				AuthenticatorSelection struct{ ResidentKey, UserVerification string }
			}
			if err := json.Unmarshal(c.Options, &told); err != nil {
				return err
			}
			if told.RP.ID != "cho.example.vn" || told.User.Name != "lan@truong.edu.vn" || strings.Contains(told.User.ID, "lan") ||
				told.AuthenticatorSelection.ResidentKey != "required" || told.AuthenticatorSelection.UserVerification != "required" {
				t.Errorf("%s", c.Options)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestATicketServesOnlyItsPurposeAndItsOwner(t *testing.T) {
	each(t, func(t *testing.T, d *db.DB, p *passkey.Passkeys, actor account.Actor) {
		var signIn, creation passkey.Challenge
		err := d.Update(t.Context(), func(tx *db.Tx) (err error) {
			if signIn, err = p.AskToSignIn(tx); err != nil {
				return err
			}
			creation, err = p.AskToMake(tx, actor)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		other := actor
		other.ID = "somebody else"
		for name, act := range map[string]func(tx *db.Tx) error{
			"a ticket for making signs in": func(tx *db.Tx) error {
				_, err := p.SignIn(tx, creation.Ticket, []byte(`{}`), account.Visit{})
				return err
			},
			"a ticket for signing in makes":  func(tx *db.Tx) error { return p.Make(tx, actor, signIn.Ticket, "x", []byte(`{}`)) },
			"a ticket of somebody else":      func(tx *db.Tx) error { return p.Make(tx, other, creation.Ticket, "x", []byte(`{}`)) },
			"an answer that is none":         func(tx *db.Tx) error { return p.Make(tx, actor, creation.Ticket, "x", []byte(`[]`)) },
			"a sign-in answer that is none":  func(tx *db.Tx) error { _, err := p.SignIn(tx, signIn.Ticket, []byte(`"`), account.Visit{}); return err },
			"a sign-in without any answer":   func(tx *db.Tx) error { _, err := p.SignIn(tx, signIn.Ticket, nil, account.Visit{}); return err },
			"a ticket that was never issued": func(tx *db.Tx) error { _, err := p.SignIn(tx, "x", []byte(`{}`), account.Visit{}); return err },
		} {
			if err := d.Update(t.Context(), act); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("%s: %v", name, err)
			}
		}
	})
}
