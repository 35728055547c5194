package app_test

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/db/dump"
	"chonoi/internal/fault"
	"chonoi/internal/file"
	"chonoi/internal/job"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
)

// furnished is a seed city with a file of a record, a file that an officer put aside, and work that waits.
func furnished(t *testing.T, engine string) (*app.House, app.Config) {
	t.Helper()
	c := empty(t, engine)
	c.Demo = true
	h, err := app.Open(t.Context(), c, slog.New(slog.DiscardHandler))
	must(t, err)
	t.Cleanup(func() { h.Close() })
	must(t, h.Seed(t.Context()))
	for i, text := range []string{"tên,năm\nSấy cá tra,2026\n", "tên,năm\nLọc nước,2025\n"} {
		stored, err := h.Files.Put(t.Context(), strings.NewReader(text), file.PutOptions{})
		must(t, err)
		must(t, h.DB.Update(t.Context(), func(tx *db.Tx) error {
			a := record.Attachment{Kind: "offer", Record: "o" + string(rune('1'+i)), Name: "Số liệu.csv"}
			return record.Attach(tx, "lan", &a, stored)
		}))
	}
	_, err = h.Files.Aside("imports").Keep(t.Context(), "0190/file", strings.NewReader("id,title\n1,Máy\n"), 100)
	must(t, err)
	must(t, h.DB.Update(t.Context(), func(tx *db.Tx) error {
		return job.At(tx, time.Now().Add(48*time.Hour), job.Name[string]("app.send_letter"), "thư")
	}))
	return h, c
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// contents are the rows of each table, sorted, and the work that is left.
func contents(t *testing.T, d *db.DB) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	must(t, d.View(t.Context(), func(tx *db.Tx) error {
		tables, err := dump.Tables(tx)
		if err != nil {
			return err
		}
		for _, table := range tables {
			slices.Sort(table.Columns)
			var text bytes.Buffer
			if _, err := dump.Write(tx, table, &text, nil); err != nil {
				return err
			}
			all[table.Name] = strings.Split(text.String(), "\n")
			slices.Sort(all[table.Name])
		}
		return job.EachLeft(tx, func(left job.Left) error {
			var arg any // an engine may write it with other spaces and in another order
			if err := json.Unmarshal(left.Arg, &arg); err != nil {
				return err
			}
			raw, err := json.Marshal(arg)
			if err != nil {
				return err
			}
			all["jobs"] = append(all["jobs"], left.Name+string(raw)+left.At.Truncate(time.Second).String())
			return nil
		})
	}))
	return all
}

// empty is a deployment without anything, on that engine.
func empty(t *testing.T, engine string) app.Config {
	t.Helper()
	c := app.Config{Data: t.TempDir(), Addr: "127.0.0.1:0", Site: app.Site{NameVi: "Sàn thử", NameEn: "Test exchange"}}
	c.Mail.From = "no-reply@chonoi.example"
	if engine != "sqlite" {
		c.Database = dbtest.Address(t, engine)
	}
	return c
}

func TestABackupIsRestoredOnEitherEngine(t *testing.T) {
	for _, from := range []string{"sqlite", "postgres"} {
		h, c := furnished(t, from)
		want := contents(t, h.DB)
		files := int64(2) // beside those of the seed's deals
		must(t, h.DB.View(t.Context(), func(tx *db.Tx) error {
			seeded := int64(0)
			err := tx.QueryRow(`SELECT count(DISTINCT sha256) FROM attachment WHERE id IN (SELECT attachment FROM deal_document)`).Scan(&seeded)
			files += seeded
			return err
		}))
		path := filepath.Join(t.TempDir(), "city.zip")
		last := int64(0)
		m, err := app.Backup(t.Context(), c, path, app.BackupOptions{}, func(done, all int64) {
			if done <= last || done > all {
				t.Errorf("step %d of %d after %d", done, all, last)
			}
			last = done
		})
		must(t, err)
		if int64(m.Files) != files || m.Imports != 1 || m.Jobs == 0 || m.Jobs != int64(len(want["jobs"])) || m.Rows["offer"] == 0 || m.Ledger.Entries == 0 || m.Ledger.Broken != 0 {
			t.Errorf("the manifest tells %d files of %d, %d imports, %d jobs, %+v", m.Files, files, m.Imports, m.Jobs, m.Ledger)
		}
		for _, to := range []string{"sqlite", "postgres"} {
			t.Run(from+" to "+to, func(t *testing.T) {
				target := empty(t, to)
				if to == from { // a first start is no hindrance
					first, err := app.Open(t.Context(), target, slog.New(slog.DiscardHandler))
					must(t, err)
					must(t, first.Close())
				}
				_, err := app.Restore(t.Context(), target, path, nil)
				must(t, err)
				restored, err := app.Open(t.Context(), target, slog.New(slog.DiscardHandler))
				must(t, err)
				defer restored.Close()
				if diff := cmp.Diff(want, contents(t, restored.DB)); diff != "" {
					t.Errorf("another content (-before +after):\n%s", diff[:min(len(diff), 2000)])
				}
				report, err := ledger.Verify(t.Context(), restored.DB, nil)
				if err != nil || report.Head != m.Ledger.Head {
					t.Errorf("the ledger is %+v, %v", report, err)
				}
				content, _, err := restored.Files.Aside("imports").Open(t.Context(), "0190/file")
				must(t, err)
				content.Close()
				err = restored.DB.View(t.Context(), func(tx *db.Tx) error {
					papers, err := record.Attachments(tx, "offer", "o2")
					if err != nil || len(papers) != 1 {
						t.Errorf("%d files, %v", len(papers), err)
						return err
					}
					content, size, err := restored.Files.Open(t.Context(), papers[0].SHA256)
					if err != nil || size != papers[0].Size {
						t.Errorf("a file of %d bytes, %v", size, err)
						return err
					}
					return content.Close()
				})
				must(t, err)
				if _, err := app.Restore(t.Context(), target, path, nil); fault.KindOf(err) != fault.Conflict {
					t.Errorf("restored over what is there: %v", err)
				}
			})
		}
	}
}

// rewritten is an archive with one part changed.
func rewritten(t *testing.T, path, part string, change func([]byte) []byte) string {
	t.Helper()
	in, err := zip.OpenReader(path)
	must(t, err)
	defer in.Close()
	to := filepath.Join(t.TempDir(), "changed.zip")
	file, err := os.Create(to)
	must(t, err)
	defer file.Close()
	out := zip.NewWriter(file)
	for _, one := range in.File {
		content, err := one.Open()
		must(t, err)
		raw, err := io.ReadAll(content)
		must(t, err)
		if one.Name == part {
			if raw = change(raw); raw == nil {
				continue
			}
		}
		w, err := out.Create(one.Name)
		must(t, err)
		_, err = w.Write(raw)
		must(t, err)
	}
	must(t, out.Close())
	return to
}

func TestAnArchiveThatIsNotWholeIsRefusedBeforeAnythingIsRestored(t *testing.T) {
	_, c := furnished(t, "sqlite")
	path := filepath.Join(t.TempDir(), "city.zip")
	_, err := app.Backup(t.Context(), c, path, app.BackupOptions{}, nil)
	must(t, err)
	whole, err := os.ReadFile(path)
	must(t, err)
	cut := filepath.Join(t.TempDir(), "cut.zip")
	must(t, os.WriteFile(cut, whole[:len(whole)/2], 0o600))
	swap := func(old, now string) func([]byte) []byte {
		return func(raw []byte) []byte { return bytes.Replace(raw, []byte(old), []byte(now), 1) }
	}
	gone := func([]byte) []byte { return nil }
	for name, one := range map[string]struct {
		path string
		kind fault.Kind
	}{
		"cut off":                 {cut, fault.Invalid},
		"not there":               {filepath.Join(t.TempDir(), "none.zip"), fault.NotFound},
		"a changed table":         {rewritten(t, path, "tables/offer.jsonl", swap("Máy", "May")), fault.Invalid},
		"a missing table":         {rewritten(t, path, "tables/claim.jsonl", gone), fault.Invalid},
		"no manifest":             {rewritten(t, path, "manifest.json", gone), fault.Invalid},
		"a newer form":            {rewritten(t, path, "manifest.json", swap(`"format": 1`, `"format": 2`)), fault.Unsupported},
		"a newer schema":          {rewritten(t, path, "manifest.json", swap(`"exchange": `, `"exchange": 9`)), fault.Unsupported},
		"a part that nobody told": {rewritten(t, path, "manifest.json", swap(`"name": "jobs.jsonl"`, `"name": "tables/code.jsonl"`)), fault.Invalid},
	} {
		target := empty(t, "sqlite")
		if _, err := app.Restore(t.Context(), target, one.path, nil); fault.KindOf(err) != one.kind {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := os.Stat(filepath.Join(target.Data, "chonoi.db")); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: a database was begun", name)
		}
	}
	if _, err := app.Backup(t.Context(), c, path, app.BackupOptions{}, nil); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a backup wrote over another: %v", err)
	}
	if _, err := app.Backup(t.Context(), empty(t, "sqlite"), cut+"2", app.BackupOptions{}, nil); fault.KindOf(err) != fault.NotFound {
		t.Errorf("nothing was backed up: %v", err)
	}
}

func TestARestoreThatIsInterruptedLeavesAnEmptyDatabaseAndCanBeRunAgain(t *testing.T) {
	_, c := furnished(t, "sqlite")
	path := filepath.Join(t.TempDir(), "city.zip")
	m, err := app.Backup(t.Context(), c, path, app.BackupOptions{}, nil)
	must(t, err)
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			target := empty(t, engine)
			ctx, cancel := context.WithCancel(t.Context())
			_, err := app.Restore(ctx, target, path, func(done, all int64) {
				if all > 0 && done == all-100 {
					cancel()
				}
			})
			if !errors.Is(err, context.Canceled) {
				t.Fatalf("interrupted: %v", err)
			}
			d, err := db.Open(t.Context(), target.Address())
			must(t, err)
			for table, rows := range contents(t, d) {
				if len(rows) > 2 { // the head and the last line end
					t.Errorf("%s has %d rows", table, len(rows)-2)
				}
			}
			must(t, d.Close())
			again, err := app.Restore(t.Context(), target, path, nil)
			if err != nil || again.Ledger != m.Ledger {
				t.Errorf("run again: %+v, %v", again.Ledger, err)
			}
		})
	}
}

func TestABackupIsOneStateWhileOthersWrite(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			h, c := furnished(t, engine)
			stop, begun, written := make(chan bool), make(chan bool), make(chan int)
			go func() {
				n := 0
				for {
					select {
					case <-stop:
						written <- n
						return
					default:
					}
					err := h.DB.Update(t.Context(), func(tx *db.Tx) error {
						if _, err := tx.Exec("UPDATE record_number SET last = last + 1 WHERE name = 'backup'"); err != nil {
							return err
						}
						_, err := ledger.Append(tx, ledger.Note{Actor: "lan", Act: "test.written", Kind: "test", ID: "x"})
						return err
					})
					if err != nil {
						t.Error(err)
					}
					if n++; n == 9 {
						close(begun)
					}
				}
			}()
			var entries int64
			must(t, h.DB.Update(t.Context(), func(tx *db.Tx) (err error) {
				entries, err = ledger.Head(tx)
				if err == nil {
					_, err = tx.Exec("INSERT INTO record_number (name, last) VALUES ('backup', 0)")
				}
				return err
			}))
			path := filepath.Join(t.TempDir(), "city.zip")
			<-begun
			m, err := app.Backup(t.Context(), c, path, app.BackupOptions{}, nil)
			must(t, err)
			close(stop)
			n := <-written
			target := empty(t, "sqlite")
			_, err = app.Restore(t.Context(), target, path, nil)
			must(t, err)
			restored, err := app.Open(t.Context(), target, slog.New(slog.DiscardHandler))
			must(t, err)
			defer restored.Close()
			must(t, restored.DB.View(t.Context(), func(tx *db.Tx) error {
				var last int64
				err := tx.QueryRow("SELECT last FROM record_number WHERE name = 'backup'").Scan(&last)
				if before := m.Ledger.Entries - last; err == nil && (before != entries || last == 0 || last >= int64(n)) {
					t.Errorf("%d of %d writes are in the backup, beside %d entries", last, n, before)
				}
				return err
			}))
			t.Logf("%d writes, %d entries in the backup", n, m.Ledger.Entries)
		})
	}
}

func TestABackupOfAnOlderSchemaIsRestoredAndBroughtUpToDate(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			old := map[string]int64{}
			for _, s := range app.Schemas {
				old[s.Name] = 1
			}
			c, path := empty(t, engine), filepath.Join(t.TempDir(), "old.zip")
			d, err := db.Open(t.Context(), c.Address())
			must(t, err)
			must(t, db.MigrateTo(t.Context(), d, old, app.Schemas...))
			must(t, job.Migrate(t.Context(), d))
			must(t, d.Update(t.Context(), func(tx *db.Tx) error {
				_, err := ledger.Append(tx, ledger.Note{Actor: "lan", Act: "test.written", Kind: "test", ID: "x"})
				return err
			}))
			must(t, d.Close())
			m, err := app.Backup(t.Context(), c, path, app.BackupOptions{}, nil)
			must(t, err)
			if diff := cmp.Diff(old, m.Schemas); diff != "" {
				t.Error(diff)
			}
			for _, started := range []bool{false, true} {
				target := empty(t, engine)
				if started { // by this version, with its newer tables
					first, err := app.Open(t.Context(), target, slog.New(slog.DiscardHandler))
					must(t, err)
					must(t, first.Close())
				}
				_, err := app.Restore(t.Context(), target, path, nil)
				must(t, err)
				d, err := db.Open(t.Context(), target.Address())
				must(t, err)
				if n, err := db.Pending(t.Context(), d, app.Schemas...); n != 0 || err != nil {
					t.Errorf("%d schema files are left, %v", n, err)
				}
				must(t, d.Close())
			}
		})
	}
}
