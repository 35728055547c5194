package desk

import (
	"net/http"
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// deskTyped is what was typed into a form of the review page, to be shown again when it does not hold.
type deskTyped struct {
	sent                     bool
	verdict                  exchange.Verdict
	claim                    string // id of the claim whose form was sent
	level, thirdParty, until string
}

func readTyped(r *http.Request) deskTyped {
	f := web.Form(r)
	return deskTyped{sent: true, verdict: exchange.Verdict{Checked: f.All("checked"), Reasons: f.All("reasons"), Note: f.Long("note"), Class: f.Text("class")}}
}

// deskForm is the form by which an officer decides. Which parts it has follows from the state.
type deskForm struct {
	Path    string // of the review; the acts stand below it
	Barred  string // why the reader decides nothing here
	Idle    string // said when there is nothing to decide
	Faults  parts.Faults
	List    *parts.Field
	Class   *parts.Field
	Reasons *parts.Field
	Note    *parts.Field
	Acts    []deskAct
	Return  *deskAct // stands with its reasons, apart from the others
	Open    bool     // its reasons are shown at once
}

// deskAct is one button of the form: the act it leads to, its words, its kind.
type deskAct struct{ Act, Text, Kind string }

// deskForm draws the form for a listing as it stands.
func (s side[T]) deskForm(r *http.Request, rec *T, typed deskTyped, faults parts.Faults) (deskForm, error) {
	tx, actor, l := web.Tx(r), web.Actor(r), s.Listing(rec)
	v := deskForm{Path: "/desk/reviews/" + s.Kind.Name + "/" + l.ID}
	if typed.claim == "" {
		v.Faults = faults
	}
	if !account.MayReview.Allows(actor) {
		v.Barred = web.T(r, "desk.you_look_on")
		return v, nil
	}
	if err := s.Barred(tx, actor, rec); err != nil {
		refusal, ok := fault.As(err)
		if !ok {
			return v, err
		}
		v.Barred = web.T(r, refusal.Key, refusal.Args...)
		return v, nil
	}
	at, err := s.place(tx, l.ID)
	if err != nil {
		return v, err
	}
	second := s.NeedsSecond(rec)
	supervises := account.MaySupervise.Allows(actor)
	add := func(act, key, kind string) { v.Acts = append(v.Acts, deskAct{act, web.T(r, key), kind}) }
	switch {
	case l.State == exchange.Submitted:
		add("taking_up", "desk.take_up", "")
		return v, nil
	case l.State == exchange.Checking:
		v.List, v.Class = s.listField(r, typed, faults), s.x.classField(r, l, typed, faults)
		v.Reasons = s.x.reasonsField(r, typed, faults)
		if second {
			add("publication", "desk.refer", "")
		} else {
			add("publication", "desk.publish", "")
		}
		v.returning(r, typed, faults)
	case l.State == exchange.SecondReview:
		v.List, v.Reasons = s.listField(r, typed, faults), s.x.reasonsField(r, typed, faults)
		add("publication", "desk.publish", "")
		v.returning(r, typed, faults)
		if supervises {
			add("block", "desk.block", "stop")
		}
	case l.Floor():
		if at.Queue == exchange.QueueReaudit {
			v.List = s.listField(r, typed, faults)
			add("reaudit", "desk.pass_reaudit", "")
		}
		add("suspension", "desk.suspend", "stop")
	case l.State == exchange.Suspended:
		add("release", "desk.release", "")
		if supervises {
			add("block", "desk.block", "stop")
		}
	default:
		v.Idle = web.T(r, "desk.nothing_to_decide")
		return v, nil
	}
	v.Note = &parts.Field{Name: "note", Label: web.T(r, "desk.note"), Hint: web.T(r, "desk.note_hint"), Value: typed.verdict.Note, Error: faults.At("note"), Max: 4000, Optional: true}
	return v, nil
}

// returning adds the return with its reasons, which are many and stay shut until they are wanted.
func (v *deskForm) returning(r *http.Request, typed deskTyped, faults parts.Faults) {
	v.Return = &deskAct{"return", web.T(r, "desk.return"), "line"}
	v.Open = len(typed.verdict.Reasons) > 0 || faults.At("reasons") != ""
}

func (s side[T]) listField(r *http.Request, typed deskTyped, faults parts.Faults) *parts.Field {
	f := &parts.Field{Name: "checked", Label: web.T(r, "desk.checklist"), Error: faults.At("checked")}
	for _, item := range s.x.Codes.Of("checklist_" + s.Kind.Name) {
		f.Options = append(f.Options, parts.Option{Value: item.Code, Text: item.Name.In(web.Lang(r)), On: slices.Contains(typed.verdict.Checked, item.Code)})
	}
	return f
}

func (x *desk) classField(r *http.Request, l *exchange.Listing, typed deskTyped, faults parts.Faults) *parts.Field {
	class := l.Class
	if typed.sent {
		class = typed.verdict.Class
	}
	f := &parts.Field{Name: "class", Label: web.T(r, "desk.class"), Hint: web.T(r, "desk.class_hint"), Error: faults.At("class"),
		Options: []parts.Option{{Text: web.T(r, "desk.choose"), On: class == ""}}}
	for _, c := range x.Codes.Of("technology_classes") {
		f.Options = append(f.Options, parts.Option{Value: c.Code, Text: c.Name.In(web.Lang(r)), On: c.Code == class})
	}
	return f
}

func (x *desk) reasonsField(r *http.Request, typed deskTyped, faults parts.Faults) *parts.Field {
	f := &parts.Field{Name: "reasons", Label: web.T(r, "desk.reasons"), Error: faults.At("reasons")}
	for _, c := range x.Codes.Of("return_reasons") {
		f.Options = append(f.Options, parts.Option{Value: c.Code, Text: c.Name.In(web.Lang(r)), On: slices.Contains(typed.verdict.Reasons, c.Code)})
	}
	return f
}

// deskClaim is one claim with the form by which an officer says how far it is proven.
type deskClaim struct {
	ID, Path, Kind, Record string
	Name, Statement        string
	Lang                   string
	Light                  parts.Light
	Note                   string
	Paper                  string // address of the file behind it
	Faults                 parts.Faults
	Level, Third, Until    parts.Field
	Open                   bool
}

// deskClaims draws the claims of a listing. A claim's fields carry its id, for a page has many.
func (x *desk) deskClaims(r *http.Request, kind, id string, typed deskTyped, faults parts.Faults) ([]deskClaim, error) {
	claims, err := record.Claims(web.Tx(r), kind, id)
	if err != nil {
		return nil, err
	}
	rows := x.ClaimRows(r, claims)
	var all []deskClaim
	for i, c := range claims {
		statement, tongue := c.Statement.Best(web.Lang(r))
		light := rows.Rows[i][2]
		v := deskClaim{ID: c.ID, Path: "/desk/claims/" + c.ID, Kind: kind, Record: id, Name: rows.Rows[i][0].Text, Statement: statement,
			Light: parts.Light{Kind: light.Light, Text: light.Text}, Note: light.Note}
		if tongue != web.Lang(r) {
			v.Lang = string(tongue)
		}
		if c.Attachment != "" {
			v.Paper = "/files/" + c.Attachment
		}
		level, third, until := c.Proof, c.ThirdParty, c.Until.String()
		amiss := parts.Faults{}
		if typed.claim == c.ID {
			level, third, until, amiss, v.Open = typed.level, typed.thirdParty, typed.until, faults, true
			v.Faults.Title = faults.Title
			for _, one := range faults.List {
				v.Faults.List = append(v.Faults.List, parts.Amiss{Field: one.Field + "-" + c.ID, Text: one.Text})
			}
		}
		v.Level = parts.Field{Name: "level", ID: "level-" + c.ID, Label: web.T(r, "claim.level"), Error: amiss.At("level")}
		for _, code := range record.ClaimLevels {
			v.Level.Options = append(v.Level.Options, parts.Option{Value: code, Text: x.Codes.Name("claim_levels", code).In(web.Lang(r)), On: code == level})
		}
		v.Third = parts.Field{Name: "third_party", ID: "third_party-" + c.ID, Label: web.T(r, "desk.third_party"), Value: third, Error: amiss.At("third_party"), Optional: true, Max: 200}
		v.Until = parts.Field{Name: "valid_until", ID: "valid_until-" + c.ID, Label: web.T(r, "desk.valid_until"), Type: "date", Value: until, Error: amiss.At("valid_until"), Optional: true, Short: true}
		all = append(all, v)
	}
	return all, nil
}

// checkClaim records how far a claim is proven. The form tells which listing it belongs to, and
// that must be so.
func (x *desk) checkClaim(w http.ResponseWriter, r *http.Request) error {
	tx, f := web.Tx(r), web.Form(r)
	kind, id, claim := f.Text("kind"), f.Text("record"), r.PathValue("id")
	typed := deskTyped{claim: claim, level: f.Text("level"), thirdParty: f.Text("third_party"), until: f.Text("valid_until")}
	if err := x.mayCheck(tx, web.Actor(r), kind, id, claim); err != nil {
		return err
	}
	until, ok := f.Day("valid_until")
	err := proofHolds(until, ok, when.DayOf(tx.Now))
	if err == nil {
		err = record.CheckClaim(tx, web.Actor(r).ID, claim, typed.level, typed.thirdParty, until)
	}
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		for i := range faults.List {
			if faults.List[i].Field == "attachment" {
				faults.List[i].Field = "level"
			}
		}
		return x.drawReview(w, r, kind, id, typed, faults)
	}
	web.Notice(w, r, "desk.done_claim")
	return web.Goto(w, r, "/desk/reviews/"+kind+"/"+id)
}

func proofHolds(until when.Day, readable bool, today when.Day) error {
	f := fault.New(fault.Invalid, "claim.invalid")
	if !readable {
		f.At("valid_until", "field.not_a_day")
	} else if !until.Zero() && until.Before(today) {
		f.At("valid_until", "desk.until_passed", "Day", lang.Both{Vi: lang.Day(lang.Vi, today), En: lang.Day(lang.En, today)})
	}
	return f.OrNil()
}

// mayCheck refuses officers of the organisation that posted, and a claim that is not the listing's.
func (x *desk) mayCheck(tx *db.Tx, officer account.Actor, kind, id, claim string) error {
	b, err := x.bench(kind)
	if err != nil {
		return err
	}
	at, err := b.place(tx, id)
	if err != nil {
		return err
	}
	claims, err := record.Claims(tx, kind, id)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(claims, func(c record.Claim) bool { return c.ID == claim }) {
		return fault.New(fault.NotFound, "record.not_found")
	}
	if officer.In(at.Owner) {
		return fault.New(fault.Forbidden, "review.own_listing")
	}
	return nil
}
