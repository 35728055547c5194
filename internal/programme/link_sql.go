package programme

import (
	"fmt"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

func keepLinks(tx *db.Tx, by account.ID, links []Link) error {
	for _, l := range links {
		_, err := tx.Exec(`INSERT INTO plan_link (plan, clause, parent, place, relation, printed, author, at, ended) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT DO NOTHING`,
			l.Plan, l.Clause, l.Parent, l.Place, l.relation(), flag(l.Printed), string(by), when.Micro(tx.Now))
		if err != nil {
			return fmt.Errorf("keep a link: %w", err)
		}
	}
	return nil
}

func endLink(tx *db.Tx, l Link) error {
	_, err := tx.Exec(`UPDATE plan_link SET ended = ? WHERE plan = ? AND clause = ? AND parent = ? AND place = ? AND ended = 0`,
		when.Micro(tx.Now), l.Plan, l.Clause, l.Parent, l.Place)
	if err != nil {
		return fmt.Errorf("end a link: %w", err)
	}
	return nil
}

// LinksOf returns what the clauses of a plan carry out.
func LinksOf(tx *db.Tx, plan string) ([]Link, error) {
	return links(tx, `WHERE plan = ? AND ended = 0 ORDER BY clause, parent, place`, plan)
}

// linksOn returns which clauses carried out a plan's at the end of a day.
func linksOn(tx *db.Tx, parent string, on when.Day) ([]Link, error) {
	end := when.Micro(on.AddDays(1).Start())
	return links(tx, `WHERE parent = ? AND at < ? AND (ended = 0 OR ended >= ?) ORDER BY place, plan, clause`, parent, end, end)
}

func links(tx *db.Tx, where string, args ...any) ([]Link, error) {
	rows, err := tx.Query(`SELECT plan, clause, parent, place, relation, printed, author, at FROM plan_link `+where, args...)
	if err != nil {
		return nil, fmt.Errorf("read links: %w", err)
	}
	defer rows.Close()
	var all []Link
	for rows.Next() {
		var l Link
		var printed int
		if err := rows.Scan(&l.Plan, &l.Clause, &l.Parent, &l.Place, &l.Relation, &printed, &l.Author, &l.At); err != nil {
			return nil, err
		}
		l.Printed = printed == 1
		all = append(all, l)
	}
	return all, rows.Err()
}

// tasksAbove returns the open tasks of the clauses that links lead to.
func tasksAbove(tx *db.Tx, links []Link) (map[Link][]*Task, error) {
	all, plans := map[Link][]*Task{}, map[string][]string{}
	for _, l := range links {
		plans[l.Parent] = append(plans[l.Parent], l.Place)
	}
	for plan, places := range plans {
		args := []any{plan}
		for _, place := range places {
			args = append(args, place)
		}
		tasks, err := Tasks.Find(tx, `WHERE plan = ? AND state IN ('open', 'accepted') AND clause IN (?`+strings.Repeat(", ?", len(places)-1)+`) ORDER BY id`, args...)
		if err != nil {
			return nil, err
		}
		for _, t := range tasks {
			key := Link{Parent: plan, Place: t.Clause}
			all[key] = append(all[key], t)
		}
	}
	return all, nil
}
