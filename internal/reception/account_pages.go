package reception

import (
	"net/http"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// accountView is what the page of my account is drawn from.
type accountView struct {
	*account.Account
	name, locale string // as it was typed
	email        string // the new one, as it was typed
	passkeys     []account.Passkey
	second       account.SecondFactor
	sessions     []account.Session
	identities   []account.Identity
	seats        []seat
	invitations  []seat
	fresh        bool
	faults       parts.Faults
}

// seat is an organisation that somebody acts for, asks to, or is invited to.
type seat struct {
	id, invitation string
	name           lang.Both
	manager, asked bool
}

func (x *Reception) showAccount(w http.ResponseWriter, r *http.Request) error {
	return x.drawAccount(w, r, http.StatusOK, parts.Faults{})
}

func (x *Reception) drawAccount(w http.ResponseWriter, r *http.Request, status int, faults parts.Faults) error {
	v, err := x.accountView(r)
	if err != nil {
		return err
	}
	v.faults = faults
	if f := web.Form(r); faults.Any() && f.Has("locale") {
		v.name, v.locale = f.Text("name"), f.Text("locale")
	} else if faults.Any() {
		v.email = f.Text("email")
	}
	page := web.Page{Title: web.T(r, "reception.account"), Scripts: []string{"js/passkey.js"}, Status: status, NoIndex: true, Amiss: faults.Any()}
	return web.Show(w, r, page, accountPage(v))
}

func (x *Reception) accountView(r *http.Request) (v accountView, err error) {
	tx, actor := web.Tx(r), web.Actor(r)
	if v.Account, err = x.Get(tx, actor.ID); err != nil {
		return v, err
	}
	v.name, v.locale = v.Name, string(v.Locale)
	if v.passkeys, err = x.Passkeys(tx, actor.ID); err != nil {
		return v, err
	}
	if v.second, err = x.SecondFactor(tx, actor); err != nil {
		return v, err
	}
	if v.sessions, err = x.Sessions(tx, actor); err != nil {
		return v, err
	}
	if v.identities, err = x.Identities(tx, actor); err != nil {
		return v, err
	}
	v.fresh = x.Fresh(tx, actor) == nil
	v.seats, v.invitations, err = x.seats(r)
	return v, err
}

func (x *Reception) seats(r *http.Request) (seats, invitations []seat, err error) {
	tx, actor := web.Tx(r), web.Actor(r)
	for _, m := range actor.Memberships {
		seats = append(seats, seat{id: m.Organisation, manager: m.Manager})
	}
	asked, err := x.Asked(tx, actor)
	if err != nil {
		return nil, nil, err
	}
	for _, id := range asked {
		seats = append(seats, seat{id: id, asked: true})
	}
	offered, err := x.Invitations(tx, actor)
	if err != nil {
		return nil, nil, err
	}
	for _, i := range offered {
		invitations = append(invitations, seat{id: i.Organisation, invitation: i.ID, manager: i.Manager})
	}
	for _, list := range [][]seat{seats, invitations} {
		for i := range list {
			if list[i].name, err = x.OrganisationName(tx, list[i].id); err != nil {
				return nil, nil, err
			}
		}
	}
	return seats, invitations, nil
}

func (x *Reception) saveProfile(w http.ResponseWriter, r *http.Request) error {
	f := web.Form(r)
	faults, err := web.Faults(r, x.Rename(web.Tx(r), web.Actor(r), f.Text("name"), lang.Tag(f.Text("locale"))))
	if err != nil {
		return err
	}
	if faults.Any() {
		return x.drawAccount(w, r, http.StatusUnprocessableEntity, faults)
	}
	return done(w, r, "reception.profile_saved")
}

// askEmail sends a letter to the new address; its link changes the address.
func (x *Reception) askEmail(w http.ResponseWriter, r *http.Request) error {
	faults, err := web.Faults(r, x.AskEmail(web.Tx(r), web.Actor(r), web.Form(r).Text("email"), visit(r)))
	if err != nil {
		return err
	}
	if faults.Any() {
		return x.drawAccount(w, r, http.StatusUnprocessableEntity, faults)
	}
	return done(w, r, "reception.email_asked")
}

func (x *Reception) showEmail(w http.ResponseWriter, r *http.Request) error {
	email, err := x.EmailTold(web.Tx(r), web.Actor(r), r.PathValue("token"))
	if err != nil {
		return err
	}
	page := web.Page{Title: web.T(r, "reception.change_email"), NoIndex: true, NoTwin: true}
	return web.Show(w, r, page, pressPage(press{
		title: page.Title, text: web.T(r, "reception.email_for", "Email", email), button: page.Title, path: web.Path(r),
	}))
}

func (x *Reception) changeEmail(w http.ResponseWriter, r *http.Request) error {
	if err := x.ChangeEmail(web.Tx(r), web.Actor(r), r.PathValue("token")); err != nil {
		return err
	}
	return done(w, r, "reception.email_changed")
}

// setPassword hashes between two transactions, so what is amiss is shown on a page of its own.
func (x *Reception) setPassword(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fault.New(fault.Invalid, "web.unreadable_form")
	}
	actor := web.Actor(r)
	err := x.SetPassword(r.Context(), web.DB(r), actor, r.PostFormValue("old_password"), r.PostFormValue("password"))
	if fault.KindOf(err) == fault.SignIn {
		return err
	}
	if err != nil {
		faults, status, rest := amiss(r, err)
		if rest != nil {
			return rest
		}
		page := web.Page{Title: web.T(r, "reception.password"), Status: status, NoIndex: true, Amiss: true}
		return web.Show(w, r, page, passwordPage(r.PostForm.Has("old_password"), actor.Email, faults))
	}
	return done(w, r, "reception.password_saved")
}

func (x *Reception) removePassword(w http.ResponseWriter, r *http.Request) error {
	if err := x.RemovePassword(web.Tx(r), web.Actor(r)); err != nil {
		return err
	}
	return done(w, r, "reception.password_removed")
}

func (x *Reception) revokeSession(w http.ResponseWriter, r *http.Request) error {
	if err := x.Revoke(web.Tx(r), web.Actor(r), r.PathValue("id")); err != nil {
		return err
	}
	return done(w, r, "reception.session_revoked")
}

func (x *Reception) revokeOthers(w http.ResponseWriter, r *http.Request) error {
	if err := x.RevokeOthers(web.Tx(r), web.Actor(r)); err != nil {
		return err
	}
	return done(w, r, "reception.sessions_revoked")
}

func (x *Reception) untie(w http.ResponseWriter, r *http.Request) error {
	if err := x.Untie(web.Tx(r), web.Actor(r), web.Form(r).Text("issuer")); err != nil {
		return err
	}
	return done(w, r, "reception.identity_untied")
}

func (x *Reception) closeAccount(w http.ResponseWriter, r *http.Request) error {
	if !web.Form(r).On("sure") {
		faults, _ := web.Faults(r, fault.New(fault.Invalid, "account.check_fields").At("sure", "reception.close_tick"))
		return x.drawAccount(w, r, http.StatusUnprocessableEntity, faults)
	}
	if err := x.Close(web.Tx(r), web.Actor(r)); err != nil {
		return err
	}
	web.ClearSession(w, r)
	web.Notice(w, r, "reception.closed")
	return web.Goto(w, r, "/")
}

func (x *Reception) acceptInvitation(w http.ResponseWriter, r *http.Request) error {
	if err := x.Accept(web.Tx(r), web.Actor(r), r.PathValue("id")); err != nil {
		return err
	}
	return done(w, r, "reception.invitation_accepted")
}

func (x *Reception) declineInvitation(w http.ResponseWriter, r *http.Request) error {
	if err := x.Decline(web.Tx(r), web.Actor(r), r.PathValue("id")); err != nil {
		return err
	}
	return done(w, r, "reception.invitation_declined")
}

func (x *Reception) leave(w http.ResponseWriter, r *http.Request) error {
	if err := x.Dismiss(web.Tx(r), web.Actor(r), r.PathValue("organisation"), web.Actor(r).ID); err != nil {
		return err
	}
	return done(w, r, "reception.left")
}
