package app_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"chonoi/internal/app"
	"chonoi/internal/web/webtest"
)

// dealWay is the way of a deal with somebody at a screen for each side, and one who must see nothing.
type dealWay struct {
	*testing.T
	s                       *app.Server
	buyer, seller, outsider pointer
	offer, enquiry, room    string
}

// TestTheWayOfADeal walks in Chromium with two browsers: the buyer asks about an offer, the institute
// agrees, both sign to keep things closed, offer and answer, accept a clause and then the rest; axe
// looks at every page, and a third party finds none of them.
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
	d := &dealWay{T: t, s: s, buyer: sit("muahang@ben-nuoc.example"), seller: sit("quanly@song-hau.example"), outsider: sit("phuong@ben-ninh.example")}
	d.offer = "/offers/" + someID(t, s, "offer", `state = 'published' AND owner = (SELECT id FROM organisation WHERE external_id = 'song-hau') AND id NOT IN (SELECT listing FROM enquiry WHERE state NOT IN ('declined'))`)
	d.ask()
	d.agree()
	d.keepClosed()
	d.negotiate()
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
	d.buyer.follow(fmt.Sprintf(`a[href="%s/enquiry"]`, d.offer))
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
