package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/rivertype"

	"chonoi/internal/db"
	"chonoi/internal/fault"
)

// State is where a job stands, as people see it. Its text key is job.state.<State>.
type State string

// The states of a job.
const (
	Waiting State = "waiting" // not begun, or waiting for the next try
	Running State = "running"
	Done    State = "done"   // kept for two days
	Failed  State = "failed" // given up; kept for thirty days
)

// States lists the states in the order of a job's life.
var States = []State{Waiting, Running, Done, Failed}

var inRiver = map[State][]rivertype.JobState{
	Waiting: {rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateScheduled, rivertype.JobStateRetryable},
	Running: {rivertype.JobStateRunning},
	Done:    {rivertype.JobStateCompleted},
	Failed:  {rivertype.JobStateDiscarded, rivertype.JobStateCancelled},
}

// Row is one job as the administrator sees it.
type Row struct {
	ID      int64
	Name    string
	Arg     string // JSON
	State   State
	Try     int // tries that were begun
	Tries   int // tries that it has
	Created time.Time
	Next    time.Time // when it was or will be begun
	Ended   time.Time // zero when it has not
	Amiss   string    // the error of the last failed try, for the administrator
}

// Counts returns how many jobs are in each state.
func Counts(tx *db.Tx) (map[State]int, error) {
	counts, err := writer(tx).Driver().UnwrapExecutor(tx.SQL()).
		JobCountByAllStates(tx.Context(), &riverdriver.JobCountByAllStatesParams{})
	if err != nil {
		return nil, fmt.Errorf("count jobs: %w", err)
	}
	sums := map[State]int{}
	for _, state := range States {
		for _, one := range inRiver[state] {
			sums[state] += counts[one]
		}
	}
	return sums, nil
}

// List returns the newest jobs in that state, at most limit (1 to 1000).
func List(tx *db.Tx, state State, limit int) ([]Row, error) {
	params := river.NewJobListParams().States(inRiver[state]...).
		OrderBy(river.JobListOrderByID, river.SortOrderDesc).First(min(max(limit, 1), 1000))
	list, err := writer(tx).JobListTx(tx.Context(), tx.SQL(), params)
	if err != nil {
		return nil, fmt.Errorf("list jobs: %w", err)
	}
	rows := make([]Row, 0, len(list.Jobs))
	for _, j := range list.Jobs {
		rows = append(rows, rowOf(j, state))
	}
	return rows, nil
}

func rowOf(j *rivertype.JobRow, state State) Row {
	var w word
	_ = json.Unmarshal(j.EncodedArgs, &w) // what is not ours is shown without its argument
	row := Row{
		ID: j.ID, Name: j.Kind, Arg: string(w.Arg), State: state, Try: j.Attempt, Tries: j.MaxAttempts,
		Created: j.CreatedAt, Next: j.ScheduledAt,
	}
	if j.FinalizedAt != nil {
		row.Ended = *j.FinalizedAt
	}
	if n := len(j.Errors); n > 0 {
		row.Amiss = j.Errors[n-1].Error
	}
	return row
}

// Again has a job done once more, now: one that failed, or one that waits for its next try. It
// returns the faults NotFound when there is no such job any more, and Conflict when the same work
// waits already.
func Again(tx *db.Tx, id int64) error {
	_, err := writer(tx).JobRetryTx(tx.Context(), tx.SQL(), id)
	if errors.Is(err, rivertype.ErrNotFound) {
		return fault.New(fault.NotFound, "job.not_found")
	}
	if db.Taken(err) {
		return fault.New(fault.Conflict, "job.waits_already")
	}
	if err != nil {
		return fmt.Errorf("job %d again: %w", id, err)
	}
	return nil
}

// quiet lets River's warnings and errors into the log, and not its daily business.
type quiet struct{ slog.Handler }

// Enabled reports whether a record of that level is kept.
func (q quiet) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn && q.Handler.Enabled(ctx, level)
}

// WithAttrs keeps the quiet.
func (q quiet) WithAttrs(attrs []slog.Attr) slog.Handler { return quiet{q.Handler.WithAttrs(attrs)} }

// WithGroup keeps the quiet.
func (q quiet) WithGroup(name string) slog.Handler { return quiet{q.Handler.WithGroup(name)} }
