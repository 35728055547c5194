package route

import (
	"chonoi/internal/when"
)

// Dates is what is known of a contract's days; zero is not yet.
type Dates struct {
	Signed    when.Day
	Agreed    when.Day // on which the parties agreed that it takes effect
	Licensed  when.Day
	Certified when.Day // of the certificate of registration
	Performed when.Day // on which performance began
}

func (d Dates) of(name string) when.Day {
	switch name {
	case "licensed":
		return d.Licensed
	case "certified":
		return d.Certified
	case "agreed":
		return d.Agreed
	}
	return d.Signed
}

var dateNames = []string{"signed", "agreed", "licensed", "certified"}

// effect is one row of the rule of the effective date: which date counts on a route. The first row
// whose date is known decides; one that waits decides even before, so that nothing takes effect.
type effect struct {
	code     string
	outcomes []Outcome
	date     string
	waits    bool // without this date there is no effect
	unbegun  bool // only when performance had not begun by that date
	article  Article
}

// Effective returns the day on which the contract of a conclusion takes effect, and the article by
// which it does. No day means: not yet, and the article is the one that is waited for; a blocked
// transfer never takes effect and has no such article.
//
// Source: Law 07/2017/QH14, Art. 24, as the rows of the edition tell it on the conclusion's day.
func (l *Law) Effective(c Conclusion, d Dates) (when.Day, Article) {
	var last Article
	for _, e := range l.effective {
		if !has(e.outcomes, c.Outcome) || !e.article.ValidOn(c.Facts.Day) {
			continue
		}
		last = e.article
		day := d.of(e.date)
		if e.unbegun && !d.Performed.Zero() && !d.Performed.After(day) {
			continue
		}
		if !day.Zero() || e.waits {
			return day, e.article
		}
	}
	return when.Day{}, last
}
