package reception

import (
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/account/provider"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

const (
	providerCookie = "provider" // holds the ticket of somebody who is away at the provider
	providerLife   = 15 * time.Minute
)

// away is what is remembered of somebody who signs in at the identity provider.
type away struct {
	Round provider.Round
	Next  string
	Lang  lang.Tag
}

// askProvider sends the browser to the identity provider.
func (x *Reception) askProvider(w http.ResponseWriter, r *http.Request) error {
	a := away{Next: web.Next(r, afterwards), Lang: web.Lang(r)}
	address, round, err := x.provider.Start(r.Context())
	if err != nil {
		return backToSignIn(w, r, a, err)
	}
	a.Round = round
	var ticket string
	err = web.DB(r).Update(r.Context(), func(tx *db.Tx) (err error) {
		ticket, err = account.Issue(tx, account.ForProvider, "", a, providerLife)
		return err
	})
	if err != nil {
		return err
	}
	keep(w, r, providerCookie, ticket, providerLife)
	return web.GotoExactly(w, r, address)
}

// backFromProvider lets in whom the provider sends back to the browser that went there.
func (x *Reception) backFromProvider(w http.ResponseWriter, r *http.Request) error {
	a := away{Lang: web.Lang(r)}
	err := web.DB(r).Update(r.Context(), func(tx *db.Tx) error {
		_, err := account.Redeem(tx, kept(r, providerCookie), account.ForProvider, &a)
		return err
	})
	if err != nil {
		return backToSignIn(w, r, a, err)
	}
	keep(w, r, providerCookie, "", -time.Second)
	who, err := x.provider.Finish(r.Context(), a.Round, r.URL.Query().Get("state"), r.URL.Query().Get("code"))
	if err != nil {
		return backToSignIn(w, r, a, err)
	}
	var entry account.Entry
	err = web.DB(r).Update(r.Context(), func(tx *db.Tx) (err error) {
		entry, err = x.SignInByIdentity(tx, who, a.Lang, visit(r))
		return err
	})
	if err != nil {
		return backToSignIn(w, r, a, err)
	}
	return welcome(w, r, entry, a.Next)
}

// backToSignIn tells on the sign-in page why the provider's way did not lead in.
func backToSignIn(w http.ResponseWriter, r *http.Request, a away, err error) error {
	f, ok := fault.As(err)
	if !ok {
		return err
	}
	if f.Kind == fault.Unavailable {
		slog.Warn("identity provider", "err", err)
	}
	web.Warning(w, r, f.Key, f.Args...)
	return web.GotoExactly(w, r, parts.InTongue(a.Lang, "/sign-in")+nextQuery(a.Next))
}

// nextQuery is the query that tells a page where to lead on to.
func nextQuery(next string) string {
	if next == "" {
		return ""
	}
	return "?next=" + url.QueryEscape(next)
}
