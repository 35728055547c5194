package reception

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// membersView is what the page of an organisation's members is drawn from.
type membersView struct {
	organisation, name string
	members            []account.Colleague
	invited            []account.Invitation
	email              string // as it was typed
	manage             bool
	self               account.ID
	faults             parts.Faults
}

func membersPath(organisation string) string { return "/organisations/" + organisation + "/members" }

func (x *Reception) showMembers(w http.ResponseWriter, r *http.Request) error {
	return x.drawMembers(w, r, http.StatusOK, parts.Faults{})
}

func (x *Reception) drawMembers(w http.ResponseWriter, r *http.Request, status int, faults parts.Faults) error {
	tx, actor, id := web.Tx(r), web.Actor(r), r.PathValue("id")
	if !actor.In(id) && !actor.SeesAll() {
		return fault.New(fault.Forbidden, "reception.members_only")
	}
	name, err := x.OrganisationName(tx, id)
	if err != nil {
		return err
	}
	v := membersView{
		organisation: id, name: name.In(web.Lang(r)), email: web.Form(r).Text("email"),
		manage: account.MayManage(actor, id), self: actor.ID, faults: faults,
	}
	if v.members, err = x.Members(tx, id); err != nil {
		return err
	}
	if v.manage {
		if v.invited, err = x.Invited(tx, actor, id); err != nil {
			return err
		}
	}
	page := web.Page{
		Title: web.T(r, "reception.members_of", "Organisation", v.name), Status: status, NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/organisations/" + id, Text: v.name}, {Text: web.T(r, "reception.members")}},
	}
	return web.Show(w, r, page, membersPage(v))
}

func (x *Reception) invite(w http.ResponseWriter, r *http.Request) error {
	f := web.Form(r)
	err := x.Invite(web.Tx(r), web.Actor(r), r.PathValue("id"), f.Text("email"), f.On("manager"))
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return x.drawMembers(w, r, http.StatusUnprocessableEntity, faults)
	}
	return doneAt(w, r, "reception.invited", membersPath(r.PathValue("id")))
}

// join asks for the actor to be taken in.
func (x *Reception) join(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if x.mayJoin != nil {
		if err := x.mayJoin(web.Tx(r), id); err != nil {
			return err
		}
	}
	if err := x.Join(web.Tx(r), web.Actor(r), id); err != nil {
		return err
	}
	return doneAt(w, r, "reception.asked_to_join", "/organisations/"+id)
}

func (x *Reception) admit(w http.ResponseWriter, r *http.Request) error {
	err := x.Admit(web.Tx(r), web.Actor(r), r.PathValue("id"), account.ID(r.PathValue("account")))
	if err != nil {
		return err
	}
	return doneAt(w, r, "reception.admitted", membersPath(r.PathValue("id")))
}

func (x *Reception) dismiss(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if err := x.Dismiss(web.Tx(r), web.Actor(r), id, account.ID(r.PathValue("account"))); err != nil {
		return err
	}
	if r.PathValue("account") == string(web.Actor(r).ID) {
		return done(w, r, "reception.left")
	}
	return doneAt(w, r, "reception.dismissed", membersPath(id))
}

func (x *Reception) setManager(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if err := x.SetManager(web.Tx(r), web.Actor(r), id, account.ID(r.PathValue("account")), web.Form(r).On("manager")); err != nil {
		return err
	}
	return doneAt(w, r, "reception.manager_set", membersPath(id))
}

func doneAt(w http.ResponseWriter, r *http.Request, key, path string) error {
	web.Notice(w, r, key)
	return web.Goto(w, r, path)
}
