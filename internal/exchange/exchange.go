package exchange

import (
	"embed"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/likeness"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/search"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Schema is the exchange's tables.
//
//go:embed schema/*.sql
var Schema embed.FS

// Config is what the exchange needs of the house.
type Config struct {
	Codes *record.Codes
	Names func(tx *db.Tx, ids ...string) (map[string]lang.Both, error) // of organisations
	// Identity returns the words that give an organisation away: names, addresses, numbers.
	Identity func(tx *db.Tx, id string) ([]string, error)
	// Units returns the organisations that an account belongs to.
	Units func(tx *db.Tx, id account.ID) ([]string, error)
	// Admitted returns what a signed-in reader may see beyond that: who was admitted by the owner to
	// an accepted enquiry or has signed. Nobody is when it is nil.
	Admitted func(tx *db.Tx, actor account.Actor, kind, id string) (field.Level, error)
	// Index is the search index; it may be replaced by a newer one at any time.
	Index func() *search.Index
	// Aside is the index of what is not on the floor, in which only copies are looked for.
	Aside func() *search.Index
	// Dictionary finds the words of a text that have equivalents in the other language; copies are
	// compared across languages by figures and names alone when it is nil.
	Dictionary likeness.Dictionary
	// Indexed is how far of the ledger the indexes hold; all of it when it is nil.
	Indexed func() int64
	// Files is where documents lie; without it none can be uploaded.
	Files *file.Store
	// People returns the names of accounts; names stay unknown when it is nil.
	People func(tx *db.Tx, ids ...string) (map[string]string, error)
	// Settings are the numbers that an administrator may change; the usual ones when it is nil.
	Settings *record.Settings
	// Missed is told the words that readers sought in vain; nobody is when it is nil.
	Missed func(words ...string)
	// Tell sends a letter to those who speak for an organisation; nothing is sent when it is nil.
	Tell func(tx *db.Tx, organisation, letter string, args ...any) error
}

// Exchange is the floor with its two shelves.
type Exchange struct {
	Config
	Offers *Shelf[Offer]
	Needs  *Shelf[Need]
	fresh  freshKept
}

// Settings are the numbers of the exchange that an administrator may change.
var Settings = []record.Setting{
	{Name: "listing.lifetime_days", Usual: 180, Least: 30, Most: 730},
	{Name: "need.reply_days", Usual: 20, Least: 1, Most: 90},
	{Name: "review.reaudit_share", Usual: 2, Least: 0, Most: 100},
}

// Lifetime is how many days a listing stays on the floor before it must be renewed.
func (x *Exchange) Lifetime() int { return int(x.Settings.Int("listing.lifetime_days")) }

// ReplyDays is how many working days an officer has for the answer to a need.
func (x *Exchange) ReplyDays() int { return int(x.Settings.Int("need.reply_days")) }

// ReauditShare is how many of a hundred published listings are drawn for a re-audit each quarter.
func (x *Exchange) ReauditShare() int { return int(x.Settings.Int("review.reaudit_share")) }

// New returns an exchange.
func New(c Config) *Exchange {
	if c.Settings == nil {
		c.Settings = record.NewSettings(Settings...)
	}
	x := &Exchange{Config: c}
	x.Offers = &Shelf[Offer]{x: x, Kind: Offers, Listing: func(o *Offer) *Listing { return &o.Listing }, check: (*Offer).check, second: (*Offer).SecondLook}
	x.Needs = &Shelf[Need]{x: x, Kind: Needs, Listing: func(n *Need) *Listing { return &n.Listing }, check: (*Need).check, second: (*Need).SecondLook}
	return x
}

// tell sends a letter about a listing to its owner.
func (x *Exchange) tell(tx *db.Tx, l *Listing, letter string, args ...any) error {
	if x.Tell == nil {
		return nil
	}
	return x.Tell(tx, l.Owner, letter, append(args, "Number", l.Number, "ID", l.ID)...)
}

func (s *Shelf[T]) tellOwner(tx *db.Tx, id, letter string, args ...any) error {
	r, err := s.Kind.Get(tx, id)
	if err != nil {
		return err
	}
	return s.x.tell(tx, s.Listing(r), letter, append(args, "Path", "/"+s.Kind.Name+"s/"+id)...)
}

// sameUnit reports whether both officers belong to one organisation.
func (x *Exchange) sameUnit(tx *db.Tx, first account.ID, second account.Actor) (bool, error) {
	if x.Units == nil {
		return false, nil
	}
	units, err := x.Units(tx, first)
	if err != nil {
		return false, err
	}
	for _, unit := range units {
		if second.In(unit) {
			return true, nil
		}
	}
	return false, nil
}
