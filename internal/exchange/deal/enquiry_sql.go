package deal

import (
	"database/sql"
	"errors"
	"fmt"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

// askedBy tells whether an organisation has an open enquiry about a listing, and how many it sent
// since an instant.
func askedBy(tx *db.Tx, organisation, listing string, since time.Time) (open bool, recent int, err error) {
	var n int
	err = tx.QueryRow(`SELECT count(*) FILTER (WHERE listing = ? AND state IN ('screening', 'delivered', 'questioned', 'agreed')), count(*) FILTER (WHERE created_at > ?)
		FROM enquiry WHERE owner = ?`, listing, when.Micro(since), organisation).Scan(&n, &recent)
	if err != nil {
		return false, 0, fmt.Errorf("count enquiries: %w", err)
	}
	return n > 0, recent, nil
}

// admittedTo tells whether an organisation has an opened enquiry about a listing, and an agreement on
// confidentiality that is in force.
func admittedTo(tx *db.Tx, organisation, kind, listing string, today when.Day) (opened, signed bool, err error) {
	var n, m int
	if err = tx.QueryRow(`SELECT count(*) FROM enquiry WHERE owner = ? AND kind = ? AND listing = ? AND state = 'opened'`, organisation, kind, listing).Scan(&n); err != nil || n == 0 {
		return false, false, err
	}
	err = tx.QueryRow(`SELECT count(*) FROM deal WHERE kind = ? AND listing = ? AND (supplier = ? OR receiver = ?) AND nda = 'signed' AND (nda_until = '' OR nda_until >= ?)`,
		kind, listing, organisation, organisation, today.String()).Scan(&m)
	return true, m > 0, err
}

// ConditionOf returns what the owner of a listing asks of those who enquire.
func ConditionOf(tx *db.Tx, kind, listing string) (c Condition, set bool, err error) {
	err = tx.QueryRow(`SELECT words_vi, words_en, least_budget, confirmed_only FROM enquiry_condition WHERE kind = ? AND listing = ?`, kind, listing).
		Scan(&c.Vi, &c.En, &c.LeastBudget, &c.ConfirmedOnly)
	if errors.Is(err, sql.ErrNoRows) {
		return c, false, nil
	}
	if err != nil {
		return c, false, fmt.Errorf("read the condition of a listing: %w", err)
	}
	return c, true, nil
}

func keepCondition(tx *db.Tx, by account.ID, kind, listing string, c Condition) error {
	if c == (Condition{}) {
		_, err := tx.Exec(`DELETE FROM enquiry_condition WHERE kind = ? AND listing = ?`, kind, listing)
		return err
	}
	confirmed := 0
	if c.ConfirmedOnly {
		confirmed = 1
	}
	_, err := tx.Exec(`INSERT INTO enquiry_condition (kind, listing, words_vi, words_en, least_budget, confirmed_only, set_by, set_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (kind, listing) DO UPDATE SET words_vi = excluded.words_vi, words_en = excluded.words_en, least_budget = excluded.least_budget,
		confirmed_only = excluded.confirmed_only, set_by = excluded.set_by, set_at = excluded.set_at`,
		kind, listing, c.Vi, c.En, c.LeastBudget, confirmed, string(by), when.Micro(tx.Now))
	return err
}

func keepQuestion(tx *db.Tx, enquiry string, by account.ID, text string) error {
	_, err := tx.Exec(`INSERT INTO enquiry_question (id, enquiry, asked_at, asked_by, question, answered_at, answered_by, answer) VALUES (?, ?, ?, ?, ?, 0, '', '')`,
		db.NewID(tx.Now), enquiry, when.Micro(tx.Now), string(by), text)
	return err
}

func answerQuestion(tx *db.Tx, enquiry string, by account.ID, text string) error {
	_, err := tx.Exec(`UPDATE enquiry_question SET answered_at = ?, answered_by = ?, answer = ? WHERE enquiry = ? AND answered_at = 0`,
		when.Micro(tx.Now), string(by), text, enquiry)
	return err
}

// Questions returns what was asked back about an enquiry, the first first.
func Questions(tx *db.Tx, enquiry string) (all []Question, err error) {
	rows, err := tx.Query(`SELECT id, asked_at, asked_by, question, answered_at, answered_by, answer FROM enquiry_question WHERE enquiry = ? ORDER BY id`, enquiry)
	if err != nil {
		return nil, fmt.Errorf("read questions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var q Question
		if err := rows.Scan(&q.ID, &q.Asked, &q.AskedBy, &q.Question, &q.Answered, &q.AnsweredBy, &q.Answer); err != nil {
			return nil, err
		}
		all = append(all, q)
	}
	return all, rows.Err()
}

// firstNotice reports whether a step of an enquiry's clock is told for the first time, and notes it.
func firstNotice(tx *db.Tx, e *Enquiry, step string) (bool, error) {
	done, err := tx.Exec(`INSERT INTO enquiry_notice (enquiry, step, due_on, at) VALUES (?, ?, ?, ?) ON CONFLICT (enquiry, step, due_on) DO NOTHING`,
		e.ID, step, e.Due.String(), when.Micro(tx.Now))
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

// Box says which enquiries a list has.
type Box struct {
	Asker, Holder []string // organisations; the enquiries of either, and those that they answer as brokers
	Waiting       bool     // only those that wait for an officer: to be looked at, or silent
	Today         when.Day
	After         string
	Limit         int
}

// List returns the enquiries of a box, the newest first.
func List(tx *db.Tx, b Box) ([]*Enquiry, error) {
	where, args := `WHERE (id < ? OR ? = '')`, []any{b.After, b.After}
	in := func(column string, ids []string) string {
		text := column + ` IN (''`
		for _, id := range ids {
			text += `, ?`
			args = append(args, id)
		}
		return text + `)`
	}
	if b.Waiting {
		where += ` AND (state = 'screening' OR due_on <> '' AND due_on < ?)`
		args = append(args, b.Today.String())
	} else {
		where += ` AND (owner <> '' AND ` + in("owner", b.Asker) + ` OR holder <> '' AND delivered_at > 0 AND ` + in("holder", b.Holder)
		where += ` OR delivered_at > 0 AND EXISTS (SELECT 1 FROM mandate m WHERE m.broker <> '' AND m.owner = enquiry.holder AND m.broker <> enquiry.owner AND m.listing IN ('', enquiry.listing)
			AND m.state = 'in_force' AND m.from_on <= ? AND m.until_on >= ? AND `
		args = append(args, b.Today.String(), b.Today.String())
		where += in("m.broker", b.Holder) + `))`
	}
	return Enquiries.Find(tx, where+` ORDER BY id DESC LIMIT ?`, append(args, b.Limit)...)
}

// Response is how soon an organisation answers: the median of the enquiries that were delivered within
// a year and are answered or have outlived their time. Those about listings without its name do not
// count, for the number would tell of them.
type Response struct {
	Asked, Answered int
	Median          time.Duration // of those answered; 0 without any
}

// ResponseOf returns how soon an organisation answers.
func ResponseOf(tx *db.Tx, organisation string) (r Response, err error) {
	rows, err := tx.Query(`SELECT delivered_at, answered_at FROM enquiry WHERE holder = ? AND holder_closed = 0 AND delivered_at > ? AND (answered_at > 0 OR due_on <> '' AND due_on < ? OR state = 'lapsed')
		ORDER BY answered_at - delivered_at`, organisation, when.Micro(tx.Now.AddDate(-1, 0, 0)), when.DayOf(tx.Now).String())
	if err != nil {
		return r, fmt.Errorf("read answers: %w", err)
	}
	defer rows.Close()
	var times []int64
	for rows.Next() {
		var asked, answered int64
		if err := rows.Scan(&asked, &answered); err != nil {
			return r, err
		}
		r.Asked++
		if answered > 0 {
			r.Answered++
			times = append(times, answered-asked)
		}
	}
	if len(times) > 0 {
		r.Median = time.Duration(times[(len(times)-1)/2]) * time.Microsecond
	}
	return r, rows.Err()
}

// CountSilent returns how many enquiries wait for an officer: to be looked at, or silent.
func CountSilent(tx *db.Tx) (n int, err error) {
	err = tx.QueryRow(`SELECT count(*) FROM enquiry WHERE state = 'screening' OR due_on <> '' AND due_on < ?`, when.DayOf(tx.Now).String()).Scan(&n)
	return n, err
}
