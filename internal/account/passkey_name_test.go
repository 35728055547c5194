package account_test

import (
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
)

func TestAPasskeyIsRenamedByItsOwnerOnly(t *testing.T) {
	each(t, func(h *house) {
		lan, minh := h.in(h.person("lan@truong.edu.vn", password)), h.in(h.person("minh@truong.edu.vn", password))
		h.do(func(tx *db.Tx) error {
			return h.AddPasskey(tx, lan, account.Passkey{ID: "k1", Name: "Điện thoại", Record: "{}"})
		})
		h.refused(fault.NotFound, func(tx *db.Tx) error { return h.RenamePasskey(tx, minh, "k1", "Của tôi") })
		h.refused(fault.Invalid, func(tx *db.Tx) error { return h.RenamePasskey(tx, lan, "k1", " \u202e ") })
		h.refused(fault.Invalid, func(tx *db.Tx) error { return h.RenamePasskey(tx, lan, "k1", strings.Repeat("ệ", 61)) })
		h.do(func(tx *db.Tx) error { return h.RenamePasskey(tx, lan, "k1", "  Máy tính   ở trường ") })
		h.do(func(tx *db.Tx) error {
			list, err := h.Passkeys(tx, lan.ID)
			if len(list) != 1 || list[0].Name != "Máy tính ở trường" {
				h.Errorf("%+v", list)
			}
			return err
		})
	})
}

func TestTheLastWayInIsKeptWhereLettersReachNobody(t *testing.T) {
	each(t, func(h *house) {
		lan := h.in(h.person("lan@truong.edu.vn", password))
		h.do(func(tx *db.Tx) error {
			return h.AddPasskey(tx, lan, account.Passkey{ID: "k1", Name: "Điện thoại", Record: "{}"})
		})
		h.Unreached = true
		h.do(func(tx *db.Tx) error { return h.RemovePassword(tx, lan) })
		h.refused(fault.Conflict, func(tx *db.Tx) error { return h.DropPasskey(tx, lan, "k1") })
		h.do(func(tx *db.Tx) error {
			list, err := h.Passkeys(tx, lan.ID)
			if len(list) != 1 {
				h.Errorf("the last passkey is gone")
			}
			return err
		})
		h.Unreached = false // a link in a letter leads in
		h.do(func(tx *db.Tx) error { return h.DropPasskey(tx, lan, "k1") })
		h.last("account_passkey_dropped")
	})
}
