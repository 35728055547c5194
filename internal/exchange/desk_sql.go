package exchange

import (
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/registry"
	"chonoi/internal/when"
)

const (
	joinListings = ` LEFT JOIN offer o ON x.kind = 'offer' AND o.id = x.record LEFT JOIN need n ON x.kind = 'need' AND n.id = x.record `
	ofListing    = `COALESCE(o.number, n.number, ''), COALESCE(o.title_vi, n.title_vi, ''), COALESCE(o.title_en, n.title_en, ''), COALESCE(o.owner, n.owner, '')`

	reviewQueue = `SELECT x.id, x.kind, x.record, x.due_on, x.officer, '', ` + ofListing + ` FROM review x` + joinListings +
		`WHERE x.ended_at = 0 AND x.stage = ? AND (x.due_on, x.id) > (?, ?) ORDER BY x.due_on, x.id LIMIT ?`
	claimQueue = `SELECT x.id, x.kind, x.record, x.valid_until, x.checked_by, x.claim, ` + ofListing + ` FROM claim x` + joinListings +
		`WHERE x.valid_until >= ? AND x.valid_until <= ? AND COALESCE(o.state, n.state, '') IN ('published', 'renewed', 'expiring')
		AND (x.valid_until, x.id) > (?, ?) ORDER BY x.valid_until, x.id LIMIT ?`
	needQueue = `SELECT n.id, 'need', n.id, n.reply_due, n.officer, '', n.number, n.title_vi, n.title_en, n.owner FROM need n
		WHERE n.reply_due <> '' AND n.answered_on = '' AND n.state IN ('published', 'renewed', 'expiring', 'expired')
		AND (? = '' OR n.officer = ?) AND (? = '' OR n.reply_due < ?) AND (n.reply_due, n.id) > (?, ?) ORDER BY n.reply_due, n.id LIMIT ?`
	suspendedQueue = `SELECT q.id, q.kind, q.id, '', '', '', q.number, q.title_vi, q.title_en, q.owner FROM (
		SELECT id, 'offer' AS kind, number, title_vi, title_en, owner FROM offer WHERE state = 'suspended'
		UNION ALL SELECT id, 'need' AS kind, number, title_vi, title_en, owner FROM need WHERE state = 'suspended') q
		WHERE q.id > ? ORDER BY q.id LIMIT ?`

	countReviews = `SELECT stage, count(*), count(*) FILTER (WHERE due_on < ?) FROM review WHERE ended_at = 0 GROUP BY stage`
	countNeeds   = `SELECT count(*), count(*) FILTER (WHERE reply_due < ?) FROM need
		WHERE reply_due <> '' AND answered_on = '' AND state IN ('published', 'renewed', 'expiring', 'expired')`
	countClaims = `SELECT count(*), count(*) FILTER (WHERE x.valid_until < ?) FROM claim x` + joinListings +
		`WHERE x.valid_until >= ? AND x.valid_until <= ? AND COALESCE(o.state, n.state, '') IN ('published', 'renewed', 'expiring')`
	countSuspended = `SELECT (SELECT count(*) FROM offer WHERE state = 'suspended') + (SELECT count(*) FROM need WHERE state = 'suspended')`
)

// Queue returns what waits in a queue, the nearest due first, after the due day and key of one of
// them; an unknown queue is empty.
func (x *Exchange) Queue(tx *db.Tx, queue, afterDue, afterKey string, limit int) ([]Waiting, error) {
	today := when.DayOf(tx.Now)
	switch queue {
	case QueueFirst, QueueSecond, QueueReaudit:
		return waiting(tx, queue, reviewQueue, queue, afterDue, afterKey, limit)
	case QueueNeeds:
		return waiting(tx, queue, needQueue, "", "", "", "", afterDue, afterKey, limit)
	case QueueClaims:
		return waiting(tx, queue, claimQueue, today.AddDays(-claimNotice).String(), today.AddDays(claimNotice).String(), afterDue, afterKey, limit)
	case QueueSuspended:
		return waiting(tx, queue, suspendedQueue, afterKey, limit)
	case QueueOrganisations:
		return organisationQueue(tx, afterKey, limit)
	}
	return nil, nil
}

// NeedsOwed returns the needs that are owed an answer, the nearest due first: all, or those of one
// officer, or those whose day has passed, after the due day and id of one of them.
func (x *Exchange) NeedsOwed(tx *db.Tx, officer string, late bool, afterDue, afterID string, limit int) ([]Waiting, error) {
	before := ""
	if late {
		before = when.DayOf(tx.Now).String()
	}
	return waiting(tx, QueueNeeds, needQueue, officer, officer, before, before, afterDue, afterID, limit)
}

func waiting(tx *db.Tx, queue, query string, args ...any) ([]Waiting, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("read the queue %s: %w", queue, err)
	}
	defer rows.Close()
	var all []Waiting
	for rows.Next() {
		w := Waiting{Queue: queue}
		var due string
		if err := rows.Scan(&w.Key, &w.Kind, &w.ID, &due, &w.Officer, &w.Claim, &w.Number, &w.Title.Vi, &w.Title.En, &w.Owner); err != nil {
			return nil, fmt.Errorf("read the queue %s: %w", queue, err)
		}
		if w.Due, err = when.ParseDay(due); err != nil {
			return nil, err
		}
		all = append(all, w)
	}
	return all, rows.Err()
}

// organisationQueue lists the organisations to be confirmed, which have the same promise as a
// first review.
func organisationQueue(tx *db.Tx, after string, limit int) ([]Waiting, error) {
	list, err := registry.WaitingAfter(tx, after, limit)
	if err != nil {
		return nil, err
	}
	var all []Waiting
	for _, o := range list {
		all = append(all, Waiting{Queue: QueueOrganisations, Key: o.ID, Kind: registry.Organisations.Name, ID: o.ID, Number: o.Number, Title: o.Name,
			Owner: o.ID, Due: when.WorkingDays(when.DayOf(o.Updated), ReviewDays, nil)})
	}
	return all, nil
}

// Load is how much waits in a queue, and how much of it is late.
type Load struct{ All, Late int }

// Loads counts every queue.
func (x *Exchange) Loads(tx *db.Tx) (map[string]Load, error) {
	today := when.DayOf(tx.Now)
	loads, err := reviewLoads(tx, today)
	if err != nil {
		return nil, err
	}
	one := func(queue, query string, args ...any) {
		var load Load
		if err == nil {
			err = tx.QueryRow(query, args...).Scan(&load.All, &load.Late)
			loads[queue] = load
		}
	}
	day := today.String()
	one(QueueNeeds, countNeeds, day)
	one(QueueClaims, countClaims, day, today.AddDays(-claimNotice).String(), today.AddDays(claimNotice).String())
	if err != nil {
		return nil, fmt.Errorf("count the desk: %w", err)
	}
	var suspended int
	if err := tx.QueryRow(countSuspended).Scan(&suspended); err != nil {
		return nil, fmt.Errorf("count the suspended: %w", err)
	}
	loads[QueueSuspended] = Load{All: suspended}
	waiting, late, err := registry.CountWaiting(tx, func(since when.Day) bool { return today.After(when.WorkingDays(since, ReviewDays, nil)) })
	loads[QueueOrganisations] = Load{waiting, late}
	return loads, err
}

func reviewLoads(tx *db.Tx, today when.Day) (map[string]Load, error) {
	loads := map[string]Load{}
	rows, err := tx.Query(countReviews, today.String())
	if err != nil {
		return nil, fmt.Errorf("count the reviews: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var stage string
		var load Load
		if err := rows.Scan(&stage, &load.All, &load.Late); err != nil {
			return nil, err
		}
		loads[stage] = load
	}
	return loads, rows.Err()
}
