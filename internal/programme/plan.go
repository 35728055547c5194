package programme

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Plan is a document whose words bodies are held to: plan, programme, resolution, decision (văn bản
// giao nhiệm vụ). Its states are draft, in_force, replaced and ended. What the document prints is
// kept as printed; what was not printed is empty until an officer tells it.
type Plan struct {
	record.Head
	Name       lang.Both
	About      lang.Both
	Kind       string
	Symbol     string
	Abstract   string
	Issuer     string
	Superior   string
	Place      string
	Issued     when.Day
	Authority  string
	SignedBy   string
	SignerAs   string
	Signer     string
	Layout     string
	Parent     string // plan that it carries out
	From, To   when.Day
	ReplacedBy string
	Public     bool
	File       string
	SHA256     string
	Unread     int64 // doubtful places that no officer has looked at
}

var planFields = field.Set[Plan]{
	field.Both("name", func(p *Plan) *lang.Both { return &p.Name }).Needed().In("what").UpTo(200).Find(field.InTitle),
	field.Long("about", func(p *Plan) *lang.Both { return &p.About }).In("what").UpTo(4000).Find(field.InSummary),
	field.Text("kind", func(p *Plan) *string { return &p.Kind }).Needed().In("document").UpTo(60),
	field.Text("symbol", func(p *Plan) *string { return &p.Symbol }).In("document").UpTo(40).Find(field.InKeywords),
	field.Text("abstract", func(p *Plan) *string { return &p.Abstract }).In("document").UpTo(2000),
	field.Text("issuer", func(p *Plan) *string { return &p.Issuer }).In("document").UpTo(300),
	field.Text("superior", func(p *Plan) *string { return &p.Superior }).In("document").UpTo(300),
	field.Text("place", func(p *Plan) *string { return &p.Place }).In("document").UpTo(100),
	field.Day("issued_on", func(p *Plan) *when.Day { return &p.Issued }).In("document"),
	field.Text("signer_authority", func(p *Plan) *string { return &p.Authority }).In("document").UpTo(200),
	field.Text("signer_by", func(p *Plan) *string { return &p.SignedBy }).In("document").UpTo(200),
	field.Text("signer_title", func(p *Plan) *string { return &p.SignerAs }).In("document").UpTo(200),
	field.Text("signer_name", func(p *Plan) *string { return &p.Signer }).In("document").UpTo(100),
	field.Text("layout", func(p *Plan) *string { return &p.Layout }).In("reports").UpTo(40),
	field.Text("parent", func(p *Plan) *string { return &p.Parent }).Acts(),
	field.Day("valid_from", func(p *Plan) *when.Day { return &p.From }).In("document"),
	field.Day("valid_to", func(p *Plan) *when.Day { return &p.To }).Acts(),
	field.Text("replaced_by", func(p *Plan) *string { return &p.ReplacedBy }).Acts().UpTo(60),
	field.Flag("is_public", func(p *Plan) *bool { return &p.Public }).In("reports"),
	field.Text("file_name", func(p *Plan) *string { return &p.File }).Acts().UpTo(200),
	field.Text("file_sha256", func(p *Plan) *string { return &p.SHA256 }).Acts(),
	field.Int("unread", 0, 1_000_000, func(p *Plan) *int64 { return &p.Unread }).Acts(),
}

// Plans is the kind of record that Plan is.
var Plans = record.Kind[Plan]{Name: "plan", Prefix: "KH", Fields: planFields,
	Head: func(p *Plan) *record.Head { return &p.Head }}.Prepare()

// Seen reports whether a reader may see the plan: everybody one that is public and in force or
// was; the programme office and its like each; people of its body its own.
func (p *Plan) Seen(a account.Actor) bool {
	if account.MaySeeProgramme.Allows(a) || p.Owner != "" && a.In(p.Owner) {
		return true
	}
	return p.Public && p.State != "draft"
}

// Led reports whether somebody may write in the plan: the programme office in each, managers of
// its body in its own.
func (p *Plan) Led(a account.Actor) bool {
	if a.Is(account.Inspector) {
		return false
	}
	return account.MayProgramme.Allows(a) || p.Owner != "" && a.Manages(p.Owner)
}

// PlanOf returns a plan that the reader may see; any other is not found.
func PlanOf(tx *db.Tx, a account.Actor, id string) (*Plan, error) {
	p, err := Plans.Get(tx, id)
	if err != nil {
		return nil, err
	}
	if !p.Seen(a) {
		return nil, fault.New(fault.NotFound, "record.not_found")
	}
	return p, nil
}

// LedPlan returns a plan in which the actor may write.
func LedPlan(tx *db.Tx, a account.Actor, id string) (*Plan, error) {
	p, err := PlanOf(tx, a, id)
	if err != nil {
		return nil, err
	}
	if !p.Led(a) {
		return nil, fault.New(fault.Forbidden, "plan.not_yours")
	}
	return p, nil
}

// LookedInto returns a plan whose working pages the actor reads: those who lead it, and who inspects.
func LookedInto(tx *db.Tx, a account.Actor, id string) (*Plan, error) {
	p, err := PlanOf(tx, a, id)
	if err != nil {
		return nil, err
	}
	if !p.Led(a) && !a.Is(account.Inspector) {
		return nil, fault.New(fault.Forbidden, "plan.not_yours")
	}
	return p, nil
}

// ChangePlan keeps what an officer tells of the document itself. The text stays untouched.
func ChangePlan(tx *db.Tx, a account.Actor, old, p *Plan) error {
	if err := p.check(); err != nil {
		return err
	}
	return Plans.Save(tx, a.ID, "plan.changed", old, p)
}

// check reports what is amiss with what was told of a plan.
func (p *Plan) check() error {
	f := fault.New(fault.Invalid, "plan.invalid")
	if p.Name.Empty() {
		f.At("name_vi", "field.needed")
	}
	if p.Kind == "" {
		f.At("kind", "field.needed")
	}
	if !p.From.Zero() && !p.To.Zero() && p.To.Before(p.From) {
		f.At("valid_to", "plan.ends_before_it_begins")
	}
	return f.OrNil()
}

// PutInForce ends the reading of a plan: from here its clauses are assigned and reported on. The
// document's number, date and issuer must be told, and no doubtful place be left.
func PutInForce(tx *db.Tx, a account.Actor, p *Plan) error {
	f := fault.New(fault.Invalid, "plan.not_ready")
	if p.State != "draft" {
		return fault.New(fault.Conflict, "plan.wrong_state")
	}
	if p.Symbol == "" {
		f.At("symbol", "plan.needs_symbol")
	}
	if p.Issued.Zero() {
		f.At("issued_on", "plan.needs_day")
	}
	if p.Issuer == "" {
		f.At("issuer", "plan.needs_issuer")
	}
	if p.Unread > 0 {
		f.At("unread", "plan.needs_looking_at", "N", p.Unread)
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	now := Plans.Copy(p)
	now.State, now.Published = "in_force", tx.Now
	if now.From.Zero() {
		now.From = now.Issued
	}
	return Plans.Save(tx, a.ID, "plan.put_in_force", p, now)
}

// End records that a plan holds no longer: replaced by a document, or ended. Every clause of a plan
// that rests on it is marked by that, and nothing of what was reported changes.
func End(tx *db.Tx, a account.Actor, p *Plan, replacedBy string, last when.Day) error {
	if p.State != "in_force" {
		return fault.New(fault.Conflict, "plan.wrong_state")
	}
	if last.Zero() || !p.From.Zero() && last.Before(p.From) {
		return fault.New(fault.Invalid, "plan.invalid").At("valid_to", "plan.ends_before_it_begins")
	}
	now := Plans.Copy(p)
	now.State, now.To, now.ReplacedBy = "ended", last, replacedBy
	if replacedBy != "" {
		now.State = "replaced"
	}
	return Plans.Save(tx, a.ID, "plan."+now.State, p, now)
}

// note writes an act on something that is no record of its own into the ledger.
func note(tx *db.Tx, actor account.ID, act, kind, id string, change ...ledger.Change) error {
	_, err := ledger.Append(tx, ledger.Note{Actor: string(actor), Act: act, Kind: kind, ID: id, Change: change})
	return err
}

// Unknown lists what must be told of a plan before it can be in force and that nobody has told: its
// symbol, day of issue and issuer.
func (p *Plan) Unknown() []string {
	all := []string{}
	if p.Symbol == "" {
		all = append(all, "symbol")
	}
	if p.Issued.Zero() {
		all = append(all, "issued_on")
	}
	if p.Issuer == "" {
		all = append(all, "issuer")
	}
	return all
}
