package desk

import (
	"fmt"
	"net/http"
	"strings"

	"chonoi/internal/exchange"
	"chonoi/internal/field"
	"chonoi/internal/record"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// rules is what the page of the listing rules is drawn from.
type rules struct {
	Promise []string
	Drawing rulesDrawing
	Moves   parts.Table
	Proofs  []parts.Fact
	Levels  []parts.Fact
}

func (x *desk) showRules(w http.ResponseWriter, r *http.Request) error {
	measured, err := x.promiseText(r)
	if err != nil {
		return err
	}
	v := rules{Drawing: drawStates(r), Moves: movesTable(r), Promise: []string{measured, web.T(r, "rules.four_eyes"),
		web.T(r, "rules.lifetime", "N", x.Lifetime()), web.T(r, "rules.reply", "N", x.ReplyDays()), web.T(r, "rules.reaudit", "Share", x.ReauditShare())}}
	for _, level := range record.ClaimLevels {
		v.Proofs = append(v.Proofs, parts.Fact{Name: x.Codes.Name("claim_levels", level).In(web.Lang(r)), Value: web.T(r, "rules.proof_"+level)})
	}
	for _, level := range field.Levels {
		v.Levels = append(v.Levels, parts.Fact{Name: x.Codes.Name("visibility_levels", level).In(web.Lang(r)), Value: web.T(r, "rules.level_"+level)})
	}
	page := web.Page{Title: web.T(r, "rules.title"), Description: web.T(r, "rules.lede"), Section: "/search",
		Crumbs: []parts.Crumb{{Path: "/search", Text: web.T(r, "search.title")}, {Text: web.T(r, "rules.title")}}}
	return web.Show(w, r, page, rulesPage(v))
}

// movesTable is the table of moves as people read it.
func movesTable(r *http.Request) parts.Table {
	t := parts.Table{Label: web.T(r, "rules.moves"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "rules.act")}, {Title: web.T(r, "rules.from")},
		{Title: web.T(r, "rules.to")}, {Title: web.T(r, "rules.by")}}}
	for _, m := range exchange.Moves() {
		var from []string
		for _, state := range m.From {
			from = append(from, web.T(r, "state."+state))
		}
		t.Rows = append(t.Rows, []parts.Cell{{Text: web.T(r, "move."+m.Act)}, {Text: strings.Join(from, ", ")}, {Text: web.T(r, "state."+m.To)}, {Text: web.T(r, "rules.by_"+m.By)}})
	}
	return t
}

// rulesDrawing is the diagram of states: a box for each, an arrow for each move of the main way.
type rulesDrawing struct {
	View, Width, Height string
	Boxes               []stateBox
	Arrows              []string // paths
}

// stateBox is one state of the diagram, its name in lines that fit.
type stateBox struct {
	X, Y  int
	Class string
	Lines []stateLine
}

type stateLine struct {
	X, Y int
	Text string
}

// The size of a box and the grid on which boxes stand, in drawing units; three columns fit a phone.
const (
	boxWide, boxHigh   = 92, 58
	cellWide, cellHigh = 112, 88
	lineChars          = 12
)

// statePlaces are the column and row of each state in the diagram.
var statePlaces = map[string][2]int{
	exchange.Draft: {1, 0}, exchange.Submitted: {1, 1}, exchange.Returned: {0, 1}, exchange.Checking: {1, 2}, exchange.SecondReview: {2, 2}, exchange.Published: {1, 3}, exchange.Blocked: {2, 3},
	exchange.Suspended: {2, 4}, exchange.Expiring: {1, 4}, exchange.Taken: {0, 3}, exchange.Answered: {0, 4}, exchange.Expired: {1, 5}, exchange.NoAnswer: {0, 5}, exchange.Renewed: {2, 5}, exchange.Withdrawn: {1, 6},
}

// drawnMoves are the moves that the diagram shows as arrows; the table below it has them all.
var drawnMoves = [][2]string{
	{exchange.Draft, exchange.Submitted}, {exchange.Submitted, exchange.Checking}, {exchange.Checking, exchange.Returned}, {exchange.Returned, exchange.Submitted}, {exchange.Checking, exchange.SecondReview}, {exchange.Checking, exchange.Published}, {exchange.SecondReview, exchange.Published},
	{exchange.SecondReview, exchange.Blocked}, {exchange.Published, exchange.Taken}, {exchange.Published, exchange.Answered}, {exchange.Published, exchange.Expiring}, {exchange.Published, exchange.Suspended}, {exchange.Suspended, exchange.Blocked}, {exchange.Expiring, exchange.Expired},
	{exchange.Expiring, exchange.NoAnswer}, {exchange.Expiring, exchange.Renewed}, {exchange.Expired, exchange.Renewed}, {exchange.Expired, exchange.Withdrawn},
}

func drawStates(r *http.Request) rulesDrawing {
	d := rulesDrawing{View: fmt.Sprintf("0 0 %d %d", 3*cellWide, 7*cellHigh), Width: fmt.Sprint(3 * cellWide), Height: fmt.Sprint(7 * cellHigh)}
	for _, state := range exchange.States {
		at := statePlaces[state]
		box := stateBox{X: at[0]*cellWide + (cellWide-boxWide)/2, Y: at[1]*cellHigh + (cellHigh-boxHigh)/2, Class: "c0"}
		switch {
		case exchange.OnFloor(state):
			box.Class = "c1"
		case state == exchange.Blocked || state == exchange.Suspended:
			box.Class = "c4"
		case state == exchange.Submitted || state == exchange.Checking || state == exchange.SecondReview:
			box.Class = "c2"
		}
		lines := wrap(web.T(r, "state."+state), lineChars)
		for i, text := range lines {
			box.Lines = append(box.Lines, stateLine{X: box.X + boxWide/2, Y: box.Y + boxHigh/2 + 5 + (2*i-len(lines)+1)*8, Text: text})
		}
		d.Boxes = append(d.Boxes, box)
	}
	for _, m := range drawnMoves {
		d.Arrows = append(d.Arrows, arrow(statePlaces[m[0]], statePlaces[m[1]]))
	}
	return d
}

// arrow is the path from the edge of one box to the edge of another, with its head.
func arrow(from, to [2]int) string {
	x1, y1 := from[0]*cellWide+cellWide/2, from[1]*cellHigh+cellHigh/2
	x2, y2 := to[0]*cellWide+cellWide/2, to[1]*cellHigh+cellHigh/2
	down, right := sign(to[1]-from[1]), sign(to[0]-from[0])
	if down != 0 && right != 0 { // a corner: from the side, or from below
		x1, y1 = x1+right*boxWide/3, y1+down*boxHigh/2
		x2, y2 = x2-right*boxWide/3, y2-down*boxHigh/2
		return fmt.Sprintf("M%d %dL%d %dM%d %dl%d %dl%d %d", x1, y1, x2, y2, x2-right*7, y2-down*2, right*7, down*2, -right*2, -down*7)
	}
	if down != 0 {
		y1, y2 = y1+down*boxHigh/2, y2-down*boxHigh/2
		return fmt.Sprintf("M%d %dV%dM%d %dl5 %dl5 %d", x1, y1, y2, x2-5, y2-down*6, down*6, -down*6)
	}
	x1, x2 = x1+right*boxWide/2, x2-right*boxWide/2
	return fmt.Sprintf("M%d %dH%dM%d %dl%d 5l%d 5", x1, y1, x2, x2-right*6, y2-5, right*6, -right*6)
}

func sign(n int) int {
	switch {
	case n < 0:
		return -1
	case n > 0:
		return 1
	}
	return 0
}

// wrap breaks a name into lines of about so many characters, at spaces.
func wrap(text string, most int) []string {
	var lines []string
	for _, word := range strings.Fields(text) {
		if last := len(lines) - 1; last >= 0 && len([]rune(lines[last]))+1+len([]rune(word)) <= most {
			lines[last] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// outline is the hull of a box: flat above, round below, as goods hang on the pole.
func (b stateBox) outline() string {
	return fmt.Sprintf("M%d %dh%dv%da14 14 0 0 1-14 14h-%da14 14 0 0 1-14-14z", b.X, b.Y, boxWide, boxHigh-14, boxWide-28)
}
