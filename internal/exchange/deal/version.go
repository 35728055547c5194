package deal

import (
	"slices"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// Version is an offer or a counter-offer. Its terms never change; what changes is how it ended.
type Version struct {
	N       int64
	Side    Side
	Terms   *terms.Terms
	Digest  string
	Words   string
	Expires when.Day // last day; no day is open
	At      int64
	By      account.ID
	Ended   string           // "", replaced, withdrawn, expired, accepted, closed
	Agreed  map[string]int64 // clauses of it that the other side accepted, and when
}

// Stands reports whether the version can still be accepted on a day.
func (v *Version) Stands(today when.Day) bool {
	return v.Ended == "" && (v.Expires.Zero() || !today.After(v.Expires))
}

// Sheet is what both sides agreed on, clause by clause.
type Sheet struct {
	Terms   *terms.Terms
	Digest  string
	RestsOn []int64 // versions
	At      int64
	By      account.ID
}

// mostVersions is how many versions a deal holds.
const mostVersions = 200

// Offer puts terms to the other side. The side's earlier version is replaced; that of the other side
// stands on, so that either may still accept what the other offers.
func (x *Deals) Offer(tx *db.Tx, a account.Actor, r *Room, t *terms.Terms, words string, expires when.Day) (int64, error) {
	if !r.Acts(a) {
		return 0, notYours()
	}
	if err := t.Check(x.Codes); err != nil {
		return 0, err
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	if n := utf8.RuneCountInString(words); n > 4000 {
		f.At("words", "field.too_long", "N", n, "Most", 4000)
	}
	if !expires.Zero() && expires.Before(when.DayOf(tx.Now)) {
		f.At("expires_on", "deal.until_past")
	}
	if err := f.OrNil(); err != nil {
		return 0, err
	}
	all, err := Versions(tx, r.ID)
	if err != nil {
		return 0, err
	}
	if len(all) >= mostVersions {
		return 0, fault.New(fault.Conflict, "deal.too_many_versions", "Most", mostVersions)
	}
	n := int64(len(all) + 1)
	if err := x.step(tx, a, r, "offer", Entry{Words: words, About: number(n)}, nil); err != nil {
		return 0, err
	}
	text, digest := t.Write()
	v := &Version{N: n, Side: r.Side, Terms: t, Digest: digest, Words: words, Expires: expires, At: when.Micro(tx.Now), By: a.ID}
	if err := addVersion(tx, r.ID, v, text); err != nil {
		return 0, err
	}
	for _, old := range all {
		if old.Side == r.Side && old.Ended == "" {
			if err := replace(tx, r.ID, old, v); err != nil {
				return 0, err
			}
		}
	}
	return n, x.tellOther(tx, r, "deal_offer")
}

// replace ends a version by its side's next one; what the other side accepted of it stays accepted
// where the words stay.
func replace(tx *db.Tx, deal string, old, v *Version) error {
	if err := endVersion(tx, deal, old.N, "replaced"); err != nil {
		return err
	}
	for clause := range old.Agreed {
		if terms.Same(old.Terms, v.Terms, clause) {
			if err := carryClause(tx, deal, old.N, v.N, clause); err != nil {
				return err
			}
		}
	}
	return nil
}

func (x *Deals) tellOther(tx *db.Tx, r *Room, letter string) error {
	return x.tell(tx, r.Organisation(r.Side.Other()), letter, "Number", r.Number, "Path", "/deals/"+r.ID)
}

// standing returns a version that can still be accepted or withdrawn; digest names the terms that the
// reader saw.
func (x *Deals) standing(tx *db.Tx, r *Room, n int64, digest string) (*Version, []*Version, error) {
	all, err := Versions(tx, r.ID)
	if err != nil {
		return nil, nil, err
	}
	i := slices.IndexFunc(all, func(v *Version) bool { return v.N == n && v.Digest == digest })
	if i < 0 {
		return nil, nil, found()
	}
	if !all[i].Stands(when.DayOf(tx.Now)) {
		return nil, nil, fault.New(fault.Conflict, "deal.version_ended")
	}
	return all[i], all, nil
}

// WithdrawOffer takes one's own version back before it is accepted.
func (x *Deals) WithdrawOffer(tx *db.Tx, a account.Actor, r *Room, n int64, digest string) error {
	if !r.Acts(a) {
		return notYours()
	}
	v, _, err := x.standing(tx, r, n, digest)
	if err != nil {
		return err
	}
	if v.Side != r.Side {
		return notYours()
	}
	if err := x.step(tx, a, r, "offer_withdrawal", Entry{About: number(n)}, nil); err != nil {
		return err
	}
	return endVersion(tx, r.ID, n, "withdrawn")
}

// AcceptTerms accepts a version of the other side whole: its terms become the term sheet, and every other
// version is closed.
func (x *Deals) AcceptTerms(tx *db.Tx, a account.Actor, r *Room, n int64, digest string) error {
	v, err := x.theirs(tx, a, r, n, digest)
	if err != nil {
		return err
	}
	return x.agree(tx, a, r, v.Terms, []int64{n}, n)
}

// theirs returns a standing version of the other side.
func (x *Deals) theirs(tx *db.Tx, a account.Actor, r *Room, n int64, digest string) (*Version, error) {
	if !r.Acts(a) {
		return nil, notYours()
	}
	v, _, err := x.standing(tx, r, n, digest)
	if err != nil {
		return nil, err
	}
	if v.Side == r.Side {
		return nil, fault.New(fault.Conflict, "deal.version_own")
	}
	return v, nil
}

// agree freezes terms as the term sheet.
func (x *Deals) agree(tx *db.Tx, a account.Actor, r *Room, t *terms.Terms, rests []int64, accepted int64) error {
	if err := x.mayContribute(tx, r, t); err != nil {
		return err
	}
	if err := x.step(tx, a, r, "terms_acceptance", Entry{About: number(accepted)}, nil); err != nil {
		return err
	}
	for _, n := range rests {
		if err := endVersion(tx, r.ID, n, "accepted"); err != nil {
			return err
		}
	}
	if err := endVersions(tx, r.ID, "closed"); err != nil {
		return err
	}
	text, digest := t.Write()
	if err := addSheet(tx, r.ID, &Sheet{Digest: digest, RestsOn: rests, At: when.Micro(tx.Now), By: a.ID}, text); err != nil {
		return err
	}
	return x.tellOther(tx, r, "deal_agreed")
}

// AcceptClause accepts one clause of a version of the other side. When with it every clause is settled,
// the settled clauses become the term sheet.
func (x *Deals) AcceptClause(tx *db.Tx, a account.Actor, r *Room, n int64, digest, clause string) error {
	if _, err := x.theirs(tx, a, r, n, digest); err != nil {
		return err
	}
	all, err := Versions(tx, r.ID)
	if err != nil {
		return err
	}
	if !slices.Contains(terms.Clauses, clause) {
		return found()
	}
	if Settle(all, when.DayOf(tx.Now)).Settled[clause] != nil {
		return fault.New(fault.Conflict, "deal.clause_settled")
	}
	if err := x.step(tx, a, r, "clause_acceptance", Entry{About: number(n) + " " + clause}, nil); err != nil {
		return err
	}
	if err := addClause(tx, r.ID, n, clause, a.ID); err != nil {
		return err
	}
	if all, err = Versions(tx, r.ID); err != nil {
		return err
	}
	table := Settle(all, when.DayOf(tx.Now))
	if t, rests, ok := table.Whole(); ok {
		return x.agree(tx, a, r, t, rests, n)
	}
	return nil
}

// Table is how far the standing versions of both sides agree.
type Table struct {
	Supplier, Receiver *Version            // that stand; nil without one
	Settled            map[string]*Version // clause by clause, in whose words
}

// Settle compares what stands: a clause is settled where both sides say the same, or one side accepted
// what the other says and has not offered anything else since.
func Settle(all []*Version, today when.Day) *Table {
	t := &Table{Settled: map[string]*Version{}}
	for _, v := range all {
		switch {
		case !v.Stands(today):
		case v.Side == Supplier:
			t.Supplier = v
		case v.Side == Receiver:
			t.Receiver = v
		}
	}
	for _, clause := range terms.Clauses {
		for _, pair := range [][2]*Version{{t.Supplier, t.Receiver}, {t.Receiver, t.Supplier}} {
			v, other := pair[0], pair[1]
			if v == nil || v.Agreed[clause] == 0 {
				continue
			}
			if other == nil || other.At <= v.Agreed[clause] || terms.Same(other.Terms, v.Terms, clause) {
				t.Settled[clause] = v
			}
		}
		if t.Supplier != nil && t.Receiver != nil && terms.Same(t.Supplier.Terms, t.Receiver.Terms, clause) {
			t.Settled[clause] = t.Supplier
		}
	}
	return t
}

// Whole returns the terms in which every clause is settled, and the versions that they rest on.
func (t *Table) Whole() (*terms.Terms, []int64, bool) {
	whole, rests := &terms.Terms{}, []int64{}
	for _, clause := range terms.Clauses {
		v := t.Settled[clause]
		if v == nil {
			return nil, nil, false
		}
		whole.Take(v.Terms, clause)
		if !slices.Contains(rests, v.N) {
			rests = append(rests, v.N)
		}
	}
	slices.Sort(rests)
	return whole, rests, true
}
