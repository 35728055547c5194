// Package match brings needs and what may answer them together: which offers fit a need, which needs
// an offer could answer, and why - by the words that both texts share, in one tongue or across both,
// and by the conditions that a need sets. It keeps what people say of a match, shows officers the needs
// that nothing fits, and lets them propose.
package match

import (
	"cmp"
	"embed"
	"slices"
	"sync/atomic"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
	"chonoi/internal/search"
	"chonoi/internal/when"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Grade is how well two sides fit, told in words.
type Grade string

// The grades, the best first.
const (
	Close   Grade = "close"
	Good    Grade = "good"
	Partial Grade = "partial"
	Slight  Grade = "slight"
)

// Grades lists the grades, the best first.
var Grades = []Grade{Close, Good, Partial, Slight}

// Match is a need and something that may answer it, as one reader sees both.
type Match struct {
	Need, Supply *Party
	Grade        Grade
	Fit          float64 // what matches of one grade are ordered by, 0 to 1; only within one list
	Covered      float64 // part of the need's weight that the supply shares, 0 to 1
	Dense        float64 // Covered by the length of the supply: in a long one much stands by chance
	Score        float64 // of the search
	Shared       []Shared
	Conditions   []Condition
}

// Supply is a kind of thing that may answer needs. Another registry joins by one more of these.
type Supply struct {
	Kind string // as the index names it, and in plural as its pages
	// IDs lists all that everybody finds now.
	IDs func(tx *db.Tx) ([]string, error)
	// Some returns those of the ids that everybody finds now, each as the actor sees it.
	Some func(tx *db.Tx, actor account.Actor, ids []string) ([]Party, error)
	// One returns a single one as the actor sees it. It is NotFound when it is not open to them.
	One func(tx *db.Tx, actor account.Actor, id string) (Party, error)
}

// Matcher finds matches on an exchange.
type Matcher struct {
	*exchange.Exchange
	Lexicon  func() *lexicon.Lexicon // texts are compared within one tongue only when it is nil
	needs    Supply
	supplies []Supply
	surveyed atomic.Int64 // how far the ledger was when all needs were last looked at
}

// New returns a matcher for the needs of an exchange, which its offers and what other supplies there
// are may answer. Terms returns the lexicon as it is at the time.
func New(x *exchange.Exchange, terms func() *lexicon.Lexicon, others ...Supply) *Matcher {
	offers := supplyOf(x, x.Offers, offerParty)
	return &Matcher{Exchange: x, Lexicon: terms, needs: supplyOf(x, x.Needs, needParty), supplies: append([]Supply{offers}, others...)}
}

// supplyOf is one side of the market as a kind of supply.
func supplyOf[T any](x *exchange.Exchange, shelf *exchange.Shelf[T], party func(*exchange.Shelf[T], *T) Party) Supply {
	side := listing.NewSide(x, shelf)
	return Supply{
		Kind: shelf.Kind.Name,
		IDs:  func(tx *db.Tx) ([]string, error) { return openIDs(tx, shelf.Kind.Name) },
		Some: func(tx *db.Tx, actor account.Actor, ids []string) ([]Party, error) {
			keys := make([]search.Key, len(ids))
			for i, id := range ids {
				keys[i] = search.Key{Kind: shelf.Kind.Name, ID: id}
			}
			all, err := side.Some(tx, actor, keys)
			if err != nil {
				return nil, err
			}
			var found []Party
			for _, r := range all {
				if shelf.Listing(r).Floor() {
					found = append(found, party(shelf, r))
				}
			}
			return found, nil
		},
		One: func(tx *db.Tx, actor account.Actor, id string) (Party, error) {
			whole, err := shelf.Kind.Get(tx, id)
			if err != nil {
				return Party{}, err
			}
			l := shelf.Listing(whole)
			level, err := x.LevelOf(tx, actor, shelf.Kind.Name, l)
			if err != nil {
				return Party{}, err
			}
			if !exchange.Citable(l.State) && level < field.OwnerOnly {
				if !l.Published.IsZero() {
					return Party{}, fault.New(fault.Gone, "listing.gone")
				}
				return Party{}, fault.New(fault.NotFound, "record.not_found")
			}
			return party(shelf, shelf.See(whole, level)), nil
		},
	}
}

// supply returns the kind of supply of that name, needs among them.
func (m *Matcher) supply(kind string) (Supply, bool) {
	if kind == m.needs.Kind {
		return m.needs, true
	}
	i := slices.IndexFunc(m.supplies, func(s Supply) bool { return s.Kind == kind })
	if i < 0 {
		return Supply{}, false
	}
	return m.supplies[i], true
}

// Kinds lists the kinds that may stand on the other side of a party of that kind.
func (m *Matcher) Kinds(kind string) []string {
	if kind != m.needs.Kind {
		return []string{m.needs.Kind}
	}
	var all []string
	for _, s := range m.supplies {
		all = append(all, s.Kind)
	}
	return all
}

// Asking is what matches somebody asks for. The zero value asks for all kinds, in Vietnamese.
type Asking struct {
	Tongue lang.Tag
	Kinds  []string // of the other side; all when there are none
	// Reasons is how many of the best are told with what they share; 0 for all. It costs the most.
	Reasons int
}

// One returns a party as the actor sees it. It is NotFound or Gone when it is not open to them.
func (m *Matcher) One(tx *db.Tx, actor account.Actor, kind, id string) (Party, error) {
	s, ok := m.supply(kind)
	if !ok {
		return Party{}, fault.New(fault.NotFound, "record.not_found")
	}
	return s.One(tx, actor, id)
}

// Of returns what matches a party, the best first: supplies for a need, needs for a supply. Nothing is
// in it, no reason and no count, that rests on what the actor may not see.
func (m *Matcher) Of(tx *db.Tx, actor account.Actor, p *Party, a Asking) ([]Match, error) {
	var found []search.Find
	for _, h := range m.Index().Search(m.query(p, a)).Hits {
		found = append(found, search.Find{Kind: h.Kind, ID: h.ID, Score: h.Score})
	}
	return m.of(tx.Now, p, a, found, m.load(tx, actor))
}

// query is how the search is asked for the candidates of a party: by all that it says.
func (m *Matcher) query(p *Party, a Asking) search.Query {
	kinds := m.Kinds(p.Kind)
	if len(a.Kinds) > 0 {
		kinds = both(kinds, a.Kinds)
	}
	tongue := p.tongue(a.Tongue)
	return search.Query{Text: p.whole(tongue), Whole: true, Far: true, Reader: tongue, Filters: map[string][]string{"kind": kinds}, Limit: depth, Quiet: true}
}

// loading reads parties by kind and ids.
type loading func(kind string, ids []string) ([]Party, error)

func (m *Matcher) load(tx *db.Tx, actor account.Actor) loading {
	return func(kind string, ids []string) ([]Party, error) {
		s, ok := m.supply(kind)
		if !ok {
			return nil, nil
		}
		return s.Some(tx, actor, ids)
	}
}

// of weighs the candidates of a search.
func (m *Matcher) of(now time.Time, p *Party, a Asking, hits []search.Find, load loading) ([]Match, error) {
	if len(hits) == 0 {
		return nil, nil
	}
	ids, scores := map[string][]string{}, map[search.Key]float64{}
	for _, h := range hits {
		ids[h.Kind] = append(ids[h.Kind], h.ID)
		scores[search.Key{Kind: h.Kind, ID: h.ID}] = h.Score
	}
	weigh := m.weigher(p, a.Tongue, when.DayOf(now))
	var all []Match
	for _, kind := range m.Kinds(p.Kind) {
		if len(ids[kind]) == 0 {
			continue
		}
		parties, err := load(kind, ids[kind])
		if err != nil {
			return nil, err
		}
		for i := range parties {
			other := &parties[i]
			if other.Owner != "" && other.Owner == p.Owner {
				continue // one's own; who is anonymous to the reader is nobody's own
			}
			one := weigh(other, a.Reasons == 0)
			one.Score = scores[search.Key{Kind: kind, ID: other.ID}]
			one.settle(hits[0].Score)
			all = append(all, one)
		}
	}
	order(all, p)
	for i := range all[:min(len(all), a.Reasons)] {
		all[i].Shared = weigh(all[i].other(p), true).Shared
	}
	return all, nil
}

// order puts the best of some matches of a party first: a better grade, and within a grade the better fit.
func order(all []Match, p *Party) {
	slices.SortFunc(all, func(x, y Match) int {
		return cmp.Or(rank(y.Grade)-rank(x.Grade), cmp.Compare(y.Fit, x.Fit), cmp.Compare(x.other(p).ID, y.other(p).ID))
	})
}

// weigher returns how to weigh one party against others, with what they share or only how much of it:
// whichever side it is on, the need is read and looked up in the supply.
func (m *Matcher) weigher(p *Party, reader lang.Tag, today when.Day) func(other *Party, reasons bool) Match {
	var terms *lexicon.Lexicon
	if m.Lexicon != nil {
		terms = m.Lexicon()
	}
	rare := m.Index().Spread
	if p.Kind == m.needs.Kind {
		r := read(p, p.tongue(reader), terms, rare)
		return func(supply *Party, reasons bool) Match {
			b := newBody(supply)
			defer b.free()
			return weigh(r, b, today, reasons)
		}
	}
	b := newBody(p)
	return func(need *Party, reasons bool) Match {
		return weigh(read(need, need.tongue(reader), terms, rare), b, today, reasons)
	}
}

func weigh(r *reading, b *body, today when.Day, reasons bool) Match {
	m := Match{Need: r.party, Supply: b.party, Conditions: conditions(r.party, b.party, today)}
	if reasons {
		m.Shared, m.Covered = share(r, b)
	} else {
		m.Covered = cover(r, b)
	}
	m.Dense = min(1, m.Covered/max(leastLength, 1-lengthPart+lengthPart*float64(b.length())/usualLength))
	part, missed := left(m.Conditions)
	m.Grade = gradeOf(m.Dense*part, missed)
	return m
}

func gradeOf(cover float64, missed bool) Grade {
	switch {
	case cover >= closeCover && !missed:
		return Close
	case cover >= goodCover:
		return Good
	case cover >= partialCover:
		return Partial
	}
	return Slight
}

// settle sets what a match is ordered by, with the score of the best candidate.
func (m *Match) settle(best float64) {
	part, _ := left(m.Conditions)
	m.Fit = ((1-coverPart)*m.Score/max(best, 1e-9) + coverPart*m.Dense) * part
}

// other is the side of the match that is not the given one.
func (m *Match) other(p *Party) *Party {
	if m.Need.Kind == p.Kind {
		return m.Supply
	}
	return m.Need
}

// Pair weighs one need against one supply, whether the search would find them or not.
func (m *Matcher) Pair(tx *db.Tx, need, supply *Party, reader lang.Tag) Match {
	return m.weigher(need, reader, when.DayOf(tx.Now))(supply, true)
}
