package match

import (
	"net/http"
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// proposeForm is the form by which an officer proposes something for a need.
type proposeForm struct {
	Action       string
	Kind, Supply string // of what stands on the exchange; else they are asked for
	Faults       parts.Faults
	Kinds        parts.Field
	Number       parts.Field
	Name         parts.Field
	Link         parts.Field
	Words        parts.Field
}

// proposalRow is a proposal as its readers see it.
type proposalRow struct {
	Kind, Title, Path string
	Outside           bool // the path leads to another site
	Words             string
	By                string // who proposed, and when
	Withdraw          string // address of the act; empty for who may not
}

// deskView is what the page of one need's matches and proposals on the desk is drawn from.
type deskView struct {
	Number, Title, TitleIn string
	Light                  parts.Light
	Links                  []parts.Action
	Proposals              []proposalRow
	Form                   *proposeForm
	Barred                 string
	Judgements             []judgementRow
}

// judgementRow is a judgement as officers see it.
type judgementRow struct {
	Path, Title string
	Said        string
	By          string
}

func (m *Matcher) showDeskNeed(w http.ResponseWriter, r *http.Request) error {
	return m.drawDeskNeed(w, r, parts.Faults{}, web.Values{})
}

func (m *Matcher) drawDeskNeed(w http.ResponseWriter, r *http.Request, faults parts.Faults, typed web.Values) error {
	tx, actor, t := web.Tx(r), web.Actor(r), m.teller(r)
	n, err := exchange.Needs.Get(tx, r.PathValue("id"))
	if err != nil {
		return err
	}
	v := deskView{Number: n.Number, Links: []parts.Action{{Path: "/needs/" + n.ID + "/matches", Text: web.T(r, "match.title_need")},
		{Path: "/desk/needs/" + n.ID, Text: web.T(r, "match.to_answer"), Kind: "line"}}}
	title, tongue := n.Title.Best(t.Tongue)
	if v.Title = title; tongue != t.Tongue {
		v.TitleIn = string(tongue)
	}
	if n.AnsweredOn.Zero() && !n.ReplyDue.Zero() {
		v.Light = clock(r, n.ReplyDue)
	}
	if v.Proposals, err = m.proposalRows(r, n.ID); err != nil {
		return err
	}
	if v.Judgements, err = m.judgementRows(r, func() ([]Judgement, error) { return judgementsOf(tx, "need = ?", n.ID) }, false); err != nil {
		return err
	}
	switch _, err := exchange.Next(n.State, "answer"); {
	case err != nil:
		v.Barred = web.T(r, "match.need_closed")
	case !account.MayReview.Allows(actor):
		v.Barred = web.T(r, "desk.you_look_on")
	case actor.In(n.Owner):
		v.Barred = web.T(r, "review.own_listing")
	default:
		v.Form = m.proposeForm(r, n.ID, faults, typed)
	}
	page := web.Page{Title: web.T(r, "match.desk_title", "Number", n.Number), Section: "/desk", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/desk", Text: web.T(r, "desk.title")}, {Path: "/desk/unmatched", Text: web.T(r, "match.unmatched")}, {Text: n.Number}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, deskNeedPage(v))
}

// clock tells how an answer that is owed stands to its day.
func clock(r *http.Request, due when.Day) parts.Light {
	c := exchange.ClockOf(web.Tx(r).Now, due)
	light := parts.Light{Kind: c.Light()}
	switch {
	case c.Late:
		light.Text = web.T(r, "desk.late_by", "N", c.Days)
	case c.Hours > 0:
		light.Text = web.T(r, "desk.hours_left", "N", c.Hours)
	default:
		light.Text = web.T(r, "desk.days_left", "N", c.Days)
	}
	return light
}

func (m *Matcher) proposeForm(r *http.Request, need string, faults parts.Faults, typed web.Values) *proposeForm {
	f := &proposeForm{Action: "/desk/needs/" + need + "/proposals", Faults: faults,
		Kinds:  parts.Field{Name: "kind", Label: web.T(r, "match.what_proposed"), Error: faults.At("kind")},
		Number: parts.Field{Name: "supply", Label: web.T(r, "match.number"), Hint: web.T(r, "match.number_hint"), Value: typed.Text("supply"), Error: faults.At("supply"), Optional: true, Short: true},
		Name:   parts.Field{Name: "name", Label: web.T(r, "match.name"), Hint: web.T(r, "match.name_hint"), Value: typed.Text("name"), Error: faults.At("name"), Max: 200, Optional: true},
		Link:   parts.Field{Name: "link", Label: web.T(r, "match.link"), Hint: web.T(r, "match.link_hint"), Value: typed.Text("link"), Error: faults.At("link"), Type: "url", Max: longestLink, Optional: true},
		Words:  parts.Field{Name: "words", Label: web.T(r, "match.why_proposed"), Hint: web.T(r, "match.why_proposed_hint"), Value: typed.Long("words"), Error: faults.At("words"), Max: mostWords, Rows: 4}}
	for _, kind := range slices.Concat(m.Kinds(m.needs.Kind), Written) {
		f.Kinds.Options = append(f.Kinds.Options, parts.Option{Value: kind, Text: web.T(r, "match.proposal_"+kind), On: typed.Text("kind") == kind})
	}
	return f
}

// proposalRows draws the proposals for a need, for those who may see them.
func (m *Matcher) proposalRows(r *http.Request, need string) ([]proposalRow, error) {
	tx, actor, t := web.Tx(r), web.Actor(r), m.teller(r)
	all, err := m.Proposals(tx, actor, need)
	if err != nil {
		return nil, err
	}
	var rows []proposalRow
	for _, p := range all {
		row := proposalRow{Kind: web.T(r, "match.proposal_"+p.Kind), Title: p.Name, Path: p.Link, Outside: p.Link != "", Words: p.Words}
		if p.Supply != "" {
			found, err := m.One(tx, actor, p.Kind, p.Supply)
			switch kind := fault.KindOf(err); {
			case err == nil:
				row.Title, _ = titleOf(t, &found)
				row.Path = pairPath(need, p.Kind, p.Supply)
			case kind == fault.NotFound || kind == fault.Gone:
				row.Title = web.T(r, "match.gone")
			default:
				return nil, err
			}
		}
		who, err := m.who(r, p.By)
		if err != nil {
			return nil, err
		}
		row.By = web.T(r, "match.proposed_by", "Who", who, "Day", lang.Date(t.Tongue, p.At))
		if account.MayReview.Allows(actor) {
			row.Withdraw = "/desk/needs/" + need + "/proposals/" + p.ID + "/withdrawal"
		}
		rows = append(rows, row)
	}
	return rows, nil
}

// who names an account.
func (m *Matcher) who(r *http.Request, id account.ID) (string, error) {
	if m.People == nil {
		return web.T(r, "match.an_officer"), nil
	}
	names, err := m.People(web.Tx(r), string(id))
	if err != nil || names[string(id)] != "" {
		return names[string(id)], err
	}
	return web.T(r, "match.an_officer"), nil
}

// judgementRows draws judgements for officers; both tells of the need too.
func (m *Matcher) judgementRows(r *http.Request, read func() ([]Judgement, error), both bool) ([]judgementRow, error) {
	tx, tag := web.Tx(r), web.Lang(r)
	all, err := read()
	if err != nil {
		return nil, err
	}
	var rows []judgementRow
	for _, j := range all {
		title, err := m.nameOf(tx, j.Kind, j.Supply)
		if err != nil {
			return nil, err
		}
		row := judgementRow{Path: pairPath(j.Need, j.Kind, j.Supply), Title: title.In(tag), Said: saidOf(r, j)}
		if both {
			need, err := m.nameOf(tx, m.needs.Kind, j.Need)
			if err != nil {
				return nil, err
			}
			row.Title = web.T(r, "match.pair_title", "One", need.In(tag), "Other", row.Title)
		}
		who, err := m.who(r, j.By)
		if err != nil {
			return nil, err
		}
		row.By = web.T(r, "match.judged_by", "Who", who, "Day", lang.Date(tag, j.At))
		rows = append(rows, row)
	}
	return rows, nil
}

// nameOf is the title of something, for officers.
func (m *Matcher) nameOf(tx *db.Tx, kind, id string) (lang.Both, error) {
	p, err := m.One(tx, account.Actor{Roles: []account.Role{account.Inspector}, ID: "system"}, kind, id)
	if k := fault.KindOf(err); err != nil && (k == fault.NotFound || k == fault.Gone) {
		return lang.Both{Vi: id}, nil
	}
	return p.Title, err
}

func (m *Matcher) propose(w http.ResponseWriter, r *http.Request) error {
	tx, form, need := web.Tx(r), web.Form(r), r.PathValue("id")
	p := Proposal{Need: need, Kind: form.Text("kind"), Supply: form.Text("supply"), Name: form.Text("name"), Link: form.Text("link"), Words: form.Long("words")}
	if p.Supply != "" && !slices.Contains(Written, p.Kind) {
		kind, id, err := m.Named(tx, p.Supply)
		if err != nil && fault.KindOf(err) != fault.NotFound {
			return err
		}
		if err == nil && kind == p.Kind {
			p.Supply = id
		}
	}
	faults, err := web.Faults(r, m.Propose(tx, web.Actor(r), p))
	if err != nil {
		return err
	}
	if faults.Any() {
		return m.drawDeskNeed(w, r, faults, form)
	}
	web.Notice(w, r, "match.done_proposed")
	return web.Goto(w, r, "/desk/needs/"+need+"/matches")
}

func (m *Matcher) withdraw(w http.ResponseWriter, r *http.Request) error {
	need := r.PathValue("id")
	if err := m.Withdraw(web.Tx(r), web.Actor(r), need, r.PathValue("proposal")); err != nil {
		return err
	}
	web.Notice(w, r, "match.done_withdrawn")
	return web.Goto(w, r, "/desk/needs/"+need+"/matches")
}
