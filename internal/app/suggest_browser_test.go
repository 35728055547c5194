package app_test

import (
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"chonoi/internal/web/webtest"
)

// TestSuggestionsAreReachedByKeysAndASearchIsMended types the beginning of a search, takes the second
// suggestion with the keys, and follows "did you mean" of one that is misspelt.
func TestSuggestionsAreReachedByKeysAndASearchIsMended(t *testing.T) {
	s := city(t, "sqlite")
	site := httptest.NewServer(s.Web.Handler())
	defer site.Close()
	b := webtest.Open(t)
	b.See(t, site.URL+"/search", webtest.View{Width: 390})
	b.Focus(t, "#q")
	b.Insert(t, "may s")
	until(t, func() bool {
		return b.Text(t, `String(document.querySelectorAll('#suggested:not([hidden]) li').length)`) > "1"
	})
	b.CheckOpen(t, "with suggestions")
	if folder := os.Getenv("CHONOI_SHOTS"); folder != "" {
		b.Shot(t, filepath.Join(folder, "suggestions.jpg"), 70)
	}
	b.Press(t, kb.ArrowDown)
	b.Press(t, kb.ArrowDown)
	chosen := b.Text(t, `document.getElementById(document.querySelector('#q').getAttribute('aria-activedescendant')).textContent`)
	if said := b.Text(t, `document.querySelector('#q').value`); said != chosen || !strings.HasPrefix(said, "máy") {
		t.Errorf("the box says %q, the list %q", said, chosen)
	}
	b.Load(t, webtest.Keys(kb.Enter))
	if at, _ := url.Parse(b.Address(t)); at.Query().Get("q") != chosen {
		t.Errorf("Enter leads to %s", at)
	}
	b.See(t, site.URL+"/search?q="+url.QueryEscape("máy xấy lúa"), webtest.View{Width: 390})
	if meant := b.Text(t, `document.querySelector('#results a[rel=nofollow]').textContent`); meant != "máy sấy lúa" {
		t.Errorf("it was taken as %q", meant)
	}
}

// until waits for what a page does by itself.
func until(t *testing.T, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); !holds(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("it does not come")
		}
	}
}
