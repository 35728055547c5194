package terms

import (
	"strings"

	"chonoi/internal/lang"
)

// Names tells the names of codes.
type Names interface {
	Name(list, code string) lang.Both
}

// Tell tells a clause to a person, one line for each thing that it says; empty when it says nothing.
func (t *Terms) Tell(words *lang.Words, names Names, tag lang.Tag, clause string) (lines []string) {
	w := writer{words: words, names: names, tag: tag}
	switch clause {
	case Object:
		w.text(t.Object)
	case Right:
		w.code("rights", t.Right)
		if t.Right != "" {
			w.say(map[bool]string{true: "terms.onward_yes", false: "terms.onward_no"}[t.Onward])
		}
	case Territory:
		w.text(t.Territory)
	case Period:
		if t.Months > 0 {
			w.say("terms.months_n", "N", t.Months)
		} else {
			w.say("terms.no_end")
		}
	case PaymentPart:
		w.payment(t.Payment)
	case HandOver:
		for _, code := range t.Methods {
			w.code("transfer_methods", code)
		}
		for _, m := range t.Milestones {
			day := w.words.T(tag, "terms.no_day")
			if !m.Due.Zero() {
				day = lang.Date(tag, m.Due.Start())
			}
			w.say("terms.milestone_line", "What", m.What, "Method", names.Name("transfer_methods", m.Method).In(tag), "Date", day)
		}
	case TrainingPart:
		if t.TrainingDays > 0 {
			w.say("terms.training_line", "Days", t.TrainingDays, "People", t.Trainees)
		}
		w.text(t.Training)
	case Support:
		w.text(t.Support)
	case Warranty:
		if t.Warranty > 0 {
			w.say("terms.months_n", "N", t.Warranty)
		}
	case Improvements:
		w.code("improvement_rights", t.Improvements)
	case Penalty:
		w.text(t.Penalty)
	case Dispute:
		w.code("dispute_bodies", t.Dispute)
	case Other:
		w.text(t.Other)
	}
	return w.lines
}

type writer struct {
	words *lang.Words
	names Names
	tag   lang.Tag
	lines []string
}

func (w *writer) say(key string, args ...any) {
	w.lines = append(w.lines, w.words.T(w.tag, key, args...))
}

func (w *writer) text(s string) {
	for _, line := range strings.Split(s, "\n") {
		if line = strings.TrimSpace(line); line != "" {
			w.lines = append(w.lines, line)
		}
	}
}

func (w *writer) code(list, code string) {
	if code != "" {
		w.lines = append(w.lines, w.names.Name(list, code).In(w.tag))
	}
}

func (w *writer) payment(p Payment) {
	w.code("payment_modes", p.Mode)
	if p.Sum > 0 {
		w.say("terms.sum_line", "Sum", lang.Money(w.tag, p.Sum))
	}
	for _, one := range p.Instalments {
		w.say("terms.instalment_line", "Share", lang.Decimal(w.tag, percent(one.Share)), "When", one.When)
	}
	if base := p.Of(); base != "" {
		w.say("terms.rate_line", "Rate", lang.Decimal(w.tag, p.Rate), "Base", w.words.T(w.tag, "terms.base_"+base))
	}
	if p.PerUnit > 0 {
		w.say("terms.per_unit_line", "Sum", lang.Money(w.tag, p.PerUnit))
	}
	if p.LeastYear > 0 {
		w.say("terms.least_line", "Sum", lang.Money(w.tag, p.LeastYear))
	}
	if p.MostYear > 0 {
		w.say("terms.most_line", "Sum", lang.Money(w.tag, p.MostYear))
	}
	if p.Years > 0 {
		w.say("terms.years_line", "N", p.Years)
	}
}
