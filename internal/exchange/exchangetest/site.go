package exchangetest

import (
	"bytes"
	"html"
	"io"
	"io/fs"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/internal/search"
	"chonoi/internal/web"
)

// Site is pages of the exchange, served to the cast: the token of a session is who it is.
type Site struct {
	*testing.T
	DB   *db.DB
	X    *exchange.Exchange
	Base string // its address
}

// Words are the texts of the exchange with all its sub-packages and of what it stands on.
func Words(t *testing.T) *lang.Words {
	t.Helper()
	texts := []fs.FS{field.Texts, file.Texts, document.Texts, search.Texts, web.Texts, record.Texts, registry.Texts, exchange.Texts}
	beside, err := filepath.Glob("../*/texts.toml")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range beside {
		texts = append(texts, os.DirFS(filepath.Dir(path)))
	}
	words, err := lang.Load(texts...)
	if err != nil {
		t.Fatal(err)
	}
	return words
}

// Furnish gives an exchange a store of files, and an empty index where it has none.
func Furnish(t *testing.T, x *exchange.Exchange) *exchange.Exchange {
	t.Helper()
	store, err := file.InFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	x.Files = store
	if x.Index == nil {
		x.Index = search.New
	}
	return x
}

// Serve serves pages of the exchange until the test ends.
func Serve(t *testing.T, d *db.DB, x *exchange.Exchange, pages []web.Route, special []web.Special) *Site {
	t.Helper()
	site := web.Site{Name: lang.Both{Vi: "Chợ Nổi", En: "Chợ Nổi"}, BaseURL: "http://floor.example"}
	s, err := web.New(web.Config{DB: d, Words: Words(t), Site: site, Logger: slog.New(slog.DiscardHandler), Pages: pages, Special: special, Session: session})
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(s.Handler())
	t.Cleanup(server.Close)
	return &Site{T: t, DB: d, X: x, Base: server.URL}
}

func session(_ *db.Tx, token string) (account.Actor, error) {
	for _, a := range []account.Actor{Lan, Minh, Clerk, Nobody, Inspector, An, Binh, Cuc, Dung, Em, Hoa} {
		if string(a.ID) == token {
			return a, nil
		}
	}
	return account.Actor{}, fault.New(fault.SignIn, "web.sign_in_first")
}

// Browser is a reader with a session; "" is a visitor.
func (s *Site) Browser(who account.Actor) *http.Client {
	jar, _ := cookiejar.New(nil)
	base, _ := url.Parse(s.Base)
	if who.ID != "" {
		jar.SetCookies(base, []*http.Cookie{{Name: "chonoi", Value: string(who.ID), Path: "/"}})
	}
	return &http.Client{Jar: jar}
}

// Get opens a page and returns its status, its address after redirects, and its text.
func (s *Site) Get(who account.Actor, path string) (int, string, string) {
	s.Helper()
	return s.read(s.Browser(who).Get(s.Base + path))
}

// Post sends a form.
func (s *Site) Post(who account.Actor, path string, values exchange.Typed) (int, string, string) {
	s.Helper()
	r, err := http.NewRequest(http.MethodPost, s.Base+path, strings.NewReader(url.Values(values).Encode()))
	if err != nil {
		s.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", s.Base)
	return s.read(s.Browser(who).Do(r))
}

// Send sends a file with the inputs beside it.
func (s *Site) Send(who account.Actor, path, name string, content []byte, values map[string]string) (int, string, string) {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	for k, v := range values {
		_ = form.WriteField(k, v)
	}
	part, _ := form.CreateFormFile("file", name)
	_, _ = part.Write(content)
	form.Close()
	r, err := http.NewRequest(http.MethodPost, s.Base+path, &body)
	if err != nil {
		s.Fatal(err)
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Origin", s.Base)
	return s.read(s.Browser(who).Do(r))
}

func (s *Site) read(answer *http.Response, err error) (int, string, string) {
	s.Helper()
	if err != nil {
		s.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		s.Fatal(err)
	}
	text := html.UnescapeString(string(body))
	if strings.Contains(answer.Header.Get("Content-Type"), "text/html") {
		if key := unsaid.FindString(text); key != "" {
			s.Errorf("%s says the key %s", answer.Request.URL.Path, key)
		}
	}
	return answer.StatusCode, answer.Request.URL.RequestURI(), text
}

// unsaid is a text key that was shown instead of its words.
var unsaid = regexp.MustCompile(`\b(post|merge|mine|history|plain|preview|leaving|renewal|listing|offer|need|act|claim|parts|field|state)\.[a-z_]{3,}(\.[a-z_]+)*\b`)

// Has fails unless the page holds all the texts.
func (s *Site) Has(page string, texts ...string) {
	s.Helper()
	for _, text := range texts {
		if !strings.Contains(page, text) {
			s.Errorf("the page lacks %q\n%s", text, exchange.Clip(Main(page), 3000))
		}
	}
}

// Main is the page from its main part on.
func Main(page string) string {
	if i := strings.Index(page, "<main"); i >= 0 {
		return page[i:]
	}
	return page
}

// Status ends the test unless the status is the wanted one.
func (s *Site) Status(got, want int, page string) {
	s.Helper()
	if got != want {
		s.Fatalf("status %d, want %d\n%s", got, want, exchange.Clip(Main(page), 2000))
	}
}

// Papers are the documents of an offer.
func (s *Site) Papers(id string) (all []record.Attachment) {
	s.Helper()
	err := s.DB.View(s.Context(), func(tx *db.Tx) error {
		var err error
		all, err = record.Attachments(tx, "offer", id)
		return err
	})
	if err != nil {
		s.Fatal(err)
	}
	return all
}
