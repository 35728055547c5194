package exchange

import (
	"fmt"
	"sync"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

// Freshness tells how alive the floor is.
type Freshness struct {
	All    int // listings on the floor
	Fresh  int // of them, those whose volatile facts were confirmed in the last ninety days
	Due    int // needs whose answer was due, or was given
	InTime int // of them, those answered by the day
}

const (
	countFloor = `SELECT count(*), count(*) FILTER (WHERE confirmed_on >= ?) FROM (
		SELECT confirmed_on FROM offer WHERE state IN ('published', 'renewed', 'expiring')
		UNION ALL SELECT confirmed_on FROM need WHERE state IN ('published', 'renewed', 'expiring')) floor`
	countAnswers = `SELECT count(*), count(*) FILTER (WHERE answered_on <> '' AND answered_on <= reply_due)
		FROM need WHERE reply_due <> '' AND (reply_due < ? OR answered_on <> '')`
)

// freshKept keeps the last count for a minute: counting reads every listing on the floor.
type freshKept struct {
	mu sync.Mutex
	at time.Time
	f  Freshness
}

// Freshness tells how alive the floor is, at most a minute ago.
func (x *Exchange) Freshness(tx *db.Tx) (Freshness, error) {
	x.fresh.mu.Lock()
	defer x.fresh.mu.Unlock()
	if age := tx.Now.Sub(x.fresh.at); age >= 0 && age < time.Minute {
		return x.fresh.f, nil
	}
	f, err := freshness(tx, when.DayOf(tx.Now))
	if err == nil {
		x.fresh.at, x.fresh.f = tx.Now, f
	}
	return f, err
}

func freshness(tx *db.Tx, today when.Day) (Freshness, error) {
	var f Freshness
	if err := tx.QueryRow(countFloor, today.AddDays(-90).String()).Scan(&f.All, &f.Fresh); err != nil {
		return f, fmt.Errorf("count the floor: %w", err)
	}
	if err := tx.QueryRow(countAnswers, today.String()).Scan(&f.Due, &f.InTime); err != nil {
		return f, fmt.Errorf("count the answers: %w", err)
	}
	return f, nil
}
