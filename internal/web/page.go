package web

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"chonoi/internal/lang"
	"chonoi/internal/web/parts"
)

// Page is what stands around a body: in the head, above it and below it.
type Page struct {
	Title       string // also of the window; without the name of the site
	Description string // for search engines and previews
	Crumbs      []parts.Crumb
	Section     string   // the menu entry that the page belongs to, by its path
	Canonical   string   // path, when it is not the page's own
	JSONLD      any      // schema.org data about the page
	Scripts     []string // assets besides the usual ones, such as "js/passkey.js"
	Status      int      // 200 when 0
	Wide        bool     // the body brings its own width, as the home page does
	NoIndex     bool     // search engines stay out
	NoTwin      bool     // there is no such page in the other tongue
	Amiss       bool     // a form with faults: the title of the window says so
	Feeds       []Feed   // of what the page lists
	Bare        bool     // without menu and foot, for a page to be printed or a defect
}

// Feed is a feed of what a page lists, by its media type.
type Feed struct{ Type, Title, Path string }

// Show draws body inside the layout. Title, crumbs and body are in the reader's tongue already.
func Show(w http.ResponseWriter, r *http.Request, p Page, body templ.Component) error {
	v := visitOf(r)
	l := v.layout(w, r, p)
	var out bytes.Buffer
	if err := layout(l, body).Render(scene(r), &out); err != nil {
		return fmt.Errorf("draw %s: %w", v.path, err)
	}
	return writeHTML(w, p.Status, out.Bytes())
}

// Part draws a component alone, for htmx to put into the page that is open.
func Part(w http.ResponseWriter, r *http.Request, status int, body templ.Component) error {
	var out bytes.Buffer
	if err := body.Render(scene(r), &out); err != nil {
		return fmt.Errorf("draw a part of %s: %w", Path(r), err)
	}
	return writeHTML(w, status, out.Bytes())
}

func writeHTML(w http.ResponseWriter, status int, body []byte) error {
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Add("Vary", "Cookie, HX-Request")
	if status == 0 {
		status = http.StatusOK
	}
	w.WriteHeader(status)
	_, err := w.Write(body)
	return err
}

// view is what the layout is drawn from.
type view struct {
	Page
	lang       lang.Tag
	theme      string
	site       Site
	path       string // without tongue
	query      string
	base       string
	name       string // of who is signed in
	menu       []entry
	footer     []FooterColumn
	post       string
	demo       bool
	notice     string
	noticeKind string
	signIn     string
	back       string
	data       string // JSON-LD
}

type entry struct {
	MenuItem
	current string // for aria-current
}

func (v *visit) layout(w http.ResponseWriter, r *http.Request, p Page) view {
	s := v.server
	l := view{
		Page: p, lang: v.lang, theme: theme(r), site: s.site(), path: v.path, base: BaseURL(r), name: v.actor.Name,
		footer: s.Footer, post: s.Post, demo: s.Demo, signIn: signIn(r), back: r.URL.RequestURI(),
	}
	if v.actor.SignedIn() && l.name == "" {
		l.name = v.actor.Email
	}
	if !safe(r) {
		l.back = parts.InTongue(v.lang, v.path)
	}
	if r.URL.RawQuery != "" && safe(r) {
		l.query = "?" + r.URL.RawQuery
	}
	items := slices.Clone(s.Menu)
	for _, item := range s.Staff {
		if item.Right.Allows(v.actor) {
			items = append(items, MenuItem{item.Path, item.Key})
		}
	}
	l.menu = l.marked(items)
	if n, ok := takeNotice(w, r); ok {
		l.noticeKind, l.notice = n.Kind, s.Words.T(v.lang, n.Key, n.Args...)
	}
	if p.JSONLD != nil {
		if data, err := json.Marshal(p.JSONLD); err == nil {
			l.data = string(data) // Marshal escapes <, > and &
		}
	}
	return l
}

// SiteName returns the name of the site as it is now.
func SiteName(r *http.Request) lang.Both { return visitOf(r).server.site().Name }

// site is how the site calls itself now.
func (s *Server) site() Site {
	site := s.SiteNow()
	if site.Owner.Empty() {
		site.Owner = site.Name
	}
	if site.ShortName.Empty() {
		site.ShortName = site.Name
	}
	return site
}

// marked is the menu with a mark at the one entry that is the page itself, or else the section
// that it belongs to: the page's own word for it, or the longest path above it.
func (l view) marked(items []MenuItem) []entry {
	menu, nearest := make([]entry, len(items)), -1
	for i, item := range items {
		menu[i].MenuItem = item
		under := item.Path == l.path || item.Path != "/" && strings.HasPrefix(l.path, item.Path+"/")
		switch {
		case item.Path == l.Section:
			nearest = i
		case l.Section == "" && under && (nearest < 0 || len(item.Path) > len(items[nearest].Path)):
			nearest = i
		}
	}
	if nearest >= 0 {
		menu[nearest].current = "true"
		if items[nearest].Path == l.path {
			menu[nearest].current = "page"
		}
	}
	return menu
}

func (l view) window() string {
	name := l.site.ShortName.In(l.lang)
	if name == "" {
		name = l.site.Name.In(l.lang)
	}
	if l.Title == "" {
		return name
	}
	return l.Title + " | " + name
}

func (l view) ownPath() string {
	if l.Canonical != "" {
		return l.Canonical
	}
	return l.path
}

func (l view) url(t lang.Tag) string { return l.base + parts.InTongue(t, l.ownPath()) }

// twin is the address of the same page in the other tongue, with the query that the reader sees.
func (l view) twin() string { return parts.InTongue(l.lang.Other(), l.path) + l.query }

// nextTheme is the choice that the button of the strip offers.
func (l view) nextTheme() string {
	switch l.theme {
	case "auto":
		return "dark"
	case "dark":
		return "light"
	}
	return "auto"
}

func (l view) themeKey() string {
	switch l.nextTheme() {
	case "dark":
		return "web.theme_dark"
	case "light":
		return "web.theme_light"
	}
	return "web.theme_auto"
}

func (l view) hidden() bool { return l.NoIndex || l.demo }
