package exchange

import (
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/lists"
)

// schemas are the tables that the exchange stands on.
var schemas = []db.Schema{{Name: "ledger", Files: ledger.Schema}, {Name: "record", Files: record.Schema},
	{Name: "registry", Files: registry.Schema}, {Name: "exchange", Files: Schema}}

// The cast: a firm with a member, a member of another firm, an officer.
var (
	lan   = account.Actor{ID: "lan", Name: "Trần Thị Lan", Memberships: []account.Membership{{Organisation: "song-hau", Manager: true}}}
	minh  = account.Actor{ID: "minh", Name: "Lê Minh", Memberships: []account.Membership{{Organisation: "tay-do"}}}
	clerk = account.Actor{ID: "clerk", Name: "Phạm An", Roles: []account.Role{account.Officer}}
)

// floor opens an exchange with the shipped code lists and two organisations.
func floor(t *testing.T, d *db.DB) *Exchange {
	t.Helper()
	codes := &record.Codes{}
	x := New(Config{Codes: codes, Names: registry.Names, Identity: registry.Identity,
		People: func(*db.Tx, ...string) (map[string]string, error) {
			return map[string]string{"lan": lan.Name, "minh": minh.Name, "clerk": clerk.Name}, nil
		}})
	update(t, d, func(tx *db.Tx) error {
		for id, name := range map[string]lang.Both{
			"song-hau": {Vi: "Viện Công nghệ Sau thu hoạch Sông Hậu", En: "Song Hau Institute of Postharvest Technology"},
			"tay-do":   {Vi: "Công ty Cơ khí Tây Đô", En: "Tay Do Mechanics"},
		} {
			o := &registry.Organisation{Name: name, Kind: "foreign_firm"}
			o.ID, o.State = id, "confirmed"
			if err := registry.Plant(tx, "system", o); err != nil {
				return err
			}
		}
		if err := record.LoadShipped(tx, lists.Files); err != nil {
			return err
		}
		return codes.Reload(tx)
	})
	return x
}

func update(t *testing.T, d *db.DB, do func(*db.Tx) error) {
	t.Helper()
	if err := d.Update(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

// refused runs an act that must be refused, undoes it, and returns the fault.
func refused(t *testing.T, d *db.DB, kind fault.Kind, do func(*db.Tx) error) *fault.Fault {
	t.Helper()
	err := d.Update(t.Context(), do)
	if fault.KindOf(err) != kind {
		t.Fatalf("got %v, want a fault of kind %d", err, kind)
	}
	f, _ := fault.As(err)
	return f
}

// wholeOffer is what a form sends for an offer that can be handed in.
func wholeOffer() typed {
	return typed{
		"title_vi": {"Máy sấy xoài bơm nhiệt, mẻ 500 kg"}, "title_en": {"Heat-pump mango dryer, 500 kg a batch"},
		"summary_vi": {"Sấy xoài bằng bơm nhiệt, giảm 43% điện."}, "subjects": {"", "food_processing", "energy"},
		"problem_vi": {"Sấy điện trở tốn điện và làm xoài sẫm màu."}, "advantage_vi": {"Điện giảm từ 1,6 xuống 0,92 kWh cho mỗi kg nước."},
		"conditions_vi": {"Cần điện ba pha và sàn phẳng 30 m2."}, "trl": {"6"}, "ip_status": {"pending"}, "state_money": {"no"},
		"objects": {"process"}, "transfer_right": {"use_non_exclusive"}, "price_kind": {"fixed"}, "price": {"385.000.000"},
	}
}

// begun is an offer of lan's that was begun with what was given.
func begun(t *testing.T, d *db.DB, x *Exchange, given typed) *Offer {
	t.Helper()
	var o *Offer
	update(t, d, func(tx *db.Tx) error {
		made, amiss, err := x.Offers.Begin(tx, lan, "song-hau", given.given)
		if len(amiss) > 0 {
			t.Errorf("amiss: %v", amiss)
		}
		o = made
		return err
	})
	return o
}

func now(t *testing.T, d *db.DB, x *Exchange, id string) *Offer {
	t.Helper()
	var o *Offer
	err := d.View(t.Context(), func(tx *db.Tx) error {
		var err error
		o, err = x.Offers.Kind.Get(tx, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return o
}
