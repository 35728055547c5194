package registry

import (
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// A body is an organisation in time: its names, what it stood under, when it ended and who took
// over from it, each with its days. Facts are only added or given a last day, so that what is asked
// of an earlier day is answered alike for ever.

// BodyName is what a body is called in a period; a zero day leaves the period open at that end.
type BodyName struct {
	Body     string
	Name     lang.Both
	Short    string
	From, To when.Day
}

// Succession is a handing over of tasks from bodies to bodies, by a decision (kế thừa).
type Succession struct {
	From, To []string
	Kind     string   // one of SuccessionKinds
	On       when.Day // first day on which it holds
	Decision string
	Scope    string // which tasks; empty is all
}

// SuccessionKinds are the kinds of a succession. With merge, split, rename and end, those bodies
// end that are not among the successors; with takes_tasks_of nobody ends.
var SuccessionKinds = []string{"merge", "split", "rename", "end", "takes_tasks_of"}

// always is a day after which nothing is told.
const always = "9999-12-31"

func invalid(field, key string) error {
	return fault.New(fault.Invalid, "body.invalid").At(field, key)
}

// NameFrom tells what a body is called from a day on; the name before ends the day before. Names
// are told in the order of their days.
func NameFrom(tx *db.Tx, actor account.ID, n BodyName) error {
	n.Name, n.Short = lang.Both{Vi: lang.Clean(n.Name.Vi), En: lang.Clean(n.Name.En)}, lang.Clean(n.Short)
	f := fault.New(fault.Invalid, "body.invalid")
	if n.Name.Vi == "" {
		f.At("name_vi", "field.needed")
	}
	for column, text := range map[string]string{"name_vi": n.Name.Vi, "name_en": n.Name.En, "short": n.Short} {
		if len([]rune(text)) > 250 {
			f.At(column, "body.too_long")
		}
	}
	if n.From.Zero() {
		f.At("from", "field.needed")
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	old, err := Organisations.Get(tx, n.Body)
	if err != nil {
		return err
	}
	last, err := lastPeriod(tx, "organisation_name", n.Body, always)
	if err != nil {
		return err
	}
	if last.ID != "" && last.From >= n.From.String() {
		return invalid("from", "body.days_in_order")
	}
	if err := rename(tx, old, n); err != nil {
		return err
	}
	change := []ledger.Change{{Field: "from", New: n.From.String()}, {Field: "name_vi", New: n.Name.Vi}, {Field: "name_en", New: n.Name.En}, {Field: "short", New: n.Short}}
	if n.From.After(when.DayOf(tx.Now)) || (old.Name == n.Name && old.ShortName == n.Short) {
		return note(tx, actor, "body.named", n.Body, change...)
	}
	o := Organisations.Copy(old)
	o.Name, o.ShortName = n.Name, n.Short
	return Organisations.Save(tx, actor, "body.named", old, o, change[0])
}

// rename writes a name period. The name that the register gives becomes the first period when there
// is none yet and it is another one.
func rename(tx *db.Tx, old *Organisation, n BodyName) error {
	last, err := lastPeriod(tx, "organisation_name", n.Body, n.From.String())
	if err != nil {
		return err
	}
	switch {
	case last.ID != "" && last.From == n.From.String():
		return replaceName(tx, last.ID, n)
	case last.ID != "":
		if err := closePeriod(tx, "organisation_name", last.ID, n.From.AddDays(-1).String()); err != nil {
			return err
		}
		if n.To, err = when.ParseDay(last.To); err != nil {
			return err
		}
	case old.Name != n.Name:
		first := BodyName{Body: n.Body, Name: old.Name, Short: old.ShortName, To: n.From.AddDays(-1)}
		if err := insertName(tx, first); err != nil {
			return err
		}
	}
	return insertName(tx, n)
}

// PlaceUnder tells under which body another stands from a day on; an empty parent says that it
// stands under none any more. No body may on any day stand above itself.
func PlaceUnder(tx *db.Tx, actor account.ID, body, parent string, from when.Day) error {
	if from.Zero() {
		return invalid("from", "field.needed")
	}
	if err := mustKnow(tx, "parent", body, parent); err != nil {
		return err
	}
	last, err := lastPeriod(tx, "organisation_parent", body, always)
	if err != nil {
		return err
	}
	if last.ID != "" && (last.From >= from.String() || (last.To != "" && last.To >= from.String())) {
		return invalid("from", "body.days_in_order")
	}
	if parent != "" {
		circle, err := inCircle(tx, body, parent, from.String())
		if err != nil {
			return err
		}
		if circle {
			return invalid("parent", "body.circle")
		}
	}
	if last.ID != "" && last.To == "" {
		if err := closePeriod(tx, "organisation_parent", last.ID, from.AddDays(-1).String()); err != nil {
			return err
		}
	}
	if parent != "" {
		if err := insertParent(tx, body, parent, from.String()); err != nil {
			return err
		}
	}
	return note(tx, actor, "body.placed", body, ledger.Change{Field: "from", New: from.String()}, ledger.Change{Field: "parent", New: parent})
}

// mustKnow refuses ids of bodies that the register does not have; empty ones are passed over.
func mustKnow(tx *db.Tx, field string, ids ...string) error {
	ids = slices.DeleteFunc(slices.Clone(ids), func(id string) bool { return id == "" })
	have, err := known(tx, ids...)
	if err != nil {
		return err
	}
	for _, id := range ids {
		if !have[id] {
			return invalid(field, "body.unknown")
		}
	}
	return nil
}

// EndBody tells the last day of a body. It is told once.
func EndBody(tx *db.Tx, actor account.ID, body string, last when.Day, decision string) error {
	decision = lang.Clean(decision)
	switch {
	case last.Zero():
		return invalid("last_day", "field.needed")
	case decision == "":
		return invalid("decision", "body.decision_needed")
	case len([]rune(decision)) > 500:
		return invalid("decision", "body.too_long")
	}
	if err := mustKnow(tx, "last_day", body); err != nil {
		return err
	}
	ended, err := lastDays(tx, body)
	if err != nil {
		return err
	}
	if !ended[body].Zero() {
		return invalid("last_day", "body.ended_already")
	}
	return end(tx, actor, body, last, decision)
}

func end(tx *db.Tx, actor account.ID, body string, last when.Day, decision string) error {
	if err := insertEnd(tx, body, last.String(), decision); err != nil {
		return err
	}
	return note(tx, actor, "body.ended", body, ledger.Change{Field: "last_day", New: last.String()}, ledger.Change{Field: "decision", New: decision})
}

// Succeed tells that bodies hand over to bodies, many to many, in one act. Bodies that end by it
// have the day before as their last one; one of them may have been told to end on that very day.
func Succeed(tx *db.Tx, actor account.ID, s Succession) error {
	s.Decision, s.Scope = lang.Clean(s.Decision), lang.Clean(s.Scope)
	s.From, s.To = distinct(s.From), distinct(s.To)
	if err := s.check(); err != nil {
		return err
	}
	if err := mustKnow(tx, "from", s.From...); err != nil {
		return err
	}
	if err := mustKnow(tx, "to", s.To...); err != nil {
		return err
	}
	ended, err := lastDays(tx, append(slices.Clone(s.From), s.To...)...)
	if err != nil {
		return err
	}
	for _, id := range s.To {
		if last := ended[id]; !last.Zero() && last.Before(s.On) {
			return invalid("to", "body.successor_ended")
		}
	}
	last := s.On.AddDays(-1)
	for _, id := range s.From {
		if told := ended[id]; s.ends(id) && !told.Zero() && told != last {
			return invalid("from", "body.ended_already")
		}
	}
	for _, id := range s.From {
		if err := s.handOver(tx, actor, id, ended[id].Zero()); err != nil {
			return err
		}
	}
	return nil
}

// ends reports whether a body that hands over ends by it.
func (s Succession) ends(id string) bool {
	return s.Kind != "takes_tasks_of" && !slices.Contains(s.To, id)
}

// handOver writes what a succession says of one of the bodies that hand over.
func (s Succession) handOver(tx *db.Tx, actor account.ID, id string, goesOn bool) error {
	if s.ends(id) && goesOn {
		if err := end(tx, actor, id, s.On.AddDays(-1), s.Decision); err != nil {
			return err
		}
	}
	successors := s.To
	if len(successors) == 0 {
		successors = []string{""}
	}
	for _, to := range successors {
		if to == id { // a body that goes on needs no successor in itself
			continue
		}
		if err := insertSuccession(tx, s, id, to); err != nil {
			return err
		}
	}
	return note(tx, actor, "body.succeeded", id, ledger.Change{Field: "kind", New: s.Kind}, ledger.Change{Field: "on_day", New: s.On.String()},
		ledger.Change{Field: "to_body", New: strings.Join(s.To, " ")}, ledger.Change{Field: "decision", New: s.Decision}, ledger.Change{Field: "scope", New: s.Scope})
}

// check reports what a succession lacks: how many hand over to how many depends on its kind.
func (s Succession) check() error {
	f := fault.New(fault.Invalid, "body.invalid")
	if !slices.Contains(SuccessionKinds, s.Kind) {
		f.At("kind", "field.needed")
	}
	if s.On.Zero() {
		f.At("on_day", "field.needed")
	}
	if s.Decision == "" {
		f.At("decision", "body.decision_needed")
	}
	if len([]rune(s.Decision)) > 500 {
		f.At("decision", "body.too_long")
	}
	if len([]rune(s.Scope)) > 2000 {
		f.At("scope", "body.too_long")
	}
	if len(s.From) == 0 || (s.Kind == "rename" && len(s.From) != 1) || (s.Kind == "split" && len(s.From) != 1) {
		f.At("from", "body.count_from")
	}
	switch n := len(s.To); {
	case s.Kind == "end" && n != 0, s.Kind == "rename" && n != 1, s.Kind == "split" && n < 2, (s.Kind == "merge" || s.Kind == "takes_tasks_of") && n == 0:
		f.At("to", "body.count_to")
	}
	if (s.Kind == "rename" || s.Kind == "takes_tasks_of") && slices.ContainsFunc(s.To, func(id string) bool { return slices.Contains(s.From, id) }) {
		f.At("to", "body.itself")
	}
	return f.OrNil()
}

func distinct(ids []string) []string {
	var all []string
	for _, id := range ids {
		if id != "" && !slices.Contains(all, id) {
			all = append(all, id)
		}
	}
	return all
}

func note(tx *db.Tx, actor account.ID, act, body string, change ...ledger.Change) error {
	_, err := ledger.Append(tx, ledger.Note{Actor: string(actor), Act: act, Kind: Organisations.Name, ID: body, Change: change})
	return err
}
