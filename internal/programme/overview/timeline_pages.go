package overview

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"slices"

	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// timelineView is what the time line of a plan is drawn from.
type timelineView struct {
	Path, Plan, PlanIn string
	Height             int
	Months             []mark
	Breaks             []mark
	Today              string
	Bars               []bar
	Rows               []timeRow
	Pager              parts.Pager
	Nothing            *parts.Empty
	Undated            int
}

// mark is a line across the picture with its words.
type mark struct{ X, Text string }

// bar is a task in the picture; Old is where it was due before its day was moved.
type bar struct {
	Kind, X, W, Y, TextY, Number, Old string
	Moved                             bool
}

type timeRow struct {
	Path, Number, Text, Body, From, Due, Moves string
	Light                                      parts.Light
}

// tasksOnPage is how many tasks a page of the time line shows; the picture is wide units wide.
const (
	tasksOnPage = 60
	wide        = 1000
	left        = 96 // for the numbers of tasks
	rowHeight   = 22
)

func (d doors) showTimeline(w http.ResponseWriter, r *http.Request) error {
	p, err := programme.PlanOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	b, err := d.Board(web.Tx(r), p, shown.AsOf(r))
	if err != nil {
		return err
	}
	v := timelineView{Path: shown.Address(p.ID)}
	v.Plan, v.PlanIn = shown.Best(r, p.Name)
	tasks, text := v.dated(r, b)
	if i := slices.IndexFunc(tasks, func(t programme.Placed) bool { return t.ID == r.URL.Query().Get("after") }); i >= 0 {
		tasks = tasks[i+1:]
		v.Pager.First = v.Path + "/timeline"
	}
	if len(tasks) > tasksOnPage {
		tasks = tasks[:tasksOnPage]
		v.Pager.Next = v.Path + "/timeline?after=" + url.QueryEscape(tasks[tasksOnPage-1].ID)
	}
	if len(tasks) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "timeline.none"), Text: web.T(r, "timeline.none_help")}
	} else {
		v.draw(r, b, tasks, text)
	}
	page := web.Page{Title: web.T(r, "timeline.title"), Section: "/plans", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: v.Path, Text: v.Plan}, {Text: web.T(r, "timeline.title")}}}
	return web.Show(w, r, page, timelinePage(v))
}

// dated are the tasks with a day, the earliest first, with what each is about.
func (v *timelineView) dated(r *http.Request, b *programme.Board) (tasks []programme.Placed, text map[string]string) {
	text = map[string]string{}
	for _, l := range b.Lines {
		for _, t := range l.Tasks {
			if t.Standing == programme.Transferred || t.Standing == programme.Cancelled {
				continue
			}
			if t.Due.Zero() {
				v.Undated++
				continue
			}
			tasks = append(tasks, t)
			if text[t.ID], _ = shown.Best(r, l.Says()); t.Secret {
				text[t.ID] = web.T(r, "plan.secret")
			}
		}
	}
	slices.SortStableFunc(tasks, func(a, b programme.Placed) int {
		return cmp.Or(a.Due.Start().Compare(b.Due.Start()), cmp.Compare(a.ID, b.ID))
	})
	return tasks, text
}

// begins is the day on which a task begins: its own, or that of the plan.
func begins(b *programme.Board, t programme.Placed) when.Day {
	if !t.Begins.Zero() {
		return t.Begins
	}
	if !b.Plan.From.Zero() && b.Plan.From.Before(t.Due) {
		return b.Plan.From
	}
	return t.Due.AddDays(-30)
}

// draw places the tasks between the first and the last of their days.
func (v *timelineView) draw(r *http.Request, b *programme.Board, tasks []programme.Placed, text map[string]string) {
	first, last := begins(b, tasks[0]), b.On
	for _, t := range tasks {
		if from := begins(b, t); from.Before(first) {
			first = from
		}
		for _, day := range append([]when.Day{t.Due}, movedFrom(t)...) {
			if last.Before(day) {
				last = day
			}
		}
	}
	first, last = when.Day{Year: first.Year, Month: first.Month, Date: 1}, last.AddDays(10)
	span := first.DaysUntil(last)
	at := func(day when.Day) float64 { return left + float64(first.DaysUntil(day))*(wide-left)/float64(span) }
	tag := web.Lang(r)
	v.Height = len(tasks)*rowHeight + 40
	step := span/30/12 + 1 // months between two marks
	for day := first; day.Before(last); day = monthAfter(day, step) {
		if at(day) < wide-30 { // its words have room
			v.Months = append(v.Months, mark{X: fmt.Sprintf("%.1f", at(day)), Text: fmt.Sprintf("%02d/%d", day.Month, day.Year%100)})
		}
	}
	if !b.On.Before(first) {
		v.Today = fmt.Sprintf("%.1f", at(b.On))
	}
	var seen []when.Day
	for _, gone := range b.Ended {
		if day := gone.AddDays(1); day.After(first) && day.Before(last) && !slices.Contains(seen, day) {
			seen = append(seen, day)
			v.Breaks = append(v.Breaks, mark{X: fmt.Sprintf("%.1f", at(day)), Text: lang.Day(tag, day)})
		}
	}
	for i, t := range tasks {
		from := begins(b, t)
		y := 30 + i*rowHeight
		one := bar{Kind: shown.Kind(t), X: fmt.Sprintf("%.1f", at(from)), W: fmt.Sprintf("%.1f", max(at(t.Due)-at(from), 3)), Y: fmt.Sprint(y), TextY: fmt.Sprint(y + 11), Number: t.Number}
		line := timeRow{Path: "/tasks/" + t.ID, Number: t.Number, Text: text[t.ID], Body: b.Names[t.Owner].In(tag), From: lang.Day(tag, from), Due: lang.Day(tag, t.Due), Light: shown.Light(r, t, b.On)}
		for _, old := range movedFrom(t) {
			one.Moved, one.Old = true, fmt.Sprintf("%.1f", at(old))
			line.Moves = web.T(r, "timeline.moved", "Old", lang.Day(tag, old))
		}
		v.Bars = append(v.Bars, one)
		v.Rows = append(v.Rows, line)
	}
}

// movedFrom are the days on which a task was due before.
func movedFrom(t programme.Placed) (all []when.Day) {
	for _, m := range t.Moves {
		if !m.Old.Zero() {
			all = append(all, m.Old)
		}
	}
	return all
}

func monthAfter(day when.Day, n int) when.Day {
	return when.DayOf(when.Day{Year: day.Year, Month: 1, Date: 1}.Start().AddDate(0, int(day.Month)-1+n, 0))
}
