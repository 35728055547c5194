package licence

import (
	"strings"

	"chonoi/internal/db"
)

// OfferBy returns how an organisation lets others use an offer of the floor; nil when it does not.
func OfferBy(tx *db.Tx, listing, organisation string) (*Offer, error) {
	some, err := Offers.Find(tx, `WHERE listing = ? AND owner = ? LIMIT 1`, listing, organisation)
	if err != nil || len(some) == 0 {
		return nil, err
	}
	return some[0], nil
}

// openFor returns how an offer of the floor may be used without a fee.
func openFor(tx *db.Tx, listing string) ([]*Offer, error) {
	return Offers.Find(tx, `WHERE listing = ? AND state = 'open' ORDER BY id`, listing)
}

// openAll returns what may be used without a fee, the newest first, after one. What left the floor is not
// told.
func openAll(tx *db.Tx, after string, limit int) ([]*Offer, error) {
	return Offers.Find(tx, `WHERE state = 'open' AND listing IN (SELECT id FROM offer WHERE state IN ('published', 'expiring')) AND (id < ? OR ? = '') ORDER BY id DESC LIMIT ?`, after, after, limit)
}

// takenOf returns how many took a licence.
func takenOf(tx *db.Tx, offer string) (n int, err error) {
	err = tx.QueryRow(`SELECT count(*) FROM free_licence WHERE offer = ?`, offer).Scan(&n)
	return n, err
}

// ofOrganisations returns licences that organisations took or gave, the newest first, after one.
func ofOrganisations(tx *db.Tx, ids []string, after string, limit int) ([]*Licence, error) {
	if len(ids) == 0 {
		return nil, nil
	}
	marks, args := `(?`+strings.Repeat(", ?", len(ids)-1)+`)`, []any{}
	for range 2 {
		for _, id := range ids {
			args = append(args, id)
		}
	}
	return Licences.Find(tx, `WHERE (owner IN `+marks+` OR giver IN `+marks+`) AND (id < ? OR ? = '') ORDER BY id DESC LIMIT ?`, append(args, after, after, limit)...)
}
