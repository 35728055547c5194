package record

import (
	"fmt"

	"chonoi/internal/db"
)

const putSetting = `INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`

func storedSettings(tx *db.Tx) (map[string]int64, error) {
	rows, err := tx.Query(`SELECT name, value FROM setting`)
	if err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	defer rows.Close()
	all := map[string]int64{}
	for rows.Next() {
		var name string
		var value int64
		if err := rows.Scan(&name, &value); err != nil {
			return nil, err
		}
		all[name] = value
	}
	return all, rows.Err()
}

func storeSetting(tx *db.Tx, name string, value int64) error {
	if _, err := tx.Exec(putSetting, name, value); err != nil {
		return fmt.Errorf("store setting %s: %w", name, err)
	}
	return nil
}
