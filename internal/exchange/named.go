package exchange

import (
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/fault"
)

// Named returns the kind and id of the listing that people call by its id or by its number
// (CN-2026-0417), or NotFound. Whoever asks must still be let see it.
func (x *Exchange) Named(tx *db.Tx, name string) (kind, id string, err error) {
	name = strings.TrimSpace(name)
	o, err := Offers.One(tx, "WHERE id = ? OR number = ?", name, strings.ToUpper(name))
	if err == nil {
		return Offers.Name, o.ID, nil
	}
	if fault.KindOf(err) != fault.NotFound {
		return "", "", err
	}
	n, err := Needs.One(tx, "WHERE id = ? OR number = ?", name, strings.ToUpper(name))
	if err != nil {
		return "", "", err
	}
	return Needs.Name, n.ID, nil
}
