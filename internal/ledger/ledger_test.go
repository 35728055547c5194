package ledger_test

import (
	"fmt"
	"sync"
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/ledger"

	"github.com/google/go-cmp/cmp"
)

var schema = db.Schema{Name: "ledger", Files: ledger.Schema}

func note(i int) ledger.Note {
	return ledger.Note{Actor: "a1", Act: "offer.saved", Kind: "offer", ID: fmt.Sprint("o", i%3),
		Change: []ledger.Change{{Field: "title_vi", Old: "Máy", New: fmt.Sprint("Máy sấy ", i)}}}
}

func write(t *testing.T, d *db.DB, n int) {
	t.Helper()
	for i := range n {
		err := d.Update(t.Context(), func(tx *db.Tx) error {
			_, err := ledger.Append(tx, note(i), ledger.Note{Actor: "system", Act: "offer.seen", Kind: "offer", ID: "o"})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheChainIsWholeAndReadInOrder(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, 5)
		report, err := ledger.Verify(t.Context(), d, nil)
		if err != nil || !report.Whole() || report.Entries != 10 {
			t.Fatalf("%+v, %v", report, err)
		}
		err = d.View(t.Context(), func(tx *db.Tx) error {
			feed, err := ledger.Since(tx, 3, 4)
			if err != nil {
				return err
			}
			if len(feed) != 4 || feed[0].Seq != 4 || feed[3].Seq != 7 {
				t.Errorf("feed %+v", feed)
			}
			own, err := ledger.Of(tx, "offer", "o0", 0, 10)
			if len(own) != 2 || own[0].Seq < own[1].Seq {
				t.Errorf("history %+v", own)
			}
			if diff := cmp.Diff(note(0).Change, own[1].Change); diff != "" {
				t.Error(diff)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}, schema)
}

func TestATamperedChainIsFound(t *testing.T) {
	tampering := map[string]string{
		"an entry's actor":   `UPDATE ledger SET actor = 'b' WHERE seq = 4`,
		"what changed":       `UPDATE ledger_change SET change = '[{"field":"price"}]' WHERE seq = 3`,
		"an entry taken out": `DELETE FROM ledger WHERE seq = 4`,
		"a re-linked entry":  `UPDATE ledger SET prev = hash WHERE seq = 6`,
	}
	for name, statement := range tampering {
		t.Run(name, func(t *testing.T) {
			dbtest.Each(t, func(t *testing.T, d *db.DB) {
				write(t, d, 4)
				err := d.Update(t.Context(), func(tx *db.Tx) error {
					_, err := tx.Exec(statement)
					return err
				})
				if err != nil {
					t.Fatal(err)
				}
				report, err := ledger.Verify(t.Context(), d, nil)
				if err != nil || report.Whole() {
					t.Errorf("not found: %+v, %v", report, err)
				}
			}, schema)
		})
	}
}

func TestErasedChangesLeaveTheChainWhole(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		write(t, d, 4)
		err := d.Update(t.Context(), func(tx *db.Tx) error { return ledger.Erase(tx, "offer", "o0") })
		if err != nil {
			t.Fatal(err)
		}
		report, err := ledger.Verify(t.Context(), d, nil)
		if err != nil || !report.Whole() || report.Erased != 2 {
			t.Errorf("%+v, %v", report, err)
		}
	}, schema)
}

func TestManyWritersGrowOneChain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for w := range 4 {
			wg.Go(func() {
				for i := range 8 {
					err := d.Update(t.Context(), func(tx *db.Tx) error {
						_, err := ledger.Append(tx, note(w*8+i))
						return err
					})
					if err != nil {
						t.Error(err)
					}
				}
			})
		}
		wg.Wait()
		report, err := ledger.Verify(t.Context(), d, nil)
		if err != nil || !report.Whole() || report.Entries != 32 {
			t.Errorf("%+v, %v", report, err)
		}
	}, schema)
}
