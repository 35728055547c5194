package match

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// pairView is what the page of a need and a supply side by side is drawn from.
type pairView struct {
	Heading string
	Grade   parts.Light
	Sides   []sideView
	Shared  []parts.Reason
	Others  []parts.Reason
	Said    string // what the reader said of it before
	Undo    string
	Judge   *judgeForm
	Propose *proposeForm
	Back    parts.Link
}

// sideView is one of the two texts.
type sideView struct {
	Kind           parts.Tag
	Path           string
	Title, TitleIn string
	Meta           []string
	Texts          []said
}

// judgeForm is the form by which a match is judged.
type judgeForm struct {
	Action, From string
	Faults       parts.Faults
	Reason       parts.Field
	Words        parts.Field
}

func (m *Matcher) showPair(w http.ResponseWriter, r *http.Request) error {
	return m.drawPair(w, r, parts.Faults{}, web.Form(r))
}

func (m *Matcher) drawPair(w http.ResponseWriter, r *http.Request, faults parts.Faults, typed web.Values) error {
	tx, actor, t := web.Tx(r), web.Actor(r), m.teller(r)
	need, supply, err := m.sides(tx, actor, r.PathValue("id"), r.PathValue("kind"), r.PathValue("other"))
	if err != nil {
		return err
	}
	one := m.Pair(tx, &need, &supply, t.Tongue)
	v := pairView{Heading: web.T(r, "match.pair"), Grade: gradeLight(t, one.Grade), Shared: m.reasons(t, &one, one.Shared[:min(len(one.Shared), shownMarks)], nil),
		Others: m.reasons(t, &one, nil, one.Conditions)}
	v.Back = parts.Link{Path: pathOf(&need) + "/matches", Text: web.T(r, "match.title_need")}
	from := typed.Text("from")
	if from == "supply" {
		v.Back = parts.Link{Path: pathOf(&supply) + "/matches", Text: web.T(r, "match.title_supply")}
	}
	names, err := m.owners(tx, []Match{one})
	if err != nil {
		return err
	}
	for _, p := range []*Party{&need, &supply} {
		side := sideView{Kind: parts.Tag{Text: t.Kind(p.Kind), Kind: p.Kind}, Path: pathOf(p), Meta: t.Meta(p)}
		side.Title, side.TitleIn = titleOf(t, p)
		if name := names[p.Owner].In(t.Tongue); name != "" {
			side.Meta = append([]string{name}, side.Meta...)
		}
		for _, q := range one.texts(p, t.Tongue) {
			s := said{Whose: listing.Label(r, p.Kind, q.Field), Text: q.Text}
			if q.In != t.Tongue {
				s.In = string(q.In)
			}
			side.Texts = append(side.Texts, s)
		}
		v.Sides = append(v.Sides, side)
	}
	if err := m.fillForms(r, &v, &need, &supply, from, faults, typed); err != nil {
		return err
	}
	page := web.Page{Title: web.T(r, "match.pair_title", "One", v.Sides[0].Title, "Other", v.Sides[1].Title), Section: "/search", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/search", Text: web.T(r, "search.title")}, {Path: v.Back.Path, Text: v.Back.Text}, {Text: v.Heading}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, pairPage(v))
}

// fillForms adds what this reader may do with the pair.
func (m *Matcher) fillForms(r *http.Request, v *pairView, need, supply *Party, from string, faults parts.Faults, typed web.Values) error {
	tx, actor := web.Tx(r), web.Actor(r)
	path := pairPath(need.ID, supply.Kind, supply.ID)
	judged, err := m.Judged(tx, actor, need)
	if err != nil {
		return err
	}
	old, was := judged[supply.ID]
	if was {
		v.Said, v.Undo = saidOf(r, old), path+"/judgement/undoing"
	}
	if account.MayPost.Allows(actor) && (!was || faults.Any()) {
		v.Judge = &judgeForm{Action: path + "/judgement", From: from, Faults: faults,
			Reason: parts.Field{Name: "reason", Label: web.T(r, "match.why_not"), Error: faults.At("reason")},
			Words:  parts.Field{Name: "words", Label: web.T(r, "match.in_words"), Hint: web.T(r, "match.in_words_hint"), Value: typed.Long("words"), Error: faults.At("words"), Max: mostWords, Rows: 3, Optional: true}}
		for _, reason := range Reasons {
			v.Judge.Reason.Options = append(v.Judge.Reason.Options, parts.Option{Value: reason, Text: web.T(r, "match.reason_"+reason), On: typed.Text("reason") == reason})
		}
	}
	n, err := exchange.Needs.Get(tx, need.ID)
	if err != nil {
		return err
	}
	if _, err := exchange.Next(n.State, "answer"); err == nil && account.MayReview.Allows(actor) && exchange.Impartial(actor, &n.Listing) == nil && supply.Floor {
		v.Propose = &proposeForm{Action: "/desk/needs/" + need.ID + "/proposals", Kind: supply.Kind, Supply: supply.ID,
			Words: parts.Field{Name: "words", ID: "why", Label: web.T(r, "match.why_proposed"), Hint: web.T(r, "match.why_proposed_hint"), Max: mostWords, Rows: 4}}
	}
	return nil
}

func (m *Matcher) judge(w http.ResponseWriter, r *http.Request) error {
	form := web.Form(r)
	need, kind, supply := r.PathValue("id"), r.PathValue("kind"), r.PathValue("other")
	faults, err := web.Faults(r, m.Judge(web.Tx(r), web.Actor(r), need, kind, supply, form.Text("reason"), form.Long("words")))
	if err != nil {
		return err
	}
	if faults.Any() {
		return m.drawPair(w, r, faults, form)
	}
	web.Notice(w, r, "match.done_judged")
	if form.Text("from") == "supply" {
		return web.Goto(w, r, "/"+kind+"s/"+supply+"/matches")
	}
	return web.Goto(w, r, "/needs/"+need+"/matches")
}

func (m *Matcher) unjudge(w http.ResponseWriter, r *http.Request) error {
	need, kind, supply := r.PathValue("id"), r.PathValue("kind"), r.PathValue("other")
	if err := m.Unjudge(web.Tx(r), web.Actor(r), need, kind, supply); err != nil {
		return err
	}
	web.Notice(w, r, "match.done_unjudged")
	if back := web.Form(r).Text("back"); back == "/"+kind+"s/"+supply+"/matches" {
		return web.Goto(w, r, back)
	}
	return web.Goto(w, r, "/needs/"+need+"/matches")
}
