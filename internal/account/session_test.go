package account_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
)

const minute = time.Minute

func TestASessionSlidesWhileItIsUsedAndEndsAtLast(t *testing.T) {
	each(t, func(h *house) {
		h.person("lan@truong.edu.vn", password)
		entry, err := h.SignInByPassword(h.Context(), h.d, "LAN@truong.edu.vn", password, visit)
		if err != nil {
			h.Fatal(err)
		}
		later := func(d time.Duration) error {
			return h.d.View(h.Context(), func(tx *db.Tx) error {
				tx.Now = tx.Now.Add(d)
				_, err := h.Session(tx, entry.Token)
				return err
			})
		}
		day := 24 * time.Hour
		h.kind(fault.SignIn, later(31*day))
		for _, at := range []time.Duration{29 * day, 58 * day, 87 * day} {
			h.kind(0, later(at))
		}
		ended, cancel := context.WithCancel(h.Context())
		cancel()
		h.Keep(ended, h.d) // writes down what was seen, as at the end of the server
		h.kind(0, later(110*day))
		h.kind(fault.SignIn, later(181*day))
	})
}

func TestAnOfficerSignsInEachDay(t *testing.T) {
	each(t, func(h *house) {
		id := h.person("can@bo.vn", "", account.Officer)
		var entry account.Entry
		h.do(func(tx *db.Tx) (err error) { entry, err = h.EnterBy(tx, id, "passkey", visit); return err })
		h.refused(fault.SignIn, func(tx *db.Tx) error {
			tx.Now = tx.Now.Add(13 * time.Hour)
			_, err := h.Session(tx, entry.Token)
			return err
		})
		if !h.live(entry.Token) {
			h.Error("the session is over at once")
		}
	})
}

func TestSessionsAreListedWithoutTheirTokensAndRevoked(t *testing.T) {
	each(t, func(h *house) {
		id := h.person("lan@truong.edu.vn", "")
		tokens := make([]string, 3)
		for i := range tokens {
			h.do(func(tx *db.Tx) error {
				entry, err := h.EnterBy(tx, id, "passkey", visit)
				tokens[i] = entry.Token
				return err
			})
		}
		own, other := h.actor(tokens[0]), h.actor(tokens[1])
		h.do(func(tx *db.Tx) error {
			list, err := h.Sessions(tx, own)
			if len(list) != 3 || !list[2].Own || list[0].Own || list[0].Address != "203.0.113.0/24" || list[0].Agent != "Firefox" {
				h.Errorf("%+v", list)
			}
			return err
		})
		stranger := h.in(h.person("ban@truong.edu.vn", ""))
		h.refused(fault.NotFound, func(tx *db.Tx) error { return h.Revoke(tx, stranger, other.Session) })
		h.do(func(tx *db.Tx) error { return h.Revoke(tx, own, other.Session) })
		if h.live(tokens[1]) || !h.live(tokens[2]) {
			h.Error("the wrong session was revoked")
		}
		h.do(func(tx *db.Tx) error { return h.RevokeOthers(tx, own) })
		if h.live(tokens[2]) || !h.live(tokens[0]) {
			h.Error("signing out elsewhere")
		}
		h.do(func(tx *db.Tx) error { return h.EndSession(tx, tokens[0]) })
		h.do(func(tx *db.Tx) error { return h.EndSession(tx, tokens[0]) })
		if h.live(tokens[0]) || h.live("") || h.live(strings.Repeat("A", 43)) {
			h.Error("a session that is none stands")
		}
	})
}

func TestANewSessionTakesThePlaceOfTheOneTheBrowserShows(t *testing.T) {
	each(t, func(h *house) {
		id := h.person("lan@truong.edu.vn", "")
		var first, second account.Entry
		h.do(func(tx *db.Tx) (err error) { first, err = h.EnterBy(tx, id, "passkey", visit); return err })
		v := visit
		v.Token = first.Token
		h.do(func(tx *db.Tx) (err error) { second, err = h.EnterBy(tx, id, "passkey", v); return err })
		if h.live(first.Token) || !h.live(second.Token) {
			h.Error("the old session stands beside the new one")
		}
	})
}

func TestASuspendedAccountIsOutAtOnceAndStaysOut(t *testing.T) {
	each(t, func(h *house) {
		boss := h.in(h.person("quan@tri.vn", "", account.Administrator))
		id := h.person("lan@truong.edu.vn", password)
		entry, err := h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
		h.kind(0, err)
		plain := h.actor(entry.Token)
		h.refused(fault.Forbidden, func(tx *db.Tx) error { return h.Suspend(tx, plain, boss.ID) })
		h.do(func(tx *db.Tx) error { return h.Suspend(tx, boss, id) })
		if h.live(entry.Token) {
			h.Error("the session stands")
		}
		_, err = h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
		h.kind(fault.Forbidden, err)
		_, err = h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", "sai mật khẩu rồi", visit)
		h.kind(fault.Invalid, err)
		h.do(func(tx *db.Tx) error { return h.Restore(tx, boss, id) })
		_, err = h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
		h.kind(0, err)
	})
}

func TestWhatHasExpiredIsSwept(t *testing.T) {
	each(t, func(h *house) {
		id := h.person("lan@truong.edu.vn", "")
		actor := h.in(id)
		h.do(func(tx *db.Tx) error { return h.SendSignIn(tx, "lan@truong.edu.vn", "vi", "", visit) })
		h.do(func(tx *db.Tx) error { tx.Now = tx.Now.Add(40 * 24 * time.Hour); return h.Sweep(tx) })
		h.do(func(tx *db.Tx) error {
			for _, table := range []string{"session", "ticket", "attempt"} {
				var n int
				if err := tx.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil || n != 0 {
					h.Errorf("%d rows of %s are left, %v", n, table, err)
				}
			}
			list, err := h.Sessions(tx, actor)
			if len(list) != 0 {
				h.Errorf("%v", list)
			}
			return err
		})
	})
}
