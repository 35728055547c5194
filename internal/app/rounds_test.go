package app_test

import (
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

// TestARoundFindsABodyAnswersWithAFileAndTheHolderDecides walks a round over its pages: what is amiss
// keeps what was typed, an answer is returned with a new day and then accepted, files are opened by
// whom they concern, and the ledger tells each act.
func TestARoundFindsABodyAnswersWithAFileAndTheHolderDecides(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		inspector, body, visitor := somebody(t, s, "thanhtra@thanh-tra.example"), somebody(t, s, "giamsat@so-nong-nghiep.example"), chief{t, s, ""}
		plan := planOf(t, s, "12/KH-UBND")
		today := when.DayOf(time.Now())
		form := url.Values{"plan": {plan}, "kind": {"inspection"}, "subject.vi": {"Kiểm tra cơ sở dữ liệu nhu cầu"}, "holder": {"Thanh tra thành phố"}, "decision": {"21/QĐ-TTr"},
			"begins_on": {today.AddDays(-20).String()}, "clauses": {"II.2-1#1, I.9#9"}, "bodies": {"Sở không có thật"}}
		inspector.has(inspector.call("POST", "/rounds", form, 422), "Không tìm thấy cơ quan: Sở không có thật", "I.9#9", "21/QĐ-TTr")
		form.Set("bodies", "Sở Nông nghiệp và Môi trường thành phố (bản trình diễn)")
		inspector.has(inspector.call("POST", "/rounds", form, 422), "Kế hoạch không có ý I.9#9")
		form.Set("clauses", "II.2-1#1")
		round := inspector.led("/rounds", form)
		inspector.has(inspector.call("GET", round, nil, 200), "Ý được xem xét", "Cơ quan được xem xét", "Đang tiến hành")
		if visitor.call("GET", round, nil, 404); strings.Contains(visitor.call("GET", "/rounds", nil, 200), "21/QĐ-TTr") {
			t.Error("a round that is not public is listed to a visitor")
		}
		owner := someID(t, s, "organisation", "external_id = 'so-nong-nghiep'")
		finding := url.Values{"words": {"Danh mục chưa có nguồn."}, "owner": {"none"}, "due_on": {today.AddDays(-3).String()}, "clause": {"II.2-1#1"}}
		inspector.has(inspector.call("POST", round+"/findings", finding, 422), "Danh mục chưa có nguồn.")
		finding.Set("owner", owner)
		inspector.led(round+"/findings", finding)
		one := "/findings/" + someID(t, s, "check_finding", "words = 'Danh mục chưa có nguồn.'")
		body.has(body.call("GET", "/desk/tasks", nil, 200), "Kiến nghị phải trả lời", "Danh mục chưa có nguồn.", "Quá hạn trả lời 3 ngày")
		inspector.has(inspector.call("GET", round, nil, 200), "Quá hạn trả lời 3 ngày", "1 quá hạn trả lời")

		const pdf = "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"
		inspector.sent(round+"/files", "bien-ban.pdf", pdf, map[string]string{"title": "Biên bản làm việc"})
		body.sent(one+"/files", "nguon.pdf", pdf, map[string]string{"title": "Nguồn của danh mục"})
		file := regexp.MustCompile(`/round-files/[0-9a-f-]+`).FindString(body.call("GET", one, nil, 200))
		body.call("GET", file, nil, 200)
		inspector.call("GET", file, nil, 200)
		visitor.call("GET", file, nil, 404)
		somebody(t, s, "thanhvien@song-hau.example").call("GET", file, nil, 404)

		inspector.call("POST", one+"/answers", url.Values{"answer": {"Tôi trả lời thay."}}, 403)
		body.led(one+"/answers", url.Values{"answer": {"Đã bổ sung nguồn."}})
		body.call("POST", one+"/decision", url.Values{"verdict": {"close"}}, 403)
		inspector.has(inspector.call("GET", "/desk/tasks", nil, 200), "Trả lời kiến nghị chờ xem xét")
		inspector.has(inspector.call("POST", one+"/decision", url.Values{"verdict": {"return"}, "due_on": {today.AddDays(-1).String()}}, 422), "Hạn mới không được ở trong quá khứ", "Lý do trả lại")
		inspector.led(one+"/decision", url.Values{"verdict": {"return"}, "reason": {"Chưa nêu ngày."}, "due_on": {today.AddDays(9).String()}})
		body.has(body.call("GET", one, nil, 200), "Trả lại: Chưa nêu ngày.", "Chờ trả lời")
		body.led(one+"/answers", url.Values{"answer": {"Đã nêu ngày 15/10."}})
		inspector.led(one+"/decision", url.Values{"verdict": {"close"}})
		inspector.has(inspector.call("GET", one+"/trail", nil, 200), "Ghi kiến nghị", "Trả lại trả lời", "Chấp nhận, kết thúc kiến nghị", "nguon.pdf")
		inspector.has(inspector.call("GET", round+"/trail", nil, 200), "Mở đợt", "Ghi kiến nghị", "bien-ban.pdf")
		body.call("POST", one+"/files", url.Values{}, 409)
		inspector.has(inspector.call("GET", "/findings.json", nil, 200), `"state":"closed"`, "Danh mục chưa có nguồn.")
		if strings.Contains(visitor.call("GET", "/findings.csv", nil, 200), "Danh mục chưa có nguồn.") {
			t.Error("a finding of a round that is not public is in everybody's file")
		}
		inspector.led(round+"/closure", url.Values{"conclusion": {"Cơ sở dữ liệu đạt yêu cầu."}})
		inspector.has(inspector.call("GET", round, nil, 200), "Đã kết thúc", "Cơ sở dữ liệu đạt yêu cầu.")
		inspector.call("POST", round+"/findings", finding, 422)
	})
}

// TestAnOpinionIsConfirmedLookedAtAndAnswered walks the way of an opinion of somebody without an
// account: the letter, the desk, the answer; the address is told to nobody and is forgotten.
func TestAnOpinionIsConfirmedLookedAtAndAnswered(t *testing.T) {
	s, _ := running(t)
	office, body, visitor := somebody(t, s, "chuongtrinh@so-khcn.example"), somebody(t, s, "giamsat@so-nong-nghiep.example"), chief{t, s, ""}
	clause := "/plans/" + planOf(t, s, "12/KH-UBND") + "/clauses/II.2-1~1"
	const address, other, words = "ba.nam@vi-du.example", "ut.tam@vi-du.example", "Nên công bố số liệu của từng xã hằng tháng."
	visitor.has(visitor.call("POST", clause+"/opinions", url.Values{"words": {"Ngắn"}, "email": {"x"}}, 422), "Viết ít nhất 10 chữ cái", "Nhập địa chỉ thư điện tử đúng", `value="x"`)
	send := func(address string) string {
		visitor.call("POST", clause+"/opinions", url.Values{"words": {words}, "email": {address}}, 303)
		token := letterTo(t, s, address, `/opinion-links/[\w.-]+`)
		visitor.has(visitor.call("GET", token, nil, 200), words, "Gửi ý kiến này?")
		visitor.call("POST", token, nil, 303)
		visitor.call("POST", token, nil, 410)
		return someID(t, s, "opinion", "state = 'waiting' AND created_by = 'letter' AND words = '"+words+"'")
	}
	id := send(address)
	if page := visitor.call("GET", clause, nil, 200); strings.Contains(page, words) {
		t.Error("an opinion is shown before anybody has looked at it")
	}
	office.has(office.call("GET", "/opinions", nil, 200), words)
	office.call("POST", "/opinions/"+id+"/moderation", url.Values{"refusal": {"no_such"}}, 422)
	office.call("POST", "/opinions/"+id+"/moderation", nil, 303)
	visitor.has(visitor.call("GET", clause, nil, 200), words, "Người dân", "chờ trả lời")
	office.call("POST", "/opinions/"+id+"/moderation", url.Values{"refusal": {"repeated"}}, 422)
	somebody(t, s, "thanhvien@song-hau.example").call("POST", "/opinions/"+id+"/answer", url.Values{"answer": {"Không phải việc của tôi."}}, 403)
	body.call("POST", "/opinions/"+id+"/answer", url.Values{"answer": {"Sở sẽ công bố từ tháng sau."}}, 303)
	visitor.has(visitor.call("GET", clause, nil, 200), "Sở sẽ công bố từ tháng sau.", "Đã trả lời trong ngày")
	visitor.has(visitor.call("GET", "/opinions.json", nil, 200), words, `"reply":"answered"`)
	letterTo(t, s, address, `đã trả lời ý kiến`)
	for _, page := range []string{office.call("GET", "/opinions?state=shown", nil, 200), visitor.call("GET", "/opinions.csv", nil, 200), somebody(t, s, "thanhtra@thanh-tra.example").call("GET", "/opinions/"+id+"/trail", nil, 200)} {
		if strings.Contains(page, address) {
			t.Error("the address of an author is told")
		}
	}
	refused := send(other)
	office.call("POST", "/opinions/"+refused+"/moderation", url.Values{"refusal": {"repeated"}}, 303)
	letterTo(t, s, other, `Lý do: Trùng ý kiến đã gửi`)
	must(t, s.DB.View(t.Context(), func(tx *db.Tx) error {
		var n int
		if err := tx.QueryRow(`SELECT COUNT(*) FROM opinion_address WHERE email IN (?, ?)`, address, other).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d addresses are kept after the outcome was told (%v)", n, err)
		}
		return nil
	}))
	member := somebody(t, s, "thanhvien@song-hau.example")
	for range 10 {
		member.call("POST", clause+"/opinions", url.Values{"words": {words}}, 303)
	}
	member.has(member.call("POST", clause+"/opinions", url.Values{"words": {words}}, 429), "Mỗi người gửi tối đa 10 ý kiến một ngày", words)
}

// letterTo waits for a letter in which a pattern is found, and returns what was found.
func letterTo(t *testing.T, s *app.Server, to, pattern string) string {
	t.Helper()
	want := regexp.MustCompile(pattern)
	for end := time.Now().Add(8 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		kept, err := s.Letters.List(50)
		must(t, err)
		for _, one := range kept {
			if found := want.FindString(one.Text); one.To == to && found != "" {
				return found
			}
		}
	}
	t.Fatalf("no letter to %s with %s", to, pattern)
	return ""
}
