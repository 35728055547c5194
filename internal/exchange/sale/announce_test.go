package sale_test

import (
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/sale"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// What is missing or contradicts itself is told by its field; a draft is the seller's own, and an
// announced sale says what it says.
func TestASaleIsCheckedBeforeItIsAnnounced(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		good := func() *sale.Sale {
			return &sale.Sale{Mode: sale.Auction, Right: "ownership", Start: 100, Step: 10, Extension: 5, Opens: when.Micro(h.now.AddDate(0, 0, 8)), Closes: when.Micro(h.now.AddDate(0, 0, 9))}
		}
		for _, one := range []struct {
			name     string
			change   func(*sale.Sale)
			criteria []sale.Criterion
			key      string
		}{
			{"no mode", func(s *sale.Sale) { s.Mode = "lottery" }, nil, "field.needed"},
			{"no right", func(s *sale.Sale) { s.Right = "" }, nil, "field.needed"},
			{"too soon", func(s *sale.Sale) { s.Opens = when.Micro(h.now.AddDate(0, 0, 3)) }, nil, "sale.notice_short"},
			{"ends before it begins", func(s *sale.Sale) { s.Closes = s.Opens }, nil, "sale.bad_span"},
			{"no price", func(s *sale.Sale) { s.Start = 0 }, nil, "field.needed"},
			{"no step", func(s *sale.Sale) { s.Step = 0 }, nil, "field.needed"},
			{"reserve below the first price", func(s *sale.Sale) { s.Reserve = 50 }, nil, "sale.reserve_below"},
			{"a negative deposit", func(s *sale.Sale) { s.Deposit = -1 }, nil, "terms.out_of_range"},
			{"criteria of an auction", func(*sale.Sale) {}, []sale.Criterion{{Vi: "Giá", Weight: 100}}, "sale.criteria_of_call"},
			{"a call without criteria", func(s *sale.Sale) { s.Mode = sale.Call }, nil, "sale.bad_weights"},
			{"weights of 90", func(s *sale.Sale) { s.Mode = sale.Call }, []sale.Criterion{{Vi: "Giá", Weight: 90}}, "sale.bad_weights"},
			{"a criterion without a name", func(s *sale.Sale) { s.Mode = sale.Call }, []sale.Criterion{{Weight: 100}}, "sale.bad_criterion"},
			{"seals that nobody can open", func(s *sale.Sale) { s.Mode = sale.Sealed }, nil, "terms.out_of_range"},
		} {
			t.Run(one.name, func(t *testing.T) {
				s := good()
				one.change(s)
				h.refused(fault.Invalid, one.key, func(tx *db.Tx) error { return h.x.Prepare(tx, exchangetest.Lan, h.offer, s, one.criteria) })
			})
		}
		s := good()
		h.refused(fault.Forbidden, "sale.not_yours", func(tx *db.Tx) error { return h.x.Prepare(tx, who("tay-do"), h.offer, good(), nil) })
		h.update(func(tx *db.Tx) error { return h.x.Prepare(tx, exchangetest.Lan, h.offer, s, nil) })
		h.refused(fault.Conflict, "sale.runs_already", func(tx *db.Tx) error { return h.x.Prepare(tx, exchangetest.Lan, h.offer, good(), nil) })
		h.update(func(tx *db.Tx) error {
			_, err := sale.Of(tx, account.Actor{ID: "clerk", Roles: []account.Role{account.Officer}}, s.ID)
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("others see a draft: %v", err)
			}
			return nil
		})
		h.now = h.now.AddDate(0, 0, 5) // the draft lay too long
		h.refused(fault.Invalid, "sale.notice_short", func(tx *db.Tx) error { return h.x.Announce(tx, exchangetest.Lan, h.whole(tx, s.ID)) })
		h.now = h.now.AddDate(0, 0, -5)
		h.update(func(tx *db.Tx) error { return h.x.Announce(tx, exchangetest.Lan, h.whole(tx, s.ID)) })
		h.refused(fault.Conflict, "sale.not_now", func(tx *db.Tx) error {
			changed := good()
			changed.ID, changed.Start = s.ID, 1
			return h.x.Prepare(tx, exchangetest.Lan, h.offer, changed, nil)
		})
		h.bidder(s.ID, "tay-do")
		h.refused(fault.Invalid, "field.needed", func(tx *db.Tx) error { return h.x.Cancel(tx, exchangetest.Lan, h.whole(tx, s.ID), "") })
		h.letters = nil
		h.update(func(tx *db.Tx) error {
			return h.x.Cancel(tx, exchangetest.Lan, h.whole(tx, s.ID), "Đã bán nơi khác")
		})
		if h.state(s.ID, sale.Cancelled, ""); len(h.letters) != 1 || h.letters[0] != "tay-do sale_cancelled" {
			t.Errorf("letters %v", h.letters)
		}
	}, schemas...)
}

// A deposit is what the seller says of it: nobody is admitted without it, no more is returned than came,
// and who left may come back.
func TestADepositIsARecord(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		id := h.sell(&sale.Sale{Mode: sale.Fixed, Start: 100, Deposit: 20})
		var b string
		apply := func(tx *db.Tx) error {
			s := h.whole(tx, id)
			got, err := h.x.Apply(tx, who("tay-do"), s, "tay-do", s.Digest(nil))
			if err == nil {
				b = got.ID
			}
			return err
		}
		h.update(apply)
		h.refused(fault.Conflict, "sale.applied_already", apply)
		admit := h.with(id, b, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error { return h.x.Admit(tx, exchangetest.Lan, s, b) })
		keep := func(act string, sum int64) func(*db.Tx) error {
			return h.with(id, b, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error {
				return h.x.KeepDeposit(tx, exchangetest.Lan, s, b, sale.Deposit{Act: act, Sum: sum, On: when.DayOf(tx.Now), Paper: "BC-7"})
			})
		}
		h.refused(fault.Conflict, "sale.deposit_missing", admit)
		h.refused(fault.Invalid, "sale.deposit_not_held", keep("returned", 1))
		h.update(keep("received", 15))
		h.refused(fault.Conflict, "sale.deposit_missing", admit)
		h.update(keep("received", 5))
		h.refused(fault.Forbidden, "sale.not_yours", h.with(id, b, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error { return h.x.Admit(tx, who("tay-do"), s, b) }))
		h.update(admit)
		h.update(h.with(id, b, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error { return h.x.Leave(tx, who("tay-do"), s, b) }))
		h.update(keep("returned", 20))
		first := b
		h.update(apply)
		if b != first {
			t.Error("who comes back has another place")
		}
		h.refused(fault.Conflict, "sale.deposit_missing", admit)
		h.update(h.with(id, b, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error {
			return h.x.Reject(tx, exchangetest.Lan, s, b, "Không có giấy phép")
		}))
		h.refused(fault.Conflict, "sale.not_now", h.with(id, b, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error { return h.x.Leave(tx, who("tay-do"), s, b) }))
	}, schemas...)
}
