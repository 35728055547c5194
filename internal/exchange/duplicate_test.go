package exchange_test

import (
	"context"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/ledger"
	"chonoi/internal/search"
)

// copied are the words of an offer that tells WholeOffer once more.
func copied() exchange.Typed {
	more := exchangetest.WholeOffer()
	more["title_vi"], more["title_en"] = []string{"Thiết bị sấy xoài dùng bơm nhiệt, 500 kg mỗi mẻ"}, nil
	more["problem_vi"] = []string{"Sấy điện trở rất tốn điện và làm xoài sẫm màu."}
	return more
}

// openAside gives an exchange an index of what is not on the floor, and fills both.
func openAside(t *testing.T, d *db.DB, x *exchange.Exchange) {
	t.Helper()
	aside := search.New()
	x.Aside = func() *search.Index { return aside }
	refill(t, d, x)
}

func refill(t *testing.T, d *db.DB, x *exchange.Exchange) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) error {
		err := x.Docs(tx, func(doc search.Doc) error { x.Index().Put(doc); return nil })
		if err != nil {
			return err
		}
		return x.AsideDocs(tx, func(doc search.Doc) { x.Aside().Put(doc) })
	})
	if err != nil {
		t.Fatal(err)
	}
}

// published is an offer of Lan's on the floor.
func published(t *testing.T, d *db.DB, x *exchange.Exchange, more exchange.Typed) *exchange.Offer {
	t.Helper()
	o := exchangetest.HandedIn(t, d, x, more)
	exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "taking_up", exchange.Verdict{})
	exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "publication", exchangetest.Passing(x, "encouraged"))
	return exchangetest.Now(t, d, x, o.ID)
}

// anothers is an offer of Minh's firm that waits for its first review.
func anothers(t *testing.T, d *db.DB, x *exchange.Exchange, given exchange.Typed) *exchange.Offer {
	t.Helper()
	var o *exchange.Offer
	exchangetest.Update(t, d, func(tx *db.Tx) (err error) {
		if o, _, err = x.Offers.Begin(tx, exchangetest.Minh, "tay-do", given.Given); err != nil {
			return err
		}
		return x.Offers.Submit(tx, exchangetest.Minh, o.ID)
	})
	return exchangetest.Now(t, d, x, o.ID)
}

func copiesFor(t *testing.T, d *db.DB, x *exchange.Exchange, who account.Actor, id string) (all []exchange.Copy[exchange.Offer]) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) error {
		o, err := x.Offers.Kind.Get(tx, id)
		if err != nil {
			return err
		}
		if who.ID == "" {
			all, err = x.Offers.Copies(tx, o)
		} else {
			all, err = x.Offers.CopiesFor(tx, who, o)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAPosterSeesOnlyCopiesThatAreOpenToThem(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := exchangetest.OpenDesk(t, d)
		mine := exchangetest.Begun(t, d, x, copied())
		theirs := anothers(t, d, x, exchangetest.WholeOffer())
		openAside(t, d, x)
		if all := copiesFor(t, d, x, exchangetest.Lan, mine.ID); len(all) != 0 {
			t.Errorf("a listing of another firm under review is told to a poster: %v", all[0].Other.ID)
		}
		if all := copiesFor(t, d, x, exchangetest.Minh, theirs.ID); len(all) != 0 {
			t.Errorf("a draft of another firm is told")
		}
		if all := copiesFor(t, d, x, account.Actor{}, theirs.ID); len(all) != 0 {
			t.Errorf("a draft is told to officers")
		}
		exchangetest.Judged(t, d, x, exchangetest.An, theirs.ID, "taking_up", exchange.Verdict{})
		exchangetest.Judged(t, d, x, exchangetest.An, theirs.ID, "publication", exchangetest.Passing(x, "encouraged"))
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			o, err := x.Offers.Kind.Get(tx, theirs.ID)
			if err != nil {
				return err
			}
			r := x.Offers.Kind.Copy(o)
			r.Anonymous, r.Shown = true, map[string]field.Level{"problem": field.NDA}
			return x.Offers.Kind.Save(tx, "an", "offer.edited", o, r)
		})
		refill(t, d, x)
		all := copiesFor(t, d, x, exchangetest.Lan, mine.ID)
		if len(all) != 1 || all[0].Other.ID != theirs.ID || all[0].Own || all[0].Other.Owner != "" || !all[0].Other.Problem.Empty() {
			t.Fatalf("%+v", all)
		}
		more := exchangetest.Begun(t, d, x, copied())
		refill(t, d, x)
		if all := copiesFor(t, d, x, exchangetest.Lan, more.ID); len(all) != 2 || !all[0].Own && !all[1].Own {
			t.Errorf("one's own draft is no copy: %+v", all)
		}
	}, exchangetest.Schemas...)
}

func TestTheOtherListingLeadsToTheOneThatStaysUntilTheMergerIsUndone(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, letters := exchangetest.OpenDesk(t, d)
		stays, gone := published(t, d, x, nil), anothers(t, d, x, copied())
		exchangetest.Judged(t, d, x, exchangetest.Binh, gone.ID, "taking_up", exchange.Verdict{})
		before := queued(t, d, x, exchange.QueueFirst)
		openAside(t, d, x)
		if err := x.CompareChanged(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if open := openPairs(t, d); len(open) != 1 || open[0].Likeness < 500 || open[0].Verdict != "" {
			t.Fatalf("%+v", open)
		}
		exchangetest.Refused(t, d, fault.Forbidden, func(tx *db.Tx) error { return x.Offers.Merge(tx, exchangetest.Hoa, gone.ID, stays.ID, "") })
		exchangetest.Refused(t, d, fault.Conflict, func(tx *db.Tx) error { return x.Offers.Merge(tx, exchangetest.An, stays.ID, gone.ID, "") })
		*letters = nil
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			return x.Offers.Merge(tx, exchangetest.An, gone.ID, stays.ID, "Cùng một máy.")
		})
		if now := exchangetest.Now(t, d, x, gone.ID); now.State != exchange.Withdrawn || len(queued(t, d, x, exchange.QueueFirst)) != 0 || len(openPairs(t, d)) != 0 {
			t.Errorf("it is %s, and still waits or is still a pair", now.State)
		}
		if into := mergedInto(t, d, gone.ID); into != stays.ID {
			t.Errorf("it leads to %q", into)
		}
		if strings.Join(*letters, ";") != "tay-do listing_merged" {
			t.Errorf("letters: %v", *letters)
		}
		exchangetest.Refused(t, d, fault.Conflict, func(tx *db.Tx) error { return x.Offers.KeepBoth(tx, exchangetest.An, gone.ID, stays.ID, "") })
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.Offers.Undo(tx, exchangetest.Binh, stays.ID, gone.ID) })
		after := queued(t, d, x, exchange.QueueFirst)
		if now := exchangetest.Now(t, d, x, gone.ID); now.State != exchange.Checking || len(after) != 1 || after[0] != before[0] {
			t.Errorf("it is %s, and its review is %+v, not %+v", now.State, after, before)
		}
		if into := mergedInto(t, d, gone.ID); into != "" || len(openPairs(t, d)) != 1 {
			t.Errorf("it still leads to %q, or is no pair", into)
		}
		if acts := actsOf(t, d, gone.ID); acts[0] != "offer.separated" || acts[1] != "offer.merged" {
			t.Errorf("acts: %v", acts)
		}
	}, exchangetest.Schemas...)
}

func TestAPairThatIsKeptIsNotBroughtUpAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := exchangetest.OpenDesk(t, d)
		a, b := published(t, d, x, nil), anothers(t, d, x, copied())
		openAside(t, d, x)
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.Offers.KeepBoth(tx, exchangetest.An, b.ID, a.ID, "Hai kiểu máy.") })
		if err := x.CompareChanged(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if open := openPairs(t, d); len(open) != 0 {
			t.Errorf("%+v", open)
		}
		if all := copiesFor(t, d, x, exchangetest.Minh, b.ID); len(all) != 0 {
			t.Error("the poster is asked again")
		}
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.Offers.Undo(tx, exchangetest.An, a.ID, b.ID) })
		if open := openPairs(t, d); len(open) != 1 {
			t.Errorf("undone, it is no pair: %+v", open)
		}
		exchangetest.Refused(t, d, fault.Conflict, func(tx *db.Tx) error { return x.Offers.Undo(tx, exchangetest.An, a.ID, b.ID) })
	}, exchangetest.Schemas...)
}

func TestAMergedListingThatItsOwnerOpensAgainIsComparedAgain(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := exchangetest.OpenDesk(t, d)
		stays, gone := published(t, d, x, nil), anothers(t, d, x, copied())
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			if err := x.Offers.Merge(tx, exchangetest.An, gone.ID, stays.ID, ""); err != nil {
				return err
			}
			return x.Offers.Reopen(tx, exchangetest.Minh, gone.ID)
		})
		if into := mergedInto(t, d, gone.ID); into != "" {
			t.Errorf("a draft leads to %s", into)
		}
		exchangetest.Refused(t, d, fault.NotFound, func(tx *db.Tx) error { return x.Offers.Undo(tx, exchangetest.An, gone.ID, stays.ID) })
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.Offers.Submit(tx, exchangetest.Minh, gone.ID) })
		exchangetest.Refused(t, d, fault.Conflict, func(tx *db.Tx) error { return x.Offers.Undo(tx, exchangetest.An, gone.ID, stays.ID) })
		openAside(t, d, x)
		if err := x.CompareChanged(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if open := openPairs(t, d); len(open) != 1 {
			t.Errorf("%+v", open)
		}
	}, exchangetest.Schemas...)
}

func TestTheComparingGoesOnWhereItStoppedAndWaitsForTheIndex(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := exchangetest.OpenDesk(t, d)
		published(t, d, x, nil)
		anothers(t, d, x, copied())
		openAside(t, d, x)
		x.Indexed = func() int64 { return 0 }
		if err := x.CompareChanged(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if done, all := comparing(t, d); done != 0 || all == 0 || len(openPairs(t, d)) != 0 {
			t.Errorf("%d of %d are compared before the index holds them", done, all)
		}
		x.Indexed = nil
		stopped, stop := context.WithCancel(t.Context())
		stop()
		if err := x.CompareChanged(stopped, d); err == nil {
			t.Error("it goes on though it was stopped")
		}
		if err := x.CompareChanged(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		if done, all := comparing(t, d); done != all || len(openPairs(t, d)) != 1 {
			t.Errorf("%d of %d are compared", done, all)
		}
	}, exchangetest.Schemas...)
}

func openPairs(t *testing.T, d *db.DB) (all []exchange.Duplicate) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) (err error) {
		all, err = exchange.OpenPairs(tx, exchange.PairFilter{Kind: "offer"}, 0, "", 10)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func mergedInto(t *testing.T, d *db.DB, id string) (into string) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) (err error) { into, err = exchange.MergedInto(tx, "offer", id); return err })
	if err != nil {
		t.Fatal(err)
	}
	return into
}

func comparing(t *testing.T, d *db.DB) (done, all int64) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) (err error) { done, all, err = exchange.Comparing(tx); return err })
	if err != nil {
		t.Fatal(err)
	}
	return done, all
}

func actsOf(t *testing.T, d *db.DB, id string) (acts []string) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) error {
		entries, err := ledger.Of(tx, "offer", id, 0, 10)
		for _, e := range entries {
			acts = append(acts, e.Act)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return acts
}
