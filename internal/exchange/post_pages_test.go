package exchange

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/record"
)

func TestPostingBeginsWithAnOrganisation(t *testing.T) {
	s := openSite(t)
	if _, at, _ := s.get(account.Actor{}, "/offers/new"); !strings.HasPrefix(at, "/sign-in?next=") {
		t.Errorf("a visitor is sent to %s", at)
	}
	status, _, page := s.get(nobody, "/needs/new")
	s.status(status, 200, page)
	s.has(page, "Bạn chưa thuộc tổ chức nào", `href="/organisations/new"`)
	status, _, page = s.get(lan, "/needs/new?title=Sấy+xoài+ít+điện")
	s.status(status, 200, page)
	s.has(page, `value="Sấy xoài ít điện"`, "Sông Hậu")
	status, _, page = s.get(lan, "/en/offers/new")
	s.status(status, 200, page)
	s.has(page, "Post a technology")
}

func TestWhatIsTypedIsNeverLost(t *testing.T) {
	s := openSite(t)
	status, at, page := s.post(lan, "/offers", typed{"owner": {"song-hau"}, "title_vi": {"Máy sấy xoài"}})
	s.status(status, 200, page)
	id := regexp.MustCompile(`/offers/([^/]+)/edit\?step=1`).FindStringSubmatch(at)[1]
	s.has(page, `value="Máy sấy xoài"`, "Bước 1 trên 9", `hx-trigger="input from:closest form delay:800ms"`)

	// What cannot be read is shown again with all the rest, and after a reload too.
	status, _, page = s.post(lan, "/offers/"+id, typed{"version": {"1"}, "step": {"6"}, "price_kind": {"fixed"}, "price": {"khoảng 385 triệu"}, "delivery_vi": {"60 ngày"}})
	s.status(status, 422, page)
	s.has(page, `value="khoảng 385 triệu"`, `value="60 ngày"`, "Nhập số nguyên", `id="errs"`, "<title>Lỗi")
	status, _, page = s.get(lan, "/offers/"+id+"/edit?step=6")
	s.status(status, 200, page)
	s.has(page, `value="khoảng 385 triệu"`, `value="60 ngày"`, "Nhập số nguyên", `value="2"`)

	// Script keeps the draft: a word and the new version, no page.
	status, _, page = s.post(lan, "/offers/"+id, typed{"autosave": {"1"}, "version": {"2"}, "step": {"6"}, "price": {"385.000.00"}, "delivery_vi": {"45 ngày"}})
	s.status(status, 200, page)
	s.has(page, "Bản nháp tự lưu lúc", "còn 1 chỗ cần sửa", `name="version" value="3"`, `hx-swap-oob="true"`)
	if strings.Contains(page, "<html") {
		t.Error("the answer to script is a whole page")
	}

	// A second tab saves over an older version: both are shown.
	status, _, page = s.post(lan, "/offers/"+id, typed{"version": {"2"}, "step": {"6"}, "price_kind": {"fixed"}, "price": {"385.000.000"}, "delivery_vi": {"30 ngày"}})
	s.status(status, 409, page)
	s.has(page, "45 ngày", `value="30 ngày"`, `name="version" value="3"`, `name="choose.delivery_vi"`, `name="choose.price"`)
	status, at, page = s.post(lan, "/offers/"+id, typed{"version": {"3"}, "step": {"6"}, "price_kind": {"fixed"}, "choose.price": {"typed"}, "price": {"385.000.000"},
		"choose.delivery_vi": {"saved"}, "delivery_vi": {"30 ngày"}})
	s.status(status, 200, page)
	if at != "/offers/"+id+"/edit?step=7" {
		t.Errorf("went on to %s", at)
	}
	if o := now(t, s.d, s.x, id); o.Delivery.Vi != "45 ngày" || o.Price != 385_000_000 {
		t.Errorf("merged to %q, %d", o.Delivery.Vi, o.Price)
	}

	// Nobody else comes near it.
	status, _, page = s.get(minh, "/offers/"+id+"/edit?step=1")
	s.status(status, 404, page)
	status, _, page = s.post(minh, "/offers/"+id, typed{"version": {"4"}, "title_vi": {"Của tôi"}})
	s.status(status, 404, page)
}

func TestAnOfferIsPostedFromBeginningToEnd(t *testing.T) {
	s := openSite(t)
	o := begun(t, s.d, s.x, wholeOffer())
	path := "/offers/" + o.ID
	for step := range s.x.Offers.Steps() {
		status, _, page := s.get(lan, path+"/edit?step="+string(rune('1'+step)))
		s.status(status, 200, page)
		status, _, page = s.get(lan, "/en"+path+"/edit?step="+string(rune('1'+step)))
		s.status(status, 200, page)
	}

	// Documents: one for everybody, one behind the agreement, one that is refused.
	pdf := []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
	status, at, page := s.send(lan, path+"/files", "Biên bản đo.pdf", pdf, map[string]string{"level": "public", "file_title.vi": "Biên bản đo điện"})
	s.status(status, 200, page)
	s.has(page, "Biên bản đo.pdf", "Đã thêm 1 tài liệu")
	if at != path+"/edit?step=8" {
		t.Errorf("went to %s", at)
	}
	status, _, page = s.send(lan, path+"/files", "tool.exe", []byte("MZ\x90\x00\x03\x00\x00\x00"), map[string]string{"level": "public", "file_title.vi": "Giữ lại nhé"})
	s.status(status, 200, page)
	s.has(page, `value="Giữ lại nhé"`)
	papers := s.papers(o.ID)
	if len(papers) != 1 {
		t.Fatalf("papers %v", papers)
	}

	// Claims.
	status, _, page = s.post(lan, path+"/claims", typed{"claim": {"test_result"}, "statement_vi": {""}, "statement_en": {""}})
	s.status(status, 422, page)
	s.has(page, `href="#statement_vi-new"`, `id="statement_vi-new"`)
	status, _, page = s.post(lan, path+"/claims", typed{"claim": {"test_result"}, "statement_vi": {"Điện giảm 43%"}, "attachment": {papers[0].ID}})
	s.status(status, 200, page)
	s.has(page, "Điện giảm 43%", "Đã lưu điều khẳng định")

	// Who sees what, and anonymity.
	status, _, page = s.post(lan, path, typed{"version": {"1"}, "step": {"8"}, "anonymous": {"", "1"}, "shown.price": {"signed_in"}, "file." + papers[0].ID: {"nda_signed"}, "file." + papers[0].ID + ".vi": {"Biên bản đo điện"}})
	s.status(status, 200, page)
	s.has(page, "Tin đã đủ để gửi duyệt", "Dễ đọc")
	if got := s.papers(o.ID)[0]; got.Level != field.NDA || got.Title.Vi != "Biên bản đo điện" {
		t.Errorf("the document is %+v", got)
	}
	status, _, page = s.get(lan, path+"/preview?as=public")
	s.status(status, 200, page)
	s.has(page, "Đây là bản xem thử", "Bên đăng ẩn danh", "Tài liệu 1")
	if strings.Contains(mainOf(page), "385 triệu") || strings.Contains(mainOf(page), "Biên bản") {
		t.Error("the preview shows everybody what is closed")
	}
	status, _, page = s.get(lan, path+"/preview?as=nda_signed")
	s.status(status, 200, page)
	s.has(page, "385 triệu đồng", "Biên bản đo điện", "Sông Hậu")

	// Handed in.
	status, _, page = s.post(lan, path+"/submission", typed{})
	s.status(status, 200, page)
	s.has(page, "Tin đã gửi duyệt")
	status, _, page = s.post(lan, path, typed{"version": {"2"}, "step": {"1"}, "title_vi": {"Chữ gõ muộn"}})
	s.status(status, 409, page)
	s.has(page, `value="Chữ gõ muộn"`, "Tin ở trạng thái này không sửa được")

	status, _, page = s.get(lan, "/desk/mine")
	s.status(status, 200, page)
	s.has(page, "Máy sấy xoài bơm nhiệt", "Chờ duyệt", "Sàn trả lời trước hết ngày")
	status, _, page = s.get(lan, path+"/history")
	s.status(status, 200, page)
	s.has(page, "Trần Thị Lan", "Gửi duyệt", "Bản nháp", "Chờ duyệt", "Thêm tài liệu", "Nêu điều khẳng định", "385 triệu đồng", "Điện giảm 43% (Tự khai)", "Biên bản đo điện (Biên bản đo.pdf: Sau khi ký thỏa thuận bảo mật)")
	for _, who := range []account.Actor{minh, {}} {
		if status, at, _ := s.get(who, path+"/history"); status != 404 {
			t.Errorf("%s sees the history at %s: %d", who.ID, at, status)
		}
	}
	status, _, page = s.get(clerk, path+"/history")
	s.status(status, 200, page)
}

func TestADocumentIsHandedOutByItsLevelAndUnderANeutralName(t *testing.T) {
	s := openSite(t)
	var o *Offer
	var public, closed record.Attachment
	update(t, s.d, func(tx *db.Tx) error {
		head := record.Head{State: Published, Owner: "song-hau", Anonymous: true}
		made, err := s.x.Offers.Plant(tx, "system", head, wholeOffer().given, nil)
		if err != nil {
			return err
		}
		o = made
		stored, err := s.x.Files.Put(t.Context(), strings.NewReader("Bảng đo của Sông Hậu"), file.PutOptions{})
		if err != nil {
			return err
		}
		public = record.Attachment{Kind: "offer", Record: o.ID, Name: "Sông Hậu.txt"}
		closed = record.Attachment{Kind: "offer", Record: o.ID, Name: "Bí quyết.txt", Level: field.NDA}
		if err := record.Attach(tx, lan.ID, &public, stored); err != nil {
			return err
		}
		return record.Attach(tx, lan.ID, &closed, stored)
	})
	answer, err := s.browser(account.Actor{}).Get(s.base + "/files/" + public.ID)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if got := answer.Header.Get("Content-Disposition"); answer.StatusCode != 200 || !strings.Contains(got, "tai-lieu-1.txt") || strings.Contains(got, "Hau") {
		t.Errorf("status %d, %q", answer.StatusCode, got)
	}
	for who, want := range map[*account.Actor]int{{}: 404, &minh: 403, &lan: 200, &clerk: 200} {
		status, at, page := s.get(*who, "/files/"+closed.ID)
		s.status(status, want, page) // a visitor stands before the sign-in page, which this site lacks
		if want == 404 && !strings.HasPrefix(at, "/sign-in") {
			t.Errorf("a visitor is sent to %s", at)
		}
		if strings.Contains(page, "Bí quyết") {
			t.Errorf("%s is told the name", who.ID)
		}
	}
	status, _, page := s.get(lan, "/offers/"+o.ID+"/history")
	s.status(status, 200, page)
	if n := strings.Count(page, "Mở tài liệu"); n != 1 { // the officer's look, not the owner's own
		t.Errorf("%d openings are told of", n)
	}
	s.has(page, "Phạm An")
}

func TestAnOwnerRenewsWithdrawsAndReopens(t *testing.T) {
	s := openSite(t)
	var o *Offer
	update(t, s.d, func(tx *db.Tx) error {
		var err error
		o, err = s.x.Offers.Plant(tx, "system", record.Head{State: Expiring, Owner: "song-hau"}, wholeOffer().given, nil)
		return err
	})
	path := "/offers/" + o.ID
	status, _, page := s.get(lan, path)
	s.status(status, 200, page)
	s.has(page, path+"/renewal", path+"/withdrawal", path+"/history")
	status, _, page = s.get(lan, path+"/renewal")
	s.status(status, 200, page)
	s.has(page, `name="confirm.price"`, "385.000.000")
	status, _, page = s.post(lan, path+"/renewal", typed{"price": {"390 triệu"}, "confirm.trl": {"1"}})
	s.status(status, 422, page)
	s.has(page, `value="390 triệu"`, "Nhập số nguyên", "Đánh dấu là vẫn đúng")
	given := typed{}
	for _, f := range Offers.Fields {
		if f.Stale {
			given["confirm."+f.Name] = []string{"1"}
		}
	}
	status, at, page := s.post(lan, path+"/renewal", given)
	s.status(status, 200, page)
	if at != path {
		t.Errorf("went to %s", at)
	}
	status, _, page = s.post(lan, path+"/withdrawal", typed{"reason": {"other"}})
	s.status(status, 422, page)
	s.has(page, "Viết lý do bằng lời")
	status, _, page = s.post(lan, path+"/withdrawal", typed{"reason": {"other"}, "note": {"Đổi mẫu máy"}})
	s.status(status, 200, page)
	s.has(page, "Đã rút tin")
	status, _, page = s.get(lan, path+"/withdrawal")
	s.status(status, 200, page)
	s.has(page, "Mở lại thành bản nháp")
	status, at, page = s.post(lan, path+"/reopening", typed{})
	s.status(status, 200, page)
	if !strings.HasPrefix(at, path+"/edit") {
		t.Errorf("went to %s", at)
	}
	status, _, page = s.get(lan, path+"/history")
	s.status(status, 200, page)
	s.has(page, "Lý do khác: Đổi mẫu máy", "Hệ thống", "Gia hạn")
	status, _, page = s.get(lan, "/en"+path+"/history")
	s.status(status, 200, page)
	s.has(page, "Another reason: Đổi mẫu máy", "Renewed")
}

func TestOnesOwnListingsArePagedByPlace(t *testing.T) {
	s := openSite(t)
	for range ownPageSize + 3 {
		begun(t, s.d, s.x, typed{"title_vi": {"Tin thử"}})
	}
	update(t, s.d, func(tx *db.Tx) error {
		_, _, err := s.x.Needs.Begin(tx, lan, "song-hau", typed{"title_vi": {"Nhu cầu thử"}}.given)
		return err
	})
	status, _, page := s.get(lan, "/desk/mine")
	s.status(status, 200, page)
	s.has(page, "Nhu cầu thử")
	next := regexp.MustCompile(`href="(/desk/mine\?[^"]*after=[^"]*)"`).FindStringSubmatch(page)
	if next == nil {
		t.Fatal("no next page")
	}
	first := regexp.MustCompile(`/offers/[0-9a-f-]{36}"`).FindAllString(page, -1)
	status, _, page = s.get(lan, html.UnescapeString(next[1]))
	s.status(status, 200, page)
	second := regexp.MustCompile(`/offers/[0-9a-f-]{36}"`).FindAllString(page, -1)
	for _, one := range second {
		if slices.Contains(first, one) {
			t.Errorf("%s stands on both pages", one)
		}
	}
	if len(slices.Compact(slices.Sorted(slices.Values(second)))) != 4 {
		t.Errorf("the second page has %d links", len(second))
	}
	status, _, page = s.get(minh, "/desk/mine")
	s.status(status, 200, page)
	s.has(page, "Chưa có tin nào ở đây")
	status, _, page = s.get(lan, "/desk/mine?group=floor")
	s.status(status, 200, page)
	s.has(page, "Chưa có tin nào ở đây")
}
