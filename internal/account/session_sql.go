package account

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

func insertSession(tx *db.Tx, s Session, id ID, digest string, expires time.Time) error {
	_, err := tx.Exec(`INSERT INTO session (id, digest, account, way, created, seen, expires, agent, address) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		s.ID, digest, string(id), s.Way, when.Micro(s.Created), when.Micro(s.Seen), when.Micro(expires), s.Agent, s.Address)
	return err
}

// sessionByDigest returns the actor without roles and memberships, and whether there is one.
func sessionByDigest(tx *db.Tx, digest string) (actor Actor, seen time.Time, live bool, err error) {
	var us int64
	err = tx.QueryRow(`SELECT s.id, s.seen, a.id, a.name, a.email, a.locale FROM session s JOIN account a ON a.id = s.account
		WHERE s.digest = ? AND s.expires > ? AND a.suspended = 0 AND a.closed = 0`, digest, when.Micro(tx.Now)).
		Scan(&actor.Session, &us, &actor.ID, &actor.Name, &actor.Email, &actor.Locale)
	if errors.Is(err, sql.ErrNoRows) {
		return Actor{}, time.Time{}, false, nil
	}
	if err != nil {
		return Actor{}, time.Time{}, false, fmt.Errorf("read a session: %w", err)
	}
	return actor, when.Time(us), true, nil
}

func sessionsOf(tx *db.Tx, id ID) ([]Session, error) {
	rows, err := tx.Query(`SELECT id, way, created, seen, agent, address FROM session WHERE account = ? AND expires > ? ORDER BY created DESC, id DESC`,
		string(id), when.Micro(tx.Now))
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	defer rows.Close()
	var list []Session
	for rows.Next() {
		var s Session
		var created, seen int64
		if err := rows.Scan(&s.ID, &s.Way, &created, &seen, &s.Agent, &s.Address); err != nil {
			return nil, fmt.Errorf("list sessions: %w", err)
		}
		s.Created, s.Seen = when.Time(created), when.Time(seen)
		list = append(list, s)
	}
	return list, rows.Err()
}

func sessionCreated(tx *db.Tx, session string) (time.Time, error) {
	var us int64
	err := tx.QueryRow(`SELECT created FROM session WHERE id = ?`, session).Scan(&us)
	if errors.Is(err, sql.ErrNoRows) {
		return time.Time{}, nil
	}
	return when.Time(us), err
}

func deleteSessionByDigest(tx *db.Tx, digest string) (id ID, err error) {
	err = tx.QueryRow(`DELETE FROM session WHERE digest = ? RETURNING account`, digest).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return id, err
}

func deleteSession(tx *db.Tx, id ID, session string) (int64, error) {
	result, err := tx.Exec(`DELETE FROM session WHERE id = ? AND account = ?`, session, string(id))
	if err != nil {
		return 0, fmt.Errorf("end a session: %w", err)
	}
	return result.RowsAffected()
}

func deleteSessionsBut(tx *db.Tx, id ID, session string) error {
	_, err := tx.Exec(`DELETE FROM session WHERE account = ? AND id <> ?`, string(id), session)
	if err != nil {
		return fmt.Errorf("end sessions: %w", err)
	}
	return nil
}

func putSeen(tx *db.Tx, seen map[string]time.Time) error {
	for id, at := range seen {
		if _, err := tx.Exec(`UPDATE session SET seen = ? WHERE id = ? AND seen < ?`, when.Micro(at), id, when.Micro(at)); err != nil {
			return err
		}
	}
	return nil
}

func sweep(tx *db.Tx) error {
	now := when.Micro(tx.Now)
	for _, one := range []struct {
		query  string
		before int64
	}{
		{`DELETE FROM session WHERE expires < ?`, now},
		{`DELETE FROM session WHERE seen < ?`, when.Micro(tx.Now.Add(-idleMember - time.Hour))},
		{`DELETE FROM ticket WHERE expires < ?`, now},
		{`DELETE FROM invitation WHERE expires < ?`, now},
		{`DELETE FROM attempt WHERE last < ?`, when.Micro(tx.Now.Add(-24 * time.Hour))},
	} {
		if _, err := tx.Exec(one.query, one.before); err != nil {
			return err
		}
	}
	return nil
}
