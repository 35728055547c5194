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
	offer, enquiry, room             string
}

// TestTheWayOfADeal walks in Chromium with two browsers: the buyer asks about an offer, the institute
// agrees, both sign to keep things closed, offer and answer, accept a clause and then the rest; an officer
// tells the legal route, both sign, the buyer files, the officer registers. Axe looks at every page, and a
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
	d := &dealWay{T: t, s: s, buyer: sit("muahang@ben-nuoc.example"), seller: sit("quanly@song-hau.example"), officer: sit("canbo@so-khcn.example"), outsider: sit("phuong@ben-ninh.example")}
	d.offer = "/offers/" + someID(t, s, "offer", `state = 'published' AND owner = (SELECT id FROM organisation WHERE external_id = 'song-hau') AND id NOT IN (SELECT listing FROM enquiry WHERE state NOT IN ('declined'))`)
	d.ask()
	d.agree()
	d.keepClosed()
	d.negotiate()
	d.register()
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
