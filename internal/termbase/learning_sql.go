package termbase

import (
	"database/sql"
	"errors"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
	"chonoi/internal/when"
)

const (
	dropLearnt   = `DELETE FROM learnt_word`
	addLearnt    = `INSERT INTO learnt_word (tongue, word, said, likelihood) VALUES (?, ?, ?, ?)`
	selectLearnt = `SELECT tongue, word, said, likelihood FROM learnt_word ORDER BY tongue, word, likelihood DESC, said`
	setLearning  = `INSERT INTO learning (id, pairs, learnt_at) VALUES ('now', ?, ?) ON CONFLICT (id) DO UPDATE SET pairs = excluded.pairs, learnt_at = excluded.learnt_at`
	getLearning  = `SELECT pairs, learnt_at FROM learning WHERE id = 'now'`
)

// perMillion is in what a likelihood is kept.
const perMillion = 1_000_000

func replaceLearnt(tx *db.Tx, pairs int, words []lexicon.Learnt) error {
	if _, err := tx.Exec(dropLearnt); err != nil {
		return fmt.Errorf("forget what was learnt: %w", err)
	}
	for _, w := range words {
		if _, err := tx.Exec(addLearnt, string(w.Tongue), w.Word, w.Said, int64(w.Likelihood*perMillion)); err != nil {
			return fmt.Errorf("keep what was learnt: %w", err)
		}
	}
	_, err := tx.Exec(setLearning, pairs, when.Micro(tx.Now))
	return err
}

// learning returns from how many texts was learnt, and when; zeros when nothing was.
func learning(tx *db.Tx) (pairs int, at int64, err error) {
	err = tx.QueryRow(getLearning).Scan(&pairs, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, 0, nil
	}
	return pairs, at, err
}

// learnt returns the model that was kept; nil when there is none.
func learnt(tx *db.Tx) (*lexicon.Model, error) {
	pairs, _, err := learning(tx)
	if err != nil || pairs < lexicon.LeastPairs {
		return nil, err
	}
	rows, err := tx.Query(selectLearnt)
	if err != nil {
		return nil, fmt.Errorf("read what was learnt: %w", err)
	}
	defer rows.Close()
	var words []lexicon.Learnt
	for rows.Next() {
		var w lexicon.Learnt
		tongue, likelihood := "", int64(0)
		if err := rows.Scan(&tongue, &w.Word, &w.Said, &likelihood); err != nil {
			return nil, err
		}
		w.Tongue, w.Likelihood = lang.Tag(tongue), float64(likelihood)/perMillion
		words = append(words, w)
	}
	return lexicon.ModelOf(pairs, words), rows.Err()
}
