package account_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/totp"

	"chonoi/internal/account"
	"chonoi/internal/account/seal"
	"chonoi/internal/db"
	"chonoi/internal/fault"
)

// withSecondFactor turns the second factor of the actor on and returns its secret and recovery codes.
func (h *house) withSecondFactor(actor account.Actor) (secret string, recovery []string) {
	h.Helper()
	h.do(func(tx *db.Tx) error { return h.PrepareSecondFactor(tx, actor) })
	h.do(func(tx *db.Tx) error {
		s, address, err := h.PreparedSecondFactor(tx, actor)
		secret = s
		if key, err := otp.NewKeyFromURL(address); err != nil || key.Secret() != s || key.Issuer() != "Chợ Nổi" {
			h.Errorf("%s: %v", address, err)
		}
		return err
	})
	_, err := h.TurnOnSecondFactor(h.Context(), h.d, actor, "000000")
	h.kind(fault.Invalid, err)
	recovery, err = h.TurnOnSecondFactor(h.Context(), h.d, actor, h.code(secret, 0))
	h.kind(0, err)
	if len(recovery) != 10 {
		h.Fatalf("recovery codes %v", recovery)
	}
	return secret, recovery
}

// code is what the app shows so many steps of 30 seconds from now.
func (h *house) code(secret string, steps int) string {
	h.Helper()
	code, err := totp.GenerateCode(secret, time.Now().Add(time.Duration(steps)*30*time.Second))
	if err != nil {
		h.Fatal(err)
	}
	return code
}

func TestASecondFactorIsAskedForAfterPasswordAndLinkAndEachCodeServesOnce(t *testing.T) {
	each(t, func(h *house) {
		id := h.person("lan@truong.edu.vn", password)
		actor := h.in(id)
		secret, recovery := h.withSecondFactor(actor)
		half := func() string {
			entry, err := h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
			h.kind(0, err)
			if entry.Token != "" || entry.Second == "" {
				h.Fatalf("let in without the code: %+v", entry)
			}
			return entry.Second
		}
		code := func(second, code string) (account.Entry, error) {
			return h.SignInByCode(h.Context(), h.d, second, code, visit)
		}
		first := half()
		_, err := code(first, h.code(secret, 0)) // turning it on used this one up
		h.kind(fault.Invalid, err)
		next := h.code(secret, 1)
		entry, err := code(first, next[:3]+" "+next[3:])
		h.kind(0, err)
		if !h.live(entry.Token) {
			h.Error("not let in")
		}
		_, err = code(first, next)
		h.kind(fault.Gone, err)
		_, err = code(half(), next)
		h.kind(fault.Invalid, err)

		h.do(func(tx *db.Tx) error { return h.SendSignIn(tx, "lan@truong.edu.vn", "vi", "", visit) })
		link := h.last("account_sign_in")
		h.do(func(tx *db.Tx) (err error) { entry, err = h.SignInByLink(tx, link, visit); return err })
		if entry.Token != "" {
			h.Fatal("a link goes past the second factor")
		}
		_, err = code(entry.Second, strings.ToLower(recovery[3]))
		h.kind(0, err)
		_, err = code(half(), recovery[3])
		h.kind(fault.Invalid, err)
		h.do(func(tx *db.Tx) error {
			f, err := h.SecondFactor(tx, actor)
			if !f.On || f.Recovery != 9 {
				h.Errorf("%+v", f)
			}
			return err
		})
	})
}

func TestCodesAreNotGuessed(t *testing.T) {
	each(t, func(h *house) {
		actor := h.in(h.person("lan@truong.edu.vn", password))
		secret, _ := h.withSecondFactor(actor)
		entry, err := h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
		h.kind(0, err)
		for range 5 {
			_, err = h.SignInByCode(h.Context(), h.d, entry.Second, "123123", visit)
			h.kind(fault.Invalid, err)
		}
		_, err = h.SignInByCode(h.Context(), h.d, entry.Second, h.code(secret, 1), visit)
		h.kind(fault.TooMany, err)
		h.rest(2 * time.Minute)
		_, err = h.SignInByCode(h.Context(), h.d, entry.Second, h.code(secret, 1), visit)
		h.kind(0, err)
		_, err = h.SignInByCode(h.Context(), h.d, entry.Token, h.code(secret, 1), visit)
		h.kind(fault.Gone, err)
	})
}

func TestAnAdministratorHelpsWhoLostTheApp(t *testing.T) {
	each(t, func(h *house) {
		boss := h.in(h.person("quan@tri.vn", "", account.Administrator))
		actor := h.in(h.person("lan@truong.edu.vn", password))
		h.withSecondFactor(actor)
		h.refused(fault.Conflict, func(tx *db.Tx) error { return h.PrepareSecondFactor(tx, actor) })
		h.refused(fault.Forbidden, func(tx *db.Tx) error { return h.ResetSecondFactor(tx, actor, boss.ID) })
		h.do(func(tx *db.Tx) error { return h.ResetSecondFactor(tx, boss, actor.ID) })
		entry, err := h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
		h.kind(0, err)
		if !h.live(entry.Token) {
			h.Errorf("%+v", entry)
		}
	})
}

// plainSecret is a secret as it lay in the database before there were keys.
const plainSecret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

// kept is the secret of a second factor as it lies in the database.
func (h *house) kept(id account.ID) (text string) {
	h.Helper()
	h.do(func(tx *db.Tx) error {
		return tx.QueryRow(`SELECT secret FROM second_factor WHERE account = ?`, string(id)).Scan(&text)
	})
	return text
}

func TestSecretsThatLieInTheClearAreSealedOnceAndStillServe(t *testing.T) {
	each(t, func(h *house) {
		actor := h.in(h.person("lan@truong.edu.vn", password))
		other := h.in(h.person("minh@truong.edu.vn", password))
		h.withSecondFactor(other)
		h.do(func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO second_factor (account, secret, created, confirmed, step) VALUES (?, ?, 1, 1, 0)`, string(actor.ID), plainSecret)
			return err
		})
		seals := func(ring *seal.Ring, want account.Sealing) {
			t.Helper()
			h.do(func(tx *db.Tx) error {
				did, err := account.SealSecrets(tx, ring)
				if did != want {
					h.Errorf("%+v, want %+v", did, want)
				}
				return err
			})
		}
		seals(testKey, account.Sealing{Sealed: 1})
		first := h.kept(actor.ID)
		if !seal.Sealed(first) || strings.Contains(first, plainSecret[:8]) {
			h.Errorf("kept as %q", first)
		}
		seals(testKey, account.Sealing{})
		if h.kept(actor.ID) != first {
			h.Error("sealed anew though nothing changed")
		}
		entry, err := h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
		h.kind(0, err)
		_, err = h.SignInByCode(h.Context(), h.d, entry.Second, h.code(plainSecret, 0), visit)
		h.kind(0, err)

		// A secret put into another's row opens nothing there.
		h.do(func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE second_factor SET secret = ?, step = 0 WHERE account = ?`, first, string(other.ID))
			return err
		})
		entry, err = h.SignInByPassword(h.Context(), h.d, "minh@truong.edu.vn", password, visit)
		h.kind(0, err)
		if entry, err := h.SignInByCode(h.Context(), h.d, entry.Second, h.code(plainSecret, 1), visit); err == nil {
			h.Errorf("let in by another's secret: %+v", entry)
		}
	})
}

func TestWithoutTheKeyOnlyRecoveryCodesLeadIn(t *testing.T) {
	each(t, func(h *house) {
		actor := h.in(h.person("lan@truong.edu.vn", password))
		fresh := h.in(h.person("minh@truong.edu.vn", password))
		secret, recovery := h.withSecondFactor(actor)
		wrong, err := seal.Parse(seal.NewKey())
		h.kind(0, err)
		for i, ring := range []*seal.Ring{nil, wrong} {
			h.Key = ring
			entry, err := h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
			h.kind(0, err)
			_, err = h.SignInByCode(h.Context(), h.d, entry.Second, h.code(secret, 1), visit)
			h.kind(fault.Unavailable, err)
			entry, err = h.SignInByCode(h.Context(), h.d, entry.Second, recovery[i], visit)
			h.kind(0, err)
			if !h.live(entry.Token) {
				h.Error("a recovery code does not let in")
			}
		}
		h.Key = nil
		h.refused(fault.Unavailable, func(tx *db.Tx) error { return h.PrepareSecondFactor(tx, fresh) })
	})
}
