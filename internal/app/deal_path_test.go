package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/web/webtest"
)

// dealWay is the way of a deal with somebody at a screen for each side, and one who must see nothing.
type dealWay struct {
	*testing.T
	s                                *app.Server
	buyer, seller, officer, outsider pointer
	broker                           pointer
	offer, enquiry, room, mandate    string
}

// TestTheWayOfADeal walks in Chromium with two browsers and a broker's: the buyer asks about an offer, the institute
// agrees, both sign to keep things closed, offer and answer, accept a clause and then the rest; an officer
// tells the legal route, both sign, the buyer files, the officer registers; both confirm the hand-over and
// review one another; the broker, called in under a mandate, arranges a visit and bills his fee. Axe looks at every page, and a
// third party finds none of them.
func TestTheWayOfADeal(t *testing.T) {
	if testing.Short() {
		t.Skip("walks in Chromium for some minutes")
	}
	t.Parallel()
	s, base := running(t)
	sit := func(email string) pointer {
		at := &screen{t: t, b: webtest.Open(t), base: base, view: webtest.View{Width: 1440}, look: func(at *screen) { at.b.CheckOpen(t, "on the way of a deal") }}
		at.b.Session(t, base, enter(t, s, email))
		return pointer{at}
	}
	d := &dealWay{T: t, s: s, buyer: sit("muahang@ben-nuoc.example"), seller: sit("quanly@song-hau.example"), officer: sit("canbo@so-khcn.example"), outsider: sit("phuong@ben-ninh.example"), broker: sit("moigioi@cau-noi.example")}
	d.offer = "/offers/" + someID(t, s, "offer", `state = 'published' AND owner = (SELECT id FROM organisation WHERE external_id = 'song-hau') AND id NOT IN (SELECT listing FROM enquiry WHERE state NOT IN ('declined'))`)
	d.ask()
	d.agree()
	d.keepClosed()
	d.callIn()
	d.negotiate()
	d.register()
	d.perform()
	d.charge()
}

func (d *dealWay) stands(w pointer, at string) {
	d.Helper()
	if ok, _ := regexp.MatchString("^"+at+"$", w.path()); !ok || w.status() != 200 {
		d.Fatalf("at %s with status %d, not at %s: %.1200s", w.path(), w.status(), at, strings.Join(strings.Fields(w.text("main")), " "))
	}
}

func (d *dealWay) says(w pointer, words ...string) {
	d.Helper()
	text := strings.Join(strings.Fields(w.text("main")), " ")
	for _, one := range words {
		if !strings.Contains(text, one) {
			d.Errorf("%s does not say %q: %.1500s", w.path(), one, text)
		}
	}
}

func (d *dealWay) ask() {
	d.buyer.open(d.offer)
	d.buyer.follow(fmt.Sprintf(`aside a[href="%s/enquiry"]`, d.offer))
	d.buyer.write("wish", "Mua hai máy và quyền chế tạo")
	d.buyer.write("about", "Cơ sở sấy trái cây")
	d.buyer.press(`form[action$="/enquiry"] button`)
	d.says(d.buyer, "Có 1 chỗ cần sửa")
	if kept := d.buyer.raw(`[name=wish]`); !strings.Contains(kept, "Mua hai máy và quyền chế tạo") {
		d.Errorf("the form lost what was typed: %q", kept)
	}
	d.buyer.write("unclear", "Công suất thật")
	d.buyer.press(`form[action$="/enquiry"] button`)
	d.stands(d.buyer, `/enquiries/[0-9a-f-]+`)
	d.enquiry = d.buyer.path()
	d.outsider.open(d.enquiry)
	if d.outsider.status() != 404 {
		d.Errorf("an outsider opens the enquiry: %d", d.outsider.status())
	}
}

func (d *dealWay) agree() {
	d.seller.open("/enquiries")
	d.seller.follow(fmt.Sprintf(`a[href="%s"]`, d.enquiry))
	d.says(d.seller, "Mua hai máy", "Chờ trả lời")
	d.seller.press(`form[action$="/acceptance"] button`)
	d.says(d.seller, "Đã mở giao dịch")
	d.seller.follow(`a[href^="/deals/"].btn`)
	d.stands(d.seller, `/deals/[0-9a-f-]+`)
	d.room = d.seller.path()
	d.outsider.open(d.room)
	if d.outsider.status() != 404 {
		d.Errorf("an outsider enters the room: %d", d.outsider.status())
	}
}

func (d *dealWay) keepClosed() {
	d.seller.unfold(`summary:has(+ form[action$="/nda"])`)
	d.seller.write("agreement", "Giữ kín bản vẽ và giá")
	d.seller.press(`form[action$="/nda"] button`)
	d.says(d.seller, "Chờ bên kia ký")
	d.buyer.open(d.room)
	d.says(d.buyer, "Giữ kín bản vẽ và giá")
	d.buyer.press(`form[action$="/nda/signature"] button`)
	d.says(d.buyer, "Hai bên đã ký")
}

// offers fills in the form of a version and sends it.
func (d *dealWay) offers(w pointer, sum, training string) {
	d.Helper()
	w.open(d.room)
	w.follow(`a[href$="/offer"]`)
	w.write("object", "Hai máy sấy kèm bản vẽ")
	w.choose("right", "use_non_exclusive")
	w.choose("mode", "lump_sum")
	w.write("sum", sum)
	w.write("training_days", training)
	w.press(`form[action$="/offer"] button`)
	d.stands(w, d.room)
}

func (d *dealWay) negotiate() {
	d.offers(d.seller, "770.000.000", "5")
	d.offers(d.buyer, "750000000", "8")
	d.says(d.buyer, "Bên nhận gửi bản 2", "11 trên 13")
	d.seller.open(d.room)
	d.seller.press(`form[action$="/versions/2/clauses/training"] button`)
	d.says(d.seller, "12 trên 13", "chấp nhận điều khoản Đào tạo")
	d.buyer.open(d.room)
	d.buyer.press(`form[action$="/versions/1/clauses/payment"] button`)
	d.says(d.buyer, "Đã thống nhất điều khoản")
	d.buyer.follow(`a[href$="/sheet"]`)
	d.says(d.buyer, "770 triệu đồng", "8 ngày")
	d.outsider.open(d.room + "/sheet")
	if d.outsider.status() != 404 {
		d.Errorf("an outsider reads the term sheet: %d", d.outsider.status())
	}
}

// signs confirms the signature of a side under the contract that lies in the room.
func (d *dealWay) signs(w pointer) {
	d.Helper()
	w.open(d.room + "/legal")
	found := regexp.MustCompile(`<option value="([0-9a-f-]{36})"`).FindStringSubmatch(w.raw(`[name=contract]`))
	if found == nil {
		d.Fatal("there is no contract to sign")
	}
	w.choose("contract", found[1])
	w.b.Text(d.T, fmt.Sprintf("document.querySelector('[name=signed_on]').value = %q", time.Now().UTC().Add(-24*time.Hour).Format("2006-01-02")))
	w.press(`form[action$="/legal/signature"] button`)
}

func (d *dealWay) register() {
	d.officer.open("/deals?box=waiting")
	d.officer.follow(fmt.Sprintf(`a[href="%s/legal"]`, d.room))
	d.officer.choose("class", "free")
	d.officer.choose("state_money", "yes")
	d.officer.press(`form[method=get] button.line`)
	d.says(d.officer, "Đăng ký bắt buộc", "Điều cán bộ cần xác minh", "Điều 31")
	d.officer.press(`form[action$="/legal"][method=post] button`)
	d.says(d.officer, "ghi rõ đã xác minh thế nào")
	d.officer.write("note", "Đã đối chiếu phụ lục và hỏi hai bên")
	d.officer.press(`form[action$="/legal"][method=post] button`)
	d.says(d.officer, "Soạn và ký hợp đồng")

	d.write()
	file := filepath.Join(d.TempDir(), "hop-dong.pdf")
	must(d.T, os.WriteFile(file, []byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"), 0o600))
	d.seller.open(d.room)
	d.seller.b.Text(d.T, `document.querySelector('form[action$="/documents"]').closest('details').setAttribute('open', '')`)
	d.seller.b.Bring(d.T, `form[action$="/documents"] input[type=file]`, file)
	d.seller.choose("audience", "both")
	d.seller.press(`form[action$="/documents"] button`)
	d.says(d.seller, "hop-dong.pdf")
	d.signs(d.seller)
	d.signs(d.buyer)
	d.says(d.buyer, "Phải đăng ký", "Hạn của bước đang chờ")
	d.buyer.b.Text(d.T, fmt.Sprintf("document.querySelector('[name=filed_on]').value = %q", time.Now().UTC().Format("2006-01-02")))
	d.buyer.press(`form[action$="/legal/filing"] button`)
	d.officer.open(d.room + "/legal")
	d.officer.write("number", "12/GCN-SKHCN")
	d.officer.b.Text(d.T, fmt.Sprintf("document.querySelector('[name=on]').value = %q", time.Now().UTC().Format("2006-01-02")))
	d.officer.press(`form[action$="/legal/certificate"] button`)
	d.says(d.officer, "Có hiệu lực", "12/GCN-SKHCN")
	d.outsider.open(d.room + "/legal")
	if d.outsider.status() != 404 {
		d.Errorf("an outsider reads the legal route: %d", d.outsider.status())
	}
}

// write has the seller write the contract on the exchange's model, and the buyer see what changed.
func (d *dealWay) write() {
	d.buyer.open(d.room + "/contract")
	d.says(d.buyer, "Điều 14. Nội dung khác", "Bên giao: người đại diện", "90 ngày")
	d.seller.open(d.room)
	d.seller.follow(`a[href$="/contract"]`)
	d.seller.follow(`a[href$="/contract/edit"]`)
	d.seller.write("supplier_representative", "Trần Văn Cồn")
	d.seller.b.Text(d.T, `document.querySelector('[name="own11.vi"]').closest('details').setAttribute('open', '')`)
	d.seller.write("own11.vi", "Chậm quá 30 ngày thì bên kia được chấm dứt hợp đồng.")
	d.seller.press(`form[action$="/contract"] button`)
	d.says(d.seller, "Bản 1, Bên giao lưu", "Chậm quá 30 ngày")
	d.buyer.open(d.room + "/contract/edit")
	d.buyer.write("receiver_representative", "Phạm Thị Sen")
	d.buyer.press(`form[action$="/contract"] button`)
	d.says(d.buyer, "Bản 2, Bên nhận lưu")
	d.buyer.choose("with", "1")
	d.buyer.press(`form[method=get] button`)
	d.outsider.open(d.room + "/contract")
	if d.outsider.status() != 404 {
		d.Errorf("an outsider reads the contract: %d", d.outsider.status())
	}
}

// perform confirms the hand-over by both sides, and has the buyer review the seller.
func (d *dealWay) perform() {
	for _, w := range []pointer{d.seller, d.buyer} {
		w.open(d.room)
		w.follow(`a[href$="/performance"]`)
		w.press(`form[action$="/performance/handover"] button`)
	}
	d.says(d.buyer, "Đã bàn giao", "Bàn giao xong ngày", "sau 6 tháng")
	d.buyer.press(`form[action$="/performance/review"] button`)
	d.says(d.buyer, "Có 1 chỗ cần sửa")
	for _, name := range []string{"as_told", "in_time", "support"} {
		d.buyer.choose(name, "5")
	}
	d.buyer.choose("again", "yes")
	d.buyer.press(`form[action$="/performance/review"] button`)
	d.says(d.buyer, "Bên kia đọc được khi họ cũng đã đánh giá")
	d.seller.open(d.room + "/performance")
	if strings.Contains(d.seller.text("main"), "Bên nhận đánh giá Bên giao") {
		d.Error("the seller reads the review before it wrote its own")
	}
	for _, part := range []string{"/performance", "/experts", "/sheet.docx", "/report.docx", "/registration.zip"} {
		if d.outsider.open(d.room + part); d.outsider.status() != 404 {
			d.Errorf("an outsider opens %s: %d", part, d.outsider.status())
		}
	}
}

// callIn has the seller give a broker a mandate, and call him in; he arranges a visit.
func (d *dealWay) callIn() {
	d.seller.open("/mandates/new")
	d.seller.write("scope", "Sắp xếp buổi xem máy")
	d.seller.choose("fee_kind", "percent")
	d.seller.write("fee_rate", "250")
	d.seller.press(`form[action$="/mandates"] button`)
	d.says(d.seller, "Có 2 chỗ cần sửa")
	d.seller.write("fee_rate", "2,5")
	d.seller.b.Text(d.T, `document.querySelector('[name=broker]').selectedIndex = 1`)
	d.seller.press(`form[action$="/mandates"] button`)
	d.stands(d.seller, `/mandates/[0-9a-f-]+`)
	d.mandate = d.seller.path()
	d.outsider.open(d.mandate)
	if d.outsider.status() != 404 {
		d.Errorf("an outsider reads the mandate: %d", d.outsider.status())
	}
	d.broker.open(d.room)
	if d.broker.status() != 404 {
		d.Errorf("the broker is in the room before he is called: %d", d.broker.status())
	}
	d.broker.open(d.mandate)
	d.broker.press(`form[action$="/signature"] button`)
	d.says(d.broker, "Có hiệu lực", "2,5% giá trị hợp đồng")
	d.seller.open(d.room)
	d.seller.unfold(`summary:has(+ form[action$="/brokers"])`)
	d.seller.choose("mandate", d.mandate[len("/mandates/"):])
	d.seller.press(`form[action$="/brokers"] button`)
	d.says(d.seller, "Môi giới của Bên giao")
	d.broker.open(d.room)
	d.broker.choose("kind", "visit")
	d.broker.write("words", "Hẹn xem máy tại xưởng sáng thứ Ba")
	d.broker.b.Text(d.T, fmt.Sprintf("document.querySelector('[name=held_on]').value = %q", time.Now().UTC().Format("2006-01-02")))
	d.broker.press(`form[action$="/entries"] button`)
	d.buyer.open(d.room)
	d.says(d.buyer, "Hẹn xem máy tại xưởng sáng thứ Ba")
}

// charge has the broker bill his fee for the signed contract, and the seller tell that it was paid.
func (d *dealWay) charge() {
	d.broker.open("/pipeline")
	d.says(d.broker, "Kết thúc", "Đã bàn giao")
	d.broker.open(d.mandate)
	d.broker.unfold(`summary:has(+ form[action$="/bills"])`)
	d.broker.write("paper", "HĐ 0042")
	d.broker.press(`form[action$="/bills"] button`)
	d.says(d.broker, "19.250.000", "chưa trả")
	d.seller.open(d.mandate)
	d.seller.unfold(`summary:has(+ form[action$="/payment"])`)
	d.seller.press(`form[action$="/payment"] button`)
	if strings.Contains(d.seller.text("main"), "chưa trả") {
		d.Error("the paid fee is told as unpaid")
	}
}
