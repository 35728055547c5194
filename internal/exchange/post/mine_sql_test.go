package post

import (
	"errors"
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
)

func TestOnesOwnListingsAreCountedAndListedByState(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := exchangetest.Open(t, d)
		first := exchangetest.Begun(t, d, x, exchangetest.WholeOffer())
		exchangetest.Begun(t, d, x, exchange.Typed{"title_vi": {"Máy thứ hai"}})
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			_, _, err := x.Needs.Begin(tx, exchangetest.Lan, "song-hau", exchange.Typed{"title_vi": {"Nhu cầu"}}.Given)
			return err
		})
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.Offers.Submit(tx, exchangetest.Lan, first.ID) })
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.Offers.TakeUp(tx, exchangetest.Clerk, first.ID) })
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			return x.Offers.Return(tx, exchangetest.Clerk, first.ID, exchange.Verdict{Reasons: []string{"too_vague"}, Note: "Thêm số đo"})
		})
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			counts, err := ownCounts(tx, []string{"song-hau", "tay-do"})
			if counts[exchange.Draft] != 2 || counts[exchange.Returned] != 1 || len(counts) != 2 {
				t.Errorf("counts %v", counts)
			}
			if err != nil {
				return err
			}
			all, err := ownKeys(tx, []string{"song-hau"}, exchange.States, ownKey{}, 2)
			if err != nil {
				return err
			}
			if len(all) != 2 || all[0].id != first.ID || all[1].kind != "need" {
				t.Errorf("keys %v", all)
			}
			if all, err = ownKeys(tx, []string{"song-hau"}, exchange.States, all[1], 2); len(all) != 1 || all[0].kind != "offer" {
				t.Errorf("the rest is %v", all)
			}
			if err != nil {
				return err
			}
			if all, err = ownKeys(tx, []string{"tay-do"}, exchange.States, ownKey{}, 2); len(all) != 0 {
				t.Errorf("another firm sees %v", all)
			}
			last, err2 := exchange.LastReturned(tx, "offer", first.ID)
			if last == nil || last.Note != "Thêm số đo" {
				t.Errorf("returned by %+v", last)
			}
			return errors.Join(err, err2)
		})
	}, exchangetest.Schemas...)
}
