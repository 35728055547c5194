package deal

import (
	"encoding/json"
	"fmt"
	"slices"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

func addReport(tx *db.Tx, deal string, year int64, r *Report) error {
	sales, err := json.Marshal(r.Sales)
	if err != nil {
		return err
	}
	_, err = tx.Exec(`INSERT INTO deal_report (deal, year, n, sales, sum, at, by_account, confirmed_at)
		SELECT ?, ?, COALESCE(MAX(n), 0) + 1, ?, ?, ?, ?, 0 FROM deal_report WHERE deal = ? AND year = ?`,
		deal, year, string(sales), r.Sum, r.At, string(r.By), deal, year)
	if err != nil {
		return fmt.Errorf("keep a report: %w", err)
	}
	return nil
}

func confirmReport(tx *db.Tx, deal string, year, at int64) error {
	_, err := tx.Exec(`UPDATE deal_report SET confirmed_at = ? WHERE deal = ? AND year = ? AND n = (SELECT MAX(n) FROM deal_report WHERE deal = ? AND year = ?)`, at, deal, year, deal, year)
	return err
}

// payablesKept reads the newest report of each year, and what was paid, into what is owed.
func payablesKept(tx *db.Tx, deal string, all []*Payable) error {
	rows, err := tx.Query(`SELECT year, sales, sum, at, by_account, confirmed_at FROM deal_report WHERE deal = ? ORDER BY year, n`, deal)
	if err != nil {
		return fmt.Errorf("read the reports of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var year int64
		var sales string
		r := &Report{}
		if err := rows.Scan(&year, &sales, &r.Sum, &r.At, &r.By, &r.ConfirmedAt); err != nil {
			return err
		}
		if err := json.Unmarshal([]byte(sales), &r.Sales); err != nil {
			return fmt.Errorf("read a report: %w", err)
		}
		if i := slices.IndexFunc(all, func(one *Payable) bool { return one.Year == year }); i >= 0 {
			all[i].Report, all[i].Sum = r, r.Sum
		}
	}
	if err := rows.Err(); err != nil {
		return err
	}
	return paymentsOf(tx, deal, all)
}

func paymentsOf(tx *db.Tx, deal string, all []*Payable) error {
	rows, err := tx.Query(`SELECT item, paid_on, paper, received_at FROM deal_payment WHERE deal = ?`, deal)
	if err != nil {
		return fmt.Errorf("read the payments of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var item, on, paper string
		var received int64
		if err := rows.Scan(&item, &on, &paper, &received); err != nil {
			return err
		}
		i := slices.IndexFunc(all, func(one *Payable) bool { return one.Item == item })
		if i < 0 {
			continue
		}
		if all[i].Paid, err = when.ParseDay(on); err != nil {
			return err
		}
		all[i].Paper, all[i].ReceivedAt = paper, received
	}
	return rows.Err()
}
