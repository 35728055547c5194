package deal

import (
	"slices"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Deal is what two sides do about a listing (giao dịch). It belongs to its sides and has no owner.
type Deal struct {
	record.Head
	Enquiry  string
	Kind     string // of the listing
	Listing  string
	Title    lang.Both
	Supplier string // organisation that transfers
	Receiver string // organisation that takes over
	NDA      string // one of the states of the confidentiality agreement
	NDAUntil when.Day
	Ended    when.Day // on which the hand-over was complete, or the contract ended
	Reason   string   // of the list stop_reasons, or termination_reasons
	Note     string
	Moved    int64 // when.Micro of the last act of a side
}

// The states of the confidentiality agreement; none was spoken of where it is "".
const (
	NDAProposed = "proposed"
	NDASigned   = "signed"
	NDASkipped  = "skipped"
	NDADeclined = "declined"
)

// Side is a side of a deal.
type Side string

// The sides, and the broker between them.
const (
	Supplier Side = "supplier"
	Receiver Side = "receiver"
	Broker   Side = "broker"
)

// Other returns the side across the table.
func (s Side) Other() Side {
	if s == Supplier {
		return Receiver
	}
	return Supplier
}

var dealFields = field.Set[Deal]{
	field.Text("enquiry", func(d *Deal) *string { return &d.Enquiry }).Acts(),
	field.Text("kind", func(d *Deal) *string { return &d.Kind }).Acts(),
	field.Text("listing", func(d *Deal) *string { return &d.Listing }).Acts(),
	field.Both("title", func(d *Deal) *lang.Both { return &d.Title }).Acts(),
	field.Text("supplier", func(d *Deal) *string { return &d.Supplier }).Acts(),
	field.Text("receiver", func(d *Deal) *string { return &d.Receiver }).Acts(),
	field.Text("nda", func(d *Deal) *string { return &d.NDA }).Acts(),
	field.Day("nda_until", func(d *Deal) *when.Day { return &d.NDAUntil }).Acts(),
	field.Day("ended_on", func(d *Deal) *when.Day { return &d.Ended }).Acts(),
	field.Text("reason", func(d *Deal) *string { return &d.Reason }).Acts(),
	field.Text("note", func(d *Deal) *string { return &d.Note }).Acts(),
	field.Int("moved_at", 0, 1<<62, func(d *Deal) *int64 { return &d.Moved }).Acts(),
}

// Records is the kind of record that Deal is.
var Records = record.Kind[Deal]{Name: "deal", Prefix: "GD", Fields: dealFields, Head: func(d *Deal) *record.Head { return &d.Head }}.Prepare()

// Entry is a line of a deal's time line. It is never changed.
type Entry struct {
	ID       string
	At       int64 // when.Micro
	By       account.ID
	Side     Side   // "" for the exchange
	Audience string // "all", or the side that alone reads it
	Kind     string // one of EntryKinds, or the name of an act
	Words    string
	Held     when.Day // of a visit or call
	About    string
}

// EntryKinds are the kinds of entries that people write.
var EntryKinds = []string{"message", "visit", "call", "minutes"}

// Person is somebody who takes part.
type Person struct {
	Account account.ID
	Side    Side
	Duty    string
	Since   int64
}

// Organisation returns the organisation of a side.
func (d *Deal) Organisation(s Side) string {
	if s == Supplier {
		return d.Supplier
	}
	return d.Receiver
}

// Room is a deal as one of its people sees it.
type Room struct {
	*Deal
	Side    Side // "" for those of the exchange who look on
	People  []Person
	Brokers []Part // that take part under a mandate in force
}

// Enter returns a deal with the side of who enters: somebody who was named for a side whose organisation
// he still belongs to, whoever speaks for the organisation of a side or for a broker under a mandate in
// force, or, reading only, those of the
// exchange who see all. For everybody else there is no such deal.
func Enter(tx *db.Tx, a account.Actor, id string) (*Room, error) {
	d, err := Records.Get(tx, id)
	if err != nil {
		return nil, err
	}
	r := &Room{Deal: d}
	if r.People, err = peopleOf(tx, id); err != nil {
		return nil, err
	}
	if r.Brokers, err = brokersOf(tx, id, when.DayOf(tx.Now)); err != nil {
		return nil, err
	}
	for _, b := range r.Brokers {
		if a.Manages(b.Broker) {
			r.Side = Broker
		}
	}
	for _, side := range []Side{Supplier, Receiver} {
		if a.Manages(d.Organisation(side)) {
			r.Side = side
		}
	}
	for _, p := range r.People {
		if p.Account == a.ID && a.In(d.Organisation(p.Side)) {
			r.Side = p.Side
		}
	}
	if r.Side == "" && !a.SeesAll() {
		return nil, found()
	}
	return r, nil
}

// Acts reports whether who entered may act for a side.
func (r *Room) Acts(a account.Actor) bool {
	return (r.Side == Supplier || r.Side == Receiver) && !a.Is(account.Inspector)
}

// begin opens the deal of an enquiry that both agreed on: who holds an offer supplies, who holds a need
// receives. Those who asked and answered take part, a broker who answered under his mandate.
func (x *Deals) begin(tx *db.Tx, a account.ID, e *Enquiry) (*Deal, error) {
	l, err := x.Listing(tx, e.Kind, e.Listing)
	if err != nil {
		return nil, err
	}
	d := &Deal{Enquiry: e.ID, Kind: e.Kind, Listing: e.Listing, Title: l.Title, Supplier: e.Holder, Receiver: e.Owner, Moved: when.Micro(tx.Now)}
	if e.Kind == "need" {
		d.Supplier, d.Receiver = e.Owner, e.Holder
	}
	d.State = Begun
	if err := Records.New(tx, a, "deal.begun", d); err != nil {
		return nil, err
	}
	holder, asker := Supplier, Receiver
	if e.Kind == "need" {
		holder, asker = Receiver, Supplier
	}
	people := map[account.ID]Side{e.By: asker, account.ID(e.AnsweredBy): holder}
	for who, side := range people {
		if who == "" {
			continue
		}
		if err := addPerson(tx, d.ID, a, Person{Account: who, Side: side}); err != nil {
			return nil, err
		}
	}
	if err := x.line(tx, d, Entry{By: a, Audience: "all", Kind: "begun", About: e.Number}); err != nil {
		return nil, err
	}
	return d, x.bringAgent(tx, a, e, d, holder)
}

// line writes an entry of the time line.
func (x *Deals) line(tx *db.Tx, d *Deal, e Entry) error {
	e.ID, e.At = db.NewID(tx.Now), when.Micro(tx.Now)
	return addEntry(tx, d.ID, e)
}

// step saves an act on a deal that its state allows, and writes its line.
func (x *Deals) step(tx *db.Tx, a account.Actor, r *Room, act string, e Entry, change func(*Deal)) error {
	m, err := Next(dealMoves, r.State, act)
	if err != nil {
		return err
	}
	return x.take(tx, a, r, m, e, change)
}

// take saves a move of a deal, and writes its line.
func (x *Deals) take(tx *db.Tx, a account.Actor, r *Room, m Move, e Entry, change func(*Deal)) error {
	act := m.Act
	d := Records.Copy(r.Deal)
	d.State, d.Moved = m.To, when.Micro(tx.Now)
	if change != nil {
		change(d)
	}
	if err := Records.Save(tx, a.ID, "deal."+act, r.Deal, d); err != nil {
		return err
	}
	*r.Deal = *d
	e.By, e.Side, e.Kind, e.Audience = a.ID, r.Side, act, "all"
	return x.line(tx, d, e)
}

// Write adds a message, or a visit, a call or minutes with their day, for both sides or one's own.
// A first visit, call or minutes begins the evaluation. A broker writes for all: brokers of both sides
// would read each other's notes.
func (x *Deals) Write(tx *db.Tx, a account.Actor, r *Room, e Entry, own bool) error {
	if r.Side == "" || a.Is(account.Inspector) || own && r.Side == Broker {
		return notYours()
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	if !slices.Contains(EntryKinds, e.Kind) {
		f.At("kind", "field.needed")
	}
	if e.Words == "" {
		f.At("words", "field.needed")
	}
	if n := utf8.RuneCountInString(e.Words); n > 8000 {
		f.At("words", "field.too_long", "N", n, "Most", 8000)
	}
	if e.Kind != "message" && e.Held.Zero() {
		f.At("held_on", "field.needed")
	}
	if r.State == Stopped {
		return fault.New(fault.Conflict, "deal.move_not_possible")
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if e.Kind == "message" {
		e.Held = when.Day{}
	}
	if e.Kind != "message" && r.State == Begun && r.Acts(a) {
		if err := x.step(tx, a, r, "evaluation", Entry{}, nil); err != nil {
			return err
		}
	}
	e.By, e.Side, e.Audience = a.ID, r.Side, "all"
	if own {
		e.Audience = string(r.Side)
	}
	if err := x.line(tx, r.Deal, e); err != nil {
		return err
	}
	return touch(tx, r.Deal)
}

// Name makes somebody of one's own organisation take part, by whoever speaks for it.
func (x *Deals) Name(tx *db.Tx, a account.Actor, r *Room, p Person) error {
	if !r.Acts(a) || !a.Manages(r.Organisation(r.Side)) {
		return notYours()
	}
	if slices.ContainsFunc(r.People, func(one Person) bool { return one.Account == p.Account && one.Side == r.Side }) {
		return fault.New(fault.Conflict, "deal.person_already")
	}
	if x.Members != nil {
		all, err := x.Members(tx, r.Organisation(r.Side))
		if err != nil {
			return err
		}
		if !slices.Contains(all, p.Account) {
			return fault.New(fault.Invalid, "deal.invalid").At("account", "field.not_in_list")
		}
	}
	if n := utf8.RuneCountInString(p.Duty); n > 100 {
		return fault.New(fault.Invalid, "deal.invalid").At("duty", "field.too_long", "N", n, "Most", 100)
	}
	p.Side = r.Side
	if err := addPerson(tx, r.ID, a.ID, p); err != nil {
		return err
	}
	return x.line(tx, r.Deal, Entry{By: a.ID, Side: r.Side, Audience: string(r.Side), Kind: "person_named", About: string(p.Account)})
}

// Dismiss ends somebody's part on one's own side.
func (x *Deals) Dismiss(tx *db.Tx, a account.Actor, r *Room, who account.ID) error {
	if !r.Acts(a) || !a.Manages(r.Organisation(r.Side)) {
		return notYours()
	}
	done, err := endPerson(tx, r.ID, who, r.Side)
	if err != nil {
		return err
	}
	if !done {
		return found()
	}
	return x.line(tx, r.Deal, Entry{By: a.ID, Side: r.Side, Audience: string(r.Side), Kind: "person_left", About: string(who)})
}

// Stop ends a deal with a coded reason. That the sides closed it outside is an outcome like others.
func (x *Deals) Stop(tx *db.Tx, a account.Actor, r *Room, reason, note string) error {
	if !r.Acts(a) {
		return notYours()
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	if !x.Codes.Has("stop_reasons", reason) {
		f.At("reason", "field.needed")
	}
	if reason == "other" && note == "" {
		f.At("note", "enquiry.needs_words")
	}
	if n := utf8.RuneCountInString(note); n > 2000 {
		f.At("note", "field.too_long", "N", n, "Most", 2000)
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if err := x.step(tx, a, r, "stop", Entry{Words: note, About: reason}, func(d *Deal) { d.Reason, d.Note = reason, note }); err != nil {
		return err
	}
	return endVersions(tx, r.ID, "closed")
}
