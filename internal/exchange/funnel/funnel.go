// Package funnel is how many listings become enquiries, deals and contracts, and how long each step
// takes: recomputed from the ledger alone, as of the end of any day.
package funnel

import (
	"cmp"
	"embed"
	"slices"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// The steps of the funnel in their order. Each has the acts by which it is reached.
const (
	Listed     = "listed"     // on the floor for the first time
	Asked      = "asked"      // an enquiry was sent
	Accepted   = "accepted"   // both agreed, names are open
	Secret     = "secret"     // the agreement on confidentiality was signed by both
	Offered    = "offered"    // the first offer
	Agreed     = "agreed"     // terms agreed on
	Signed     = "signed"     // contract signed by both
	Registered = "registered" // registered or licensed
	Producing  = "producing"  // in production
)

// Steps lists the steps in their order.
var Steps = []string{Listed, Asked, Accepted, Secret, Offered, Agreed, Signed, Registered, Producing}

// reached tells which act reaches which step; listings are told by their state.
var reached = map[string]string{"enquiry.asked": Asked, "deal.begun": Accepted, "deal.nda_signature": Secret, "deal.offer": Offered,
	"deal.terms_acceptance": Agreed, "deal.contract_signed": Signed, "deal.registered": Registered, "deal.in_production": Producing}

// Step is a step of the funnel: how many reached it, and how long it took from the one before.
type Step struct {
	Name string
	N    int
	Took []time.Duration // of each that reached it, from the step before that it reached; sorted
}

// Median is the middle of how long it took; 0 for none.
func (s *Step) Median() time.Duration {
	if len(s.Took) == 0 {
		return 0
	}
	return s.Took[(len(s.Took)-1)/2]
}

// Reason is how often something ended for a reason.
type Reason struct {
	Code string
	N    int
}

// Funnel is the funnel as of the end of a day, with nothing kept back: it is for those who may see all.
type Funnel struct {
	AsOf     when.Day
	Steps    []*Step
	Stopped  []Reason // deals, by the list stop_reasons
	Declined []Reason // enquiries, by the list decline_reasons
	Entries  int      // of the ledger that were read
}

// atOnce is how many entries of the ledger are read together.
const atOnce = 2000

// Compute reads the ledger up to the end of a day in Vietnam. The same day gives the same funnel for
// ever: what came later is not read, and what was erased for privacy never told a step.
func Compute(tx *db.Tx, asOf when.Day) (*Funnel, error) {
	all, err := History(tx, []when.Day{asOf})
	if err != nil {
		return nil, err
	}
	return all[0], nil
}

// History returns the funnel as of the end of each of some days, by reading the ledger once. What counts
// is when each entry was written, in whatever order they stand: clocks are set back at times.
func History(tx *db.Tx, days []when.Day) (all []*Funnel, err error) {
	c := &counter{listed: map[string]time.Time{}, enquiries: map[string]*enquiry{}, deals: map[string]*deal{}}
	for seq := int64(0); ; {
		some, err := ledger.Since(tx, seq, atOnce)
		if err != nil {
			return nil, err
		}
		for i := range some {
			c.take(&some[i])
			seq = some[i].Seq
		}
		if len(some) < atOnce {
			break
		}
	}
	for _, day := range days {
		all = append(all, c.funnel(day))
	}
	return all, nil
}

type enquiry struct {
	listing string
	at      time.Time
}

type deal struct {
	enquiry string
	at      map[string]time.Time // first time of each step
}

// ending is why something ended, and when.
type ending struct {
	reason string
	at     time.Time
}

type counter struct {
	listed            map[string]time.Time
	enquiries         map[string]*enquiry
	deals             map[string]*deal
	stopped, declined []ending
	read              []time.Time // of the entries
}

// take counts an entry of the ledger.
func (c *counter) take(e *ledger.Entry) {
	c.read = append(c.read, e.At)
	switch e.Kind {
	case "offer", "need":
		if at, known := c.listed[e.ID]; known && !e.At.Before(at) {
			return
		}
		if slices.ContainsFunc(e.Change, func(one ledger.Change) bool { return one.Field == "state" && one.New == "published" }) {
			c.listed[e.ID] = e.At
		}
	case "enquiry":
		switch e.Act {
		case "enquiry.asked":
			c.enquiries[e.ID] = &enquiry{listing: told(e, "listing"), at: e.At}
		case "enquiry.declination":
			c.declined = append(c.declined, ending{told(e, "reason"), e.At})
		}
	case "deal":
		c.takeDeal(e)
	}
}

func (c *counter) takeDeal(e *ledger.Entry) {
	one := c.deals[e.ID]
	if one == nil {
		one = &deal{at: map[string]time.Time{}}
		c.deals[e.ID] = one
	}
	switch e.Act {
	case "deal.begun":
		one.enquiry = told(e, "enquiry")
	case "deal.stop":
		c.stopped = append(c.stopped, ending{told(e, "reason"), e.At})
	}
	if step := reached[e.Act]; step != "" {
		if at, before := one.at[step]; !before || e.At.Before(at) {
			one.at[step] = e.At
		}
	}
}

// told is what an entry says that a fact is now.
func told(e *ledger.Entry, field string) string {
	for _, one := range e.Change {
		if one.Field == field {
			return one.New
		}
	}
	return ""
}

// funnel puts what was written until the end of a day into steps.
func (c *counter) funnel(asOf when.Day) *Funnel {
	end := asOf.AddDays(1).Start()
	f := &Funnel{AsOf: asOf, Stopped: reasons(c.stopped, end), Declined: reasons(c.declined, end)}
	at := map[string]*Step{}
	for _, name := range Steps {
		at[name] = &Step{Name: name}
		f.Steps = append(f.Steps, at[name])
	}
	for _, one := range c.read {
		if one.Before(end) {
			f.Entries++
		}
	}
	for _, one := range c.listed {
		if one.Before(end) {
			at[Listed].N++
		}
	}
	for _, e := range c.enquiries {
		if !e.at.Before(end) {
			continue
		}
		at[Asked].N++
		if begun, ok := c.listed[e.listing]; ok && !e.at.Before(begun) {
			at[Asked].Took = append(at[Asked].Took, e.at.Sub(begun))
		}
	}
	for _, d := range c.deals {
		c.walk(d, end, at)
	}
	for _, s := range f.Steps {
		slices.Sort(s.Took)
	}
	return f
}

// walk counts the steps that a deal reached until an instant, and how long each took from the one that
// it reached before.
func (c *counter) walk(d *deal, end time.Time, at map[string]*Step) {
	var last time.Time
	if e := c.enquiries[d.enquiry]; e != nil {
		last = e.at
	}
	for _, name := range Steps[2:] {
		reached, ok := d.at[name]
		if !ok || !reached.Before(end) {
			continue
		}
		at[name].N++
		if !last.IsZero() && !reached.Before(last) {
			at[name].Took = append(at[name].Took, reached.Sub(last))
		}
		if reached.After(last) {
			last = reached
		}
	}
}

func reasons(all []ending, end time.Time) (told []Reason) {
	n := map[string]int{}
	for _, one := range all {
		if one.at.Before(end) {
			n[one.reason]++
		}
	}
	for code, many := range n {
		told = append(told, Reason{code, many})
	}
	slices.SortFunc(told, func(a, b Reason) int { return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Code, b.Code)) })
	return told
}
