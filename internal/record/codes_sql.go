package record

import (
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

const (
	selectCodes = `SELECT list, code, vi, en, valid_from, valid_to, legal_basis FROM code ORDER BY list, place, code, valid_from`
	selectList  = `SELECT code, vi, en, valid_from, valid_to, legal_basis FROM code WHERE list = ?`
	selectLists = `SELECT DISTINCT list FROM code`
	putCode     = `INSERT INTO code (list, code, vi, en, valid_from, valid_to, legal_basis, place) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (list, code, valid_from) DO UPDATE SET vi = excluded.vi, en = excluded.en, valid_to = excluded.valid_to,
		legal_basis = excluded.legal_basis, place = excluded.place`
	endCode = `UPDATE code SET valid_to = ? WHERE list = ? AND code = ? AND valid_from = ? AND valid_to = ''`
)

func storedCodes(tx *db.Tx) ([]Code, error) {
	rows, err := tx.Query(selectCodes)
	if err != nil {
		return nil, fmt.Errorf("read the code lists: %w", err)
	}
	defer rows.Close()
	var all []Code
	for rows.Next() {
		var c Code
		if err := rows.Scan(&c.List, &c.Code, &c.Name.Vi, &c.Name.En, dayScan{&c.From}, dayScan{&c.To}, &c.LegalBasis); err != nil {
			return nil, fmt.Errorf("read the code lists: %w", err)
		}
		all = append(all, c)
	}
	return all, rows.Err()
}

func storedLists(tx *db.Tx) (map[string]bool, error) {
	rows, err := tx.Query(selectLists)
	if err != nil {
		return nil, fmt.Errorf("name the code lists: %w", err)
	}
	defer rows.Close()
	have := map[string]bool{}
	for rows.Next() {
		var name string
		if err := rows.Scan(&name); err != nil {
			return nil, err
		}
		have[name] = true
	}
	return have, rows.Err()
}

// mergeCodes writes a list and returns what changed. An open entry that is told anew with a later
// beginning ends the day before that; one that is not told any more ends yesterday.
func mergeCodes(tx *db.Tx, list string, codes []Code) ([]ledger.Change, error) {
	stored, err := entriesOf(tx, list)
	if err != nil {
		return nil, err
	}
	var changes []ledger.Change
	begins := map[string]when.Day{} // of each code that is told
	for place, c := range codes {
		if old, same := stored[c.entry()].text(), c.text(); old != same {
			changes = append(changes, ledger.Change{Field: c.Code, Old: old, New: same})
		}
		delete(stored, c.entry())
		if from, told := begins[c.Code]; !told || from.Before(c.From) {
			begins[c.Code] = c.From
		}
		if _, err := tx.Exec(putCode, list, c.Code, c.Name.Vi, c.Name.En, c.From.String(), c.To.String(), c.LegalBasis, place); err != nil {
			return nil, fmt.Errorf("write code %s of %s: %w", c.Code, list, err)
		}
	}
	for _, c := range stored {
		if !c.To.Zero() {
			continue // ended before
		}
		end := when.DayOf(tx.Now).AddDays(-1)
		if from, told := begins[c.Code]; told && !from.Zero() {
			end = from.AddDays(-1)
		}
		changes = append(changes, ledger.Change{Field: c.Code, Old: c.text()})
		if _, err := tx.Exec(endCode, end.String(), list, c.Code, c.From.String()); err != nil {
			return nil, fmt.Errorf("end code %s of %s: %w", c.Code, list, err)
		}
	}
	return changes, nil
}

// entry tells an entry of a list from all others: a code may begin anew.
func (c Code) entry() string { return c.Code + " " + c.From.String() }

// entriesOf returns all entries of a list, also those that have ended.
func entriesOf(tx *db.Tx, list string) (map[string]Code, error) {
	rows, err := tx.Query(selectList, list)
	if err != nil {
		return nil, fmt.Errorf("read list %s: %w", list, err)
	}
	defer rows.Close()
	all := map[string]Code{}
	for rows.Next() {
		c := Code{List: list}
		if err := rows.Scan(&c.Code, &c.Name.Vi, &c.Name.En, dayScan{&c.From}, dayScan{&c.To}, &c.LegalBasis); err != nil {
			return nil, err
		}
		all[c.entry()] = c
	}
	return all, rows.Err()
}

func (c Code) text() string {
	if c.Code == "" {
		return ""
	}
	return fmt.Sprintf("%s | %s | %s | %s | %s", c.Name.Vi, c.Name.En, c.From, c.To, c.LegalBasis)
}
