//go:build linux

package app_test

import (
	"bytes"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/intake"
	"chonoi/internal/exchange/match"
	"chonoi/internal/lang"
	"chonoi/internal/search"
)

const catalogueRows = 12_615

// BenchmarkImport imports a foreign catalogue into an empty exchange that is open to readers: rows,
// ledger and search index, until the last row can be found.
func BenchmarkImport(b *testing.B) {
	file := newMould(b).catalogue(catalogueRows)
	measure(b, func(int) {
		b.StopTimer()
		h := openHouse(b, b.TempDir())
		if err := h.Build(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
		h.Follow()
		b.StartTimer()
		table, err := document.OpenTable("catalogue.jsonl", bytes.NewReader(file), document.Options{})
		if err != nil {
			b.Fatal(err)
		}
		in := intake.File{Batch: exchange.Batch{Actor: "import", Source: "catalogue"}, Table: table,
			Mapping: document.GuessMapping(table.Columns(), intake.Targets(h.Exchange.Offers, h.Words))}
		counts, err := intake.TakeIn(b.Context(), h.DB, h.Exchange.Offers, in)
		if err != nil || counts.New != catalogueRows {
			b.Fatalf("%+v, %v", counts, err)
		}
		for h.Index.Load().Len() < catalogueRows {
			time.Sleep(time.Millisecond)
		}
		b.StopTimer()
		table.Close()
		h.Close()
		b.StartTimer()
	})
	b.ReportMetric(catalogueRows*float64(b.N)/b.Elapsed().Seconds(), "listings/s")
}

// BenchmarkLargeExchange measures an exchange of 100,000 listings, a fifth of them with all facts in
// both tongues; of 10,000 when the tests are short.
func BenchmarkLargeExchange(b *testing.B) {
	n := 100_000
	if testing.Short() {
		n = 10_000
	}
	folder, program := b.TempDir(), buildProgram(b, b.TempDir())
	h := openHouse(b, folder)
	newMould(b).fill(b, h, n)
	ask(b, h, n/500)
	if err := h.Close(); err != nil {
		b.Fatal(err)
	}
	b.Run("start", func(b *testing.B) { startHouse(b, folder) })
	b.Run("memory", func(b *testing.B) { memory(b, program, folder) })
	s, err := openHouse(b, folder).OpenDoors(b.Context(), nil)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	b.Run("match all", func(b *testing.B) { matchAll(b, s) })
	pages := measuredPages(s)
	for _, p := range pages {
		b.Run("inside/"+p.name, func(b *testing.B) { inside(b, s, p.paths) })
	}
	s.Index.Store(search.New()) // the next ones are asked of another process
	server, addr := serveFolder(b, program, folder)
	for _, p := range pages {
		b.Run("loopback/"+p.name, func(b *testing.B) { loopback(b, server, addr, p.paths) })
	}
}

// matchAll measures what `chonoi match --all` does once the index stands: every need against every
// offer, with reasons.
func matchAll(b *testing.B, s *app.Server) {
	needs := 0
	measure(b, func(int) {
		needs = 0
		err := s.Matches.All(b.Context(), s.DB, account.Actor{}, match.Asking{}, nil, func(*db.Tx, *match.Party, []match.Match) error {
			needs++
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	})
	b.ReportMetric(float64(needs), "needs")
}

// startHouse measures the start until people can come in: database opened, index built.
func startHouse(b *testing.B, folder string) {
	measure(b, func(int) {
		h := openHouse(b, folder)
		if _, err := h.OpenDoors(b.Context(), nil); err != nil {
			b.Fatal(err)
		}
		b.StopTimer()
		b.ReportMetric(float64(h.Index.Load().Bytes())/1e6, "index_MB")
		h.Close()
		b.StartTimer()
	})
}

// memory measures the program itself, just started.
func memory(b *testing.B, program, folder string) {
	for b.Loop() {
		server, _ := serveFolder(b, program, folder)
		now, most := memoryOf(b, server.Process.Pid)
		b.ReportMetric(now, "MB")
		b.ReportMetric(most, "most_MB")
		_ = server.Process.Kill()
		_ = server.Wait()
	}
}

// serveFolder starts the program on a folder and returns once it serves.
func serveFolder(b *testing.B, program, folder string) (*exec.Cmd, string) {
	b.Helper()
	addr := freeAddress(b)
	server := exec.Command(program, "serve", "--data", folder, "--addr", addr)
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		b.Fatal(err)
	}
	server.Stderr = null
	start(b, server)
	return server, addr
}

// measuredPage is a kind of page with the addresses that are asked for in turn.
type measuredPage struct {
	name  string
	paths []string
}

func measuredPages(s *app.Server) []measuredPage {
	found := s.Index.Load().Search(search.Query{Sort: search.ByNewest, Limit: 1000, Facets: []string{}})
	r := rand.New(rand.NewPCG(5, 6))
	var offers, searches, needs, matches []string
	for _, hit := range s.Index.Load().Search(search.Query{Filters: map[string][]string{"kind": {"need"}}, Sort: search.ByNewest, Limit: 20, Facets: []string{}}).Hits {
		needs = append(needs, "/needs/"+hit.ID)
		matches = append(matches, "/needs/"+hit.ID+"/matches")
	}
	for _, hit := range found.Hits[:256] {
		if hit.Kind == "offer" {
			offers = append(offers, "/offers/"+hit.ID)
		}
	}
	for i := range 64 {
		row := asked[i%len(asked)]
		words := strings.Fields(row)
		at := r.IntN(len(words) - 1)
		text := strings.Join(words[at:min(at+2+r.IntN(3), len(words))], " ")
		if i%2 == 1 {
			text = lang.Fold(text)
		}
		searches = append(searches, "/search?q="+url.QueryEscape(text))
	}
	return []measuredPage{{"home", []string{"/", "/en/"}}, {"search", searches}, {"filtered", []string{"/search?kind=offer&trl_band=7_9&sort=price"}},
		{"everything", []string{"/search"}}, {"offer", offers}, {"need", needs}, {"matches", matches}}
}

// asked are what people might type.
var asked = []string{"máy sấy xoài bơm nhiệt", "xử lý nước thải ao cá tra", "máy bay phun thuốc trên ruộng lúa", "cảm biến độ mặn cho tôm",
	"phân hữu cơ từ bùn ao", "bao bì từ rơm rạ", "phần mềm truy xuất nguồn gốc sầu riêng", "kho lạnh chạy điện mặt trời"}

// inside measures pages within the process, one after the other: what the server itself needs.
func inside(b *testing.B, s *app.Server, paths []string) {
	handler := s.Web.Handler()
	measure(b, func(i int) {
		r := httptest.NewRequest(http.MethodGet, paths[i%len(paths)], nil)
		r.Header.Set("Accept-Encoding", "gzip")
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		if w.Code != http.StatusOK {
			b.Fatalf("%s: %d", r.URL, w.Code)
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
}

// loopback measures pages of the program by eight readers at a time over the loopback interface.
// The readers share the processors with it.
func loopback(b *testing.B, server *exec.Cmd, addr string, paths []string) {
	readers := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 8}, Timeout: time.Minute}
	var next atomic.Int64
	var mu sync.Mutex
	var all []time.Duration
	before := timeOf(b, server.Process.Pid)
	b.SetParallelism(4)
	b.RunParallel(func(pb *testing.PB) {
		var own []time.Duration
		for pb.Next() {
			began := time.Now()
			answer, err := readers.Get("http://" + addr + paths[int(next.Add(1))%len(paths)])
			if err != nil {
				b.Error(err)
				return
			}
			_, err = io.Copy(io.Discard, answer.Body)
			answer.Body.Close()
			if err != nil || answer.StatusCode != http.StatusOK {
				b.Errorf("status %d, %v", answer.StatusCode, err)
				return
			}
			own = append(own, time.Since(began))
		}
		mu.Lock()
		all = append(all, own...)
		mu.Unlock()
	})
	slices.Sort(all)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "pages/s")
	b.ReportMetric((timeOf(b, server.Process.Pid)-before).Seconds()*1000/float64(b.N), "server_cpu_ms/op")
	b.ReportMetric(all[len(all)/2].Seconds()*1000, "p50_ms")
	b.ReportMetric(all[len(all)*95/100].Seconds()*1000, "p95_ms")
}
