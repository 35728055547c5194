package account

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

func attempts(tx *db.Tx, about string) (tries int64, last time.Time, err error) {
	var us int64
	err = tx.QueryRow(`SELECT tries, last FROM attempt WHERE about = ?`, about).Scan(&tries, &us)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, time.Time{}, nil
	}
	if err != nil {
		return 0, time.Time{}, fmt.Errorf("count tries: %w", err)
	}
	return tries, when.Time(us), nil
}

func putAttempts(tx *db.Tx, about string, tries int64, last time.Time) error {
	_, err := tx.Exec(`INSERT INTO attempt (about, tries, last) VALUES (?, ?, ?)
		ON CONFLICT (about) DO UPDATE SET tries = excluded.tries, last = excluded.last`, about, tries, when.Micro(last))
	return err
}

func deleteAttempts(tx *db.Tx, about string) error {
	_, err := tx.Exec(`DELETE FROM attempt WHERE about = ?`, about)
	return err
}

func lowerAttempts(tx *db.Tx, about string) error {
	_, err := tx.Exec(`UPDATE attempt SET tries = tries - 1 WHERE about = ? AND tries > 0`, about)
	return err
}
