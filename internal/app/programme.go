package app

import (
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/mail"
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
