package reception_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"chonoi/internal/account"
	"chonoi/internal/account/provider/providertest"
	"chonoi/internal/db"
	"chonoi/internal/reception"
)

func TestAVisitorSignsUpConfirmsAndIsIn(t *testing.T) {
	each(t, func(h *house) {
		b := h.browser()
		b.get("/sign-up").shows(200, "Đăng ký tài khoản")
		b.post("/sign-up", "email", "lan@", "name", "L", "next", "/account#x")
		b.shows(422, `value="lan@"`, `value="L"`, "Nhập địa chỉ thư điện tử", "Nhập họ tên")
		b.post("/en/sign-up", "email", "lan@truong.edu.vn", "name", "Trần Thị Lan", "next", "/en/offers/new").led("/en/sign-up/sent")
		b.get(b.to).shows(200, "Confirm in your mailbox")
		link := h.link()
		for range 2 { // a scanner of letters opens it first
			h.browser().get(link).shows(200, "Trần Thị Lan", "lan@truong.edu.vn", "Confirm and open the account")
		}
		b.post(link).led("/en/offers/new")
		b.get("/en/account").shows(200, "My account", "lan@truong.edu.vn", "Your account is open")
		h.browser().post(link).shows(410)
		b.post("/sign-out").led("/")
		b.get("/account").led("/sign-in?next=%2Faccount")
	})
}

func TestTheSignInPageKeepsTheEmailAndTellsNobodyWhoHasAnAccount(t *testing.T) {
	each(t, func(h *house) {
		h.person(account.Person{Email: "lan@truong.edu.vn", Password: password})
		b := h.browser()
		b.get("/sign-in").shows(200, "Dùng khóa truy cập", "Gửi liên kết", "Cần giúp đỡ", `href="tel:19000000"`, `href="mailto:hotro@cho.example.vn"`, "js/passkey")
		b.post("/sign-in", "email", "lan@truong.edu.vn", "password", "")
		b.shows(422, `value="lan@truong.edu.vn"`, "Nhập mật khẩu")
		wrong := func(email string) string {
			b.post("/sign-in", "email", email, "password", "không phải mật khẩu")
			b.shows(422, `value="`+email+`"`, "không đúng")
			return strings.ReplaceAll(words(b.page), email, "…")
		}
		if wrong("lan@truong.edu.vn") != wrong("ban@truong.edu.vn") {
			b.Error("the pages differ")
		}
		for _, email := range []string{"lan@truong.edu.vn", "ban@truong.edu.vn"} {
			b.post("/sign-in/link", "email", email).led("/sign-in/link")
			b.get(b.to).shows(200, "Hãy mở hộp thư")
		}
		b.post("/sign-in/link", "email", "lan").shows(422, `value="lan"`)
		for range 4 {
			wrong("lan@truong.edu.vn")
		}
		b.post("/sign-in", "email", "lan@truong.edu.vn", "password", password).shows(429, "Hãy đợi", `value="lan@truong.edu.vn"`)
	})
}

func TestSigningInLeadsOnlyToThisSite(t *testing.T) {
	each(t, func(h *house) {
		h.person(account.Person{Email: "lan@truong.edu.vn", Password: password})
		for next, to := range map[string]string{
			"": "/account", "/offers/new?step=2": "/offers/new?step=2", "/en/account": "/en/account",
			"https://evil.example/": "/account", "//evil.example": "/account", `/\evil.example`: "/account", "javascript:alert(1)": "/account",
		} {
			h.browser().post("/sign-in", "email", "lan@truong.edu.vn", "password", password, "next", next).led(to)
		}
	})
}

func TestALinkOfALetterAsksForAPressBeforeItSignsIn(t *testing.T) {
	each(t, func(h *house) {
		h.person(account.Person{Email: "lan@truong.edu.vn"})
		b := h.browser()
		b.post("/sign-in/link", "email", "lan@truong.edu.vn", "next", "/needs/7").led("/sign-in/link")
		link := h.link()
		b.get(link).shows(200, "lan@truong.edu.vn", `method="post"`)
		b.get("/account").led("/sign-in?next=%2Faccount")
		b.post(link).led("/needs/7")
		b.get("/account").shows(200, "Bằng liên kết qua thư")
		h.browser().get(link).shows(410)
		h.browser().post(link).shows(410)
	})
}

func TestTheSecondFactorIsTurnedOnAndAskedFor(t *testing.T) {
	each(t, func(h *house) {
		h.person(account.Person{Email: "lan@truong.edu.vn", Password: password})
		b := h.in("lan@truong.edu.vn")
		b.post("/account/second-factor").led("/account/second-factor")
		b.get(b.to).shows(200, "data:image/png;base64,")
		secret := strings.ReplaceAll(between(b.page, `<span class="code">`, "<"), " ", "")
		b.post("/account/second-factor/confirmation", "code", "000000").shows(422, "Mã không đúng", "data:image/png")
		code := func(at time.Duration) string {
			code, err := totp.GenerateCode(secret, time.Now().Add(at))
			must(h.T, err)
			return code
		}
		b.post("/account/second-factor/confirmation", "code", code(0)).shows(200, "Mã dự phòng của bạn")
		recovery := between(b.page, `<ol class="code"><li>`, "<")

		other := h.browser()
		other.post("/sign-in", "email", "lan@truong.edu.vn", "password", password, "next", "/needs/7").led("/sign-in/code?next=%2Fneeds%2F7")
		other.get(other.to).shows(200, "one-time-code")
		other.post("/sign-in/code", "code", "123123", "next", "/needs/7").shows(422, "Mã không đúng", `value="/needs/7"`)
		h.browser().post("/sign-in/code", "code", code(30*time.Second)).led("/sign-in?next=%2Faccount")
		other.post("/sign-in/code", "code", recovery, "next", "/needs/7").led("/needs/7")
		other.get("/account").shows(200, "Còn 9 mã dự phòng")
		other.post("/account/second-factor/recovery").shows(200, "Mã dự phòng của bạn")
		other.post("/account/second-factor/removal").led("/account")
		h.in("lan@truong.edu.vn")
	})
}

func between(text, from, to string) string {
	_, rest, _ := strings.Cut(text, from)
	found, _, _ := strings.Cut(rest, to)
	return found
}

func TestMyAccountChangesWhatIsMine(t *testing.T) {
	each(t, func(h *house) {
		id := h.person(account.Person{Email: "lan@truong.edu.vn", Password: password})
		b, other := h.in("lan@truong.edu.vn"), h.in("lan@truong.edu.vn")
		b.post("/account/profile", "name", "<", "locale", "en").shows(422, `value="<"`, "Nhập họ tên")
		b.post("/account/profile", "name", "Lan Trần", "locale", "en").led("/account")
		b.get(b.to).shows(200, "Lan Trần", "Đã lưu")
		b.post("/account/password", "old_password", "sai", "password", "mật khẩu hoàn toàn mới").shows(422, "Mật khẩu hiện tại không đúng")
		b.post("/account/password", "old_password", password, "password", "ngắn").shows(422, "ít nhất 12 ký tự")
		b.post("/account/password", "old_password", password, "password", "mật khẩu hoàn toàn mới").led("/account")
		other.get("/account").led("/sign-in?next=%2Faccount")
		b.post("/account/closure").shows(422, "Đánh dấu ô xác nhận")
		must(h.T, h.d.Update(h.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE session SET created = created - ? WHERE account = ?", time.Hour.Microseconds(), string(id))
			return err
		}))
		b.get("/account").shows(200, "Đăng nhập lại")
		b.post("/account/second-factor").shows(401, "đăng nhập lại")
		b.post("/account/closure", "sure", "1").shows(401)
		b = h.browser()
		b.post("/sign-in", "email", "lan@truong.edu.vn", "password", "mật khẩu hoàn toàn mới").led("/account")
		b.post("/account/closure", "sure", "1").led("/")
		b.get("/account").led("/sign-in?next=%2Faccount")
	})
}

func TestAnotherAddressIsProvenBeforeItCounts(t *testing.T) {
	each(t, func(h *house) {
		h.person(account.Person{Email: "lan@truong.edu.vn", Password: password})
		h.person(account.Person{Email: "ban@truong.edu.vn", Password: password})
		b, friend := h.in("lan@truong.edu.vn"), h.in("ban@truong.edu.vn")
		b.post("/account/email", "email", "moi").shows(422, `value="moi"`)
		b.post("/account/email", "email", "ban@truong.edu.vn").led("/account") // tells no more than for a free one
		if strings.Contains(h.link(), "/account/email/") {
			h.Error("the address of somebody else may be taken")
		}
		b.post("/account/email", "email", "Moi@truong.edu.vn").led("/account")
		link := h.link()
		friend.get(link).shows(410)
		friend.post(link).shows(410)
		b.get(link).shows(200, "Moi@truong.edu.vn")
		b.get("/account").shows(200, "lan@truong.edu.vn")
		b.post(link).led("/account")
		b.get("/account").shows(200, "Moi@truong.edu.vn")
		b.post(link).shows(410)
		h.in("moi@truong.edu.vn")
	})
}

func TestAManagerInvitesAndAdmits(t *testing.T) {
	each(t, func(h *house) {
		h.person(account.Person{Email: "giam@doc.vn", Name: "Giám Đốc", Password: password, Memberships: []account.Membership{{Organisation: "song-hau", Manager: true}}})
		h.person(account.Person{Email: "lan@truong.edu.vn", Password: password})
		h.person(account.Person{Email: "ban@truong.edu.vn", Name: "Bạn Lan", Password: password})
		head, lan, friend := h.in("giam@doc.vn"), h.in("lan@truong.edu.vn"), h.in("ban@truong.edu.vn")
		lan.get("/organisations/song-hau/members").shows(403)
		lan.post("/organisations/song-hau/members", "email", "x@y.vn").shows(403)
		lan.post("/organisations/nowhere/membership").shows(404)
		lan.post("/organisations/song-hau/membership").led("/organisations/song-hau")
		lan.get("/account").shows(200, "Viện Sông Hậu", "Đang chờ")
		head.get("/organisations/song-hau/members").shows(200, "Trần Thị Lan", "Nhận vào")
		before, _, _ := strings.Cut(head.page, "/admission")
		admission := before[strings.LastIndex(before, "/")+1:]
		head.post("/organisations/song-hau/members/" + admission + "/admission").led("/organisations/song-hau/members")
		lan.get("/organisations/song-hau/members").shows(200, "Giám Đốc")
		head.post("/organisations/song-hau/members", "email", "ban").shows(422, `value="ban"`)
		head.post("/organisations/song-hau/members", "email", "Ban@truong.edu.vn", "manager", "1").led("/organisations/song-hau/members")
		friend.get("/account").shows(200, "Lời mời tham gia Viện Sông Hậu")
		invitation := between(friend.page, `action="/account/invitations/`, "/acceptance")
		lan.post("/account/invitations/" + invitation + "/acceptance").shows(404)
		friend.post("/account/invitations/" + invitation + "/acceptance").led("/account")
		friend.get("/en/organisations/song-hau/members").shows(200, "Members of Song Hau Institute", "Invite somebody")
		friend.post("/account/memberships/song-hau/removal").led("/account")
		head.post("/account/memberships/song-hau/removal").shows(409, "người đại diện cuối cùng")
	})
}

func TestAnAdministratorGivesRolesAndAnInspectorOnlyLooks(t *testing.T) {
	each(t, func(h *house) {
		h.person(account.Person{Email: "quan@tri.vn", Name: "Quản Trị", Roles: []account.Role{account.Administrator}, Password: password})
		h.person(account.Person{Email: "thanh@tra.vn", Name: "Thanh Tra", Roles: []account.Role{account.Inspector}, Password: password})
		lan := string(h.person(account.Person{Email: "lan@truong.edu.vn", Password: password}))
		boss, inspector, member := h.in("quan@tri.vn"), h.in("thanh@tra.vn"), h.in("lan@truong.edu.vn")
		member.get("/administration/people").shows(403)
		boss.get("/administration/people?q=tran+lan").shows(200, "Trần Thị Lan", "lan@truong.edu.vn")
		boss.get("/administration/people?role=inspector").shows(200, "thanh@tra.vn")
		boss.get("/administration/people?q=khongco").shows(200, "Không tìm thấy ai")
		inspector.get("/administration/people/"+lan).shows(200, "Trần Thị Lan")
		if strings.Contains(inspector.page, "Lưu vai trò") {
			h.Error("an inspector is offered to save")
		}
		inspector.post("/administration/people/"+lan+"/roles", "roles", "officer").shows(403)
		person := "/administration/people/" + lan
		boss.post(person+"/roles", "roles", "officer", "roles", "inspector").shows(422, "không giữ vai trò nào khác")
		boss.post(person+"/roles", "roles", "officer").led(person)
		boss.get(person).shows(200, "Đã lưu vai trò")
		boss.post(person + "/suspension").led(person)
		member.get("/account").led("/sign-in?next=%2Faccount")
		h.browser().post("/sign-in", "email", "lan@truong.edu.vn", "password", password).shows(http.StatusForbidden, "tạm khóa")
		boss.post(person + "/restoration").led(person)
		h.in("lan@truong.edu.vn")
		boss.get("/administration/people?role=administrator").shows(200)
		own := between(boss.page, `href="/administration/people/`, `"`)
		boss.post("/administration/people/"+own+"/roles").shows(422, "quản trị hệ thống cuối cùng")
	})
}

// away goes to the provider, until it sends back to this site.
func (b *browser) away() *browser {
	b.Helper()
	for range 8 {
		if strings.HasPrefix(b.to, reception.Back) {
			return b
		}
		b.get(b.to)
	}
	b.Fatalf("not sent back: %d %s", b.status, words(b.page))
	return b
}

// there goes to the provider and back.
func (b *browser) there(path string) *browser {
	b.Helper()
	return b.get(b.get(path).away().to)
}

func TestAnIdentityProviderLetsInWhoIsKnownThereAndNobodyElse(t *testing.T) {
	each(t, func(h *house) {
		id := h.person(account.Person{Email: "lan@truong.edu.vn"})
		b := h.browser()
		b.get("/en/sign-in?next=/en/offers/new").shows(200, "Sign in with eID", "/en/sign-in/provider?next=%2Fen%2Foffers%2Fnew")
		h.idp.Unverified.Store(true)
		b.there("/en/sign-in/provider?next=/en/offers/new").led("/en/sign-in?next=%2Fen%2Foffers%2Fnew")
		b.get(b.to).shows(200, "tells no verified e-mail")
		h.idp.Unverified.Store(false)
		b.there("/en/sign-in/provider?next=/en/offers/new").led("/en/offers/new")
		b.get("/account").shows(200, "lan@truong.edu.vn", h.idp.Issuer, "Bằng định danh điện tử")
		must(h.T, h.d.View(h.Context(), func(tx *db.Tx) error {
			list, err := h.accounts.Identities(tx, account.Actor{ID: id})
			if len(list) != 1 || list[0].Subject != providertest.Subject {
				h.Errorf("%+v", list)
			}
			return err
		}))
		b.post("/account/identities/removal", "issuer", h.idp.Issuer).led("/account")

		h.idp.Refuses.Store(true)
		refused := h.browser()
		refused.there("/sign-in/provider").led("/sign-in?next=%2Faccount")
		refused.get(refused.to).shows(200, "không xác nhận đăng nhập")

		// An answer that was meant for one browser does not let another in.
		h.idp.Refuses.Store(false)
		mine := h.browser()
		stolen := mine.get("/sign-in/provider").away().to
		other := h.browser()
		other.get(stolen).led("/sign-in")
		other.get("/sign-in/provider")
		other.get(stolen).led("/sign-in?next=%2Faccount")
		mine.get(stolen).led("/account")
		mine.get(stolen).led("/sign-in")
	})
}
