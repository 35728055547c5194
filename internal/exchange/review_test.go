package exchange

import (
	"slices"
	"testing"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/search"
	"chonoi/internal/when"
)

// The desk: two officers and a supervisor of the department, officers of two other bodies, and one
// who belongs to the firm that posts.
var (
	an   = officer("an", "so-khcn", account.Officer)
	binh = officer("binh", "so-khcn", account.Officer)
	cuc  = officer("cuc", "so-khcn", account.Supervisor)
	dung = officer("dung", "so-nong-nghiep", account.Supervisor)
	em   = officer("em", "so-nong-nghiep", account.Officer)
	hoa  = officer("hoa", "song-hau", account.Officer)
)

func officer(id account.ID, unit string, role account.Role) account.Actor {
	return account.Actor{ID: id, Name: string(id), Roles: []account.Role{role}, Memberships: []account.Membership{{Organisation: unit}}}
}

// desk opens an exchange whose officers belong to units, and keeps which letters were sent.
func desk(t *testing.T, d *db.DB) (*Exchange, *[]string) {
	t.Helper()
	x, letters, index := floor(t, d), &[]string{}, search.New()
	x.Index = func() *search.Index { return index }
	x.Units = func(_ *db.Tx, id account.ID) ([]string, error) {
		for _, o := range []account.Actor{an, binh, cuc, dung, em, hoa} {
			if o.ID == id {
				return []string{o.Memberships[0].Organisation}, nil
			}
		}
		return nil, nil
	}
	x.Tell = func(_ *db.Tx, organisation, letter string, _ ...any) error {
		*letters = append(*letters, organisation+" "+letter)
		return nil
	}
	return x, letters
}

// handedIn is an offer that waits for its first review.
func handedIn(t *testing.T, d *db.DB, x *Exchange, more typed) *Offer {
	t.Helper()
	given := wholeOffer()
	for name, texts := range more {
		given[name] = texts
	}
	o := begun(t, d, x, given)
	update(t, d, func(tx *db.Tx) error {
		if _, _, err := x.Offers.Edit(tx, lan, o.ID, o.Version, given.given); err != nil { // only an edit reads who is anonymous
			return err
		}
		return x.Offers.Submit(tx, lan, o.ID)
	})
	return o
}

// passing is a verdict in which everything holds.
func passing(x *Exchange, class string) Verdict {
	v := Verdict{Class: class}
	for _, item := range x.Codes.Of("checklist_offer") {
		v.Checked = append(v.Checked, item.Code)
	}
	return v
}

// judged does acts of the desk in turn, each in its own transaction.
func judged(t *testing.T, d *db.DB, x *Exchange, who account.Actor, id, act string, v Verdict) {
	t.Helper()
	update(t, d, func(tx *db.Tx) error { return x.Offers.Judge(tx, who, id, act, v) })
}

func notJudged(t *testing.T, d *db.DB, x *Exchange, who account.Actor, id, act string, v Verdict, kind fault.Kind) *fault.Fault {
	t.Helper()
	return refused(t, d, kind, func(tx *db.Tx) error { return x.Offers.Judge(tx, who, id, act, v) })
}

func queued(t *testing.T, d *db.DB, x *Exchange, queue string) (all []Waiting) {
	t.Helper()
	err := d.View(t.Context(), func(tx *db.Tx) (err error) { all, err = x.Queue(tx, queue, "", "", 10); return err })
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestAnOfficerTakesAListingUpAndPublishesIt(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, letters := desk(t, d)
		o := handedIn(t, d, x, nil)
		waits := queued(t, d, x, QueueFirst)
		if len(waits) != 1 || waits[0].ID != o.ID || waits[0].Title.Vi != o.Title.Vi || waits[0].Owner != "song-hau" || waits[0].Due.Zero() {
			t.Fatalf("%+v", waits)
		}
		notJudged(t, d, x, an, o.ID, "publication", passing(x, "free"), fault.Conflict) // nobody has taken it up
		judged(t, d, x, an, o.ID, "taking_up", Verdict{})
		if waits = queued(t, d, x, QueueFirst); waits[0].Officer != "an" || now(t, d, x, o.ID).State != Checking {
			t.Errorf("%+v", waits)
		}
		f := notJudged(t, d, x, an, o.ID, "publication", Verdict{Checked: []string{"complete"}}, fault.Invalid)
		if len(f.Fields) != len(x.Codes.Of("checklist_offer")) { // all items but one, and the class
			t.Errorf("%+v", f.Fields)
		}
		notJudged(t, d, x, an, o.ID, "publication", passing(x, "banned"), fault.Invalid)
		judged(t, d, x, an, o.ID, "publication", passing(x, "free"))
		got := now(t, d, x, o.ID)
		if got.State != Published || got.Class != "free" || got.Published.IsZero() || got.Expires.Zero() || got.Confirmed == "" {
			t.Errorf("%+v", got.Listing)
		}
		if !slices.Equal(*letters, []string{"song-hau listing_published"}) || len(queued(t, d, x, QueueFirst)) != 0 {
			t.Error(*letters)
		}
		err := d.View(t.Context(), func(tx *db.Tx) error {
			done, inTime, err := Promise(tx, when.Micro(tx.Now.Add(-time.Hour)))
			if done != 1 || inTime != 1 {
				t.Errorf("promise %d of %d", inTime, done)
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	}, schemas...)
}

func TestAReturnNeedsAReasonFromTheListAndOtherNeedsWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, letters := desk(t, d)
		o := handedIn(t, d, x, nil)
		judged(t, d, x, an, o.ID, "taking_up", Verdict{})
		for _, one := range []struct {
			v     Verdict
			field string
		}{{Verdict{Note: "Sửa lại"}, "reasons"}, {Verdict{Reasons: []string{"bad_mood"}}, "reasons"}, {Verdict{Reasons: []string{"other"}}, "note"}, {Verdict{Reasons: []string{"other"}, Note: " \t"}, "note"}} {
			f := notJudged(t, d, x, an, o.ID, "return", one.v, fault.Invalid)
			if len(f.Fields) != 1 || f.Fields[0].Field != one.field {
				t.Errorf("%+v: %v", one.v, f.Fields)
			}
		}
		judged(t, d, x, binh, o.ID, "return", Verdict{Reasons: []string{"duplicate", "other"}, Note: "Xem tin cũ"})
		var past []Review
		update(t, d, func(tx *db.Tx) (err error) { past, err = ReviewsOf(tx, "offer", o.ID); return err })
		if len(past) != 1 || past[0].Outcome != "returned" || past[0].Officer != "binh" || past[0].Note != "Xem tin cũ" || len(past[0].Reasons) != 2 {
			t.Errorf("%+v", past)
		}
		if now(t, d, x, o.ID).State != Returned || len(*letters) != 1 {
			t.Error(*letters)
		}
		update(t, d, func(tx *db.Tx) error { return x.Offers.Submit(tx, lan, o.ID) })
		if len(queued(t, d, x, QueueFirst)) != 1 {
			t.Error("what was mended waits again")
		}
	}, schemas...)
}

func TestFourEyesOfAnotherUnitSeeAHighReadiness(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := desk(t, d)
		o := handedIn(t, d, x, typed{"trl": {"8"}, "trl_evidence_vi": {"Chạy 14 tháng tại 3 xưởng"}})
		judged(t, d, x, an, o.ID, "taking_up", Verdict{})
		judged(t, d, x, an, o.ID, "publication", passing(x, "free"))
		if got := now(t, d, x, o.ID); got.State != SecondReview || !got.Published.IsZero() || got.Class != "free" {
			t.Fatalf("%+v", got.Listing)
		}
		if len(queued(t, d, x, QueueFirst)) != 0 || len(queued(t, d, x, QueueSecond)) != 1 {
			t.Error("the second review is not in its queue")
		}
		second := passing(x, "")
		if f := notJudged(t, d, x, an, o.ID, "publication", second, fault.Forbidden); f.Key != "review.four_eyes" {
			t.Error(f.Key)
		}
		if f := notJudged(t, d, x, binh, o.ID, "publication", second, fault.Forbidden); f.Key != "review.other_unit" {
			t.Error(f.Key)
		}
		notJudged(t, d, x, binh, o.ID, "return", Verdict{Reasons: []string{"duplicate"}}, fault.Forbidden)
		judged(t, d, x, em, o.ID, "publication", second)
		if got := now(t, d, x, o.ID); got.State != Published {
			t.Error(got.State)
		}
	}, schemas...)
}

func TestRestrictedOrUndeterminedTechnologyIsReferred(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := desk(t, d)
		for _, class := range []string{"restricted", "unknown"} {
			o := handedIn(t, d, x, nil)
			judged(t, d, x, an, o.ID, "taking_up", Verdict{})
			judged(t, d, x, an, o.ID, "publication", passing(x, class))
			if got := now(t, d, x, o.ID); got.State != SecondReview || got.Class != class {
				t.Errorf("%s: %s", class, got.State)
			}
		}
	}, schemas...)
}

func TestNobodyJudgesWhatTheirOwnOrganisationPosted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := desk(t, d)
		o := handedIn(t, d, x, typed{"trl": {"8"}, "trl_evidence_vi": {"Chạy 14 tháng"}})
		own := func(act string, v Verdict) {
			t.Helper()
			if f := notJudged(t, d, x, hoa, o.ID, act, v, fault.Forbidden); f.Key != "review.own_listing" {
				t.Errorf("%s: %s", act, f.Key)
			}
		}
		own("taking_up", Verdict{})
		judged(t, d, x, an, o.ID, "taking_up", Verdict{})
		own("publication", passing(x, "free")) // which would refer it
		own("return", Verdict{Reasons: []string{"duplicate"}})
		judged(t, d, x, an, o.ID, "publication", passing(x, "free"))
		judged(t, d, x, em, o.ID, "publication", passing(x, ""))
		own("suspension", Verdict{Note: "x"})
		update(t, d, func(tx *db.Tx) error {
			next, err := x.After(tx, hoa, QueueFirst, Waiting{})
			if next != nil {
				t.Errorf("offered %+v", next)
			}
			return err
		})
	}, schemas...)
}

func TestASuspendedListingIsReleasedOrBlockedBySomebodyElse(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, letters := desk(t, d)
		o := handedIn(t, d, x, nil)
		judged(t, d, x, an, o.ID, "taking_up", Verdict{})
		judged(t, d, x, an, o.ID, "publication", passing(x, "free"))
		notJudged(t, d, x, an, o.ID, "suspension", Verdict{}, fault.Invalid)
		judged(t, d, x, an, o.ID, "suspension", Verdict{Note: "Có khiếu nại"})
		if got := now(t, d, x, o.ID); got.State != Suspended || got.Floor() || len(queued(t, d, x, QueueSuspended)) != 1 {
			t.Error(got.State)
		}
		judged(t, d, x, binh, o.ID, "release", Verdict{})
		if got := now(t, d, x, o.ID); got.State != Published {
			t.Error(got.State)
		}
		judged(t, d, x, cuc, o.ID, "suspension", Verdict{Note: "Nghi công nghệ cấm"})
		notJudged(t, d, x, an, o.ID, "block", Verdict{Note: "Cấm"}, fault.Forbidden)  // no supervisor
		notJudged(t, d, x, cuc, o.ID, "block", Verdict{Note: "Cấm"}, fault.Forbidden) // suspended it
		notJudged(t, d, x, dung, o.ID, "block", Verdict{}, fault.Invalid)
		judged(t, d, x, dung, o.ID, "block", Verdict{Note: "Cấm theo phụ lục III"})
		got := now(t, d, x, o.ID)
		if got.State != Blocked || got.Class != "banned" || len(queued(t, d, x, QueueSecond)) != 0 {
			t.Errorf("%s %s", got.State, got.Class)
		}
		notJudged(t, d, x, dung, o.ID, "release", Verdict{}, fault.Conflict)
		if !slices.Contains(*letters, "song-hau listing_suspended") {
			t.Error(*letters)
		}
		var past []Review
		update(t, d, func(tx *db.Tx) (err error) { past, err = ReviewsOf(tx, "offer", o.ID); return err })
		if past[0].Outcome != "blocked" || past[0].Officer != "dung" || past[0].Note != "Cấm theo phụ lục III" {
			t.Errorf("%+v", past)
		}
	}, schemas...)
}

func TestASupervisorBlocksInTheSecondReview(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := desk(t, d)
		o := handedIn(t, d, x, nil)
		judged(t, d, x, an, o.ID, "taking_up", Verdict{})
		judged(t, d, x, an, o.ID, "publication", passing(x, "restricted"))
		notJudged(t, d, x, em, o.ID, "block", Verdict{Note: "Cấm"}, fault.Forbidden)
		notJudged(t, d, x, cuc, o.ID, "block", Verdict{Note: "Cấm"}, fault.Forbidden) // of the first reviewer's unit
		judged(t, d, x, dung, o.ID, "block", Verdict{Note: "Cấm"})
		if got := now(t, d, x, o.ID); got.State != Blocked {
			t.Error(got.State)
		}
	}, schemas...)
}

func TestAReauditIsPassedOnceItIsOpen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := desk(t, d)
		o := handedIn(t, d, x, nil)
		judged(t, d, x, an, o.ID, "taking_up", Verdict{})
		judged(t, d, x, an, o.ID, "publication", passing(x, "free"))
		notJudged(t, d, x, em, o.ID, "reaudit", passing(x, ""), fault.Conflict)
		update(t, d, func(tx *db.Tx) error { return openReview(tx, "offer", o.ID, "reaudit", reviewDue(tx)) })
		judged(t, d, x, em, o.ID, "reaudit", passing(x, ""))
		if len(queued(t, d, x, QueueReaudit)) != 0 || now(t, d, x, o.ID).State != Published {
			t.Error("the re-audit is not over")
		}
	}, schemas...)
}

func TestProofsThatRunOutComeOnTheDesk(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		x, _ := desk(t, d)
		o := handedIn(t, d, x, nil)
		judged(t, d, x, an, o.ID, "taking_up", Verdict{})
		judged(t, d, x, an, o.ID, "publication", passing(x, "free"))
		update(t, d, func(tx *db.Tx) error {
			for _, days := range []int{-40, -2, 10, 90} {
				c := &record.Claim{Kind: "offer", Record: o.ID, Claim: "trl", Proof: "officer", Statement: lang.Both{Vi: "x"}, Until: when.DayOf(tx.Now).AddDays(days)}
				if err := record.CopyClaim(tx, "an", c); err != nil {
					return err
				}
			}
			loads, err := x.Loads(tx)
			if loads[QueueClaims] != (Load{2, 1}) {
				t.Errorf("%+v", loads[QueueClaims])
			}
			return err
		})
		if all := queued(t, d, x, QueueClaims); len(all) != 2 || all[0].Claim != "trl" || !all[0].Due.Before(all[1].Due) {
			t.Errorf("%+v", all)
		}
	}, schemas...)
}

func TestAClockCountsTheWholeDueDay(t *testing.T) {
	at := time.Date(2026, 11, 20, 21, 10, 0, 0, when.Zone)
	today := when.Day{Year: 2026, Month: 11, Date: 20}
	for _, one := range []struct {
		due   when.Day
		clock Clock
		light string
	}{
		{today.AddDays(-1), Clock{Late: true, Days: 1}, "late"},
		{today, Clock{Hours: 2}, "risk"},
		{today.AddDays(1), Clock{Days: 1}, "risk"},
		{today.AddDays(2), Clock{Days: 2}, "run"},
	} {
		if c := ClockOf(at, one.due); c != one.clock || c.Light() != one.light {
			t.Errorf("%s: %+v %s", one.due, c, c.Light())
		}
	}
}
