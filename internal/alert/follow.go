package alert

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/ledger"
	"chonoi/internal/search"
	"chonoi/internal/search/standing"
)

const (
	entriesAtOnce = 500

	overlap = 2 * time.Minute
)

// FollowAll reads the ledger to its end and keeps what the saved searches find. It may run as often
// as one likes, on many nodes: where it stands is kept with what it found.
func (a *Alerts) FollowAll(ctx context.Context, d *db.DB) error {
	for more := true; more; {
		err := d.Update(ctx, func(tx *db.Tx) (err error) {
			more, err = a.Follow(tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Follow reads some entries of the ledger, and reports whether more wait. The first time it only
// takes note of where the ledger ends, and lets every listing on the floor look from there on.
func (a *Alerts) Follow(tx *db.Tx) (more bool, err error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	seq, begun, err := cursor(tx)
	if err != nil {
		return false, err
	}
	if !begun {
		return false, a.begin(tx)
	}
	entries, err := ledger.Since(tx, seq, entriesAtOnce)
	if err != nil || len(entries) == 0 {
		return false, err
	}
	last := map[search.Key]int64{}
	var keys []search.Key
	for _, e := range entries {
		if e.Kind != "offer" && e.Kind != "need" {
			continue
		}
		key := search.Key{Kind: e.Kind, ID: e.ID}
		if last[key] == 0 {
			keys = append(keys, key)
		}
		last[key] = e.Seq
	}
	if err := a.compare(tx, keys, last); err != nil {
		return false, err
	}
	return len(entries) == entriesAtOnce, setCursor(tx, entries[len(entries)-1].Seq)
}

// begin takes note of the floor as it is: what stands on it is no news, and looks from now on.
func (a *Alerts) begin(tx *db.Tx) error {
	seq, err := ledger.Head(tx)
	if err != nil {
		return err
	}
	var keys []search.Key
	if err := a.OnTheFloor(tx, func(key search.Key) error { keys = append(keys, key); return nil }); err != nil {
		return err
	}
	for some := range slices.Chunk(keys, atOnceAsked) {
		docs, err := a.Docs(tx, some)
		if err != nil {
			return err
		}
		holders, err := a.Holders(tx, some)
		if err != nil {
			return err
		}
		for i := range docs {
			if err := remember(tx, sightOf(&docs[i])); err != nil {
				return err
			}
			if err := a.look(tx, &docs[i], holders[docs[i].Key()], seq); err != nil {
				return err
			}
		}
	}
	return setCursor(tx, seq)
}

// sight is what of a listing is compared to see what is worth telling. What not everybody may see has
// no part in it.
type sight struct {
	key        search.Key
	onFloor    bool
	price, trl int64
	summary    string
}

func sightOf(doc *search.Doc) sight {
	text := doc.Fields[search.Summary]
	sum := sha256.Sum256([]byte(text.Vi + "\x00" + text.En))
	return sight{doc.Key(), true, doc.Price, doc.TRL, hex.EncodeToString(sum[:12])}
}

// The reasons for which a listing is told.
const (
	fresh   = "new"
	again   = "again" // back on the floor
	changed = "changed"
)

// news tells what of a listing is worth telling, "" when nothing is: what is not told any more is no
// news.
func (s sight) news(before sight, known bool) (what string, facts []string) {
	if !known {
		return fresh, nil
	}
	for fact, differs := range map[string]bool{"price": s.price > 0 && s.price != before.price, "trl": s.trl > 0 && s.trl != before.trl, "summary": s.summary != before.summary} {
		if differs {
			facts = append(facts, fact)
		}
	}
	slices.Sort(facts)
	switch {
	case !before.onFloor:
		return again, facts
	case len(facts) > 0:
		return changed, facts
	}
	return "", nil
}

// compare keeps what the listings of some entries are worth telling, and to which searches.
func (a *Alerts) compare(tx *db.Tx, keys []search.Key, last map[search.Key]int64) error {
	docs, err := a.Docs(tx, keys)
	if err != nil {
		return err
	}
	before, err := sights(tx, keys)
	if err != nil {
		return err
	}
	holders, err := a.Holders(tx, keys)
	if err != nil {
		return err
	}
	there := map[search.Key]bool{}
	for i := range docs {
		there[docs[i].Key()] = true
		if err := a.look(tx, &docs[i], holders[docs[i].Key()], last[docs[i].Key()]); err != nil {
			return err
		}
	}
	for _, key := range keys {
		if one, known := before[key]; known && one.onFloor && !there[key] {
			if err := leave(tx, one); err != nil {
				return err
			}
		}
	}
	if err := a.sync(tx); err != nil {
		return err
	}
	readers := people{a: a, tx: tx, known: map[account.ID]*account.Account{}}
	for i := range docs {
		doc, now := &docs[i], sightOf(&docs[i])
		old, known := before[doc.Key()]
		if known && now == old {
			continue
		}
		if err := remember(tx, now); err != nil {
			return err
		}
		what, facts := now.news(old, known)
		if what == "" {
			continue
		}
		f := finding{key: doc.Key(), seq: last[doc.Key()], what: what, facts: strings.Join(facts, " "), at: tx.Now}
		met, err := standing.Confirmed(tx.Context(), a.Index(), doc.Key(), a.watches.Match(*doc), a.watches.Query)
		if err != nil {
			return err
		}
		if err := a.tell(tx, &readers, f, met, holders[doc.Key()].Owner); err != nil {
			return err
		}
	}
	return nil
}

// look lets a listing look for its counterpart, for each of the people who are told for it.
func (a *Alerts) look(tx *db.Tx, doc *search.Doc, h Holder, seq int64) error {
	title, tongue := doc.Fields[search.Title].Best("vi")
	if len([]rune(title)) > longestName {
		title = string([]rune(title)[:longestName])
	}
	if err := renameWatches(tx, doc.Kind, doc.ID, title); err != nil {
		return err
	}
	for _, who := range h.People {
		s := &Search{ID: db.NewID(tx.Now), Account: who, Name: title, Tongue: tongue, Listing: doc.Key(), Rhythm: Daily, Since: seq, Created: tx.Now, Changed: tx.Now}
		if err := insertWatch(tx, s); err != nil {
			return err
		}
	}
	return nil
}

// tell keeps a finding for those of the searches that are met which watch, watched before, and are
// of nobody who speaks for the listing's own organisation.
func (a *Alerts) tell(tx *db.Tx, readers *people, f finding, met []standing.Met, owner string) error {
	ids := make([]string, len(met))
	for i, m := range met {
		ids[i] = m.ID
	}
	all, err := searchesByID(tx, ids)
	if err != nil {
		return err
	}
	for _, s := range all {
		if !s.Watching() || s.Since >= f.seq {
			continue
		}
		if own, err := readers.speak(s.Account, owner); err != nil || own {
			if err != nil {
				return err
			}
			continue
		}
		f.search = s.ID
		if err := insertFinding(tx, f); err != nil {
			return err
		}
	}
	return nil
}

// people are accounts that were read in one go.
type people struct {
	a     *Alerts
	tx    *db.Tx
	known map[account.ID]*account.Account
}

func (p *people) get(id account.ID) (*account.Account, error) {
	if who, ok := p.known[id]; ok {
		return who, nil
	}
	who, err := p.a.Accounts.Get(p.tx, id)
	if err != nil {
		return nil, fmt.Errorf("read whose search it is: %w", err)
	}
	p.known[id] = who
	return who, nil
}

// speak reports whether a person acts for an organisation.
func (p *people) speak(id account.ID, organisation string) (bool, error) {
	who, err := p.get(id)
	if err != nil {
		return false, err
	}
	return actorOf(who).In(organisation), nil
}

// actorOf is a person as their rights are asked for.
func actorOf(who *account.Account) account.Actor {
	return account.Actor{ID: who.ID, Name: who.Name, Email: who.Email, Roles: who.Roles, Memberships: who.Memberships, Locale: who.Locale}
}

// sync brings the watches in memory to what the database holds. What another node changed is among
// what changed of late; what is gone altogether is seen by the count.
func (a *Alerts) sync(tx *db.Tx) error {
	late, err := changedSince(tx, a.synced.Add(-overlap))
	if err != nil {
		return err
	}
	if a.synced.IsZero() {
		late = slices.DeleteFunc(late, func(s *Search) bool { return !s.Watching() })
	}
	if err := a.take(tx, late); err != nil {
		return err
	}
	a.synced = tx.Now
	n, err := countWatching(tx)
	if err != nil || n == len(a.known) {
		return err
	}
	ids, err := watchingIDs(tx)
	if err != nil {
		return err
	}
	there := make(map[string]bool, len(ids))
	var missing []string
	for _, id := range ids {
		there[id] = true
		if !a.known[id] {
			missing = append(missing, id)
		}
	}
	for id := range a.known {
		if !there[id] {
			a.drop(id)
		}
	}
	more, err := searchesByID(tx, missing)
	if err != nil {
		return err
	}
	return a.take(tx, more)
}

func (a *Alerts) drop(id string) {
	delete(a.known, id)
	a.watches.Delete(id)
}

// take puts searches among the watches, or takes them away when they watch no more.
func (a *Alerts) take(tx *db.Tx, all []*Search) error {
	looking := map[search.Key][]*Search{}
	var keys []search.Key
	for _, s := range all {
		switch {
		case !s.Watching():
			a.drop(s.ID)
		case s.Typed():
			a.known[s.ID] = true
			a.watches.Put(standing.Watch{ID: s.ID, Query: a.query(s, nil)})
		default:
			a.known[s.ID] = true
			if looking[s.Listing] == nil {
				keys = append(keys, s.Listing)
			}
			looking[s.Listing] = append(looking[s.Listing], s)
		}
	}
	for some := range slices.Chunk(keys, atOnceAsked) {
		docs, err := a.Docs(tx, some)
		if err != nil {
			return err
		}
		there := map[search.Key]bool{}
		for i := range docs {
			there[docs[i].Key()] = true
			for _, s := range looking[docs[i].Key()] {
				a.watches.Put(standing.Watch{ID: s.ID, Query: a.query(s, &docs[i])})
			}
		}
		for _, key := range some {
			if !there[key] { // off the floor: it looks again when it is back
				for _, s := range looking[key] {
					a.watches.Delete(s.ID)
				}
			}
		}
	}
	return nil
}

// leave remembers that a listing left the floor, where it no longer looks.
func leave(tx *db.Tx, s sight) error {
	s.onFloor = false
	if err := remember(tx, s); err != nil {
		return err
	}
	return touchWatches(tx, s.key.Kind, s.key.ID)
}
