package overview

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// mostBoxes is how many documents stand in a column of the picture; the table has all.
const mostBoxes = 12

// networkView is what the network of documents is drawn from.
type networkView struct {
	planHead
	Picture   *picture
	Notes     []string
	Warn      []string
	Documents parts.Table
	Below     parts.Table
	Pager     parts.Pager
	CSV       string
	Nothing   *parts.Empty
}

// resting is a cited document with what rests on it.
type resting struct {
	*programme.Cited
	whole bool
	lines []int
}

// carrier is a plan that carries out clauses of this one.
type carrier struct {
	*programme.Plan
	name   string
	covers int
}

// restings are the documents of a board: those that hold no longer first, then by how much rests on them.
func restings(b *programme.Board) []resting {
	var all []resting
	for _, c := range b.Documents {
		one := resting{Cited: c}
		one.whole, one.lines = b.Rests(c)
		all = append(all, one)
	}
	rank := func(o resting) int {
		n := len(o.lines)
		if o.whole {
			n += 1 << 20
		}
		if o.Gone() {
			n += 1 << 21
		}
		return -n
	}
	slices.SortStableFunc(all, func(x, y resting) int { return cmp.Compare(rank(x), rank(y)) })
	return all
}

// carriers are the plans that the reader may see and that carry out this one.
func carriers(r *http.Request, b *programme.Board) ([]carrier, error) {
	tx, actor := web.Tx(r), web.Actor(r)
	covers := map[string]int{}
	for _, l := range b.Lines {
		seen := map[string]bool{}
		for _, c := range l.Carried {
			if !seen[c.Plan] {
				seen[c.Plan] = true
				covers[c.Plan]++
			}
		}
	}
	below, err := programme.PlansBelow(tx, b.Plan.ID)
	if err != nil {
		return nil, err
	}
	for id := range covers {
		if !slices.ContainsFunc(below, func(p *programme.Plan) bool { return p.ID == id }) {
			p, err := programme.Plans.Get(tx, id)
			if err != nil {
				return nil, err
			}
			below = append(below, p)
		}
	}
	var all []carrier
	for _, p := range below {
		if p.Seen(actor) && p.InForceOn(b.On) {
			name, _ := shown.Best(r, p.Name)
			all = append(all, carrier{p, name, covers[p.ID]})
		}
	}
	slices.SortFunc(all, func(x, y carrier) int { return strings.Compare(x.ID, y.ID) })
	return all, nil
}

func (d doors) showNetwork(w http.ResponseWriter, r *http.Request) error {
	b, head, err := d.opened(r)
	if err != nil {
		return err
	}
	v := networkView{planHead: head, CSV: head.Path + "/network.csv?on=" + b.On.String()}
	cited := restings(b)
	below, err := carriers(r, b)
	if err != nil {
		return err
	}
	for _, c := range cited {
		if c.Gone() && (c.whole || len(c.lines) > 0) {
			v.Warn = append(v.Warn, shown.Gone(r, c.Cited)+" "+restsText(r, b, c))
		}
	}
	if len(cited)+len(below) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "network.none"), Text: web.T(r, "network.none_help"), Actions: []parts.Action{{Path: v.Path, Text: web.T(r, "overview.to_plan"), Kind: "line"}}}
	} else {
		v.Picture = graph(r, b, cited, below)
		if len(cited) > mostBoxes || len(below) > mostBoxes {
			v.Notes = append(v.Notes, web.T(r, "network.cut"))
		}
	}
	v.tables(r, b, cited, below)
	return web.Show(w, r, v.pageOf(r, b, web.T(r, "network.title")), networkPage(v))
}

// restsText tells what rests on a document.
func restsText(r *http.Request, b *programme.Board, c resting) string {
	if c.whole {
		return web.T(r, "network.whole", "N", lang.Number(web.Lang(r), int64(len(b.Lines))))
	}
	return web.T(r, "network.clauses", "N", len(c.lines))
}

// stateLight is how a cited document stands.
func stateLight(r *http.Request, c *programme.Cited) parts.Light {
	switch c.State {
	case "in_force":
		return parts.Light{Kind: "ok", Text: web.T(r, "network.state_in_force")}
	case "replaced":
		return parts.Light{Kind: "late", Text: web.T(r, "network.state_replaced", "By", c.ReplacedBy, "Date", lang.Date(web.Lang(r), c.Since.Start()))}
	case "ended":
		return parts.Light{Kind: "late", Text: web.T(r, "network.state_ended", "Date", lang.Date(web.Lang(r), c.Since.Start()))}
	}
	return parts.Light{Kind: "idle", Text: web.T(r, "network.state_unknown")}
}

func relationText(r *http.Request, relation string) string {
	if relation == "" {
		relation = "mentions"
	}
	return web.T(r, "network.relation_"+relation)
}

// tables fills in the tables of the documents and of the plans that carry this one out, page by page.
func (v *networkView) tables(r *http.Request, b *programme.Board, cited []resting, below []carrier) {
	tag, query := web.Lang(r), r.URL.Query()
	v.Documents = parts.Table{Label: web.T(r, "network.documents"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "network.document")}, {Title: web.T(r, "network.relation")}, {Title: web.T(r, "network.rests")}, {Title: web.T(r, "overview.standing")}}}
	v.Below = parts.Table{Label: web.T(r, "network.below"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "overview.plan")}, {Title: web.T(r, "network.issued")}, {Title: web.T(r, "network.covers"), Num: true}}}
	after := query.Get("after")
	if i := slices.IndexFunc(cited, func(c resting) bool { return c.Key() == after }); i >= 0 {
		cited = cited[i+1:]
	} else if i := slices.IndexFunc(below, func(c carrier) bool { return c.ID == after }); i >= 0 {
		cited, below = nil, below[i+1:]
	}
	if after != "" {
		v.Pager.First = v.Path + "/network?on=" + b.On.String()
	}
	left, last := listSize, ""
	for _, c := range cited[:min(left, len(cited))] {
		light := stateLight(r, c.Cited)
		v.Documents.Rows = append(v.Documents.Rows, []parts.Cell{{Text: c.Symbol, Path: shown.DocumentAddress(b.Plan.ID, c.Cited), Note: c.Printed}, {Text: relationText(r, c.Relation())},
			{Text: restsText(r, b, c)}, {Light: light.Kind, Text: light.Text}})
		last = c.Key()
		left--
	}
	for _, c := range below[:min(left, len(below))] {
		row := []parts.Cell{{Text: c.name, Path: shown.Address(c.ID)}, {Text: c.Symbol}, {Text: lang.Number(tag, int64(c.covers))}}
		if !c.Issued.Zero() {
			row[1].Note = lang.Date(tag, c.Issued.Start())
		}
		v.Below.Rows = append(v.Below.Rows, row)
		last = c.ID
	}
	if len(cited)+len(below) > listSize {
		v.Pager.Next = v.Path + "/network?" + url.Values{"on": {b.On.String()}, "after": {last}}.Encode()
	}
}

const (
	boxWide = 235
	boxHigh = 46
	boxGap  = 16
)

// graph draws what has replaced a document, the documents cited, the plan, and the plans that carry it out.
func graph(r *http.Request, b *programme.Board, cited []resting, below []carrier) *picture {
	cited, below = cited[:min(len(cited), mostBoxes)], below[:min(len(below), mostBoxes)]
	p := &picture{W: wide, Label: web.T(r, "network.picture")}
	rows := max(len(cited), len(below), 1)
	p.H = 40 + rows*(boxHigh+boxGap)
	column := func(i int) int { return i * (wide - boxWide) / 3 }
	row := func(i, of int) int { return 40 + (rows-of)*(boxHigh+boxGap)/2 + i*(boxHigh+boxGap) }
	for i, key := range []string{"network.column_successor", "network.column_cited", "network.column_plan", "network.column_below"} {
		if i > 0 || slices.ContainsFunc(cited, func(c resting) bool { return c.State == "replaced" }) {
			p.strong(column(i)+boxWide/2, 20, web.T(r, key), "middle")
		}
	}
	at := row(0, 1)
	arrow := func(colour string, x1, y1, x2, y2 int) {
		half := (x1 + x2) / 2
		p.path(colour, "l", fmt.Sprintf("M%d %dC%d %d %d %d %d %dm-7 -5l7 5l-7 5", x1, y1, half, y1, half, y2, x2, y2))
	}
	name, _ := shown.Best(r, b.Plan.Name)
	p.node("c1", column(2), at, b.Plan.Symbol, name)
	for i, c := range cited {
		y, colour := row(i, len(cited)), "c0"
		if c.State == "in_force" {
			colour = "c1"
		}
		if c.Gone() {
			colour = "c4"
		}
		p.node(colour, column(1), y, c.Symbol, stateLight(r, c.Cited).Text)
		arrow(colour, column(1)+boxWide, y+boxHigh/2, column(2), at+boxHigh/2)
		if c.State == "replaced" {
			p.node("c3", column(0), y, c.ReplacedBy, web.T(r, "network.successor"))
			p.path("c3", "l", fmt.Sprintf("M%d %dH%dm7 -5l-7 5l7 5", column(1), y+boxHigh/2, column(0)+boxWide))
		}
	}
	for i, c := range below {
		y := row(i, len(below))
		p.node("c1", column(3), y, c.Symbol, c.name)
		arrow("c1", column(2)+boxWide, at+boxHigh/2, column(3), y+boxHigh/2)
	}
	return p
}

// node draws a document: its symbol, and what it is.
func (p *picture) node(colour string, x, y int, symbol, text string) {
	p.box(colour, x, y, boxWide, boxHigh)
	p.strong(x+10, y+19, short(symbol, boxWide-16), "start")
	p.text(x+10, y+37, short(text, boxWide-16), "start")
}

// sendNetwork writes what implements what as a file.
func (d doors) sendNetwork(w http.ResponseWriter, r *http.Request) error {
	b, _, err := d.opened(r)
	if err != nil {
		return err
	}
	below, err := carriers(r, b)
	if err != nil {
		return err
	}
	var rows [][]any
	for _, c := range restings(b) {
		n := len(c.lines)
		if c.whole {
			n = len(b.Lines)
		}
		since := ""
		if c.Gone() {
			since = c.Since.String()
		}
		rows = append(rows, []any{b.On.String(), "cites", c.Symbol, c.Issued.String(), c.Relation(), strconv.Itoa(n), c.State, c.ReplacedBy, since})
	}
	for _, c := range below {
		rows = append(rows, []any{b.On.String(), "carried_out_by", c.Symbol, c.Issued.String(), "implements", strconv.Itoa(c.covers), c.State, c.ReplacedBy, ""})
	}
	return sendCSV(w, strings.ToLower(b.Plan.Number)+"-network-"+b.On.String(), []string{"as_of", "kind", "symbol", "date", "relation", "clauses", "state", "replaced_by", "since"}, rows)
}
