package overview

import (
	"fmt"
	"slices"
	"strconv"

	"net/http"

	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/when"
)

const (
	wide     = 1100 // of a picture
	labels   = 300  // of it, what its rows are called
	topSpace = 46   // of it, what its columns are called
	rowSpace = 26
)

func finished(t laned) bool {
	return t.Standing == programme.OnTime || t.Standing == programme.Late || t.Standing == programme.DoneUndated
}

// begins returns the day from which a task runs: its own, else that of its plan, else when it was set.
func begins(b *programme.Board, t laned) when.Day {
	switch {
	case !t.Begins.Zero():
		return t.Begins
	case !b.Plan.From.Zero():
		return b.Plan.From
	}
	return when.DayOf(t.Created)
}

// breaks are the days on which bodies of the plan were reorganised: what comes before and after is
// not comparable.
func breaks(b *programme.Board) (all []when.Day) {
	for _, last := range b.Ended {
		if next := last.AddDays(1); !slices.Contains(all, next) {
			all = append(all, next)
		}
	}
	slices.SortFunc(all, func(a, b when.Day) int { return a.Start().Compare(b.Start()) })
	return all
}

// spanBars covers the days of all tasks that are drawn.
func spanBars(b *programme.Board, all []*lane) span {
	from, to := b.On, b.On
	for _, l := range all {
		for _, t := range l.tasks {
			if first := begins(b, t); !t.Secret && first.Before(from) {
				from = first
			}
			for _, day := range append(oldDays(t, b.On), t.Due, t.Done) {
				if !day.Zero() && day.After(to) {
					to = day
				}
			}
		}
	}
	return spanOf(from, to)
}

func oldDays(t laned, on when.Day) (all []when.Day) {
	for _, m := range movesUntil(t, on) {
		if !m.Old.Zero() {
			all = append(all, m.Old)
		}
	}
	return all
}

// spanAll covers the due days of all tasks.
func spanAll(b *programme.Board, all []*lane) span {
	from, to := b.On, b.On
	for _, l := range all {
		for _, t := range l.tasks {
			if t.Due.Zero() {
				continue
			}
			if t.Due.Before(from) {
				from = t.Due
			}
			if t.Due.After(to) {
				to = t.Due
			}
		}
	}
	return spanOf(from, to)
}

// pieceName is what a piece of time is called.
func pieceName(r *http.Request, s span, i int) string {
	d := s.piece(i)
	switch {
	case s.months == 1:
		return fmt.Sprintf("%02d/%d", int(d.Month), d.Year)
	case s.months == 3:
		return web.T(r, "timeline.quarter", "Quarter", (int(d.Month)+2)/3, "Year", strconv.Itoa(d.Year))
	case s.months == 6:
		return web.T(r, "timeline.half", "Half", (int(d.Month)+5)/6, "Year", strconv.Itoa(d.Year))
	case s.months == 12:
		return strconv.Itoa(d.Year)
	}
	return strconv.Itoa(d.Year) + "–" + strconv.Itoa(s.piece(i+1).Year-1)
}

// frame draws the columns, the line of today and the breaks.
func (p *picture) frame(r *http.Request, b *programme.Board, s span, right int) {
	for i := 0; i <= s.n; i++ {
		x := s.at(s.piece(i), labels, right)
		p.path("", "axis", fmt.Sprintf("M%d %dV%d", x, topSpace-8, p.H))
		if i < s.n {
			p.text((x+s.at(s.piece(i+1), labels, right))/2, topSpace-14, pieceName(r, s, i), "middle")
		}
	}
	p.path("", "axis", fmt.Sprintf("M0 %dH%d", topSpace-4, wide))
	for _, day := range breaks(b) {
		if x := s.at(day, labels, right); !day.Before(s.from) {
			p.path("c3", "l", fmt.Sprintf("M%d %dV%dM%d %dV%d", x-2, topSpace-4, p.H, x+2, topSpace-4, p.H))
			p.text(min(max(x, labels), wide-110), 14, web.T(r, "timeline.break", "Date", lang.Date(web.Lang(r), day.Start())), "middle")
		}
	}
	x := s.at(b.On, labels, right)
	p.path("", "aim", fmt.Sprintf("M%d %dV%d", x, topSpace-4, p.H))
}

// gantt draws each task as a bar from its beginning to its day.
func gantt(r *http.Request, b *programme.Board, all []*lane) *picture {
	rows := len(all)
	for _, l := range all {
		rows += len(l.tasks)
	}
	p := &picture{W: wide, H: topSpace + rows*rowSpace + 6, Label: web.T(r, "timeline.picture")}
	s := spanBars(b, all)
	p.frame(r, b, s, wide-10)
	y := topSpace
	for _, l := range all {
		p.strong(0, y+17, short(l.name, wide/2), "start")
		y += rowSpace
		for _, t := range l.tasks {
			p.text(12, y+17, short(t.line.Path+" "+titleOf(r, t), labels-24), "start")
			if !t.Secret {
				p.bar(b, s, t, y)
			}
			y += rowSpace
		}
	}
	return p
}

// bar draws one task: filled when done, in outline while it runs, with what its day was before.
func (p *picture) bar(b *programme.Board, s span, t laned, y int) {
	right := wide - 10
	x := func(d when.Day) int { return s.at(d, labels, right) }
	from, mid := x(begins(b, t)), y+rowSpace/2
	end := t.Due
	if end.Zero() {
		end = s.piece(s.n).AddDays(-1)
		if finished(t) {
			end = t.Done
		}
	}
	to := max(x(end), from+6)
	switch kind := shown.Kind(t.Placed); {
	case finished(t):
		p.rect("c1", from, y+8, to-from, 10)
		p.circle("c1", x(t.Done), mid, 6)
	case kind == "late" && t.Due.Before(b.On) && !t.Due.Zero():
		p.rect("c4", from, y+8, to-from, 10)
		p.path("c4", "l", fmt.Sprintf("M%d %dH%dm-6 -5l6 5l-6 5", to, mid, max(x(b.On), to+8)))
	case kind == "late":
		p.box("c4", from, y+8, to-from, 10)
	case t.Due.Zero():
		p.path("c2", "l", fmt.Sprintf("M%d %dH%dm-6 -5l6 5l-6 5", from, mid, to))
	case kind == "risk":
		p.box("c2", from, y+8, to-from, 10)
	case kind == "idle":
		p.box("c0", from, y+8, to-from, 10)
	default:
		p.box("c1", from, y+8, to-from, 10)
	}
	for _, old := range oldDays(t, b.On) {
		ox := x(old)
		p.path("c3", "l", fmt.Sprintf("M%d %dl5 5l-5 5l-5 -5z", ox, mid-5))
		if !t.Due.Zero() && to != ox {
			p.path("c3", "l", fmt.Sprintf("M%d %dV%dH%dv5", ox, mid-5, y+3, to))
		}
	}
}

// cell counts the tasks of a lane that are due in one piece of time.
type cell struct{ done, late, open int }

func tally(b *programme.Board, l *lane, s span) (cells []cell, undated int) {
	cells = make([]cell, s.n)
	for _, t := range l.tasks {
		if t.Due.Zero() {
			undated++
			continue
		}
		c := &cells[s.index(t.Due)]
		switch {
		case finished(t):
			c.done++
		case shown.Kind(t.Placed) == "late":
			c.late++
		default:
			c.open++
		}
	}
	return cells, undated
}

// heat draws for each lane how many tasks are due in each piece of time, and how they stand.
func heat(r *http.Request, b *programme.Board, all []*lane, s span) *picture {
	const high = 36
	right := wide - 90
	p := &picture{W: wide, H: topSpace + len(all)*high + 6, Label: web.T(r, "timeline.picture_sums")}
	p.frame(r, b, s, right)
	p.text(wide-45, topSpace-14, web.T(r, "timeline.undated"), "middle")
	tag := web.Lang(r)
	for i, l := range all {
		y := topSpace + i*high
		p.text(0, y+22, short(l.name, labels-10), "start")
		cells, undated := tally(b, l, s)
		for j, c := range cells {
			n := c.done + c.late + c.open
			if n == 0 {
				continue
			}
			left, end := s.at(s.piece(j), labels, right)+4, s.at(s.piece(j+1), labels, right)-4
			p.strong((left+end)/2, y+15, lang.Number(tag, int64(n)), "middle")
			for _, one := range []struct {
				colour string
				n      int
			}{{"c1", c.done}, {"c4", c.late}, {"c0", c.open}} {
				if one.n > 0 {
					width := (end - left) * one.n / n
					p.rect(one.colour, left, y+21, width, 8)
					left += width
				}
			}
		}
		if undated > 0 {
			p.strong(wide-45, y+22, lang.Number(tag, int64(undated)), "middle")
		}
	}
	return p
}
