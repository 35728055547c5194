package app

import (
	"chonoi/internal/account"
	"chonoi/internal/alert"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/floor"
	"chonoi/internal/fault"
	"chonoi/internal/mail"
	"chonoi/internal/registry"
	"chonoi/internal/search"
)

// alerts lets saved searches watch the floor of the exchange.
func (h *House) alerts() *alert.Alerts {
	searches := floor.SearchesOf(h.Exchange, h.Words)
	return alert.New(alert.Config{
		Accounts: h.Accounts, Settings: h.Settings, Words: h.Words, Key: h.key, BaseURL: h.Base(),
		Docs: h.Exchange.DocsOf, Holders: h.holders, Names: registry.Names,
		OnTheFloor: func(tx *db.Tx, take func(search.Key) error) error {
			return h.Exchange.OnTheFloor(tx, func(key search.Key, _ exchange.Holder) error { return take(key) })
		},
		Read: searches.Read, Filters: searches.Filters,
		Index: h.Index.Load, Lexicon: h.Terms.Lexicon, Letters: func() mail.Sender { return h.Sender },
	})
}

// holders tells whose listings are, and who is told for each: who posted it while they act for its
// owner, or else those who manage the owner.
func (h *House) holders(tx *db.Tx, keys []search.Key) (map[search.Key]alert.Holder, error) {
	known, err := h.Exchange.HoldersOf(tx, keys)
	if err != nil {
		return nil, err
	}
	all := make(map[search.Key]alert.Holder, len(known))
	asked := map[exchange.Holder][]account.ID{}
	for key, one := range known {
		people, again := asked[one]
		if !again {
			if people, err = h.speakers(tx, one); err != nil {
				return nil, err
			}
			asked[one] = people
		}
		all[key] = alert.Holder{Owner: one.Owner, People: people}
	}
	return all, nil
}

func (h *House) speakers(tx *db.Tx, one exchange.Holder) (people []account.ID, err error) {
	poster, err := h.Accounts.Get(tx, one.By)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	if err == nil && (account.Actor{ID: poster.ID, Memberships: poster.Memberships}).In(one.Owner) {
		return []account.ID{poster.ID}, nil
	}
	members, err := h.Accounts.Members(tx, one.Owner)
	for _, m := range members {
		if m.Manager && !m.Since.IsZero() {
			people = append(people, m.Account)
		}
	}
	return people, err
}
