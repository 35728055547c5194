package app_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"chonoi/internal/app"
)

func TestABrowserThatTellsNonsenseOfItselfSignsIn(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		values := url.Values{"email": {"thanhvien@song-hau.example"}, "password": {app.DemoPassword}}
		r := httptest.NewRequest(http.MethodPost, "/sign-in", strings.NewReader(values.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("User-Agent", "Trình duyệt \xff\xfe")
		w := httptest.NewRecorder()
		s.Web.Handler().ServeHTTP(w, r)
		if w.Code != http.StatusSeeOther || w.Header().Get("Set-Cookie") == "" {
			t.Errorf("status %d", w.Code)
		}
	})
}

func TestAnAddressThatIsNoTextLeadsNowhere(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		for path, want := range map[string]int{
			"/offers/%00": 404, "/files/%ff%fe": 404, "/en/organisations/%00": 404, "/%ff": 404,
			"/organisations?after=%00": 422, "/api/v1/offers?after=%ff": 422, "/search?owner=%00": 422, "/search?q=m%C3%A1y": 200,
		} {
			if status, _ := page(t, s, path); status != want {
				t.Errorf("%s: %d, want %d", path, status, want)
			}
		}
	})
}
