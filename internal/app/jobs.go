package app

import (
	"context"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/job"
)

// The work that the clock rings for.
const (
	ageListings  job.Name[time.Time] = "exchange.age"
	drawReaudits job.Name[time.Time] = "exchange.draw_reaudits"
	sweepPeople  job.Name[time.Time] = "account.sweep"
	newDay       job.Name[time.Time] = "app.new_day"
)

// kinds is all the work that is done later or by the clock, on one page.
func (h *House) kinds() []job.Kind {
	return []job.Kind{
		sendLetter.Outside(h.sendOne),
		ageListings.Outside(h.ageListings),
		drawReaudits.Within(func(tx *db.Tx, _ time.Time) error { return h.Exchange.DrawReaudits(tx) }),
		sweepPeople.Within(func(tx *db.Tx, _ time.Time) error { return h.Accounts.Sweep(tx) }),
		h.Exchange.ImportKind(h.DB, h.Words),
		newDay.Outside(func(ctx context.Context, _ time.Time) error { return h.rebuild(ctx) }),
	}
}

// clocks says when it is done, in the city's time.
func (h *House) clocks() []job.Clock {
	return []job.Clock{
		job.Every(15*time.Minute, ageListings),
		job.Daily("05:30", drawReaudits),
		job.Daily("03:30", sweepPeople),
		job.Daily("00:05", newDay),
	}
}

// ageListings moves the listings whose time has come, some at a time.
func (h *House) ageListings(ctx context.Context, _ time.Time) error {
	for more := true; more; {
		err := h.DB.Update(ctx, func(tx *db.Tx) (err error) {
			more, err = h.Exchange.Age(tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}
