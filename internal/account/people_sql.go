package account

import (
	"fmt"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/lang"
)

var like = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// people returns one account more than the limit when there are more.
func people(tx *db.Tx, q Query) ([]*Account, error) {
	query := `SELECT ` + accountColumns + ` FROM account WHERE closed = 0`
	var args []any
	for _, word := range strings.Fields(lang.Fold(q.Text)) {
		query += ` AND found LIKE ? ESCAPE '\'`
		args = append(args, "%"+like.Replace(word)+"%")
	}
	if q.Role != "" {
		query += ` AND EXISTS (SELECT 1 FROM account_role r WHERE r.account = account.id AND r.role = ?)`
		args = append(args, string(q.Role))
	}
	if q.After != "" {
		query += ` AND id < ?`
		args = append(args, string(q.After))
	}
	rows, err := tx.Query(query+` ORDER BY id DESC LIMIT ?`, append(args, q.Limit+1)...)
	if err != nil {
		return nil, fmt.Errorf("list accounts: %w", err)
	}
	defer rows.Close()
	var list []*Account
	for rows.Next() {
		who, err := scanAccount(rows)
		if err != nil {
			return nil, fmt.Errorf("list accounts: %w", err)
		}
		list = append(list, who)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	for _, who := range list {
		if who.Roles, err = rolesOf(tx, who.ID); err != nil {
			return nil, err
		}
		if who.Memberships, err = membershipsOf(tx, who.ID); err != nil {
			return nil, err
		}
	}
	return list, nil
}
