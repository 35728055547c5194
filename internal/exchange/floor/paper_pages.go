package floor

import (
	"io"
	"net/http"
	"path"

	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/record"
	"chonoi/internal/web"
)

// download hands out a document to who may see it. What is not for everybody leaves word of who
// opened it in the listing's history.
func (x floor) download(w http.ResponseWriter, r *http.Request) error {
	if x.Files == nil {
		return fault.New(fault.NotFound, "record.not_found")
	}
	d, actor := web.DB(r), web.Actor(r)
	var paper *record.Attachment
	var name string
	var word bool
	err := d.View(r.Context(), func(tx *db.Tx) error {
		a, err := record.AttachmentOf(tx, r.PathValue("id"))
		if err != nil {
			return err
		}
		paper = a
		name, word, err = x.openPaper(tx, r, a)
		return err
	})
	if err != nil {
		return err
	}
	content, _, err := x.Files.Open(r.Context(), paper.SHA256)
	if err != nil {
		return err
	}
	defer content.Close()
	if word && r.Method == http.MethodGet && r.Header.Get("If-None-Match") == "" && r.Header.Get("Range") == "" {
		err := d.Update(r.Context(), func(tx *db.Tx) error { return record.AttachmentOpened(tx, actor.ID, paper) })
		if err != nil {
			return err
		}
	}
	for header, value := range file.DownloadHeaders(paper.Stored(), name) {
		w.Header().Set(header, value)
	}
	http.ServeContent(w, r, path.Base(name), paper.Created, io.ReadSeeker(content))
	return nil
}

// openPaper returns the name under which the reader gets a document and whether the opening is
// told in the history, or the fault that keeps it shut.
func (x floor) openPaper(tx *db.Tx, r *http.Request, a *record.Attachment) (name string, word bool, err error) {
	var l *exchange.Listing
	switch a.Kind {
	case exchange.Offers.Name:
		l, err = listingOf(tx, x.Offers, a.Record)
	case exchange.Needs.Name:
		l, err = listingOf(tx, x.Needs, a.Record)
	default:
		err = fault.New(fault.NotFound, "record.not_found")
	}
	if err != nil {
		return "", false, err
	}
	actor := web.Actor(r)
	level, err := x.LevelOf(tx, actor, a.Kind, l)
	if err != nil {
		return "", false, err
	}
	if err := exchange.MayOpen(actor, l, a, level); err != nil {
		return "", false, err
	}
	if !l.Anonymous || level >= field.Enquiry {
		return a.Name, a.Level > field.Public && !actor.In(l.Owner), nil
	}
	name, err = neutralName(tx, r, a)
	return name, a.Level > field.Public, err
}

func neutralName(tx *db.Tx, r *http.Request, a *record.Attachment) (string, error) {
	all, err := record.Attachments(tx, a.Kind, a.Record)
	if err != nil {
		return "", err
	}
	n := 1
	for i, one := range all {
		if one.ID == a.ID {
			n = i + 1
		}
	}
	return web.T(r, "listing.neutral_file", "N", n) + "." + a.Ext(), nil
}

func listingOf[T any](tx *db.Tx, s *exchange.Shelf[T], id string) (*exchange.Listing, error) {
	rec, err := s.Kind.Get(tx, id)
	if err != nil {
		return nil, err
	}
	return s.Listing(rec), nil
}
