// Package follow is where bodies are followed up: reminders of tasks before and after they are due, the
// weekly digest, and official letters that urge.
package follow

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/account/seal"
	"chonoi/internal/db"
	"chonoi/internal/document/paper"
	"chonoi/internal/job"
	"chonoi/internal/lang"
	"chonoi/internal/mail"
	"chonoi/internal/programme"
	"chonoi/internal/web"
	"chonoi/internal/when"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Config is what following up needs of the house.
type Config struct {
	*programme.Programme
	Accounts *account.Accounts
	Words    *lang.Words
	Layouts  *paper.Layouts
	Key      *seal.Ring // signs the links of letters; nil while the installation has not its key
	BaseURL  string     // links in letters begin with it
	Letters  func() mail.Sender
	// Tell sends a letter to those who speak for a body.
	Tell func(tx *db.Tx, body, letter string, args ...any) error
}

// Follower reminds bodies and lets the office urge them.
type Follower struct {
	Config
	steps *programme.Steps
}

// New returns a follower that goes by the steps that come with the program.
func New(c Config) (*Follower, error) {
	s, err := programme.ShippedSteps()
	return &Follower{Config: c, steps: s}, err
}

// Routes are the pages of reminders and letters with the right that each needs. Which body it is, each
// door checks itself. What a letter leads to needs none but its token.
func (x *Follower) Routes() []web.Route {
	return []web.Route{
		{"GET /desk/reminders", x.showDesk, account.MaySeeOwn},
		{"GET /desk/reminders.csv", x.sendCSV, account.MaySeeOwn},
		{"GET /desk/reminders/{body}", x.showSettings, account.MaySeeOwn},
		{"POST /desk/reminders/{body}", x.set, account.MayReport},
		{"GET /reminders/{token}/stop", x.showStop, account.Anyone},
		{"POST /reminders/{token}/stop", x.stop, account.Anyone},
		{"GET /letters", x.showLetters, account.MaySeeOwn},
		{"GET /letters/new", x.showNew, account.MayProgramme},
		{"POST /letters", x.draft, account.MayProgramme},
		{"GET /letters/{id}", x.showLetter, account.MaySeeOwn},
		{"GET /letters/{id}/edit", x.showEdit, account.MayProgramme},
		{"POST /letters/{id}", x.rewrite, account.MayProgramme},
		{"POST /letters/{id}/issue", x.issue, account.MayProgramme},
		{"GET /letters/{id}/letter.docx", x.sendDOCX, account.MaySeeOwn},
	}
}

// Special is the link of a letter: it notes that its reader came, and leads to the task.
func (x *Follower) Special() []web.Special {
	return []web.Special{{Route: web.Route{"GET /reminders/{token}", x.open, account.Anyone}, Stream: true, PerMinute: 60}}
}

// The work of following up.
const (
	morning    job.Name[time.Time] = "programme.remind"
	sendLetter job.Name[string]    = "programme.reminder_letter"
)

// Kinds is the work of following up.
func (x *Follower) Kinds(d *db.DB) []job.Kind {
	return []job.Kind{
		morning.Outside(func(ctx context.Context, due time.Time) error { return x.Morning(ctx, d, when.DayOf(due)) }).Timeout(10 * time.Minute),
		sendLetter.Outside(func(ctx context.Context, id string) error { return x.Send(ctx, d, id) }),
	}
}

// Clocks says when it is done, in the city's time.
func (x *Follower) Clocks() []job.Clock { return []job.Clock{job.Daily(x.steps.Morning, morning)} }

// bodiesAtOnce is how many bodies are listed together; each is reminded in a unit of its own.
const bodiesAtOnce = 200

// Morning leaves the letters of a morning: to each body what it is reminded of, and its digest when its
// day has come. A second run of the same morning leaves nothing, and one that was cut off goes on.
func (x *Follower) Morning(ctx context.Context, d *db.DB, day when.Day) error {
	var failed error
	for after, more := "", true; more; {
		var bodies []string
		err := d.View(ctx, func(tx *db.Tx) (err error) {
			bodies, err = programme.BodiesFollowed(tx, after, bodiesAtOnce)
			return err
		})
		if err != nil {
			return err
		}
		more = len(bodies) == bodiesAtOnce
		for _, body := range bodies {
			after = body
			if body == "" {
				continue
			}
			if err := d.Update(ctx, func(tx *db.Tx) error { return x.Leave(tx, body, day) }); err != nil {
				failed = errors.Join(failed, fmt.Errorf("remind %s: %w", body, err)) // the others are not kept waiting
			}
			if ctx.Err() != nil {
				return failed
			}
		}
	}
	return failed
}

// Leave records what a body is reminded of on a morning and leaves the sending of its letters, in one unit.
func (x *Follower) Leave(tx *db.Tx, body string, day when.Day) error {
	following, err := programme.FollowingOf(tx, x.steps, body)
	if err != nil {
		return err
	}
	readers, err := x.readers(tx, body, following)
	if err != nil {
		return err
	}
	letters, err := x.Remind(tx, x.steps, body, day, readers)
	if err != nil {
		return err
	}
	if week, ok := x.steps.Week(following.Weekday, day); ok {
		weekly, err := x.LeaveDigest(tx, body, week, readers)
		if err != nil {
			return err
		}
		letters = append(letters, weekly...)
	}
	for _, id := range letters {
		if err := job.Later(tx, sendLetter, id); err != nil {
			return err
		}
	}
	return nil
}

// readers are the people of a body who have its letters.
func (x *Follower) readers(tx *db.Tx, body string, f programme.Following) (all []account.ID, err error) {
	members, err := x.Accounts.Members(tx, body)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		if m.Since.IsZero() || f.Stopped[m.Account] {
			continue
		}
		who, err := x.Accounts.Get(tx, m.Account)
		if err != nil {
			return nil, err
		}
		if reachable(who) {
			all = append(all, m.Account)
		}
	}
	return all, nil
}

// reachable reports whether letters may go to a person: the e-mail is proven to be theirs, and the
// account is open.
func reachable(who *account.Account) bool {
	return who.Email != "" && !who.Confirmed.IsZero() && who.Suspended.IsZero() && who.Closed.IsZero()
}
