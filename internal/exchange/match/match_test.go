package match_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/match"
	"chonoi/internal/fault"
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

func TestHardMissesAreShownButStandLower(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(t, d)
		need := f.need("song-hau", exchange.Published, dryerNeed, nil)
		dear, good, abroad := f.offer("tay-do", exchange.Published, dearDryer, nil), f.offer("tay-do", exchange.Published, dryer, nil), f.offer("tay-do", exchange.Published, foreign, nil)
		f.offer("tay-do", exchange.Published, books, nil)
		list := f.matches(account.Actor{}, "need", need)
		got := supplies(list)
		if len(got) < 3 || slices.Index(got, dear) < slices.Index(got, good) || !slices.Contains(got, abroad) {
			t.Fatalf("%v, want %s before %s, and %s", got, good, dear, abroad)
		}
		first := list[slices.Index(got, good)]
		if first.Grade != match.Close && first.Grade != match.Good {
			t.Errorf("the dryer is %s: %.2f %+v", first.Grade, first.Covered, first.Shared)
		}
		for _, m := range list {
			if m.Supply.ID == dear && m.Grade == match.Close {
				t.Error("what is far too dear and too early is a very close match")
			}
			if m.Supply.ID == abroad && (m.Grade == match.Slight || !slices.ContainsFunc(m.Shared, func(s match.Shared) bool { return s.How == match.ByLexicon })) {
				t.Errorf("the foreign dryer is %s by %+v", m.Grade, m.Shared)
			}
		}
		back := f.matches(account.Actor{}, "offer", good)
		if len(back) != 1 || back[0].Need.ID != need || back[0].Grade != first.Grade || back[0].Covered != first.Covered {
			t.Errorf("seen from the offer: %+v", back)
		}
	}, exchangetest.Schemas...)
}

func TestAllNeedsAtOnceAreMatchedAsOneByOne(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(t, d)
		for i := range 140 {
			title := map[string]string{"title_vi": strings.Repeat("Sấy xoài ", i%3+1) + "cho hợp tác xã", "summary_vi": "Cần máy sấy bơm nhiệt."}
			f.need("song-hau", exchange.Published, title, nil)
		}
		for range 3 {
			f.offer("tay-do", exchange.Published, dryer, nil)
			f.offer("tay-do", exchange.Published, dearDryer, nil)
		}
		seen := 0
		err := f.m.All(t.Context(), d, account.Actor{}, match.Asking{Tongue: "vi", Reasons: 4}, nil, func(_ *db.Tx, need *match.Party, list []match.Match) error {
			seen++
			if seen%20 == 0 {
				alone := f.matches(account.Actor{}, "need", need.ID)
				for i := range alone[4:] {
					alone[4+i].Shared = nil // reasons of four were asked for
				}
				if diff := cmp.Diff(alone, list); diff != "" || len(list) != 6 {
					t.Errorf("%d matches: %s", len(list), diff)
				}
			}
			return nil
		})
		if err != nil || seen != 140 {
			t.Errorf("%d needs, %v", seen, err)
		}
		stopped, stop := context.WithCancel(t.Context())
		seen = 0
		err = f.m.All(stopped, d, account.Actor{}, match.Asking{}, func(int, int) { stop() }, func(*db.Tx, *match.Party, []match.Match) error { seen++; return nil })
		if err == nil || seen != 128 {
			t.Errorf("stopped after %d needs, %v", seen, err)
		}
	}, exchangetest.Schemas...)
}

func TestWhatAReaderMayNotSeeIsInNoMatchAndNoReason(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		f := open(t, d)
		need := f.need("song-hau", exchange.Published, dryerNeed, func(n *exchange.Need) {
			n.Shown = map[string]field.Level{"budget_max": field.OwnerOnly, "result": field.NDA, "symptoms": field.OwnerOnly}
			n.Result.Vi, n.Symptoms.Vi = "Dùng vi sóng chân không", "Zeolit bị bẩn"
			n.Anonymous = true
		})
		secret := f.offer("tay-do", exchange.Published, dryer, func(o *exchange.Offer) {
			o.Shown = map[string]field.Level{"price": field.Enquiry, "price_kind": field.Enquiry, "advantage": field.NDA}
			o.Advantage.Vi = "Vi sóng chân không, zeolit"
			o.Anonymous = true
		})
		own := f.offer("song-hau", exchange.Published, dearDryer, nil)
		for _, state := range []string{exchange.Draft, exchange.Suspended, exchange.Withdrawn, exchange.Expired} {
			f.offer("tay-do", state, dryer, nil)
		}
		for _, who := range []account.Actor{{}, exchangetest.Minh, exchangetest.Nobody} {
			list := f.matches(who, "need", need)
			got := supplies(list)
			slices.Sort(got)
			want := []string{secret, own} // whose the need is stays hidden, so its owner's own offer is among the others
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("%q sees %v, want %v", who.ID, got, want)
			}
			for _, m := range list {
				if m.Need.Owner != "" || m.Need.Facts.BudgetMax != 0 || slices.ContainsFunc(m.Conditions, func(c match.Condition) bool { return c.What == "budget" }) {
					t.Errorf("%q is told of the budget or the owner: %+v", who.ID, m.Need)
				}
				for _, s := range m.Shared {
					if strings.Contains(strings.ToLower(s.Word), "sóng") || strings.Contains(strings.ToLower(s.Word), "zeolit") {
						t.Errorf("%q is told a closed word: %+v", who.ID, s)
					}
				}
			}
		}
		mine := f.matches(exchangetest.Lan, "need", need)
		if got := supplies(mine); !slices.Equal(got, []string{secret}) {
			t.Errorf("the owner sees %v", got)
		}
		if all := f.matches(exchangetest.An, "need", need); !slices.ContainsFunc(all[0].Shared, func(s match.Shared) bool { return strings.Contains(strings.ToLower(s.Word), "zeolit") }) {
			t.Errorf("the officer is not told what both say: %+v", all[0].Shared)
		}
		draft := f.need("song-hau", exchange.Draft, dryerNeed, nil)
		err := d.View(t.Context(), func(tx *db.Tx) error { _, err := f.m.One(tx, exchangetest.Minh, "need", draft); return err })
		if fault.KindOf(err) != fault.NotFound {
			t.Errorf("somebody else's draft: %v", err)
		}
		if len(f.matches(exchangetest.Lan, "need", draft)) == 0 {
			t.Error("the owner of a draft sees no matches")
		}
		if list := f.matches(exchangetest.Minh, "offer", secret); len(list) != 1 || list[0].Need.ID != need {
			t.Errorf("a draft is among the needs of an offer: %v", list)
		}
	}, exchangetest.Schemas...)
}
