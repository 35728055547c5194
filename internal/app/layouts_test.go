package app_test

import (
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	layouts "chonoi/internal/document/paper"
	"chonoi/internal/when"
)

// Everybody reads the rules of a layout with their clauses; whoever is signed in has a file checked. A
// paper that the platform writes keeps its own rules, another one is told what to mend, and nothing is
// kept of either.
func TestAPaperIsCheckedAgainstItsLayout(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		office := somebody(t, s, programmeHead)
		l, err := s.Layouts.In(layouts.State, when.DayOf(time.Now()))
		must(t, err)
		path := "/layouts/" + l.Name
		page := office.call("GET", path, nil, 200)
		office.has(page, "Chiều rộng khổ giấy", "30/2020/NĐ-CP", `type="file"`)
		office.has(office.call("GET", "/en"+path, nil, 200), "Rests on")
		office.has(office.call("GET", path+"/rules.csv", nil, 200), "page.top")
		office.call("GET", "/layouts/none", nil, 404)

		issued := "/reviews/" + someID(t, s, "plan_review", "state = 'issued'")
		own := office.call("GET", issued+"/review.docx", nil, 200)
		good := office.upload(path+"/check", "bao-cao.docx", own, nil)
		if good.Code != 200 {
			t.Fatalf("a paper of our own: %d", good.Code)
		}
		if said := good.Body.String(); !strings.Contains(said, "Đúng thể thức") || !strings.Contains(said, "bao-cao.docx") {
			i := strings.Index(said, `id="found"`)
			t.Errorf("a paper of our own is wrong: %.3000s", said[max(i, 0):])
		}
		other, err := s.Layouts.In(layouts.Party, when.DayOf(time.Now()))
		must(t, err)
		bad := office.upload("/layouts/"+other.Name+"/check", "bao-cao.docx", own, nil).Body.String()
		office.has(bad, "chỗ ", "ĐẢNG CỘNG SẢN VIỆT NAM")
		for name, content := range map[string]string{"ghi-chu.docx": "không phải DOCX", "trong.docx": ""} {
			if refused := office.upload(path+"/check", name, content, nil); refused.Code != 422 || !strings.Contains(refused.Body.String(), `href="#file"`) {
				t.Errorf("%s: %d", name, refused.Code)
			}
		}
	})
}
