package app_test

import (
	"strings"
	"testing"

	"chonoi/internal/db"
)

// The acts that would be half done: a version without its entry, an entry without its record, an
// entry without what changed, words typed into a draft that is none.
var halves = map[string]string{
	"offers whose versions are not those of the ledger": `SELECT count(*) FROM offer o WHERE o.version <>
		(SELECT count(*) FROM ledger l WHERE l.kind = 'offer' AND l.id = o.id AND l.act LIKE 'offer.%')`,
	"entries of offers that are not there": `SELECT count(*) FROM ledger l WHERE l.kind = 'offer'
		AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.id = l.id)`,
	"offers whose newest entry does not tell their state": `SELECT count(*) FROM offer o WHERE NOT EXISTS
		(SELECT 1 FROM ledger l WHERE l.kind = 'offer' AND l.id = o.id AND l.at = o.updated_at)`,
	"changes of no entry":     `SELECT count(*) FROM ledger_change c WHERE NOT EXISTS (SELECT 1 FROM ledger l WHERE l.seq = c.seq)`,
	"numbers given twice":     `SELECT count(number) - count(DISTINCT number) FROM offer`,
	"sessions of no account":  `SELECT count(*) FROM session s WHERE NOT EXISTS (SELECT 1 FROM account a WHERE a.id = s.account)`,
	"inputs of no draft kept": `SELECT count(*) FROM draft_input d WHERE d.kind = 'offer' AND NOT EXISTS (SELECT 1 FROM offer o WHERE o.id = d.record)`,
}

// check looks at what a kill left behind.
func (v *victim) check(t *testing.T) {
	t.Helper()
	v.verify(t)
	for source, n := range v.imported(t) {
		if n%500 != 0 {
			t.Errorf("%s: %d rows are no whole number of batches", source, n)
		}
	}
	v.look(t, func(tx *db.Tx) error {
		for _, queries := range []map[string]string{halves, halfReports, halfDeals, halfBids} {
			for what, query := range queries {
				var n int
				if err := tx.QueryRow(query).Scan(&n); err != nil {
					return err
				}
				if n != 0 {
					t.Errorf("%d %s", n, what)
				}
			}
		}
		if err := v.reporters.check(t, tx); err != nil {
			return err
		}
		if err := v.checkDeals(t, tx); err != nil {
			return err
		}
		if err := v.checkBids(t, tx); err != nil {
			return err
		}
		return v.checkAcknowledged(t, tx)
	})
}

// checkAcknowledged compares the offers with what their posters were told. One that was changed
// once more without an answer is as good as one that was not.
func (v *victim) checkAcknowledged(t *testing.T, tx *db.Tx) error {
	rows, err := tx.Query(`SELECT id, version, title_vi FROM offer WHERE source = '' AND title_vi LIKE 'Máy sấy lúa %-%'`)
	if err != nil {
		return err
	}
	defer rows.Close()
	there := map[string]acknowledged{}
	for rows.Next() {
		var id string
		var a acknowledged
		if err := rows.Scan(&id, &a.version, &a.title); err != nil {
			return err
		}
		there[id] = a
	}
	lost := 0
	for id, said := range v.said {
		if kept := there[id]; kept.version < said.version || !strings.HasPrefix(kept.title, said.title) {
			lost++
			t.Logf("%s: %+v was acknowledged, %+v is there", id, said, kept)
		}
	}
	if lost > 0 {
		t.Errorf("%d of %d acknowledged acts are lost", lost, len(v.said))
	}
	return rows.Err()
}

// imported counts the rows of each source.
func (v *victim) imported(t *testing.T) map[string]int {
	t.Helper()
	counts := map[string]int{}
	v.look(t, func(tx *db.Tx) error {
		rows, err := tx.Query(`SELECT source, count(*) FROM offer WHERE source LIKE 'k%' GROUP BY source`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var source string
			var n int
			if err := rows.Scan(&source, &n); err != nil {
				return err
			}
			counts[source] = n
		}
		return rows.Err()
	})
	return counts
}

// look reads the database while no program runs on it.
func (v *victim) look(t *testing.T, read func(*db.Tx) error) {
	t.Helper()
	d, err := db.Open(t.Context(), v.database)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	if err := d.View(t.Context(), read); err != nil {
		t.Fatal(err)
	}
}
