package match_test

import (
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/match"
	"chonoi/internal/field"
	"chonoi/internal/lexicon"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// floor is a small exchange with needs and offers on it.
type floor struct {
	*testing.T
	d       *db.DB
	x       *exchange.Exchange
	m       *match.Matcher
	letters *[]string
}

func open(t *testing.T, d *db.DB) *floor {
	t.Helper()
	x, letters := exchangetest.OpenDesk(t, d)
	terms, err := lexicon.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	x.Index().Translate(terms)
	return &floor{t, d, x, match.New(x, func() *lexicon.Lexicon { return terms }), letters}
}

func given(facts map[string]string) field.Given {
	return func(column string) ([]string, bool) {
		text, ok := facts[column]
		return []string{text}, ok
	}
}

// head is the head of a listing in a state.
func head(tx *db.Tx, state, owner string) record.Head {
	h := record.Head{State: state, Owner: owner}
	if state != exchange.Draft {
		h.Published, h.Expires = tx.Now, when.DayOf(tx.Now).AddDays(90)
	}
	return h
}

func (f *floor) offer(owner, state string, facts map[string]string, finish func(*exchange.Offer)) (id string) {
	f.Helper()
	exchangetest.Update(f.T, f.d, func(tx *db.Tx) error {
		o, err := f.x.Offers.Plant(tx, "system", head(tx, state, owner), given(facts), finish)
		if err == nil {
			id = o.ID
		}
		return err
	})
	exchangetest.Follow(f.T, f.d, f.x, "offer", id)
	return id
}

func (f *floor) need(owner, state string, facts map[string]string, finish func(*exchange.Need)) (id string) {
	f.Helper()
	exchangetest.Update(f.T, f.d, func(tx *db.Tx) error {
		n, err := f.x.Needs.Plant(tx, "system", head(tx, state, owner), given(facts), finish)
		if err == nil {
			id = n.ID
		}
		return err
	})
	exchangetest.Follow(f.T, f.d, f.x, "need", id)
	return id
}

// matches are what matches a party, as somebody sees it.
func (f *floor) matches(who account.Actor, kind, id string) (list []match.Match) {
	f.Helper()
	err := f.d.View(f.Context(), func(tx *db.Tx) error {
		p, err := f.m.One(tx, who, kind, id)
		if err == nil {
			list, err = f.m.Of(tx, who, &p, match.Asking{Tongue: "vi"})
		}
		return err
	})
	if err != nil {
		f.Fatal(err)
	}
	return list
}

func supplies(list []match.Match) (ids []string) {
	for _, m := range list {
		ids = append(ids, m.Supply.ID)
	}
	return ids
}

var dryerNeed = map[string]string{"title_vi": "Sấy dẻo 2 tấn xoài mỗi ngày", "summary_vi": "Cần máy sấy xoài ít tốn điện cho hợp tác xã.", "subjects": "food_processing", "trl_min": "6",
	"keywords_vi": "sấy xoài, bơm nhiệt", "budget_max": "400000000", "cooperation": "sale"}

var (
	dryer     = map[string]string{"title_vi": "Máy sấy xoài bơm nhiệt, mẻ 500 kg", "summary_vi": "Sấy xoài bằng bơm nhiệt, giảm 43% điện.", "subjects": "food_processing", "trl": "7", "price_kind": "fixed", "price": "385000000", "cooperation": "sale"}
	dearDryer = map[string]string{"title_vi": "Máy sấy xoài bơm nhiệt công suất lớn", "summary_vi": "Sấy xoài bằng bơm nhiệt cho nhà máy.", "subjects": "food_processing", "trl": "4", "price_kind": "fixed", "price": "3850000000", "cooperation": "sale"}
	books     = map[string]string{"title_vi": "Phần mềm kế toán kho", "summary_vi": "Quản lý phiếu nhập và phiếu xuất.", "subjects": "software", "trl": "9", "price_kind": "free"}
	foreign   = map[string]string{"title_en": "Heat pump mango dryer", "summary_en": "Dries mangoes with a heat pump, less electricity.", "subjects": "food_processing", "trl": "8"}
)
