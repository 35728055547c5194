package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/chromedp/chromedp"

	"chonoi/internal/account"
	"chonoi/internal/web"
	"chonoi/internal/web/webtest"
)

func TestEveryPartIsAccessibleInEveryView(t *testing.T) {
	if testing.Short() {
		t.Skip("opens twenty pages in Chromium")
	}
	b := webtest.Open(t)
	s := house(t, func(c *web.Config) {
		c.Post = "/page"
		c.Footer = []web.FooterColumn{{"states.facts", []web.MenuItem{{"/page", "web.home"}}}}
	})
	for _, path := range []string{"/states", "/en/states", "/nowhere", "/panic"} {
		b.Check(t, s.URL+path)
	}
}

func TestTheScriptMovesTheFocusAndCountsCharacters(t *testing.T) {
	b := webtest.Open(t)
	s := house(t, nil)
	b.See(t, s.URL+"/en/states", webtest.View{Width: 1440})
	focus := b.Text(t, `document.activeElement.id`)
	b.Do(t, chromedp.SendKeys("#text", "sông"))
	counter := b.Text(t, `document.querySelector('[data-count=text]').textContent`)
	if focus != "errs" || counter != "496 characters left" {
		t.Errorf("focus on %q, counter %q", focus, counter)
	}
}

func TestAFilterSwapsTheResultsAndKeepsTheAddress(t *testing.T) {
	b := webtest.Open(t)
	s := house(t, nil)
	b.See(t, s.URL+"/en/states", webtest.View{Width: 1440})
	if b.Text(t, `typeof htmx`) == "undefined" {
		t.Skip("the assets of npm are not built")
	}
	b.Text(t, `(document.querySelector('#results').dataset.old = '1', document.querySelector('.facet [value=need]').click())`)
	got := b.Text(t, `new Promise(done => { const look = () => document.querySelector('#results') && !document.querySelector('#results').dataset.old ? done(location.search) : setTimeout(look, 20); look() })`)
	if got != "?kind=offer&kind=need" {
		t.Errorf("after a click on a filter the address ends in %q", got)
	}
	if busy := b.Text(t, `document.querySelectorAll('#results[aria-busy]').length`); busy != "0" {
		t.Error("the place still says that it is busy")
	}
}

func TestAFormIsSentOnceAndADraftIsKept(t *testing.T) {
	b := webtest.Open(t)
	drafts := make(chan string, 9)
	s := house(t, func(c *web.Config) {
		c.Pages = append(c.Pages,
			web.Route{"GET /draft", func(w http.ResponseWriter, r *http.Request) error {
				return web.Show(w, r, web.Page{Title: "Draft"}, templ.Raw(`<h1>Draft</h1><form method="post" action="/slow" data-autosave="/draft" data-saved="kept {at}" data-unsaved="lost">`+
					`<label>Title <input name="title" id="title"></label><button id="send">Send</button><p data-autosave-status></p></form>`))
			}, account.Anyone},
			web.Route{"POST /draft", func(_ http.ResponseWriter, r *http.Request) error {
				drafts <- web.Form(r).Text("title")
				return nil
			}, account.Anyone})
	})
	b.See(t, s.URL+"/draft", webtest.View{Width: 390})
	b.Do(t, chromedp.SendKeys("#title", "sấy"))
	if got := <-drafts; got != "sấy" {
		t.Errorf("the draft is %q", got)
	}
	status := b.Text(t, `new Promise(done => { const look = () => { const s = document.querySelector('[data-autosave-status]').textContent; s ? done(s) : setTimeout(look, 20) }; look() })`)
	if !strings.HasPrefix(status, "kept ") {
		t.Errorf("the status is %q", status)
	}
	sent := b.Text(t, `(() => {
		let n = 0
		window.addEventListener('submit', e => { if (!e.defaultPrevented) n++; e.preventDefault() })
		const button = document.querySelector('#send')
		button.click()
		button.click()
		return n + ' ' + button.getAttribute('aria-busy')
	})()`)
	if sent != "1 true" {
		t.Errorf("two clicks: sent %s", sent)
	}
}
