package exchange_test

import (
	"errors"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

func TestADraftKeepsWhatCanBeReadAndTellsTheRest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := exchangetest.Open(t, d)
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			given := exchange.Typed{"title_vi": {"Máy sấy"}, "price": {"khoảng 385 triệu"}, "trl": {"6"}}
			o, amiss, err := x.Offers.Begin(tx, exchangetest.Lan, "song-hau", given.Given)
			if err != nil {
				return err
			}
			if len(amiss) != 1 || amiss[0].Field != "price" || o.Title.Vi != "Máy sấy" || o.TRL != 6 || o.Price != 0 {
				t.Errorf("kept %+v, amiss %v", o.Title, amiss)
			}
			if err := exchange.KeepInputs(tx, "offer", o.ID, exchangetest.Lan.ID, given, amiss); err != nil {
				return err
			}
			kept, err := exchange.DraftInputs(tx, "offer", o.ID, exchangetest.Lan.ID)
			if kept["price"] != "khoảng 385 triệu" || len(kept) != 1 {
				t.Errorf("kept inputs %v", kept)
			}
			if p := x.Offers.Progress(o, kept); p.Told != 2 || p.Amiss[len(p.Amiss)-1].Key != "field.not_a_number" {
				t.Errorf("progress %+v", p)
			}
			if err == nil {
				err = exchange.KeepInputs(tx, "offer", o.ID, exchangetest.Lan.ID, exchange.Typed{"price": {"385.000.000"}}, nil)
			}
			if err != nil {
				return err
			}
			if kept, err = exchange.DraftInputs(tx, "offer", o.ID, exchangetest.Lan.ID); len(kept) != 0 {
				t.Errorf("still kept %v", kept)
			}
			return err
		})
	}, exchangetest.Schemas...)
}

func TestOnlyAMemberPostsForAnOrganisation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := exchangetest.Open(t, d)
		o := exchangetest.Begun(t, d, x, exchangetest.WholeOffer())
		exchangetest.Refused(t, d, fault.Forbidden, func(tx *db.Tx) error {
			_, _, err := x.Offers.Begin(tx, exchangetest.Minh, "song-hau", exchangetest.WholeOffer().Given)
			return err
		})
		for name, act := range map[string]func(*db.Tx) error{
			"edit": func(tx *db.Tx) error {
				_, _, err := x.Offers.Edit(tx, exchangetest.Minh, o.ID, 1, exchange.Typed{}.Given)
				return err
			},
			"submit":   func(tx *db.Tx) error { return x.Offers.Submit(tx, exchangetest.Minh, o.ID) },
			"withdraw": func(tx *db.Tx) error { return x.Offers.Withdraw(tx, exchangetest.Minh, o.ID, "other") },
			"reopen":   func(tx *db.Tx) error { return x.Offers.Reopen(tx, exchangetest.Minh, o.ID) },
			"take":     func(tx *db.Tx) error { return x.Offers.Take(tx, exchangetest.Minh, o.ID) },
			"renew":    func(tx *db.Tx) error { return x.Offers.Renew(tx, exchangetest.Minh, o.ID, exchange.Typed{}.Given) },
		} {
			t.Run(name, func(t *testing.T) { exchangetest.Refused(t, d, fault.NotFound, act) })
		}
	}, exchangetest.Schemas...)
}

func TestTwoTabsShowBothVersionsAndSayWhoChangedWhat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := exchangetest.Open(t, d)
		o := exchangetest.Begun(t, d, x, exchangetest.WholeOffer())
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			_, _, err := x.Offers.Edit(tx, exchangetest.Lan, o.ID, 1, exchange.Typed{"title_vi": {"Máy sấy của tab hai"}, "territory_vi": {"Cả nước"}}.Given)
			return err
		})
		mine := exchange.Typed{"title_vi": {"Máy sấy của tab một"}, "territory_vi": {""}, "trl": {"5"}, "anonymous": {"", "1"}}
		f := exchangetest.Refused(t, d, fault.Conflict, func(tx *db.Tx) error {
			_, _, err := x.Offers.Edit(tx, exchangetest.Lan, o.ID, 1, mine.Given)
			return err
		})
		if f.Key != "record.changed_meanwhile" {
			t.Errorf("refused with %s", f.Key)
		}
		stored := exchangetest.Now(t, d, x, o.ID)
		err := d.View(t.Context(), func(tx *db.Tx) error {
			all, err := x.Offers.Clashes(tx, stored, 1, mine)
			got := map[string]string{}
			for _, c := range all {
				word := "mine"
				if c.Theirs && c.Mine {
					word = "both"
				} else if c.Theirs {
					word = "theirs"
				}
				got[c.Column] = word
				if c.KeepSaved() != (word == "theirs") {
					t.Errorf("%s: the saved text is chosen: %v", c.Column, c.KeepSaved())
				}
			}
			want := map[string]string{"title_vi": "both", "territory_vi": "theirs", "trl": "mine", "anonymous": "mine"}
			for column, word := range want {
				if got[column] != word {
					t.Errorf("%s was changed by %q, want %q", column, got[column], word)
				}
			}
			if len(got) != len(want) {
				t.Errorf("clashes %v", got)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		mine["choose.title_vi"], mine["choose.territory_vi"] = []string{"saved"}, []string{"saved"}
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			_, _, err := x.Offers.Edit(tx, exchangetest.Lan, o.ID, stored.Version, mine.Given)
			return err
		})
		if got := exchangetest.Now(t, d, x, o.ID); got.Title.Vi != "Máy sấy của tab hai" || got.Territory.Vi != "Cả nước" || got.TRL != 5 || !got.Anonymous {
			t.Errorf("merged to %q, %q, %d, %v", got.Title.Vi, got.Territory.Vi, got.TRL, got.Anonymous)
		}
	}, exchangetest.Schemas...)
}

func TestTheSameTextTwiceIsNoConflict(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := exchangetest.Open(t, d)
		o := exchangetest.Begun(t, d, x, exchangetest.WholeOffer())
		for range 2 {
			exchangetest.Update(t, d, func(tx *db.Tx) error {
				_, _, err := x.Offers.Edit(tx, exchangetest.Lan, o.ID, 1, exchange.Typed{"title_vi": {"Máy sấy mới"}}.Given)
				return err
			})
		}
		if got := exchangetest.Now(t, d, x, o.ID); got.Version != 2 {
			t.Errorf("version %d, want 2", got.Version)
		}
	}, exchangetest.Schemas...)
}

func TestAnIncompleteOfferCannotBeHandedIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := exchangetest.Open(t, d)
		given := exchangetest.WholeOffer()
		delete(given, "advantage_vi")
		delete(given, "price")
		given["trl"] = []string{"8"}
		o := exchangetest.Begun(t, d, x, given)
		f := exchangetest.Refused(t, d, fault.Invalid, func(tx *db.Tx) error { return x.Offers.Submit(tx, exchangetest.Lan, o.ID) })
		got := map[string]string{}
		for _, one := range f.Fields {
			got[one.Field] = one.Key
		}
		for column, key := range map[string]string{"advantage_vi": "field.needed", "price": "offer.price_needed", "trl_evidence_vi": "offer.trl_evidence_needed"} {
			if got[column] != key {
				t.Errorf("%s: %q, want %q", column, got[column], key)
			}
		}
		if exchangetest.Now(t, d, x, o.ID).State != exchange.Draft {
			t.Error("the draft did not stay a draft")
		}
	}, exchangetest.Schemas...)
}

func TestAListingGoesFromDraftToWithdrawnAndBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := exchangetest.Open(t, d)
		o := exchangetest.Begun(t, d, x, exchangetest.WholeOffer())
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.Offers.Submit(tx, exchangetest.Lan, o.ID) })
		exchangetest.Refused(t, d, fault.Conflict, func(tx *db.Tx) error {
			_, _, err := x.Offers.Edit(tx, exchangetest.Lan, o.ID, 2, exchange.Typed{"trl": {"3"}}.Given)
			return err
		})
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.Offers.Withdraw(tx, exchangetest.Lan, o.ID, "changed_plan") })
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			reviews, err := exchange.ReviewsOf(tx, "offer", o.ID)
			if len(reviews) != 1 || reviews[0].Outcome != "withdrawn" {
				t.Errorf("reviews %+v", reviews)
			}
			return err
		})
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.Offers.Reopen(tx, exchangetest.Lan, o.ID) })
		if got := exchangetest.Now(t, d, x, o.ID); got.State != exchange.Draft {
			t.Errorf("state %s", got.State)
		}
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.Offers.Submit(tx, exchangetest.Lan, o.ID) })
		var acts []string
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			entries, err := ledger.Of(tx, "offer", o.ID, 0, 10)
			for _, e := range entries {
				acts = append(acts, e.Act)
			}
			return err
		})
		want := []string{"offer.submitted", "offer.reopened", "offer.withdrawn", "offer.submitted", "offer.begun"}
		if len(acts) != len(want) {
			t.Fatalf("acts %v", acts)
		}
		for i := range want {
			if acts[i] != want[i] {
				t.Errorf("act %d is %s, want %s", i, acts[i], want[i])
			}
		}
	}, exchangetest.Schemas...)
}

func TestARenewalAsksForEachFactThatGoesStale(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := exchangetest.Open(t, d)
		var o *exchange.Offer
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			var err error
			head := record.Head{State: exchange.Expired, Owner: "song-hau", Expires: when.DayOf(tx.Now).AddDays(-3)}
			o, err = x.Offers.Plant(tx, "system", head, exchangetest.WholeOffer().Given, nil)
			return err
		})
		confirmed := exchange.Typed{"price": {"khoảng 390 triệu"}}
		for _, name := range []string{"trl", "ip_status", "price_kind", "price", "royalty"} {
			confirmed["confirm."+name] = []string{"1"}
		}
		f := exchangetest.Refused(t, d, fault.Invalid, func(tx *db.Tx) error { return x.Offers.Renew(tx, exchangetest.Lan, o.ID, confirmed.Given) })
		got := map[string]bool{}
		for _, one := range f.Fields {
			got[one.Field] = true
		}
		if !got["confirm.delivery"] || !got["price"] || len(got) != 2 {
			t.Errorf("faults at %v", f.Fields)
		}
		confirmed["confirm.delivery"], confirmed["price"] = []string{"1"}, []string{"390.000.000"}
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.Offers.Renew(tx, exchangetest.Lan, o.ID, confirmed.Given) })
		renewed := exchangetest.Now(t, d, x, o.ID)
		if today := when.DayOf(renewed.Updated); renewed.State != exchange.Renewed || renewed.Price != 390_000_000 ||
			renewed.Expires != today.AddDays(x.Lifetime()) || renewed.Confirmed != today.String() {
			t.Errorf("renewed: %s, %d, %s, %s", renewed.State, renewed.Price, renewed.Expires, renewed.Confirmed)
		}
	}, exchangetest.Schemas...)
}

func TestADocumentIsSeenByItsLevel(t *testing.T) {
	level := func(a record.Attachment, l *exchange.Listing, who account.Actor, at field.Level) int {
		err := exchange.MayOpen(who, l, &a, at)
		var f *fault.Fault
		if errors.As(err, &f) {
			return int(f.Kind)
		}
		return 200
	}
	floorListing := &exchange.Listing{}
	floorListing.State, floorListing.Owner = exchange.Published, "song-hau"
	draft := &exchange.Listing{}
	draft.State, draft.Owner = exchange.Draft, "song-hau"
	for _, c := range []struct {
		name string
		l    *exchange.Listing
		a    field.Level
		who  account.Actor
		at   field.Level
		want int
	}{
		{"everybody opens a public document", floorListing, field.Public, account.Actor{}, field.Public, 200},
		{"a visitor is asked to sign in", floorListing, field.SignedIn, account.Actor{}, field.Public, 401},
		{"who signed in opens it", floorListing, field.SignedIn, exchangetest.Minh, field.SignedIn, 200},
		{"a stranger waits for an accepted enquiry", floorListing, field.Enquiry, exchangetest.Minh, field.SignedIn, 403},
		{"an admitted reader waits for the agreement", floorListing, field.NDA, exchangetest.Minh, field.Enquiry, 403},
		{"who signed the agreement opens it", floorListing, field.NDA, exchangetest.Minh, field.NDA, 200},
		{"nobody is told of the owner's own", floorListing, field.OwnerOnly, exchangetest.Minh, field.NDA, 404},
		{"a draft's document does not exist for others", draft, field.Public, exchangetest.Minh, field.SignedIn, 404},
		{"the owner opens all", draft, field.OwnerOnly, exchangetest.Lan, field.OwnerOnly, 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := level(record.Attachment{Level: c.a}, c.l, c.who, c.at); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}
