package app_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"chonoi/internal/web/webtest"
)

// TestThePagesOfAnImportAreAccessibleAndFollowItLive looks at the list, the mapping, the progress
// and the result, and lets an open page of progress find out that the import has ended.
func TestThePagesOfAnImportAreAccessibleAndFollowItLive(t *testing.T) {
	s := city(t, "sqlite")
	site := httptest.NewServer(s.Web.Handler())
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
	d.work()
	heading := ""
	for n := 0; n < 2000 && !strings.Contains(heading, "Kết quả"); n++ {
		heading = b.Text(t, `[...document.querySelectorAll('h2')].map(h => h.textContent).join()`)
	}
	if !strings.Contains(heading, "Kết quả") {
		t.Errorf("the open page shows %q after the import has ended", heading)
	}
	look(path, "import-result")
}
