package deal_test

import (
	"slices"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/route"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// completed returns a deal that was handed over today.
func (m *market) completed() (id string, today when.Day) {
	m.Helper()
	id, today = m.inForce(offered(750, 5))
	for _, who := range []account.Actor{exchangetest.Lan, buyer} {
		m.update(func(tx *db.Tx) error { return m.x.Confirm(tx, who, enter(tx, who, id), 1, today, "") })
	}
	return id, today
}

// The receiver is asked 6, 12 and 24 months after the hand-over; the first yes is the step into production.
func TestTheReceiverTellsWhatBecameOfTheTechnology(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		id, today := m.completed()
		answer := func(s deal.Survey) func(*db.Tx) error {
			return func(tx *db.Tx) error { return m.x.Answer(tx, buyer, enter(tx, buyer, id), s) }
		}
		six, twelve := today.AddMonths(6), today.AddMonths(12)
		m.refusedOn(six.AddDays(-1), fault.Conflict, answer(deal.Survey{Months: 6, Words: "Chưa"}))
		m.refusedOn(six, fault.Invalid, answer(deal.Survey{Months: 6}))
		m.refusedOn(six, fault.Forbidden, func(tx *db.Tx) error {
			return m.x.Answer(tx, exchangetest.Lan, enter(tx, exchangetest.Lan, id), deal.Survey{Months: 6, Words: "Chưa"})
		})
		m.on(six, answer(deal.Survey{Months: 6, Words: "Đang xây xưởng"}))
		m.refusedOn(twelve, fault.Conflict, answer(deal.Survey{Months: 6, Words: "Đã xong"}))
		m.refusedOn(twelve, fault.Invalid, answer(deal.Survey{Months: 12, Producing: true, Since: twelve.AddDays(1)}))
		for range 2 { // said twice, it began once
			m.on(twelve, answer(deal.Survey{Months: 12, Producing: true, Since: twelve.AddDays(-40), Revenue: 5_000_000_000, Jobs: 12}))
		}
		m.on(twelve, func(tx *db.Tx) error {
			all, err := deal.Surveys(tx, enter(tx, buyer, id).Deal)
			if len(all) != 3 || all[0].Producing || all[0].At == 0 || all[1].Jobs != 12 || all[1].Since != twelve.AddDays(-40) || all[2].At != 0 || all[2].DueOn != today.AddMonths(24) {
				t.Errorf("surveys: %+v %+v %+v", all[0], all[1], all[2])
			}
			entries, err := ledger.Of(tx, "deal", id, 0, 100)
			n := 0
			for _, one := range entries {
				if one.Act == "deal.in_production" {
					n++
				}
			}
			if n != 1 {
				t.Errorf("it went into production %d times", n)
			}
			return err
		})
	}, schemas...)
}

// Reviews open when both wrote, or after thirty days; an organisation's standing is told from three
// organisations on.
func TestReviewsOpenTogetherAndAreToldFromThreeOrganisationsOn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		lan := exchangetest.Lan
		good := deal.Review{AsTold: 5, InTime: 4, Support: 3, Again: true, Words: "Làm việc tốt"}
		judge := func(who account.Actor, id string, v deal.Review) func(*db.Tx) error {
			return func(tx *db.Tx) error { return m.x.Judge(tx, who, enter(tx, who, id), v) }
		}
		reads := func(who account.Actor, id string) (n int) {
			m.update(func(tx *db.Tx) error {
				all, err := deal.Reviews(tx, enter(tx, who, id))
				n = len(all)
				return err
			})
			return n
		}
		id, today := m.inForce(offered(750, 5))
		m.refused(fault.Conflict, judge(buyer, id, good))
		id, _ = m.completed()
		m.refused(fault.Invalid, judge(buyer, id, deal.Review{AsTold: 6, InTime: 1, Support: 1}))
		m.update(judge(buyer, id, good))
		m.refused(fault.Conflict, judge(buyer, id, good))
		if reads(buyer, id) != 1 || reads(lan, id) != 0 || reads(exchangetest.An, id) != 0 {
			t.Errorf("one review is read by %d %d %d", reads(buyer, id), reads(lan, id), reads(exchangetest.An, id))
		}
		m.update(judge(lan, id, good))
		if reads(buyer, id) != 2 || reads(lan, id) != 2 || reads(exchangetest.An, id) != 2 {
			t.Errorf("both are read by %d %d %d", reads(buyer, id), reads(lan, id), reads(exchangetest.An, id))
		}
		standing := func() (ok bool, s deal.Standing) {
			m.on(today.AddDays(40), func(tx *db.Tx) (err error) {
				s, ok, err = deal.StandingOf(tx, "song-hau")
				return err
			})
			return ok, s
		}
		if ok, s := standing(); ok {
			t.Errorf("of one review is told %+v", s)
		}
		for _, organisation := range []string{"cai-khe", "vam-co"} {
			former := buyer
			buyer = account.Actor{ID: buyer.ID, Name: buyer.Name, Memberships: []account.Membership{{Organisation: organisation, Manager: true}}}
			asks = organisation
			other, _ := m.completed()
			m.update(judge(buyer, other, deal.Review{AsTold: 3, InTime: 3, Support: 3}))
			buyer, asks = former, "tay-do"
		}
		if ok, s := standing(); !ok || s.Reviews != 3 || s.Mean != 33 || s.Again != 33 {
			t.Errorf("of three is told %+v %v", s, ok)
		}
	}, schemas...)
}

// Technology made with state money becomes capital only while a valuation of it holds.
func TestStateFundedTechnologyIsValuedBeforeItBecomesCapital(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		m.another(false)
		id, lan, today := m.begun(), exchangetest.Lan, when.DayOf(t0(m))
		capital := &terms.Terms{Object: "Máy sấy", Right: "use_non_exclusive", Payment: terms.Payment{Mode: terms.Capital, Sum: 900}}
		_, digest := capital.Write()
		m.update(func(tx *db.Tx) error {
			_, err := m.x.Offer(tx, lan, enter(tx, lan, id), capital, "", when.Day{})
			return err
		})
		accept := func(tx *db.Tx) error { return m.x.AcceptTerms(tx, buyer, enter(tx, buyer, id), 1, digest) }
		m.refused(fault.Conflict, accept)
		v := deal.Valuation{By: "Hội đồng định giá", On: today.AddDays(-400), Method: "income", Assumptions: "Dòng tiền 10 năm", Low: 800, High: 1000, Until: today.AddDays(-30)}
		for _, spoil := range []func(*deal.Valuation){func(v *deal.Valuation) { v.High = 700 }, func(v *deal.Valuation) { v.Method = "guess" }, func(v *deal.Valuation) { v.By = "" },
			func(v *deal.Valuation) { v.Until = v.On.AddDays(-1) }, func(v *deal.Valuation) { v.Attachment = "none" }} {
			bad := v
			spoil(&bad)
			m.refused(fault.Invalid, func(tx *db.Tx) error { return m.x.Value(tx, lan, enter(tx, lan, id), bad) })
		}
		m.update(func(tx *db.Tx) error { return m.x.Value(tx, lan, enter(tx, lan, id), v) })
		m.refused(fault.Conflict, accept) // it no longer holds
		v.On, v.Until = today, when.Day{}
		m.update(func(tx *db.Tx) error { return m.x.Value(tx, lan, enter(tx, lan, id), v) })
		m.update(func(tx *db.Tx) error {
			return m.x.Evaluate(tx, buyer, enter(tx, buyer, id), deal.Evaluation{By: "TS. Nguyễn Văn Minh", On: today, Examined: "Chạy thử 8 giờ", Findings: "Đạt 95 % công suất", Verdict: "fit_if"})
		})
		m.update(accept)
		m.update(func(tx *db.Tx) error {
			found, err := deal.EvaluationsOf(tx, id)
			if len(found) != 1 || found[0].Side != deal.Receiver || found[0].Verdict != "fit_if" {
				t.Errorf("experts: %+v", found)
			}
			values, err := deal.ValuationsOf(tx, id)
			if len(values) != 2 || values[0].High != 1000 {
				t.Errorf("values: %+v", values)
			}
			return err
		})
		m.update(func(tx *db.Tx) error {
			_, err := m.x.Conclude(tx, exchangetest.An, enter(tx, exchangetest.An, id), route.Facts{Class: route.Free, Direction: route.Domestic, StateMoney: route.AllState, StateCapitalContribution: true, Day: today}, "Đã xem")
			return err
		})
	}, schemas...)
}

// A side is reminded a fortnight before its duty's day and on the day after, once each.
func TestASideIsRemindedOfItsDuties(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		_, today := m.inForce(royalty(when.DayOf(t0(m))))
		m.letters = nil
		at := func(day when.Day, want ...string) {
			t.Helper()
			m.letters = nil
			for range 2 { // a second run sends nothing
				m.on(day, func(tx *db.Tx) error { _, err := m.x.RemindOfDuties(tx, ""); return err })
			}
			slices.Sort(m.letters)
			if !slices.Equal(m.letters, want) {
				t.Errorf("on %s: %v, want %v", day, m.letters, want)
			}
		}
		at(today.AddDays(15))
		at(today.AddDays(16), "song-hau deal_milestone_due", "tay-do deal_milestone_due")
		at(today.AddDays(31), "song-hau deal_milestone_due", "tay-do deal_milestone_due")
		done, _ := m.completed()
		m.on(today.AddMonths(6).AddDays(-1), func(tx *db.Tx) error { _, err := m.x.RemindOfDuties(tx, ""); return err })
		m.letters = nil
		m.on(today.AddMonths(6), func(tx *db.Tx) error { _, err := m.x.RemindOfDuties(tx, ""); return err })
		if !slices.Contains(m.letters, "tay-do deal_survey_due") {
			t.Errorf("of the survey of %s: %v", done, m.letters)
		}
	}, schemas...)
}
