package account

import (
	"fmt"
	"slices"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

// rolesOf lists the granted roles of an account in the order of Granted.
func rolesOf(tx *db.Tx, id ID) ([]Role, error) {
	rows, err := tx.Query(`SELECT role FROM account_role WHERE account = ?`, string(id))
	if err != nil {
		return nil, fmt.Errorf("read roles: %w", err)
	}
	defer rows.Close()
	var roles []Role
	for rows.Next() {
		var role Role
		if err := rows.Scan(&role); err != nil {
			return nil, fmt.Errorf("read roles: %w", err)
		}
		roles = append(roles, role)
	}
	slices.SortFunc(roles, func(a, b Role) int { return slices.Index(Granted, a) - slices.Index(Granted, b) })
	return roles, rows.Err()
}

func replaceRoles(tx *db.Tx, by, id ID, roles []Role) error {
	if _, err := tx.Exec(`DELETE FROM account_role WHERE account = ?`, string(id)); err != nil {
		return err
	}
	for _, role := range roles {
		if _, err := tx.Exec(`INSERT INTO account_role (account, role, granted, granted_by) VALUES (?, ?, ?, ?)`,
			string(id), string(role), when.Micro(tx.Now), string(by)); err != nil {
			return err
		}
	}
	return nil
}

// administrators counts those who can sign in, without the one who leaves, and tells whether that
// one is an administrator too.
func administrators(tx *db.Tx, leaving ID) (others int, isOne bool, err error) {
	var own int
	err = tx.QueryRow(`SELECT count(*) FILTER (WHERE a.id <> ?), count(*) FILTER (WHERE a.id = ?)
		FROM account a JOIN account_role r ON r.account = a.id
		WHERE r.role = 'administrator' AND a.suspended = 0 AND a.closed = 0`, string(leaving), string(leaving)).Scan(&others, &own)
	return others, own > 0, err
}
