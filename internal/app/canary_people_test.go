package app_test

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
)

// robbed is the person whom the confidential things belong to, and officer who handles them.
type robbed struct {
	id, officer    account.ID
	actor, desk    account.Actor
	token, session string
}

// plantPeople plants the owner and the officer, known by words of their own.
func (f *flock) plantPeople(tx *db.Tx, s *app.Server) (v robbed, err error) {
	person := func(part string, roles ...account.Role) (account.ID, error) {
		email := f.word(part+".email", field.OwnerOnly) + "@x.example"
		who, err := s.Accounts.CreateWithRoles(tx, "system", email, f.word(part+".name", field.OwnerOnly), lang.Vi, roles)
		if err != nil {
			return "", err
		}
		f.id("people", string(who.ID), field.OwnerOnly)
		return who.ID, nil
	}
	if v.id, err = person("owner"); err != nil {
		return v, err
	}
	v.officer, err = person("officer", account.Officer)
	return v, err
}

// enterOwner signs the owner in for good, from a browser that is told of nowhere.
func (f *flock) enterOwner(tx *db.Tx, s *app.Server, v *robbed) error {
	who, err := s.Accounts.Get(tx, v.id)
	if err != nil {
		return err
	}
	identity := account.Identity{Issuer: "https://" + f.word("identity.issuer", field.OwnerOnly) + ".example", Subject: f.word("identity.subject", field.OwnerOnly), Email: who.Email, Verified: true}
	visit := account.Visit{Agent: f.word("session.agent", field.OwnerOnly), Address: "198.51.113.9"}
	f.sight("session.address", field.OwnerOnly, "", "198.51.113.0")
	entry, err := s.Accounts.SignInByIdentity(tx, identity, lang.Vi, visit)
	if err != nil {
		return err
	}
	v.token = entry.Token
	f.sight("session token", field.OwnerOnly, "", entry.Token)
	if v.actor, err = s.Accounts.Session(tx, entry.Token); err != nil {
		return err
	}
	v.session = v.actor.Session
	f.id("sessions", v.session, field.OwnerOnly)
	desk, err := s.Accounts.EnterBy(tx, v.officer, "test", account.Visit{})
	if err == nil {
		v.desk, err = s.Accounts.Session(tx, desk.Token)
	}
	return err
}

// plantWaysIn plants what an account keeps: a passkey, a second factor, tickets, invitations.
func (f *flock) plantWaysIn(tx *db.Tx, s *app.Server, v robbed, organisation string) error {
	secret := func(where string) string { return f.word(where, field.OwnerOnly) }
	key := account.Passkey{ID: "zqv" + rand.Text()[:6], Name: secret("passkey.name"), Record: `{"id":"` + secret("passkey.record") + `"}`}
	f.id("passkeys", key.ID, field.OwnerOnly)
	if err := s.Accounts.AddPasskey(tx, v.actor, key); err != nil {
		return err
	}
	if err := s.Accounts.PrepareSecondFactor(tx, v.actor); err != nil {
		return err
	}
	totp, _, err := s.Accounts.PreparedSecondFactor(tx, v.actor)
	if err != nil {
		return err
	}
	f.sight("second factor", field.OwnerOnly, "", totp)
	if err := s.Accounts.Invite(tx, v.actor, organisation, secret("invitation.email")+"@x.example", true); err != nil {
		return err
	}
	list, err := s.Accounts.Invited(tx, v.actor, organisation)
	if err != nil {
		return err
	}
	f.id("invitations", list[0].ID, field.OwnerOnly)
	visit := account.Visit{Address: "203.0.113.77"}
	if err := s.Accounts.SignUp(tx, secret("ticket.data")+"@x.example", secret("ticket.data name"), lang.En, "/"+secret("ticket.data next"), visit); err != nil {
		return err
	}
	if err := s.Accounts.AskEmail(tx, v.actor, secret("ticket.data email")+"@x.example", visit); err != nil {
		return err
	}
	return s.Accounts.SendSignIn(tx, v.actor.Email, lang.Vi, "", visit)
}

var tokenLink = regexp.MustCompile(`/(sign-in/link|sign-up/confirm|account/email|unsubscribe)/([\w.-]{20,})`)

// gatherLetters makes the letters and the tokens in their links canaries, once they are sent.
func (f *flock) gatherLetters(t *testing.T, s *app.Server) {
	t.Helper()
	kept, err := s.Letters.List(100)
	if err != nil {
		t.Fatal(err)
	}
	for _, letter := range kept {
		f.id("letters", letter.ID, field.OwnerOnly)
		for _, link := range tokenLink.FindAllStringSubmatch(letter.Text, -1) {
			f.sight("token of a letter", field.OwnerOnly, "", link[2])
			f.links = append(f.links, "/"+link[1]+"/"+link[2])
		}
	}
	if len(kept) < 6 || len(f.ids["letters"]) == 0 {
		t.Fatalf("only %d letters were sent", len(kept))
	}
}

// judge has the desk return, suspend and answer listings, and the owner withdraw one, each with
// words that only they may read.
func (f *flock) judge(tx *db.Tx, s *app.Server, v robbed, owner string) error {
	secret := func(where string) string { return f.word(where, field.OwnerOnly) }
	plant := func(state string) (string, error) {
		o, err := s.Exchange.Offers.Plant(tx, v.id, record.Head{State: state, Owner: owner, By: v.id, Published: tx.Now}, func(string) ([]string, bool) { return nil, false }, func(o *exchange.Offer) {
			o.Title.Vi = f.word("offer.title_vi", field.OwnerOnly)
		})
		if err != nil {
			return "", err
		}
		f.ids["offers"] = append(f.ids["offers"], o.ID)
		return o.ID, nil
	}
	returned, err := plant(exchange.Submitted)
	if err != nil {
		return err
	}
	if err := s.Exchange.Offers.TakeUp(tx, v.desk, returned); err != nil {
		return err
	}
	if err := s.Exchange.Offers.Return(tx, v.desk, returned, exchange.Verdict{Reasons: []string{"other"}, Note: secret("review.note")}); err != nil {
		return err
	}
	suspended, err := plant(exchange.Published)
	if err != nil {
		return err
	}
	if err := s.Exchange.Offers.Suspend(tx, v.desk, suspended, secret("note of a suspension")); err != nil {
		return err
	}
	withdrawn, err := plant(exchange.Draft)
	if err != nil {
		return err
	}
	if err := s.Exchange.Offers.Withdraw(tx, v.actor, withdrawn, "other | "+secret("reason of a withdrawal")); err != nil {
		return err
	}
	gone, err := plant(exchange.Published)
	if err != nil {
		return err
	}
	stays, err := plant(exchange.Submitted) // the address of the other one must not tell of it
	if err != nil {
		return err
	}
	f.sight("id of what stays", field.OwnerOnly, gone, stays)
	if err := s.Exchange.Offers.Merge(tx, v.desk, gone, stays, secret("duplicate.note")); err != nil {
		return err
	}
	return f.plantMatches(tx, s, v)
}

// typeAmiss has the owner type what cannot be read into a draft, which is kept for them alone.
func (f *flock) typeAmiss(t *testing.T, s *app.Server, v robbed) {
	t.Helper()
	values := url.Values{"version": {"1"}, "price": {f.word("draft_input.typed", field.OwnerOnly)}}
	r := httptest.NewRequest(http.MethodPost, "/offers/"+f.ids["offers"][0], strings.NewReader(values.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.AddCookie(&http.Cookie{Name: "chonoi", Value: v.token})
	w := httptest.NewRecorder()
	s.Web.Handler().ServeHTTP(w, r)
	if w.Code != http.StatusUnprocessableEntity {
		t.Fatalf("a price that cannot be read: %d %s", w.Code, w.Body)
	}
}
