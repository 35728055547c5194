// Package sale is how an owner sells what stands on the floor to whoever offers most or best: at a fixed
// price, by a call for proposals, by sealed bids, by an auction against the clock. Money stays outside:
// a deposit is a record of what the seller says came in.
package sale

import (
	"embed"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/document/paper"
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

// Schema is the tables of sales.
//
//go:embed schema/*.sql
var Schema embed.FS

// Sale is an offer of the floor put up for sale in public (mở bán). Its owner is the seller. What it says
// is fixed when it is announced.
type Sale struct {
	record.Head
	Listing     string // offer of the floor
	Mode        string // one of Modes
	Title       lang.Both
	Right       string // of the list rights
	Territory   string
	Months      int64 // term; 0 is without end
	Conditions  lang.Both
	Screened    bool  // the seller admits each bidder
	Deposit     int64 // whole đồng; 0 for none
	Start       int64 // the fixed price; the least that is offered; 0 for none
	Reserve     int64 // least price at which the seller sells, known to the seller alone; 0 for none
	Step        int64 // of an auction: by how much a bid must be above the last
	Extension   int64 // of an auction: minutes that always remain after a bid
	RevealHours int64 // of sealed bids: in which they are opened after the deadline
	ResultOpen  bool  // who wins, and at what price, is public
	Opens       int64 // when.Micro
	Closes      int64 // when.Micro; a late bid of an auction moves it
	Revealed    int64 // when.Micro of the end of the opening
	Top         int64 // of an auction
	Leader      string
	Bids        int64 // of an auction
	Winner      string
	Price       int64
	Deal        string
	Reason      string // why nothing was sold: a code of Reasons
	Note        string
}

// The modes of a sale.
const (
	Fixed   = "fixed_price"
	Call    = "call"
	Sealed  = "sealed_bids"
	Auction = "auction"
)

// Modes lists the modes in the order of the form.
var Modes = []string{Fixed, Call, Sealed, Auction}

// Reasons are why a sale ended without a buyer.
var Reasons = []string{"no_bids", "not_opened", "reserve_not_met", "no_award"}

var saleFields = field.Set[Sale]{
	field.Text("listing", func(s *Sale) *string { return &s.Listing }).Acts(),
	field.Text("mode", func(s *Sale) *string { return &s.Mode }).Acts(),
	field.Both("title", func(s *Sale) *lang.Both { return &s.Title }).Acts(),
	field.Code("use_right", "rights", func(s *Sale) *string { return &s.Right }).Needed().In("what"),
	field.Text("territory", func(s *Sale) *string { return &s.Territory }).In("what"),
	field.Int("months", 0, 1200, func(s *Sale) *int64 { return &s.Months }).In("what"),
	field.Long("conditions", func(s *Sale) *lang.Both { return &s.Conditions }).In("who").UpTo(4000),
	field.Flag("screened", func(s *Sale) *bool { return &s.Screened }).In("who"),
	field.Money("deposit", func(s *Sale) *int64 { return &s.Deposit }).In("who"),
	field.Money("start_price", func(s *Sale) *int64 { return &s.Start }).In("price"),
	field.Money("reserve", func(s *Sale) *int64 { return &s.Reserve }).In("price").Closed(field.OwnerOnly),
	field.Money("step", func(s *Sale) *int64 { return &s.Step }).In("price"),
	field.Int("extension", 0, 60, func(s *Sale) *int64 { return &s.Extension }).In("when"),
	field.Int("reveal_hours", 0, 240, func(s *Sale) *int64 { return &s.RevealHours }).In("when"),
	field.Flag("result_open", func(s *Sale) *bool { return &s.ResultOpen }).In("who"),
	field.Int("opens_at", 0, 1<<62, func(s *Sale) *int64 { return &s.Opens }).Acts(),
	field.Int("closes_at", 0, 1<<62, func(s *Sale) *int64 { return &s.Closes }).Acts(),
	field.Int("revealed_at", 0, 1<<62, func(s *Sale) *int64 { return &s.Revealed }).Acts(),
	field.Money("top", func(s *Sale) *int64 { return &s.Top }).Acts(),
	field.Text("leader", func(s *Sale) *string { return &s.Leader }).Acts(),
	field.Int("bids", 0, 1<<62, func(s *Sale) *int64 { return &s.Bids }).Acts(),
	field.Text("winner", func(s *Sale) *string { return &s.Winner }).Acts(),
	field.Money("price", func(s *Sale) *int64 { return &s.Price }).Acts(),
	field.Text("deal", func(s *Sale) *string { return &s.Deal }).Acts(),
	field.Text("reason", func(s *Sale) *string { return &s.Reason }).Acts(),
	field.Text("note", func(s *Sale) *string { return &s.Note }).Acts(),
}

// Sales is the kind of record that Sale is.
var Sales = record.Kind[Sale]{Name: "sale", Prefix: "MB", Fields: saleFields, Head: func(s *Sale) *record.Head { return &s.Head }}.Prepare()

// House is the sales of an exchange and their pages.
type House struct {
	Deals    *deal.Deals
	Codes    *record.Codes
	Settings *record.Settings
	Layouts  *paper.Layouts
	// Tell sends a letter to those who speak for an organisation; nothing is sent when it is nil.
	Tell func(tx *db.Tx, organisation, letter string, args ...any) error
}

// Settings are the numbers of sales that an administrator may change.
var Settings = []record.Setting{
	{Name: "sale.notice_days", Usual: 7, Least: 0, Most: 90}, // between the announcement and the first bid
}

func (x *House) tell(tx *db.Tx, organisation, letter string, s *Sale, args ...any) error {
	if x.Tell == nil {
		return nil
	}
	return x.Tell(tx, organisation, letter, append([]any{"Number", s.Number, "Path", "/sales/" + s.ID}, args...)...)
}

// Of returns a sale as somebody may see it, to be shown and never saved: a draft is the seller's own, the reserve is known to the
// seller alone, and who won at what price to those who took part, unless it is public.
func Of(tx *db.Tx, a account.Actor, id string) (*Sale, error) {
	s, err := Sales.Get(tx, id)
	if err != nil {
		return nil, err
	}
	if s.State == Draft && !a.In(s.Owner) {
		return nil, found()
	}
	if a.In(s.Owner) {
		return s, nil
	}
	s.Reserve = 0
	if !s.ResultOpen && !a.SeesAll() {
		mine, err := BiddersFor(tx, s, a)
		if err != nil {
			return nil, err
		}
		if len(mine) == 0 {
			s.Winner, s.Leader, s.Deal, s.Note = "", "", "", ""
			if s.Mode != Auction {
				s.Price = 0
			}
		}
	}
	return s, nil
}

// Whole returns a sale with all that it says, to act on: never to be shown.
func Whole(tx *db.Tx, a account.Actor, id string) (*Sale, error) {
	s, err := Sales.Get(tx, id)
	if err == nil && s.State == Draft && !a.In(s.Owner) {
		return nil, found()
	}
	return s, err
}

// Bidding reports whether bids are taken at an instant.
func (s *Sale) Bidding(now time.Time) bool {
	return (s.State == Announced || s.State == Open) && when.Micro(now) >= s.Opens && when.Micro(now) < s.Closes
}

// Opening reports whether sealed bids are opened at an instant.
func (s *Sale) Opening(now time.Time) bool {
	at := when.Micro(now)
	return s.Mode == Sealed && (s.State == Announced || s.State == Open || s.State == Revealing) && at >= s.Closes && at < s.Revealed
}

// Least returns the least that the next bid of an auction may be.
func (s *Sale) Least() int64 {
	if s.Bids == 0 {
		return s.Start
	}
	return s.Top + s.Step
}

func found() error    { return fault.New(fault.NotFound, "record.not_found") }
func notYours() error { return fault.New(fault.Forbidden, "sale.not_yours") }
func tooLate() error  { return fault.New(fault.Conflict, "sale.not_now") }
