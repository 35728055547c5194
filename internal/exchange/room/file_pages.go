package room

import (
	"bytes"
	"context"
	"crypto/x509"
	"errors"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/document/signature"
	"chonoi/internal/document/watermark"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/fault"
	"chonoi/internal/file"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// mostFile is how many bytes a document of a deal may have.
const mostFile = 30 << 20

// Streams are the routes that take and give documents; they take their transactions themselves.
func Streams(x *deal.Deals, files *file.Store, roots *x509.CertPool) []web.Special {
	d := cabinet{doors{x}, files, roots}
	return []web.Special{
		{Route: web.Route{Pattern: "POST /deals/{id}/documents", Handler: d.bring, Right: account.MayPost}, Stream: true, Body: mostFile + 1<<20, PerMinute: 20},
		{Route: web.Route{Pattern: "GET /deal-files/{id}", Handler: d.download, Right: account.MaySeeOwn}, Plain: true, Stream: true},
	}
}

// cabinet holds the documents of deals.
type cabinet struct {
	doors
	files *file.Store
	roots *x509.CertPool // whose certificates are trusted; nil checks none
}

// filesView is what of the documents a side sees.
type filesView struct {
	Papers []parts.Paper
	Opened []string // who opened one's own side's documents
	Closed string   // how many open after an agreement; "" for none
	Form   *fileForm
}

type fileForm struct{ File, Title, Audience parts.Field }

// documents fills in the documents that the reader may open.
func (d doors) documents(r *http.Request, one *deal.Room, acts bool) (filesView, error) {
	var v filesView
	tx, tag := web.Tx(r), web.Lang(r)
	all, closed, err := deal.Documents(tx, one)
	if err != nil {
		return v, err
	}
	for _, f := range all {
		note := web.T(r, "deal.file_note", "Kind", f.Ext(), "Date", lang.Date(tag, f.Created), "Side", web.T(r, "deal.side_"+string(f.Side)), "Audience", web.T(r, "deal.for_"+f.Audience))
		if f.Side == one.Side {
			note += " · " + web.T(r, "deal.opened_n", "N", f.Openings)
			if err := d.opened(r, &v, f); err != nil {
				return v, err
			}
		}
		if len(f.Seals) > 0 {
			note += " · " + sealed(r, f.Seals)
		}
		v.Papers = append(v.Papers, parts.Paper{Path: "/deal-files/" + f.ID, Name: f.Called(tag), Note: note})
	}
	if closed > 0 {
		v.Closed = web.T(r, "deal.files_closed", "N", closed)
	}
	if acts {
		audience := parts.Field{Name: "audience", Label: web.T(r, "deal.file_audience")}
		for _, code := range deal.Audiences {
			audience.Options = append(audience.Options, parts.Option{Value: code, Text: web.T(r, "deal.for_"+code)})
		}
		v.Form = &fileForm{File: parts.Field{Name: "file", Label: web.T(r, "deal.file_new"), Hint: web.T(r, "deal.file_hint", "Megabytes", mostFile>>20)},
			Title: parts.Field{Name: "title", Label: web.T(r, "deal.file_title"), Max: 200, Optional: true}, Audience: audience}
	}
	return v, nil
}

// openingsShown is how many openings of a document a side sees.
const openingsShown = 10

// opened tells a side who of the other one opened its document.
func (d doors) opened(r *http.Request, v *filesView, f *deal.Document) error {
	all, err := deal.Openings(web.Tx(r), f.ID, openingsShown)
	if err != nil {
		return err
	}
	all = slices.DeleteFunc(all, func(o deal.Opening) bool { return o.Side == f.Side })
	var ids []string
	for _, o := range all {
		ids = append(ids, string(o.Account))
	}
	names, err := d.People(web.Tx(r), ids...)
	for _, o := range all {
		v.Opened = append(v.Opened, web.T(r, "deal.opened_by", "Name", names[string(o.Account)], "File", f.Called(web.Lang(r)), "Time", lang.DateTime(web.Lang(r), when.Time(o.At))))
	}
	return err
}

// bring puts a file into the store first, outside any transaction, and then tells of it.
func (d cabinet) bring(w http.ResponseWriter, r *http.Request) error {
	if d.files == nil {
		return fault.New(fault.Unavailable, "deal.no_store")
	}
	id, actor := r.PathValue("id"), web.Actor(r)
	err := web.DB(r).View(r.Context(), func(tx *db.Tx) error {
		one, err := deal.Enter(tx, actor, id)
		if err == nil && !one.Acts(actor) {
			err = fault.New(fault.Forbidden, "deal.not_yours")
		}
		return err
	})
	if err != nil {
		return err
	}
	err = d.receive(r, id)
	refusal, isFault := fault.As(err)
	switch {
	case err == nil:
		web.Notice(w, r, "deal.kept")
	case !isFault || refusal.Kind == fault.NotFound || refusal.Kind == fault.Forbidden:
		return err
	case len(refusal.Fields) > 0:
		web.Warning(w, r, refusal.Fields[0].Key, refusal.Fields[0].Args...)
	default:
		web.Warning(w, r, refusal.Key, refusal.Args...)
	}
	return web.Goto(w, r, "/deals/"+id)
}

func (d cabinet) receive(r *http.Request, id string) error {
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return fault.New(fault.TooLarge, "file.too_large", "Megabytes", mostFile>>20)
		}
		return fault.New(fault.Invalid, "deal.needs_file")
	}
	defer r.MultipartForm.RemoveAll()
	form := web.Form(r)
	sent := form.Files("file")
	if len(sent) == 0 {
		return fault.New(fault.Invalid, "deal.needs_file")
	}
	content, err := sent[0].Open()
	if err != nil {
		return err
	}
	defer content.Close()
	stored, err := d.files.Put(r.Context(), content, file.PutOptions{MaxBytes: mostFile})
	if err != nil {
		return err
	}
	seals, err := d.seals(r.Context(), stored)
	if err != nil {
		return err
	}
	return web.DB(r).Update(r.Context(), func(tx *db.Tx) error {
		one, err := deal.Enter(tx, web.Actor(r), id)
		if err != nil {
			return err
		}
		f := &deal.Document{Audience: form.Text("audience"), Seals: seals}
		f.Name, f.Title = sent[0].Filename, lang.Both{Vi: form.Text("title")}
		return d.Bring(tx, web.Actor(r), one, f, stored)
	})
}

// seals reads the digital signatures of a file that came.
func (d cabinet) seals(ctx context.Context, stored file.Stored) ([]signature.Signature, error) {
	if stored.Ext != "pdf" {
		return nil, nil
	}
	content, _, err := d.files.Open(ctx, stored.SHA256)
	if err != nil {
		return nil, err
	}
	defer content.Close()
	raw, err := io.ReadAll(io.LimitReader(content, mostFile+1))
	if err != nil {
		return nil, err
	}
	return signature.Read(raw, d.roots), nil
}

// download gives a document to a side that may open it, after the opening is noted. What opens only
// under an agreement carries its reader and the time, where its kind can be marked: a file that should
// carry them and cannot is not given.
func (d cabinet) download(w http.ResponseWriter, r *http.Request) error {
	if d.files == nil {
		return fault.New(fault.Unavailable, "deal.no_store")
	}
	var f *deal.Document
	var mark watermark.Mark
	err := web.DB(r).Update(r.Context(), func(tx *db.Tx) (err error) {
		var one *deal.Room
		if f, one, err = deal.Open(tx, web.Actor(r), r.PathValue("id")); err != nil {
			return err
		}
		mark, err = d.mark(tx, web.Actor(r), one)
		return err
	})
	if err != nil {
		return err
	}
	content, size, err := d.files.Open(r.Context(), f.SHA256)
	if err != nil {
		return err
	}
	defer content.Close()
	stored, name, give := f.Stored(), f.Name, io.Reader(content)
	if f.Audience == deal.ForNDA && watermark.Can(f.MIME) {
		marked, err := stamped(r.Context(), content, size, f.MIME, mark)
		if err != nil {
			return err
		}
		give, size = marked, int64(marked.Len())
		if stored.MIME = watermark.Becomes(f.MIME); stored.MIME != f.MIME {
			stored.Ext, name = "jpg", strings.TrimSuffix(name, "."+f.Ext())+".jpg"
		}
	}
	for name, value := range file.DownloadHeaders(stored, name) {
		w.Header().Set(name, value)
	}
	w.Header().Set("Content-Length", strconv.FormatInt(size, 10))
	_, err = io.Copy(w, give)
	return err
}

// mark is what a reader's copy carries: who opens it, for whom, when, and in which deal.
func (d cabinet) mark(tx *db.Tx, a account.Actor, one *deal.Room) (watermark.Mark, error) {
	m := watermark.Mark{Reader: a.Name, At: tx.Now, Number: one.Number}
	if m.Reader == "" {
		m.Reader = a.Email
	}
	names, err := d.Names(tx, one.Organisation(one.Side))
	m.Organisation = names[one.Organisation(one.Side)].In(lang.Vi)
	return m, err
}

// stamped is the copy of a file with its mark.
func stamped(ctx context.Context, content io.Reader, size int64, kind string, m watermark.Mark) (*bytes.Buffer, error) {
	raw, err := io.ReadAll(io.LimitReader(content, mostFile+1))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	return &out, watermark.Stamp(ctx, &out, bytes.NewReader(raw), size, kind, m)
}
