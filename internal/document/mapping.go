package document

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"unicode"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// Target is a field that a column of a file may fill.
type Target struct {
	Name   string   // as our own files call it
	Titles []string // what people call it, in both tongues
	Needed bool
}

// Mapping tells which column of a file fills which field. A field is filled by one column only.
type Mapping struct {
	Columns map[string]string // column -> name of the field
	Unused  []string          // columns that fill nothing, in the file's order
	Missing []string          // needed fields that no column fills
}

// GuessMapping pairs columns with fields by name: the same name, the same title, the same without
// marks, case, signs and bracketed remarks, and last a title that begins with the other. The surest
// pairs are made first; what is claimed twice in the last way stays unused.
func GuessMapping(columns []string, fields []Target) Mapping {
	type pair struct {
		column, field int
		doubt         int
	}
	var pairs []pair
	titles := make([][]spelling, len(fields))
	for j, f := range fields {
		titles[j] = spellings(f)
	}
	for i, column := range columns {
		told := spell(column)
		for j := range fields {
			if doubt := leastDoubt(told, titles[j]); doubt < noPair {
				pairs = append(pairs, pair{i, j, doubt})
			}
		}
	}
	slices.SortStableFunc(pairs, func(a, b pair) int { return cmp.Compare(a.doubt, b.doubt) })
	m := Mapping{Columns: map[string]string{}}
	taken := map[int]bool{}
	for _, p := range pairs {
		if _, mapped := m.Columns[columns[p.column]]; mapped || taken[p.field] {
			continue
		}
		rival := p.doubt == beginsAlike && slices.ContainsFunc(pairs, func(o pair) bool {
			_, mapped := m.Columns[columns[o.column]]
			return o.doubt == p.doubt && (o.column == p.column) != (o.field == p.field) && !mapped && !taken[o.field]
		})
		if rival {
			continue
		}
		m.Columns[columns[p.column]] = fields[p.field].Name
		taken[p.field] = true
	}
	return m.For(columns, fields)
}

// How sure a pair is, the surest first.
const (
	sameName = iota
	sameTitle
	sameFolded
	sameBare
	beginsAlike
	noPair
)

// spelling is one name in the forms that are compared.
type spelling struct {
	exact, folded, bare string
	isName              bool
}

func spellings(f Target) []spelling {
	all := []spelling{spell(f.Name)}
	all[0].isName = true
	for _, title := range f.Titles {
		all = append(all, spell(title))
	}
	return all
}

func spell(name string) spelling {
	return spelling{exact: strings.ToLower(columnName(name)), folded: bareWords(name), bare: bareWords(withoutRemarks(name))}
}

// bareWords is a name without marks, case and signs, its words parted by one space.
func bareWords(name string) string {
	return strings.Join(strings.FieldsFunc(lang.Fold(name), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	}), " ")
}

// withoutRemarks leaves out what stands in brackets, such as a unit, and the star of a needed field.
func withoutRemarks(name string) string {
	depth := 0
	return strings.Map(func(r rune) rune {
		switch {
		case r == '(' || r == '[':
			depth++
		case r == ')' || r == ']':
			depth = max(depth-1, 0)
			return ' '
		}
		if depth > 0 || r == '*' {
			return -1
		}
		return r
	}, name)
}

func leastDoubt(told spelling, titles []spelling) int {
	least := noPair
	for _, t := range titles {
		doubt := noPair
		switch {
		case told.exact == t.exact && t.isName:
			doubt = sameName
		case told.exact == t.exact:
			doubt = sameTitle
		case told.folded == "" || t.folded == "":
		case told.folded == t.folded:
			doubt = sameFolded
		case told.bare == "" || t.bare == "":
		case told.bare == t.bare:
			doubt = sameBare
		case alike(told.bare, t.bare):
			doubt = beginsAlike
		}
		least = min(least, doubt)
	}
	return least
}

// alike reports that one name of at least two words begins the other.
func alike(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	return strings.Contains(a, " ") && strings.HasPrefix(b, a+" ")
}

// For returns the mapping as it holds for a file with these columns: pairs whose column or field is
// not there are left out, and Unused and Missing are told anew.
func (m Mapping) For(columns []string, fields []Target) Mapping {
	held := Mapping{Columns: map[string]string{}}
	filled := map[string]bool{}
	for _, column := range columns {
		name, mapped := m.Columns[column]
		if !mapped || filled[name] || !slices.ContainsFunc(fields, func(f Target) bool { return f.Name == name }) {
			held.Unused = append(held.Unused, column)
			continue
		}
		held.Columns[column] = name
		filled[name] = true
	}
	for _, f := range fields {
		if f.Needed && !filled[f.Name] {
			held.Missing = append(held.Missing, f.Name)
		}
	}
	return held
}

// Apply renames a row's columns to the fields that they fill, and leaves the other columns out.
func (m Mapping) Apply(row Row) Row {
	out := Row{Number: row.Number}
	for i, column := range row.Columns {
		if name, mapped := m.Columns[column]; mapped && i < len(row.Cells) {
			out.Columns, out.Cells = append(out.Columns, name), append(out.Cells, row.Cells[i])
		}
	}
	return out
}

// ColumnOf returns the column that fills a field.
func (m Mapping) ColumnOf(field string) (string, bool) {
	for column, name := range m.Columns {
		if name == field {
			return column, true
		}
	}
	return "", false
}

// Print writes the mapping as a table for a person: the file's columns with the field that each
// fills, then the needed fields that none fills.
func (m Mapping) Print(w io.Writer, words *lang.Words, tag lang.Tag) error {
	table := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	line := func(column, field string) { _, _ = fmt.Fprintf(table, "%s\t%s\n", column, field) }
	line(words.T(tag, "document.mapping_column"), words.T(tag, "document.mapping_target"))
	for _, column := range m.inOrder() {
		line(shorten(column), m.Columns[column])
	}
	for _, column := range m.Unused {
		line(shorten(column), words.T(tag, "document.mapping_unused"))
	}
	for _, name := range m.Missing {
		line(words.T(tag, "document.mapping_missing"), name)
	}
	return table.Flush()
}

// inOrder lists the mapped columns by the names of their fields.
func (m Mapping) inOrder() []string {
	columns := make([]string, 0, len(m.Columns))
	for column := range m.Columns {
		columns = append(columns, column)
	}
	slices.SortFunc(columns, func(a, b string) int { return cmp.Or(cmp.Compare(m.Columns[a], m.Columns[b]), cmp.Compare(a, b)) })
	return columns
}

func (m Mapping) check() error {
	seen := map[string]bool{}
	for _, column := range m.inOrder() {
		name := m.Columns[column]
		if seen[name] {
			return fault.New(fault.Invalid, "document.mapping_twice", "Name", shorten(name))
		}
		seen[name] = true
	}
	return nil
}
