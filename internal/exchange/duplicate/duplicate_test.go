package duplicate

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/desk"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/web/webtest"
)

func open2(t *testing.T, d *db.DB) *exchangetest.Site {
	t.Helper()
	x, _ := exchangetest.OpenDesk(t, d)
	exchangetest.Furnish(t, x)
	return exchangetest.Serve(t, d, x, slices.Concat(Routes(x), desk.Routes(x)), nil)
}

// pairs hands in n offers of one firm that tell of the same machine, each a bit otherwise, and keeps
// each of the later ones as a pair with the first.
func pairs(t *testing.T, s *exchangetest.Site, n int) (ids []string) {
	t.Helper()
	for i := range n + 1 {
		o := exchangetest.HandedIn(t, s.DB, s.X, exchange.Typed{"support_vi": {fmt.Sprintf("Bảo hành %d tháng", i)}})
		ids = append(ids, o.ID)
	}
	exchangetest.Update(t, s.DB, func(tx *db.Tx) error {
		for i, id := range ids[1:] {
			_, err := tx.Exec(`INSERT INTO duplicate (id, kind, one, other, likeness, found_at, verdict, decided_at, decided_by, note, stays, state_before, review)
				VALUES (?, 'offer', ?, ?, ?, 0, '', 0, '', '', '', '', '')`, fmt.Sprintf("p%03d", i), min(ids[0], id), max(ids[0], id), 990-i/2)
			if err != nil {
				return err
			}
		}
		return nil
	})
	return ids
}

func TestThePairsStandMostAlikeFirstOverSomePages(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := open2(t, d)
		_, _, body := s.Get(exchangetest.An, "/duplicates")
		s.Has(body, "Không có cặp tin nào ở đây")
		ids := pairs(t, s, 2*pairsSize+3)
		seen, path := 0, "/duplicates?kind=offer"
		for pages := 0; path != "" && pages < 5; pages++ {
			status, _, body := s.Get(exchangetest.An, path)
			s.Status(status, 200, body)
			for _, id := range ids[1:] {
				if strings.Contains(body, min(ids[0], id)+"/"+max(ids[0], id)+`"`) {
					seen++
				}
			}
			path = ""
			if _, rest, more := strings.Cut(body, `href="/duplicates?kind=offer&after=`); more {
				after, _, _ := strings.Cut(rest, `"`)
				path = "/duplicates?kind=offer&after=" + after
			}
		}
		if seen != len(ids)-1 {
			t.Errorf("%d of %d pairs are seen on the pages", seen, len(ids)-1)
		}
		for _, odd := range []string{"/duplicates?after=x_y", "/duplicates?after=_&show=decided", "/duplicates?source=x&kind=x"} {
			if status, _, body := s.Get(exchangetest.An, odd); status != 200 {
				t.Errorf("%s: %d %.200s", odd, status, body)
			}
		}
	}, exchangetest.Schemas...)
}

func TestAPairOfNothingIsNotFoundAndOwnPeopleMayNotDecide(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := open2(t, d)
		ids := pairs(t, s, 1)
		pair := "/duplicates/offer/" + ids[0] + "/" + ids[1]
		for _, path := range []string{"/duplicates/offer/none/" + ids[0], "/duplicates/offer/" + ids[0] + "/" + ids[0], "/duplicates/tree/" + ids[0] + "/" + ids[1], "/duplicates/need/" + ids[0] + "/" + ids[1]} {
			if status, _, _ := s.Get(exchangetest.An, path); status != 404 {
				t.Errorf("%s: %d", path, status)
			}
		}
		_, _, body := s.Get(exchangetest.Hoa, pair)
		if strings.Contains(body, "/merger") {
			t.Error("an officer of the firm that posted is offered a decision")
		}
		if status, _, _ := s.Post(exchangetest.Hoa, pair+"/keeping", exchange.Typed{}); status != 403 {
			t.Errorf("an officer of the firm that posted decides: %d", status)
		}
		_, _, body = s.Get(exchangetest.Inspector, pair)
		s.Has(body, "Bạn xem được nhưng không quyết định ở đây")
		status, _, body := s.Post(exchangetest.An, pair+"/merger", exchange.Typed{"stays": {ids[0]}, "note": {"Cùng một máy"}})
		s.Status(status, 200, body)
		s.Has(body, "Đã gộp hai tin", "Cùng một máy")
	}, exchangetest.Schemas...)
}

func TestThePagesOfPairsAreReadableByAll(t *testing.T) {
	b := webtest.Open(t)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		if !d.SQLite() {
			return
		}
		s := open2(t, d)
		ids := pairs(t, s, 2)
		b.Session(t, s.Base, "an")
		for _, path := range []string{"/duplicates", "/en/duplicates/offer/" + ids[0] + "/" + ids[1], "/desk/reviews/offer/" + ids[1]} {
			b.Check(t, s.Base+path)
		}
	}, exchangetest.Schemas...)
}
