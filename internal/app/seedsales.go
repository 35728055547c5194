package app

import (
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/sale"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// seedSales plants sales of the institute: an auction in which two bid, a call and sealed bids that are
// announced, one that was bought at a fixed price, and a draft. They begin at once, which only the seed may.
func (h *House) seedSales(tx *db.Tx, organisations map[string]string) error {
	people := map[string]account.Actor{}
	for _, email := range []string{"quanly@song-hau.example", "muahang@ben-nuoc.example", "moigioi@cau-noi.example"} {
		who, err := h.seedActor(tx, email)
		if err != nil {
			return err
		}
		people[email] = who
	}
	offers, err := exchange.Offers.Find(tx, `WHERE owner = ? AND state = 'published' AND anonymous = 0 AND external_id <> 'tham-so-say-lua-hai-giai-doan' ORDER BY external_id LIMIT 5`, organisations["song-hau"])
	if err != nil || len(offers) < 5 {
		return err
	}
	hall := *h.Sales
	hall.Settings = record.NewSettings(record.Setting{Name: "sale.notice_days", Most: 90})
	now := tx.Now.Truncate(time.Minute).Add(time.Minute)
	at := func(days int) int64 { return when.Micro(now.AddDate(0, 0, days)) }
	s := seller{hall: &hall, tx: tx, who: people["quanly@song-hau.example"]}
	conditions := lang.Both{Vi: "Doanh nghiệp hoặc hợp tác xã có xưởng tại vùng đồng bằng sông Cửu Long.", En: "Firms and cooperatives with a plant in the Mekong Delta."}

	auction, err := s.sell(offers[0], &sale.Sale{Mode: sale.Auction, Right: "use_exclusive", Territory: "Việt Nam", Months: 60, Start: 350_000_000, Step: 10_000_000, Reserve: 400_000_000, Extension: 10, Deposit: 20_000_000, ResultOpen: true, Conditions: conditions, Opens: when.Micro(tx.Now), Closes: at(9)})
	if err != nil {
		return err
	}
	var bidders []*sale.Bidder
	for _, email := range []string{"muahang@ben-nuoc.example", "moigioi@cau-noi.example"} {
		b, err := s.enter(auction, people[email])
		if err != nil {
			return err
		}
		bidders = append(bidders, b)
	}
	for i, price := range []int64{350_000_000, 365_000_000, 390_000_000, 410_000_000} {
		who := people[[]string{"muahang@ben-nuoc.example", "moigioi@cau-noi.example"}[i%2]]
		if err := hall.Bid(tx, who, auction, bidders[i%2], price); err != nil {
			return err
		}
	}
	fixed, err := s.sell(offers[1], &sale.Sale{Mode: sale.Fixed, Right: "use_non_exclusive", Territory: "Thành phố Cần Thơ", Months: 36, Start: 120_000_000, ResultOpen: true, Opens: when.Micro(tx.Now), Closes: at(30)})
	if err != nil {
		return err
	}
	buyer := people["muahang@ben-nuoc.example"]
	b, err := s.enter(fixed, buyer)
	if err != nil {
		return err
	}
	if err := hall.Purchase(tx, buyer, fixed, b); err != nil {
		return err
	}
	draft := &sale.Sale{Mode: sale.Fixed, Right: "use_non_exclusive", Months: 24, Start: 90_000_000, ResultOpen: true, Opens: at(10), Closes: at(40)}
	if err := hall.Prepare(tx, s.who, offers[4], draft, nil); err != nil {
		return err
	}
	if _, err := s.sell(offers[2], &sale.Sale{Mode: sale.Sealed, Right: "ownership", Start: 500_000_000, Deposit: 50_000_000, RevealHours: 48, Conditions: conditions, Opens: at(8), Closes: at(22)}); err != nil {
		return err
	}
	_, err = s.sell(offers[3], &sale.Sale{Mode: sale.Call, Right: "use_exclusive", Months: 84, Screened: true, ResultOpen: true, Conditions: conditions, Opens: when.Micro(tx.Now), Closes: at(20)},
		sale.Criterion{N: 1, Vi: "Giá", En: "Price", Weight: 40, Priced: true}, sale.Criterion{N: 2, Vi: "Năng lực triển khai", En: "Ability to carry it out", Weight: 35}, sale.Criterion{N: 3, Vi: "Tác động tại thành phố", En: "Effect in the city", Weight: 25})
	return err
}

// seller is who puts offers up for sale in the seed city.
type seller struct {
	hall *sale.House
	tx   *db.Tx
	who  account.Actor
}

func (s seller) sell(o *exchange.Offer, one *sale.Sale, criteria ...sale.Criterion) (*sale.Sale, error) {
	if err := s.hall.Prepare(s.tx, s.who, o, one, criteria); err != nil {
		return nil, err
	}
	return one, s.hall.Announce(s.tx, s.who, one)
}

// enter has somebody's organisation take part, with its deposit paid.
func (s seller) enter(one *sale.Sale, who account.Actor) (*sale.Bidder, error) {
	criteria, err := sale.Criteria(s.tx, one.ID)
	if err != nil {
		return nil, err
	}
	b, err := s.hall.Apply(s.tx, who, one, who.Memberships[0].Organisation, one.Digest(criteria))
	if err != nil || b.State == sale.Admitted {
		return b, err
	}
	if one.Deposit > 0 {
		if err := s.hall.KeepDeposit(s.tx, s.who, one, b, sale.Deposit{Act: "received", Sum: one.Deposit, On: when.DayOf(s.tx.Now), Paper: "BC-118/2026"}); err != nil {
			return nil, err
		}
	}
	return b, s.hall.Admit(s.tx, s.who, one, b)
}
