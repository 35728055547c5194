package app_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chonoi/internal/web/webtest"
)

// TestThePagesOfAnImportAreAccessibleAndFollowItLive looks at the list, the mapping, the progress
// and the result, and lets an open page of progress find out that the import has ended.
func TestThePagesOfAnImportAreAccessibleAndFollowItLive(t *testing.T) {
	s := city(t, "sqlite")
	var progress atomic.Pointer[string] // the page that is open while the import ends
	reloaded := make(chan struct{}, 1)
	pages := s.Web.Handler()
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if open := progress.Load(); open != nil && r.URL.Path == *open && r.Header.Get("HX-Request") == "" {
			select {
			case reloaded <- struct{}{}:
			default:
			}
		}
		pages.ServeHTTP(w, r)
	}))
	defer site.Close()
	d := importDesk{t, s, enter(t, s, "canbo@so-khcn.example")}
	path := d.send(303, map[string]string{"kind": "offer", "source": "Thư viện mẫu"}, importFile).Header().Get("Location")
	b := webtest.Open(t)
	b.Session(t, site.URL, d.token)
	look := func(path, name string) {
		b.Check(t, site.URL+path)
		shoot(t, b, site.URL+path, name)
	}
	look("/desk/imports", "imports")
	look(path, "import-mapping")
	d.post(path+"/start", 303, url.Values{"map.0": {"id"}, "map.1": {"title_vi"}, "map.2": {"trl"}})
	look(path, "import-progress")
	b.See(t, site.URL+path, webtest.View{Width: 390})
	progress.Store(&path)
	d.work()
	select {
	case <-reloaded:
	case <-time.After(30 * time.Second):
		t.Error("the open page does not find out that the import has ended")
	}
	look(path, "import-result")
	if heading := b.Text(t, `[...document.querySelectorAll('h2')].map(h => h.textContent).join()`); !strings.Contains(heading, "Kết quả") {
		t.Errorf("the page shows %q after the import has ended", heading)
	}
}
