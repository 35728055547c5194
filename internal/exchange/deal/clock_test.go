package deal_test

import (
	"slices"
	"testing"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/when"
)

func TestASilentHolderIsRemindedTheExchangeToldAndTheEnquiryLapses(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		e := m.question()
		m.update(func(tx *db.Tx) error { return m.x.Ask(tx, buyer, e) })
		at := func(day when.Day, want ...string) {
			t.Helper()
			for range 2 { // a second run sends nothing
				m.update(func(tx *db.Tx) error {
					tx.Now = day.Start().Add(8 * time.Hour)
					_, err := m.x.Watch(tx)
					return err
				})
			}
			if got := m.letters[1:]; !slices.Equal(got, want) {
				t.Errorf("until %s: %v, want %v", day, got, want)
			}
		}
		at(e.Due.AddDays(-1))
		at(e.Due, "song-hau enquiry_due")
		at(e.Due.AddDays(8), "song-hau enquiry_due", "song-hau enquiry_silent")
		m.update(func(tx *db.Tx) error {
			tx.Now = e.Due.AddDays(9).Start()
			waiting, err := deal.List(tx, deal.Box{Waiting: true, Today: when.DayOf(tx.Now), Limit: 10})
			if len(waiting) != 1 {
				t.Errorf("the exchange is told of %d", len(waiting))
			}
			return err
		})
		at(e.Due.AddDays(40), "song-hau enquiry_due", "song-hau enquiry_silent", "tay-do enquiry_lapsed")
		m.update(func(tx *db.Tx) error {
			if e := now(tx, e.ID); e.State != deal.Lapsed || !e.Due.Zero() {
				t.Errorf("lapsed: %+v", e)
			}
			return nil
		})
	}, schemas...)
}

// The sides of a deal in which nothing moves are asked after 30, 60 and 90 days, once each; a move
// begins the count anew.
func TestSidesOfASilentDealAreAsked(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		id := m.begun()
		m.letters = nil
		start := time.Now()
		at := func(days, want int) {
			t.Helper()
			for range 2 {
				m.update(func(tx *db.Tx) error {
					tx.Now = start.AddDate(0, 0, days).UTC().Truncate(time.Microsecond)
					_, err := m.x.AskSilent(tx)
					return err
				})
			}
			if len(m.letters) != want {
				t.Errorf("after %d days: %v", days, m.letters)
			}
		}
		at(29, 0)
		at(31, 2)
		at(45, 2)
		at(95, 4) // what was missed at 60 days is not asked about afterwards
		m.update(func(tx *db.Tx) error {
			tx.Now = start.AddDate(0, 0, 100).UTC().Truncate(time.Microsecond)
			return m.x.Write(tx, buyer, enter(tx, buyer, id), deal.Entry{Kind: "message", Words: "Vẫn đang xem"}, false)
		})
		at(129, 4)
		at(131, 6)
		m.update(func(tx *db.Tx) error { return m.x.Stop(tx, buyer, enter(tx, buyer, id), "no_money", "") })
		at(400, 6)
	}, schemas...)
}

// t0 is the time of the database.
func t0(m *market) (at time.Time) {
	m.update(func(tx *db.Tx) error { at = tx.Now; return nil })
	return at
}
