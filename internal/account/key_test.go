package account_test

import (
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/account/seal"
	"chonoi/internal/db"
)

func TestADatabaseKnowsItsKeyAndTakesANewerOneOnlyWithOneItKnows(t *testing.T) {
	each(t, func(h *house) {
		own, newer, stranger := seal.NewKey(), seal.NewKey(), seal.NewKey()
		check := func(what, keys string, want account.KeyState) {
			t.Helper()
			var ring *seal.Ring
			if keys != "" {
				var err error
				ring, err = seal.Parse(keys)
				h.kind(0, err)
			}
			h.do(func(tx *db.Tx) error {
				state, err := account.CheckKey(tx, ring)
				if state != want {
					h.Errorf("%s: %s, want %s", what, state, want)
				}
				return err
			})
		}
		check("no key at first", "", account.KeyMissing)
		check("the first key", own, account.KeyGood)
		check("the same again", own, account.KeyGood)
		check("another key", stranger, account.KeyForeign)
		check("no key later", "", account.KeyMissing)
		check("a newer key alone", newer, account.KeyForeign)
		check("a newer key before the former", newer+","+own, account.KeyGood)
		check("the newer key alone, afterwards", newer, account.KeyGood)
		h.do(func(tx *db.Tx) error {
			ring, err := seal.Parse(stranger)
			if err != nil {
				return err
			}
			return account.AdoptKey(tx, ring)
		})
		check("a key that was adopted", stranger, account.KeyGood)
	})
}

func TestANewerKeySealsAnewWhatTheFormerOneSealed(t *testing.T) {
	each(t, func(h *house) {
		actor := h.in(h.person("lan@truong.edu.vn", password))
		former, fresh := seal.NewKey(), seal.NewKey()
		ring := func(keys string) *seal.Ring {
			r, err := seal.Parse(keys)
			h.kind(0, err)
			return r
		}
		h.Key = ring(former)
		secret, _ := h.withSecondFactor(actor)
		seals := func(keys string, want account.Sealing) {
			t.Helper()
			h.do(func(tx *db.Tx) error {
				did, err := account.SealSecrets(tx, ring(keys))
				if did != want {
					h.Errorf("%+v, want %+v", did, want)
				}
				return err
			})
		}
		seals(fresh, account.Sealing{Closed: 1})
		seals(fresh+" "+former, account.Sealing{Sealed: 1})
		seals(fresh, account.Sealing{})
		h.Key = ring(fresh)
		entry, err := h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
		h.kind(0, err)
		_, err = h.SignInByCode(h.Context(), h.d, entry.Second, h.code(secret, 1), visit)
		h.kind(0, err)
	})
}
