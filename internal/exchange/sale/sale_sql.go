package sale

import (
	"fmt"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// running returns the sales of an offer that have not ended.
func running(tx *db.Tx, listing string) ([]*Sale, error) {
	return Sales.Find(tx, `WHERE listing = ? AND state NOT IN ('awarded', 'void', 'cancelled') ORDER BY id LIMIT 5`, listing)
}

// Public returns sales that were announced, in some states, the newest first, after one.
func Public(tx *db.Tx, states []string, after string, limit int) ([]*Sale, error) {
	args := []any{}
	for _, state := range states {
		args = append(args, state)
	}
	return Sales.Find(tx, `WHERE published_at > 0 AND state IN (?`+strings.Repeat(", ?", len(states)-1)+`) AND (id < ? OR ? = '') ORDER BY id DESC LIMIT ?`, append(args, after, after, limit)...)
}

// OfListing returns the sales of an offer that were announced, the newest first.
func OfListing(tx *db.Tx, listing string) ([]*Sale, error) {
	return Sales.Find(tx, `WHERE listing = ? AND published_at > 0 ORDER BY id DESC LIMIT 10`, listing)
}

// Mine returns the sales in which organisations sell or bid, the newest first, after one.
func Mine(tx *db.Tx, organisations []string, after string, limit int) ([]*Sale, error) {
	if len(organisations) == 0 {
		return nil, nil
	}
	marks, args := `(?`+strings.Repeat(", ?", len(organisations)-1)+`)`, []any{}
	for range 2 {
		for _, id := range organisations {
			args = append(args, id)
		}
	}
	return Sales.Find(tx, `WHERE (owner IN `+marks+` OR id IN (SELECT sale FROM sale_bidder WHERE owner IN `+marks+`)) AND (id < ? OR ? = '') ORDER BY id DESC LIMIT ?`, append(args, after, after, limit)...)
}

// due returns sales whose time has come.
func due(tx *db.Tx, now int64, limit int) ([]*Sale, error) {
	return Sales.Find(tx, `WHERE state = 'announced' AND opens_at <= ? OR state = 'open' AND closes_at <= ? OR state = 'revealing' AND revealed_at <= ? ORDER BY id LIMIT ?`, now, now, now, limit)
}

// BiddersOf returns all bidders of a sale in their places.
func BiddersOf(tx *db.Tx, sale string) ([]*Bidder, error) {
	return Bidders.Find(tx, `WHERE sale = ? ORDER BY place`, sale)
}

// BiddersFor returns the bidders of a sale that are organisations of somebody.
func BiddersFor(tx *db.Tx, s *Sale, a account.Actor) (all []*Bidder, err error) {
	for _, m := range a.Memberships {
		some, err := Bidders.Find(tx, `WHERE sale = ? AND owner = ?`, s.ID, m.Organisation)
		if err != nil {
			return nil, err
		}
		all = append(all, some...)
	}
	return all, nil
}

// BiddersSeen returns the bidders of a sale as somebody of the seller or of the exchange sees them: what
// was bid is not there before the deadline.
func BiddersSeen(tx *db.Tx, a account.Actor, s *Sale) ([]*Bidder, error) {
	if !a.In(s.Owner) && !a.SeesAll() {
		return nil, found()
	}
	all, err := BiddersOf(tx, s.ID)
	for _, b := range all {
		s.cover(a, b, when.Micro(tx.Now))
	}
	return all, err
}

// places returns the bidder that an organisation is already, and how many there are.
func places(tx *db.Tx, sale, organisation string) (old *Bidder, n int64, err error) {
	if err := tx.QueryRow(`SELECT count(*) FROM sale_bidder WHERE sale = ?`, sale).Scan(&n); err != nil {
		return nil, 0, err
	}
	if n >= mostBidders {
		return nil, 0, fault.New(fault.Conflict, "sale.full", "Most", mostBidders)
	}
	some, err := Bidders.Find(tx, `WHERE sale = ? AND owner = ?`, sale, organisation)
	if len(some) > 0 {
		old = some[0]
	}
	return old, n, err
}

// mostBidders is how many take part in a sale.
const mostBidders = 1000

func addBid(tx *db.Tx, sale string, b Bid) error {
	_, err := tx.Exec(`INSERT INTO sale_bid (sale, n, bidder, price, at, by_account) VALUES (?, ?, ?, ?, ?, ?)`, sale, b.N, b.Bidder, b.Price, b.At, string(b.By))
	if err != nil {
		return fmt.Errorf("keep a bid: %w", err)
	}
	return nil
}

func bidsBy(tx *db.Tx, bidder string) (n int, err error) {
	err = tx.QueryRow(`SELECT count(*) FROM sale_bid WHERE bidder = ?`, bidder).Scan(&n)
	return n, err
}

// BidsOf returns the bids of an auction, the first first.
func BidsOf(tx *db.Tx, sale string) (all []Bid, err error) {
	rows, err := tx.Query(`SELECT n, bidder, price, at, by_account FROM sale_bid WHERE sale = ? ORDER BY n`, sale)
	if err != nil {
		return nil, fmt.Errorf("read the bids of a sale: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var b Bid
		if err := rows.Scan(&b.N, &b.Bidder, &b.Price, &b.At, &b.By); err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, rows.Err()
}

func addDeposit(tx *db.Tx, bidder string, d Deposit) error {
	_, err := tx.Exec(`INSERT INTO sale_deposit (id, bidder, act, price, on_day, paper, at, by_account) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		db.NewID(tx.Now), bidder, d.Act, d.Sum, d.On.String(), d.Paper, d.At, string(d.By))
	return err
}

// Deposits returns what became of a bidder's deposit, the first first.
func Deposits(tx *db.Tx, bidder string) (all []Deposit, err error) {
	rows, err := tx.Query(`SELECT act, price, on_day, paper, at, by_account FROM sale_deposit WHERE bidder = ? ORDER BY id`, bidder)
	if err != nil {
		return nil, fmt.Errorf("read a deposit: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var d Deposit
		var on string
		if err := rows.Scan(&d.Act, &d.Sum, &on, &d.Paper, &d.At, &d.By); err != nil {
			return nil, err
		}
		if d.On, err = when.ParseDay(on); err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, rows.Err()
}

func putCriteria(tx *db.Tx, sale string, all []Criterion) error {
	if _, err := tx.Exec(`DELETE FROM sale_criterion WHERE sale = ?`, sale); err != nil {
		return err
	}
	for i, c := range all {
		_, err := tx.Exec(`INSERT INTO sale_criterion (sale, n, name_vi, name_en, weight, priced) VALUES (?, ?, ?, ?, ?, ?)`, sale, i+1, c.Vi, c.En, c.Weight, flag(c.Priced))
		if err != nil {
			return fmt.Errorf("keep the criteria of a sale: %w", err)
		}
	}
	return nil
}

func flag(on bool) int {
	if on {
		return 1
	}
	return 0
}

// Criteria returns by what the proposals of a call are marked.
func Criteria(tx *db.Tx, sale string) (all []Criterion, err error) {
	rows, err := tx.Query(`SELECT n, name_vi, name_en, weight, priced FROM sale_criterion WHERE sale = ? ORDER BY n`, sale)
	if err != nil {
		return nil, fmt.Errorf("read the criteria of a sale: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var c Criterion
		var priced int
		if err := rows.Scan(&c.N, &c.Vi, &c.En, &c.Weight, &priced); err != nil {
			return nil, err
		}
		c.Priced = priced != 0
		all = append(all, c)
	}
	return all, rows.Err()
}

func addMarks(tx *db.Tx, bidder string, all []Mark) error {
	for _, m := range all {
		_, err := tx.Exec(`INSERT INTO sale_mark (bidder, n, by_account, mark, words, at) VALUES (?, ?, ?, ?, ?, ?)`, bidder, m.N, string(m.By), m.Mark, m.Words, m.At)
		if err != nil {
			return fmt.Errorf("keep the marks of a proposal: %w", err)
		}
	}
	return nil
}

// MarksOf returns what was given to a proposal, by criterion and by whom.
func MarksOf(tx *db.Tx, bidder string) (all []Mark, err error) {
	rows, err := tx.Query(`SELECT n, mark, words, at, by_account FROM sale_mark WHERE bidder = ? ORDER BY n, at, by_account`, bidder)
	if err != nil {
		return nil, fmt.Errorf("read the marks of a proposal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var m Mark
		if err := rows.Scan(&m.N, &m.Mark, &m.Words, &m.At, &m.By); err != nil {
			return nil, err
		}
		all = append(all, m)
	}
	return all, rows.Err()
}
