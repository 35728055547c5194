package deal

import (
	"slices"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

// silence is after how many days without a move the sides are asked what became of their deal.
var silence = []int{30, 60, 90}

// dealsAtOnce is how many deals one unit of the clock asks about.
const dealsAtOnce = 200

// AskSilent asks both sides of each open deal in which nothing moved for 30, 60 and 90 days what became
// of it, once at each step. It may run as often as one likes, and reports whether more waits.
func (x *Deals) AskSilent(tx *db.Tx) (more bool, err error) {
	for _, days := range slices.Backward(silence) {
		quiet, err := silentFor(tx, when.Micro(tx.Now.AddDate(0, 0, -days)), days, dealsAtOnce)
		if err != nil {
			return false, err
		}
		for _, d := range quiet {
			for _, step := range silence {
				if step <= days { // a step that was missed is not asked about afterwards
					if err := noteSilence(tx, d, step); err != nil {
						return false, err
					}
				}
			}
			for _, side := range []Side{Supplier, Receiver} {
				if err := x.tell(tx, d.Organisation(side), "deal_silent", "Number", d.Number, "N", days, "Path", "/deals/"+d.ID); err != nil {
					return false, err
				}
			}
		}
		more = more || len(quiet) == dealsAtOnce
	}
	return more, nil
}
