package account

import (
	"time"

	"chonoi/internal/db"
	"chonoi/internal/fault"
)

// limit says how many tries are free, how long one waits after each further one, and after how
// long a rest all is forgotten.
type limit struct {
	free        int
	pause, most time.Duration // the pause doubles with each try until most
	forgottenIn time.Duration
}

var (
	passwordTries = limit{free: 5, pause: 30 * time.Second, most: 15 * time.Minute, forgottenIn: 12 * time.Hour}
	codeTries     = limit{free: 5, pause: time.Minute, most: time.Hour, forgottenIn: 24 * time.Hour}
	addressTries  = limit{free: 40, pause: time.Minute, most: time.Hour, forgottenIn: time.Hour}
	letterTries   = limit{free: 4, pause: 10 * time.Minute, most: 2 * time.Hour, forgottenIn: 6 * time.Hour}
	lettersFrom   = limit{free: 20, pause: time.Minute, most: time.Hour, forgottenIn: time.Hour}
)

// wait returns how long one waits after that many tries.
func (l limit) wait(tries int64) time.Duration {
	over := tries - int64(l.free)
	if over < 0 {
		return 0
	}
	return min(l.pause<<min(over, 20), l.most)
}

// try counts a try before it is made, so that many at once do not get past. It is refused with
// the fault TooMany, and not counted, until the pause after the last one is over.
func try(tx *db.Tx, l limit, what, whom string) error {
	about := what + ":" + digest(whom)
	tries, last, err := attempts(tx, about)
	if err != nil {
		return err
	}
	rest := tx.Now.Sub(last)
	if rest > l.forgottenIn {
		tries = 0
	}
	if left := l.wait(tries) - rest; left > 0 {
		return fault.New(fault.TooMany, "account.wait", "N", int((left+time.Minute-1)/time.Minute))
	}
	return putAttempts(tx, about, tries+1, tx.Now)
}

// tryFrom counts a try of one address; where it is not known, nothing is counted, for it would
// be counted on everybody.
func tryFrom(tx *db.Tx, l limit, what string, v Visit) error {
	if v.Address == "" {
		return nil
	}
	return try(tx, l, what, v.Address)
}

// forgive forgets the tries on somebody who has shown that it was them.
func forgive(tx *db.Tx, what, whom string) error {
	return deleteAttempts(tx, what+":"+digest(whom))
}

// uncount takes back the last try, which was no failure.
func uncount(tx *db.Tx, what, whom string) error {
	return lowerAttempts(tx, what+":"+digest(whom))
}

// refused reports whether err is a fault of that kind.
func refused(err error, kind fault.Kind) bool { return fault.KindOf(err) == kind }
