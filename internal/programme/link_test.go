package programme_test

import (
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/programmetest"
)

// TestAProgrammeIsWrittenLinkedAndItsTasksHangOnThoseAbove lets a ward write its own programme, link
// it clause by clause, assign before and after that, and take a link away again.
func TestAProgrammeIsWrittenLinkedAndItsTasksHangOnThoseAbove(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		update(t, d, func(tx *db.Tx) {
			x, ward := programmetest.Open(), programmetest.Ward
			above := programmetest.InForce(t, tx)
			task := oneTask(t, tx, x, above, programme.Order{Clause: "I.1#2", Body: "phuong-cai-khe"})
			_, err := x.Write(tx, ward, programme.Plan{}, nil)
			if got := fieldsOf(err); len(got) != 3 {
				t.Errorf("an empty programme: %v", got)
			}
			mine := programme.Plan{Name: lang.Both{Vi: "Chương trình của phường"}, Kind: "CHƯƠNG TRÌNH", Issuer: "Đảng ủy phường", Parent: above.ID, Public: true}
			mine.Owner = "phuong-cai-khe"
			own, err := x.Write(tx, ward, mine, []string{"Mở chợ công nghệ; mời hộ", "Tổ chức sự kiện hằng năm"})
			must(t, err)
			if own.State != "in_force" || own.Symbol != own.Number || !own.Led(ward) || own.Led(programmetest.Department) {
				t.Errorf("%+v", own)
			}
			clauses, err := programme.Clauses(tx, own.ID)
			must(t, err)
			if len(clauses) != 2 || clauses[0].Path != "1#1" || clauses[1].Text != "Tổ chức sự kiện hằng năm" {
				t.Errorf("%+v", clauses)
			}
			tell := func(clause string) *programme.Task {
				must(t, x.Assign(tx, ward, own, programme.Order{Clause: clause, Body: "phuong-cai-khe", Role: programme.Lead, Basis: own.Symbol}))
				all, err := programme.Tasks.Find(tx, "WHERE plan = ? AND clause = ? ORDER BY id DESC LIMIT 1", own.ID, clause)
				must(t, err)
				return all[0]
			}
			before := tell("2#1")
			link := programme.Link{Plan: own.ID, Clause: "2#1", Parent: above.ID, Place: "I.1#2", Relation: programme.Continues}
			must(t, programme.Connect(tx, ward, link))
			after := tell("2#1")
			if reload(t, tx, before).Parent != task.ID || after.Parent != task.ID {
				t.Errorf("parents %q and %q, want %q", reload(t, tx, before).Parent, after.Parent, task.ID)
			}
			links, err := programme.LinksOf(tx, own.ID)
			if must(t, err); len(links) != 1 || links[0].Relation != programme.Continues {
				t.Errorf("%+v", links)
			}
			must(t, programme.Disconnect(tx, ward, link))
			if got := reload(t, tx, after).Parent; got != "" {
				t.Errorf("it still hangs on %s", got)
			}
		})
	}, programmetest.Schemas...)
}
