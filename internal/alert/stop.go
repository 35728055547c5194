package alert

import (
	"encoding/json"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/account/seal"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/ledger"
)

// ticket is what a link in a letter may stop without signing in: one search, or all letters.
type ticket struct {
	Account account.ID `json:"a"`
	Search  string     `json:"s,omitempty"`
}

const aboutTicket = "alert.stop"

// sign writes the ticket so that nobody but the house can write or read it.
func (t ticket) sign(key *seal.Ring) (string, error) {
	raw, err := json.Marshal(t)
	if err != nil {
		return "", err
	}
	return key.Seal(aboutTicket, string(raw))
}

// readTicket returns what a token of a letter stops; Gone for one that the house did not write.
func (a *Alerts) readTicket(token string) (t ticket, err error) {
	raw, err := a.Key.Open(aboutTicket, token)
	if err != nil || json.Unmarshal([]byte(raw), &t) != nil || t.Account == "" {
		return ticket{}, fault.New(fault.Gone, "alert.link_amiss")
	}
	return t, nil
}

// Stopping tells what the token of a letter stops: a search, or all letters when it is nil. The fault
// Gone tells of a token that is none.
func (a *Alerts) Stopping(tx *db.Tx, token string) (*Search, error) {
	t, err := a.readTicket(token)
	if err != nil || t.Search == "" {
		return nil, err
	}
	s, err := searchOf(tx, t.Search)
	if err == nil && (s == nil || s.Account != t.Account) {
		err = fault.New(fault.Gone, "alert.search_gone")
	}
	return s, err
}

// Stop stops what the token of a letter is for: it pauses the search, or ends all letters to the
// reader. A second click changes nothing. It returns the search, nil for all letters.
func (a *Alerts) Stop(tx *db.Tx, token string) (*Search, error) {
	s, err := a.Stopping(tx, token)
	if err != nil {
		return nil, err
	}
	t, err := a.readTicket(token)
	if err != nil {
		return nil, err
	}
	if s != nil {
		return s, a.Pause(tx, account.Actor{ID: t.Account}, s.ID)
	}
	who, err := a.Accounts.Get(tx, t.Account)
	if err != nil || !who.Closed.IsZero() {
		return nil, err // nobody gets letters there any more
	}
	return nil, a.StopLetters(tx, t.Account)
}

// StopLetters ends all letters about saved searches to a person; what is found can still be seen.
func (a *Alerts) StopLetters(tx *db.Tx, who account.ID) error {
	first, err := insertStop(tx, who)
	if err != nil || !first {
		return err
	}
	return noteLetters(tx, who, "stopped")
}

// WantLetters lets letters come again, of what is found from now on.
func (a *Alerts) WantLetters(tx *db.Tx, who account.ID) error {
	stopped, err := deleteStop(tx, who)
	if err != nil || !stopped {
		return err
	}
	if err := dropWaitingOf(tx, who); err != nil {
		return err
	}
	return noteLetters(tx, who, "wanted")
}

func noteLetters(tx *db.Tx, who account.ID, past string) error {
	_, err := ledger.Append(tx, ledger.Note{Actor: string(who), Act: "alert_letters." + past, Kind: "account", ID: string(who)})
	return err
}

// LettersStopped returns since when a person gets no letters, zero for one who does.
func (a *Alerts) LettersStopped(tx *db.Tx, who account.ID) (time.Time, error) {
	return stoppedAt(tx, who)
}
