package exchange

import (
	"errors"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

func TestADraftKeepsWhatCanBeReadAndTellsTheRest(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := floor(t, d)
		update(t, d, func(tx *db.Tx) error {
			given := typed{"title_vi": {"Máy sấy"}, "price": {"khoảng 385 triệu"}, "trl": {"6"}}
			o, amiss, err := x.Offers.Begin(tx, lan, "song-hau", given.given)
			if err != nil {
				return err
			}
			if len(amiss) != 1 || amiss[0].Field != "price" || o.Title.Vi != "Máy sấy" || o.TRL != 6 || o.Price != 0 {
				t.Errorf("kept %+v, amiss %v", o.Title, amiss)
			}
			if err := keepInputs(tx, "offer", o.ID, lan.ID, given, amiss); err != nil {
				return err
			}
			kept, err := draftInputs(tx, "offer", o.ID, lan.ID)
			if kept["price"] != "khoảng 385 triệu" || len(kept) != 1 {
				t.Errorf("kept inputs %v", kept)
			}
			if p := x.Offers.Progress(o, kept); p.Told != 2 || p.Amiss[len(p.Amiss)-1].Key != "field.not_a_number" {
				t.Errorf("progress %+v", p)
			}
			if err == nil {
				err = keepInputs(tx, "offer", o.ID, lan.ID, typed{"price": {"385.000.000"}}, nil)
			}
			if err != nil {
				return err
			}
			if kept, err = draftInputs(tx, "offer", o.ID, lan.ID); len(kept) != 0 {
				t.Errorf("still kept %v", kept)
			}
			return err
		})
	}, schemas...)
}

func TestOnlyAMemberPostsForAnOrganisation(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := floor(t, d)
		o := begun(t, d, x, wholeOffer())
		refused(t, d, fault.Forbidden, func(tx *db.Tx) error {
			_, _, err := x.Offers.Begin(tx, minh, "song-hau", wholeOffer().given)
			return err
		})
		for name, act := range map[string]func(*db.Tx) error{
			"edit":     func(tx *db.Tx) error { _, _, err := x.Offers.Edit(tx, minh, o.ID, 1, typed{}.given); return err },
			"submit":   func(tx *db.Tx) error { return x.Offers.Submit(tx, minh, o.ID) },
			"withdraw": func(tx *db.Tx) error { return x.Offers.Withdraw(tx, minh, o.ID, "other") },
			"reopen":   func(tx *db.Tx) error { return x.Offers.Reopen(tx, minh, o.ID) },
			"take":     func(tx *db.Tx) error { return x.Offers.Take(tx, minh, o.ID) },
			"renew":    func(tx *db.Tx) error { return x.Offers.Renew(tx, minh, o.ID, typed{}.given) },
		} {
			t.Run(name, func(t *testing.T) { refused(t, d, fault.NotFound, act) })
		}
	}, schemas...)
}

func TestTwoTabsShowBothVersionsAndSayWhoChangedWhat(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := floor(t, d)
		o := begun(t, d, x, wholeOffer())
		update(t, d, func(tx *db.Tx) error {
			_, _, err := x.Offers.Edit(tx, lan, o.ID, 1, typed{"title_vi": {"Máy sấy của tab hai"}, "territory_vi": {"Cả nước"}}.given)
			return err
		})
		mine := typed{"title_vi": {"Máy sấy của tab một"}, "territory_vi": {""}, "trl": {"5"}, "anonymous": {"", "1"}}
		f := refused(t, d, fault.Conflict, func(tx *db.Tx) error {
			_, _, err := x.Offers.Edit(tx, lan, o.ID, 1, mine.given)
			return err
		})
		if f.Key != "record.changed_meanwhile" {
			t.Errorf("refused with %s", f.Key)
		}
		stored := now(t, d, x, o.ID)
		err := d.View(t.Context(), func(tx *db.Tx) error {
			all, err := x.Offers.clashes(tx, stored, 1, mine)
			got := map[string]string{}
			for _, c := range all {
				word := "mine"
				if c.Theirs && c.Mine {
					word = "both"
				} else if c.Theirs {
					word = "theirs"
				}
				got[c.Column] = word
				if c.keepSaved() != (word == "theirs") {
					t.Errorf("%s: the saved text is chosen: %v", c.Column, c.keepSaved())
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
		update(t, d, func(tx *db.Tx) error {
			_, _, err := x.Offers.Edit(tx, lan, o.ID, stored.Version, mine.given)
			return err
		})
		if got := now(t, d, x, o.ID); got.Title.Vi != "Máy sấy của tab hai" || got.Territory.Vi != "Cả nước" || got.TRL != 5 || !got.Anonymous {
			t.Errorf("merged to %q, %q, %d, %v", got.Title.Vi, got.Territory.Vi, got.TRL, got.Anonymous)
		}
	}, schemas...)
}

func TestTheSameTextTwiceIsNoConflict(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := floor(t, d)
		o := begun(t, d, x, wholeOffer())
		for range 2 {
			update(t, d, func(tx *db.Tx) error {
				_, _, err := x.Offers.Edit(tx, lan, o.ID, 1, typed{"title_vi": {"Máy sấy mới"}}.given)
				return err
			})
		}
		if got := now(t, d, x, o.ID); got.Version != 2 {
			t.Errorf("version %d, want 2", got.Version)
		}
	}, schemas...)
}

func TestAnIncompleteOfferCannotBeHandedIn(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := floor(t, d)
		given := wholeOffer()
		delete(given, "advantage_vi")
		delete(given, "price")
		given["trl"] = []string{"8"}
		o := begun(t, d, x, given)
		f := refused(t, d, fault.Invalid, func(tx *db.Tx) error { return x.Offers.Submit(tx, lan, o.ID) })
		got := map[string]string{}
		for _, one := range f.Fields {
			got[one.Field] = one.Key
		}
		for column, key := range map[string]string{"advantage_vi": "field.needed", "price": "offer.price_needed", "trl_evidence_vi": "offer.trl_evidence_needed"} {
			if got[column] != key {
				t.Errorf("%s: %q, want %q", column, got[column], key)
			}
		}
		if now(t, d, x, o.ID).State != Draft {
			t.Error("the draft did not stay a draft")
		}
	}, schemas...)
}

func TestAListingGoesFromDraftToWithdrawnAndBack(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := floor(t, d)
		o := begun(t, d, x, wholeOffer())
		update(t, d, func(tx *db.Tx) error { return x.Offers.Submit(tx, lan, o.ID) })
		refused(t, d, fault.Conflict, func(tx *db.Tx) error {
			_, _, err := x.Offers.Edit(tx, lan, o.ID, 2, typed{"trl": {"3"}}.given)
			return err
		})
		update(t, d, func(tx *db.Tx) error { return x.Offers.Withdraw(tx, lan, o.ID, "changed_plan") })
		update(t, d, func(tx *db.Tx) error {
			reviews, err := ReviewsOf(tx, "offer", o.ID)
			if len(reviews) != 1 || reviews[0].Outcome != "withdrawn" {
				t.Errorf("reviews %+v", reviews)
			}
			return err
		})
		update(t, d, func(tx *db.Tx) error { return x.Offers.Reopen(tx, lan, o.ID) })
		if got := now(t, d, x, o.ID); got.State != Draft {
			t.Errorf("state %s", got.State)
		}
		update(t, d, func(tx *db.Tx) error { return x.Offers.Submit(tx, lan, o.ID) })
		var acts []string
		update(t, d, func(tx *db.Tx) error {
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
	}, schemas...)
}

func TestARenewalAsksForEachFactThatGoesStale(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := floor(t, d)
		var o *Offer
		update(t, d, func(tx *db.Tx) error {
			var err error
			head := record.Head{State: Expired, Owner: "song-hau", Expires: when.DayOf(tx.Now).AddDays(-3)}
			o, err = x.Offers.Plant(tx, "system", head, wholeOffer().given, nil)
			return err
		})
		confirmed := typed{"price": {"khoảng 390 triệu"}}
		for _, name := range []string{"trl", "ip_status", "price_kind", "price", "royalty"} {
			confirmed["confirm."+name] = []string{"1"}
		}
		f := refused(t, d, fault.Invalid, func(tx *db.Tx) error { return x.Offers.Renew(tx, lan, o.ID, confirmed.given) })
		got := map[string]bool{}
		for _, one := range f.Fields {
			got[one.Field] = true
		}
		if !got["confirm.delivery"] || !got["price"] || len(got) != 2 {
			t.Errorf("faults at %v", f.Fields)
		}
		confirmed["confirm.delivery"], confirmed["price"] = []string{"1"}, []string{"390.000.000"}
		update(t, d, func(tx *db.Tx) error { return x.Offers.Renew(tx, lan, o.ID, confirmed.given) })
		renewed := now(t, d, x, o.ID)
		if today := when.DayOf(renewed.Updated); renewed.State != Renewed || renewed.Price != 390_000_000 ||
			renewed.Expires != today.AddDays(x.lifetime()) || renewed.Confirmed != today.String() {
			t.Errorf("renewed: %s, %d, %s, %s", renewed.State, renewed.Price, renewed.Expires, renewed.Confirmed)
		}
	}, schemas...)
}

func TestOnesOwnListingsAreCountedAndListedByState(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x := floor(t, d)
		first := begun(t, d, x, wholeOffer())
		begun(t, d, x, typed{"title_vi": {"Máy thứ hai"}})
		update(t, d, func(tx *db.Tx) error {
			_, _, err := x.Needs.Begin(tx, lan, "song-hau", typed{"title_vi": {"Nhu cầu"}}.given)
			return err
		})
		update(t, d, func(tx *db.Tx) error { return x.Offers.Submit(tx, lan, first.ID) })
		update(t, d, func(tx *db.Tx) error { return x.Offers.TakeUp(tx, clerk, first.ID) })
		update(t, d, func(tx *db.Tx) error {
			return x.Offers.Return(tx, clerk, first.ID, Verdict{Reasons: []string{"too_vague"}, Note: "Thêm số đo"})
		})
		update(t, d, func(tx *db.Tx) error {
			counts, err := ownCounts(tx, []string{"song-hau", "tay-do"})
			if counts[Draft] != 2 || counts[Returned] != 1 || len(counts) != 2 {
				t.Errorf("counts %v", counts)
			}
			if err != nil {
				return err
			}
			all, err := ownKeys(tx, []string{"song-hau"}, States, ownKey{}, 2)
			if err != nil {
				return err
			}
			if len(all) != 2 || all[0].id != first.ID || all[1].kind != "need" {
				t.Errorf("keys %v", all)
			}
			if all, err = ownKeys(tx, []string{"song-hau"}, States, all[1], 2); len(all) != 1 || all[0].kind != "offer" {
				t.Errorf("the rest is %v", all)
			}
			if err != nil {
				return err
			}
			if all, err = ownKeys(tx, []string{"tay-do"}, States, ownKey{}, 2); len(all) != 0 {
				t.Errorf("another firm sees %v", all)
			}
			last, err2 := lastReturned(tx, "offer", first.ID)
			if last == nil || last.Note != "Thêm số đo" {
				t.Errorf("returned by %+v", last)
			}
			return errors.Join(err, err2)
		})
	}, schemas...)
}

func TestADocumentIsSeenByItsLevel(t *testing.T) {
	level := func(a record.Attachment, l *Listing, who account.Actor, at field.Level) int {
		err := mayOpen(who, l, &a, at)
		var f *fault.Fault
		if errors.As(err, &f) {
			return int(f.Kind)
		}
		return 200
	}
	floorListing := &Listing{}
	floorListing.State, floorListing.Owner = Published, "song-hau"
	draft := &Listing{}
	draft.State, draft.Owner = Draft, "song-hau"
	for _, c := range []struct {
		name string
		l    *Listing
		a    field.Level
		who  account.Actor
		at   field.Level
		want int
	}{
		{"everybody opens a public document", floorListing, field.Public, account.Actor{}, field.Public, 200},
		{"a visitor is asked to sign in", floorListing, field.SignedIn, account.Actor{}, field.Public, 401},
		{"who signed in opens it", floorListing, field.SignedIn, minh, field.SignedIn, 200},
		{"a stranger waits for an accepted enquiry", floorListing, field.Enquiry, minh, field.SignedIn, 403},
		{"an admitted reader waits for the agreement", floorListing, field.NDA, minh, field.Enquiry, 403},
		{"who signed the agreement opens it", floorListing, field.NDA, minh, field.NDA, 200},
		{"nobody is told of the owner's own", floorListing, field.OwnerOnly, minh, field.NDA, 404},
		{"a draft's document does not exist for others", draft, field.Public, minh, field.SignedIn, 404},
		{"the owner opens all", draft, field.OwnerOnly, lan, field.OwnerOnly, 200},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := level(record.Attachment{Level: c.a}, c.l, c.who, c.at); got != c.want {
				t.Errorf("got %d, want %d", got, c.want)
			}
		})
	}
}
