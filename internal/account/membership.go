package account

import (
	"fmt"
	"strings"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// Colleague is somebody who acts for an organisation, or asks to.
type Colleague struct {
	Account      ID
	Name, Email  string
	Organisation string
	Manager      bool
	Asked        time.Time
	Since        time.Time // zero while they only ask
}

// Invitation is the offer to act for an organisation, made to an e-mail address.
type Invitation struct {
	ID               string
	Organisation     string
	Email            string
	Manager          bool
	Created, Expires time.Time
}

const invitationLife = 14 * 24 * time.Hour

// MayManage reports whether the actor may take people into an organisation: its managers, and the
// officers who help organisations without one.
func MayManage(actor Actor, organisation string) bool {
	return !actor.Is(Inspector) && (actor.Manages(organisation) || actor.Any(Officer, Supervisor, Administrator))
}

func (a *Accounts) checkManager(actor Actor, organisation string) error {
	if !MayManage(actor, organisation) {
		return fault.New(fault.Forbidden, "account.managers_only")
	}
	return nil
}

// Join asks for the actor to act for an organisation; its managers learn of it by letter and
// Admit or Dismiss. Whether the organisation exists, the caller has checked.
func (a *Accounts) Join(tx *db.Tx, actor Actor, organisation string) error {
	if !MayPost.Allows(actor) {
		return fault.New(fault.Forbidden, "account.sign_in_to_join")
	}
	fresh, err := insertMembership(tx, Colleague{Account: actor.ID, Organisation: organisation, Asked: tx.Now}, "")
	if err != nil || !fresh {
		return err
	}
	if err := a.Note(tx, actor.ID, "membership.asked", "organisation", organisation, Changed{"account", "", string(actor.ID)}); err != nil {
		return err
	}
	name, err := a.OrganisationName(tx, organisation)
	if err != nil {
		return err
	}
	members, err := membersOf(tx, organisation)
	if err != nil {
		return err
	}
	for _, m := range members {
		if !m.Manager || m.Since.IsZero() {
			continue
		}
		manager, err := a.Get(tx, m.Account)
		if err != nil {
			return err
		}
		if err := a.Send(tx, manager.Email, manager.Locale, "account_join_asked", "Name", manager.Name, "Asker", actor.Name,
			"Organisation", name, "Link", a.link(manager.Locale, "/organisations/"+organisation+"/members")); err != nil {
			return err
		}
	}
	return nil
}

// Admit takes somebody who asked into the organisation. Its managers may, and officers.
func (a *Accounts) Admit(tx *db.Tx, actor Actor, organisation string, id ID) error {
	if err := a.checkManager(actor, organisation); err != nil {
		return err
	}
	m, err := membership(tx, organisation, id)
	if err != nil || !m.Since.IsZero() {
		return err
	}
	if err := admit(tx, m, actor.ID); err != nil {
		return fmt.Errorf("admit to %s: %w", organisation, err)
	}
	if err := a.Note(tx, actor.ID, "membership.admitted", "organisation", organisation, Changed{"account", "", string(id)}); err != nil {
		return err
	}
	return a.tell(tx, id, organisation, "account_admitted")
}

func (a *Accounts) tell(tx *db.Tx, id ID, organisation, letter string) error {
	who, err := a.Get(tx, id)
	if err != nil {
		return err
	}
	name, err := a.OrganisationName(tx, organisation)
	if err != nil {
		return err
	}
	return a.Send(tx, who.Email, who.Locale, letter, "Name", who.Name, "Organisation", name, "Link", a.link(who.Locale, "/account"))
}

// Dismiss ends a membership, or refuses who asked for one. Managers and officers may dismiss
// others; everybody may leave. The fault Conflict keeps the last manager while others are members.
func (a *Accounts) Dismiss(tx *db.Tx, actor Actor, organisation string, id ID) error {
	if id != actor.ID {
		if err := a.checkManager(actor, organisation); err != nil {
			return err
		}
	}
	if _, err := membership(tx, organisation, id); err != nil {
		return err
	}
	if err := keepManager(tx, organisation, id); err != nil {
		return err
	}
	if err := deleteMembership(tx, organisation, id); err != nil {
		return fmt.Errorf("dismiss from %s: %w", organisation, err)
	}
	return a.Note(tx, actor.ID, "membership.ended", "organisation", organisation, Changed{"account", string(id), ""})
}

// keepManager refuses what would leave members without a manager.
func keepManager(tx *db.Tx, organisation string, leaving ID) error {
	members, err := membersOf(tx, organisation)
	if err != nil {
		return err
	}
	others, managers, manages := 0, 0, false
	for _, m := range members {
		switch {
		case m.Since.IsZero():
		case m.Account == leaving:
			manages = m.Manager
		case m.Manager:
			managers++
		default:
			others++
		}
	}
	if manages && managers == 0 && others > 0 {
		return fault.New(fault.Conflict, "account.last_manager")
	}
	return nil
}

// SetManager makes a member of the organisation its manager, or no longer. Managers and officers may.
func (a *Accounts) SetManager(tx *db.Tx, actor Actor, organisation string, id ID, manager bool) error {
	if err := a.checkManager(actor, organisation); err != nil {
		return err
	}
	m, err := membership(tx, organisation, id)
	if err != nil || m.Since.IsZero() || m.Manager == manager {
		return err
	}
	if !manager {
		if err := keepManager(tx, organisation, id); err != nil {
			return err
		}
	}
	if err := setManager(tx, organisation, id, manager); err != nil {
		return err
	}
	act := "membership.manager_ended"
	if manager {
		act = "membership.manager_made"
	}
	return a.Note(tx, actor.ID, act, "organisation", organisation, Changed{"account", "", string(id)})
}

// Appoint makes an account a member of an organisation at once: for who founds one, and for imports
// and seeds. The caller has checked that it is right. Appointing twice changes only the manager.
func (a *Accounts) Appoint(tx *db.Tx, by ID, organisation string, id ID, manager bool) error {
	fresh, err := insertMembership(tx, Colleague{Account: id, Organisation: organisation, Manager: manager, Asked: tx.Now, Since: tx.Now}, by)
	if err != nil {
		return err
	}
	if !fresh {
		m, err := membership(tx, organisation, id)
		if err != nil {
			return err
		}
		if !m.Since.IsZero() && m.Manager == manager {
			return nil
		}
		m.Manager = manager
		if err := admit(tx, m, by); err != nil {
			return err
		}
	}
	return a.Note(tx, by, "membership.appointed", "organisation", organisation, Changed{"account", "", string(id)})
}

// Invite offers somebody with that e-mail to act for an organisation; whether they have an account
// is told to nobody. Managers and officers may. Field: "email".
func (a *Accounts) Invite(tx *db.Tx, actor Actor, organisation, email string, manager bool) error {
	if err := a.checkManager(actor, organisation); err != nil {
		return err
	}
	key, err := EmailKey(email)
	if err != nil {
		return err
	}
	if more, err := a.mayWrite(tx, key, Visit{Address: string(actor.ID)}); !more || err != nil {
		return err
	}
	i := Invitation{
		ID: db.NewID(tx.Now), Organisation: organisation, Email: lang.Clean(email), Manager: manager,
		Created: tx.Now, Expires: tx.Now.Add(invitationLife),
	}
	if err := putInvitation(tx, i, key, actor.ID); err != nil {
		return fmt.Errorf("invite to %s: %w", organisation, err)
	}
	if err := a.Note(tx, actor.ID, "membership.offered", "organisation", organisation); err != nil {
		return err
	}
	name, err := a.OrganisationName(tx, organisation)
	if err != nil {
		return err
	}
	tag, path := actor.Locale, "/sign-up"
	if who, err := accountWhere(tx, byEmail, key); err == nil {
		tag, path = who.Locale, "/account"
	} else if !refused(err, fault.NotFound) {
		return err
	}
	return a.Send(tx, i.Email, checkLocale(tag), "account_invited", "Inviter", actor.Name, "Organisation", name, "Link", a.link(tag, path))
}

// Invitations lists what the actor is invited to.
func (a *Accounts) Invitations(tx *db.Tx, actor Actor) ([]Invitation, error) {
	return invitationsFor(tx, strings.ToLower(actor.Email))
}

// Accept takes an invitation up. The fault NotFound tells that it is not for the actor, or over.
func (a *Accounts) Accept(tx *db.Tx, actor Actor, invitation string) error {
	i, by, err := invitationFor(tx, invitation, strings.ToLower(actor.Email))
	if err != nil {
		return err
	}
	if err := deleteInvitation(tx, i.ID); err != nil {
		return err
	}
	return a.Appoint(tx, by, i.Organisation, actor.ID, i.Manager || actor.Manages(i.Organisation))
}

// Decline turns an invitation down.
func (a *Accounts) Decline(tx *db.Tx, actor Actor, invitation string) error {
	i, _, err := invitationFor(tx, invitation, strings.ToLower(actor.Email))
	if err != nil {
		return err
	}
	if err := deleteInvitation(tx, i.ID); err != nil {
		return err
	}
	return a.Note(tx, actor.ID, "membership.declined", "organisation", i.Organisation)
}

// Members lists who acts for an organisation or asks to: managers first, those who ask last.
func (a *Accounts) Members(tx *db.Tx, organisation string) ([]Colleague, error) {
	return membersOf(tx, organisation)
}

// Invited lists the open invitations of an organisation. Managers and officers may see them.
func (a *Accounts) Invited(tx *db.Tx, actor Actor, organisation string) ([]Invitation, error) {
	if err := a.checkManager(actor, organisation); err != nil {
		return nil, err
	}
	return invitationsOf(tx, organisation)
}

// Asked lists the organisations that the actor has asked to act for and is not admitted to yet.
func (a *Accounts) Asked(tx *db.Tx, actor Actor) ([]string, error) { return askedBy(tx, actor.ID) }
