package programme

import (
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Urging is an official letter that urges a body to do what is overdue (công văn đôn đốc). It is a
// draft until it is issued, and stays as it is from then on.
type Urging struct {
	record.Head          // the owner is the organisation that urges
	Body        string   // that is urged
	AsOf        when.Day // on which its list was drawn up
	Addressee   string
	Abstract    string
	Opening     string // words above the list
	Closing     string // words below it
	Layout      string
	Symbol      string
	Issued      when.Day
	Place       string
	Superior    string
	Issuer      string
	Authority   string
	SignerAs    string
	Signer      string
	SentTo      string // a line for each
}

// Urgings is the kind of record that Urging is.
var Urgings = record.Kind[Urging]{Name: "urging_letter", Prefix: "DD", Fields: field.Set[Urging]{
	field.Text("body", func(u *Urging) *string { return &u.Body }).Acts(),
	field.Day("as_of", func(u *Urging) *when.Day { return &u.AsOf }).Acts(),
	field.Text("addressee", func(u *Urging) *string { return &u.Addressee }).Needed().In("what").UpTo(300),
	field.Text("abstract", func(u *Urging) *string { return &u.Abstract }).Needed().In("what").UpTo(400),
	field.Text("opening", func(u *Urging) *string { return &u.Opening }).In("what").UpTo(8000),
	field.Text("closing", func(u *Urging) *string { return &u.Closing }).In("what").UpTo(8000),
	field.Text("layout", func(u *Urging) *string { return &u.Layout }).In("document").UpTo(40),
	field.Text("symbol", func(u *Urging) *string { return &u.Symbol }).In("document").UpTo(40),
	field.Day("issued_on", func(u *Urging) *when.Day { return &u.Issued }).In("document"),
	field.Text("place", func(u *Urging) *string { return &u.Place }).In("document").UpTo(100),
	field.Text("superior", func(u *Urging) *string { return &u.Superior }).In("document").UpTo(300),
	field.Text("issuer", func(u *Urging) *string { return &u.Issuer }).In("document").UpTo(300),
	field.Text("signer_authority", func(u *Urging) *string { return &u.Authority }).In("document").UpTo(200),
	field.Text("signer_title", func(u *Urging) *string { return &u.SignerAs }).In("document").UpTo(200),
	field.Text("signer_name", func(u *Urging) *string { return &u.Signer }).In("document").UpTo(100),
	field.Text("sent_to", func(u *Urging) *string { return &u.SentTo }).In("document").UpTo(4000),
}, Head: func(u *Urging) *record.Head { return &u.Head }}.Prepare()

// Urged is an overdue task in a letter, as it stood when the list was drawn up.
type Urged struct {
	Task, Number string
	Plan         string // symbol of the document
	Clause       string
	Title        lang.Both
	Due          when.Day
}

// mostUrged is how many tasks one letter urges.
const mostUrged = 200

// Seen reports whether a reader may see the letter: who sees plans from within, and people of the body
// that is urged once it is issued.
func (u *Urging) Seen(a account.Actor) bool {
	return account.MaySeeProgramme.Allows(a) || u.State == "issued" && u.Body != "" && a.In(u.Body)
}

// UrgingOf returns a letter that the reader may see.
func UrgingOf(tx *db.Tx, a account.Actor, id string) (*Urging, error) {
	u, err := Urgings.Get(tx, id)
	if err == nil && !u.Seen(a) {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return u, err
}

// urged takes over the chosen tasks, which must be overdue ones of the body.
func urged(tx *db.Tx, body string, tasks []string) ([]Urged, error) {
	f := fault.New(fault.Invalid, "urging.invalid")
	overdue, err := OverdueOf(tx, body, when.DayOf(tx.Now))
	if err != nil {
		return nil, err
	}
	plans, symbols := []string{}, map[string]string{}
	for _, t := range overdue {
		plans = append(plans, t.Plan)
	}
	known, err := plansNamed(tx, plans...)
	if err != nil {
		return nil, err
	}
	for id, p := range known {
		symbols[id] = p.Symbol
	}
	var all []Urged
	for _, t := range overdue {
		if slices.Contains(tasks, t.ID) {
			all = append(all, Urged{t.ID, t.Number, symbols[t.Plan], t.Clause, t.Title, t.Due})
		}
	}
	switch {
	case len(all) == 0:
		f.At("tasks", "urging.needs_tasks")
	case len(all) < len(tasks):
		f.At("tasks", "urging.not_overdue")
	case len(all) > mostUrged:
		f.At("tasks", "urging.too_many", "Most", mostUrged)
	}
	return all, f.OrNil()
}

// DraftUrging begins a letter to a body about some of its overdue tasks.
func DraftUrging(tx *db.Tx, a account.Actor, u *Urging, tasks []string) error {
	rows, err := urged(tx, u.Body, tasks)
	if err != nil {
		return err
	}
	u.State, u.AsOf = "draft", when.DayOf(tx.Now)
	if err := Urgings.New(tx, a.ID, "urging_letter.drafted", u); err != nil {
		return err
	}
	return keepUrged(tx, u.ID, rows)
}

// RewriteUrging changes the words, the head and the list of a draft; the list is drawn up anew.
func RewriteUrging(tx *db.Tx, a account.Actor, old, u *Urging, tasks []string) error {
	if old.State != "draft" {
		return fault.New(fault.Conflict, "urging.issued_already")
	}
	f := fault.New(fault.Invalid, "urging.invalid")
	for column, text := range map[string]string{"addressee": u.Addressee, "abstract": u.Abstract, "opening": u.Opening} {
		if text == "" {
			f.At(column, "field.needed")
		}
	}
	rows, err := urged(tx, u.Body, tasks)
	if fields, ok := fault.As(err); ok {
		for _, one := range fields.Fields {
			f.At(one.Field, one.Key, one.Args...)
		}
	} else if err != nil {
		return err
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	u.AsOf = when.DayOf(tx.Now)
	if err := keepUrged(tx, u.ID, rows); err != nil {
		return err
	}
	return Urgings.Save(tx, a.ID, "urging_letter.rewritten", old, u, ledger.Change{Field: "tasks", New: numbersOf(rows)})
}

// IssueUrging ends the draft: from now on nothing of it changes. It needs what an official letter has,
// and each task of its list must still be overdue.
func IssueUrging(tx *db.Tx, a account.Actor, old *Urging) error {
	if old.State != "draft" {
		return fault.New(fault.Conflict, "urging.issued_already")
	}
	f := fault.New(fault.Invalid, "urging.invalid")
	for column, text := range map[string]string{"addressee": old.Addressee, "abstract": old.Abstract, "opening": old.Opening,
		"symbol": old.Symbol, "issuer": old.Issuer, "signer_name": old.Signer, "layout": old.Layout} {
		if text == "" {
			f.At(column, "field.needed")
		}
	}
	if old.Issued.Zero() {
		f.At("issued_on", "field.needed")
	} else if old.Issued.Before(old.AsOf) {
		f.At("issued_on", "urging.before_list")
	}
	for column, words := range map[string]string{"opening": old.Opening, "closing": old.Closing} {
		if strings.Contains(words, Blank) {
			f.At(column, "urging.blanks_left")
		}
	}
	rows, err := UrgedBy(tx, old.ID)
	if err != nil {
		return err
	}
	ids := make([]string, 0, len(rows))
	for _, one := range rows {
		ids = append(ids, one.Task)
	}
	if _, err := urged(tx, old.Body, ids); fault.KindOf(err) == fault.Invalid {
		f.At("tasks", "urging.not_overdue")
	} else if err != nil {
		return err
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	u := Urgings.Copy(old)
	u.State, u.Published = "issued", tx.Now
	return Urgings.Save(tx, a.ID, "urging_letter.issued", old, u, ledger.Change{Field: "tasks", New: numbersOf(rows)})
}

func numbersOf(rows []Urged) string {
	all := make([]string, 0, len(rows))
	for _, one := range rows {
		all = append(all, one.Number)
	}
	return strings.Join(all, " ")
}
