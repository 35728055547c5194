package deal

import (
	"database/sql"
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

// takesPart reports whether a broker came into a deal under a mandate.
func takesPart(tx *db.Tx, mandate, deal string) (bool, error) {
	n := 0
	err := tx.QueryRow(`SELECT count(*) FROM deal_broker WHERE mandate = ? AND deal = ?`, mandate, deal).Scan(&n)
	return n > 0, err
}

// Under returns the deals in which a broker takes part, or took part, under a mandate, the newest first.
func Under(tx *db.Tx, mandate string, limit int) ([]*Deal, error) {
	return Records.Find(tx, `WHERE id IN (SELECT deal FROM deal_broker WHERE mandate = ?) ORDER BY id DESC LIMIT ?`, mandate, limit)
}

func addErrand(tx *db.Tx, e Errand) error {
	_, err := tx.Exec(`INSERT INTO broker_task (id, mandate, deal, what, due_on, at, by_account, done_at) VALUES (?, ?, ?, ?, ?, ?, ?, 0)`,
		e.ID, e.Mandate, e.Deal, e.What, e.Due.String(), e.At, string(e.By))
	return err
}

func endErrand(tx *db.Tx, mandate, id string) (bool, error) {
	return touched(tx.Exec(`UPDATE broker_task SET done_at = ? WHERE mandate = ? AND id = ? AND done_at = 0`, when.Micro(tx.Now), mandate, id))
}

// Errands returns what is to be done under a mandate, what is open first.
func Errands(tx *db.Tx, mandate string, limit int) (all []Errand, err error) {
	rows, err := tx.Query(`SELECT id, mandate, deal, what, due_on, at, by_account, done_at FROM broker_task WHERE mandate = ?
		ORDER BY CASE WHEN done_at = 0 THEN 0 ELSE 1 END, CASE WHEN due_on = '' THEN '9' ELSE due_on END, id LIMIT ?`, mandate, limit)
	if err != nil {
		return nil, fmt.Errorf("read the errands of a mandate: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e Errand
		var due string
		if err := rows.Scan(&e.ID, &e.Mandate, &e.Deal, &e.What, &due, &e.At, &e.By, &e.DoneAt); err != nil {
			return nil, err
		}
		if e.Due, err = when.ParseDay(due); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

func addBill(tx *db.Tx, b Bill) (bool, error) {
	return touched(tx.Exec(`INSERT INTO broker_fee (mandate, deal, sum, billed_on, paper, at, by_account, paid_on, paid_by) VALUES (?, ?, ?, ?, ?, ?, ?, '', '')
		ON CONFLICT (mandate, deal) DO NOTHING`, b.Mandate, b.Deal, b.Sum, b.On.String(), b.Paper, b.At, string(b.By)))
}

func payBill(tx *db.Tx, mandate, deal string, on when.Day, by account.ID) (bool, error) {
	return touched(tx.Exec(`UPDATE broker_fee SET paid_on = ?, paid_by = ? WHERE mandate = ? AND deal = ? AND paid_on = ''`, on.String(), string(by), mandate, deal))
}

// touched reports whether a statement changed anything.
func touched(done sql.Result, err error) (bool, error) {
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

// Bills returns the bills under a mandate, the newest first.
func Bills(tx *db.Tx, mandate string) (all []Bill, err error) {
	rows, err := tx.Query(`SELECT mandate, deal, sum, billed_on, paper, at, by_account, paid_on, paid_by FROM broker_fee WHERE mandate = ? ORDER BY at DESC, deal`, mandate)
	if err != nil {
		return nil, fmt.Errorf("read the bills of a mandate: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var b Bill
		var on, paid string
		if err := rows.Scan(&b.Mandate, &b.Deal, &b.Sum, &on, &b.Paper, &b.At, &b.By, &paid, &b.PaidBy); err != nil {
			return nil, err
		}
		if b.On, err = when.ParseDay(on); err != nil {
			return nil, err
		}
		if b.Paid, err = when.ParseDay(paid); err != nil {
			return nil, err
		}
		all = append(all, b)
	}
	return all, rows.Err()
}

// TrackRecord is what became of the deals in which a broker took part.
type TrackRecord struct {
	Mandates, Deals, Signed, Registered, Stopped int
}

// RecordOf returns the track record of a broker, computed from what became of his deals.
func RecordOf(tx *db.Tx, broker string) (r TrackRecord, err error) {
	err = tx.QueryRow(`SELECT count(DISTINCT m.id), count(DISTINCT d.id),
			count(DISTINCT CASE WHEN l.signed_on <> '' THEN d.id END), count(DISTINCT CASE WHEN l.paper_on <> '' THEN d.id END), count(DISTINCT CASE WHEN d.state = 'stopped' THEN d.id END)
		FROM mandate m LEFT JOIN deal_broker b ON b.mandate = m.id LEFT JOIN deal d ON d.id = b.deal LEFT JOIN deal_legal l ON l.deal = d.id
		WHERE m.broker = ? AND m.state IN ('in_force', 'revoked')`, broker).Scan(&r.Mandates, &r.Deals, &r.Signed, &r.Registered, &r.Stopped)
	if err != nil {
		return r, fmt.Errorf("read the record of a broker: %w", err)
	}
	return r, nil
}
