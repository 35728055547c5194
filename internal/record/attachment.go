package record

import (
	"strings"
	"time"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
)

// Attachment is a document that belongs to a record, with who may see it (tài liệu đính kèm). The
// bytes lie in the file store under SHA256.
type Attachment struct {
	ID      string
	Kind    string // of the record
	Record  string
	SHA256  string
	Name    string // as its owner called the file; ends in what the file really is
	MIME    string
	Size    int64 // bytes
	Level   field.Level
	Title   lang.Both
	By      account.ID
	Created time.Time
}

// Ext returns what the file really is: pdf, png, docx …
func (a Attachment) Ext() string { return a.Name[strings.LastIndexByte(a.Name, '.')+1:] }

// Stored returns how the file lies in the store.
func (a Attachment) Stored() file.Stored {
	return file.Stored{SHA256: a.SHA256, Size: a.Size, MIME: a.MIME, Ext: a.Ext()}
}

// Called returns the title in the reader's tongue, or the name of the file when there is none.
func (a Attachment) Called(tag lang.Tag) string {
	if a.Title.Empty() {
		return a.Name
	}
	return a.Title.In(tag)
}

const (
	mostAttachments = 40  // of one record
	longestTitle    = 200 // characters
)

// Attach adds a file that lies in the store to a record. Name is what its owner called it; the
// level says who may see it. One record holds at most 40 files.
func Attach(tx *db.Tx, actor account.ID, a *Attachment, stored file.Stored) error {
	all, err := Attachments(tx, a.Kind, a.Record)
	if err != nil {
		return err
	}
	if len(all) >= mostAttachments {
		return fault.New(fault.Invalid, "attachment.too_many", "N", mostAttachments)
	}
	if err := a.check(); err != nil {
		return err
	}
	a.ID, a.By, a.Created = db.NewID(tx.Now), actor, tx.Now
	a.SHA256, a.MIME, a.Size = stored.SHA256, stored.MIME, stored.Size
	a.Name = fileName(a.Name, stored.Ext)
	if err := storeAttachment(tx, a); err != nil {
		return err
	}
	return a.note(tx, actor, "file.attached", "", a.text())
}

func (a *Attachment) check() error {
	f := fault.New(fault.Invalid, "attachment.invalid")
	for _, one := range []struct{ column, text string }{{"title_vi", a.Title.Vi}, {"title_en", a.Title.En}} {
		if n := utf8.RuneCountInString(one.text); n > longestTitle {
			f.At(one.column, "field.too_long", "N", n, "Most", longestTitle)
		}
	}
	return f.OrNil()
}

// ShowAttachment changes who may see a file and what it is called.
func ShowAttachment(tx *db.Tx, actor account.ID, id string, level field.Level, title lang.Both) error {
	a, err := AttachmentOf(tx, id)
	if err != nil {
		return err
	}
	old := a.text()
	a.Level, a.Title = level, title
	if a.text() == old {
		return nil
	}
	if err := a.check(); err != nil {
		return err
	}
	if err := changeAttachment(tx, a); err != nil {
		return err
	}
	return a.note(tx, actor, "file.shown", old, a.text())
}

// Detach takes a file away from its record; claims that rest on it lose it. It reports whether no
// record holds the content any more, so that the store may drop it.
func Detach(tx *db.Tx, actor account.ID, id string) (last bool, err error) {
	a, err := AttachmentOf(tx, id)
	if err != nil {
		return false, err
	}
	if last, err = removeAttachment(tx, a); err != nil {
		return false, err
	}
	return last, a.note(tx, actor, "file.detached", a.text(), "")
}

// AttachmentOpened notes in the record's history that somebody opened a file.
func AttachmentOpened(tx *db.Tx, actor account.ID, a *Attachment) error {
	return a.note(tx, actor, "file.opened", "", a.Name)
}

func (a *Attachment) note(tx *db.Tx, actor account.ID, act, old, now string) error {
	_, err := ledger.Append(tx, ledger.Note{Actor: string(actor), Act: act, Kind: a.Kind, ID: a.Record,
		Change: []ledger.Change{{Field: "file", Old: old, New: now}}})
	return err
}

func (a *Attachment) text() string {
	text := a.Name + " | " + a.Level.Code()
	if !a.Title.Empty() {
		text += " | " + a.Title.Vi + " | " + a.Title.En
	}
	return text
}

// fileName is a name without folders and line ends, that ends in what the file really is.
func fileName(name, ext string) string {
	name = strings.ReplaceAll(lang.Clean(name), `\`, "/")
	name = strings.Join(strings.Fields(name[strings.LastIndexByte(name, '/')+1:]), " ")
	if dot := strings.LastIndexByte(name, '.'); dot > 0 && (strings.EqualFold(name[dot+1:], ext) || ext == "jpeg" && strings.EqualFold(name[dot+1:], "jpg")) {
		name = name[:dot]
	}
	if letters := []rune(name); len(letters) > longestTitle {
		name = string(letters[:longestTitle])
	}
	if name == "" {
		name = "file"
	}
	return name + "." + ext
}
