package job

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"chonoi/internal/db"
)

// Left is work that was left and is not done: what a backup keeps of the queue.
type Left struct {
	Name string          `json:"name"`
	Arg  json.RawMessage `json:"arg"`
	At   time.Time       `json:"at"` // when it was to be begun
}

const leftPage = 1000

// EachLeft calls fn for all work that waits or runs, the oldest first.
func EachLeft(tx *db.Tx, fn func(Left) error) error {
	params := river.NewJobListParams().States(append(inRiver[Waiting][:len(inRiver[Waiting]):len(inRiver[Waiting])], rivertype.JobStateRunning)...).
		OrderBy(river.JobListOrderByID, river.SortOrderAsc).First(leftPage)
	for {
		list, err := writer(tx).JobListTx(tx.Context(), tx.SQL(), params)
		if err != nil {
			return fmt.Errorf("list jobs: %w", err)
		}
		for _, j := range list.Jobs {
			var w word
			if err := json.Unmarshal(j.EncodedArgs, &w); err != nil {
				return fmt.Errorf("argument of job %d: %w", j.ID, err)
			}
			if err := fn(Left{j.Kind, w.Arg, j.ScheduledAt.UTC()}); err != nil {
				return err
			}
		}
		if len(list.Jobs) < leftPage {
			return nil
		}
		params = params.After(list.LastCursor)
	}
}

// Leave leaves work as EachLeft told it.
func Leave(tx *db.Tx, left Left) error {
	_, err := put(tx, word{name: left.Name, Arg: left.Arg}, &river.InsertOpts{ScheduledAt: left.At})
	return err
}
