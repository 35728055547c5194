package exchange

import (
	"io"
	"net/http"
	"path"
	"strconv"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// paperNote tells what sort of file it is, and how large: PDF, 3,8 MB.
func paperNote(r *http.Request, a record.Attachment) string {
	size := strconv.FormatFloat(float64(a.Size)/(1<<20), 'f', 1, 64)
	if size == "0.0" {
		size = "0.1"
	}
	return web.T(r, "listing.paper_note", "Kind", strings.ToUpper(a.Ext()), "Size", lang.Decimal(web.Lang(r), size))
}

// papers lists the documents of a listing as a reader of that level sees them. Those for the owner
// and the officers alone are not told of to others; an anonymous owner's have neutral names.
func (x *Exchange) papers(r *http.Request, kind, id string, level field.Level, anonymous bool) ([]parts.Paper, error) {
	all, err := record.Attachments(web.Tx(r), kind, id)
	if err != nil {
		return nil, err
	}
	var list []parts.Paper
	for i, a := range all {
		if a.Level == field.OwnerOnly && level < field.OwnerOnly {
			continue
		}
		p := parts.Paper{Path: "/files/" + a.ID, Name: a.Called(web.Lang(r)), Note: paperNote(r, a)}
		if anonymous && level < field.Enquiry {
			p.Name = web.T(r, "listing.neutral_paper", "N", i+1)
		}
		if a.Level > level {
			p.Path, p.Locked = "", x.Codes.Name("visibility_levels", a.Level.Code()).In(web.Lang(r))
		}
		list = append(list, p)
	}
	return list, nil
}

// download hands out a document to who may see it. What is not for everybody leaves word of who
// opened it in the listing's history.
func (x *Exchange) download(w http.ResponseWriter, r *http.Request) error {
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
func (x *Exchange) openPaper(tx *db.Tx, r *http.Request, a *record.Attachment) (name string, word bool, err error) {
	var l *Listing
	switch a.Kind {
	case Offers.Name:
		l, err = listingOf(tx, x.Offers, a.Record)
	case Needs.Name:
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
	if err := mayOpen(actor, l, a, level); err != nil {
		return "", false, err
	}
	if !l.Anonymous || level >= field.Enquiry {
		return a.Name, a.Level > field.Public && !actor.In(l.Owner), nil
	}
	name, err = neutralName(tx, r, a)
	return name, a.Level > field.Public, err
}

// mayOpen refuses a document that the level does not see. What everybody cannot know of is not
// said to exist.
func mayOpen(actor account.Actor, l *Listing, a *record.Attachment, level field.Level) error {
	switch {
	case level >= field.OwnerOnly:
		return nil
	case !Citable(l.State), a.Level == field.OwnerOnly:
		return fault.New(fault.NotFound, "record.not_found")
	case level >= a.Level:
		return nil
	case !actor.SignedIn():
		return fault.New(fault.SignIn, "listing.paper_sign_in")
	}
	return fault.New(fault.Forbidden, "listing.paper_closed_"+a.Level.Code())
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

func listingOf[T any](tx *db.Tx, s *Shelf[T], id string) (*Listing, error) {
	rec, err := s.Kind.Get(tx, id)
	if err != nil {
		return nil, err
	}
	return s.Listing(rec), nil
}
