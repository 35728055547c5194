package account

import (
	"database/sql"
	"errors"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

func passkeysOf(tx *db.Tx, id ID) ([]Passkey, error) {
	rows, err := tx.Query(`SELECT id, account, name, record, created, used FROM passkey WHERE account = ? ORDER BY created, id`, string(id))
	if err != nil {
		return nil, fmt.Errorf("list passkeys: %w", err)
	}
	defer rows.Close()
	var list []Passkey
	for rows.Next() {
		var p Passkey
		var created, used int64
		if err := rows.Scan(&p.ID, &p.Account, &p.Name, &p.Record, &created, &used); err != nil {
			return nil, fmt.Errorf("list passkeys: %w", err)
		}
		p.Created, p.Used = when.Time(created), when.Time(used)
		list = append(list, p)
	}
	return list, rows.Err()
}

func insertPasskey(tx *db.Tx, p Passkey) error {
	_, err := tx.Exec(`INSERT INTO passkey (id, account, name, record, created, used) VALUES (?, ?, ?, ?, ?, 0)`,
		p.ID, string(p.Account), p.Name, p.Record, when.Micro(p.Created))
	if db.Taken(err) {
		return fault.New(fault.Conflict, "account.passkey_known")
	}
	if err != nil {
		return fmt.Errorf("add a passkey: %w", err)
	}
	return nil
}

func updatePasskey(tx *db.Tx, id, record string) error {
	_, err := tx.Exec(`UPDATE passkey SET record = ?, used = ? WHERE id = ?`, record, when.Micro(tx.Now), id)
	return err
}

func deletePasskey(tx *db.Tx, owner ID, id string) (name string, err error) {
	err = tx.QueryRow(`DELETE FROM passkey WHERE account = ? AND id = ? RETURNING name`, string(owner), id).Scan(&name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.New(fault.NotFound, "account.passkey_unknown")
	}
	return name, err
}

// renamePasskey names a passkey anew and returns its former name.
func renamePasskey(tx *db.Tx, owner ID, id, name string) (former string, err error) {
	err = tx.QueryRow(`SELECT name FROM passkey WHERE account = ? AND id = ?`, string(owner), id).Scan(&former)
	if errors.Is(err, sql.ErrNoRows) {
		return "", fault.New(fault.NotFound, "account.passkey_unknown")
	}
	if err != nil {
		return "", fmt.Errorf("rename a passkey: %w", err)
	}
	_, err = tx.Exec(`UPDATE passkey SET name = ? WHERE account = ? AND id = ?`, name, string(owner), id)
	return former, err
}

// countWays counts the ways into an account besides a link in a letter.
func countWays(tx *db.Tx, id ID) (n int, err error) {
	err = tx.QueryRow(`SELECT (SELECT count(*) FROM passkey WHERE account = ?) + (SELECT count(*) FROM identity WHERE account = ?)
		+ (SELECT count(*) FROM account WHERE id = ? AND password <> '')`, string(id), string(id), string(id)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the ways in: %w", err)
	}
	return n, nil
}
