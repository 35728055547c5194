package termbase

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// proposing is what the page of a new proposal is drawn from.
type proposing struct {
	Form termForm
	Mine parts.Table
}

// deciding is what the page of the proposals is drawn from.
type deciding struct {
	Waiting []waitingProposal
	May     bool
	Faults  parts.Faults
}

// waitingProposal is one proposal with the forms by which it is decided.
type waitingProposal struct {
	Path, Vi, En, Field, Note, At, By string
	Same                              []parts.Chip // terms that share a side with it
	Reason                            parts.Field
}

func (x *Termbase) showPropose(w http.ResponseWriter, r *http.Request) error {
	f := web.Form(r)
	return x.drawPropose(w, r, Term{Term: lexicon.Term{Vi: f.Text("vi"), En: f.Text("en")}}, parts.Faults{})
}

func (x *Termbase) drawPropose(w http.ResponseWriter, r *http.Request, t Term, faults parts.Faults) error {
	mine, err := ProposalsOf(web.Tx(r), web.Actor(r).ID, 50)
	if err != nil {
		return err
	}
	v := proposing{Form: x.form(r, t, faults)}
	v.Mine = parts.Table{Label: web.T(r, "proposal.mine"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "term.vi")}, {Title: web.T(r, "term.en")}, {Title: web.T(r, "proposal.state")}, {Title: web.T(r, "proposal.at")}}}
	lights := map[string]string{Open: "run", Accepted: "ok", Refused: "idle"}
	for _, p := range mine {
		v.Mine.Rows = append(v.Mine.Rows, []parts.Cell{{Text: p.Vi}, {Text: p.En}, {Text: web.T(r, "proposal.state_"+p.State), Light: lights[p.State], Note: p.Reason},
			{Text: lang.DateTime(web.Lang(r), when.Time(p.CreatedAt))}})
	}
	page := web.Page{Title: web.T(r, "proposal.new"), NoIndex: true, Section: "/terms", Crumbs: crumbs(r, web.T(r, "proposal.new"))}
	if faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, proposePage(v))
}

func (x *Termbase) propose(w http.ResponseWriter, r *http.Request) error {
	t := told(r)
	err := x.Propose(web.Tx(r), web.Actor(r).ID, Proposal{Vi: t.Vi, En: t.En, Field: t.Field, Note: t.Note})
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return x.drawPropose(w, r, t, faults)
	}
	web.Notice(w, r, "proposal.sent")
	return web.Goto(w, r, "/terms/proposals/new")
}

func (x *Termbase) showProposals(w http.ResponseWriter, r *http.Request) error {
	return x.drawProposals(w, r, "", parts.Faults{})
}

func (x *Termbase) drawProposals(w http.ResponseWriter, r *http.Request, amiss string, faults parts.Faults) error {
	list, err := OpenProposals(web.Tx(r), 100)
	if err != nil {
		return err
	}
	names := map[string]string{}
	if x.People != nil {
		ids := make([]string, len(list))
		for i, p := range list {
			ids[i] = p.Proposer
		}
		if names, err = x.People(web.Tx(r), ids...); err != nil {
			return err
		}
	}
	v := deciding{May: account.MayReview.Allows(web.Actor(r)), Faults: faults}
	for _, p := range list {
		one := waitingProposal{Path: "/terms/proposals/" + p.ID, Vi: p.Vi, En: p.En, Field: fieldName(r, p.Field), Note: p.Note, At: lang.DateTime(web.Lang(r), when.Time(p.CreatedAt)), By: names[p.Proposer],
			Same:   x.also(Term{ID: IDOf(p.Vi, p.En), Term: lexicon.Term{Vi: p.Vi, En: p.En}}),
			Reason: parts.Field{Name: "reason", ID: "reason-" + p.ID, Label: web.T(r, "proposal.reason"), Hint: web.T(r, "proposal.reason_hint"), Max: 500}}
		if p.ID == amiss {
			one.Reason.Error = faults.At("reason")
		}
		v.Waiting = append(v.Waiting, one)
	}
	page := web.Page{Title: web.T(r, "proposal.title"), NoIndex: true, Section: "/terms", Crumbs: crumbs(r, web.T(r, "proposal.title"))}
	if faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, proposalsPage(v))
}

func (x *Termbase) accept(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	faults, err := web.Faults(r, x.Accept(web.Tx(r), web.Actor(r).ID, id))
	if err != nil {
		return err
	}
	if faults.Any() {
		return x.drawProposals(w, r, id, faults)
	}
	x.soon(r)
	web.Notice(w, r, "proposal.accepted")
	return web.Goto(w, r, "/terms/proposals")
}

func (x *Termbase) refuse(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	faults, err := web.Faults(r, x.Refuse(web.Tx(r), web.Actor(r).ID, id, web.Form(r).Long("reason")))
	if err != nil {
		return err
	}
	if faults.Any() {
		return x.drawProposals(w, r, id, faults)
	}
	web.Notice(w, r, "proposal.refused")
	return web.Goto(w, r, "/terms/proposals")
}
