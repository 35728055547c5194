package app_test

import (
	"strings"
	"testing"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/web/webtest"
)

// TestTheWayOfAMatch walks from a need to what matches it: read, laid side by side, judged, taken back,
// and proposed by an officer; by the keyboard alone, and on a telephone without script.
func TestTheWayOfAMatch(t *testing.T) {
	if testing.Short() {
		t.Skip("walks in Chromium")
	}
	t.Parallel()
	s, base := running(t)
	for _, way := range []struct {
		name  string
		view  webtest.View
		hands func(screen) walker
		bare  bool
		need  string
		offer string // that is proposed
	}{
		{"by the keyboard alone", webtest.View{Width: 1440}, func(v screen) walker { return keys{&v} }, false, "NC-2026-0001", "CN-2026-0003"},
		{"on a telephone without script", webtest.View{Width: 390, Touch: true}, func(v screen) walker { return pointer{&v} }, true, "NC-2026-0004", "CN-2026-0001"},
	} {
		t.Run(way.name, func(t *testing.T) {
			need := named(t, s, way.need)
			as := func(email string) walker {
				b := webtest.Open(t)
				b.Script(t, !way.bare)
				b.Session(t, base, enter(t, s, email))
				return way.hands(screen{t: t, b: b, base: base, view: way.view})
			}
			says := func(w walker, text string) {
				t.Helper()
				if !strings.Contains(w.text("main"), text) {
					t.Fatalf("%s does not say %q: %.1500s", w.path(), text, w.text("main"))
				}
			}
			owner := as("muahang@ben-nuoc.example")
			owner.open("/needs/" + need)
			says(owner, "công nghệ khớp")
			owner.follow(`a[href="/needs/` + need + `/matches"]`)
			first := owner.text("ol.ml > li:first-child h2")
			owner.unfold("ol.ml > li:first-child summary")
			if !owner.has("ol.ml > li:first-child mark") {
				t.Error("no word is marked")
			}
			owner.follow("ol.ml > li:first-child .row > a.btn")
			says(owner, "Vì sao không phù hợp?")
			owner.tick("reason", "other_field")
			owner.press("#judge form button")
			says(owner, "Những tin bạn đã báo không phù hợp")
			if now := owner.text("ol.ml > li:first-child h2"); now == first {
				t.Errorf("%q is still shown", first)
			}
			owner.follow(`.chips a[href*="judged=yes"]`)
			says(owner, "Khác lĩnh vực")
			owner.press("ol.ml > li:first-child form button")
			if now := owner.text("ol.ml > li:first-child h2"); now != first {
				t.Errorf("%q is not shown again, but %q", first, now)
			}

			officer := as("canbo@so-khcn.example")
			officer.open("/desk/unmatched")
			officer.open("/desk/needs/" + need + "/matches")
			officer.tick("kind", "offer")
			officer.write("supply", way.offer)
			officer.write("words", "Cùng nghề, nên gọi hỏi thêm.")
			officer.press(`form[action$="/proposals"] button`)
			says(officer, "Rút đề xuất")
			owner.open("/needs/" + need)
			says(owner, "Nguyễn Thị Duyệt đề xuất ngày")
			says(owner, "Cùng nghề, nên gọi hỏi thêm.")
			(&path{T: t, s: s, email: "muahang@ben-nuoc.example"}).letter("Có đề xuất cho nhu cầu "+way.need, "Cùng nghề")
			visitor := as("thanhvien@song-hau.example")
			visitor.open("/needs/" + need)
			if strings.Contains(visitor.text("main"), "Cùng nghề") {
				t.Error("somebody else reads what was proposed")
			}
		})
	}
}

// named returns the id of the need with a number.
func named(t *testing.T, s *app.Server, number string) (id string) {
	t.Helper()
	err := s.DB.View(t.Context(), func(tx *db.Tx) error {
		n, err := exchange.Needs.One(tx, "WHERE number = ?", number)
		if err == nil {
			id = n.ID
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}
