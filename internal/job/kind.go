// Package job does work later and by the clock, on River. Work is left in the caller's own
// transaction: what is rolled back is never done, and what is committed is done at least once.
//
// On SQLite the queue shares the one writer with everybody else. A unit that holds it for more than
// ten seconds makes River complain in the log; one of half a minute can make it do a job twice, so
// large imports write in several units.
package job

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"chonoi/internal/db"
)

// Name names a kind of work whose argument is an A: an id, or a few ids, never an object, for the
// object may have changed by the time the work is done.
//
//	const matchOffer job.Name[string] = "exchange.match_offer"
type Name[A any] string

// Kind is a name with the work that stands behind it. Subjects make kinds by Name.Within and
// Name.Outside, and the app hands all of them to New.
type Kind struct {
	name    string
	timeout time.Duration
	unit    func(tx *db.Tx, arg json.RawMessage) error // one of the two
	free    func(ctx context.Context, arg json.RawMessage) error
}

// Within returns the kind whose work is one unit of the database: what it writes and the note that
// it is done are kept together, so it is done once. It must make no outside call.
func (n Name[A]) Within(work func(tx *db.Tx, arg A) error) Kind {
	return Kind{name: string(n), timeout: usualTimeout, unit: func(tx *db.Tx, raw json.RawMessage) error {
		arg, err := n.read(raw)
		if err != nil {
			return err
		}
		return work(tx, arg)
	}}
}

// Outside returns the kind whose work runs outside any transaction, such as sending a letter. It
// may be done twice when the process dies in the middle, so it must do no harm the second time.
func (n Name[A]) Outside(work func(ctx context.Context, arg A) error) Kind {
	return Kind{name: string(n), timeout: usualTimeout, free: func(ctx context.Context, raw json.RawMessage) error {
		arg, err := n.read(raw)
		if err != nil {
			return err
		}
		return work(ctx, arg)
	}}
}

// Timeout returns the kind with another limit than a minute for one try. Work whose node was killed
// is taken up by another node two minutes after it began, or soon after its limit when that is
// longer: so long work is better cut into short jobs, or watched by a clock.
func (k Kind) Timeout(limit time.Duration) Kind {
	k.timeout = limit
	return k
}

// Name returns the name of the kind.
func (k Kind) Name() string { return k.name }

func (n Name[A]) read(raw json.RawMessage) (arg A, err error) {
	if err := json.Unmarshal(raw, &arg); err != nil {
		return arg, GiveUp(fmt.Errorf("argument of job %s: %w", string(n), err))
	}
	return arg, nil
}

var errGiveUp = errors.New("given up")

// GiveUp marks err as one that no further try can mend: the job is given up at once, and is seen
// among those that failed.
func GiveUp(err error) error { return errors.Join(errGiveUp, err) }
