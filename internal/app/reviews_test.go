package app_test

import (
	"encoding/csv"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/account"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/document/prose"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/reading"
	"chonoi/internal/programme/review"
	"chonoi/internal/registry"
	"chonoi/internal/when"
)

// keeperOfBodies is the programme office, which also keeps the bodies.
var keeperOfBodies = account.Actor{ID: "office", Roles: []account.Role{account.ProgrammeOffice}}

// districts are the party committees of the districts of the city before July 2025.
var districts = []string{"Ninh Kiều", "Cái Răng", "Bình Thủy", "Ô Môn", "Thốt Nốt", "Phong Điền", "Cờ Đỏ", "Thới Lai", "Vĩnh Thạnh"}

// past is a plan whose bodies are reorganised in July 2025.
type past struct {
	*testing.T
	s         *app.Server
	plan      *programme.Plan
	districts []string
	communes  []string
}

// on does something as of a day that has passed.
func (p *past) on(day string, do func(tx *db.Tx) error) {
	p.Helper()
	at, err := when.ParseDay(day)
	must(p.T, err)
	must(p.T, p.s.DB.Update(p.Context(), func(tx *db.Tx) error {
		tx.Now = at.Start().Add(9 * time.Hour).UTC()
		return do(tx)
	}))
}

func dayOf(text string) when.Day {
	d, err := when.ParseDay(text)
	if err != nil {
		panic(err)
	}
	return d
}

// begin puts the plan in force in spring and gives a clause to the districts; one of them reports.
func (p *past) begin() {
	p.Helper()
	file, err := os.Open("../../../shared/data/plan/ke-hoach-69-KL-TW.txt")
	must(p.T, err)
	defer file.Close()
	info, err := file.Stat()
	must(p.T, err)
	text, err := prose.Read(p.Context(), "ke-hoach.txt", file, info.Size())
	must(p.T, err)
	read, err := reading.Read(text, "ke-hoach.txt")
	must(p.T, err)
	draft := programme.DraftOf(read)
	draft.Plan.Symbol, draft.Plan.Issuer, draft.Plan.Issued, draft.Plan.Public = "99-KH/TU", "Ban Thường vụ Thành ủy", dayOf("2024-03-01"), true
	draft.Plan.Name = lang.Both{Vi: "Triển khai Kết luận 69-KL/TW", En: "Carrying out Conclusion 69-KL/TW"}
	p.on("2025-03-01", func(tx *db.Tx) error {
		p.districts = nil
		must(p.T, registry.AddClass(tx, "office", registry.Class{Key: "quan_huyen_uy", Words: lang.Both{Vi: "Các quận ủy, huyện ủy", En: "District party committees"}}))
		for _, name := range districts {
			o := &registry.Organisation{Kind: "party_committee", Name: lang.Both{Vi: "Quận ủy, huyện ủy " + name, En: "Party committee of " + name}}
			must(p.T, registry.Plant(tx, "office", o))
			must(p.T, registry.AddMember(tx, "office", "quan_huyen_uy", o.ID, dayOf("2004-01-01")))
			p.districts = append(p.districts, o.ID)
		}
		one := *draft
		must(p.T, programme.Keep(tx, keeperOfBodies, &one))
		plan, err := programme.Plans.Get(tx, one.Plan.ID)
		must(p.T, err)
		must(p.T, programme.Look(tx, keeperOfBodies, plan))
		plan, err = programme.Plans.Get(tx, plan.ID)
		must(p.T, err)
		must(p.T, p.s.Programme.Start(tx, keeperOfBodies, plan))
		p.plan, err = programme.Plans.Get(tx, plan.ID)
		must(p.T, err)
		return p.s.Programme.Assign(tx, keeperOfBodies, p.plan, programme.Order{Clause: "III.1#2", Class: "quan_huyen_uy", Role: programme.Execute, Basis: "99-KH/TU", From: dayOf("2025-03-01"), Due: dayOf("2025-06-20"), DueBasis: "99-KH/TU"})
	})
	p.report("2025-06-12", p.districts[0], "done", true)
	p.report("2025-06-18", p.districts[1], "running", false)
}

// report has a body report on its task, and the office accept it.
func (p *past) report(day, body, said string, accept bool) {
	p.Helper()
	p.on(day, func(tx *db.Tx) error {
		all, err := programme.Tasks.Find(tx, "WHERE plan = ? AND owner = ? AND state = 'open' ORDER BY id", p.plan.ID, body)
		must(p.T, err)
		r := programme.Progress{Period: "2025", Said: said, Words: "Đã xây dựng kế hoạch", Difficulty: "people", Proposal: "Bổ sung người"}
		if said == "done" {
			r.Done = dayOf(day)
		}
		id, err := programme.File(tx, keeperOfBodies, all[0], r)
		if err != nil || !accept {
			return err
		}
		now, err := programme.Tasks.Get(tx, all[0].ID)
		must(p.T, err)
		return programme.Accept(tx, keeperOfBodies, now, id)
	})
}

// reorganise ends the districts on 1 July 2025: 103 communes follow.
func (p *past) reorganise() {
	p.Helper()
	file, err := os.Open("../../../shared/data/cantho_communes_2025.csv")
	must(p.T, err)
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	must(p.T, err)
	p.on("2025-07-02", func(tx *db.Tx) error {
		p.communes = nil
		c := registry.Communes{Actor: keeperOfBodies, Body: "party_committee", Class: "quan_huyen_uy", From: dayOf("2025-07-01"), Words: p.s.Words}
		for _, row := range rows[1:] {
			if _, err := c.Take(tx, registry.Commune{Code: row[0], Kind: row[2], Name: row[3]}); err != nil {
				return err
			}
		}
		for _, id := range p.districts {
			must(p.T, registry.EndMember(tx, "office", "quan_huyen_uy", id, dayOf("2025-06-30")))
		}
		all, err := registry.Members(tx, "quan_huyen_uy", dayOf("2025-07-01"))
		must(p.T, err)
		p.communes = all
		return registry.Succeed(tx, "office", registry.Succession{From: p.districts, To: all, Kind: "merge", On: dayOf("2025-07-01"), Decision: "1668/NQ-UBTVQH15"})
	})
	if len(p.communes) != 103 {
		p.Fatalf("%d communes", len(p.communes))
	}
}

// TestReportsOfJune2025PrintTheSameAfterTheReorganisation issues a review of 30 June 2025, has the
// districts end, hands their tasks over, has the communes report, and prints the review again; one
// that is begun afterwards as of the same day has the same figures.
func TestReportsOfJune2025PrintTheSameAfterTheReorganisation(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		p := &past{T: t, s: s}
		p.begin()
		v := &programme.Review{Kind: "interim", From: dayOf("2025-01-01"), To: dayOf("2025-06-30"), AsOf: dayOf("2025-06-30"), Title: lang.Both{Vi: "Sơ kết sáu tháng đầu năm 2025"}, Public: true,
			Symbol: "12-BC/TU", Issued: dayOf("2025-06-30"), Issuer: "Thành ủy Cần Thơ", Signer: "Phạm Văn Hiếu", Layout: "party-2018", SentTo: "Ban Thường vụ\nLưu Văn phòng"}
		p.on("2025-06-30", func(tx *db.Tx) error {
			one := *v
			one.Plan, one.Owner = p.plan.ID, p.plan.Owner
			figures, err := s.Programme.Freeze(tx, s.Measures, &one)
			must(t, err)
			words := review.Written(s.Words, []*programme.Plan{p.plan}, &one, figures)
			for i := range words {
				words[i].Text.Vi = strings.ReplaceAll(words[i].Text.Vi, programme.Blank, "")
			}
			must(t, programme.BeginReview(tx, keeperOfBodies, &one, figures, words))
			kept, err := programme.Reviews.Get(tx, one.ID)
			must(t, err)
			v.ID = one.ID
			return programme.IssueReview(tx, keeperOfBodies, kept)
		})
		visitor := chief{t, s, ""}
		papers := func() (all []string) {
			for _, path := range []string{"/review.docx", "", "/figures/tasks", "/figures/overdue", "/figures.csv"} {
				all = append(all, visitor.call("GET", "/reviews/"+v.ID+path, nil, 200))
			}
			return all
		}
		before, frozen := papers(), p.frozen(v)
		if !strings.Contains(before[3], "Quận ủy, huyện ủy Cái Răng") || strings.Contains(before[3], "Ninh Kiều") {
			t.Error("the overdue tasks of June are not those of the districts that did not report")
		}
		p.reorganise()
		p.on("2025-07-10", func(tx *db.Tx) error {
			for i, body := range p.districts {
				if _, err := programme.HandOver(tx, keeperOfBodies, p.plan, programme.Handover{Body: body, Successors: p.communes[i*11 : i*11+11], From: dayOf("2025-07-01"), Decision: "1668/NQ-UBTVQH15"}); err != nil {
					return err
				}
			}
			return nil
		})
		p.report("2025-07-20", p.communes[11], "done", true)
		for i, after := range papers() {
			if after != before[i] {
				t.Errorf("paper %d is another one after the reorganisation", i)
			}
		}
		if diff := cmp.Diff(frozen, p.frozen(v)); diff != "" {
			t.Errorf("the figures of June 2025 are others when they are taken in July: %s", diff)
		}
		july := p.frozen(&programme.Review{Plan: p.plan.ID, From: dayOf("2025-01-01"), To: dayOf("2025-12-31"), AsOf: dayOf("2025-07-31")})
		if cmp.Equal(july.Tasks, frozen.Tasks) || !slices.Equal(july.Breaks, []when.Day{dayOf("2025-07-01")}) {
			t.Errorf("the figures of July do not differ, or do not say when bodies ended: %v", july.Breaks)
		}
		p.nothingOfItChanges(v.ID)
	})
}

// frozen takes the figures of a review now.
func (p *past) frozen(v *programme.Review) (f *programme.Figures) {
	p.Helper()
	must(p.T, p.s.DB.Update(p.Context(), func(tx *db.Tx) (err error) {
		one := *v
		one.Plan = p.plan.ID
		f, err = p.s.Programme.Freeze(tx, p.s.Measures, &one)
		return err
	}))
	return f
}

// nothingOfItChanges tries every way of changing an issued review: the pages, the functions and the
// database itself.
func (p *past) nothingOfItChanges(id string) {
	p.Helper()
	office := somebody(p.T, p.s, "chuongtrinh@so-khcn.example")
	office.call("GET", "/reviews/"+id+"/edit", nil, 409)
	office.call("POST", "/reviews/"+id+"/parts/setting", url.Values{"words.vi": {"khác"}}, 409)
	office.call("POST", "/reviews/"+id+"/document", url.Values{"symbol": {"1"}}, 409)
	office.call("POST", "/reviews/"+id+"/issue", nil, 409)
	for _, query := range []string{"UPDATE plan_review SET title_vi = 'khác' WHERE id = ?", "UPDATE plan_review_part SET words_vi = 'khác' WHERE review = ?",
		"UPDATE plan_review_figures SET figures = '{}' WHERE review = ?", "DELETE FROM plan_review_part WHERE review = ?", "DELETE FROM plan_review_figures WHERE review = ?", "DELETE FROM plan_review WHERE id = ?"} {
		err := p.s.DB.Update(p.Context(), func(tx *db.Tx) error {
			_, err := tx.Exec(query, id)
			return err
		})
		if err == nil || !strings.Contains(err.Error(), "an issued review never changes") {
			p.Errorf("%s: %v", query, err)
		}
	}
	office.has(office.call("POST", "/reviews/"+id+"/correction", url.Values{"reason": {""}}, 422), "Ghi nội dung đính chính")
	next := strings.TrimSuffix(office.led("/reviews/"+id+"/correction", url.Values{"reason": {"Sai số liệu nhóm II.3"}}), "/edit")
	office.call("POST", next+"/document", url.Values{"title.vi": {"Sơ kết sáu tháng, đính chính"}, "symbol": {"13-BC/TU"}, "issued_on": {when.DayOf(time.Now()).String()}, "issuer": {"Thành ủy Cần Thơ"}, "signer_name": {"Lâm"}, "layout": {"party-2026"}, "is_public": {"1"}}, 303)
	office.call("POST", next+"/issue", nil, 303)
	visitor := chief{p.T, p.s, ""}
	visitor.has(visitor.call("GET", next, nil, 200), "Đính chính báo cáo 12-BC/TU", "/reviews/"+id)
	visitor.has(visitor.call("GET", "/reviews/"+id, nil, 200), "Đã được đính chính bằng báo cáo 13-BC/TU", next)
	office.has(office.call("GET", "/reviews", nil, 200), "Sơ kết sáu tháng đầu năm 2025")
}

// TestAReviewIsWrittenAroundItsFiguresAndIssued walks the way of a review over its pages.
func TestAReviewIsWrittenAroundItsFiguresAndIssued(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		office, visitor := somebody(t, s, "chuongtrinh@so-khcn.example"), chief{t, s, ""}
		plan := planOf(t, s, "12/KH-UBND")
		today := when.DayOf(time.Now()).String()
		form := url.Values{"plan": {plan}, "kind": {"interim"}, "period_from": {"2026-01-01"}, "period_to": {today}, "as_of": {"2099-01-01"}}
		office.has(office.call("POST", "/reviews", form, 422), "Ngày chốt số liệu không được ở tương lai", `value="2099-01-01"`)
		form.Set("as_of", today)
		to := office.led("/reviews", form)
		at := strings.TrimSuffix(to, "/edit")
		visitor.call("GET", at, nil, 404)
		page := office.call("GET", to, nil, 200)
		office.has(page, "[[done%]]", "Nhiệm vụ chưa hoàn thành", "[…]")
		office.has(office.call("POST", at+"/parts/judgement", url.Values{"words.vi": {"Đạt [[donee]] nhiệm vụ"}}, 422), "Không có con số [[donee]]", "Đạt [[donee]] nhiệm vụ")
		office.keepsItsFigures(at)
		office.has(office.call("POST", at+"/issue", nil, 422), "Còn chỗ chưa viết", `href="#symbol"`)
		for _, part := range programme.ReviewParts {
			office.call("POST", at+"/parts/"+part, url.Values{"words.vi": {"Có [[tasks]] nhiệm vụ, đạt [[done%]]."}, "words.en": {"[[tasks]] tasks, [[done%]] done."}, "leave_out": figuresIn(page)}, 303)
		}
		office.call("POST", at+"/document", url.Values{"title.vi": {"Sơ kết thử"}, "symbol": {"7/BC-SKHCN"}, "issued_on": {today}, "issuer": {"Sở"}, "signer_name": {"Lâm"}, "layout": {"state-2020"}, "is_public": {"1"}}, 303)
		visitor.call("GET", at, nil, 404)
		office.call("POST", at+"/issue", nil, 303)
		seen := visitor.call("GET", at, nil, 200)
		visitor.has(seen, "7/BC-SKHCN", "/figures/tasks")
		visitor.has(visitor.call("GET", at+"/figures/overdue", nil, 200), "Quá hạn")
		visitor.call("GET", at+"/figures/none", nil, 404)
		visitor.has(visitor.call("GET", at+"/figures.json", nil, 200), `"figure":"overdue"`, `"formula":"Nhiệm vụ chưa xong`)
		visitor.has(visitor.call("GET", "/en"+at, nil, 200), "tasks,")
		inspector := somebody(t, s, "thanhtra@thanh-tra.example")
		inspector.call("GET", at, nil, 200)
		inspector.call("POST", at+"/correction", url.Values{"reason": {"x"}}, 403)
	})
}

// keepsItsFigures has a part lose a figure and alter one: both are refused, and what was typed stays.
func (c chief) keepsItsFigures(at string) {
	c.Helper()
	to, all := at+"/parts/judgement", "Đạt [[done%]] của [[due]] nhiệm vụ; đúng hạn [[on_time%]] của [[done]]."
	page := c.call("POST", to, url.Values{"words.vi": {"Đạt 91% của [[due]] nhiệm vụ; đúng hạn [[on_time%]] của [[done]]."}}, 422)
	c.has(page, "Lời mới làm mất con số đã chốt: [[done%]]", "Đạt 91% của [[due]]", `name="leave_out"`, `value="done%"`)
	c.has(c.call("POST", to, url.Values{"words.vi": {strings.Replace(all, "[[due]]", "1[[due]]", 1)}}, 422), "sẽ in thành con số khác", "1[[due]]")
	c.call("POST", to, url.Values{"words.vi": {all}}, 303)
	c.call("POST", to, url.Values{"words.vi": {strings.Replace(all, " của [[done]]", "", 1)}, "leave_out": {"done"}}, 303)
}

var placedFigure = regexp.MustCompile(`\[\[([^\[\]]+)\]\]`)

// figuresIn returns the keys of all figures that a page shows.
func figuresIn(page string) (keys []string) {
	for _, m := range placedFigure.FindAllStringSubmatch(page, -1) {
		keys = append(keys, m[1])
	}
	return keys
}

// TestABodyReviewsAllThatItHasToDoInAllPlans begins a review of every plan in which a ward has something
// to do: each is a group of its own, and the ward's part alone is counted.
func TestABodyReviewsAllThatItHasToDoInAllPlans(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		ward, office := somebody(t, s, wardOffice), somebody(t, s, programmeHead)
		body := someID(t, s, "organisation", "external_id = 'ubnd-phuong-ben-ninh'")
		today := when.DayOf(time.Now()).String()
		given := url.Values{"plan": {"all"}, "kind": {"interim"}, "period_from": {"2026-01-01"}, "period_to": {today}, "as_of": {today}}
		ward.has(ward.call("POST", "/reviews", given, 422), "Chọn cơ quan mình quản lý")
		given.Set("body", body)
		office.has(office.call("POST", "/reviews", given, 422), "Chọn cơ quan mình quản lý")
		path := strings.TrimSuffix(ward.led("/reviews", given), "/edit")
		ward.has(ward.call("GET", path, nil, 200), "2 kế hoạch sau đây", "12/KH-UBND, Phát triển thị trường", "05/KH-UBND, Kế hoạch của phường")
		rows := ward.call("GET", path+"/figures/tasks", nil, 200)
		ward.has(rows, "05/KH-UBND, I.1#1", "12/KH-UBND, III.1#1")
		ward.hasNot(rows, "II.1-1#1")
		ward.has(ward.call("GET", path+"/figures.json", nil, 200), `"group":"p1"`, `"group":"p2"`)
		somebody(t, s, "muahang@ben-nuoc.example").call("GET", path, nil, 404)
		must(t, s.DB.View(t.Context(), func(tx *db.Tx) error {
			v, err := programme.Reviews.Get(tx, strings.TrimPrefix(path, "/reviews/"))
			if err == nil && (v.Owner != body || len(v.Plans()) != 2 || !v.Public) {
				t.Errorf("the review is of %s, of %d plans, public %v", v.Owner, len(v.Plans()), v.Public)
			}
			return err
		}))
	})
}
