package desk

import (
	"net/http"
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/exchange"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/search"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// deskNeeds is what the list of needs that are owed an answer is drawn from.
type deskNeeds struct {
	Which   []parts.Chip
	Heading string
	Rows    []deskRow
	Pager   parts.Pager
	Nothing *parts.Empty
}

// deskNeed is what the page of one need on the desk is drawn from.
type deskNeed struct {
	Number, Title, TitleIn, Owner string
	Path                          string // of the public page
	Light                         parts.Light
	Officer                       string
	Sections                      []deskSection
	Offers                        []deskOffer
	Barred                        string
	Action                        string
	Faults                        parts.Faults
	Answer                        parts.Field
	Note                          parts.Pair
}

// deskOffer is an offer that may answer the need, with the box by which the answer names it.
type deskOffer struct {
	ID     string
	Card   parts.Listing
	Chosen bool
}

// answered is what was typed into the form of an answer.
type answered struct {
	answer string
	note   lang.Both
	offers []string
}

// answers are what an officer may answer to a need.
var answers = []string{"found", "partly", "none"}

// needLists are the lists of needs that are owed an answer, the usual one first.
var needLists = []string{"all", "mine", "late"}

func (x *desk) showDeskNeeds(w http.ResponseWriter, r *http.Request) error {
	q := r.URL.Query()
	which, officer := q.Get("which"), ""
	if !slices.Contains(needLists, which) {
		which = needLists[0]
	}
	if which == "mine" {
		officer = string(web.Actor(r).ID)
	}
	due, key, _ := strings.Cut(q.Get("after"), "_")
	list, err := x.NeedsOwed(web.Tx(r), officer, which == "late", due, key, deskSize+1)
	if err != nil {
		return err
	}
	v := deskNeeds{Heading: web.T(r, "desk.needs_"+which)}
	for _, one := range needLists {
		if one != which {
			v.Which = append(v.Which, parts.Chip{Path: "/desk/needs?which=" + one, Text: web.T(r, "desk.needs_"+one)})
		}
	}
	if q.Get("after") != "" {
		v.Pager.First = "/desk/needs?which=" + which
	}
	if len(list) > deskSize {
		list = list[:deskSize]
		v.Pager.Next = "/desk/needs?which=" + which + "&after=" + afterOf(list[deskSize-1])
	}
	if v.Rows, err = x.deskRows(r, list, ""); err != nil {
		return err
	}
	for i, row := range list {
		who, err := x.officerText(r, row.Officer)
		if err != nil {
			return err
		}
		if who != "" {
			v.Rows[i].Note = web.T(r, "desk.need_owned", "Note", v.Rows[i].Note, "Officer", who)
		}
	}
	if len(list) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "desk.nothing"), Text: web.T(r, "desk.needs_help")}
	}
	page := web.Page{Title: web.T(r, "desk.queue_needs"), Section: "/desk", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/desk", Text: web.T(r, "desk.title")}, {Text: web.T(r, "desk.queue_needs")}}}
	return web.Show(w, r, page, deskNeedsPage(v))
}

func (x *desk) showDeskNeed(w http.ResponseWriter, r *http.Request) error {
	return x.drawDeskNeed(w, r, answered{}, parts.Faults{})
}

func (x *desk) drawDeskNeed(w http.ResponseWriter, r *http.Request, typed answered, faults parts.Faults) error {
	tx, tag, actor := web.Tx(r), web.Lang(r), web.Actor(r)
	n, err := exchange.Needs.Get(tx, r.PathValue("id"))
	if err != nil {
		return err
	}
	v := deskNeed{Number: n.Number, Path: "/needs/" + n.ID, Sections: x.needs.deskSections(r, n), Action: "/needs/" + n.ID + "/answer", Faults: faults}
	title, tongue := n.Title.Best(tag)
	v.Title = title
	if tongue != tag {
		v.TitleIn = string(tongue)
	}
	names, err := x.Names(tx, n.Owner)
	if err != nil {
		return err
	}
	v.Owner = names[n.Owner].In(tag)
	if v.Officer, err = x.officerText(r, account.ID(n.Officer)); err != nil {
		return err
	}
	if n.AnsweredOn.Zero() && !n.ReplyDue.Zero() {
		v.Light = clockLight(r, exchange.Waiting{Queue: exchange.QueueNeeds, Due: n.ReplyDue})
	}
	if v.Offers, err = x.suggested(r, n, typed.offers); err != nil {
		return err
	}
	switch _, err := exchange.Next(n.State, "answer"); {
	case err != nil:
		v.Barred = web.T(r, "desk.nothing_to_decide")
	case !account.MayReview.Allows(actor):
		v.Barred = web.T(r, "desk.you_look_on")
	case actor.In(n.Owner):
		v.Barred = web.T(r, "review.own_listing")
	}
	v.Answer = parts.Field{Name: "answer", Label: web.T(r, "desk.answer"), Error: faults.At("answer")}
	for _, one := range answers {
		v.Answer.Options = append(v.Answer.Options, parts.Option{Value: one, Text: web.T(r, "need.answer_"+one), Hint: web.T(r, "desk.answer_hint_"+one), On: one == typed.answer})
	}
	v.Note = parts.Pair{Name: "answer_note", Label: web.T(r, "desk.answer_note"), Hint: web.T(r, "desk.answer_note_hint"), Vi: typed.note.Vi, En: typed.note.En,
		ErrorVi: faults.At("answer_note_vi"), Max: 1600, Rows: 5}
	page := web.Page{Title: web.T(r, "desk.need_title", "Title", v.Title), Section: "/desk", NoIndex: true, Crumbs: []parts.Crumb{{Path: "/desk", Text: web.T(r, "desk.title")},
		{Path: "/desk/needs", Text: web.T(r, "desk.queue_needs")}, {Text: n.Number}}}
	if faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, deskNeedPage(v))
}

// suggested are the offers nearest to a need's own words, with the reasons.
func (x *desk) suggested(r *http.Request, n *exchange.Need, chosen []string) ([]deskOffer, error) {
	found := x.Index().Search(search.Query{Text: x.Needs.WholeText(n), Whole: true, Reader: web.Lang(r), Filters: map[string][]string{"kind": {exchange.Offers.Name}}, Limit: 10})
	keys := make([]search.Key, len(found.Hits))
	for i, h := range found.Hits {
		keys[i] = search.Key{Kind: h.Kind, ID: h.ID}
	}
	cards, names, err := x.Cards(r, keys)
	if err != nil {
		return nil, err
	}
	var all []deskOffer
	for i, key := range keys {
		if c, ok := cards[key]; ok && c.Listing.Floor() {
			why := found.Hits[i].Why
			all = append(all, deskOffer{ID: key.ID, Card: x.Draw(r, c, names, nil, why[:min(len(why), 8)]), Chosen: slices.Contains(chosen, key.ID)})
		}
	}
	return all, nil
}

// answerNeed gives an officer's answer to the owner of a need, with the offers that it names.
func (x *desk) answerNeed(w http.ResponseWriter, r *http.Request) error {
	tx, actor, f, id := web.Tx(r), web.Actor(r), web.Form(r), r.PathValue("id")
	n, err := exchange.Needs.Get(tx, id)
	if err != nil {
		return err
	}
	if err := exchange.Impartial(actor, &n.Listing); err != nil {
		return err
	}
	typed := answered{answer: f.Text("answer"), note: f.Both("answer_note"), offers: f.All("offers")}
	note, err := x.naming(r, typed)
	if err != nil {
		return err
	}
	faults, err := web.Faults(r, x.AnswerNeed(tx, actor.ID, id, typed.answer, note))
	if err != nil {
		return err
	}
	if faults.Any() {
		for i := range faults.List {
			if faults.List[i].Field == "answer_note_vi" {
				faults.List[i].Field = "answer_note_vi"
			}
		}
		return x.drawDeskNeed(w, r, typed, faults)
	}
	web.Notice(w, r, "desk.done_answer", "Number", n.Number)
	next, err := x.After(tx, actor, exchange.QueueNeeds, exchange.Waiting{ID: id, Key: id, Due: n.ReplyDue})
	if err != nil || next == nil {
		return web.Goto(w, r, "/desk/needs")
	}
	return web.Goto(w, r, deskPath(*next))
}

// naming puts the chosen offers that are on the floor below the note, each with its number, title
// and address, in each tongue in which there is a note.
func (x *desk) naming(r *http.Request, typed answered) (lang.Both, error) {
	note := typed.note
	if note.Empty() {
		return note, nil
	}
	for _, id := range typed.offers[:min(len(typed.offers), 10)] {
		o, err := exchange.Offers.Get(web.Tx(r), id)
		if err != nil {
			return note, err
		}
		if !o.Floor() {
			continue
		}
		title := x.Offers.See(o, field.Public).Title
		for _, tag := range lang.Tags {
			if text := note.Only(tag); text != "" {
				note.Set(tag, text+"\n"+o.Number+" "+title.In(tag)+"\n"+web.BaseURL(r)+parts.InTongue(tag, "/offers/"+id))
			}
		}
	}
	return note, nil
}
