// Package deal is what becomes of a listing between two sides: the enquiry, the room in which they
// talk, offers and counter-offers, and what they agree on. Every act is a row of a table of moves.
package deal

import (
	"embed"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/route"
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

// Schema is the tables of deals.
//
//go:embed schema/*.sql
var Schema embed.FS

// Config is what deals need of the house.
type Config struct {
	Exchange *exchange.Exchange
	Codes    *record.Codes
	Settings *record.Settings
	// Names returns what organisations are called.
	Names func(tx *db.Tx, ids ...string) (map[string]lang.Both, error)
	// Confirmed reports whether an officer confirmed the identity of an organisation.
	Confirmed func(tx *db.Tx, organisation string) (bool, error)
	// People returns the names of accounts.
	People func(tx *db.Tx, ids ...string) (map[string]string, error)
	// Members returns the accounts that act for an organisation.
	Members func(tx *db.Tx, organisation string) ([]account.ID, error)
	// Tell sends a letter to those who speak for an organisation; nothing is sent when it is nil.
	Tell func(tx *db.Tx, organisation, letter string, args ...any) error
	// Registered reports whether an organisation is on the register of intermediaries; none is when it is nil.
	Registered func(tx *db.Tx, organisation string) (bool, error)
	// Law is the editions of the rules by which the legal route of a transfer is told.
	Law *route.Editions
	// Off is the days on which no office works, beside Saturdays and Sundays; nil for none.
	Off *route.Holidays
}

// Deals is the enquiries and deals of an exchange.
type Deals struct{ Config }

// New returns the deals of an exchange.
func New(c Config) *Deals {
	if c.Settings == nil {
		c.Settings = record.NewSettings(Settings...)
	}
	return &Deals{c}
}

// Settings are the numbers of deals that an administrator may change.
var Settings = []record.Setting{
	{Name: "enquiry.answer_days", Usual: 5, Least: 1, Most: 30},     // working days
	{Name: "enquiry.silence_days", Usual: 3, Least: 1, Most: 30},    // working days after which the exchange is told
	{Name: "enquiry.lapse_days", Usual: 30, Least: 5, Most: 180},    // days after which a silent enquiry lapses
	{Name: "enquiry.monthly_quota", Usual: 20, Least: 1, Most: 500}, // enquiries of an organisation in 30 days
	{Name: "deal.report_days", Usual: 90, Least: 10, Most: 365},     // days after a year within which its sales are reported
}

func (x *Deals) days(name string) int { return int(x.Settings.Int(name)) }

// workingDays returns the day that is so many working days later.
func (x *Deals) workingDays(from when.Day, n int) when.Day {
	return when.WorkingDays(from, n, func(day when.Day) bool { return x.Off != nil && !x.Off.Working(day) })
}

func (x *Deals) tell(tx *db.Tx, organisation, letter string, args ...any) error {
	if x.Tell == nil {
		return nil
	}
	return x.Tell(tx, organisation, letter, args...)
}

// Admitted returns what a signed-in reader may see of a listing because of his organisation's
// enquiries and deals: an opened enquiry, a signed agreement that is in force.
func (x *Deals) Admitted(tx *db.Tx, a account.Actor, kind, listing string) (field.Level, error) {
	level := field.SignedIn
	for _, m := range a.Memberships {
		opened, signed, err := admittedTo(tx, m.Organisation, kind, listing, when.DayOf(tx.Now))
		if err != nil {
			return level, err
		}
		switch {
		case signed:
			return field.NDA, nil
		case opened:
			level = field.Enquiry
		}
	}
	return level, nil
}

// found is the fault for what a reader must not know of.
func found() error { return fault.New(fault.NotFound, "record.not_found") }
