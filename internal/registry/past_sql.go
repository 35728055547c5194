package registry

import (
	"database/sql"
	"fmt"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

// Placed is a period in which a body stands under another one.
type Placed struct {
	Parent   string
	From, To when.Day
}

// Handed is one row of a succession; To is empty when nobody took over.
type Handed struct {
	From, To        string
	Kind            string
	On              when.Day
	Decision, Scope string
}

// Membership is a period in which a body belongs to a class.
type Membership struct {
	Class, Body string
	From, To    when.Day
}

// Ending is the last day of a body.
type Ending struct {
	Body     string
	Last     when.Day
	Decision string
}

// Past is everything that is told of a body in time, each kind in the order of its days.
type Past struct {
	Names   []BodyName
	Parents []Placed
	Handed  []Handed
	Classes []Membership
	End     Ending // without a last day when the body goes on
}

// PastOf returns what is told of a body in time.
func PastOf(tx *db.Tx, id string) (p Past, err error) {
	p.Names, err = periods(tx, "SELECT organisation, name_vi, name_en, short, valid_from, valid_to FROM organisation_name WHERE organisation = ? ORDER BY valid_from", func(rows *sql.Rows, from, to *string) (n BodyName, _ error) {
		return n, rows.Scan(&n.Body, &n.Name.Vi, &n.Name.En, &n.Short, from, to)
	}, func(n *BodyName, from, to when.Day) { n.From, n.To = from, to }, id)
	if err != nil {
		return p, err
	}
	p.Parents, err = periods(tx, "SELECT parent, valid_from, valid_to FROM organisation_parent WHERE organisation = ? ORDER BY valid_from", func(rows *sql.Rows, from, to *string) (n Placed, _ error) {
		return n, rows.Scan(&n.Parent, from, to)
	}, func(n *Placed, from, to when.Day) { n.From, n.To = from, to }, id)
	if err != nil {
		return p, err
	}
	p.Handed, err = periods(tx, "SELECT from_body, to_body, kind, decision, scope, on_day FROM succession WHERE from_body = ? OR to_body = ? ORDER BY on_day, from_body, to_body LIMIT 1000", func(rows *sql.Rows, from, _ *string) (h Handed, _ error) {
		return h, rows.Scan(&h.From, &h.To, &h.Kind, &h.Decision, &h.Scope, from)
	}, func(h *Handed, from, _ when.Day) { h.On = from }, id, id)
	if err != nil {
		return p, err
	}
	if p.Classes, err = memberships(tx, "WHERE body = ? ORDER BY valid_from, class", id); err != nil {
		return p, err
	}
	ends, err := endings(tx, "SELECT organisation, last_day, decision FROM body_end WHERE organisation = ?", id)
	if len(ends) > 0 {
		p.End = ends[0]
	}
	return p, err
}

// periods reads rows that end in one or two days.
func periods[T any](tx *db.Tx, query string, scan func(rows *sql.Rows, from, to *string) (T, error), set func(one *T, from, to when.Day), args ...any) ([]T, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("read what is told of a body: %w", err)
	}
	defer rows.Close()
	var all []T
	for rows.Next() {
		var from, to string
		one, err := scan(rows, &from, &to)
		if err != nil {
			return nil, err
		}
		first, err := when.ParseDay(from)
		if err != nil {
			return nil, err
		}
		last, err := when.ParseDay(to)
		if err != nil {
			return nil, err
		}
		set(&one, first, last)
		all = append(all, one)
	}
	return all, rows.Err()
}

func memberships(tx *db.Tx, where string, args ...any) ([]Membership, error) {
	return periods(tx, "SELECT class, body, valid_from, valid_to FROM class_member "+where, func(rows *sql.Rows, from, to *string) (m Membership, _ error) {
		return m, rows.Scan(&m.Class, &m.Body, from, to)
	}, func(m *Membership, from, to when.Day) { m.From, m.To = from, to }, args...)
}

func endings(tx *db.Tx, query string, args ...any) ([]Ending, error) {
	return periods(tx, query, func(rows *sql.Rows, from, _ *string) (e Ending, _ error) {
		return e, rows.Scan(&e.Body, from, &e.Decision)
	}, func(e *Ending, from, _ when.Day) { e.Last = from }, args...)
}

// MembershipsOn returns the memberships of a class on a day, with their days; the bodies are those
// of Members.
func MembershipsOn(tx *db.Tx, class string, day when.Day) ([]Membership, error) {
	return memberships(tx, "WHERE class = ? AND "+covers+" AND NOT EXISTS (SELECT 1 FROM body_end e WHERE e.organisation = class_member.body AND e.last_day < ?) ORDER BY body",
		class, day.String(), day.String(), day.String())
}

// CountMembers returns how many bodies each class has on a day; a class without one is missing.
func CountMembers(tx *db.Tx, day when.Day) (map[string]int, error) {
	rows, err := tx.Query("SELECT class, COUNT(*) FROM class_member WHERE "+covers+" AND NOT EXISTS (SELECT 1 FROM body_end e WHERE e.organisation = class_member.body AND e.last_day < ?) GROUP BY class",
		day.String(), day.String(), day.String())
	if err != nil {
		return nil, fmt.Errorf("count the members of classes: %w", err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var class string
		var n int
		if err := rows.Scan(&class, &n); err != nil {
			return nil, err
		}
		counts[class] = n
	}
	return counts, rows.Err()
}

// EndedBodies returns confirmed bodies that exist no more on a day, the latest first, after the one
// that ended on a last day with an id; both are empty at the beginning.
func EndedBodies(tx *db.Tx, day when.Day, last, id string, limit int) ([]Ending, error) {
	if last == "" {
		last = always
	}
	return endings(tx, `SELECT e.organisation, e.last_day, e.decision FROM body_end e JOIN organisation o ON o.id = e.organisation
WHERE o.state = 'confirmed' AND e.last_day < ? AND (e.last_day < ? OR (e.last_day = ? AND e.organisation > ?)) ORDER BY e.last_day DESC, e.organisation LIMIT ?`, day.String(), last, last, id, limit)
}

// HandedBy returns the successions in which the bodies hand over, by the body that does, as of a day.
func HandedBy(tx *db.Tx, day when.Day, ids ...string) (map[string][]Handed, error) {
	by := map[string][]Handed{}
	if len(ids) == 0 {
		return by, nil
	}
	all, err := periods(tx, "SELECT from_body, to_body, kind, decision, scope, on_day FROM succession WHERE on_day <= ? AND from_body IN ("+marks(len(ids))+") ORDER BY on_day, to_body", func(rows *sql.Rows, from, _ *string) (h Handed, _ error) {
		return h, rows.Scan(&h.From, &h.To, &h.Kind, &h.Decision, &h.Scope, from)
	}, func(h *Handed, from, _ when.Day) { h.On = from }, append([]any{day.String()}, anys(ids)...)...)
	for _, h := range all {
		by[h.From] = append(by[h.From], h)
	}
	return by, err
}

// numbered returns the confirmed organisations that have those numbers.
func numbered(tx *db.Tx, numbers ...string) (map[string]string, error) {
	have := map[string]string{}
	if len(numbers) == 0 {
		return have, nil
	}
	rows, err := tx.Query("SELECT number, id FROM organisation WHERE state = 'confirmed' AND number IN ("+marks(len(numbers))+")", anys(numbers)...)
	if err != nil {
		return nil, fmt.Errorf("find organisations by number: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var number, id string
		if err := rows.Scan(&number, &id); err != nil {
			return nil, err
		}
		have[number] = id
	}
	return have, rows.Err()
}
