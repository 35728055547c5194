package deal_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// BenchmarkRooms has a hundred deal rooms at once, in each of which the sides act ten times a second
// for some seconds: messages, offers and withdrawals. It tells how long an act takes from when it was
// due until it is kept, so that one that had to wait for others counts its waiting.
func BenchmarkRooms(b *testing.B) {
	const rooms, each, seconds = 100, 10, 5
	for range b.N {
		d := dbtest.Open(b, "sqlite", schemas...)
		m := open(b, d, false)
		m.x.Tell = nil
		many := slices.Clone(deal.Settings)
		many[3].Usual = 2 * rooms // enquiries of an organisation in 30 days
		m.x.Settings = record.NewSettings(many...)
		ids := make([]string, rooms)
		for i := range ids {
			m.another(false)
			ids[i] = m.begun()
		}
		var mutex sync.Mutex
		var took []time.Duration
		var all sync.WaitGroup
		begin := time.Now().Add(100 * time.Millisecond)
		for i, id := range ids {
			all.Add(1)
			go func() {
				defer all.Done()
				for n := range each * seconds {
					due := begin.Add(time.Duration(n)*time.Second/each + time.Duration(i)*time.Second/each/rooms)
					time.Sleep(time.Until(due))
					if err := d.Update(b.Context(), func(tx *db.Tx) error { return m.one(tx, id, n) }); err != nil {
						b.Error(err)
						return
					}
					mutex.Lock()
					took = append(took, time.Since(due))
					mutex.Unlock()
				}
			}()
		}
		all.Wait()
		slices.Sort(took)
		b.ReportMetric(float64(len(took))/time.Since(begin).Seconds(), "acts/s")
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50_ms")
		b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95_ms")
		b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99_ms")
	}
}

// one is the n-th act in a room.
func (m *market) one(tx *db.Tx, id string, n int) error {
	who := []account.Actor{exchangetest.Lan, buyer}[n%2]
	r, err := deal.Enter(tx, who, id)
	if err != nil {
		return err
	}
	if n%10 == 4 {
		_, err := m.x.Offer(tx, who, r, offered(int64(n), int64(n%7)), "", when.Day{})
		return err
	}
	return m.x.Write(tx, who, r, deal.Entry{Kind: "message", Words: "Chúng tôi xem lại và trả lời trong tuần này."}, n%3 == 0)
}
