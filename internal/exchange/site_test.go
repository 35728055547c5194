package exchange

import (
	"bytes"
	"html"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/internal/search"
	"chonoi/internal/web"
)

// site is the exchange's pages, served.
type site struct {
	t    *testing.T
	d    *db.DB
	x    *Exchange
	base string
}

// nobody acts for no organisation.
var nobody = account.Actor{ID: "nobody", Name: "Người Mới"}

func openSite(t *testing.T) *site {
	t.Helper()
	d := dbtest.Open(t, "sqlite", schemas...)
	x := floor(t, d)
	store, err := file.InFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	x.Files = store
	x.Index = search.New
	words, err := lang.Load(field.Texts, file.Texts, search.Texts, web.Texts, record.Texts, registry.Texts, Texts)
	if err != nil {
		t.Fatal(err)
	}
	s, err := web.New(web.Config{DB: d, Words: words, Logger: slog.New(slog.DiscardHandler), Pages: x.Routes(), Special: x.PaperRoutes(), Session: func(_ *db.Tx, token string) (account.Actor, error) {
		for _, a := range []account.Actor{lan, minh, clerk, nobody} {
			if string(a.ID) == token {
				return a, nil
			}
		}
		return account.Actor{}, fault.New(fault.SignIn, "web.sign_in_first")
	}})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	return &site{t: t, d: d, x: x, base: server.URL}
}

// browser is a reader with a session; "" is a visitor.
func (s *site) browser(who account.Actor) *http.Client {
	jar, _ := cookiejar.New(nil)
	base, _ := url.Parse(s.base)
	if who.ID != "" {
		jar.SetCookies(base, []*http.Cookie{{Name: "chonoi", Value: string(who.ID), Path: "/"}})
	}
	return &http.Client{Jar: jar}
}

// get opens a page and returns its status, its address after redirects, and its text.
func (s *site) get(who account.Actor, path string) (int, string, string) {
	s.t.Helper()
	return s.read(s.browser(who).Get(s.base + path))
}

func (s *site) post(who account.Actor, path string, values typed) (int, string, string) {
	s.t.Helper()
	r, err := http.NewRequest(http.MethodPost, s.base+path, strings.NewReader(url.Values(values).Encode()))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", s.base)
	return s.read(s.browser(who).Do(r))
}

func (s *site) send(who account.Actor, path, name string, content []byte, values map[string]string) (int, string, string) {
	s.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, v := range values {
		_ = form.WriteField(k, v)
	}
	part, _ := form.CreateFormFile("file", name)
	_, _ = part.Write(content)
	form.Close()
	r, err := http.NewRequest(http.MethodPost, s.base+path, &body)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Origin", s.base)
	return s.read(s.browser(who).Do(r))
}

func (s *site) read(answer *http.Response, err error) (int, string, string) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	text := html.UnescapeString(string(body))
	if strings.Contains(answer.Header.Get("Content-Type"), "text/html") {
		if key := unsaid.FindString(text); key != "" {
			s.t.Errorf("%s says the key %s", answer.Request.URL.Path, key)
		}
	}
	return answer.StatusCode, answer.Request.URL.RequestURI(), text
}

// unsaid is a text key that was shown instead of its words.
var unsaid = regexp.MustCompile(`\b(post|merge|mine|history|plain|preview|leaving|renewal|listing|offer|need|act|claim|parts|field|state)\.[a-z_]{3,}(\.[a-z_]+)*\b`)

// has fails unless the page holds all the texts.
func (s *site) has(page string, texts ...string) {
	s.t.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			s.t.Errorf("the page lacks %q\n%s", text, clip(mainOf(page), 3000))
		}
	}
}

func mainOf(page string) string {
	if i := strings.Index(page, "<main"); i >= 0 {
		return page[i:]
	}
	return page
}

func (s *site) status(got, want int, page string) {
	s.t.Helper()
	if got != want {
		s.t.Fatalf("status %d, want %d\n%s", got, want, clip(mainOf(page), 2000))
	}
}

func (s *site) papers(id string) (all []record.Attachment) {
	s.t.Helper()
	err := s.d.View(s.t.Context(), func(tx *db.Tx) error {
		var err error
		all, err = record.Attachments(tx, "offer", id)
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}
