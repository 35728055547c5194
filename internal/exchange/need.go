package exchange

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Need is a problem or a technology looked for (nhu cầu công nghệ). An officer owns it and owes
// an answer by a day.
type Need struct {
	Listing
	Symptoms    lang.Both // what is seen today
	Quantities  lang.Both // flows, volumes, limits
	Result      lang.Both // wanted, measurable
	Conditions  lang.Both // of the site
	Tried       lang.Both // and why it failed
	BudgetMin   int64     // whole đồng
	BudgetMax   int64
	Timing      lang.Both
	NeededBy    when.Day
	TRLMin      int64
	Cooperation []string // desired
	Officer     string   // account that owes the answer
	ReplyDue    when.Day
	Answer      string // found, partly, none
	AnswerNote  lang.Both
	AnsweredOn  when.Day
}

var needFields = append(listingFields(func(n *Need) *Listing { return &n.Listing }), field.Set[Need]{
	field.Long("symptoms", func(n *Need) *lang.Both { return &n.Symptoms }).Needed().In("trouble"),
	field.Long("quantities", func(n *Need) *lang.Both { return &n.Quantities }).Needed().In("trouble"),
	field.Long("result", func(n *Need) *lang.Both { return &n.Result }).Needed().In("trouble"),
	field.Long("tried", func(n *Need) *lang.Both { return &n.Tried }).In("trouble"),
	field.Long("conditions", func(n *Need) *lang.Both { return &n.Conditions }).In("limits"),
	field.Money("budget_min", func(n *Need) *int64 { return &n.BudgetMin }).In("limits").Volatile(),
	field.Money("budget_max", func(n *Need) *int64 { return &n.BudgetMax }).In("limits").Volatile(),
	field.Both("timing", func(n *Need) *lang.Both { return &n.Timing }).In("limits").UpTo(300).Volatile(),
	field.Day("needed_by", func(n *Need) *when.Day { return &n.NeededBy }).In("limits").Volatile(),
	field.Int("trl_min", 1, 9, func(n *Need) *int64 { return &n.TRLMin }).In("limits"),
	field.Codes("cooperation", "cooperation", func(n *Need) *[]string { return &n.Cooperation }).In("limits").Facet(),
	field.Text("officer", func(n *Need) *string { return &n.Officer }).Acts().Closed(field.OwnerOnly),
	field.Day("reply_due", func(n *Need) *when.Day { return &n.ReplyDue }).Acts(),
	field.Text("answer", func(n *Need) *string { return &n.Answer }).Acts(),
	field.Long("answer_note", func(n *Need) *lang.Both { return &n.AnswerNote }).Acts().UpTo(2000).Find(field.NotFound),
	field.Day("answered_on", func(n *Need) *when.Day { return &n.AnsweredOn }).Acts(),
}...)

// Needs is the kind of record that Need is.
var Needs = record.Kind[Need]{Name: "need", Prefix: "NC", Fields: columned(needFields), Head: func(n *Need) *record.Head { return &n.Head }}.Prepare()

// SecondLook reports whether the need needs a second reviewer: only where the technology looked
// for is of a restricted or unknown class.
func (n *Need) SecondLook() bool { return n.Class == "restricted" || n.Class == "banned" }

func (n *Need) check(f *fault.Fault) {
	if n.BudgetMax > 0 && n.BudgetMin > n.BudgetMax {
		f.At("budget_max", "need.budget_crossed")
	}
}

// own makes an officer the one who owes the need's answer, from the day of publication.
func (n *Need) own(officer account.ID, today when.Day, days int) {
	n.Officer = string(officer)
	n.ReplyDue = when.WorkingDays(today, days, nil)
}

// AnswerNeed ends a need: found, partly or none, with what the owner is told.
func (x *Exchange) AnswerNeed(tx *db.Tx, officer account.ID, id, answer string, note lang.Both) error {
	act := "answer"
	switch answer {
	case "found", "partly":
	case "none":
		act = "no_answer"
	default:
		return fault.New(fault.Invalid, "need.answer_invalid").At("answer", "field.needed")
	}
	if note.Empty() {
		return fault.New(fault.Invalid, "need.answer_invalid").At("answer_note_vi", "field.needed")
	}
	old, err := Needs.Get(tx, id)
	if err != nil {
		return err
	}
	move, err := Next(old.State, act)
	if err != nil {
		return err
	}
	n := Needs.Copy(old)
	n.State, n.Answer, n.AnswerNote, n.AnsweredOn = move.To, answer, note, when.DayOf(tx.Now)
	if err := Needs.Save(tx, officer, "need."+act, old, n); err != nil {
		return err
	}
	return x.tell(tx, &n.Listing, "need_answered", "Title", n.Title, "Note", note)
}
