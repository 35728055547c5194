package reception_test

import (
	"context"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/web/webtest"
)

// withAuthenticator gives the browser an authenticator that verifies its user without asking.
func withAuthenticator(id *webauthn.AuthenticatorID) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if _, err := cdp.Call(ctx, t, webauthn.Enable, webauthn.EnableParams{}); err != nil {
			return err
		}
		made, err := cdp.Call(ctx, t, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
			Options: &webauthn.VirtualAuthenticatorOptions{
				Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
				HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
			},
		})
		*id = made.AuthenticatorID
		return err
	})
}

// verifies sets whether the authenticator knows its user.
func verifies(id *webauthn.AuthenticatorID, yes bool) chromedp.Action[chromedp.Void] {
	return chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: *id, IsUserVerified: yes})
		return err
	})
}

// said waits for the message beside the button of passkeys.
const said = `new Promise(done => { const look = () => { const p = document.querySelector('[data-passkey-told]'); p && !p.hidden ? done(p.textContent) : setTimeout(look, 20) }; look() })`

func TestAPasskeyIsMadeAndSignsIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		b := webtest.Open(t)
		h := open(t, d)
		id := h.person(account.Person{Email: "lan@truong.edu.vn", Password: password})
		entry, err := h.accounts.SignInByPassword(t.Context(), d, "lan@truong.edu.vn", password, account.Visit{})
		must(t, err)
		b.Session(t, h.url, entry.Token)
		var key webauthn.AuthenticatorID
		b.See(t, h.url+"/account", webtest.View{Width: 390})
		b.Do(t, withAuthenticator(&key))
		b.See(t, h.url+"/account", webtest.View{Width: 390})
		click := `document.querySelector('[data-passkey-touch]').click()`
		b.Do(t, chromedp.SendKeys("[name=passkey]", "Điện thoại"))
		b.Text(t, click)
		b.Do(t, chromedp.WaitVisible(`form[action^="/account/passkeys/"]`))
		h.keys(id, 1)
		b.Text(t, click)
		if got := b.Text(t, said); !strings.HasPrefix(got, "Chưa tạo được khóa.") {
			t.Errorf("a second passkey in one authenticator: %q", got)
		}
		h.keys(id, 1)

		b.Session(t, h.url, "none")
		b.Do(t, verifies(&key, false))
		b.See(t, h.url+"/sign-in?next=/account%3Fby%3Dpasskey", webtest.View{Width: 390})
		b.Text(t, click)
		if got := b.Text(t, said); got == "" {
			t.Error("nothing is said when the user is not verified")
		}
		b.Do(t, verifies(&key, true))
		b.Text(t, click)
		b.Do(t, chromedp.WaitVisible("#h-passkeys"))
		if got := b.Text(t, `location.search`); got != "?by=passkey" {
			t.Errorf("led to %s", got)
		}
		must(t, d.View(t.Context(), func(tx *db.Tx) error {
			list, err := h.accounts.Passkeys(tx, id)
			if err == nil && (len(list) != 1 || list[0].Used.IsZero() || list[0].Name != "Điện thoại") {
				t.Errorf("%+v", list)
			}
			return err
		}))

		// A passkey that its owner deleted opens nothing.
		must(t, d.Update(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec("DELETE FROM passkey"); return err }))
		b.See(t, h.url+"/en/sign-in", webtest.View{Width: 1440})
		b.Text(t, click)
		if got := b.Text(t, said); got != "The passkey was not accepted. Try again or sign in another way." {
			t.Errorf("a deleted passkey: %q", got)
		}
	}, db.Schema{Name: "account", Files: account.Schema})
}

// keys checks how many passkeys an account has.
func (h *house) keys(id account.ID, want int) {
	h.Helper()
	must(h.T, h.d.View(h.Context(), func(tx *db.Tx) error {
		list, err := h.accounts.Passkeys(tx, id)
		if len(list) != want {
			h.Errorf("%d passkeys, want %d", len(list), want)
		}
		return err
	}))
}

func TestThePagesOfTheReceptionAreAccessible(t *testing.T) {
	if testing.Short() {
		t.Skip("opens every page five times in Chromium")
	}
	b := webtest.Open(t)
	h := open(t, dbtest.Open(t, "sqlite", db.Schema{Name: "account", Files: account.Schema}))
	for _, path := range []string{"/sign-in", "/en/sign-up", "/sign-in/link", "/sign-in/code"} {
		b.Check(t, h.url+path)
	}
	boss := h.person(account.Person{
		Email: "quan@tri.vn", Name: "Quản Trị", Password: password, Roles: []account.Role{account.Administrator},
		Memberships: []account.Membership{{Organisation: "song-hau", Manager: true}},
	})
	entry, err := h.accounts.SignInByPassword(t.Context(), h.d, "quan@tri.vn", password, account.Visit{Agent: "Mozilla/5.0 (X11; Linux) Firefox/140", Address: "203.0.113.9"})
	must(t, err)
	must(t, h.d.Update(t.Context(), func(tx *db.Tx) error {
		actor, err := h.accounts.Session(tx, entry.Token)
		if err != nil {
			return err
		}
		return h.accounts.PrepareSecondFactor(tx, actor)
	}))
	b.Session(t, h.url, entry.Token)
	for _, path := range []string{
		"/account", "/en/account", "/account/second-factor", "/organisations/song-hau/members",
		"/administration/people", "/administration/people/" + string(boss),
	} {
		b.Check(t, h.url+path)
	}
}
