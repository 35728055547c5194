package record

import (
	"fmt"

	"chonoi/internal/db"
)

const putSetting = `INSERT INTO setting (name, value, text) VALUES (?, ?, ?)
	ON CONFLICT (name) DO UPDATE SET value = excluded.value, text = excluded.text`

// settingRow is a setting as it lies in the database.
type settingRow struct {
	name, text string
	number     int64
}

func storedSettings(tx *db.Tx) (all []settingRow, err error) {
	rows, err := tx.Query(`SELECT name, value, text FROM setting`)
	if err != nil {
		return nil, fmt.Errorf("read the settings: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var row settingRow
		if err := rows.Scan(&row.name, &row.number, &row.text); err != nil {
			return nil, err
		}
		all = append(all, row)
	}
	return all, rows.Err()
}

func storeSetting(tx *db.Tx, name string, number int64, text string) error {
	if _, err := tx.Exec(putSetting, name, number, text); err != nil {
		return fmt.Errorf("store setting %s: %w", name, err)
	}
	return nil
}
