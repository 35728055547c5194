package alert

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/search"
)

// Search is a search that stands and waits (tìm kiếm đã lưu): one that somebody typed, or a listing
// that looks for its counterpart.
type Search struct {
	ID      string
	Account account.ID
	Name    string
	Address string     // the query of its address; "" of a listing
	Tongue  lang.Tag   // of the page on which it was saved
	Listing search.Key // that looks; zero of one that was typed
	Rhythm  Rhythm
	Since   int64 // seq of the ledger after which it is told
	Paused  time.Time
	Deleted time.Time
	Created time.Time
	Changed time.Time
}

// Rhythm is how often letters come.
type Rhythm string

// The rhythms.
const (
	AtOnce Rhythm = "at_once" // within a minute or two
	Daily  Rhythm = "daily"   // at 07:00 in the city
	Weekly Rhythm = "weekly"  // on Mondays at 07:00
)

// Rhythms lists them in the order in which people read them.
var Rhythms = []Rhythm{AtOnce, Daily, Weekly}

// Typed reports whether somebody typed the search; a listing stands for it otherwise.
func (s *Search) Typed() bool { return s.Listing.ID == "" }

// Watching reports whether the search is neither paused nor deleted.
func (s *Search) Watching() bool { return s.Paused.IsZero() && s.Deleted.IsZero() }

// counterpart is the kind of listing that a listing looks for.
func counterpart(kind string) string {
	if kind == "need" {
		return "offer"
	}
	return "need"
}

const (
	longestName    = 120  // characters
	longestAddress = 4000 // bytes
	keptDeleted    = 30   // days in which a deleted search can be brought back
	keptFindings   = 90   // days for which findings are kept
)

// Query returns what the search asks for; doc is the listing that stands for it.
func (a *Alerts) query(s *Search, doc *search.Doc) search.Query {
	if s.Typed() {
		values, _ := url.ParseQuery(s.Address)
		q, _ := a.Read(values, s.Tongue)
		return q
	}
	q := search.Query{Whole: true, Reader: lang.Vi, Filters: map[string][]string{"kind": {counterpart(s.Listing.Kind)}}}
	q.Text = wholeText(doc, lang.Vi)
	if q.Text == "" {
		q.Text, q.Reader = wholeText(doc, lang.En), lang.En
	}
	return q
}

// wholeText is all that a listing says in a tongue.
func wholeText(doc *search.Doc, tag lang.Tag) string {
	var all []string
	for _, text := range doc.Fields {
		if one := text.Only(tag); one != "" {
			all = append(all, one)
		}
	}
	return strings.Join(all, ". ")
}

// Save keeps a search for the actor. The same search again is the one that is there already. Fields:
// "name", "rhythm".
func (a *Alerts) Save(tx *db.Tx, actor account.Actor, address, name string, rhythm Rhythm, tag lang.Tag) (*Search, error) {
	values, err := url.ParseQuery(address)
	if err != nil || len(address) > longestAddress {
		return nil, fault.New(fault.Invalid, "alert.search_amiss")
	}
	_, address = a.Read(values, tag)
	mine, err := typedOf(tx, actor.ID)
	if err != nil {
		return nil, err
	}
	typed := 0
	for _, one := range mine {
		if one.Deleted.IsZero() {
			if typed++; one.Address == address {
				return one, nil
			}
		}
	}
	if err := a.within(typed); err != nil {
		return nil, err
	}
	s := &Search{ID: db.NewID(tx.Now), Account: actor.ID, Address: address, Tongue: tag, Created: tx.Now, Changed: tx.Now}
	if err := s.describe(name, rhythm); err != nil {
		return s, err
	}
	if s.Since, err = note(tx, actor.ID, "saved", s.ID); err != nil {
		return nil, err
	}
	return s, insertSearch(tx, s)
}

func (a *Alerts) within(typed int) error {
	if typed >= a.Quota() {
		return fault.New(fault.Conflict, "alert.too_many", "N", a.Quota())
	}
	return nil
}

// describe gives the search its name and rhythm.
func (s *Search) describe(name string, rhythm Rhythm) error {
	s.Name, s.Rhythm = strings.Join(strings.Fields(lang.Clean(name)), " "), rhythm
	f := fault.New(fault.Invalid, "alert.check_fields")
	if n := utf8.RuneCountInString(s.Name); n < 1 || n > longestName {
		f.At("name", "alert.name_amiss", "Most", longestName)
	}
	if !slices.Contains(Rhythms, rhythm) {
		f.At("rhythm", "alert.rhythm_amiss")
	}
	return f.OrNil()
}

// note writes an act into the ledger. What is searched for is nobody's business there.
func note(tx *db.Tx, actor account.ID, past, id string) (int64, error) {
	return ledger.Append(tx, ledger.Note{Actor: string(actor), Act: "saved_search." + past, Kind: "saved_search", ID: id})
}

// Mine returns a search of the actor's, or NotFound: somebody else's is not said to exist.
func (a *Alerts) Mine(tx *db.Tx, actor account.Actor, id string) (*Search, error) {
	s, err := searchOf(tx, id)
	if err != nil {
		return nil, err
	}
	if s == nil || s.Account != actor.ID || !actor.SignedIn() {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return s, nil
}

// act changes a search of the actor's and notes it, unless do leaves it as it was.
func (a *Alerts) act(tx *db.Tx, actor account.Actor, id, past string, do func(s *Search) error) error {
	s, err := a.Mine(tx, actor, id)
	if err != nil {
		return err
	}
	before := *s
	if err := do(s); err != nil || *s == before {
		return err
	}
	seq, err := note(tx, actor.ID, past, s.ID)
	if err != nil {
		return err
	}
	if s.Watching() && !before.Watching() {
		s.Since = seq // what happened meanwhile is not told
		if err := dropWaiting(tx, s.ID); err != nil {
			return err
		}
	}
	s.Changed = tx.Now
	return updateSearch(tx, s)
}

// Rename gives a search another name and rhythm. Fields: "name", "rhythm". The name of one that a
// listing stands for is that of the listing and stays.
func (a *Alerts) Rename(tx *db.Tx, actor account.Actor, id, name string, rhythm Rhythm) error {
	return a.act(tx, actor, id, "renamed", func(s *Search) error {
		if !s.Typed() {
			name = s.Name
		}
		return s.describe(name, rhythm)
	})
}

// Pause lets a search rest: nothing is found and no letter comes until Resume.
func (a *Alerts) Pause(tx *db.Tx, actor account.Actor, id string) error {
	return a.act(tx, actor, id, "paused", func(s *Search) error {
		if s.Paused.IsZero() {
			s.Paused = tx.Now
		}
		return nil
	})
}

// Resume lets a paused search watch again, from now on.
func (a *Alerts) Resume(tx *db.Tx, actor account.Actor, id string) error {
	return a.act(tx, actor, id, "resumed", func(s *Search) error { s.Paused = time.Time{}; return nil })
}

// Delete takes a search away; Restore brings it back within thirty days. One that a listing stands
// for can only be paused.
func (a *Alerts) Delete(tx *db.Tx, actor account.Actor, id string) error {
	return a.act(tx, actor, id, "deleted", func(s *Search) error {
		if !s.Typed() {
			return fault.New(fault.Conflict, "alert.of_a_listing")
		}
		if s.Deleted.IsZero() {
			s.Deleted = tx.Now
		}
		return nil
	})
}

// Restore brings a deleted search back, when the actor may have one more.
func (a *Alerts) Restore(tx *db.Tx, actor account.Actor, id string) error {
	return a.act(tx, actor, id, "restored", func(s *Search) error {
		if s.Deleted.IsZero() {
			return nil
		}
		mine, err := typedOf(tx, actor.ID)
		if err != nil {
			return err
		}
		typed := 0
		for _, one := range mine {
			if one.Deleted.IsZero() {
				typed++
			}
		}
		s.Deleted = time.Time{}
		return a.within(typed)
	})
}

// LetListingsLook lets all of the actor's listings look for their counterpart again, or pauses them.
func (a *Alerts) LetListingsLook(tx *db.Tx, actor account.Actor, look bool) error {
	seq, err := note(tx, actor.ID, map[bool]string{true: "resumed", false: "paused"}[look], string(actor.ID))
	if err != nil {
		return err
	}
	return switchListings(tx, actor.ID, look, seq)
}

// Sweep removes what is kept no longer: searches that were deleted thirty days ago, and findings of
// ninety days ago.
func (a *Alerts) Sweep(tx *db.Tx) error {
	if err := sweep(tx, tx.Now.AddDate(0, 0, -keptDeleted), tx.Now.AddDate(0, 0, -keptFindings)); err != nil {
		return fmt.Errorf("sweep saved searches: %w", err)
	}
	return nil
}

// Forget erases all that is kept of a person.
func Forget(tx *db.Tx, id account.ID) error { return eraseAccount(tx, id) }
