package registry

import (
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
)

// Found adds an organisation as somebody tells it and makes them its manager; it waits for an
// officer's confirmation. What cannot be read or does not hold is a fault beside its field, and
// nothing is written then.
func (g *Registry) Found(tx *db.Tx, actor account.Actor, given field.Given) (*Organisation, error) {
	o := &Organisation{}
	if err := g.read(o, given, false); err != nil {
		return o, err
	}
	if err := Found(tx, actor.ID, o); err != nil {
		return o, err
	}
	return o, g.Appoint(tx, actor.ID, o.ID, actor.ID, true)
}

// Change keeps what a manager of the organisation tells anew, if nobody saved since the version
// that was being edited; that is a Conflict. What does not hold is a fault beside its field.
func (g *Registry) Change(tx *db.Tx, actor account.Actor, id string, version int64, given field.Given) (*Organisation, error) {
	old, err := g.Managed(tx, actor, id)
	if err != nil {
		return nil, err
	}
	o := Organisations.Copy(old)
	if err := g.read(o, given, old.untaxed()); err != nil {
		return o, err
	}
	if len(organisationFields.Differences(old, o)) == 0 {
		return o, nil
	}
	if old.Version != version {
		return o, fault.New(fault.Conflict, "record.changed_meanwhile")
	}
	return o, Change(tx, actor.ID, old, o)
}

// Managed returns an organisation that the actor manages; Forbidden for members who do not, and
// NotFound when the actor may not know of it.
func (g *Registry) Managed(tx *db.Tx, actor account.Actor, id string) (*Organisation, error) {
	o, err := Organisations.Get(tx, id)
	if err != nil {
		return nil, err
	}
	if !Open(o, actor) {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	if !actor.Manages(id) {
		return nil, fault.New(fault.Forbidden, "organisation.managers_only")
	}
	return o, nil
}

// Open reports whether somebody may open the organisation's page: everybody once it is confirmed,
// before that and after a refusal only its members and the house.
func Open(o *Organisation, actor account.Actor) bool {
	return o.State == "confirmed" || actor.In(o.ID) || actor.SeesAll()
}

// MayJoin refuses, with NotFound, an organisation that nobody may ask to act for: one that is none,
// or is not confirmed.
func MayJoin(tx *db.Tx, id string) error {
	o, err := Organisations.Get(tx, id)
	if err == nil && o.State != "confirmed" {
		err = fault.New(fault.NotFound, "record.not_found")
	}
	return err
}

// Decide confirms an organisation, or refuses it for a reason, and tells those who speak for it.
// An officer does not decide on an organisation of their own.
func (g *Registry) Decide(tx *db.Tx, officer account.Actor, id string, confirmed bool, reason string) error {
	if officer.In(id) {
		return fault.New(fault.Forbidden, "organisation.own")
	}
	letter, err := "organisation_confirmed", error(nil)
	if confirmed {
		err = Confirm(tx, officer.ID, id)
	} else {
		letter, err = "organisation_refused", Refuse(tx, officer.ID, id, reason)
	}
	if err != nil || g.Tell == nil {
		return err
	}
	o, err := Organisations.Get(tx, id)
	if err != nil {
		return err
	}
	return g.Tell(tx, id, letter, "Name", o.Name, "Reason", o.Refusal, "Path", "/organisations/"+id)
}

// read sets the facts from what was given. What cannot be read and what does not hold come back
// together, so that all of it is mended at once.
func (g *Registry) read(o *Organisation, given field.Given, untaxed bool) error {
	f := fault.New(fault.Invalid, "organisation.invalid")
	f.Fields = organisationFields.Read(o, given, g.Codes)
	if amiss, ok := fault.As(o.check(untaxed)); ok {
		for _, one := range amiss.Fields {
			if !slices.ContainsFunc(f.Fields, func(told fault.FieldFault) bool { return told.Field == one.Field }) {
				f.Fields = append(f.Fields, one)
			}
		}
	}
	return f.OrNil()
}
