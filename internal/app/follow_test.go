package app_test

import (
	"context"
	netmail "net/mail"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/document/officetest"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

const (
	farmingOffice = "giamsat@so-nong-nghiep.example"
	wardOffice    = "phuong@ben-ninh.example"
	programmeHead = "chuongtrinh@so-khcn.example"
)

// morning leaves the letters of a morning, twice, and once more cut off in between; then it sends what
// waits, twice.
func (w watch) morning(day when.Day) {
	w.Helper()
	cut, stop := context.WithCancel(w.Context())
	stop()
	if err := w.s.FollowUp.Morning(cut, w.s.DB, day); err == nil {
		w.Fatal("a morning that was cut off says that it is done")
	}
	for range 2 {
		if err := w.s.FollowUp.Morning(w.Context(), w.s.DB, day); err != nil {
			w.Fatal(err)
		}
	}
	for range 2 {
		for _, id := range w.texts(`SELECT id FROM reminder_letter WHERE state = 'waiting' ORDER BY id`) {
			if err := w.s.FollowUp.Send(w.Context(), w.s.DB, id); err != nil {
				w.Fatal(err)
			}
		}
	}
}

// stopping sends a letter that waits for somebody and returns the path at which such letters are stopped.
func (w watch) stopping(email string) string {
	w.Helper()
	waiting := w.texts(`SELECT l.id FROM reminder_letter l JOIN account a ON a.id = l.account WHERE l.state = 'waiting' AND a.email = ?`, email)
	if err := w.s.FollowUp.Send(w.Context(), w.s.DB, waiting[0]); err != nil {
		w.Fatal(err)
	}
	for _, one := range w.kept(email) {
		if at := regexp.MustCompile(`/reminders/[^/\s]+/stop`).FindString(one.Text); at != "" {
			return at
		}
	}
	w.Fatal("no letter can be stopped")
	return ""
}

// reminded counts the letters to somebody that tell of a task.
func (w watch) reminded(email, number string) (n int) {
	w.Helper()
	for _, one := range w.kept(email) {
		if strings.Contains(one.Subject, "tuần") { // the digest of a week
			continue
		}
		if strings.Contains(one.Text, number) {
			n++
		}
	}
	return n
}

func (w watch) task(id string) (t *programme.Task) {
	w.Helper()
	w.update(func(tx *db.Tx) (err error) { t, err = programme.Tasks.Get(tx, id); return err })
	return t
}

func (w watch) moveDue(id string, due when.Day) {
	w.Helper()
	old, office := w.task(id), w.actor(programmeHead)
	w.update(func(tx *db.Tx) error {
		return programme.MoveDue(tx, office, old, due, "Theo kết luận họp", "12/TB-UBND")
	})
}

func TestABodyIsRemindedOnceAtEachStepAndNoMoreWhenItIsDone(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		w := watched(t, s)
		today := when.DayOf(tx0(w))
		w.morning(today) // what the seed left
		task := taskOf(t, s, "blocked")
		due := today.AddDays(60)
		w.moveDue(task, due)
		number := w.task(task).Number
		before := w.reminded(farmingOffice, number)
		step := func(day when.Day, want int, why string) {
			t.Helper()
			w.morning(day)
			if n := w.reminded(farmingOffice, number) - before; n != want {
				t.Errorf("%s: %d letters, want %d", why, n, want)
			}
		}
		step(due.AddDays(-20), 0, "twenty days before")
		step(due.AddDays(-14), 1, "two weeks before")
		step(due.AddDays(-13), 1, "the day after a step")
		step(due.AddDays(-7), 2, "a week before")
		later := due.AddDays(30)
		w.moveDue(task, later)
		step(due.AddDays(-1), 2, "the day before the old day, which holds no longer")
		step(later.AddDays(-14), 3, "two weeks before the new day")
		step(later.AddDays(-1), 4, "the day before")
		step(later.AddDays(1), 5, "the day after it was due")
		if n := w.reminded(wardOffice, number); n != 0 {
			t.Errorf("another body was told of it %d times", n)
		}
		again := later.AddDays(60)
		w.moveDue(task, again)
		body, office := somebody(t, s, farmingOffice), somebody(t, s, programmeHead)
		body.call("POST", "/tasks/"+task+"/reports", url.Values{"period": {"2026"}, "said": {"done"}, "done_on": {today.String()}, "words": {"Đã có danh mục"}}, 303)
		report := w.texts(`SELECT id FROM progress_report WHERE task = ? AND state = 'filed' ORDER BY at DESC`, task)
		office.call("POST", "/tasks/"+task+"/reports/"+report[0]+"/acceptance", nil, 303)
		step(again.AddDays(-7), 5, "after it was accepted as done")

		desk := body.call("GET", "/desk/reminders", nil, 200)
		body.has(desk, number)
		ward := somebody(t, s, wardOffice)
		ward.hasNot(ward.call("GET", "/desk/reminders", nil, 200), number)
		ward.hasNot(ward.call("GET", "/desk/reminders.csv", nil, 200), task)
		office.has(office.call("GET", "/en/desk/reminders.csv", nil, 200), task, "T+1")
		somebody(t, s, "muahang@ben-nuoc.example").call("GET", "/desk/reminders?body="+w.task(task).Owner, nil, 403)
	})
}

// tx0 is when a unit of work begins now.
func tx0(w watch) (now time.Time) {
	w.update(func(tx *db.Tx) error { now = tx.Now; return nil })
	return now
}

func TestTheDigestOfAWeekTellsABodyItsOwnAndIsStopped(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		w := watched(t, s)
		office := &postOffice{}
		s.Sender = office.open(t)
		monday := when.DayOf(tx0(w))
		for monday.Start().Weekday() != 1 {
			monday = monday.AddDays(1)
		}
		w.morning(monday)
		w.morning(monday.AddDays(1)) // a digest comes once a week
		var mine, stop string
		digests := 0
		for _, raw := range office.letters {
			letter, err := netmail.ReadMessage(strings.NewReader(raw))
			if err != nil {
				t.Fatal(err)
			}
			if !strings.Contains(letter.Header.Get("To"), farmingOffice) {
				continue
			}
			at, err := url.Parse(strings.Trim(letter.Header.Get("List-Unsubscribe"), "<>"))
			if err != nil || !strings.HasSuffix(at.Path, "/stop") {
				t.Fatalf("List-Unsubscribe: %q", letter.Header.Get("List-Unsubscribe"))
			}
			mine, stop = raw, at.Path
			digests++
		}
		weekly := w.texts(`SELECT l.id FROM reminder_letter l JOIN account a ON a.id = l.account WHERE l.kind = 'weekly' AND a.email = ? AND l.day = ?`, farmingOffice, monday.String())
		if len(weekly) != 1 || digests == 0 || mine == "" {
			t.Fatalf("%d digests were left, %d letters went", len(weekly), digests)
		}
		if code, _ := w.page("", stop, url.Values{"List-Unsubscribe": {"One-Click"}}); code != 200 {
			t.Errorf("one click: %d", code)
		}
		before := len(office.letters)
		w.morning(monday.AddDays(7))
		for _, raw := range office.letters[before:] {
			if strings.Contains(raw, farmingOffice) {
				t.Error("a letter came to somebody who wants none")
			}
		}
	})
}

func TestALetterThatUrgesIsWrittenIssuedAndStays(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		w := watched(t, s)
		task := w.task(taskOf(t, s, "blocked"))
		office, body, ward := somebody(t, s, programmeHead), somebody(t, s, farmingOffice), somebody(t, s, wardOffice)
		office.has(office.call("GET", "/letters/new", nil, 200), "Nông nghiệp")
		office.has(office.call("GET", "/letters/new?body="+task.Owner, nil, 200), task.Number)
		office.has(office.call("POST", "/letters", url.Values{"body": {task.Owner}, "layout": {"nothing"}, "tasks": {task.ID}}, 422), task.Number)
		layout := w.texts(`SELECT layout FROM urging_letter LIMIT 1`)[0]
		edit := office.led("/letters", url.Values{"body": {task.Owner}, "layout": {layout}, "tasks": {task.ID}})
		letter := strings.TrimSuffix(edit, "/edit")
		ward.call("GET", letter, nil, 404)
		given := url.Values{"addressee": {"Sở Nông nghiệp"}, "abstract": {"V/v đôn đốc nhiệm vụ quá hạn"}, "opening": {"Còn nhiệm vụ quá hạn:"}, "closing": {"Đề nghị báo cáo.\n- Trước ngày 15."},
			"layout": {layout}, "symbol": {"216/SKHCN-VP"}, "issued_on": {"nonsense"}, "issuer": {"Sở Khoa học và Công nghệ"}, "signer_name": {"Lâm Thị Kế"}, "tasks": {task.ID}}
		office.has(office.call("POST", letter, given, 422), "Còn nhiệm vụ quá hạn:", "216/SKHCN-VP")
		given.Set("issued_on", when.DayOf(tx0(w)).String())
		office.call("POST", letter, given, 303)
		words := given.Get("closing")
		given.Set("closing", "Đề nghị báo cáo trước ngày […].")
		office.has(office.call("POST", letter+"/issue", given, 422), "trước ngày […]")
		given.Set("closing", words)
		office.call("POST", letter+"/issue", given, 303)
		office.call("POST", letter, given, 409)
		office.call("POST", letter+"/issue", given, 409)
		body.has(body.call("GET", letter, nil, 200), "V/v đôn đốc nhiệm vụ quá hạn", task.Number)
		body.has(body.call("GET", "/letters", nil, 200), letter)
		body.call("POST", letter+"/issue", nil, 403)
		ward.call("GET", letter, nil, 404)
		ward.call("GET", letter+"/letter.docx", nil, 404)
		ward.hasNot(ward.call("GET", "/letters", nil, 200), letter)

		id := strings.TrimPrefix(letter, "/letters/")
		for _, act := range []string{`UPDATE urging_letter SET abstract = 'x' WHERE id = ?`, `DELETE FROM urging_letter WHERE id = ?`, `UPDATE urging_task SET number = 'x' WHERE letter = ?`, `DELETE FROM urging_task WHERE letter = ?`} {
			err := s.DB.Update(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(act, id); return err })
			if err == nil || !strings.Contains(err.Error(), "never changes") {
				t.Errorf("%s: %v", act, err)
			}
		}
		file := filepath.Join(t.TempDir(), "cong-van.docx")
		must(t, os.WriteFile(file, []byte(body.call("GET", letter+"/letter.docx", nil, 200)), 0o600))
		text := strings.Join(officetest.Pages(t, officetest.Convert(t, officetest.PDF, "", file)[0]), "\n")
		for _, part := range []string{"Số: 216/SKHCN-VP", "V/v đôn đốc nhiệm vụ quá hạn", "Kính gửi", "Lâm Thị Kế", "Đề nghị báo cáo"} {
			if !strings.Contains(text, part) {
				t.Errorf("the paper does not say %q:\n%s", part, text)
			}
		}
	})
}
