package reading

import (
	"cmp"
	"slices"

	"chonoi/internal/document/prose"
)

// heard carries on what the reader of the file was unsure of, to the part of the paper where it
// stands. Each is a place for a person to look at, as those are that the structure leaves in doubt.
func (p *Plan) heard(all []prose.Warning, d *paper) {
	if len(all) == 0 {
		return
	}
	type part struct {
		line int
		at   string
	}
	parts := []part{{0, "header"}}
	begins := func(at string, lines []line) {
		if len(lines) > 0 {
			parts = append(parts, part{lines[0].number, at})
		}
	}
	begins("preamble", d.preamble)
	begins("closing", d.closing)
	begins("closing", d.end)
	for i := range d.annexes {
		begins("annex", append(slices.Clone(d.annexes[i].title), d.annexes[i].body...))
	}
	for i := range p.Nodes {
		parts = append(parts, part{p.Nodes[i].Line, p.Nodes[i].ID})
	}
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(a.line, b.line) })
	for _, w := range all {
		i, _ := slices.BinarySearchFunc(parts, w.Line, func(a part, line int) int { return cmp.Compare(a.line, line+1) })
		p.warn(parts[max(i-1, 0)].at, w.Key, w.Args...)
	}
}
