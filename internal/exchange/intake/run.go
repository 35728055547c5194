package intake

import (
	"slices"
	"strconv"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/job"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
)

// The states of an import run.
const (
	RunReady       = "ready"       // the file is put aside, nothing has been read in
	RunWaiting     = "waiting"     // it will be taken up within a second
	RunRunning     = "running"     // rows come in
	RunStopped     = "stopped"     // an officer stopped it; what came in stays
	RunInterrupted = "interrupted" // the server went down or failed; what came in stays
	RunTried       = "tried"       // a dry run came to its end, nothing was changed
	RunDone        = "done"        // the file was read to its end
	RunFailed      = "failed"      // the file cannot be read on
)

// runSilence is how long a running import may say nothing before it counts as interrupted. It
// tells of itself twice a second, and at the latest when a batch of rows is kept.
const runSilence = 15 * time.Second

// Run is one file on its way in (đợt nhập dữ liệu): put aside, mapped, tried, started,
// stopped and started again as often as is needed, for a row that came in already changes nothing.
type Run struct {
	ID       string
	Created  time.Time
	By       account.ID // who sent the file
	Kind     string     // offer or need
	Source   string     // a row is known again by source and id
	Owner    string     // organisation that the listings belong to; none for a foreign catalogue
	File     string     // its name, as it was sent
	Bytes    int64
	Sheet    string // of a workbook; the first one when empty
	Tongue   lang.Tag
	Head     Head
	Mapping  document.Mapping
	State    string
	Dry      bool // the last start only counted
	Stopping bool // an officer asked the running import to stop
	Try      int64
	Starter  account.ID // the actor of the listings that come in
	Started  time.Time
	Ended    time.Time
	Seen     time.Time // when the running import last told of itself
	Done     int64     // bytes of All
	All      int64     // 0 when it is not known
	exchange.Counts
	Amiss *fault.Fault // why it failed
}

// Head is the beginning of a file: its columns, and the first rows cut to what a page shows.
type Head struct {
	Columns []string   `json:"columns"`
	Samples [][]string `json:"samples"` // rows, each by columns
}

// StateAt returns the state as it is at an instant: a run that says nothing any more was
// interrupted, whatever was written last.
func (run *Run) StateAt(now time.Time) string {
	if run.State == RunRunning && now.Sub(run.Seen) > runSilence {
		return RunInterrupted
	}
	return run.State
}

// Active reports whether the run is under way or about to be.
func (run *Run) Active(now time.Time) bool {
	state := run.StateAt(now)
	return state == RunWaiting || state == RunRunning
}

// importTask is the work that an import runs as; the argument is the id of the run.
const importTask job.Name[string] = "exchange.import"

// importTimeout is the time of one try. The next try goes on: rows that are in are quickly passed.
const importTimeout = 30 * time.Minute

// Work is the work of taking files in, for the list of the house's work.
func (g *Gate) Work(d *db.DB, words *lang.Words) job.Kind {
	return importTask.Outside(g.importer(d, words).run).Timeout(importTimeout)
}

// mostTakes is how often a run is taken up after one start: a file that kills its server again and
// again is left for a person to look at.
const mostTakes = 10

// Resume leaves work for the imports whose server was killed, so that another takes them up.
// The clock calls it every minute; an import tells of itself twice a second.
func Resume(tx *db.Tx) error {
	ids, err := runsOfTheDead(tx)
	for _, id := range ids {
		if err == nil {
			err = job.Once(tx, importTask, id)
		}
	}
	return err
}

// targets lists what columns of a file of that kind may fill.
func (g *Gate) targets(kind string, words *lang.Words) []document.Target {
	if kind == exchange.Needs.Name {
		return Targets(g.x.Needs, words)
	}
	return Targets(g.x.Offers, words)
}

// MapRun keeps which column fills what; with remember, also for the next file of that source. It
// returns fault.Conflict while the run is under way, and fault.Invalid at map.N when the Nth column
// fills what another column fills.
func (g *Gate) MapRun(tx *db.Tx, words *lang.Words, actor account.ID, id string, chosen map[string]string, remember bool) error {
	run, err := idleRun(tx, id)
	if err != nil {
		return err
	}
	wrong := fault.New(fault.Invalid, "import.mapping_amiss")
	taken := map[string]string{}
	for i, column := range run.Head.Columns {
		name := chosen[column]
		if name == "" {
			continue
		}
		if first, twice := taken[name]; twice {
			wrong.At(mapName(i), "import.target_twice", "Column", column, "First", first)
		}
		taken[name] = column
	}
	if err := wrong.OrNil(); err != nil {
		return err
	}
	mapping := document.Mapping{Columns: chosen}.For(run.Head.Columns, g.targets(run.Kind, words))
	if err := storeRunMapping(tx, id, mapping); err != nil {
		return err
	}
	if !remember {
		return nil
	}
	return storeSourceMapping(tx, actor, run.Source, run.Kind, mapping)
}

// mapName is the input that says what the column of that place fills.
func mapName(i int) string { return "map." + strconv.Itoa(i) }

// StartRun leaves word to take the file in, or with dry only to count what would come in. It
// returns fault.Conflict while the run is under way, fault.Invalid while no column is the id.
func (g *Gate) StartRun(tx *db.Tx, actor account.ID, id string, dry bool) error {
	run, err := idleRun(tx, id)
	if err != nil {
		return err
	}
	if _, told := run.Mapping.ColumnOf("id"); !told {
		return fault.New(fault.Invalid, "import.no_id_column")
	}
	if err := storeRunStart(tx, id, actor, dry); err != nil {
		return err
	}
	if err := job.Later(tx, importTask, id); err != nil || dry {
		return err
	}
	return noteRun(tx, actor, "import.started", run)
}

// StopRun stops a run: at once while it waits or when its server went away, else within a second.
func (g *Gate) StopRun(tx *db.Tx, actor account.ID, id string) error {
	run, err := runOf(tx, id)
	if err != nil {
		return err
	}
	state := run.StateAt(tx.Now)
	if !slices.Contains([]string{RunWaiting, RunRunning, RunInterrupted}, state) {
		return fault.New(fault.Conflict, "import.not_running")
	}
	if err := storeRunStop(tx, id, state != RunRunning); err != nil {
		return err
	}
	return noteRun(tx, actor, "import.stopped", run)
}

// idleRun returns a run that is not under way.
func idleRun(tx *db.Tx, id string) (*Run, error) {
	run, err := runOf(tx, id)
	if err == nil && run.Active(tx.Now) {
		err = fault.New(fault.Conflict, "import.under_way")
	}
	return run, err
}

func noteRun(tx *db.Tx, actor account.ID, act string, run *Run) error {
	_, err := ledger.Append(tx, ledger.Note{Actor: string(actor), Act: act, Kind: "import", ID: run.ID,
		Change: []ledger.Change{{Field: "file", New: run.File}, {Field: "source", New: run.Source}}})
	return err
}
