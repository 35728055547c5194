package exchange

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/job"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/internal/search"
	"chonoi/internal/web"
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
	words, err := lang.Load(field.Texts, document.Texts, search.Texts, web.Texts, record.Texts, registry.Texts, Texts)
	if err != nil {
		t.Fatal(err)
	}
	x := floor(t, d)
	x.Imports = t.TempDir()
	return gate{t, x.importer(d, words)}
}

func (g gate) send(source, name, text string) string {
	g.t.Helper()
	id, err := g.x.PutAside(g.t.Context(), g.d, g.words, clerk.ID, ImportFile{Kind: "offer", Source: source, Name: name, Data: strings.NewReader(text)})
	if err != nil {
		g.t.Fatal(err)
	}
	return id
}

func (g gate) get(id string) (run *ImportRun) {
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
func (g gate) start(id string, dry bool) *ImportRun {
	g.t.Helper()
	update(g.t, g.d, func(tx *db.Tx) error { return g.x.StartRun(tx, clerk.ID, id, dry) })
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
	update(g.t, g.d, func(tx *db.Tx) error { return g.x.MapRun(tx, g.words, clerk.ID, id, mapped, remember) })
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
		if run.State != RunTried || run.Counts != (Counts{New: 2, Bad: 2}) || g.offers() != 0 {
			t.Fatalf("a count gave %s %+v and left %d offers", run.State, run.Counts, g.offers())
		}
		run = g.start(id, false)
		if run.State != RunDone || run.Counts != (Counts{New: 2, Bad: 2}) || run.Done != run.Bytes || g.offers() != 2 {
			t.Fatalf("the import gave %s %+v %d of %d", run.State, run.Counts, run.Done, run.Bytes)
		}
		g.badRows(id, 2)
		var by string
		_ = d.View(t.Context(), func(tx *db.Tx) error {
			return tx.QueryRow("SELECT created_by FROM offer WHERE external_id = 'A-1'").Scan(&by)
		})
		if by != string(clerk.ID) {
			t.Errorf("the listing stands under the name of %q", by)
		}
		if again := g.start(id, false); again.Counts != (Counts{Same: 2, Bad: 2}) || g.offers() != 2 {
			t.Errorf("a second import gave %+v", again.Counts)
		}
		next := g.get(g.send("Thư viện", "tin-2.csv", fewRows))
		if next.Mapping.Columns["Tên gọi"] != "title_vi" {
			t.Errorf("the mapping of the source was not kept: %v", next.Mapping)
		}
	}, schemas...)
}

// badRows opens the workbook of bad rows as its reader would.
func (g gate) badRows(id string, want int) {
	g.t.Helper()
	book, err := os.Open(g.x.errorsPath(id))
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
		refused(t, d, fault.Invalid, func(tx *db.Tx) error { return g.x.StartRun(tx, clerk.ID, id, false) })
		f := refused(t, d, fault.Invalid, func(tx *db.Tx) error {
			return g.x.MapRun(tx, g.words, clerk.ID, id, map[string]string{"Tên công nghệ": "id", "Khác": "id"}, false)
		})
		if f.Fields[0].Field != "map.1" {
			t.Errorf("amiss at %v", f.Fields)
		}
		for name, in := range map[string]ImportFile{
			"source": {Kind: "offer", Data: strings.NewReader(fewRows)},
			"kind":   {Source: "x", Data: strings.NewReader(fewRows)},
			"file":   {Kind: "offer", Source: "x", Name: "a.xlsx", Data: strings.NewReader("PK\x03\x04 no workbook")},
			"owner":  {Kind: "offer", Source: "x", Owner: "Không Có Tên Này", Data: strings.NewReader(fewRows)},
		} {
			_, err := g.x.PutAside(t.Context(), d, g.words, clerk.ID, in)
			if f, ok := fault.As(err); !ok || len(f.Fields) != 1 || f.Fields[0].Field != name {
				t.Errorf("%s: %v", name, err)
			}
		}
		if left, _ := os.ReadDir(g.x.Imports); len(left) != 1 {
			t.Errorf("%d folders are left", len(left))
		}
	}, schemas...)
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
	clock := time.NewTicker(20 * time.Millisecond)
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
		update(t, d, func(tx *db.Tx) error { return g.x.StartRun(tx, clerk.ID, id, false) })
		ended := make(chan error, 1)
		go func() { ended <- g.run(t.Context(), id) }()
		g.untilSome(id)
		refused(t, d, fault.Conflict, func(tx *db.Tx) error { return g.x.StartRun(tx, clerk.ID, id, false) })
		update(t, d, func(tx *db.Tx) error { return g.x.StopRun(tx, clerk.ID, id) })
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
	}, schemas...)
}

func TestAnImportThatIsBrokenOffIsInterruptedAndGoesOn(t *testing.T) {
	const rows = 8000
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := openGate(t, d)
		id := g.send("Lớn", "tin.jsonl", manyRows(rows))
		update(t, d, func(tx *db.Tx) error { return g.x.StartRun(tx, clerk.ID, id, false) })
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
	}, schemas...)
}

func TestARunWhoseServerDiedIsInterruptedAndStartedAtOnce(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := openGate(t, d)
		id := g.send("Chết", "tin.csv", fewRows)
		g.choose(id, false)
		update(t, d, func(tx *db.Tx) error { return g.x.StartRun(tx, clerk.ID, id, false) })
		var dead *ImportRun
		update(t, d, func(tx *db.Tx) (err error) { dead, err = claimRun(tx, id); return err })
		update(t, d, func(tx *db.Tx) error {
			_, err := tx.Exec("UPDATE import_run SET seen_at = seen_at - ? WHERE id = ?", runSilence.Microseconds()+1_000_000, id)
			return err
		})
		if state := g.get(id).StateAt(time.Now()); state != RunInterrupted {
			t.Errorf("it is %s", state)
		}
		if run := g.start(id, false); run.State != RunDone || run.New != 2 {
			t.Errorf("%s %+v", run.State, run.Counts)
		}
		update(t, d, func(tx *db.Tx) error {
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
		if len(left) != 2 || left[0].Name != "exchange.import" {
			t.Errorf("left work: %+v", left)
		}
		if err := g.run(t.Context(), id); err != nil || g.get(id).Try != 2 {
			t.Errorf("work that was left twice is done twice: %v", err)
		}
	}, schemas...)
}

func TestAFileThatIsGoneEndsTheRunWithAWordWhy(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		g := openGate(t, d)
		id := g.send("Mất", "tin.csv", fewRows)
		g.choose(id, false)
		long := time.Now().Add(-keepPutAside - time.Hour)
		if err := os.Chtimes(g.x.filePath(id), long, long); err != nil {
			t.Fatal(err)
		}
		g.send("Mới", "tin.csv", fewRows)
		if run := g.start(id, false); run.State != RunFailed || run.Amiss == nil || run.Amiss.Key != "import.file_gone" {
			t.Errorf("%s %v", run.State, run.Amiss)
		}
	}, schemas...)
}
