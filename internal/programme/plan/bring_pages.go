package plan

import (
	"errors"
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/document/prose"
	"chonoi/internal/fault"
	"chonoi/internal/programme"
	"chonoi/internal/programme/reading"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
)

// bring reads a document that is sent and keeps it as a draft. The programme office brings any;
// whoever manages a body brings that body's own.
func (d doors) bring(w http.ResponseWriter, r *http.Request) error {
	id, err := d.read(r)
	refusal, isFault := fault.As(err)
	switch {
	case err == nil:
		web.Notice(w, r, "plan.done_read")
		return web.Goto(w, r, shown.Address(id)+"/reading")
	case !isFault || refusal.Kind == fault.Forbidden:
		return err
	case len(refusal.Fields) > 0:
		web.Warning(w, r, refusal.Fields[0].Key, refusal.Fields[0].Args...)
	default:
		web.Warning(w, r, refusal.Key, refusal.Args...)
	}
	return web.Goto(w, r, "/plans")
}

func (d doors) read(r *http.Request) (id string, err error) {
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return "", fault.New(fault.TooLarge, "file.too_large", "Megabytes", mostFile>>20)
		}
		return "", fault.New(fault.Invalid, "plan.no_file")
	}
	form, actor := web.Form(r), web.Actor(r)
	owner := form.Text("owner")
	if !account.MayProgramme.Allows(actor) && !actor.Manages(owner) {
		return "", fault.New(fault.Forbidden, "plan.not_yours")
	}
	sent := form.Files("file")
	if len(sent) == 0 {
		return "", fault.New(fault.Invalid, "plan.no_file")
	}
	content, err := sent[0].Open()
	if err != nil {
		return "", err
	}
	defer content.Close()
	text, err := prose.Read(r.Context(), sent[0].Filename, content, sent[0].Size)
	if err != nil {
		return "", err
	}
	plan, err := reading.Read(text, sent[0].Filename)
	if err != nil {
		return "", err
	}
	draft := programme.DraftOf(plan)
	err = web.DB(r).Update(r.Context(), func(tx *db.Tx) error {
		one := *draft
		one.Plan.Owner = owner
		if parent := form.Text("parent"); parent != "" {
			above, err := programme.PlanOf(tx, actor, parent)
			if err == nil {
				err = one.CarriedOut(tx, above.ID)
			}
			if err != nil {
				return err
			}
		} else {
			one.Carries = nil
		}
		err := programme.Keep(tx, actor, &one)
		id = one.Plan.ID
		return err
	})
	return id, err
}
