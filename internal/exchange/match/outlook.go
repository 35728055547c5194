package match

import (
	"context"
	"encoding/json"
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/lexicon"
	"chonoi/internal/record"
	"chonoi/internal/search"
	"chonoi/internal/when"
)

// Outlook is how a need stood when all needs were last matched.
type Outlook struct {
	Need   string
	Grade  Grade // of its best match; empty when it has none
	Causes []Cause
}

// Cause is one reason why a need has no good match.
type Cause struct {
	What  string   `json:"what"`
	Words []string `json:"words,omitempty"` // unknown words, or numbers of listings
	N     int      `json:"n,omitempty"`     // of how many supplies it is true
}

// The causes, as they are looked for.
const (
	NoField     = "no_field"     // nothing of its fields stands on the floor
	TooDear     = "too_dear"     // what speaks of the same costs too much
	TooEarly    = "too_early"    // or is not ready
	OtherForm   = "other_form"   // or is not to be had in the form that is wanted
	TooLate     = "too_late"     // or comes too late
	Judged      = "judged"       // the owner said no to what would fit
	OnlyExpired = "only_expired" // only what has left the floor would fit
	FewWords    = "few_words"    // the need tells too little
	Unknown     = "unknown_words"
	NothingNear = "nothing_near"
)

const (
	fewConcepts = 8 // a need of fewer concepts tells too little to be matched
	mostUnknown = 5 // unknown words that are told
)

// byCondition are the causes that follow from a missed condition.
var byCondition = map[string]string{"budget": TooDear, "trl": TooEarly, "right": OtherForm, "time": TooLate}

// look tells how a need stands, from its matches as everybody sees them and what its owner judged.
func (m *Matcher) look(need *Party, list []Match, own map[string]bool, expired *shut) (Outlook, error) {
	o := Outlook{Need: need.ID}
	judged, near, missed := 0, 0, map[string]int{}
	for i := range list {
		one := &list[i]
		if own[one.Supply.ID] {
			if rank(one.Grade) >= rank(Good) {
				judged++
			}
			continue
		}
		if rank(one.Grade) > rank(o.Grade) {
			o.Grade = one.Grade
		}
		if one.Dense < goodCover {
			continue
		}
		near++
		for _, c := range one.Conditions {
			if c.State == Missed && byCondition[c.What] != "" {
				missed[byCondition[c.What]]++
			}
		}
	}
	if rank(o.Grade) >= rank(Good) {
		return o, nil
	}
	add := func(what string, n int, words ...string) { o.Causes = append(o.Causes, Cause{what, words, n}) }
	if len(need.Facts.Subjects) > 0 && m.countIn(need.Facts.Subjects) == 0 {
		add(NoField, 0)
	}
	for _, what := range []string{TooDear, TooEarly, OtherForm, TooLate} {
		if missed[what] > 0 {
			add(what, missed[what])
		}
	}
	if judged > 0 {
		add(Judged, judged)
	}
	numbers, err := expired.near(m, need)
	if err != nil {
		return o, err
	}
	if len(numbers) > 0 {
		add(OnlyExpired, len(numbers), numbers...)
	}
	few, unknown := m.unread(need)
	if few {
		add(FewWords, 0)
	}
	if len(unknown) > 0 {
		add(Unknown, 0, unknown...)
	}
	if len(o.Causes) == 0 || near == 0 && len(o.Causes) == 1 && o.Causes[0].What == Unknown {
		add(NothingNear, 0)
	}
	return o, nil
}

// rank is higher for a better grade, 0 for none.
func rank(g Grade) int {
	if i := slices.Index(Grades, g); i >= 0 {
		return len(Grades) - i
	}
	return 0
}

// countIn returns how many supplies on the floor have one of the subjects.
func (m *Matcher) countIn(subjects []string) int {
	return m.Index().Search(search.Query{Filters: map[string][]string{"kind": m.Kinds(m.needs.Kind), "subjects": subjects}, Limit: 1, Quiet: true}).Total
}

// unread reports whether a need tells too little, and which of its weighty words stand in no other
// listing and in no lexicon.
func (m *Matcher) unread(need *Party) (few bool, unknown []string) {
	tongue := need.tongue(lang.Vi)
	var terms *lexicon.Lexicon
	if m.Lexicon != nil {
		terms = m.Lexicon()
	}
	r := read(need, tongue, terms, m.Index().Spread)
	var texts []string
	for _, c := range r.concepts {
		texts = append(texts, c.text)
	}
	counts, _ := m.Index().Spread(tongue, texts)
	for i, c := range r.concepts {
		weighty := slices.ContainsFunc(c.marks, func(mark Mark) bool { return need.Passages[mark.Passage].Weight >= placeWeights["summary"] })
		if weighty && len(c.also) == 0 && counts[i] <= 1 && len(unknown) < mostUnknown {
			unknown = append(unknown, strings.ToLower(c.text))
		}
	}
	return len(r.concepts) < fewConcepts, unknown
}

// shut are the offers that have left the floor because their time ran out, to be searched as
// everybody saw them.
type shut struct {
	index   *search.Index
	parties map[string]Party
}

// mostShut is how many offers that ran out are looked at, the latest.
const mostShut = 5000

func (m *Matcher) shut(tx *db.Tx) (*shut, error) {
	s := &shut{search.New(), map[string]Party{}}
	all, err := m.Offers.Kind.Find(tx, "WHERE state = ? ORDER BY expires_on DESC, id LIMIT ?", exchange.Expired, mostShut)
	if err != nil {
		return nil, err
	}
	var docs []search.Doc
	for _, o := range all {
		seen := m.Offers.See(o, field.Public)
		s.parties[o.ID] = offerParty(m.Offers, seen)
		seen.State = exchange.Published
		if doc, ok := m.Offers.Doc(seen, lang.Both{}, []record.Claim{}, when.DayOf(tx.Now)); ok {
			docs = append(docs, doc)
		}
	}
	s.index.Put(docs...)
	return s, nil
}

// near are the numbers of the offers that ran out and would have fitted a need by their words.
func (s *shut) near(m *Matcher, need *Party) (numbers []string, err error) {
	q := m.query(need, Asking{})
	q.Limit = 5
	hits := s.index.Search(q).Hits
	if len(hits) == 0 {
		return nil, nil
	}
	weigh := m.weigher(need, lang.Vi, when.Day{})
	for _, h := range hits {
		p := s.parties[h.ID]
		if one := weigh(&p, false); one.Dense >= goodCover {
			numbers = append(numbers, p.Number)
		}
	}
	return numbers, nil
}

// Survey looks at how every need on the floor stands and keeps it for the desk. It does nothing when
// nothing was done on the exchange since the last time.
func (m *Matcher) Survey(ctx context.Context, d *db.DB) error {
	var head int64
	var expired *shut
	own := map[string]map[string]bool{}
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		if head, err = ledger.Head(tx); err != nil || head == m.surveyed.Load() {
			return err
		}
		if expired, err = m.shut(tx); err != nil {
			return err
		}
		own, err = m.ownersJudged(tx)
		return err
	})
	if err != nil || expired == nil {
		return err
	}
	var all []Outlook
	err = m.All(ctx, d, account.Actor{}, Asking{Tongue: lang.Vi, Reasons: 1}, nil, func(_ *db.Tx, need *Party, list []Match) error {
		o, err := m.look(need, list, own[need.ID], expired)
		all = append(all, o)
		return err
	})
	if err != nil {
		return err
	}
	err = d.Update(ctx, func(tx *db.Tx) error { return keepOutlooks(tx, all) })
	if err == nil {
		m.surveyed.Store(head)
	}
	return err
}

// ownersJudged are the supplies of which the owner of a need said that they are not right, by need.
func (m *Matcher) ownersJudged(tx *db.Tx) (map[string]map[string]bool, error) {
	all, err := ownJudgements(tx)
	by := map[string]map[string]bool{}
	for _, pair := range all {
		if by[pair.need] == nil {
			by[pair.need] = map[string]bool{}
		}
		by[pair.need][pair.supply] = true
	}
	return by, err
}

func causesText(all []Cause) string {
	raw, _ := json.Marshal(all)
	return string(raw)
}
