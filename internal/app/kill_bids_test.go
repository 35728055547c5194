package app_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db"
)

// halfBids are the acts on sales that would be half done.
var halfBids = map[string]string{
	"sales whose versions are not those of the ledger": `SELECT count(*) FROM sale s WHERE s.version <>
		(SELECT count(*) FROM ledger l WHERE l.kind = 'sale' AND l.id = s.id)`,
	"bidders whose versions are not those of the ledger": `SELECT count(*) FROM sale_bidder b WHERE b.version <>
		(SELECT count(*) FROM ledger l WHERE l.kind = 'sale_bidder' AND l.id = b.id)`,
	"auctions whose bids are not those counted": `SELECT count(*) FROM sale s WHERE s.bids <> (SELECT count(*) FROM sale_bid b WHERE b.sale = s.id)`,
	"auctions whose highest bid is another": `SELECT count(*) FROM sale s WHERE s.bids > 0 AND NOT EXISTS
		(SELECT 1 FROM sale_bid b WHERE b.sale = s.id AND b.n = s.bids AND b.price = s.top AND b.bidder = s.leader)`,
	"bids that are not above the one before by the step": `SELECT count(*) FROM sale_bid a JOIN sale_bid b ON a.sale = b.sale AND b.n = a.n + 1
		JOIN sale s ON s.id = a.sale WHERE b.price < a.price + s.step OR a.bidder = b.bidder`,
	"awarded sales without a deal": `SELECT count(*) FROM sale s WHERE (s.state = 'awarded') <> EXISTS (SELECT 1 FROM deal d WHERE d.id = s.deal)`,
}

// bidders are the two organisations in an auction, which outbid each other again and again.
type bidders struct {
	purses [2]*http.Client
	places [2]string // as the forms name them
	hall   string
	price  int64
	bade   map[int64]bool // acknowledged
}

// enter signs both in, once: their sessions must outlive every kill.
func (p *bidders) enter(t *testing.T, v *victim) {
	t.Helper()
	if p.hall != "" {
		return
	}
	v.look(t, func(tx *db.Tx) error {
		var id string
		err := tx.QueryRow(`SELECT id, top FROM sale WHERE mode = 'auction' AND state = 'open'`).Scan(&id, &p.price)
		p.hall = "/sales/" + id
		return err
	})
	p.bade = map[int64]bool{}
	for i, email := range []string{"muahang@ben-nuoc.example", "moigioi@cau-noi.example"} {
		jar, _ := cookiejar.New(nil)
		p.purses[i] = &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }, Timeout: 30 * time.Second}
		if _, _, _, err := fetchAs(p.purses[i], v.addr, "/sign-in", url.Values{"email": {email}, "password": {app.DemoPassword}}); err != nil {
			t.Fatal(err)
		}
	}
	v.look(t, func(tx *db.Tx) error {
		rows, err := tx.Query(`SELECT id FROM sale_bidder WHERE sale = ? ORDER BY place`, strings.TrimPrefix(p.hall, "/sales/"))
		if err != nil {
			return err
		}
		defer rows.Close()
		for i := 0; rows.Next() && i < 2; i++ {
			if err := rows.Scan(&p.places[i]); err != nil {
				return err
			}
		}
		return rows.Err()
	})
}

var bidDone = regexp.MustCompile(`"t":"sale\.done_bid"`)

// bid bids by turns until the program is gone. A bid counts as acknowledged when the notice says so.
func (p *bidders) bid(addr string) {
	for i := 0; ; i++ {
		price, purse := p.price+10_000_000, p.purses[i%2]
		status, _, _, err := fetchAs(purse, addr, p.hall+"/bid", url.Values{"bidder": {p.places[i%2]}, "price": {fmt.Sprint(price)}})
		if err != nil {
			p.price = price // nobody knows whether it was kept
			return
		}
		base, _ := url.Parse("http://" + addr)
		for _, c := range purse.Jar.Cookies(base) {
			if text, err := base64.RawURLEncoding.DecodeString(c.Value); status == http.StatusSeeOther && err == nil && bidDone.Match(text) {
				p.bade[price], p.price = true, price
			}
		}
	}
}

// checkBids compares the bids with what was acknowledged.
func (p *bidders) checkBids(t *testing.T, tx *db.Tx) error {
	t.Helper()
	rows, err := tx.Query(`SELECT price FROM sale_bid`)
	if err != nil {
		return err
	}
	defer rows.Close()
	there := map[int64]bool{}
	for rows.Next() {
		var price int64
		if err := rows.Scan(&price); err != nil {
			return err
		}
		there[price] = true
	}
	for price := range p.bade {
		if !there[price] {
			t.Errorf("the bid of %d was acknowledged and is lost", price)
		}
	}
	return rows.Err()
}
