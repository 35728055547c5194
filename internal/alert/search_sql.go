package alert

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

const (
	searchColumns = `SELECT id, account, name, address, tongue, kind, record, rhythm, since, paused, deleted, created, changed FROM saved_search `
	putSearch     = `INSERT INTO saved_search (id, account, name, address, tongue, kind, record, rhythm, since, paused, deleted, created, changed)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	setSearch = `UPDATE saved_search SET name = ?, rhythm = ?, since = ?, paused = ?, deleted = ?, changed = ? WHERE id = ?`
	watching  = `paused = 0 AND deleted = 0`
)

func insertSearch(tx *db.Tx, s *Search) error {
	_, err := tx.Exec(putSearch, s.ID, string(s.Account), s.Name, s.Address, string(s.Tongue), s.Listing.Kind, s.Listing.ID, string(s.Rhythm), s.Since,
		micro(s.Paused), micro(s.Deleted), micro(s.Created), micro(s.Changed))
	if err != nil {
		return fmt.Errorf("save a search: %w", err)
	}
	return nil
}

// insertWatch adds the search of a listing for a person, unless there is one.
func insertWatch(tx *db.Tx, s *Search) error {
	_, err := tx.Exec(putSearch+` ON CONFLICT (kind, record, account) WHERE record <> '' DO NOTHING`, s.ID, string(s.Account), s.Name, s.Address, string(s.Tongue),
		s.Listing.Kind, s.Listing.ID, string(s.Rhythm), s.Since, micro(s.Paused), micro(s.Deleted), micro(s.Created), micro(s.Changed))
	if err != nil {
		return fmt.Errorf("let a listing look: %w", err)
	}
	return nil
}

// renameWatches gives the searches of a listing the title that it has now, and lets them be read anew.
func renameWatches(tx *db.Tx, kind, id, title string) error {
	_, err := tx.Exec(`UPDATE saved_search SET name = ?, changed = ? WHERE kind = ? AND record = ? AND record <> ''`, title, when.Micro(tx.Now), kind, id)
	if err != nil {
		return fmt.Errorf("rename the searches of a listing: %w", err)
	}
	return nil
}

// touchWatches lets the searches of a listing be read anew.
func touchWatches(tx *db.Tx, kind, id string) error {
	_, err := tx.Exec(`UPDATE saved_search SET changed = ? WHERE kind = ? AND record = ? AND record <> ''`, when.Micro(tx.Now), kind, id)
	if err != nil {
		return fmt.Errorf("read the searches of a listing anew: %w", err)
	}
	return nil
}

func updateSearch(tx *db.Tx, s *Search) error {
	_, err := tx.Exec(setSearch, s.Name, string(s.Rhythm), s.Since, micro(s.Paused), micro(s.Deleted), micro(s.Changed), s.ID)
	if err != nil {
		return fmt.Errorf("change saved search %s: %w", s.ID, err)
	}
	return nil
}

// searchOf returns a search, nil when there is none.
func searchOf(tx *db.Tx, id string) (*Search, error) {
	s, err := scanSearch(tx.QueryRow(searchColumns+`WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return s, err
}

// typedOf returns all searches that a person typed, those deleted too, newest first.
func typedOf(tx *db.Tx, id account.ID) ([]*Search, error) {
	return searches(tx, `WHERE account = ? AND record = '' ORDER BY created DESC, id DESC`, string(id))
}

// lookingOf returns some of the searches that listings of a person stand for, newest first.
func lookingOf(tx *db.Tx, id account.ID, limit, from int) ([]*Search, error) {
	return searches(tx, `WHERE account = ? AND record <> '' ORDER BY created DESC, id DESC LIMIT ? OFFSET ?`, string(id), limit, from)
}

// switchListings pauses all searches that listings of a person stand for, or lets them look from a
// seq of the ledger on.
func switchListings(tx *db.Tx, id account.ID, look bool, seq int64) error {
	statements := []string{`UPDATE saved_search SET paused = ?, changed = ? WHERE account = ? AND record <> '' AND paused = 0`}
	args := [][]any{{when.Micro(tx.Now), when.Micro(tx.Now), string(id)}}
	if look {
		statements = []string{
			`UPDATE finding SET letter = '-' WHERE letter = '' AND search IN (SELECT id FROM saved_search WHERE account = ? AND record <> '' AND paused > 0)`,
			`UPDATE saved_search SET paused = 0, since = ?, changed = ? WHERE account = ? AND record <> '' AND paused > 0`}
		args = [][]any{{string(id)}, {seq, when.Micro(tx.Now), string(id)}}
	}
	for i, statement := range statements {
		if _, err := tx.Exec(statement, args[i]...); err != nil {
			return fmt.Errorf("switch the listings that look: %w", err)
		}
	}
	return nil
}

// changedSince returns the searches that changed since then.
func changedSince(tx *db.Tx, at time.Time) ([]*Search, error) {
	return searches(tx, `WHERE changed >= ?`, micro(at))
}

const atOnceAsked = 250 // ids that one query asks for

// searchesByID returns the searches of those ids; one that is none is missing.
func searchesByID(tx *db.Tx, ids []string) (all []*Search, err error) {
	for some := range slices.Chunk(ids, atOnceAsked) {
		args := make([]any, len(some))
		for i, id := range some {
			args[i] = id
		}
		list, err := searches(tx, `WHERE id IN (?`+strings.Repeat(", ?", len(some)-1)+`)`, args...)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// watchingIDs returns the ids of all searches that watch.
func watchingIDs(tx *db.Tx) (all []string, err error) {
	rows, err := tx.Query(`SELECT id FROM saved_search WHERE ` + watching)
	if err != nil {
		return nil, fmt.Errorf("list the saved searches: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, rows.Err()
}

func countWatching(tx *db.Tx) (n int, err error) {
	err = tx.QueryRow(`SELECT count(*) FROM saved_search WHERE ` + watching).Scan(&n)
	return n, err
}

func searches(tx *db.Tx, where string, args ...any) ([]*Search, error) {
	rows, err := tx.Query(searchColumns+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read saved searches: %w", err)
	}
	defer rows.Close()
	var all []*Search
	for rows.Next() {
		s, err := scanSearch(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

func scanSearch(row interface{ Scan(...any) error }) (*Search, error) {
	var s Search
	var paused, deleted, created, changed int64
	err := row.Scan(&s.ID, &s.Account, &s.Name, &s.Address, &s.Tongue, &s.Listing.Kind, &s.Listing.ID, &s.Rhythm, &s.Since, &paused, &deleted, &created, &changed)
	s.Paused, s.Deleted, s.Created, s.Changed = instant(paused), instant(deleted), instant(created), instant(changed)
	return &s, err
}

// sweep removes searches deleted before an instant, and findings of before another.
func sweep(tx *db.Tx, deleted, found time.Time) error {
	for statement, at := range map[string]time.Time{
		`DELETE FROM finding WHERE at < ?`:      found,
		`DELETE FROM alert_letter WHERE at < ?`: found,
		`DELETE FROM finding WHERE search IN (SELECT id FROM saved_search WHERE deleted > 0 AND deleted < ?)`: deleted,
	} {
		if _, err := tx.Exec(statement, micro(at)); err != nil {
			return err
		}
	}
	_, err := tx.Exec(`DELETE FROM saved_search WHERE deleted > 0 AND deleted < ?`, micro(deleted))
	return err
}

// eraseAccount leaves nothing of what a person searched for.
func eraseAccount(tx *db.Tx, id account.ID) error {
	for _, statement := range []string{
		`DELETE FROM finding WHERE search IN (SELECT id FROM saved_search WHERE account = ?)`,
		`DELETE FROM saved_search WHERE account = ?`,
		`DELETE FROM alert_letter WHERE account = ?`,
		`DELETE FROM alert_stop WHERE account = ?`,
	} {
		if _, err := tx.Exec(statement, string(id)); err != nil {
			return fmt.Errorf("erase saved searches: %w", err)
		}
	}
	return nil
}

// micro is an instant as it is stored; 0 for none.
func micro(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return when.Micro(t)
}

func instant(us int64) time.Time {
	if us == 0 {
		return time.Time{}
	}
	return when.Time(us)
}
