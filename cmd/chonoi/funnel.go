package main

import (
	"errors"
	"fmt"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange/funnel"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

type funnelCommand struct {
	AsOf  string `help:"Day at whose end, in Vietnam, the funnel is told: 2026-10-31. Today when empty."`
	Exact bool   `help:"Tell exact counts, for those who run the exchange; without it they are rounded as on the public page."`
	JSON  bool   `help:"Print JSON."`
}

// Run recomputes the funnel from the ledger and prints it.
func (c *funnelCommand) Run(p *program) error {
	day := when.DayOf(time.Now())
	if c.AsOf != "" {
		var err error
		if day, err = when.ParseDay(c.AsOf); err != nil || day.Zero() {
			return errors.New("--as-of: " + c.AsOf + " is no day")
		}
	}
	h, err := p.open()
	if err != nil {
		return err
	}
	defer h.Close()
	var f *funnel.Funnel
	if err := h.DB.View(p.ctx, func(tx *db.Tx) (err error) {
		f, err = funnel.Compute(tx, day)
		return err
	}); err != nil {
		return err
	}
	if c.JSON && c.Exact {
		return printJSON(p.out, f)
	}
	open, tag := f.Open(), lang.Tag(p.Lang)
	words, err := app.Words()
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(p.out, open)
	}
	for i, s := range open.Steps {
		count := fmt.Sprint(s.Count.N)
		switch {
		case c.Exact:
			count = fmt.Sprint(f.Steps[i].N)
		case s.Count.Few:
			count = "< 3"
		}
		days := ""
		if s.Days != nil {
			days = words.T(tag, "funnel.days", "N", *s.Days)
		}
		fmt.Fprintf(p.out, "%-44s %10s  %s\n", words.T(tag, "funnel.step_"+s.Name), count, days)
	}
	return nil
}
