package deal

import (
	"chonoi/internal/db"
	"chonoi/internal/exchange/route"
	"chonoi/internal/when"
)

// duty is something that a side has to do by a day.
type duty struct {
	what   string // licence, registration, milestone-2, year-2027, survey-6
	side   Side
	due    when.Day
	letter string
}

// warnDays is how many days before its day a side is reminded of a duty; on the day after it is told
// that it is late.
const warnDays = 14

// duties returns what the sides of a deal have to do by a day.
func (x *Deals) duties(tx *db.Tx, d *Deal) (all []duty, err error) {
	switch d.State {
	case Licence, Due, Incomplete:
		l, err := LegalOf(tx, d.ID)
		if err != nil || l == nil || l.Due.Zero() {
			return nil, err
		}
		return []duty{{"filing", x.filer(l), l.Due, "deal_filing_due"}}, nil
	case Effective, Performing:
		steps, err := HandOvers(tx, d.ID)
		if err != nil {
			return nil, err
		}
		for _, h := range steps {
			for _, side := range []Side{Supplier, Receiver} {
				if _, said := h.Confirmed[side]; !said && !h.Due.Zero() {
					all = append(all, duty{"milestone-" + number(h.N), side, h.Due, "deal_milestone_due"})
				}
			}
		}
	case Completed:
		surveys, err := Surveys(tx, d)
		if err != nil {
			return nil, err
		}
		for _, s := range surveys {
			if s.At == 0 {
				all = append(all, duty{"survey-" + number(s.Months), Receiver, s.DueOn.AddDays(warnDays), "deal_survey_due"})
			}
		}
	}
	dues, err := x.Payables(tx, d)
	if err != nil {
		return nil, err
	}
	for _, one := range dues {
		if one.Year > 0 && one.Report == nil {
			all = append(all, duty{one.Item, Receiver, one.ReportBy, "deal_report_due"})
		}
	}
	return all, nil
}

// filer returns the side that files: who takes over, but in a transfer abroad who transfers.
func (x *Deals) filer(l *Legal) Side {
	if _, c, err := x.Conclusion(l); err == nil {
		if step, ok := c.Step(x.waited(l)); ok && step.Holder == route.Transferor {
			return Supplier
		}
	}
	return Receiver
}

// dutiful are the states in which somebody has something to do by a day.
var dutiful = []string{Licence, Due, Incomplete, Effective, Performing, Completed, Terminated}

// RemindOfDuties reminds the sides of deals of what they have to do by a day: a fortnight before, and the
// day after. Each letter goes once. It takes some deals after one, and returns the last that it took, ""
// when none is left.
func (x *Deals) RemindOfDuties(tx *db.Tx, after string) (last string, err error) {
	some, err := inStates(tx, dutiful, after, dealsAtOnce)
	if err != nil {
		return "", err
	}
	today := when.DayOf(tx.Now)
	for _, d := range some {
		last = d.ID
		all, err := x.duties(tx, d)
		if err != nil {
			return "", err
		}
		for _, one := range all {
			step := ""
			switch {
			case today.After(one.due):
				step = "late"
			case !today.Before(one.due.AddDays(-warnDays)):
				step = "soon"
			default:
				continue
			}
			first, err := noteDuty(tx, d.ID, one, step)
			if err != nil {
				return "", err
			}
			if !first {
				continue
			}
			if err := x.tell(tx, d.Organisation(one.side), one.letter, "Number", d.Number, "Day", one.due, "Path", "/deals/"+d.ID); err != nil {
				return "", err
			}
		}
	}
	if len(some) < dealsAtOnce {
		return "", nil
	}
	return last, nil
}
