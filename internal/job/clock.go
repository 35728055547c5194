package job

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

// Clock has work done again and again. Each due time is rung once in a database, however many
// nodes there are, for the job is unique by its due time; one that passed while no node ran is
// rung late, but only the last. The work gets the due time as its argument.
type Clock struct {
	name  string
	every time.Duration // one of the two
	at    time.Duration // since midnight in the city
	daily bool
	wrong error
}

// Every rings at each whole multiple of period, counted from midnight in the city. A period is
// between a second and a day, and divides the day.
func Every(period time.Duration, name Name[time.Time]) Clock {
	c := Clock{name: string(name), every: period}
	if period < time.Second || 24*time.Hour%period != 0 {
		c.wrong = fmt.Errorf("clock %s: %s does not divide a day", name, period)
	}
	return c
}

// Daily rings once a day at that time in the city, told as 07:30.
func Daily(at string, name Name[time.Time]) Clock {
	t, err := time.Parse("15:04", at)
	c := Clock{name: string(name), daily: true, at: time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute}
	if err != nil {
		c.wrong = fmt.Errorf("clock %s: %w", name, err)
	}
	return c
}

// due returns the last due time that is not after now.
func (c Clock) due(now time.Time) time.Time {
	today := when.DayOf(now)
	if c.daily {
		if due := today.Start().Add(c.at); !due.After(now) {
			return due
		}
		return today.AddDays(-1).Start().Add(c.at)
	}
	return today.Start().Add(now.Sub(today.Start()).Truncate(c.every))
}

// next returns the first due time after now.
func (c Clock) next(now time.Time) time.Time {
	if c.daily {
		return when.DayOf(c.due(now)).AddDays(1).Start().Add(c.at)
	}
	return c.due(now).Add(c.every)
}

func check(clocks []Clock, kinds []Kind) error {
	for i, c := range clocks {
		if c.wrong != nil {
			return c.wrong
		}
		if !slices.ContainsFunc(kinds, func(k Kind) bool { return k.name == c.name }) {
			return fmt.Errorf("clock %s has no work", c.name)
		}
		if slices.ContainsFunc(clocks[:i], func(o Clock) bool { return o.name == c.name }) {
			return fmt.Errorf("clock %s is told twice", c.name)
		}
	}
	return nil
}

// ringUntil rings every clock when it is due, until ctx ends.
func (c *Client) ringUntil(ctx context.Context) {
	rung := map[string]time.Time{}
	for {
		now := time.Now()
		if err := c.ring(ctx, now, rung); err != nil && ctx.Err() == nil {
			c.logger.Error("ring the clocks", "error", err)
		}
		wake := now.Add(time.Minute) // also notices a clock of the machine that was set
		for _, clock := range c.clocks {
			if next := clock.next(now); next.Before(wake) {
				wake = next
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(time.Until(wake)):
		}
	}
}

// ring leaves the work of each clock whose due time has come. It remembers in rung what is in the
// database already, so that it writes once in a period.
func (c *Client) ring(ctx context.Context, now time.Time, rung map[string]time.Time) error {
	var due []Clock
	for _, clock := range c.clocks {
		if !rung[clock.name].Equal(clock.due(now)) {
			due = append(due, clock)
		}
	}
	if len(due) == 0 {
		return nil
	}
	err := c.d.Update(ctx, func(tx *db.Tx) error {
		for _, clock := range due {
			if err := clock.put(tx, clock.due(now)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, clock := range due {
		rung[clock.name] = clock.due(now)
	}
	return nil
}

func (c Clock) put(tx *db.Tx, due time.Time) error {
	raw, err := json.Marshal(due.UTC())
	if err != nil {
		return err
	}
	_, err = put(tx, word{name: c.name, Arg: raw}, &river.InsertOpts{
		UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: rivertype.JobStates()},
	})
	return err
}
