package overview

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// rowsView is what the rows behind a number are drawn from.
type rowsView struct {
	Title, Means, On string
	N                string
	Chips            []parts.Chip
	Table            parts.Table
	Pager            parts.Pager
	Nothing          *parts.Empty
}

// rowKey names a row of all plans: plan, place of the clause, task.
type rowKey struct {
	plan, task string
	line       int
}

func (k rowKey) String() string { return k.plan + "~" + strconv.Itoa(k.line) + "~" + k.task }

func keyOf(text string) (rowKey, bool) {
	f := strings.Split(text, "~")
	if len(f) != 3 {
		return rowKey{}, false
	}
	n, err := strconv.Atoi(f[1])
	return rowKey{f[0], f[2], n}, err == nil
}

// showRows lists the rows behind one number of the first page.
func (d doors) showRows(w http.ResponseWriter, r *http.Request) error {
	s, err := asked(r)
	if err != nil {
		return err
	}
	what := programme.Trouble(r.PathValue("trouble"))
	if !slices.Contains(told(r), what) {
		return fault.New(fault.NotFound, "record.not_found")
	}
	tag, query := web.Lang(r), r.URL.Query()
	v := rowsView{Title: web.T(r, "overview.trouble_"+string(what)), Means: web.T(r, "overview.means_"+string(what)), On: lang.Date(tag, s.on.Start())}
	v.Table = parts.Table{Label: v.Title, Cards: true, Columns: []parts.Column{{Title: web.T(r, "overview.clause")}, {Title: web.T(r, "overview.content")}, {Title: web.T(r, "overview.body")},
		{Title: web.T(r, "overview.due")}, {Title: web.T(r, "overview.standing")}}}
	body, group, at := query.Get("body"), query.Get("group"), "/programme/rows/"+string(what)
	after, paged := keyOf(query.Get("after"))
	n, passed := 0, !paged
	var last rowKey
	for _, p := range s.plans {
		g, err := d.GlanceAt(web.Tx(r), d.book, p, s.on)
		if err != nil {
			return err
		}
		in := g.Board.GroupOf()
		for _, spot := range g.Rows[what] {
			l := &g.Board.Lines[spot.Line]
			if body != "" && spot.Body != body || group != "" && in[l.Node] != group {
				continue
			}
			n++
			key := rowKey{plan: p.ID, line: spot.Line}
			if spot.Task >= 0 {
				key.task = l.Tasks[spot.Task].ID
			}
			if !passed && p.ID == after.plan && spot.Line > after.line {
				passed = true // the row itself is no more
			}
			switch {
			case !passed && key == after:
				passed = true
			case !passed || len(v.Table.Rows) > listSize:
			case len(v.Table.Rows) == listSize:
				v.Pager.Next = s.path(r, at, "body", body, "group", group, "after", last.String())
			default:
				v.Table.Rows, last = append(v.Table.Rows, rowOf(r, s, g.Board, spot, what)), key
			}
		}
		if body != "" && len(v.Chips) == 0 && !g.Board.Names[body].Empty() {
			v.Chips = append(v.Chips, parts.Chip{Path: s.path(r, at, "group", group), Text: g.Board.Names[body].In(tag), Remove: true})
		}
	}
	v.N = lang.Number(tag, int64(n))
	if group != "" {
		v.Chips = append(v.Chips, parts.Chip{Path: s.path(r, at, "body", body), Text: web.T(r, "overview.group_chip", "Path", group), Remove: true})
	}
	if paged {
		v.Pager.First = s.path(r, at, "body", body, "group", group)
	}
	if len(v.Table.Rows) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "overview.no_rows"), Text: web.T(r, "overview.no_rows_help"), Actions: []parts.Action{{Path: s.path(r, "/programme"), Text: web.T(r, "overview.title"), Kind: "line"}}}
	}
	page := web.Page{Title: v.Title, Section: "/plans", NoIndex: true, Crumbs: crumbs(r, s, v.Title)}
	return web.Show(w, r, page, rowsPage(v))
}

// rowOf draws one row; of a secret task its number alone.
func rowOf(r *http.Request, s *scope, b *programme.Board, spot programme.Spot, what programme.Trouble) []parts.Cell {
	tag := web.Lang(r)
	l := &b.Lines[spot.Line]
	clause := parts.Cell{Text: l.Path, Path: shown.ClauseAddress(b.Plan.ID, l.Path)}
	if s.one == nil {
		clause.Note, _ = shown.Best(r, b.Plan.Name)
	}
	says, _ := shown.Best(r, l.Says())
	row := []parts.Cell{clause, {Text: says}, {Text: "–"}, {Text: "–"}, {Text: "–"}}
	if spot.Body != "" {
		row[2].Text = b.Names[spot.Body].In(tag)
	}
	if spot.Task < 0 {
		row[4] = clauseState(r, b, l, what)
		return row
	}
	t := l.Tasks[spot.Task]
	if t.Secret {
		return []parts.Cell{{Text: t.Number}, {Text: web.T(r, "overview.secret")}, {Text: "–"}, {Text: "–"}, {Text: "–"}}
	}
	if account.MaySeeProgramme.Allows(web.Actor(r)) || web.Actor(r).In(t.Owner) {
		row[1] = parts.Cell{Text: says, Path: "/tasks/" + t.ID}
	}
	if title, _ := shown.Best(r, t.Title); title != "" && title != l.Text {
		row[1].Text = title
	}
	if !t.Due.Zero() {
		row[3].Text = lang.Date(tag, t.Due.Start())
	}
	light := shown.Light(r, t, b.On)
	row[4] = parts.Cell{Light: light.Kind, Text: light.Text, Note: web.T(r, "overview.evidence", "N", t.Evidence)}
	return row
}

// clauseState tells what is amiss with the clause itself.
func clauseState(r *http.Request, b *programme.Board, l *programme.Line, what programme.Trouble) parts.Cell {
	switch what {
	case programme.IsOrphan:
		return parts.Cell{Light: "late", Text: web.T(r, "standing.orphan")}
	case programme.IsGrounded:
		return parts.Cell{Light: "risk", Text: shown.Gone(r, append(l.Gone[:len(l.Gone):len(l.Gone)], b.Gone...)[0])}
	}
	return parts.Cell{Light: "late", Text: web.T(r, "standing.unassigned")}
}
