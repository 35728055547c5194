package review

import (
	"strings"

	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// writer writes the first words of a review from its figures: what the figures tell, and a blank
// where only people know.
type writer struct {
	words   *lang.Words
	plans   []*programme.Plan
	review  *programme.Review
	figures *programme.Figures
	tag     lang.Tag
	lines   []string
}

// mostListed is how many tasks a list within the words names; the appendix has all.
const mostListed = 20

// Written returns the words of all parts in both tongues.
func Written(words *lang.Words, plans []*programme.Plan, v *programme.Review, f *programme.Figures) []programme.Words {
	var all []programme.Words
	for _, part := range programme.ReviewParts {
		one := programme.Words{Part: part}
		one.Text.Vi = (&writer{words: words, plans: plans, review: v, figures: f, tag: lang.Vi}).part(part)
		one.Text.En = (&writer{words: words, plans: plans, review: v, figures: f, tag: lang.En}).part(part)
		all = append(all, one)
	}
	return all
}

func (w *writer) say(key string, args ...any) {
	w.lines = append(w.lines, w.words.T(w.tag, key, args...))
}

func (w *writer) item(key string, args ...any) {
	w.lines = append(w.lines, "- "+w.words.T(w.tag, key, args...))
}

func (w *writer) blank(key string) {
	w.lines = append(w.lines, w.words.T(w.tag, key)+" "+programme.Blank)
}

func (w *writer) date(d when.Day) string {
	if d.Zero() {
		return w.words.T(w.tag, "write.no_day")
	}
	return lang.Date(w.tag, d.Start())
}

func (w *writer) part(name string) string {
	switch name {
	case "setting":
		w.setting()
	case "results":
		w.results()
	case "not_done":
		w.notDone()
	case "unplanned":
		w.unplanned()
	case "judgement":
		w.judgement()
	case "direction":
		w.say("write.next")
		w.blank("write.direction")
	case "proposals":
		w.proposals()
	}
	return strings.Join(w.lines, "\n")
}

func (w *writer) setting() {
	if len(w.plans) > 1 {
		w.say("write.setting_all", "Body", w.figures.Body.In(w.tag), "N", len(w.plans), "From", w.date(w.review.From), "To", w.date(w.review.To), "AsOf", w.date(w.review.AsOf))
		for _, p := range w.plans {
			w.lines = append(w.lines, "- "+strings.Trim(p.Symbol+", "+p.Name.In(w.tag), ", "))
		}
	} else {
		w.say("write.setting", "Symbol", w.plans[0].Symbol, "Name", w.plans[0].Name.In(w.tag), "From", w.date(w.review.From), "To", w.date(w.review.To), "AsOf", w.date(w.review.AsOf))
	}
	w.say("write.own_plans")
	w.say("write.unassigned")
	for _, day := range w.figures.Breaks {
		w.say("write.break", "Date", w.date(day))
	}
	w.blank("write.leadership")
}

func (w *writer) results() {
	w.say("write.results")
	w.say("write.proof")
	for _, g := range w.figures.Groups {
		w.say("write.group", "Title", strings.TrimSpace(g.Marker+" "+g.Title), "Key", g.Path)
		left := mostListed
		for _, t := range w.figures.Tasks {
			if !t.Finished() || w.figures.Lines[t.Line].Group != g.Path || left == 0 {
				continue
			}
			left--
			w.item("write.done", "Task", w.task(t), "Body", t.Body.In(w.tag), "Date", w.date(t.Done), "Product", w.product(t))
		}
	}
	for _, c := range w.figures.Counts {
		if c.Measure != "" {
			w.item("write.measure", "Name", w.words.T(w.tag, "measure."+c.Measure), "Key", c.Key)
		}
	}
}

// task is what a task is called: its title, or its clause's words.
func (w *writer) task(t programme.FrozenTask) string {
	if t.Secret {
		return w.words.T(w.tag, "write.secret", "Number", t.Number)
	}
	l := w.figures.Lines[t.Line]
	for _, text := range []string{l.Gist.In(w.tag), t.Title.In(w.tag), l.Text} {
		if text = strings.TrimRight(text, ".; "); text != "" {
			return l.Path + ", " + text
		}
	}
	return l.Path
}

func (w *writer) product(t programme.FrozenTask) string {
	if text := t.Product.In(w.tag); text != "" {
		return text
	}
	return w.words.T(w.tag, "write.no_product")
}

// notDone tells of each overdue task the five things: task, cause, responsibility, new day, remedy.
func (w *writer) notDone() {
	w.say("write.not_done")
	left := mostListed
	for _, t := range w.figures.Tasks {
		if t.Standing != programme.Overdue && t.Standing != programme.Orphan || left == 0 {
			continue
		}
		left--
		cause, remedy := w.words.T(w.tag, "write.no_cause"), w.words.T(w.tag, "write.no_remedy")
		if t.Difficulty != "" {
			cause = w.words.T(w.tag, "difficulty."+t.Difficulty)
			if t.Words != "" {
				cause += "; " + strings.TrimRight(oneLine(t.Words), ".")
			}
		}
		if t.Proposal != "" {
			remedy = strings.TrimRight(oneLine(t.Proposal), ".")
		}
		w.item("write.late", "Task", w.task(t), "Body", t.Body.In(w.tag), "Due", w.date(t.Due), "Cause", cause, "Remedy", remedy)
	}
}

// unplanned tells what came up beyond the plans: who gave it to whom, and what became of it.
func (w *writer) unplanned() {
	if len(w.figures.Unplanned) == 0 {
		w.say("write.unplanned")
		return
	}
	w.say("write.came_up")
	for i, u := range w.figures.Unplanned {
		if i == mostListed {
			break
		}
		due := ""
		if !u.Due.Zero() {
			due = w.words.T(w.tag, "write.with_due", "Date", w.date(u.Due))
		}
		title, _ := u.Title.Best(w.tag)
		key, day := "write.came_up_open", u.Given
		if !u.Done.Zero() {
			key, day = "write.came_up_done", u.Done
		}
		w.item(key, "Title", title, "Body", u.Body.In(w.tag), "Source", source(u), "Given", w.date(u.Given), "Due", due, "Done", w.date(day), "Outcome", strings.TrimRight(oneLine(u.Outcome), "."))
	}
}

// source names who gave an unplanned task, with the paper that gives it.
func source(u programme.FrozenUnplanned) string {
	return strings.TrimSuffix(u.GivenBy+" ("+u.Basis+")", " ()")
}

func (w *writer) judgement() {
	w.say("write.rates")
	for _, key := range []string{"write.strengths", "write.limits", "write.causes", "write.lessons"} {
		w.blank(key)
	}
}

func (w *writer) proposals() {
	n := 0
	for _, t := range w.figures.Tasks {
		if t.Proposal != "" && !t.Finished() && n < mostListed {
			n++
			w.item("write.proposal", "Body", t.Body.In(w.tag), "Words", strings.TrimRight(oneLine(t.Proposal), "."), "Number", t.Number)
		}
	}
	if n == 0 {
		w.say("write.no_proposals")
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
