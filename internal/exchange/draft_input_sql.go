package exchange

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

const (
	selectInputs = `SELECT name, typed FROM draft_input WHERE kind = ? AND record = ? AND account = ?`
	putInput     = `INSERT INTO draft_input (kind, record, account, name, typed, at) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (kind, record, account, name) DO UPDATE SET typed = excluded.typed, at = excluded.at`
	dropInput = `DELETE FROM draft_input WHERE kind = ? AND record = ? AND account = ? AND name = ?`
)

// DraftInputs returns what an account typed into a draft that could not be read yet, by column.
func DraftInputs(tx *db.Tx, kind, id string, who account.ID) (map[string]string, error) {
	rows, err := tx.Query(selectInputs, kind, id, string(who))
	if err != nil {
		return nil, fmt.Errorf("read the inputs of a draft: %w", err)
	}
	defer rows.Close()
	kept := map[string]string{}
	for rows.Next() {
		var name, text string
		if err := rows.Scan(&name, &text); err != nil {
			return nil, fmt.Errorf("read the inputs of a draft: %w", err)
		}
		kept[name] = text
	}
	return kept, rows.Err()
}

// KeepInputs keeps what was typed and could not be read, so that it is there again after a reload,
// and forgets it for the columns that were typed anew and read.
func KeepInputs(tx *db.Tx, kind, id string, who account.ID, given Typed, amiss []fault.FieldFault) error {
	before, err := DraftInputs(tx, kind, id, who)
	if err != nil {
		return err
	}
	unread := map[string]bool{}
	for _, a := range amiss {
		unread[a.Field] = true
		text := strings.Join(given[a.Field], ",")
		if had, same := before[a.Field]; same && had == text {
			continue
		}
		if _, err := tx.Exec(putInput, kind, id, string(who), a.Field, text, when.Micro(tx.Now)); err != nil {
			return fmt.Errorf("keep an input of a draft: %w", err)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(before)) {
		if _, there := given[name]; !there || unread[name] {
			continue
		}
		if _, err := tx.Exec(dropInput, kind, id, string(who), name); err != nil {
			return fmt.Errorf("forget an input of a draft: %w", err)
		}
	}
	return nil
}
