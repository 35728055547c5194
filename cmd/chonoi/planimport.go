package main

import (
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

type planImportCommand struct {
	File   string `arg:"" help:"A plan or another paper: .txt, .md or .docx." type:"existingfile"`
	Symbol string `help:"Number and symbol, where the file does not print them: 08-KH/TU."`
	Date   string `help:"Day of issue, where the file does not print it: yyyy-mm-dd."`
	Issuer string `help:"Issuing body, where the file does not print it."`
	Owner  string `help:"Id of the organisation whose programme it is."`
	Parent string `help:"Number of the plan that this one carries out: KH-2026-0001."`
	Public bool   `help:"Show it to everybody once it is in force."`
	Start  bool   `help:"Put it in force at once; every doubtful place counts as looked at."`
	JSON   bool   `help:"Print JSON."`
}

// kept is what became of a plan that was imported.
type kept struct {
	Number  string   `json:"number"`
	ID      string   `json:"id"`
	State   string   `json:"state"`
	Clauses int      `json:"clauses"`
	Doubts  int64    `json:"doubtful"`
	Missing []string `json:"missing"`
}

// Run reads a plan and keeps it.
func (c *planImportCommand) Run(p *program) error {
	read, err := readPlan(p, c.File)
	if err != nil {
		return err
	}
	draft := programme.DraftOf(read)
	if err := c.tell(&draft.Plan); err != nil {
		return err
	}
	h, err := p.open()
	if err != nil {
		return err
	}
	defer h.Close()
	var done kept
	err = h.DB.Update(p.ctx, func(tx *db.Tx) error {
		one := *draft
		done, err = c.keep(tx, h, &one)
		return err
	})
	if err != nil {
		return err
	}
	if c.JSON {
		return printJSON(p.out, done)
	}
	say := func(key string, args ...any) { fmt.Fprintln(p.out, h.Words.T(lang.Tag(p.Lang), key, args...)) }
	say("plan.kept", "Number", done.Number, "Clauses", done.Clauses, "Doubts", done.Doubts)
	for _, field := range done.Missing {
		say("plan.missing_" + field)
	}
	return nil
}

// tell fills in what the file does not print. What it prints is never overwritten.
func (c *planImportCommand) tell(p *programme.Plan) error {
	if p.Symbol == "" {
		p.Symbol = lang.Clean(c.Symbol)
	}
	if p.Issuer == "" {
		p.Issuer = lang.Clean(c.Issuer)
	}
	if p.Issued.Zero() && c.Date != "" {
		day, err := when.ParseDay(c.Date)
		if err != nil {
			return fmt.Errorf("--date %s: %w", c.Date, err)
		}
		p.Issued = day
	}
	p.Owner, p.Public = c.Owner, c.Public
	return nil
}

func (c *planImportCommand) keep(tx *db.Tx, h *app.House, draft *programme.Draft) (kept, error) {
	system := account.Actor{ID: "system"}
	if c.Parent != "" {
		above, err := programme.Plans.One(tx, "WHERE number = ? OR id = ?", c.Parent, c.Parent)
		if err == nil {
			err = draft.CarriedOut(tx, above.ID)
		}
		if err != nil {
			return kept{}, err
		}
	} else {
		draft.Carries = nil
	}
	if err := programme.Keep(tx, system, draft); err != nil {
		return kept{}, err
	}
	plan, err := programme.Plans.Get(tx, draft.Plan.ID)
	if err != nil {
		return kept{}, err
	}
	doubts := plan.Unread
	if c.Start {
		if err := programme.Look(tx, system, plan); err != nil {
			return kept{}, err
		}
		if plan, err = programme.Plans.Get(tx, plan.ID); err != nil {
			return kept{}, err
		}
		if err := h.Programme.Start(tx, system, plan); err != nil {
			return kept{}, err
		}
		if plan, err = programme.Plans.Get(tx, plan.ID); err != nil {
			return kept{}, err
		}
	}
	return kept{Number: plan.Number, ID: plan.ID, State: plan.State, Clauses: len(draft.Clauses), Doubts: doubts, Missing: plan.Unknown()}, nil
}
