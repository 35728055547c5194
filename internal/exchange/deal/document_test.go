package deal_test

import (
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/fault"
	"chonoi/internal/file"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// A document opens to whom its side says, and to nobody else; that it was opened its side is told.
func TestADocumentOpensToWhomItsSideSays(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		m := open(t, d, false)
		id := m.begun()
		lan := exchangetest.Lan
		ids := map[string]string{}
		for _, audience := range deal.Audiences {
			m.update(func(tx *db.Tx) error {
				one := &deal.Document{Attachment: record.Attachment{Name: "Bản vẽ " + audience + ".pdf"}, Audience: audience}
				err := m.x.Bring(tx, lan, enter(tx, lan, id), one, file.Stored{SHA256: audience, Size: 3, MIME: "application/pdf", Ext: "pdf"})
				ids[audience] = one.ID
				return err
			})
		}
		opens := func(audience string, yes bool) {
			t.Helper()
			open := func(tx *db.Tx) error { _, _, err := deal.Open(tx, buyer, ids[audience]); return err }
			if yes {
				m.update(open)
			} else {
				m.refused(fault.NotFound, open)
			}
		}
		opens(deal.ForBoth, true)
		opens(deal.ForNDA, false)
		opens(deal.ForOwn, false)
		m.refused(fault.NotFound, func(tx *db.Tx) error { _, _, err := deal.Open(tx, outsider, ids[deal.ForBoth]); return err })
		m.refused(fault.NotFound, func(tx *db.Tx) error {
			_, _, err := deal.Open(tx, exchangetest.Inspector, ids[deal.ForBoth])
			return err
		})
		m.update(func(tx *db.Tx) error {
			all, closed, err := deal.Documents(tx, enter(tx, buyer, id))
			if len(all) != 1 || closed != 1 {
				t.Errorf("the other side finds %d and %d closed", len(all), closed)
			}
			lines, err := deal.Entries(tx, id, deal.Receiver, "", 50)
			for _, line := range lines {
				if line.Kind == "document" && line.About != ids[deal.ForBoth] {
					t.Errorf("the other side is told of %q", line.Words)
				}
			}
			return err
		})
		m.update(func(tx *db.Tx) error {
			return m.x.Propose(tx, lan, enter(tx, lan, id), "kín", when.DayOf(tx.Now).AddDays(30))
		})
		m.update(func(tx *db.Tx) error {
			all, err := deal.SignaturesOf(tx, id)
			if err != nil {
				return err
			}
			return m.x.Sign(tx, buyer, enter(tx, buyer, id), all[0].Digest)
		})
		opens(deal.ForNDA, true)
		m.update(func(tx *db.Tx) error {
			tx.Now = when.DayOf(tx.Now).AddDays(31).Start()
			if _, _, err := deal.Open(tx, buyer, ids[deal.ForNDA]); fault.KindOf(err) != fault.NotFound {
				t.Errorf("after the agreement has ended: %v", err)
			}
			return nil
		})
		m.update(func(tx *db.Tx) error {
			all, _, err := deal.Documents(tx, enter(tx, lan, id))
			for _, one := range all {
				if want := map[string]int{deal.ForBoth: 1, deal.ForNDA: 1}[one.Audience]; one.Openings != want {
					t.Errorf("%s was opened %d times, not %d", one.Audience, one.Openings, want)
				}
			}
			return err
		})
	}, schemas...)
}
