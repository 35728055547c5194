package paper

import (
	"context"
	"io"
	"strconv"
)

// opened is an uploaded DOCX as the checker sees it.
type opened struct {
	rows     []row
	sections []section
	headers  map[string][]row // by relation
}

// open reads text and formatting. Faults: Unsupported for what is no DOCX, Invalid for a damaged one,
// TooLarge for one that costs too much.
func open(ctx context.Context, r io.ReaderAt, size int64) (*opened, error) {
	a, err := openArchive(ctx, r, size)
	if err != nil {
		return nil, err
	}
	relations, err := a.relations()
	if err != nil {
		return nil, err
	}
	theme := &themeFonts{fonts: map[string]string{}}
	styles := &styleSheet{theme: theme.fonts, styles: map[string]*oneStyle{}}
	if err := a.walk(relations.byKind["theme"], theme); err != nil {
		return nil, err
	}
	if err := a.walk(relations.byKind["styles"], styles); err != nil {
		return nil, err
	}
	d := newReader(styles)
	if err := a.walk("word/document.xml", d); err != nil {
		return nil, err
	}
	o := &opened{rows: d.rows, sections: d.sections, headers: map[string][]row{}}
	for _, s := range d.sections {
		for _, set := range []map[string]string{s.headers, s.footers} {
			for _, id := range set {
				if _, seen := o.headers[id]; seen || len(o.headers) > 100 {
					continue
				}
				h := newReader(styles)
				if err := a.walk(relations.byID[id], h); err != nil {
					return nil, err
				}
				o.headers[id] = h.rows
			}
		}
	}
	if d.over {
		return nil, tooCostly()
	}
	if len(o.rows) == 0 {
		return nil, unreadable()
	}
	return o, nil
}

// whole reads a whole number of a reasonable size.
func whole(s string) (int, bool) {
	n, err := strconv.Atoi(s)
	return n, err == nil && n > -100_000 && n < 100_000
}
