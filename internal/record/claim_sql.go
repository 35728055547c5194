package record

import (
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

const (
	selectClaim = `SELECT id, kind, record, claim, level, statement_vi, statement_en, attachment, third_party, checked_by, checked_at, valid_until FROM claim `
	putClaimRow = `INSERT INTO claim (id, kind, record, claim, level, statement_vi, statement_en, attachment, third_party, checked_by, checked_at, valid_until, created_at, updated_at)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (id) DO UPDATE SET level = excluded.level, statement_vi = excluded.statement_vi, statement_en = excluded.statement_en,
		attachment = excluded.attachment, third_party = excluded.third_party, checked_by = excluded.checked_by,
		checked_at = excluded.checked_at, valid_until = excluded.valid_until, updated_at = excluded.updated_at`
	dropClaim = `DELETE FROM claim WHERE id = ?`
)

func storeClaim(tx *db.Tx, c *Claim) error {
	now := when.Micro(tx.Now)
	_, err := tx.Exec(putClaimRow, c.ID, c.Kind, c.Record, c.Claim, c.Proof, c.Statement.Vi, c.Statement.En, c.Attachment, c.ThirdParty,
		string(c.CheckedBy), when.Micro(c.Checked), c.Until.String(), now, now)
	if err != nil {
		return fmt.Errorf("store a claim: %w", err)
	}
	return nil
}

// DropClaim takes a claim away from its record; the ledger keeps that it was there.
func DropClaim(tx *db.Tx, id string) error {
	_, err := tx.Exec(dropClaim, id)
	return err
}

func claim(tx *db.Tx, id string) (*Claim, error) {
	all, err := claims(tx, selectClaim+`WHERE id = ?`, id)
	if err != nil {
		return nil, err
	}
	if len(all) == 0 {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return &all[0], nil
}

// Claims returns the claims of a record in the order in which they were made.
func Claims(tx *db.Tx, kind, id string) ([]Claim, error) {
	return claims(tx, selectClaim+`WHERE kind = ? AND record = ? ORDER BY id`, kind, id)
}

// ClaimsOf returns the claims of records of a kind, keyed by record: of those with an id of ids,
// which are at most some hundred, or of all when none is given.
func ClaimsOf(tx *db.Tx, kind string, ids ...string) (map[string][]Claim, error) {
	where, args := `WHERE kind = ?`, []any{kind}
	if len(ids) > 0 {
		where += ` AND record IN (?` + strings.Repeat(",?", len(ids)-1) + `)`
	}
	for _, id := range ids {
		args = append(args, id)
	}
	all, err := claims(tx, selectClaim+where+` ORDER BY record, id`, args...)
	by := map[string][]Claim{}
	for _, c := range all {
		by[c.Record] = append(by[c.Record], c)
	}
	return by, err
}

// RunOut returns the claims whose proof ran out between two days, from not included.
func RunOut(tx *db.Tx, from, to when.Day) ([]Claim, error) {
	return claims(tx, selectClaim+`WHERE valid_until <> '' AND valid_until >= ? AND valid_until < ? ORDER BY valid_until, id`, from.String(), to.String())
}

func claims(tx *db.Tx, query string, args ...any) ([]Claim, error) {
	rows, err := tx.Query(query, args...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read claims: %w", err)
	}
	defer rows.Close()
	var all []Claim
	for rows.Next() {
		var c Claim
		if err := rows.Scan(&c.ID, &c.Kind, &c.Record, &c.Claim, &c.Proof, &c.Statement.Vi, &c.Statement.En, &c.Attachment, &c.ThirdParty,
			&c.CheckedBy, timeScan{&c.Checked}, dayScan{&c.Until}); err != nil {
			return nil, fmt.Errorf("read claims: %w", err)
		}
		all = append(all, c)
	}
	return all, rows.Err()
}
