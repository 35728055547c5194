package deal_test

import (
	"slices"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

var between = account.Actor{ID: "cau", Name: "Võ Cầu", Memberships: []account.Membership{{Organisation: "cau-noi", Manager: true}}}

// withRegister has one intermediary on the register.
func (m *market) withRegister() {
	m.x.Registered = func(_ *db.Tx, organisation string) (bool, error) { return organisation == "cau-noi", nil }
}

func mandate(today when.Day) *deal.Mandate {
	m := &deal.Mandate{Broker: "cau-noi", Scope: "Tìm bên nhận, sắp xếp buổi xem máy", From: today, Until: today.AddDays(90), FeeKind: deal.FeePercent, FeeRate: "1.5"}
	m.Owner = "song-hau"
	return m
}

// A mandate is proposed by one and signed by the other; under it the broker enters the deal into which
// the principal calls him, reads what is for both, writes for both, decides nothing, and is out when the
// mandate ends.
func TestABrokerTakesPartUnderAMandate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		m.withRegister()
		lan, today := exchangetest.Lan, when.DayOf(t0(m))
		one := mandate(today)
		for _, spoil := range []func(*deal.Mandate){func(o *deal.Mandate) { o.Broker = "tay-do" }, func(o *deal.Mandate) { o.Scope = "" }, func(o *deal.Mandate) { o.Until = today.AddDays(-1) },
			func(o *deal.Mandate) { o.FeeRate = "101" }, func(o *deal.Mandate) { o.FeeRate = "1.555" }, func(o *deal.Mandate) { o.FeeKind = "gift" }, func(o *deal.Mandate) { o.Kind, o.Listing = "offer", "none" }} {
			bad := mandate(today)
			spoil(bad)
			m.refused(fault.Invalid, func(tx *db.Tx) error { return m.x.ProposeMandate(tx, lan, bad) })
		}
		m.refused(fault.Forbidden, func(tx *db.Tx) error { return m.x.ProposeMandate(tx, outsider, mandate(today)) })
		m.update(func(tx *db.Tx) error { return m.x.ProposeMandate(tx, lan, one) })
		m.refused(fault.Forbidden, func(tx *db.Tx) error { return m.x.SignMandate(tx, lan, one) })
		m.refused(fault.NotFound, func(tx *db.Tx) error { _, err := deal.MandateOf(tx, outsider, one.ID); return err })
		m.update(func(tx *db.Tx) error { return m.x.SignMandate(tx, between, one) })
		m.refused(fault.Conflict, func(tx *db.Tx) error { return m.x.SignMandate(tx, between, one) })
		id := m.begun()
		m.refused(fault.NotFound, func(tx *db.Tx) error { _, err := deal.Enter(tx, between, id); return err })
		m.refused(fault.Forbidden, func(tx *db.Tx) error { return m.x.CallIn(tx, buyer, enter(tx, buyer, id), one) })
		m.update(func(tx *db.Tx) error {
			all, err := deal.Fitting(tx, enter(tx, lan, id))
			if len(all) != 1 {
				t.Errorf("%d mandates fit", len(all))
			}
			return err
		})
		m.update(func(tx *db.Tx) error { return m.x.CallIn(tx, lan, enter(tx, lan, id), one) })
		m.refused(fault.Conflict, func(tx *db.Tx) error { return m.x.CallIn(tx, lan, enter(tx, lan, id), one) })
		m.update(func(tx *db.Tx) error {
			r := enter(tx, between, id)
			if r.Side != deal.Broker || r.Acts(between) {
				t.Errorf("the broker is %q", r.Side)
			}
			return m.x.Write(tx, between, r, deal.Entry{Kind: "visit", Words: "Hẹn xem máy", Held: today}, false)
		})
		m.update(func(tx *db.Tx) error {
			return m.x.Write(tx, lan, enter(tx, lan, id), deal.Entry{Kind: "message", Words: "Giá đáy 700"}, true)
		})
		m.refused(fault.Forbidden, func(tx *db.Tx) error {
			return m.x.Write(tx, between, enter(tx, between, id), deal.Entry{Kind: "message", Words: "Riêng"}, true)
		})
		m.refused(fault.Forbidden, func(tx *db.Tx) error {
			_, err := m.x.Offer(tx, between, enter(tx, between, id), offered(1, 1), "", when.Day{})
			return err
		})
		m.update(func(tx *db.Tx) error {
			lines, err := deal.Entries(tx, id, deal.Broker, "", 100)
			for _, line := range lines {
				if line.Words == "Giá đáy 700" {
					t.Error("the broker reads a side's own note")
				}
			}
			mine, err2 := deal.Mine(tx, between, "", 10)
			if len(mine) != 1 {
				t.Errorf("the broker finds %d deals", len(mine))
			}
			return cmpErr(err, err2)
		})
		m.refused(fault.NotFound, func(tx *db.Tx) error {
			tx.Now = one.Until.AddDays(1).Start()
			_, err := deal.Enter(tx, between, id)
			return err
		})
		m.refused(fault.Invalid, func(tx *db.Tx) error { return m.x.Revoke(tx, lan, one, "") })
		m.update(func(tx *db.Tx) error { return m.x.Revoke(tx, lan, one, "Đổi kế hoạch") })
		m.refused(fault.NotFound, func(tx *db.Tx) error { _, err := deal.Enter(tx, between, id); return err })
		if !slices.Contains(m.letters, "cau-noi mandate_revocation") || !slices.Contains(m.letters, "cau-noi mandate_called") {
			t.Errorf("letters: %v", m.letters)
		}
	}, schemas...)
}

func cmpErr(all ...error) error {
	for _, err := range all {
		if err != nil {
			return err
		}
	}
	return nil
}

// A fee falls due when the contract is signed, is billed once, and is told as paid by the principal; the
// track record follows from what became of the deals.
func TestAFeeFallsDueWithTheContract(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		m.withRegister()
		lan, today := exchangetest.Lan, when.DayOf(t0(m))
		one := mandate(today)
		m.update(func(tx *db.Tx) error { return m.x.ProposeMandate(tx, between, func() *deal.Mandate { return one }()) })
		m.update(func(tx *db.Tx) error { return m.x.SignMandate(tx, lan, one) })
		id, _ := m.inForce(offered(1_000_000_033, 1))
		m.update(func(tx *db.Tx) error { return m.x.CallIn(tx, lan, enter(tx, lan, id), one) })
		other := m.begun2()
		m.update(func(tx *db.Tx) error { return m.x.CallIn(tx, lan, enter(tx, lan, other), one) })
		charge := func(deal, paper string) func(*db.Tx) error {
			return func(tx *db.Tx) error { return m.x.Charge(tx, between, one, deal, today, paper) }
		}
		m.refused(fault.Conflict, charge(other, "HD 1"))
		m.refused(fault.Invalid, charge(id, ""))
		m.refused(fault.Forbidden, func(tx *db.Tx) error { return m.x.Charge(tx, lan, one, id, today, "HD 1") })
		m.update(charge(id, "HD 1"))
		m.refused(fault.Conflict, charge(id, "HD 2"))
		m.refused(fault.Forbidden, func(tx *db.Tx) error { return m.x.Settled(tx, between, one, id, today) })
		m.update(func(tx *db.Tx) error { return m.x.Settled(tx, lan, one, id, today) })
		m.update(func(tx *db.Tx) error {
			return m.x.AddErrand(tx, between, one, deal.Errand{Deal: other, What: "Gọi bên nhận", Due: today.AddDays(2)})
		})
		m.refused(fault.Invalid, func(tx *db.Tx) error {
			return m.x.AddErrand(tx, between, one, deal.Errand{Deal: "none", What: "?"})
		})
		m.update(func(tx *db.Tx) error {
			bills, err := deal.Bills(tx, one.ID)
			if len(bills) != 1 || bills[0].Sum != 15_000_000 || bills[0].Paid != today {
				t.Errorf("bills: %+v", bills)
			}
			errands, err2 := deal.Errands(tx, one.ID, 10)
			if len(errands) != 1 || errands[0].Due != today.AddDays(2) {
				t.Errorf("errands: %+v", errands)
			}
			return cmpErr(err, err2, m.x.FinishErrand(tx, between, one, errands[0].ID))
		})
		m.update(func(tx *db.Tx) error { return m.x.Stop(tx, lan, enter(tx, lan, other), "price", "") })
		m.update(func(tx *db.Tx) error {
			r, err := deal.RecordOf(tx, "cau-noi")
			if r != (deal.TrackRecord{Mandates: 1, Deals: 2, Signed: 1, Stopped: 1}) {
				t.Errorf("the record: %+v", r)
			}
			return err
		})
	}, schemas...)
}

// begun2 is another deal, about another offer.
func (m *market) begun2() string {
	m.Helper()
	m.another(false)
	return m.begun()
}

// A broker with a mandate for the listing hears of its enquiries, answers them for his principal and comes
// into the deal; one who asks himself, one whose mandate ended and one about another listing do not.
func TestABrokerAnswersForHisPrincipal(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		m.withRegister()
		lan, today := exchangetest.Lan, when.DayOf(t0(m))
		one := mandate(today)
		one.Kind, one.Listing = "offer", m.offer.ID
		m.update(func(tx *db.Tx) error { return m.x.ProposeMandate(tx, lan, one) })
		e := m.question()
		e.Anonymous = true
		m.update(func(tx *db.Tx) error { return m.x.Ask(tx, buyer, e) })
		m.refused(fault.NotFound, func(tx *db.Tx) error { _, err := deal.EnquiryOf(tx, between, e.ID); return err })
		m.update(func(tx *db.Tx) error { return m.x.SignMandate(tx, between, one) })
		as := func(tx *db.Tx, who account.Actor) *deal.Enquiry {
			e, err := deal.EnquiryOf(tx, who, e.ID)
			if err != nil {
				t.Fatal(err)
			}
			return e
		}
		m.update(func(tx *db.Tx) error {
			found, err := deal.List(tx, deal.Box{Holder: []string{"cau-noi"}, Today: today, Limit: 10})
			if len(found) != 1 || as(tx, between).NamesAsker(between) || !as(tx, between).Answers(between) || as(tx, between).Answers(outsider) {
				t.Errorf("the broker's box: %d", len(found))
			}
			return err
		})
		m.letters = nil
		m.update(func(tx *db.Tx) error { return m.x.Question(tx, between, as(tx, between), "Cần bao nhiêu?") })
		m.update(func(tx *db.Tx) error { return m.x.Reply(tx, buyer, as(tx, buyer), "Một máy") })
		if !slices.Contains(m.letters, "cau-noi enquiry_replied") || !slices.Contains(m.letters, "song-hau enquiry_replied") {
			t.Errorf("letters: %v", m.letters)
		}
		m.update(func(tx *db.Tx) error { return m.x.Accept(tx, between, as(tx, between)) })
		m.update(func(tx *db.Tx) error { return m.x.Open(tx, buyer, as(tx, buyer)) })
		var room string
		m.update(func(tx *db.Tx) error {
			e := as(tx, lan)
			room = e.Deal
			r := enter(tx, between, room)
			if e.AnsweredBy != "" || e.Mandate != one.ID || r.Side != deal.Broker || len(r.Brokers) != 1 || len(r.People) != 1 {
				t.Errorf("after it: %+v, %+v", e, r)
			}
			return nil
		})
		m.another(false)
		e = m.question()
		m.update(func(tx *db.Tx) error { return m.x.Ask(tx, buyer, e) })
		m.refused(fault.NotFound, func(tx *db.Tx) error { _, err := deal.EnquiryOf(tx, between, e.ID); return err })
		m.update(func(tx *db.Tx) error { return m.x.Revoke(tx, lan, one, "Xong việc") })
		m.refused(fault.NotFound, func(tx *db.Tx) error { _, err := deal.Enter(tx, between, room); return err })
		all := mandate(today)
		m.update(func(tx *db.Tx) error { return m.x.ProposeMandate(tx, lan, all) })
		m.update(func(tx *db.Tx) error { return m.x.SignMandate(tx, between, all) })
		m.update(func(tx *db.Tx) error {
			if !as(tx, between).Answers(between) {
				t.Error("a mandate for all is not for this one")
			}
			return nil
		})
		m.another(false)
		e = m.question()
		e.Owner = "cau-noi"
		m.update(func(tx *db.Tx) error { return m.x.Ask(tx, between, e) })
		m.update(func(tx *db.Tx) error {
			if as(tx, between).Answers(between) {
				t.Error("the broker answers himself")
			}
			return nil
		})
	}, schemas...)
}
