package app_test

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/document/officetest"
	"chonoi/internal/exchange/sale"
)

// atOnce sets the times of a sale, as if they had come.
func atOnce(t *testing.T, s *app.Server, set, id string) {
	t.Helper()
	must(t, s.DB.Update(t.Context(), func(tx *db.Tx) error {
		if _, err := tx.Exec("UPDATE sale SET "+set+" WHERE id = ?", id); err != nil {
			return err
		}
		_, err := s.Sales.Watch(tx)
		return err
	}))
}

// longAgo is an instant of 1970.
const longAgo = "1000000"

// A sale is put up by its pages, a bidder without script seals a bid by the command and opens it, the
// minutes tell who bid to those who took part, and nobody else sees any of it.
func TestThePagesCarryASaleBySealedBids(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		seller, buyer, other, outsider := somebody(t, s, "quanly@song-hau.example"), somebody(t, s, "muahang@ben-nuoc.example"), somebody(t, s, "moigioi@cau-noi.example"), somebody(t, s, "phuong@ben-ninh.example")
		offer := "/offers/" + someID(t, s, "offer", `state = 'published' AND anonymous = 0 AND owner = (SELECT id FROM organisation WHERE external_id = 'song-hau') AND id NOT IN (SELECT listing FROM sale)`)
		form := url.Values{"mode": {"sealed_bids"}, "use_right": {"ownership"}, "start_price": {"200.000.000"}, "reserve": {"250.000.000"}, "opens_at": {"2099-12-01T08:00"}, "closes_at": {"2099-12-02T17:00"}, "reveal_hours": {"bốn tám"}}
		if page := seller.call("POST", offer+"/sale", form, 422); !strings.Contains(page, `value="200.000.000"`) || !strings.Contains(page, `value="2099-12-01T08:00"`) {
			t.Error("the form lost what was typed")
		}
		form.Set("reveal_hours", "48")
		buyer.call("POST", offer+"/sale", form, 403)
		seller.call("POST", offer+"/sale", form, 303)
		id := someID(t, s, "sale", "state = 'draft' AND mode = 'sealed_bids'")
		path := "/sales/" + id
		buyer.call("GET", path, nil, 404)
		seller.call("POST", path+"/announce", nil, 303)
		if page := buyer.call("GET", path, nil, 200); strings.Contains(page, "250.000.000") {
			t.Error("the reserve is shown to a bidder")
		}
		digests := map[string]sale.Seal{}
		for i, who := range []chief{buyer, other} {
			page := who.call("GET", path, nil, 200)
			who.call("POST", path+"/application", url.Values{"organisation": {hidden(page, "organisation")}, "digest": {hidden(page, "digest")}}, 303)
			digests[who.token] = sale.Seal{Price: []int64{300_000_000, 280_000_000}[i], Secret: sale.NewSecret(), Words: "Trả một lần"}
		}
		atOnce(t, s, "opens_at = "+longAgo, id)
		for _, who := range []chief{buyer, other} {
			page := who.call("GET", path, nil, 200)
			seal := digests[who.token]
			seal.Sale, seal.Bidder = regexp.MustCompile(`data-sale="([^"]+)"`).FindStringSubmatch(page)[1], regexp.MustCompile(`data-bidder="([^"]+)"`).FindStringSubmatch(page)[1]
			digests[who.token] = seal
			bidder := hidden(page, "bidder")
			who.call("POST", path+"/commitment", url.Values{"bidder": {bidder}, "commitment": {"300000000"}}, 422)
			who.call("POST", path+"/commitment", url.Values{"bidder": {bidder}, "commitment": {seal.Digest()}}, 303)
			if page := seller.call("GET", path+"/bidders/"+bidder, nil, 200); strings.Contains(page, seal.Digest()) {
				t.Error("the seller sees that somebody bid before the deadline")
			}
			outsider.call("GET", path+"/bidders/"+bidder, nil, 404)
			outsider.call("POST", path+"/commitment", url.Values{"bidder": {bidder}, "commitment": {seal.Digest()}}, 404)
		}
		seller.call("GET", path+"/minutes.docx", nil, 409)
		atOnce(t, s, "closes_at = "+longAgo, id)
		for _, who := range []chief{buyer, other} {
			page := who.call("GET", path, nil, 200)
			text := strings.ReplaceAll(digests[who.token].Text(), "\n", "\r\n")
			who.call("POST", path+"/opening", url.Values{"bidder": {hidden(page, "bidder")}, "opening": {strings.Replace(text, "00000", "00001", 1)}}, 422)
			who.call("POST", path+"/opening", url.Values{"bidder": {hidden(page, "bidder")}, "opening": {text}}, 303)
		}
		if page := other.call("GET", path, nil, 200); strings.Contains(page, "Bến Nước") {
			t.Error("a bidder reads who else bid")
		}
		page := seller.call("GET", path, nil, 200)
		seller.call("POST", path+"/award", url.Values{"bidder": {hidden(page, "bidder")}}, 303)
		raw := seller.call("GET", path+"/minutes.docx", nil, 200)
		file := filepath.Join(t.TempDir(), "minutes.docx")
		must(t, os.WriteFile(file, []byte(raw), 0o600))
		whole := strings.Join(strings.Fields(strings.Join(officetest.Pages(t, officetest.Convert(t, officetest.PDF, "", file)[0]), " ")), " ")
		for _, words := range []string{"BIÊN BẢN", "Công ty Cổ phần Thủy sản Bến Nước", "300.000.000", "280.000.000", "SHA-256", "Đại diện bên bán"} {
			if !strings.Contains(strings.ToLower(whole), strings.ToLower(words)) {
				t.Errorf("the minutes do not say %q: %.3000s", words, whole)
			}
		}
		told := string(folder(t, other.call("GET", path+"/minutes.docx", nil, 200))["word/document.xml"])
		if strings.Contains(told, "Bến Nước") || !strings.Contains(told, "Cầu Nối") {
			t.Error("the minutes of a bidder name the others, or not itself")
		}
		outsider.call("GET", path+"/minutes.docx", nil, 404)
		if page := outsider.call("GET", path, nil, 200); strings.Contains(page, "300.000.000") || strings.Contains(page, "Bến Nước") {
			t.Error("a result that is not public is shown")
		}
		if room := someID(t, s, "sale", "id = '"+id+"' AND deal <> ''"); room == "" {
			t.Error("no deal began")
		}
	})
}
