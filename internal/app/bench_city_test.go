//go:build linux

package app_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/registry"
)

// mould makes listings from the seed city's: in each text of one of them, half of the phrases of six
// words give way to a phrase of another, and one word in sixteen to any word. So no two are the
// same, and words, and pairs of words, are about as frequent as in speech.
type mould struct {
	rows  []map[string][]string
	words map[string][]string // by tongue, each as often as it is used
}

func newMould(tb testing.TB) *mould { return mouldOf(tb, "seed/offers_*.jsonl") }

func mouldOf(tb testing.TB, pattern string) *mould {
	tb.Helper()
	m := &mould{words: map[string][]string{}}
	files, err := filepath.Glob(pattern)
	if err != nil || len(files) == 0 {
		tb.Fatalf("the seed city is not there: %v", err)
	}
	for _, name := range files {
		raw, err := os.ReadFile(name)
		if err != nil {
			tb.Fatal(err)
		}
		lines := bufio.NewScanner(bytes.NewReader(raw))
		lines.Buffer(nil, 1<<20)
		for lines.Scan() {
			m.add(tb, lines.Bytes())
		}
	}
	return m
}

func (m *mould) add(tb testing.TB, line []byte) {
	tb.Helper()
	var told map[string]any
	if err := json.Unmarshal(line, &told); err != nil {
		tb.Fatal(err)
	}
	row := map[string][]string{}
	for name, v := range told {
		switch v := v.(type) {
		case string:
			row[name] = []string{v}
			if tongue, ok := tongueOf(name); ok {
				m.words[tongue] = append(m.words[tongue], strings.Fields(v)...)
			}
		case []any:
			for _, one := range v {
				if text, ok := one.(string); ok {
					row[name] = append(row[name], text)
				}
			}
		case float64:
			row[name] = []string{strconv.FormatFloat(v, 'f', -1, 64)}
		case bool:
			row[name] = []string{strconv.FormatBool(v)}
		}
	}
	if right, told := row["right"]; told {
		row["transfer_right"] = right
	}
	for _, other := range []string{"id", "organisation", "right", "claims", "price"} {
		delete(row, other)
	}
	row["price_kind"] = []string{"negotiable"}
	m.rows = append(m.rows, row)
}

// tongueOf returns vi or en for a column of texts.
func tongueOf(column string) (string, bool) {
	cut := strings.LastIndexByte(column, '_')
	tongue := column[cut+1:]
	return tongue, cut > 0 && (tongue == "vi" || tongue == "en")
}

// whole is the share of listings that were posted here, with all their facts in both tongues. The
// others came from catalogues: a title, a description of a hundred words and some codes, in one tongue.
const whole = 5

// listing returns the i-th listing.
func (m *mould) listing(i int) exchange.Incoming {
	r := rand.New(rand.NewPCG(uint64(i), 7))
	row := m.rows[r.IntN(len(m.rows))]
	one := exchange.Incoming{Number: i + 1, External: fmt.Sprintf("L%06d", i), Values: map[string][]string{}}
	if i%whole == 0 {
		for name, texts := range row {
			if tongue, ok := tongueOf(name); ok {
				texts = []string{m.vary(r, texts[0], tongue)}
			}
			one.Values[name] = texts
		}
		return one
	}
	tongue := []string{"vi", "en"}[i%2]
	title, text := m.vary(r, row["title_"+tongue][0], tongue), m.speech(r, 100, tongue)
	one.Values["title_"+tongue], one.Values["description_"+tongue] = []string{title}, []string{text}
	one.Values["summary_"+tongue] = []string{cut(text, 200)}
	for _, name := range []string{"subjects", "industries", "place", "keywords_" + tongue} {
		if texts, told := row[name]; told {
			one.Values[name] = texts
		}
	}
	return one
}

// speech is n words that follow each other as they do somewhere in the seed city, varied.
func (m *mould) speech(r *rand.Rand, n int, tongue string) string {
	all := m.words[tongue]
	at := r.IntN(len(all) - n)
	return m.vary(r, strings.Join(all[at:at+n], " "), tongue)
}

func (m *mould) vary(r *rand.Rand, text, tongue string) string {
	const phrase = 6
	words, all := strings.Fields(text), m.words[tongue]
	for at := 0; at < len(words); at += phrase {
		if r.IntN(2) == 0 {
			from := r.IntN(len(all) - phrase)
			copy(words[at:min(at+phrase, len(words))], all[from:from+phrase])
		}
	}
	for i := range words {
		if r.IntN(16) == 0 {
			words[i] = all[r.IntN(len(all))]
		}
	}
	return cut(strings.Join(words, " "), len(text))
}

// cut shortens a text to about as many bytes, for a column holds no more than its form takes.
func cut(text string, most int) string {
	for len(text) > most {
		at := strings.LastIndexByte(text, ' ')
		if at < 0 {
			break
		}
		text = text[:at]
	}
	return text
}

// catalogue writes n rows such as a foreign catalogue has: a title of a dozen words and a
// description of nearly two hundred, in English.
func (m *mould) catalogue(n int) []byte {
	var file bytes.Buffer
	out := json.NewEncoder(&file)
	for i := range n {
		r := rand.New(rand.NewPCG(uint64(i), 11))
		_ = out.Encode(map[string]any{"id": fmt.Sprintf("award-%d", i), "lang": "en", "title": m.speech(r, 12, "en"), "description": m.speech(r, 190, "en"),
			"year": 2000 + i%25, "agency": "DOE", "organisation": m.speech(r, 3, "en")})
	}
	return file.Bytes()
}

// openHouse opens a house in a folder, on SQLite.
func openHouse(tb testing.TB, folder string) *app.House {
	tb.Helper()
	c := app.Config{Data: folder, Addr: "127.0.0.1:0", Site: app.Site{NameVi: "Sàn đo", NameEn: "Measured exchange"}}
	c.Mail.From = "no-reply@chonoi.example"
	h, err := app.Open(tb.Context(), c, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		tb.Fatal(err)
	}
	return h
}

// fill puts n listings of two hundred organisations on the floor.
func (m *mould) fill(tb testing.TB, h *app.House, n int) {
	tb.Helper()
	const batch = 500
	var owners []string
	err := h.DB.Update(tb.Context(), func(tx *db.Tx) error {
		for i := range 200 {
			o := &registry.Organisation{Kind: "foreign_firm"}
			o.Name.Vi, o.Name.En = fmt.Sprintf("Tổ chức %d", i), fmt.Sprintf("Organisation %d", i)
			if err := registry.Found(tx, "system", o); err != nil {
				return err
			}
			owners = append(owners, o.ID)
		}
		return nil
	})
	for from := 0; err == nil && from < n; from += batch {
		rows := make([]exchange.Incoming, min(batch, n-from))
		for i := range rows {
			rows[i] = m.listing(from + i)
		}
		err = h.DB.Update(tb.Context(), func(tx *db.Tx) error {
			b := exchange.Batch{Actor: "import", Source: "measured", Owner: owners[from/batch%len(owners)]}
			counts, amiss, err := h.Exchange.Offers.Import(tx, b, rows)
			if err == nil && counts.New != len(rows) {
				err = fmt.Errorf("%+v, %+v", counts, amiss[0])
			}
			return err
		})
	}
	if err != nil {
		tb.Fatal(err)
	}
}

// ask puts n needs of one organisation on the floor, each with all its facts in both tongues.
func ask(tb testing.TB, h *app.House, n int) {
	tb.Helper()
	m := mouldOf(tb, "seed/needs_*.jsonl")
	rows := make([]exchange.Incoming, n)
	for i := range rows {
		rows[i] = m.listing(i * whole)
		rows[i].Number = i + 1
		delete(rows[i].Values, "price_kind")
	}
	err := h.DB.Update(tb.Context(), func(tx *db.Tx) error {
		o := &registry.Organisation{Kind: "foreign_firm"}
		o.Name.Vi, o.Name.En = "Bên cần", "Who needs"
		if err := registry.Found(tx, "system", o); err != nil {
			return err
		}
		counts, amiss, err := h.Exchange.Needs.Import(tx, exchange.Batch{Actor: "import", Source: "measured", Owner: o.ID}, rows)
		if err == nil && counts.New != len(rows) {
			err = fmt.Errorf("%+v, %+v", counts, amiss[0])
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// processorTime returns what this program has used of all processors.
func processorTime() time.Duration {
	var use syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &use) != nil {
		return 0
	}
	return time.Duration(use.Utime.Nano() + use.Stime.Nano())
}

// measure runs body in the benchmark's loop and reports the processor's time of one run.
func measure(b *testing.B, body func(i int)) {
	b.Helper()
	i, before := 0, processorTime()
	for b.Loop() {
		body(i)
		i++
	}
	b.ReportMetric((processorTime()-before).Seconds()*1000/float64(i), "cpu_ms/op")
}

// timeOf returns what another program has used of all processors, counted in hundredths of a second.
func timeOf(tb testing.TB, pid int) time.Duration {
	tb.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		tb.Fatal(err)
	}
	fields := strings.Fields(string(raw[bytes.LastIndexByte(raw, ')')+1:]))
	user, _ := strconv.ParseInt(fields[11], 10, 64)
	system, _ := strconv.ParseInt(fields[12], 10, 64)
	return time.Duration(user+system) * 10 * time.Millisecond
}

// memoryOf returns the MB of memory that another program holds now and held at most.
func memoryOf(tb testing.TB, pid int) (now, most float64) {
	tb.Helper()
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		tb.Fatal(err)
	}
	for line := range strings.Lines(string(raw)) {
		fields := strings.Fields(line)
		if len(fields) < 2 {
			continue
		}
		kb, _ := strconv.ParseFloat(fields[1], 64)
		switch fields[0] {
		case "VmRSS:":
			now = kb / 1000
		case "VmHWM:":
			most = kb / 1000
		}
	}
	return now, most
}
