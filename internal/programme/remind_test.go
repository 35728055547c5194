package programme_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/ledger"
	"chonoi/internal/programme"
	"chonoi/internal/programme/programmetest"
	"chonoi/internal/when"
	"chonoi/lists"
)

func steps(t testing.TB) *programme.Steps {
	t.Helper()
	s, err := programme.ShippedSteps()
	must(t, err)
	return s
}

func TestTheStepsAreDataAndDoNotOverlap(t *testing.T) {
	s := steps(t)
	var keys []string
	for _, one := range s.Step {
		keys = append(keys, one.Key)
	}
	if diff := cmp.Diff([]string{"T-14", "T-7", "T-1", "T+1"}, keys); diff != "" {
		t.Error(diff)
	}
	due := day(2026, 12, 15)
	for n, want := range map[int]string{-15: "", -14: "T-14", -9: "T-14", -8: "T-14", -7: "T-7", -2: "T-7", -1: "T-1", 0: "T-1", 1: "T+1", 14: "T+1", 15: ""} {
		if step, _ := s.At(due, due.AddDays(n)); step.Key != want {
			t.Errorf("day %+d: %q, want %q", n, step.Key, want)
		}
	}
	for _, wrong := range []string{"", "morning = '7'", strings.Replace(lists.Reminders, "until = -8", "until = -7", 1), strings.Replace(lists.Reminders, "T-14", "", 1),
		lists.Reminders + "\n[[step]]\nkey='x'\nday=3\nuntil=4\n", lists.Reminders + "\ncolour = 'red'\n", "weekday = 9\n" + lists.Reminders} {
		if _, err := programme.ReadSteps(wrong); err == nil {
			t.Errorf("taken: %.60q", wrong)
		}
	}
}

func TestADigestComesOnItsDayOrALittleLater(t *testing.T) {
	s := steps(t)
	for morning, want := range map[when.Day]string{day(2026, 11, 23): "2026-11-23 true", day(2026, 11, 25): "2026-11-23 true", day(2026, 11, 26): "2026-11-23 false", day(2026, 11, 29): "2026-11-23 false"} {
		week, ok := s.Week(1, morning)
		got := week.String()
		if ok {
			got += " true"
		} else {
			got += " false"
		}
		if got != want {
			t.Errorf("%s: %s, want %s", morning, got, want)
		}
	}
	if _, ok := s.Week(0, day(2026, 11, 23)); ok {
		t.Error("a body that wants no digest has one")
	}
}

// remind reminds a department on a morning and returns the steps that were recorded.
func remind(t testing.TB, tx *db.Tx, x *programme.Programme, body string, morning when.Day, readers ...account.ID) (all []string) {
	t.Helper()
	before, err := programme.RemindersSent(tx, "", 1000)
	must(t, err)
	tx.Now = morning.Start().Add(7 * 3600e9)
	_, err = x.Remind(tx, steps(t), body, morning, readers)
	must(t, err)
	after, err := programme.RemindersSent(tx, "", 1000)
	must(t, err)
	for _, r := range after[:len(after)-len(before)] {
		all = append(all, r.Step+" "+r.Due.String()+" "+r.Channel)
	}
	return all
}

func TestEachReminderIsRecordedOnceAndAMovedDayIsRemindedAnew(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, due := programmetest.Open(), day(2027, 3, 20)
		update(t, d, func(tx *db.Tx) {
			p := programmetest.InForce(t, tx)
			task := oneTask(t, tx, x, p, programme.Order{Due: due})
			is := func(morning when.Day, want ...string) {
				t.Helper()
				if diff := cmp.Diff(want, remind(t, tx, x, "so-khcn", morning, "lan", "minh")); diff != "" {
					t.Errorf("%s: %s", morning, diff)
				}
			}
			is(due.AddDays(-15))
			is(due.AddDays(-14), "T-14 2027-03-20 mail")
			is(due.AddDays(-14))
			is(due.AddDays(-13))
			is(due.AddDays(-6), "T-7 2027-03-20 mail") // the seventh day passed while no server ran
			is(due.AddDays(-7))                        // a clock that was set back
			later := due.AddDays(8)
			must(t, programme.MoveDue(tx, programmetest.Office, task, later, "Chờ kinh phí", "99-QĐ/UBND"))
			is(due.AddDays(-5), "T-14 2027-03-28 mail")
			is(later.AddDays(-7), "T-7 2027-03-28 mail")
			is(later, "T-1 2027-03-28 mail")
			is(later.AddDays(3), "T+1 2027-03-28 mail")
			is(later.AddDays(4))
			is(later.AddDays(30))
			ahead, err := x.ToCome(tx, steps(t), "so-khcn", later.AddDays(-14), later)
			must(t, err)
			var days []string
			for _, one := range ahead {
				days = append(days, one.Step.Key+" "+one.Day.String())
			}
			if diff := cmp.Diff([]string{"T-7 2027-03-21", "T-1 2027-03-27"}, days); diff != "" {
				t.Error(diff)
			}
		})
	}, programmetest.Schemas...)
}

func TestNothingIsSentOfWhatIsDoneSecretOrOfBodiesThatEnded(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, due := programmetest.Open(), day(2027, 3, 20)
		update(t, d, func(tx *db.Tx) {
			p := programmetest.InForce(t, tx)
			oneTask(t, tx, x, p, programme.Order{Secret: true})
			for i, state := range []string{"accepted", "cancelled", "transferred"} {
				o := programme.Order{Due: due, Clause: []string{"I.1#1", "I.1#2", "I.2#1"}[i]}
				old := oneTask(t, tx, x, p, o)
				done := programme.Tasks.Copy(old)
				done.State = state
				must(t, programme.Tasks.Save(tx, "office", "task.changed", old, done))
			}
			ended := oneTask(t, tx, x, p, programme.Order{Due: due, Clause: "I.1#2", Body: "qu-ninh-kieu"})
			for _, body := range []string{"so-khcn", "qu-ninh-kieu"} {
				if got := remind(t, tx, x, body, due.AddDays(-7), "lan"); len(got) != 0 {
					t.Errorf("%s: %v", body, got)
				}
			}
			x.Bodies.Successors = func(_ *db.Tx, body string, _ when.Day) ([]string, error) {
				return []string{"phuong-cai-khe"}, nil
			}
			g, err := x.Digest(tx, "phuong-cai-khe", due)
			must(t, err)
			if len(g.Orphans) != 1 || g.Orphans[0].ID != ended.ID {
				t.Errorf("the successor sees %d orphans", len(g.Orphans))
			}
			if g, err = x.Digest(tx, "qu-ninh-kieu", due); err != nil || !g.Empty() {
				t.Errorf("a body that ended has a digest: %v", err)
			}
			replaced := programme.Plans.Copy(p)
			replaced.State = "replaced"
			open := oneTask(t, tx, x, p, programme.Order{Due: due})
			must(t, programme.Plans.Save(tx, "office", "plan.replaced", p, replaced))
			if got := remind(t, tx, x, open.Owner, due.AddDays(-7), "lan"); len(got) != 0 {
				t.Errorf("of a plan that was replaced: %v", got)
			}
		})
	}, programmetest.Schemas...)
}

// TestAUnitThatDiesLosesAndDoublesNothing leaves reminders in units of which some are cut off, in any
// order, and finds each letter and reminder once.
func TestAUnitThatDiesLosesAndDoublesNothing(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, due := programmetest.Open(), day(2027, 3, 20)
		update(t, d, func(tx *db.Tx) {
			oneTask(t, tx, x, programmetest.InForce(t, tx), programme.Order{Due: due})
		})
		left := 0
		rapid.Check(t, func(r *rapid.T) {
			dies := rapid.Bool().Draw(r, "dies")
			_ = d.Update(t.Context(), func(tx *db.Tx) error {
				letters, err := x.Remind(tx, steps(t), "so-khcn", due.AddDays(-7), []account.ID{"lan", "minh"})
				must(t, err)
				if dies {
					return errCut
				}
				left += len(letters)
				return nil
			})
		})
		update(t, d, func(tx *db.Tx) {
			_, err := x.Remind(tx, steps(t), "so-khcn", due.AddDays(-7), []account.ID{"lan", "minh"})
			must(t, err)
			all, err := programme.RemindersSent(tx, "", 10, "so-khcn")
			must(t, err)
			if len(all) != 1 || left > 2 {
				t.Fatalf("%d reminders, %d letters", len(all), left)
			}
			still, err := x.StillDue(tx, all[0].Batch)
			must(t, err)
			l := programme.ReminderLetter{ID: "none", Kind: programme.RemindersLetter, Batch: all[0].Batch}
			must(t, programme.LetterSent(tx, l, still)) // no letter of that name waits
			if all, err = programme.RemindersSent(tx, "", 10, "so-khcn"); err != nil || !all[0].Sent.IsZero() {
				t.Error("a letter that is none was sent")
			}
		})
	}, programmetest.Schemas...)
}

func TestADigestTellsWhatIsDueLateReturnedUnprovedAndUnassigned(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := programmetest.Open()
		update(t, d, func(tx *db.Tx) {
			p, today := programmetest.InForce(t, tx), when.DayOf(tx.Now)
			owned := programme.Plans.Copy(p)
			owned.Owner = "so-khcn"
			must(t, programme.Plans.Save(tx, "office", "plan.changed", p, owned))
			oneTask(t, tx, x, owned, programme.Order{Due: today.AddDays(10)})
			late := oneTask(t, tx, x, owned, programme.Order{Due: today.AddDays(-10), Clause: "I.1#2"})
			id, err := programme.File(tx, programmetest.Department, late, programme.Progress{Period: "2026-10", Said: "done", Done: today.AddDays(-1), Words: "Xong"})
			must(t, err)
			late, err = programme.Tasks.Get(tx, late.ID)
			must(t, err)
			must(t, programme.Return(tx, programmetest.Office, late, id, "Chưa có sản phẩm"))
			g, err := x.Digest(tx, "so-khcn", today)
			must(t, err)
			got := []int{len(g.Due), len(g.Late), len(g.Returned), len(g.Orphans), len(g.Unassigned)}
			if diff := cmp.Diff([]int{1, 1, 1, 0, 1}, got); diff != "" {
				t.Error(diff)
			}
			if len(g.Unassigned) == 1 && g.Unassigned[0].N != 1 {
				t.Errorf("%d clauses without a lead", g.Unassigned[0].N)
			}
			for i, want := range []int{2, 0} {
				letters, err := x.LeaveDigest(tx, "so-khcn", today, []account.ID{"lan", "minh"})
				must(t, err)
				if len(letters) != want {
					t.Errorf("time %d: %d letters", i+1, len(letters))
				}
			}
			must(t, programme.SetFollowing(tx, programmetest.Department, steps(t), "so-khcn", 5))
			must(t, programme.StopReminders(tx, "lan", "so-khcn", "lan", true))
			f, err := programme.FollowingOf(tx, steps(t), "so-khcn")
			must(t, err)
			if f.Weekday != 5 || !f.Stopped["lan"] || f.Stopped["minh"] {
				t.Errorf("%+v", f)
			}
			if diff := cmp.Diff([]string{"weekday"}, fieldsOf(programme.SetFollowing(tx, programmetest.Department, steps(t), "so-khcn", 8))); diff != "" {
				t.Error(diff)
			}
		})
	}, programmetest.Schemas...)
}

func TestALetterThatUrgesIsIssuedOnceAndStays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := programmetest.Open()
		var id string
		var today when.Day
		update(t, d, func(tx *db.Tx) {
			p := programmetest.InForce(t, tx)
			today = when.DayOf(tx.Now)
			late := oneTask(t, tx, x, p, programme.Order{Due: today.AddDays(-10)})
			soon := oneTask(t, tx, x, p, programme.Order{Due: today.AddDays(10), Clause: "I.1#2"})
			secret := oneTask(t, tx, x, p, programme.Order{Clause: "I.1#2", Secret: true})
			u := &programme.Urging{Body: "so-khcn", Addressee: "Sở Khoa học và Công nghệ", Abstract: "đôn đốc", Opening: "Đề nghị […]", Layout: "state-2020"}
			for _, wrong := range [][]string{nil, {late.ID, soon.ID}, {secret.ID}} {
				if diff := cmp.Diff([]string{"tasks"}, fieldsOf(programme.DraftUrging(tx, programmetest.Office, u, wrong))); diff != "" {
					t.Error(diff)
				}
			}
			must(t, programme.DraftUrging(tx, programmetest.Office, u, []string{late.ID}))
			id = u.ID
			u, err := programme.Urgings.Get(tx, id)
			must(t, err)
			if diff := cmp.Diff([]string{"issued_on", "issuer", "opening", "signer_name", "symbol"}, sorted(fieldsOf(programme.IssueUrging(tx, programmetest.Office, u)))); diff != "" {
				t.Error(diff)
			}
			now := programme.Urgings.Copy(u)
			now.Opening, now.Symbol, now.Issuer, now.Signer, now.Issued = "Đề nghị khẩn trương.", "12/UBND-TH", "UBND", "Trần Văn A", today
			must(t, programme.RewriteUrging(tx, programmetest.Office, u, now, []string{late.ID}))
			if now, err = programme.Urgings.Get(tx, id); err != nil || now.Seen(programmetest.Department) || !now.Seen(programmetest.Office) {
				t.Errorf("a draft is seen: %v", err)
			}
			must(t, programme.IssueUrging(tx, programmetest.Office, now))
			now, err = programme.Urgings.Get(tx, id)
			must(t, err)
			if !now.Seen(programmetest.Department) || now.Seen(programmetest.Ward) {
				t.Error("an issued letter is its addressee's")
			}
			if err := programme.IssueUrging(tx, programmetest.Office, now); err == nil {
				t.Error("issued twice")
			}
			entries, err := ledger.Of(tx, "urging_letter", id, 0, 10)
			must(t, err)
			if n := len(entries); n != 3 {
				t.Errorf("%d acts", n)
			}
		})
		for _, change := range []string{`UPDATE urging_letter SET opening = 'x' WHERE id = ?`, `UPDATE urging_task SET number = 'x' WHERE letter = ?`, `DELETE FROM urging_task WHERE letter = ?`} {
			err := d.Update(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(change, id); return err })
			if err == nil {
				t.Errorf("done: %s", change)
			}
		}
	}, programmetest.Schemas...)
}

var errCut = errors.New("cut off")

func sorted(all []string) []string { slices.Sort(all); return all }

func TestADraftThatUrgesIsSeenFromWithinAndAnIssuedOneByItsBody(t *testing.T) {
	member := account.Actor{ID: "m", Memberships: []account.Membership{{Organisation: "ward"}}}
	office := account.Actor{ID: "o", Roles: []account.Role{account.ProgrammeOffice}}
	u := &programme.Urging{Body: "ward"}
	for state, want := range map[string]bool{"draft": false, "issued": true} {
		if u.State = state; u.Seen(member) != want || !u.Seen(office) {
			t.Errorf("%s: the body sees it: %v, the office: %v", state, u.Seen(member), u.Seen(office))
		}
	}
	if u.Body = "other"; u.Seen(member) {
		t.Error("another body sees it")
	}
}
