package exchange

import (
	"fmt"
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/search"
)

// Holder is whose a listing is, also where its readers are not told: the organisation, and the
// account that began it.
type Holder struct {
	Owner string
	By    account.ID
}

const selectHolders = `SELECT id, owner, created_by FROM `

// HoldersOf returns whose the listings are; one that is none is missing. It is for the house itself,
// never to be shown.
func (x *Exchange) HoldersOf(tx *db.Tx, keys []search.Key) (map[search.Key]Holder, error) {
	all := map[search.Key]Holder{}
	for some := range slices.Chunk(keys, docsAtOnce) {
		for _, kind := range []string{Offers.Name, Needs.Name} {
			var args []any
			for _, key := range some {
				if key.Kind == kind {
					args = append(args, key.ID)
				}
			}
			if len(args) == 0 {
				continue
			}
			take := func(key search.Key, h Holder) error { all[key] = h; return nil }
			if err := eachHolder(tx, kind, `WHERE id IN (?`+strings.Repeat(", ?", len(args)-1)+`)`, args, take); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// OnTheFloor calls take with every listing that is on the floor and whose it is.
func (x *Exchange) OnTheFloor(tx *db.Tx, take func(search.Key, Holder) error) error {
	for _, kind := range []string{Offers.Name, Needs.Name} {
		if err := eachHolder(tx, kind, `WHERE state IN ('published', 'renewed', 'expiring')`, nil, take); err != nil {
			return err
		}
	}
	return nil
}

// eachHolder reads all rows before take is called, for take may ask the same transaction.
func eachHolder(tx *db.Tx, kind, where string, args []any, take func(search.Key, Holder) error) error {
	rows, err := tx.Query(selectHolders+kind+" "+where, args...)
	if err != nil {
		return fmt.Errorf("read whose the listings are: %w", err)
	}
	defer rows.Close()
	var keys []search.Key
	var holders []Holder
	for rows.Next() {
		key, h := search.Key{Kind: kind}, Holder{}
		if err := rows.Scan(&key.ID, &h.Owner, &h.By); err != nil {
			return err
		}
		keys, holders = append(keys, key), append(holders, h)
	}
	if err := rows.Err(); err != nil {
		return err
	}
	for i, key := range keys {
		if err := take(key, holders[i]); err != nil {
			return err
		}
	}
	return nil
}
