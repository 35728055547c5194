package app

import (
	"context"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/intake"
	"chonoi/internal/job"
	"chonoi/internal/observatory"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// The work that the clock rings for.
const (
	ageListings    job.Name[time.Time] = "exchange.age"
	drawReaudits   job.Name[time.Time] = "exchange.draw_reaudits"
	sweepPeople    job.Name[time.Time] = "account.sweep"
	newDay         job.Name[time.Time] = "app.new_day"
	resume         job.Name[time.Time] = "exchange.resume_imports"
	sweepFiles     job.Name[time.Time] = "app.sweep_files"
	surveyNeeds    job.Name[time.Time] = "exchange.survey_needs"
	followStates   job.Name[time.Time] = "observatory.follow"
	comeAgain      job.Name[time.Time] = "programme.come_again"
	watchEnquiries job.Name[time.Time] = "deal.watch_enquiries"
	watchSales     job.Name[time.Time] = "sale.watch"
	tellFunnel     job.Name[time.Time] = "exchange.tell_funnel"
)

// kinds is all the work that is done later or by the clock, on one page.
func (h *House) kinds() []job.Kind {
	return append(append(h.Alerts.Kinds(h.DB), h.FollowUp.Kinds(h.DB)...),
		sendLetter.Outside(h.sendOne),
		ageListings.Outside(h.ageListings).Timeout(5*time.Minute),
		drawReaudits.Within(func(tx *db.Tx, _ time.Time) error { return h.Exchange.DrawReaudits(tx) }),
		sweepPeople.Within(func(tx *db.Tx, _ time.Time) error { return h.Accounts.Sweep(tx) }),
		learnTerms.Outside(func(ctx context.Context, _ time.Time) error { return h.Terms.Learn(ctx, h.DB) }).Timeout(30*time.Minute),
		sweepTerms.Within(func(tx *db.Tx, _ time.Time) error { return h.Terms.Sweep(tx) }),
		h.Intake.Work(h.DB, h.Words),
		resume.Within(func(tx *db.Tx, _ time.Time) error { return intake.Resume(tx) }),
		sweepFiles.Outside(h.sweepFiles).Timeout(30*time.Minute),
		exchange.CompareListings.Outside(func(ctx context.Context, _ time.Time) error { return h.Exchange.CompareChanged(ctx, h.DB) }).Timeout(30*time.Minute),
		surveyNeeds.Outside(func(ctx context.Context, _ time.Time) error { return h.Matches.Survey(ctx, h.DB) }).Timeout(30*time.Minute),
		followStates.Outside(func(ctx context.Context, _ time.Time) error { return observatory.Follow(ctx, h.DB) }).Timeout(30*time.Minute),
		watchEnquiries.Outside(h.watchEnquiries).Timeout(5*time.Minute),
		watchSales.Outside(h.watchSales).Timeout(5*time.Minute),
		tellFunnel.Outside(h.tellFunnel).Timeout(5*time.Minute),
		comeAgain.Within(func(tx *db.Tx, _ time.Time) error {
			if err := programme.ForgetAuthors(tx, tx.Now.AddDate(0, 0, -authorsKept)); err != nil {
				return err
			}
			_, err := programme.ComeAgain(tx, when.DayOf(tx.Now))
			return err
		}),
		newDay.Outside(func(ctx context.Context, _ time.Time) error { return h.rebuild(ctx) }).Timeout(10*time.Minute),
	)
}

// authorsKept is for how many days the address of somebody who said something without an account is
// kept while nobody answers.
const authorsKept = 180

// clocks says when it is done, in the city's time.
func (h *House) clocks() []job.Clock {
	return append(append(h.Alerts.Clocks(), h.FollowUp.Clocks()...),
		job.Every(15*time.Minute, ageListings),
		job.Every(time.Minute, resume),
		job.Every(time.Minute, exchange.CompareListings),
		job.Every(time.Hour, surveyNeeds),
		job.Daily("05:30", drawReaudits),
		job.Daily("03:30", sweepPeople),
		job.Daily("00:05", newDay),
		job.Daily("00:15", comeAgain),
		job.Daily("07:15", watchEnquiries),
		job.Every(time.Minute, watchSales),
		job.Daily("00:10", tellFunnel),
		job.Every(time.Minute, followStates),
		job.Daily("02:40", learnTerms),
		job.Daily("03:50", sweepTerms),
		job.Daily("04:10", sweepFiles),
	)
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

// tellFunnel has the months of the public funnel at hand.
func (h *House) tellFunnel(ctx context.Context, _ time.Time) error {
	return h.DB.View(ctx, h.Funnel.Warm)
}

// watchEnquiries follows the clocks of enquiries and deals, some at a time.
func (h *House) watchEnquiries(ctx context.Context, _ time.Time) error {
	for more := true; more; {
		err := h.DB.Update(ctx, func(tx *db.Tx) (err error) {
			if more, err = h.Deals.Watch(tx); err != nil {
				return err
			}
			silent, err := h.Deals.AskSilent(tx)
			more = more || silent
			return err
		})
		if err != nil {
			return err
		}
	}
	return h.remindOfDuties(ctx)
}

// watchSales moves the sales whose time has come, some at a time.
func (h *House) watchSales(ctx context.Context, _ time.Time) error {
	for more := true; more; {
		err := h.DB.Update(ctx, func(tx *db.Tx) (err error) {
			more, err = h.Sales.Watch(tx)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// remindOfDuties reminds the sides of deals of what they have to do by a day, some deals at a time.
func (h *House) remindOfDuties(ctx context.Context) error {
	after := ""
	for {
		last := ""
		err := h.DB.Update(ctx, func(tx *db.Tx) (err error) {
			last, err = h.Deals.RemindOfDuties(tx, after)
			return err
		})
		if err != nil || last == "" {
			return err
		}
		after = last
	}
}

// sweepFiles removes the content that no record holds any more.
func (h *House) sweepFiles(ctx context.Context, _ time.Time) error {
	_, err := h.Files.Sweep(ctx, func(shas []string) (held map[string]bool, err error) {
		err = h.DB.View(ctx, func(tx *db.Tx) error {
			held, err = heldFiles(tx, shas)
			return err
		})
		return held, err
	})
	return err
}
