package overview

import (
	"fmt"

	"chonoi/internal/when"
)

// picture is a drawing made by the server; what it shows also stands in the table beside it.
type picture struct {
	W, H   int
	Label  string
	Shapes []shape
}

// shape is a piece of a picture: a path, a rectangle, a circle or a text, in one of the colours of charts.
type shape struct {
	Kind, Class, Colour, D, Text, Anchor string
	X, Y, W, H, R                        int
}

func (p *picture) text(x, y int, text, anchor string) {
	p.Shapes = append(p.Shapes, shape{Kind: "text", Text: text, X: x, Y: y, Anchor: anchor})
}

func (p *picture) strong(x, y int, text, anchor string) {
	p.Shapes = append(p.Shapes, shape{Kind: "text", Class: "val", Text: text, X: x, Y: y, Anchor: anchor})
}

func (p *picture) path(colour, class, d string) {
	p.Shapes = append(p.Shapes, shape{Kind: "path", Class: class, Colour: colour, D: d})
}

func (p *picture) rect(colour string, x, y, w, h int) {
	p.Shapes = append(p.Shapes, shape{Kind: "rect", Class: "m", Colour: colour, X: x, Y: y, W: max(w, 2), H: h})
}

func (p *picture) circle(colour string, x, y, r int) {
	p.Shapes = append(p.Shapes, shape{Kind: "circle", Class: "m", Colour: colour, X: x, Y: y, R: r})
}

// box draws the outline of a rectangle.
func (p *picture) box(colour string, x, y, w, h int) {
	p.path(colour, "l", fmt.Sprintf("M%d %dh%dv%dh%dz", x, y, max(w, 3), h, -max(w, 3)))
}

// short cuts a text to what fits into so many pixels.
func short(text string, width int) string {
	most := max(width*10/73, 4)
	if r := []rune(text); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return text
}

// span is the days that a time line covers, by whole months, cut into equal pieces of some months.
type span struct {
	from   when.Day // first day of the first piece
	months int      // of a piece
	n      int      // pieces
}

const mostPieces = 12

// spanOf covers two days in at most twelve pieces of a month, a quarter, a half year, or years.
func spanOf(from, to when.Day) span {
	if to.Before(from) {
		to = from
	}
	for _, months := range []int{1, 3, 6, 12, 24, 60, 120, 1200} {
		first := when.Day{Year: from.Year, Month: 1, Date: 1}
		skip := (int(from.Month) - 1) / min(months, 12) * min(months, 12)
		s := span{from: first, months: months}
		s.from = s.add(skip)
		n := ((to.Year-s.from.Year)*12+int(to.Month)-int(s.from.Month))/months + 1
		if n <= mostPieces {
			s.n = max(n, 2)
			return s
		}
	}
	return span{from: from, months: 1200, n: mostPieces}
}

func (s span) add(months int) when.Day {
	return when.DayOf(s.from.Start().AddDate(0, months, 0))
}

// piece returns the first day of a piece.
func (s span) piece(i int) when.Day { return s.add(i * s.months) }

// index returns the piece of a day.
func (s span) index(d when.Day) int {
	return min(max(((d.Year-s.from.Year)*12+int(d.Month)-int(s.from.Month))/s.months, 0), s.n-1)
}

// at returns where a day stands between two places.
func (s span) at(d when.Day, left, right int) int {
	whole := s.from.DaysUntil(s.piece(s.n))
	return left + (right-left)*min(max(s.from.DaysUntil(d), 0), whole)/max(whole, 1)
}
