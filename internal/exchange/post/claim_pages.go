package post

import (
	"net/http"
	"unicode/utf8"

	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// claimStep is the step of the form at which claims are made.
type claimStep struct {
	Made []claimForm
	New  claimForm
}

// claimForm is the form of one claim.
type claimForm struct {
	ID, Heading    string
	Action, Remove string
	Level          parts.Light
	Note           string
	Kind           parts.Field
	Vi, En         parts.Field
	Paper          parts.Field
}

const longestStatement = 1000 // characters

func (s side[T]) claimStep(r *http.Request, l *exchange.Listing, given exchange.Typed, faults parts.Faults) (*claimStep, error) {
	tx := web.Tx(r)
	made, err := record.Claims(tx, s.Kind.Name, l.ID)
	if err != nil {
		return nil, err
	}
	papers, err := record.Attachments(tx, s.Kind.Name, l.ID)
	if err != nil {
		return nil, err
	}
	sent := ""
	if id := given["id"]; len(id) > 0 {
		sent = id[0]
	}
	v := &claimStep{}
	for _, c := range made {
		v.Made = append(v.Made, s.claimForm(r, l, c, papers, given, faults, faults.Any() && c.ID == sent))
	}
	v.New = s.claimForm(r, l, record.Claim{}, papers, given, faults, faults.Any() && sent == "" && len(given) > 0)
	return v, nil
}

// claimForm draws the form of a claim; with typed set, what was sent stands before what is stored.
func (s side[T]) claimForm(r *http.Request, l *exchange.Listing, c record.Claim, papers []record.Attachment, given exchange.Typed, faults parts.Faults, sent bool) claimForm {
	tag := web.Lang(r)
	value := func(name, stored string) string {
		if texts := given[name]; sent && len(texts) > 0 {
			return texts[0]
		}
		return stored
	}
	amiss := func(name string) string {
		if sent {
			return faults.At(name)
		}
		return ""
	}
	at := "new"
	if c.ID != "" {
		at = c.ID
	}
	v := claimForm{ID: c.ID, Action: s.Path(l.ID) + "/claims", Heading: web.T(r, "post.claim_new")}
	v.Vi = parts.Field{Name: "statement_vi", ID: "statement_vi-" + at, Label: web.T(r, "post.in_vi"), Value: value("statement_vi", c.Statement.Vi), Error: amiss("statement_vi"), Lang: "vi", Rows: 3}
	v.En = parts.Field{Name: "statement_en", ID: "statement_en-" + at, Label: web.T(r, "post.in_en"), Value: value("statement_en", c.Statement.En), Error: amiss("statement_en"), Lang: "en", Rows: 3}
	v.Paper = parts.Field{Name: "attachment", ID: "attachment-" + at, Label: web.T(r, "post.claim_paper"), Hint: web.T(r, "post.claim_paper_hint"), Error: amiss("attachment"), Optional: true,
		Options: []parts.Option{{Text: web.T(r, "post.no_paper")}}}
	chosen := value("attachment", c.Attachment)
	for _, p := range papers {
		v.Paper.Options = append(v.Paper.Options, parts.Option{Value: p.ID, Text: p.Called(tag), On: p.ID == chosen})
	}
	if c.ID != "" {
		level := c.LevelOn(when.DayOf(web.Tx(r).Now))
		v.Heading = s.x.Codes.Name("claim_kinds", c.Claim).In(tag)
		v.Level = parts.Light{Kind: listing.ClaimLight(level), Text: s.x.Codes.Name("claim_levels", level).In(tag)}
		v.Remove = s.Path(l.ID) + "/claims/" + c.ID + "/removal"
		if c.Proof != "stated" {
			v.Note = web.T(r, "post.claim_loses_proof")
		}
		return v
	}
	v.Kind = parts.Field{Name: "claim", ID: "claim-new", Label: web.T(r, "claim.what"), Error: amiss("claim"), Options: []parts.Option{{Text: web.T(r, "post.choose")}}}
	for _, kind := range s.x.Codes.Of("claim_kinds") {
		v.Kind.Options = append(v.Kind.Options, parts.Option{Value: kind.Code, Text: kind.Name.In(tag), On: kind.Code == value("claim", "")})
	}
	return v
}

// claimFaults leads each fault of a claim to its input, whose id tells the claim too.
func claimFaults(faults parts.Faults, given exchange.Typed) parts.Faults {
	at := "new"
	if id := given["id"]; len(id) > 0 && id[0] != "" {
		at = id[0]
	}
	led := parts.Faults{Title: faults.Title}
	for _, a := range faults.List {
		led.List = append(led.List, parts.Amiss{Field: a.Field + "-" + at, Text: a.Text})
	}
	return led
}

// mineToEdit returns a listing of the actor's own that can be edited, or a Conflict.
func (s side[T]) mineToEdit(r *http.Request) (*T, error) {
	rec, err := s.Mine(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !exchange.Editable(s.Listing(rec).State) {
		return nil, fault.New(fault.Conflict, "listing.not_editable")
	}
	return rec, nil
}

// putClaim adds a claim, or changes the one whose id the form sends.
func (s side[T]) putClaim(w http.ResponseWriter, r *http.Request) error {
	rec, err := s.mineToEdit(r)
	if err != nil {
		return err
	}
	tx, form, l := web.Tx(r), web.Form(r), s.Listing(rec)
	c, err := s.sentClaim(r, l)
	if err == nil {
		err = record.PutClaim(tx, web.Actor(r).ID, c)
	}
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	step := s.StepOf(exchange.StepClaims)
	if faults.Any() {
		return s.showStep(w, r, rec, step, exchange.Typed(form.Map()), faults, http.StatusUnprocessableEntity)
	}
	web.Notice(w, r, "post.claim_kept")
	return web.Goto(w, r, s.EditPath(l.ID, step))
}

// sentClaim reads the claim that a form sends; its kind is told once and stays.
func (s side[T]) sentClaim(r *http.Request, l *exchange.Listing) (*record.Claim, error) {
	form := web.Form(r)
	c := &record.Claim{ID: form.Text("id"), Kind: s.Kind.Name, Record: l.ID, Claim: form.Text("claim"), Attachment: form.Text("attachment")}
	c.Statement.Vi, c.Statement.En = form.Long("statement_vi"), form.Long("statement_en")
	if c.ID != "" {
		old, err := s.claimOf(r, l, c.ID)
		if err != nil {
			return nil, err
		}
		c.Claim = old.Claim
	}
	f := fault.New(fault.Invalid, "claim.invalid")
	for _, one := range []struct{ name, text string }{{"statement_vi", c.Statement.Vi}, {"statement_en", c.Statement.En}} {
		if n := utf8.RuneCountInString(one.text); n > longestStatement {
			f.At(one.name, "field.too_long", "N", n, "Most", longestStatement)
		}
	}
	if c.Attachment != "" {
		paper, err := record.AttachmentOf(web.Tx(r), c.Attachment)
		if err != nil || paper.Kind != s.Kind.Name || paper.Record != l.ID {
			f.At("attachment", "post.paper_gone")
		}
	}
	return c, f.OrNil()
}

func (s side[T]) claimOf(r *http.Request, l *exchange.Listing, id string) (*record.Claim, error) {
	all, err := record.Claims(web.Tx(r), s.Kind.Name, l.ID)
	if err != nil {
		return nil, err
	}
	for _, c := range all {
		if c.ID == id {
			return &c, nil
		}
	}
	return nil, fault.New(fault.NotFound, "record.not_found")
}

// removeClaim takes a claim away; the history keeps what it said.
func (s side[T]) removeClaim(w http.ResponseWriter, r *http.Request) error {
	rec, err := s.mineToEdit(r)
	if err != nil {
		return err
	}
	tx, l := web.Tx(r), s.Listing(rec)
	c, err := s.claimOf(r, l, r.PathValue("claim"))
	if err != nil {
		return err
	}
	if err := record.DropClaim(tx, c.ID); err != nil {
		return err
	}
	note := ledger.Note{Actor: string(web.Actor(r).ID), Act: "claim.removed", Kind: s.Kind.Name, ID: l.ID,
		Change: []ledger.Change{{Field: "claim." + c.Claim, Old: c.Statement.Vi + " | " + c.Statement.En}}}
	if _, err := ledger.Append(tx, note); err != nil {
		return err
	}
	web.Notice(w, r, "post.claim_removed")
	return web.Goto(w, r, s.EditPath(l.ID, s.StepOf(exchange.StepClaims)))
}
