package app_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db"
)

// halfReports are the acts on tasks that would be half done.
var halfReports = map[string]string{
	"tasks whose versions are not those of the ledger": `SELECT count(*) FROM task t WHERE t.version <>
		(SELECT count(*) FROM ledger l WHERE l.kind = 'task' AND l.id = t.id AND l.act LIKE 'task.%')`,
	"reports that the ledger does not tell": `SELECT count(*) FROM progress_report r WHERE NOT EXISTS
		(SELECT 1 FROM ledger l WHERE l.kind = 'task' AND l.id = r.task AND l.act = 'task.reported' AND l.at = r.at)`,
	"entries of reports that are not there": `SELECT count(*) FROM ledger l WHERE l.act = 'task.reported' AND NOT EXISTS
		(SELECT 1 FROM progress_report r WHERE r.task = l.id AND r.at = l.at)`,
	"decisions that the ledger does not tell": `SELECT count(*) FROM progress_report r WHERE r.decided_at > 0 AND NOT EXISTS
		(SELECT 1 FROM ledger l WHERE l.kind = 'task' AND l.id = r.task AND l.at = r.decided_at)`,
	"tasks that say something else than their newest report": `SELECT count(*) FROM task t WHERE t.said <> (SELECT r.said FROM progress_report r
		WHERE r.task = t.id ORDER BY r.at DESC, r.id DESC LIMIT 1)`,
}

// reporters are a body that reports on its task again and again, and the office that returns what was
// reported, each in a session of its own.
type reporters struct {
	body, office *http.Client
	task         string
	words        map[string]bool // acknowledged, by what was reported
	returned     map[string]bool // acknowledged, by the report
}

// begin signs both in, once: their sessions must outlive every kill.
func (p *reporters) begin(t *testing.T, addr string) {
	t.Helper()
	if p.body != nil {
		return
	}
	p.words, p.returned = map[string]bool{}, map[string]bool{}
	enter := func(email string) *http.Client {
		jar, _ := cookiejar.New(nil)
		c := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 30 * time.Second}
		if _, _, _, err := fetchAs(c, addr, "/sign-in", url.Values{"email": {email}, "password": {app.DemoPassword}}); err != nil {
			t.Fatal(err)
		}
		return c
	}
	p.body, p.office = enter("giamsat@so-nong-nghiep.example"), enter("chuongtrinh@so-khcn.example")
	_, _, desk, err := fetchAs(p.body, addr, "/desk/tasks", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, task := range regexp.MustCompile(`/tasks/[0-9a-f-]{36}`).FindAllString(string(desk), -1) {
		if _, _, page, err := fetchAs(p.body, addr, task, nil); err == nil && bytes.Contains(page, []byte(task+`/reports"`)) {
			p.task = task
			return
		}
	}
	t.Fatal("the body has no task to report on")
}

// report reports until the program is gone. Only one of them writes into words.
func (p *reporters) report(addr string, n int) {
	for i := 0; ; i++ {
		words := fmt.Sprintf("Đã khảo sát %d-%d hợp tác xã", n, i)
		form := url.Values{"period": {fmt.Sprintf("2026-%02d", i%12+1)}, "said": {"running"}, "words": {words}, "difficulty": {"data"}, "proposal": {"Xin thêm người"}}
		status, _, _, err := fetchAs(p.body, addr, p.task+"/reports", form)
		if err != nil {
			return
		}
		if status == http.StatusSeeOther {
			p.words[words] = true
		}
	}
}

var returnable = regexp.MustCompile(`/reports/([0-9a-f-]{36})/return`)

// giveBack returns reports until the program is gone.
func (p *reporters) giveBack(addr string) {
	for {
		_, _, body, err := fetchAs(p.office, addr, p.task, nil)
		if err != nil {
			return
		}
		found := returnable.FindSubmatch(body)
		if found == nil {
			continue
		}
		status, _, _, err := fetchAs(p.office, addr, p.task+"/reports/"+string(found[1])+"/return", url.Values{"reason": {"Chưa có số liệu"}})
		if err != nil {
			return
		}
		if status == http.StatusSeeOther {
			p.returned[string(found[1])] = true
		}
	}
}

// check compares the reports with what was acknowledged.
func (p *reporters) check(t *testing.T, tx *db.Tx) error {
	t.Helper()
	rows, err := tx.Query(`SELECT id, words, state FROM progress_report`)
	if err != nil {
		return err
	}
	defer rows.Close()
	words, returned := map[string]bool{}, map[string]bool{}
	for rows.Next() {
		var id, said, state string
		if err := rows.Scan(&id, &said, &state); err != nil {
			return err
		}
		words[said], returned[id] = true, state == "returned"
	}
	for said := range p.words {
		if !words[said] {
			t.Errorf("the report %q was acknowledged and is lost", said)
		}
	}
	for id := range p.returned {
		if !returned[id] {
			t.Errorf("the return of report %s was acknowledged and is lost", id)
		}
	}
	return rows.Err()
}
