package app_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/document/officetest"
	"chonoi/internal/when"
)

func TestEveryCellOfAnExportIsSeenInLibreOfficeAsItIs(t *testing.T) {
	s := city(t, "sqlite")
	must(t, s.DB.Update(t.Context(), func(tx *db.Tx) error {
		for _, change := range []string{
			`UPDATE offer SET title_vi = '=1+1', summary_vi = '+84 28 3829 1234', holder = '@SUM(A1)', price = 1250000000000, price_kind = 'fixed' WHERE id IN (SELECT id FROM offer WHERE state = 'published' LIMIT 1)`,
			`UPDATE need SET title_vi = '-cmd|calc', needed_by = '2027-01-31' WHERE id IN (SELECT id FROM need WHERE state = 'published' LIMIT 1)`,
			`UPDATE organisation SET short_name = '=HYPERLINK("http://x.example")', phone = '02838291234' WHERE id IN (SELECT id FROM organisation WHERE state = 'confirmed' LIMIT 1)`,
		} {
			if _, err := tx.Exec(change); err != nil {
				return err
			}
		}
		return nil
	}))
	dir, kinds := t.TempDir(), []string{"offers", "needs", "organisations"}
	var books []string
	for _, kind := range kinds {
		book, err := os.Create(filepath.Join(dir, kind+".xlsx"))
		must(t, err)
		_, err = s.Export(t.Context(), book, app.ExportKind(kind), document.XLSX, nil)
		must(t, errors.Join(err, book.Close()))
		books = append(books, book.Name())
	}
	for i, path := range officetest.Convert(t, officetest.CSV, "", books...) {
		var plain bytes.Buffer
		n, err := s.Export(t.Context(), &plain, app.ExportKind(kinds[i]), document.CSV, nil)
		must(t, err)
		table, err := document.OpenTable("x.csv", bytes.NewReader(plain.Bytes()), document.Options{})
		must(t, err)
		seen := officetest.Read(t, path)
		if len(seen) != n+1 {
			t.Fatalf("%d of %d %s are seen", len(seen)-1, n, kinds[i])
		}
		cells, formulas, dates := 0, 0, 0
		for _, row := range seen[1:] {
			want, err := table.Next()
			must(t, err)
			for j, name := range table.Columns() {
				cell, _ := want.Cell(name)
				shown := asShown(name, cell.Text)
				if row[j].Shown != shown {
					t.Errorf("%s, row %d, %s: %q is seen as %q", kinds[i], want.Number, name, cell.Text, row[j].Shown)
				}
				cells++
				if shown != cell.Text {
					dates++
				}
				if strings.ContainsAny(cell.Text[:min(1, len(cell.Text))], "=+-@") {
					if formulas++; !row[j].Text {
						t.Errorf("%q is no text", cell.Text)
					}
				}
			}
		}
		if _, err := table.Next(); !errors.Is(err, io.EOF) || formulas == 0 || dates == 0 {
			t.Errorf("%s: %d cells, %d like formulas, %d dates, %v", kinds[i], cells, formulas, dates, err)
		}
		t.Logf("%s: %d cells, %d like formulas, %d dates", kinds[i], cells, formulas, dates)
	}
}

// asShown is a day or an instant as a sheet shows it, and any other text as it is.
func asShown(column, text string) string {
	if day, err := time.Parse(time.DateOnly, text); err == nil && column != "source" {
		return day.Format("02/01/2006")
	}
	if at, err := time.Parse(time.RFC3339, text); err == nil {
		return at.In(when.Zone).Format("02/01/2006 15:04:05")
	}
	if text == "true" || text == "false" {
		return strings.ToUpper(text)
	}
	return text
}
