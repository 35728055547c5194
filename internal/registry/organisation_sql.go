package registry

import (
	"fmt"
	"slices"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/lang"
)

// Names returns the names of organisations by id; one that does not exist is missing.
func Names(tx *db.Tx, ids ...string) (map[string]lang.Both, error) {
	names := map[string]lang.Both{}
	if len(ids) == 0 {
		return names, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	rows, err := tx.Query(`SELECT id, name_vi, name_en FROM organisation WHERE id IN (`+strings.Repeat(", ?", len(ids))[2:]+`)`, args...)
	if err != nil {
		return nil, fmt.Errorf("name organisations: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var name lang.Both
		if err := rows.Scan(&id, &name.Vi, &name.En); err != nil {
			return nil, err
		}
		names[id] = name
	}
	return names, rows.Err()
}

// Waiting returns the organisations that wait for an officer's confirmation, oldest first.
func Waiting(tx *db.Tx, limit int) ([]*Organisation, error) {
	return Organisations.Find(tx, "WHERE state = 'unconfirmed' ORDER BY created_at, id LIMIT ?", limit)
}

// Confirmed returns confirmed organisations in the order of their ids after one, for paging by key.
func Confirmed(tx *db.Tx, after string, limit int) ([]*Organisation, error) {
	return Organisations.Find(tx, "WHERE state = 'confirmed' AND id > ? ORDER BY id LIMIT ?", after, limit)
}

// BySource returns the organisation that an import knows by that id, nil when there is none.
func BySource(tx *db.Tx, source, external string) (*Organisation, error) {
	all, err := Organisations.Find(tx, "WHERE source = ? AND external_id = ? LIMIT 1", source, external)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}

// Identity returns the words by which an organisation is known: what an anonymous listing of it
// must not say.
func Identity(tx *db.Tx, id string) ([]string, error) {
	o, err := Organisations.Get(tx, id)
	if err != nil {
		return nil, err
	}
	var words []string
	for _, word := range []string{o.Name.Vi, o.Name.En, o.ShortName, o.TaxCode, o.Email, o.Phone, o.Website, o.Address.Vi, o.Address.En} {
		if word != "" {
			words = append(words, word)
		}
	}
	return words, nil
}

// OfKind returns those of some organisations that are of a kind.
func OfKind(tx *db.Tx, kind string, ids []string) ([]string, error) {
	var all []string
	for some := range slices.Chunk(ids, 500) {
		args := []any{kind}
		for _, id := range some {
			args = append(args, id)
		}
		found, err := Organisations.Find(tx, `WHERE kind = ? AND id IN (?`+strings.Repeat(", ?", len(some)-1)+`) ORDER BY id`, args...)
		if err != nil {
			return nil, err
		}
		for _, o := range found {
			all = append(all, o.ID)
		}
	}
	return all, nil
}
