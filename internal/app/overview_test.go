package app_test

import (
	"net/http"
	"net/url"
	"testing"
)

// TestAReplacedDocumentIsMarkedAndABudgetToldOnThePages walks the overviews of a plan: the programme
// office marks a cited document and tells a sum; a visitor sees both; others may do neither.
func TestAReplacedDocumentIsMarkedAndABudgetToldOnThePages(t *testing.T) {
	s := city(t, "sqlite")
	plan, task := "/plans/"+planOf(t, s, "12/KH-UBND"), "/tasks/"+taskOf(t, s, "blocked")
	office, member := somebody(t, s, "chuongtrinh@so-khcn.example"), somebody(t, s, "thanhvien@song-hau.example")
	inspector := somebody(t, s, "thanhtra@thanh-tra.example")
	document := plan + "/documents/45~CTr-UBND@2025-03-10"
	mark := url.Values{"state": {"replaced"}, "replaced_by": {""}, "since": {"2026-11-01"}, "basis": {"61/CTr-UBND, mục V"}}
	office.has(office.call(http.MethodPost, document, mark, http.StatusUnprocessableEntity), "61/CTr-UBND, mục V", "Nhập số, ký hiệu của văn bản thay thế")
	mark.Set("replaced_by", "61/CTr-UBND")
	member.call(http.MethodPost, document, mark, http.StatusForbidden)
	inspector.call(http.MethodPost, document, mark, http.StatusForbidden)
	office.led(document, mark)
	member.has(member.call(http.MethodGet, plan, nil, http.StatusOK), "đã được 61/CTr-UBND thay thế")
	member.has(member.call(http.MethodGet, plan+"/clauses/I.2~1", nil, http.StatusOK), "đã được 61/CTr-UBND thay thế")
	member.has(member.call(http.MethodGet, "/programme/rows/gone", nil, http.StatusOK), "I.2#1", "đã được 61/CTr-UBND thay thế")
	member.has(member.call(http.MethodGet, plan+"/network", nil, http.StatusOK), "61/CTr-UBND", "Cả kế hoạch dựa vào văn bản này")
	sum := url.Values{"year": {"2027"}, "source": {"Ngân sách thành phố"}, "planned": {"1.250.000.001"}, "spent": {"-3"}, "basis": {"14/NQ-HĐND"}}
	office.has(office.call(http.MethodPost, task+"/budget", sum, http.StatusUnprocessableEntity), "1.250.000.001", "Nhập số đồng nguyên")
	sum.Set("spent", "")
	member.call(http.MethodPost, task+"/budget", sum, http.StatusForbidden)
	member.call(http.MethodGet, task+"/budget", nil, http.StatusForbidden)
	office.led(task+"/budget", sum)
	inspector.has(inspector.call(http.MethodGet, plan+"/budget?by=year", nil, http.StatusOK), "2027", "đồng", "Chưa khai báo")
	inspector.has(inspector.call(http.MethodGet, plan+"/budget.csv", nil, http.StatusOK), "1250000001")
	member.call(http.MethodGet, plan+"/budget", nil, http.StatusForbidden)
	member.call(http.MethodGet, plan+"/budget.csv", nil, http.StatusForbidden)
	for _, path := range []string{plan + "/documents/none", plan + "/timeline?at=none", "/plans/none/network", "/plans/none/budget", "/programme?plan=none", "/programme/rows/none", "/programme/rows/returned"} {
		member.call(http.MethodGet, path, nil, http.StatusNotFound)
	}
	inspector.call(http.MethodGet, "/programme/rows/returned", nil, http.StatusOK)
	for _, path := range []string{"/programme?on=2025-01-01", "/programme/figures.csv", "/programme/figures.json", plan + "/timeline.csv", plan + "/network.csv", "/programme/rows/overdue?after=x~1~y"} {
		member.call(http.MethodGet, path, nil, http.StatusOK)
	}
}
