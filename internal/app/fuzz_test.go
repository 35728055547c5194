package app_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chonoi/internal/app"
)

// fuzzed are the addresses whose query, path or body is read by the house itself.
var fuzzed = []string{"/search", "/en/search", "/organisations", "/api/v1/offers", "/api/v1/search", "/api/v1/organisations/", "/sign-in", "/exports/", "/files/", "/offers/", "/listing-rules"}

// FuzzAnyQueryIsAnswered holds that no address, whatever is asked in it, meets a defect.
func FuzzAnyQueryIsAnswered(f *testing.F) {
	for n, seed := range []string{"q=m%C3%A1y+%22s%E1%BA%A5y%22+-x+gi%C3%A1%3C5+tri%E1%BB%87u", "after=AQ&sort=price", "owner=%00", "limit=-1", "%zz", "subjects=a&subjects=b&trl_band=7_9", ";;;", "after=%ff", "x" + strings.Repeat("&q=a", 500)} {
		f.Add(uint8(n), "", seed)
	}
	s := city(f, "sqlite")
	calls := 0
	f.Fuzz(func(t *testing.T, which uint8, path, query string) {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL = &url.URL{Path: fuzzed[int(which)%len(fuzzed)] + path, RawQuery: query}
		calls++
		r.RemoteAddr = fmt.Sprintf("10.%d.%d.7:1", calls/250%250, calls%250)
		w := httptest.NewRecorder()
		s.Web.Handler().ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("%v: status %d", r.URL, w.Code)
		}
	})
}

// FuzzAnyBodyIsAnswered holds that nothing that a visitor can send meets a defect.
func FuzzAnyBodyIsAnswered(f *testing.F) {
	paths := []string{"/passkeys/sign-in", "/passkeys/sign-in/challenge", "/sign-in/code", "/sign-in/link", "/theme", "/sign-up", "/sign-in/link/none", "/sign-up/confirm/none"}
	for n, seed := range []string{`{"id":"a","rawId":"a","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AAAA","signature":"AA","userHandle":"AA"}}`, `{}`, "code=000000", "email=a@b.example", "theme=dark&back=//x", "email=%ff&name=%00", "", `[[[[`} {
		f.Add(uint8(n), n < 2, []byte(seed))
	}
	s := city(f, "sqlite")
	calls := 0
	f.Fuzz(func(t *testing.T, which uint8, json bool, body []byte) {
		r := httptest.NewRequest(http.MethodPost, paths[int(which)%len(paths)], strings.NewReader(string(body)))
		r.Header.Set("Content-Type", map[bool]string{true: "application/json", false: "application/x-www-form-urlencoded"}[json])
		calls++
		r.RemoteAddr = fmt.Sprintf("10.%d.%d.7:1", calls/250%250, calls%250)
		w := httptest.NewRecorder()
		s.Web.Handler().ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("%s: status %d", r.URL, w.Code)
		}
	})
}

// FuzzConfig holds that whatever stands in config.toml is a configuration or a refusal.
func FuzzConfig(f *testing.F) {
	for _, seed := range []string{"", "addr = \"127.0.0.1:80\"\n[mail]\nhost = \"x\"\nport = 587", "[[mail]]", "addr = 1", "unknown = true", "[site]\nname_vi = \"\\u0000\"", "a.b.c.d = [[[[", "\xff", strings.Repeat("[", 5000)} {
		f.Add([]byte(seed))
	}
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, text []byte) {
		if err := os.WriteFile(filepath.Join(dir, "config.toml"), text, 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := app.ReadConfig(dir)
		if err == nil && c.Address() == "" {
			t.Error("a configuration without a database")
		}
		_ = c.Shown()
	})
}
