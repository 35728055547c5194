package app_test

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// somebody is one of the demonstration's people in a session.
func somebody(t *testing.T, s *app.Server, email string) chief {
	return chief{t, s, enter(t, s, email)}
}

// sent sends a file of a form and returns where it leads.
func (c chief) sent(path, name, content string, form map[string]string) string {
	c.Helper()
	answer := c.upload(path, name, content, form)
	if answer.Code != http.StatusSeeOther {
		c.Fatalf("POST %s: %d\n%s", path, answer.Code, answer.Body)
	}
	return answer.Header().Get("Location")
}

// upload sends a file of a form.
func (c chief) upload(path, name, content string, form map[string]string) *httptest.ResponseRecorder {
	c.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for key, value := range form {
		must(c.T, w.WriteField(key, value))
	}
	part, err := w.CreateFormFile("file", name)
	must(c.T, err)
	_, err = part.Write([]byte(content))
	must(c.T, err)
	must(c.T, w.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: "chonoi", Value: c.token})
	answer := httptest.NewRecorder()
	c.s.Web.Handler().ServeHTTP(answer, r)
	return answer
}

// led posts a form and returns where it leads.
func (c chief) led(path string, form url.Values) string {
	c.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: "chonoi", Value: c.token})
	answer := httptest.NewRecorder()
	c.s.Web.Handler().ServeHTTP(answer, r)
	if answer.Code != http.StatusSeeOther {
		c.Fatalf("POST %s: %d\n%s", path, answer.Code, answer.Body)
	}
	return answer.Header().Get("Location")
}

// TestAPlanIsBroughtLookedAtAndPutInForceAndATaskReported walks the way of a plan over its pages: the
// programme office brings a document, is asked for what it does not print, and puts it in force; a
// body reports, brings evidence, and the office returns, accepts and checks.
func TestAPlanIsBroughtLookedAtAndPutInForceAndATaskReported(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		office, body, visitor := somebody(t, s, "chuongtrinh@so-khcn.example"), somebody(t, s, "canbo@so-khcn.example"), chief{t, s, ""}
		const text = "KẾ HOẠCH\n\nPhát triển sàn giao dịch\n\nI- NHIỆM VỤ\n\n1. Sở Khoa học và Công nghệ chủ trì vận hành sàn trước ngày 30/6/2026; kết nối các trung tâm.\n\n2. Tổ chức 04 buổi trình diễn trong năm 2026.\n"
		page := office.sent("/plans", "ke-hoach.txt", text, nil)
		plan := strings.TrimSuffix(page, "/reading")
		office.has(office.call("GET", page, nil, 200), "Rà soát bản đọc", "I.1#1", "trước ngày 30/6/2026")
		if body.call("GET", page, nil, 404); visitor.call("GET", plan, nil, 404) == "" {
			t.Error("a draft is answered with nothing")
		}
		old := office.sent("/plans", "cu.txt", "K\xca\xec HOA\xf2CH\n\nI- NHI\xca\xf2M VU\xf2\n\n1. K\xea\xect n\xf4\xeci cung c\xe2\xccu.\n", nil)
		office.has(office.call("GET", old, nil, 200), "KẾ HOẠCH", "Tệp theo bảng mã Windows-1258 và đã được chuyển sang Unicode")
		office.has(office.call("POST", plan+"/start", nil, 422), "Nhập số và ký hiệu", "Nhập ngày ban hành")
		version := regexp.MustCompile(`name="version" value="(\d+)"`).FindStringSubmatch(office.call("GET", page, nil, 200))[1]
		ords := url.Values{}
		for _, m := range regexp.MustCompile(`name="ord" value="(\d+)"`).FindAllStringSubmatch(office.call("GET", page, nil, 200), -1) {
			ords.Add("ord", m[1])
		}
		office.call("POST", plan+"/document", url.Values{"version": {version}, "name.vi": {"Phát triển sàn"}, "name.en": {"Developing the exchange"}, "kind": {"KẾ HOẠCH"},
			"symbol": {"77/KH-UBND"}, "issued_on": {"2026-01-05"}, "issuer": {"Ủy ban nhân dân thành phố"}, "is_public": {"1"}}, 303)
		if len(ords) > 0 {
			office.call("POST", plan+"/looks", ords, 303)
		}
		office.call("POST", plan+"/start", nil, 303)
		visitor.has(visitor.call("GET", plan, nil, 200), "Phát triển sàn", "ý chưa phân công")
		office.has(office.call("POST", plan+"/assignments", url.Values{"clause-0": {"I.1#1"}, "role-0": {"lead"}}, 422), "Chọn một cơ quan", "Nhập văn bản phân công", `value="I.1#1" selected`)
		sheet := url.Values{"sheet": {"I.1#2\tphối hợp\tSở Khoa học và Công nghệ thành phố (bản trình diễn)\t31/12/2026\t77/KH-UBND\nI.9#9\tchủ trì\tSở\n"}}
		office.has(office.call("POST", plan+"/assignments/paste", sheet, 200), "Hiểu 1 trong 2 dòng", "Kế hoạch không có ý I.9#9")
		sheet.Set("keep", "1")
		office.call("POST", plan+"/assignments/paste", sheet, 303)
		office.has(office.call("GET", plan+"/assignments", nil, 200), "Phối hợp: Sở Khoa học và Công nghệ thành phố (bản trình diễn)")
		office.has(office.call("GET", plan+"/handover", nil, 200), "Không có việc nào chờ bàn giao")
		body.call("GET", plan+"/assignments", nil, 403)
		visitor.has(visitor.call("GET", "/en"+plan, nil, 200), "Developing the exchange", "clauses not yet assigned")

		task := "/tasks/" + taskOf(t, s, "blocked")
		today := when.DayOf(time.Now()).String()
		reporter := somebody(t, s, "giamsat@so-nong-nghiep.example")
		reporter.has(reporter.call("POST", task+"/reports", url.Values{"period": {"2026-99"}, "said": {"done"}}, 422), "Kỳ báo cáo viết như", "Nhập ngày hoàn thành")
		reporter.call("POST", task+"/reports", url.Values{"period": {"2026"}, "said": {"done"}, "done_on": {today}, "words": {"Đã có danh mục"}}, 303)
		reporter.sent(task+"/evidence", "danh-muc.pdf", "%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF", map[string]string{"title": "Danh mục nhu cầu", "form": "original", "dated": today})
		seen := office.call("GET", task, nil, 200)
		office.has(seen, "Đã có danh mục", "Danh mục nhu cầu")
		report := regexp.MustCompile(task+`/reports/([0-9a-f-]+)/acceptance`).FindAllStringSubmatch(seen, -1)
		item := regexp.MustCompile(task + `/evidence/([0-9a-f-]+)/check`).FindStringSubmatch(seen)
		office.call("POST", task+"/evidence/"+item[1]+"/check", url.Values{"verdict": {"count"}}, 303)
		office.has(office.call("POST", task+"/reports/"+report[0][1]+"/return", url.Values{"reason": {""}}, 422), "details open", "reason-")
		office.call("POST", task+"/reports/"+report[0][1]+"/acceptance", nil, 303)
		visitor.has(visitor.call("GET", task, nil, 200), "Hoàn thành muộn")
		visitor.call("POST", task+"/reports", url.Values{"period": {"2026"}}, 401)
	})
}

// TestAnInspectorReadsEverythingOfPlansAndWritesOnlyWhatHeFinds asks the route table: every page of
// plans is open to an inspector, and every act but those of his own rounds is closed.
func TestAnInspectorReadsEverythingOfPlansAndWritesOnlyWhatHeFinds(t *testing.T) {
	s := city(t, "sqlite")
	inspector := somebody(t, s, "thanhtra@thanh-tra.example")
	plan, task := planOf(t, s, "12/KH-UBND"), taskOf(t, s, "blocked")
	review, round, finding := someID(t, s, "plan_review", "state = 'draft'"), someID(t, s, "check_round", "state = 'open'"), someID(t, s, "check_finding", "state = 'open'")
	opinion := someID(t, s, "opinion", "state = 'waiting'")
	fill := strings.NewReplacer("{clause}", "II.1-1~1", "{part}", "setting", "{key}", "tasks", "{report}", "none", "{item}", "none", "{assignment}", "none", "{document}", "27~KH-UBND@2025-02-20")
	forms := map[string]bool{"GET /plans/{id}/links": true, "GET /reviews/new": true, "GET /reviews/{id}/edit": true}
	read, refused := 0, 0
	for _, route := range s.Web.Routes() {
		method, path, _ := strings.Cut(route.Pattern, " ")
		id := ""
		for prefix, one := range map[string]string{"/plans/{id}": plan, "/tasks/{id}": task, "/reviews/{id}": review, "/rounds/{id}": round, "/findings/{id}": finding, "/opinions/{id}": opinion} {
			if strings.HasPrefix(path, prefix) {
				id = one
			}
		}
		if id == "" || forms[route.Pattern] {
			continue
		}
		path = fill.Replace(strings.Replace(path, "{id}", id, 1))
		if method == http.MethodGet {
			inspector.call(method, path, nil, 200)
			read++
			continue
		}
		inspector.call(method, path, url.Values{}, 403)
		refused++
	}
	if read < 15 || refused < 20 {
		t.Errorf("%d pages read, %d acts refused: that proves little", read, refused)
	}
}

func TestAMeasureIsBoundToAClauseWithATargetAndEnded(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		office, ward := somebody(t, s, programmeHead), somebody(t, s, wardOffice)
		clause := "/plans/" + planOf(t, s, "12/KH-UBND") + "/clauses/II.2-1~2"
		given := url.Values{"measure": {"incubators"}, "target": {"nhiều"}, "target_basis": {"12/QĐ-UBND"}}
		office.has(office.call("POST", clause+"/rules", given, 422), "nhiều", "12/QĐ-UBND", "Nhập số nguyên", "details open")
		given.Set("target", "7")
		given.Set("target_basis", "")
		office.has(office.call("POST", clause+"/rules", given, 422), "Nhập quyết định giao chỉ tiêu này")
		given.Set("target_basis", "12/QĐ-UBND")
		ward.call("POST", clause+"/rules", given, 403)
		office.call("POST", clause+"/rules", url.Values{"measure": {"nothing"}}, 422)
		office.call("POST", clause+"/rules", given, 303)
		ward.has(ward.call("GET", clause, nil, 200), "Chỉ tiêu 7, theo 12/QĐ-UBND")
		given.Set("target", "9")
		office.call("POST", clause+"/rules", given, 303)
		shown := office.call("GET", clause, nil, 200)
		office.has(shown, "Chỉ tiêu 9, theo 12/QĐ-UBND")
		office.hasNot(shown, "Chỉ tiêu 7")
		end := regexp.MustCompile(clause+`/rules/[0-9a-f-]+/end`).FindAllString(shown, -1)
		ward.call("POST", end[len(end)-1], nil, 403)
		for _, one := range end {
			office.call("POST", one, nil, 303)
		}
		office.call("POST", end[0], nil, 404)
		office.hasNot(office.call("GET", clause, nil, 200), "Chỉ tiêu 9")
	})
}

func TestOfASecretTaskNothingIsKeptButItsNumber(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		office, visitor := somebody(t, s, programmeHead), chief{t, s, ""}
		plan := "/plans/" + planOf(t, s, "12/KH-UBND")
		body := someID(t, s, "organisation", "external_id = 'so-khcn'")
		given := url.Values{"clause-0": {"II.2-2#1"}, "role-0": {"lead"}, "body-0": {body}, "basis-0": {"01/QĐ-M"}, "product-0": {"Chữ không được vào"}, "secret-0": {"1"}}
		office.has(office.call("POST", plan+"/assignments", given, 422), "Nhiệm vụ mật chỉ giữ số", "Chữ không được vào")
		given.Del("product-0")
		office.call("POST", plan+"/assignments", given, 303)
		var number string
		must(t, s.DB.View(t.Context(), func(tx *db.Tx) error {
			all, err := programme.Tasks.Find(tx, "WHERE secret = 1")
			if err == nil && (len(all) != 1 || !all[0].Title.Empty() || !all[0].Due.Zero()) {
				t.Fatalf("%+v", all)
			}
			number = all[0].Number
			return err
		}))
		visitor.has(visitor.call("GET", plan+"/clauses/II.2-2~1", nil, 200), number)
		visitor.hasNot(visitor.call("GET", plan+"/clauses.csv", nil, 200), "01/QĐ-M")
	})
}
