package termbase

import (
	"database/sql"
	"errors"
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
)

const (
	selectProposals = `SELECT id, state, vi, en, field, note, reason, proposer, created_at FROM term_proposal`
	addProposal     = `INSERT INTO term_proposal (id, state, vi, en, field, note, reason, proposer, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	setProposal     = `UPDATE term_proposal SET state = ?, reason = ? WHERE id = ?`
	countOpen       = `SELECT COUNT(*) FROM term_proposal WHERE proposer = ? AND state = 'open'`
)

func insertProposal(tx *db.Tx, p Proposal) error {
	if _, err := tx.Exec(addProposal, p.ID, p.State, p.Vi, p.En, p.Field, p.Note, p.Reason, p.Proposer, p.CreatedAt); err != nil {
		return fmt.Errorf("write proposal %s: %w", p.ID, err)
	}
	return nil
}

func decideProposal(tx *db.Tx, p Proposal) error {
	if _, err := tx.Exec(setProposal, p.State, p.Reason, p.ID); err != nil {
		return fmt.Errorf("decide proposal %s: %w", p.ID, err)
	}
	return nil
}

func openOf(tx *db.Tx, proposer account.ID) (n int, err error) {
	return n, tx.QueryRow(countOpen, string(proposer)).Scan(&n)
}

func scanProposal(row interface{ Scan(...any) error }) (p Proposal, err error) {
	return p, row.Scan(&p.ID, &p.State, &p.Vi, &p.En, &p.Field, &p.Note, &p.Reason, &p.Proposer, &p.CreatedAt)
}

func proposalBy(tx *db.Tx, id string) (Proposal, error) {
	p, err := scanProposal(tx.QueryRow(selectProposals+` WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return p, fault.New(fault.NotFound, "proposal.unknown")
	}
	return p, err
}

func proposalsBy(tx *db.Tx, where string, args ...any) ([]Proposal, error) {
	rows, err := tx.Query(selectProposals+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read the proposals: %w", err)
	}
	defer rows.Close()
	var all []Proposal
	for rows.Next() {
		p, err := scanProposal(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// OpenProposals returns the proposals that wait, the oldest first.
func OpenProposals(tx *db.Tx, limit int) ([]Proposal, error) {
	return proposalsBy(tx, ` WHERE state = ? ORDER BY created_at, id LIMIT ?`, Open, limit)
}

// ProposalsOf returns what somebody proposed, the newest first.
func ProposalsOf(tx *db.Tx, proposer account.ID, limit int) ([]Proposal, error) {
	return proposalsBy(tx, ` WHERE proposer = ? ORDER BY created_at DESC, id DESC LIMIT ?`, string(proposer), limit)
}
