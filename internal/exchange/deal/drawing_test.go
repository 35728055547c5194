package deal_test

import (
	"flag"
	"testing"

	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/exchangetest"
)

var redraw = flag.Bool("redraw", false, "write the drawings of the tables of moves into docs")

// The drawings in the docs are the tables of moves of the program, not of somebody's memory.
func TestTheDrawingsAreTheTablesOfMoves(t *testing.T) {
	for name, d := range map[string]struct {
		states []string
		moves  []deal.Move
	}{
		"enquiry": {[]string{deal.Screening, deal.Delivered, deal.Questioned, deal.Agreed, deal.Opened, deal.Declined, deal.Refused, deal.Withdrawn, deal.Lapsed}, deal.EnquiryMoves()},
		"deal":    {[]string{deal.Begun, deal.Evaluating, deal.Negotiating, deal.TermsAgreed, deal.Approval, deal.Drafting, deal.Licence, deal.Due, deal.Filed, deal.Incomplete, deal.Effective, deal.Performing, deal.Disputed, deal.Completed, deal.Terminated, deal.Blocked, deal.Stopped}, deal.DealMoves()},
	} {
		var arrows []exchangetest.Arrow
		for _, m := range d.moves {
			arrows = append(arrows, exchangetest.Arrow{Act: m.Act, By: m.By, To: m.To, From: m.From})
		}
		exchangetest.Drawing(t, name, d.states, arrows, *redraw)
	}
}
