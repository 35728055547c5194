package exchange_test

import (
	"slices"
	"testing"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

func notJudged(t *testing.T, d *db.DB, x *exchange.Exchange, who account.Actor, id, act string, v exchange.Verdict, kind fault.Kind) *fault.Fault {
	t.Helper()
	return exchangetest.Refused(t, d, kind, func(tx *db.Tx) error { return x.Offers.Judge(tx, who, id, act, v) })
}

func queued(t *testing.T, d *db.DB, x *exchange.Exchange, queue string) (all []exchange.Waiting) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) (err error) { all, err = x.Queue(tx, queue, "", "", 10); return err })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAnOfficerTakesAListingUpAndPublishesIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, letters := exchangetest.OpenDesk(t, d)
		o := exchangetest.HandedIn(t, d, x, nil)
		waits := queued(t, d, x, exchange.QueueFirst)
		if len(waits) != 1 || waits[0].ID != o.ID || waits[0].Title.Vi != o.Title.Vi || waits[0].Owner != "song-hau" || waits[0].Due.Zero() {
			t.Fatalf("%+v", waits)
		}
		notJudged(t, d, x, exchangetest.An, o.ID, "publication", exchangetest.Passing(x, "free"), fault.Conflict) // nobody has taken it up
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "taking_up", exchange.Verdict{})
		if waits = queued(t, d, x, exchange.QueueFirst); waits[0].Officer != "an" || exchangetest.Now(t, d, x, o.ID).State != exchange.Checking {
			t.Errorf("%+v", waits)
		}
		f := notJudged(t, d, x, exchangetest.An, o.ID, "publication", exchange.Verdict{Checked: []string{"complete"}}, fault.Invalid)
		if len(f.Fields) != len(x.Codes.Of("checklist_offer")) { // all items but one, and the class
			t.Errorf("%+v", f.Fields)
		}
		notJudged(t, d, x, exchangetest.An, o.ID, "publication", exchangetest.Passing(x, "banned"), fault.Invalid)
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "publication", exchangetest.Passing(x, "free"))
		got := exchangetest.Now(t, d, x, o.ID)
		if got.State != exchange.Published || got.Class != "free" || got.Published.IsZero() || got.Expires.Zero() || got.Confirmed == "" {
			t.Errorf("%+v", got.Listing)
		}
		if !slices.Equal(*letters, []string{"song-hau listing_published"}) || len(queued(t, d, x, exchange.QueueFirst)) != 0 {
			t.Error(*letters)
		}
		err := d.View(t.Context(), func(tx *db.Tx) error {
			done, inTime, err := exchange.Promise(tx, when.Micro(tx.Now.Add(-time.Hour)))
			if done != 1 || inTime != 1 {
				t.Errorf("promise %d of %d", inTime, done)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}, exchangetest.Schemas...)
}

func TestAReturnNeedsAReasonFromTheListAndOtherNeedsWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, letters := exchangetest.OpenDesk(t, d)
		o := exchangetest.HandedIn(t, d, x, nil)
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "taking_up", exchange.Verdict{})
		for _, one := range []struct {
			v     exchange.Verdict
			field string
		}{{exchange.Verdict{Note: "Sửa lại"}, "reasons"}, {exchange.Verdict{Reasons: []string{"bad_mood"}}, "reasons"}, {exchange.Verdict{Reasons: []string{"other"}}, "note"}, {exchange.Verdict{Reasons: []string{"other"}, Note: " \t"}, "note"}} {
			f := notJudged(t, d, x, exchangetest.An, o.ID, "return", one.v, fault.Invalid)
			if len(f.Fields) != 1 || f.Fields[0].Field != one.field {
				t.Errorf("%+v: %v", one.v, f.Fields)
			}
		}
		exchangetest.Judged(t, d, x, exchangetest.Binh, o.ID, "return", exchange.Verdict{Reasons: []string{"duplicate", "other"}, Note: "Xem tin cũ"})
		var past []exchange.Review
		exchangetest.Update(t, d, func(tx *db.Tx) (err error) { past, err = exchange.ReviewsOf(tx, "offer", o.ID); return err })
		if len(past) != 1 || past[0].Outcome != "returned" || past[0].Officer != "binh" || past[0].Note != "Xem tin cũ" || len(past[0].Reasons) != 2 {
			t.Errorf("%+v", past)
		}
		if exchangetest.Now(t, d, x, o.ID).State != exchange.Returned || len(*letters) != 1 {
			t.Error(*letters)
		}
		exchangetest.Update(t, d, func(tx *db.Tx) error { return x.Offers.Submit(tx, exchangetest.Lan, o.ID) })
		if len(queued(t, d, x, exchange.QueueFirst)) != 1 {
			t.Error("what was mended waits again")
		}
	}, exchangetest.Schemas...)
}

func TestFourEyesOfAnotherUnitSeeAHighReadiness(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := exchangetest.OpenDesk(t, d)
		o := exchangetest.HandedIn(t, d, x, exchange.Typed{"trl": {"8"}, "trl_evidence_vi": {"Chạy 14 tháng tại 3 xưởng"}})
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "taking_up", exchange.Verdict{})
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "publication", exchangetest.Passing(x, "free"))
		if got := exchangetest.Now(t, d, x, o.ID); got.State != exchange.SecondReview || !got.Published.IsZero() || got.Class != "free" {
			t.Fatalf("%+v", got.Listing)
		}
		if len(queued(t, d, x, exchange.QueueFirst)) != 0 || len(queued(t, d, x, exchange.QueueSecond)) != 1 {
			t.Error("the second review is not in its queue")
		}
		second := exchangetest.Passing(x, "")
		if f := notJudged(t, d, x, exchangetest.An, o.ID, "publication", second, fault.Forbidden); f.Key != "review.four_eyes" {
			t.Error(f.Key)
		}
		if f := notJudged(t, d, x, exchangetest.Binh, o.ID, "publication", second, fault.Forbidden); f.Key != "review.other_unit" {
			t.Error(f.Key)
		}
		notJudged(t, d, x, exchangetest.Binh, o.ID, "return", exchange.Verdict{Reasons: []string{"duplicate"}}, fault.Forbidden)
		exchangetest.Judged(t, d, x, exchangetest.Em, o.ID, "publication", second)
		if got := exchangetest.Now(t, d, x, o.ID); got.State != exchange.Published {
			t.Error(got.State)
		}
	}, exchangetest.Schemas...)
}

func TestRestrictedOrUndeterminedTechnologyIsReferred(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := exchangetest.OpenDesk(t, d)
		for _, class := range []string{"restricted", "unknown"} {
			o := exchangetest.HandedIn(t, d, x, nil)
			exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "taking_up", exchange.Verdict{})
			exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "publication", exchangetest.Passing(x, class))
			if got := exchangetest.Now(t, d, x, o.ID); got.State != exchange.SecondReview || got.Class != class {
				t.Errorf("%s: %s", class, got.State)
			}
		}
	}, exchangetest.Schemas...)
}

func TestNobodyJudgesWhatTheirOwnOrganisationPosted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := exchangetest.OpenDesk(t, d)
		o := exchangetest.HandedIn(t, d, x, exchange.Typed{"trl": {"8"}, "trl_evidence_vi": {"Chạy 14 tháng"}})
		own := func(act string, v exchange.Verdict) {
			t.Helper()
			if f := notJudged(t, d, x, exchangetest.Hoa, o.ID, act, v, fault.Forbidden); f.Key != "review.own_listing" {
				t.Errorf("%s: %s", act, f.Key)
			}
		}
		own("taking_up", exchange.Verdict{})
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "taking_up", exchange.Verdict{})
		own("publication", exchangetest.Passing(x, "free")) // which would refer it
		own("return", exchange.Verdict{Reasons: []string{"duplicate"}})
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "publication", exchangetest.Passing(x, "free"))
		exchangetest.Judged(t, d, x, exchangetest.Em, o.ID, "publication", exchangetest.Passing(x, ""))
		own("suspension", exchange.Verdict{Note: "x"})
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			next, err := x.After(tx, exchangetest.Hoa, exchange.QueueFirst, exchange.Waiting{})
			if next != nil {
				t.Errorf("offered %+v", next)
			}
			return err
		})
	}, exchangetest.Schemas...)
}

func TestASuspendedListingIsReleasedOrBlockedBySomebodyElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, letters := exchangetest.OpenDesk(t, d)
		o := exchangetest.HandedIn(t, d, x, nil)
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "taking_up", exchange.Verdict{})
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "publication", exchangetest.Passing(x, "free"))
		notJudged(t, d, x, exchangetest.An, o.ID, "suspension", exchange.Verdict{}, fault.Invalid)
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "suspension", exchange.Verdict{Note: "Có khiếu nại"})
		if got := exchangetest.Now(t, d, x, o.ID); got.State != exchange.Suspended || got.Floor() || len(queued(t, d, x, exchange.QueueSuspended)) != 1 {
			t.Error(got.State)
		}
		exchangetest.Judged(t, d, x, exchangetest.Binh, o.ID, "release", exchange.Verdict{})
		if got := exchangetest.Now(t, d, x, o.ID); got.State != exchange.Published {
			t.Error(got.State)
		}
		exchangetest.Judged(t, d, x, exchangetest.Cuc, o.ID, "suspension", exchange.Verdict{Note: "Nghi công nghệ cấm"})
		notJudged(t, d, x, exchangetest.An, o.ID, "block", exchange.Verdict{Note: "Cấm"}, fault.Forbidden)  // no supervisor
		notJudged(t, d, x, exchangetest.Cuc, o.ID, "block", exchange.Verdict{Note: "Cấm"}, fault.Forbidden) // suspended it
		notJudged(t, d, x, exchangetest.Dung, o.ID, "block", exchange.Verdict{}, fault.Invalid)
		exchangetest.Judged(t, d, x, exchangetest.Dung, o.ID, "block", exchange.Verdict{Note: "Cấm theo phụ lục III"})
		got := exchangetest.Now(t, d, x, o.ID)
		if got.State != exchange.Blocked || got.Class != "banned" || len(queued(t, d, x, exchange.QueueSecond)) != 0 {
			t.Errorf("%s %s", got.State, got.Class)
		}
		notJudged(t, d, x, exchangetest.Dung, o.ID, "release", exchange.Verdict{}, fault.Conflict)
		if !slices.Contains(*letters, "song-hau listing_suspended") {
			t.Error(*letters)
		}
		var past []exchange.Review
		exchangetest.Update(t, d, func(tx *db.Tx) (err error) { past, err = exchange.ReviewsOf(tx, "offer", o.ID); return err })
		if past[0].Outcome != "blocked" || past[0].Officer != "dung" || past[0].Note != "Cấm theo phụ lục III" {
			t.Errorf("%+v", past)
		}
	}, exchangetest.Schemas...)
}

func TestASupervisorBlocksInTheSecondReview(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := exchangetest.OpenDesk(t, d)
		o := exchangetest.HandedIn(t, d, x, nil)
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "taking_up", exchange.Verdict{})
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "publication", exchangetest.Passing(x, "restricted"))
		notJudged(t, d, x, exchangetest.Em, o.ID, "block", exchange.Verdict{Note: "Cấm"}, fault.Forbidden)
		notJudged(t, d, x, exchangetest.Cuc, o.ID, "block", exchange.Verdict{Note: "Cấm"}, fault.Forbidden) // of the first reviewer's unit
		exchangetest.Judged(t, d, x, exchangetest.Dung, o.ID, "block", exchange.Verdict{Note: "Cấm"})
		if got := exchangetest.Now(t, d, x, o.ID); got.State != exchange.Blocked {
			t.Error(got.State)
		}
	}, exchangetest.Schemas...)
}

func TestAReauditIsPassedOnceItIsOpen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := exchangetest.OpenDesk(t, d)
		o := exchangetest.HandedIn(t, d, x, nil)
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "taking_up", exchange.Verdict{})
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "publication", exchangetest.Passing(x, "free"))
		notJudged(t, d, x, exchangetest.Em, o.ID, "reaudit", exchangetest.Passing(x, ""), fault.Conflict)
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			return exchange.OpenReview(tx, "offer", o.ID, "reaudit", exchange.ReviewDue(tx))
		})
		exchangetest.Judged(t, d, x, exchangetest.Em, o.ID, "reaudit", exchangetest.Passing(x, ""))
		if len(queued(t, d, x, exchange.QueueReaudit)) != 0 || exchangetest.Now(t, d, x, o.ID).State != exchange.Published {
			t.Error("the re-audit is not over")
		}
	}, exchangetest.Schemas...)
}

func TestProofsThatRunOutComeOnTheDesk(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := exchangetest.OpenDesk(t, d)
		o := exchangetest.HandedIn(t, d, x, nil)
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "taking_up", exchange.Verdict{})
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "publication", exchangetest.Passing(x, "free"))
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			for _, days := range []int{-40, -2, 10, 90} {
				c := &record.Claim{Kind: "offer", Record: o.ID, Claim: "trl", Proof: "officer", Statement: lang.Both{Vi: "x"}, Until: when.DayOf(tx.Now).AddDays(days)}
				if err := record.CopyClaim(tx, "an", c); err != nil {
					return err
				}
			}
			loads, err := x.Loads(tx)
			if loads[exchange.QueueClaims] != (exchange.Load{2, 1}) {
				t.Errorf("%+v", loads[exchange.QueueClaims])
			}
			return err
		})
		if all := queued(t, d, x, exchange.QueueClaims); len(all) != 2 || all[0].Claim != "trl" || !all[0].Due.Before(all[1].Due) {
			t.Errorf("%+v", all)
		}
	}, exchangetest.Schemas...)
}

func TestAClockCountsTheWholeDueDay(t *testing.T) {
	at := time.Date(2026, 11, 20, 21, 10, 0, 0, when.Zone)
	today := when.Day{Year: 2026, Month: 11, Date: 20}
	for _, one := range []struct {
		due   when.Day
		clock exchange.Clock
		light string
	}{
		{today.AddDays(-1), exchange.Clock{Late: true, Days: 1}, "late"},
		{today, exchange.Clock{Hours: 2}, "risk"},
		{today.AddDays(1), exchange.Clock{Days: 1}, "risk"},
		{today.AddDays(2), exchange.Clock{Days: 2}, "run"},
	} {
		if c := exchange.ClockOf(at, one.due); c != one.clock || c.Light() != one.light {
			t.Errorf("%s: %+v %s", one.due, c, c.Light())
		}
	}
}
