package body

import (
	"net/http"
	"slices"
	"strings"

	"github.com/a-h/templ"

	"chonoi/internal/lang"
	"chonoi/internal/registry"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// namedAtMost is how many bodies a moment of the time line names before it only counts them.
const namedAtMost = 12

// endedSize is how many ended bodies a page has.
const endedSize = 50

// past is what the page of an organisation shows of it as a body in time.
type past struct {
	Ended   string
	Moments []parts.Moment
	Table   parts.Table
	Actions []parts.Action
}

// event is one fact of a body's past, before it is drawn.
type event struct {
	from, to   when.Day
	text, note string
	path, icon string
}

// Past draws names, parents, successions and classes of a body for its page; nothing when there is
// nothing to tell to a reader who cannot add to it.
func Past(r *http.Request, id string) (templ.Component, error) {
	tx, tag := web.Tx(r), web.Lang(r)
	told, err := registry.PastOf(tx, id)
	if err != nil {
		return nil, err
	}
	events, err := eventsOf(r, id, told)
	if err != nil {
		return nil, err
	}
	v := past{Table: parts.Table{Label: web.T(r, "bodies.past"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "bodies.what")}, {Title: web.T(r, "bodies.since_when")}, {Title: web.T(r, "bodies.till_when")}}}}
	today := when.DayOf(tx.Now)
	for _, e := range events {
		state := "done"
		if e.from.After(today) {
			state = ""
		} else if e.to.Zero() || !e.to.Before(today) {
			state = "now"
		}
		v.Moments = append(v.Moments, parts.Moment{At: span(r, e.from, e.to), Text: e.text, Note: e.note, Path: e.path, Icon: e.icon, State: state})
		v.Table.Rows = append(v.Table.Rows, []parts.Cell{{Text: e.text, Path: e.path, Note: e.note}, {Text: orDash(lang.Day(tag, e.from))}, {Text: orDash(lang.Day(tag, e.to))}})
	}
	if last := told.End.Last; !last.Zero() && last.Before(today) {
		v.Ended = web.T(r, "bodies.has_ended", "Day", lang.Day(tag, last), "Decision", told.End.Decision)
	}
	if registry.MayKeepBodies.Allows(web.Actor(r)) {
		v.Actions = []parts.Action{{Path: "/organisations/" + id + "/past", Text: web.T(r, "bodies.tell"), Kind: "line", Icon: "pencil"}}
	}
	if len(v.Moments) == 0 && len(v.Actions) == 0 {
		return nil, nil
	}
	return pastSection(v), nil
}

// eventsOf are the facts of a past in the order of their days.
func eventsOf(r *http.Request, id string, told registry.Past) ([]event, error) {
	tx, tag := web.Tx(r), web.Lang(r)
	var ids, keys []string
	for _, p := range told.Parents {
		ids = append(ids, p.Parent)
	}
	for _, h := range told.Handed {
		ids = append(ids, h.From, h.To)
	}
	for _, m := range told.Classes {
		keys = append(keys, m.Class)
	}
	names, err := registry.NamesOn(tx, when.DayOf(tx.Now), ids...)
	if err != nil {
		return nil, err
	}
	words, err := classWords(r, keys)
	if err != nil {
		return nil, err
	}
	var all []event
	for _, n := range told.Names {
		all = append(all, event{from: n.From, to: n.To, text: web.T(r, "bodies.was_named", "Name", n.Name.In(tag)), note: n.Short, icon: "pencil"})
	}
	for _, p := range told.Parents {
		all = append(all, event{from: p.From, to: p.To, text: web.T(r, "bodies.was_under", "Name", names[p.Parent].In(tag)), path: "/organisations/" + p.Parent, icon: "users"})
	}
	for _, m := range told.Classes {
		all = append(all, event{from: m.From, to: m.To, text: web.T(r, "bodies.was_in", "Words", words[m.Class]), path: "/bodies/classes/" + m.Class, icon: "check"})
	}
	all = append(all, handedEvents(r, id, told.Handed, names)...)
	if last := told.End.Last; !last.Zero() {
		all = append(all, event{from: last, to: last, text: web.T(r, "bodies.last_day"), note: told.End.Decision, icon: "hourglass"})
	}
	slices.SortStableFunc(all, func(a, b event) int { return strings.Compare(a.from.String(), b.from.String()) })
	return all, nil
}

func classWords(r *http.Request, keys []string) (map[string]string, error) {
	words := map[string]string{}
	if len(keys) == 0 {
		return words, nil
	}
	classes, err := registry.Classes(web.Tx(r), keys...)
	for _, c := range classes {
		words[c.Key] = c.Words.In(web.Lang(r))
	}
	return words, err
}

// handedEvents draws the rows of one succession together: what the body handed over, and what it took over.
func handedEvents(r *http.Request, id string, rows []registry.Handed, names map[string]lang.Both) []event {
	type act struct {
		kind, decision, scope string
		on                    when.Day
		gives                 bool
	}
	var order []act
	others := map[act][]string{}
	for _, h := range rows {
		a := act{h.Kind, h.Decision, h.Scope, h.On, h.From == id}
		if others[a] == nil {
			order = append(order, a)
		}
		other := h.From
		if a.gives {
			other = h.To
		}
		others[a] = append(others[a], other)
	}
	var all []event
	for _, a := range order {
		bodies := others[a]
		e := event{from: a.on, to: a.on, icon: "arrow-right"}
		key := "bodies.took_" + a.kind
		if a.gives {
			key = "bodies.gave_" + a.kind
		}
		if len(bodies) == 1 && bodies[0] != "" {
			e.path = "/organisations/" + bodies[0]
		}
		e.text = web.T(r, key, "Names", listOf(r, bodies, names), "N", len(bodies))
		e.note = strings.Trim(a.decision+"\n"+a.scope, "\n")
		all = append(all, e)
	}
	return all
}

// listOf names bodies, or counts those that are too many to be named.
func listOf(r *http.Request, ids []string, names map[string]lang.Both) string {
	var told []string
	for _, id := range ids[:min(len(ids), namedAtMost)] {
		told = append(told, names[id].In(web.Lang(r)))
	}
	slices.Sort(told)
	text := strings.Join(told, "; ")
	if more := len(ids) - len(told); more > 0 {
		return web.T(r, "bodies.and_more", "Names", text, "N", more)
	}
	return text
}

// span says from which day to which something held.
func span(r *http.Request, from, to when.Day) string {
	tag := web.Lang(r)
	switch {
	case from == to:
		return lang.Day(tag, from)
	case from.Zero():
		return web.T(r, "bodies.until", "To", lang.Day(tag, to))
	case to.Zero():
		return web.T(r, "bodies.since", "From", lang.Day(tag, from))
	}
	return web.T(r, "bodies.from_to", "From", lang.Day(tag, from), "To", lang.Day(tag, to))
}

func (b bodies) showEnded(w http.ResponseWriter, r *http.Request) error {
	tx, tag := web.Tx(r), web.Lang(r)
	today := when.DayOf(tx.Now)
	last, id, _ := strings.Cut(r.URL.Query().Get("after"), "_")
	all, err := registry.EndedBodies(tx, today, last, id, endedSize+1)
	if err != nil {
		return err
	}
	v := listing{Title: web.T(r, "bodies.ended"), Help: web.T(r, "bodies.ended_help"), Actions: []parts.Action{{Path: "/bodies/classes", Text: web.T(r, "bodies.classes"), Kind: "line"}},
		Table: parts.Table{Label: web.T(r, "bodies.ended"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "bodies.body")}, {Title: web.T(r, "bodies.last_day")}, {Title: web.T(r, "bodies.successors")}, {Title: web.T(r, "bodies.ask_decision")}}}}
	if last != "" {
		v.Pager.First = "/bodies/ended"
	}
	if len(all) > endedSize {
		all = all[:endedSize]
		v.Pager.Next = "/bodies/ended?after=" + all[endedSize-1].Last.String() + "_" + all[endedSize-1].Body
	}
	var ids []string
	for _, e := range all {
		ids = append(ids, e.Body)
	}
	handed, err := registry.HandedBy(tx, today, ids...)
	if err != nil {
		return err
	}
	for _, rows := range handed {
		for _, h := range rows {
			ids = append(ids, h.To)
		}
	}
	names, err := registry.NamesOn(tx, today, ids...)
	if err != nil {
		return err
	}
	for _, e := range all {
		var to []string
		for _, h := range handed[e.Body] {
			if h.To != "" && !slices.Contains(to, h.To) {
				to = append(to, h.To)
			}
		}
		successors := parts.Cell{Text: web.T(r, "bodies.no_successor")}
		if len(to) > 0 {
			successors = parts.Cell{Text: listOf(r, to, names)}
		}
		v.Table.Rows = append(v.Table.Rows, []parts.Cell{{Text: names[e.Body].In(tag), Path: "/organisations/" + e.Body}, {Text: lang.Day(tag, e.Last)}, successors, {Text: e.Decision}})
	}
	if len(all) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "bodies.none_ended"), Text: web.T(r, "bodies.none_ended_help")}
	}
	return show(w, r, v)
}
