package app_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/programme"
	"chonoi/internal/web/webtest"
	"chonoi/internal/when"
)

// planWay is the way of a plan from a document to the review of what became of it, with somebody at a
// screen for each part played.
type planWay struct {
	*testing.T
	s                                *app.Server
	office, ward, inspector, visitor pointer
	plan, own, task                  string
	wardName                         string
}

// TestTheWayOfAPlan walks in Chromium: the office imports a plan and assigns it, a ward files a plan of
// its own and reports, the inspector finds and closes, the office issues the review; axe looks at
// every page.
func TestTheWayOfAPlan(t *testing.T) {
	if testing.Short() {
		t.Skip("walks in Chromium for some minutes")
	}
	t.Parallel()
	s, base := running(t)
	sit := func(email string) pointer {
		at := &screen{t: t, b: webtest.Open(t), base: base, view: webtest.View{Width: 1440}, look: func(at *screen) { at.b.CheckOpen(t, "on the way of a plan") }}
		if email != "" {
			at.b.Session(t, base, enter(t, s, email))
		}
		return pointer{at}
	}
	p := &planWay{T: t, s: s, office: sit("chuongtrinh@so-khcn.example"), ward: sit("phuong@ben-ninh.example"), inspector: sit("thanhtra@thanh-tra.example"), visitor: sit(""),
		wardName: "Ủy ban nhân dân phường Bến Ninh (bản trình diễn)"}
	p.importPlan()
	p.assign()
	p.derive()
	p.report()
	p.findAndAnswer()
	p.review()
}

// set sets an input that opens a picker of the browser's own.
func (p *planWay) set(w pointer, name, value string) {
	p.Helper()
	w.need(fmt.Sprintf("[name=%q]", name))
	w.b.Text(p, fmt.Sprintf("document.querySelector('[name=%q]').value = %q", name, value))
}

// stands fails when somebody is not where the last press should have led.
func (p *planWay) stands(w pointer, at string) {
	p.Helper()
	if ok, _ := regexp.MatchString("^"+at+"$", w.path()); !ok || w.status() != 200 {
		p.Fatalf("at %s with status %d, not at %s: %.1200s", w.path(), w.status(), at, strings.Join(strings.Fields(w.text("main")), " "))
	}
}

// bring takes a document to the list of plans.
func (p *planWay) bring(w pointer, name string, content []byte, parent string) (plan string) {
	p.Helper()
	file := filepath.Join(p.TempDir(), name)
	must(p.T, os.WriteFile(file, content, 0o600))
	w.open("/plans")
	if !w.has(`form[action="/plans"] input[type=file]`) {
		p.Fatal("nothing can be brought")
	}
	w.b.Text(p, `document.querySelector('form[action="/plans"]').closest('details')?.setAttribute('open', '')`)
	w.b.Bring(p, `form[action="/plans"] input[type=file]`, file)
	if parent != "" {
		w.choose("parent", parent)
	}
	w.press(`form[action="/plans"] button`)
	p.stands(w, `/plans/[0-9a-f-]+/reading`)
	return strings.TrimSuffix(w.path(), "/reading")
}

// tell fills in what the document does not say and puts the plan in force.
func (p *planWay) tell(w pointer, vi, en string) {
	p.Helper()
	w.write("name.vi", vi)
	w.write("name.en", en)
	w.tick("is_public", "1")
	w.press(`form[action$="/document"] button`)
	if w.has(`input[name=ord]`) {
		for _, ord := range regexp.MustCompile(`value="(\d+)"`).FindAllStringSubmatch(w.raw(`input[name=ord]`), -1) {
			w.tick("ord", ord[1])
		}
		w.press(`form[action$="/looks"] button`)
	}
	w.press(`form[action$="/start"] button`)
}

func (p *planWay) importPlan() {
	p.Helper()
	p.plan = p.bring(p.office, "ke-hoach.docx", wordFile(p, []string{"ỦY BAN NHÂN DÂN THÀNH PHỐ", "Số: 45/KH-UBND", "Cần Thơ, ngày 10 tháng 02 năm 2026", "KẾ HOẠCH",
		"Phổ biến công nghệ tiết kiệm nước năm 2026", "I- MỤC TIÊU", "1. Người trồng cây ăn trái biết và dùng được công nghệ tiết kiệm nước.", "II- NHIỆM VỤ",
		"1. Các phường tổ chức trình diễn công nghệ tưới tiết kiệm nước tại vườn; lập danh sách hộ cần hỗ trợ.", "2. Báo cáo kết quả thực hiện trước ngày 15/12/2026."}), "")
	p.tell(p.office, "Phổ biến công nghệ tiết kiệm nước", "Spreading water saving technology")
	p.stands(p.office, p.plan)
	if text := p.office.text("main"); !strings.Contains(text, "ý chưa phân công") {
		p.Errorf("the page of the plan does not say that nothing is assigned: %.600s", text)
	}
}

// option returns the value of a choice by its text.
func (p *planWay) option(w pointer, list, text string) string {
	p.Helper()
	for _, one := range regexp.MustCompile(`<option value="([^"]*)"[^>]*>([^<]*)`).FindAllStringSubmatch(w.raw(fmt.Sprintf("select[name=%q]", list)), -1) {
		if strings.Contains(one[2], text) {
			return one[1]
		}
	}
	p.Fatalf("%s: the list %s does not offer %q", w.path(), list, text)
	return ""
}

func (p *planWay) assign() {
	p.Helper()
	w := p.office
	w.open(p.plan + "/assignments")
	w.choose("clause-0", "II.1#1")
	w.choose("role-0", "lead")
	w.choose("body-0", p.option(w, "body-0", p.wardName))
	p.set(w, "due-0", when.DayOf(time.Now()).AddDays(30).String())
	w.write("basis-0", "45/KH-UBND")
	w.write("product-0", "Hai buổi trình diễn")
	w.press(`#orders form button`)
	p.stands(w, p.plan+"/assignments")
	if text := w.text("main"); !strings.Contains(text, "Chủ trì: "+p.wardName) {
		p.Errorf("the table does not name the ward: %.800s", text)
	}
}

func (p *planWay) derive() {
	p.Helper()
	w := p.ward
	p.own = p.bring(w, "ke-hoach-phuong.txt", []byte("ỦY BAN NHÂN DÂN PHƯỜNG BẾN NINH\nSố: 09/KH-UBND\nBến Ninh, ngày 20 tháng 02 năm 2026\n\nKẾ HOẠCH\n\nTrình diễn tưới tiết kiệm\n\nI- NHIỆM VỤ\n\n1. Phường tổ chức hai buổi trình diễn công nghệ tưới tiết kiệm nước tại vườn xoài.\n\n2. Cử người theo dõi.\n"),
		strings.TrimPrefix(p.plan, "/plans/"))
	p.tell(w, "Trình diễn tưới tiết kiệm", "Showing water saving irrigation")
	p.stands(w, p.own)
	w.follow(fmt.Sprintf(`a[href=%q]`, p.own+"/links"))
	if chosen := w.raw(`select[name="place-0"]`); !strings.Contains(chosen, `value="II.1#1" selected`) {
		p.Errorf("the clause on showing technology is not proposed for the ward's own: %.900s", chosen)
	}
	w.tick("link", "0")
	w.press(`#links div > button.btn:not(.line)`)
	p.stands(w, p.own+`/links\?above=.*`)
	p.visitor.open(p.plan + "/coverage")
	if text := p.visitor.text("main table"); !strings.Contains(text, "09/KH-UBND") || !strings.Contains(p.visitor.raw("main table"), "Đã cụ thể hóa") {
		p.Errorf("the matrix does not show the ward's plan: %.600s", text)
	}
}

func (p *planWay) report() {
	p.Helper()
	w := p.ward
	w.open("/desk/tasks")
	found := regexp.MustCompile(`href="(/tasks/[0-9a-f-]+)"[^>]*>[^<]*trình diễn công nghệ tưới`).FindStringSubmatch(w.raw("main a[href^='/tasks/']"))
	if found == nil {
		p.Fatalf("the desk of the ward lacks its task: %.900s", w.text("main"))
	}
	p.task = found[1]
	w.follow(fmt.Sprintf("a[href=%q]", p.task))
	w.write("period", "2026")
	w.tick("said", "done")
	p.set(w, "done_on", when.DayOf(time.Now()).String())
	w.write("words", "Đã trình diễn hai buổi, 64 người xem.")
	w.press(fmt.Sprintf(`form[action=%q] button`, p.task+"/reports"))
	p.stands(w, p.task)
	w = p.office
	w.open(p.task)
	if text := w.text("main"); !strings.Contains(text, "64 người xem") {
		p.Errorf("the office does not see the report: %.600s", text)
	}
	w.press(`form[action$="/acceptance"] button`)
	p.stands(w, p.task)
	p.visitor.open(p.task)
	if text := p.visitor.text("main"); !strings.Contains(text, "Hoàn thành đúng hạn") {
		p.Errorf("the task is not done on time: %.600s", text)
	}
}

func (p *planWay) findAndAnswer() {
	p.Helper()
	w := p.inspector
	w.open("/rounds/new?plan=" + strings.TrimPrefix(p.plan, "/plans/"))
	w.choose("kind", "inspection")
	w.write("subject.vi", "Kiểm tra trình diễn công nghệ tưới")
	w.write("holder", "Thanh tra thành phố (bản trình diễn)")
	w.write("decision", "21/QĐ-TTr")
	p.set(w, "begins_on", when.DayOf(time.Now()).String())
	w.tick("is_public", "1")
	w.press(`form[action="/rounds"] button`)
	p.stands(w, `/rounds/[0-9a-f-]+`)
	round := w.path()
	w.write("words", "Chưa có danh sách người xem. Đề nghị bổ sung.")
	w.write("clause", "II.1#1")
	w.choose("owner", p.option(w, "owner", p.wardName))
	p.set(w, "due_on", when.DayOf(time.Now()).AddDays(10).String())
	w.press(`form[action$="/findings"] button`)
	p.stands(w, round)
	finding := regexp.MustCompile(`/findings/[0-9a-f-]+`).FindString(w.raw(`main a[href^="/findings/"]`))
	p.ward.open(finding)
	p.ward.write("answer", "Đã gửi danh sách 64 người.")
	p.ward.press(`form[action$="/answers"] button`)
	p.stands(p.ward, finding)
	w.open(finding)
	w.press(`form[action$="/decision"] button[value=close]`)
	p.stands(w, finding)
	p.visitor.open(round)
	if text := p.visitor.text("main"); !strings.Contains(text, "1 đã kết thúc") {
		p.Errorf("the finding is not closed for the public: %.600s", text)
	}
}

func (p *planWay) review() {
	p.Helper()
	w := p.office
	w.open("/reviews/new?plan=" + strings.TrimPrefix(p.plan, "/plans/"))
	w.press(`form[action="/reviews"] button`)
	p.stands(w, `/reviews/[0-9a-f-]+/edit`)
	review := strings.TrimSuffix(w.path(), "/edit")
	for _, part := range programme.ReviewParts {
		form := fmt.Sprintf(`form[action=%q]`, review+"/parts/"+part)
		if !strings.Contains(w.text(form), programme.Blank) {
			continue
		}
		w.b.Text(p, fmt.Sprintf(`(() => { const at = document.getElementById(%q); at.value = at.value.replaceAll('[…]', 'đã rà soát') })()`, part+"-vi"))
		w.press(form + " button")
		p.stands(w, review+"/edit.*")
	}
	w.write("symbol", "88/BC-SKHCN")
	p.set(w, "issued_on", when.DayOf(time.Now()).String())
	w.write("signer_name", "Lâm Thị Kế")
	w.press(`form[action$="/document"] button`)
	p.stands(w, review+"/edit.*")
	w.press(`form[action$="/issue"] button`)
	p.stands(w, review)
	p.visitor.open(review)
	if text := p.visitor.text("main .sheet"); !strings.Contains(text, "88/BC-SKHCN") || !strings.Contains(text, "100") {
		p.Errorf("the public does not see the issued review with its figures: %.900s", text)
	}
	p.visitor.follow(`.sheet a[href$="/figures/done"]`)
	if text := p.visitor.text("main table"); !strings.Contains(text, p.wardName) {
		p.Errorf("the figure does not open its rows: %.600s", text)
	}
}
