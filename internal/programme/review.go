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

// Review is a report on how a plan stands (sơ kết, tổng kết, báo cáo): the figures of one day, frozen
// with the rows behind them, and words around them. It is a draft until it is issued, and stays as
// it is from then on; what was wrong in it is told by a new one that names it.
type Review struct {
	record.Head
	Kind      string // one of ReviewKinds
	Title     lang.Both
	Plan      string
	Also      string // ids of further plans, a space between: a review of all plans of the body
	Body      string // whose tasks alone are reviewed; "" for all
	From, To  when.Day
	AsOf      when.Day // day of the figures
	Layout    string
	Symbol    string
	Issued    when.Day
	Place     string
	Superior  string
	Issuer    string
	Authority string
	SignerAs  string
	Signer    string
	SentTo    string // a line for each
	Corrects  string // the issued review that this one corrects
	Reason    string // what is corrected
	Public    bool
}

// ReviewKinds are the kinds of reviews: interim (sơ kết), final (tổng kết), monthly and ad hoc.
var ReviewKinds = []string{"interim", "final", "monthly", "ad_hoc"}

var reviewFields = field.Set[Review]{
	field.Text("kind", func(v *Review) *string { return &v.Kind }).Needed().Acts(),
	field.Both("title", func(v *Review) *lang.Both { return &v.Title }).Needed().In("what").UpTo(400),
	field.Text("plan", func(v *Review) *string { return &v.Plan }).Acts(),
	field.Text("also", func(v *Review) *string { return &v.Also }).Acts(),
	field.Text("body", func(v *Review) *string { return &v.Body }).Acts(),
	field.Day("period_from", func(v *Review) *when.Day { return &v.From }).In("what"),
	field.Day("period_to", func(v *Review) *when.Day { return &v.To }).In("what"),
	field.Day("as_of", func(v *Review) *when.Day { return &v.AsOf }).In("what"),
	field.Text("layout", func(v *Review) *string { return &v.Layout }).In("document").UpTo(40),
	field.Text("symbol", func(v *Review) *string { return &v.Symbol }).In("document").UpTo(40),
	field.Day("issued_on", func(v *Review) *when.Day { return &v.Issued }).In("document"),
	field.Text("place", func(v *Review) *string { return &v.Place }).In("document").UpTo(100),
	field.Text("superior", func(v *Review) *string { return &v.Superior }).In("document").UpTo(300),
	field.Text("issuer", func(v *Review) *string { return &v.Issuer }).In("document").UpTo(300),
	field.Text("signer_authority", func(v *Review) *string { return &v.Authority }).In("document").UpTo(200),
	field.Text("signer_title", func(v *Review) *string { return &v.SignerAs }).In("document").UpTo(200),
	field.Text("signer_name", func(v *Review) *string { return &v.Signer }).In("document").UpTo(100),
	field.Text("sent_to", func(v *Review) *string { return &v.SentTo }).In("document").UpTo(4000),
	field.Text("corrects", func(v *Review) *string { return &v.Corrects }).Acts(),
	field.Text("reason", func(v *Review) *string { return &v.Reason }).Acts().UpTo(2000),
	field.Flag("is_public", func(v *Review) *bool { return &v.Public }).In("document"),
}

// Reviews is the kind of record that Review is.
var Reviews = record.Kind[Review]{Name: "plan_review", Prefix: "BC", Fields: reviewFields,
	Head: func(v *Review) *record.Head { return &v.Head }}.Prepare()

// ReviewParts are the parts of a review in their order.
var ReviewParts = []string{"setting", "results", "not_done", "unplanned", "judgement", "direction", "proposals"}

// Words are the words of one part of a review; a figure stands in them as [[its key]].
type Words struct {
	Part string
	Text lang.Both
	By   account.ID
}

// ReviewOf returns a review with its plans that the reader may see: an issued public one of public
// plans everybody; any of plans whoever leads them or sees all plans; a body its own.
func ReviewOf(tx *db.Tx, a account.Actor, id string) (*Review, []*Plan, error) {
	v, err := Reviews.Get(tx, id)
	if err != nil {
		return nil, nil, err
	}
	plans, err := PlansReviewed(tx, v)
	if err != nil {
		return nil, nil, err
	}
	if !v.Seen(a, plans) {
		return nil, nil, fault.New(fault.NotFound, "record.not_found")
	}
	return v, plans, nil
}

// Seen reports whether a reader may see the review.
func (v *Review) Seen(a account.Actor, plans []*Plan) bool {
	if account.MaySeeProgramme.Allows(a) || ledAll(a, plans) || v.Owner != "" && a.In(v.Owner) {
		return true
	}
	return v.State == "issued" && v.Public && allPublic(plans)
}

// Written reports whether somebody may write in the review: whoever leads its plans, and managers of
// the body that reports.
func (v *Review) Written(a account.Actor, plans []*Plan) bool {
	return v.State == "draft" && !a.Is(account.Inspector) && (ledAll(a, plans) || v.Owner != "" && a.Manages(v.Owner))
}

func ledAll(a account.Actor, plans []*Plan) bool {
	return !slices.ContainsFunc(plans, func(p *Plan) bool { return !p.Led(a) })
}

// check looks at what a review is about.
func (v *Review) check(plans []*Plan, today when.Day) error {
	f := fault.New(fault.Invalid, "review.invalid")
	if !slices.Contains(ReviewKinds, v.Kind) {
		f.At("kind", "field.needed")
	}
	if slices.ContainsFunc(plans, func(p *Plan) bool { return p.State == "draft" }) {
		f.At("plan", "review.plan_in_draft")
	}
	if v.From.Zero() {
		f.At("period_from", "field.needed")
	}
	if v.To.Zero() {
		f.At("period_to", "field.needed")
	}
	if v.AsOf.Zero() {
		f.At("as_of", "field.needed")
	}
	if v.AsOf.After(today) {
		f.At("as_of", "review.ahead")
	}
	if !v.From.Zero() && !v.To.Zero() && v.To.Before(v.From) {
		f.At("period_to", "review.period_order")
	}
	if v.Title.Vi == "" {
		f.At("title_vi", "field.needed")
	}
	return f.OrNil()
}

// BeginReview begins a review: its figures are frozen as of its day, its parts hold the words that are
// given. A correction names an issued review.
func BeginReview(tx *db.Tx, a account.Actor, v *Review, figures *Figures, parts []Words) error {
	plans, err := PlansReviewed(tx, v)
	if err != nil {
		return err
	}
	if err := v.check(plans, when.DayOf(tx.Now)); err != nil {
		return err
	}
	if v.Corrects != "" {
		old, err := Reviews.Get(tx, v.Corrects)
		if err != nil {
			return err
		}
		f := fault.New(fault.Invalid, "review.invalid")
		if old.State != "issued" {
			return fault.New(fault.Conflict, "review.not_issued")
		}
		if v.Reason == "" {
			f.At("reason", "review.needs_reason")
		}
		if err := f.OrNil(); err != nil {
			return err
		}
	}
	v.State = "draft"
	if err := Reviews.New(tx, a.ID, "plan_review.drafted", v); err != nil {
		return err
	}
	if err := keepFigures(tx, v.ID, figures); err != nil {
		return err
	}
	return keepParts(tx, v.ID, a.ID, parts)
}

// RewriteReview changes the words of a part of a draft around its figures. Refused is a key that the
// review has not, what is joined to a figure so that other digits are printed, and a figure that
// was lost, but for those that are named as left out on purpose.
func RewriteReview(tx *db.Tx, a account.Actor, v *Review, figures *Figures, part string, text lang.Both, leftOut []string) error {
	if v.State != "draft" {
		return fault.New(fault.Conflict, "review.issued_already")
	}
	if !slices.Contains(ReviewParts, part) {
		return fault.New(fault.NotFound, "record.not_found")
	}
	old, err := PartsOf(tx, v.ID)
	if err != nil {
		return err
	}
	was := old[slices.Index(ReviewParts, part)].Text
	f := fault.New(fault.Invalid, "review.invalid")
	lost := slices.DeleteFunc(Lost(was, text), func(key string) bool { return slices.Contains(leftOut, key) })
	if len(lost) > 0 {
		f.At("words_vi", "review.figure_lost", "Keys", Signs(lost))
	}
	for column, words := range map[string]string{"words_vi": text.Vi, "words_en": text.En} {
		if n := len([]rune(words)); n > mostReviewWords {
			f.At(column, "field.too_long", "N", n, "Most", mostReviewWords)
		}
		if bad := figures.unknown(words); bad != "" {
			f.At(column, "review.no_such_figure", "Key", bad)
		}
		if at := altered(words); at != "" {
			f.At(column, "review.figure_altered", "At", at)
		}
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	if err := keepParts(tx, v.ID, a.ID, []Words{{Part: part, Text: text}}); err != nil {
		return err
	}
	return Reviews.Save(tx, a.ID, "plan_review.rewritten", v, Reviews.Copy(v), ledger.Change{Field: "part", New: part},
		ledger.Change{Field: "words_vi", Old: was.Vi, New: text.Vi}, ledger.Change{Field: "words_en", Old: was.En, New: text.En})
}

// Blank stands in the words of a review where somebody has yet to write; no review is issued with it.
const Blank = "[…]"

const mostReviewWords = 40_000 // characters of a part

// TellReview changes what the head and the foot of a draft say.
func TellReview(tx *db.Tx, a account.Actor, old, v *Review) error {
	if old.State != "draft" {
		return fault.New(fault.Conflict, "review.issued_already")
	}
	plans, err := PlansReviewed(tx, old)
	if err != nil {
		return err
	}
	if err := v.check(plans, when.DayOf(tx.Now)); err != nil {
		return err
	}
	return Reviews.Save(tx, a.ID, "plan_review.told", old, v)
}

// IssueReview ends the draft: from now on nothing of it changes. It needs what an official paper has.
func IssueReview(tx *db.Tx, a account.Actor, old *Review) error {
	if old.State != "draft" {
		return fault.New(fault.Conflict, "review.issued_already")
	}
	f := fault.New(fault.Invalid, "review.invalid")
	for column, text := range map[string]string{"symbol": old.Symbol, "issuer": old.Issuer, "signer_name": old.Signer, "layout": old.Layout} {
		if text == "" {
			f.At(column, "field.needed")
		}
	}
	if old.Issued.Zero() {
		f.At("issued_on", "field.needed")
	}
	if !old.Issued.Zero() && old.Issued.Before(old.AsOf) {
		f.At("issued_on", "review.before_figures")
	}
	parts, err := PartsOf(tx, old.ID)
	if err != nil {
		return err
	}
	if slices.ContainsFunc(parts, func(w Words) bool { return strings.Contains(w.Text.Vi, Blank) }) {
		f.At("parts", "review.blanks_left")
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	figures, err := figuresSum(tx, old.ID)
	if err != nil {
		return err
	}
	v := Reviews.Copy(old)
	v.State, v.Published = "issued", tx.Now
	return Reviews.Save(tx, a.ID, "plan_review.issued", old, v, ledger.Change{Field: "figures", New: figures})
}
