package overview

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// budgetView is what the budget of a plan is drawn from.
type budgetView struct {
	planHead
	By      parts.Field
	Facts   []parts.Fact
	Table   parts.Table
	Pager   parts.Pager
	Secret  string
	CSV     string
	Nothing *parts.Empty
}

// summed is the sums of one task, source, body, clause or year.
type summed struct {
	key, name, note, path string
	planned, spent        int64
	told, untold          int // rows with a sum, and without
	spentTold             bool
}

// budgetWays are the ways in which a budget is summed.
var budgetWays = []string{"task", "source", "body", "clause", "year"}

// budgeted opens a plan for those who see its sums.
func (d doors) budgeted(r *http.Request) (*programme.Board, planHead, error) {
	b, head, err := d.opened(r)
	if err == nil && !b.Plan.Budgeted(web.Actor(r)) {
		err = fault.New(fault.Forbidden, "budget.not_shown")
	}
	return b, head, err
}

func (d doors) showBudget(w http.ResponseWriter, r *http.Request) error {
	b, head, err := d.budgeted(r)
	if err != nil {
		return err
	}
	all, err := programme.BudgetOn(web.Tx(r), b)
	if err != nil {
		return err
	}
	tag := web.Lang(r)
	way := r.URL.Query().Get("by")
	if !slices.Contains(budgetWays, way) {
		way = "task"
	}
	v := budgetView{planHead: head, CSV: head.Path + "/budget.csv?on=" + b.On.String(), By: parts.Field{Name: "by", Label: web.T(r, "budget.by")}}
	for _, one := range budgetWays {
		v.By.Options = append(v.By.Options, parts.Option{Value: one, Text: web.T(r, "budget.by_"+one), On: one == way})
	}
	v.Facts = []parts.Fact{{Name: web.T(r, "budget.planned"), Value: dong(r, all.Planned), Note: web.T(r, "budget.told_of", "N", lang.Number(tag, int64(all.Told)), "Of", lang.Number(tag, int64(all.Told+all.Untold)))},
		{Name: web.T(r, "budget.spent"), Value: dong(r, all.Spent), Note: web.T(r, "budget.spent_of")},
		{Name: web.T(r, "budget.untold"), Value: web.T(r, "budget.tasks", "N", all.Untold), Note: web.T(r, "budget.untold_help")}}
	if all.Secret > 0 {
		v.Secret = web.T(r, "budget.secret_out", "N", all.Secret)
	}
	lines := sumBy(r, b, all, way)
	if after := r.URL.Query().Get("after"); after != "" {
		v.Pager.First = v.Path + "/budget?" + url.Values{"by": {way}, "on": {b.On.String()}}.Encode()
		if i := slices.IndexFunc(lines, func(s *summed) bool { return s.key == after }); i >= 0 {
			lines = lines[i+1:]
		}
	}
	if len(lines) > listSize {
		lines = lines[:listSize]
		v.Pager.Next = v.Path + "/budget?" + url.Values{"by": {way}, "on": {b.On.String()}, "after": {lines[listSize-1].key}}.Encode()
	}
	v.Table = parts.Table{Label: web.T(r, "budget.title"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "budget.by_"+way)}, {Title: web.T(r, "budget.planned"), Num: true}, {Title: web.T(r, "budget.spent"), Num: true}, {Title: web.T(r, "budget.untold"), Num: true}}}
	for _, s := range lines {
		v.Table.Rows = append(v.Table.Rows, s.row(r))
	}
	if len(all.Rows) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "timeline.none"), Text: web.T(r, "timeline.none_help"), Actions: []parts.Action{{Path: v.Path, Text: web.T(r, "overview.to_plan"), Kind: "line"}}}
	}
	return web.Show(w, r, v.pageOf(r, b, web.T(r, "budget.title")), budgetPage(v))
}

// dong writes a sum in whole đồng.
func dong(r *http.Request, n int64) string {
	return web.T(r, "budget.dong", "Sum", lang.Number(web.Lang(r), n))
}

func (s *summed) row(r *http.Request) []parts.Cell {
	row := []parts.Cell{{Text: s.name, Path: s.path, Note: s.note}, {Text: web.T(r, "budget.not_told")}, {Text: web.T(r, "budget.not_told")}, {Text: lang.Number(web.Lang(r), int64(s.untold))}}
	if s.told > 0 {
		row[1].Text = dong(r, s.planned)
	}
	if s.spentTold {
		row[2].Text = dong(r, s.spent)
		if share, ok := programme.Permille(int(s.spent), int(s.planned)); ok {
			row[2].Note = web.T(r, "budget.share", "Share", percent(web.Lang(r), share))
		}
	}
	return row
}

// sumBy sums a budget in one of its ways: years and sources by their names, the others as the plan has them.
func sumBy(r *http.Request, b *programme.Board, all *programme.Budget, way string) []*summed {
	of := map[string]*summed{}
	var lines []*summed
	for i := range all.Rows {
		one := nameOf(r, b, &all.Rows[i], way)
		if of[one.key] == nil {
			of[one.key] = &one
			lines = append(lines, &one)
		}
		s, row := of[one.key], &all.Rows[i]
		if !row.Declared {
			s.untold++
			continue
		}
		s.told++
		s.planned += row.Planned
		if row.Spent >= 0 {
			s.spent, s.spentTold = s.spent+row.Spent, true
		}
	}
	switch way {
	case "source", "body":
		lang.Sort(lines, func(s *summed) string { return s.name })
	case "year":
		slices.SortFunc(lines, func(x, y *summed) int { return strings.Compare(x.key, y.key) })
	}
	return lines
}

// nameOf tells in which line of the table a row is summed.
func nameOf(r *http.Request, b *programme.Board, row *programme.BudgetRow, way string) summed {
	l := &b.Lines[row.Line]
	switch way {
	case "source":
		if row.Source == "" {
			return summed{key: "-", name: web.T(r, "budget.no_source")}
		}
		return summed{key: row.Source, name: row.Source}
	case "year":
		if row.Year == 0 {
			return summed{key: "-", name: web.T(r, "budget.no_year")}
		}
		return summed{key: strconv.Itoa(row.Year), name: strconv.Itoa(row.Year)}
	case "body":
		return summed{key: row.Task.Owner, name: b.Names[row.Task.Owner].In(web.Lang(r))}
	case "clause":
		says, _ := shown.Best(r, l.Says())
		return summed{key: l.Path, name: l.Path, note: short(says, 900), path: shown.ClauseAddress(b.Plan.ID, l.Path)}
	}
	s := summed{key: row.Task.ID, name: l.Path + " · " + row.Task.Number, note: short(titleOf(r, laned{l, row.Task}), 900), path: shown.ClauseAddress(b.Plan.ID, l.Path)}
	if row.Task.Funds(web.Actor(r), b.Plan) {
		s.path = "/tasks/" + row.Task.ID + "/budget"
	}
	return s
}

// sendBudget writes each line of the budget as a file.
func (d doors) sendBudget(w http.ResponseWriter, r *http.Request) error {
	b, _, err := d.budgeted(r)
	if err != nil {
		return err
	}
	all, err := programme.BudgetOn(web.Tx(r), b)
	if err != nil {
		return err
	}
	sum := func(told bool, n int64) string {
		if !told || n < 0 {
			return ""
		}
		return strconv.FormatInt(n, 10)
	}
	var rows [][]any
	for _, row := range all.Rows {
		year := ""
		if row.Year > 0 {
			year = strconv.Itoa(row.Year)
		}
		rows = append(rows, []any{b.On.String(), b.Lines[row.Line].Path, row.Task.Number, b.Names[row.Task.Owner].In(lang.Vi), year, row.Source, sum(row.Declared, row.Planned), sum(row.Declared, row.Spent), row.Basis})
	}
	return sendCSV(w, strings.ToLower(b.Plan.Number)+"-budget-"+b.On.String(), []string{"as_of", "path", "task", "body", "year", "source", "planned_vnd", "spent_vnd", "basis"}, rows)
}
