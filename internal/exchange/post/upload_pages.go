package post

import (
	"errors"
	"mime/multipart"
	"net/http"
	"net/url"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/listing"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

const (
	mostUpload = 25 << 20 // bytes of one request
	mostPaper  = 20 << 20 // bytes of one file
)

// fileStep is the step of the form at which documents are added and the owner says who sees what.
type fileStep struct {
	Anonymous bool
	Groups    []levelGroup
	Papers    []paperForm
	Upload    string // where files are sent; empty when none are taken
	File      parts.Field
	Level     parts.Field
	Vi, En    parts.Field
}

// levelGroup is the facts of one step with who sees each.
type levelGroup struct {
	Title  string
	Fields []parts.Field
	Notes  []string // of each field: whether anonymity hides it
}

// paperForm is one document with who sees it.
type paperForm struct {
	Path, Name, Note string
	Level            parts.Field
	Vi, En           parts.Field
	Remove           string
}

func (s side[T]) fileStep(f form[T]) (*fileStep, error) {
	r, l := f.r, s.Listing(f.rec)
	v := &fileStep{Anonymous: l.Anonymous}
	if texts, there := f.typed.Given("anonymous"); there {
		v.Anonymous = texts[0] == "1"
	}
	for _, step := range s.Steps() {
		group := levelGroup{Title: s.stepTitle(r, step)}
		for _, one := range s.FieldsOf(step) {
			level := f.level("shown."+one.Name, one.LevelIn(l.Shown))
			level.Label = f.label(one)
			group.Fields = append(group.Fields, level)
			note := ""
			if one.Hides {
				note = web.T(r, "post.hidden_when_anonymous")
			}
			group.Notes = append(group.Notes, note)
		}
		if len(group.Fields) > 0 {
			v.Groups = append(v.Groups, group)
		}
	}
	papers, err := record.Attachments(web.Tx(r), s.Kind.Name, l.ID)
	if err != nil {
		return nil, err
	}
	for _, a := range papers {
		v.Papers = append(v.Papers, s.paperForm(f, l, a))
	}
	if s.x.Files == nil {
		return v, nil
	}
	v.Upload = s.Path(l.ID) + "/files"
	v.File = parts.Field{Name: "file", Label: web.T(r, "post.file"), Hint: web.T(r, "post.file_hint", "Megabytes", mostPaper>>20), Accept: accepted()}
	v.Level = f.level("level", field.Public)
	v.Level.Label = web.T(r, "post.file_level")
	asked := web.Form(r) // after a refused upload the address brings the titles back
	v.Vi = parts.Field{Name: "file_title.vi", Label: web.T(r, "post.file_title_vi"), Lang: "vi", Optional: true, Value: asked.Text("file_title.vi")}
	v.En = parts.Field{Name: "file_title.en", Label: web.T(r, "post.file_title_en"), Lang: "en", Optional: true, Value: asked.Text("file_title.en")}
	return v, nil
}

func accepted() string {
	var kinds []string
	for _, ext := range file.Kinds {
		kinds = append(kinds, "."+ext)
	}
	return strings.Join(append(kinds, ".jpg"), ",")
}

func (s side[T]) paperForm(f form[T], l *exchange.Listing, a record.Attachment) paperForm {
	name := "file." + a.ID
	value := func(tongue, stored string) string {
		if texts, there := f.typed[name+"."+tongue]; there && len(texts) > 0 {
			return texts[0]
		}
		return stored
	}
	v := paperForm{Path: "/files/" + a.ID, Name: a.Name, Note: listing.PaperNote(f.r, a), Remove: s.Path(l.ID) + "/files/" + a.ID + "/removal", Level: f.level(name, a.Level)}
	v.Level.Label = web.T(f.r, "post.file_level")
	v.Vi = parts.Field{Name: name + ".vi", Label: web.T(f.r, "post.file_title_vi"), Value: value("vi", a.Title.Vi), Error: f.faults.At(name + ".vi"), Lang: "vi", Optional: true}
	v.En = parts.Field{Name: name + ".en", Label: web.T(f.r, "post.file_title_en"), Value: value("en", a.Title.En), Error: f.faults.At(name + ".en"), Lang: "en", Optional: true}
	return v
}

// level is a list of the levels of disclosure, with the one that is typed or stored chosen.
func (f form[T]) level(name string, stored field.Level) parts.Field {
	chosen := stored.Code()
	if texts, there := f.typed.Given(name); there {
		chosen = texts[0]
	}
	v := parts.Field{Name: name, Value: chosen}
	for _, code := range field.Levels {
		v.Options = append(v.Options, parts.Option{Value: code, Text: f.s.x.Codes.Name("visibility_levels", code).In(web.Lang(f.r)), On: code == chosen})
	}
	return v
}

// showFiles keeps what a form says of the files: their levels and titles.
func (s side[T]) showFiles(tx *db.Tx, actor account.Actor, id string, given exchange.Typed) ([]fault.FieldFault, error) {
	var amiss []fault.FieldFault
	papers, err := record.Attachments(tx, s.Kind.Name, id)
	if err != nil {
		return nil, err
	}
	for _, a := range papers {
		name := "file." + a.ID
		level, there := given.Given(name)
		if !there {
			continue
		}
		title := a.Title
		for _, tag := range lang.Tags {
			if texts, told := given.Given(name + "." + string(tag)); told {
				title.Set(tag, strings.Join(strings.Fields(texts[0]), " "))
			}
		}
		err := record.ShowAttachment(tx, actor.ID, a.ID, field.LevelOf(level[0]), title)
		f, isFault := fault.As(err)
		if err != nil && !(isFault && f.Kind == fault.Invalid) {
			return nil, err
		}
		if isFault {
			for _, one := range f.Fields {
				one.Field = name + "." + strings.TrimPrefix(one.Field, "title_")
				amiss = append(amiss, one)
			}
		}
	}
	return amiss, nil
}

// upload receives documents. They are kept in the store first, outside any transaction, then told
// of in the record. A file that is refused leads back to the form with a word why.
func (s side[T]) upload(w http.ResponseWriter, r *http.Request) error {
	if s.x.Files == nil {
		return fault.New(fault.Unavailable, "post.no_store")
	}
	id := r.PathValue("id")
	may := func(tx *db.Tx) error { return s.mayEdit(tx, web.Actor(r), id) }
	if err := web.DB(r).View(r.Context(), may); err != nil {
		return err
	}
	n, err := s.receive(r, id, may)
	back := s.EditPath(id, s.StepOf("anonymous"))
	refusal, isFault := fault.As(err)
	switch {
	case err == nil:
		web.Notice(w, r, "post.file_kept", "N", n)
		return web.Goto(w, r, back)
	case !isFault || refusal.Kind == fault.NotFound || refusal.Kind == fault.Conflict:
		return err
	}
	key, args := refusal.Key, refusal.Args
	if len(refusal.Fields) > 0 {
		key, args = refusal.Fields[0].Key, refusal.Fields[0].Args
	}
	web.Warning(w, r, key, args...)
	if r.MultipartForm == nil {
		return web.Goto(w, r, back)
	}
	form := web.Form(r)
	typed := url.Values{"file_title.vi": {form.Text("file_title.vi")}, "file_title.en": {form.Text("file_title.en")}}
	return web.Goto(w, r, back+"&"+typed.Encode())
}

// mayEdit refuses who may not edit a listing, and a listing that cannot be edited.
func (s side[T]) mayEdit(tx *db.Tx, actor account.Actor, id string) error {
	rec, err := s.Mine(tx, actor, id)
	if err == nil && !exchange.Editable(s.Listing(rec).State) {
		err = fault.New(fault.Conflict, "listing.not_editable")
	}
	return err
}

// receive keeps the files that a form sends, and tells how many.
func (s side[T]) receive(r *http.Request, id string, may func(*db.Tx) error) (int, error) {
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return 0, fault.New(fault.TooLarge, "file.too_large", "Megabytes", mostPaper>>20)
		}
		return 0, fault.New(fault.Invalid, "post.no_file")
	}
	form := web.Form(r)
	sent := form.Files("file")
	if len(sent) == 0 {
		return 0, fault.New(fault.Invalid, "post.no_file")
	}
	for _, one := range sent {
		stored, err := s.put(r, one)
		if err != nil {
			return 0, err
		}
		err = web.DB(r).Update(r.Context(), func(tx *db.Tx) error {
			if err := may(tx); err != nil {
				return err
			}
			a := record.Attachment{Kind: s.Kind.Name, Record: id, Name: one.Filename, Level: field.LevelOf(form.Text("level"))}
			if len(sent) == 1 {
				a.Title = lang.Both{Vi: form.Text("file_title.vi"), En: form.Text("file_title.en")}
			}
			return record.Attach(tx, web.Actor(r).ID, &a, stored)
		})
		if err != nil {
			return 0, err
		}
	}
	return len(sent), nil
}

func (s side[T]) put(r *http.Request, one *multipart.FileHeader) (file.Stored, error) {
	content, err := one.Open()
	if err != nil {
		return file.Stored{}, err
	}
	defer content.Close()
	return s.x.Files.Put(r.Context(), content, file.PutOptions{MaxBytes: mostPaper})
}

// detach takes a document away. The content leaves the store with the last record that holds it.
func (s side[T]) detach(w http.ResponseWriter, r *http.Request) error {
	d, actor, id := web.DB(r), web.Actor(r), r.PathValue("id")
	var gone string
	err := d.Update(r.Context(), func(tx *db.Tx) error {
		gone = ""
		if err := s.mayEdit(tx, actor, id); err != nil {
			return err
		}
		a, err := record.AttachmentOf(tx, r.PathValue("file"))
		if err != nil {
			return err
		}
		if a.Kind != s.Kind.Name || a.Record != id {
			return fault.New(fault.NotFound, "record.not_found")
		}
		last, err := record.Detach(tx, actor.ID, a.ID)
		if last {
			gone = a.SHA256
		}
		return err
	})
	if err != nil {
		return err
	}
	if gone != "" && s.x.Files != nil {
		if err := s.x.Files.Delete(r.Context(), gone); err != nil {
			return err
		}
	}
	web.Notice(w, r, "post.file_removed")
	return web.Goto(w, r, s.EditPath(id, s.StepOf("anonymous")))
}
