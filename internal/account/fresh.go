package account

import (
	"time"

	"chonoi/internal/db"
	"chonoi/internal/fault"
)

// freshFor is how long after signing in the ways into an account may be changed.
const freshFor = 30 * time.Minute

// Fresh returns the fault SignIn when the actor's session began more than half an hour ago: what
// changes the ways into an account asks to sign in once more, so that a browser left open does not
// give the account away.
func (a *Accounts) Fresh(tx *db.Tx, actor Actor) error {
	began, err := sessionCreated(tx, actor.Session)
	if err != nil {
		return err
	}
	if began.IsZero() || tx.Now.Sub(began) > freshFor {
		return fault.New(fault.SignIn, "account.sign_in_again")
	}
	return nil
}
