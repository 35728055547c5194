package app_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"chonoi/internal/alert"
	"chonoi/internal/exchange"
	"chonoi/internal/web/webtest"
)

// TestASearchIsSavedAndWatchedInChromium walks from a search to its letter and back: by mouse with
// every page looked at by axe, by the keyboard alone, and without script on a telephone.
func TestASearchIsSavedAndWatchedInChromium(t *testing.T) {
	if testing.Short() {
		t.Skip("walks in Chromium")
	}
	s := city(t, "sqlite")
	site := httptest.NewServer(s.Web.Handler())
	defer site.Close()
	rig := watched(t, s)
	for _, way := range []struct {
		name, word string
		look       func(*screen)
		view       webtest.View
		hands      func(screen) walker
		bare       bool
	}{
		{"by mouse", "vàng", func(at *screen) { at.b.CheckOpen(t, "on the path") }, webtest.View{Width: 1280}, func(v screen) walker { return pointer{&v} }, false},
		{"by the keyboard alone", "trắng", nil, webtest.View{Width: 1280}, func(v screen) walker { return keys{&v} }, false},
		{"without script on a telephone", "hồng", func(at *screen) { at.b.CheckWidth(t, 390) }, webtest.View{Width: 390, Touch: true}, func(v screen) walker { return pointer{&v} }, true},
	} {
		t.Run(way.name, func(t *testing.T) {
			at := screen{t: t, b: webtest.Open(t), base: site.URL, view: way.view, look: way.look}
			at.b.Script(t, !way.bare)
			at.b.Session(t, site.URL, enter(t, s, buyer))
			w, p := way.hands(at), path{T: t, s: s, email: buyer}
			name := "Máy sen " + way.word
			w.open("/search?kind=offer&q=sen+" + way.word)
			w.follow(`a[href^="/alerts/new"]`)
			w.write("name", name)
			rhythm := alert.Daily // as it stands
			if _, mouse := w.(pointer); mouse {
				rhythm = alert.AtOnce
				w.tick("rhythm", string(rhythm))
			}
			w.press(`form[action="/alerts"] button`)
			p.stands(w, "/alerts", 200)
			p.says(w, "main", name)
			act := func(what string) {
				w.press(`form[action$="/` + what + `"] button[aria-label*="` + name + `"]`)
				p.stands(w, "/alerts", 200)
			}
			act("pause")
			p.says(w, "main", "Tạm dừng")
			act("resumption")
			act("deletion")
			p.says(w, "main", "Vừa xóa")
			act("restoration")
			rig.offer(seller, name, func(o *exchange.Offer) { o.Summary.Vi = "Tách vỏ." })
			rig.follow()
			letters := rig.post(buyer, rhythm, future)
			if len(letters) != 1 {
				t.Fatalf("%d letters", len(letters))
			}
			w.open(stopLink.FindStringSubmatch(letters[0].Text)[1])
			p.says(w, "h1", "Ngừng theo dõi “"+name+"”?")
			w.press("main form button")
			p.says(w, "h1", "Đã ngừng theo dõi")
			w.follow(`main a[href="/alerts"]`)
			w.follow(`main h3 a[href^="/alerts/"]`)
			p.says(w, "main", "Khớp các từ: sen")
			if strings.Contains(w.text("main"), "alert.") {
				t.Error("a text is not told")
			}
		})
	}
}
