package deal

import (
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/when"
)

func addBroker(tx *db.Tx, deal string, p Part, by account.ID) error {
	_, err := tx.Exec(`INSERT INTO deal_broker (deal, mandate, side, at, by_account) VALUES (?, ?, ?, ?, ?)`, deal, p.Mandate, string(p.Side), when.Micro(tx.Now), string(by))
	return err
}

// brokersOf returns the brokers that take part in a deal on a day, under mandates in force.
func brokersOf(tx *db.Tx, deal string, today when.Day) (all []Part, err error) {
	rows, err := tx.Query(`SELECT b.mandate, b.side, m.broker, m.number FROM deal_broker b JOIN mandate m ON m.id = b.mandate
		WHERE b.deal = ? AND m.state = 'in_force' AND m.from_on <= ? AND m.until_on >= ? ORDER BY b.at, b.mandate`, deal, today.String(), today.String())
	if err != nil {
		return nil, fmt.Errorf("read the brokers of a deal: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var p Part
		if err := rows.Scan(&p.Mandate, &p.Side, &p.Broker, &p.Number); err != nil {
			return nil, err
		}
		all = append(all, p)
	}
	return all, rows.Err()
}

// MandatesOf returns the mandates of an organisation as principal or broker, the newest first, after one.
func MandatesOf(tx *db.Tx, organisation, after string, limit int) ([]*Mandate, error) {
	return Mandates.Find(tx, `WHERE (owner = ? OR broker = ?) AND (id < ? OR ? = '') ORDER BY id DESC LIMIT ?`, organisation, organisation, after, after, limit)
}

// agentsOf returns the mandates in force today under which an enquiry may be answered for its holder. A
// broker who asks himself has no part in the answer.
func agentsOf(tx *db.Tx, e *Enquiry) ([]*Mandate, error) {
	today := when.DayOf(tx.Now).String()
	return Mandates.Find(tx, `WHERE owner = ? AND broker <> ? AND listing IN ('', ?) AND state = 'in_force' AND from_on <= ? AND until_on >= ? ORDER BY id DESC LIMIT 50`,
		e.Holder, e.Owner, e.Listing, today, today)
}

// agentFor returns the mandate under which a reader may answer an enquiry as a broker, or nil.
func agentFor(tx *db.Tx, a account.Actor, e *Enquiry) (*Mandate, error) {
	if len(a.Memberships) == 0 || a.In(e.Holder) || a.In(e.Owner) {
		return nil, nil
	}
	all, err := agentsOf(tx, e)
	if err != nil {
		return nil, err
	}
	for _, m := range all {
		if a.In(m.Broker) {
			return m, nil
		}
	}
	return nil, nil
}

// Fitting returns the mandates in force on a day that a principal may use in a deal.
func Fitting(tx *db.Tx, r *Room) (all []*Mandate, err error) {
	if r.Side != Supplier && r.Side != Receiver {
		return nil, nil
	}
	today := when.DayOf(tx.Now)
	some, err := Mandates.Find(tx, `WHERE owner = ? AND state = 'in_force' AND from_on <= ? AND until_on >= ? ORDER BY id DESC LIMIT 50`, r.Organisation(r.Side), today.String(), today.String())
	if err != nil {
		return nil, err
	}
	in := map[string]bool{}
	for _, p := range r.Brokers {
		in[p.Mandate] = true
	}
	for _, m := range some {
		if side, fits := m.Fits(r.Deal); fits && side == r.Side && !in[m.ID] {
			all = append(all, m)
		}
	}
	return all, nil
}
