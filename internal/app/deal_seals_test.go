package app_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/smallstep/pkcs7"

	"chonoi/internal/app"
	"chonoi/internal/document/signature/signaturetest"
)

// A signed PDF is told with its signer and whether it is intact; one that was changed after it was
// signed is told as that.
func TestWhoSignedAContractIsTold(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		seller, buyer := somebody(t, s, "quanly@song-hau.example"), somebody(t, s, "muahang@ben-nuoc.example")
		room := "/deals/" + someID(t, s, "deal", "state = 'drafting'")
		blank := "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
		signed := string(signaturetest.RSA(t).Sign(t, []byte(blank), pkcs7.OIDDigestAlgorithmSHA256))
		seller.sent(room+"/documents", "hop-dong-da-ky.pdf", signed, map[string]string{"audience": "both"})
		seller.sent(room+"/documents", "hop-dong-bi-sua.pdf", strings.Replace(signed, "/Count 0", "/Count 1", 1), map[string]string{"audience": "both"})
		seller.sent(room+"/documents", "hop-dong-rieng.pdf", signed, map[string]string{"audience": "own"})
		page := buyer.call("GET", room+"/legal", nil, 200)
		for _, words := range []string{"Trần Văn Cồn, Viện Sông Hậu", "Còn nguyên vẹn", "nội dung đã thay đổi sau khi ký", "chứng thư chưa đối chiếu", "Gốc thử"} {
			if !strings.Contains(page, words) {
				t.Errorf("the page does not tell %q", words)
			}
		}
		if strings.Contains(page, "hop-dong-rieng") || len(regexp.MustCompile("Còn nguyên vẹn").FindAllString(page, -1)) != 1 {
			t.Error("a document of one side alone is told to the other")
		}
		if page := seller.call("GET", room, nil, 200); !strings.Contains(page, "1 chữ ký số, còn nguyên vẹn") || !strings.Contains(page, "1 chữ ký số, có chỗ không ổn") {
			t.Error("the documents do not tell of their signatures")
		}
	})
}
