package dossier

import (
	"bytes"
	"context"
	"io"
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/document/paper"
	"chonoi/internal/exchange/contract"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/route"
	"chonoi/internal/fault"
	"chonoi/internal/file"
	"chonoi/internal/web"
)

// office gives out the papers of deals.
type office struct {
	deals   *deal.Deals
	layouts *paper.Layouts
	files   *file.Store
	library *contract.Library
}

// Routes are the pages of the text of a contract, for those who are in the room of its deal.
func Routes(x *deal.Deals, layouts *paper.Layouts, library *contract.Library) []web.Route {
	o := office{deals: x, layouts: layouts, library: library}
	return []web.Route{
		{"GET /deals/{id}/contract", o.showContract, account.MaySeeOwn},
		{"GET /deals/{id}/contract/edit", o.showForm, account.MaySeeOwn},
		{"POST /deals/{id}/contract", o.writeContract, account.MayPost},
		{"GET /deals/{id}/contract/print", o.printContract, account.MaySeeOwn},
		{"GET /deals/{id}/contract.docx", o.sendContract, account.MaySeeOwn},
	}
}

// Streams are the papers of a deal, for those who are in its room. They take their transactions themselves.
func Streams(x *deal.Deals, layouts *paper.Layouts, files *file.Store) []web.Special {
	o := office{deals: x, layouts: layouts, files: files}
	give := func(pattern string, handler web.Handler) web.Special {
		return web.Special{Route: web.Route{Pattern: "GET /deals/{id}/" + pattern, Handler: handler, Right: account.MaySeeOwn}, Plain: true, Stream: true, PerMinute: 30}
	}
	return []web.Special{
		give("sheet.docx", o.sendPaper(func(w *Writer, f *Facts) *paper.Paper { return w.TermSheet(f) }, needsSheet)),
		give("report.docx", o.sendPaper(func(w *Writer, f *Facts) *paper.Paper { return w.Report(f) }, needsContract)),
		give("registration.zip", o.sendRegistration),
		give("encouraged.zip", o.sendEncouraged),
	}
}

func needsSheet(f *Facts) error {
	if f.Sheet == nil {
		return fault.New(fault.Conflict, "dossier.no_sheet")
	}
	return nil
}

func needsContract(f *Facts) error {
	if f.Sheet == nil || f.Legal == nil || f.Legal.Signed.Zero() {
		return fault.New(fault.Conflict, "dossier.no_contract")
	}
	return nil
}

// gather collects what the papers tell, for a reader of the room.
func (o office) gather(r *http.Request, needs func(*Facts) error) (f *Facts, w *Writer, err error) {
	err = web.DB(r).View(r.Context(), func(tx *db.Tx) error {
		room, err := deal.Enter(tx, web.Actor(r), r.PathValue("id"))
		if err != nil {
			return err
		}
		if f, err = Gather(tx, o.deals, room); err != nil {
			return err
		}
		layout, err := o.layouts.In("state", f.Today)
		w = &Writer{Words: web.Words(r), Codes: o.deals.Codes, Layout: layout}
		return err
	})
	if err == nil {
		err = needs(f)
	}
	return f, w, err
}

func (o office) sendPaper(write func(*Writer, *Facts) *paper.Paper, needs func(*Facts) error) web.Handler {
	return func(out http.ResponseWriter, r *http.Request) error {
		f, w, err := o.gather(r, needs)
		if err != nil {
			return err
		}
		p := write(w, f)
		var whole bytes.Buffer
		if err := p.WriteDOCX(&whole); err != nil {
			return err
		}
		name := r.URL.Path[len(r.URL.Path)-len("sheet.docx"):]
		attach(out, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", f.Deal.Number+"-"+name)
		_, err = whole.WriteTo(out)
		return err
	}
}

func attach(w http.ResponseWriter, kind, name string) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	w.Header().Set("Cache-Control", "no-store")
}

// sendRegistration gives the folder for registration or licence.
func (o office) sendRegistration(out http.ResponseWriter, r *http.Request) error {
	f, w, err := o.gather(r, needsContract)
	if err != nil {
		return err
	}
	if o.files == nil {
		return fault.New(fault.Unavailable, "deal.no_store")
	}
	act := route.Register
	if f.Legal.Outcome == route.Licence {
		act = route.License
	}
	if err := o.noteOpenings(r, f); err != nil {
		return err
	}
	attach(out, "application/zip", f.Deal.Number+"-registration.zip")
	return w.Registration(r.Context(), out, f, act, o.open)
}

// sendEncouraged gives the folder for the certificate of encouraged transfer, which is given after the
// transfer is done.
func (o office) sendEncouraged(out http.ResponseWriter, r *http.Request) error {
	f, w, err := o.gather(r, func(f *Facts) error {
		if err := needsContract(f); err != nil {
			return err
		}
		if f.Deal.State != deal.Completed || f.Legal.Facts.Class != route.Encouraged {
			return fault.New(fault.Conflict, "dossier.not_encouraged")
		}
		return nil
	})
	if err != nil {
		return err
	}
	if o.files == nil {
		return fault.New(fault.Unavailable, "deal.no_store")
	}
	if err := o.noteOpenings(r, f); err != nil {
		return err
	}
	attach(out, "application/zip", f.Deal.Number+"-encouraged.zip")
	return w.Encouraged(r.Context(), out, f, o.open)
}

// noteOpenings tells the sides that their documents left in a folder.
func (o office) noteOpenings(r *http.Request, f *Facts) error {
	return web.DB(r).Update(r.Context(), func(tx *db.Tx) error {
		for _, one := range f.Enclosed() {
			if _, _, err := deal.Open(tx, web.Actor(r), one.ID); err != nil {
				return err
			}
		}
		return nil
	})
}

func (o office) open(ctx context.Context, sha256 string) (io.ReadCloser, error) {
	content, _, err := o.files.Open(ctx, sha256)
	return content, err
}
