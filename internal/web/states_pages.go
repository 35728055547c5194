package web

import (
	"context"
	"net/http"
	"strings"

	"chonoi/internal/web/parts"
)

// showStates draws every part in every state, for those who build pages.
func (s *Server) showStates(w http.ResponseWriter, r *http.Request) error {
	page := Page{
		Title: T(r, "states.title"), NoIndex: true,
		Crumbs: []parts.Crumb{{Text: T(r, "states.title")}},
	}
	return Show(w, r, page, statesPage())
}

// sample holds the views that the page of states draws.
type sample struct {
	offer, need   parts.Listing
	facts, sum    []parts.Fact
	lights        []parts.Light
	papers        []parts.Paper
	steps         []parts.Step
	across        []parts.Step
	moments       []parts.Moment
	table         parts.Table
	facets        []parts.Facet
	chips         []parts.Chip
	fields        []parts.Field
	levels        parts.Field
	pair          parts.Pair
	faults        parts.Faults
	empty, locked parts.Empty
}

func samples(ctx context.Context) (v sample) {
	t := func(key string) string { return parts.T(ctx, key) }
	v.listings(t)
	v.details(t)
	v.forms(t)
	return v
}

func (v *sample) listings(t func(string) string) {
	title, hit := t("states.offer_title"), t("states.offer_hit")
	at := strings.Index(title, hit)
	v.offer = parts.Listing{
		Path: "/states", Title: parts.Hits(title, [][2]int{{at, at + len(hit)}}), Kind: t("states.offered"),
		Tags: []parts.Tag{{Text: t("states.checked"), Kind: "soft", Icon: "shield-check"}}, Marks: []parts.Mark{{Icon: "wheat"}, {Text: "T8"}, {Icon: "badge-check"}},
		Summary: parts.Plain(t("states.offer_summary")), Meta: []string{t("states.seller"), "TRL 8", t("states.price")}, Score: "94", Open: true,
		Why: []parts.Reason{{State: "yes", Text: t("states.why_yes")}, {State: "part", Text: t("states.why_part")}, {State: "no", Text: t("states.why_no")}},
	}
	v.need = parts.Listing{
		Path: "/states", Title: parts.Plain(t("states.need_title")), Need: true, Kind: t("states.wanted"), Summary: parts.Plain(t("states.need_summary")),
		Marks: []parts.Mark{{Icon: "fish"}, {Icon: "hourglass"}}, Meta: []string{t("states.buyer"), t("states.days_left")},
	}
}

func (v *sample) details(t func(string) string) {
	v.facts = []parts.Fact{{Name: t("states.readiness"), TRL: 8, Note: t("states.readiness_note")}, {Name: t("states.right"), Value: t("states.right_value")}, {Name: t("states.delivery"), Value: t("states.delivery_value")}}
	v.sum = append(v.facts, parts.Fact{Name: t("states.price_name"), Value: t("states.price")})
	v.lights = []parts.Light{{Kind: "ok", Text: t("states.done")}, {Kind: "run", Text: t("states.on_time")}, {Kind: "risk", Text: t("states.at_risk")}, {Kind: "late", Text: t("states.overdue")}, {Kind: "idle", Text: t("states.not_due")}}
	v.papers = []parts.Paper{{Path: "/states", Name: t("states.paper"), Note: "PDF, 1 MB"}, {Name: t("states.paper_locked"), Note: t("states.paper_note"), Locked: t("states.locked")}}
	v.steps = []parts.Step{{Path: "/states", Text: t("states.step_1"), State: "done"}, {Text: t("states.step_2"), State: "now", Bad: true, Note: t("states.step_note")}, {Text: t("states.step_3")}}
	v.across = []parts.Step{{Text: t("states.step_1"), State: "done"}, {Text: t("states.step_2"), State: "now"}, {Text: t("states.step_3")}}
	v.moments = []parts.Moment{{At: "09:12", Text: t("states.step_1"), Who: t("states.seller"), State: "done", Icon: "check"}, {At: "10:40", Text: t("states.step_2"), Note: t("states.step_note"), State: "now", Icon: "pencil"}}
	v.table = parts.Table{
		Caption: t("states.table"), Columns: []parts.Column{{Title: t("states.measure")}, {Title: t("states.here"), Num: true}, {Title: t("states.difference"), Num: true}},
		Rows: [][]parts.Cell{{{Text: t("states.power")}, {Text: "368 kWh"}, {Text: "−43%", Kind: "better"}}, {{Text: t("states.outlay")}, {Text: "385"}, {Text: "+83%", Kind: "worse"}}},
	}
}

func (v *sample) forms(t func(string) string) {
	v.facets = []parts.Facet{{Name: "kind", Title: t("states.kind"), Options: []parts.Option{{Value: "offer", Text: t("states.offered"), On: true, Count: "31"}, {Value: "need", Text: t("states.wanted"), Count: "9"}}}}
	v.chips = []parts.Chip{{Path: "/states", Text: t("states.offered"), Remove: true}, {Path: "/states", Text: t("states.subject"), Icon: "fish", Count: "187"}}
	v.faults = parts.Faults{List: []parts.Amiss{{Field: "level", Text: t("states.level_error")}, {Field: "power", Text: t("states.power_error")}}}
	v.levels = parts.Field{Name: "level", Label: t("states.readiness"), Error: v.faults.At("level"), Options: []parts.Option{
		{Value: "3", Text: t("states.level_3"), Hint: t("states.level_3_hint")}, {Value: "6", Text: t("states.level_6"), Hint: t("states.level_6_hint"), On: true}}}
	v.fields = []parts.Field{
		{Name: "power", Label: t("states.power"), Hint: t("states.power_hint"), Unit: "kWh/kg", Value: t("states.power_value"), Error: v.faults.At("power"), InputMode: "decimal"},
		{Name: "mail", Label: t("states.mail"), Type: "email", Autocomplete: "email", Optional: true},
	}
	v.pair = parts.Pair{Name: "title", Label: t("states.name"), Hint: t("states.name_hint"), Vi: "Máy sấy bơm nhiệt", Max: 120}
	v.empty = parts.Empty{Title: t("states.empty"), Text: t("states.empty_text"), Actions: []parts.Action{{Path: "/states", Text: t("states.drop_filters"), Kind: "line"}, {Path: "/states", Text: t("states.post_need")}}}
	v.locked = parts.Empty{Title: t("states.forbidden"), Text: t("states.forbidden_text"), Locked: true, Actions: []parts.Action{{Path: "/states", Text: t("states.ask_nda")}}}
}
