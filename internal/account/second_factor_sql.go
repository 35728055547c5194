package account

import (
	"database/sql"
	"errors"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

func factorOf(tx *db.Tx, id ID) (f factor, err error) {
	var confirmed int64
	err = tx.QueryRow(`SELECT secret, confirmed, step FROM second_factor WHERE account = ?`, string(id)).Scan(&f.kept, &confirmed, &f.last)
	if errors.Is(err, sql.ErrNoRows) {
		return factor{}, nil
	}
	if err != nil {
		return factor{}, fmt.Errorf("read a second factor: %w", err)
	}
	f.confirmed = when.Time(confirmed)
	return f, nil
}

func hasSecondFactor(tx *db.Tx, id ID) (bool, error) {
	f, err := factorOf(tx, id)
	return !f.confirmed.IsZero(), err
}

func putFactor(tx *db.Tx, id ID, secret string) error {
	_, err := tx.Exec(`INSERT INTO second_factor (account, secret, created, confirmed, step) VALUES (?, ?, ?, 0, 0)
		ON CONFLICT (account) DO UPDATE SET secret = excluded.secret, created = excluded.created, confirmed = 0, step = 0`,
		string(id), secret, when.Micro(tx.Now))
	return err
}

func confirmFactor(tx *db.Tx, id ID, step int64) error {
	_, err := tx.Exec(`UPDATE second_factor SET confirmed = ?, step = ? WHERE account = ?`, when.Micro(tx.Now), step, string(id))
	return err
}

func confirmStep(tx *db.Tx, id ID, step int64) error {
	_, err := tx.Exec(`UPDATE second_factor SET step = ? WHERE account = ?`, step, string(id))
	return err
}

func deleteFactor(tx *db.Tx, id ID) error {
	return dropWays(tx, id, `DELETE FROM second_factor WHERE account = ?`, `DELETE FROM recovery_code WHERE account = ?`)
}

func countRecovery(tx *db.Tx, id ID) (n int, err error) {
	err = tx.QueryRow(`SELECT count(*) FROM recovery_code WHERE account = ?`, string(id)).Scan(&n)
	return n, err
}

func replaceRecovery(tx *db.Tx, id ID, digests []string) error {
	if err := dropWays(tx, id, `DELETE FROM recovery_code WHERE account = ?`); err != nil {
		return err
	}
	for _, digest := range digests {
		if _, err := tx.Exec(`INSERT INTO recovery_code (account, digest) VALUES (?, ?)`, string(id), digest); err != nil {
			return err
		}
	}
	return nil
}

// deleteRecovery uses a recovery code up and reports whether there was such a one.
func deleteRecovery(tx *db.Tx, id ID, digest string) (bool, error) {
	result, err := tx.Exec(`DELETE FROM recovery_code WHERE account = ? AND digest = ?`, string(id), digest)
	if err != nil {
		return false, fmt.Errorf("use a recovery code: %w", err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}
