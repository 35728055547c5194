package alert

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

// readersWaiting returns people whose searches of a rhythm found something before an instant that
// waits for a letter. Who stopped letters is not among them.
func readersWaiting(tx *db.Tx, rhythm Rhythm, before time.Time, limit int) (all []account.ID, err error) {
	rows, err := tx.Query(`SELECT DISTINCT s.account FROM finding f JOIN saved_search s ON s.id = f.search
		WHERE f.letter = '' AND f.at < ? AND s.rhythm = ? AND s.paused = 0 AND s.deleted = 0
		AND NOT EXISTS (SELECT 1 FROM alert_stop x WHERE x.account = s.account) ORDER BY s.account LIMIT ?`, when.Micro(before), string(rhythm), limit)
	if err != nil {
		return nil, fmt.Errorf("list who waits for a letter: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id account.ID
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, rows.Err()
}

// insertLetter makes a letter of all that waits for it.
func insertLetter(tx *db.Tx, id string, who account.ID, rhythm Rhythm, before time.Time) error {
	_, err := tx.Exec(`INSERT INTO alert_letter (id, account, rhythm, at, sent) VALUES (?, ?, ?, ?, 0)`, id, string(who), string(rhythm), when.Micro(tx.Now))
	if err != nil {
		return fmt.Errorf("leave a letter: %w", err)
	}
	_, err = tx.Exec(`UPDATE finding SET letter = ? WHERE letter = '' AND at < ? AND search IN
		(SELECT id FROM saved_search WHERE account = ? AND rhythm = ? AND paused = 0 AND deleted = 0)`, id, when.Micro(before), string(who), string(rhythm))
	if err != nil {
		return fmt.Errorf("leave a letter: %w", err)
	}
	return nil
}

// letterReader returns whose letter it is, "" when it was sent already or is none any more.
func letterReader(tx *db.Tx, id string) (who account.ID, err error) {
	err = tx.QueryRow(`SELECT account FROM alert_letter WHERE id = ? AND sent = 0`, id).Scan(&who)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("read a letter of alerts: %w", err)
	}
	return who, nil
}

func markSent(tx *db.Tx, id string) error {
	_, err := tx.Exec(`UPDATE alert_letter SET sent = ? WHERE id = ? AND sent = 0`, when.Micro(tx.Now), id)
	if err != nil {
		return fmt.Errorf("note that a letter was sent: %w", err)
	}
	return nil
}

// stoppedAt returns when a person stopped letters, zero when they want them.
func stoppedAt(tx *db.Tx, who account.ID) (time.Time, error) {
	var at int64
	err := tx.QueryRow(`SELECT at FROM alert_stop WHERE account = ?`, string(who)).Scan(&at)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("read who wants no letters: %w", err)
	}
	return instant(at), nil
}

// insertStop notes that a person wants no letters; it reports whether that is new.
func insertStop(tx *db.Tx, who account.ID) (bool, error) {
	return changes(tx.Exec(`INSERT INTO alert_stop (account, at) VALUES (?, ?) ON CONFLICT DO NOTHING`, string(who), when.Micro(tx.Now)))
}

// deleteStop notes that a person wants letters again; it reports whether that is new.
func deleteStop(tx *db.Tx, who account.ID) (bool, error) {
	return changes(tx.Exec(`DELETE FROM alert_stop WHERE account = ?`, string(who)))
}

func changes(result sql.Result, err error) (bool, error) {
	if err != nil {
		return false, fmt.Errorf("note who wants letters: %w", err)
	}
	n, err := result.RowsAffected()
	return n > 0, err
}
