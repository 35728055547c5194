package account

import (
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

func keyIDs(tx *db.Tx) ([]string, error) {
	rows, err := tx.Query(`SELECT id FROM installation_key ORDER BY since, id`)
	if err != nil {
		return nil, fmt.Errorf("read the known keys: %w", err)
	}
	defer rows.Close()
	var ids []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func insertKey(tx *db.Tx, id string) error {
	_, err := tx.Exec(`INSERT INTO installation_key (id, since) VALUES (?, ?) ON CONFLICT (id) DO NOTHING`, id, when.Micro(tx.Now))
	return err
}

// factorSecrets returns all secrets of second factors as they are kept.
func factorSecrets(tx *db.Tx) (map[ID]string, error) {
	rows, err := tx.Query(`SELECT account, secret FROM second_factor`)
	if err != nil {
		return nil, fmt.Errorf("read the second factors: %w", err)
	}
	defer rows.Close()
	all := map[ID]string{}
	for rows.Next() {
		var id ID
		var secret string
		if err := rows.Scan(&id, &secret); err != nil {
			return nil, err
		}
		all[id] = secret
	}
	return all, rows.Err()
}

func setFactorSecret(tx *db.Tx, id ID, secret string) error {
	_, err := tx.Exec(`UPDATE second_factor SET secret = ? WHERE account = ?`, secret, string(id))
	return err
}
