package deal

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/when"
)

// Award is what a public sale of an offer led to.
type Award struct {
	Listing            string // offer
	Supplier, Receiver string // organisations
	Seller, Buyer      account.ID
	Sale               string // its number
	Terms              *terms.Terms
}

// Awarded begins the deal of a sale: nobody asked and nobody answered, both sides are known, and what was
// sold at which price stands as the supplier's first version.
func (x *Deals) Awarded(tx *db.Tx, a account.Actor, one Award) (*Deal, error) {
	l, err := x.Listing(tx, exchange.Offers.Name, one.Listing)
	if err != nil {
		return nil, err
	}
	d := &Deal{Kind: exchange.Offers.Name, Listing: one.Listing, Title: l.Title, Supplier: one.Supplier, Receiver: one.Receiver, Moved: when.Micro(tx.Now)}
	d.State = Begun
	if err := Records.New(tx, a.ID, "deal.begun", d); err != nil {
		return nil, err
	}
	for _, p := range []Person{{Account: one.Seller, Side: Supplier}, {Account: one.Buyer, Side: Receiver}} {
		if err := addPerson(tx, d.ID, a.ID, p); err != nil {
			return nil, err
		}
	}
	if err := x.line(tx, d, Entry{By: a.ID, Audience: "all", Kind: "awarded", About: one.Sale}); err != nil {
		return nil, err
	}
	seller := account.Actor{ID: one.Seller, Memberships: []account.Membership{{Organisation: one.Supplier, Manager: true}}}
	_, err = x.Offer(tx, seller, &Room{Deal: d, Side: Supplier}, one.Terms, "", when.Day{})
	return d, err
}
