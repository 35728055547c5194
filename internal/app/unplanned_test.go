package app_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/when"
)

// A ward logs what it was given beyond the plan, with who gave it; the review of the plan takes it
// from there. What is not public nobody else finds, and a figure frozen before it was logged stays.
func TestWhatCameUpBeyondAPlanIsToldInItsReview(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		ward, office, other := somebody(t, s, wardOffice), somebody(t, s, programmeHead), somebody(t, s, "muahang@ben-nuoc.example")
		body := someID(t, s, "organisation", "external_id = 'ubnd-phuong-ben-ninh'")
		plan := someID(t, s, "plan", "symbol = '12/KH-UBND'")
		today, week := when.DayOf(time.Now()).String(), when.DayOf(time.Now()).AddDays(-7).String()
		given := url.Values{"title.vi": {"Dọn lục bình ở rạch Cái Sơn trước lễ"}, "plan": {plan}, "body": {body}, "given_on": {week}, "due_on": {"2020-01-01"}}
		ward.has(ward.call("POST", "/unplanned", given, 422), "Ghi rõ cơ quan hoặc người giao việc.", "Thời hạn không thể trước ngày giao.", "Dọn lục bình")
		given.Set("given_by", "Chủ tịch thành phố")
		given.Set("due_on", today)
		other.call("POST", "/unplanned", given, 403)
		given.Set("body", someID(t, s, "organisation", "external_id = 'so-khcn'"))
		ward.call("POST", "/unplanned", given, 403)
		given.Set("body", body)
		path := ward.led("/unplanned", given)
		ward.has(ward.call("GET", "/unplanned", nil, 200), "Dọn lục bình", "PS-")
		other.hasNot(other.call("GET", "/unplanned", nil, 200), "Dọn lục bình")
		other.call("GET", path, nil, 404)
		other.hasNot(other.call("GET", "/unplanned.csv", nil, 200), "Dọn lục bình")

		given.Set("title.vi", "Lập tổ trực triều cường")
		given.Set("is_public", "1")
		public := ward.led("/unplanned", given)
		other.has(other.call("GET", public, nil, 200), "Lập tổ trực triều cường")
		other.hasNot(other.call("GET", public, nil, 200), `name="done_on"`)
		other.call("POST", public, url.Values{"done_on": {today}, "outcome": {"xong"}}, 403)

		about := url.Values{"plan": {plan}, "kind": {"ad_hoc"}, "period_from": {"2026-01-01"}, "period_to": {today}, "as_of": {today}}
		before := strings.TrimSuffix(office.led("/reviews", about), "/edit")
		rows := office.call("GET", before+"/figures/unplanned", nil, 200)
		office.has(rows, "Lập tổ trực triều cường", "Chủ tịch thành phố", "Đang thực hiện")
		office.hasNot(rows, "Dọn lục bình")

		ward.has(ward.call("POST", public, url.Values{"done_on": {"2020-01-01"}}, 422), "Ngày xong không thể trước ngày giao.")
		ward.led(public, url.Values{"done_on": {today}, "outcome": {"Tổ trực 12 người"}})
		ward.has(ward.call("POST", public, url.Values{"done_on": {today}, "outcome": {"Khác"}}, 422), "không sửa được nữa")
		after := strings.TrimSuffix(office.led("/reviews", about), "/edit")
		office.has(office.call("GET", after, nil, 200), "Tổ trực 12 người", "nhiệm vụ phát sinh")
		office.has(office.call("GET", after+"/figures/unplanned_done", nil, 200), "Lập tổ trực triều cường")
		office.hasNot(office.call("GET", before+"/figures/unplanned_done", nil, 200), "Lập tổ trực triều cường")
	})
}
