package duplicate

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// pairsSize is how many pairs a page shows.
const pairsSize = 25

// pairsView is what the list of pairs is drawn from.
type pairsView struct {
	Chips      []parts.Chip
	Comparing  string // while changes are still being compared
	Value, Max string // of its bar
	Rows       []pairRow
	Pager      parts.Pager
	Nothing    *parts.Empty
}

// pairRow is one pair in the list.
type pairRow struct {
	Path, Share string
	Kind        parts.Tag
	Light       parts.Light // what was decided
	Sides       [2]pairSide
	Note        string
}

// pairSide is one of the two listings of a pair.
type pairSide struct{ Number, Title, Lang, Note string }

// asked is which pairs are asked for.
type asked struct {
	exchange.PairFilter
	decided bool
}

func readAsked(r *http.Request) asked {
	q := r.URL.Query()
	a := asked{decided: q.Get("show") == "decided"}
	a.Source = lang.Clean(q.Get("source"))
	if kind := q.Get("kind"); kind == exchange.Offers.Name || kind == exchange.Needs.Name {
		a.Kind = kind
	}
	return a
}

func (a asked) path() string {
	q := url.Values{}
	if a.Kind != "" {
		q.Set("kind", a.Kind)
	}
	if a.Source != "" && !a.decided {
		q.Set("source", a.Source)
	}
	if a.decided {
		q.Set("show", "decided")
	}
	if len(q) == 0 {
		return "/duplicates"
	}
	return "/duplicates?" + q.Encode()
}

func (d *duplicates) showPairs(w http.ResponseWriter, r *http.Request) error {
	tx, a := web.Tx(r), readAsked(r)
	after := r.URL.Query().Get("after")
	at, id, _ := strings.Cut(after, "_")
	n, _ := strconv.ParseInt(at, 10, 64)
	var list []exchange.Duplicate
	var err error
	if a.decided {
		list, err = exchange.DecidedPairs(tx, a.Kind, n, id, pairsSize+1)
	} else {
		list, err = exchange.OpenPairs(tx, a.PairFilter, int(n), id, pairsSize+1)
	}
	if err != nil {
		return err
	}
	v := pairsView{}
	if v.Chips, err = chips(r, a); err != nil {
		return err
	}
	if id != "" {
		v.Pager.First = a.path()
	}
	if len(list) > pairsSize {
		list = list[:pairsSize]
		v.Pager.Next = join(a.path(), "after="+afterOf(a, list[pairsSize-1]))
	}
	for i := range list {
		row, err := d.row(r, &list[i])
		if err != nil {
			return err
		}
		v.Rows = append(v.Rows, row)
	}
	if err := v.comparing(r); err != nil {
		return err
	}
	if len(v.Rows) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "duplicate.nothing"), Text: web.T(r, "duplicate.nothing_help")}
	}
	page := web.Page{Title: web.T(r, "duplicate.title"), Section: "/desk", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/desk", Text: web.T(r, "desk.title")}, {Text: web.T(r, "duplicate.title")}}}
	return web.Show(w, r, page, pairsPage(v))
}

func afterOf(a asked, d exchange.Duplicate) string {
	if a.decided {
		return strconv.FormatInt(when.Micro(d.Decided), 10) + "_" + d.ID
	}
	return strconv.Itoa(d.Likeness) + "_" + d.ID
}

func join(path, more string) string {
	if strings.Contains(path, "?") {
		return path + "&" + more
	}
	return path + "?" + more
}

// chips are the ways into the list: open or decided, and which kind; the source of an import can be
// taken away.
func chips(r *http.Request, now asked) ([]parts.Chip, error) {
	var all []parts.Chip
	add := func(key string, to asked, on bool) {
		chip := parts.Chip{Path: to.path(), Text: web.T(r, key)}
		if on {
			chip.Icon = "check"
		}
		all = append(all, chip)
	}
	count, err := exchange.CountPairs(web.Tx(r), now.PairFilter)
	if err != nil {
		return nil, err
	}
	add("duplicate.open", asked{PairFilter: now.PairFilter}, !now.decided)
	all[0].Count = lang.Number(web.Lang(r), int64(count))
	add("duplicate.done", asked{PairFilter: now.PairFilter, decided: true}, now.decided)
	for _, kind := range []string{exchange.Offers.Name, exchange.Needs.Name} {
		to := now
		if to.Kind = kind; now.Kind == kind {
			to.Kind = ""
		}
		add("duplicate.only_"+kind, to, now.Kind == kind)
	}
	if now.Source != "" {
		to := now
		to.Source = ""
		all = append(all, parts.Chip{Path: to.path(), Text: web.T(r, "duplicate.of_source", "Source", now.Source), Remove: true})
	}
	return all, nil
}

// comparing tells how far the comparing of changed listings is, while it is under way.
func (v *pairsView) comparing(r *http.Request) error {
	done, all, err := exchange.Comparing(web.Tx(r))
	if err != nil || all == done {
		return err
	}
	tag := web.Lang(r)
	v.Comparing = web.T(r, "duplicate.comparing", "Done", lang.Number(tag, done), "All", lang.Number(tag, all))
	v.Value, v.Max = strconv.FormatInt(done, 10), strconv.FormatInt(all, 10)
	return nil
}

func (d *duplicates) row(r *http.Request, pair *exchange.Duplicate) (pairRow, error) {
	v := pairRow{Path: pairPath(pair.Kind, pair.One, pair.Other), Share: web.T(r, "beside.share", "Share", pair.Likeness/10),
		Kind: parts.Tag{Text: web.T(r, "exchange.kind_"+pair.Kind), Kind: pair.Kind}}
	if pair.Verdict != "" {
		v.Light = parts.Light{Kind: "ok", Text: web.T(r, "duplicate.verdict_"+pair.Verdict)}
		who, err := d.who(r, pair)
		if err != nil {
			return v, err
		}
		v.Note = web.T(r, "duplicate.decided_by", "Who", who, "At", lang.DateTime(web.Lang(r), pair.Decided))
	}
	for i, id := range []string{pair.One, pair.Other} {
		var err error
		if pair.Kind == exchange.Needs.Name {
			v.Sides[i], err = d.needs.short(r, id)
		} else {
			v.Sides[i], err = d.offers.short(r, id)
		}
		if err != nil {
			return v, err
		}
	}
	return v, nil
}

// short is a listing in two lines.
func (s side[T]) short(r *http.Request, id string) (pairSide, error) {
	rec, err := s.Kind.Get(web.Tx(r), id)
	if err != nil {
		return pairSide{}, err
	}
	l := s.Listing(rec)
	v := pairSide{Number: l.Number}
	title, tongue := l.Title.Best(web.Lang(r))
	v.Title = title
	if tongue != web.Lang(r) {
		v.Lang = string(tongue)
	}
	poster := web.T(r, "duplicate.of_catalogue", "Source", l.Source)
	if l.Owner != "" {
		names, err := s.x.Names(web.Tx(r), l.Owner)
		if err != nil {
			return v, err
		}
		poster = names[l.Owner].In(web.Lang(r))
	}
	v.Note = web.T(r, "duplicate.side", "Poster", poster, "State", web.T(r, "state."+l.State))
	return v, nil
}

func pairPath(kind, one, other string) string {
	return "/duplicates/" + kind + "/" + one + "/" + other
}

// tongued is the lang attribute of an element, when it has one.
func tongued(tongue string) templ.Attributes {
	if tongue == "" {
		return nil
	}
	return templ.Attributes{"lang": tongue}
}
