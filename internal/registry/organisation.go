// Package registry is the city's register of who can do what: organisations first; experts,
// projects, results, property and equipment follow in their own files.
package registry

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

// Organisation is a body that takes part: firm, cooperative, university, institute, department …
// (tổ chức). Its states are unconfirmed, confirmed and refused.
type Organisation struct {
	record.Head
	Name      lang.Both
	ShortName string
	Kind      string
	TaxCode   string
	Address   lang.Both
	Place     string
	Website   string
	Email     string
	Phone     string
	Founded   int64
	Staff     int64
	About     lang.Both
	Subjects  []string
	Languages string
	Confirmer string // account of the officer who confirmed or refused
	Refusal   string // reason told to the members
}

var organisationFields = field.Set[Organisation]{
	field.Both("name", func(o *Organisation) *lang.Both { return &o.Name }).Needed().In("who").Find(field.InTitle),
	field.Text("short_name", func(o *Organisation) *string { return &o.ShortName }).In("who").Find(field.InKeywords),
	field.Code("kind", "organisation_kinds", func(o *Organisation) *string { return &o.Kind }).Needed().In("who").Facet(),
	field.Text("tax_code", func(o *Organisation) *string { return &o.TaxCode }).In("who").UpTo(14),
	field.Int("founded", 1800, 2100, func(o *Organisation) *int64 { return &o.Founded }).In("who"),
	field.Int("staff", 1, 1_000_000, func(o *Organisation) *int64 { return &o.Staff }).In("who"),
	field.Both("address", func(o *Organisation) *lang.Both { return &o.Address }).In("where").UpTo(300),
	field.Code("place", "places", func(o *Organisation) *string { return &o.Place }).In("where").Facet(),
	field.Text("website", func(o *Organisation) *string { return &o.Website }).In("where"),
	field.Text("email", func(o *Organisation) *string { return &o.Email }).In("where").Closed(field.SignedIn),
	field.Text("phone", func(o *Organisation) *string { return &o.Phone }).In("where").UpTo(40).Closed(field.SignedIn),
	field.Text("languages", func(o *Organisation) *string { return &o.Languages }).In("where"),
	field.Long("about", func(o *Organisation) *lang.Both { return &o.About }).In("what").Find(field.InSummary),
	field.Codes("subjects", "subjects", func(o *Organisation) *[]string { return &o.Subjects }).In("what").Facet(),
	field.Text("confirmer", func(o *Organisation) *string { return &o.Confirmer }).Acts().Closed(field.OwnerOnly),
	field.Text("refusal", func(o *Organisation) *string { return &o.Refusal }).Acts().Closed(field.OwnerOnly).UpTo(2000),
}

// Organisations is the kind of record that Organisation is.
var Organisations = record.Kind[Organisation]{Name: "organisation", Prefix: "TC", Fields: organisationFields,
	Head: func(o *Organisation) *record.Head { return &o.Head }}.Prepare()

// ValidTaxCode reports whether a Vietnamese tax code is well formed: 10 digits whose last one is
// the check digit, or such a code with a branch number (-001).
func ValidTaxCode(code string) bool {
	main, branch, branched := strings.Cut(code, "-")
	if len(main) != 10 || (branched && (len(branch) != 3 || !digits(branch))) || !digits(main) {
		return false
	}
	sum := 0
	for i, weight := range []int{31, 29, 23, 19, 17, 13, 7, 5, 3} {
		sum += weight * int(main[i]-'0')
	}
	check := 10 - sum%11
	return check < 10 && check == int(main[9]-'0')
}

func digits(s string) bool {
	return strings.Trim(s, "0123456789") == "" && s != ""
}

// stateKinds are the kinds of bodies of state and Party, which need no tax code when the house
// itself adds them.
var stateKinds = []string{"state_body", "party_body", "department", "peoples_committee", "peoples_council", "party_committee", "ward_commune", "district",
	"mass_organisation", "fatherland_front"}

// StateKind reports whether a kind of organisation is one of state and Party bodies.
func StateKind(kind string) bool { return slices.Contains(stateKinds, kind) }

// check reports what is amiss with what was told of the organisation; one of state and Party may
// lack a tax code where untaxed says so.
func (o *Organisation) check(untaxed bool) error {
	f := fault.New(fault.Invalid, "organisation.invalid")
	if o.Name.Empty() {
		f.At("name_vi", "field.needed")
	}
	if o.Kind == "" {
		f.At("kind", "field.needed")
	}
	if o.TaxCode != "" && !ValidTaxCode(o.TaxCode) {
		f.At("tax_code", "organisation.bad_tax_code")
	}
	if o.TaxCode == "" && o.Kind != "foreign_firm" && (!untaxed || !StateKind(o.Kind)) {
		f.At("tax_code", "organisation.tax_code_needed")
	}
	if o.Website != "" && !strings.HasPrefix(o.Website, "http://") && !strings.HasPrefix(o.Website, "https://") {
		f.At("website", "organisation.bad_website")
	}
	return f.OrNil()
}

// Found adds an organisation that waits for an officer's confirmation. The tax code must be well
// formed and not taken by another one.
func Found(tx *db.Tx, actor account.ID, o *Organisation) error {
	if err := o.check(false); err != nil {
		return err
	}
	if err := untaken(tx, o); err != nil {
		return err
	}
	o.State, o.Owner = "unconfirmed", ""
	return Organisations.New(tx, actor, "organisation.founded", o)
}

// untaken refuses a tax code that a confirmed or waiting organisation has.
func untaken(tx *db.Tx, o *Organisation) error {
	if o.TaxCode == "" {
		return nil
	}
	twin, err := Organisations.Find(tx, "WHERE tax_code = ? AND id <> ? AND state <> 'refused' LIMIT 1", o.TaxCode, o.ID)
	if err != nil {
		return err
	}
	if len(twin) > 0 {
		return fault.New(fault.Invalid, "organisation.invalid").At("tax_code", "organisation.tax_code_taken")
	}
	return nil
}

// untaxed reports whether an organisation was added as a body of state or Party without a tax code.
func (o *Organisation) untaxed() bool { return o.TaxCode == "" && StateKind(o.Kind) }

// Change keeps what a manager tells anew. A changed name or tax code waits for confirmation again.
func Change(tx *db.Tx, actor account.ID, old, o *Organisation) error {
	if err := o.check(old.untaxed()); err != nil {
		return err
	}
	if err := untaken(tx, o); err != nil {
		return err
	}
	if old.State == "refused" || (old.State == "confirmed" && (old.TaxCode != o.TaxCode || old.Name != o.Name || old.Kind != o.Kind)) {
		o.State, o.Confirmer, o.Refusal = "unconfirmed", "", ""
	}
	if old.State == "confirmed" && old.Name != o.Name { // what it was called until today stays known
		if err := rename(tx, old, BodyName{Body: old.ID, Name: o.Name, Short: o.ShortName, From: when.DayOf(tx.Now)}); err != nil {
			return err
		}
	}
	return Organisations.Save(tx, actor, "organisation.changed", old, o)
}

// Confirm records that an officer has compared the organisation with the register of its tax code.
func Confirm(tx *db.Tx, officer account.ID, id string) error {
	return decide(tx, officer, id, "confirmed", "organisation.confirmed", "")
}

// Refuse records that an officer could not confirm the organisation, and why.
func Refuse(tx *db.Tx, officer account.ID, id, reason string) error {
	if strings.TrimSpace(reason) == "" {
		return fault.New(fault.Invalid, "organisation.invalid").At("reason", "field.needed")
	}
	return decide(tx, officer, id, "refused", "organisation.refused", reason)
}

func decide(tx *db.Tx, officer account.ID, id, state, act, reason string) error {
	old, err := Organisations.Get(tx, id)
	if err != nil {
		return err
	}
	if old.State != "unconfirmed" {
		return fault.New(fault.Conflict, "organisation.decided_already")
	}
	o := Organisations.Copy(old)
	o.State, o.Confirmer, o.Refusal = state, string(officer), lang.Clean(reason)
	if state == "confirmed" {
		o.Published = tx.Now
	}
	return Organisations.Save(tx, officer, act, old, o)
}

// Plant adds a confirmed organisation as a seed or an import tells it.
func Plant(tx *db.Tx, actor account.ID, o *Organisation) error {
	if err := o.check(true); err != nil {
		return err
	}
	o.State, o.Published = "confirmed", tx.Now
	return Organisations.New(tx, actor, "organisation.planted", o)
}

// See returns the organisation as a reader of that level sees it.
func See(o *Organisation, level field.Level) *Organisation {
	seen := Organisations.Copy(o)
	organisationFields.Redact(seen, level, o.Shown, false)
	return seen
}

// Erase removes what the ledger tells of an organisation's former facts.
func Erase(tx *db.Tx, id string) error { return ledger.Erase(tx, Organisations.Name, id) }

// Letters are the two letters that stand for a name where there is no picture: the first of its
// last two words.
func Letters(name string) string {
	words := strings.Fields(name)
	letters := ""
	for _, word := range words[max(0, len(words)-2):] {
		for _, r := range word {
			letters += strings.ToUpper(string(r))
			break
		}
	}
	return letters
}
