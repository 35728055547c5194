package app_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"

	"chonoi/internal/app"
)

// TestABodyWritesAProgrammeOfItsOwnAndLinksItClauseByClause has the office write one for a body,
// without a document, link it with the relation it has, and look at coverage and the body's page.
func TestABodyWritesAProgrammeOfItsOwnAndLinksItClauseByClause(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		office, visitor := somebody(t, s, "chuongtrinh@so-khcn.example"), chief{t, s, ""}
		plan := planOf(t, s, "12/KH-UBND")
		body := "/organisations/" + someID(t, s, "organisation", "external_id = 'ubnd-phuong-ben-ninh'")
		office.has(office.call("GET", body+"/programme/new", nil, 200), "Lập chương trình riêng", "Ủy ban nhân dân phường Bến Ninh (bản trình diễn)")
		office.has(office.call("POST", body+"/programme", url.Values{"name.en": {"Only English"}, "issuer": {""}, "items": {""}, "symbol": {"9/CTr"}}, 422), "Only English", "9/CTr", "Nhập cơ quan ban hành")
		links := office.led(body+"/programme", url.Values{"name.vi": {"Chương trình khởi nghiệp của phường"}, "kind": {"CHƯƠNG TRÌNH"}, "issuer": {"UBND phường"},
			"items": {"Đào tạo người làm môi giới công nghệ\n\nMở góc giới thiệu công nghệ"}, "parent": {plan}, "is_public": {"1"}})
		own := strings.TrimSuffix(links, "/links")
		office.has(office.call("GET", links, nil, 200), "Gợi ý theo từ ngữ", "Tiếp tục thực hiện")
		office.call("POST", links, url.Values{"above": {plan}, "link": {"0"}, "place-0": {"II.3-1#2"}, "relation-0": {"continues"}}, 303)
		office.has(office.call("GET", links, nil, 200), "Tiếp tục II.3-1#2")
		visitor.has(visitor.call("GET", own, nil, 200), "Chương trình khởi nghiệp của phường", "Đào tạo người làm môi giới công nghệ")
		page := visitor.call("GET", "/plans/"+plan+"/coverage", nil, 200)
		visitor.has(page, "Cụ thể hóa thêm", "Chưa có", "Kế hoạch riêng")
		visitor.has(visitor.call("GET", body+"/programme", nil, 200), "Còn phải thực hiện với kế hoạch cấp trên", "ý được giao đã có trong kế hoạch riêng", "Chương trình khởi nghiệp của phường")
		visitor.has(visitor.call("GET", "/en"+body+"/programme", nil, 200), "Owed to plans above")
		somebody(t, s, "giamsat@so-nong-nghiep.example").call("GET", body+"/programme/new", nil, 403)
		visitor.call("POST", body+"/programme", nil, 401)
		department := "/organisations/" + someID(t, s, "organisation", "external_id = 'so-nong-nghiep'")
		visitor.has(visitor.call("GET", department+"/programme", nil, 200), "Đang quá hạn", "Chương trình công nghệ cho hợp tác xã")
		city := "/organisations/" + someID(t, s, "organisation", "external_id = 'so-khcn'")
		visitor.has(visitor.call("GET", city+"/programme", nil, 200), "Kế hoạch của cơ quan khác cụ thể hóa")
		rows := regexp.MustCompile(`(?m)^[^,]*,[^,]*,`).FindAllString(visitor.call("GET", "/plans/"+plan+"/coverage.csv", nil, 200), -1)
		if len(rows) < 10 {
			t.Errorf("%d rows of coverage", len(rows))
		}
	})
}
