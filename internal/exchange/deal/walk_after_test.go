package deal_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
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
	"chonoi/internal/file"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// later is what a deal whose terms are agreed on must be after some acts, told without the program.
type later struct {
	state     string
	route     string // licence, registration, voluntary
	signed    map[deal.Side]int
	confirmed map[int]map[deal.Side]bool
	before    string // state in which the dispute was raised
	proposed  deal.Side
	reviewed  map[deal.Side]bool
	files     [2]string
}

// rule is of one of the acts that a walk tries: by whom it may be done, from which states, and what it needs
// and does beside that.
type rule struct {
	by   string // side, officer
	from []string
	may  func(w *later, s move) bool
	done func(w *later, s move)
}

type move struct {
	act string
	who string // supplier, receiver, officer, outsider
	n   int
}

func (s move) side() deal.Side { return deal.Side(s.who) }

var always = func(*later, move) bool { return true }

var rules = map[string]rule{
	"conclude": {"officer", []string{deal.TermsAgreed}, always, func(w *later, s move) {
		w.state, w.route = []string{deal.Blocked, deal.Approval, deal.Drafting, deal.Drafting}[s.n%4], []string{"", "licence", "registration", "voluntary"}[s.n%4]
	}},
	"approve": {"officer", []string{deal.Approval}, always, func(w *later, _ move) { w.state = deal.Drafting }},
	"refuse":  {"officer", []string{deal.Approval}, always, func(w *later, _ move) { w.state = deal.Blocked }},
	"sign": {"side", []string{deal.Drafting}, always, func(w *later, s move) {
		w.signed[s.side()] = s.n % 2
		if len(w.signed) == 2 && w.signed[deal.Supplier] == w.signed[deal.Receiver] {
			w.state = map[string]string{"licence": deal.Licence, "registration": deal.Due, "voluntary": deal.Effective}[w.route]
		}
	}},
	"file":     {"side", []string{deal.Licence, deal.Due, deal.Incomplete}, always, func(w *later, _ move) { w.state = deal.Filed }},
	"return":   {"officer", []string{deal.Filed}, always, func(w *later, _ move) { w.state = deal.Incomplete }},
	"register": {"officer", []string{deal.Filed}, always, func(w *later, _ move) { w.state = deal.Effective }},
	"confirm": {"side", []string{deal.Effective, deal.Performing}, func(w *later, s move) bool { return !w.confirmed[s.n%2+1][s.side()] }, func(w *later, s move) {
		w.confirmed[s.n%2+1][s.side()] = true
		w.state = deal.Performing
		if len(w.confirmed[1]) == 2 && len(w.confirmed[2]) == 2 {
			w.state = deal.Completed
		}
	}},
	"dispute":   {"side", []string{deal.Effective, deal.Performing, deal.Completed}, always, func(w *later, _ move) { w.before, w.state, w.proposed = w.state, deal.Disputed, "" }},
	"propose":   {"side", []string{deal.Disputed}, always, func(w *later, s move) { w.proposed = s.side() }},
	"settle":    {"side", []string{deal.Disputed}, func(w *later, s move) bool { return w.proposed == s.side().Other() }, func(w *later, _ move) { w.state = w.before }},
	"terminate": {"side", []string{deal.Effective, deal.Performing, deal.Disputed}, always, func(w *later, _ move) { w.state = deal.Terminated }},
	"review":    {"side", []string{deal.Completed, deal.Terminated}, func(w *later, s move) bool { return !w.reviewed[s.side()] }, func(w *later, s move) { w.reviewed[s.side()] = true }},
	"stop":      {"side", []string{deal.TermsAgreed, deal.Blocked, deal.Approval, deal.Drafting}, always, func(w *later, _ move) { w.state = deal.Stopped }},
}

var people = map[string]account.Actor{"supplier": exchangetest.Lan, "receiver": buyer, "officer": exchangetest.An, "outsider": outsider}

// forward are the acts that carry a deal on; a walk tries them more often, so that it comes to an end.
var forward = []string{"conclude", "conclude", "sign", "sign", "sign", "file", "register", "confirm", "confirm", "confirm", "confirm", "settle", "propose", "approve"}

// moves draws the moves of a walk. They are drawn evenly, where rapid prefers the first and the small,
// with which few deals come to their end.
func moves(seed int) (all []move) {
	r := rand.New(rand.NewPCG(uint64(seed), 5))
	acts := slices.Concat([]string{"refuse", "return", "dispute", "terminate", "review", "review", "stop"}, forward, forward, forward, forward)
	who := []string{"supplier", "receiver", "officer", "supplier", "receiver", "officer", "outsider"}
	for range 40 + r.IntN(120) {
		all = append(all, move{acts[r.IntN(len(acts))], who[r.IntN(len(who))], r.IntN(4)})
	}
	return all
}

// From the agreement to the last review a deal moves only where the rules, written anew here, let it, by
// whom they let; for an outsider it does not exist. A thousand deals are walked, half on each engine.
func TestDealsWalkOnlyWhereTheyMayAfterTheAgreement(t *testing.T) {
	const deals, atOnce = 500, 50
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		m.x.Tell = nil
		ends := map[string]int{}
		for i := range deals / atOnce {
			err := d.Update(t.Context(), func(tx *db.Tx) error {
				for j := range atOnce {
					seed := i*atOnce + j
					if err := walkLater(tx, m, moves(seed), ends); err != nil {
						return fmt.Errorf("walk %d: %w", seed, err)
					}
				}
				return errUndo
			})
			if !errors.Is(err, errUndo) {
				t.Fatal(err)
			}
		}
		t.Logf("%d deals ended as %v", deals, ends)
		for _, state := range []string{deal.Blocked, deal.Stopped, deal.Terminated, deal.Completed, deal.Performing} {
			if ends[state] < deals/50 {
				t.Errorf("no deal ended as %s", state)
			}
		}
	}, schemas...)
}

func walkLater(tx *db.Tx, m *market, all []move, ends map[string]int) error {
	e := m.question()
	e.Kind, e.Listing, e.State, e.Holder = "offer", m.offer.ID, deal.Delivered, "song-hau"
	if err := deal.Enquiries.New(tx, buyer.ID, "enquiry.asked", e); err != nil {
		return err
	}
	if err := m.x.Accept(tx, exchangetest.Lan, e); err != nil {
		return err
	}
	id := now(tx, e.ID).Deal
	t := &terms.Terms{Object: "Máy sấy", Right: "ownership", Payment: terms.Payment{Mode: terms.LumpSum, Sum: 5}, Methods: []string{"documents", "training"}}
	_, digest := t.Write()
	if _, err := m.x.Offer(tx, exchangetest.Lan, enter(tx, exchangetest.Lan, id), t, "", when.Day{}); err != nil {
		return err
	}
	if err := m.x.AcceptTerms(tx, buyer, enter(tx, buyer, id), 1, digest); err != nil {
		return err
	}
	w := &later{state: deal.TermsAgreed, signed: map[deal.Side]int{}, confirmed: map[int]map[deal.Side]bool{1: {}, 2: {}}, reviewed: map[deal.Side]bool{}}
	for i := range w.files {
		one := &deal.Document{Attachment: record.Attachment{Name: "hop-dong.pdf"}, Audience: deal.ForBoth}
		if err := m.x.Bring(tx, exchangetest.Lan, enter(tx, exchangetest.Lan, id), one, file.Stored{SHA256: fmt.Sprint("file-", i), Size: 3, MIME: "application/pdf", Ext: "pdf"}); err != nil {
			return err
		}
		w.files[i] = one.ID
	}
	for i, s := range all {
		if err := w.take(tx, m, id, s); err != nil {
			return fmt.Errorf("step %d, %+v: %w", i, s, err)
		}
	}
	ends[w.state]++
	return nil
}

// take tries an act, and tells when what became of it is not what the rules say.
func (w *later) take(tx *db.Tx, m *market, id string, s move) error {
	tx.Now = tx.Now.Add(1000)
	who := people[s.who]
	r, err := deal.Enter(tx, who, id)
	if s.who == "outsider" {
		if fault.KindOf(err) != fault.NotFound {
			return fmt.Errorf("an outsider entered: %v", err)
		}
		return nil
	}
	if err != nil {
		return err
	}
	a := rules[s.act]
	may := (a.by == "officer") == (s.who == "officer")
	in := false
	for _, state := range a.from {
		in = in || state == w.state
	}
	may = may && in && a.may(w, s)
	err = w.do(tx, m, r, who, s)
	if (err == nil) != may {
		return fmt.Errorf("in %s, by %s: allowed %v, answered %v", w.state, s.who, may, err)
	}
	if err != nil {
		if kind := fault.KindOf(err); kind != fault.Conflict && kind != fault.Forbidden && kind != fault.NotFound {
			return err
		}
	} else {
		a.done(w, s)
	}
	if is := enter(tx, exchangetest.Lan, id).State; is != w.state {
		return fmt.Errorf("it is %s, not %s", is, w.state)
	}
	return nil
}

func (w *later) do(tx *db.Tx, m *market, r *deal.Room, who account.Actor, s move) error {
	today := when.DayOf(tx.Now)
	switch s.act {
	case "conclude":
		facts := []route.Facts{{Class: route.Banned, StateMoney: route.NoState}, {Class: route.Restricted, StateMoney: route.NoState}, {Class: route.Free, StateMoney: route.AllState}, {Class: route.Free, StateMoney: route.NoState}}[s.n%4]
		facts.Direction, facts.Day = route.Domestic, today
		_, err := m.x.Conclude(tx, who, r, facts, "Đã xem")
		return err
	case "approve":
		return m.x.Approve(tx, who, r, "7/CV", today)
	case "refuse":
		return m.x.RefuseApproval(tx, who, r, "Không đạt")
	case "sign":
		return m.x.SignContract(tx, who, r, w.files[s.n%2], today, when.Day{})
	case "file":
		return m.x.File(tx, who, r, today)
	case "return":
		return m.x.SendBack(tx, who, r, "Thiếu giấy")
	case "register":
		return m.x.Register(tx, who, r, "12/GCN", today)
	case "confirm":
		return m.x.Confirm(tx, who, r, int64(s.n%2+1), today, "")
	case "dispute":
		return m.x.Raise(tx, who, r, "Không đạt")
	case "propose":
		return m.x.ProposeSettlement(tx, who, r, fmt.Sprint("Cách ", s.n))
	case "settle":
		all, err := deal.DisputesOf(tx, r.ID)
		if err != nil {
			return err
		}
		digest := ""
		if len(all) > 0 {
			digest = all[0].Digest()
		}
		return m.x.Settle(tx, who, r, digest)
	case "terminate":
		return m.x.Terminate(tx, who, r, "agreement", today, "Hai bên thống nhất")
	case "review":
		return m.x.Judge(tx, who, r, deal.Review{AsTold: 4, InTime: 4, Support: 4})
	case "stop":
		return m.x.Stop(tx, who, r, "price", "")
	}
	return errors.New("no such act")
}
