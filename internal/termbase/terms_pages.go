package termbase

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// pageSize is how many terms a page of the list has.
const pageSize = 50

// termList is what the list of terms is drawn from.
type termList struct {
	Seeker  parts.Seeker
	Count   string
	Field   parts.Field
	Rows    parts.Table
	Pager   parts.Pager
	Nothing *parts.Empty
	Actions []parts.Action
}

func (x *Termbase) showTerms(w http.ResponseWriter, r *http.Request) error {
	f := web.Form(r)
	q := sought{text: f.Text("q"), field: f.Text("field")}
	if len([]rune(q.text)) > longestSide {
		q.text = string([]rune(q.text)[:longestSide])
	}
	shelf := x.shelf()
	found := shelf.find(q)
	number, _ := f.Int("page")
	number = max(1, min(number, int64(len(found)/pageSize)+1))
	from := min(int(number-1)*pageSize, len(found))
	v := termList{Seeker: parts.Seeker{Path: "/terms", Label: web.T(r, "term.search"), Value: q.text, Placeholder: web.T(r, "term.placeholder")},
		Count: web.T(r, "term.count", "N", len(found)), Field: fieldField(r, shelf, q.field), Actions: x.actions(r)}
	if q.field != "" {
		v.Seeker.Hidden = []parts.Option{{Value: "field", Text: q.field}}
	}
	v.Rows = parts.Table{Label: web.T(r, "term.title"), Cards: true, Columns: termColumns(r)}
	for _, t := range found[from:min(len(found), from+pageSize)] {
		v.Rows.Rows = append(v.Rows.Rows, termRow(r, t))
	}
	if from+pageSize < len(found) {
		v.Pager.Next = listAddress(q, number+1)
	}
	if number > 1 {
		v.Pager.Previous = listAddress(q, number-1)
	}
	if len(found) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "term.nothing"), Text: web.T(r, "term.nothing_help"),
			Actions: []parts.Action{{Path: "/terms/proposals/new?vi=" + url.QueryEscape(q.text), Text: web.T(r, "proposal.new")}}}
	}
	page := web.Page{Title: web.T(r, "term.title"), Description: web.T(r, "term.lede"), Section: "/terms", Crumbs: []parts.Crumb{{Text: web.T(r, "term.title")}}, NoIndex: r.URL.RawQuery != ""}
	return web.Show(w, r, page, termsPage(v))
}

func termColumns(r *http.Request) []parts.Column {
	return []parts.Column{{Title: web.T(r, "term.vi")}, {Title: web.T(r, "term.en")}, {Title: web.T(r, "term.field")}, {Title: web.T(r, "term.weight"), Num: true}, {Title: web.T(r, "term.source")}}
}

func termRow(r *http.Request, t shelved) []parts.Cell {
	return []parts.Cell{{Text: t.Vi, Path: "/terms/" + t.id}, {Text: t.En, Note: t.Note}, {Text: fieldName(r, t.Field)},
		{Text: lang.Number(web.Lang(r), int64(t.Weight))}, {Text: sourceName(r, t.Source)}}
}

func listAddress(q sought, page int64) string {
	values := url.Values{"page": {strconv.FormatInt(page, 10)}}
	if q.text != "" {
		values.Set("q", q.text)
	}
	if q.field != "" {
		values.Set("field", q.field)
	}
	return "/terms?" + values.Encode()
}

// fieldName is what people call a field of knowledge; one that came with a dictionary goes by its own name.
func fieldName(r *http.Request, field string) string {
	if key := "term.field_" + field; web.Words(r).Has(key) {
		return web.T(r, key)
	}
	return field
}

func sourceName(r *http.Request, source string) string {
	switch source {
	case "":
		return web.T(r, "term.source_shipped")
	case Own:
		return web.T(r, "term.source_own")
	}
	return source
}

// fieldField is the choice among the fields of knowledge.
func fieldField(r *http.Request, s *shelf, chosen string) parts.Field {
	f := parts.Field{Name: "field", Label: web.T(r, "term.field"), Options: []parts.Option{{Text: web.T(r, "term.field_any"), On: chosen == ""}}}
	for _, name := range s.fields {
		f.Options = append(f.Options, parts.Option{Value: name, Text: fieldName(r, name), On: name == chosen})
	}
	lang.Sort(f.Options[1:], func(o parts.Option) string { return o.Text })
	return f
}

// actions are the ways on from the list, by what the reader may do.
func (x *Termbase) actions(r *http.Request) []parts.Action {
	actor := web.Actor(r)
	all := []parts.Action{}
	if account.MayReview.Allows(actor) {
		all = append(all, parts.Action{Path: "/terms/new", Text: web.T(r, "term.new")})
	}
	if account.MayPost.Allows(actor) || !actor.SignedIn() {
		all = append(all, parts.Action{Path: "/terms/proposals/new", Text: web.T(r, "proposal.new"), Kind: "line"})
	}
	if account.MaySeeDesk.Allows(actor) {
		all = append(all, parts.Action{Path: "/terms/proposals", Text: web.T(r, "proposal.title"), Kind: "line"}, parts.Action{Path: "/terms/missed", Text: web.T(r, "missed.title"), Kind: "line"},
			parts.Action{Path: "/terms/dictionaries", Text: web.T(r, "dictionary.title"), Kind: "line"}, parts.Action{Path: "/terms/retired", Text: web.T(r, "term.retired_title"), Kind: "line"})
	}
	return append(all, parts.Action{Path: "/terms.tsv", Text: web.T(r, "term.export"), Kind: "line", Icon: "download"})
}

// showRetired lists the terms that are out of use.
func (x *Termbase) showRetired(w http.ResponseWriter, r *http.Request) error {
	list, err := Retired(web.Tx(r))
	if err != nil {
		return err
	}
	t := parts.Table{Label: web.T(r, "term.retired_title"), Cards: true, Columns: termColumns(r)[:3]}
	for _, one := range list {
		t.Rows = append(t.Rows, termRow(r, shelved{Term: one.Term, id: one.ID})[:3])
	}
	page := web.Page{Title: web.T(r, "term.retired_title"), NoIndex: true, Section: "/terms", Crumbs: crumbs(r, web.T(r, "term.retired_title"))}
	return web.Show(w, r, page, retiredPage(t))
}

func crumbs(r *http.Request, last string) []parts.Crumb {
	return []parts.Crumb{{Path: "/terms", Text: web.T(r, "term.title")}, {Text: last}}
}

// sendTerms hands out the terms as a table.
func (x *Termbase) sendTerms(w http.ResponseWriter, _ *http.Request) error {
	w.Header().Set("Content-Type", "text/tab-separated-values; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="terms.tsv"`)
	return x.Export(w)
}

// pastActs is how many acts the page of a term tells of.
const pastActs = 30

// past tells what was done with a record, newest first.
func (x *Termbase) past(r *http.Request, kind, id string) ([]parts.Moment, error) {
	entries, err := ledger.Of(web.Tx(r), kind, id, 0, pastActs)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	names := map[string]string{}
	if x.People != nil {
		var ids []string
		for _, e := range entries {
			if e.Actor != "system" && !slices.Contains(ids, e.Actor) {
				ids = append(ids, e.Actor)
			}
		}
		if names, err = x.People(web.Tx(r), ids...); err != nil {
			return nil, err
		}
	}
	var all []parts.Moment
	for _, e := range entries {
		var changes []string
		for _, c := range e.Change {
			if c.Field == "weight" && c.New != "" {
				changes = append(changes, web.T(r, "term.weight_from_to", "Old", orNone(c.Old), "New", c.New))
			}
		}
		all = append(all, parts.Moment{At: lang.DateTime(web.Lang(r), e.At), Who: names[e.Actor], State: "done", Text: web.T(r, "term.act_"+strings.TrimPrefix(e.Act, kind+".")),
			Note: strings.Join(changes, " ")})
	}
	return all, nil
}

func orNone(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

// soon lets searches of this node use what was changed once it is kept; others follow the ledger.
func (x *Termbase) soon(r *http.Request) {
	ctx, d := r.Context(), web.DB(r)
	web.Tx(r).After(func() { _ = d.View(ctx, x.Reload) })
}
