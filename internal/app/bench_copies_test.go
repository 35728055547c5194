//go:build linux

package app_test

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/likeness"
	"chonoi/internal/lang"
)

// BenchmarkCopies looks for copies of one listing among 100,000 (10,000 when the tests are short):
// of listings of the exchange that are told once more with other words, and of listings of the seed
// city that stand there in Vietnamese and are told in English. Beside it stands a table of the
// smallest hashes of runs of words (MinHash), the other way to find what is worth comparing.
func BenchmarkCopies(b *testing.B) {
	n := 100_000
	if testing.Short() {
		n = 10_000
	}
	h := openHouse(b, b.TempDir())
	b.Cleanup(func() { h.Close() })
	m := newMould(b)
	m.fill(b, h, n)
	m.translated(b, h)
	if err := h.Build(b.Context(), nil); err != nil {
		b.Fatal(err)
	}
	told, foreign := toldAgain(b, h, m, n)
	b.Run("in one language", func(b *testing.B) { lookForCopies(b, h, told) })
	b.Run("across languages", func(b *testing.B) { lookForCopies(b, h, foreign) })
	b.Run("minhash", func(b *testing.B) { minhash(b, h, told) })
}

// again is a listing that is told once more, and the id of the one that stands already.
type again struct {
	offer    *exchange.Offer
	original string
}

// translated puts the seed city's offers on the floor, in Vietnamese only.
func (m *mould) translated(tb testing.TB, h *app.House) {
	tb.Helper()
	var rows []exchange.Incoming
	for i, row := range m.rows {
		one := exchange.Incoming{Number: i + 1, External: row["title_en"][0], Values: map[string][]string{}}
		for name, texts := range row {
			if tongue, ok := tongueOf(name); !ok || tongue == "vi" {
				one.Values[name] = texts
			}
		}
		rows = append(rows, one)
	}
	err := h.DB.Update(tb.Context(), func(tx *db.Tx) error {
		counts, amiss, err := h.Exchange.Offers.Import(tx, exchange.Batch{Actor: "import", Source: "translated"}, rows)
		if err == nil && counts.New != len(rows) {
			err = fmt.Errorf("%+v, %+v", counts, amiss[0])
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
}

func toldAgain(tb testing.TB, h *app.House, m *mould, n int) (told, foreign []again) {
	tb.Helper()
	r := rand.New(rand.NewPCG(7, 7))
	err := h.DB.View(tb.Context(), func(tx *db.Tx) error {
		for len(told) < 200 {
			found, err := h.Exchange.Offers.Kind.Find(tx, "WHERE source = 'measured' AND external_id = ?", m.listing(r.IntN(n)).External)
			if err != nil {
				return err
			}
			o := *found[0]
			o.ID, o.Owner = "none", "other"
			for _, text := range []*lang.Both{&o.Title, &o.Summary, &o.Desc, &o.Problem, &o.Advantage} {
				text.Vi, text.En = reworded(r, text.Vi, m.words["vi"]), reworded(r, text.En, m.words["en"])
			}
			told = append(told, again{&o, found[0].ID})
		}
		for _, row := range m.rows {
			found, err := h.Exchange.Offers.Kind.Find(tx, "WHERE source = 'translated' AND external_id = ?", row["title_en"][0])
			if err != nil || len(found) == 0 {
				return err
			}
			o := &exchange.Offer{}
			o.ID = "none"
			o.Title.En, o.Summary.En, o.Problem.En, o.Advantage.En = row["title_en"][0], row["summary_en"][0], row["problem_en"][0], row["advantage_en"][0]
			foreign = append(foreign, again{o, found[0].ID})
		}
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return told, foreign
}

// reworded gives one word of five another word.
func reworded(r *rand.Rand, text string, spare []string) string {
	words := strings.Fields(text)
	for i := range words {
		if r.IntN(5) == 0 {
			words[i] = spare[r.IntN(len(spare))]
		}
	}
	return strings.Join(words, " ")
}

func lookForCopies(b *testing.B, h *app.House, all []again) {
	found, looked := 0, 0
	var times []time.Duration
	measure(b, func(i int) {
		one := all[i%len(all)]
		start := time.Now()
		err := h.DB.View(b.Context(), func(tx *db.Tx) error {
			copies, err := h.Exchange.Offers.Copies(tx, one.offer)
			if slices.ContainsFunc(copies, func(c exchange.Copy[exchange.Offer]) bool { return c.Other.ID == one.original }) {
				found++
			}
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
		looked++
		times = append(times, time.Since(start))
	})
	slices.Sort(times)
	b.ReportMetric(float64(found)/float64(looked), "found")
	b.ReportMetric(times[len(times)*95/100].Seconds()*1000, "p95_ms")
}

// The table holds so many of the smallest hashes of each listing.
const smallest = 48

func sketch(text string) []uint32 {
	words := likeness.Words(text)
	var all []uint32
	for i := 0; i+3 <= len(words); i++ {
		f := fnv.New32a()
		_, _ = f.Write([]byte(strings.Join(words[i:i+3], " ")))
		all = append(all, f.Sum32()*2654435761)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return all[:min(smallest, len(all))]
}

func textOf(o *exchange.Offer) string {
	text := ""
	for _, both := range []lang.Both{o.Title, o.Summary, o.Desc, o.Problem, o.Advantage} {
		text += both.Vi + "\n" + both.En + "\n"
	}
	return text
}

// minhash measures the table alone: making the sketch and counting who shares how many hashes.
func minhash(b *testing.B, h *app.House, all []again) {
	var table []uint64
	var ids []string
	start := time.Now()
	err := h.DB.View(b.Context(), func(tx *db.Tx) error {
		return h.Exchange.Offers.Kind.Each(tx, func(o *exchange.Offer) error {
			for _, hash := range sketch(textOf(o)) {
				table = append(table, uint64(hash)<<32|uint64(len(ids)))
			}
			ids = append(ids, o.ID)
			return nil
		}, "")
	})
	if err != nil {
		b.Fatal(err)
	}
	slices.Sort(table)
	b.Logf("the table: %s, %d MB", time.Since(start), len(table)*8>>20)
	found, looked := 0, 0
	measure(b, func(i int) {
		counts := map[uint32]int{}
		for _, hash := range sketch(textOf(all[i%len(all)].offer)) {
			at, _ := slices.BinarySearch(table, uint64(hash)<<32)
			for ; at < len(table) && uint32(table[at]>>32) == hash; at++ {
				counts[uint32(table[at])]++
			}
		}
		var near []uint32
		for id := range counts {
			near = append(near, id)
		}
		slices.SortFunc(near, func(a, b uint32) int { return cmp.Or(counts[b]-counts[a], cmp.Compare(a, b)) })
		looked++
		for _, id := range near[:min(8, len(near))] {
			if ids[id] == all[i%len(all)].original {
				found++
			}
		}
	})
	b.ReportMetric(float64(found)/float64(looked), "found")
}
