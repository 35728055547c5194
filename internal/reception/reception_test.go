package reception_test

import (
	"html"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/account/passkey"
	"chonoi/internal/account/provider"
	"chonoi/internal/account/provider/providertest"
	"chonoi/internal/account/seal"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/reception"
	"chonoi/internal/web"
)

const password = "ghe xuồng bến nước chợ"

// house is a running site with nothing but its reception.
type house struct {
	*testing.T
	d        *db.DB
	url      string
	accounts *account.Accounts
	idp      *providertest.Provider

	mu    sync.Mutex
	links []string // in letters, in order
}

// each runs body in an empty house on both engines.
func each(t *testing.T, body func(h *house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) { body(open(t, d)) }, db.Schema{Name: "account", Files: account.Schema})
}

// open opens a house on localhost, which is where a browser allows passkeys without https.
func open(t *testing.T, d *db.DB) *house {
	t.Helper()
	h := &house{T: t, d: d}
	var handler http.Handler
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) }))
	t.Cleanup(server.Close)
	h.url = strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	key, err := seal.Parse(seal.NewKey())
	must(t, err)
	h.accounts, err = account.New(account.Config{
		Name: func() string { return "Chợ Nổi" }, BaseURL: h.url, Key: key, Send: h.send,
		Note: func(*db.Tx, account.ID, string, string, string, ...account.Changed) error { return nil },
		OrganisationName: func(_ *db.Tx, id string) (lang.Both, error) {
			if id != "song-hau" {
				return lang.Both{}, fault.New(fault.NotFound, "account.not_found")
			}
			return lang.Both{Vi: "Viện Sông Hậu", En: "Song Hau Institute"}, nil
		},
	})
	must(t, err)
	keys, err := passkey.New(h.accounts)
	must(t, err)
	h.idp = providertest.Open(t, h.url+reception.Back)
	doors, err := reception.New(reception.Config{
		Accounts: h.accounts, Passkeys: keys, Help: func() reception.Help { return reception.Help{Email: "hotro@cho.example.vn", Phone: "1900 0000"} },
		Provider: provider.New(h.idp.Config, h.url+reception.Back),
	})
	must(t, err)
	words, err := lang.Load(web.Texts, account.Texts, reception.Texts)
	must(t, err)
	site, err := web.New(web.Config{
		DB: d, Words: words, Site: web.Site{Name: lang.Both{Vi: "Chợ Nổi", En: "Floating Market"}, BaseURL: h.url},
		Pages: doors.Routes(), Special: doors.Special(), Session: h.accounts.Session,
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	must(t, err)
	handler = site.Handler()
	return h
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (h *house) send(tx *db.Tx, _ string, _ lang.Tag, _ string, args ...any) error {
	for i := 0; i < len(args); i += 2 {
		if args[i] == "Link" {
			tx.After(func() { h.mu.Lock(); defer h.mu.Unlock(); h.links = append(h.links, args[i+1].(string)) })
		}
	}
	return nil
}

// link returns the path of the link in the last letter.
func (h *house) link() string {
	h.Helper()
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.links) == 0 {
		h.Fatal("no letter")
	}
	return strings.TrimPrefix(h.links[len(h.links)-1], h.url)
}

// person makes an account.
func (h *house) person(p account.Person) account.ID {
	h.Helper()
	if p.Name == "" {
		p.Name = "Trần Thị Lan"
	}
	var id account.ID
	must(h.T, h.d.Update(h.Context(), func(tx *db.Tx) (err error) { id, err = h.accounts.EnsureDemo(tx, p); return err }))
	return id
}

// browser is somebody with cookies who follows no redirect unasked.
type browser struct {
	*house
	client *http.Client
	status int
	to     string // where the last answer led: a path of this site, or an address of another
	page   string // what the last answer showed
}

func (h *house) browser() *browser {
	jar, _ := cookiejar.New(nil)
	return &browser{house: h, client: &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// in returns a browser in which that account is signed in.
func (h *house) in(email string) *browser {
	h.Helper()
	b := h.browser()
	b.post("/sign-in", "email", email, "password", password)
	b.led("/account")
	return b
}

func (b *browser) get(path string) *browser {
	b.Helper()
	return b.ask(http.MethodGet, path, "", "")
}

// post sends a form of name, value pairs.
func (b *browser) post(path string, pairs ...string) *browser {
	b.Helper()
	form := url.Values{}
	for i := 0; i < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return b.ask(http.MethodPost, path, "application/x-www-form-urlencoded", form.Encode())
}

func (b *browser) ask(method, path, kind, body string) *browser {
	b.Helper()
	if !strings.HasPrefix(path, "http") {
		path = b.url + path
	}
	r, err := http.NewRequestWithContext(b.Context(), method, path, strings.NewReader(body))
	must(b.T, err)
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if kind == "application/json" {
		r.Header.Set("Accept", kind)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	res, err := b.client.Do(r)
	must(b.T, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	must(b.T, err)
	b.status, b.page, b.to = res.StatusCode, html.UnescapeString(string(text)), ""
	if at, err := res.Location(); err == nil {
		b.to = strings.TrimPrefix(at.String(), b.url)
	}
	return b
}

// led checks that the last answer led there.
func (b *browser) led(path string) {
	b.Helper()
	if b.status != http.StatusSeeOther || b.to != path {
		b.Fatalf("%d leads to %q, want %q\n%s", b.status, b.to, path, words(b.page))
	}
}

// shows checks status and words of the last answer.
func (b *browser) shows(status int, parts ...string) {
	b.Helper()
	if b.status != status {
		b.Errorf("status %d, want %d, leading to %q\n%s", b.status, status, b.to, words(b.page))
	}
	for _, part := range parts {
		if !strings.Contains(b.page, part) {
			b.Errorf("%q is missing in\n%s", part, words(b.page))
		}
	}
}

var tags = regexp.MustCompile(`(?s)<(head|header|footer|symbol|script)\b.*?</(head|header|footer|symbol|script)>|<[^>]*>|\s+`)

// words is what a page says, for the report of a failed test.
func words(page string) string { return tags.ReplaceAllString(page, " ") }
