package app_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"chonoi/internal/web/webtest"
)

// line carries requests as a bad line does: what a page fetches later comes late, or not at all.
type line struct {
	http.Handler
	late, cut atomic.Bool
}

func (l *line) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("HX-Request") != "" {
		if l.cut.Load() {
			panic(http.ErrAbortHandler)
		}
		if l.late.Load() {
			time.Sleep(1500 * time.Millisecond)
		}
	}
	l.Handler.ServeHTTP(w, r)
}

// TestOnASlowLinePagesSayThatTheyFetchAndOnACutOneThatItFailed filters a search and opens an offer
// whose matches are fetched, on a line that is slow, then cut, then good again.
func TestOnASlowLinePagesSayThatTheyFetchAndOnACutOneThatItFailed(t *testing.T) {
	s := city(t, "sqlite")
	l := &line{Handler: s.Web.Handler()}
	site := httptest.NewServer(l)
	defer site.Close()
	b := webtest.Open(t)
	b.See(t, site.URL+"/search?q=ca+tra", webtest.View{Width: 1440})
	choose := func(n string) {
		b.Text(t, `document.querySelectorAll('form[hx-get] input[type=checkbox]')[`+n+`].click(), ''`)
	}
	count := func() string { return b.Text(t, `document.querySelector('#results [role=status]')?.textContent ?? ''`) }
	before := count()
	offer := b.Text(t, `document.querySelector('#results a[href^="/offers/"]').getAttribute('href')`)

	l.late.Store(true)
	choose("0")
	until(t, func() bool { return b.Text(t, `String(document.querySelectorAll('#results .skel').length)`) != "0" })
	until(t, func() bool { return b.Text(t, `String(document.querySelectorAll('#results .skel').length)`) == "0" })
	if after := count(); after == "" || after == before {
		t.Errorf("%q before the filter, %q after it", before, after)
	}

	l.late.Store(false)
	l.cut.Store(true)
	kept := count()
	choose("0")
	until(t, func() bool { return b.Text(t, `document.querySelector('#said.failed')?.textContent ?? ''`) != "" })
	if now := count(); now != kept {
		t.Errorf("the cut line left %q of %q", now, kept)
	}
	l.cut.Store(false)
	choose("1")
	until(t, func() bool { return count() != kept })

	l.late.Store(true)
	b.See(t, site.URL+offer, webtest.View{Width: 390})
	if way := b.Text(t, `document.querySelector('#matches a').getAttribute('href')`); !strings.HasSuffix(way, "/matches") {
		t.Errorf("while the matches are fetched the page leads to %q", way)
	}
	until(t, func() bool { return b.Text(t, `String(document.querySelectorAll('#matches [hx-get]').length)`) == "0" })
}
