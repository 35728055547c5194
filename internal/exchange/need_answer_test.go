package exchange_test

import (
	"slices"
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

func TestANeedIsOwedAnAnswerAndTheRateCountsIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, letters := exchangetest.OpenDesk(t, d)
		var ids []string
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			ids = nil
			for i, due := range []int{-3, 2, 5} {
				n := &exchange.Need{}
				n.State, n.Owner, n.Title = exchange.Published, "song-hau", lang.Both{Vi: "Khử mùi xưởng bột cá"}
				n.Officer, n.ReplyDue = "an", when.DayOf(tx.Now).AddDays(due)
				if i == 2 {
					n.Officer = "em"
				}
				if err := exchange.Needs.New(tx, "system", "need.planted", n); err != nil {
					return err
				}
				ids = append(ids, n.ID)
			}
			return nil
		})
		view := func(do func(tx *db.Tx) error) {
			t.Helper()
			if err := d.View(t.Context(), do); err != nil {
				t.Fatal(err)
			}
		}
		view(func(tx *db.Tx) error {
			all, err := x.NeedsOwed(tx, "", false, "", "", 10)
			mine, err2 := x.NeedsOwed(tx, "em", false, "", "", 10)
			late, err3 := x.NeedsOwed(tx, "", true, "", "", 10)
			rest, err4 := x.NeedsOwed(tx, "", false, all[0].Due.String(), all[0].Key, 10)
			if len(all) != 3 || len(mine) != 1 || len(late) != 1 || late[0].ID != ids[0] || len(rest) != 2 {
				t.Errorf("all %d, mine %d, late %d, rest %d", len(all), len(mine), len(late), len(rest))
			}
			loads, err5 := x.Loads(tx)
			if loads[exchange.QueueNeeds] != (exchange.Load{3, 1}) {
				t.Errorf("%+v", loads)
			}
			for _, err := range []error{err, err2, err3, err4, err5} {
				if err != nil {
					return err
				}
			}
			return nil
		})
		note := lang.Both{Vi: "Có hai công nghệ đáp ứng."}
		for _, one := range []struct {
			answer string
			note   lang.Both
		}{{"maybe", note}, {"", note}, {"found", lang.Both{}}} {
			exchangetest.Refused(t, d, fault.Invalid, func(tx *db.Tx) error { return x.AnswerNeed(tx, "an", ids[0], one.answer, one.note) })
		}
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.AnswerNeed(tx, "an", ids[0], "found", note) }) // three days late
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.AnswerNeed(tx, "an", ids[1], "none", note) })
		exchangetest.Refused(t, d, fault.Conflict, func(tx *db.Tx) error { return x.AnswerNeed(tx, "em", ids[1], "found", note) })
		view(func(tx *db.Tx) error {
			f, err := exchange.FreshnessOn(tx, when.DayOf(tx.Now))
			if f.Due != 2 || f.InTime != 1 {
				t.Errorf("rate %d of %d", f.InTime, f.Due)
			}
			n, err2 := exchange.Needs.Get(tx, ids[1])
			if n.State != exchange.NoAnswer || n.AnsweredOn.Zero() {
				t.Errorf("%+v", n)
			}
			if err == nil {
				err = err2
			}
			return err
		})
		if !slices.Equal(*letters, []string{"song-hau need_answered", "song-hau need_answered"}) {
			t.Error(*letters)
		}
	}, exchangetest.Schemas...)
}
