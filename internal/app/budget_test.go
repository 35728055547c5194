package app_test

import (
	"encoding/json"
	"net/http/httptest"
	"testing"

	"chonoi/internal/web/webtest"
)

// transfers sums what the open page took over the wire, compressed as it came, by kind.
const transfers = `(() => {
	const sum = {}
	for (const e of [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]) {
		const path = new URL(e.name).pathname
		const kind = path.endsWith('.css') ? 'style' : path.endsWith('.js') ? 'script' : path.endsWith('.woff2') ? 'font' : e.entryType === 'navigation' ? 'page' : 'picture'
		sum[kind] = (sum[kind] || 0) + e.transferSize
	}
	return JSON.stringify(sum)
})()`

// TestTheFirstPageIsLight opens the first page in an empty browser and weighs what came.
func TestTheFirstPageIsLight(t *testing.T) {
	s := city(t, "sqlite")
	site := httptest.NewServer(s.Web.Handler())
	defer site.Close()
	for _, home := range []string{"/", "/en/"} {
		b := webtest.Open(t)
		b.See(t, site.URL+home, webtest.View{Width: 390})
		sum := map[string]int{}
		if err := json.Unmarshal([]byte(b.Text(t, transfers)), &sum); err != nil {
			t.Fatal(err)
		}
		sum["all but fonts"] = sum["page"] + sum["style"] + sum["script"] + sum["picture"]
		t.Logf("%s: %v", home, sum)
		for kind, most := range map[string]int{"all but fonts": 100_000, "style": 40_000, "script": 25_000} {
			if sum[kind] > most || sum[kind] == 0 {
				t.Errorf("%s: %s takes %d bytes, allowed are %d", home, kind, sum[kind], most)
			}
		}
	}
}
