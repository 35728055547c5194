package deal_test

import (
	"slices"
	"testing"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/route"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// on does something in the morning of a day.
func (m *market) on(day when.Day, do func(*db.Tx) error) {
	m.Helper()
	m.update(func(tx *db.Tx) error {
		tx.Now = day.Start().Add(9 * time.Hour)
		return do(tx)
	})
}

// refusedOn is refused on a day, with a kind of fault.
func (m *market) refusedOn(day when.Day, kind fault.Kind, do func(*db.Tx) error) {
	m.Helper()
	m.refused(kind, func(tx *db.Tx) error {
		tx.Now = day.Start().Add(9 * time.Hour)
		return do(tx)
	})
}

// inForce returns a deal whose contract took effect today.
func (m *market) inForce(t *terms.Terms) (id string, today when.Day) {
	m.Helper()
	m.another(false)
	id, today = m.begun(), when.DayOf(t0(m))
	_, digest := t.Write()
	m.update(func(tx *db.Tx) error {
		_, err := m.x.Offer(tx, exchangetest.Lan, enter(tx, exchangetest.Lan, id), t, "", when.Day{})
		return err
	})
	m.update(func(tx *db.Tx) error { return m.x.AcceptTerms(tx, buyer, enter(tx, buyer, id), 1, digest) })
	m.concluded(id, route.Free, route.NoState)
	one := m.contract(id, "ee")
	m.sign(exchangetest.Lan, id, one, today)
	m.sign(buyer, id, one, today)
	return id, today
}

func royalty(today when.Day) *terms.Terms {
	return &terms.Terms{Object: "Máy sấy", Right: "use_non_exclusive", Months: 36, Methods: []string{"documents", "training"},
		Milestones: []terms.Milestone{{Method: "documents", What: "Bản vẽ", Due: today.AddDays(30)}, {Method: "training", What: "Hai khóa", Due: today.AddDays(60)}},
		Payment: terms.Payment{Mode: terms.Combination, Sum: 100, Rate: "2.5", Base: terms.NetPrice, Years: 2,
			Instalments: []terms.Instalment{{Share: 3333, When: "ký"}, {Share: 3333, When: "giao"}, {Share: 3334, When: "nghiệm thu"}}}}
}

// Each step of the hand-over is confirmed by both sides; with the last one the deal is complete.
func TestTheHandOverIsConfirmedByBoth(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		id, today := m.inForce(royalty(when.DayOf(t0(m))))
		lan := exchangetest.Lan
		confirm := func(who account.Actor, n int64, on when.Day) func(*db.Tx) error {
			return func(tx *db.Tx) error { return m.x.Confirm(tx, who, enter(tx, who, id), n, on, "Đủ") }
		}
		later := today.AddDays(40)
		m.refusedOn(later, fault.Invalid, confirm(lan, 1, today.AddDays(41)))
		m.refusedOn(later, fault.Invalid, confirm(lan, 1, today.AddDays(-1)))
		m.refusedOn(later, fault.NotFound, confirm(lan, 3, today))
		m.refusedOn(later, fault.Forbidden, func(tx *db.Tx) error {
			return m.x.Confirm(tx, exchangetest.An, enter(tx, exchangetest.An, id), 1, today, "")
		})
		m.on(later, confirm(lan, 1, today.AddDays(20)))
		m.refusedOn(later, fault.Conflict, confirm(lan, 1, today.AddDays(21)))
		m.on(later, confirm(buyer, 1, today.AddDays(25)))
		m.on(later, confirm(buyer, 2, today.AddDays(30)))
		if _, state := m.legal(id); state != deal.Performing {
			t.Errorf("with a step that one side confirmed it is %s", state)
		}
		m.on(later, confirm(lan, 2, today.AddDays(29)))
		m.update(func(tx *db.Tx) error {
			r := enter(tx, buyer, id)
			if r.State != deal.Completed || r.Ended != today.AddDays(30) {
				t.Errorf("complete: %s on %s", r.State, r.Ended)
			}
			all, err := deal.HandOvers(tx, id)
			if len(all) != 2 || !all[0].Done() || all[0].Since() != today.AddDays(25) || all[1].Confirmed[deal.Supplier].Words != "Đủ" {
				t.Errorf("steps: %+v", all)
			}
			return err
		})
		if !slices.Contains(m.letters, "song-hau deal_milestone") || !slices.Contains(m.letters, "tay-do deal_complete") {
			t.Errorf("letters: %v", m.letters)
		}
	}, schemas...)
}

// A dispute stops the hand-over until both agree how it is settled; a contract ends early with a reason.
func TestADisputeIsSettledByBothOrTheContractEnds(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		id, today := m.inForce(royalty(when.DayOf(t0(m))))
		lan := exchangetest.Lan
		m.update(func(tx *db.Tx) error { return m.x.Confirm(tx, lan, enter(tx, lan, id), 1, today, "") })
		m.refused(fault.Invalid, func(tx *db.Tx) error { return m.x.Raise(tx, buyer, enter(tx, buyer, id), "") })
		m.update(func(tx *db.Tx) error {
			return m.x.Raise(tx, buyer, enter(tx, buyer, id), "Máy không đạt công suất")
		})
		m.refused(fault.Conflict, func(tx *db.Tx) error { return m.x.Confirm(tx, buyer, enter(tx, buyer, id), 1, today, "") })
		m.update(func(tx *db.Tx) error {
			return m.x.ProposeSettlement(tx, lan, enter(tx, lan, id), "Thay quạt, gia hạn bảo hành")
		})
		digest := func() (digest string) {
			m.update(func(tx *db.Tx) error {
				all, err := deal.DisputesOf(tx, id)
				digest = all[0].Digest()
				return err
			})
			return digest
		}
		read := digest()
		m.refused(fault.Conflict, func(tx *db.Tx) error { return m.x.Settle(tx, lan, enter(tx, lan, id), read) })
		m.update(func(tx *db.Tx) error { return m.x.ProposeSettlement(tx, lan, enter(tx, lan, id), "Thay quạt") })
		m.refused(fault.Conflict, func(tx *db.Tx) error { return m.x.Settle(tx, buyer, enter(tx, buyer, id), read) })
		read = digest()
		m.update(func(tx *db.Tx) error { return m.x.Settle(tx, buyer, enter(tx, buyer, id), read) })
		if _, state := m.legal(id); state != deal.Performing {
			t.Errorf("a settled deal is %s", state)
		}
		m.update(func(tx *db.Tx) error { return m.x.Raise(tx, lan, enter(tx, lan, id), "Không trả tiền") })
		m.refused(fault.Invalid, func(tx *db.Tx) error {
			return m.x.Terminate(tx, lan, enter(tx, lan, id), "bored", today, "Không trả tiền")
		})
		m.update(func(tx *db.Tx) error {
			return m.x.Terminate(tx, lan, enter(tx, lan, id), "breach", today, "Không trả tiền")
		})
		m.update(func(tx *db.Tx) error {
			all, err := deal.DisputesOf(tx, id)
			if len(all) != 2 || all[0].EndedAt == 0 || all[0].Side != deal.Supplier || all[1].Settlement != "Thay quạt" {
				t.Errorf("disputes: %+v", all)
			}
			if r := enter(tx, lan, id); r.State != deal.Terminated || r.Reason != "breach" || r.Ended != today {
				t.Errorf("ended: %+v", r.Deal)
			}
			return err
		})
	}, schemas...)
}

// What is owed: the instalments, and for each year what its sales yield; reported, agreed, paid, received.
func TestSalesAreReportedAgreedPaidAndReceived(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		id, today := m.inForce(royalty(when.DayOf(t0(m))))
		lan, year := exchangetest.Lan, int64(today.Year)
		after := when.Day{Year: today.Year + 1, Month: 2, Date: 1}
		payables := func(day when.Day) (all []*deal.Payable) {
			m.on(day, func(tx *db.Tx) (err error) {
				all, err = m.x.Payables(tx, enter(tx, buyer, id).Deal)
				return err
			})
			return all
		}
		all := payables(after)
		if len(all) != 5 || all[0].Sum != 33 || all[1].Sum != 33 || all[2].Sum != 34 || all[3].Year != year || all[4].Year != year+1 {
			t.Fatalf("owed: %+v", all)
		}
		if far := payables(after.AddMonths(60)); len(far) != 3+len(years(today, today.AddMonths(24).AddDays(-1))) {
			t.Errorf("after the years of the rate %d are owed", len(far))
		}
		report := func(who account.Actor, year int64, invoiced int64) func(*db.Tx) error {
			return func(tx *db.Tx) error {
				_, err := m.x.ReportSales(tx, who, enter(tx, who, id), year, terms.Sales{Invoiced: invoiced, VAT: 80})
				return err
			}
		}
		m.refused(fault.Conflict, report(buyer, year, 1080))
		m.refusedOn(after, fault.Forbidden, report(lan, year, 1080))
		m.refusedOn(after, fault.NotFound, report(buyer, year-1, 1080))
		m.on(after, report(buyer, year, 2080))
		m.on(after, report(buyer, year, 1080))
		m.refusedOn(after, fault.Conflict, func(tx *db.Tx) error { return m.x.ConfirmReport(tx, lan, enter(tx, lan, id), year, 50) })
		m.on(after, func(tx *db.Tx) error { return m.x.ConfirmReport(tx, lan, enter(tx, lan, id), year, 25) })
		m.refusedOn(after, fault.Conflict, report(buyer, year, 1))
		item := payables(after)[3].Item
		m.refusedOn(after, fault.Invalid, func(tx *db.Tx) error { return m.x.Pay(tx, buyer, enter(tx, buyer, id), item, after, " ") })
		m.refusedOn(after, fault.Conflict, func(tx *db.Tx) error { return m.x.Receive(tx, lan, enter(tx, lan, id), item) })
		m.on(after, func(tx *db.Tx) error { return m.x.Pay(tx, buyer, enter(tx, buyer, id), item, after, "UNC 15") })
		m.on(after, func(tx *db.Tx) error { return m.x.Receive(tx, lan, enter(tx, lan, id), item) })
		m.on(after, func(tx *db.Tx) error {
			return m.x.Pay(tx, buyer, enter(tx, buyer, id), "instalment-1", after, "UNC 16")
		})
		all = payables(after)
		if one := all[3]; one.Sum != 25 || !one.Settled() || one.Paper != "UNC 15" || one.Report.Sales.Invoiced != 1080 {
			t.Errorf("the year: %+v", one)
		}
		if all[0].Settled() || all[0].Paid != after || all[1].Paid == after {
			t.Errorf("instalments: %+v %+v", all[0], all[1])
		}
	}, schemas...)
}

func years(from, to when.Day) (all []int) {
	for year := from.Year; year <= to.Year; year++ {
		all = append(all, year)
	}
	return all
}
