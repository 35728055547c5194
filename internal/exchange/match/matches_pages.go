package match

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// matchesView is what the list of matches of a need or an offer is drawn from.
type matchesView struct {
	Heading, Title, TitleIn string
	Path                    string // of the listing
	Count                   string
	Chips                   []parts.Chip
	Cards                   []card
	Pager                   parts.Pager
	Nothing                 *parts.Empty
	Back                    string // where a judgement that is taken back leads to
}

// pageSize is how many matches a page shows.
const pageSize = 10

// choice is a list of matches as an address tells it.
type choice struct {
	kind   string
	slight bool // with those that fit little
	judged bool // those that the reader judged, in place of the others
	after  string
}

func readChoice(r *http.Request, kinds []string) choice {
	q := r.URL.Query()
	c := choice{slight: q.Get("grade") == "all", judged: q.Get("judged") == "yes", after: q.Get("after")}
	if slices.Contains(kinds, q.Get("kind")) {
		c.kind = q.Get("kind")
	}
	return c
}

func (c choice) address(path string) string {
	q := url.Values{}
	if c.kind != "" {
		q.Set("kind", c.kind)
	}
	if c.slight {
		q.Set("grade", "all")
	}
	if c.judged {
		q.Set("judged", "yes")
	}
	if c.after != "" {
		q.Set("after", c.after)
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// showMatches draws the matches of the need or the offer of an address.
func (m *Matcher) showMatches(kind string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		tx, actor, t := web.Tx(r), web.Actor(r), m.teller(r)
		p, err := m.One(tx, actor, kind, r.PathValue("id"))
		if err != nil {
			return err
		}
		kinds := m.Kinds(kind)
		c := readChoice(r, kinds)
		a := Asking{Tongue: t.Tongue}
		if c.kind != "" {
			a.Kinds = []string{c.kind}
		}
		list, err := m.Of(tx, actor, &p, a)
		if err != nil {
			return err
		}
		judged, err := m.Judged(tx, actor, &p)
		if err != nil {
			return err
		}
		shown, hidden := Parted(&p, list, judged)
		path := pathOf(&p) + "/matches"
		v := matchesView{Heading: web.T(r, "match.title_"+whose(&p)), Path: pathOf(&p), Back: path, Chips: chips(r, c, path, kinds, shown, hidden)}
		v.Title, v.TitleIn = titleOf(t, &p)
		switch {
		case c.judged:
			shown = hidden
		case !c.slight:
			shown = fitting(shown)
		}
		v.Count = web.T(r, "match.count_"+whose(&p), "N", len(shown))
		shown, v.Pager = paged(&p, shown, c, path)
		if v.Cards, err = m.cards(r, &p, shown, judged); err != nil {
			return err
		}
		if len(v.Cards) == 0 {
			v.Nothing = nothing(r, &p)
		}
		page := web.Page{Title: web.T(r, "match.page_"+whose(&p), "Title", v.Title), Section: "/search", NoIndex: true,
			Crumbs: []parts.Crumb{{Path: "/search", Text: web.T(r, "search.title")}, {Path: v.Path, Text: p.Number}, {Text: v.Heading}}}
		return web.Show(w, r, page, matchesPage(v))
	}
}

func titleOf(t Teller, p *Party) (title, in string) {
	title, tongue := t.Title(p)
	if tongue != t.Tongue {
		in = string(tongue)
	}
	return title, in
}

// fitting are the matches that fit more than a little.
func fitting(list []Match) []Match {
	var some []Match
	for _, one := range list {
		if one.Grade != Slight {
			some = append(some, one)
		}
	}
	return some
}

// chips are the ways into the other lists.
func chips(r *http.Request, c choice, path string, kinds []string, shown, hidden []Match) (all []parts.Chip) {
	add := func(other choice, key string, n int) {
		all = append(all, parts.Chip{Path: other.address(path), Text: web.T(r, key), Count: lang.Number(web.Lang(r), int64(n))})
	}
	if len(kinds) > 1 {
		for _, kind := range kinds {
			all = append(all, parts.Chip{Path: choice{kind: kind}.address(path), Text: web.T(r, "exchange.all_"+kind), Remove: false})
		}
	}
	if c.kind != "" {
		all = append(all, parts.Chip{Path: choice{}.address(path), Text: web.T(r, "exchange.all_"+c.kind), Remove: true})
	}
	if few := len(shown) - len(fitting(shown)); few > 0 && !c.slight && !c.judged {
		add(choice{kind: c.kind, slight: true}, "match.with_slight", few)
	}
	if len(hidden) > 0 && !c.judged {
		add(choice{kind: c.kind, judged: true}, "match.judged_by_you", len(hidden))
	}
	if c.slight || c.judged {
		add(choice{kind: c.kind}, "match.only_fitting", len(fitting(shown)))
	}
	return all
}

// paged is one page of a list: what stands behind the match that the address names, or, where that is
// there no more, behind where it stood.
func paged(p *Party, list []Match, c choice, path string) ([]Match, parts.Pager) {
	var pager parts.Pager
	if c.after != "" {
		first := c
		first.after = ""
		pager.First = first.address(path)
		fit, id, _ := strings.Cut(c.after, "_")
		from := slices.IndexFunc(list, func(one Match) bool { return one.other(p).ID == id }) + 1
		if stood, err := strconv.ParseFloat(fit, 64); from == 0 && err == nil {
			if from = slices.IndexFunc(list, func(one Match) bool { return one.Fit < stood }); from < 0 {
				from = len(list)
			}
		}
		list = list[from:]
	}
	if len(list) > pageSize {
		list = list[:pageSize]
		last := list[pageSize-1]
		c.after = strconv.FormatFloat(last.Fit, 'f', 6, 64) + "_" + last.other(p).ID
		pager.Next = c.address(path)
	}
	return list, pager
}

// nothing says what to do where nothing fits.
func nothing(r *http.Request, p *Party) *parts.Empty {
	e := &parts.Empty{Title: web.T(r, "match.nothing_"+whose(p)), Text: web.T(r, "match.nothing_help_"+whose(p)),
		Actions: []parts.Action{{Path: "/search", Text: web.T(r, "search.title"), Kind: "line"}}}
	if p.Kind != exchange.Needs.Name {
		e.Actions[0].Path = "/search?kind=need"
	}
	return e
}
