package programme

import (
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Opinion is what somebody says of a clause of a public plan (ý kiến). It is waiting until the
// programme office lets it pass or refuses it with a coded reason; the body in charge answers it.
type Opinion struct {
	record.Head
	Plan       string
	Clause     string
	Words      string
	Name       string // as the author wants to be called; "" for nobody
	Refusal    string // one of Refusals
	Answer     lang.Both
	AnsweredBy string // body
	Answered   when.Day
}

// Refusals are the reasons for which an opinion is not shown.
var Refusals = []string{"off_subject", "insulting", "personal_data", "advertising", "repeated", "unlawful"}

// Opinions is the kind of record that Opinion is.
var Opinions = record.Kind[Opinion]{Name: "opinion", Prefix: "YK", Fields: field.Set[Opinion]{
	field.Text("plan", func(o *Opinion) *string { return &o.Plan }).Acts(),
	field.Text("clause", func(o *Opinion) *string { return &o.Clause }).Acts(),
	field.Text("words", func(o *Opinion) *string { return &o.Words }).Needed().In("what").UpTo(mostOpinion),
	field.Text("name", func(o *Opinion) *string { return &o.Name }).In("what").UpTo(100),
	field.Text("refusal", func(o *Opinion) *string { return &o.Refusal }).Acts(),
	field.Both("answer", func(o *Opinion) *lang.Both { return &o.Answer }).Acts().UpTo(mostOpinion),
	field.Text("answered_by", func(o *Opinion) *string { return &o.AnsweredBy }).Acts(),
	field.Day("answered_on", func(o *Opinion) *when.Day { return &o.Answered }).Acts(),
}, Head: func(o *Opinion) *record.Head { return &o.Head }}.Prepare()

const (
	mostOpinion = 4000 // characters
	mostADay    = 10   // opinions of one person

	mostByLetter = 200 // opinions without an account in a day, of all people
)

// CheckOpinion reports what is amiss with an opinion on a clause of a plan that everybody sees.
func CheckOpinion(tx *db.Tx, a account.Actor, o *Opinion) error {
	p, err := PlanOf(tx, a, o.Plan)
	if err != nil {
		return err
	}
	if !p.Public || p.State == "draft" {
		return fault.New(fault.NotFound, "record.not_found")
	}
	if _, err := ClauseOf(tx, p.ID, o.Clause); err != nil {
		return err
	}
	f := fault.New(fault.Invalid, "opinion.invalid")
	if len([]rune(o.Words)) < 10 {
		f.At("words", "opinion.too_short")
	}
	if n := len([]rune(o.Words)); n > mostOpinion {
		f.At("words", "field.too_long", "N", n, "Most", mostOpinion)
	}
	if n := len([]rune(o.Name)); n > 100 {
		f.At("name", "field.too_long", "N", n, "Most", 100)
	}
	return f.OrNil()
}

// Say keeps the opinion of somebody with an account until the office has looked at it.
func Say(tx *db.Tx, a account.Actor, o *Opinion) error {
	if err := CheckOpinion(tx, a, o); err != nil {
		return err
	}
	said, err := saidSince(tx, a.ID, tx.Now.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	if said >= mostADay {
		return fault.New(fault.TooMany, "opinion.too_many", "N", mostADay)
	}
	o.State = "waiting"
	return Opinions.New(tx, a.ID, "opinion.said", o)
}

// SayByLetter keeps the opinion of somebody without an account, whose address a letter has confirmed.
// The address stands apart and is forgotten once nothing more is to be told.
func SayByLetter(tx *db.Tx, o *Opinion, email string, tag lang.Tag) error {
	if err := CheckOpinion(tx, account.Actor{}, o); err != nil {
		return err
	}
	said, err := letteredSince(tx, tx.Now.AddDate(0, 0, -1))
	if err != nil {
		return err
	}
	if said >= mostByLetter {
		return fault.New(fault.TooMany, "opinion.too_many_by_letter")
	}
	o.State, o.By = "waiting", ByLetter
	if err := Opinions.New(tx, ByLetter, "opinion.said", o); err != nil {
		return err
	}
	return insertAuthor(tx, o.ID, email, tag)
}

// ByLetter stands for whoever said something without an account.
const ByLetter account.ID = "letter"

// Days returns for how many days an opinion has waited for its answer on a day, or had to.
func (o *Opinion) Days(on when.Day) int {
	if !o.Answered.Zero() {
		on = o.Answered
	}
	return max(0, when.DayOf(o.Created).DaysUntil(on))
}

// Moderate shows an opinion, or refuses it with a reason of the list.
func Moderate(tx *db.Tx, a account.Actor, old *Opinion, refusal string) error {
	if old.State != "waiting" {
		return fault.New(fault.Conflict, "opinion.wrong_state")
	}
	if refusal != "" && !slices.Contains(Refusals, refusal) {
		return fault.New(fault.Invalid, "opinion.invalid").At("refusal", "field.not_in_list")
	}
	o := Opinions.Copy(old)
	o.State, o.Refusal = "shown", refusal
	act := "opinion.shown"
	if refusal != "" {
		o.State, act = "refused", "opinion.refused"
	}
	return Opinions.Save(tx, a.ID, act, old, o)
}

// Reply answers an opinion that is shown, in the name of a body.
func Reply(tx *db.Tx, a account.Actor, old *Opinion, body string, answer lang.Both) error {
	if old.State != "shown" {
		return fault.New(fault.Conflict, "opinion.wrong_state")
	}
	f := fault.New(fault.Invalid, "opinion.invalid")
	if answer.Vi == "" {
		f.At("answer_vi", "field.needed")
	}
	for column, text := range map[string]string{"answer_vi": answer.Vi, "answer_en": answer.En} {
		if n := len([]rune(text)); n > mostOpinion {
			f.At(column, "field.too_long", "N", n, "Most", mostOpinion)
		}
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	o := Opinions.Copy(old)
	o.Answer, o.AnsweredBy, o.Answered = answer, body, when.DayOf(tx.Now)
	return Opinions.Save(tx, a.ID, "opinion.answered", old, o)
}
