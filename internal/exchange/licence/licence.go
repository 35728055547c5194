// Package licence is the licences that are taken with one click: an owner lets everybody use a technology
// on conditions and without a fee, and a body of the State passes on what it bought.
package licence

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Schema is the tables of free licences.
//
//go:embed schema/*.sql
var Schema embed.FS

// Offer lets everybody use a technology of the floor on conditions, without a fee (cấp quyền sử dụng
// miễn phí). Source: Law 07/2017/QH14, Art. 35a as added by Law 115/2025/QH15, read second-hand.
type Offer struct {
	record.Head
	Listing    string // offer of the floor
	Deal       string // by which the owner acquired it; "" for the owner of the listing
	Conditions lang.Both
	Green      bool // green technology, as the owner says
}

// Licence is a free licence that an organisation took, under the conditions as they stood then.
type Licence struct {
	record.Head
	Offer      string
	Giver      string // organisation that lets others use it
	Listing    string
	Conditions lang.Both
	Digest     string // SHA-256 of the conditions
}

// The states of an offer; a licence that was taken is "granted" for good.
const (
	Open    = "open"
	Closed  = "closed"
	Granted = "granted"
)

var offerFields = field.Set[Offer]{
	field.Text("listing", func(o *Offer) *string { return &o.Listing }).Acts(),
	field.Text("deal", func(o *Offer) *string { return &o.Deal }).Acts().Closed(field.OwnerOnly),
	field.Long("conditions", func(o *Offer) *lang.Both { return &o.Conditions }).Needed().In("what").UpTo(4000),
	field.Flag("green", func(o *Offer) *bool { return &o.Green }).In("what"),
}

var licenceFields = field.Set[Licence]{
	field.Text("offer", func(l *Licence) *string { return &l.Offer }).Acts(),
	field.Text("giver", func(l *Licence) *string { return &l.Giver }).Acts(),
	field.Text("listing", func(l *Licence) *string { return &l.Listing }).Acts(),
	field.Long("conditions", func(l *Licence) *lang.Both { return &l.Conditions }).Acts(),
	field.Text("digest", func(l *Licence) *string { return &l.Digest }).Acts(),
}

// Offers and Licences are the kinds of records.
var (
	Offers   = record.Kind[Offer]{Name: "free_offer", Prefix: "PB", Fields: offerFields, Head: func(o *Offer) *record.Head { return &o.Head }}.Prepare()
	Licences = record.Kind[Licence]{Name: "free_licence", Prefix: "CP", Fields: licenceFields, Head: func(l *Licence) *record.Head { return &l.Head }}.Prepare()
)

// Office is the free licences of an exchange and their pages.
type Office struct {
	Deals *deal.Deals
	// Tell sends a letter to those who speak for an organisation; nothing is sent when it is nil.
	Tell func(tx *db.Tx, organisation, letter string, args ...any) error
}

// Grounds says on what an organisation may let others use an offer: it owns it, or it acquired it by a
// deal in force with the ownership or the right to transfer on, whose id is told.
func (x *Office) Grounds(tx *db.Tx, organisation string, o *exchange.Offer) (dealID string, may bool, err error) {
	if o.Owner == organisation {
		return "", true, nil
	}
	some, err := deal.Records.Find(tx, `WHERE listing = ? AND receiver = ? AND state IN ('effective', 'performing', 'completed') ORDER BY id DESC LIMIT 20`, o.ID, organisation)
	if err != nil {
		return "", false, err
	}
	for _, one := range some {
		sheet, err := deal.SheetOf(tx, one.ID)
		if err != nil {
			return "", false, err
		}
		if sheet != nil && (sheet.Terms.Onward || sheet.Terms.Right == "ownership") {
			return one.ID, true, nil
		}
	}
	return "", false, nil
}

// Set lets everybody use an offer on conditions, or changes the conditions of those who come later; by a
// manager of an organisation that has the grounds for it.
func (x *Office) Set(tx *db.Tx, a account.Actor, o *exchange.Offer, one *Offer) error {
	if !a.Manages(one.Owner) {
		return fault.New(fault.Forbidden, "licence.not_yours")
	}
	ground, may, err := x.Grounds(tx, one.Owner, o)
	if err != nil {
		return err
	}
	if !may {
		return fault.New(fault.Forbidden, "licence.no_grounds")
	}
	if !o.Floor() || o.Anonymous {
		return fault.New(fault.Conflict, "licence.not_on_floor")
	}
	f := fault.New(fault.Invalid, "licence.invalid")
	if one.Conditions.Vi == "" && one.Conditions.En == "" {
		f.At("conditions_vi", "field.needed")
	}
	for name, text := range map[string]string{"conditions_vi": one.Conditions.Vi, "conditions_en": one.Conditions.En} {
		if n := len([]rune(text)); n > 4000 {
			f.At(name, "field.too_long", "N", n, "Most", 4000)
		}
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	old, err := OfferBy(tx, o.ID, one.Owner)
	if err != nil {
		return err
	}
	one.Listing, one.Deal, one.State = o.ID, ground, Open
	if old == nil {
		return Offers.New(tx, a.ID, "free_offer.opened", one)
	}
	now := Offers.Copy(old)
	now.State, now.Deal, now.Conditions, now.Green = Open, ground, one.Conditions, one.Green
	err = Offers.Save(tx, a.ID, "free_offer.opened", old, now)
	*one = *now
	return err
}

// Close ends an offer: nobody takes a licence any more; those that were taken stay.
func (x *Office) Close(tx *db.Tx, a account.Actor, old *Offer) error {
	if !a.Manages(old.Owner) {
		return fault.New(fault.Forbidden, "licence.not_yours")
	}
	if old.State != Open {
		return fault.New(fault.Conflict, "licence.closed")
	}
	now := Offers.Copy(old)
	now.State = Closed
	err := Offers.Save(tx, a.ID, "free_offer.closed", old, now)
	*old = *now
	return err
}

// Digest is the digest of conditions: who takes a licence names those that were read.
func Digest(conditions lang.Both) string {
	sum := sha256.Sum256([]byte(conditions.Vi + "\x00" + conditions.En))
	return hex.EncodeToString(sum[:])
}

// Take takes a free licence for an organisation, by somebody who speaks for it, under the conditions that
// were read: when they changed meanwhile, it is refused. A licence is taken once.
func (x *Office) Take(tx *db.Tx, a account.Actor, o *Offer, organisation, digest string) (*Licence, error) {
	if !a.Manages(organisation) {
		return nil, fault.New(fault.Forbidden, "licence.not_yours")
	}
	if o.State != Open || organisation == o.Owner {
		return nil, fault.New(fault.Conflict, "licence.closed")
	}
	if Digest(o.Conditions) != digest {
		return nil, fault.New(fault.Conflict, "licence.changed")
	}
	some, err := Licences.Find(tx, `WHERE offer = ? AND owner = ? LIMIT 1`, o.ID, organisation)
	if err != nil {
		return nil, err
	}
	if len(some) > 0 {
		return nil, fault.New(fault.Conflict, "licence.taken")
	}
	l := &Licence{Offer: o.ID, Giver: o.Owner, Listing: o.Listing, Conditions: o.Conditions, Digest: digest}
	l.Owner, l.State = organisation, Granted
	if err := Licences.New(tx, a.ID, "free_licence.granted", l); err != nil {
		return nil, err
	}
	if x.Tell == nil {
		return l, nil
	}
	return l, x.Tell(tx, o.Owner, "free_licence", "Number", l.Number, "Path", "/free-licences/"+l.ID)
}

// LicenceOf returns a licence for those who belong to either organisation, and those of the exchange who
// see all; for others there is none.
func LicenceOf(tx *db.Tx, a account.Actor, id string) (*Licence, error) {
	l, err := Licences.Get(tx, id)
	if err != nil {
		return nil, err
	}
	if !a.In(l.Owner) && !a.In(l.Giver) && !a.SeesAll() {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return l, nil
}
