package deal

import (
	"fmt"
	"slices"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

func keepSurvey(tx *db.Tx, deal string, s *Survey) error {
	_, err := tx.Exec(`INSERT INTO deal_survey (deal, months, producing, since, revenue, jobs, words, at, by_account) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (deal, months) DO UPDATE SET producing = excluded.producing, since = excluded.since, revenue = excluded.revenue, jobs = excluded.jobs,
			words = excluded.words, at = excluded.at, by_account = excluded.by_account`,
		deal, s.Months, flag(s.Producing), s.Since.String(), s.Revenue, s.Jobs, s.Words, s.At, string(s.By))
	if err != nil {
		return fmt.Errorf("keep a survey: %w", err)
	}
	return nil
}

// surveysKept reads the answers into surveys.
func surveysKept(tx *db.Tx, deal string, all []*Survey) error {
	rows, err := tx.Query(`SELECT months, producing, since, revenue, jobs, words, at, by_account FROM deal_survey WHERE deal = ?`, deal)
	if err != nil {
		return fmt.Errorf("read the surveys of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var s Survey
		var since string
		if err := rows.Scan(&s.Months, &s.Producing, &since, &s.Revenue, &s.Jobs, &s.Words, &s.At, &s.By); err != nil {
			return err
		}
		if s.Since, err = when.ParseDay(since); err != nil {
			return err
		}
		if i := slices.IndexFunc(all, func(one *Survey) bool { return one.Months == s.Months }); i >= 0 {
			s.DueOn = all[i].DueOn
			*all[i] = s
		}
	}
	return rows.Err()
}

func addReview(tx *db.Tx, deal string, v *Review) error {
	_, err := tx.Exec(`INSERT INTO deal_review (deal, side, as_told, in_time, support, again, words, at, by_account) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		deal, string(v.Side), v.AsTold, v.InTime, v.Support, flag(v.Again), v.Words, v.At, string(v.By))
	if err != nil {
		return fmt.Errorf("keep a review: %w", err)
	}
	return nil
}

func reviewsOf(tx *db.Tx, deal string) (all []*Review, err error) {
	rows, err := tx.Query(`SELECT side, as_told, in_time, support, again, words, at, by_account FROM deal_review WHERE deal = ? ORDER BY side`, deal)
	if err != nil {
		return nil, fmt.Errorf("read the reviews of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		v := &Review{}
		if err := rows.Scan(&v.Side, &v.AsTold, &v.InTime, &v.Support, &v.Again, &v.Words, &v.At, &v.By); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	return all, rows.Err()
}

// about is a review of an organisation, and the organisation that wrote it.
type about struct {
	Review
	by string
}

// reviewsAbout returns the open reviews of an organisation: of deals in which both sides wrote, or whose
// first review is older than an instant.
func reviewsAbout(tx *db.Tx, organisation string, before int64) (all []about, err error) {
	rows, err := tx.Query(`SELECT r.as_told, r.in_time, r.support, r.again, CASE WHEN r.side = 'supplier' THEN d.supplier ELSE d.receiver END
		FROM deal_review r JOIN deal d ON d.id = r.deal
		WHERE (d.supplier = ? AND r.side = 'receiver' OR d.receiver = ? AND r.side = 'supplier')
			AND (r.at < ? OR (SELECT count(*) FROM deal_review b WHERE b.deal = r.deal) = 2)`, organisation, organisation, before)
	if err != nil {
		return nil, fmt.Errorf("read the reviews of an organisation: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var one about
		if err := rows.Scan(&one.AsTold, &one.InTime, &one.Support, &one.Again, &one.by); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}
