package web_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/a-h/templ"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
)

// house is a small site with one route of each sort.
func house(t *testing.T, change func(*web.Config)) *httptest.Server {
	t.Helper()
	words, err := lang.Load(web.Texts)
	if err != nil {
		t.Fatal(err)
	}
	c := web.Config{
		DB: dbtest.Open(t, "sqlite"), Words: words, Demo: true, Session: sessions,
		Site:   web.Site{Name: lang.Both{Vi: "Sàn giao dịch", En: "Exchange"}, ShortName: lang.Both{Vi: "TP. Cần Thơ", En: "Can Tho City"}},
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Menu:   []web.MenuItem{{"/page", "web.home"}},
		Pages: []web.Route{
			{"GET /{$}", page("home"), account.Anyone},
			{"GET /page", page("one page"), account.Anyone},
			{"GET /members", page("the secret title"), account.MaySeeOwn},
			{"GET /staff", page("the secret title"), account.MaySeeStaff},
			{"POST /members", saved, account.MayPost},
			{"GET /amiss", fails(fault.New(fault.Invalid, "web.title_invalid").At("title", "web.go_back")), account.Anyone},
			{"GET /broken", fails(context.DeadlineExceeded), account.Anyone},
			{"GET /panic", func(http.ResponseWriter, *http.Request) error { panic("a hidden reason") }, account.Anyone},
		},
	}
	if change != nil {
		change(&c)
	}
	s, err := web.New(c)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	return server
}

func sessions(_ *db.Tx, token string) (account.Actor, error) {
	switch token {
	case "member":
		return account.Actor{ID: "1", Name: "Lê Thị Sông"}, nil
	case "inspector":
		return account.Actor{ID: "2", Name: "Thanh tra", Roles: []account.Role{account.Inspector}}, nil
	}
	return account.Actor{}, fault.New(fault.SignIn, "web.sign_in_first")
}

func page(title string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		return web.Show(w, r, web.Page{Title: title}, templ.Raw("<h1>"+title+"</h1>"+strings.Repeat("<p>water and boats</p>", 60)))
	}
}

func fails(err error) web.Handler {
	return func(http.ResponseWriter, *http.Request) error { return err }
}

func saved(w http.ResponseWriter, r *http.Request) error {
	web.Notice(w, r, "web.too_many_values", "N", len(web.Form(r).Text("title")))
	return web.Goto(w, r, "/page")
}

// call sends a request as whoever holds the session and returns status, header and body.
func call(t *testing.T, s *httptest.Server, method, path, session, body string, header ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, s.URL+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if session != "" {
		r.AddCookie(&http.Cookie{Name: "chonoi", Value: session})
	}
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, string(text)
}

func wants(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%q is missing in:\n%.1500s", part, text)
		}
	}
}

func lacks(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if strings.Contains(text, part) {
			t.Errorf("%q must not be in:\n%.1500s", part, text)
		}
	}
}

func TestAPageSpeaksTheTongueOfItsAddressAndLeadsToItsTwin(t *testing.T) {
	s := house(t, nil)
	res, text := call(t, s, "GET", "/page?q=1", "", "")
	if res.StatusCode != 200 {
		t.Fatal(res.Status, text)
	}
	wants(t, text, `<html lang="vi" data-theme="auto">`, "Đăng nhập", `href="/en/page?q=1"`, `aria-current="page"`, `/sign-in?next=%2Fpage%3Fq%3D1`)
	_, text = call(t, s, "GET", "/en/page", "", "")
	wants(t, text, `<html lang="en" data-theme="auto">`, "Sign in", `href="/page"`, "Skip to main content")
}

func TestWhoMayNotIsTurnedAwayWithoutLearningTheTitle(t *testing.T) {
	s := house(t, nil)
	res, _ := call(t, s, "GET", "/en/members?x=1", "", "")
	if got := res.Header.Get("Location"); res.StatusCode != 303 || got != "/en/sign-in?next="+url.QueryEscape("/en/members?x=1") {
		t.Errorf("%s %s", res.Status, got)
	}
	res, text := call(t, s, "GET", "/staff", "member", "")
	if res.StatusCode != 403 {
		t.Error(res.Status)
	}
	wants(t, text, "Bạn không có quyền mở trang này", "Lê Thị Sông")
	lacks(t, text, "secret title")
}

func files(t *testing.T, glob string) []string {
	t.Helper()
	list, err := filepath.Glob(glob)
	if err != nil {
		t.Fatal(err)
	}
	return list
}
