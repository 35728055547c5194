package exchangetest

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

// Arrow is a move of a table that is drawn: To is "" when the state stays.
type Arrow struct {
	Act, By, To string
	From        []string
}

// Drawing compares the drawing of a table of moves in the docs with the table, and writes it anew where
// that is asked for.
func Drawing(t *testing.T, name string, states []string, moves []Arrow, redraw bool) {
	t.Helper()
	for _, m := range moves {
		for _, state := range append(slices.Clone(m.From), m.To) {
			if state != "" && !slices.Contains(states, state) {
				t.Errorf("%s: the state %q of %s is not drawn", name, state, m.Act)
			}
		}
	}
	path, want := "../../../docs/"+name+".svg", drawn(states, moves)
	if redraw {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(path); err != nil || string(kept) != want {
		t.Errorf("%s is not the table of moves; run the test with -redraw", path)
	}
}

const (
	boxLeft, boxWide, boxHigh = 16, 190, 40
	rowHigh, laneWide         = 74, 46
	headHigh                  = 190 // where the names of the moves stand
)

var colours = map[string]string{"asker": "#0b6e6e", "bidder": "#0b6e6e", "seller": "#b3261e", "holder": "#b3261e", "side": "#0b6e6e", "other": "#b3261e", "receiver": "#0b6e6e", "supplier": "#b3261e", "officer": "#7a5a00", "system": "#5a5f66"}

// drawn draws states one below the other, and each move as a lane: from where it is left, to where it leads.
func drawn(states []string, moves []Arrow) string {
	var b strings.Builder
	wide, high := boxLeft+boxWide+30+len(moves)*laneWide+30, headHigh+len(states)*rowHigh+15
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13"><title>Moves</title><rect width="100%%" height="100%%" fill="#fff"/>`+"\n", wide, high)
	b.WriteString(`<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="#333"/></marker></defs>` + "\n")
	middle := func(state string) int { return headHigh + 15 + slices.Index(states, state)*rowHigh + boxHigh/2 }
	for _, state := range states {
		fmt.Fprintf(&b, `<rect x="%d" y="%d" width="%d" height="%d" rx="8" fill="#eef6f5" stroke="#0b6e6e"/><text x="%d" y="%d" text-anchor="middle">%s</text>`+"\n",
			boxLeft, middle(state)-boxHigh/2, boxWide, boxHigh, boxLeft+boxWide/2, middle(state)+5, state)
	}
	for i, m := range moves {
		x, edge, colour := boxLeft+boxWide+30+i*laneWide, boxLeft+boxWide, colours[m.By]
		top, bottom := high, 0
		for _, from := range m.From {
			y := middle(from) - 10 + i%5*4
			fmt.Fprintf(&b, `<path d="M%d %dH%d" stroke="%s" fill="none"/><circle cx="%d" cy="%d" r="3" fill="%s"/>`+"\n", edge, y, x, colour, edge, y, colour)
			top, bottom = min(top, y), max(bottom, y)
		}
		if m.To != "" {
			y := middle(m.To) - 6 + i%4*5
			fmt.Fprintf(&b, `<path d="M%d %dH%d" stroke="%s" fill="none" marker-end="url(#a)"/>`+"\n", x, y, edge, colour)
			top, bottom = min(top, y), max(bottom, y)
		}
		fmt.Fprintf(&b, `<path d="M%d %dV%d" stroke="%s" stroke-width="2" fill="none"/><path d="M%d %dV%d" stroke="%s" stroke-dasharray="2 4"/><text transform="translate(%d %d) rotate(-90)" fill="%s">%s (%s)</text>`+"\n",
			x, top, bottom, colour, x, headHigh-4, top, colour, x+4, headHigh-8, colour, m.Act, m.By)
	}
	b.WriteString("</svg>\n")
	return b.String()
}
