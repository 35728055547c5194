package app

import (
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/mail"
	"chonoi/internal/observatory"
	"chonoi/internal/programme"
	"chonoi/internal/programme/follow"
	"chonoi/internal/registry"
	"chonoi/internal/when"
)

// programme opens the plans, with the bodies of the registry.
func (h *House) programme() *programme.Programme {
	return programme.New(programme.Config{Codes: h.Codes, Settings: h.Settings, People: h.peopleNames, Bodies: programme.Bodies{
		Names: registry.NamesOn, Ended: registry.EndedBy, Members: registry.Members, Successors: registry.SuccessorsOf, Find: foundBodies, Assignable: assignable,
	}})
}

// followUp opens what reminds bodies of their tasks and urges them.
func (h *House) followUp() (*follow.Follower, error) {
	return follow.New(follow.Config{Programme: h.Programme, Accounts: h.Accounts, Words: h.Words, Layouts: h.Layouts, Key: h.key, BaseURL: h.Base(),
		Letters: func() mail.Sender { return h.Sender }, Tell: h.tell})
}

// foundBodies tells which bodies or classes printed words name.
func foundBodies(tx *db.Tx, day when.Day, printed ...string) (map[string]programme.Found, error) {
	found, err := registry.FindBodies(tx, day, printed...)
	all := make(map[string]programme.Found, len(found))
	for words, b := range found {
		all[words] = programme.Found{Body: b.Body, Class: b.Class}
	}
	return all, err
}

// assignable are the bodies of state and Party, departments and committees that exist on a day, and
// the classes of bodies.
func assignable(tx *db.Tx, day when.Day) (map[string]lang.Both, error) {
	ids, err := registry.BodiesOn(tx, day)
	if err != nil {
		return nil, err
	}
	all, err := registry.NamesOn(tx, day, ids...)
	if err != nil {
		return nil, err
	}
	classes, err := registry.Classes(tx)
	for _, c := range classes {
		all["class:"+c.Key] = c.Words
	}
	return all, err
}

// measures are what the platform counts of itself.
func measures() (*observatory.Book, error) {
	floor := []string{exchange.Published, exchange.Expiring, exchange.Renewed}
	offers := observatory.InState("offers_on_floor", 1, "offer", floor, nil)
	needs := observatory.InState("needs_on_floor", 1, "need", floor, nil)
	all := []observatory.Measure{offers, needs,
		observatory.Part(observatory.Happened("needs_answered", 1, "need", "need.answered"), needs),
		observatory.Part(observatory.InState("findings_closed", 1, "check_finding", []string{"closed"}, nil), observatory.InState("findings", 1, "check_finding", []string{"open", "answered", "closed"}, nil)),
		observatory.Part(observatory.Happened("opinions_answered", 1, "opinion", "opinion.answered"), observatory.InState("opinions_shown", 1, "opinion", []string{"shown"}, nil)),
		observatory.InState("rounds_held", 1, "check_round", []string{"open", "closed"}, nil),
		observatory.Happened("plans_derived", 1, "plan", "plan.linked"),
		observatory.Happened("reviews_issued", 1, "plan_review", "plan_review.issued"),
		observatory.Happened("reminders_sent", 1, "task_reminder", "reminder.sent"),
		observatory.Happened("activities_logged", 1, "activity", "activity.logged"),
		observatory.InState("policies_in_force", 1, "policy", []string{"in_force"}, nil),
	}
	for name, kind := range map[string]string{"incubators": "incubator", "application_centres": "application_centre", "standards_centres": "standards_centre",
		"research_institutes": "research_institute", "advisory_organisations": "advisory", "st_firms": "st_firm", "corporate_centres": "corporate_rd",
		"startups": "startup", "intermediaries": "intermediary", "foreign_organisations": "foreign_firm"} {
		all = append(all, observatory.InState(name, 1, "organisation", []string{"confirmed"}, ofKind(kind)))
	}
	return observatory.NewBook(all...)
}

// ofKind keeps the organisations of a kind.
func ofKind(kind string) func(tx *db.Tx, ids []string) ([]string, error) {
	return func(tx *db.Tx, ids []string) ([]string, error) { return registry.OfKind(tx, kind, ids) }
}
