package programme

import (
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

// FindingsOf returns what a round found, in the order in which it was found.
func FindingsOf(tx *db.Tx, round string) ([]*Finding, error) {
	return Findings.Find(tx, `WHERE round = ? ORDER BY id`, round)
}

// FindingsToAnswer returns the findings that a body has to answer, by their days.
func FindingsToAnswer(tx *db.Tx, body string) ([]*Finding, error) {
	return Findings.Find(tx, `WHERE owner = ? AND state = 'open' ORDER BY due_on, id LIMIT 200`, body)
}

// FindingsToDecide returns the answered findings of the rounds that somebody holds, the oldest first.
func FindingsToDecide(tx *db.Tx, a account.Actor) ([]*Finding, error) {
	if !account.MayHoldRounds.Allows(a) {
		return nil, nil
	}
	held, args := "created_by = ?", []any{string(a.ID)}
	for _, m := range a.Memberships {
		held += " OR owner = ?"
		args = append(args, m.Organisation)
	}
	return Findings.Find(tx, `WHERE state = 'answered' AND round IN (SELECT id FROM check_round WHERE `+held+`) ORDER BY due_on, id LIMIT 200`, args...)
}

func insertAnswer(tx *db.Tx, by account.ID, finding, words string) (string, error) {
	id := db.NewID(tx.Now)
	_, err := tx.Exec(`INSERT INTO check_finding_answer (id, finding, words, state, reason, author, at, decided_by, decided_at) VALUES (?, ?, ?, 'filed', '', ?, ?, '', 0)`,
		id, finding, words, string(by), when.Micro(tx.Now))
	if err != nil {
		return "", fmt.Errorf("keep an answer: %w", err)
	}
	return id, nil
}

func decideAnswer(tx *db.Tx, by account.ID, finding, state, reason string) error {
	_, err := tx.Exec(`UPDATE check_finding_answer SET state = ?, reason = ?, decided_by = ?, decided_at = ? WHERE finding = ? AND state = 'filed'`,
		state, reason, string(by), when.Micro(tx.Now), finding)
	if err != nil {
		return fmt.Errorf("decide on an answer: %w", err)
	}
	return nil
}

// AnswersTo returns what was answered to a finding, oldest first.
func AnswersTo(tx *db.Tx, finding string) ([]Answer, error) {
	rows, err := tx.Query(`SELECT id, finding, words, state, reason, author, at, decided_by, decided_at FROM check_finding_answer WHERE finding = ? ORDER BY at, id`, finding)
	if err != nil {
		return nil, fmt.Errorf("read answers: %w", err)
	}
	defer rows.Close()
	var all []Answer
	for rows.Next() {
		var one Answer
		var at, decided int64
		if err := rows.Scan(&one.ID, &one.Finding, &one.Words, &one.State, &one.Reason, &one.By, &at, &one.DecidedBy, &decided); err != nil {
			return nil, err
		}
		one.At, one.DecidedAt = when.Time(at), when.Time(decided)
		all = append(all, one)
	}
	return all, rows.Err()
}
