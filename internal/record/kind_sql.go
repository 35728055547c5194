package record

import (
	"database/sql"
	"errors"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

func (k *Kind[T]) store(tx *db.Tx, query string, args []any) error {
	if _, err := tx.Exec(query, args...); err != nil {
		if db.Taken(err) {
			return fault.New(fault.Conflict, "record.exists")
		}
		return fmt.Errorf("store %s: %w", k.Name, err)
	}
	return nil
}

func (k *Kind[T]) update(tx *db.Tx, args []any) (bool, error) {
	result, err := tx.Exec(k.sql.update, args...)
	if err != nil {
		return false, fmt.Errorf("update %s: %w", k.Name, err)
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// Get returns the record of that id, or a NotFound fault.
func (k *Kind[T]) Get(tx *db.Tx, id string) (*T, error) {
	return k.One(tx, "WHERE id = ?", id)
}

// One returns the first record of a condition on the kind's own table, or a NotFound fault.
func (k *Kind[T]) One(tx *db.Tx, where string, args ...any) (*T, error) {
	var r T
	err := tx.QueryRow(k.sql.sel+where, args...).Scan(k.into(&r)...)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	if err != nil {
		return nil, fmt.Errorf("load %s: %w", k.Name, err)
	}
	return &r, nil
}

// Find returns the records of a condition with its order and limit.
func (k *Kind[T]) Find(tx *db.Tx, where string, args ...any) ([]*T, error) {
	var all []*T
	err := k.Each(tx, func(r *T) error { all = append(all, r); return nil }, where, args...)
	return all, err
}

// Each calls do with every record of a condition, one at a time.
func (k *Kind[T]) Each(tx *db.Tx, do func(*T) error, where string, args ...any) error {
	rows, err := tx.Query(k.sql.sel+where, args...)
	if err != nil {
		return fmt.Errorf("list %s: %w", k.Name, err)
	}
	defer rows.Close()
	for rows.Next() {
		r := new(T)
		if err := rows.Scan(k.into(r)...); err != nil {
			return fmt.Errorf("list %s: %w", k.Name, err)
		}
		if err := do(r); err != nil {
			return err
		}
	}
	return rows.Err()
}

func (k *Kind[T]) into(r *T) []any {
	return append(k.Head(r).targets(), k.Fields.Targets(r)...)
}

const takeNumbers = `INSERT INTO record_number (name, last) VALUES (?, ?)
	ON CONFLICT (name) DO UPDATE SET last = record_number.last + excluded.last RETURNING last`

// nextNumbers gives the next n numbers that people cite: CN-2026-0417.
func nextNumbers(tx *db.Tx, prefix string, n int) ([]string, error) {
	name := fmt.Sprintf("%s-%d", prefix, when.DayOf(tx.Now).Year)
	var last int64
	if err := tx.QueryRow(takeNumbers, name, n).Scan(&last); err != nil {
		return nil, fmt.Errorf("take numbers for %s: %w", name, err)
	}
	numbers := make([]string, n)
	for i := range numbers {
		numbers[i] = fmt.Sprintf("%s-%04d", name, last-int64(n-1-i))
	}
	return numbers, nil
}
