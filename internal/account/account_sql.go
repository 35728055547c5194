package account

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

const accountColumns = `id, email, name, locale, password, created, confirmed, suspended, closed`

const (
	byID    = `SELECT ` + accountColumns + ` FROM account WHERE id = ?`
	byEmail = `SELECT ` + accountColumns + ` FROM account WHERE email_key = ?`
)

// accountWhere reads one account with its roles and memberships.
func accountWhere(tx *db.Tx, query, arg string) (*Account, error) {
	who, err := scanAccount(tx.QueryRow(query, arg))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.NotFound, "account.not_found")
	}
	if err != nil {
		return nil, fmt.Errorf("read an account: %w", err)
	}
	if who.Roles, err = rolesOf(tx, who.ID); err != nil {
		return nil, err
	}
	who.Memberships, err = membershipsOf(tx, who.ID)
	return who, err
}

func scanAccount(row interface{ Scan(...any) error }) (*Account, error) {
	var a Account
	var created, confirmed, suspended, closed int64
	err := row.Scan(&a.ID, &a.Email, &a.Name, &a.Locale, &a.password, &created, &confirmed, &suspended, &closed)
	a.HasPassword = a.password != ""
	a.Created, a.Confirmed = when.Time(created), when.Time(confirmed)
	a.Suspended, a.Closed = when.Time(suspended), when.Time(closed)
	return &a, err
}

func insertAccount(tx *db.Tx, a *Account, key string) error {
	_, err := tx.Exec(`INSERT INTO account (id, email, email_key, name, found, locale, password, created, confirmed, suspended, closed)
		VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, 0, 0)`,
		string(a.ID), a.Email, key, a.Name, found(a.Name, a.Email), string(a.Locale), when.Micro(a.Created), when.Micro(a.Confirmed))
	if db.Taken(err) {
		return fault.New(fault.Conflict, "account.email_taken")
	}
	return err
}

func updateProfile(tx *db.Tx, id ID, name, found string, tag lang.Tag) error {
	_, err := tx.Exec(`UPDATE account SET name = ?, found = ?, locale = ? WHERE id = ?`, name, found, string(tag), string(id))
	return err
}

func setEmail(tx *db.Tx, id ID, email, key, found string) error {
	_, err := tx.Exec(`UPDATE account SET email = ?, email_key = ?, found = ?, confirmed = ? WHERE id = ?`,
		email, key, found, when.Micro(tx.Now), string(id))
	return err
}

func setSuspended(tx *db.Tx, id ID, at time.Time) error {
	if _, err := tx.Exec(`UPDATE account SET suspended = ? WHERE id = ?`, when.Micro(at), string(id)); err != nil {
		return err
	}
	return dropWays(tx, id, `DELETE FROM session WHERE account = ?`, `DELETE FROM ticket WHERE account = ?`)
}

// eraseAccount leaves nothing of a person but the id.
func eraseAccount(tx *db.Tx, id ID) error {
	if err := dropWays(tx, id,
		`DELETE FROM session WHERE account = ?`,
		`DELETE FROM ticket WHERE account = ?`,
		`DELETE FROM passkey WHERE account = ?`,
		`DELETE FROM recovery_code WHERE account = ?`,
		`DELETE FROM second_factor WHERE account = ?`,
		`DELETE FROM identity WHERE account = ?`,
		`DELETE FROM account_role WHERE account = ?`,
		`DELETE FROM membership WHERE account = ?`,
		`DELETE FROM invitation WHERE email_key = (SELECT email_key FROM account WHERE id = ?)`,
	); err != nil {
		return err
	}
	_, err := tx.Exec(`UPDATE account SET email = '', email_key = ?, name = '', found = '', password = '', closed = ? WHERE id = ?`,
		"closed:"+string(id), when.Micro(tx.Now), string(id))
	return err
}

func dropWays(tx *db.Tx, id ID, statements ...string) error {
	for _, statement := range statements {
		if _, err := tx.Exec(statement, string(id)); err != nil {
			return err
		}
	}
	return nil
}

func setPassword(tx *db.Tx, id ID, hash string) error {
	_, err := tx.Exec(`UPDATE account SET password = ? WHERE id = ?`, hash, string(id))
	return err
}
