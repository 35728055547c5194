package app

import (
	"bytes"
	"context"
	"embed"
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/document/prose"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/reading"
	"chonoi/internal/when"
)

// seedPlans are two invented plans: the seed city's, and that of a ward which carries it out.
//
//go:embed seed/plan_*.txt
var seedPlans embed.FS

// planter acts for the seed city.
var planter = account.Actor{ID: "system", Name: "seed"}

// readPlan reads one of the seed's plans.
func readPlan(ctx context.Context, name string) (*programme.Draft, error) {
	raw, err := seedPlans.ReadFile("seed/" + name)
	if err != nil {
		return nil, err
	}
	text, err := prose.Read(ctx, name, bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	plan, err := reading.Read(text, name)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return programme.DraftOf(plan), nil
}

// plantPlan keeps a plan of the seed and puts it in force.
func (h *House) plantPlan(tx *db.Tx, draft *programme.Draft, name lang.Both, owner string) (*programme.Plan, error) {
	draft.Plan.Name, draft.Plan.Owner, draft.Plan.Public = name, owner, true
	if err := programme.Keep(tx, planter, draft); err != nil {
		return nil, err
	}
	p, err := programme.Plans.Get(tx, draft.Plan.ID)
	if err == nil && p.Unread > 0 {
		if err = programme.Look(tx, planter, p); err == nil {
			p, err = programme.Plans.Get(tx, p.ID)
		}
	}
	if err == nil {
		err = h.Programme.Start(tx, planter, p)
	}
	if err != nil {
		return nil, err
	}
	return programme.Plans.Get(tx, p.ID)
}

// seedProgramme plants both plans, who does what, and what they reported until today.
func (h *House) seedProgramme(tx *db.Tx, organisations map[string]string) error {
	city, err := readPlan(tx.Context(), "plan_city.txt")
	if err != nil {
		return err
	}
	p, err := h.plantPlan(tx, city, lang.Both{Vi: "Phát triển thị trường khoa học và công nghệ 2026 - 2030", En: "Developing the market for science and technology 2026-2030"}, organisations["so-khcn"])
	if err != nil {
		return err
	}
	if err := h.seedTasks(tx, p, organisations); err != nil {
		return err
	}
	if err := programme.Bind(tx, planter, seedRules(p.ID)...); err != nil {
		return err
	}
	if err := h.seedBodies(tx, p, organisations); err != nil {
		return err
	}
	if err := h.seedOverview(tx, p); err != nil {
		return err
	}
	ward, err := readPlan(tx.Context(), "plan_ward.txt")
	if err != nil {
		return err
	}
	if err := ward.CarriedOut(tx, p.ID); err != nil {
		return err
	}
	local, err := h.plantPlan(tx, ward, lang.Both{Vi: "Kế hoạch của phường Bến Ninh", En: "Plan of Ben Ninh ward"}, organisations["ubnd-phuong-ben-ninh"])
	if err != nil {
		return err
	}
	if err := h.seedDerived(tx, p, organisations); err != nil {
		return err
	}
	if err := h.seedRegisters(tx, p, organisations); err != nil {
		return err
	}
	if err := h.seedRounds(tx, p, organisations); err != nil {
		return err
	}
	if err := h.seedFollowUp(tx, local, organisations); err != nil {
		return err
	}
	return h.seedReviews(tx, p)
}

// seedOrder is a task of the seed: whose, of which clause, when it is due, and what was reported.
type seedOrder struct {
	body, clause, recurrence string
	due, done                int // days from today; 0 is none
	said, colour, difficulty string
	accepted                 bool
	words                    string
}

var seedOrders = []seedOrder{
	{body: "so-khcn", clause: "II.1-1#1", due: -146, done: -150, said: "done", accepted: true, words: "Sàn mở cho công chúng; quy trình kiểm tra tin đã ban hành."},
	{body: "so-khcn", clause: "II.1-1#2", due: 8, said: "running", colour: "green", words: "Đã có hơn 100 công nghệ chào bán được kiểm tra."},
	{body: "so-khcn", clause: "II.1-2#1", recurrence: programme.Continuous},
	{body: "so-khcn", clause: "II.1-2#2", due: 38, recurrence: "FREQ=MONTHLY;INTERVAL=3", said: "running", colour: "green", words: "Số liệu quý III đã công bố."},
	{body: "so-nong-nghiep", clause: "II.2-1#1", due: -54, said: "blocked", colour: "red", difficulty: "data", words: "Còn ba huyện cũ chưa gửi danh sách."},
	{body: "so-nong-nghiep", clause: "II.2-1#2", due: 15, said: "running", colour: "amber", words: "Đã tổ chức hai buổi, còn hai buổi."},
	{body: "so-khcn", clause: "II.3-1#1"},
	{body: "ubnd-phuong-ben-ninh", clause: "III.1#1", due: -237, done: -230, said: "done", accepted: true, words: "Đã ban hành kế hoạch của phường."},
	{body: "ubnd-xa-vam-rach", clause: "III.1#1", due: -237},
	{body: "so-khcn", clause: "III.2#2", due: 38, recurrence: "FREQ=MONTHLY;INTERVAL=6"},
}

func (h *House) seedTasks(tx *db.Tx, p *programme.Plan, organisations map[string]string) error {
	today := when.DayOf(tx.Now)
	day := func(n int) when.Day {
		if n == 0 {
			return when.Day{}
		}
		return today.AddDays(n)
	}
	for _, o := range seedOrders {
		order := programme.Order{Clause: o.clause, Body: organisations[o.body], Role: programme.Lead, Basis: p.Symbol, From: p.From, Due: day(o.due), Recurrence: o.recurrence}
		if o.due != 0 {
			order.DueBasis = p.Symbol + ", " + o.clause
		}
		if err := h.Programme.Assign(tx, planter, p, order); err != nil {
			return err
		}
		if o.said == "" {
			continue
		}
		all, err := programme.Tasks.Find(tx, "WHERE plan = ? AND clause = ? AND owner = ?", p.ID, o.clause, order.Body)
		if err != nil {
			return err
		}
		if err := seedReport(tx, all[0], o, day(o.done)); err != nil {
			return err
		}
	}
	return nil
}

func seedReport(tx *db.Tx, t *programme.Task, o seedOrder, done when.Day) error {
	r := programme.Progress{Period: tx.Now.In(when.Zone).Format("2006-01"), Said: o.said, Done: done, Words: o.words, Difficulty: o.difficulty, Confidence: o.colour}
	if o.colour == "amber" || o.colour == "red" {
		r.Why = "Chậm so với tiến độ đã đăng ký."
	}
	if o.difficulty != "" {
		r.Proposal = "Làm việc trực tiếp với từng xã trong tháng tới."
	}
	id, err := programme.File(tx, planter, t, r)
	if err != nil || !o.accepted {
		return err
	}
	now, err := programme.Tasks.Get(tx, t.ID)
	if err != nil {
		return err
	}
	return programme.Accept(tx, planter, now, id)
}

// seedRules bind clauses of the seed's plan to what the platform counts.
func seedRules(plan string) []programme.Rule {
	const decision = "12/KH-UBND"
	return []programme.Rule{
		{Plan: plan, Clause: "II.1-1#2", Mission: "H19", Measure: "offers_on_floor", Version: 1, Target: 100, TargetBasis: decision},
		{Plan: plan, Clause: "II.1-1#2", Mission: "H20", Measure: "needs_on_floor", Version: 1, Target: -1},
		{Plan: plan, Clause: "II.1-2#1", Mission: "H20", Measure: "needs_answered", Version: 1, Target: -1},
		{Plan: plan, Clause: "II.3-1#1", Mission: "H07", Measure: "partners_connected", Version: 1, Target: -1},
		{Plan: plan, Clause: "II.3-1#1", Mission: "H03", Measure: "application_centres", Version: 1, Target: -1},
	}
}
