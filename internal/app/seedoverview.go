package app

import (
	"chonoi/internal/db"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// seedSum is a sum that the seed declares for the task of a clause, in million đồng.
type seedSum struct {
	clause, source string
	year           int
	planned, spent int64 // spent -1 while nobody told
}

var seedSums = []seedSum{
	{"II.1-1#1", "Ngân sách thành phố", 0, 1850, 1790},
	{"II.1-1#2", "Ngân sách thành phố", 0, 960, 412},
	{"II.1-1#2", "Ngân sách thành phố", 1, 640, -1},
	{"II.1-2#2", "Ngân sách thành phố", 0, 120, 88},
	{"II.2-1#1", "Ngân sách thành phố", 0, 300, 0},
	{"II.2-1#2", "Ngân sách thành phố", 0, 420, 205},
	{"II.2-1#2", "Doanh nghiệp đóng góp", 0, 180, 95},
}

// seedMoves are the tasks whose due day an invented decision moved by some weeks.
var seedMoves = []struct{ clause, reason, decision string }{
	{"II.1-1#2", "Chờ chuẩn hóa danh mục ngành", "88/TB-UBND (bản trình diễn)"},
	{"II.2-1#2", "Dời sau vụ thu hoạch", "95/TB-UBND (bản trình diễn)"},
}

// seedOverview plants two cited documents that hold no longer, sums, and due days that were moved.
func (h *House) seedOverview(tx *db.Tx, p *programme.Plan) error {
	today := when.DayOf(tx.Now)
	for _, m := range []programme.Mark{
		{Symbol: "318/QĐ-UBND", Issued: when.Day{Year: 2025, Month: 5, Date: 5}, State: "replaced", ReplacedBy: "77/QĐ-UBND", Since: today.AddDays(-60), Basis: "77/QĐ-UBND, Điều 4 (bản trình diễn)"},
		{Symbol: "27/KH-UBND", Issued: when.Day{Year: 2025, Month: 2, Date: 20}, State: "replaced", ReplacedBy: "41/KH-UBND", Since: today.AddDays(-90), Basis: "41/KH-UBND, mục IV (bản trình diễn)"},
		{Symbol: "45/CTr-UBND", Issued: when.Day{Year: 2025, Month: 3, Date: 10}, State: "in_force", Since: when.Day{Year: 2025, Month: 3, Date: 10}, Basis: "45/CTr-UBND (bản trình diễn)"},
	} {
		if err := programme.MarkDocument(tx, planter, m); err != nil {
			return err
		}
	}
	const million = 1_000_000
	for _, s := range seedSums {
		t, err := seedTask(tx, p.ID, s.clause)
		if err != nil {
			return err
		}
		l := programme.BudgetLine{Year: today.Year + s.year, Source: s.source, Planned: s.planned * million, Spent: max(s.spent*million, -1), Basis: "09/NQ-HĐND (bản trình diễn)"}
		if err := programme.TellBudget(tx, planter, t, l); err != nil {
			return err
		}
	}
	for _, m := range seedMoves {
		t, err := seedTask(tx, p.ID, m.clause)
		if err != nil {
			return err
		}
		if err := programme.MoveDue(tx, planter, t, today.AddDays(38), m.reason, m.decision); err != nil {
			return err
		}
	}
	return nil
}

// seedTask returns the first task of a clause.
func seedTask(tx *db.Tx, plan, clause string) (*programme.Task, error) {
	all, err := programme.Tasks.Find(tx, "WHERE plan = ? AND clause = ? ORDER BY id LIMIT 1", plan, clause)
	if err != nil {
		return nil, err
	}
	return all[0], nil
}
