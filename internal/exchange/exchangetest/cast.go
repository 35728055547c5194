// Package exchangetest gives tests an exchange with the shipped code lists, two organisations and a
// cast of people who post on it and review, and serves its pages to them.
package exchangetest

import (
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/internal/search"
	"chonoi/lists"
)

// Schemas are the tables that the exchange stands on.
var Schemas = []db.Schema{{Name: "ledger", Files: ledger.Schema}, {Name: "record", Files: record.Schema},
	{Name: "registry", Files: registry.Schema}, {Name: "exchange", Files: exchange.Schema}}

// The people: a member of a firm, a member of another firm, an officer, an inspector, and one
// who acts for nobody.
var (
	Lan       = account.Actor{ID: "lan", Name: "Trần Thị Lan", Memberships: []account.Membership{{Organisation: "song-hau", Manager: true}}}
	Minh      = account.Actor{ID: "minh", Name: "Lê Minh", Memberships: []account.Membership{{Organisation: "tay-do"}}}
	Nobody    = account.Actor{ID: "nobody", Name: "Người Mới"}
	Inspector = account.Actor{ID: "watch", Name: "Lý Xem", Roles: []account.Role{account.Inspector}}
	Clerk     = account.Actor{ID: "clerk", Name: "Phạm An", Roles: []account.Role{account.Officer}}
)

// Open opens an exchange with the shipped code lists and two organisations.
func Open(t testing.TB, d *db.DB) *exchange.Exchange {
	t.Helper()
	codes := &record.Codes{}
	x := exchange.New(exchange.Config{Codes: codes, Names: registry.Names, Identity: registry.Identity,
		People: func(*db.Tx, ...string) (map[string]string, error) {
			return map[string]string{"lan": Lan.Name, "minh": Minh.Name, "clerk": Clerk.Name}, nil
		}})
	Update(t, d, func(tx *db.Tx) error {
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

// Update does something in one transaction.
func Update(t testing.TB, d *db.DB, do func(*db.Tx) error) {
	t.Helper()
	if err := d.Update(t.Context(), do); err != nil {
		t.Fatal(err)
	}
}

// Refused runs an act that must be refused, undoes it, and returns the fault.
func Refused(t testing.TB, d *db.DB, kind fault.Kind, do func(*db.Tx) error) *fault.Fault {
	t.Helper()
	err := d.Update(t.Context(), do)
	if fault.KindOf(err) != kind {
		t.Fatalf("got %v, want a fault of kind %d", err, kind)
	}
	f, _ := fault.As(err)
	return f
}

// WholeOffer is what a form sends for an offer that can be handed in.
func WholeOffer() exchange.Typed {
	return exchange.Typed{
		"title_vi": {"Máy sấy xoài bơm nhiệt, mẻ 500 kg"}, "title_en": {"Heat-pump mango dryer, 500 kg a batch"},
		"summary_vi": {"Sấy xoài bằng bơm nhiệt, giảm 43% điện."}, "subjects": {"", "food_processing", "energy"},
		"problem_vi": {"Sấy điện trở tốn điện và làm xoài sẫm màu."}, "advantage_vi": {"Điện giảm từ 1,6 xuống 0,92 kWh cho mỗi kg nước."},
		"conditions_vi": {"Cần điện ba pha và sàn phẳng 30 m2."}, "trl": {"6"}, "ip_status": {"pending"}, "state_money": {"no"},
		"objects": {"process"}, "transfer_right": {"use_non_exclusive"}, "price_kind": {"fixed"}, "price": {"385.000.000"},
	}
}

// Begun is an offer of Lan's that was begun with what was given.
func Begun(t testing.TB, d *db.DB, x *exchange.Exchange, given exchange.Typed) *exchange.Offer {
	t.Helper()
	var o *exchange.Offer
	Update(t, d, func(tx *db.Tx) error {
		made, amiss, err := x.Offers.Begin(tx, Lan, "song-hau", given.Given)
		if len(amiss) > 0 {
			t.Errorf("amiss: %v", amiss)
		}
		o = made
		return err
	})
	return o
}

// Now is an offer as it is stored.
func Now(t testing.TB, d *db.DB, x *exchange.Exchange, id string) *exchange.Offer {
	t.Helper()
	var o *exchange.Offer
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

// The desk: two officers and a supervisor of the department, officers of two other bodies, and one
// who belongs to the firm that posts.
var (
	An   = officer("an", "so-khcn", account.Officer)
	Binh = officer("binh", "so-khcn", account.Officer)
	Cuc  = officer("cuc", "so-khcn", account.Supervisor)
	Dung = officer("dung", "so-nong-nghiep", account.Supervisor)
	Em   = officer("em", "so-nong-nghiep", account.Officer)
	Hoa  = officer("hoa", "song-hau", account.Officer)
)

func officer(id account.ID, unit string, role account.Role) account.Actor {
	return account.Actor{ID: id, Name: string(id), Roles: []account.Role{role}, Memberships: []account.Membership{{Organisation: unit}}}
}

// OpenDesk opens an exchange whose officers belong to units, and keeps which letters were sent.
func OpenDesk(t testing.TB, d *db.DB) (*exchange.Exchange, *[]string) {
	t.Helper()
	x, letters, index := Open(t, d), &[]string{}, search.New()
	x.Index = func() *search.Index { return index }
	x.Units = func(_ *db.Tx, id account.ID) ([]string, error) {
		for _, o := range []account.Actor{An, Binh, Cuc, Dung, Em, Hoa} {
			if o.ID == id {
				return []string{o.Memberships[0].Organisation}, nil
			}
		}
		return nil, nil
	}
	x.Tell = func(_ *db.Tx, organisation, letter string, _ ...any) error {
		*letters = append(*letters, organisation+" "+letter)
		return nil
	}
	return x, letters
}

// HandedIn is an offer that waits for its first review.
func HandedIn(t testing.TB, d *db.DB, x *exchange.Exchange, more exchange.Typed) *exchange.Offer {
	t.Helper()
	given := WholeOffer()
	for name, texts := range more {
		given[name] = texts
	}
	o := Begun(t, d, x, given)
	Update(t, d, func(tx *db.Tx) error {
		if _, _, err := x.Offers.Edit(tx, Lan, o.ID, o.Version, given.Given); err != nil { // only an edit reads who is anonymous
			return err
		}
		return x.Offers.Submit(tx, Lan, o.ID)
	})
	return o
}

// Passing is a verdict in which everything holds.
func Passing(x *exchange.Exchange, class string) exchange.Verdict {
	v := exchange.Verdict{Class: class}
	for _, item := range x.Codes.Of("checklist_offer") {
		v.Checked = append(v.Checked, item.Code)
	}
	return v
}

// Judged does acts of the desk in turn, each in its own transaction.
func Judged(t testing.TB, d *db.DB, x *exchange.Exchange, who account.Actor, id, act string, v exchange.Verdict) {
	t.Helper()
	Update(t, d, func(tx *db.Tx) error { return x.Offers.Judge(tx, who, id, act, v) })
}

// Follow puts a listing into the index of the exchange as the house does.
func Follow(t testing.TB, d *db.DB, x *exchange.Exchange, kind, id string) {
	t.Helper()
	Update(t, d, func(tx *db.Tx) error {
		doc, found, err := x.DocOf(tx, kind, id)
		if found {
			x.Index().Put(doc)
		}
		return err
	})
}
