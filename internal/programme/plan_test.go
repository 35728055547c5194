package programme_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/programmetest"
	"chonoi/internal/when"
)

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func update(t testing.TB, d *db.DB, fn func(tx *db.Tx)) {
	t.Helper()
	must(t, d.Update(t.Context(), func(tx *db.Tx) error { fn(tx); return nil }))
}

func fieldsOf(err error) []string {
	f, ok := fault.As(err)
	if !ok {
		return nil
	}
	var all []string
	for _, one := range f.Fields {
		all = append(all, one.Field)
	}
	return all
}

func TestAPlanIsKeptWordForWord(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		draft := programmetest.Draft()
		update(t, d, func(tx *db.Tx) {
			must(t, programme.Keep(tx, programmetest.Office, draft))
			nodes, err := programme.Nodes(tx, draft.Plan.ID)
			must(t, err)
			clauses, err := programme.Clauses(tx, draft.Plan.ID)
			must(t, err)
			text, err := programme.PlanText(tx, draft.Plan.ID)
			must(t, err)
			if diff := cmp.Diff(draft.Nodes, nodes) + cmp.Diff(draft.Clauses, clauses) + cmp.Diff(draft.Text, text); diff != "" {
				t.Error(diff)
			}
			p, err := programme.Plans.Get(tx, draft.Plan.ID)
			must(t, err)
			if p.State != "draft" || p.Unread != 1 || p.Name.Vi != "KẾ HOẠCH 08-KH/TU" {
				t.Errorf("kept as %s, %d doubtful, %q", p.State, p.Unread, p.Name.Vi)
			}
			if err := programme.PutInForce(tx, programmetest.Office, p); fault.KindOf(err) != fault.Invalid {
				t.Errorf("a plan with doubtful places went into force: %v", err)
			}
		})
	}, programmetest.Schemas...)
}

func TestADraftIsSeenByTheProgrammeOfficeAlone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		update(t, d, func(tx *db.Tx) {
			draft := programmetest.Draft()
			must(t, programme.Keep(tx, programmetest.Office, draft))
			for _, a := range []account.Actor{{}, programmetest.Outsider, programmetest.Department} {
				if _, err := programme.PlanOf(tx, a, draft.Plan.ID); fault.KindOf(err) != fault.NotFound {
					t.Errorf("%q sees a draft: %v", a.Name, err)
				}
			}
			p := programmetest.Force(t, tx, draft.Plan.ID)
			if _, err := programme.PlanOf(tx, account.Actor{}, p.ID); err != nil {
				t.Error("a public plan in force is not seen by a visitor:", err)
			}
			for _, a := range []account.Actor{programmetest.Inspector, programmetest.Department, {}} {
				if _, err := programme.LedPlan(tx, a, p.ID); fault.KindOf(err) != fault.Forbidden {
					t.Errorf("%q may write in the plan: %v", a.Name, err)
				}
			}
		})
	}, programmetest.Schemas...)
}

func TestWhatAPlanDoesNotPrintIsAskedFor(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		update(t, d, func(tx *db.Tx) {
			draft := programmetest.Draft()
			draft.Plan.Symbol, draft.Plan.Issued, draft.Plan.Issuer = "", when.Day{}, ""
			must(t, programme.Keep(tx, programmetest.Office, draft))
			p, err := programme.Plans.Get(tx, draft.Plan.ID)
			must(t, err)
			err = programme.PutInForce(tx, programmetest.Office, p)
			if diff := cmp.Diff([]string{"symbol", "issued_on", "issuer", "unread"}, fieldsOf(err)); diff != "" {
				t.Error(diff)
			}
		})
	}, programmetest.Schemas...)
}

func TestANoteStandsBesideTheUntouchedWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		update(t, d, func(tx *db.Tx) {
			p := programmetest.InForce(t, tx)
			_, err := programme.AddNote(tx, programmetest.Office, programme.Note{Plan: p.ID, Place: "I.1#1", Field: "text", Old: "sản", Now: "sàn"})
			must(t, err)
			c, err := programme.ClauseOf(tx, p.ID, "I.1#1")
			must(t, err)
			must(t, programme.Tell(tx, programmetest.Office, p.ID, c, lang.Both{Vi: "Mở sàn", En: "Open the exchange"}))
			c, err = programme.ClauseOf(tx, p.ID, "I.1#1")
			must(t, err)
			notes, err := programme.Notes(tx, p.ID)
			must(t, err)
			if c.Text != "Hình thành sàn giao dịch;" || c.Says().En != "Open the exchange" || len(notes) != 1 || notes[0].Now != "sàn" {
				t.Errorf("clause %+v, notes %+v", c, notes)
			}
		})
	}, programmetest.Schemas...)
}
