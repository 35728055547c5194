package programme

import (
	"fmt"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

func insertMark(tx *db.Tx, m Mark) error {
	_, err := tx.Exec(`INSERT INTO document_mark (id, symbol, symbol_key, issued_on, state, replaced_by, since, basis, author, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		db.NewID(tx.Now), m.Symbol, lang.Fold(m.Symbol), m.Issued.String(), m.State, m.ReplacedBy, m.Since.String(), m.Basis, string(m.By), m.At)
	if err != nil {
		return fmt.Errorf("mark a document: %w", err)
	}
	return nil
}

// mostNamed is how many names one statement asks for.
const mostNamed = 400

// marksOf returns what was told of documents, by their symbols without case and marks, oldest first.
func marksOf(tx *db.Tx, symbols ...string) (map[string][]Mark, error) {
	all := map[string][]Mark{}
	for ; len(symbols) > 0; symbols = symbols[min(len(symbols), mostNamed):] {
		some := symbols[:min(len(symbols), mostNamed)]
		args := make([]any, len(some))
		for i, s := range some {
			args[i] = lang.Fold(s)
		}
		rows, err := tx.Query(`SELECT symbol, symbol_key, issued_on, state, replaced_by, since, basis, author, at FROM document_mark
			WHERE symbol_key IN (?`+strings.Repeat(", ?", len(some)-1)+`) ORDER BY at, id`, args...)
		if err != nil {
			return nil, fmt.Errorf("read the marks of documents: %w", err)
		}
		for rows.Next() {
			var m Mark
			var key, issued, since, by string
			if err := rows.Scan(&m.Symbol, &key, &issued, &m.State, &m.ReplacedBy, &since, &m.Basis, &by, &m.At); err != nil {
				rows.Close()
				return nil, err
			}
			m.Issued, _ = when.ParseDay(issued)
			m.Since, _ = when.ParseDay(since)
			m.By = account.ID(by)
			all[key] = append(all[key], m)
		}
		if err := rows.Err(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// MarksOf returns what was told of one document, oldest first.
func MarksOf(tx *db.Tx, symbol string, issued when.Day) ([]Mark, error) {
	of, err := marksOf(tx, symbol)
	var all []Mark
	for _, m := range of[lang.Fold(symbol)] {
		if same(m.Issued, issued) {
			all = append(all, m)
		}
	}
	return all, err
}

// plansWith returns the plans of this house that have one of some symbols, oldest first.
func plansWith(tx *db.Tx, symbols ...string) (map[string][]*Plan, error) {
	all := map[string][]*Plan{}
	for ; len(symbols) > 0; symbols = symbols[min(len(symbols), mostNamed):] {
		some := symbols[:min(len(symbols), mostNamed)]
		args := make([]any, len(some))
		for i, s := range some {
			args[i] = s
		}
		err := Plans.Each(tx, func(p *Plan) error { all[p.Symbol] = append(all[p.Symbol], p); return nil },
			`WHERE symbol IN (?`+strings.Repeat(", ?", len(some)-1)+`) AND symbol <> '' AND state <> 'draft' ORDER BY id`, args...)
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// PlansCiting returns the plans that cite a symbol, newest first.
func PlansCiting(tx *db.Tx, symbol string, limit int) ([]*Plan, error) {
	return Plans.Find(tx, `WHERE state <> 'draft' AND id IN (SELECT plan FROM plan_fact WHERE kind = 'citation' AND value = ?) ORDER BY id DESC LIMIT ?`, symbol, limit)
}
