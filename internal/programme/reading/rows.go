package reading

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"chonoi/internal/document/prose"
	"chonoi/internal/lang"
)

// Row is a numbered row of a table of tasks.
type Row struct {
	ID       string   `json:"id"`
	Table    *string  `json:"table"` // title of the annex
	Group    *string  `json:"group"` // number of the heading row above; its words where it has none
	No       string   `json:"no"`
	Task     string   `json:"task"`
	Deadline *string  `json:"deadline"`
	Product  *string  `json:"product"`
	Lead     []string `json:"-"` // the paragraphs of the cell, as printed
	With     []string `json:"-"`
}

// RowGroup is a heading row of a table.
type RowGroup struct {
	ID    string  `json:"id"`
	Table *string `json:"table"`
	No    *string `json:"no"`
	Text  string  `json:"text"`
}

// Target is a figure to reach in each of some years.
type Target struct {
	Name   string            `json:"name"`
	Unit   *string           `json:"unit"`
	Values map[string]string `json:"values"`
}

// tableReader reads the tables of one body or annex. A table that goes on over a page has no head
// of its own: it has the columns of the one before.
type tableReader struct {
	plan    *Plan
	table   *string
	columns []column
	years   []string // per column, empty where it holds none
	targets bool
	group   *string
	last    *Row
}

var year = regexp.MustCompile(`\b((?:19|20)\d{2})(?:\s*[-–]\s*((?:19|20)\d{2}))?\b`)

// read reads a table: of tasks, of targets, or one that is neither and is told.
func (t *tableReader) read(table *prose.Table) {
	t.plan.writeTable(table)
	g := gridOf(table)
	from := t.readHead(&g)
	if from < 0 {
		if len(t.columns) == 0 || len(t.columns) != g.wide {
			t.plan.warn("annex", "reading.table_not_read", "Line", table.Line)
			return
		}
		from = 0
	} else {
		t.group, t.last = nil, nil
	}
	for r := from; r < len(g.rows); r++ {
		if len(t.plan.Rows)+len(t.plan.RowGroups)+len(t.plan.Targets) > MostNodes {
			return
		}
		switch {
		case t.figures(&g, r) || t.again(&g, r):
		case t.targets:
			t.target(&g, r)
		default:
			t.row(&g, r)
		}
	}
}

// readHead finds the row of column heads, learns the columns, and returns the first row below; -1
// when there is none.
func (t *tableReader) readHead(g *grid) int {
	for r := 0; r < min(4, len(g.rows)); r++ {
		known := map[column]bool{}
		years := 0
		for c := range g.rows[r] {
			if c > 0 && g.at(r, c) == g.at(r, c-1) {
				continue
			}
			s := g.text(r, c)
			if len(s) > 120 {
				continue
			}
			known[columnOf(s)] = true
			if year.MatchString(s) {
				years++
			}
		}
		delete(known, colNone)
		if len(known) >= 2 && (known[colNumber] || known[colTask]) || len(known) == 1 && years >= 1 && (known[colTask] || known[colNumber]) {
			return t.learn(g, r)
		}
	}
	return -1
}

// learn learns the columns from the head that begins in row r.
func (t *tableReader) learn(g *grid, r int) int {
	end := r + 1
	for c := range g.rows[r] {
		if cell := g.at(r, c); cell != nil {
			end = max(end, r+max(cell.Down, 1))
			if cell.Across > 1 && r+1 < len(g.rows) {
				end = max(end, r+2)
			}
		}
	}
	for end < len(g.rows) && g.header[end] {
		end++
	}
	end = min(end, len(g.rows))
	t.columns, t.years = make([]column, g.wide), make([]string, g.wide)
	years, has := 0, map[column]bool{}
	for c := range g.wide {
		t.columns[c] = colNone
		for y := end - 1; y >= r && t.columns[c] == colNone; y-- {
			t.columns[c] = columnOf(g.text(y, c))
		}
		has[t.columns[c]] = true
	}
	for c := range g.wide {
		if t.columns[c] == colNumber || t.columns[c] == colDue || t.columns[c] == colNote {
			continue
		}
		for y := end - 1; y >= r; y-- {
			if m := year.FindString(g.text(y, c)); m != "" && t.years[c] == "" {
				t.years[c] = strings.ReplaceAll(foldDashes(m), " ", "")
			}
		}
		if t.years[c] != "" && (t.columns[c] != colTask || c > 1) {
			years++
		} else {
			t.years[c] = ""
		}
	}
	t.targets = years > 0 && !has[colLead] && !has[colDue] && !has[colProduct] && (years > 1 || has[colUnit])
	return end
}

// cell is the text of the first column of a kind; ok tells that there is one.
func (t *tableReader) cell(g *grid, r int, kind column) (string, bool) {
	c := slices.Index(t.columns, kind)
	if c < 0 {
		return "", false
	}
	return g.text(r, c), true
}

var columnFigure = regexp.MustCompile(`^(\(?\d{1,2}\)?|[A-Z]|\(?\d\)?\s*=.*)$`)

// figures reports whether a row only numbers the columns: (1) (2) (3).
func (t *tableReader) figures(g *grid, r int) bool {
	n := 0
	seen := map[string]bool{}
	for c := range g.rows[r] {
		s := g.text(r, c)
		if s == "" || !columnFigure.MatchString(s) || seen[s] {
			return false
		}
		seen[s] = true
		n++
	}
	return n >= 3
}

// again reports whether a row repeats the head of its table on a new page.
func (t *tableReader) again(g *grid, r int) bool {
	number, ok := t.cell(g, r, colNumber)
	task, okTask := t.cell(g, r, colTask)
	return ok && okTask && columnOf(number) == colNumber && columnOf(task) == colTask
}

// target reads a row of a table of targets.
func (t *tableReader) target(g *grid, r int) {
	name, _ := t.cell(g, r, colTask)
	values := map[string]string{}
	nameAt := slices.Index(t.columns, colTask)
	for c, y := range t.years {
		if y == "" || nameAt >= 0 && g.at(r, c) == g.at(r, nameAt) {
			continue
		}
		if s := g.text(r, c); s != "" {
			values[y] = s
		}
	}
	if len(values) == 0 || name == "" {
		return
	}
	unit, _ := t.cell(g, r, colUnit)
	t.plan.Targets = append(t.plan.Targets, Target{Name: name, Unit: told(unit), Values: values})
}

// row reads a row of a table of tasks, or its heading row.
func (t *tableReader) row(g *grid, r int) {
	no, hasNo := t.cell(g, r, colNumber)
	task, _ := t.cell(g, r, colTask)
	if task == "" && no == "" {
		for c := range g.rows[r] {
			if s := g.text(r, c); s != "" {
				task = s
				break
			}
		}
	}
	no = strings.TrimRight(no, ".)/ ")
	if task == "" || isTotal(task) && no == "" {
		return
	}
	if no == "" && hasNo && t.goesOn(g, r, task) {
		return
	}
	if t.heads(g, r, no) {
		t.groupRow(g, r, no, task)
		return
	}
	p := t.plan
	row := Row{ID: fmt.Sprintf("r%d", len(p.Rows)+1), Table: t.table, Group: t.group, No: no, Task: task}
	if s, _ := t.cell(g, r, colDue); s != "" {
		row.Deadline = &s
	}
	if s, _ := t.cell(g, r, colProduct); s != "" {
		row.Product = &s
	}
	row.Lead, row.With = t.bodies(g, r, colLead), t.bodies(g, r, colWith)
	if no == "" && hasNo {
		p.warn(row.ID, "reading.row_without_number")
	}
	p.Rows = append(p.Rows, row)
	t.last = &p.Rows[len(p.Rows)-1]
	for c := range g.rows[r] {
		if cell := g.at(r, c); cell != nil && (r == 0 || g.at(r-1, c) != cell) {
			for i := range cell.Paragraphs {
				for _, m := range cell.Paragraphs[i].Notes {
					p.marks = append(p.marks, mark{m.N, row.ID})
				}
			}
		}
	}
}

// bodies are the paragraphs of the cell that names bodies, without the bullets before them.
func (t *tableReader) bodies(g *grid, r int, kind column) []string {
	c := slices.Index(t.columns, kind)
	if c < 0 || g.at(r, c) == nil {
		return nil
	}
	cell := g.at(r, c)
	if task := slices.Index(t.columns, colTask); task >= 0 && g.at(r, task) == cell {
		return nil
	}
	var out []string
	for _, s := range paragraphTexts(cell.Paragraphs) {
		if m := typed(s); m != nil && (m.takes[0].family.kind == bullet || m.takes[0].family.kind == decimal) {
			s = m.rest
		}
		if n := len(out); n > 0 && small(s) && !ended(out[n-1]) && !strings.HasSuffix(out[n-1], ",") {
			out[n-1] += " " + s
			continue
		}
		out = append(out, s)
	}
	return out
}

func isTotal(s string) bool {
	f := lang.Fold(s)
	return strings.HasPrefix(f, "tong cong") || strings.HasPrefix(f, "tong so") || f == "tong" || strings.HasPrefix(f, "cong:")
}

var upperNumber = regexp.MustCompile(`^(?:[IVXLC]{1,6}|[A-ZĐ])$`)

// heads reports whether a row is the heading of those below it: nothing but number and words.
func (t *tableReader) heads(g *grid, r int, no string) bool {
	task := slices.Index(t.columns, colTask)
	spans, others := false, false
	for c := range g.wide {
		cell := g.at(r, c)
		if cell == nil || c == task || c < len(t.columns) && t.columns[c] == colNumber {
			continue
		}
		if task >= 0 && cell == g.at(r, task) || number(t, g, r) == cell {
			spans = true
			continue
		}
		if g.text(r, c) != "" && c < len(t.columns) && t.columns[c] != colNone && t.columns[c] != colNote && t.columns[c] != colMoney {
			others = true
		}
	}
	if others {
		return false
	}
	if spans || upperNumber.MatchString(no) || no == "" {
		return true
	}
	if task >= 0 && g.at(r, task) != nil && boldCell(g.at(r, task)) {
		return true
	}
	below, _ := t.cell(g, r+1, colNumber)
	return r+1 < len(g.rows) && strings.HasPrefix(below, no+".") && len(below) > len(no)+1
}

func number(t *tableReader, g *grid, r int) *prose.Cell {
	if c := slices.Index(t.columns, colNumber); c >= 0 {
		return g.at(r, c)
	}
	return nil
}

func boldCell(c *prose.Cell) bool {
	bold := c.Bold
	for i := range c.Paragraphs {
		bold = bold || c.Paragraphs[i].Bold
	}
	return bold
}

func (t *tableReader) groupRow(g *grid, r int, no, task string) {
	if no == task {
		no = ""
	}
	if m := typed(task); no == "" && m != nil && m.takes[0].family.kind != bullet {
		no, task = strings.TrimRight(m.printed, ".)/-–—: "), m.rest
	}
	p := t.plan
	group := RowGroup{ID: fmt.Sprintf("g%d", len(p.RowGroups)+1), Table: t.table, No: told(no), Text: task}
	p.RowGroups = append(p.RowGroups, group)
	name := task
	if no != "" {
		name = no
	}
	t.group = &name
}

// goesOn adds to the row before what a page break has torn off it: a row without number, the words
// of which go on in small letters.
func (t *tableReader) goesOn(g *grid, r int, task string) bool {
	if t.last == nil || !small(task) || ended(t.last.Task) {
		return false
	}
	t.last.Task = glued([]string{t.last.Task, task})
	if s, _ := t.cell(g, r, colProduct); s != "" {
		whole := s
		if t.last.Product != nil {
			whole = glued([]string{*t.last.Product, s})
		}
		t.last.Product = &whole
	}
	return true
}
