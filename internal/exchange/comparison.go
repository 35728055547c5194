package exchange

import (
	"context"
	"math"
	"slices"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/job"
	"chonoi/internal/ledger"
	"chonoi/internal/search"
)

// CompareListings is the work of CompareChanged, for the clock and for those who have just brought
// many listings in.
const CompareListings job.Name[time.Time] = "exchange.compare"

// comparedAtOnce is how many entries of the ledger are looked at between two commits.
const comparedAtOnce = 100

// CompareChanged compares the listings that changed since it was last done with all others, and keeps
// the pairs that are likely copies. It reads the ledger from where it stopped, so it may be broken off
// at any time; it leaves off by itself while files come in, so that they come in no slower.
func (x *Exchange) CompareChanged(ctx context.Context, d *db.DB) error {
	for more := true; more; {
		var found comparison
		err := d.View(ctx, func(tx *db.Tx) (err error) {
			found, err = x.compareSome(tx)
			return err
		})
		if err != nil {
			return err
		}
		if more = found.to > found.from; !more {
			return nil
		}
		kept := false
		err = d.Update(ctx, func(tx *db.Tx) (err error) {
			kept, err = found.keep(tx)
			return err
		})
		if err != nil {
			return err
		}
		if more = kept && ctx.Err() == nil; !more {
			return ctx.Err()
		}
	}
	return nil
}

// comparison is what was found between two places of the ledger.
type comparison struct {
	from, to int64
	entries  int // of listings
	last     bool
	compared []search.Key
	pairs    []Duplicate
}

func (x *Exchange) compareSome(tx *db.Tx) (comparison, error) {
	c := comparison{}
	busy, err := importing(tx)
	if err != nil || busy {
		return c, err
	}
	if c.from, err = comparedTo(tx); err != nil {
		return c, err
	}
	c.to = c.from
	most := int64(math.MaxInt64)
	if x.Indexed != nil {
		most = x.Indexed()
	}
	entries, err := ledger.Since(tx, c.from, comparedAtOnce)
	if err != nil {
		return c, err
	}
	c.last = len(entries) < comparedAtOnce
	seen := map[search.Key]bool{}
	for _, e := range entries {
		if e.Seq > most {
			break // the indexes do not hold it yet
		}
		c.to = e.Seq
		key := search.Key{Kind: e.Kind, ID: e.ID}
		if e.Kind != Offers.Name && e.Kind != Needs.Name {
			continue
		}
		c.entries++
		if !seen[key] {
			seen[key] = true
			c.compared = append(c.compared, key)
		}
	}
	for _, key := range c.compared {
		var pairs []Duplicate
		if key.Kind == Needs.Name {
			pairs, err = x.Needs.found(tx, key.ID)
		} else {
			pairs, err = x.Offers.found(tx, key.ID)
		}
		if err != nil {
			return c, err
		}
		c.pairs = append(c.pairs, pairs...)
	}
	return c, nil
}

// found returns the pairs of one listing with its likely copies; none of a listing that is not compared.
func (s *Shelf[T]) found(tx *db.Tx, id string) ([]Duplicate, error) {
	all, err := s.whole(tx, []string{id})
	if err != nil || len(all) == 0 || !mayPair(s.Listing(all[0]).State) {
		return nil, err
	}
	copies, err := s.Copies(tx, all[0])
	if err != nil {
		return nil, err
	}
	var found []Duplicate
	add := func(other *Listing, score float64) {
		d := newPair(tx, s.Kind.Name, id, other.ID)
		d.Likeness = thousandths(score)
		if mayPair(other.State) && !slices.ContainsFunc(found, func(o Duplicate) bool { return o.One == d.One && o.Other == d.Other }) {
			found = append(found, *d)
		}
	}
	for _, c := range copies {
		add(s.Listing(c.Other), c.Score)
	}
	known, err := pairs(tx, pairsOfOne, s.Kind.Name, id, id)
	if err != nil {
		return nil, err
	}
	for _, d := range known { // a pair that was found from the other side
		others, err := s.whole(tx, []string{d.One, d.Other})
		if err != nil {
			return nil, err
		}
		for _, o := range others {
			if l := s.Alike(all[0], o); s.Listing(o).ID != id && l.Copy() {
				add(s.Listing(o), l.Score)
			}
		}
	}
	return found, nil
}

// mayPair reports whether listings in that state come on the list of pairs: what is barred for good
// needs no decision.
func mayPair(state string) bool { return Comparable(state) && state != Blocked }

// keep stores what was found, unless somebody else has compared meanwhile. Open pairs of a listing
// that was compared and is not like the other one any more are dropped.
func (c *comparison) keep(tx *db.Tx) (bool, error) {
	ours, err := storeCompared(tx, c)
	if err != nil || !ours {
		return false, err
	}
	alike := map[[2]string]bool{}
	for _, d := range c.pairs {
		alike[[2]string{d.One, d.Other}] = true
		known, err := pairAs(tx, d.Kind, d.One, d.Other)
		if err != nil {
			return false, err
		}
		if known != nil {
			if known.Verdict == Kept {
				continue
			}
			d.ID, d.Found = known.ID, known.Found // one of a merger was opened and handed in again
		}
		if err := storePair(tx, &d); err != nil {
			return false, err
		}
	}
	for _, key := range c.compared {
		old, err := pairs(tx, pairsOfOne, key.Kind, key.ID, key.ID)
		if err != nil {
			return false, err
		}
		for _, d := range old {
			if d.Verdict == "" && !alike[[2]string{d.One, d.Other}] {
				if err := deletePair(tx, d.ID); err != nil {
					return false, err
				}
			}
		}
	}
	return true, nil
}

// Comparing tells how many changes of listings were compared in this stretch, and how many there are in it.
func Comparing(tx *db.Tx) (done, all int64, err error) {
	seq, err := comparedTo(tx)
	if err != nil {
		return 0, 0, err
	}
	return comparingSince(tx, seq)
}
