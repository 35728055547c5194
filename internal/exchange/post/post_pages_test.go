package post

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/floor"
	"chonoi/internal/field"
	"chonoi/internal/record"
)

// openSite serves the floor and the pages of those who post.
func openSite(t *testing.T) *exchangetest.Site {
	t.Helper()
	d := dbtest.Open(t, "sqlite", exchangetest.Schemas...)
	x := exchangetest.Furnish(t, exchangetest.Open(t, d))
	return exchangetest.Serve(t, d, x, slices.Concat(floor.Routes(x), Routes(x)), slices.Concat(floor.Streams(x), Streams(x)))
}

func TestPostingBeginsWithAnOrganisation(t *testing.T) {
	s := openSite(t)
	if _, at, _ := s.Get(account.Actor{}, "/offers/new"); !strings.HasPrefix(at, "/sign-in?next=") {
		t.Errorf("a visitor is sent to %s", at)
	}
	status, _, page := s.Get(exchangetest.Nobody, "/needs/new")
	s.Status(status, 200, page)
	s.Has(page, "Bạn chưa thuộc tổ chức nào", `href="/organisations/new"`)
	status, _, page = s.Get(exchangetest.Lan, "/needs/new?title=Sấy+xoài+ít+điện")
	s.Status(status, 200, page)
	s.Has(page, `value="Sấy xoài ít điện"`, "Sông Hậu")
	status, _, page = s.Get(exchangetest.Lan, "/en/offers/new")
	s.Status(status, 200, page)
	s.Has(page, "Post a technology")
}

func TestWhatIsTypedIsNeverLost(t *testing.T) {
	s := openSite(t)
	status, at, page := s.Post(exchangetest.Lan, "/offers", exchange.Typed{"owner": {"song-hau"}, "title_vi": {"Máy sấy xoài"}})
	s.Status(status, 200, page)
	id := regexp.MustCompile(`/offers/([^/]+)/edit\?step=1`).FindStringSubmatch(at)[1]
	s.Has(page, `value="Máy sấy xoài"`, "Bước 1 trên 9", `hx-trigger="input from:closest form delay:800ms"`)

	// What cannot be read is shown again with all the rest, and after a reload too.
	status, _, page = s.Post(exchangetest.Lan, "/offers/"+id, exchange.Typed{"version": {"1"}, "step": {"6"}, "price_kind": {"fixed"}, "price": {"khoảng 385 triệu"}, "delivery_vi": {"60 ngày"}})
	s.Status(status, 422, page)
	s.Has(page, `value="khoảng 385 triệu"`, `value="60 ngày"`, "Nhập số nguyên", `id="errs"`, "<title>Lỗi")
	status, _, page = s.Get(exchangetest.Lan, "/offers/"+id+"/edit?step=6")
	s.Status(status, 200, page)
	s.Has(page, `value="khoảng 385 triệu"`, `value="60 ngày"`, "Nhập số nguyên", `value="2"`)

	// Script keeps the draft: a word and the new version, no page.
	status, _, page = s.Post(exchangetest.Lan, "/offers/"+id, exchange.Typed{"autosave": {"1"}, "version": {"2"}, "step": {"6"}, "price": {"385.000.00"}, "delivery_vi": {"45 ngày"}})
	s.Status(status, 200, page)
	s.Has(page, "Bản nháp tự lưu lúc", "còn 1 chỗ cần sửa", `name="version" value="3"`, `hx-swap-oob="true"`)
	if strings.Contains(page, "<html") {
		t.Error("the answer to script is a whole page")
	}

	// A second tab saves over an older version: both are shown.
	status, _, page = s.Post(exchangetest.Lan, "/offers/"+id, exchange.Typed{"version": {"2"}, "step": {"6"}, "price_kind": {"fixed"}, "price": {"385.000.000"}, "delivery_vi": {"30 ngày"}})
	s.Status(status, 409, page)
	s.Has(page, "45 ngày", `value="30 ngày"`, `name="version" value="3"`, `name="choose.delivery_vi"`, `name="choose.price"`)
	status, at, page = s.Post(exchangetest.Lan, "/offers/"+id, exchange.Typed{"version": {"3"}, "step": {"6"}, "price_kind": {"fixed"}, "choose.price": {"typed"}, "price": {"385.000.000"},
		"choose.delivery_vi": {"saved"}, "delivery_vi": {"30 ngày"}})
	s.Status(status, 200, page)
	if at != "/offers/"+id+"/edit?step=7" {
		t.Errorf("went on to %s", at)
	}
	if o := exchangetest.Now(t, s.DB, s.X, id); o.Delivery.Vi != "45 ngày" || o.Price != 385_000_000 {
		t.Errorf("merged to %q, %d", o.Delivery.Vi, o.Price)
	}

	// Nobody else comes near it.
	status, _, page = s.Get(exchangetest.Minh, "/offers/"+id+"/edit?step=1")
	s.Status(status, 404, page)
	status, _, page = s.Post(exchangetest.Minh, "/offers/"+id, exchange.Typed{"version": {"4"}, "title_vi": {"Của tôi"}})
	s.Status(status, 404, page)
}

func TestAnOfferIsPostedFromBeginningToEnd(t *testing.T) {
	s := openSite(t)
	o := exchangetest.Begun(t, s.DB, s.X, exchangetest.WholeOffer())
	path := "/offers/" + o.ID
	for step := range s.X.Offers.Steps() {
		status, _, page := s.Get(exchangetest.Lan, path+"/edit?step="+string(rune('1'+step)))
		s.Status(status, 200, page)
		status, _, page = s.Get(exchangetest.Lan, "/en"+path+"/edit?step="+string(rune('1'+step)))
		s.Status(status, 200, page)
	}

	// Documents: one for everybody, one behind the agreement, one that is refused.
	pdf := []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
	status, at, page := s.Send(exchangetest.Lan, path+"/files", "Biên bản đo.pdf", pdf, map[string]string{"level": "public", "file_title.vi": "Biên bản đo điện"})
	s.Status(status, 200, page)
	s.Has(page, "Biên bản đo.pdf", "Đã thêm 1 tài liệu")
	if at != path+"/edit?step=8" {
		t.Errorf("went to %s", at)
	}
	status, _, page = s.Send(exchangetest.Lan, path+"/files", "tool.exe", []byte("MZ\x90\x00\x03\x00\x00\x00"), map[string]string{"level": "public", "file_title.vi": "Giữ lại nhé"})
	s.Status(status, 200, page)
	s.Has(page, `value="Giữ lại nhé"`)
	papers := s.Papers(o.ID)
	if len(papers) != 1 {
		t.Fatalf("papers %v", papers)
	}

	// Claims.
	status, _, page = s.Post(exchangetest.Lan, path+"/claims", exchange.Typed{"claim": {"test_result"}, "statement_vi": {""}, "statement_en": {""}})
	s.Status(status, 422, page)
	s.Has(page, `href="#statement_vi-new"`, `id="statement_vi-new"`)
	status, _, page = s.Post(exchangetest.Lan, path+"/claims", exchange.Typed{"claim": {"test_result"}, "statement_vi": {"Điện giảm 43%"}, "attachment": {papers[0].ID}})
	s.Status(status, 200, page)
	s.Has(page, "Điện giảm 43%", "Đã lưu điều khẳng định")

	// Who sees what, and anonymity.
	status, _, page = s.Post(exchangetest.Lan, path, exchange.Typed{"version": {"1"}, "step": {"8"}, "anonymous": {"", "1"}, "shown.price": {"signed_in"}, "file." + papers[0].ID: {"nda_signed"}, "file." + papers[0].ID + ".vi": {"Biên bản đo điện"}})
	s.Status(status, 200, page)
	s.Has(page, "Tin đã đủ để gửi duyệt", "Dễ đọc")
	if got := s.Papers(o.ID)[0]; got.Level != field.NDA || got.Title.Vi != "Biên bản đo điện" {
		t.Errorf("the document is %+v", got)
	}
	status, _, page = s.Get(exchangetest.Lan, path+"/preview?as=public")
	s.Status(status, 200, page)
	s.Has(page, "Đây là bản xem thử", "Bên đăng ẩn danh", "Tài liệu 1")
	if strings.Contains(exchangetest.Main(page), "385 triệu") || strings.Contains(exchangetest.Main(page), "Biên bản") {
		t.Error("the preview shows everybody what is closed")
	}
	status, _, page = s.Get(exchangetest.Lan, path+"/preview?as=nda_signed")
	s.Status(status, 200, page)
	s.Has(page, "385 triệu đồng", "Biên bản đo điện", "Sông Hậu")

	// Handed in.
	status, _, page = s.Post(exchangetest.Lan, path+"/submission", exchange.Typed{})
	s.Status(status, 200, page)
	s.Has(page, "Tin đã gửi duyệt")
	status, _, page = s.Post(exchangetest.Lan, path, exchange.Typed{"version": {"2"}, "step": {"1"}, "title_vi": {"Chữ gõ muộn"}})
	s.Status(status, 409, page)
	s.Has(page, `value="Chữ gõ muộn"`, "Tin ở trạng thái này không sửa được")

	status, _, page = s.Get(exchangetest.Lan, "/desk/mine")
	s.Status(status, 200, page)
	s.Has(page, "Máy sấy xoài bơm nhiệt", "Chờ duyệt", "Sàn trả lời trước hết ngày")
	status, _, page = s.Get(exchangetest.Lan, path+"/history")
	s.Status(status, 200, page)
	s.Has(page, "Trần Thị Lan", "Gửi duyệt", "Bản nháp", "Chờ duyệt", "Thêm tài liệu", "Nêu điều khẳng định", "385 triệu đồng", "Điện giảm 43% (Tự khai)", "Biên bản đo điện (Biên bản đo.pdf: Sau khi ký thỏa thuận bảo mật)")
	for _, who := range []account.Actor{exchangetest.Minh, {}} {
		if status, at, _ := s.Get(who, path+"/history"); status != 404 {
			t.Errorf("%s sees the history at %s: %d", who.ID, at, status)
		}
	}
	status, _, page = s.Get(exchangetest.Clerk, path+"/history")
	s.Status(status, 200, page)
}

func TestAnOwnerRenewsWithdrawsAndReopens(t *testing.T) {
	s := openSite(t)
	var o *exchange.Offer
	exchangetest.Update(t, s.DB, func(tx *db.Tx) error {
		var err error
		o, err = s.X.Offers.Plant(tx, "system", record.Head{State: exchange.Expiring, Owner: "song-hau"}, exchangetest.WholeOffer().Given, nil)
		return err
	})
	path := "/offers/" + o.ID
	status, _, page := s.Get(exchangetest.Lan, path)
	s.Status(status, 200, page)
	s.Has(page, path+"/renewal", path+"/withdrawal", path+"/history")
	status, _, page = s.Get(exchangetest.Lan, path+"/renewal")
	s.Status(status, 200, page)
	s.Has(page, `name="confirm.price"`, "385.000.000")
	status, _, page = s.Post(exchangetest.Lan, path+"/renewal", exchange.Typed{"price": {"390 triệu"}, "confirm.trl": {"1"}})
	s.Status(status, 422, page)
	s.Has(page, `value="390 triệu"`, "Nhập số nguyên", "Đánh dấu là vẫn đúng")
	given := exchange.Typed{}
	for _, f := range exchange.Offers.Fields {
		if f.Stale {
			given["confirm."+f.Name] = []string{"1"}
		}
	}
	status, at, page := s.Post(exchangetest.Lan, path+"/renewal", given)
	s.Status(status, 200, page)
	if at != path {
		t.Errorf("went to %s", at)
	}
	status, _, page = s.Post(exchangetest.Lan, path+"/withdrawal", exchange.Typed{"reason": {"other"}})
	s.Status(status, 422, page)
	s.Has(page, "Viết lý do bằng lời")
	status, _, page = s.Post(exchangetest.Lan, path+"/withdrawal", exchange.Typed{"reason": {"other"}, "note": {"Đổi mẫu máy"}})
	s.Status(status, 200, page)
	s.Has(page, "Đã rút tin")
	status, _, page = s.Get(exchangetest.Lan, path+"/withdrawal")
	s.Status(status, 200, page)
	s.Has(page, "Mở lại thành bản nháp")
	status, at, page = s.Post(exchangetest.Lan, path+"/reopening", exchange.Typed{})
	s.Status(status, 200, page)
	if !strings.HasPrefix(at, path+"/edit") {
		t.Errorf("went to %s", at)
	}
	status, _, page = s.Get(exchangetest.Lan, path+"/history")
	s.Status(status, 200, page)
	s.Has(page, "Lý do khác: Đổi mẫu máy", "Hệ thống", "Gia hạn")
	status, _, page = s.Get(exchangetest.Lan, "/en"+path+"/history")
	s.Status(status, 200, page)
	s.Has(page, "Another reason: Đổi mẫu máy", "Renewed")
}

func TestOnesOwnListingsArePagedByPlace(t *testing.T) {
	s := openSite(t)
	for range ownPageSize + 3 {
		exchangetest.Begun(t, s.DB, s.X, exchange.Typed{"title_vi": {"Tin thử"}})
	}
	exchangetest.Update(t, s.DB, func(tx *db.Tx) error {
		_, _, err := s.X.Needs.Begin(tx, exchangetest.Lan, "song-hau", exchange.Typed{"title_vi": {"Nhu cầu thử"}}.Given)
		return err
	})
	status, _, page := s.Get(exchangetest.Lan, "/desk/mine")
	s.Status(status, 200, page)
	s.Has(page, "Nhu cầu thử")
	next := regexp.MustCompile(`href="(/desk/mine\?[^"]*after=[^"]*)"`).FindStringSubmatch(page)
	if next == nil {
		t.Fatal("no next page")
	}
	first := regexp.MustCompile(`/offers/[0-9a-f-]{36}"`).FindAllString(page, -1)
	status, _, page = s.Get(exchangetest.Lan, html.UnescapeString(next[1]))
	s.Status(status, 200, page)
	second := regexp.MustCompile(`/offers/[0-9a-f-]{36}"`).FindAllString(page, -1)
	for _, one := range second {
		if slices.Contains(first, one) {
			t.Errorf("%s stands on both pages", one)
		}
	}
	if len(slices.Compact(slices.Sorted(slices.Values(second)))) != 4 {
		t.Errorf("the second page has %d links", len(second))
	}
	status, _, page = s.Get(exchangetest.Minh, "/desk/mine")
	s.Status(status, 200, page)
	s.Has(page, "Chưa có tin nào ở đây")
	status, _, page = s.Get(exchangetest.Lan, "/desk/mine?group=floor")
	s.Status(status, 200, page)
	s.Has(page, "Chưa có tin nào ở đây")
}
