package account_test

import (
	"slices"
	"sync"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
)

func TestRolesAreGrantedByAnAdministratorAndTakeEffectAtOnce(t *testing.T) {
	each(t, func(h *house) {
		boss := h.in(h.person("quan@tri.vn", "", account.Administrator))
		id := h.person("lan@truong.edu.vn", "")
		var entry account.Entry
		h.do(func(tx *db.Tx) (err error) { entry, err = h.EnterBy(tx, id, "passkey", visit); return err })
		plain := h.actor(entry.Token)
		h.refused(fault.Forbidden, func(tx *db.Tx) error { return h.SetRoles(tx, plain, id, []account.Role{account.Administrator}) })
		h.do(func(tx *db.Tx) error {
			return h.SetRoles(tx, boss, id, []account.Role{account.Supervisor, account.Officer})
		})
		if now := h.actor(entry.Token); !slices.Equal(now.Roles, []account.Role{account.Officer, account.Supervisor}) || !now.Staff() {
			h.Errorf("%v", now.Roles)
		}
		for _, roles := range [][]account.Role{{account.Member}, {"king"}, {account.Inspector, account.Officer}} {
			h.refused(fault.Invalid, func(tx *db.Tx) error { return h.SetRoles(tx, boss, id, roles) })
		}
	})
}

func TestTheLastAdministratorStays(t *testing.T) {
	each(t, func(h *house) {
		boss := h.in(h.person("quan@tri.vn", "", account.Administrator))
		for _, act := range []func(tx *db.Tx) error{
			func(tx *db.Tx) error { return h.SetRoles(tx, boss, boss.ID, nil) },
			func(tx *db.Tx) error { return h.GrantRoles(tx, "system", boss.ID, nil) },
			func(tx *db.Tx) error { return h.Suspend(tx, boss, boss.ID) },
			func(tx *db.Tx) error { return h.Close(tx, boss) },
		} {
			h.refused(fault.Conflict, act)
		}
		other := h.in(h.person("pho@tri.vn", "", account.Administrator))
		var wg sync.WaitGroup // each takes the other's role away: one of them stays
		for _, pair := range [][2]account.Actor{{boss, other}, {other, boss}} {
			wg.Go(func() {
				_ = h.d.Update(h.Context(), func(tx *db.Tx) error { return h.SetRoles(tx, pair[0], pair[1].ID, nil) })
			})
		}
		wg.Wait()
		h.do(func(tx *db.Tx) error {
			list, _, err := h.People(tx, account.Query{Role: account.Administrator})
			if len(list) != 1 {
				h.Errorf("%d administrators", len(list))
			}
			return err
		})
	})
}

func TestAnInspectorReadsAllAndChangesNothing(t *testing.T) {
	inspector := account.Actor{ID: "1", Roles: []account.Role{account.Inspector}}
	for _, right := range []account.Right{
		account.Anyone, account.MaySeeOwn, account.MaySeeDesk, account.MaySeeStaff, account.MayInspect,
		account.MaySeeProgramme, account.MaySeeStatistics, account.MaySeePeople,
	} {
		if !right.Allows(inspector) {
			t.Errorf("an inspector has not %s", right.Name)
		}
	}
	all := account.Actor{ID: "1", Roles: account.Granted}
	visitor := account.Actor{Roles: account.Granted}
	for _, right := range []account.Right{
		account.MayPost, account.MayReview, account.MaySupervise, account.MayBroker, account.MayAdminister,
		account.MayImport, account.MayStatistics, account.MayProgramme, account.MayReport,
	} {
		if right.Allows(all) || right.Allows(inspector) || right.Allows(visitor) {
			t.Errorf("an inspector or a visitor has %s", right.Name)
		}
	}
}

func TestPeopleAreFoundByNameWithoutMarksAndByPartsOfTheEmail(t *testing.T) {
	each(t, func(h *house) {
		for _, email := range []string{"a1@truong.edu.vn", "a2@truong.edu.vn", "a_3@vien.vn", "a43@vien.vn"} {
			h.person(email, "")
		}
		find := func(q account.Query) (emails []string, next account.ID) {
			h.do(func(tx *db.Tx) error {
				list, after, err := h.People(tx, q)
				emails, next = nil, after
				for _, who := range list {
					emails = append(emails, who.Email)
				}
				return err
			})
			return emails, next
		}
		if got, _ := find(account.Query{Text: "thi LAN truong"}); len(got) != 2 {
			h.Errorf("%v", got)
		}
		if got, _ := find(account.Query{Text: "a_3"}); len(got) != 1 || got[0] != "a_3@vien.vn" {
			h.Errorf("%v", got)
		}
		first, next := find(account.Query{Limit: 3})
		rest, end := find(account.Query{Limit: 3, After: next})
		if len(first) != 3 || len(rest) != 1 || end != "" || rest[0] != "a1@truong.edu.vn" {
			h.Errorf("%v %v %v", first, rest, end)
		}
	})
}
