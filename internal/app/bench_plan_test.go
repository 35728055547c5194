//go:build linux

package app_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

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

const (
	largeTasks  = 5000
	largeBodies = 600
)

// BenchmarkLargePlan measures a plan of about 400 pages with 5,000 tasks of 600 bodies: reading and
// keeping it, putting it in force, giving its tasks to the bodies, and every page about it.
func BenchmarkLargePlan(b *testing.B) {
	file := largePlan(b)
	if kept := os.Getenv("CHONOI_LARGE_PLAN"); kept != "" {
		if err := os.WriteFile(kept, file, 0o644); err != nil {
			b.Fatal(err)
		}
	}
	var s *app.Server
	b.Run("import", func(b *testing.B) {
		measure(b, func(int) {
			b.StopTimer()
			h := openHouse(b, b.TempDir())
			foundBodies(b, h)
			b.StartTimer()
			p := importLarge(b, h, file)
			b.StopTimer()
			if clauses, err := clausesOf(b, h, p.ID); err != nil || len(clauses) != largeTasks {
				b.Fatalf("%d clauses, %v", len(clauses), err)
			}
			h.Close()
			b.StartTimer()
		})
	})
	folder := b.TempDir()
	h := openHouse(b, folder)
	foundBodies(b, h)
	p := importLarge(b, h, file)
	before := processorTime()
	assignLarge(b, h, p.ID)
	b.Logf("put in force and all given away: %v of processor time", (processorTime() - before).Round(time.Millisecond))
	if err := h.Close(); err != nil {
		b.Fatal(err)
	}
	s, err := openHouse(b, folder).OpenDoors(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	b.Run("board", func(b *testing.B) {
		measure(b, func(int) {
			err := s.DB.View(b.Context(), func(tx *db.Tx) error {
				plan, err := programme.Plans.Get(tx, p.ID)
				if err != nil {
					return err
				}
				board, err := s.Programme.Board(tx, plan, when.DayOf(tx.Now))
				if err == nil && len(board.Lines) != largeTasks {
					b.Fatalf("%d clauses", len(board.Lines))
				}
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		})
	})
	var id string
	b.Run("review", func(b *testing.B) { measure(b, func(int) { id = reviewLarge(b, s, p.ID) }) })
	token := keeper(b, s)
	b.Run("page/review", func(b *testing.B) { insideAs(b, s, token, "/reviews/"+id) })
	b.Run("page/review_edit", func(b *testing.B) { insideAs(b, s, token, "/reviews/"+id+"/edit") })
	b.Run("page/review_figure", func(b *testing.B) { insideAs(b, s, token, "/reviews/"+id+"/figures/overdue") })
	b.Run("review.docx", func(b *testing.B) { insideAs(b, s, token, "/reviews/"+id+"/review.docx") })
	for name, path := range largePages(s, p.ID) {
		b.Run("page/"+name, func(b *testing.B) { insideAs(b, s, token, path) })
	}
}

// reviewLarge freezes the figures of all tasks and writes the review.
func reviewLarge(tb testing.TB, s *app.Server, plan string) (id string) {
	tb.Helper()
	err := s.DB.Update(tb.Context(), func(tx *db.Tx) error {
		p, err := programme.Plans.Get(tx, plan)
		if err != nil {
			return err
		}
		today := when.DayOf(tx.Now)
		v := &programme.Review{Kind: "interim", Plan: plan, From: today.AddDays(-180), To: today, AsOf: today, Title: lang.Both{Vi: "Sơ kết"}, Layout: "state-2020"}
		figures, err := s.Programme.Freeze(tx, s.Measures, v)
		if err != nil {
			return err
		}
		if len(figures.Tasks) != largeTasks {
			tb.Fatalf("%d tasks", len(figures.Tasks))
		}
		err = programme.BeginReview(tx, system, v, figures, review.Written(s.Words, []*programme.Plan{p}, v, figures))
		id = v.ID
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return id
}

// insideAs measures a page within the process for somebody in a session.
func insideAs(b *testing.B, s *app.Server, token, path string) {
	handler, size := s.Web.Handler(), 0
	measure(b, func(int) {
		r := httptest.NewRequest(http.MethodGet, path, nil)
		r.AddCookie(&http.Cookie{Name: "chonoi", Value: token})
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatalf("%s: %d %.400s", path, w.Code, w.Body)
		}
		size = w.Body.Len()
	})
	b.ReportMetric(float64(size)/1000, "kB")
}

// largePages are the pages of a plan, each by its name.
func largePages(s *app.Server, plan string) map[string]string {
	of := "/plans/" + plan
	return map[string]string{"plans": "/plans", "plan": of, "plan_overdue": of + "?standing=overdue", "clause": of + "/clauses/II.3-4~1", "reading": of + "/reading",
		"assignments": of + "/assignments", "handover": of + "/handover", "tasks": "/desk/tasks", "classes": "/bodies/classes", "csv": of + "/clauses.csv",
		"first": "/programme", "first_rows": "/programme/rows/overdue", "first_bodies": "/programme/bodies", "timeline": of + "/timeline", "timeline_groups": of + "/timeline?by=group", "timeline_group": of + "/timeline?by=group&at=I.1",
		"network": of + "/network", "coverage": of + "/coverage", "links": of + "/links", "letters": "/letters", "reminders": "/desk/reminders", "reviews": "/reviews", "unplanned": "/unplanned", "bodies": "/organisations?kind=peoples_committee", "budget": of + "/budget", "budget_body": of + "/budget?by=body"}
}

// largeBody is what one of the bodies is called.
func largeBody(i int) string { return fmt.Sprintf("Ủy ban nhân dân phường Tân Lập %d", i+1) }

// foundBodies founds the bodies that the plan names, two of which end.
func foundBodies(tb testing.TB, h *app.House) {
	tb.Helper()
	err := h.DB.Update(tb.Context(), func(tx *db.Tx) error {
		for i := range largeBodies {
			o := &registry.Organisation{Kind: "peoples_committee", Name: lang.Both{Vi: largeBody(i), En: fmt.Sprintf("People's Committee of Tan Lap %d", i+1)}}
			if err := registry.Plant(tx, "system", o); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
}

var system = account.Actor{ID: "system"}

func importLarge(tb testing.TB, h *app.House, file []byte) *programme.Plan {
	tb.Helper()
	text, err := prose.Read(tb.Context(), "ke-hoach.docx", bytes.NewReader(file), int64(len(file)))
	if err != nil {
		tb.Fatal(err)
	}
	read, err := reading.Read(text, "ke-hoach.docx")
	if err != nil {
		tb.Fatal(err)
	}
	draft := programme.DraftOf(read)
	draft.Plan.Public = true
	draft.Plan.Name = lang.Both{Vi: "Kế hoạch lớn", En: "Large plan"}
	err = h.DB.Update(tb.Context(), func(tx *db.Tx) error { return programme.Keep(tx, system, draft) })
	if err != nil {
		tb.Fatal(err)
	}
	return &draft.Plan
}

func clausesOf(tb testing.TB, h *app.House, plan string) (all []programme.Clause, err error) {
	tb.Helper()
	err = h.DB.View(tb.Context(), func(tx *db.Tx) error {
		all, err = programme.Clauses(tx, plan)
		return err
	})
	return all, err
}

// assignLarge puts the plan in force and gives each clause to one of the bodies.
func assignLarge(tb testing.TB, h *app.House, plan string) {
	tb.Helper()
	err := h.DB.Update(tb.Context(), func(tx *db.Tx) error {
		p, err := programme.Plans.Get(tx, plan)
		if err != nil {
			return err
		}
		if err := programme.Look(tx, system, p); err != nil {
			return err
		}
		if p, err = programme.Plans.Get(tx, plan); err != nil {
			return err
		}
		if err := h.Programme.Start(tx, system, p); err != nil {
			return err
		}
		if p, err = programme.Plans.Get(tx, plan); err != nil {
			return err
		}
		bodies, err := registry.Organisations.Find(tx, "ORDER BY id")
		if err != nil {
			return err
		}
		clauses, err := programme.Clauses(tx, plan)
		if err != nil {
			return err
		}
		today := when.DayOf(tx.Now)
		var orders []programme.Order
		for i, c := range clauses {
			orders = append(orders, programme.Order{Clause: c.Path, Body: bodies[i%len(bodies)].ID, Role: programme.Lead, Basis: p.Symbol, From: p.From, Due: today.AddDays(i%400 - 120), DueBasis: p.Symbol})
		}
		return h.Programme.Assign(tx, system, p, orders...)
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// largePlan writes the document: five sections of forty groups of twenty-five tasks.
func largePlan(tb testing.TB) []byte {
	var paragraphs []string
	add := func(text string) { paragraphs = append(paragraphs, text) }
	for _, line := range []string{"ỦY BAN NHÂN DÂN THÀNH PHỐ", "Số: 912/KH-UBND", "Cần Thơ, ngày 15 tháng 01 năm 2026", "KẾ HOẠCH", "Phát triển khoa học, công nghệ và đổi mới sáng tạo giai đoạn 2026 - 2030"} {
		add(line)
	}
	words := strings.Fields("nghiên cứu ứng dụng tiến bộ khoa học và công nghệ vào sản xuất nông nghiệp chế biến bảo quản trái cây thủy sản lúa gạo xây dựng cơ sở dữ liệu về công nghệ chào bán và nhu cầu công nghệ của hợp tác xã doanh nghiệp trên địa bàn phường tổ chức trình diễn kết nối cung cầu đào tạo kỹ năng quản trị")
	n := 0
	for section, roman := range []string{"I", "II", "III", "IV", "V"} {
		add(fmt.Sprintf("%s- NHIỆM VỤ NHÓM THỨ %d", roman, section+1))
		for group := range 40 {
			add(fmt.Sprintf("%d. Nhóm nhiệm vụ về công nghệ số %d", group+1, group+1))
			for range 25 {
				var text strings.Builder
				fmt.Fprintf(&text, "- %s chủ trì", largeBody(n%largeBodies))
				for w := range 34 {
					text.WriteString(" " + words[(n*7+w)%len(words)])
				}
				fmt.Fprintf(&text, ", hoàn thành trước ngày %02d/%d/%d.", n%28+1, n%12+1, 2026+n%4)
				add(text.String())
				n++
			}
		}
	}
	return wordFile(tb, paragraphs)
}

// wordFile is a Word document of plain paragraphs.
func wordFile(tb testing.TB, paragraphs []string) []byte {
	tb.Helper()
	var text strings.Builder
	text.WriteString(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>`)
	for _, p := range paragraphs {
		text.WriteString(`<w:p><w:pPr><w:spacing w:after="120" w:line="360" w:lineRule="auto"/></w:pPr><w:r><w:rPr><w:sz w:val="28"/></w:rPr><w:t xml:space="preserve">` + p + `</w:t></w:r></w:p>`)
	}
	text.WriteString(`</w:body></w:document>`)
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>`},
		{"_rels/.rels", `<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>`},
		{"word/document.xml", text.String()},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			tb.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		tb.Fatal(err)
	}
	return out.Bytes()
}

// keeper is somebody of the programme office in a session.
func keeper(tb testing.TB, s *app.Server) (token string) {
	tb.Helper()
	err := s.DB.Update(tb.Context(), func(tx *db.Tx) error {
		who, err := s.Accounts.EnsureDemo(tx, account.Person{Email: "ke-hoach@phong.example", Name: "Bùi Thị Kế", Locale: lang.Vi, Roles: []account.Role{account.ProgrammeOffice}, Password: app.DemoPassword})
		if err != nil {
			return err
		}
		entry, err := s.Accounts.EnterBy(tx, who, "test", account.Visit{})
		token = entry.Token
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return token
}
