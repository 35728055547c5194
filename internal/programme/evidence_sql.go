package programme

import (
	"errors"
	"fmt"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

func insertEvidence(tx *db.Tx, e Evidence) error {
	_, err := tx.Exec(`INSERT INTO evidence_item (id, plan, clause, task, kind, record, title, form, dated, author, at, checked_by, checked_at, refused, removed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0, '', 0)`,
		e.ID, e.Plan, e.Clause, e.Task, e.Kind, e.Record, e.Title, e.Form, e.Dated.String(), string(e.By), when.Micro(e.At))
	if err != nil {
		return fmt.Errorf("keep evidence: %w", err)
	}
	return nil
}

func checkEvidence(tx *db.Tx, id string, by account.ID, refused string) error {
	_, err := tx.Exec(`UPDATE evidence_item SET checked_by = ?, checked_at = ?, refused = ? WHERE id = ?`, string(by), when.Micro(tx.Now), refused, id)
	if err != nil {
		return fmt.Errorf("check evidence: %w", err)
	}
	return nil
}

func removeEvidence(tx *db.Tx, id string) error {
	_, err := tx.Exec(`UPDATE evidence_item SET removed = ? WHERE id = ?`, when.Micro(tx.Now), id)
	if err != nil {
		return fmt.Errorf("remove evidence: %w", err)
	}
	return nil
}

// EvidenceOf returns one piece of evidence that was not removed.
func EvidenceOf(tx *db.Tx, id string) (*Evidence, error) {
	all, err := evidence(tx, `WHERE id = ? AND removed = 0`, id)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return all[0], nil
}

// EvidenceFor returns the evidence for the tasks and clauses of a plan, oldest first; for those
// clauses only that are named, if any is.
func EvidenceFor(tx *db.Tx, plan string, clauses ...string) ([]*Evidence, error) {
	where, args := `WHERE plan = ? AND removed = 0`, []any{plan}
	if len(clauses) > 0 {
		where += ` AND clause IN (?` + strings.Repeat(", ?", len(clauses)-1) + `)`
		for _, c := range clauses {
			args = append(args, c)
		}
	}
	return evidence(tx, where+` ORDER BY at, id`, args...)
}

func evidence(tx *db.Tx, where string, args ...any) ([]*Evidence, error) {
	rows, err := tx.Query(`SELECT id, plan, clause, task, kind, record, title, form, dated, author, at, checked_by, checked_at, refused FROM evidence_item `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read evidence: %w", err)
	}
	defer rows.Close()
	var all []*Evidence
	for rows.Next() {
		var e Evidence
		var dated string
		var at, checked int64
		if err := rows.Scan(&e.ID, &e.Plan, &e.Clause, &e.Task, &e.Kind, &e.Record, &e.Title, &e.Form, &dated, &e.By, &at, &e.Checked, &checked, &e.Refused); err != nil {
			return nil, err
		}
		if e.Dated, err = when.ParseDay(dated); err != nil {
			return nil, err
		}
		e.At, e.CheckedAt = when.Time(at), when.Time(checked)
		all = append(all, &e)
	}
	return all, rows.Err()
}

func endRule(tx *db.Tx, plan, id string) error {
	result, err := tx.Exec(`UPDATE evidence_rule SET ended = ? WHERE id = ? AND plan = ? AND ended = 0`, when.Micro(tx.Now), id, plan)
	if err != nil {
		return fmt.Errorf("end a rule: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, fault.New(fault.NotFound, "record.not_found"))
	}
	return nil
}

// Rules returns which measures speak for the clauses of a plan.
func Rules(tx *db.Tx, plan string) ([]Rule, error) {
	rows, err := tx.Query(`SELECT id, plan, clause, mission, measure, version, target, target_basis, author, at FROM evidence_rule
		WHERE plan = ? AND ended = 0 ORDER BY clause, mission, measure, id`, plan)
	if err != nil {
		return nil, fmt.Errorf("read rules of evidence: %w", err)
	}
	defer rows.Close()
	var all []Rule
	for rows.Next() {
		var r Rule
		if err := rows.Scan(&r.ID, &r.Plan, &r.Clause, &r.Mission, &r.Measure, &r.Version, &r.Target, &r.TargetBasis, &r.By, &r.At); err != nil {
			return nil, err
		}
		all = append(all, r)
	}
	return all, rows.Err()
}
