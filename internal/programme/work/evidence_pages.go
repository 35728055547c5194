package work

import (
	"errors"
	"io"
	"net/http"
	"strconv"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/record"
	"chonoi/internal/web"
)

func notYours() error { return fault.New(fault.Forbidden, "task.not_yours") }

func reasonNeeded() error {
	return fault.New(fault.Invalid, "evidence.invalid").At("refusal", "field.needed")
}

// evidenceOfTask returns the piece of evidence that a door names, if it speaks for the task.
func evidenceOfTask(r *http.Request, t *programme.Task) (*programme.Evidence, error) {
	e, err := programme.EvidenceOf(web.Tx(r), r.PathValue("item"))
	if err == nil && e.Task != t.ID {
		err = fault.New(fault.NotFound, "record.not_found")
	}
	return e, err
}

// bring takes a file as evidence: into the store first, outside any transaction, then told of.
func (d doors) bring(w http.ResponseWriter, r *http.Request) error {
	if d.files == nil {
		return fault.New(fault.Unavailable, "evidence.no_store")
	}
	id, actor := r.PathValue("id"), web.Actor(r)
	may := func(tx *db.Tx) (*programme.Task, error) {
		t, p, err := programme.TaskOf(tx, actor, id)
		if err == nil && (t.Secret || !t.Answers(actor, p)) {
			err = notYours()
		}
		return t, err
	}
	if err := web.DB(r).View(r.Context(), func(tx *db.Tx) error { _, err := may(tx); return err }); err != nil {
		return err
	}
	err := d.receive(r, id, may)
	refusal, isFault := fault.As(err)
	switch {
	case err == nil:
		web.Notice(w, r, "evidence.done_brought")
	case !isFault || refusal.Kind == fault.NotFound || refusal.Kind == fault.Forbidden:
		return err
	case len(refusal.Fields) > 0:
		web.Warning(w, r, refusal.Fields[0].Key, refusal.Fields[0].Args...)
	default:
		web.Warning(w, r, refusal.Key, refusal.Args...)
	}
	return web.Goto(w, r, "/tasks/"+id)
}

func (d doors) receive(r *http.Request, id string, may func(*db.Tx) (*programme.Task, error)) error {
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return fault.New(fault.TooLarge, "file.too_large", "Megabytes", mostPaper>>20)
		}
		return fault.New(fault.Invalid, "evidence.needs_file")
	}
	form := web.Form(r)
	sent := form.Files("file")
	if len(sent) == 0 {
		return fault.New(fault.Invalid, "evidence.needs_file")
	}
	content, err := sent[0].Open()
	if err != nil {
		return err
	}
	defer content.Close()
	stored, err := d.files.Put(r.Context(), content, file.PutOptions{MaxBytes: mostPaper})
	if err != nil {
		return err
	}
	dated, _ := form.Day("dated")
	title := form.Text("title")
	if title == "" {
		title = sent[0].Filename
	}
	return web.DB(r).Update(r.Context(), func(tx *db.Tx) error {
		t, err := may(tx)
		if err != nil {
			return err
		}
		a := record.Attachment{Kind: "task", Record: id, Name: sent[0].Filename, Level: field.OwnerOnly, Title: lang.Both{Vi: title}}
		if err := record.Attach(tx, web.Actor(r).ID, &a, stored); err != nil {
			return err
		}
		_, err = programme.AddEvidence(tx, web.Actor(r), programme.Evidence{Plan: t.Plan, Clause: t.Clause, Task: id, Kind: "file", Record: a.ID,
			Title: title, Form: form.Text("form"), Dated: dated})
		return err
	})
}

// download gives a file of evidence to people of the body and to those who lead or oversee the plan.
func (d doors) download(w http.ResponseWriter, r *http.Request) error {
	if d.files == nil {
		return fault.New(fault.Unavailable, "evidence.no_store")
	}
	actor := web.Actor(r)
	var a *record.Attachment
	err := web.DB(r).View(r.Context(), func(tx *db.Tx) error {
		e, err := programme.EvidenceOf(tx, r.PathValue("id"))
		if err != nil {
			return err
		}
		t, p, err := programme.TaskOf(tx, actor, e.Task)
		if err != nil {
			return err
		}
		if e.Kind != "file" || !t.Answers(actor, p) && !account.MaySeeProgramme.Allows(actor) {
			return fault.New(fault.NotFound, "record.not_found")
		}
		a, err = record.AttachmentOf(tx, e.Record)
		return err
	})
	if err != nil {
		return err
	}
	content, size, err := d.files.Open(r.Context(), a.SHA256)
	if err != nil {
		return err
	}
	defer content.Close()
	for name, value := range file.DownloadHeaders(a.Stored(), a.Name) {
		w.Header().Set(name, value)
	}
	w.Header().Set("Content-Length", strconv.FormatInt(size, 10))
	_, err = io.Copy(w, content)
	return err
}
