package follow

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/job"
	"chonoi/internal/lang"
	"chonoi/internal/mail"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// Send writes a letter as things stand now and sends it. What was done or moved since it was left is not
// told; a letter that has nothing left to tell, or whose reader has left the body or wants none, does not
// go. A second run sends at most the same letter under the same Message-ID.
func (x *Follower) Send(ctx context.Context, d *db.DB, id string) error {
	var w written
	err := d.View(ctx, func(tx *db.Tx) (err error) {
		w, err = x.write(tx, id)
		return err
	})
	if err != nil || w.why == gone {
		return err
	}
	if w.why == "" {
		if err = x.Letters().Send(ctx, w.mail); err != nil {
			if !mail.Refused(err) {
				return err
			}
			w.why, err = "refused", job.GiveUp(err)
		}
	}
	kept := d.Update(ctx, func(tx *db.Tx) error {
		if w.why != "" {
			return programme.LetterDropped(tx, w.letter, w.why)
		}
		return programme.LetterSent(tx, w.letter, w.told)
	})
	if kept != nil {
		return kept
	}
	return err
}

// gone is a letter that no longer waits.
const gone = "gone"

// written is a letter in words, or why it does not go.
type written struct {
	letter programme.ReminderLetter
	mail   mail.Letter
	told   []programme.Reminding
	why    string
}

func (x *Follower) write(tx *db.Tx, id string) (w written, err error) {
	waits := false
	if w.letter, waits, err = programme.LetterWaiting(tx, id); err != nil || !waits {
		w.why = gone
		return w, err
	}
	who, err := x.reader(tx, w.letter)
	if err != nil || who == nil {
		w.why = "unwanted"
		return w, err
	}
	if w.letter.Kind == programme.WeeklyLetter {
		return w, x.writeDigest(tx, &w, who)
	}
	return w, x.writeReminders(tx, &w, who)
}

// reader returns whose letter it is; nil when they may have it no more.
func (x *Follower) reader(tx *db.Tx, l programme.ReminderLetter) (*account.Account, error) {
	who, err := x.Accounts.Get(tx, l.Reader)
	if fault.KindOf(err) == fault.NotFound {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	stopped, err := programme.Stopped(tx, l.Body)
	if err != nil || stopped[l.Reader] || !reachable(who) || !(account.Actor{ID: who.ID, Memberships: who.Memberships}).In(l.Body) {
		return nil, err
	}
	return who, nil
}

func (x *Follower) writeReminders(tx *db.Tx, w *written, who *account.Account) (err error) {
	if w.told, err = x.StillDue(tx, w.letter.Batch); err != nil {
		return err
	}
	if len(w.told) == 0 {
		w.why = "needless"
		return nil
	}
	tasks := make([]*programme.Task, 0, len(w.told))
	for _, one := range w.told {
		tasks = append(tasks, one.Task)
	}
	return x.compose(tx, w, who, "reminders", []section{{"", tasks}}, len(w.told))
}

func (x *Follower) writeDigest(tx *db.Tx, w *written, who *account.Account) error {
	g, err := x.Digest(tx, w.letter.Body, when.DayOf(tx.Now))
	if err != nil {
		return err
	}
	if g.Empty() {
		w.why = "needless"
		return nil
	}
	return x.compose(tx, w, who, "weekly", []section{{"late", g.Late}, {"due", g.Due}, {"returned", g.Returned}, {"unproved", g.Unproved}, {"orphans", g.Orphans}}, g.Size(), g.Unassigned...)
}

// section is a list of tasks in a letter under a heading.
type section struct {
	name  string
	tasks []*programme.Task
}

// mostTold is how many tasks of a section a letter tells; the desk has the rest.
const mostTold = 30

func (x *Follower) compose(tx *db.Tx, w *written, who *account.Account, name string, sections []section, n int, open ...programme.Unassigned) error {
	tag, l := who.Locale, w.letter
	names, err := x.Bodies.Names(tx, when.DayOf(tx.Now), l.Body)
	if err != nil {
		return err
	}
	token, err := x.sign(l.ID)
	if err != nil {
		return err
	}
	pieces := ""
	for _, s := range sections {
		if len(s.tasks) > 0 {
			pieces += x.section(tag, token, s, when.DayOf(tx.Now))
		}
	}
	if len(open) > 0 {
		pieces += "\n\n" + string(mail.Fragment(x.Words, tag, "follow.letter_unassigned")) + "\n\n"
		for _, one := range open {
			plan, _ := one.Plan.Name.Best(tag)
			pieces += "- " + string(mail.Fragment(x.Words, tag, "follow.letter_open", "Plan", plan, "N", one.N, "Link", x.link(tag, "/programme/rows/unassigned?plan="+one.Plan.ID))) + "\n"
		}
	}
	stop := x.link(tag, "/reminders/"+token+"/stop")
	m, err := mail.Compose(x.Words, tag, name, "Name", who.Name, "Body", names[l.Body], "N", n, "Tasks", mail.Markdown(pieces),
		"Desk", x.link(tag, "/reminders/"+token), "Stop", stop)
	if err != nil {
		return job.GiveUp(err)
	}
	m.ID, m.To, m.ToName, m.Unsubscribe = "reminder:"+l.ID, who.Email, who.Name, stop
	w.mail = m
	return nil
}

// section tells some tasks, each with its day and a link.
func (x *Follower) section(tag lang.Tag, token string, s section, today when.Day) string {
	text := ""
	if s.name != "" {
		text = "\n\n" + string(mail.Fragment(x.Words, tag, "follow.letter_"+s.name, "N", len(s.tasks))) + "\n\n"
	}
	for i, t := range s.tasks {
		if i == mostTold {
			return text + "\n" + string(mail.Fragment(x.Words, tag, "follow.letter_more", "N", len(s.tasks)-mostTold, "Link", x.link(tag, "/reminders/"+token))) + "\n"
		}
		title, _ := t.Title.Best(tag)
		text += "- " + string(mail.Fragment(x.Words, tag, "follow.letter_task", "Title", bare(title), "Number", t.Number,
			"Link", x.link(tag, "/reminders/"+token+"?task="+url.QueryEscape(t.ID)), "Due", dueText(x.Words, tag, t.Due, today))) + "\n"
	}
	return text
}

// dueText tells when a task is due and how far that is from a day.
func dueText(words *lang.Words, tag lang.Tag, due, today when.Day) string {
	if due.Zero() {
		return words.T(tag, "follow.no_day")
	}
	date, n := lang.Date(tag, due.Start()), today.DaysUntil(due)
	switch {
	case n > 0:
		return words.T(tag, "follow.due_in", "Date", date, "N", n)
	case n == 0:
		return words.T(tag, "follow.due_today", "Date", date)
	}
	return words.T(tag, "follow.due_since", "Date", date, "N", -n)
}

// link is the address of a page as it stands in a letter.
func (x *Follower) link(tag lang.Tag, path string) string {
	if tag == lang.En {
		path = "/en" + path
	}
	return x.BaseURL + path
}

const aboutToken = "programme.reminder_letter"

// sign writes a letter's token so that nobody but the house can write or read it.
func (x *Follower) sign(letter string) (string, error) {
	token, err := x.Key.Seal(aboutToken, letter)
	if err != nil {
		return "", fmt.Errorf("sign the link of a letter: %w", err)
	}
	return token, nil
}

// letterOf returns the letter of a token; Gone for a token that the house did not write.
func (x *Follower) letterOf(tx *db.Tx, token string) (programme.ReminderLetter, error) {
	id, err := x.Key.Open(aboutToken, token)
	if err != nil {
		return programme.ReminderLetter{}, fault.New(fault.Gone, "follow.link_amiss")
	}
	return programme.ReminderLetterOf(tx, id)
}

// weekdays are the days on which a digest may come, 0 for none.
var weekdays = []int{1, 2, 3, 4, 5, 6, 7, 0}

func isWeekday(n int) bool { return slices.Contains(weekdays, n) }
