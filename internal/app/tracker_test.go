package app_test

import (
	"net/url"
	"strings"
	"testing"

	"chonoi/internal/app"
)

// TestTasksGoOutByAMappingThatAnOfficerLoads looks at the shipped mapping, loads another one that is
// amiss and then mended, and takes the tables.
func TestTasksGoOutByAMappingThatAnOfficerLoads(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		office, visitor := somebody(t, s, "chuongtrinh@so-khcn.example"), chief{t, s, ""}
		at := "/plans/" + planOf(t, s, "12/KH-UBND") + "/export"
		office.has(office.call("GET", at, nil, 200), "Chưa biết định dạng chính xác", "Chưa có văn bản căn cứ", "dòng xuất được")
		office.has(office.call("GET", "/en"+at, nil, 200), "is not known")
		office.has(office.call("GET", at+".csv", nil, 200), "Mã nhiệm vụ", "Quá hạn")
		if !strings.HasPrefix(office.call("GET", at+".xlsx", nil, 200), "PK") {
			t.Error("no workbook")
		}
		const other = "key = \"mau\"\nname = {vi = \"Mẫu thử\", en = \"Trial form\"}\nvalid_from = \"2026-06-01\"\nbasis = \"9/CV\"\n[[column]]\ntitle = \"Mã\"\nfield = \"task_number\"\n[[column]]\ntitle = \"Hạn\"\nfield = \"due_on\"\nneeded = true\n"
		led := office.sent(at, "mau.toml", other, nil)
		office.has(office.call("GET", led, nil, 200), "Mẫu thử", "Căn cứ 9/CV", "Còn trống mà bảng bắt buộc", "giữ lại vì có lỗi")
		if !strings.HasPrefix(office.call("GET", at+"/errors.xlsx?mapping=mau", nil, 200), "PK") {
			t.Error("no workbook of what stays back")
		}
		office.has(office.call("POST", at, url.Values{}, 422), "Chọn tệp ánh xạ")
		office.call("GET", at+"?mapping=none", nil, 404)
		visitor.call("GET", at, nil, 303)
		somebody(t, s, "giamsat@so-nong-nghiep.example").call("GET", at, nil, 403)
		somebody(t, s, "giamsat@so-nong-nghiep.example").call("POST", at, url.Values{}, 403)
	})
}
