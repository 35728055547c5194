package match

import (
	"net/url"
	"slices"
	"time"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// Proposal is what an officer proposes for a need: something that stands on the exchange, or in their
// own words an expert or another exchange.
type Proposal struct {
	ID     string
	Need   string
	Kind   string // offer or another kind of supply; expert and exchange are told in words
	Supply string // id of what stands on the exchange
	Name   string // of an expert or an exchange
	Link   string
	Words  string // why
	By     account.ID
	At     time.Time
}

// The kinds of proposals that are told in words, with a link.
const (
	AnExpert   = "expert"
	AnExchange = "exchange"
)

// Written lists the kinds of proposals that are told in words.
var Written = []string{AnExpert, AnExchange}

// longestLink is the longest address that a proposal may hold, in characters.
const longestLink = 500

// Propose keeps an officer's proposal for a need and tells the need's owner by letter. The answer that
// is owed to the owner is not given by it: its day stays. Officers propose nothing to their own
// organisation, and nothing for a need that is answered or gone.
func (m *Matcher) Propose(tx *db.Tx, officer account.Actor, p Proposal) error {
	p.ID, p.By, p.At = db.NewID(tx.Now), officer.ID, tx.Now
	p.Name, p.Link, p.Words = lang.Clean(p.Name), lang.Clean(p.Link), lang.Clean(p.Words)
	n, err := exchange.Needs.Get(tx, p.Need)
	if err != nil {
		return err
	}
	if err := exchange.Impartial(officer, &n.Listing); err != nil {
		return err
	}
	if _, err := exchange.Next(n.State, "answer"); err != nil {
		return err
	}
	name, err := m.checked(tx, &p)
	if err != nil {
		return err
	}
	if err := putProposal(tx, &p); err != nil {
		return err
	}
	if err := note(tx, officer.ID, "match.proposed", "match", p.ID, "need", p.Need, "kind", p.Kind, "supply", p.Supply, "name", p.Name, "link", p.Link, "words", p.Words); err != nil {
		return err
	}
	if m.Tell == nil {
		return nil
	}
	return m.Tell(tx, n.Owner, "need_proposed", "Number", n.Number, "ID", n.ID, "Title", n.Title, "Name", name, "Words", p.Words, "Path", "/needs/"+n.ID)
}

// checked returns what is amiss with a proposal, or else the name of what is proposed.
func (m *Matcher) checked(tx *db.Tx, p *Proposal) (name lang.Both, err error) {
	f := fault.New(fault.Invalid, "match.not_complete")
	name = lang.Both{Vi: p.Name, En: p.Name}
	if p.Words == "" {
		f.At("words", "match.why_needed")
	}
	if utf8.RuneCountInString(p.Words) > mostWords {
		f.At("words", "match.words_too_long", "N", mostWords)
	}
	if slices.Contains(Written, p.Kind) {
		p.Supply = ""
		if p.Name == "" {
			f.At("name", "match.name_needed")
		}
		if utf8.RuneCountInString(p.Name) > 200 {
			f.At("name", "match.words_too_long", "N", 200)
		}
		if !isLink(p.Link) {
			f.At("link", "match.link_needed")
		}
		return name, f.OrNil()
	}
	p.Name, p.Link = "", ""
	supply, known := m.supply(p.Kind)
	if !known || p.Kind == m.needs.Kind {
		return name, f.At("kind", "match.kind_needed")
	}
	if p.Supply == "" {
		return name, f.At("supply", "match.supply_needed")
	}
	found, err := supply.Some(tx, account.Actor{}, []string{p.Supply})
	if err != nil {
		return name, err
	}
	if len(found) == 0 {
		return name, f.At("supply", "match.supply_not_open")
	}
	old, err := proposalsOf(tx, p.Need)
	if err != nil {
		return name, err
	}
	if slices.ContainsFunc(old, func(o Proposal) bool { return o.Kind == p.Kind && o.Supply == p.Supply }) {
		return name, f.At("supply", "match.proposed_already")
	}
	return found[0].Title, f.OrNil()
}

// isLink reports whether a text is an address of the web that leads somewhere.
func isLink(text string) bool {
	u, err := url.Parse(text)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Host != "" && u.User == nil && utf8.RuneCountInString(text) <= longestLink
}

// Withdraw takes a proposal for a need back.
func (m *Matcher) Withdraw(tx *db.Tx, officer account.Actor, need, id string) error {
	all, err := proposalsOf(tx, need)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(p Proposal) bool { return p.ID == id })
	if i < 0 {
		return fault.New(fault.NotFound, "record.not_found")
	}
	if err := dropProposal(tx, id); err != nil {
		return err
	}
	return note(tx, officer.ID, "match.unproposed", "match", id, "need", need)
}

// Proposals returns what was proposed for a need, the newest first: for those who may see all of it,
// its owner and the officers. Others see none.
func (m *Matcher) Proposals(tx *db.Tx, actor account.Actor, need string) ([]Proposal, error) {
	n, err := exchange.Needs.Get(tx, need)
	if err != nil {
		return nil, err
	}
	if !actor.In(n.Owner) && !account.MaySeeDesk.Allows(actor) {
		return nil, nil
	}
	return proposalsOf(tx, need)
}
