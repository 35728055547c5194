package intake

import (
	"context"
	"errors"
	"io"
	"slices"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
)

// File is one file of listings on its way in.
type File struct {
	exchange.Batch
	Table    *document.Table
	Mapping  document.Mapping
	Tongue   lang.Tag                         // of texts whose row does not say; guessed when empty
	Bad      func() (*document.Errors, error) // where bad rows go; called once, when there is a first one
	Progress func(done, total int64)          // bytes of the file; may be nil
	Counted  func(exchange.Counts)            // what came in so far; may be nil
}

// intakeBatch is how many rows are kept in one transaction: what was kept stays when an import is
// broken off, and the same import run again goes on from there.
const intakeBatch = 500

// otherNames are names by which columns of other exchanges and catalogues are known.
var otherNames = map[string][]string{
	"holder":      {"organisation", "organization", "company", "firm", "tổ chức", "đơn vị", "doanh nghiệp"},
	"description": {"abstract", "text", "body", "nội dung"},
	"keywords":    {"category", "tags", "nhóm", "thẻ"},
	"title":       {"name", "tên", "tiêu đề", "tên công nghệ", "tên nhu cầu"},
}

// Targets lists what the columns of a file for that shelf may fill, with the words people call it by.
func Targets[T any](s *exchange.Shelf[T], words *lang.Words) []document.Target {
	targets := []document.Target{
		{Name: "id", Titles: []string{"external_id", "reference", "mã", "mã tin", "mã số"}, Needed: true},
		{Name: "lang", Titles: []string{"language", "ngôn ngữ"}},
	}
	for _, f := range s.Columns() {
		vi, en := title(words, lang.Vi, s.Kind.Name, f.Name), title(words, lang.En, s.Kind.Name, f.Name)
		if f.Kind != field.KindBoth {
			targets = append(targets, document.Target{Name: f.Name, Titles: append([]string{vi, en}, otherNames[f.Name]...)})
			continue
		}
		targets = append(targets, document.Target{Name: f.Name, Titles: otherNames[f.Name]},
			document.Target{Name: f.Name + "_vi", Titles: []string{vi, vi + " (tiếng Việt)", f.Name + " vi"}},
			document.Target{Name: f.Name + "_en", Titles: []string{en, en + " (English)", f.Name + " en"}})
	}
	return targets
}

// title is what people call a fact of an offer or a need.
func title(words *lang.Words, tag lang.Tag, kind, name string) string {
	if key := kind + "." + name; words.Has(key) {
		return words.T(tag, key)
	}
	return words.T(tag, "listing."+name)
}

// TakeIn reads a file to its end and imports it into a shelf, some rows at a time. Bad rows go to
// their own file and cost nothing else. When ctx ends, what was kept stays and the counts tell how
// far it came. It returns fault.Invalid when no column is the id.
func TakeIn[T any](ctx context.Context, d *db.DB, s *exchange.Shelf[T], in File) (exchange.Counts, error) {
	var counts exchange.Counts
	if _, told := in.Mapping.ColumnOf("id"); !told {
		return counts, fault.New(fault.Invalid, "import.no_id_column")
	}
	bad := badRows{open: in.Bad}
	var rows []document.Row
	flush := func() error {
		err := takeBatch(ctx, d, s, in, rows, &counts, &bad)
		rows = rows[:0]
		if in.Progress != nil {
			in.Progress(in.Table.Read())
		}
		if in.Counted != nil {
			in.Counted(counts)
		}
		return err
	}
	for {
		row, err := in.Table.Next()
		var amiss *document.RowFault
		switch {
		case errors.Is(err, io.EOF):
			return counts, errors.Join(flush(), bad.close())
		case errors.As(err, &amiss):
			counts.Bad++
			err = bad.add(amiss.Row, *amiss)
		case err == nil:
			if rows = append(rows, row); len(rows) == intakeBatch {
				err = flush()
			}
		}
		if err == nil {
			err = ctx.Err()
		}
		if err != nil {
			return counts, errors.Join(err, bad.close())
		}
	}
}

func takeBatch[T any](ctx context.Context, d *db.DB, s *exchange.Shelf[T], in File, rows []document.Row, counts *exchange.Counts, bad *badRows) error {
	if len(rows) == 0 {
		return nil
	}
	incoming := make([]exchange.Incoming, len(rows))
	for i, row := range rows {
		incoming[i] = in.incoming(row)
	}
	var got exchange.Counts
	var faults []exchange.RowFault
	run := d.Update
	if in.Dry {
		run = d.View
	}
	err := run(ctx, func(tx *db.Tx) (err error) {
		got, faults, err = s.Import(tx, in.Batch, incoming)
		return err
	})
	if err != nil {
		return err
	}
	counts.Add(got)
	return bad.addAll(rows, faults, in.Mapping)
}

// incoming puts a row under our names and tells its tongue.
func (in File) incoming(row document.Row) exchange.Incoming {
	one := exchange.Incoming{Number: row.Number, Values: map[string][]string{}}
	told := in.Mapping.Apply(row)
	for i, name := range told.Columns {
		texts := told.Cells[i].List()
		if told.Cells[i].Kind == document.Text && !strings.HasPrefix(told.Cells[i].Text, "[") {
			texts = []string{told.Cells[i].Text}
		}
		switch name {
		case "id":
			one.External = lang.Clean(strings.Join(texts, " "))
		case "lang":
			one.Tongue = tongueOf(strings.Join(texts, ""))
		default:
			if len(texts) == 0 {
				texts = []string{""}
			}
			one.Values[name] = texts
		}
	}
	if one.Tongue == "" {
		one.Tongue = in.Tongue
	}
	if one.Tongue == "" {
		one.Tongue = guessTongue(one.Values)
	}
	return one
}

func tongueOf(text string) lang.Tag {
	switch text = lang.Fold(text); {
	case strings.HasPrefix(text, "vi"), strings.HasPrefix(text, "tieng viet"):
		return lang.Vi
	case strings.HasPrefix(text, "en"), strings.HasPrefix(text, "tieng anh"):
		return lang.En
	}
	return ""
}

// guessTongue takes a text with letters that only Vietnamese has for Vietnamese, others for English.
func guessTongue(values map[string][]string) lang.Tag {
	for _, name := range []string{"title", "description", "summary"} {
		for _, text := range values[name] {
			if strings.ContainsAny(strings.ToLower(text), "ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ") {
				return lang.Vi
			}
		}
	}
	return lang.En
}

// badRows collects what could not be taken, in a file that is begun with the first of it.
type badRows struct {
	open func() (*document.Errors, error)
	file *document.Errors
}

func (b *badRows) add(row document.Row, amiss ...document.RowFault) error {
	if b.open == nil {
		return nil
	}
	if b.file == nil {
		file, err := b.open()
		if err != nil {
			return err
		}
		b.file = file
	}
	return b.file.Add(row, amiss...)
}

// addAll tells for each row what is amiss with it, under the names that the file's columns have.
func (b *badRows) addAll(rows []document.Row, faults []exchange.RowFault, m document.Mapping) error {
	for _, row := range rows {
		var own []document.RowFault
		for _, f := range faults {
			if f.Number != row.Number {
				continue
			}
			column, told := m.ColumnOf(f.Column)
			if !told {
				column, told = m.ColumnOf(strings.TrimSuffix(strings.TrimSuffix(f.Column, "_vi"), "_en"))
			}
			if !told {
				column = f.Column
			}
			own = append(own, document.RowFault{Number: f.Number, Column: column, Key: f.Key, Args: f.Args})
		}
		if len(own) == 0 {
			continue
		}
		if err := b.add(row, slices.Clip(own)...); err != nil {
			return err
		}
	}
	return nil
}

func (b *badRows) close() error {
	if b.file == nil {
		return nil
	}
	return b.file.Close()
}
