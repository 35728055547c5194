package app_test

import (
	"fmt"
	"html"
	"regexp"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"chonoi/internal/web/webtest"
)

// walker is somebody at a screen: each way of walking does the same things with other hands.
type walker interface {
	open(path string)            // types an address
	follow(selector string)      // takes a link to another page
	jump(selector string)        // takes a link within the page
	press(selector string)       // presses a button that sends a form
	unfold(selector string)      // opens what is folded away
	write(name, text string)     // types over what stands in an input
	choose(name, value string)   // chooses from a list
	tick(name, value string)     // ticks a box
	has(selector string) bool    // whether the page holds such an element
	text(selector string) string // what the elements say, marks of HTML left out
	raw(selector string) string  // the elements as HTML
	path() string                // where one is, from the root
	status() int64               // of the page that was loaded last
}

// screen is a window of Chromium with what every walker reads from it. Look is done on each page
// that has been reached.
type screen struct {
	t    *testing.T
	b    *webtest.Browser
	base string
	view webtest.View
	look func(*screen)
	last int64
}

func (s *screen) open(path string) {
	s.t.Helper()
	s.b.Size(s.t, s.view)
	s.load(chromedp.Navigate(s.base + path))
}

func (s *screen) load(steps ...chromedp.Action[chromedp.Void]) {
	s.t.Helper()
	s.last = s.b.Load(s.t, steps...)
	if s.look != nil {
		s.look(s)
	}
}

func (s *screen) has(selector string) bool { return len(s.b.Find(s.t, selector)) > 0 }

func (s *screen) raw(selector string) string { return strings.Join(s.b.Find(s.t, selector), "\n") }

var mark = regexp.MustCompile(`<[^>]*>`)

func (s *screen) text(selector string) string {
	return html.UnescapeString(mark.ReplaceAllString(s.raw(selector), ""))
}

func (s *screen) path() string  { return strings.TrimPrefix(s.b.Address(s.t), s.base) }
func (s *screen) status() int64 { return s.last }

// need stops the walk when the page lacks what the next step takes.
func (s *screen) need(selector string) {
	s.t.Helper()
	if !s.has(selector) {
		s.t.Fatalf("%s (status %d) has no %s; it says: %.1500s", s.path(), s.last, selector, strings.Join(strings.Fields(s.text("main")), " "))
	}
}

var option = regexp.MustCompile(`<option value="([^"]*)"( selected)?`)

// downs is how often Arrow Down leads from what is chosen in a list to the value.
func (s *screen) downs(name, value string) int {
	s.t.Helper()
	now, to := 0, -1
	for i, one := range option.FindAllStringSubmatch(s.raw(fmt.Sprintf("select[name=%q]", name)), -1) {
		if one[2] != "" {
			now = i
		}
		if one[1] == value {
			to = i
		}
	}
	if to < now {
		s.t.Fatalf("%s: the list %s has no %q below what is chosen", s.path(), name, value)
	}
	return to - now
}

func (s *screen) box(name, value string) (selector string, ticked bool) {
	selector = fmt.Sprintf("input[name=%q][value=%q]", name, value)
	s.need(selector)
	return selector, s.has(selector + "[checked]")
}

func input(name string) string {
	return fmt.Sprintf("input[name=%[1]q]:not([type=hidden]), textarea[name=%[1]q]", name)
}

// pointer walks by mouse or finger, and types into what was touched.
type pointer struct{ *screen }

func (w pointer) click(selector string) chromedp.Action[chromedp.Void] {
	w.t.Helper()
	w.need(selector)
	x, y := w.b.Middle(w.t, selector)
	if w.view.Touch {
		return chromedp.TapXY(x, y)
	}
	return chromedp.MouseClickXY(x, y)
}

func (w pointer) follow(selector string) { w.t.Helper(); w.load(w.click(selector)) }
func (w pointer) press(selector string)  { w.t.Helper(); w.load(w.click(selector)) }
func (w pointer) jump(selector string)   { w.t.Helper(); w.b.Do(w.t, w.click(selector)) }
func (w pointer) unfold(selector string) { w.t.Helper(); w.b.Do(w.t, w.click(selector)) }

func (w pointer) write(name, text string) {
	w.t.Helper()
	w.b.Do(w.t, w.click(input(name)))
	w.b.Insert(w.t, text)
}

func (w pointer) choose(name, value string) {
	w.t.Helper()
	list := fmt.Sprintf("select[name=%q]", name)
	w.need(list)
	w.b.Focus(w.t, list)
	w.b.Press(w.t, strings.Repeat(kb.ArrowDown, w.downs(name, value)))
}

func (w pointer) tick(name, value string) {
	w.t.Helper()
	if selector, ticked := w.box(name, value); !ticked {
		w.b.Do(w.t, w.click(selector))
	}
}

// keys walks by the keyboard alone: from stop to stop with Tab, and the focus must be seen at each.
type keys struct{ *screen }

const mostStops = 400 // a page has fewer

// reach presses Tab until the focus stands on what is sought.
func (w keys) reach(selector string) {
	w.t.Helper()
	w.need(selector)
	for i := 0; i < mostStops; i++ {
		at := w.b.Focused(w.t, selector)
		if i > 0 && !at.Body && !at.Seen {
			w.t.Errorf("%s: the focus is not seen on %s", w.path(), at.Where)
		}
		if at.Hit {
			return
		}
		w.b.Press(w.t, kb.Tab)
	}
	w.t.Fatalf("%s: Tab does not lead to %s", w.path(), selector)
}

func (w keys) follow(selector string) {
	w.t.Helper()
	w.reach(selector)
	w.load(webtest.Keys(kb.Enter))
}

func (w keys) press(selector string) { w.t.Helper(); w.follow(selector) }

func (w keys) jump(selector string) {
	w.t.Helper()
	w.reach(selector)
	w.b.Press(w.t, kb.Enter)
}

func (w keys) unfold(selector string) { w.t.Helper(); w.jump(selector) }

func (w keys) write(name, text string) {
	w.t.Helper()
	w.reach(input(name))
	w.b.Type(w.t, text)
}

func (w keys) choose(name, value string) {
	w.t.Helper()
	w.reach(fmt.Sprintf("select[name=%q]", name))
	w.b.Press(w.t, strings.Repeat(kb.ArrowDown, w.downs(name, value)))
}

func (w keys) tick(name, value string) {
	w.t.Helper()
	if selector, ticked := w.box(name, value); !ticked {
		w.reach(selector)
		w.b.Press(w.t, " ")
	}
}
