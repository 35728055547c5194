package alert

import (
	"slices"
	"strings"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/search"
	"chonoi/internal/search/standing"
)

// found is a listing that a search found, as its reader may see it now, with the reasons.
type found struct {
	finding
	title   lang.Both
	owner   lang.Both // empty when readers are not told
	unnamed bool      // the owner does not tell who they are
	price   int64
	trl     int64
	words   []string // of the search that stand in it
	filters []string // that it passes, named
}

func (f found) path() string { return "/" + f.key.Kind + "s/" + f.key.ID }

// group is what one search found.
type group struct {
	search *Search
	items  []found
}

// groups returns what searches found as their reader may see it now: what is on the floor, still meets
// the search, and is not the reader's own. A listing that was found more than once is told by its
// newest finding. The listing of a search must still be on the floor, and the reader speak for it.
func (a *Alerts) groups(tx *db.Tx, who *account.Account, all []finding) ([]group, error) {
	var ids []string
	var keys []search.Key
	for _, f := range all {
		if !slices.Contains(ids, f.search) {
			ids = append(ids, f.search)
		}
		keys = append(keys, f.key)
	}
	list, err := searchesByID(tx, ids)
	if err != nil {
		return nil, err
	}
	list = slices.DeleteFunc(list, func(s *Search) bool { return s.Account != who.ID || !s.Deleted.IsZero() })
	for _, s := range list {
		if !s.Typed() {
			keys = append(keys, s.Listing)
		}
	}
	l, err := a.sighted(tx, keys)
	if err != nil {
		return nil, err
	}
	var groups []group
	for _, s := range list {
		g, err := a.group(tx, who, s, all, l)
		if err != nil {
			return nil, err
		}
		if len(g.items) > 0 {
			groups = append(groups, g)
		}
	}
	slices.SortStableFunc(groups, func(x, y group) int { return slices.Index(ids, x.search.ID) - slices.Index(ids, y.search.ID) })
	return groups, nil
}

// sighting is listings as everybody may see them now, and whose they are.
type sighting struct {
	docs    map[search.Key]*search.Doc
	holders map[search.Key]Holder
	names   map[string]lang.Both
}

func (a *Alerts) sighted(tx *db.Tx, keys []search.Key) (sighting, error) {
	slices.SortFunc(keys, func(x, y search.Key) int { return strings.Compare(x.Kind+x.ID, y.Kind+y.ID) })
	keys = slices.Compact(keys)
	l := sighting{docs: map[search.Key]*search.Doc{}}
	docs, err := a.Docs(tx, keys)
	if err != nil {
		return l, err
	}
	var owners []string
	for i := range docs {
		l.docs[docs[i].Key()] = &docs[i]
		owners = append(owners, docs[i].Facets["owner"]...)
	}
	slices.Sort(owners)
	if l.names, err = a.Names(tx, slices.Compact(owners)...); err != nil {
		return l, err
	}
	l.holders, err = a.Holders(tx, keys)
	return l, err
}

// group compares one search anew with what it found.
func (a *Alerts) group(tx *db.Tx, who *account.Account, s *Search, all []finding, l sighting) (g group, err error) {
	reader := actorOf(who)
	own := l.docs[s.Listing]
	if !s.Typed() && (own == nil || !reader.In(l.holders[s.Listing].Owner)) {
		return g, nil
	}
	q := a.query(s, own)
	w := a.none()
	w.Put(standing.Watch{ID: s.ID, Query: q})
	var filters []string
	if s.Typed() {
		filters = a.Filters(tx, reader, who.Locale, q)
	}
	g.search = s
	for _, f := range all {
		doc := l.docs[f.key]
		if at := slices.IndexFunc(g.items, func(o found) bool { return o.key == f.key }); at >= 0 && f.search == s.ID {
			g.items[at].join(f)
			continue
		}
		if f.search != s.ID || doc == nil || reader.In(l.holders[f.key].Owner) {
			continue
		}
		met := w.Match(*doc)
		if len(met) == 0 {
			continue
		}
		one := found{finding: f, title: doc.Fields[search.Title], price: doc.Price, trl: doc.TRL, words: met[0].Words, filters: filters, unnamed: true}
		for _, owner := range doc.Facets["owner"] {
			one.owner, one.unnamed = l.names[owner], false
		}
		g.items = append(g.items, one)
	}
	return g, nil
}

// join adds what an earlier finding of the same listing told.
func (f *found) join(earlier finding) {
	weight := []string{changed, again, fresh}
	if slices.Index(weight, earlier.what) > slices.Index(weight, f.what) {
		f.what = earlier.what
	}
	for _, fact := range strings.Fields(earlier.facts) {
		if !slices.Contains(strings.Fields(f.facts), fact) {
			f.facts = strings.TrimSpace(f.facts + " " + fact)
		}
	}
}

// mostWords is how many words of a whole listing are told as a reason.
const mostWords = 8

// reasons says why a listing is told: what happened to it, and what of the search it meets.
func (a *Alerts) reasons(tag lang.Tag, f found) []string {
	all := []string{a.Words.T(tag, "alert.what_"+f.what)}
	for _, fact := range strings.Fields(f.facts) {
		switch {
		case f.what == fresh:
		case fact == "price" && f.price > 0:
			all = append(all, a.Words.T(tag, "alert.fact_price", "Price", lang.Money(tag, f.price)))
		case fact == "trl" && f.trl > 0:
			all = append(all, a.Words.T(tag, "alert.fact_trl", "TRL", f.trl))
		case fact == "summary":
			all = append(all, a.Words.T(tag, "alert.fact_summary"))
		}
	}
	if len(f.words) > 0 {
		all = append(all, a.Words.T(tag, "alert.why_words", "Words", strings.Join(f.words[:min(mostWords, len(f.words))], ", ")))
	}
	if len(f.filters) > 0 {
		all = append(all, a.Words.T(tag, "alert.why_filters", "Filters", strings.Join(f.filters, "; ")))
	}
	if len(f.words)+len(f.filters) == 0 {
		all = append(all, a.Words.T(tag, "alert.why_all"))
	}
	return all
}

func (a *Alerts) owner(tag lang.Tag, f found) string {
	if f.unnamed {
		return a.Words.T(tag, "alert.unnamed")
	}
	return f.owner.In(tag)
}

// month is the time in which findings are counted on the page.
const month = 30 * 24 * time.Hour
