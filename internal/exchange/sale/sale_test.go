package sale_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/sale"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// An auction takes bids that are high enough, moves its end when one comes late, sells only above the
// reserve, and the award begins a deal with the price as the seller's version.
func TestAnAuction(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		id := h.sell(&sale.Sale{Mode: sale.Auction, Start: 100_000_000, Step: 10_000_000, Reserve: 125_000_000, Extension: 10, Deposit: 5_000_000})
		one, two := h.bidder(id, "tay-do"), h.bidder(id, "cai-khe")
		h.refused(fault.Conflict, "sale.not_now", h.bid(id, one, "tay-do", 100_000_000)) // before it opens
		h.at(8, 1)
		h.refused(fault.Conflict, "sale.bid_too_low", h.bid(id, one, "tay-do", 99_999_999))
		h.refused(fault.Invalid, "sale.bid_too_high", h.bid(id, one, "tay-do", 1_000_000_001))
		h.refused(fault.Forbidden, "sale.not_yours", h.bid(id, one, "cai-khe", 100_000_000))
		h.update(h.bid(id, one, "tay-do", 100_000_000))
		h.refused(fault.Conflict, "sale.leads_already", h.bid(id, one, "tay-do", 120_000_000))
		h.refused(fault.Conflict, "sale.bid_too_low", h.bid(id, two, "cai-khe", 109_999_999))
		h.refused(fault.Conflict, "sale.bid_stands", h.with(id, one, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error { return h.x.Leave(tx, who("tay-do"), s, b) }))
		before := h.state(id, sale.Open, "").Closes
		h.at(0, 24*60-5) // four minutes before the end
		h.update(h.bid(id, two, "cai-khe", 130_000_000))
		if s := h.state(id, sale.Open, ""); s.Closes != when.Micro(h.now.Add(10*time.Minute)) || s.Closes <= before {
			t.Errorf("the end is %s", when.Time(s.Closes))
		}
		h.at(0, 11)
		h.state(id, sale.Settling, "")
		h.refused(fault.Conflict, "sale.not_now", h.bid(id, one, "tay-do", 200_000_000))
		award := func(bidder string) func(*db.Tx) error {
			return h.with(id, bidder, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error {
				return h.x.Award(tx, exchangetest.Lan, s, b)
			})
		}
		h.refused(fault.Conflict, "sale.not_first", award(one))
		h.letters = nil
		h.update(award(two))
		s := h.state(id, sale.Awarded, "")
		if want := []string{"cai-khe deal_offer", "tay-do sale_lost", "cai-khe sale_awarded"}; !slices.Equal(h.letters, want) {
			t.Errorf("letters %v", h.letters)
		}
		h.update(func(tx *db.Tx) error {
			r, err := deal.Enter(tx, who("cai-khe"), s.Deal)
			if err != nil {
				return err
			}
			all, err := deal.Versions(tx, r.ID)
			if err != nil {
				return err
			}
			if r.Supplier != "song-hau" || r.Receiver != "cai-khe" || r.State != deal.Negotiating || len(all) != 1 || all[0].Terms.Payment.Sum != 130_000_000 || all[0].Terms.Right != "use_exclusive" {
				t.Errorf("deal %+v, versions %+v", r.Deal, all)
			}
			_, err = deal.Enter(tx, who("tay-do"), s.Deal)
			if fault.KindOf(err) != fault.NotFound {
				t.Errorf("who lost enters the deal: %v", err)
			}
			return nil
		})
		h.another()
		low := h.sell(&sale.Sale{Mode: sale.Auction, Start: 100, Step: 10, Reserve: 200, Extension: 0})
		b := h.bidder(low, "tay-do")
		h.at(8, 1)
		h.update(h.bid(low, b, "tay-do", 150))
		h.at(1, 0)
		h.state(low, sale.Void, "reserve_not_met")
	}, schemas...)
}

// A sealed bid is its digest until the deadline; who opened another text, or none, does not count.
func TestSealedBids(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		id := h.sell(&sale.Sale{Mode: sale.Sealed, Start: 50_000_000, RevealHours: 48})
		number := h.state(id, sale.Announced, "").Number
		orgs := []string{"tay-do", "cai-khe", "ben-nuoc", "thoi-lai"}
		seals := map[string]sale.Seal{}
		bidders := map[string]string{}
		for i, org := range orgs {
			bidders[org] = h.bidder(id, org)
			h.update(h.with(id, bidders[org], func(_ *db.Tx, _ *sale.Sale, b *sale.Bidder) error {
				seals[org] = sale.Seal{Sale: number, Bidder: b.Number, Price: []int64{70_000_000, 90_000_000, 40_000_000, 95_000_000}[i], Secret: sale.NewSecret(), Words: "Giá trọn gói, bảo hành 24 tháng"}
				return nil
			}))
		}
		h.at(8, 1)
		for _, org := range orgs {
			h.update(h.with(id, bidders[org], func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error {
				return h.x.Commit(tx, who(org), s, b, seals[org].Digest())
			}))
		}
		opening := func(org, text string) func(*db.Tx) error {
			return h.with(id, bidders[org], func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error {
				return h.x.OpenSeal(tx, who(org), s, b, text)
			})
		}
		h.refused(fault.Conflict, "sale.not_now", opening("tay-do", seals["tay-do"].Text())) // before the deadline
		seen := func(a account.Actor, n int) {
			t.Helper()
			h.update(func(tx *db.Tx) error {
				all, err := sale.BiddersSeen(tx, a, h.whole(tx, id))
				got := 0
				for _, b := range all {
					if b.Commitment != "" || b.Price != 0 {
						got++
					}
				}
				if got != n {
					t.Errorf("%s sees %d bids, want %d", a.ID, got, n)
				}
				return err
			})
		}
		seen(exchangetest.Lan, 0)
		seen(account.Actor{ID: "root", Roles: []account.Role{account.Administrator}}, 0)
		h.at(1, 0)
		h.state(id, sale.Revealing, "")
		seen(exchangetest.Lan, 4)
		other := seals["tay-do"]
		other.Price = 99_000_000
		h.refused(fault.Invalid, "sale.other_seal", opening("tay-do", other.Text()))
		h.refused(fault.Invalid, "sale.other_seal", opening("tay-do", seals["cai-khe"].Text()))
		h.refused(fault.Invalid, "sale.bad_seal", opening("tay-do", "giá 70 triệu"))
		h.update(opening("tay-do", strings.ReplaceAll(seals["tay-do"].Text(), "\n", "\r\n"))) // as a form sends it
		h.update(opening("cai-khe", "\ufeff"+seals["cai-khe"].Text()+"\n"))                   // as an editor keeps it
		h.update(opening("ben-nuoc", seals["ben-nuoc"].Text()))
		h.refused(fault.Conflict, "sale.not_now", opening("ben-nuoc", seals["ben-nuoc"].Text()))
		h.at(2, 1)
		h.state(id, sale.Settling, "")
		h.refused(fault.Conflict, "sale.not_now", opening("thoi-lai", seals["thoi-lai"].Text()))
		h.update(func(tx *db.Tx) error {
			ranks, err := sale.Ranking(tx, h.whole(tx, id))
			got := ""
			for _, r := range ranks {
				got += fmt.Sprintf("%d %s %d %s; ", r.Place, r.Bidder.Owner, r.Price, r.Why)
			}
			if want := "1 cai-khe 90000000 ; 2 tay-do 70000000 ; 0 ben-nuoc 40000000 below_least; 0 thoi-lai 0 not_opened; "; got != want {
				t.Errorf("got %s", got)
			}
			return err
		})
		h.update(h.with(id, bidders["cai-khe"], func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error {
			return h.x.Exclude(tx, exchangetest.Lan, s, b, "Không nộp bản gốc")
		}))
		h.update(h.with(id, bidders["tay-do"], func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error {
			return h.x.Award(tx, exchangetest.Lan, s, b)
		}))
		if s := h.state(id, sale.Awarded, ""); s.Price != 70_000_000 {
			t.Errorf("sold at %d", s.Price)
		}
	}, schemas...)
}

// When all sealed bids are open, nobody waits for the end.
func TestASaleGoesOnWhenAllSealsAreOpen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		id := h.sell(&sale.Sale{Mode: sale.Sealed, Reserve: 60, RevealHours: 48})
		b := h.bidder(id, "tay-do")
		seal := sale.Seal{Sale: h.state(id, sale.Announced, "").Number, Price: 50, Secret: sale.NewSecret()}
		h.at(8, 1)
		h.update(h.with(id, b, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error {
			seal.Bidder = b.Number
			return h.x.Commit(tx, who("tay-do"), s, b, seal.Digest())
		}))
		h.at(1, 0)
		h.update(h.with(id, b, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error {
			return h.x.OpenSeal(tx, who("tay-do"), s, b, seal.Text())
		}))
		h.state(id, sale.Void, "reserve_not_met")
	}, schemas...)
}

// The proposals of a call are marked by people of the seller, each once; the score is exact.
func TestACallForProposals(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		criteria := []sale.Criterion{{N: 1, Vi: "Giá", Weight: 40, Priced: true}, {N: 2, Vi: "Năng lực", Weight: 35}, {N: 3, Vi: "Tác động", Weight: 25}}
		id := h.sell(&sale.Sale{Mode: sale.Call, Start: 10}, criteria...)
		one, two := h.bidder(id, "tay-do"), h.bidder(id, "cai-khe")
		h.at(8, 1)
		propose := func(bidder, org string, price int64, words string) func(*db.Tx) error {
			return h.with(id, bidder, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error {
				return h.x.Propose(tx, who(org), s, b, price, words)
			})
		}
		h.refused(fault.Invalid, "sale.price_below", propose(one, "tay-do", 9, "Có"))
		h.refused(fault.Invalid, "field.needed", propose(one, "tay-do", 100, ""))
		h.update(propose(one, "tay-do", 80, "Xưởng có sẵn"))
		h.update(propose(one, "tay-do", 100, "Xưởng có sẵn, 30 người"))
		h.update(propose(two, "cai-khe", 75, "Liên kết với hợp tác xã"))
		h.update(func(tx *db.Tx) error {
			all, err := sale.BiddersSeen(tx, exchangetest.Lan, h.whole(tx, id))
			for _, b := range all {
				if b.Words != "" || b.Price != 0 {
					t.Errorf("the seller reads %+v before the deadline", b)
				}
			}
			return err
		})
		h.at(1, 0)
		h.state(id, sale.Evaluating, "")
		second := account.Actor{ID: "evaluator", Memberships: []account.Membership{{Organisation: "song-hau"}}}
		mark := func(a account.Actor, bidder string, ability, impact int64, free bool) func(*db.Tx) error {
			return h.with(id, bidder, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error {
				return h.x.MarkProposal(tx, a, s, b, map[int64]int64{2: ability, 3: impact}, "Rõ ràng", free)
			})
		}
		h.refused(fault.Invalid, "sale.needs_free", mark(second, one, 50, 50, false))
		h.refused(fault.Invalid, "sale.bad_mark", mark(second, one, 101, 50, true))
		h.refused(fault.Forbidden, "sale.not_yours", mark(who("tay-do"), one, 100, 100, true))
		h.update(mark(exchangetest.Lan, one, 70, 60, true))
		h.update(mark(second, one, 75, 61, true))
		h.refused(fault.Conflict, "sale.marked_already", mark(second, one, 80, 80, true))
		end := func(tx *db.Tx) error { return h.x.EndEvaluation(tx, exchangetest.Lan, h.whole(tx, id)) }
		h.refused(fault.Conflict, "sale.not_all_marked", end)
		h.update(mark(exchangetest.Lan, two, 90, 95, true))
		h.update(end)
		h.update(func(tx *db.Tx) error {
			ranks, err := sale.Ranking(tx, h.whole(tx, id))
			got := ""
			for _, r := range ranks {
				got += fmt.Sprintf("%d %s %s; ", r.Place, r.Bidder.Owner, r.Score.FloatString(4))
			}
			// 40·75/100 + 35·90/100 + 25·95/100 = 85.25; 40 + 35·72.5/100 + 25·60.5/100 = 80.5
			if want := "1 cai-khe 85.2500; 2 tay-do 80.5000; "; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
			return err
		})
		h.update(func(tx *db.Tx) error {
			return h.x.NoAward(tx, exchangetest.Lan, h.whole(tx, id), "Chưa đạt yêu cầu về vốn")
		})
		h.state(id, sale.Void, "no_award")
	}, schemas...)
}

// At a fixed price who comes first buys; nobody bids without admission, and a seller cannot buy.
func TestAFixedPrice(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		id := h.sell(&sale.Sale{Mode: sale.Fixed, Start: 300_000_000, Screened: true})
		h.refused(fault.Forbidden, "sale.own", func(tx *db.Tx) error {
			_, err := h.x.Apply(tx, exchangetest.Lan, h.whole(tx, id), "song-hau", "")
			return err
		})
		h.refused(fault.Conflict, "sale.changed", func(tx *db.Tx) error {
			_, err := h.x.Apply(tx, who("tay-do"), h.whole(tx, id), "tay-do", "")
			return err
		})
		var waiting string
		h.update(func(tx *db.Tx) error {
			s := h.whole(tx, id)
			b, err := h.x.Apply(tx, who("cai-khe"), s, "cai-khe", s.Digest(nil))
			waiting = b.ID
			return err
		})
		one := h.bidder(id, "tay-do")
		h.at(8, 1)
		buy := func(bidder, org string) func(*db.Tx) error {
			return h.with(id, bidder, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error { return h.x.Purchase(tx, who(org), s, b) })
		}
		h.refused(fault.Forbidden, "sale.not_admitted", buy(waiting, "cai-khe"))
		h.update(buy(one, "tay-do"))
		h.refused(fault.Conflict, "sale.not_now", buy(one, "tay-do"))
		s := h.state(id, sale.Awarded, "")
		h.update(func(tx *db.Tx) error {
			shown, err := sale.Of(tx, who("thoi-lai"), id)
			if shown.Winner != "" || shown.Price != 0 || shown.Deal != "" || shown.Reserve != 0 {
				t.Errorf("an outsider sees %+v", shown)
			}
			if mine, _ := sale.Of(tx, who("tay-do"), id); mine.Price != s.Price || mine.Winner != one {
				t.Errorf("the buyer sees %+v", mine)
			}
			return err
		})
		h.another()
		empty := h.sell(&sale.Sale{Mode: sale.Fixed, Start: 1})
		h.at(9, 1)
		h.state(empty, sale.Void, "no_bids")
	}, schemas...)
}
