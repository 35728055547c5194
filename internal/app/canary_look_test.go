package app_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/field"
	"chonoi/internal/lang"
)

// caller is somebody who must not see what was planted beyond their level.
type caller struct {
	name, email string
	token       string
	level       field.Level
	programme   bool // oversees the programme
}

// callers are all who see less than the owner and the officers, each in a session of their own.
func (f *flock) callers(t *testing.T, s *app.Server) []*caller {
	t.Helper()
	all := []*caller{
		{name: "a visitor", level: field.Public},
		{name: "a member without an organisation", email: "mot-minh@x.example", level: field.SignedIn},
		{name: "a member of another organisation", email: "thanhvien@song-hau.example", level: field.SignedIn},
		{name: "a manager of another organisation", email: "muahang@ben-nuoc.example", level: field.SignedIn},
		{name: "a broker", email: "moigioi@cau-noi.example", level: field.SignedIn},
		{name: "a statistician", email: "thongke@so-khcn.example", level: field.SignedIn, programme: true},
		{name: "the programme office", email: "chuongtrinh@so-khcn.example", level: field.SignedIn, programme: true},
		{name: "somebody with an accepted enquiry", email: "hoi-mua@x.example", level: field.Enquiry},
		{name: "somebody who has signed", email: "da-ky@x.example", level: field.NDA},
	}
	admitted := map[string]field.Level{}
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		for _, email := range []string{"mot-minh@x.example", "hoi-mua@x.example", "da-ky@x.example"} {
			if _, err := s.Accounts.CreateWithRoles(tx, "system", email, "Người Thử", lang.Vi, nil); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range all {
		admitted[c.email] = c.level
		c.enter(t, s)
	}
	s.Exchange.Admitted = func(_ *db.Tx, actor account.Actor, _, _ string) (field.Level, error) {
		return max(admitted[actor.Email], field.SignedIn), nil
	}
	return all
}

func (c *caller) enter(t *testing.T, s *app.Server) {
	if c.email != "" {
		c.token = enter(t, s, c.email)
	}
}

// answer is what came back, unpacked: the header, and the body as text.
type answer struct {
	status int
	text   string
	header http.Header
}

// ask sends a request from an address of its own, so that no limit on calls is met.
func (f *flock) ask(h http.Handler, c *caller, q request) answer {
	r := httptest.NewRequest(http.MethodGet, "/", strings.NewReader(q.body))
	r.Method, r.RequestURI = q.method, q.path
	target, err := r.URL.Parse(q.path)
	if err != nil {
		return answer{}
	}
	r.URL = target
	f.stirs++
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.7:4711", f.stirs/250%250, f.stirs%250)
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if q.kind != "" {
		r.Header.Set("Content-Type", q.kind)
	}
	if q.accept != "" {
		r.Header.Set("Accept", q.accept)
	}
	if strings.HasPrefix(q.path, "/en/") {
		r.Header.Set("Accept-Language", "en")
	}
	if q.part {
		r.Header.Set("HX-Request", "true")
	}
	if c.token != "" {
		r.AddCookie(&http.Cookie{Name: "chonoi", Value: c.token})
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	var text strings.Builder
	_ = w.Header().Write(&text)
	_, _ = text.WriteString(unpacked(w.Body.Bytes()))
	return answer{w.Code, text.String(), w.Header()}
}

// unpacked is a body with all files of it, when it is an archive, laid open behind it.
func unpacked(body []byte) string {
	if !bytes.HasPrefix(body, []byte("PK")) {
		return string(body)
	}
	archive, err := zip.NewReader(bytes.NewReader(body), int64(len(body)))
	if err != nil {
		return string(body)
	}
	var text strings.Builder
	for _, one := range archive.File {
		fmt.Fprintln(&text, one.Name, one.Comment)
		if inside, err := one.Open(); err == nil {
			raw, _ := io.ReadAll(inside)
			text.WriteString(unpacked(raw)) // a folder holds papers that are archives themselves
			inside.Close()
		}
	}
	return text.String()
}

// check asks and lists what the caller must not have seen in the answer. What the caller said
// themselves is no news to them.
func (f *flock) check(h http.Handler, c *caller, q request) (answer, []string) {
	a := f.ask(h, c, q)
	var leaks []string
	if a.status >= 500 || (a.status == http.StatusTooManyRequests && q.method == http.MethodGet) {
		leaks = append(leaks, fmt.Sprintf("%s %.200s: status %d, by %s", q.method, q.path, a.status, c.name))
	}
	plain, _ := url.QueryUnescape(q.path)
	address, _, _ := strings.Cut(q.path, "?")
	asked := f.inAbout(address, q.path+" "+plain+" "+q.body)
	for n := range f.inAbout(address, a.text) {
		if one := f.all[n]; one.level > c.level && !asked[n] && !(one.programme && c.programme) {
			leaks = append(leaks, fmt.Sprintf("%s (%s) is seen at %s %.200s, status %d, by %s", one.where, one.level.Code(), q.method, q.path, a.status, c.name))
		}
	}
	for _, tie := range f.ties {
		for i, id := range tie {
			if c.level < field.Enquiry && strings.Contains(q.path+q.body, id) && !strings.Contains(q.path+q.body, tie[1-i]) && strings.Contains(a.text, tie[1-i]) {
				leaks = append(leaks, fmt.Sprintf("an anonymous listing is tied to its owner at %s %.200s, by %s", q.method, q.path, c.name))
			}
		}
	}
	return a, leaks
}

// walk makes all requests as a caller and lists the leaks. Who was signed out on the way comes in again.
func (f *flock) walk(t *testing.T, s *app.Server, h http.Handler, c *caller, all []request) []string {
	t.Helper()
	var leaks []string
	fine := 0
	for _, q := range all {
		a, found := f.check(h, c, q)
		leaks = append(leaks, found...)
		if a.status == http.StatusOK || a.status == http.StatusSeeOther {
			fine++
		}
		if strings.HasPrefix(q.path, "/account/closure") {
			continue
		}
		for _, cookie := range a.header.Values("Set-Cookie") {
			if strings.HasPrefix(cookie, "chonoi=") {
				c.enter(t, s)
			}
		}
	}
	t.Logf("%s: %d requests, %d answered", c.name, len(all), fine)
	return leaks
}
