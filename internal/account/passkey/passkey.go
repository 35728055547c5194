// Package passkey speaks WebAuthn with browsers: it makes the challenges, checks what comes back,
// and leaves the keeping of passkeys and sessions to package account.
package passkey

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
)

// challengeLife is how long somebody may take to touch the key.
const challengeLife = 10 * time.Minute

// Passkeys checks passkeys for one site.
type Passkeys struct {
	accounts *account.Accounts
	site     *webauthn.WebAuthn
}

// New returns the passkeys of the site at that base URL. It fails on an address that is no origin.
func New(accounts *account.Accounts) (*Passkeys, error) {
	base, err := url.Parse(accounts.BaseURL)
	if err != nil || base.Host == "" {
		return nil, fmt.Errorf("passkeys: %q is no base URL", accounts.BaseURL)
	}
	needed := true
	site, err := webauthn.New(&webauthn.Config{
		RPID:          base.Hostname(),
		RPDisplayName: accounts.Name(),
		RPOrigins:     []string{base.Scheme + "://" + base.Host},
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			RequireResidentKey: &needed,
			ResidentKey:        protocol.ResidentKeyRequirementRequired,
			UserVerification:   protocol.VerificationRequired,
		},
		AttestationPreference: protocol.PreferNoAttestation,
	})
	if err != nil {
		return nil, fmt.Errorf("passkeys: %w", err)
	}
	return &Passkeys{accounts, site}, nil
}

// Challenge is what a browser is asked: Options as the WebAuthn JSON, and the ticket to answer with.
type Challenge struct {
	Ticket  string          `json:"ticket"`
	Options json.RawMessage `json:"options"`
}

func challenge(tx *db.Tx, purpose string, id account.ID, options any, session *webauthn.SessionData) (Challenge, error) {
	raw, err := json.Marshal(options)
	if err != nil {
		return Challenge{}, fmt.Errorf("write a challenge: %w", err)
	}
	ticket, err := account.Issue(tx, purpose, id, session, challengeLife)
	return Challenge{ticket, raw}, err
}

// AskToSignIn makes a challenge for whoever sits there; the browser offers the passkeys it has.
func (p *Passkeys) AskToSignIn(tx *db.Tx) (Challenge, error) {
	assertion, session, err := p.site.BeginDiscoverableLogin()
	if err != nil {
		return Challenge{}, fmt.Errorf("ask for a passkey: %w", err)
	}
	return challenge(tx, account.ForPasskey, "", assertion.Response, session)
}

// SignIn lets in whose passkey signed the challenge of that ticket. Whatever is amiss with the
// answer, or a ticket that was used before or is too old, is the fault Forbidden.
func (p *Passkeys) SignIn(tx *db.Tx, ticket string, answer []byte, v account.Visit) (account.Entry, error) {
	var session webauthn.SessionData
	if _, err := account.Redeem(tx, ticket, account.ForPasskey, &session); err != nil {
		return account.Entry{}, late(err)
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return account.Entry{}, errRefused
	}
	var broken error
	owner := func(_, handle []byte) (webauthn.User, error) {
		u, err := p.user(tx, account.ID(handle))
		if err != nil && fault.KindOf(err) == fault.Internal {
			broken = err
		}
		return u, err
	}
	who, credential, err := p.site.ValidatePasskeyLogin(owner, session, parsed)
	if broken != nil {
		return account.Entry{}, broken
	}
	if err != nil || credential.Authenticator.CloneWarning {
		return account.Entry{}, errRefused
	}
	record, err := json.Marshal(credential)
	if err != nil {
		return account.Entry{}, fmt.Errorf("write a passkey: %w", err)
	}
	if err := p.accounts.UsePasskey(tx, account.Passkey{ID: name(credential.ID), Record: string(record)}); err != nil {
		return account.Entry{}, err
	}
	return p.accounts.EnterBy(tx, account.ID(who.WebAuthnID()), "passkey", v)
}

// AskToMake makes a challenge for a new passkey of the actor, other than those they have. It asks
// for a fresh session.
func (p *Passkeys) AskToMake(tx *db.Tx, actor account.Actor) (Challenge, error) {
	if err := p.accounts.Fresh(tx, actor); err != nil {
		return Challenge{}, err
	}
	u, err := p.user(tx, actor.ID)
	if err != nil {
		return Challenge{}, err
	}
	known := webauthn.Credentials(u.credentials).CredentialDescriptors()
	creation, session, err := p.site.BeginRegistration(u, webauthn.WithExclusions(known))
	if err != nil {
		return Challenge{}, fmt.Errorf("ask for a new passkey: %w", err)
	}
	creation.Response.RelyingParty.Name = p.accounts.Name() // as it is now
	return challenge(tx, account.ForCreation, actor.ID, creation.Response, session)
}

// Make keeps the passkey that answers the challenge of that ticket, under a name that the owner
// knows it by. Whatever is amiss with the answer is the fault Forbidden.
func (p *Passkeys) Make(tx *db.Tx, actor account.Actor, ticket, called string, answer []byte) error {
	var session webauthn.SessionData
	id, err := account.Redeem(tx, ticket, account.ForCreation, &session)
	if err != nil {
		return late(err)
	}
	if id != actor.ID {
		return errRefused
	}
	u, err := p.user(tx, actor.ID)
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return errRefused
	}
	credential, err := p.site.CreateCredential(u, session, parsed)
	if err != nil {
		return errRefused
	}
	record, err := json.Marshal(credential)
	if err != nil {
		return fmt.Errorf("write a passkey: %w", err)
	}
	return p.accounts.AddPasskey(tx, actor, account.Passkey{ID: name(credential.ID), Name: called, Record: string(record)})
}

var errRefused = fault.New(fault.Forbidden, "account.passkey_refused")

// late makes the refusal of a ticket one of a passkey: nobody sees the ticket.
func late(err error) error {
	if fault.KindOf(err) == fault.Gone {
		return errRefused
	}
	return err
}

func name(id []byte) string { return base64.RawURLEncoding.EncodeToString(id) }

// user is an account as WebAuthn sees it; the account's id is its handle.
type user struct {
	*account.Account
	credentials []webauthn.Credential
}

func (p *Passkeys) user(tx *db.Tx, id account.ID) (*user, error) {
	who, err := p.accounts.Get(tx, id)
	if err != nil {
		return nil, err
	}
	all, err := p.accounts.Passkeys(tx, id)
	if err != nil {
		return nil, err
	}
	u := &user{Account: who}
	for _, one := range all {
		var c webauthn.Credential
		if err := json.Unmarshal([]byte(one.Record), &c); err != nil {
			return nil, fmt.Errorf("read passkey %s: %w", one.ID, err)
		}
		u.credentials = append(u.credentials, c)
	}
	return u, nil
}

// WebAuthnID returns the handle that a passkey keeps of its owner.
func (u *user) WebAuthnID() []byte { return []byte(u.ID) }

// WebAuthnName returns what tells the owner's accounts apart in the browser's list.
func (u *user) WebAuthnName() string { return u.Email }

// WebAuthnDisplayName returns what the browser calls the owner.
func (u *user) WebAuthnDisplayName() string { return u.Name }

// WebAuthnCredentials returns all passkeys of the owner.
func (u *user) WebAuthnCredentials() []webauthn.Credential { return u.credentials }
