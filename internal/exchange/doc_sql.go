package exchange

import (
	"fmt"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/search"
)

// owners lists the organisations that have listings of a kind.
func owners(tx *db.Tx, kind string) ([]string, error) {
	rows, err := tx.Query(`SELECT DISTINCT owner FROM ` + kind)
	if err != nil {
		return nil, fmt.Errorf("list the owners: %w", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, rows.Err()
}

// KeysOf names the listings of an organisation.
func (x *Exchange) KeysOf(tx *db.Tx, owner string) ([]search.Key, error) {
	rows, err := tx.Query(`SELECT 'offer', id FROM offer WHERE owner = ? UNION ALL SELECT 'need', id FROM need WHERE owner = ?`, owner, owner)
	if err != nil {
		return nil, fmt.Errorf("list the listings of %s: %w", owner, err)
	}
	defer rows.Close()
	var keys []search.Key
	for rows.Next() {
		var k search.Key
		if err := rows.Scan(&k.Kind, &k.ID); err != nil {
			return nil, err
		}
		keys = append(keys, k)
	}
	return keys, rows.Err()
}

// withIDs reads what Doc looks at of the listings with those ids.
func (s *Shelf[T]) withIDs(tx *db.Tx, ids []string) ([]*T, error) {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return s.sought().Find(tx, "WHERE id IN (?"+strings.Repeat(",?", len(ids)-1)+")", args...)
}

// whole reads the listings with those ids, in no order.
func (s *Shelf[T]) whole(tx *db.Tx, ids []string) ([]*T, error) {
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	return s.Kind.Find(tx, "WHERE id IN (?"+strings.Repeat(",?", len(ids)-1)+")", args...)
}
