package account_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
)

const password = "ghe xuồng bến nước chợ"

func TestAPasswordOfOnesOwnNameOrTooShortIsRefused(t *testing.T) {
	for word, password := range map[string]string{
		"account.password_short":   "ngắn quá",
		"account.password_long":    strings.Repeat("dài quá ", 40),
		"account.password_is_name": "xx lan.tran@truong.vn",
		"account.password_plain":   "aaaabbbbaaaabbbb",
		"":                         password,
	} {
		err := account.CheckPassword(password, "Lan.Tran@truong.vn", "Trần Thị Lan")
		f, amiss := fault.As(err)
		if amiss != (word != "") || amiss && f.Fields[0].Key != word {
			t.Errorf("%q: %v, want %s", password, err, word)
		}
	}
}

func TestAPasswordSignsInAndAllElseIsRefusedAlike(t *testing.T) {
	each(t, func(h *house) {
		h.person("lan@truong.edu.vn", password)
		h.person("khong@truong.edu.vn", "")
		entry, err := h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
		h.kind(0, err)
		if !h.live(entry.Token) || entry.Second != "" {
			h.Errorf("%+v", entry)
		}
		var told []string
		for _, email := range []string{"lan@truong.edu.vn", "khong@truong.edu.vn", "khongco@truong.edu.vn"} {
			_, err := h.SignInByPassword(h.Context(), h.d, email, "không phải mật khẩu này", visit)
			h.kind(fault.Invalid, err)
			told = append(told, err.Error())
		}
		if told[0] != told[1] || told[1] != told[2] {
			h.Errorf("the answers differ: %v", told)
		}
	})
}

func TestAfterFiveWrongPasswordsOneWaitsAndOthersDoNot(t *testing.T) {
	each(t, func(h *house) {
		h.person("lan@truong.edu.vn", password)
		h.person("ban@truong.edu.vn", password)
		wrong := func(email string) error {
			_, err := h.SignInByPassword(h.Context(), h.d, email, "không phải mật khẩu này", visit)
			return err
		}
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() { h.kind(fault.Invalid, wrong("lan@truong.edu.vn")) })
		}
		wg.Wait()
		h.kind(fault.TooMany, wrong("lan@truong.edu.vn"))
		_, err := h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
		h.kind(fault.TooMany, err)
		_, err = h.SignInByPassword(h.Context(), h.d, "ban@truong.edu.vn", password, visit)
		h.kind(0, err)
		h.rest(time.Minute)
		_, err = h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
		h.kind(0, err)
		h.kind(fault.Invalid, wrong("lan@truong.edu.vn")) // forgiven: no wait
	})
}

// rest lets that much time pass for what was tried.
func (h *house) rest(d time.Duration) {
	h.Helper()
	h.do(func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE attempt SET last = last - ?", d.Microseconds())
		return err
	})
}

func TestANewPasswordEndsTheOtherSessionsAndTakesLinksBack(t *testing.T) {
	each(t, func(h *house) {
		h.person("lan@truong.edu.vn", password)
		first, err := h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
		h.kind(0, err)
		second, err := h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
		h.kind(0, err)
		h.do(func(tx *db.Tx) error { return h.SendSignIn(tx, "lan@truong.edu.vn", "vi", "", visit) })
		link := h.last("account_sign_in")
		actor := h.actor(first.Token)
		h.kind(fault.Invalid, h.SetPassword(h.Context(), h.d, actor, "sai mật khẩu cũ", "mật khẩu hoàn toàn mới"))
		h.kind(fault.Invalid, h.SetPassword(h.Context(), h.d, actor, password, "lan@truong.edu.vn"))
		h.kind(0, h.SetPassword(h.Context(), h.d, actor, password, "mật khẩu hoàn toàn mới"))
		if !h.live(first.Token) || h.live(second.Token) {
			h.Error("sessions after the change")
		}
		h.last("account_password_set")
		h.refused(fault.Gone, func(tx *db.Tx) error { _, err := h.SignInByLink(tx, link, visit); return err })
		_, err = h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", password, visit)
		h.kind(fault.Invalid, err)
		_, err = h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", "mật khẩu hoàn toàn mới", visit)
		h.kind(0, err)
		h.do(func(tx *db.Tx) error { return h.RemovePassword(tx, actor) })
		_, err = h.SignInByPassword(h.Context(), h.d, "lan@truong.edu.vn", "mật khẩu hoàn toàn mới", visit)
		h.kind(fault.Invalid, err)
	})
}

func TestAFirstPasswordAsksForAFreshSession(t *testing.T) {
	each(t, func(h *house) {
		actor := h.in(h.person("lan@truong.edu.vn", ""))
		h.do(func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE session SET created = created - ?", (31 * minute).Microseconds())
			return err
		})
		h.kind(fault.SignIn, h.SetPassword(h.Context(), h.d, actor, "", password))
		h.kind(0, h.SetPassword(h.Context(), h.d, h.in(actor.ID), "", password))
	})
}
