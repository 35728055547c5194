// Package broker is the register of intermediaries with their track record, the mandates that they are
// given, and the board on which a broker sees his deals, errands and fees.
package broker

import (
	"embed"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Schema is the table of the register.
//
//go:embed schema/*.sql
var Schema embed.FS

// Intermediary is an entry of the register. Source of its kinds: Circular 16/2014/TT-BKHCN, read second-hand.
type Intermediary struct {
	record.Head
	Kind       string
	Services   []string
	Staff      int64
	Facilities lang.Both
	Registered when.Day
	Reason     string // why it was refused or suspended
}

// The states of an entry.
const (
	Applied    = "applied"
	Registered = "registered"
	Refused    = "refused"
	Suspended  = "suspended"
)

var intermediaryFields = field.Set[Intermediary]{
	field.Code("kind", "intermediary_kinds", func(i *Intermediary) *string { return &i.Kind }).Needed().In("what"),
	field.Codes("services", "intermediary_services", func(i *Intermediary) *[]string { return &i.Services }).Needed().In("what"),
	field.Int("staff", 1, 100_000, func(i *Intermediary) *int64 { return &i.Staff }).Needed().In("what"),
	field.Long("facilities", func(i *Intermediary) *lang.Both { return &i.Facilities }).Needed().In("what").UpTo(4000),
	field.Day("registered_on", func(i *Intermediary) *when.Day { return &i.Registered }).Acts(),
	field.Text("reason", func(i *Intermediary) *string { return &i.Reason }).Acts().UpTo(2000).Closed(field.OwnerOnly),
}

// Intermediaries is the kind of record that Intermediary is.
var Intermediaries = record.Kind[Intermediary]{Name: "intermediary", Prefix: "TG", Fields: intermediaryFields, Head: func(i *Intermediary) *record.Head { return &i.Head }}.Prepare()

// moves is the whole table of entries: from which states an act leads, and where.
var moves = map[string]struct {
	from []string
	to   string
}{
	"confirmed": {[]string{Applied, Suspended}, Registered},
	"refused":   {[]string{Applied}, Refused},
	"suspended": {[]string{Registered}, Suspended},
}

// Broking is the register and its pages.
type Broking struct {
	Deals *deal.Deals
	Codes *record.Codes
	Tell  func(tx *db.Tx, organisation, letter string, args ...any) error
}

func (x *Broking) tell(tx *db.Tx, organisation, letter string, args ...any) error {
	if x.Tell == nil {
		return nil
	}
	return x.Tell(tx, organisation, letter, args...)
}

// OnRegister reports whether an organisation is on the register.
func OnRegister(tx *db.Tx, organisation string) (bool, error) {
	one, err := entryOf(tx, organisation)
	return one != nil && one.State == Registered, err
}

func entryOf(tx *db.Tx, organisation string) (*Intermediary, error) {
	some, err := Intermediaries.Find(tx, `WHERE owner = ? LIMIT 1`, organisation)
	if err != nil || len(some) == 0 {
		return nil, err
	}
	return some[0], nil
}

// Apply asks for the entry of an organisation, by its manager; one that was refused or waits may be sent
// anew.
func (x *Broking) Apply(tx *db.Tx, a account.Actor, one *Intermediary) error {
	if !a.Manages(one.Owner) {
		return fault.New(fault.Forbidden, "broker.not_yours")
	}
	old, err := entryOf(tx, one.Owner)
	if err != nil {
		return err
	}
	one.State = Applied
	if old == nil {
		return Intermediaries.New(tx, a.ID, "intermediary.applied", one)
	}
	if old.State != Applied && old.State != Refused {
		return fault.New(fault.Conflict, "broker.entered_already")
	}
	again := Intermediaries.Copy(old)
	again.State, again.Kind, again.Services, again.Staff, again.Facilities, again.Reason = Applied, one.Kind, one.Services, one.Staff, one.Facilities, ""
	err = Intermediaries.Save(tx, a.ID, "intermediary.applied", old, again)
	*one = *again
	return err
}

// Decide moves an entry, by an officer who does not belong to its organisation: confirmed, refused or
// suspended, the latter two with words.
func (x *Broking) Decide(tx *db.Tx, a account.Actor, old *Intermediary, act, reason string) error {
	if !account.MayReview.Allows(a) || a.In(old.Owner) {
		return fault.New(fault.Forbidden, "broker.not_yours")
	}
	move, known := moves[act]
	if !known {
		return fault.New(fault.NotFound, "record.not_found")
	}
	allowed := false
	for _, state := range move.from {
		allowed = allowed || state == old.State
	}
	if !allowed {
		return fault.New(fault.Conflict, "broker.not_possible")
	}
	f := fault.New(fault.Invalid, "broker.invalid")
	if act != "confirmed" && reason == "" {
		f.At("reason", "field.needed")
	}
	if n := len([]rune(reason)); n > 2000 {
		f.At("reason", "field.too_long", "N", n, "Most", 2000)
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	one := Intermediaries.Copy(old)
	one.State, one.Reason = move.to, reason
	if act == "confirmed" && one.Registered.Zero() {
		one.Registered = when.DayOf(tx.Now)
	}
	if err := Intermediaries.Save(tx, a.ID, "intermediary."+act, old, one); err != nil {
		return err
	}
	*old = *one
	return x.tell(tx, one.Owner, "intermediary_"+act, "Number", one.Number, "Path", "/brokers")
}

// CountWaiting returns how many entries wait for an officer.
func CountWaiting(tx *db.Tx) (n int, err error) { return countIn(tx, Applied) }
