// Package provider asks an identity provider who somebody is, by OpenID Connect: authorisation code
// with PKCE, state and nonce. Package account decides whom the answer lets in.
package provider

import (
	"context"
	"crypto/subtle"
	"fmt"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// Config is one identity provider, such as a city's sign-on or VNeID. Empty when there is none.
type Config struct {
	Issuer   string // URL at which its configuration is found
	ClientID string
	Secret   string
	Label    lang.Both // what people call it
}

// wait is how long a provider may take to answer.
const wait = 10 * time.Second

// Provider is an identity provider. It is asked for its configuration when it is first needed, so
// the house also opens while the provider is away.
type Provider struct {
	Config
	back string // address that the provider sends people back to

	mu    sync.Mutex
	found *oidc.Provider
}

// New returns the provider that sends people back to that address.
func New(c Config, back string) *Provider { return &Provider{Config: c, back: back} }

// Round is what must be remembered between Start and Finish; it never leaves the house.
type Round struct{ State, Nonce, Verifier string }

// Start returns the address at which the provider asks people to sign in, and the round it belongs
// to. The fault Unavailable tells that the provider does not answer.
func (p *Provider) Start(ctx context.Context) (address string, round Round, err error) {
	ctx, stop := context.WithTimeout(ctx, wait)
	defer stop()
	_, flow, err := p.flow(ctx)
	if err != nil {
		return "", Round{}, err
	}
	round = Round{State: oauth2.GenerateVerifier(), Nonce: oauth2.GenerateVerifier(), Verifier: oauth2.GenerateVerifier()}
	address = flow.AuthCodeURL(round.State, oidc.Nonce(round.Nonce), oauth2.S256ChallengeOption(round.Verifier))
	return address, round, nil
}

// Finish asks the provider who signed in with that code in that round. An answer that does not
// belong to the round, or is not signed by the provider for this house, is the fault Forbidden.
func (p *Provider) Finish(ctx context.Context, round Round, state, code string) (account.Identity, error) {
	refused := fault.New(fault.Forbidden, "account.provider_refused")
	if code == "" || subtle.ConstantTimeCompare([]byte(state), []byte(round.State)) != 1 {
		return account.Identity{}, refused
	}
	ctx, stop := context.WithTimeout(ctx, wait)
	defer stop()
	found, flow, err := p.flow(ctx)
	if err != nil {
		return account.Identity{}, err
	}
	token, err := flow.Exchange(ctx, code, oauth2.VerifierOption(round.Verifier))
	if err != nil {
		return account.Identity{}, refused
	}
	raw, _ := token.Extra("id_token").(string)
	signed, err := found.Verifier(&oidc.Config{ClientID: p.ClientID}).Verify(ctx, raw)
	if err != nil || subtle.ConstantTimeCompare([]byte(signed.Nonce), []byte(round.Nonce)) != 1 {
		return account.Identity{}, refused
	}
	var told claims
	if err := signed.Claims(&told); err != nil {
		return account.Identity{}, refused
	}
	if told.Email == "" {
		if told, err = p.ask(ctx, found, token, signed.Subject); err != nil {
			return account.Identity{}, refused
		}
	}
	return account.Identity{Issuer: signed.Issuer, Subject: signed.Subject, Email: told.Email, Verified: bool(told.Verified), Name: told.Name}, nil
}

// ask reads what the provider does not write into the token but tells on asking.
func (p *Provider) ask(ctx context.Context, found *oidc.Provider, token *oauth2.Token, subject string) (claims, error) {
	var told claims
	info, err := found.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return told, err
	}
	if info.Subject != subject {
		return told, fmt.Errorf("the provider speaks of %q, not of %q", info.Subject, subject)
	}
	return told, info.Claims(&told)
}

type claims struct {
	Email    string `json:"email"`
	Verified flag   `json:"email_verified"`
	Name     string `json:"name"`
}

// flag is a truth that some providers write as a word.
type flag bool

// UnmarshalJSON takes true and "true" for yes, and all else for no.
func (f *flag) UnmarshalJSON(raw []byte) error {
	*f = string(raw) == "true" || string(raw) == `"true"`
	return nil
}

// flow returns the provider's configuration, asked for once.
func (p *Provider) flow(ctx context.Context) (*oidc.Provider, *oauth2.Config, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found == nil {
		found, err := oidc.NewProvider(ctx, p.Issuer)
		if err != nil {
			return nil, nil, fmt.Errorf("ask %s: %w: %w", p.Issuer, fault.New(fault.Unavailable, "account.provider_away"), err)
		}
		p.found = found
	}
	return p.found, &oauth2.Config{
		ClientID: p.ClientID, ClientSecret: p.Secret, Endpoint: p.found.Endpoint(), RedirectURL: p.back,
		Scopes: []string{oidc.ScopeOpenID, "profile", "email"},
	}, nil
}
