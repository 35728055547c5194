package app_test

import (
	"fmt"
	"slices"
	"strings"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/field"
	"chonoi/internal/when"
)

// plantPlans has the owner's organisation hold a plan that is not public, with a task, a report and
// evidence: all words that it can hold are its own people's and the programme office's.
func (f *flock) plantPlans(tx *db.Tx, s *app.Server, v robbed, owner string) error {
	round, finding, opinion, policy, urging, unplanned := db.NewID(tx.Now), db.NewID(tx.Now), db.NewID(tx.Now), db.NewID(tx.Now), db.NewID(tx.Now), db.NewID(tx.Now)
	plan, task, report, evidence, review := db.NewID(tx.Now), db.NewID(tx.Now), db.NewID(tx.Now), db.NewID(tx.Now), db.NewID(tx.Now)
	today := when.DayOf(tx.Now).String()
	common := map[string]any{"plan": plan, "clause": "I.1#1", "task": task, "author": string(v.id), "ended": 0, "removed": 0, "version": 1, "created_by": "system",
		"source": "", "external_id": "", "expires_on": "", "shown": "", "owner": owner, "confirmed_by": "", "decided_by": "", "checked_by": "", "parent": "", "successor": "", "predecessor": "",
		"valid_to": "", "valid_from": today, "issued_on": today, "begins_on": "", "done_on": "", "accepted_on": "", "closed_on": "", "dated": today, "at": when.Micro(tx.Now)}
	frozen := `{"Lines":[{"Text":"` + f.word("plan_review_figures.figures", field.OwnerOnly) + `"}]}`
	f.all[len(f.all)-1].programme = true
	planted := len(f.all)
	rows := []struct {
		table string
		told  map[string]any
	}{
		{"plan", map[string]any{"id": plan, "number": "KH-2071-0001", "state": "in_force"}},
		{"plan_text", nil},
		{"plan_node", map[string]any{"path": "I.1", "level": "item"}},
		{"plan_clause", map[string]any{"path": "I.1#1", "node": "I.1"}},
		{"plan_fact", map[string]any{"kind": "citation", "place": "I.1#1"}},
		{"plan_note", map[string]any{"id": db.NewID(tx.Now), "place": "I.1#1", "field": "text"}},
		{"assignment", map[string]any{"id": db.NewID(tx.Now), "role": "lead", "body": owner, "class": "", "state": "assigned"}},
		{"task", map[string]any{"id": task, "number": "NV-2071-0001", "state": "open", "assignment": "", "said": "running", "confidence": "red", "due_on": today, "budget": f.sum("task.budget", field.OwnerOnly, 0, 1<<50)}},
		{"due_change", map[string]any{"id": db.NewID(tx.Now), "old": "", "now": today}},
		{"progress_report", map[string]any{"id": report, "period": "2071-10", "state": "filed", "said": "running", "difficulty": "law", "confidence": "red"}},
		{"evidence_item", map[string]any{"id": evidence, "kind": "file", "form": "copy", "checked_at": 1}},
		{"document_mark", map[string]any{"id": db.NewID(tx.Now), "symbol_key": "x", "issued_on": "", "since": today}},
		{"budget_line", map[string]any{"id": db.NewID(tx.Now), "planned": f.sum("budget_line.planned", field.OwnerOnly, 0, 1<<50), "spent": f.sum("budget_line.spent", field.OwnerOnly, 0, 1<<50), "year": 2071, "source": f.word("budget_line.source", field.OwnerOnly)}},
		{"evidence_rule", map[string]any{"id": db.NewID(tx.Now)}},
		{"plan_review", map[string]any{"id": review, "number": "BC-2071-0001", "state": "draft", "kind": "interim", "body": "", "period_from": today, "period_to": today, "as_of": today, "layout": "", "corrects": "", "also": ""}},
		{"plan_review_figures", map[string]any{"review": review, "figures": frozen}},
		{"plan_review_part", map[string]any{"review": review, "part": "setting"}},
		{"check_round", map[string]any{"id": round, "number": "GS-2071-0001", "state": "open", "kind": "inspection", "ends_on": "", "begins_on": today, "clauses": "I.1#1", "bodies": owner}},
		{"check_finding", map[string]any{"id": finding, "number": "KN-2071-0001", "state": "open", "round": round, "due_on": today}},
		{"check_finding_answer", map[string]any{"id": db.NewID(tx.Now), "finding": finding, "state": "returned"}},
		{"policy", map[string]any{"id": policy, "number": "CS-2071-0001", "state": "drafting", "theme": "finance", "consulted_from": "", "consulted_to": "", "in_force_on": "", "ended_on": ""}},
		{"activity", map[string]any{"id": db.NewID(tx.Now), "number": "HD-2071-0001", "state": "logged", "kind": "briefing", "held_on": today}},
		{"procedure_change", map[string]any{"id": db.NewID(tx.Now), "number": "TT-2071-0001", "state": "logged", "kind": "cut", "decided_on": today}},
		{"unplanned_task", map[string]any{"id": unplanned, "number": "PS-2071-0001", "state": "open", "given_on": today, "due_on": today, "done_on": "", "done_told": 0}},
		{"task_reminder", map[string]any{"id": db.NewID(tx.Now), "step": "T-7", "due_on": today, "body": owner, "day": today, "at": 1, "channel": "desk"}},
		{"urging_letter", map[string]any{"id": urging, "number": "DD-2071-0001", "state": "draft", "body": owner, "as_of": today, "layout": "", "issued_on": today}},
		{"urging_task", map[string]any{"letter": urging, "ord": 0, "due_on": today, "number": "NV-2071-0001", "clause": "I.1#1"}},
		{"opinion", map[string]any{"id": opinion, "number": "YK-2071-0001", "state": "waiting", "refusal": "", "answered_by": "", "answered_on": ""}},
	}
	for i := range f.all[planted:] {
		f.all[planted+i].programme = true // the budget
	}
	for _, row := range rows {
		if err := f.plantRow(tx, s, row.table, common, row.told); err != nil {
			return fmt.Errorf("%s: %w", row.table, err)
		}
	}
	if _, err := tx.Exec(`INSERT INTO opinion_address (opinion, email, locale, at) VALUES (?, ?, 'vi', ?)`, opinion, f.word("opinion_address.email", field.OwnerOnly), when.Micro(tx.Now)); err != nil {
		return err
	}
	for what, id := range map[string]string{"plans": plan, "tasks": task, "reports": report, "evidence": evidence, "reviews": review, "rounds": round, "findings": finding, "opinions": opinion, "policies": policy, "unplanned": unplanned, "letters": urging} {
		f.id(what, id, field.OwnerOnly)
		f.all[len(f.all)-1].programme = true
	}
	f.ids["parts"] = []string{"setting"}
	f.ids["clauses"] = []string{"I.1~1"}
	f.ids["assignments"] = []string{plan}
	return nil
}

// plantRow fills a row of a table: what is told, and a word of its own for each other text.
func (f *flock) plantRow(tx *db.Tx, s *app.Server, table string, common, told map[string]any) error {
	all, err := tables(tx, s.DB.Engine())
	if err != nil {
		return err
	}
	texts, err := textColumns(tx, table)
	if err != nil {
		return err
	}
	var args []any
	for _, column := range all[table] {
		value, ok := told[column]
		if !ok {
			value, ok = common[column]
		}
		switch {
		case ok:
		case slices.Contains(texts, column):
			value = f.word(table+"."+column, field.OwnerOnly)
			f.all[len(f.all)-1].programme = true
		default:
			value = 0
		}
		args = append(args, value)
	}
	_, err = tx.Exec("INSERT INTO "+table+" ("+strings.Join(all[table], ", ")+") VALUES (?"+strings.Repeat(", ?", len(args)-1)+")", args...)
	return err
}

// textColumns are the columns of a table that hold texts.
func textColumns(tx *db.Tx, table string) ([]string, error) {
	rows, err := tx.Query("SELECT * FROM " + table + " LIMIT 1")
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	types, err := rows.ColumnTypes()
	var texts []string
	for _, one := range types {
		if one.DatabaseTypeName() == "TEXT" {
			texts = append(texts, one.Name())
		}
	}
	return texts, err
}
