package shown

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// Address returns the address of a plan's page.
func Address(plan string) string { return "/plans/" + plan }

// ClauseAddress returns the address of a clause's page; the # of its path is written as ~.
func ClauseAddress(plan, path string) string {
	return Address(plan) + "/clauses/" + url.PathEscape(strings.ReplaceAll(path, "#", "~"))
}

// ClausePath turns the last part of such an address into the path.
func ClausePath(r *http.Request) string {
	return strings.ReplaceAll(r.PathValue("clause"), "~", "#")
}

// Light returns how a standing is drawn: its colour and words.
func Light(r *http.Request, t programme.Placed, on when.Day) parts.Light {
	l := parts.Light{Kind: Kind(t), Text: web.T(r, "standing."+string(t.Standing))}
	switch t.Standing {
	case programme.Overdue:
		l.Text = web.T(r, "standing.overdue_by", "N", t.Due.DaysUntil(on))
	case programme.Running:
		if t.Confidence == "amber" || t.Confidence == "red" {
			l.Text = web.T(r, "standing.at_risk")
		}
	}
	return l
}

// Kind returns the colour of a task that stands in a way.
func Kind(t programme.Placed) string {
	switch t.Standing {
	case programme.OnTime, programme.DoneUndated:
		return "ok"
	case programme.Late:
		return "ok"
	case programme.Overdue, programme.Orphan:
		return "late"
	case programme.Running:
		if t.Confidence == "amber" || t.Confidence == "red" {
			return "risk"
		}
		return "run"
	case programme.Undated:
		return "risk"
	}
	return "idle"
}

// Best returns the text in the reader's tongue, or the other one with its tongue named.
func Best(r *http.Request, b lang.Both) (text, tongue string) {
	text, in := b.Best(web.Lang(r))
	if in != web.Lang(r) {
		tongue = string(in)
	}
	return text, tongue
}

// AsOf returns the day for which a page is asked, today when none is.
func AsOf(r *http.Request) when.Day {
	today := when.DayOf(web.Tx(r).Now)
	on, err := when.ParseDay(r.URL.Query().Get("on"))
	if err != nil || on.Zero() || on.After(today) {
		return today
	}
	return on
}

// Moves draws the moves of a due day.
func Moves(r *http.Request, moves []programme.DueChange) []parts.Moment {
	tag := web.Lang(r)
	var all []parts.Moment
	for _, m := range moves {
		was := web.T(r, "plan.no_day")
		if !m.Old.Zero() {
			was = lang.Date(tag, m.Old.Start())
		}
		all = append(all, parts.Moment{At: lang.Date(tag, when.Time(m.At)), State: "done", Text: web.T(r, "plan.due_moved", "Old", was, "Now", lang.Date(tag, m.Now.Start())),
			Note: web.T(r, "plan.due_moved_by", "Decision", m.Decision, "Reason", m.Reason)})
	}
	return all
}

// EvidenceLight tells whether a piece of evidence was checked, and what came of it.
func EvidenceLight(r *http.Request, e *programme.Evidence) parts.Light {
	switch {
	case e.Counts():
		return parts.Light{Kind: "ok", Text: web.T(r, "evidence.checked_on", "Date", lang.Date(web.Lang(r), e.CheckedAt))}
	case e.Refused != "":
		return parts.Light{Kind: "late", Text: web.T(r, "evidence.refused_because", "Reason", e.Refused)}
	}
	return parts.Light{Kind: "idle", Text: web.T(r, "evidence.unchecked")}
}

// Recurrence tells how a task comes again; a rule without words of its own is shown as it is.
func Recurrence(r *http.Request, rule string) string {
	for _, known := range recurrences {
		if known.rule == rule {
			return web.T(r, known.key)
		}
	}
	return rule
}

// recurrences are the rules that a form offers.
var recurrences = []struct{ rule, key string }{{programme.Continuous, "recurrence.continuous"}, {"FREQ=MONTHLY;INTERVAL=1", "recurrence.monthly"},
	{"FREQ=MONTHLY;INTERVAL=3", "recurrence.quarterly"}, {"FREQ=MONTHLY;INTERVAL=6", "recurrence.half_yearly"}, {"FREQ=YEARLY;INTERVAL=1", "recurrence.yearly"}}

// Percent writes thousandths as a percentage with one decimal.
func Percent(tag lang.Tag, permille int) string {
	return lang.Decimal(tag, strconv.Itoa(permille/10)+"."+strconv.Itoa(permille%10)) + "%"
}

// Gone tells that a document holds no longer, and what has replaced it.
func Gone(r *http.Request, c *programme.Cited) string {
	name := c.Symbol
	if !c.Issued.Zero() {
		name = web.T(r, "document.named", "Symbol", c.Symbol, "Date", lang.Date(web.Lang(r), c.Issued.Start()))
	}
	if c.State == "replaced" {
		return web.T(r, "document.gone_replaced", "Document", name, "By", c.ReplacedBy)
	}
	return web.T(r, "document.gone_ended", "Document", name)
}

// DocumentAddress returns the address of a document that a plan cites.
func DocumentAddress(plan string, c *programme.Cited) string {
	return Address(plan) + "/documents/" + url.PathEscape(c.Key())
}
