package account

import (
	"context"
	"fmt"
	"log/slog"
	"maps"
	"net/netip"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/fault"
)

// How long a session lasts unused, and at most. Those with a granted role must sign in more often.
const (
	idleMember  = 30 * 24 * time.Hour
	idleGranted = 12 * time.Hour
	longest     = 180 * 24 * time.Hour
)

// Session is one browser in which an account is signed in.
type Session struct {
	ID            string
	Way           string // passkey, password, link, provider, sign_up
	Created, Seen time.Time
	Agent         string
	Address       string // the network of the browser, not its full address
	Own           bool   // the one that asks
}

// Visit is what is known of the browser that asks to be let in.
type Visit struct {
	Agent   string
	Address string
	Token   string // of the session that it shows already; a new one takes its place
}

// Entry is what a sign-in leads to: a session, or the question for a second factor.
type Entry struct {
	Account  ID
	Token    string        // of the new session, for the cookie; "" when a second factor is asked for
	Lasts    time.Duration // at most
	Second   string        // ticket for SignInByCode, "" when the session stands
	Next     string        // path that the person wanted to go to, as it was told before
	Returned bool          // the account existed before
}

// open begins a session of an account that has shown who it is.
func (a *Accounts) beginSession(tx *db.Tx, who *Account, way string, v Visit) (Entry, error) {
	if err := a.EndSession(tx, v.Token); err != nil {
		return Entry{}, err
	}
	token := secret()
	s := Session{ID: db.NewID(tx.Now), Way: way, Created: tx.Now, Seen: tx.Now, Agent: cut(v.Agent, 200), Address: network(v.Address)}
	if err := insertSession(tx, s, who.ID, digest(token), tx.Now.Add(longest)); err != nil {
		return Entry{}, fmt.Errorf("begin a session: %w", err)
	}
	err := a.Note(tx, who.ID, "account.signed_in", "account", string(who.ID), Changed{"way", "", way})
	return Entry{Account: who.ID, Token: token, Lasts: longest, Returned: true}, err
}

// enter lets an account in that has shown who it is by one way: a session begins, or a second
// factor is asked for where the way alone is not enough.
func (a *Accounts) enter(tx *db.Tx, who *Account, way string, v Visit) (Entry, error) {
	if !who.Suspended.IsZero() || !who.Closed.IsZero() {
		return Entry{}, fault.New(fault.Forbidden, "account.is_suspended")
	}
	if way == "password" || way == "link" {
		on, err := hasSecondFactor(tx, who.ID)
		if err != nil {
			return Entry{}, err
		}
		if on {
			token, err := Issue(tx, forSecond, who.ID, way, 10*time.Minute)
			return Entry{Account: who.ID, Second: token, Returned: true}, err
		}
	}
	return a.beginSession(tx, who, way, v)
}

// EnterBy lets the account in after a proof that was checked elsewhere: by "passkey". A suspended
// account is refused with the fault Forbidden.
func (a *Accounts) EnterBy(tx *db.Tx, id ID, way string, v Visit) (Entry, error) {
	who, err := a.Get(tx, id)
	if err != nil {
		return Entry{}, err
	}
	return a.enter(tx, who, way, v)
}

// Session returns who holds the session of that token. It may be called while only reading. The
// fault SignIn tells that there is no such session any more.
func (a *Accounts) Session(tx *db.Tx, token string) (Actor, error) {
	gone := fault.New(fault.SignIn, "account.session_over")
	if token == "" {
		return Actor{}, gone
	}
	actor, seen, live, err := sessionByDigest(tx, digest(token))
	if err != nil || !live {
		return Actor{}, orElse(err, gone)
	}
	if actor.Roles, err = rolesOf(tx, actor.ID); err != nil {
		return Actor{}, err
	}
	if actor.Memberships, err = membershipsOf(tx, actor.ID); err != nil {
		return Actor{}, err
	}
	idle := idleMember
	if len(actor.Roles) > 0 {
		idle = idleGranted
	}
	if tx.Now.Sub(a.lastSeen(actor.Session, seen)) > idle {
		return Actor{}, gone
	}
	if tx.Now.Sub(seen) > time.Minute {
		tx.After(func() { a.saw(actor.Session, tx.Now) })
	}
	return actor, nil
}

func orElse(err error, other error) error {
	if err != nil {
		return err
	}
	return other
}

func (a *Accounts) lastSeen(session string, stored time.Time) time.Time {
	a.mu.Lock()
	defer a.mu.Unlock()
	if at := a.seen[session]; at.After(stored) {
		return at
	}
	return stored
}

func (a *Accounts) saw(session string, at time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.seen[session] = at
}

// Sessions lists the live sessions of the actor, newest first.
func (a *Accounts) Sessions(tx *db.Tx, actor Actor) ([]Session, error) {
	list, err := sessionsOf(tx, actor.ID)
	for i := range list {
		list[i].Own = list[i].ID == actor.Session
		list[i].Seen = a.lastSeen(list[i].ID, list[i].Seen)
	}
	return list, err
}

// EndSession ends the session of that token: signing out. An unknown token is no fault.
func (a *Accounts) EndSession(tx *db.Tx, token string) error {
	if token == "" {
		return nil
	}
	id, err := deleteSessionByDigest(tx, digest(token))
	if err != nil || id == "" {
		return err
	}
	return a.Note(tx, id, "account.signed_out", "account", string(id))
}

// Revoke ends one session of the actor. The fault NotFound tells that it is none of theirs.
func (a *Accounts) Revoke(tx *db.Tx, actor Actor, session string) error {
	n, err := deleteSession(tx, actor.ID, session)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.New(fault.NotFound, "account.session_unknown")
	}
	return a.Note(tx, actor.ID, "account.session_revoked", "account", string(actor.ID))
}

// RevokeOthers ends all sessions of the actor but the one that asks.
func (a *Accounts) RevokeOthers(tx *db.Tx, actor Actor) error {
	if err := deleteSessionsBut(tx, actor.ID, actor.Session); err != nil {
		return err
	}
	return a.Note(tx, actor.ID, "account.sessions_revoked", "account", string(actor.ID))
}

// Keep writes down, once a minute and once more when ctx ends, when sessions were last seen: a
// session slides on while it is used, without a write for each page.
func (a *Accounts) Keep(ctx context.Context, d *db.DB) {
	tick := time.NewTicker(time.Minute)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			a.keepSeen(last, d)
			return
		case <-tick.C:
			a.keepSeen(ctx, d)
		}
	}
}

func (a *Accounts) keepSeen(ctx context.Context, d *db.DB) {
	a.mu.Lock()
	seen := maps.Clone(a.seen)
	a.mu.Unlock()
	if len(seen) == 0 {
		return
	}
	if err := d.Update(ctx, func(tx *db.Tx) error { return putSeen(tx, seen) }); err != nil {
		slog.Error("keep when sessions were seen", "err", err)
		return
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	maps.DeleteFunc(a.seen, func(id string, at time.Time) bool { return !at.After(seen[id]) })
}

// Sweep drops what has expired: sessions, tickets, invitations, counts of tries. The clock calls it.
func (a *Accounts) Sweep(tx *db.Tx) error {
	if err := sweep(tx); err != nil {
		return fmt.Errorf("sweep accounts: %w", err)
	}
	return nil
}

// network returns the part of an address that tells the network and not the person.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return ""
	}
	bits := 48
	if ip = ip.Unmap(); ip.Is4() {
		bits = 24
	}
	prefix, err := ip.WithZone("").Prefix(bits)
	if err != nil {
		return ""
	}
	return prefix.String()
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
