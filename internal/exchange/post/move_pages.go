package post

import (
	"net/http"

	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
	"chonoi/internal/fault"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// reviewStep is the last look at a listing before it is handed in.
type reviewStep struct {
	Submit   string
	Ready    bool
	Missing  []parts.Link
	Leaks    []parts.Link
	Score    int
	Reads    parts.Light
	Hints    []parts.Link
	More     int // hints that are not listed
	Previews []parts.Link
	Copies   []listing.Beside // what is on the floor or one's own already, and is likely the same
}

// mostHints is how many hints on plain language are listed at once.
const mostHints = 12

func (s side[T]) reviewStep(r *http.Request, rec *T, p exchange.Progress) (*reviewStep, error) {
	l := s.Listing(rec)
	leaks, err := s.Leaks(web.Tx(r), rec)
	if err != nil {
		return nil, err
	}
	v := &reviewStep{Submit: s.Path(l.ID) + "/submission", Ready: len(p.Amiss) == 0 && len(leaks) == 0, Missing: s.meterView(r, l.ID, p).Missing, Previews: s.previews(r, l.ID, "")}
	for _, leak := range leaks {
		v.Leaks = append(v.Leaks, s.amissLink(r, l.ID, leakFault(leak)))
	}
	if v.Copies, err = s.CopiesBeside(r, web.Actor(r), rec); err != nil {
		return nil, err
	}
	score, hints := s.Plainness(rec)
	v.Score, v.Reads = score, plainLight(r, score)
	for i, h := range hints {
		if i == mostHints {
			v.More = len(hints) - mostHints
			break
		}
		v.Hints = append(v.Hints, parts.Link{Path: s.EditPath(l.ID, s.StepOf(h.Column)) + "#" + parts.ID(h.Column),
			Text: web.T(r, "post.amiss_at", "Name", s.ColumnName(r, h.Column), "What", web.T(r, "plain."+h.What, "Found", h.Found, "N", h.N))})
	}
	return v, nil
}

// amissLink leads from what is amiss to where it is mended.
func (s side[T]) amissLink(r *http.Request, id string, a fault.FieldFault) parts.Link {
	return parts.Link{Path: s.EditPath(id, s.StepOf(a.Field)) + "#" + parts.ID(a.Field), Text: s.amissText(r, a)}
}

func leakFault(leak exchange.Leak) fault.FieldFault {
	return fault.FieldFault{Field: leak.Column, Key: "listing.leak_" + leak.What, Args: []any{"Found", leak.Found}}
}

func plainLight(r *http.Request, score int) parts.Light {
	switch {
	case score >= 80:
		return parts.Light{Kind: "ok", Text: web.T(r, "plain.good", "Score", score)}
	case score >= 50:
		return parts.Light{Kind: "risk", Text: web.T(r, "plain.fair", "Score", score)}
	}
	return parts.Light{Kind: "late", Text: web.T(r, "plain.poor", "Score", score)}
}

// submit hands a listing in. What keeps it from being taken is shown at the last step, each with
// the way to its mend. An input that could not be read yet keeps it back too.
func (s side[T]) submit(w http.ResponseWriter, r *http.Request) error {
	tx, actor, id := web.Tx(r), web.Actor(r), r.PathValue("id")
	rec, err := s.Mine(tx, actor, id)
	if err != nil {
		return err
	}
	unread, err := exchange.DraftInputs(tx, s.Kind.Name, id, actor.ID)
	if err != nil {
		return err
	}
	if amiss := s.Unreadable(rec, unread); len(amiss) > 0 {
		f := fault.New(fault.Invalid, "listing.not_complete")
		f.Fields = amiss
		err = f
	} else {
		err = s.Submit(tx, actor, id)
	}
	if err == nil {
		web.Notice(w, r, "post.submitted")
		return web.Goto(w, r, s.Path(id))
	}
	refusal, isFault := fault.As(err)
	if !isFault || refusal.Kind != fault.Invalid {
		return err
	}
	return s.showStep(w, r, rec, len(s.Steps()), exchange.Typed{}, parts.Faults{Title: web.T(r, refusal.Key, refusal.Args...)}, http.StatusUnprocessableEntity)
}

// leaving is the page on which the owner takes a listing back, says that it is taken, or opens it again.
type leaving struct {
	Heading, Title, State  string
	Withdraw, Take, Reopen string // where each is sent; empty where the state forbids it
	Reason, Note           parts.Field
	Faults                 parts.Faults
	BackPath               string
}

func (s side[T]) showWithdrawal(w http.ResponseWriter, r *http.Request) error {
	rec, err := s.Mine(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	return s.showLeaving(w, r, rec, parts.Faults{})
}

func (s side[T]) showLeaving(w http.ResponseWriter, r *http.Request, rec *T, faults parts.Faults) error {
	l, form := s.Listing(rec), web.Form(r)
	v := leaving{Heading: web.T(r, "leaving.title"), Title: l.Title.In(web.Lang(r)), State: web.T(r, "state."+l.State), Faults: faults, BackPath: s.Path(l.ID)}
	for act, to := range map[string]*string{"withdrawal": &v.Withdraw, "taking": &v.Take, "reopening": &v.Reopen} {
		if _, err := exchange.Next(l.State, act); err == nil {
			*to = s.Path(l.ID) + "/" + act
		}
	}
	v.Reason = parts.Field{Name: "reason", Label: web.T(r, "listing.reason"), Error: faults.At("reason")}
	for _, code := range s.x.Codes.Of("withdraw_reasons") {
		v.Reason.Options = append(v.Reason.Options, parts.Option{Value: code.Code, Text: code.Name.In(web.Lang(r)), On: form.Text("reason") == code.Code})
	}
	v.Note = parts.Field{Name: "note", Label: web.T(r, "leaving.note"), Hint: web.T(r, "leaving.note_hint"), Value: form.Long("note"), Error: faults.At("note"), Rows: 3, Optional: true}
	page := web.Page{Title: v.Heading, Section: "/desk/mine", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/desk/mine", Text: web.T(r, "mine.title")}, {Path: s.Path(l.ID), Text: l.Number}, {Text: v.Heading}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, leavingPage(v))
}

// withdraw takes a listing back for a reason of the list; another reason needs words.
func (s side[T]) withdraw(w http.ResponseWriter, r *http.Request) error {
	tx, actor, form := web.Tx(r), web.Actor(r), web.Form(r)
	rec, err := s.Mine(tx, actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	reason, note := form.Text("reason"), form.Long("note")
	f := fault.New(fault.Invalid, "leaving.not_complete")
	if !s.x.Codes.Has("withdraw_reasons", reason) {
		f.At("reason", "leaving.reason_needed")
	}
	if reason == "other" && note == "" {
		f.At("note", "leaving.note_needed")
	}
	if faults, _ := web.Faults(r, f.OrNil()); faults.Any() {
		return s.showLeaving(w, r, rec, faults)
	}
	if note != "" {
		reason += " | " + note
	}
	if err := s.Withdraw(tx, actor, s.Listing(rec).ID, reason); err != nil {
		return err
	}
	web.Notice(w, r, "leaving.withdrawn")
	return web.Goto(w, r, "/desk/mine")
}

func (s side[T]) reopen(w http.ResponseWriter, r *http.Request) error {
	if err := s.Reopen(web.Tx(r), web.Actor(r), r.PathValue("id")); err != nil {
		return err
	}
	web.Notice(w, r, "leaving.reopened")
	return web.Goto(w, r, s.EditPath(r.PathValue("id"), 1))
}

func (s side[T]) take(w http.ResponseWriter, r *http.Request) error {
	if err := s.Take(web.Tx(r), web.Actor(r), r.PathValue("id")); err != nil {
		return err
	}
	web.Notice(w, r, "leaving.taken")
	return web.Goto(w, r, s.Path(r.PathValue("id")))
}
