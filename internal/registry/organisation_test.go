package registry

import (
	"slices"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/lists"
)

var schemas = []db.Schema{{Name: "ledger", Files: ledger.Schema}, {Name: "record", Files: record.Schema}, {Name: "registry", Files: Schema}}

// house is the registry of one test: who was appointed, and which letters went out.
type house struct {
	*testing.T
	*Registry
	d         *db.DB
	appointed []string
	letters   []string
}

var (
	lan   = account.Actor{ID: "lan", Name: "Trần Thị Lan"}
	clerk = account.Actor{ID: "clerk", Name: "Phạm An", Roles: []account.Role{account.Officer}}
)

// speaking is lan once she manages an organisation.
func speaking(organisation string) account.Actor {
	a := lan
	a.Memberships = []account.Membership{{Organisation: organisation, Manager: true}}
	return a
}

func each(t *testing.T, body func(*house)) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) { body(open(t, d)) }, schemas...)
}

func open(t *testing.T, d *db.DB) *house {
	h := &house{T: t, d: d}
	codes := &record.Codes{}
	h.do(func(tx *db.Tx) error {
		if err := record.LoadShipped(tx, lists.Files); err != nil {
			return err
		}
		return codes.Reload(tx)
	})
	h.Registry = New(Config{Codes: codes,
		Appoint: func(_ *db.Tx, _ account.ID, organisation string, id account.ID, _ bool) error {
			h.appointed = append(h.appointed, organisation+" "+string(id))
			return nil
		},
		Tell: func(_ *db.Tx, organisation, letter string, _ ...any) error {
			h.letters = append(h.letters, organisation+" "+letter)
			return nil
		}})
	return h
}

func (h *house) do(act func(*db.Tx) error) {
	h.Helper()
	if err := h.d.Update(h.Context(), act); err != nil {
		h.Fatal(err)
	}
}

func (h *house) refused(kind fault.Kind, field, key string, act func(*db.Tx) error) {
	h.Helper()
	err := h.d.Update(h.Context(), act)
	f, ok := fault.As(err)
	if !ok || f.Kind != kind {
		h.Fatalf("got %v, want a fault of kind %d", err, kind)
	}
	if field != "" && !slices.ContainsFunc(f.Fields, func(one fault.FieldFault) bool { return one.Field == field && one.Key == key }) {
		h.Errorf("%v, want %s at %s", f.Fields, key, field)
	}
}

// told answers like a form that was filled in.
func told(more ...string) field.Given {
	texts := map[string][]string{"name_vi": {"Viện Công nghệ Sông Hậu"}, "name_en": {"Song Hau Institute"}, "kind": {"research_institute"}, "tax_code": {"0100109106"}, "place": {"can_tho"}}
	for i := 0; i+1 < len(more); i += 2 {
		texts[more[i]] = []string{more[i+1]}
	}
	return func(column string) ([]string, bool) { return texts[column], true }
}

// founded is an organisation that lan founded.
func (h *house) founded(more ...string) (o *Organisation) {
	h.Helper()
	h.do(func(tx *db.Tx) (err error) { o, err = h.Found(tx, lan, told(more...)); return err })
	return o
}

func TestATaxCodeHasTenDigitsOfWhichTheLastOneChecks(t *testing.T) {
	for code, valid := range map[string]bool{
		"0100109106": true, "0100109106-001": true, "0300588569": true,
		"0100109107": false, "0010109106": false, "010010910": false, "01001091060": false, "0100109106-1": false, "0100109106-0001": false,
		"0100109106-00a": false, "0100109106-": false, "-001": false, "": false, "０１００１０９１０６": false, "0100109l06": false, "0100109106 001": false,
	} {
		if ValidTaxCode(code) != valid {
			t.Errorf("%q: %v", code, !valid)
		}
	}
}

func TestWhoFoundsAnOrganisationManagesItAndAnOfficerConfirmsIt(t *testing.T) {
	each(t, func(h *house) {
		o := h.founded()
		if o.State != "unconfirmed" || o.Number == "" || !slices.Equal(h.appointed, []string{o.ID + " lan"}) {
			h.Fatalf("%+v %v", o, h.appointed)
		}
		if Open(o, account.Actor{}) || Open(o, lan) || !Open(o, speaking(o.ID)) || !Open(o, clerk) {
			h.Error("an unconfirmed organisation is for its members and the house")
		}
		own := clerk
		own.Memberships = []account.Membership{{Organisation: o.ID}}
		h.refused(fault.Forbidden, "", "", func(tx *db.Tx) error { return h.Decide(tx, own, o.ID, true, "") })
		h.do(func(tx *db.Tx) error { return h.Decide(tx, clerk, o.ID, true, "") })
		h.refused(fault.Conflict, "", "", func(tx *db.Tx) error { return h.Decide(tx, clerk, o.ID, false, "x") })
		h.do(func(tx *db.Tx) error {
			now, err := Organisations.Get(tx, o.ID)
			if now.State != "confirmed" || now.Confirmer != "clerk" || now.Published.IsZero() || !Open(now, account.Actor{}) {
				h.Errorf("%+v", now)
			}
			return err
		})
		if !slices.Equal(h.letters, []string{o.ID + " organisation_confirmed"}) {
			h.Error(h.letters)
		}
	})
}

func TestWhatDoesNotHoldIsToldBesideItsField(t *testing.T) {
	each(t, func(h *house) {
		h.founded()
		for _, one := range [][4]string{
			{"tax_code", "0100109107", "tax_code", "organisation.bad_tax_code"},
			{"tax_code", "0100109106-01", "tax_code", "organisation.bad_tax_code"},
			{"tax_code", "", "tax_code", "organisation.tax_code_needed"},
			{"tax_code", "0100109106", "tax_code", "organisation.tax_code_taken"},
			{"kind", "", "kind", "field.needed"},
			{"kind", "club", "kind", "field.not_in_list"},
			{"name_vi", "", "name_vi", "field.needed"},
			{"website", "songhau.example", "website", "organisation.bad_website"},
			{"founded", "soon", "founded", "field.not_a_number"},
			{"staff", "0,5", "staff", "field.not_a_number"},
		} {
			more := []string{"tax_code", "0300588569", one[0], one[1]}
			if one[0] == "name_vi" {
				more = append(more, "name_en", "")
			}
			h.refused(fault.Invalid, one[2], one[3], func(tx *db.Tx) error { _, err := h.Found(tx, lan, told(more...)); return err })
		}
		h.founded("tax_code", "0100109106-001", "name_vi", "Chi nhánh")
		h.founded("tax_code", "", "kind", "foreign_firm")
	})
}

func TestARefusedOrganisationFreesItsTaxCodeAndMayBeMended(t *testing.T) {
	each(t, func(h *house) {
		o := h.founded()
		h.refused(fault.Invalid, "reason", "field.needed", func(tx *db.Tx) error { return h.Decide(tx, clerk, o.ID, false, " ") })
		h.do(func(tx *db.Tx) error { return h.Decide(tx, clerk, o.ID, false, "Không có trong sổ đăng ký") })
		other := h.founded("name_vi", "Viện khác")
		h.do(func(tx *db.Tx) error {
			now, err := Organisations.Get(tx, o.ID)
			if now.State != "refused" || now.Refusal != "Không có trong sổ đăng ký" || Open(now, lan) || See(now, field.SignedIn).Refusal != "" {
				h.Errorf("%+v", now)
			}
			return err
		})
		manager := speaking(o.ID)
		h.refused(fault.Invalid, "tax_code", "organisation.tax_code_taken", func(tx *db.Tx) error {
			_, err := h.Change(tx, manager, o.ID, 2, told("name_vi", "Viện mới"))
			return err
		})
		h.do(func(tx *db.Tx) error {
			now, err := h.Change(tx, manager, o.ID, 2, told("tax_code", "0300588569"))
			if err == nil && (now.State != "unconfirmed" || now.Refusal != "" || now.Confirmer != "") {
				h.Errorf("%+v", now)
			}
			return err
		})
		if other.State != "unconfirmed" || h.letters[0] != o.ID+" organisation_refused" {
			h.Error(other.State, h.letters)
		}
	})
}

func TestAChangedNameWaitsAgainAndOtherFactsDoNot(t *testing.T) {
	each(t, func(h *house) {
		o := h.founded()
		h.do(func(tx *db.Tx) error { return h.Decide(tx, clerk, o.ID, true, "") })
		manager, member := speaking(o.ID), lan
		member.Memberships = []account.Membership{{Organisation: o.ID}}
		h.refused(fault.Forbidden, "", "", func(tx *db.Tx) error { _, err := h.Change(tx, member, o.ID, 2, told()); return err })
		change := func(version int64, more ...string) (now *Organisation) {
			h.do(func(tx *db.Tx) (err error) {
				now, err = h.Change(tx, manager, o.ID, version, told(more...))
				return err
			})
			return now
		}
		if now := change(2, "phone", "0292 3 000 000"); now.State != "confirmed" || now.Version != 3 {
			h.Errorf("%+v", now)
		}
		if now := change(2, "phone", "0292 3 000 000"); now.Version != 3 {
			h.Error("the same once more is no change")
		}
		h.refused(fault.Conflict, "", "", func(tx *db.Tx) error { _, err := h.Change(tx, manager, o.ID, 2, told("phone", "1")); return err })
		if now := change(3, "name_vi", "Viện Sông Tiền"); now.State != "unconfirmed" || now.Confirmer != "" {
			h.Errorf("%+v", now)
		}
	})
}

func TestOrganisationsAreFoundByFoldedNamesAndPagedByKey(t *testing.T) {
	each(t, func(h *house) {
		h.do(func(tx *db.Tx) error {
			for i, name := range []string{"Viện Lúa Cánh Cò", "Công ty Cơ điện Vàm Sáng", "Hợp tác xã Xoài Vàm Rạch", "Viện Sông Hậu"} {
				o := &Organisation{Name: lang.Both{Vi: name}, Kind: "foreign_firm", Place: []string{"can_tho", "an_giang"}[i%2]}
				o.ID = string(rune('a' + i))
				if err := Plant(tx, "system", o); err != nil {
					return err
				}
			}
			o := &Organisation{Name: lang.Both{Vi: "Vàm chưa xác minh"}, Kind: "foreign_firm"}
			return Found(tx, "lan", o)
		})
		find := func(q Sought) (ids string) {
			q.Limit = max(q.Limit, 1)
			h.do(func(tx *db.Tx) error {
				ids = ""
				all, err := Find(tx, q)
				for _, o := range all {
					ids += o.ID
				}
				return err
			})
			return ids
		}
		for _, one := range []struct {
			q   Sought
			ids string
		}{
			{Sought{Limit: 10}, "abcd"}, {Sought{Limit: 2}, "ab"}, {Sought{Limit: 2, After: "b"}, "cd"}, {Sought{Text: "vam", Limit: 10}, "bc"}, {Sought{Text: "SÁNG vàm", Limit: 10}, "b"},
			{Sought{Text: "vam", Limit: 1, After: "b"}, "c"}, {Sought{Text: "%", Limit: 10}, ""}, {Sought{Places: []string{"can_tho"}, Limit: 10}, "ac"},
			{Sought{Text: "vien", Places: []string{"an_giang"}, Kinds: []string{"foreign_firm"}, Limit: 10}, "d"}, {Sought{Kinds: []string{"firm"}, Limit: 10}, ""},
		} {
			if ids := find(one.q); ids != one.ids {
				h.Errorf("%+v: %q, want %q", one.q, ids, one.ids)
			}
		}
	})
}
