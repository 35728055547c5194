package match

import (
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

const (
	selectProposals = `SELECT id, need, kind, supply, name, link, words, proposed_by, proposed_at FROM match_proposal WHERE need = ? ORDER BY id DESC`
	selectProposed  = `SELECT need, kind, supply FROM match_proposal WHERE supply <> '' ORDER BY id`
	insertProposal  = `INSERT INTO match_proposal (id, need, kind, supply, name, link, words, proposed_by, proposed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`
	deleteProposal  = `DELETE FROM match_proposal WHERE id = ?`
)

func putProposal(tx *db.Tx, p *Proposal) error {
	_, err := tx.Exec(insertProposal, p.ID, p.Need, p.Kind, p.Supply, p.Name, p.Link, p.Words, string(p.By), when.Micro(p.At))
	if err != nil {
		return fmt.Errorf("keep a proposal: %w", err)
	}
	return nil
}

func dropProposal(tx *db.Tx, id string) error {
	if _, err := tx.Exec(deleteProposal, id); err != nil {
		return fmt.Errorf("take a proposal back: %w", err)
	}
	return nil
}

func proposalsOf(tx *db.Tx, need string) ([]Proposal, error) {
	rows, err := tx.Query(selectProposals, need)
	if err != nil {
		return nil, fmt.Errorf("read proposals: %w", err)
	}
	defer rows.Close()
	var all []Proposal
	for rows.Next() {
		var p Proposal
		var at int64
		if err := rows.Scan(&p.ID, &p.Need, &p.Kind, &p.Supply, &p.Name, &p.Link, &p.Words, &p.By, &at); err != nil {
			return nil, fmt.Errorf("read proposals: %w", err)
		}
		p.At = when.Time(at)
		all = append(all, p)
	}
	return all, rows.Err()
}

// proposed lists which supplies were proposed for which needs.
func proposed(tx *db.Tx) ([]pairKey, error) {
	rows, err := tx.Query(selectProposed)
	if err != nil {
		return nil, fmt.Errorf("read proposals: %w", err)
	}
	defer rows.Close()
	var all []pairKey
	for rows.Next() {
		var p pairKey
		if err := rows.Scan(&p.need, &p.kind, &p.supply); err != nil {
			return nil, fmt.Errorf("read proposals: %w", err)
		}
		all = append(all, p)
	}
	return all, rows.Err()
}
