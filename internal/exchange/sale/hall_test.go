package sale_test

import (
	"slices"
	"testing"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/sale"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

var schemas = append(slices.Clone(exchangetest.Schemas), db.Schema{Name: "deal", Files: deal.Schema}, db.Schema{Name: "sale", Files: sale.Schema})

// who is somebody who manages an organisation.
func who(organisation string) account.Actor {
	return account.Actor{ID: account.ID("of-" + organisation), Memberships: []account.Membership{{Organisation: organisation, Manager: true}}}
}

// hall is a place in which an offer of Lan's is sold, at a time of its own.
type hall struct {
	*testing.T
	d       *db.DB
	x       *sale.House
	offer   *exchange.Offer
	now     time.Time
	letters []string
}

func open(t *testing.T, d *db.DB) *hall {
	t.Helper()
	h := &hall{T: t, d: d, now: time.Now().UTC().Truncate(time.Microsecond)}
	floor := exchangetest.Open(t, d)
	tell := func(_ *db.Tx, organisation, letter string, _ ...any) error {
		h.letters = append(h.letters, organisation+" "+letter)
		return nil
	}
	h.x = &sale.House{Deals: deal.New(deal.Config{Exchange: floor, Codes: floor.Codes, Tell: tell}), Codes: floor.Codes, Settings: record.NewSettings(sale.Settings...), Tell: tell}
	h.another()
	return h
}

func (h *hall) another() {
	h.Helper()
	h.offer = &exchange.Offer{}
	h.offer.Title, h.offer.Owner, h.offer.State, h.offer.By = lang.Both{Vi: "Máy sấy bơm nhiệt"}, "song-hau", exchange.Published, exchangetest.Lan.ID
	h.update(func(tx *db.Tx) error { return exchange.Offers.New(tx, "system", "offer.imported", h.offer) })
}

func (h *hall) update(do func(*db.Tx) error) {
	h.Helper()
	if err := h.try(do); err != nil {
		h.Fatal(err)
	}
}

func (h *hall) try(do func(*db.Tx) error) error {
	return h.d.Update(h.Context(), func(tx *db.Tx) error {
		tx.Now = h.now
		return do(tx)
	})
}

func (h *hall) refused(kind fault.Kind, key string, do func(*db.Tx) error) {
	h.Helper()
	err := h.try(do)
	f, ok := fault.As(err)
	if !ok || f.Kind != kind {
		h.Fatalf("got %v, want a fault of kind %d", err, kind)
	}
	if f.Key != key && !slices.ContainsFunc(f.Fields, func(one fault.FieldFault) bool { return one.Key == key }) {
		h.Errorf("refused with %s %+v, want %s", f.Key, f.Fields, key)
	}
}

// sell prepares and announces a sale that begins in eight days and is open for a day.
func (h *hall) sell(s *sale.Sale, criteria ...sale.Criterion) string {
	h.Helper()
	s.Right = "use_exclusive"
	s.Opens, s.Closes = when.Micro(h.now.AddDate(0, 0, 8)), when.Micro(h.now.AddDate(0, 0, 9))
	h.update(func(tx *db.Tx) error {
		if err := h.x.Prepare(tx, exchangetest.Lan, h.offer, s, criteria); err != nil {
			return err
		}
		return h.x.Announce(tx, exchangetest.Lan, s)
	})
	return s.ID
}

// bidder enters an organisation, admitted.
func (h *hall) bidder(id, organisation string) string {
	h.Helper()
	var got string
	h.update(func(tx *db.Tx) error {
		s := h.whole(tx, id)
		criteria, err := sale.Criteria(tx, id)
		if err != nil {
			return err
		}
		b, err := h.x.Apply(tx, who(organisation), s, organisation, s.Digest(criteria))
		if err != nil {
			return err
		}
		got = b.ID
		if b.State == sale.Applied {
			if s.Deposit > 0 {
				if err := h.x.KeepDeposit(tx, exchangetest.Lan, s, b, sale.Deposit{Act: "received", Sum: s.Deposit, On: when.DayOf(tx.Now), Paper: "BC-1"}); err != nil {
					return err
				}
			}
			return h.x.Admit(tx, exchangetest.Lan, s, b)
		}
		return nil
	})
	return got
}

func (h *hall) whole(tx *db.Tx, id string) *sale.Sale {
	h.Helper()
	s, err := sale.Sales.Get(tx, id)
	if err != nil {
		h.Fatal(err)
	}
	return s
}

// with does something with a sale and one of its bidders.
func (h *hall) with(id, bidder string, do func(*db.Tx, *sale.Sale, *sale.Bidder) error) func(*db.Tx) error {
	return func(tx *db.Tx) error {
		b, err := sale.Bidders.Get(tx, bidder)
		if err != nil {
			return err
		}
		return do(tx, h.whole(tx, id), b)
	}
}

// at moves the clock on and lets it work.
func (h *hall) at(days, minutes int) {
	h.Helper()
	h.now = h.now.AddDate(0, 0, days).Add(time.Duration(minutes) * time.Minute)
	h.update(func(tx *db.Tx) error { _, err := h.x.Watch(tx); return err })
}

func (h *hall) state(id, want, reason string) *sale.Sale {
	h.Helper()
	var s *sale.Sale
	h.update(func(tx *db.Tx) error { s = h.whole(tx, id); return nil })
	if s.State != want || s.Reason != reason {
		h.Fatalf("%s (%s), want %s (%s)", s.State, s.Reason, want, reason)
	}
	return s
}

func (h *hall) bid(id, bidder string, organisation string, price int64) func(*db.Tx) error {
	return h.with(id, bidder, func(tx *db.Tx, s *sale.Sale, b *sale.Bidder) error {
		return h.x.Bid(tx, who(organisation), s, b, price)
	})
}
