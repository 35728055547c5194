package termbase

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lexicon"
)

const (
	selectDictionaries = `SELECT id, name, licence, source, state, lines, terms, bad, faults, created_at FROM dictionary`
	addDictionary      = `INSERT INTO dictionary (id, name, licence, source, state, lines, terms, bad, faults, created_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	addPart            = `INSERT INTO dictionary_part (dictionary, place, terms) VALUES (?, ?, ?)`
	selectParts        = `SELECT terms FROM dictionary_part WHERE dictionary = ? ORDER BY place LIMIT ?`
	markUsed           = `UPDATE dictionary SET state = ? WHERE id = ?`
	deleteParts        = `DELETE FROM dictionary_part WHERE dictionary = ?`
	dropDictionary     = `DELETE FROM dictionary WHERE id = ?`
	countName          = `SELECT COUNT(*) FROM dictionary WHERE name = ?`
)

func insertDictionary(tx *db.Tx, d Dictionary) error {
	faults, err := faultsText(d.Faults)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(addDictionary, d.ID, d.Name, d.Licence, d.Source, d.State, d.Lines, d.Terms, d.Bad, faults, d.CreatedAt); err != nil {
		return fmt.Errorf("write dictionary %s: %w", d.ID, err)
	}
	return nil
}

func insertPart(tx *db.Tx, id string, place int, terms string) error {
	if _, err := tx.Exec(addPart, id, place, terms); err != nil {
		return fmt.Errorf("write dictionary %s: %w", id, err)
	}
	return nil
}

func nameTaken(tx *db.Tx, name string) (bool, error) {
	n := 0
	err := tx.QueryRow(countName, name).Scan(&n)
	return n > 0, err
}

func useDictionary(tx *db.Tx, id string) error {
	_, err := tx.Exec(markUsed, InUse, id)
	return err
}

func deleteDictionary(tx *db.Tx, id string) error {
	if _, err := tx.Exec(deleteParts, id); err != nil {
		return err
	}
	_, err := tx.Exec(dropDictionary, id)
	return err
}

func dictionariesBy(tx *db.Tx, where string, args ...any) ([]Dictionary, error) {
	rows, err := tx.Query(selectDictionaries+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read the dictionaries: %w", err)
	}
	defer rows.Close()
	var all []Dictionary
	for rows.Next() {
		d, err := scanDictionary(rows)
		if err != nil {
			return nil, err
		}
		all = append(all, d)
	}
	return all, rows.Err()
}

func scanDictionary(row interface{ Scan(...any) error }) (d Dictionary, err error) {
	faults := ""
	if err := row.Scan(&d.ID, &d.Name, &d.Licence, &d.Source, &d.State, &d.Lines, &d.Terms, &d.Bad, &faults, &d.CreatedAt); err != nil {
		return d, err
	}
	return d, json.Unmarshal([]byte(faults), &d.Faults)
}

// Dictionaries returns all dictionaries, drafts too, the oldest first.
func Dictionaries(tx *db.Tx) ([]Dictionary, error) {
	return dictionariesBy(tx, ` ORDER BY created_at, id`)
}

// DictionaryBy returns the dictionary of that id; NotFound when there is none.
func DictionaryBy(tx *db.Tx, id string) (Dictionary, error) {
	d, err := scanDictionary(tx.QueryRow(selectDictionaries+` WHERE id = ?`, id))
	if errors.Is(err, sql.ErrNoRows) {
		return d, fault.New(fault.NotFound, "dictionary.unknown")
	}
	return d, err
}

// dictionariesInUse returns the dictionaries that searches use, the later over the earlier.
func dictionariesInUse(tx *db.Tx) ([]lexicon.Overlay, error) {
	list, err := dictionariesBy(tx, ` WHERE state = ? ORDER BY created_at, id`, InUse)
	if err != nil {
		return nil, err
	}
	var all []lexicon.Overlay
	for _, d := range list {
		terms, err := partsOf(tx, d.ID, 1<<20)
		if err != nil {
			return nil, err
		}
		all = append(all, lexicon.Overlay{Name: d.Name, Licence: d.Licence, Terms: terms})
	}
	return all, nil
}

// partsOf returns the terms of the first parts of a dictionary.
func partsOf(tx *db.Tx, id string, most int) (terms []lexicon.Term, err error) {
	rows, err := tx.Query(selectParts, id, most)
	if err != nil {
		return nil, fmt.Errorf("read dictionary %s: %w", id, err)
	}
	defer rows.Close()
	for rows.Next() {
		part := ""
		if err := rows.Scan(&part); err != nil {
			return nil, err
		}
		terms = append(terms, termsOf(part)...)
	}
	return terms, rows.Err()
}

// oldDrafts returns the drafts that are older than that instant.
func oldDrafts(tx *db.Tx, before int64) ([]Dictionary, error) {
	return dictionariesBy(tx, ` WHERE state = ? AND created_at < ?`, Draft, before)
}
