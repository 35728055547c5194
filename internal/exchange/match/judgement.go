package match

import (
	"slices"
	"time"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
)

// Judgement is what somebody said of a match that is not right.
type Judgement struct {
	ID           string
	Need         string
	Kind, Supply string
	Reason       string
	Words        string
	By           account.ID
	Organisation string // that they acted for, when the need or the supply is its own
	At           time.Time
}

// Reasons are why a match is not right. "Other" needs words.
var Reasons = []string{"other_field", "too_dear", "too_early", "other_scale", "known", "other"}

// mostWords is how long the words of a judgement or a proposal may be, in characters.
const mostWords = 1000

// Judge notes that a match is not right, and why; it takes the place of what the actor said of it
// before. The match is not shown again to the actor, nor to the organisation that they act for when
// the need or the supply is its own. Both sides must be open to the actor.
func (m *Matcher) Judge(tx *db.Tx, actor account.Actor, need, kind, supply, reason, words string) error {
	words = lang.Clean(words)
	f := fault.New(fault.Invalid, "match.not_complete")
	if !slices.Contains(Reasons, reason) {
		f.At("reason", "match.reason_needed")
	}
	if reason == "other" && words == "" {
		f.At("words", "match.words_needed")
	}
	if utf8.RuneCountInString(words) > mostWords {
		f.At("words", "match.words_too_long", "N", mostWords)
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	n, s, err := m.sides(tx, actor, need, kind, supply)
	if err != nil {
		return err
	}
	j := Judgement{ID: db.NewID(tx.Now), Need: n.ID, Kind: s.Kind, Supply: s.ID, Reason: reason, Words: words, By: actor.ID, At: tx.Now}
	for _, owner := range []string{n.Owner, s.Owner} {
		if j.Organisation == "" && actor.In(owner) {
			j.Organisation = owner
		}
	}
	old, err := judgementBy(tx, actor.ID, need, kind, supply)
	if err != nil {
		return err
	}
	if old != nil {
		if err := dropJudgement(tx, old.ID); err != nil {
			return err
		}
	}
	if err := putJudgement(tx, &j); err != nil {
		return err
	}
	return note(tx, actor.ID, "match.judged", "match", j.ID, "need", j.Need, j.Kind, j.Supply, "reason", j.Reason, "words", j.Words)
}

// Unjudge takes back what was said of a match: by the actor, or by others of an organisation that the
// actor acts for too. Where nothing was said it does nothing.
func (m *Matcher) Unjudge(tx *db.Tx, actor account.Actor, need, kind, supply string) error {
	all, err := judgementsOf(tx, "need = ? AND kind = ? AND supply = ?", need, kind, supply)
	if err != nil {
		return err
	}
	for _, j := range all {
		if !j.hides(actor) {
			continue
		}
		if err := dropJudgement(tx, j.ID); err != nil {
			return err
		}
		if err := note(tx, actor.ID, "match.unjudged", "match", j.ID, "need", j.Need, j.Kind, j.Supply); err != nil {
			return err
		}
	}
	return nil
}

// hides reports whether a judgement keeps a match from an actor.
func (j *Judgement) hides(actor account.Actor) bool {
	return j.By == actor.ID || actor.In(j.Organisation)
}

// sides returns a need and a supply as the actor sees them.
func (m *Matcher) sides(tx *db.Tx, actor account.Actor, need, kind, supply string) (n, s Party, err error) {
	if kind == m.needs.Kind {
		return n, s, fault.New(fault.NotFound, "record.not_found")
	}
	if n, err = m.One(tx, actor, m.needs.Kind, need); err != nil {
		return n, s, err
	}
	s, err = m.One(tx, actor, kind, supply)
	return n, s, err
}

// Judged returns what keeps matches of a party from an actor, by the id of the other side.
func (m *Matcher) Judged(tx *db.Tx, actor account.Actor, p *Party) (map[string]Judgement, error) {
	by := map[string]Judgement{}
	if !actor.SignedIn() {
		return by, nil
	}
	all, err := m.judgementsFor(tx, p)
	if err != nil {
		return nil, err
	}
	for _, j := range all {
		if !j.hides(actor) {
			continue
		}
		if p.Kind == m.needs.Kind {
			by[j.Supply] = j
		} else {
			by[j.Need] = j
		}
	}
	return by, nil
}

// judgementsFor returns all that was said of matches of a party. It is for officers.
func (m *Matcher) judgementsFor(tx *db.Tx, p *Party) ([]Judgement, error) {
	if p.Kind == m.needs.Kind {
		return judgementsOf(tx, "need = ?", p.ID)
	}
	return judgementsOf(tx, "kind = ? AND supply = ?", p.Kind, p.ID)
}

// Parted are the matches that a reader is shown, and those that they judged, which are not.
func Parted(p *Party, list []Match, judged map[string]Judgement) (shown, hidden []Match) {
	for _, one := range list {
		if _, ok := judged[one.other(p).ID]; ok {
			hidden = append(hidden, one)
		} else {
			shown = append(shown, one)
		}
	}
	return shown, hidden
}

// note writes an act into the ledger; changes are pairs of a name and the new text.
func note(tx *db.Tx, actor account.ID, act, kind, id string, changes ...string) error {
	n := ledger.Note{Actor: string(actor), Act: act, Kind: kind, ID: id}
	for i := 0; i+1 < len(changes); i += 2 {
		n.Change = append(n.Change, ledger.Change{Field: changes[i], New: changes[i+1]})
	}
	_, err := ledger.Append(tx, n)
	return err
}
