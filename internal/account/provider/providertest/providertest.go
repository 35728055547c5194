// Package providertest runs a real identity provider for tests, at which one person is signed in.
package providertest

import (
	"crypto/sha256"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"

	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/op"

	"chonoi/internal/account/provider"
	"chonoi/internal/lang"
)

// Subject is what the provider calls the person who is signed in there.
const Subject = "lan-7"

// Provider is a running identity provider and what one must know to ask it.
type Provider struct {
	provider.Config
	// Unverified makes the provider say that nobody has proven the e-mail.
	Unverified atomic.Bool
	// Refuses makes the provider turn people away.
	Refuses atomic.Bool
}

// Open starts a provider that sends people back to that address. It ends with the test. Two
// providers in one test binary must not run at the same time.
func Open(t testing.TB, back string) *Provider {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p := &Provider{Config: provider.Config{
		Issuer: server.URL, ClientID: "chonoi", Secret: "bí mật", Label: lang.Both{Vi: "định danh điện tử", En: "eID"},
	}}
	storage.RegisterClients(storage.WebClient(p.ClientID, p.Secret, back))
	kept := storage.NewStorage(people{storage.NewUserStore(server.URL), p})
	idp, err := op.NewProvider(&op.Config{CryptoKey: sha256.Sum256([]byte("test")), CodeMethodS256: true}, kept,
		op.StaticIssuer(server.URL), op.WithAllowInsecure())
	if err != nil {
		t.Fatal(err)
	}
	mux.Handle("/", idp)
	mux.HandleFunc("/login/username", func(w http.ResponseWriter, r *http.Request) {
		id := r.FormValue("authRequestID")
		if p.Refuses.Load() {
			http.Redirect(w, r, back+"?error=access_denied", http.StatusFound)
			return
		}
		if err := kept.CheckUsernamePassword("lan", "verysecure", id); err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
		ctx := op.ContextWithIssuer(r.Context(), server.URL)
		http.Redirect(w, r, op.AuthCallbackURL(idp)(ctx, id), http.StatusFound)
	})
	return p
}

// people are those whom the provider knows.
type people struct {
	storage.UserStore
	provider *Provider
}

// GetUserByID returns the one person.
func (p people) GetUserByID(id string) *storage.User {
	if id != Subject {
		return nil
	}
	return &storage.User{
		ID: id, Username: "lan", Password: "verysecure", FirstName: "Lan", LastName: "Trần",
		Email: "lan@truong.edu.vn", EmailVerified: !p.provider.Unverified.Load(),
	}
}

// GetUserByUsername returns the one person.
func (p people) GetUserByUsername(name string) *storage.User {
	if name != "lan" {
		return nil
	}
	return p.GetUserByID(Subject)
}
