package assign

import (
	"encoding/json"
	"io"
	"strings"

	"chonoi/internal/document"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// The columns of the workbook in which assignments go out and come back. The last two are hidden:
// which assignment a row is, and what stood there when the file was made.
const (
	inClause = iota
	inWords
	inRole
	inBody
	inDue
	inBasis
	inProduct
	inWithdraw
	inDecision
	inReason
	inID
	inWas
	columnsOfBook
)

// titles are the texts of the columns.
var titles = [columnsOfBook]string{"assign.clause", "assign.words", "assign.role", "assign.body", "assign.due", "assign.basis", "assign.product", "assign.mark_withdrawn", "assign.decision", "assign.reason", "assign.hidden_id", "assign.hidden_was"}

// was is what stood in a row when the file was made.
type was struct {
	At                           int64 // microseconds
	Clause, Body, Name           string
	Role                         programme.Role
	Due, Basis, Product, Printed string
}

// standing is an assignment as it stands: one row of the workbook.
type standing struct {
	was
	ID     string
	Made   int64
	Secret bool
}

// bodyKey is how a body or class is told in one word.
func bodyKey(a *programme.Assignment) string {
	if a.Class != "" {
		return "class:" + a.Class
	}
	return a.Body
}

// standingOf lists the assignments of a board that hold, by clause, and the clauses without any.
func standingOf(b *programme.Board, names map[string]lang.Both, tag lang.Tag) (rows []standing, bare []programme.Clause) {
	for _, l := range b.Lines {
		n := len(rows)
		for _, a := range l.Assignments {
			if a.State == "assigned" {
				rows = append(rows, standingRow(b, l, a, names, tag))
			}
		}
		if len(rows) == n {
			bare = append(bare, l.Clause)
		}
	}
	return rows, bare
}

func standingRow(b *programme.Board, l programme.Line, a *programme.Assignment, names map[string]lang.Both, tag lang.Tag) standing {
	s := standing{ID: a.ID, Made: when.Micro(a.At), was: was{Clause: a.Clause, Body: bodyKey(a), Role: a.Role, Basis: a.Basis, Printed: a.Printed}}
	if s.Name = b.Names[a.Body].In(tag); s.Name == "" {
		s.Name = names[s.Body].In(tag)
	}
	if s.Name == "" {
		s.Name = a.Printed
	}
	first := true
	for _, t := range l.Tasks {
		if t.Assignment != a.ID || t.State != "open" {
			continue
		}
		s.Secret = s.Secret || t.Secret
		due, product := t.Task.Due.String(), t.Product.Vi
		if first {
			s.Due, s.Product, first = due, product, false
			continue
		}
		if s.Due != due { // of several bodies, what they have in common
			s.Due = ""
		}
		if s.Product != product {
			s.Product = ""
		}
	}
	if s.Secret {
		s.Due, s.Product = "", ""
	}
	return s
}

// writeBook writes the workbook: a row for each assignment that holds, one to fill in for each clause
// that has none.
func writeBook(w io.Writer, words *lang.Words, tag lang.Tag, b *programme.Board, names map[string]lang.Both, at int64) error {
	columns := make([]document.Column, columnsOfBook)
	for i, key := range titles {
		columns[i] = document.Column{Name: key, Title: words.T(tag, key), Width: 18}
	}
	columns[inWords].Width, columns[inWords].Locked = 60, true
	columns[inBody].Width, columns[inBasis].Width, columns[inProduct].Width = 40, 24, 30
	for _, i := range []int{inID, inWas} {
		columns[i].Locked, columns[i].Hidden = true, true
	}
	for _, role := range programme.Roles {
		columns[inRole].Choices = append(columns[inRole].Choices, words.T(tag, "role_name."+string(role)))
	}
	for _, name := range names {
		columns[inBody].Choices = append(columns[inBody].Choices, name.In(tag))
	}
	lang.Sort(columns[inBody].Choices, func(s string) string { return s })
	columns[inWithdraw].Choices = []string{words.T(tag, "assign.mark_withdrawn")}
	out, err := document.NewWriter(w, document.XLSX, columns, document.Layout{Sheet: words.T(tag, "assign.title"), Guarded: true})
	if err != nil {
		return err
	}
	rows, _ := standingOf(b, names, tag)
	held := map[string][]standing{}
	for _, s := range rows {
		held[s.Clause] = append(held[s.Clause], s)
	}
	for _, l := range b.Lines {
		if len(held[l.Path]) == 0 {
			if err := out.Write(l.Path, l.Says().In(tag)); err != nil {
				return err
			}
		}
		for _, s := range held[l.Path] {
			s.At = at
			hidden, err := json.Marshal(s.was)
			if err != nil {
				return err
			}
			due, _ := when.ParseDay(s.Due)
			if err := out.Write(l.Path, l.Says().In(tag), words.T(tag, "role_name."+string(s.Role)), s.Name, due, s.Basis, s.Product, nil, nil, nil, s.ID, string(hidden)); err != nil {
				return err
			}
		}
	}
	return out.Close()
}

// bookRow is a row of a workbook that came back.
type bookRow struct {
	Number int
	Cells  [columnsOfBook]string
}

func (r bookRow) at(i int) string { return r.Cells[i] }

// empty reports whether nobody wrote anything into a row that is no assignment yet.
func (r bookRow) empty() bool {
	for _, i := range []int{inRole, inBody, inDue, inBasis, inProduct, inWithdraw, inDecision, inReason, inID} {
		if r.Cells[i] != "" {
			return false
		}
	}
	return true
}

// before returns what stood in the row when the file was made; ok is false when the hidden cell is
// not as it was written.
func (r bookRow) before() (w was, ok bool) {
	err := json.Unmarshal([]byte(r.Cells[inWas]), &w)
	return w, err == nil && w.At > 0 && w.Clause != ""
}

// columnsIn tells which column of a file is which of ours, in either tongue.
func columnsIn(words *lang.Words, columns []string) (place map[string]int, complete bool) {
	ours := map[string]int{}
	for i, key := range titles {
		for _, tag := range []lang.Tag{lang.Vi, lang.En} {
			ours[lang.Fold(words.T(tag, key))] = i
		}
	}
	place = map[string]int{}
	found := [columnsOfBook]bool{}
	for _, name := range columns {
		if i, ok := ours[lang.Fold(strings.TrimSpace(name))]; ok && !found[i] {
			place[name], found[i] = i, true
		}
	}
	return place, found[inClause] && found[inRole] && found[inBody] && found[inBasis]
}
