package reception

import (
	"chonoi/internal/account"
	"chonoi/internal/web"
)

// Routes lists the pages with the right that each needs.
func (x *Reception) Routes() []web.Route {
	return []web.Route{
		{"GET /sign-in", x.showSignIn, account.MaySignIn},
		{"GET /sign-in/link", x.showLinkSent, account.MaySignIn},
		{"GET /sign-in/link/{token}", x.showLink, account.MaySignIn},
		{"POST /sign-in/link/{token}", x.useLink, account.MaySignIn},
		{"GET /sign-in/code", x.showCode, account.MaySignIn},
		{"GET /sign-up", x.showSignUp, account.MaySignIn},
		{"GET /sign-up/sent", x.showSignUpSent, account.MaySignIn},
		{"GET /sign-up/confirm/{token}", x.showConfirm, account.MaySignIn},
		{"POST /sign-up/confirm/{token}", x.confirm, account.MaySignIn},
		{"POST /sign-out", x.signOut, account.MaySignIn},

		{"GET /account", x.showAccount, account.SignedIn},
		{"POST /account/profile", x.saveProfile, account.SignedIn},
		{"POST /account/email", x.askEmail, account.SignedIn},
		{"GET /account/email/{token}", x.showEmail, account.SignedIn},
		{"POST /account/email/{token}", x.changeEmail, account.SignedIn},
		{"POST /account/password/removal", x.removePassword, account.SignedIn},
		{"POST /account/passkeys/{id}/name", x.renamePasskey, account.SignedIn},
		{"POST /account/passkeys/{id}/removal", x.dropPasskey, account.SignedIn},
		{"POST /account/sessions/revocation", x.revokeOthers, account.SignedIn},
		{"POST /account/sessions/{id}/revocation", x.revokeSession, account.SignedIn},
		{"POST /account/identities/removal", x.untie, account.SignedIn},
		{"POST /account/closure", x.closeAccount, account.SignedIn},
		{"POST /account/invitations/{id}/acceptance", x.acceptInvitation, account.SignedIn},
		{"POST /account/invitations/{id}/refusal", x.declineInvitation, account.SignedIn},
		{"POST /account/memberships/{organisation}/removal", x.leave, account.SignedIn},

		{"POST /account/second-factor", x.prepareSecondFactor, account.SignedIn},
		{"GET /account/second-factor", x.showSecondFactor, account.SignedIn},
		{"POST /account/second-factor/removal", x.turnOffSecondFactor, account.SignedIn},
		{"POST /account/second-factor/recovery", x.renewRecovery, account.SignedIn},

		{"POST /passkeys/challenge", x.askToMakePasskey, account.SignedIn},
		{"POST /passkeys", x.makePasskey, account.SignedIn},
		{"POST /passkeys/sign-in", x.signInByPasskey, account.MaySignIn},

		{"GET /organisations/{id}/members", x.showMembers, account.MaySeeOwn},
		{"POST /organisations/{id}/members", x.invite, account.MayPost},
		{"POST /organisations/{id}/membership", x.join, account.MayPost},
		{"POST /organisations/{id}/members/{account}/admission", x.admit, account.MayPost},
		{"POST /organisations/{id}/members/{account}/removal", x.dismiss, account.MayPost},
		{"POST /organisations/{id}/members/{account}/manager", x.setManager, account.MayPost},

		{"GET /administration/people", x.showPeople, account.MaySeePeople},
		{"GET /administration/people/{id}", x.showPerson, account.MaySeePeople},
		{"POST /administration/people/{id}/roles", x.setRoles, account.MayAdminister},
		{"POST /administration/people/{id}/suspension", x.suspend, account.MayAdminister},
		{"POST /administration/people/{id}/restoration", x.restore, account.MayAdminister},
		{"POST /administration/people/{id}/second-factor/removal", x.resetSecondFactor, account.MayAdminister},
	}
}

// Special lists the routes that are limited in number a minute, or that begin their transactions
// themselves because they hash, or ask another house, in between.
func (x *Reception) Special() []web.Special {
	row := func(pattern string, handler web.Handler, right account.Right) web.Route {
		return web.Route{Pattern: pattern, Handler: handler, Right: right}
	}
	const form = 64 << 10
	list := []web.Special{
		{Route: row("POST /sign-in", x.signIn, account.MaySignIn), Stream: true, Body: form, PerMinute: 20},
		{Route: row("POST /sign-in/code", x.signInByCode, account.MaySignIn), Stream: true, Body: form, PerMinute: 20},
		{Route: row("POST /sign-in/link", x.sendLink, account.MaySignIn), Body: form, PerMinute: 10},
		{Route: row("POST /sign-up", x.signUp, account.MaySignIn), Body: form, PerMinute: 10},
		{Route: row("POST /passkeys/sign-in/challenge", x.askForPasskey, account.MaySignIn), Body: form, PerMinute: 60},
		{Route: row("POST /account/password", x.setPassword, account.SignedIn), Stream: true, Body: form, PerMinute: 10},
		{Route: row("POST /account/second-factor/confirmation", x.turnOnSecondFactor, account.SignedIn), Stream: true, Body: form, PerMinute: 10},
	}
	if x.provider != nil {
		list = append(list,
			web.Special{Route: row("GET /sign-in/provider", x.askProvider, account.MaySignIn), Stream: true, PerMinute: 20},
			web.Special{Route: row("GET "+Back, x.backFromProvider, account.MaySignIn), Plain: true, Stream: true, PerMinute: 20},
		)
	}
	return list
}
