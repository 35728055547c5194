package post

import (
	"strings"
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/record"
	"chonoi/internal/web/webtest"
)

func TestTheDraftIsKeptWhileOneTypes(t *testing.T) {
	if testing.Short() {
		t.Skip("opens Chromium")
	}
	b := webtest.Open(t)
	s := openSite(t)
	o := exchangetest.Begun(t, s.DB, s.X, exchange.Typed{"title_vi": {"Máy sấy"}})
	b.Session(t, s.Base, string(exchangetest.Lan.ID))
	b.See(t, s.Base+"/offers/"+o.ID+"/edit?step=6", webtest.View{Width: 1440})
	// enter types a text and waits for the word about the draft to change.
	enter := func(id, text string) string {
		return b.Text(t, `(() => new Promise(done => {
			const status = document.getElementById('autosave'), before = status.textContent, input = document.getElementById('`+id+`')
			status.textContent = ''
			input.value = '`+text+`'
			input.dispatchEvent(new Event('input', {bubbles: true}))
			const end = Date.now() + 8000
			const look = () => status.textContent.trim() || Date.now() > end ? done(status.textContent.trim()) : setTimeout(look, 50)
			look()
		}))()`)
	}
	if word := enter("delivery_vi", "60 ngày"); !strings.HasPrefix(word, "Bản nháp tự lưu lúc") {
		t.Errorf("the page says %q", word)
	}
	if word := enter("price", "khoảng 385 triệu"); !strings.Contains(word, "còn 1 chỗ cần sửa") {
		t.Errorf("the page says %q", word)
	}
	if word := enter("delivery_en", "60 days"); !strings.HasPrefix(word, "Bản nháp tự lưu lúc") {
		t.Errorf("the page says %q: the form did not get its new version", word)
	}
	if got := exchangetest.Now(t, s.DB, s.X, o.ID); got.Delivery.Vi != "60 ngày" || got.Delivery.En != "60 days" || got.Version != 3 {
		t.Errorf("kept %+v, version %d", got.Delivery, got.Version)
	}
	b.See(t, s.Base+"/offers/"+o.ID+"/edit?step=6", webtest.View{Width: 1440})
	if got := b.Text(t, `document.getElementById('price').value`); got != "khoảng 385 triệu" {
		t.Errorf("after a reload the price is %q", got)
	}
}

func TestEveryPageOfAnOwnerIsAccessibleInEveryView(t *testing.T) {
	if testing.Short() {
		t.Skip("opens many pages in Chromium")
	}
	b := webtest.Open(t)
	s := openSite(t)
	o := exchangetest.Begun(t, s.DB, s.X, exchangetest.WholeOffer())
	path := "/offers/" + o.ID
	s.Send(exchangetest.Lan, path+"/files", "Biên bản đo.pdf", []byte("%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"), map[string]string{"level": "public"})
	s.Post(exchangetest.Lan, path+"/claims", exchange.Typed{"claim": {"test_result"}, "statement_vi": {"Điện giảm 43%"}})
	s.Post(exchangetest.Lan, path, exchange.Typed{"version": {"1"}, "step": {"2"}, "advantage_vi": {"Thiết bị theo điểm 1, đặc trưng ở chỗ COD giảm."}, "anonymous": {"1"}, "price": {"nhiều"}})
	var expiring *exchange.Offer
	exchangetest.Update(t, s.DB, func(tx *db.Tx) error {
		var err error
		expiring, err = s.X.Offers.Plant(tx, "system", record.Head{State: exchange.Expiring, Owner: "song-hau"}, exchangetest.WholeOffer().Given, nil)
		return err
	})
	b.Session(t, s.Base, string(exchangetest.Lan.ID))
	for _, page := range []string{"/needs/new", path + "/edit?step=1", path + "/edit?step=6", path + "/edit?step=7", path + "/edit?step=8", path + "/edit?step=9",
		path + "/preview?as=public", path + "/history", "/desk/mine", "/offers/" + expiring.ID + "/renewal", "/en/offers/" + expiring.ID + "/withdrawal"} {
		b.Check(t, s.Base+page)
	}
}
