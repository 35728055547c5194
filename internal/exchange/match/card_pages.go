package match

import (
	"net/http"

	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// card is one match in a list.
type card struct {
	Path    string // of the other listing
	Beside  string // of the page of both
	Judge   string // of the form by which it is judged; empty for who may not
	Undo    string // by which a judgement is taken back; then Said tells it
	Said    string
	Kind    parts.Tag
	Grade   parts.Light
	Title   string
	TitleIn string
	Meta    []string
	Reasons []parts.Reason
	Quotes  []said
}

// said is a piece of one of the two texts.
type said struct {
	Whose string
	Text  parts.Marked
	In    string // its tongue when it is not the reader's
}

// teller puts reasons into the words of a request.
func (m *Matcher) teller(r *http.Request) Teller {
	return Teller{Words: web.Words(r), Codes: m.Codes, Tongue: web.Lang(r)}
}

// gradeLights are the lights of the grades.
var gradeLights = map[Grade]string{Close: "ok", Good: "run", Partial: "idle", Slight: "idle"}

func gradeLight(t Teller, g Grade) parts.Light {
	return parts.Light{Kind: gradeLights[g], Text: t.Grade(g)}
}

func pathOf(p *Party) string { return "/" + p.Kind + "s/" + p.ID }

// pairPath is the address of the page of a need and a supply.
func pairPath(need, kind, supply string) string {
	return "/needs/" + need + "/matches/" + kind + "/" + supply
}

// Of a match a list shows so many shared concepts and conditions.
const (
	listedWords  = 5
	listedOthers = 4
)

// cards draws matches of a party.
func (m *Matcher) cards(r *http.Request, p *Party, list []Match, judged map[string]Judgement) ([]card, error) {
	var all []card
	t := m.teller(r)
	names, err := m.owners(web.Tx(r), list)
	if err != nil {
		return nil, err
	}
	for i := range list {
		one := &list[i]
		other := one.other(p)
		c := card{Path: pathOf(other), Beside: pairPath(one.Need.ID, one.Supply.Kind, one.Supply.ID), Grade: gradeLight(t, one.Grade),
			Kind: parts.Tag{Text: t.Kind(other.Kind), Kind: other.Kind}, Meta: t.Meta(other)}
		if p.Kind != m.needs.Kind {
			c.Beside += "?from=supply"
		}
		title, tongue := t.Title(other)
		c.Title = title
		if tongue != t.Tongue {
			c.TitleIn = string(tongue)
		}
		switch owner := names[other.Owner].In(t.Tongue); {
		case owner != "":
			c.Meta = append([]string{owner}, c.Meta...)
		case other.Anonymous:
			c.Meta = append([]string{web.T(r, "exchange.anonymous_owner")}, c.Meta...)
		}
		words, others := one.Best(listedWords, listedOthers)
		c.Reasons = m.reasons(t, one, words, others)
		c.Quotes = m.quotes(r, one)
		if j, ok := judged[other.ID]; ok {
			c.Undo = pairPath(one.Need.ID, one.Supply.Kind, one.Supply.ID) + "/judgement/undoing"
			c.Said = saidOf(r, j)
		} else if web.Actor(r).SignedIn() {
			c.Judge = c.Beside + "#judge"
		}
		all = append(all, c)
	}
	return all, nil
}

// saidOf tells a judgement.
func saidOf(r *http.Request, j Judgement) string {
	reason := web.T(r, "match.reason_"+j.Reason)
	if j.Words == "" {
		return reason
	}
	return web.T(r, "match.reason_with_words", "Reason", reason, "Words", j.Words)
}

func (m *Matcher) owners(tx *db.Tx, list []Match) (map[string]lang.Both, error) {
	seen := map[string]bool{}
	var ids []string
	for _, one := range list {
		for _, p := range []*Party{one.Need, one.Supply} {
			if p.Owner != "" && !seen[p.Owner] {
				seen[p.Owner] = true
				ids = append(ids, p.Owner)
			}
		}
	}
	return m.Names(tx, ids...)
}

// reasons puts what is shared and the conditions into ticks.
func (m *Matcher) reasons(t Teller, one *Match, words []Shared, others []Condition) []parts.Reason {
	var all []parts.Reason
	for _, s := range t.Shared(words) {
		state := "yes"
		if s.How == Part {
			state = "part"
		}
		all = append(all, parts.Reason{State: state, Text: s.Text})
	}
	for _, c := range others {
		state := string(c.State)
		if c.State == Untold {
			state = string(Partly)
		}
		all = append(all, parts.Reason{State: state, Text: t.Condition(one, c)})
	}
	return all
}

// quotes are the pieces of both texts that say the same.
func (m *Matcher) quotes(r *http.Request, one *Match) (all []said) {
	for _, p := range []*Party{one.Need, one.Supply} {
		q := one.best(p)
		if len(q.Text) == 0 {
			return nil
		}
		s := said{Whose: web.T(r, "match.says_"+whose(p)), Text: q.Text}
		if q.In != web.Lang(r) {
			s.In = string(q.In)
		}
		all = append(all, s)
	}
	return all
}

// whose tells the side of a party.
func whose(p *Party) string {
	if p.Kind == exchange.Needs.Name {
		return "need"
	}
	return "supply"
}
