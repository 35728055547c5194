package app

import (
	"context"
	"encoding/json"
	"io"
	"strings"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// ExportKind is what can be exported, in the plural: offers, needs, organisations.
type ExportKind string

// exportPage is how many records are read in one transaction.
const exportPage = 500

// exportHead are the columns that stand before a kind's own.
var exportHead = []string{"id", "number", "state", "version", "organisation", "published_at", "updated_at", "expires_on"}

// Export writes what everybody may see of a kind of record, and returns how many records it wrote.
// An import reads the file back. When ctx ends it stops at the end of a page.
func (h *House) Export(ctx context.Context, w io.Writer, kind ExportKind, format document.Format, progress func(int)) (int, error) {
	for _, r := range h.resources() {
		if r.Name+"s" == string(kind) {
			return h.export(ctx, w, r, format, progress)
		}
	}
	return 0, fault.New(fault.NotFound, "record.not_found")
}

func (h *House) export(ctx context.Context, w io.Writer, r record.Resource, format document.Format, progress func(int)) (int, error) {
	names := append(exportHead[:len(exportHead):len(exportHead)], r.Columns...)
	columns := make([]document.Column, len(names))
	for i, name := range names {
		columns[i] = document.Column{Name: name}
	}
	out, err := document.NewWriter(w, format, columns, document.Layout{BOM: true, Sheet: r.Name})
	if err != nil {
		return 0, err
	}
	after, written := "", 0
	for {
		var page []map[string]any
		err := h.DB.View(ctx, func(tx *db.Tx) (err error) {
			page, err = r.List(tx, after, exportPage)
			return err
		})
		if err != nil {
			return written, err
		}
		for _, one := range page {
			cells := cellsOf(one, names)
			if format == document.XLSX {
				dateCells(cells, names, r)
			}
			if err := out.Write(cells...); err != nil {
				return written, err
			}
			after, _ = one["id"].(string)
			written++
		}
		if progress != nil {
			progress(written)
		}
		if len(page) < exportPage {
			return written, out.Close()
		}
	}
}

// cellsOf lays a record out under its columns; a text of two tongues has one column for each.
func cellsOf(one map[string]any, names []string) []any {
	cells := make([]any, len(names))
	for i, name := range names {
		if v, there := one[name]; there {
			cells[i] = plainCell(v)
			continue
		}
		if cut := strings.LastIndexByte(name, '_'); cut > 0 {
			if text, ok := one[name[:cut]].(map[string]string); ok {
				cells[i] = text[name[cut+1:]]
			}
		}
	}
	return cells
}

// dateCells turns the texts of days and instants into what a sheet knows as such, so that they can
// be sorted and reckoned with there; an instant is told in the city's time.
func dateCells(cells []any, names []string, r record.Resource) {
	for i, name := range names {
		text, isText := cells[i].(string)
		switch {
		case !isText || text == "":
		case name == "published_at" || name == "updated_at":
			if at, err := time.Parse(time.RFC3339, text); err == nil {
				cells[i] = at
			}
		case strings.HasSuffix(name, "_on") || r.Facts[name]["format"] == "date":
			if day, err := when.ParseDay(text); err == nil {
				cells[i] = day
			}
		}
	}
}

func plainCell(v any) any {
	switch v := v.(type) {
	case string, bool, int64, int, []string, nil:
		return v
	}
	raw, _ := json.Marshal(v)
	return string(raw)
}
