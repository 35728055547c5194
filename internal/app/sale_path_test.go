package app_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"chonoi/internal/app"
	"chonoi/internal/web/webtest"
)

// TestTheWayOfASealedBid walks in Chromium: the institute puts an offer up, the buyer applies, seals a bid
// in the browser, which sends neither price nor words, keeps the file and opens it after the deadline; the
// institute awards, and both are in the deal. Axe looks at every page.
func TestTheWayOfASealedBid(t *testing.T) {
	if testing.Short() {
		t.Skip("walks in Chromium for some minutes")
	}
	t.Parallel()
	s, base := running(t)
	sit := func(email string) pointer {
		at := &screen{t: t, b: webtest.Open(t), base: base, view: webtest.View{Width: 390, Touch: true}, look: func(at *screen) { at.b.CheckOpen(t, "on the way of a sealed bid") }}
		at.b.Session(t, base, enter(t, s, email))
		return pointer{at}
	}
	seller, buyer := sit("quanly@song-hau.example"), sit("muahang@ben-nuoc.example")
	id := putUp(t, s, seller)
	path := "/sales/" + id
	buyer.open(path)
	buyer.press(`form[action$="/application"] button`)
	atOnce(t, s, "opens_at = "+longAgo, id)
	buyer.open(path)
	buyer.b.Do(t, chromedp.Evaluate[chromedp.Void](`{const made = URL.createObjectURL.bind(URL); URL.createObjectURL = kept => { window.kept = kept; return made(kept) }; 0}`))
	buyer.b.Do(t, buyer.click(`#seal-price`))
	buyer.b.Insert(t, "300.000.000")
	buyer.b.Do(t, buyer.click(`#seal-words`))
	buyer.b.Insert(t, "Trả một lần, đào tạo 5 người")
	buyer.jump(`[data-seal-do]`)
	text := buyer.b.Text(t, `(async () => { for (let i = 0; i < 100 && !window.kept; i++) await new Promise(r => setTimeout(r, 50)); return window.kept.text() })()`)
	sum := sha256.Sum256([]byte(text))
	if digest := buyer.b.Text(t, `document.querySelector('[name=commitment]').value`); digest != hex.EncodeToString(sum[:]) {
		t.Errorf("the digest %s is not that of the file %q", digest, text)
	}
	if !strings.HasPrefix(text, "cho-noi-bid-1\nsale: MB-") || !strings.Contains(text, "\nprice: 300000000\n") || !strings.HasSuffix(text, "\nTrả một lần, đào tạo 5 người\n") {
		t.Errorf("the file is %q", text)
	}
	buyer.press(`form[action$="/commitment"] button`)
	if said := buyer.text("main"); !strings.Contains(said, hex.EncodeToString(sum[:])) || strings.Contains(said, "300.000.000") {
		t.Errorf("after the digest was handed in: %.1500s", said)
	}
	atOnce(t, s, "closes_at = "+longAgo, id)
	buyer.open(path)
	buyer.write("opening", text)
	buyer.press(`form[action$="/opening"] button`)
	if buyer.status() != 200 || !strings.Contains(buyer.text("main"), "300.000.000") {
		t.Fatalf("the seal is not open: %.1500s", buyer.text("main"))
	}
	seller.open(path)
	seller.press(`form[action$="/award"] button`)
	seller.follow(`a[href^="/deals/"]`)
	buyer.open(seller.path())
	if buyer.status() != 200 || !strings.Contains(buyer.text("main"), "300.000.000") && !strings.Contains(buyer.text("main"), "300 triệu") {
		t.Errorf("the deal does not tell the price: %.1500s", buyer.text("main"))
	}
}

// putUp has the institute announce a sale by sealed bids, after a slip that the form keeps.
func putUp(t *testing.T, s *app.Server, seller pointer) string {
	t.Helper()
	offer := "/offers/" + someID(t, s, "offer", `state = 'published' AND anonymous = 0 AND owner = (SELECT id FROM organisation WHERE external_id = 'song-hau') AND id NOT IN (SELECT listing FROM sale)`)
	seller.open(offer)
	seller.follow(`a[href="` + offer + `/sale"]`)
	seller.follow(`a[href$="mode=sealed_bids"]`)
	seller.write("start_price", "hai trăm")
	seller.press(`form[action$="/sale"] button`)
	if seller.status() != 422 {
		t.Errorf("a price in words: %d", seller.status())
	}
	seller.write("start_price", "200.000.000")
	seller.press(`form[action$="/sale"] button`)
	seller.press(`form[action$="/announce"] button`)
	if seller.has(`form[action$="/announce"]`) {
		t.Fatalf("the sale is not announced: %.1500s", seller.text("main"))
	}
	return strings.TrimPrefix(seller.path(), "/sales/")
}
