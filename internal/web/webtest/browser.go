// Package webtest opens pages in Chromium and checks them: accessibility by axe-core, no sideways
// scroll, nothing that the content security policy had to stop.
package webtest

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// Browser is a Chromium that runs for one test.
type Browser struct {
	ctx      context.Context
	axe      string
	mu       sync.Mutex
	messages []string
	now      cdp.LoaderID // the page that is open
	status   map[cdp.LoaderID]int64
	loaded   map[cdp.LoaderID]bool
}

// View is a way of looking at a page.
type View struct {
	Width int64 // CSS pixels
	Dark  bool
	Touch bool // a telephone, touched by a finger
}

// Matrix holds the views in which every page is checked.
var Matrix = []View{{Width: 320}, {Width: 390, Dark: true}, {Width: 768}, {Width: 1440}, {Width: 1440, Dark: true}}

// Open starts Chromium. Without it, or without axe-core under node_modules, the test fails and says what to install.
func Open(t testing.TB) *Browser {
	t.Helper()
	axe := findAxe()
	program := findChromium()
	if axe == "" || program == "" {
		t.Fatal("this test needs Chromium, and axe-core: run make tools assets")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.DisableGPU)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, stop = chromedp.NewContext(ctx)
	t.Cleanup(stop)
	b := &Browser{ctx: ctx, axe: axe}
	if err := b.listen(); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	return b
}

func findChromium() string {
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

// findAxe reads axe-core from the folder of npm packages, in this folder or one above it.
func findAxe() string {
	for dir := "."; len(dir) < 30; dir = filepath.Join("..", dir) {
		if body, err := os.ReadFile(filepath.Join(dir, "node_modules/axe-core/axe.min.js")); err == nil {
			return string(body)
		}
	}
	return ""
}

// Do runs browser actions within half a minute.
func (b *Browser) Do(t testing.TB, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 30*time.Second)
	defer stop()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// Text returns what a JavaScript expression gives, a promise awaited, as text.
func (b *Browser) Text(t testing.TB, expression string) string {
	t.Helper()
	ctx, stop := context.WithTimeout(b.ctx, 30*time.Second)
	defer stop()
	text, err := chromedp.Run(ctx, chromedp.Evaluate[string]("Promise.resolve("+expression+").then(String)", chromedp.EvalAwaitPromise))
	if err != nil {
		t.Fatalf("%.80s: %v", expression, err)
	}
	return text
}

// Session makes the browser show the session of that token to the site of address.
func (b *Browser) Session(t testing.TB, address, token string) {
	t.Helper()
	if _, err := chromedp.Call(b.ctx, network.SetCookie, network.SetCookieParams{Name: "chonoi", Value: token, URL: address}); err != nil {
		t.Fatal(err)
	}
}

// See opens a page in a view.
func (b *Browser) See(t testing.TB, address string, v View) {
	t.Helper()
	b.Size(t, v)
	b.Do(t, chromedp.Navigate(address))
}

// Size makes the pages that are opened next be seen in a view.
func (b *Browser) Size(t testing.TB, v View) {
	t.Helper()
	scheme := "light"
	if v.Dark {
		scheme = "dark"
	}
	media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, media); err != nil {
		t.Fatal(err)
	}
	if v.Touch {
		b.Do(t, chromedp.EmulateViewport(v.Width, 844, chromedp.EmulateMobile, chromedp.EmulateTouch))
		return
	}
	b.Do(t, chromedp.EmulateViewport(v.Width, 900))
}

const runAxe = `axe.run(document, {runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa','best-practice'], resultTypes: ['violations']})
  .then(r => JSON.stringify(r.violations.map(v => v.id + ': ' + v.help + ' at ' + v.nodes.slice(0, 3).map(n => n.target.join(' ')).join(' | '))))`

// Check opens a page in each view of Matrix and reports what axe finds, a sideways scroll, and
// what the policy or the network refused.
func (b *Browser) Check(t testing.TB, address string) {
	t.Helper()
	for _, v := range Matrix {
		b.take()
		b.See(t, address, v)
		b.CheckWidth(t, v.Width)
		b.CheckOpen(t, fmt.Sprintf("%d px, dark %v", v.Width, v.Dark))
	}
}

// CheckWidth reports when the page that is open is wider than so many pixels.
func (b *Browser) CheckWidth(t testing.TB, most int64) {
	t.Helper()
	wide, _ := strconv.ParseInt(b.Text(t, `document.documentElement.scrollWidth`), 10, 64)
	if wide > most {
		t.Errorf("%s at %d px: the page is %d px wide", b.at(t), most, wide)
	}
}

// CheckOpen reports what axe finds on the page that is open, and what the policy or the network
// refused since the last check. How says in which state it is looked at.
func (b *Browser) CheckOpen(t testing.TB, how string) {
	t.Helper()
	b.Text(t, "window.axe ? '' : (() => {"+b.axe+"})()")
	var list []string
	if err := json.Unmarshal([]byte(b.Text(t, runAxe)), &list); err != nil {
		t.Fatalf("%s, %s: %v", b.at(t), how, err)
	}
	for _, one := range append(list, b.take()...) {
		t.Errorf("%s, %s: %s", b.at(t), how, one)
	}
}

func (b *Browser) at(t testing.TB) string {
	t.Helper()
	return pathOf(b.Text(t, `location.href`))
}

// take returns what the browser complained of, and forgets it; the status of a fault page, which
// is meant, is left out.
func (b *Browser) take() (list []string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, m := range b.messages {
		if !strings.Contains(m, "the server responded with a status of") {
			list = append(list, m)
		}
	}
	b.messages = nil
	return list
}

func pathOf(address string) string {
	if u, err := url.Parse(address); err == nil {
		return u.RequestURI()
	}
	return address
}
