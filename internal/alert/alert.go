// Package alert watches the floor for people: searches that they saved, and listings of theirs that
// look for their counterpart. What is found goes into letters, at once, daily or weekly.
package alert

import (
	"embed"
	"net/url"
	"sync"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/account/seal"
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
	"chonoi/internal/mail"
	"chonoi/internal/record"
	"chonoi/internal/search"
	"chonoi/internal/search/standing"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Schema is the tables of saved searches and what they found.
//
//go:embed schema/*.sql
var Schema embed.FS

// Holder is whose a listing is: the organisation, and the people who are told for it.
type Holder struct {
	Owner  string
	People []account.ID
}

// Config is what alerts need of the house.
type Config struct {
	Accounts *account.Accounts
	Settings *record.Settings
	Words    *lang.Words
	Key      *seal.Ring // signs the links that stop letters; nil while the installation has not its key
	BaseURL  string     // links in letters begin with it
	// Docs returns listings as everybody may find them; one that is not on the floor is left out.
	Docs func(tx *db.Tx, keys []search.Key) ([]search.Doc, error)
	// Holders returns whose listings are, also where readers are not told.
	Holders func(tx *db.Tx, keys []search.Key) (map[search.Key]Holder, error)
	// OnTheFloor calls take with every listing on the floor.
	OnTheFloor func(tx *db.Tx, take func(search.Key) error) error
	// Names returns the names of organisations.
	Names func(tx *db.Tx, ids ...string) (map[string]lang.Both, error)
	// Read returns what the query of a search's address asks for, and that query in its shortest form.
	Read func(values url.Values, reader lang.Tag) (search.Query, string)
	// Filters names the filters of a query to a reader.
	Filters func(tx *db.Tx, actor account.Actor, tag lang.Tag, q search.Query) []string
	// Index is the search index, Lexicon the words of both tongues.
	Index   func() *search.Index
	Lexicon func() *lexicon.Lexicon
	// Letters carries letters.
	Letters func() mail.Sender
}

// Settings are the numbers of alerts that an administrator may change.
var Settings = []record.Setting{{Name: quota, Usual: 50, Least: 1, Most: 1000}}

const quota = "alert.searches_per_person"

// Alerts are the saved searches of everybody.
type Alerts struct {
	Config
	mu      sync.Mutex // over what follows: one at a time follows the ledger
	watches *standing.Watches
	known   map[string]bool // searches that watch, whether or not their listing is on the floor
	synced  time.Time       // what changed before is known
}

// New returns the alerts of a house.
func New(c Config) *Alerts {
	a := &Alerts{Config: c, known: map[string]bool{}}
	a.watches = a.none()
	return a
}

// none returns no watches, which read searches as the index does.
func (a *Alerts) none() *standing.Watches {
	w := standing.New()
	w.HasFacet = func(facet, value string) bool { return a.Index().HasFacet(facet, value) }
	w.Frequency = func(folded string) (int, int) { return a.Index().Frequency(folded) }
	w.Lexicon = a.Lexicon
	return w
}

// Quota is how many searches one person may save.
func (a *Alerts) Quota() int { return int(a.Settings.Int(quota)) }
