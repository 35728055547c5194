package deal

import (
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/document/signature"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Document is a file that a side brought into a deal.
type Document struct {
	record.Attachment
	Side     Side
	Audience string                // one of Audiences
	Openings int                   // by the other side
	Seals    []signature.Signature // digital signatures in the file, as they were read when it came
}

// Who may open a document: the side that brought it, both sides, or both while an agreement on
// confidentiality is in force.
const (
	ForOwn  = "own"
	ForBoth = "both"
	ForNDA  = "nda"
)

// Audiences lists who may open documents.
var Audiences = []string{ForBoth, ForNDA, ForOwn}

// Opening is one opening of a document.
type Opening struct {
	At      int64
	Account account.ID
	Side    Side
}

// Bring adds a file that lies in the store to a deal.
func (x *Deals) Bring(tx *db.Tx, a account.Actor, r *Room, one *Document, stored file.Stored) error {
	if !r.Acts(a) {
		return notYours()
	}
	if r.State == Stopped {
		return fault.New(fault.Conflict, "deal.move_not_possible")
	}
	if !slices.Contains(Audiences, one.Audience) {
		return fault.New(fault.Invalid, "deal.invalid").At("audience", "field.needed")
	}
	one.Kind, one.Record, one.Level, one.Side = Records.Name, r.ID, field.OwnerOnly, r.Side
	if err := record.Attach(tx, a.ID, &one.Attachment, stored); err != nil {
		return err
	}
	if err := addDocument(tx, r.ID, one); err != nil {
		return err
	}
	audience := "all"
	switch {
	case one.Audience == ForOwn:
		audience = string(r.Side)
	case one.Audience == ForNDA && !r.Secret(when.DayOf(tx.Now)):
		audience = string(r.Side) // the other side is not told what it is called
	}
	if err := x.line(tx, r.Deal, Entry{By: a.ID, Side: r.Side, Audience: audience, Kind: "document", Words: one.Called("vi"), About: one.ID}); err != nil {
		return err
	}
	return touch(tx, r.Deal)
}

// Opens reports whether a side may open the document on a day. Those of the exchange, who only look on,
// may not; nor does a broker, who did not sign, open what the agreement protects.
func (one *Document) Opens(r *Room, today when.Day) bool {
	switch {
	case r.Side == "":
		return false
	case one.Side == r.Side, one.Audience == ForBoth:
		return true
	}
	return one.Audience == ForNDA && (r.Side == Supplier || r.Side == Receiver) && r.Secret(today)
}

// Documents returns what a side may open, and how many more it could with an agreement in force.
func Documents(tx *db.Tx, r *Room) (all []*Document, closed int, err error) {
	found, err := documentsOf(tx, r.ID)
	if err != nil {
		return nil, 0, err
	}
	today := when.DayOf(tx.Now)
	for _, one := range found {
		switch {
		case one.Opens(r, today):
			all = append(all, one)
		case r.Side != "" && one.Audience == ForNDA:
			closed++
		}
	}
	return all, closed, nil
}

// Open returns a document that the reader may open, and notes that it was opened; its owner sees that.
func Open(tx *db.Tx, a account.Actor, id string) (*Document, *Room, error) {
	one, deal, err := documentOf(tx, id)
	if err != nil {
		return nil, nil, err
	}
	r, err := Enter(tx, a, deal)
	if err != nil {
		return nil, nil, err
	}
	if !one.Opens(r, when.DayOf(tx.Now)) {
		return nil, nil, found()
	}
	return one, r, addOpening(tx, one.ID, a.ID, r.Side)
}
