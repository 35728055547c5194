package deal

import (
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// surveyMonths is after how many months from the complete hand-over the receiver is asked what became of
// the technology. Source: domain requirements of the exchange, after-sale.
var surveyMonths = []int64{6, 12, 24}

// Survey is what the receiver says of the technology some months after the hand-over.
type Survey struct {
	Months    int64
	DueOn     when.Day
	At        int64 // 0 while it is not answered
	By        account.ID
	Producing bool // in production
	Since     when.Day
	Revenue   int64 // of what is made with it, in the twelve months before, whole đồng
	Jobs      int64 // at work with it
	Words     string
}

// Surveys returns the surveys of a deal whose hand-over is complete, with their answers.
func Surveys(tx *db.Tx, d *Deal) (all []*Survey, err error) {
	if d.State != Completed || d.Ended.Zero() {
		return nil, nil
	}
	for _, months := range surveyMonths {
		all = append(all, &Survey{Months: months, DueOn: d.Ended.AddMonths(int(months))})
	}
	return all, surveysKept(tx, d.ID, all)
}

const (
	mostRevenue = 1_000_000_000_000_000
	mostJobs    = 1_000_000
)

// Answer answers a survey whose day has come, for the receiver. It may be answered anew until the next
// survey's day; the first answer that says so is the step into production.
func (x *Deals) Answer(tx *db.Tx, a account.Actor, r *Room, s Survey) error {
	if err := receiver(a, r); err != nil {
		return err
	}
	all, err := Surveys(tx, r.Deal)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(all, func(one *Survey) bool { return one.Months == s.Months })
	if i < 0 {
		return found()
	}
	today := when.DayOf(tx.Now)
	if today.Before(all[i].DueOn) || i+1 < len(all) && !today.Before(all[i+1].DueOn) {
		return fault.New(fault.Conflict, "deal.survey_closed")
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	if s.Producing {
		happened(tx, f, "since", s.Since, when.Day{}, "")
	} else {
		s.Since = when.Day{}
		if s.Words == "" {
			f.At("words", "deal.why_not_producing")
		}
	}
	if s.Revenue < 0 || s.Revenue > mostRevenue {
		f.At("revenue", "terms.out_of_range", "Most", int64(mostRevenue))
	}
	if s.Jobs < 0 || s.Jobs > mostJobs {
		f.At("jobs", "terms.out_of_range", "Most", int64(mostJobs))
	}
	atMost(f, "words", s.Words, longestNote)
	if err := f.OrNil(); err != nil {
		return err
	}
	first := s.Producing && !slices.ContainsFunc(all, func(one *Survey) bool { return one.At > 0 && one.Producing })
	s.At, s.By = when.Micro(tx.Now), a.ID
	if err := x.step(tx, a, r, "survey", Entry{About: number(s.Months)}, nil); err != nil {
		return err
	}
	if err := keepSurvey(tx, r.ID, &s); err != nil {
		return err
	}
	if !first {
		return nil
	}
	return x.step(tx, a, r, "in_production", Entry{Held: s.Since}, nil)
}

// Review is what a side says of the other when the deal is over. The sides read each other's only when
// both have written, or thirty days after the first: nobody answers to what he read.
type Review struct {
	Side    Side  // that wrote it
	AsTold  int64 // 1 to 5: the technology, or the partner's readiness, was as told
	InTime  int64 // 1 to 5
	Support int64 // 1 to 5
	Again   bool  // would deal with the other again
	Words   string
	At      int64
	By      account.ID
}

// reviewDays is after how many days a review opens although the other side wrote none.
const reviewDays = 30

// Reviews returns the reviews of a deal that who entered may read: his side's own, and the other's once
// it is open. Those of the exchange read what is open.
func Reviews(tx *db.Tx, r *Room) (all []*Review, err error) {
	every, err := reviewsOf(tx, r.ID)
	if err != nil {
		return nil, err
	}
	for _, one := range every {
		open := len(every) == 2 || when.Time(one.At).AddDate(0, 0, reviewDays).Before(tx.Now)
		if open || one.Side == r.Side {
			all = append(all, one)
		}
	}
	return all, nil
}

// Judge writes one's own side's review of the other, once.
func (x *Deals) Judge(tx *db.Tx, a account.Actor, r *Room, v Review) error {
	if !r.Acts(a) {
		return notYours()
	}
	every, err := reviewsOf(tx, r.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(every, func(one *Review) bool { return one.Side == r.Side }) {
		return fault.New(fault.Conflict, "deal.reviewed")
	}
	f := fault.New(fault.Invalid, "deal.invalid")
	for name, n := range map[string]int64{"as_told": v.AsTold, "in_time": v.InTime, "support": v.Support} {
		if n < 1 || n > 5 {
			f.At(name, "field.needed")
		}
	}
	atMost(f, "words", v.Words, longestNote)
	if err := f.OrNil(); err != nil {
		return err
	}
	if err := x.step(tx, a, r, "review", Entry{}, nil); err != nil {
		return err
	}
	v.Side, v.At, v.By = r.Side, when.Micro(tx.Now), a.ID
	return addReview(tx, r.ID, &v)
}

// Standing is what others say of an organisation after their deals with it, as everybody may see it.
type Standing struct {
	Reviews int64
	Mean    int64 // of the three marks, in tenths
	Again   int64 // per cent who would deal with it again
}

// leastReviews is from how many reviews by different organisations on they are told: below, who wrote
// them could be known.
const leastReviews = 3

// StandingOf returns how an organisation stands with those who dealt with it; ok is false while fewer
// than three of them wrote a review that is open.
func StandingOf(tx *db.Tx, organisation string) (s Standing, ok bool, err error) {
	all, err := reviewsAbout(tx, organisation, when.Micro(tx.Now.AddDate(0, 0, -reviewDays)))
	if err != nil {
		return s, false, err
	}
	by, marks := map[string]bool{}, int64(0)
	for _, one := range all {
		by[one.by] = true
		marks += one.AsTold + one.InTime + one.Support
		if one.Again {
			s.Again++
		}
	}
	if len(by) < leastReviews {
		return Standing{}, false, nil
	}
	s.Reviews = int64(len(all))
	s.Mean = (marks*10 + s.Reviews*3/2) / (s.Reviews * 3)
	s.Again = (s.Again*100 + s.Reviews/2) / s.Reviews
	return s, true, nil
}
