package registry_test

import (
	"io"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
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
	"chonoi/internal/registry"
	"chonoi/internal/web"
	"chonoi/lists"
)

// site serves the pages of the registry to people by the token of their cookie.
type site struct {
	*testing.T
	handler http.Handler
	people  map[string]account.Actor
	d       *db.DB
}

func serve(t *testing.T) *site {
	t.Helper()
	d := dbtest.Open(t, "sqlite", db.Schema{Name: "ledger", Files: ledger.Schema}, db.Schema{Name: "record", Files: record.Schema}, db.Schema{Name: "registry", Files: registry.Schema})
	s := &site{T: t, d: d, people: map[string]account.Actor{
		"lan":   {ID: "lan", Name: "Trần Thị Lan"},
		"clerk": {ID: "clerk", Name: "Phạm An", Roles: []account.Role{account.Officer}},
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
	words, err := lang.Load([]fs.FS{field.Texts, web.Texts, record.Texts, registry.Texts}...)
	if err != nil {
		t.Fatal(err)
	}
	doors := registry.New(registry.Config{Codes: codes, Appoint: func(_ *db.Tx, _ account.ID, organisation string, id account.ID, manager bool) error {
		a := s.people[string(id)]
		a.Memberships = []account.Membership{{Organisation: organisation, Manager: manager}}
		s.people[string(id)] = a
		return nil
	}})
	server, err := web.New(web.Config{DB: d, Words: words, Site: web.Site{Name: lang.Both{Vi: "Chợ Nổi", En: "Chợ Nổi"}, BaseURL: "http://floor.example"},
		Pages: doors.Routes(), Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
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
func (s *site) call(who, method, path string, status int, form ...string) (text, to string) {
	s.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Add(form[i], form[i+1])
	}
	r := httptest.NewRequest(method, path, strings.NewReader(values.Encode()))
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return s.send(who, r, status)
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

func TestAnOrganisationIsFoundedConfirmedAndSeen(t *testing.T) {
	s := serve(t)
	text, _ := s.call("", "GET", "/organisations", 200)
	s.wants(text, "Không thấy tổ chức nào khớp")
	s.call("", "GET", "/organisations/new", 303)
	s.call("watch", "GET", "/organisations/new", 403)
	text, _ = s.call("lan", "POST", "/organisations", 422, "name_vi", "Viện <Sông> Hậu", "kind", "research_institute", "tax_code", "0100109107", "subjects", "energy")
	s.wants(text, "Viện &lt;Sông&gt; Hậu", `value="0100109107"`, "chữ số kiểm tra", `href="#tax_code"`, `value="energy" checked`, `value="research_institute" selected`, "<title>Lỗi: ")
	_, page := s.call("lan", "POST", "/organisations", 303, "name_vi", "Viện Sông Hậu", "name_en", "Song Hau Institute", "kind", "research_institute", "tax_code", "0100109106",
		"website", "https://songhau.example", "email", "vien@songhau.example", "subjects", "energy", "about_vi", "Sấy lúa.\nBảo quản.")
	s.call("", "GET", page, 404)
	s.call("watch", "POST", page+"/confirmation", 403)
	text, _ = s.call("lan", "GET", page, 200)
	s.wants(text, "đang chờ cán bộ xác minh", page+"/edit", page+"/members")
	s.lacks(text, page+"/confirmation", "application/ld+json")
	text, _ = s.call("clerk", "GET", page, 200)
	s.wants(text, page+"/confirmation", page+"/refusal", "Mã số thuế đã khai: 0100109106")
	text, _ = s.call("clerk", "POST", page+"/refusal", 422, "reason", "")
	s.wants(text, `href="#reason"`)
	_, to := s.call("clerk", "POST", page+"/confirmation", 303)
	if to != page {
		t.Error(to)
	}
	text, _ = s.call("", "GET", page, 200)
	s.wants(text, "Đã xác minh", "Viện Sông Hậu", "songhau.example", `"@type":"Organization"`, `"taxID":"0100109106"`, "Năng lượng")
	s.lacks(text, "vien@songhau.example", page+"/edit", page+"/membership")
	text, _ = s.call("", "GET", "/en"+page, 200)
	s.wants(text, "Song Hau Institute", "Confirmed")
	text, _ = s.call("", "GET", "/organisations?q=song+hau&kind=research_institute&kind=club", 200)
	s.wants(text, "Viện Sông Hậu", page)
	s.call("clerk", "POST", page+"/confirmation", 422)
}

func TestAManagerEditsAndTwoTabsDoNotOverwriteEachOther(t *testing.T) {
	s := serve(t)
	fill := []string{"name_vi", "Viện Sông Hậu", "kind", "research_institute", "tax_code", "0100109106"}
	_, page := s.call("lan", "POST", "/organisations", 303, fill...)
	s.call("clerk", "GET", page+"/edit", 403)
	text, _ := s.call("lan", "GET", page+"/edit", 200)
	s.wants(text, `name="version" value="1"`, `value="Viện Sông Hậu"`)
	s.call("lan", "POST", page, 303, append(fill, "version", "1", "phone", "111")...)
	text, _ = s.call("lan", "POST", page, 422, append(fill, "version", "1", "phone", "222")...)
	s.wants(text, "Có người vừa lưu", `value="222"`, "Người khác vừa lưu: 111", `name="version" value="2"`)
	s.call("lan", "POST", page, 303, append(fill, "version", "2", "phone", "222")...)
	s.call("lan", "GET", "/organisations/nowhere/edit", 404)
}
