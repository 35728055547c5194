package termbase

import (
	"bytes"
	"io"
	"io/fs"
	"log/slog"
	"mime/multipart"
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
	"chonoi/internal/lexicon"
	"chonoi/internal/web"
)

// site serves the pages of the terms to people by the token of their cookie.
type site struct {
	*house
	handler http.Handler
}

func serve(t *testing.T) *site {
	t.Helper()
	s := &site{house: open(t, dbtest.Open(t, "sqlite", schemas...))}
	people := map[string]account.Actor{
		"lan":   {ID: "lan", Name: "Trần Thị Lan", Roles: []account.Role{account.Member}},
		"clerk": {ID: "clerk", Name: "Phạm An", Roles: []account.Role{account.Officer}},
		"watch": {ID: "watch", Name: "Lý Xem", Roles: []account.Role{account.Inspector}},
	}
	words, err := lang.Load([]fs.FS{field.Texts, web.Texts, lexicon.Texts, Texts}...)
	if err != nil {
		t.Fatal(err)
	}
	server, err := web.New(web.Config{DB: s.d, Words: words, Site: web.Site{Name: lang.Both{Vi: "Chợ Nổi", En: "Chợ Nổi"}, BaseURL: "http://floor.example"},
		Pages: s.Routes(), Special: s.Special(), Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Session: func(_ *db.Tx, token string) (account.Actor, error) {
			if a, ok := people[token]; ok {
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

func (s *site) send(who string, r *http.Request, status int) (text, to string) {
	s.t.Helper()
	if who != "" {
		r.AddCookie(&http.Cookie{Name: "chonoi", Value: who})
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	w := httptest.NewRecorder()
	s.handler.ServeHTTP(w, r)
	if w.Code != status {
		s.t.Fatalf("%s %s by %q: %d, want %d\n%s", r.Method, r.URL, who, w.Code, status, w.Body)
	}
	return w.Body.String(), w.Header().Get("Location")
}

func (s *site) get(who, path string, status int) string {
	s.t.Helper()
	text, _ := s.send(who, httptest.NewRequest("GET", path, nil), status)
	return text
}

func (s *site) post(who, path, form string, status int) (text, to string) {
	s.t.Helper()
	r := httptest.NewRequest("POST", path, strings.NewReader(form))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return s.send(who, r, status)
}

func (s *site) holds(text string, parts ...string) {
	s.t.Helper()
	for _, one := range parts {
		if !strings.Contains(text, one) {
			s.t.Errorf("the page does not say %q", one)
		}
	}
}

func TestAnOfficerAddsWeighsAndRetiresATerm(t *testing.T) {
	s := serve(t)
	form := url.Values{"vi": {"vô gạo zz"}, "en": {"grain filling zz"}, "weight": {"7"}, "field": {"rice"}}
	s.post("lan", "/terms", form.Encode(), http.StatusForbidden)
	s.post("watch", "/terms", form.Encode(), http.StatusForbidden)
	_, to := s.post("clerk", "/terms", form.Encode(), http.StatusSeeOther)
	if to != "/terms/"+IDOf("vô gạo zz", "grain filling zz") {
		t.Fatalf("leads to %s", to)
	}
	s.holds(s.get("", to, http.StatusOK), "grain filling zz", "Đã thêm")
	s.holds(s.get("", "/en/terms?q=vo+gao+zz", http.StatusOK), "grain filling zz", "1 term<")
	page, _ := s.post("clerk", "/terms", form.Encode(), http.StatusUnprocessableEntity)
	s.holds(page, "Thuật ngữ này đã có.")
	_, seen, _ := strings.Cut(s.get("clerk", to, http.StatusOK), `name="seen" value="`)
	seen, _, _ = strings.Cut(seen, `"`)
	s.post("clerk", to, "weight=3&seen="+seen, http.StatusSeeOther)
	page, _ = s.post("clerk", to, "weight=4&seen="+seen, http.StatusUnprocessableEntity)
	s.holds(page, "Có người vừa sửa thuật ngữ này")
	s.post("clerk", to+"/retirement", "", http.StatusSeeOther)
	s.holds(s.get("clerk", "/terms/retired", http.StatusOK), "vô gạo zz")
	s.holds(s.get("", "/terms?q=vo+gao+zz", http.StatusOK), "Chưa có thuật ngữ nào khớp")
	s.get("", "/terms/0000000000000000", http.StatusNotFound)
	s.holds(s.get("", "/terms.tsv", http.StatusOK), lexicon.Header, "bơm nhiệt\theat pump\t")
}

func TestAProposalIsSentAndDecidedOnPages(t *testing.T) {
	s := serve(t)
	s.post("lan", "/terms/proposals", url.Values{"vi": {"xì phèn zz"}, "en": {"acid seep"}}.Encode(), http.StatusSeeOther)
	s.holds(s.get("lan", "/terms/proposals/new", http.StatusOK), "xì phèn zz", "Đang chờ")
	s.get("lan", "/terms/proposals", http.StatusForbidden)
	page := s.get("clerk", "/terms/proposals", http.StatusOK)
	_, rest, _ := strings.Cut(page, `action="/terms/proposals/`)
	id, _, _ := strings.Cut(rest, "/")
	page, _ = s.post("clerk", "/terms/proposals/"+id+"/refusal", "", http.StatusUnprocessableEntity)
	s.holds(page, "Hãy ghi lý do.")
	s.post("clerk", "/terms/proposals/"+id+"/refusal", "reason=chưa rõ", http.StatusSeeOther)
	s.holds(s.get("lan", "/terms/proposals/new", http.StatusOK), "Không nhận", "chưa rõ")
	s.post("clerk", "/terms/proposals/"+id+"/acceptance", "", http.StatusUnprocessableEntity)
}

func TestADictionaryIsLoadedOnAPage(t *testing.T) {
	s := serve(t)
	upload := func(name, file, text string, status int) (page, to string) {
		var body bytes.Buffer
		form := multipart.NewWriter(&body)
		for field, value := range map[string]string{"name": name, "licence": "CC0", "source": "example.org"} {
			_ = form.WriteField(field, value)
		}
		if file != "" {
			part, _ := form.CreateFormFile("file", file)
			_, _ = io.WriteString(part, text)
		}
		form.Close()
		r := httptest.NewRequest("POST", "/terms/dictionaries", &body)
		r.Header.Set("Content-Type", form.FormDataContentType())
		return s.send("clerk", r, status)
	}
	page, _ := upload("Thử", "", "", http.StatusUnprocessableEntity)
	s.holds(page, "Hãy chọn tệp từ điển.")
	page, _ = upload("Thử", "x.png", "PNG", http.StatusUnprocessableEntity)
	s.holds(page, "Các tệp này không phải là từ điển")
	page, _ = upload("", "x.tsv", "máy zz\tmachine zz\n", http.StatusUnprocessableEntity)
	s.holds(page, "Hãy đặt tên cho từ điển.")
	_, to := upload("Thử", "x.tsv", "máy zz\tmachine zz\nhỏng\n", http.StatusSeeOther)
	s.holds(s.get("clerk", to, http.StatusOK), "machine zz", "Đang xem trước", "Dòng không có dấu tab")
	s.post("clerk", to+"/use", "", http.StatusSeeOther)
	if s.says("máy zz") != "machine zz" {
		t.Errorf("says %q", s.says("máy zz"))
	}
	s.holds(s.get("watch", "/terms/dictionaries", http.StatusOK), "Thử", "Đang dùng")
	s.post("clerk", to+"/removal", "", http.StatusSeeOther)
	s.get("clerk", to, http.StatusNotFound)
}
