package app_test

import (
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

// chief is the administrator of the seed city at the doors of one node.
type chief struct {
	*testing.T
	s     *app.Server
	token string
}

func chiefOf(t *testing.T, s *app.Server) chief {
	t.Helper()
	c := chief{t, s, ""}
	must(t, s.DB.Update(t.Context(), func(tx *db.Tx) error {
		who, err := s.Accounts.ByEmail(tx, "quantri@so-khcn.example")
		if err != nil {
			return err
		}
		entry, err := s.Accounts.EnterBy(tx, who.ID, "passkey", account.Visit{})
		c.token = entry.Token
		return err
	}))
	return c
}

func (c chief) call(method, path string, form url.Values, status int) string {
	c.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: "chonoi", Value: c.token})
	w := httptest.NewRecorder()
	c.s.Web.Handler().ServeHTTP(w, r)
	for _, cookie := range w.Result().Cookies() { // a notice is shown by the page that one is led to
		if w.Code == http.StatusSeeOther && cookie.Name != "chonoi" {
			next := httptest.NewRequest(http.MethodGet, w.Header().Get("Location"), nil)
			next.AddCookie(&http.Cookie{Name: "chonoi", Value: c.token})
			next.AddCookie(cookie)
			w2 := httptest.NewRecorder()
			c.s.Web.Handler().ServeHTTP(w2, next)
			return w2.Body.String()
		}
	}
	if w.Code != status {
		c.Fatalf("%s %s: %d, want %d\n%s", method, path, w.Code, status, w.Body)
	}
	return w.Body.String()
}

// hasNot fails where a page shows what its reader may not see.
func (c chief) hasNot(page, part string) {
	c.Helper()
	if strings.Contains(page, part) {
		c.Errorf("%q is shown", part)
	}
}

func (c chief) has(page string, parts ...string) {
	c.Helper()
	for _, part := range parts {
		if !strings.Contains(page, part) {
			c.Errorf("%q is missing", part)
		}
	}
}

func TestTheAdministratorNamesTheSiteAndEveryNodeFollows(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		other := opened(t, s.Config)
		must(t, other.Build(t.Context(), nil))
		other.Follow()
		doors, err := other.OpenDoors(t.Context(), nil)
		must(t, err)
		doors.Follow()
		c := chiefOf(t, s)
		today := when.DayOf(time.Now())
		form := url.Values{
			"site.name.vi": {"Sàn công nghệ Cần Thơ"}, "site.name.en": {"Can Tho Technology Exchange"},
			"site.short_name.vi": {"Sàn Cần Thơ"}, "site.short_name.en": {"Can Tho Exchange"},
			"site.owner.vi": {"Sở Khoa học và Công nghệ"}, "site.owner.en": {"Department of Science"},
			"contact.email": {"hotro@san.example"}, "contact.phone": {"0292 3 820 000"}, "contact.address.vi": {"02 Lý Thường Kiệt"}, "contact.address.en": {""},
			"notice.text.vi": {"Sàn bảo trì tối thứ Bảy."}, "notice.text.en": {"Closed on Saturday evening."},
			"notice.from": {today.String()}, "notice.until": {today.AddDays(-1).String()},
			"listing.lifetime_days": {"90"}, "need.reply_days": {"20"}, "review.reaudit_share": {"2"}, "alert.searches_per_person": {"50"}, "plan_review.cut_off_day": {"15"},
			"enquiry.answer_days": {"5"}, "enquiry.silence_days": {"3"}, "enquiry.lapse_days": {"30"}, "enquiry.monthly_quota": {"20"}, "deal.report_days": {"90"}, "sale.notice_days": {"7"},
		}
		c.has(c.call("POST", "/administration/settings", form, 422), "Ngày cuối không thể trước ngày đầu", `href="#notice-until"`, "Sàn công nghệ Cần Thơ")
		form.Set("notice.until", today.AddDays(1).String())
		c.has(c.call("POST", "/administration/settings", form, 303), "Đã lưu thiết lập.", "Thay đổi gần đây", "Từ “180” thành “90”", "Ngô Văn Trị")
		deadline := time.Now().Add(10 * time.Second)
		for other.Settings.Int("listing.lifetime_days") != 90 && time.Now().Before(deadline) {
			time.Sleep(20 * time.Millisecond)
		}
		for tongue, words := range map[string][]string{
			"/":    {"Sàn Cần Thơ", "Sàn công nghệ Cần Thơ", "Sở Khoa học và Công nghệ", "hotro@san.example", `href="tel:02923820000"`, "02 Lý Thường Kiệt", "Sàn bảo trì tối thứ Bảy."},
			"/en/": {"Can Tho Exchange", "Can Tho Technology Exchange", "Department of Science", "Closed on Saturday evening."},
		} {
			_, text := page(t, doors, tongue)
			c.has(text, words...)
		}
		if _, text := page(t, doors, "/search"); strings.Contains(text, "Sàn bảo trì") {
			t.Error("the notice stands on another page than the home page")
		}
		if _, text := page(t, doors, "/sign-in"); !strings.Contains(text, "Cần giúp đỡ") {
			t.Error("the sign-in page does not say where help is found")
		}
	})
}

func TestTheAdministrationShowsTheStateAndTriesTheMailServer(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		c := chiefOf(t, s)
		c.has(c.call("GET", "/administration", nil, 200), s.DB.Engine(), s.KeyTold.Fingerprint, "Dấu vân tay của khóa hệ thống", "Gửi thư thử cho tôi", "MB")
		c.has(c.call("GET", "/en/administration", nil, 200), "Fingerprint of the installation&#39;s key", "Free room on disk")
		c.has(c.call("POST", "/administration/test-letter", nil, 303), "đã nhận thư thử gửi đến quantri@so-khcn.example")
		kept, err := s.Letters.List(1)
		must(t, err)
		if len(kept) != 1 || kept[0].To != "quantri@so-khcn.example" || !strings.HasPrefix(kept[0].Subject, "Thư thử từ") {
			t.Errorf("%+v", kept)
		}
	})
}

func TestATestLetterTellsWhatTheMailServerAnswered(t *testing.T) {
	shut, err := net.Listen("tcp", "127.0.0.1:0") // a port on which nobody answers
	must(t, err)
	address := shut.Addr().(*net.TCPAddr)
	shut.Close()
	config := empty(t, "sqlite")
	config.Mail.Host, config.Mail.Port, config.Mail.Security = "127.0.0.1", address.Port, "none"
	h := opened(t, config)
	must(t, h.DB.Update(t.Context(), func(tx *db.Tx) error {
		_, err := h.Accounts.CreateWithRoles(tx, "test", "quantri@so-khcn.example", "Ngô Văn Trị", "vi", []account.Role{account.Administrator})
		return err
	}))
	s, err := h.OpenDoors(t.Context(), nil)
	must(t, err)
	c := chiefOf(t, s)
	c.has(c.call("POST", "/administration/test-letter", nil, 303), "Không gửi được thư thử", fmt.Sprintf("127.0.0.1, cổng %d", address.Port), "refused")
}
