package registry

import (
	"fmt"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// covers is the condition that a period, whose open ends are empty, holds a day; it takes the day twice.
const covers = "valid_from <= ? AND (valid_to = '' OR valid_to >= ?)"

const (
	// selectNameOn has the first name of a body for the days before it.
	selectNameOn = `SELECT o.id, COALESCE(n.name_vi, f.name_vi, o.name_vi), COALESCE(n.name_en, f.name_en, o.name_en)
FROM organisation o
LEFT JOIN organisation_name n ON n.organisation = o.id AND n.valid_from <= ? AND (n.valid_to = '' OR n.valid_to >= ?)
LEFT JOIN organisation_name f ON f.organisation = o.id AND f.valid_from = (SELECT MIN(m.valid_from) FROM organisation_name m WHERE m.organisation = o.id)
WHERE o.id IN (`
	selectSuccessors = `WITH RECURSIVE took (body) AS (
  SELECT to_body FROM succession WHERE from_body = ? AND on_day <= ? AND to_body <> ''
  UNION
  SELECT s.to_body FROM succession s JOIN took t ON s.from_body = t.body
  WHERE s.on_day <= ? AND s.to_body <> '' AND EXISTS (SELECT 1 FROM body_end e WHERE e.organisation = t.body AND e.last_day < ?)
)
SELECT body FROM took WHERE body <> ? AND NOT EXISTS (SELECT 1 FROM body_end e WHERE e.organisation = took.body AND e.last_day < ?) ORDER BY body`
	selectMembers = `SELECT body FROM class_member WHERE class = ? AND ` + covers + `
AND NOT EXISTS (SELECT 1 FROM body_end e WHERE e.organisation = class_member.body AND e.last_day < ?) ORDER BY body`
	// selectCycle climbs from a parent as far as the periods allow, and finds the body itself.
	selectCycle = `WITH RECURSIVE up (body, a, b) AS (
  SELECT CAST(? AS TEXT), CAST(? AS TEXT), '9999-12-31'
  UNION
  SELECT p.parent, CASE WHEN p.valid_from > up.a THEN p.valid_from ELSE up.a END, CASE WHEN p.valid_to <> '' AND p.valid_to < up.b THEN p.valid_to ELSE up.b END
  FROM organisation_parent p JOIN up ON p.organisation = up.body
  WHERE up.body <> ? AND p.valid_from <= up.b AND (p.valid_to = '' OR p.valid_to >= up.a)
)
SELECT COUNT(*) FROM up WHERE body = ?`
)

// NamesOn returns what bodies were called on a day; before its first name a body has that name, and
// a body without told names has the one of the register. One that does not exist is missing.
func NamesOn(tx *db.Tx, day when.Day, ids ...string) (map[string]lang.Both, error) {
	names := map[string]lang.Both{}
	if len(ids) == 0 {
		return names, nil
	}
	args := append([]any{day.String(), day.String()}, anys(ids)...)
	rows, err := tx.Query(selectNameOn+marks(len(ids))+")", args...)
	if err != nil {
		return nil, fmt.Errorf("name bodies on a day: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		var name lang.Both
		if err := rows.Scan(&id, &name.Vi, &name.En); err != nil {
			return nil, err
		}
		names[id] = name
	}
	return names, rows.Err()
}

// EndedBy returns the last days of those of the bodies that exist no more on a day.
func EndedBy(tx *db.Tx, day when.Day, ids ...string) (map[string]when.Day, error) {
	ended := map[string]when.Day{}
	if len(ids) == 0 {
		return ended, nil
	}
	rows, err := tx.Query("SELECT organisation, last_day FROM body_end WHERE last_day < ? AND organisation IN ("+marks(len(ids))+")", append([]any{day.String()}, anys(ids)...)...)
	if err != nil {
		return nil, fmt.Errorf("ask which bodies ended: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, last string
		if err := rows.Scan(&id, &last); err != nil {
			return nil, err
		}
		if ended[id], err = when.ParseDay(last); err != nil {
			return nil, err
		}
	}
	return ended, rows.Err()
}

// Members returns the bodies of a class on a day in the order of their ids; bodies that exist no
// more on that day are no members.
func Members(tx *db.Tx, class string, day when.Day) ([]string, error) {
	return column(tx, selectMembers, class, day.String(), day.String(), day.String())
}

// SuccessorsOf returns who took over from a body as of a day, in the order of their ids. In place
// of a successor that itself exists no more stand its own successors.
func SuccessorsOf(tx *db.Tx, body string, day when.Day) ([]string, error) {
	d := day.String()
	return column(tx, selectSuccessors, body, d, d, d, body, d)
}

func column(tx *db.Tx, query string, args ...any) ([]string, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("read bodies: %w", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

func anys(texts []string) []any {
	all := make([]any, len(texts))
	for i, one := range texts {
		all[i] = one
	}
	return all
}

// inCircle reports whether a body under that parent from a day on would on any day be above itself.
func inCircle(tx *db.Tx, body, parent, from string) (bool, error) {
	n := 0
	err := tx.QueryRow(selectCycle, parent, from, body, body).Scan(&n)
	return n > 0, err
}

// period is a stretch of days in which a row of one of the tables holds; empty ends are open.
type period struct{ ID, From, To string }

// lastPeriod returns the latest period of a body in organisation_name or organisation_parent that
// begins by a day; one without id when there is none.
func lastPeriod(tx *db.Tx, table, body, by string) (period, error) {
	return latest(tx, "SELECT id, valid_from, valid_to FROM "+table+" WHERE organisation = ? AND valid_from <= ? ORDER BY valid_from DESC LIMIT 1", body, by)
}

// lastMembership returns the latest period in which a body belongs to a class.
func lastMembership(tx *db.Tx, class, body string) (period, error) {
	return latest(tx, "SELECT id, valid_from, valid_to FROM class_member WHERE class = ? AND body = ? ORDER BY valid_from DESC LIMIT 1", class, body)
}

func latest(tx *db.Tx, query string, args ...any) (period, error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return period{}, fmt.Errorf("read the latest period: %w", err)
	}
	defer rows.Close()
	var p period
	if rows.Next() {
		err = rows.Scan(&p.ID, &p.From, &p.To)
	}
	if err == nil {
		err = rows.Err()
	}
	return p, err
}

// closePeriod gives an open period of a table its last day.
func closePeriod(tx *db.Tx, table, id, last string) error {
	_, err := tx.Exec("UPDATE "+table+" SET valid_to = ? WHERE id = ?", last, id)
	return err
}

func insertName(tx *db.Tx, n BodyName) error {
	_, err := tx.Exec("INSERT INTO organisation_name (id, organisation, name_vi, name_en, short, valid_from, valid_to) VALUES (?, ?, ?, ?, ?, ?, ?)",
		db.NewID(tx.Now), n.Body, n.Name.Vi, n.Name.En, n.Short, n.From.String(), n.To.String())
	return err
}

func replaceName(tx *db.Tx, id string, n BodyName) error {
	_, err := tx.Exec("UPDATE organisation_name SET name_vi = ?, name_en = ?, short = ? WHERE id = ?", n.Name.Vi, n.Name.En, n.Short, id)
	return err
}

func insertParent(tx *db.Tx, body, parent, from string) error {
	_, err := tx.Exec("INSERT INTO organisation_parent (id, organisation, parent, valid_from, valid_to) VALUES (?, ?, ?, ?, '')", db.NewID(tx.Now), body, parent, from)
	return err
}

func insertSuccession(tx *db.Tx, s Succession, from, to string) error {
	_, err := tx.Exec("INSERT INTO succession (id, from_body, to_body, kind, on_day, decision, scope) VALUES (?, ?, ?, ?, ?, ?, ?)",
		db.NewID(tx.Now), from, to, s.Kind, s.On.String(), s.Decision, s.Scope)
	return err
}

// known returns those of the ids that are confirmed organisations.
func known(tx *db.Tx, ids ...string) (map[string]bool, error) {
	have := map[string]bool{}
	if len(ids) == 0 {
		return have, nil
	}
	found, err := column(tx, "SELECT id FROM organisation WHERE state = 'confirmed' AND id IN ("+marks(len(ids))+")", anys(ids)...)
	for _, id := range found {
		have[id] = true
	}
	return have, err
}

// lastDays returns the last days that bodies were told to have, also those to come.
func lastDays(tx *db.Tx, ids ...string) (map[string]when.Day, error) {
	return EndedBy(tx, when.Day{Year: 9999, Month: 12, Date: 31}, ids...)
}

func insertEnd(tx *db.Tx, body, last, decision string) error {
	_, err := tx.Exec("INSERT INTO body_end (organisation, last_day, decision) VALUES (?, ?, ?)", body, last, decision)
	return err
}

func insertClass(tx *db.Tx, c Class, aliases string) error {
	_, err := tx.Exec("INSERT INTO class_term (term, words_vi, words_en, aliases, note) VALUES (?, ?, ?, ?, ?)", c.Key, c.Words.Vi, c.Words.En, aliases, c.Note)
	return err
}

func insertMember(tx *db.Tx, class, body, from string) error {
	_, err := tx.Exec("INSERT INTO class_member (id, class, body, valid_from, valid_to) VALUES (?, ?, ?, ?, '')", db.NewID(tx.Now), class, body, from)
	return err
}

// ParentsOn returns under which body each of the bodies stood on a day; one that stood under none
// is missing.
func ParentsOn(tx *db.Tx, day when.Day, ids ...string) (map[string]string, error) {
	parents := map[string]string{}
	if len(ids) == 0 {
		return parents, nil
	}
	rows, err := tx.Query("SELECT organisation, parent FROM organisation_parent WHERE "+covers+" AND organisation IN ("+marks(len(ids))+")", append([]any{day.String(), day.String()}, anys(ids)...)...)
	if err != nil {
		return nil, fmt.Errorf("ask for parents: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id, parent string
		if err := rows.Scan(&id, &parent); err != nil {
			return nil, err
		}
		parents[id] = parent
	}
	return parents, rows.Err()
}

// BodiesOn returns the ids of the bodies of state and Party that exist on a day.
func BodiesOn(tx *db.Tx, day when.Day) ([]string, error) {
	args := []any{}
	for _, kind := range stateKinds {
		args = append(args, kind)
	}
	rows, err := tx.Query(`SELECT o.id FROM organisation o WHERE o.kind IN (?`+strings.Repeat(", ?", len(stateKinds)-1)+`) AND o.state = 'confirmed'
		AND NOT EXISTS (SELECT 1 FROM body_end e WHERE e.organisation = o.id AND e.last_day < ?) ORDER BY o.id LIMIT 5000`, append(args, day.String())...)
	if err != nil {
		return nil, fmt.Errorf("read the bodies: %w", err)
	}
	defer rows.Close()
	var all []string
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, err
		}
		all = append(all, id)
	}
	return all, rows.Err()
}
