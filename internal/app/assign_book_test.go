package app_test

import (
	"bytes"
	"html"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"testing"

	"github.com/xuri/excelize/v2"

	"chonoi/internal/app"
)

// looked sends a file and returns the page that shows what it would change.
func (c chief) looked(path string, content []byte) string {
	c.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	part, err := w.CreateFormFile("file", "phan-cong.xlsx")
	must(c.T, err)
	_, err = part.Write(content)
	must(c.T, err)
	must(c.T, w.Close())
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.AddCookie(&http.Cookie{Name: "chonoi", Value: c.token})
	answer := httptest.NewRecorder()
	c.s.Web.Handler().ServeHTTP(answer, r)
	if answer.Code != 200 {
		c.Fatalf("POST %s: %d\n%s", path, answer.Code, answer.Body)
	}
	return answer.Body.String()
}

// TestAssignmentsGoOutAsAWorkbookAndComeBack downloads the table of assignments, writes into it as an
// officer does, sends it back, keeps the good rows and gets the bad one in a workbook of its own.
func TestAssignmentsGoOutAsAWorkbookAndComeBack(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		office := somebody(t, s, "chuongtrinh@so-khcn.example")
		at := "/plans/" + planOf(t, s, "12/KH-UBND")
		raw := office.call("GET", at+"/assignments.xlsx", nil, 200)
		office.has(office.looked(at+"/assignments/book", []byte(raw)), "Tệp không thay đổi gì")
		f, err := excelize.OpenReader(bytes.NewReader([]byte(raw)))
		must(t, err)
		defer f.Close()
		sheet := f.GetSheetName(0)
		rows, err := f.GetRows(sheet)
		must(t, err)
		end := len(rows) + 1
		for i, row := range [][]any{{"II.3-1#2", nil, "Phối hợp", "Sở Nông nghiệp và Môi trường thành phố (bản trình diễn)", nil, "88/QĐ-UBND"}, {"II.9#9", nil, "Chủ trì", "Sở không có", nil, "88/QĐ-UBND"}} {
			cell, err := excelize.CoordinatesToCellName(1, end+i)
			must(t, err)
			must(t, f.SetSheetRow(sheet, cell, &row))
		}
		var out bytes.Buffer
		must(t, f.Write(&out))
		page := office.looked(at+"/assignments/book", out.Bytes())
		office.has(page, "1 dòng thêm mới", "1 dòng chưa nhận được", "Kế hoạch không có ý II.9#9", "Sở không có")
		carried := html.UnescapeString(regexp.MustCompile(`name="rows" value="([^"]*)"`).FindStringSubmatch(page)[1])
		mended := office.call("POST", at+"/assignments/book/errors", url.Values{"rows": {carried}}, 200)
		bad, err := excelize.OpenReader(bytes.NewReader([]byte(mended)))
		must(t, err)
		defer bad.Close()
		told, err := bad.GetRows(bad.GetSheetName(0))
		must(t, err)
		if len(told) != 2 || told[1][3] == "" || told[1][4] == "" || told[1][3] == told[1][4] {
			t.Errorf("the workbook of what is amiss: %q", told)
		}
		office.has(office.looked(at+"/assignments/book", []byte(mended)), "1 dòng chưa nhận được")
		office.has(office.call("POST", at+"/assignments/book/rows", url.Values{"rows": {carried}}, 200), "1 dòng chưa nhận được")
		office.has(office.call("GET", at+"/assignments", nil, 200), "Phối hợp: Sở Nông nghiệp và Môi trường thành phố (bản trình diễn)", "88/QĐ-UBND")
		somebody(t, s, "canbo@so-khcn.example").call("GET", at+"/assignments.xlsx", nil, 403)
		chief{t, s, ""}.call("POST", at+"/assignments/book/rows", url.Values{"rows": {carried}}, 401)
	})
}
