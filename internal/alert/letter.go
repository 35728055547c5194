package alert

import (
	"context"
	"errors"
	"fmt"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/job"
	"chonoi/internal/lang"
	"chonoi/internal/mail"
	"chonoi/internal/when"
)

// The work that alerts leave for later or do by the clock.
const (
	follow     job.Name[time.Time] = "alert.follow"
	morning    job.Name[time.Time] = "alert.morning"
	sendLetter job.Name[string]    = "alert.letter"
)

// Kinds is the work of alerts.
func (a *Alerts) Kinds(d *db.DB) []job.Kind {
	return []job.Kind{
		follow.Outside(func(ctx context.Context, _ time.Time) error {
			if err := a.FollowAll(ctx, d); err != nil {
				return err
			}
			return a.leaveAll(ctx, d, AtOnce, time.Time{})
		}).Timeout(5 * time.Minute),
		morning.Outside(func(ctx context.Context, due time.Time) error {
			if err := a.FollowAll(ctx, d); err != nil {
				return err
			}
			if err := a.leaveAll(ctx, d, Daily, due); err != nil {
				return err
			}
			return a.leaveAll(ctx, d, Weekly, lastMonday(due))
		}).Timeout(10 * time.Minute),
		sendLetter.Outside(func(ctx context.Context, id string) error { return a.Send(ctx, d, id) }),
	}
}

// Clocks says when it is done, in the city's time.
func (a *Alerts) Clocks() []job.Clock {
	return []job.Clock{job.Every(time.Minute, follow), job.Daily("07:00", morning)}
}

// lastMonday is the hour of due on the last Monday, so that a weekly letter whose morning passed while
// no server ran still comes.
func lastMonday(due time.Time) time.Time {
	due = due.In(when.Zone)
	return due.AddDate(0, 0, -int(due.Weekday()+6)%7)
}

// leaveAll leaves the letters of a rhythm that tell what was found before an instant, or until now.
func (a *Alerts) leaveAll(ctx context.Context, d *db.DB, rhythm Rhythm, before time.Time) error {
	for more := true; more; {
		err := d.Update(ctx, func(tx *db.Tx) (err error) {
			more, err = a.Leave(tx, rhythm, before)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// readersAtOnce is how many letters one transaction leaves.
const readersAtOnce = 200

// Leave leaves a letter for each of some people whose searches of a rhythm found something before an
// instant, or before now, that no letter tells, and reports whether more wait. What was left is not
// left again.
func (a *Alerts) Leave(tx *db.Tx, rhythm Rhythm, before time.Time) (more bool, err error) {
	if before.IsZero() {
		before = tx.Now.Add(time.Microsecond)
	}
	readers, err := readersWaiting(tx, rhythm, before, readersAtOnce)
	if err != nil {
		return false, err
	}
	for _, who := range readers {
		id := db.NewID(tx.Now)
		if err := insertLetter(tx, id, who, rhythm, before); err != nil {
			return false, err
		}
		if err := job.Later(tx, sendLetter, id); err != nil {
			return false, err
		}
	}
	return len(readers) == readersAtOnce, nil
}

// Send writes a letter as its reader may see what was found now, and sends it. What has left the floor
// since, meets the search no more, or is the reader's own is not told; a letter that has nothing left
// to tell, or whose reader wants or may have none, is not sent. A second run sends at most the same
// letter under the same Message-ID.
func (a *Alerts) Send(ctx context.Context, d *db.DB, id string) error {
	var l mail.Letter
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		l, err = a.write(tx, id)
		return err
	})
	if err != nil {
		return err
	}
	if l.ID != "" {
		if err := a.Letters().Send(ctx, l); err != nil {
			if mail.Refused(err) {
				return job.GiveUp(err)
			}
			return err
		}
	}
	return d.Update(ctx, func(tx *db.Tx) error { return markSent(tx, id) })
}

// write puts a letter into words; its ID is "" when there is nothing to send.
func (a *Alerts) write(tx *db.Tx, id string) (l mail.Letter, err error) {
	reader, err := letterReader(tx, id)
	if err != nil || reader == "" {
		return l, err
	}
	who, err := a.Accounts.Get(tx, reader)
	if err != nil {
		return l, err
	}
	stopped, err := stoppedAt(tx, reader)
	if err != nil || !stopped.IsZero() || !reachable(who) {
		return l, err
	}
	found, err := findingsIn(tx, id)
	if err != nil {
		return l, err
	}
	groups, err := a.groups(tx, who, found)
	if err != nil || len(groups) == 0 {
		return l, err
	}
	n := 0
	var pieces string
	for _, g := range groups {
		piece, err := a.piece(who, g)
		if err != nil {
			return l, err
		}
		pieces += string(piece)
		n += len(g.items)
	}
	stop, err := a.stopLink(who.Locale, ticket{Account: who.ID})
	if err != nil {
		return l, err
	}
	l, err = mail.Compose(a.Words, who.Locale, "alerts", "Name", who.Name, "N", n, "Found", mail.Markdown(pieces),
		"Link", a.link(who.Locale, "/alerts"), "Stop", stop)
	if err != nil {
		return l, job.GiveUp(err)
	}
	l.ID, l.To, l.ToName, l.Unsubscribe = "alert:"+id, who.Email, who.Name, stop
	return l, nil
}

// reachable reports whether letters may go to a person: the e-mail is proven to be theirs, and the
// account is open.
func reachable(who *account.Account) bool {
	return who.Email != "" && !who.Confirmed.IsZero() && who.Suspended.IsZero() && who.Closed.IsZero()
}

// mostTold is how many listings of one search a letter tells; the page has the rest.
const mostTold = 20

// piece is what a letter says of one search.
func (a *Alerts) piece(who *account.Account, g group) (mail.Markdown, error) {
	tag := who.Locale
	key := "alert.letter_search"
	if !g.search.Typed() {
		key = "alert.letter_" + g.search.Listing.Kind
	}
	piece := "\n\n" + string(mail.Fragment(a.Words, tag, key, "Name", g.search.Name)) + "\n\n"
	for i, one := range g.items {
		if i == mostTold {
			piece += "\n" + string(mail.Fragment(a.Words, tag, "alert.letter_more", "N", len(g.items)-mostTold, "Link", a.link(tag, "/alerts/"+g.search.ID))) + "\n"
			break
		}
		line := mail.Fragment(a.Words, tag, "alert.letter_item", "Title", one.title.In(tag), "Link", a.link(tag, one.path()),
			"Kind", a.Words.T(tag, "alert.kind_"+one.key.Kind), "Owner", a.owner(tag, one))
		piece += "- " + string(line)
		for _, reason := range a.reasons(tag, one) {
			piece += "  \n  " + string(mail.Fragment(a.Words, tag, "alert.letter_reason", "Reason", reason))
		}
		piece += "\n"
	}
	stop, err := a.stopLink(tag, ticket{Account: who.ID, Search: g.search.ID})
	if err != nil {
		return "", err
	}
	return mail.Markdown(piece + "\n" + string(mail.Fragment(a.Words, tag, "alert.letter_stop", "Stop", stop))), nil
}

// link is the address of a page as it stands in a letter.
func (a *Alerts) link(tag lang.Tag, path string) string {
	if tag == lang.En {
		path = "/en" + path
	}
	return a.BaseURL + path
}

var errNoKey = errors.New("the key of the installation is missing")

// stopLink is the address at which a reader stops letters without signing in.
func (a *Alerts) stopLink(tag lang.Tag, t ticket) (string, error) {
	token, err := t.sign(a.Key)
	if err != nil {
		return "", fmt.Errorf("sign the link that stops a letter: %w", errors.Join(errNoKey, err))
	}
	return a.link(tag, "/unsubscribe/"+token), nil
}
