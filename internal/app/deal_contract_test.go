package app_test

import (
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"chonoi/internal/app"
	"chonoi/internal/document/officetest"
	"chonoi/internal/web/webtest"
)

// The contract that is written on the model opens in LibreOffice with every article and, at the foot of
// each page, the place where both sides sign; a version on which the other side wrote meanwhile is not
// overwritten, and nothing that was typed is lost.
func TestAContractIsWrittenKeptAndPrinted(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		seller, buyer, outsider := somebody(t, s, "quanly@song-hau.example"), somebody(t, s, "muahang@ben-nuoc.example"), somebody(t, s, "phuong@ben-ninh.example")
		path := "/deals/" + someID(t, s, "deal", "state = 'drafting'") + "/contract"
		form := url.Values{"saw": {"0"}, "supplier_name": {"Viện"}, "receiver_name": {"Công ty"}, "c0.content": {"1"}, "c0.model": {"name"}, "c0.vi": {"Tên công nghệ: buồng hơi nước nóng."}, "c0.en": {"Name: vapour heat chamber."},
			"c1.content": {"2"}, "c1.vi": {"Bỏ đi"}, "c1.drop": {"1"}, "add12": {"liability_cap"}, "own14.vi": {"Điều khoản riêng của hai bên."}}
		outsider.call("POST", path, form, 404)
		seller.call("POST", path, form, 303)
		again := buyer.call("POST", path, form, 422)
		if !strings.Contains(again, "vừa lưu một bản khác") || !strings.Contains(again, "Điều khoản riêng của hai bên.") || !strings.Contains(again, `name="saw" value="1"`) {
			t.Error("a version that another overtook is not told, or what was typed is lost")
		}
		page := buyer.call("GET", path, nil, 200)
		for _, words := range []string{"buồng hơi nước nóng", "Thiếu nội dung 6", "không vượt quá giá trị hợp đồng", "Điều khoản riêng"} {
			if !strings.Contains(page, words) {
				t.Errorf("the contract does not tell %q", words)
			}
		}
		if strings.Contains(page, "Bỏ đi") {
			t.Error("a clause that was dropped stands in the contract")
		}
		other := "/deals/" + someID(t, s, "deal", "state = 'registration_due'") + "/contract"
		buyer.call("GET", other+"/edit", nil, 409)
		buyer.call("POST", other, form, 422)
		raw := buyer.call("GET", other+".docx?tongues=both", nil, 200)
		file := filepath.Join(t.TempDir(), "contract.docx")
		must(t, os.WriteFile(file, []byte(raw), 0o600))
		pages := officetest.Pages(t, officetest.Convert(t, officetest.PDF, "", file)[0])
		signedOnEach(t, pages)
		whole := strings.Join(strings.Fields(strings.Join(pages, " ")), " ")
		for _, words := range []string{"Điều 1.", "Điều 14.", "ĐẠI DIỆN BÊN NHẬN"} {
			if !strings.Contains(whole, words) {
				t.Errorf("the printed contract does not say %q", words)
			}
		}
		if document := string(folder(t, raw)["word/document.xml"]); !strings.Contains(document, "480.000.000 đồng (bốn trăm tám mươi triệu đồng)") || !strings.Contains(document, "VND 480,000,000") {
			t.Error("the sum does not stand in both tongues and in words")
		}
	})
}

// signedOnEach checks that every page has a place where both sides sign.
func signedOnEach(t *testing.T, pages []string) {
	t.Helper()
	for n, text := range pages {
		if !strings.Contains(text, "Bên giao ký, đóng dấu trang này") || !strings.Contains(text, "Bên nhận ký, đóng dấu trang này") {
			t.Errorf("page %d of %d has no place to sign: %.300s", n+1, len(pages), text)
		}
	}
}

// The contract printed from its page has the place to sign on every page, too.
func TestTheContractIsPrintedFromItsPage(t *testing.T) {
	t.Parallel()
	s, base := running(t)
	b := webtest.Open(t)
	b.Session(t, base, enter(t, s, "muahang@ben-nuoc.example"))
	b.Do(t, chromedp.Navigate(base+"/deals/"+someID(t, s, "deal", "state = 'drafting'")+"/contract/print"))
	file := filepath.Join(t.TempDir(), "contract.pdf")
	b.Print(t, file)
	pages := officetest.Pages(t, file)
	if len(pages) < 3 {
		t.Errorf("%d pages are printed", len(pages))
	}
	signedOnEach(t, pages)
}
