package sale_test

import (
	"flag"
	"testing"

	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/sale"
)

var redraw = flag.Bool("redraw", false, "write the drawing of the table of moves into docs")

// The drawing in the docs is the table of moves of the program, not of somebody's memory.
func TestTheDrawingIsTheTableOfMoves(t *testing.T) {
	var arrows []exchangetest.Arrow
	for _, m := range sale.Moves() {
		arrows = append(arrows, exchangetest.Arrow{Act: m.Act, By: m.By, To: m.To, From: m.From})
	}
	exchangetest.Drawing(t, "sale", sale.States, arrows, *redraw)
}
