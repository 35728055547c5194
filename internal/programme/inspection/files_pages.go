package inspection

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
	"chonoi/internal/web/parts"
)

// fileForm is the form with which a file is brought.
type fileForm struct{ File, Title, Public parts.Field }

func newFileForm(r *http.Request) fileForm {
	return fileForm{File: parts.Field{Name: "file", Label: web.T(r, "round.file")},
		Title:  parts.Field{Name: "title", Label: web.T(r, "round.file_title"), Max: 200, Optional: true},
		Public: parts.Field{Name: "is_public", Label: web.T(r, "round.file_public"), Options: []parts.Option{{Value: "1", Text: web.T(r, "round.file_public_yes")}}}}
}

// papers lists the files of a round or a finding that the reader may open.
func papers(r *http.Request, kind, id string, inside bool) (all []parts.Paper, err error) {
	files, err := record.Attachments(web.Tx(r), kind, id)
	for _, a := range files {
		if a.Level == field.Public || inside {
			all = append(all, parts.Paper{Path: "/round-files/" + a.ID, Name: a.Called(web.Lang(r)), Note: web.T(r, "round.file_note", "Kind", a.Ext(), "Date", lang.Date(web.Lang(r), a.Created))})
		}
	}
	return all, err
}

// inside reports whether somebody reads what a round does not show to everybody: who holds it, leads
// its plan or oversees the programme, and whoever has to answer in it.
func inside(tx *db.Tx, a account.Actor, round *programme.Round, p *programme.Plan) (bool, error) {
	if account.MaySeeProgramme.Allows(a) || round.Held(a) || p.Led(a) {
		return true, nil
	}
	found, err := programme.FindingsOf(tx, round.ID)
	for _, f := range found {
		if a.In(f.Owner) {
			return true, nil
		}
	}
	return false, err
}

// bringMinutes takes a file of a round: its minutes, its decision, its conclusion.
func (d doors) bringMinutes(w http.ResponseWriter, r *http.Request) error {
	return d.bring(w, r, "check_round", "/rounds/", func(tx *db.Tx, actor account.Actor, id string) error {
		round, _, err := programme.RoundOf(tx, actor, id)
		if err == nil && !round.Held(actor) {
			err = fault.New(fault.Forbidden, "round.not_yours")
		}
		return err
	})
}

// bringAnswer takes a file that goes with the answer to a finding, until the finding is closed.
func (d doors) bringAnswer(w http.ResponseWriter, r *http.Request) error {
	return d.bring(w, r, "check_finding", "/findings/", func(tx *db.Tx, actor account.Actor, id string) error {
		f, err := programme.Findings.Get(tx, id)
		if err == nil {
			_, _, err = programme.RoundOf(tx, actor, f.Round)
		}
		switch {
		case err != nil:
			return err
		case !answers(actor, f):
			return fault.New(fault.Forbidden, "finding.not_yours")
		case f.State == "closed":
			return fault.New(fault.Conflict, "finding.wrong_state")
		}
		return nil
	})
}

// bring puts a file into the store first, outside any transaction, and then tells of it.
func (d doors) bring(w http.ResponseWriter, r *http.Request, kind, address string, may func(*db.Tx, account.Actor, string) error) error {
	if d.files == nil {
		return fault.New(fault.Unavailable, "round.no_store")
	}
	id, actor := r.PathValue("id"), web.Actor(r)
	if err := web.DB(r).View(r.Context(), func(tx *db.Tx) error { return may(tx, actor, id) }); err != nil {
		return err
	}
	err := d.receive(r, kind, id, func(tx *db.Tx) error { return may(tx, actor, id) })
	refusal, isFault := fault.As(err)
	switch {
	case err == nil:
		web.Notice(w, r, "round.file_kept")
	case !isFault || refusal.Kind == fault.NotFound || refusal.Kind == fault.Forbidden:
		return err
	case len(refusal.Fields) > 0:
		web.Warning(w, r, refusal.Fields[0].Key, refusal.Fields[0].Args...)
	default:
		web.Warning(w, r, refusal.Key, refusal.Args...)
	}
	return web.Goto(w, r, address+id)
}

func (d doors) receive(r *http.Request, kind, id string, may func(*db.Tx) error) error {
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return fault.New(fault.TooLarge, "file.too_large", "Megabytes", mostPaper>>20)
		}
		return fault.New(fault.Invalid, "round.needs_file")
	}
	form := web.Form(r)
	sent := form.Files("file")
	if len(sent) == 0 {
		return fault.New(fault.Invalid, "round.needs_file")
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
	level := field.OwnerOnly
	if form.On("is_public") {
		level = field.Public
	}
	return web.DB(r).Update(r.Context(), func(tx *db.Tx) error {
		if err := may(tx); err != nil {
			return err
		}
		a := record.Attachment{Kind: kind, Record: id, Name: sent[0].Filename, Level: level, Title: lang.Both{Vi: form.Text("title")}}
		return record.Attach(tx, web.Actor(r).ID, &a, stored)
	})
}

// download gives a file of a round or a finding to whoever may see it.
func (d doors) download(w http.ResponseWriter, r *http.Request) error {
	if d.files == nil {
		return fault.New(fault.Unavailable, "round.no_store")
	}
	var a *record.Attachment
	err := web.DB(r).View(r.Context(), func(tx *db.Tx) (err error) {
		a, err = openFile(tx, web.Actor(r), r.PathValue("id"))
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

// openFile returns a file of a round or a finding that the reader may open.
func openFile(tx *db.Tx, actor account.Actor, id string) (*record.Attachment, error) {
	unknown := fault.New(fault.NotFound, "record.not_found")
	a, err := record.AttachmentOf(tx, id)
	if err != nil {
		return nil, err
	}
	roundID := a.Record
	switch a.Kind {
	case "check_round":
	case "check_finding":
		f, err := programme.Findings.Get(tx, a.Record)
		if err != nil {
			return nil, err
		}
		roundID = f.Round
	default:
		return nil, unknown
	}
	round, p, err := programme.RoundOf(tx, actor, roundID)
	if err != nil {
		return nil, err
	}
	if a.Level == field.Public {
		return a, nil
	}
	may, err := inside(tx, actor, round, p)
	if err == nil && !may {
		err = unknown
	}
	return a, err
}
