package intake

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/document"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/fault"
	"chonoi/internal/file"
	"chonoi/internal/job"
)

// gate is an exchange that takes files in.
type gate struct {
	t *testing.T
	importer
}

func openGate(t *testing.T, d *db.DB) gate {
	t.Helper()
	if err := job.Migrate(t.Context(), d); err != nil {
		t.Fatal(err)
	}
	files, err := file.InFolder(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	g := New(exchangetest.Open(t, d), files.Aside("imports"))
	g.beat = 20 * time.Millisecond // an import of some thousand rows is not over before it is asked to stop
	return gate{t, g.importer(d, exchangetest.Words(t))}
}

func (g gate) send(source, name, text string) string {
	g.t.Helper()
	id, err := g.g.PutAside(g.t.Context(), g.d, g.words, exchangetest.Clerk.ID, Sent{Kind: "offer", Source: source, Name: name, Data: strings.NewReader(text)})
	if err != nil {
		g.t.Fatal(err)
	}
	return id
}

func (g gate) get(id string) (run *Run) {
	g.t.Helper()
	err := g.d.View(g.t.Context(), func(tx *db.Tx) (err error) {
		run, err = runOf(tx, id)
		return err
	})
	if err != nil {
		g.t.Fatal(err)
	}
	return run
}

// start starts a run and does the work that was left for it.
func (g gate) start(id string, dry bool) *Run {
	g.t.Helper()
	exchangetest.Update(g.t, g.d, func(tx *db.Tx) error { return g.g.StartRun(tx, exchangetest.Clerk.ID, id, dry) })
	if err := g.run(g.t.Context(), id); err != nil {
		g.t.Fatal(err)
	}
	return g.get(id)
}

func (g gate) offers() (n int) {
	g.t.Helper()
	err := g.d.View(g.t.Context(), func(tx *db.Tx) error { return tx.QueryRow("SELECT count(*) FROM offer").Scan(&n) })
	if err != nil {
		g.t.Fatal(err)
	}
	return n
}

const fewRows = "Mã tin,Tên gọi,TRL,Ghi chú\nA-1,Máy sấy xoài năng lượng mặt trời,6,x\nA-2,Máy bóc vỏ tôm,mười hai,x\n,Tin không mã,5,x\nA-4,Giống lúa chịu mặn,5,x\n"

// mapped is the mapping that an officer chooses for fewRows.
var mapped = map[string]string{"Mã tin": "id", "Tên gọi": "title_vi", "TRL": "trl"}

func (g gate) choose(id string, remember bool) {
	g.t.Helper()
	exchangetest.Update(g.t, g.d, func(tx *db.Tx) error { return g.g.MapRun(tx, g.words, exchangetest.Clerk.ID, id, mapped, remember) })
}

func TestAFileIsPutAsideMappedCountedAndImportedWithItsBadRowsBeside(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := openGate(t, d)
		id := g.send("Thư viện", "tin.csv", fewRows)
		run := g.get(id)
		if run.State != RunReady || len(run.Head.Columns) != 4 || len(run.Head.Samples) != 3 || run.Head.Samples[0][1] != "Máy sấy xoài năng lượng mặt trời" || g.offers() != 0 {
			t.Fatalf("%+v", run)
		}
		g.choose(id, true)
		run = g.start(id, true)
		if run.State != RunTried || run.Counts != (exchange.Counts{New: 2, Bad: 2}) || g.offers() != 0 {
			t.Fatalf("a count gave %s %+v and left %d offers", run.State, run.Counts, g.offers())
		}
		run = g.start(id, false)
		if run.State != RunDone || run.Counts != (exchange.Counts{New: 2, Bad: 2}) || run.Done != run.Bytes || g.offers() != 2 {
			t.Fatalf("the import gave %s %+v %d of %d", run.State, run.Counts, run.Done, run.Bytes)
		}
		g.badRows(id, 2)
		var by string
		_ = d.View(t.Context(), func(tx *db.Tx) error {
			return tx.QueryRow("SELECT created_by FROM offer WHERE external_id = 'A-1'").Scan(&by)
		})
		if by != string(exchangetest.Clerk.ID) {
			t.Errorf("the listing stands under the name of %q", by)
		}
		if again := g.start(id, false); again.Counts != (exchange.Counts{Same: 2, Bad: 2}) || g.offers() != 2 {
			t.Errorf("a second import gave %+v", again.Counts)
		}
		next := g.get(g.send("Thư viện", "tin-2.csv", fewRows))
		if next.Mapping.Columns["Tên gọi"] != "title_vi" {
			t.Errorf("the mapping of the source was not kept: %v", next.Mapping)
		}
	}, exchangetest.Schemas...)
}

// badRows opens the workbook of bad rows as its reader would.
func (g gate) badRows(id string, want int) {
	g.t.Helper()
	book, err := g.g.aside.Fetch(g.t.Context(), errorsName(id))
	if err != nil {
		g.t.Fatal(err)
	}
	defer book.Close()
	table, err := document.OpenTable("errors.xlsx", book, document.Options{})
	if err != nil {
		g.t.Fatal(err)
	}
	defer table.Close()
	n := 0
	for ; ; n++ {
		if _, err := table.Next(); err != nil {
			break
		}
	}
	if n != want {
		g.t.Errorf("%d bad rows in the workbook, want %d", n, want)
	}
}

func TestARunWithoutAnIdColumnOrWithAColumnTwiceIsNotStarted(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := openGate(t, d)
		id := g.send("Nguồn", "tin.csv", "Tên công nghệ,Khác\nMáy sấy,x\n")
		exchangetest.Refused(t, d, fault.Invalid, func(tx *db.Tx) error { return g.g.StartRun(tx, exchangetest.Clerk.ID, id, false) })
		f := exchangetest.Refused(t, d, fault.Invalid, func(tx *db.Tx) error {
			return g.g.MapRun(tx, g.words, exchangetest.Clerk.ID, id, map[string]string{"Tên công nghệ": "id", "Khác": "id"}, false)
		})
		if f.Fields[0].Field != "map.1" {
			t.Errorf("amiss at %v", f.Fields)
		}
		for name, in := range map[string]Sent{
			"source": {Kind: "offer", Data: strings.NewReader(fewRows)},
			"kind":   {Source: "x", Data: strings.NewReader(fewRows)},
			"file":   {Kind: "offer", Source: "x", Name: "a.xlsx", Data: strings.NewReader("PK\x03\x04 no workbook")},
			"owner":  {Kind: "offer", Source: "x", Owner: "Không Có Tên Này", Data: strings.NewReader(fewRows)},
		} {
			_, err := g.g.PutAside(t.Context(), d, g.words, exchangetest.Clerk.ID, in)
			if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Field != name {
				t.Errorf("%s: %v", name, err)
			}
		}
		left := 0
		err := g.g.aside.Each(t.Context(), func(string, int64, time.Time) error { left++; return nil })
		if left != 1 || err != nil {
			t.Errorf("%d files are left, %v", left, err)
		}
	}, exchangetest.Schemas...)
}

// manyRows is a file of some batches.
func manyRows(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"M-%d","title_vi":"Máy số %d","summary_vi":"Tóm tắt"}`+"\n", i, i)
	}
	return b.String()
}

// untilSome waits until the run has told of rows that came in.
func (g gate) untilSome(id string) {
	g.t.Helper()
	clock := time.NewTicker(5 * time.Millisecond)
	defer clock.Stop()
	for g.get(id).New == 0 {
		select {
		case <-clock.C:
		case <-g.t.Context().Done():
			g.t.Fatal("no row came in")
		}
	}
}

func TestARunningImportIsStoppedAndStartedAgainWithoutLoss(t *testing.T) {
	const rows = 8000
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := openGate(t, d)
		id := g.send("Lớn", "tin.jsonl", manyRows(rows))
		exchangetest.Update(t, d, func(tx *db.Tx) error { return g.g.StartRun(tx, exchangetest.Clerk.ID, id, false) })
		ended := make(chan error, 1)
		go func() { ended <- g.run(t.Context(), id) }()
		g.untilSome(id)
		exchangetest.Refused(t, d, fault.Conflict, func(tx *db.Tx) error { return g.g.StartRun(tx, exchangetest.Clerk.ID, id, false) })
		exchangetest.Update(t, d, func(tx *db.Tx) error { return g.g.StopRun(tx, exchangetest.Clerk.ID, id) })
		if err := <-ended; err != nil {
			t.Fatal(err)
		}
		run, kept := g.get(id), g.offers()
		if run.State != RunStopped || kept == 0 || kept >= rows {
			t.Fatalf("%s with %d offers", run.State, kept)
		}
		if run = g.start(id, false); run.State != RunDone || run.Same != kept || run.New != rows-kept || g.offers() != rows {
			t.Errorf("started again: %s %+v", run.State, run.Counts)
		}
	}, exchangetest.Schemas...)
}

func TestAnImportThatIsBrokenOffIsInterruptedAndGoesOn(t *testing.T) {
	const rows = 8000
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := openGate(t, d)
		id := g.send("Lớn", "tin.jsonl", manyRows(rows))
		exchangetest.Update(t, d, func(tx *db.Tx) error { return g.g.StartRun(tx, exchangetest.Clerk.ID, id, false) })
		server, down := context.WithCancel(t.Context())
		ended := make(chan error, 1)
		go func() { ended <- g.run(server, id) }()
		g.untilSome(id)
		down()
		if err := <-ended; err == nil {
			t.Error("a broken-off import is not tried again")
		}
		if run := g.get(id); run.State != RunInterrupted {
			t.Errorf("it is %s", run.State)
		}
		if err := g.run(t.Context(), id); err != nil { // the next try of the same work
			t.Fatal(err)
		}
		if run := g.get(id); run.State != RunDone || g.offers() != rows {
			t.Errorf("%s with %d offers", run.State, g.offers())
		}
	}, exchangetest.Schemas...)
}

func TestARunWhoseServerDiedIsInterruptedAndStartedAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := openGate(t, d)
		id := g.send("Chết", "tin.csv", fewRows)
		g.choose(id, false)
		exchangetest.Update(t, d, func(tx *db.Tx) error { return g.g.StartRun(tx, exchangetest.Clerk.ID, id, false) })
		var dead *Run
		exchangetest.Update(t, d, func(tx *db.Tx) (err error) { dead, err = claimRun(tx, id); return err })
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE import_run SET seen_at = seen_at - ? WHERE id = ?", runSilence.Microseconds()+1_000_000, id)
			return err
		})
		if state := g.get(id).StateAt(time.Now()); state != RunInterrupted {
			t.Errorf("it is %s", state)
		}
		if run := g.start(id, false); run.State != RunDone || run.New != 2 {
			t.Errorf("%s %+v", run.State, run.Counts)
		}
		exchangetest.Update(t, d, func(tx *db.Tx) error {
			if _, ours, err := beatRun(tx, dead, reach{}); ours || err != nil {
				t.Errorf("the dead one still has the run: %v", err)
			}
			return storeRunEnd(tx, dead, RunFailed, reach{}, nil)
		})
		if run := g.get(id); run.State != RunDone {
			t.Errorf("the dead one made it %s", run.State)
		}
		var left []job.Row
		_ = d.View(t.Context(), func(tx *db.Tx) (err error) { left, err = job.List(tx, job.Waiting, 10); return err })
		if len(left) != 3 || left[0].Name != string(exchange.CompareListings) || left[1].Name != "exchange.import" {
			t.Errorf("left work: %+v", left)
		}
		if err := g.run(t.Context(), id); err != nil || g.get(id).Try != 2 {
			t.Errorf("work that was left twice is done twice: %v", err)
		}
	}, exchangetest.Schemas...)
}

func TestAnImportOfAKilledServerIsTakenUpByAnotherButNotForEver(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := openGate(t, d)
		id := g.send("Chết", "tin.csv", fewRows)
		g.choose(id, false)
		exchangetest.Update(t, d, func(tx *db.Tx) error { return g.g.StartRun(tx, exchangetest.Clerk.ID, id, false) })
		left := func() int {
			exchangetest.Update(t, d, Resume)
			exchangetest.Update(t, d, Resume) // the next minute, while the first waits
			return len(jobsLeft(t, d))
		}
		die := func() { // in the middle of the work, without a word
			exchangetest.Update(t, d, func(tx *db.Tx) error {
				if _, err := claimRun(tx, id); err != nil {
					return err
				}
				_, err := tx.Exec("UPDATE import_run SET seen_at = seen_at - ? WHERE id = ?", runSilence.Microseconds()+1_000_000, id)
				return err
			})
		}
		if n := left(); n != 1 {
			t.Fatalf("a run that waits has %d jobs", n)
		}
		die()
		if n := left(); n != 2 {
			t.Fatalf("a run whose server died has %d jobs", n)
		}
		if err := g.run(t.Context(), id); err != nil || g.get(id).State != RunDone || g.get(id).New != 2 {
			t.Errorf("taken up: %s %+v, %v", g.get(id).State, g.get(id).Counts, err)
		}
		exchangetest.Update(t, d, func(tx *db.Tx) error { return g.g.StartRun(tx, exchangetest.Clerk.ID, id, false) })
		for range mostTakes {
			die()
		}
		before := len(jobsLeft(t, d))
		if n := left(); n != before {
			t.Errorf("a run that kills its servers is taken up for the %dth time", mostTakes+1)
		}
		if run := g.start(id, false); run.State != RunDone || run.Same != 2 {
			t.Errorf("started by a person: %s %+v", run.State, run.Counts)
		}
	}, exchangetest.Schemas...)
}

func jobsLeft(t *testing.T, d *db.DB) (rows []job.Row) {
	t.Helper()
	_ = d.View(t.Context(), func(tx *db.Tx) (err error) { rows, err = job.List(tx, job.Waiting, 100); return err })
	return rows
}

func TestAFileThatIsGoneEndsTheRunWithAWordWhy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := openGate(t, d)
		id := g.send("Mất", "tin.csv", fewRows)
		g.choose(id, false)
		if err := g.g.makeRoom(t.Context(), time.Now().Add(keepPutAside+time.Hour)); err != nil {
			t.Fatal(err)
		}
		if run := g.start(id, false); run.State != RunFailed || run.Amiss == nil || run.Amiss.Key != "import.file_gone" {
			t.Errorf("%s %v", run.State, run.Amiss)
		}
	}, exchangetest.Schemas...)
}
