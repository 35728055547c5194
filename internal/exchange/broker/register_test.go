package broker_test

import (
	"slices"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/broker"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

var schemas = append(slices.Clone(exchangetest.Schemas), db.Schema{Name: "broker", Files: broker.Schema})

// An organisation applies, an officer who does not belong to it enters, refuses or suspends it, and only
// an entry that stands counts.
func TestAnIntermediaryIsEnteredByAnOfficer(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var letters []string
		x := &broker.Broking{Tell: func(_ *db.Tx, organisation, letter string, _ ...any) error {
			letters = append(letters, organisation+" "+letter)
			return nil
		}}
		manager := account.Actor{ID: "cau", Memberships: []account.Membership{{Organisation: "cau-noi", Manager: true}}}
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
		one := &broker.Intermediary{Kind: "exchange", Services: []string{"brokerage"}, Staff: 4, Facilities: lang.Both{Vi: "Văn phòng"}}
		one.Owner = "cau-noi"
		stands := func(want bool) {
			t.Helper()
			update(func(tx *db.Tx) error {
				on, err := broker.OnRegister(tx, "cau-noi")
				if on != want {
					t.Errorf("on the register: %v", on)
				}
				return err
			})
		}
		refused(fault.Forbidden, func(tx *db.Tx) error { return x.Apply(tx, exchangetest.Lan, one) })
		update(func(tx *db.Tx) error { return x.Apply(tx, manager, one) })
		stands(false)
		decide := func(a account.Actor, act, reason string) func(*db.Tx) error {
			return func(tx *db.Tx) error { return x.Decide(tx, a, one, act, reason) }
		}
		refused(fault.Forbidden, decide(manager, "confirmed", ""))
		refused(fault.Invalid, decide(exchangetest.An, "refused", ""))
		refused(fault.Conflict, decide(exchangetest.An, "suspended", "x"))
		update(decide(exchangetest.An, "refused", "Thiếu nhân lực"))
		again := broker.Intermediaries.Copy(one)
		again.Staff = 6
		update(func(tx *db.Tx) error { return x.Apply(tx, manager, again) })
		one = again
		update(func(tx *db.Tx) error {
			n, err := broker.CountWaiting(tx)
			if n != 1 || one.Reason != "" {
				t.Errorf("%d wait, reason %q", n, one.Reason)
			}
			return err
		})
		update(decide(exchangetest.An, "confirmed", ""))
		stands(true)
		refused(fault.Conflict, func(tx *db.Tx) error { return x.Apply(tx, manager, broker.Intermediaries.Copy(one)) })
		first := one.Registered
		update(decide(exchangetest.An, "suspended", "Không còn văn phòng"))
		stands(false)
		update(decide(exchangetest.An, "confirmed", ""))
		stands(true)
		if one.Registered != first || one.Staff != 6 {
			t.Errorf("entered anew: %+v", one)
		}
		if !slices.Equal(letters, []string{"cau-noi intermediary_refused", "cau-noi intermediary_confirmed", "cau-noi intermediary_suspended", "cau-noi intermediary_confirmed"}) {
			t.Errorf("letters: %v", letters)
		}
	}, schemas...)
}
