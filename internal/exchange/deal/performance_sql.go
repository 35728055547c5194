package deal

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

func addConfirmation(tx *db.Tx, deal string, n int64, side Side, c Confirmation) error {
	_, err := tx.Exec(`INSERT INTO deal_confirmation (deal, n, side, done_on, words, at, by_account) VALUES (?, ?, ?, ?, ?, ?, ?)`,
		deal, n, string(side), c.On.String(), c.Words, c.At, string(c.By))
	if err != nil {
		return fmt.Errorf("confirm a step of the hand-over: %w", err)
	}
	return nil
}

// confirmationsOf reads what the sides say of the steps into them.
func confirmationsOf(tx *db.Tx, deal string, all []*HandOver) error {
	rows, err := tx.Query(`SELECT n, side, done_on, words, at, by_account FROM deal_confirmation WHERE deal = ?`, deal)
	if err != nil {
		return fmt.Errorf("read the hand-over of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var n int64
		var side Side
		var on string
		var c Confirmation
		if err := rows.Scan(&n, &side, &on, &c.Words, &c.At, &c.By); err != nil {
			return err
		}
		if c.On, err = when.ParseDay(on); err != nil {
			return err
		}
		if n >= 1 && n <= int64(len(all)) {
			all[n-1].Confirmed[side] = c
		}
	}
	return rows.Err()
}

func addDispute(tx *db.Tx, deal string, d *Dispute) error {
	_, err := tx.Exec(`INSERT INTO deal_dispute (deal, n, side, words, at, before, proposed_by, settlement, ended_at)
		SELECT ?, COALESCE(MAX(n), 0) + 1, ?, ?, ?, ?, '', '', 0 FROM deal_dispute WHERE deal = ?`, deal, string(d.Side), d.Words, d.At, d.Before, deal)
	if err != nil {
		return fmt.Errorf("keep a dispute: %w", err)
	}
	return nil
}

// DisputesOf returns the disputes of a deal, the newest first.
func DisputesOf(tx *db.Tx, deal string) (all []*Dispute, err error) {
	rows, err := tx.Query(`SELECT n, side, words, at, before, proposed_by, settlement, ended_at FROM deal_dispute WHERE deal = ? ORDER BY n DESC`, deal)
	if err != nil {
		return nil, fmt.Errorf("read the disputes of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		d := &Dispute{}
		if err := rows.Scan(&d.N, &d.Side, &d.Words, &d.At, &d.Before, &d.ProposedBy, &d.Settlement, &d.EndedAt); err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, rows.Err()
}

// openDispute returns the dispute that is not settled; nil for none.
func openDispute(tx *db.Tx, deal string) (*Dispute, error) {
	all, err := DisputesOf(tx, deal)
	if err != nil || len(all) == 0 || all[0].EndedAt > 0 {
		return nil, err
	}
	return all[0], nil
}

func proposeSettlement(tx *db.Tx, deal string, side Side, words string) error {
	_, err := tx.Exec(`UPDATE deal_dispute SET proposed_by = ?, settlement = ? WHERE deal = ? AND ended_at = 0`, string(side), words, deal)
	return err
}

func endDispute(tx *db.Tx, deal, settlement string, at int64) error {
	_, err := tx.Exec(`UPDATE deal_dispute SET settlement = ?, ended_at = ? WHERE deal = ? AND ended_at = 0`, settlement, at, deal)
	return err
}

func addEvaluation(tx *db.Tx, deal string, e *Evaluation) error {
	_, err := tx.Exec(`INSERT INTO deal_evaluation (id, deal, side, by_whom, evaluated_on, examined, findings, verdict, attachment, at, by_account) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.ID, deal, string(e.Side), e.By, e.On.String(), e.Examined, e.Findings, e.Verdict, e.Attachment, e.At, string(e.Account))
	if err != nil {
		return fmt.Errorf("keep an evaluation: %w", err)
	}
	return nil
}

// EvaluationsOf returns what experts found in a deal, the newest first.
func EvaluationsOf(tx *db.Tx, deal string) (all []*Evaluation, err error) {
	rows, err := tx.Query(`SELECT id, side, by_whom, evaluated_on, examined, findings, verdict, attachment, at, by_account FROM deal_evaluation WHERE deal = ? ORDER BY id DESC`, deal)
	if err != nil {
		return nil, fmt.Errorf("read the evaluations of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		e, on := &Evaluation{}, ""
		if err := rows.Scan(&e.ID, &e.Side, &e.By, &on, &e.Examined, &e.Findings, &e.Verdict, &e.Attachment, &e.At, &e.Account); err != nil {
			return nil, err
		}
		if e.On, err = when.ParseDay(on); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

func addValuation(tx *db.Tx, deal string, v *Valuation) error {
	_, err := tx.Exec(`INSERT INTO deal_valuation (id, deal, side, by_whom, paper, valued_on, method, assumptions, low, high, valid_until, attachment, at, by_account) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		v.ID, deal, string(v.Side), v.By, v.Paper, v.On.String(), v.Method, v.Assumptions, v.Low, v.High, v.Until.String(), v.Attachment, v.At, string(v.Account))
	if err != nil {
		return fmt.Errorf("keep a valuation: %w", err)
	}
	return nil
}

// ValuationsOf returns the valuations in a deal, the newest first.
func ValuationsOf(tx *db.Tx, deal string) (all []*Valuation, err error) {
	rows, err := tx.Query(`SELECT id, side, by_whom, paper, valued_on, method, assumptions, low, high, valid_until, attachment, at, by_account FROM deal_valuation WHERE deal = ? ORDER BY id DESC`, deal)
	if err != nil {
		return nil, fmt.Errorf("read the valuations of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		v, on, until := &Valuation{}, "", ""
		if err := rows.Scan(&v.ID, &v.Side, &v.By, &v.Paper, &on, &v.Method, &v.Assumptions, &v.Low, &v.High, &until, &v.Attachment, &v.At, &v.Account); err != nil {
			return nil, err
		}
		if v.On, err = when.ParseDay(on); err != nil {
			return nil, err
		}
		if v.Until, err = when.ParseDay(until); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// inStates returns deals in some states, after one of them.
func inStates(tx *db.Tx, states []string, after string, limit int) ([]*Deal, error) {
	args := []any{after}
	for _, state := range states {
		args = append(args, state)
	}
	return Records.Find(tx, `WHERE id > ? AND state IN (?`+strings.Repeat(", ?", len(states)-1)+`) ORDER BY id LIMIT ?`, append(args, limit)...)
}

// noteDuty notes that a side is reminded, and reports whether it is for the first time.
func noteDuty(tx *db.Tx, deal string, one duty, step string) (bool, error) {
	var what string
	err := tx.QueryRow(`INSERT INTO deal_duty (deal, what, side, due_on, step, at) VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (deal, what, side, due_on, step) DO NOTHING RETURNING what`,
		deal, one.what, string(one.side), one.due.String(), step, when.Micro(tx.Now)).Scan(&what)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func keepPayment(tx *db.Tx, deal, item string, on when.Day, paper string, at int64, by account.ID) error {
	_, err := tx.Exec(`INSERT INTO deal_payment (deal, item, paid_on, paper, at, by_account, received_at, received_by) VALUES (?, ?, ?, ?, ?, ?, 0, '')
		ON CONFLICT (deal, item) DO UPDATE SET paid_on = excluded.paid_on, paper = excluded.paper, at = excluded.at, by_account = excluded.by_account`, deal, item, on.String(), paper, at, string(by))
	return err
}

func receivePayment(tx *db.Tx, deal, item string, at int64, by account.ID) error {
	_, err := tx.Exec(`UPDATE deal_payment SET received_at = ?, received_by = ? WHERE deal = ? AND item = ?`, at, string(by), deal, item)
	return err
}
