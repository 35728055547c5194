package deal_test

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// walk is what a deal must be after some acts, told without the program: by its own small rules.
type walk struct {
	state   string
	nda     string
	asked   deal.Side // who proposed the agreement
	made    []*offerMade
	notes   map[deal.Side][]string // words for one side alone
	shared  []string
	settled map[string]string // clause -> what it says, once agreed
}

type offerMade struct {
	side   deal.Side
	terms  *terms.Terms
	digest string
	ended  bool
	yes    map[string]int // clause -> how many versions there were when it was accepted
	before int            // versions of before
}

var walkers = map[deal.Side]account.Actor{deal.Supplier: exchangetest.Lan, deal.Receiver: buyer}

var errUndo = errors.New("undo")

// A random walk of acts by both sides and an outsider: nothing happens that the table of moves does not
// hold, no clause is lost on the way to the term sheet, and the outsider finds nothing at any time.
// Ten thousand deals are walked, half of them on each engine.
func TestTenThousandDealsWalkOnlyWhereTheyMay(t *testing.T) {
	const deals, atOnce = 5000, 100
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		m.x.Tell = nil
		ends := map[string]int{}
		draw := rapid.Custom(func(t *rapid.T) []step { return rapid.SliceOfN(steps, 5, 40).Draw(t, "steps") })
		for i := range deals / atOnce {
			err := d.Update(t.Context(), func(tx *db.Tx) error {
				for j := range atOnce {
					seed := i*atOnce + j
					if err := walkOne(tx, m, draw.Example(seed), ends); err != nil {
						return fmt.Errorf("walk %d: %w", seed, err)
					}
				}
				return errUndo // what was walked stays behind nowhere
			})
			if !errors.Is(err, errUndo) {
				t.Fatal(err)
			}
		}
		t.Logf("%d deals ended as %v", deals, ends)
		for _, state := range []string{deal.TermsAgreed, deal.Stopped, deal.Negotiating} {
			if ends[state] < deals/50 {
				t.Errorf("too few deals ended as %s", state)
			}
		}
	}, schemas...)
}

type step struct {
	act    string
	side   deal.Side
	n      int // which version, clause or word
	clause string
	sum    int64
	days   int64
}

var steps = rapid.Custom(func(t *rapid.T) step {
	return step{
		act:    rapid.SampledFrom([]string{"offer", "offer", "offer", "accept", "clause", "clause", "clause", "clause", "clause", "withdraw", "propose", "sign", "decline", "skip", "write", "own", "visit", "stop"}).Draw(t, "act"),
		side:   rapid.SampledFrom([]deal.Side{deal.Supplier, deal.Receiver}).Draw(t, "side"),
		n:      rapid.IntRange(0, 4).Draw(t, "n"),
		clause: rapid.SampledFrom([]string{terms.PaymentPart, terms.TrainingPart, terms.PaymentPart, terms.TrainingPart, terms.Object}).Draw(t, "clause"),
		sum:    rapid.Int64Range(1, 3).Draw(t, "sum"),
		days:   rapid.Int64Range(0, 2).Draw(t, "days"),
	}
})

func walkOne(tx *db.Tx, m *market, all []step, ends map[string]int) error {
	e := m.question()
	e.Kind, e.Listing = "offer", m.offer.ID
	e.State = deal.Delivered
	e.Holder = "song-hau"
	if err := deal.Enquiries.New(tx, buyer.ID, "enquiry.asked", e); err != nil {
		return err
	}
	if err := m.x.Accept(tx, exchangetest.Lan, e); err != nil {
		return err
	}
	id := now(tx, e.ID).Deal
	w := &walk{state: deal.Begun, notes: map[deal.Side][]string{}, settled: map[string]string{}}
	for i, s := range all {
		if err := w.take(tx, m, id, s, i); err != nil {
			return fmt.Errorf("step %d, %+v: %w", i, s, err)
		}
	}
	ends[w.state]++
	return w.compare(tx, id)
}

// take does one act, and tells when what became of it is not what the rules say.
func (w *walk) take(tx *db.Tx, m *market, id string, s step, i int) error {
	who := walkers[s.side]
	tx.Now = tx.Now.Add(1000) // a microsecond, so that acts come one after the other
	r, err := deal.Enter(tx, who, id)
	if err != nil {
		return err
	}
	may, done := w.may(s, i)
	err = w.do(tx, m, r, who, s, i)
	if (err == nil) != may {
		return fmt.Errorf("in %s, agreement %q: allowed %v, answered %v", w.state, w.nda, may, err)
	}
	if err == nil {
		done()
	} else if kind := fault.KindOf(err); kind != fault.Conflict && kind != fault.Forbidden && kind != fault.NotFound {
		return err
	}
	if _, err := deal.Enter(tx, outsider, id); fault.KindOf(err) != fault.NotFound {
		return fmt.Errorf("an outsider entered: %v", err)
	}
	return nil
}

func (w *walk) do(tx *db.Tx, m *market, r *deal.Room, who account.Actor, s step, i int) error {
	n, digest := int64(0), ""
	if len(w.made) > 0 {
		n = int64(len(w.made) - s.n%len(w.made))
		digest = w.made[n-1].digest
	}
	switch s.act {
	case "offer":
		_, err := m.x.Offer(tx, who, r, offered(s.sum, s.days), "", when.Day{})
		return err
	case "accept":
		return m.x.AcceptTerms(tx, who, r, n, digest)
	case "clause":
		return m.x.AcceptClause(tx, who, r, n, digest, s.clause)
	case "withdraw":
		return m.x.WithdrawOffer(tx, who, r, n, digest)
	case "propose":
		return m.x.Propose(tx, who, r, fmt.Sprint("thỏa thuận ", i), when.Day{})
	case "sign", "decline":
		all, err := deal.SignaturesOf(tx, r.ID)
		if err != nil {
			return err
		}
		last := ""
		for _, one := range all {
			last = one.Digest
		}
		if s.act == "sign" {
			return m.x.Sign(tx, who, r, last)
		}
		return m.x.DeclineNDA(tx, who, r, last)
	case "skip":
		return m.x.Skip(tx, who, r)
	case "stop":
		return m.x.Stop(tx, who, r, "price", "")
	}
	e := deal.Entry{Kind: "message", Words: fmt.Sprint(s.act, " ", i)}
	if s.act == "visit" {
		e.Kind, e.Held = "visit", when.DayOf(tx.Now)
	}
	return m.x.Write(tx, who, r, e, s.act == "own")
}

// may tells whether an act is allowed by the rules, and what it does to the walk.
func (w *walk) may(s step, i int) (bool, func()) {
	talking := slices.Contains([]string{deal.Begun, deal.Evaluating, deal.Negotiating}, w.state)
	var v *offerMade
	n := -1
	if len(w.made) > 0 {
		n = len(w.made) - 1 - s.n%len(w.made)
		v = w.made[n]
	}
	open := w.state == deal.Negotiating && v != nil && !v.ended
	switch s.act {
	case "offer":
		return talking, func() { w.offer(s) }
	case "accept":
		return open && v.side != s.side, func() { w.agree(func(clause string) *terms.Terms { return v.terms }) }
	case "clause":
		return open && v.side != s.side && w.settledIn(s.clause) == nil, func() {
			v.yes[s.clause] = len(w.made)
			for _, clause := range terms.Clauses {
				if w.settledIn(clause) == nil {
					return
				}
			}
			w.agree(w.settledIn)
		}
	case "withdraw":
		return open && v.side == s.side, func() { v.ended = true }
	case "propose":
		return talking && w.nda != deal.NDASigned, func() { w.nda, w.asked = deal.NDAProposed, s.side }
	case "sign":
		return talking && w.nda == deal.NDAProposed && w.asked != s.side, func() { w.nda = deal.NDASigned }
	case "decline":
		return talking && w.nda == deal.NDAProposed && w.asked != s.side, func() { w.nda = deal.NDADeclined }
	case "skip":
		return talking && w.nda != deal.NDASigned, func() { w.nda = deal.NDASkipped }
	case "stop":
		return w.state != deal.Stopped, func() { w.state = deal.Stopped }
	}
	return w.state != deal.Stopped, func() {
		words := fmt.Sprint(s.act, " ", i)
		if s.act == "own" {
			w.notes[s.side] = append(w.notes[s.side], words)
		} else {
			w.shared = append(w.shared, words)
		}
		if s.act == "visit" && w.state == deal.Begun {
			w.state = deal.Evaluating
		}
	}
}

func (w *walk) offer(s step) {
	w.state = deal.Negotiating
	made := &offerMade{side: s.side, terms: offered(s.sum, s.days), yes: map[string]int{}, before: len(w.made)}
	_, made.digest = made.terms.Write()
	for _, old := range w.made {
		if old.side == s.side && !old.ended {
			old.ended = true
			for clause, at := range old.yes {
				if terms.Same(old.terms, made.terms, clause) {
					made.yes[clause] = at
				}
			}
		}
	}
	w.made = append(w.made, made)
}

// settledIn returns the terms in whose words a clause is settled; nil when it is not.
func (w *walk) settledIn(clause string) *terms.Terms {
	stands := map[deal.Side]*offerMade{}
	for _, v := range w.made {
		if !v.ended {
			stands[v.side] = v
		}
	}
	a, b := stands[deal.Supplier], stands[deal.Receiver]
	if a != nil && b != nil && terms.Same(a.terms, b.terms, clause) {
		return a.terms
	}
	for side, v := range stands {
		other := stands[side.Other()]
		if at, yes := v.yes[clause]; yes && (other == nil || other.before < at) {
			return v.terms
		}
	}
	return nil
}

func (w *walk) agree(of func(clause string) *terms.Terms) {
	whole := &terms.Terms{}
	for _, clause := range terms.Clauses {
		whole.Take(of(clause), clause)
	}
	text, _ := whole.Write()
	w.settled["all"] = text
	w.state = deal.TermsAgreed
	for _, v := range w.made {
		v.ended = true
	}
}

// compare holds what is stored against the walk.
func (w *walk) compare(tx *db.Tx, id string) error {
	for side, who := range walkers {
		r, err := deal.Enter(tx, who, id)
		if err != nil {
			return err
		}
		if r.State != w.state || r.NDA != w.nda {
			return fmt.Errorf("is %s, %q, not %s, %q", r.State, r.NDA, w.state, w.nda)
		}
		lines, err := deal.Entries(tx, id, side, "", 1000)
		if err != nil {
			return err
		}
		read := map[string]bool{}
		for _, line := range lines {
			if slices.Contains(deal.EntryKinds, line.Kind) {
				read[line.Words] = true
			}
		}
		want := map[string]bool{}
		for _, text := range slices.Concat(w.shared, w.notes[side]) {
			want[text] = true
		}
		if !maps.Equal(read, want) {
			return fmt.Errorf("%s reads %v, not %v", side, read, want)
		}
	}
	sheet, err := deal.SheetOf(tx, id)
	if err != nil {
		return err
	}
	text := ""
	if sheet != nil {
		text, _ = sheet.Terms.Write()
	}
	if text != w.settled["all"] {
		return fmt.Errorf("the sheet is %s, not %s", text, w.settled["all"])
	}
	return nil
}
