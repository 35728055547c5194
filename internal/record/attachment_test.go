package record_test

import (
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
)

func TestADocumentIsAttachedShownAndTakenAway(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		do := func(act func(*db.Tx) error) {
			t.Helper()
			if err := d.Update(t.Context(), act); err != nil {
				t.Fatal(err)
			}
		}
		stored := file.Stored{SHA256: "ab12", Size: 3 << 20, MIME: "image/jpeg", Ext: "jpeg"}
		first := record.Attachment{Kind: "offer", Record: "o1", Name: `C:\hồ sơ\Ảnh máy.JPG`}
		second := record.Attachment{Kind: "offer", Record: "o2", Name: "may.exe"}
		do(func(tx *db.Tx) error {
			if err := record.Attach(tx, "lan", &first, stored); err != nil {
				return err
			}
			return record.Attach(tx, "lan", &second, stored)
		})
		if first.Name != "Ảnh máy.jpeg" || second.Name != "may.exe.jpeg" || first.Stored() != stored {
			t.Errorf("called %q and %q, stored as %+v", first.Name, second.Name, first.Stored())
		}
		claim := record.Claim{Kind: "offer", Record: "o1", Claim: "trl", Statement: lang.Both{Vi: "TRL 6"}, Attachment: first.ID}
		do(func(tx *db.Tx) error { return record.PutClaim(tx, "lan", &claim) })
		do(func(tx *db.Tx) error {
			return record.ShowAttachment(tx, "lan", first.ID, field.NDA, lang.Both{Vi: "Ảnh", En: "Picture"})
		})
		do(func(tx *db.Tx) error {
			all, err := record.Attachments(tx, "offer", "o1")
			if len(all) != 1 || all[0].Level != field.NDA || all[0].Called(lang.En) != "Picture" {
				t.Errorf("attached %+v", all)
			}
			return err
		})
		do(func(tx *db.Tx) error {
			last, err := record.Detach(tx, "lan", first.ID)
			if last {
				t.Error("the content is given up while another record holds it")
			}
			return err
		})
		do(func(tx *db.Tx) error {
			claims, err := record.Claims(tx, "offer", "o1")
			if len(claims) != 1 || claims[0].Attachment != "" {
				t.Errorf("the claim still rests on the document: %+v", claims)
			}
			if err != nil {
				return err
			}
			last, err := record.Detach(tx, "lan", second.ID)
			if !last {
				t.Error("the content is not given up with its last record")
			}
			return err
		})
		do(func(tx *db.Tx) error {
			entries, err := ledger.Of(tx, "offer", "o1", 0, 10)
			if len(entries) != 4 || entries[0].Act != "file.detached" || entries[1].Act != "file.shown" || entries[3].Act != "file.attached" {
				t.Errorf("the ledger tells %+v", entries)
			}
			return err
		})
		err := d.View(t.Context(), func(tx *db.Tx) error {
			_, err := record.AttachmentOf(tx, first.ID)
			return err
		})
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("got %v", err)
		}
	}, db.Schema{Name: "ledger", Files: ledger.Schema}, db.Schema{Name: "record", Files: record.Schema})
}
