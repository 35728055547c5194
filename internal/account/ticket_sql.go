package account

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

func insertTicket(tx *db.Tx, digest, purpose string, id ID, data string, expires time.Time) error {
	_, err := tx.Exec(`INSERT INTO ticket (digest, purpose, account, data, expires) VALUES (?, ?, ?, ?, ?)`,
		digest, purpose, string(id), data, when.Micro(expires))
	if err != nil {
		return fmt.Errorf("issue a ticket: %w", err)
	}
	return nil
}

func ticket(tx *db.Tx, digest, purpose string) (id ID, data string, err error) {
	err = tx.QueryRow(`SELECT account, data FROM ticket WHERE digest = ? AND purpose = ? AND expires > ?`,
		digest, purpose, when.Micro(tx.Now)).Scan(&id, &data)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", errSpent
	}
	return id, data, err
}

func deleteTicket(tx *db.Tx, digest string) error {
	result, err := tx.Exec(`DELETE FROM ticket WHERE digest = ?`, digest)
	if err != nil {
		return fmt.Errorf("take a ticket back: %w", err)
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return errors.Join(errSpent, err)
	}
	return nil
}

// deleteTickets takes back all tickets of an account: none opens what was shut since.
func deleteTickets(tx *db.Tx, id ID) error {
	_, err := tx.Exec(`DELETE FROM ticket WHERE account = ?`, string(id))
	return err
}
