package intake

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

const (
	runColumns = `id, created_at, created_by, kind, source, owner, file, bytes, sheet, tongue, head, mapping, state, dry, stopping, try,
		started_by, started_at, ended_at, seen_at, bytes_done, bytes_all, count_new, count_changed, count_same, count_bad, amiss`
	selectRun    = `SELECT ` + runColumns + ` FROM import_run WHERE id = ?`
	selectRuns   = `SELECT ` + runColumns + ` FROM import_run WHERE (created_at, id) < (?, ?) ORDER BY created_at DESC, id DESC LIMIT ?`
	selectNewest = `SELECT ` + runColumns + ` FROM import_run ORDER BY created_at DESC, id DESC LIMIT ?`
	insertRun    = `INSERT INTO import_run (id, created_at, created_by, kind, source, owner, file, bytes, sheet, tongue, head, mapping, state)
		VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	mapRun   = `UPDATE import_run SET mapping = ? WHERE id = ?`
	startRun = `UPDATE import_run SET state = 'waiting', dry = ?, stopping = 0, started_by = ?, started_at = ?, ended_at = 0, seen_at = 0,
		takes = 0, bytes_done = 0, bytes_all = 0, count_new = 0, count_changed = 0, count_same = 0, count_bad = 0, amiss = '' WHERE id = ?`
	askStop = `UPDATE import_run SET stopping = 1 WHERE id = ?`
	stopRun = `UPDATE import_run SET state = 'stopped', ended_at = ? WHERE id = ?`
	takeRun = `UPDATE import_run SET state = 'running', stopping = 0, try = try + 1, takes = takes + 1, seen_at = ? WHERE id = ?`
	beat    = `UPDATE import_run SET seen_at = ?, bytes_done = ?, bytes_all = ?, count_new = ?, count_changed = ?, count_same = ?, count_bad = ?
		WHERE id = ? AND try = ? AND state = 'running' RETURNING stopping`
	endRun = `UPDATE import_run SET state = ?, ended_at = ?, bytes_done = ?, bytes_all = ?, count_new = ?, count_changed = ?, count_same = ?, count_bad = ?, amiss = ?
		WHERE id = ? AND try = ? AND state = 'running'`
	orphanRuns    = `SELECT id FROM import_run WHERE state = 'running' AND stopping = 0 AND seen_at < ? AND takes < ?`
	selectMapping = `SELECT mapping FROM import_mapping WHERE source = ? AND kind = ?`
	putMapping    = `INSERT INTO import_mapping (source, kind, mapping, saved_by, saved_at) VALUES (?, ?, ?, ?, ?)
		ON CONFLICT (source, kind) DO UPDATE SET mapping = excluded.mapping, saved_by = excluded.saved_by, saved_at = excluded.saved_at`
)

// Runs returns the runs, the newest first, those after one when it is told.
func (g *Gate) Runs(tx *db.Tx, afterCreated time.Time, afterID string, limit int) ([]*Run, error) {
	query, args := selectNewest, []any{limit}
	if afterID != "" {
		query, args = selectRuns, []any{when.Micro(afterCreated), afterID, limit}
	}
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, fmt.Errorf("read the import runs: %w", err)
	}
	defer rows.Close()
	var all []*Run
	for rows.Next() {
		run, err := scanRun(rows.Scan)
		if err != nil {
			return nil, err
		}
		all = append(all, run)
	}
	return all, rows.Err()
}

// runOf returns the run of that id, or fault.NotFound.
func runOf(tx *db.Tx, id string) (*Run, error) {
	run, err := scanRun(tx.QueryRow(selectRun, id).Scan)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, fault.New(fault.NotFound, "import.not_found")
	}
	return run, err
}

// keptFault is a fault as it is kept for a page.
type keptFault struct {
	Key  string `json:"key"`
	Args []any  `json:"args,omitempty"`
}

func scanRun(scan func(...any) error) (*Run, error) {
	run := &Run{}
	var created, started, ended, seen int64
	var by, starter, tongue, head, mapping, amiss string
	err := scan(&run.ID, &created, &by, &run.Kind, &run.Source, &run.Owner, &run.File, &run.Bytes, &run.Sheet, &tongue, &head, &mapping, &run.State, &run.Dry, &run.Stopping,
		&run.Try, &starter, &started, &ended, &seen, &run.Done, &run.All, &run.New, &run.Changed, &run.Same, &run.Bad, &amiss)
	if err != nil {
		return nil, fmt.Errorf("read an import run: %w", err)
	}
	run.Created, run.Started, run.Ended, run.Seen = when.Time(created), when.Time(started), when.Time(ended), when.Time(seen)
	run.By, run.Starter, run.Tongue = account.ID(by), account.ID(starter), lang.Tag(tongue)
	if err := json.Unmarshal([]byte(head), &run.Head); err != nil {
		return nil, fmt.Errorf("read the head of import %s: %w", run.ID, err)
	}
	if run.Mapping, err = document.ReadMapping(strings.NewReader(mapping)); err != nil {
		return nil, fmt.Errorf("read the mapping of import %s: %w", run.ID, err)
	}
	if amiss != "" {
		var kept keptFault
		if err := json.Unmarshal([]byte(amiss), &kept); err != nil {
			return nil, fmt.Errorf("read the fault of import %s: %w", run.ID, err)
		}
		for i, arg := range kept.Args {
			if n, ok := arg.(float64); ok && n == float64(int(n)) {
				kept.Args[i] = int(n) // a number that picks the plural
			}
		}
		run.Amiss = fault.New(fault.Invalid, kept.Key, kept.Args...)
	}
	return run, nil
}

// runsOfTheDead returns the runs that should be running and say nothing any more, but those that
// were taken up too often.
func runsOfTheDead(tx *db.Tx) (ids []string, err error) {
	rows, err := tx.Query(orphanRuns, when.Micro(tx.Now.Add(-runSilence)), mostTakes)
	if err != nil {
		return nil, fmt.Errorf("look for interrupted imports: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var id string
		if err := rows.Scan(&id); err != nil {
			return nil, fmt.Errorf("look for interrupted imports: %w", err)
		}
		ids = append(ids, id)
	}
	return ids, rows.Err()
}

func mappingText(m document.Mapping) (string, error) {
	var text strings.Builder
	err := m.WriteJSON(&text)
	return text.String(), err
}

// execRun runs a statement on a run and names it in the error.
func execRun(tx *db.Tx, id, query string, args ...any) error {
	if _, err := tx.Exec(query, args...); err != nil {
		return fmt.Errorf("keep import %s: %w", id, err)
	}
	return nil
}

func storeRun(tx *db.Tx, run *Run) error {
	mapping, err := mappingText(run.Mapping)
	if err != nil {
		return err
	}
	head, err := json.Marshal(run.Head)
	if err != nil {
		return err
	}
	return execRun(tx, run.ID, insertRun, run.ID, when.Micro(run.Created), string(run.By), run.Kind, run.Source, run.Owner, run.File, run.Bytes, run.Sheet,
		string(run.Tongue), string(head), mapping, run.State)
}

func storeRunMapping(tx *db.Tx, id string, m document.Mapping) error {
	text, err := mappingText(m)
	if err != nil {
		return err
	}
	return execRun(tx, id, mapRun, text, id)
}

// sourceMapping returns the mapping that was kept for a source; told is false when there is none.
func sourceMapping(tx *db.Tx, source, kind string) (m document.Mapping, told bool, err error) {
	var text string
	err = tx.QueryRow(selectMapping, source, kind).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return m, false, nil
	}
	if err == nil {
		m, err = document.ReadMapping(strings.NewReader(text))
	}
	if err != nil {
		return m, false, fmt.Errorf("read the mapping of %s: %w", source, err)
	}
	return m, true, nil
}

func storeSourceMapping(tx *db.Tx, actor account.ID, source, kind string, m document.Mapping) error {
	text, err := mappingText(m)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(putMapping, source, kind, text, string(actor), when.Micro(tx.Now)); err != nil {
		return fmt.Errorf("keep the mapping of %s: %w", source, err)
	}
	return nil
}

func storeRunStart(tx *db.Tx, id string, actor account.ID, dry bool) error {
	flag := 0
	if dry {
		flag = 1
	}
	return execRun(tx, id, startRun, flag, string(actor), when.Micro(tx.Now), id)
}

// storeRunStop asks a running import to stop, or marks the run stopped when nobody is there to ask.
func storeRunStop(tx *db.Tx, id string, atOnce bool) error {
	if atOnce {
		return execRun(tx, id, stopRun, when.Micro(tx.Now), id)
	}
	return execRun(tx, id, askStop, id)
}

// claimRun makes the caller the one who takes the file in. It returns nil when there is nothing to
// do: the run was stopped, has ended, or runs elsewhere.
func claimRun(tx *db.Tx, id string) (*Run, error) {
	run, err := runOf(tx, id)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	if state := run.StateAt(tx.Now); state != RunWaiting && state != RunInterrupted {
		return nil, nil
	}
	run.State, run.Seen, run.Try = RunRunning, tx.Now, run.Try+1
	return run, execRun(tx, id, takeRun, when.Micro(tx.Now), id)
}

// beatRun writes how far a running import is; ours is false when it is not the caller's any more.
func beatRun(tx *db.Tx, run *Run, at reach) (stop, ours bool, err error) {
	c := at.counts
	err = tx.QueryRow(beat, when.Micro(tx.Now), at.done, at.all, c.New, c.Changed, c.Same, c.Bad, run.ID, run.Try).Scan(&stop)
	if errors.Is(err, sql.ErrNoRows) {
		return false, false, nil
	}
	return stop, err == nil, err
}

func storeRunEnd(tx *db.Tx, run *Run, state string, at reach, amiss *fault.Fault) error {
	text := ""
	if amiss != nil {
		kept, err := json.Marshal(keptFault{amiss.Key, amiss.Args})
		if err != nil {
			return err
		}
		text = string(kept)
	}
	c := at.counts
	return execRun(tx, run.ID, endRun, state, when.Micro(tx.Now), at.done, at.all, c.New, c.Changed, c.Same, c.Bad, text, run.ID, run.Try)
}

// CountOpen returns how many imports wait or run.
func CountOpen(tx *db.Tx) (n int, err error) {
	err = tx.QueryRow(`SELECT count(*) FROM import_run WHERE state IN ('waiting', 'running')`).Scan(&n)
	return n, err
}
