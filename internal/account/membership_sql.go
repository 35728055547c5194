package account

import (
	"database/sql"
	"errors"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

func membershipsOf(tx *db.Tx, id ID) ([]Membership, error) {
	rows, err := tx.Query(`SELECT organisation, manager FROM membership WHERE account = ? AND since > 0 ORDER BY since, organisation`, string(id))
	if err != nil {
		return nil, fmt.Errorf("read memberships: %w", err)
	}
	defer rows.Close()
	var list []Membership
	for rows.Next() {
		var m Membership
		var manager int
		if err := rows.Scan(&m.Organisation, &manager); err != nil {
			return nil, fmt.Errorf("read memberships: %w", err)
		}
		m.Manager = manager == 1
		list = append(list, m)
	}
	return list, rows.Err()
}

// insertMembership reports whether the membership is new.
func insertMembership(tx *db.Tx, m Colleague, by ID) (bool, error) {
	result, err := tx.Exec(`INSERT INTO membership (account, organisation, manager, asked, since, admitted_by) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (account, organisation) DO NOTHING`,
		string(m.Account), m.Organisation, bit(m.Manager), when.Micro(m.Asked), when.Micro(m.Since), string(by))
	if err != nil {
		return false, fmt.Errorf("add a membership: %w", err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

const memberColumns = `m.account, a.name, a.email, m.organisation, m.manager, m.asked, m.since`

func scanMember(row interface{ Scan(...any) error }) (m Colleague, err error) {
	var manager int
	var asked, since int64
	err = row.Scan(&m.Account, &m.Name, &m.Email, &m.Organisation, &manager, &asked, &since)
	m.Manager, m.Asked, m.Since = manager == 1, when.Time(asked), when.Time(since)
	return m, err
}

func membership(tx *db.Tx, organisation string, id ID) (Colleague, error) {
	m, err := scanMember(tx.QueryRow(`SELECT `+memberColumns+` FROM membership m JOIN account a ON a.id = m.account
		WHERE m.organisation = ? AND m.account = ?`, organisation, string(id)))
	if errors.Is(err, sql.ErrNoRows) {
		return Colleague{}, fault.New(fault.NotFound, "account.no_member")
	}
	return m, err
}

func membersOf(tx *db.Tx, organisation string) ([]Colleague, error) {
	rows, err := tx.Query(`SELECT `+memberColumns+` FROM membership m JOIN account a ON a.id = m.account
		WHERE m.organisation = ? ORDER BY CASE WHEN m.since = 0 THEN 1 ELSE 0 END, m.manager DESC, m.since, m.asked, m.account`, organisation)
	if err != nil {
		return nil, fmt.Errorf("list members: %w", err)
	}
	defer rows.Close()
	var list []Colleague
	for rows.Next() {
		m, err := scanMember(rows)
		if err != nil {
			return nil, fmt.Errorf("list members: %w", err)
		}
		list = append(list, m)
	}
	return list, rows.Err()
}

func admit(tx *db.Tx, m Colleague, by ID) error {
	since := when.Micro(m.Since)
	if since == 0 {
		since = when.Micro(tx.Now)
	}
	_, err := tx.Exec(`UPDATE membership SET since = ?, manager = ?, admitted_by = ? WHERE organisation = ? AND account = ?`,
		since, bit(m.Manager), string(by), m.Organisation, string(m.Account))
	return err
}

func setManager(tx *db.Tx, organisation string, id ID, manager bool) error {
	_, err := tx.Exec(`UPDATE membership SET manager = ? WHERE organisation = ? AND account = ?`, bit(manager), organisation, string(id))
	return err
}

func deleteMembership(tx *db.Tx, organisation string, id ID) error {
	_, err := tx.Exec(`DELETE FROM membership WHERE organisation = ? AND account = ?`, organisation, string(id))
	return err
}

func askedBy(tx *db.Tx, id ID) ([]string, error) {
	rows, err := tx.Query(`SELECT organisation FROM membership WHERE account = ? AND since = 0 ORDER BY asked, organisation`, string(id))
	if err != nil {
		return nil, fmt.Errorf("list what was asked: %w", err)
	}
	defer rows.Close()
	var list []string
	for rows.Next() {
		var organisation string
		if err := rows.Scan(&organisation); err != nil {
			return nil, fmt.Errorf("list what was asked: %w", err)
		}
		list = append(list, organisation)
	}
	return list, rows.Err()
}

const invitationColumns = `id, organisation, email, manager, created, expires`

func putInvitation(tx *db.Tx, i Invitation, key string, by ID) error {
	_, err := tx.Exec(`INSERT INTO invitation (id, organisation, email, email_key, manager, created, created_by, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (organisation, email_key) DO UPDATE SET manager = excluded.manager, created_by = excluded.created_by, expires = excluded.expires`,
		i.ID, i.Organisation, i.Email, key, bit(i.Manager), when.Micro(i.Created), string(by), when.Micro(i.Expires))
	return err
}

func invitationsFor(tx *db.Tx, key string) ([]Invitation, error) {
	return invitationsWhere(tx, `email_key = ?`, key)
}

func invitationsOf(tx *db.Tx, organisation string) ([]Invitation, error) {
	return invitationsWhere(tx, `organisation = ?`, organisation)
}

func invitationsWhere(tx *db.Tx, condition, arg string) ([]Invitation, error) {
	rows, err := tx.Query(`SELECT `+invitationColumns+` FROM invitation WHERE `+condition+` AND expires > ? ORDER BY created, id`, arg, when.Micro(tx.Now))
	if err != nil {
		return nil, fmt.Errorf("list invitations: %w", err)
	}
	defer rows.Close()
	var list []Invitation
	for rows.Next() {
		i, err := scanInvitation(rows)
		if err != nil {
			return nil, fmt.Errorf("list invitations: %w", err)
		}
		list = append(list, i)
	}
	return list, rows.Err()
}

func scanInvitation(row interface{ Scan(...any) error }, more ...any) (i Invitation, err error) {
	var manager int
	var created, expires int64
	err = row.Scan(append([]any{&i.ID, &i.Organisation, &i.Email, &manager, &created, &expires}, more...)...)
	i.Manager, i.Created, i.Expires = manager == 1, when.Time(created), when.Time(expires)
	return i, err
}

func invitationFor(tx *db.Tx, id, key string) (i Invitation, by ID, err error) {
	i, err = scanInvitation(tx.QueryRow(`SELECT `+invitationColumns+`, created_by FROM invitation WHERE id = ? AND email_key = ? AND expires > ?`,
		id, key, when.Micro(tx.Now)), &by)
	if errors.Is(err, sql.ErrNoRows) {
		return Invitation{}, "", fault.New(fault.NotFound, "account.invitation_unknown")
	}
	return i, by, err
}

func deleteInvitation(tx *db.Tx, id string) error {
	_, err := tx.Exec(`DELETE FROM invitation WHERE id = ?`, id)
	return err
}
