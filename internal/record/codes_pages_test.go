package record_test

import (
	"bytes"
	"io"
	"io/fs"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/web"
	"chonoi/internal/web/webtest"
	"chonoi/lists"
)

// site serves the pages of the code lists to people by the token of their cookie.
type site struct {
	*testing.T
	handler http.Handler
	people  map[string]account.Actor
	d       *db.DB
}

func serve(t *testing.T) *site {
	t.Helper()
	d := dbtest.Open(t, "sqlite", db.Schema{Name: "ledger", Files: ledger.Schema}, db.Schema{Name: "record", Files: record.Schema})
	s := &site{T: t, d: d, people: map[string]account.Actor{
		"lan":   {ID: "lan", Name: "Trần Thị Lan"},
		"clerk": {ID: "clerk", Name: "Phạm An", Roles: []account.Role{account.Officer}},
		"chief": {ID: "chief", Name: "Ngô Trị", Roles: []account.Role{account.Administrator}},
		"watch": {ID: "watch", Name: "Lý Xem", Roles: []account.Role{account.Inspector}},
	}}
	codes := &record.Codes{}
	err := d.Update(t.Context(), func(tx *db.Tx) error {
		if err := record.LoadShipped(tx, lists.Files); err != nil {
			return err
		}
		return codes.Reload(tx)
	})
	if err != nil {
		t.Fatal(err)
	}
	words, err := lang.Load([]fs.FS{field.Texts, web.Texts, record.Texts}...)
	if err != nil {
		t.Fatal(err)
	}
	server, err := web.New(web.Config{DB: d, Words: words, Site: web.Site{Name: lang.Both{Vi: "Chợ Nổi", En: "Chợ Nổi"}, BaseURL: "http://floor.example"},
		Pages: codes.Routes(), Special: codes.Uploads(), Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Session: func(_ *db.Tx, token string) (account.Actor, error) {
			if a, ok := s.people[token]; ok {
				return a, nil
			}
			return account.Actor{}, fault.New(fault.SignIn, "web.sign_in")
		}})
	if err != nil {
		t.Fatal(err)
	}
	s.handler = server.Handler()
	return s
}

// call asks for a page as somebody and returns its text and where it leads.
func (s *site) call(who, method, path string, status int) (text, to string) {
	s.Helper()
	return s.send(who, httptest.NewRequest(method, path, nil), status)
}

func (s *site) send(who string, r *http.Request, status int) (text, to string) {
	s.Helper()
	if who != "" {
		r.AddCookie(&http.Cookie{Name: "chonoi", Value: who})
	}
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if w.Code != status {
		s.Fatalf("%s %s: %d, want %d\n%s", r.Method, r.URL, w.Code, status, w.Body)
	}
	return w.Body.String(), w.Header().Get("Location")
}

func (s *site) wants(text string, pieces ...string) {
	s.Helper()
	for _, piece := range pieces {
		if !strings.Contains(text, piece) {
			s.Errorf("%q is not on the page", piece)
		}
	}
}

func (s *site) lacks(text string, pieces ...string) {
	s.Helper()
	for _, piece := range pieces {
		if strings.Contains(text, piece) {
			s.Errorf("%q is on the page", piece)
		}
	}
}

// upload sends a list as the form of its page does.
func (s *site) upload(who, path string, status int, file string, more ...string) (text, to string) {
	s.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	if file != "" {
		part, err := form.CreateFormFile("file", "list.csv")
		if err != nil {
			s.Fatal(err)
		}
		if _, err := part.Write([]byte(file)); err != nil {
			s.Fatal(err)
		}
	}
	for i := 0; i+1 < len(more); i += 2 {
		if err := form.WriteField(more[i], more[i+1]); err != nil {
			s.Fatal(err)
		}
	}
	if err := form.Close(); err != nil {
		s.Fatal(err)
	}
	r := httptest.NewRequest("POST", path, &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	return s.send(who, r, status)
}

func TestAListIsPreviewedBeforeItIsLoaded(t *testing.T) {
	s := serve(t)
	const page = "/administration/lists/return_reasons"
	s.call("lan", "GET", "/administration/lists", 403)
	text, _ := s.call("watch", "GET", "/administration/lists", 200)
	s.wants(text, "return_reasons", page)
	text, _ = s.call("clerk", "GET", page, 200)
	s.wants(text, "Duplicate")
	s.lacks(text, "multipart/form-data")
	s.upload("clerk", page, 403, "x")
	s.call("chief", "GET", "/administration/lists/nothing", 404)
	list, _ := s.call("chief", "GET", page+".csv", 200)
	if !strings.HasPrefix(list, "code,vi,en,valid_from,valid_to,legal_basis\n") {
		t.Fatal(list)
	}
	text, _ = s.upload("chief", page, 200, list)
	s.wants(text, "không có gì để nạp")
	text, _ = s.upload("chief", page, 422, "")
	s.wants(text, "Chọn tệp CSV")
	text, _ = s.upload("chief", page, 422, list+"nhãn,Nhãn,,,,\n")
	s.wants(text, "mã chỉ gồm chữ thường")
	changed := strings.Replace(list, "Duplicate", "The same as another", 1) + "expired_paper,Giấy tờ hết hạn,Paper ran out,,,\n"
	text, _ = s.upload("chief", page, 200, "\ufeff"+changed)
	s.wants(text, "2 mục thay đổi", "expired_paper", "The same as another")
	_, rest, _ := strings.Cut(text, `name="mark" value="`)
	mark, _, _ := strings.Cut(rest, `"`)
	if now, _ := s.call("chief", "GET", page, 200); strings.Contains(now, "expired_paper") {
		t.Error("a preview must not load")
	}
	text, _ = s.upload("chief", page, 200, "", "text", changed, "mark", "0123456789abcdef")
	s.wants(text, "Có người vừa nạp danh mục này")
	s.upload("chief", page, 303, "", "text", changed, "mark", mark)
	text, _ = s.call("chief", "GET", page, 200)
	s.wants(text, "expired_paper", "The same as another")
}

func TestTheListsAreReadableByAll(t *testing.T) {
	b := webtest.Open(t)
	s := serve(t)
	server := httptest.NewServer(s.handler)
	t.Cleanup(server.Close)
	b.Session(t, server.URL, "chief")
	for _, path := range []string{"/administration/lists", "/administration/lists/return_reasons"} {
		b.Check(t, server.URL+path)
	}
}
