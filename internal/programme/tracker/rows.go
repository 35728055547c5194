package tracker

import (
	"strconv"

	"chonoi/internal/document"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// outRow is a task as it goes out, and what is amiss with it. A row with something amiss stays back.
type outRow struct {
	Task  string
	Cells []string
	Amiss []document.RowFault
}

// rowsOf makes the rows of a board's tasks by a mapping. Of a secret task only its number goes out.
func (m *Mapping) rowsOf(b *programme.Board, numbers map[string]string) []outRow {
	var all []outRow
	for _, l := range b.Lines {
		held := map[string]*programme.Assignment{}
		for _, a := range l.Assignments {
			held[a.ID] = a
		}
		for _, t := range l.Tasks {
			values := valuesOf(b, l, t, held[t.Assignment], numbers)
			row := outRow{Task: t.Number}
			for _, c := range m.Columns {
				text, key, args := c.cell(values[c.Field])
				if key != "" && !t.Secret {
					row.Amiss = append(row.Amiss, document.RowFault{Number: len(all) + 2, Column: c.Title, Key: key, Args: args, Found: values[c.Field]})
				}
				row.Cells = append(row.Cells, text)
			}
			all = append(all, row)
		}
	}
	return all
}

// cell is a value as the column asks for it, and the text of what is amiss.
func (c *Column) cell(value string) (text, key string, args []any) {
	if value == "" {
		if c.Needed {
			key = "tracker.needs_value"
		}
		return "", key, nil
	}
	if c.Values != nil {
		theirs, ok := c.Values[value]
		if !ok {
			return "", "tracker.no_translation", []any{"Value", value}
		}
		value = theirs
	}
	if c.Date != "" {
		day, err := when.ParseDay(value)
		if err != nil {
			return "", "tracker.no_day", []any{"Value", value}
		}
		value = day.Start().Format(c.Date)
	}
	if n := len([]rune(value)); c.Most > 0 && n > c.Most {
		return value, "field.too_long", []any{"N", n, "Most", c.Most}
	}
	return value, "", nil
}

// valuesOf are our fields of a task.
func valuesOf(b *programme.Board, l programme.Line, t programme.Placed, a *programme.Assignment, numbers map[string]string) map[string]string {
	if t.Secret {
		return map[string]string{"task_number": t.Number}
	}
	v := map[string]string{"task_number": t.Number, "plan_number": b.Plan.Number, "plan_symbol": b.Plan.Symbol, "plan_name": b.Plan.Name.In(lang.Vi),
		"clause": l.Path, "clause_text": l.Text, "task": t.Title.In(lang.Vi), "product": t.Product.In(lang.Vi), "unit": t.Unit, "body": b.Names[t.Owner].In(lang.Vi),
		"begins_on": t.Begins.String(), "due_on": t.Due.String(), "due_basis": t.DueBasis, "recurrence": t.Recurrence, "state": string(t.Standing), "said": t.Said,
		"confidence": t.Confidence, "done_on": t.Done.String(), "accepted_on": t.Accepted.String(), "budget_source": t.BudgetSource,
		"evidence": strconv.Itoa(t.Evidence), "parent_task": numbers[t.Parent], "as_of": b.On.String()}
	if a != nil {
		v["role"], v["basis"] = string(a.Role), a.Basis
	}
	if t.Quantity > 0 {
		v["quantity"] = strconv.FormatInt(t.Quantity, 10)
	}
	if t.Budget > 0 {
		v["budget"] = strconv.FormatInt(t.Budget, 10)
	}
	return v
}
