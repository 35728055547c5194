package deal_test

import (
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// act is what somebody asks of a deal: offer, accept or withdraw a version.
type act struct {
	what string
	side int // 0 supplies, 1 receives
	n    int64
}

// table is what a deal is to whoever asks one thing after the other.
type table struct {
	last, agreed int64
	stands       [2]int64
}

// sequential says what a deal may answer, had all been asked one after the other.
var sequential = porcupine.Model{
	Init: func() any { return table{} },
	Step: func(state, input, output any) (bool, any) {
		s, in, n := state.(table), input.(act), output.(int64) // n is 0 where it was refused
		may := s.agreed == 0
		switch in.what {
		case "offer":
			if may && n > 0 {
				s.last++
				s.stands[in.side] = s.last
				return n == s.last, s
			}
		case "accept":
			if may = may && s.stands[1-in.side] == in.n; may && n > 0 {
				s.agreed = in.n
				return true, s
			}
		case "withdraw":
			if may = may && s.stands[in.side] == in.n; may && n > 0 {
				s.stands[in.side] = 0
				return true, s
			}
		}
		return !may && n == 0, s
	},
	DescribeOperation: func(input, output any) string { return fmt.Sprintf("%+v -> %d", input, output) },
}

// Offers, acceptances and withdrawals at the same time are as if they came one after the other: two
// sides that accept different versions at once never both win.
func TestOffersAndAcceptancesAtOnceAreAsOneAfterTheOther(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		agreed, m := 0, open(t, d, false)
		for range 12 {
			m.another(false)
			if m.race(t, m.begun()) {
				agreed++
			}
		}
		if agreed == 0 {
			t.Error("no deal was agreed on: nothing was tried")
		}
	}, schemas...)
}

// race has four people of each side act at the same time, and checks what they were answered.
func (m *market) race(t *testing.T, id string) (agreed bool) {
	var mutex sync.Mutex
	var history []porcupine.Operation
	digests := map[int64]string{}
	begin := time.Now()
	var all sync.WaitGroup
	for client := range 6 {
		all.Add(1)
		go func() {
			defer all.Done()
			side := client % 2
			who := []account.Actor{exchangetest.Lan, buyer}[side]
			for i := range 7 {
				mutex.Lock()
				last := int64(len(digests))
				a := act{[]string{"offer", "accept", "withdraw", "accept"}[rand.IntN(4)], side, 0}
				if last == 0 || i == 0 {
					a.what = "offer"
				} else if a.what != "offer" {
					a.n = max(1, last-rand.Int64N(3))
				}
				digest := digests[a.n]
				mutex.Unlock()
				called := time.Since(begin)
				n, kept, err := m.do(who, id, a, digest, int64(client*100+i+1))
				returned := time.Since(begin)
				if err != nil {
					switch fault.KindOf(err) {
					case fault.Conflict, fault.Forbidden, fault.NotFound:
					default:
						t.Errorf("%+v: %v", a, err)
					}
				}
				mutex.Lock()
				if kept != "" {
					digests[n] = kept
				}
				if a.what != "offer" && digest == "" {
					mutex.Unlock()
					continue // a version that is known to nobody yet
				}
				history = append(history, porcupine.Operation{ClientId: client, Input: a, Call: called.Nanoseconds(), Output: n, Return: returned.Nanoseconds()})
				agreed = agreed || a.what == "accept" && n > 0
				mutex.Unlock()
			}
		}()
	}
	all.Wait()
	if result, _ := porcupine.CheckOperationsVerbose(sequential, history, time.Minute); result != porcupine.Ok {
		t.Errorf("%s: %+v", result, history)
	}
	return agreed
}

// do asks something of a deal; what is refused returns 0.
func (m *market) do(who account.Actor, id string, a act, digest string, sum int64) (n int64, kept string, err error) {
	err = m.d.Update(m.Context(), func(tx *db.Tx) error {
		r, err := deal.Enter(tx, who, id)
		if err != nil {
			return err
		}
		switch n = a.n; a.what {
		case "offer":
			one := offered(sum, 0)
			_, kept = one.Write()
			n, err = m.x.Offer(tx, who, r, one, "", when.Day{})
		case "accept":
			err = m.x.AcceptTerms(tx, who, r, a.n, digest)
		case "withdraw":
			err = m.x.WithdrawOffer(tx, who, r, a.n, digest)
		}
		return err
	})
	if err != nil {
		return 0, "", err
	}
	return n, kept, nil
}
