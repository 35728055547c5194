package plan

import (
	"net/http"
	"net/url"
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

// clausePath turns the last part of such an address into the path.
func clausePath(r *http.Request) string {
	return strings.ReplaceAll(r.PathValue("clause"), "~", "#")
}

// Light returns how a standing is drawn: its colour and words.
func Light(r *http.Request, t programme.Placed, on when.Day) parts.Light {
	l := parts.Light{Kind: lightOf(t), Text: web.T(r, "standing."+string(t.Standing))}
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

// lightOf returns the colour of a task that stands in a way.
func lightOf(t programme.Placed) string {
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

// bestOf returns the text in the reader's tongue, or the other one with its tongue named.
func bestOf(r *http.Request, b lang.Both) (text, tongue string) {
	text, in := b.Best(web.Lang(r))
	if in != web.Lang(r) {
		tongue = string(in)
	}
	return text, tongue
}

// asOf returns the day for which a page is asked, today when none is.
func asOf(r *http.Request) when.Day {
	today := when.DayOf(web.Tx(r).Now)
	on, err := when.ParseDay(r.URL.Query().Get("on"))
	if err != nil || on.Zero() || on.After(today) {
		return today
	}
	return on
}
