package provider_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"chonoi/internal/account/provider"
	"chonoi/internal/account/provider/providertest"
	"chonoi/internal/fault"
)

const back = "http://localhost:9999/auth/callback"

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
	idp := providertest.Open(t, back)
	p := provider.New(idp.Config, back)
	address, round, err := p.Start(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	q := come(t, address)
	who, err := p.Finish(t.Context(), round, q.Get("state"), q.Get("code"))
	if err != nil {
		t.Fatal(err)
	}
	if who.Issuer != idp.Issuer || who.Subject != providertest.Subject || who.Email != "lan@truong.edu.vn" || !who.Verified || who.Name == "" {
		t.Errorf("%+v", who)
	}
	if _, err := p.Finish(t.Context(), round, q.Get("state"), q.Get("code")); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("a code served twice: %v", err)
	}
}

func TestAnAnswerOfAnotherRoundIsRefused(t *testing.T) {
	p := provider.New(providertest.Open(t, back).Config, back)
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
