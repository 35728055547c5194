package app_test

import (
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

// halfDeals are the acts on enquiries and deals that would be half done.
var halfDeals = map[string]string{
	"deals whose versions are not those of the ledger": `SELECT count(*) FROM deal d WHERE d.version <>
		(SELECT count(*) FROM ledger l WHERE l.kind = 'deal' AND l.id = d.id AND l.act LIKE 'deal.%')`,
	"deals whose offers are not those of their time line": `SELECT count(*) FROM deal d WHERE (SELECT count(*) FROM deal_version v WHERE v.deal = d.id) <>
		(SELECT count(*) FROM deal_entry e WHERE e.deal = d.id AND e.kind = 'offer')`,
	"deals whose offers are not numbered through": `SELECT count(*) FROM deal d WHERE EXISTS (SELECT 1 FROM deal_version v WHERE v.deal = d.id) AND
		(SELECT max(v.n) FROM deal_version v WHERE v.deal = d.id) <> (SELECT count(*) FROM deal_version v WHERE v.deal = d.id)`,
	"sides with two offers that stand": `SELECT count(*) FROM deal_version a JOIN deal_version b ON a.deal = b.deal AND a.side = b.side AND a.n < b.n WHERE a.ended = '' AND b.ended = ''`,
	"deals agreed on without a term sheet, or the other way": `SELECT count(*) FROM deal d WHERE d.state <> 'stopped' AND
		(d.state NOT IN ('begun', 'evaluating', 'negotiating')) <> EXISTS (SELECT 1 FROM deal_sheet s WHERE s.deal = d.id)`,
	"opened enquiries without a deal": `SELECT count(*) FROM enquiry e WHERE e.state = 'opened' AND NOT EXISTS (SELECT 1 FROM deal d WHERE d.id = e.deal AND d.enquiry = e.id)`,
}

// bargainers are the two sides of a deal, which write and offer again and again, each in a session of
// its own.
type bargainers struct {
	sides   [2]*http.Client
	room    string
	written map[string]bool // acknowledged, by the words
}

// sit signs both sides in, once: their sessions must outlive every kill.
func (p *bargainers) sit(t *testing.T, addr string) {
	t.Helper()
	if p.room != "" {
		return
	}
	p.written = map[string]bool{}
	for i, email := range []string{"quanly@song-hau.example", "muahang@ben-nuoc.example"} {
		jar, _ := cookiejar.New(nil)
		p.sides[i] = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 30 * time.Second}
		if _, _, _, err := fetchAs(p.sides[i], addr, "/sign-in", url.Values{"email": {email}, "password": {app.DemoPassword}}); err != nil {
			t.Fatal(err)
		}
	}
	_, _, list, err := fetchAs(p.sides[0], addr, "/deals", nil)
	if err != nil {
		t.Fatal(err)
	}
	rooms := regexp.MustCompile(`/deals/[0-9a-f-]{36}`).FindAllString(string(list), -1)
	if len(rooms) == 0 {
		t.Fatal("the institute has no deal")
	}
	p.room = rooms[len(rooms)-1] // the oldest, which has just begun
}

// bargain writes and offers by turns until the program is gone. Only one of them writes into written.
func (p *bargainers) bargain(addr string, n int) {
	for i := 0; ; i++ {
		words := fmt.Sprintf("Ý kiến %d-%d về giá", n, i)
		path, form := p.room+"/entries", url.Values{"kind": {"message"}, "words": {words}}
		if i%4 == 1 {
			path, form = p.room+"/offer", url.Values{"object": {"Máy sấy"}, "right": {"ownership"}, "mode": {"lump_sum"}, "sum": {fmt.Sprint(1000 + i)}, "words": {words}}
		}
		status, _, _, err := fetchAs(p.sides[i%2], addr, path, form)
		if err != nil {
			return
		}
		if status == http.StatusSeeOther {
			p.written[words] = true
		}
	}
}

// checkDeals compares the time line with what was acknowledged.
func (p *bargainers) checkDeals(t *testing.T, tx *db.Tx) error {
	t.Helper()
	rows, err := tx.Query(`SELECT words FROM deal_entry`)
	if err != nil {
		return err
	}
	defer rows.Close()
	there := map[string]bool{}
	for rows.Next() {
		var words string
		if err := rows.Scan(&words); err != nil {
			return err
		}
		there[words] = true
	}
	for words := range p.written {
		if !there[words] {
			t.Errorf("%q was acknowledged and is lost", words)
		}
	}
	return rows.Err()
}
