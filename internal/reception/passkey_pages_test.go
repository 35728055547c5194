package reception_test

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"chonoi/internal/account"
	"chonoi/internal/db"
)

func TestAPasskeyIsRenamedOnMyAccount(t *testing.T) {
	each(t, func(h *house) {
		id := h.person(account.Person{Email: "lan@truong.edu.vn", Password: password})
		b := h.in("lan@truong.edu.vn")
		must(h.T, h.d.Update(h.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(`INSERT INTO passkey (id, account, name, record, created, used) VALUES ('k1', ?, 'Điện thoại', '{}', 1, 1780000000000000)`, string(id))
			return err
		}))
		b.get("/account").shows(200, "Điện thoại", "Dùng gần nhất lúc 29/05/2026", "Đổi tên “Điện thoại”")
		b.get("/en/account").shows(200, "Last used on 29 May 2026", "Rename “Điện thoại”")
		b.post("/account/passkeys/k1/name", "name", " ").shows(422, `href="#passkey-k1"`, `id="passkey-k1"`, "Đặt tên cho khóa", `<details class="more whole" open>`)
		b.post("/account/passkeys/k1/name", "name", "Máy tính ở trường").led("/account")
		b.get("/account").shows(200, "Đã đổi tên khóa truy cập.", "Máy tính ở trường")
		h.browser().post("/account/passkeys/k1/name", "name", "Của tôi").shows(401)
		b.post("/account/passkeys/none/name", "name", "Của tôi").shows(404)
	})
}

func TestWithoutTheKeyTheCodePageSaysWhomToAskAndARecoveryCodeLeadsIn(t *testing.T) {
	each(t, func(h *house) {
		h.person(account.Person{Email: "lan@truong.edu.vn", Password: password})
		b := h.in("lan@truong.edu.vn")
		b.post("/account/second-factor").led("/account/second-factor")
		secret := strings.ReplaceAll(between(b.get(b.to).page, `<span class="code">`, "<"), " ", "")
		code := func(at time.Duration) string {
			code, err := totp.GenerateCode(secret, time.Now().Add(at))
			must(h.T, err)
			return code
		}
		b.post("/account/second-factor/confirmation", "code", code(0)).shows(200, "Chợ Nổi · lan@truong.edu.vn · tạo ngày ", "data-print")
		recovery := between(b.page, `<ol class="code"><li>`, "<")
		if len(recovery) != 19 {
			h.Errorf("a recovery code is %q", recovery)
		}
		h.accounts.Key = nil
		other := h.browser()
		other.post("/sign-in", "email", "lan@truong.edu.vn", "password", password).led("/sign-in/code?next=%2Faccount")
		other.post("/sign-in/code", "code", code(30*time.Second)).shows(503, "Máy chủ chưa có khóa để kiểm tra mã", "mã dự phòng", "hotro@cho.example.vn")
		other.post("/en/sign-in/code", "code", code(30*time.Second)).shows(503, "ask the administrator of the site")
		other.post("/sign-in/code", "code", recovery).led("/account")
		other.post("/account/second-factor/removal").led("/account")
		other.post("/account/second-factor").shows(503, "Máy chủ chưa có khóa")
	})
}

func TestASpentLinkLeadsToANewOne(t *testing.T) {
	each(t, func(h *house) {
		h.browser().get("/sign-in/link/none").shows(410, "Liên kết không còn dùng được", `href="/sign-in"`)
		h.browser().post("/en/sign-up/confirm/none").shows(410, "This link no longer works", `href="/en/sign-up"`)
	})
}
