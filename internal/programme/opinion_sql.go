package programme

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// saidSince counts the opinions of a person since an instant.
func saidSince(tx *db.Tx, by account.ID, since time.Time) (n int, err error) {
	err = tx.QueryRow(`SELECT COUNT(*) FROM opinion WHERE created_by = ? AND created_at > ?`, string(by), when.Micro(since)).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count opinions: %w", err)
	}
	return n, nil
}

// OpinionsOn returns the opinions on a clause that are shown, newest first.
func OpinionsOn(tx *db.Tx, plan, clause string, limit int) ([]*Opinion, error) {
	return Opinions.Find(tx, `WHERE plan = ? AND clause = ? AND state = 'shown' ORDER BY id DESC LIMIT ?`, plan, clause, limit)
}

// OpinionsIn returns the opinions in a state, oldest first, after one of them.
func OpinionsIn(tx *db.Tx, state, after string, limit int) ([]*Opinion, error) {
	return Opinions.Find(tx, `WHERE state = ? AND id > ? ORDER BY id LIMIT ?`, state, after, limit)
}

// ShownOpinions returns the opinions that everybody may read, of one plan or of all, newest first.
func ShownOpinions(tx *db.Tx, plan, before string, limit int) ([]*Opinion, error) {
	where, args := `WHERE state = 'shown' AND (plan = ? OR ? = '')`, []any{plan, plan}
	if before != "" {
		where += ` AND id < ?`
		args = append(args, before)
	}
	return Opinions.Find(tx, where+` ORDER BY id DESC LIMIT ?`, append(args, limit)...)
}

// CountOpinions returns how many opinions are in a state.
func CountOpinions(tx *db.Tx, state string) (n int, err error) {
	if err = tx.QueryRow(`SELECT COUNT(*) FROM opinion WHERE state = ?`, state).Scan(&n); err != nil {
		return 0, fmt.Errorf("count opinions: %w", err)
	}
	return n, nil
}

func letteredSince(tx *db.Tx, since time.Time) (n int, err error) {
	if err = tx.QueryRow(`SELECT COUNT(*) FROM opinion WHERE created_by = ? AND created_at > ?`, string(ByLetter), when.Micro(since)).Scan(&n); err != nil {
		return 0, fmt.Errorf("count opinions: %w", err)
	}
	return n, nil
}

func insertAuthor(tx *db.Tx, opinion, email string, tag lang.Tag) error {
	_, err := tx.Exec(`INSERT INTO opinion_address (opinion, email, locale, at) VALUES (?, ?, ?, ?)`, opinion, email, string(tag), when.Micro(tx.Now))
	if err != nil {
		return fmt.Errorf("keep where an author is told: %w", err)
	}
	return nil
}

// TakeAuthor returns where the author of an opinion without an account is told what became of it, and
// forgets it; both are empty when it is not known any more.
func TakeAuthor(tx *db.Tx, opinion string) (email string, tag lang.Tag, err error) {
	err = tx.QueryRow(`DELETE FROM opinion_address WHERE opinion = ? RETURNING email, locale`, opinion).Scan(&email, &tag)
	if errors.Is(err, sql.ErrNoRows) {
		return "", "", nil
	}
	if err != nil {
		return "", "", fmt.Errorf("find where an author is told: %w", err)
	}
	return email, tag, nil
}

// ForgetAuthors forgets the addresses that have waited for an answer since before an instant.
func ForgetAuthors(tx *db.Tx, before time.Time) error {
	if _, err := tx.Exec(`DELETE FROM opinion_address WHERE at < ?`, when.Micro(before)); err != nil {
		return fmt.Errorf("forget authors: %w", err)
	}
	return nil
}
