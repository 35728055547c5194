package app

import (
	"slices"

	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/observatory"
	"chonoi/internal/registry"
	"chonoi/internal/when"
)

// confirmedWithin is how many days a listing counts as confirmed after its owner said that it holds.
const confirmedWithin = 180

// measures are what the platform counts of itself.
func measures() (*observatory.Book, error) {
	floor := []string{exchange.Published, exchange.Expiring, exchange.Renewed}
	offers := observatory.InState("offers_on_floor", 1, "offer", floor, nil)
	needs := observatory.InState("needs_on_floor", 1, "need", floor, nil)
	organisations := observatory.InState("organisations", 1, "organisation", []string{"confirmed"}, nil)
	all := []observatory.Measure{offers, needs,
		observatory.Part(observatory.Acted("offers_confirmed", 1, offers, confirmedWithin, "offer.submitted", "offer.renewed", "offer.published"), offers),
		observatory.Part(observatory.Acted("claims_checked", 1, offers, 0, "claim.checked"), offers),
		observatory.Part(observatory.Happened("needs_answered", 1, "need", "need.answered"), needs),
		observatory.Together("records_open", 1, offers, needs, organisations),
		observatory.InState("public_st_organisations", 1, "organisation", []string{"confirmed"}, underPublicBody),
		observatory.Happened("plans_derived", 1, "plan", "plan.linked"),
		observatory.Happened("reviews_issued", 1, "plan_review", "plan_review.issued"),
		observatory.Happened("reminders_sent", 1, "task_reminder", "reminder.sent"),
		observatory.Part(observatory.InState("findings_closed", 1, "check_finding", []string{"closed"}, nil), observatory.InState("findings", 1, "check_finding", []string{"open", "answered", "closed"}, nil)),
		observatory.Part(observatory.Happened("opinions_answered", 1, "opinion", "opinion.answered"), observatory.InState("opinions_shown", 1, "opinion", []string{"shown"}, nil)),
		observatory.Happened("spend_recorded", 1, "task", "budget.told"),
		observatory.InState("rounds_held", 1, "check_round", []string{"open", "closed"}, nil),
		observatory.Happened("activities_logged", 1, "activity", "activity.logged"),
		observatory.InState("policies_in_force", 1, "policy", []string{"in_force"}, nil),
		observatory.Happened("procedures_changed", 1, "procedure_change", "procedure.logged"),
	}
	for name, kind := range map[string]string{"incubators": "incubator", "application_centres": "application_centre", "standards_centres": "standards_centre",
		"research_institutes": "research_institute", "advisory_organisations": "advisory", "st_firms": "st_firm", "corporate_centres": "corporate_rd",
		"startups": "startup", "intermediaries": "intermediary", "foreign_organisations": "foreign_firm"} {
		all = append(all, observatory.InState(name, 1, "organisation", []string{"confirmed"}, ofKind(kind)))
	}
	return observatory.NewBook(all...)
}

// ofKind keeps the organisations of a kind.
func ofKind(kind string) func(tx *db.Tx, on when.Day, ids []string) ([]string, error) {
	return func(tx *db.Tx, _ when.Day, ids []string) ([]string, error) { return registry.OfKind(tx, kind, ids) }
}

// underPublicBody keeps the institutes, universities and centres that stand under a body of the state
// on a day: the registry tells no other sign of a public organisation.
func underPublicBody(tx *db.Tx, on when.Day, ids []string) ([]string, error) {
	var all []string
	for _, kind := range []string{"research_institute", "university", "application_centre", "standards_centre"} {
		some, err := registry.OfKind(tx, kind, ids)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	parents, err := registry.ParentsOn(tx, on, all...)
	if err != nil {
		return nil, err
	}
	var above []string
	for _, parent := range parents {
		above = append(above, parent)
	}
	public := map[string]bool{}
	for _, kind := range []string{"state_body", "department", "peoples_committee", "party_body"} {
		some, err := registry.OfKind(tx, kind, above)
		if err != nil {
			return nil, err
		}
		for _, id := range some {
			public[id] = true
		}
	}
	return slices.DeleteFunc(all, func(id string) bool { return !public[parents[id]] }), nil
}
