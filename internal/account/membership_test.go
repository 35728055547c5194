package account_test

import (
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
)

func (h *house) again(a account.Actor) account.Actor { return h.in(a.ID) }

func TestSomebodyAsksToJoinAndAManagerTakesThemIn(t *testing.T) {
	each(t, func(h *house) {
		head := h.person("giam@doc.vn", "")
		h.do(func(tx *db.Tx) error { return h.Appoint(tx, head, "song-hau", head, true) })
		manager, lan := h.in(head), h.in(h.person("lan@truong.edu.vn", ""))
		h.do(func(tx *db.Tx) error { return h.Join(tx, lan, "song-hau") })
		h.last("account_join_asked")
		h.do(func(tx *db.Tx) error { return h.Join(tx, lan, "song-hau") }) // once more: no second letter
		if len(h.letters) != 1 || h.again(lan).In("song-hau") {
			h.Errorf("%v", h.letters)
		}
		h.refused(fault.Forbidden, func(tx *db.Tx) error { return h.Admit(tx, lan, "song-hau", lan.ID) })
		h.do(func(tx *db.Tx) error { return h.Admit(tx, manager, "song-hau", lan.ID) })
		h.last("account_admitted")
		lan = h.again(lan)
		if !lan.In("song-hau") || lan.Manages("song-hau") || lan.Is(account.Manager) || !manager.Is(account.Manager) {
			h.Errorf("%+v", lan)
		}
		h.refused(fault.Forbidden, func(tx *db.Tx) error { return h.SetManager(tx, lan, "song-hau", lan.ID, true) })
		h.refused(fault.Conflict, func(tx *db.Tx) error { return h.Dismiss(tx, manager, "song-hau", head) })
		h.refused(fault.Conflict, func(tx *db.Tx) error { return h.SetManager(tx, manager, "song-hau", head, false) })
		h.do(func(tx *db.Tx) error { return h.SetManager(tx, manager, "song-hau", lan.ID, true) })
		h.do(func(tx *db.Tx) error { return h.Dismiss(tx, manager, "song-hau", head) })
		h.do(func(tx *db.Tx) error {
			list, err := h.Members(tx, "song-hau")
			if len(list) != 1 || list[0].Account != lan.ID || !list[0].Manager {
				h.Errorf("%+v", list)
			}
			return err
		})
	})
}

func TestAnInvitationIsForOneAddressAlone(t *testing.T) {
	each(t, func(h *house) {
		head := h.person("giam@doc.vn", "")
		h.do(func(tx *db.Tx) error { return h.Appoint(tx, head, "song-hau", head, true) })
		manager := h.in(head)
		lan, other := h.in(h.person("Lan@truong.edu.vn", "")), h.in(h.person("ban@truong.edu.vn", ""))
		h.refused(fault.Forbidden, func(tx *db.Tx) error { return h.Invite(tx, other, "song-hau", "x@y.vn", false) })
		h.do(func(tx *db.Tx) error { return h.Invite(tx, manager, "song-hau", "lan@truong.edu.vn", false) })
		h.do(func(tx *db.Tx) error { return h.Invite(tx, manager, "song-hau", "lan@truong.edu.vn", true) })
		var list []account.Invitation
		h.do(func(tx *db.Tx) (err error) { list, err = h.Invitations(tx, lan); return err })
		if len(list) != 1 || !list[0].Manager {
			h.Fatalf("%+v", list)
		}
		h.refused(fault.NotFound, func(tx *db.Tx) error { return h.Accept(tx, other, list[0].ID) })
		h.refused(fault.NotFound, func(tx *db.Tx) error {
			tx.Now = tx.Now.AddDate(0, 0, 15)
			return h.Accept(tx, lan, list[0].ID)
		})
		h.do(func(tx *db.Tx) error { return h.Accept(tx, lan, list[0].ID) })
		h.refused(fault.NotFound, func(tx *db.Tx) error { return h.Decline(tx, lan, list[0].ID) })
		if !h.again(lan).Manages("song-hau") {
			h.Error("not taken in")
		}
	})
}

func TestAnIdentityIsTiedByAVerifiedEmailOnly(t *testing.T) {
	each(t, func(h *house) {
		id := h.person("lan@truong.edu.vn", "")
		enter := func(i account.Identity) func(tx *db.Tx) error {
			return func(tx *db.Tx) error {
				entry, err := h.SignInByIdentity(tx, i, "vi", visit)
				if err == nil && entry.Account != id && i.Subject == "7" {
					h.Errorf("let in as %s", entry.Account)
				}
				return err
			}
		}
		known := account.Identity{Issuer: "https://id.vn", Subject: "7", Email: "lan@truong.edu.vn", Name: "Lan"}
		h.refused(fault.Forbidden, enter(known))
		known.Verified = true
		h.do(enter(known))
		known.Email, known.Verified = "", false
		h.do(enter(known))
		h.do(enter(account.Identity{Issuer: "https://id.vn", Subject: "8", Email: "moi@vien.vn", Verified: true, Name: "<b>"}))
		lan := h.in(id)
		h.do(func(tx *db.Tx) error { return h.Untie(tx, lan, "https://id.vn") })
		h.refused(fault.NotFound, func(tx *db.Tx) error { return h.Untie(tx, lan, "https://id.vn") })
		h.refused(fault.Forbidden, enter(known))
	})
}
