package licence_test

import (
	"slices"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/licence"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

var schemas = append(slices.Clone(exchangetest.Schemas), db.Schema{Name: "deal", Files: deal.Schema}, db.Schema{Name: "licence", Files: licence.Schema})

// An owner lets others use an offer; a licence is taken once, under the conditions that were read, and
// keeps them; who owns nothing of it cannot let it be used.
func TestAFreeLicenceIsTakenOnceUnderTheConditionsThatWereRead(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exchangetest.Open(t, d)
		x, lan := &licence.Office{}, exchangetest.Lan
		taker := account.Actor{ID: "hanh", Memberships: []account.Membership{{Organisation: "tay-do", Manager: true}}}
		update := func(do func(*db.Tx) error) {
			t.Helper()
			if err := d.Update(t.Context(), do); err != nil {
				t.Fatal(err)
			}
		}
		refused := func(kind fault.Kind, do func(*db.Tx) error) {
			t.Helper()
			exchangetest.Refused(t, d, kind, do)
		}
		o := &exchange.Offer{}
		o.Title, o.Owner, o.State, o.By = lang.Both{Vi: "Bộ thông số sấy"}, "song-hau", exchange.Published, lan.ID
		update(func(tx *db.Tx) error { return exchange.Offers.New(tx, "system", "offer.imported", o) })
		one := &licence.Offer{Conditions: lang.Both{Vi: "Ghi nguồn"}}
		one.Owner = "song-hau"
		other := &licence.Offer{Conditions: one.Conditions}
		other.Owner = "tay-do"
		refused(fault.Forbidden, func(tx *db.Tx) error { return x.Set(tx, taker, o, other) })
		refused(fault.Forbidden, func(tx *db.Tx) error { return x.Set(tx, taker, o, licence.Offers.Copy(one)) })
		blank := licence.Offers.Copy(one)
		blank.Conditions = lang.Both{}
		refused(fault.Invalid, func(tx *db.Tx) error { return x.Set(tx, lan, o, blank) })
		update(func(tx *db.Tx) error { return x.Set(tx, lan, o, one) })
		digest := licence.Digest(one.Conditions)
		changed := &licence.Offer{Conditions: lang.Both{Vi: "Ghi nguồn, gửi số liệu"}}
		changed.Owner = "song-hau"
		update(func(tx *db.Tx) error { return x.Set(tx, lan, o, changed) })
		take := func(a account.Actor, organisation, digest string) func(*db.Tx) error {
			return func(tx *db.Tx) error { _, err := x.Take(tx, a, changed, organisation, digest); return err }
		}
		refused(fault.Conflict, take(taker, "tay-do", digest)) // the conditions that were read are no longer
		refused(fault.Forbidden, take(taker, "cai-khe", licence.Digest(changed.Conditions)))
		refused(fault.Conflict, take(lan, "song-hau", licence.Digest(changed.Conditions)))
		var got *licence.Licence
		update(func(tx *db.Tx) (err error) {
			got, err = x.Take(tx, taker, changed, "tay-do", licence.Digest(changed.Conditions))
			return err
		})
		refused(fault.Conflict, take(taker, "tay-do", licence.Digest(changed.Conditions)))
		update(func(tx *db.Tx) error { return x.Close(tx, lan, changed) })
		third := account.Actor{ID: "quoc", Memberships: []account.Membership{{Organisation: "cai-khe", Manager: true}}}
		refused(fault.Conflict, take(third, "cai-khe", licence.Digest(changed.Conditions)))
		refused(fault.NotFound, func(tx *db.Tx) error { _, err := licence.LicenceOf(tx, third, got.ID); return err })
		update(func(tx *db.Tx) error {
			l, err := licence.LicenceOf(tx, taker, got.ID)
			if err == nil && (l.Conditions.Vi != "Ghi nguồn, gửi số liệu" || l.Giver != "song-hau") {
				t.Errorf("kept: %+v", l)
			}
			return err
		})
	}, schemas...)
}

// A body that bought a technology with the right to transfer on lets others use it while its contract is
// in force; without that right, or after the contract ended, it cannot.
func TestWhoBoughtWithTheRightToTransferOnLetsOthersUseIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		exchangetest.Open(t, d)
		x := &licence.Office{}
		city := account.Actor{ID: "so", Memberships: []account.Membership{{Organisation: "tay-do", Manager: true}}}
		for _, one := range []struct {
			state  string
			terms  terms.Terms
			wanted bool
		}{
			{deal.Effective, terms.Terms{Right: "use_non_exclusive", Onward: true}, true},
			{deal.Completed, terms.Terms{Right: "ownership"}, true},
			{deal.Completed, terms.Terms{Right: "use_exclusive"}, false},
			{deal.Terminated, terms.Terms{Right: "ownership"}, false},
			{deal.Negotiating, terms.Terms{Right: "ownership"}, false},
		} {
			err := d.Update(t.Context(), func(tx *db.Tx) error {
				o := &exchange.Offer{}
				o.Title, o.Owner, o.State, o.By = lang.Both{Vi: "Bộ thông số sấy"}, "song-hau", exchange.Published, "lan"
				if err := exchange.Offers.New(tx, "system", "offer.imported", o); err != nil {
					return err
				}
				bought := &deal.Deal{Kind: "offer", Listing: o.ID, Supplier: "song-hau", Receiver: "tay-do"}
				bought.State = one.state
				if err := deal.Records.New(tx, "system", "deal.begun", bought); err != nil {
					return err
				}
				text, digest := one.terms.Write()
				if _, err := tx.Exec(`INSERT INTO deal_sheet (deal, terms, digest, rests_on, at, by_account) VALUES (?, ?, ?, '', 0, '')`, bought.ID, text, digest); err != nil {
					return err
				}
				let := &licence.Offer{Conditions: lang.Both{Vi: "Ghi nguồn"}}
				let.Owner = "tay-do"
				err := x.Set(tx, city, o, let)
				if (err == nil) != one.wanted || one.wanted && let.Deal != bought.ID {
					t.Errorf("%s, %+v: %v", one.state, one.terms, err)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
	}, schemas...)
}
