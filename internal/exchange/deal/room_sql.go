package deal

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/when"
)

func number(n int64) string { return strconv.FormatInt(n, 10) }

func peopleOf(tx *db.Tx, deal string) (all []Person, err error) {
	rows, err := tx.Query(`SELECT account, side, duty, since FROM deal_person WHERE deal = ? AND until = 0 ORDER BY id`, deal)
	if err != nil {
		return nil, fmt.Errorf("read the people of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p Person
		if err := rows.Scan(&p.Account, &p.Side, &p.Duty, &p.Since); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

func addPerson(tx *db.Tx, deal string, by account.ID, p Person) error {
	_, err := tx.Exec(`INSERT INTO deal_person (id, deal, account, side, duty, since, until, added_by) VALUES (?, ?, ?, ?, ?, ?, 0, ?)`,
		db.NewID(tx.Now), deal, string(p.Account), string(p.Side), p.Duty, when.Micro(tx.Now), string(by))
	return err
}

func endPerson(tx *db.Tx, deal string, who account.ID, side Side) (bool, error) {
	done, err := tx.Exec(`UPDATE deal_person SET until = ? WHERE deal = ? AND account = ? AND side = ? AND until = 0`, when.Micro(tx.Now), deal, string(who), string(side))
	if err != nil {
		return false, err
	}
	n, err := done.RowsAffected()
	return n > 0, err
}

func addEntry(tx *db.Tx, deal string, e Entry) error {
	_, err := tx.Exec(`INSERT INTO deal_entry (id, deal, at, by_account, side, audience, kind, words, held_on, about) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		e.ID, deal, e.At, string(e.By), string(e.Side), e.Audience, e.Kind, e.Words, e.Held.String(), e.About)
	if err != nil {
		return fmt.Errorf("write the time line of a deal: %w", err)
	}
	return nil
}

// Entries returns the time line as one side sees it, the newest first, after an entry: what is for all,
// and what is for that side. Those of the exchange see what is for all.
func Entries(tx *db.Tx, deal string, side Side, after string, limit int) (all []Entry, err error) {
	rows, err := tx.Query(`SELECT id, at, by_account, side, audience, kind, words, held_on, about FROM deal_entry
		WHERE deal = ? AND (audience = 'all' OR audience = ?) AND (id < ? OR ? = '') ORDER BY id DESC LIMIT ?`, deal, string(side), after, after, limit)
	if err != nil {
		return nil, fmt.Errorf("read the time line of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var e Entry
		var held string
		if err := rows.Scan(&e.ID, &e.At, &e.By, &e.Side, &e.Audience, &e.Kind, &e.Words, &held, &e.About); err != nil {
			return nil, err
		}
		if e.Held, err = when.ParseDay(held); err != nil {
			return nil, err
		}
		all = append(all, e)
	}
	return all, rows.Err()
}

// touch notes that a side acted, beside the moves of the table.
func touch(tx *db.Tx, d *Deal) error {
	_, err := tx.Exec(`UPDATE deal SET moved_at = ? WHERE id = ?`, when.Micro(tx.Now), d.ID)
	d.Moved = when.Micro(tx.Now)
	return err
}

func addSignature(tx *db.Tx, deal string, s Signature) error {
	_, err := tx.Exec(`INSERT INTO deal_nda (deal, proposal, side, act, words, digest, at, by_account) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		deal, s.Proposal, string(s.Side), s.Act, s.Words, s.Digest, s.At, string(s.By))
	return err
}

// SignaturesOf returns what the sides did about agreements on confidentiality, the first first.
func SignaturesOf(tx *db.Tx, deal string) (all []Signature, err error) {
	rows, err := tx.Query(`SELECT proposal, side, act, words, digest, at, by_account FROM deal_nda WHERE deal = ? ORDER BY proposal, at, act`, deal)
	if err != nil {
		return nil, fmt.Errorf("read the agreements of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var s Signature
		if err := rows.Scan(&s.Proposal, &s.Side, &s.Act, &s.Words, &s.Digest, &s.At, &s.By); err != nil {
			return nil, err
		}
		all = append(all, s)
	}
	return all, rows.Err()
}

func addVersion(tx *db.Tx, deal string, v *Version, text string) error {
	_, err := tx.Exec(`INSERT INTO deal_version (deal, n, side, terms, digest, words, expires_on, at, by_account, ended, ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, '', 0)`,
		deal, v.N, string(v.Side), text, v.Digest, v.Words, v.Expires.String(), v.At, string(v.By))
	if err != nil {
		return fmt.Errorf("keep a version: %w", err)
	}
	return nil
}

func endVersion(tx *db.Tx, deal string, n int64, ended string) error {
	_, err := tx.Exec(`UPDATE deal_version SET ended = ?, ended_at = ? WHERE deal = ? AND n = ? AND ended = ''`, ended, when.Micro(tx.Now), deal, n)
	return err
}

// endVersions ends all versions that stand.
func endVersions(tx *db.Tx, deal, ended string) error {
	_, err := tx.Exec(`UPDATE deal_version SET ended = ?, ended_at = ? WHERE deal = ? AND ended = ''`, ended, when.Micro(tx.Now), deal)
	return err
}

func addClause(tx *db.Tx, deal string, n int64, clause string, by account.ID) error {
	_, err := tx.Exec(`INSERT INTO deal_clause (deal, n, clause, at, by_account) VALUES (?, ?, ?, ?, ?) ON CONFLICT (deal, n, clause) DO UPDATE SET at = excluded.at, by_account = excluded.by_account`,
		deal, n, clause, when.Micro(tx.Now), string(by))
	return err
}

func carryClause(tx *db.Tx, deal string, from, to int64, clause string) error {
	_, err := tx.Exec(`INSERT INTO deal_clause (deal, n, clause, at, by_account) SELECT deal, ?, clause, at, by_account FROM deal_clause WHERE deal = ? AND n = ? AND clause = ?`,
		to, deal, from, clause)
	return err
}

// Versions returns the offers and counter-offers of a deal, the first first.
func Versions(tx *db.Tx, deal string) (all []*Version, err error) {
	rows, err := tx.Query(`SELECT n, side, terms, digest, words, expires_on, at, by_account, ended FROM deal_version WHERE deal = ? ORDER BY n`, deal)
	if err != nil {
		return nil, fmt.Errorf("read versions: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		v := &Version{Agreed: map[string]int64{}}
		var text, expires string
		if err := rows.Scan(&v.N, &v.Side, &text, &v.Digest, &v.Words, &expires, &v.At, &v.By, &v.Ended); err != nil {
			return nil, err
		}
		if v.Terms, err = terms.Read(text); err != nil {
			return nil, err
		}
		if v.Expires, err = when.ParseDay(expires); err != nil {
			return nil, err
		}
		all = append(all, v)
	}
	if err := rows.Err(); err != nil || len(all) == 0 {
		return all, err
	}
	return all, agreedIn(tx, deal, all)
}

func agreedIn(tx *db.Tx, deal string, all []*Version) error {
	rows, err := tx.Query(`SELECT n, clause, at FROM deal_clause WHERE deal = ?`, deal)
	if err != nil {
		return fmt.Errorf("read accepted clauses: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var n, at int64
		var clause string
		if err := rows.Scan(&n, &clause, &at); err != nil {
			return err
		}
		if i := slices.IndexFunc(all, func(v *Version) bool { return v.N == n }); i >= 0 {
			all[i].Agreed[clause] = at
		}
	}
	return rows.Err()
}

func addSheet(tx *db.Tx, deal string, s *Sheet, text string) error {
	var rests []string
	for _, n := range s.RestsOn {
		rests = append(rests, number(n))
	}
	_, err := tx.Exec(`INSERT INTO deal_sheet (deal, terms, digest, rests_on, at, by_account) VALUES (?, ?, ?, ?, ?, ?)`,
		deal, text, s.Digest, strings.Join(rests, " "), s.At, string(s.By))
	if err != nil {
		return fmt.Errorf("keep a term sheet: %w", err)
	}
	return nil
}

// SheetOf returns the term sheet of a deal; nil before there is one.
func SheetOf(tx *db.Tx, deal string) (*Sheet, error) {
	s, text, rests := &Sheet{}, "", ""
	err := tx.QueryRow(`SELECT terms, digest, rests_on, at, by_account FROM deal_sheet WHERE deal = ?`, deal).Scan(&text, &s.Digest, &rests, &s.At, &s.By)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read a term sheet: %w", err)
	}
	for _, one := range strings.Fields(rests) {
		n, err := strconv.ParseInt(one, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("read a term sheet: %w", err)
		}
		s.RestsOn = append(s.RestsOn, n)
	}
	s.Terms, err = terms.Read(text)
	return s, err
}

// Mine returns the deals in which a reader takes part, the newest first, after one of them: those of
// organisations that he speaks for, and those for which he was named and still may be.
func Mine(tx *db.Tx, a account.Actor, after string, limit int) ([]*Deal, error) {
	var all, managed []string
	for _, m := range a.Memberships {
		all = append(all, m.Organisation)
		if m.Manager {
			managed = append(managed, m.Organisation)
		}
	}
	args := []any{after, after}
	in := func(side string, ids []string) string {
		if len(ids) == 0 {
			return `1 = 0`
		}
		for _, id := range ids {
			args = append(args, id)
		}
		return side + ` IN (?` + strings.Repeat(", ?", len(ids)-1) + `)`
	}
	where := `WHERE (id < ? OR ? = '') AND (` + in("supplier", managed) + ` OR ` + in("receiver", managed)
	for _, side := range []string{"supplier", "receiver"} {
		where += ` OR ` + in(side, all) + ` AND id IN (SELECT deal FROM deal_person WHERE account = ? AND side = '` + side + `' AND until = 0)`
		args = append(args, string(a.ID))
	}
	where += ` OR id IN (SELECT b.deal FROM deal_broker b JOIN mandate m ON m.id = b.mandate WHERE m.state = 'in_force' AND m.from_on <= ? AND m.until_on >= ? AND `
	today := when.DayOf(tx.Now).String()
	args = append(args, today, today)
	where += in("m.broker", managed) + `)) ORDER BY id DESC LIMIT ?`
	return Records.Find(tx, where, append(args, limit)...)
}

// silentFor returns open deals that did not move since an instant and whose sides were not asked at
// that step.
func silentFor(tx *db.Tx, since int64, days, limit int) ([]*Deal, error) {
	return Records.Find(tx, `WHERE state NOT IN ('stopped', 'terms_agreed', 'approval_pending', 'filed', 'completed', 'terminated') AND moved_at <= ?
		AND NOT EXISTS (SELECT 1 FROM deal_notice n WHERE n.deal = deal.id AND n.days = ? AND n.moved_at = deal.moved_at) ORDER BY moved_at, id LIMIT ?`, since, days, limit)
}

func noteSilence(tx *db.Tx, d *Deal, days int) error {
	_, err := tx.Exec(`INSERT INTO deal_notice (deal, days, moved_at, at) VALUES (?, ?, ?, ?) ON CONFLICT (deal, days, moved_at) DO NOTHING`, d.ID, days, d.Moved, when.Micro(tx.Now))
	return err
}

// forOfficers are the states in which a deal waits for an officer.
const forOfficers = `state IN ('terms_agreed', 'approval_pending', 'filed')`

// Waiting returns the deals that wait for an officer, the newest first, after one of them.
func Waiting(tx *db.Tx, after string, limit int) ([]*Deal, error) {
	return Records.Find(tx, `WHERE `+forOfficers+` AND (id < ? OR ? = '') ORDER BY id DESC LIMIT ?`, after, after, limit)
}

// CountWaiting returns how many deals wait for an officer.
func CountWaiting(tx *db.Tx) (n int, err error) {
	err = tx.QueryRow(`SELECT count(*) FROM deal WHERE ` + forOfficers).Scan(&n)
	return n, err
}
