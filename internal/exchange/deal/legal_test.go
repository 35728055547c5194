package deal_test

import (
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/route"
	"chonoi/internal/fault"
	"chonoi/internal/file"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// agreed returns a deal whose terms are agreed on.
func (m *market) agreed() (id string) {
	m.Helper()
	m.another(false)
	id = m.begun()
	one := offered(750, 5)
	_, digest := one.Write()
	m.update(func(tx *db.Tx) error {
		_, err := m.x.Offer(tx, exchangetest.Lan, enter(tx, exchangetest.Lan, id), one, "", when.Day{})
		return err
	})
	m.update(func(tx *db.Tx) error { return m.x.AcceptTerms(tx, buyer, enter(tx, buyer, id), 1, digest) })
	return id
}

// concluded tells the legal route of a deal by an officer.
func (m *market) concluded(id string, class route.Class, money route.Money) {
	m.Helper()
	m.update(func(tx *db.Tx) error {
		_, err := m.x.Conclude(tx, exchangetest.An, enter(tx, exchangetest.An, id), route.Facts{Class: class, Direction: route.Domestic, StateMoney: money, Day: when.DayOf(tx.Now)}, "Đã hỏi Sở, đã xem giấy tờ")
		return err
	})
}

// contract brings a contract that both sides may open.
func (m *market) contract(id, digest string) (attachment string) {
	m.Helper()
	m.update(func(tx *db.Tx) error {
		one := &deal.Document{Attachment: record.Attachment{Name: "Hợp đồng.pdf"}, Audience: deal.ForBoth}
		err := m.x.Bring(tx, exchangetest.Lan, enter(tx, exchangetest.Lan, id), one, file.Stored{SHA256: digest, Size: 3, MIME: "application/pdf", Ext: "pdf"})
		attachment = one.ID
		return err
	})
	return attachment
}

func (m *market) sign(who account.Actor, id, attachment string, on when.Day) {
	m.Helper()
	m.update(func(tx *db.Tx) error {
		return m.x.SignContract(tx, who, enter(tx, who, id), attachment, on, when.Day{})
	})
}

func (m *market) legal(id string) (l *deal.Legal, state string) {
	m.Helper()
	m.update(func(tx *db.Tx) (err error) {
		state = enter(tx, buyer, id).State
		l, err = deal.LegalOf(tx, id)
		return err
	})
	return l, state
}

// Domestic transfers with state money are registered: 90 days from signing, the file goes back once,
// and the contract takes effect on the day of the certificate.
func TestAContractIsSignedByBothFiledAndRegistered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		id := m.agreed()
		an, lan := exchangetest.An, exchangetest.Lan
		today := when.DayOf(t0(m))
		m.refused(fault.Forbidden, func(tx *db.Tx) error {
			_, err := m.x.Conclude(tx, lan, enter(tx, lan, id), route.Facts{Class: route.Free, Direction: route.Domestic, StateMoney: route.AllState, Day: today}, "x")
			return err
		})
		m.refused(fault.Invalid, func(tx *db.Tx) error {
			_, err := m.x.Conclude(tx, an, enter(tx, an, id), route.Facts{Class: route.Free, Direction: route.Domestic, StateMoney: route.AllState, Day: today}, "")
			return err
		})
		m.concluded(id, route.Free, route.AllState)
		one, other := m.contract(id, "aa"), m.contract(id, "bb")
		m.sign(lan, id, one, today.AddDays(-2))
		m.sign(buyer, id, other, today.AddDays(-1))
		if _, state := m.legal(id); state != deal.Drafting {
			t.Errorf("sides that signed different files are %s", state)
		}
		m.sign(buyer, id, one, today.AddDays(-1))
		l, state := m.legal(id)
		if state != deal.Due || l.Signed != today.AddDays(-1) || l.Due.Before(today.AddDays(89)) || l.Due.After(today.AddDays(96)) || !l.Effective.Zero() {
			t.Errorf("signed: %s, %+v", state, l)
		}
		m.refused(fault.Invalid, func(tx *db.Tx) error { return m.x.File(tx, buyer, enter(tx, buyer, id), today.AddDays(-3)) })
		m.update(func(tx *db.Tx) error { return m.x.File(tx, buyer, enter(tx, buyer, id), today) })
		m.update(func(tx *db.Tx) error {
			return m.x.SendBack(tx, an, enter(tx, an, id), "Thiếu phụ lục có dấu từng trang")
		})
		m.update(func(tx *db.Tx) error { return m.x.File(tx, buyer, enter(tx, buyer, id), today) })
		if l, _ := m.legal(id); l.Due.Before(today.AddDays(5)) || l.Due.After(today.AddDays(12)) {
			t.Errorf("the certificate is due on %s", l.Due)
		}
		m.refused(fault.Forbidden, func(tx *db.Tx) error { return m.x.Register(tx, buyer, enter(tx, buyer, id), "12/GCN", today) })
		m.update(func(tx *db.Tx) error { return m.x.Register(tx, an, enter(tx, an, id), "12/GCN", today) })
		if l, state := m.legal(id); state != deal.Effective || l.Effective != today || l.PaperNumber != "12/GCN" {
			t.Errorf("registered: %s, %+v", state, l)
		}
	}, schemas...)
}

// A banned technology is blocked; a restricted one is approved before its contract and licensed after;
// a free one without state money takes effect with the signatures.
func TestEachLegalRouteLeadsWhereTheRulesSay(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		today := when.DayOf(t0(m))
		an, lan := exchangetest.An, exchangetest.Lan
		id := m.agreed()
		m.concluded(id, route.Banned, route.NoState)
		if _, state := m.legal(id); state != deal.Blocked {
			t.Errorf("banned: %s", state)
		}
		id = m.agreed()
		m.concluded(id, route.Restricted, route.NoState)
		m.refused(fault.Conflict, func(tx *db.Tx) error { return m.x.File(tx, buyer, enter(tx, buyer, id), today) })
		m.update(func(tx *db.Tx) error { return m.x.Approve(tx, an, enter(tx, an, id), "7/CV", today) })
		one := m.contract(id, "cc")
		m.sign(lan, id, one, today)
		m.sign(buyer, id, one, today)
		if l, state := m.legal(id); state != deal.Licence || l.Due.Zero() {
			t.Errorf("restricted: %s, %+v", state, l)
		}
		id = m.agreed()
		m.concluded(id, route.Free, route.NoState)
		one = m.contract(id, "dd")
		m.sign(lan, id, one, today.AddDays(-5))
		m.sign(buyer, id, one, today)
		if l, state := m.legal(id); state != deal.Effective || l.Effective != today {
			t.Errorf("free: %s, %+v", state, l)
		}
		m.refused(fault.Conflict, func(tx *db.Tx) error { return m.x.Stop(tx, lan, enter(tx, lan, id), "price", "") })
	}, schemas...)
}
