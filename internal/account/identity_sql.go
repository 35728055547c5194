package account

import (
	"database/sql"
	"errors"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// identityOwner returns the account that an identity is tied to, "" when it is tied to none.
func identityOwner(tx *db.Tx, issuer, subject string) (id ID, err error) {
	err = tx.QueryRow(`SELECT account FROM identity WHERE issuer = ? AND subject = ?`, issuer, subject).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

func insertIdentity(tx *db.Tx, id ID, i Identity) error {
	_, err := tx.Exec(`INSERT INTO identity (issuer, subject, account, created) VALUES (?, ?, ?, ?)`,
		i.Issuer, i.Subject, string(id), when.Micro(tx.Now))
	return err
}

func identitiesOf(tx *db.Tx, id ID) ([]Identity, error) {
	rows, err := tx.Query(`SELECT issuer, subject, created FROM identity WHERE account = ? ORDER BY created, subject`, string(id))
	if err != nil {
		return nil, fmt.Errorf("list identities: %w", err)
	}
	defer rows.Close()
	var list []Identity
	for rows.Next() {
		var i Identity
		var created int64
		if err := rows.Scan(&i.Issuer, &i.Subject, &created); err != nil {
			return nil, fmt.Errorf("list identities: %w", err)
		}
		i.Created = when.Time(created)
		list = append(list, i)
	}
	return list, rows.Err()
}

func deleteIdentity(tx *db.Tx, id ID, issuer string) error {
	result, err := tx.Exec(`DELETE FROM identity WHERE account = ? AND issuer = ?`, string(id), issuer)
	if err != nil {
		return fmt.Errorf("untie an identity: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n == 0 {
		return errors.Join(fault.New(fault.NotFound, "account.identity_unknown"), err)
	}
	return nil
}
