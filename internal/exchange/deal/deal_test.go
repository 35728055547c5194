package deal_test

import (
	"fmt"
	"slices"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/route"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

var schemas = append(slices.Clone(exchangetest.Schemas), db.Schema{Name: "deal", Files: deal.Schema})

// The people beside those of the exchange: a manager of the firm that asks, and of a third one.
var (
	buyer    = account.Actor{ID: "hanh", Name: "Võ Hạnh", Memberships: []account.Membership{{Organisation: "tay-do", Manager: true}}}
	outsider = account.Actor{ID: "quoc", Name: "Đỗ Quốc", Memberships: []account.Membership{{Organisation: "cai-khe", Manager: true}}}
)

// asks is the organisation that enquires.
var asks = "tay-do"

// market is an exchange with deals and an offer of Lan's on the floor.
type market struct {
	testing.TB
	d       *db.DB
	x       *deal.Deals
	offer   *exchange.Offer
	letters []string
}

func open(t testing.TB, d *db.DB, anonymous bool) *market {
	t.Helper()
	m := &market{TB: t, d: d}
	floor := exchangetest.Open(t, d)
	law, err := route.ShippedEditions()
	if err != nil {
		t.Fatal(err)
	}
	m.x = deal.New(deal.Config{Exchange: floor, Law: law, Codes: floor.Codes, Tell: func(_ *db.Tx, organisation, letter string, _ ...any) error {
		m.letters = append(m.letters, organisation+" "+letter)
		return nil
	}})
	m.another(anonymous)
	return m
}

// another puts one more offer of Lan's on the floor.
func (m *market) another(anonymous bool) {
	m.Helper()
	m.offer = &exchange.Offer{}
	m.offer.Title, m.offer.Owner, m.offer.State, m.offer.Anonymous, m.offer.By = lang.Both{Vi: "Máy sấy bơm nhiệt"}, "song-hau", exchange.Published, anonymous, exchangetest.Lan.ID
	m.update(func(tx *db.Tx) error { return exchange.Offers.New(tx, "system", "offer.imported", m.offer) })
}

func (m *market) update(do func(*db.Tx) error) {
	m.Helper()
	if err := m.d.Update(m.Context(), do); err != nil {
		m.Fatal(err)
	}
}

func (m *market) refused(kind fault.Kind, do func(*db.Tx) error) *fault.Fault {
	m.Helper()
	return exchangetest.Refused(m.TB, m.d, kind, do)
}

func (m *market) question() *deal.Enquiry {
	e := &deal.Enquiry{Kind: "offer", Listing: m.offer.ID, Cooperation: []string{"licence"}, Wish: "Mua quyền sử dụng", Unclear: "Công suất thật", About: "Cơ sở sấy trái cây"}
	e.Owner = asks
	return e
}

// now loads an enquiry.
func now(tx *db.Tx, id string) *deal.Enquiry {
	e, err := deal.Enquiries.Get(tx, id)
	if err != nil {
		panic(err)
	}
	return e
}

func TestAnEnquiryIsAskedAnsweredAndOpened(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		e := m.question()
		m.update(func(tx *db.Tx) error { return m.x.Ask(tx, buyer, e) })
		if e.State != deal.Delivered || e.Due.Zero() || !slices.Contains(m.letters, "song-hau enquiry_delivered") {
			t.Errorf("asked: %+v, %v", e, m.letters)
		}
		again := m.question()
		m.refused(fault.Conflict, func(tx *db.Tx) error { return m.x.Ask(tx, buyer, again) })
		own := m.question()
		own.Owner = "song-hau"
		m.refused(fault.Conflict, func(tx *db.Tx) error { return m.x.Ask(tx, exchangetest.Lan, own) })
		bare := m.question()
		bare.Wish, bare.Owner = "", "cai-khe"
		m.refused(fault.Invalid, func(tx *db.Tx) error { return m.x.Ask(tx, buyer, bare) })
		for _, act := range []func(*db.Tx) error{
			func(tx *db.Tx) error { return m.x.Accept(tx, buyer, now(tx, e.ID)) },
			func(tx *db.Tx) error { return m.x.Question(tx, outsider, now(tx, e.ID), "?") },
			func(tx *db.Tx) error { return m.x.Withdraw(tx, exchangetest.Lan, now(tx, e.ID)) },
		} {
			m.refused(fault.Forbidden, act)
		}
		m.refused(fault.NotFound, func(tx *db.Tx) error { _, err := deal.EnquiryOf(tx, outsider, e.ID); return err })
		m.update(func(tx *db.Tx) error {
			return m.x.Question(tx, exchangetest.Lan, now(tx, e.ID), "Mỗi năm sấy bao nhiêu tấn?")
		})
		m.update(func(tx *db.Tx) error { return m.x.Reply(tx, buyer, now(tx, e.ID), "Khoảng 300 tấn") })
		m.update(func(tx *db.Tx) error {
			if level, err := m.x.Admitted(tx, buyer, "offer", m.offer.ID); err != nil || level != field.SignedIn {
				t.Errorf("before: %v %v", level, err)
			}
			return m.x.Accept(tx, exchangetest.Lan, now(tx, e.ID))
		})
		m.update(func(tx *db.Tx) error {
			e := now(tx, e.ID)
			d, err := deal.Records.Get(tx, e.Deal)
			if err != nil || e.State != deal.Opened || d.Supplier != "song-hau" || d.Receiver != "tay-do" || e.AnsweredBy != "lan" {
				t.Errorf("opened: %+v, %+v, %v", e, d, err)
			}
			if level, err := m.x.Admitted(tx, buyer, "offer", m.offer.ID); err != nil || level != field.Enquiry {
				t.Errorf("after: %v %v", level, err)
			}
			if level, err := m.x.Admitted(tx, outsider, "offer", m.offer.ID); err != nil || level != field.SignedIn {
				t.Errorf("an outsider: %v %v", level, err)
			}
			questions, err := deal.Questions(tx, e.ID)
			if len(questions) != 1 || questions[0].Answer != "Khoảng 300 tấn" {
				t.Errorf("questions: %+v", questions)
			}
			r, err := deal.ResponseOf(tx, "song-hau")
			if r.Asked != 1 || r.Answered != 1 {
				t.Errorf("response: %+v", r)
			}
			return err
		})
	}, schemas...)
}

// Where the holder is not named an officer looks first, and nobody's name opens before both agree.
func TestNamesOpenOnlyWhenBothAgree(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, true)
		e := m.question()
		e.Anonymous = true
		m.update(func(tx *db.Tx) error { return m.x.Ask(tx, buyer, e) })
		if e.State != deal.Screening || len(m.letters) > 0 {
			t.Errorf("screened: %s, %v", e.State, m.letters)
		}
		m.refused(fault.NotFound, func(tx *db.Tx) error { _, err := deal.EnquiryOf(tx, exchangetest.Lan, e.ID); return err })
		m.refused(fault.Forbidden, func(tx *db.Tx) error { return m.x.Pass(tx, exchangetest.Lan, now(tx, e.ID)) })
		m.update(func(tx *db.Tx) error { return m.x.Pass(tx, exchangetest.An, now(tx, e.ID)) })
		m.update(func(tx *db.Tx) error { return m.x.Accept(tx, exchangetest.Lan, now(tx, e.ID)) })
		m.update(func(tx *db.Tx) error {
			e := now(tx, e.ID)
			if e.State != deal.Agreed || e.NamesAsker(exchangetest.Lan) || e.NamesHolder(buyer) || e.Deal != "" {
				t.Errorf("agreed: %+v", e)
			}
			return m.x.Open(tx, buyer, e)
		})
		m.update(func(tx *db.Tx) error {
			if e := now(tx, e.ID); e.State != deal.Opened || !e.NamesAsker(exchangetest.Lan) || !e.NamesHolder(buyer) || e.Deal == "" {
				t.Errorf("opened: %+v", e)
			}
			return nil
		})
	}, schemas...)
}

func TestConditionsAndTheQuotaKeepEnquiriesFromBeingSprayed(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		m.update(func(tx *db.Tx) error {
			return m.x.SetCondition(tx, exchangetest.Lan, "offer", m.offer.ID, deal.Condition{Vi: "Có xưởng", LeastBudget: 200_000_000})
		})
		m.refused(fault.NotFound, func(tx *db.Tx) error { return m.x.SetCondition(tx, buyer, "offer", m.offer.ID, deal.Condition{}) })
		e := m.question()
		f := m.refused(fault.Invalid, func(tx *db.Tx) error { return m.x.Ask(tx, buyer, e) })
		if f.Fields[0].Key != "enquiry.least_budget" {
			t.Errorf("%+v", f)
		}
		quota := int(deal.Settings[3].Usual)
		for i := range quota {
			e := m.question()
			e.BudgetMax = 200_000_000
			m.update(func(tx *db.Tx) error { return m.x.Ask(tx, buyer, e) })
			m.update(func(tx *db.Tx) error { return m.x.Withdraw(tx, buyer, now(tx, e.ID)) })
			if i == quota-1 {
				one := m.question()
				one.BudgetMax = 200_000_000
				m.refused(fault.TooMany, func(tx *db.Tx) error { return m.x.Ask(tx, buyer, one) })
			}
		}
	}, schemas...)
}

// begun returns the id of a deal between Lan's institute and the buyer's firm.
func (m *market) begun() (id string) {
	m.Helper()
	e := m.question()
	m.update(func(tx *db.Tx) error { return m.x.Ask(tx, buyer, e) })
	m.update(func(tx *db.Tx) error { return m.x.Accept(tx, exchangetest.Lan, now(tx, e.ID)) })
	m.update(func(tx *db.Tx) error { id = now(tx, e.ID).Deal; return nil })
	return id
}

func offered(sum int64, training int64) *terms.Terms {
	return &terms.Terms{Object: "Máy sấy", Right: "use_non_exclusive", TrainingDays: training, Payment: terms.Payment{Mode: terms.LumpSum, Sum: sum}}
}

// enter returns the room for somebody who may be in it.
func enter(tx *db.Tx, a account.Actor, id string) *deal.Room {
	r, err := deal.Enter(tx, a, id)
	if err != nil {
		panic(fmt.Sprint(a.ID, " ", err))
	}
	return r
}

func TestClausesAreAcceptedOneByOneOrAllAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		id := m.begun()
		lan, hanh := exchangetest.Lan, buyer
		first, second := offered(750, 5), offered(700, 8)
		m.update(func(tx *db.Tx) error {
			_, err := m.x.Offer(tx, lan, enter(tx, lan, id), first, "", when.Day{})
			return err
		})
		m.update(func(tx *db.Tx) error {
			_, err := m.x.Offer(tx, hanh, enter(tx, hanh, id), second, "", when.Day{})
			return err
		})
		_, one := first.Write()
		_, two := second.Write()
		m.refused(fault.Conflict, func(tx *db.Tx) error { return m.x.AcceptTerms(tx, lan, enter(tx, lan, id), 1, one) })
		m.refused(fault.NotFound, func(tx *db.Tx) error { return m.x.AcceptTerms(tx, lan, enter(tx, lan, id), 2, one) })
		m.update(func(tx *db.Tx) error {
			return m.x.AcceptClause(tx, lan, enter(tx, lan, id), 2, two, terms.TrainingPart)
		})
		m.refused(fault.Conflict, func(tx *db.Tx) error {
			return m.x.AcceptClause(tx, hanh, enter(tx, hanh, id), 1, one, terms.TrainingPart)
		})
		m.refused(fault.Conflict, func(tx *db.Tx) error { return m.x.AcceptClause(tx, hanh, enter(tx, hanh, id), 1, one, terms.Right) })
		m.update(func(tx *db.Tx) error {
			sheet, err := deal.SheetOf(tx, id)
			if sheet != nil {
				t.Error("a term sheet too early")
			}
			return err
		})
		m.update(func(tx *db.Tx) error {
			return m.x.AcceptClause(tx, hanh, enter(tx, hanh, id), 1, one, terms.PaymentPart)
		})
		m.update(func(tx *db.Tx) error {
			sheet, err := deal.SheetOf(tx, id)
			if err != nil || sheet == nil {
				t.Fatalf("no term sheet: %v", err)
			}
			if r := enter(tx, lan, id); r.State != deal.TermsAgreed || sheet.Terms.Payment.Sum != 750 || sheet.Terms.TrainingDays != 8 || !slices.Equal(sheet.RestsOn, []int64{1, 2}) {
				t.Errorf("%s: %+v", r.State, sheet)
			}
			all, err := deal.Versions(tx, id)
			for _, v := range all {
				if v.Ended != "accepted" {
					t.Errorf("version %d is %q", v.N, v.Ended)
				}
			}
			return err
		})
		m.refused(fault.Conflict, func(tx *db.Tx) error {
			_, err := m.x.Offer(tx, lan, enter(tx, lan, id), first, "", when.Day{})
			return err
		})
	}, schemas...)
}

// What one side writes for itself the other never reads; whoever is dismissed, or leaves his
// organisation, is out of the room.
func TestTheRoomIsClosedToAllOthers(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		id := m.begun()
		member := account.Actor{ID: "minh", Memberships: []account.Membership{{Organisation: "tay-do"}}}
		m.refused(fault.NotFound, func(tx *db.Tx) error { _, err := deal.Enter(tx, member, id); return err })
		m.refused(fault.NotFound, func(tx *db.Tx) error { _, err := deal.Enter(tx, outsider, id); return err })
		m.update(func(tx *db.Tx) error {
			return m.x.Name(tx, buyer, enter(tx, buyer, id), deal.Person{Account: "minh", Duty: "kỹ thuật"})
		})
		m.update(func(tx *db.Tx) error {
			return m.x.Write(tx, member, enter(tx, member, id), deal.Entry{Kind: "message", Words: "giá trần là 700"}, true)
		})
		m.update(func(tx *db.Tx) error {
			mine, err := deal.Mine(tx, member, "", 10)
			if len(mine) != 1 {
				t.Errorf("%d deals", len(mine))
			}
			lines, err := deal.Entries(tx, id, deal.Supplier, "", 50)
			if slices.ContainsFunc(lines, func(e deal.Entry) bool { return e.Words != "" || e.Kind == "person_named" }) {
				t.Errorf("the other side reads %+v", lines)
			}
			own, err := deal.Entries(tx, id, deal.Receiver, "", 50)
			if !slices.ContainsFunc(own, func(e deal.Entry) bool { return e.Words == "giá trần là 700" }) {
				t.Errorf("one's own side reads %+v", own)
			}
			return err
		})
		gone := member
		gone.Memberships = nil
		m.refused(fault.NotFound, func(tx *db.Tx) error { _, err := deal.Enter(tx, gone, id); return err })
		m.update(func(tx *db.Tx) error {
			mine, err := deal.Mine(tx, gone, "", 10)
			if len(mine) != 0 {
				t.Error("a list names a deal to who left")
			}
			return err
		})
		m.update(func(tx *db.Tx) error { return m.x.Dismiss(tx, buyer, enter(tx, buyer, id), "minh") })
		m.refused(fault.NotFound, func(tx *db.Tx) error { _, err := deal.Enter(tx, member, id); return err })
		m.update(func(tx *db.Tx) error { return m.x.Stop(tx, buyer, enter(tx, buyer, id), "closed_outside", "") })
		m.refused(fault.Conflict, func(tx *db.Tx) error {
			return m.x.Write(tx, buyer, enter(tx, buyer, id), deal.Entry{Kind: "message", Words: "còn ai không"}, false)
		})
	}, schemas...)
}
