package programme

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

func keepFigures(tx *db.Tx, review string, f *Figures) error {
	raw, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("write figures: %w", err)
	}
	sum := sha256.Sum256(raw)
	if _, err := tx.Exec(`INSERT INTO plan_review_figures (review, figures, sha256) VALUES (?, ?, ?)`, review, string(raw), hex.EncodeToString(sum[:])); err != nil {
		return fmt.Errorf("keep the figures of a review: %w", err)
	}
	return nil
}

func readFigures(tx *db.Tx, review string) (*Figures, error) {
	var raw string
	err := tx.QueryRow(`SELECT figures FROM plan_review_figures WHERE review = ?`, review).Scan(&raw)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	if err != nil {
		return nil, fmt.Errorf("read the figures of a review: %w", err)
	}
	var f Figures
	if err := json.Unmarshal([]byte(raw), &f); err != nil {
		return nil, fmt.Errorf("read the figures of a review: %w", err)
	}
	return &f, nil
}

func figuresSum(tx *db.Tx, review string) (sum string, err error) {
	err = tx.QueryRow(`SELECT sha256 FROM plan_review_figures WHERE review = ?`, review).Scan(&sum)
	return sum, err
}

func keepParts(tx *db.Tx, review string, by account.ID, parts []Words) error {
	for _, one := range parts {
		_, err := tx.Exec(`INSERT INTO plan_review_part (review, part, words_vi, words_en, author, at) VALUES (?, ?, ?, ?, ?, ?)
			ON CONFLICT (review, part) DO UPDATE SET words_vi = excluded.words_vi, words_en = excluded.words_en, author = excluded.author, at = excluded.at`,
			review, one.Part, one.Text.Vi, one.Text.En, string(by), when.Micro(tx.Now))
		if err != nil {
			return fmt.Errorf("keep a part of a review: %w", err)
		}
	}
	return nil
}

// PartsOf returns the words of a review in the order of its parts.
func PartsOf(tx *db.Tx, review string) ([]Words, error) {
	rows, err := tx.Query(`SELECT part, words_vi, words_en, author FROM plan_review_part WHERE review = ?`, review)
	if err != nil {
		return nil, fmt.Errorf("read the parts of a review: %w", err)
	}
	defer rows.Close()
	of := map[string]Words{}
	for rows.Next() {
		var one Words
		if err := rows.Scan(&one.Part, &one.Text.Vi, &one.Text.En, &one.By); err != nil {
			return nil, err
		}
		of[one.Part] = one
	}
	var all []Words
	for _, part := range ReviewParts {
		one := of[part]
		one.Part = part
		all = append(all, one)
	}
	return all, rows.Err()
}

// lastReports returns the newest report on each task of a plan that was made until the end of a day.
func lastReports(tx *db.Tx, plan string, on when.Day) (map[string]*Progress, error) {
	all, err := reports(tx, `WHERE task IN (SELECT id FROM task WHERE plan = ?) AND at < ? ORDER BY at, id`,
		plan, when.Micro(on.AddDays(1).Start()))
	if err != nil {
		return nil, err
	}
	last := make(map[string]*Progress, len(all))
	for _, r := range all {
		last[r.Task] = r
	}
	return last, nil
}

// plansNamed returns plans by their ids.
func plansNamed(tx *db.Tx, ids ...string) (map[string]*Plan, error) {
	all := make(map[string]*Plan, len(ids))
	if len(ids) == 0 {
		return all, nil
	}
	args := make([]any, len(ids))
	for i, id := range ids {
		args[i] = id
	}
	err := Plans.Each(tx, func(p *Plan) error { all[p.ID] = p; return nil }, `WHERE id IN (?`+strings.Repeat(", ?", len(ids)-1)+`)`, args...)
	return all, err
}

// plansOfBody returns the plans, drafts left out, of which a body was given something or has tasks,
// and its own; oldest first.
func plansOfBody(tx *db.Tx, body string) ([]*Plan, error) {
	return Plans.Find(tx, `WHERE state <> 'draft' AND (owner = ? OR id IN (SELECT plan FROM task WHERE owner = ?) OR id IN (SELECT plan FROM assignment WHERE body = ? AND state <> 'proposed')) ORDER BY id`, body, body, body)
}

// ReviewsOf returns the reviews of a plan, of all plans when it is empty, newest first, after one of
// them: as many as limit.
func ReviewsOf(tx *db.Tx, plan, after string, limit int) ([]*Review, error) {
	where, args := `WHERE (plan = ? OR ? = '' OR also <> '' AND also LIKE ?)`, []any{plan, plan, "%" + plan + "%"}
	if after != "" {
		where += ` AND id < ?`
		args = append(args, after)
	}
	return Reviews.Find(tx, where+` ORDER BY id DESC LIMIT ?`, append(args, limit)...)
}

// CorrectedBy returns the review that corrects another; nil when none does.
func CorrectedBy(tx *db.Tx, id string) (*Review, error) {
	all, err := Reviews.Find(tx, `WHERE corrects = ? AND state = 'issued' ORDER BY id DESC LIMIT 1`, id)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return all[0], nil
}
