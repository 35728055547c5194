package provider_test

import (
	"crypto/sha256"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"github.com/zitadel/oidc/v3/example/server/storage"
	"github.com/zitadel/oidc/v3/pkg/op"

	"chonoi/internal/account/provider"
	"chonoi/internal/fault"
)

const back = "http://localhost:9999/auth/callback"

// realProvider runs an identity provider at which one person is signed in already.
func realProvider(t *testing.T) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	storage.RegisterClients(storage.WebClient("chonoi", "bí mật", back))
	kept := storage.NewStorage(people{storage.NewUserStore(server.URL)})
	idp, err := op.NewProvider(&op.Config{CryptoKey: sha256.Sum256([]byte("test")), CodeMethodS256: true}, kept,
		op.StaticIssuer(server.URL), op.WithAllowInsecure())
	if err != nil {
		t.Fatal(err)
	}
	mux.Handle("/", idp)
	mux.HandleFunc("/login/username", func(w http.ResponseWriter, r *http.Request) {
		id := r.FormValue("authRequestID")
		if err := kept.CheckUsernamePassword("lan", "verysecure", id); err != nil {
			http.Error(w, err.Error(), http.StatusForbidden)
			return
		}
		ctx := op.ContextWithIssuer(r.Context(), server.URL)
		http.Redirect(w, r, op.AuthCallbackURL(idp)(ctx, id), http.StatusFound)
	})
	return server
}

// people are those whom the provider knows.
type people struct{ storage.UserStore }

func (p people) GetUserByID(id string) *storage.User {
	if id != "lan-7" {
		return nil
	}
	return &storage.User{ID: id, Username: "lan", Password: "verysecure", FirstName: "Lan", LastName: "Trần", Email: "lan@truong.edu.vn", EmailVerified: true}
}

func (p people) GetUserByUsername(name string) *storage.User {
	if name != "lan" {
		return nil
	}
	return p.GetUserByID("lan-7")
}

// come follows the address as a browser does, until the provider sends it back.
func come(t *testing.T, address string) url.Values {
	t.Helper()
	var at *url.URL
	stop := errors.New("back")
	browser := &http.Client{CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if r.URL.Host == "localhost:9999" {
			at = r.URL
			return stop
		}
		return nil
	}}
	response, err := browser.Get(address)
	if err == nil {
		response.Body.Close()
		t.Fatalf("not sent back: %s", response.Status)
	}
	if at == nil {
		t.Fatal(err)
	}
	return at.Query()
}

func TestAProviderTellsWhoSignedIn(t *testing.T) {
	server := realProvider(t)
	p := provider.New(provider.Config{Issuer: server.URL, ClientID: "chonoi", Secret: "bí mật"}, back)
	address, round, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	q := come(t, address)
	who, err := p.Finish(t.Context(), round, q.Get("state"), q.Get("code"))
	if err != nil {
		t.Fatal(err)
	}
	if who.Issuer != server.URL || who.Subject != "lan-7" || who.Email != "lan@truong.edu.vn" || !who.Verified || who.Name == "" {
		t.Errorf("%+v", who)
	}
	if _, err := p.Finish(t.Context(), round, q.Get("state"), q.Get("code")); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a code served twice: %v", err)
	}
}

func TestAnAnswerOfAnotherRoundIsRefused(t *testing.T) {
	p := provider.New(provider.Config{Issuer: realProvider(t).URL, ClientID: "chonoi", Secret: "bí mật"}, back)
	for name, spoil := range map[string]func(r *provider.Round, q url.Values){
		"another state":    func(_ *provider.Round, q url.Values) { q.Set("state", "x") },
		"another nonce":    func(r *provider.Round, _ url.Values) { r.Nonce = "x" },
		"another verifier": func(r *provider.Round, _ url.Values) { r.Verifier += "x" },
		"no code":          func(_ *provider.Round, q url.Values) { q.Del("code") },
		"a made-up code":   func(_ *provider.Round, q url.Values) { q.Set("code", "x") },
	} {
		address, round, err := p.Start(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		q := come(t, address)
		spoil(&round, q)
		if _, err := p.Finish(t.Context(), round, q.Get("state"), q.Get("code")); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAProviderThatIsAwayIsAskedAgainLater(t *testing.T) {
	server := httptest.NewServer(http.NotFoundHandler())
	server.Close()
	p := provider.New(provider.Config{Issuer: server.URL, ClientID: "chonoi"}, back)
	for range 2 {
		if _, _, err := p.Start(t.Context()); fault.KindOf(err) != fault.Unavailable {
			t.Errorf("%v", err)
		}
	}
}
