package sale_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/sale"
	"chonoi/internal/fault"
)

// attempt is a bid of somebody in an auction that begins at 100 with steps of 10.
type attempt struct {
	bidder int
	price  int64
}

type board struct {
	top    int64
	leader int
}

// sequential says what an auction may answer, had all been asked one after the other.
var sequential = porcupine.Model{
	Init: func() any { return board{leader: -1} },
	Step: func(state, input, output any) (bool, any) {
		b, in, taken := state.(board), input.(attempt), output.(bool)
		least := b.top + 10
		if b.leader < 0 {
			least = 100
		}
		may := in.bidder != b.leader && in.price >= least
		if may != taken {
			return false, b
		}
		if taken {
			b = board{in.price, in.bidder}
		}
		return true, b
	},
	DescribeOperation: func(input, output any) string { return fmt.Sprintf("%+v -> %v", input, output) },
}

// Bids at the same time are as if they came one after the other: each is above the one before by the
// step, and nobody outbids himself.
func TestBidsAtOnceAreAsOneAfterTheOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		for range 6 {
			h.another()
			id := h.sell(&sale.Sale{Mode: sale.Auction, Start: 100, Step: 10, Extension: 5})
			orgs := []string{"tay-do", "cai-khe", "ben-nuoc", "thoi-lai", "co-do"}
			var bidders []string
			for _, org := range orgs {
				bidders = append(bidders, h.bidder(id, org))
			}
			h.at(8, 1)
			if taken := h.race(id, orgs, bidders); taken < 3 {
				t.Errorf("%d bids were taken: nothing was tried", taken)
			}
		}
	}, schemas...)
}

// race has all bidders bid at once, and checks what they were answered and what is kept.
func (h *hall) race(id string, orgs, bidders []string) int {
	var mutex sync.Mutex
	var history []porcupine.Operation
	taken, begin := 0, time.Now()
	var all sync.WaitGroup
	for client := range orgs {
		all.Go(func() {
			for i := range 8 {
				in := attempt{client, 100 + int64(i)*20 + rand.Int64N(60)}
				called := time.Since(begin)
				err := h.d.Update(h.Context(), func(tx *db.Tx) error {
					tx.Now = h.now
					return h.bid(id, bidders[client], orgs[client], in.price)(tx)
				})
				returned := time.Since(begin)
				if err != nil && fault.KindOf(err) != fault.Conflict {
					h.Errorf("%+v: %v", in, err)
				}
				mutex.Lock()
				history = append(history, porcupine.Operation{ClientId: client, Input: in, Call: called.Nanoseconds(), Output: err == nil, Return: returned.Nanoseconds()})
				if err == nil {
					taken++
				}
				mutex.Unlock()
			}
		})
	}
	all.Wait()
	if result, _ := porcupine.CheckOperationsVerbose(sequential, history, time.Minute); result != porcupine.Ok {
		h.Errorf("%s: %+v", result, history)
	}
	h.update(func(tx *db.Tx) error {
		bids, err := sale.BidsOf(tx, id)
		s := h.whole(tx, id)
		if len(bids) != taken || int(s.Bids) != taken || taken > 0 && (bids[taken-1].Price != s.Top || bids[taken-1].Bidder != s.Leader) {
			h.Errorf("%d bids taken, kept %d; %+v", taken, len(bids), s)
		}
		for i := 1; i < len(bids); i++ {
			if bids[i].Price < bids[i-1].Price+10 || bids[i].Bidder == bids[i-1].Bidder {
				h.Errorf("after %+v came %+v", bids[i-1], bids[i])
			}
		}
		return err
	})
	return taken
}
