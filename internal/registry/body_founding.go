package registry

import (
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// MayKeepBodies is the right to tell the facts of bodies in time: officers who import, and the
// programme office.
var MayKeepBodies = account.Right{Name: "may_keep_bodies", Allows: func(a account.Actor) bool {
	return account.MayImport.Allows(a) || account.MayProgramme.Allows(a)
}}

// FoundBody adds a body of state or Party that exists from a day on, confirmed at once and without
// need of a tax code. Only who may keep bodies may do it; a body that exists since ever has no day.
func FoundBody(tx *db.Tx, actor account.Actor, o *Organisation, from when.Day) error {
	if !MayKeepBodies.Allows(actor) {
		return fault.New(fault.Forbidden, "body.keepers_only")
	}
	o.Name, o.ShortName = lang.Both{Vi: lang.Clean(o.Name.Vi), En: lang.Clean(o.Name.En)}, lang.Clean(o.ShortName)
	if o.Kind != "" && !StateKind(o.Kind) {
		return invalid("kind", "body.state_kinds_only")
	}
	if len([]rune(o.Name.Vi)) > 250 || len([]rune(o.Name.En)) > 250 || len([]rune(o.ShortName)) > 100 {
		return invalid("name_vi", "body.too_long")
	}
	if o.Name.Vi == "" {
		return invalid("name_vi", "field.needed")
	}
	o.Confirmer = string(actor.ID)
	if err := untaken(tx, o); err != nil {
		return err
	}
	if err := Plant(tx, actor.ID, o); err != nil {
		return err
	}
	if from.Zero() {
		return nil
	}
	return insertName(tx, BodyName{Body: o.ID, Name: o.Name, Short: o.ShortName, From: from})
}

// Commune is one row of a list of communes.
type Commune struct {
	Code string // of the official list
	Kind string // phuong or xa
	Name string
}

// Communes says what an import makes of a list of communes.
type Communes struct {
	Actor account.Actor
	Body  string // kind of the body that each commune gets: party_committee, peoples_committee or ward_commune
	Class string // class that the bodies join; none when empty
	Under string // body that they stand under; none when empty
	Place string // code of the province or city
	From  when.Day
	Words *lang.Words
}

// CommuneBodies are the kinds of bodies that an import makes.
var CommuneBodies = []string{"party_committee", "peoples_committee", "ward_commune"}

// Take makes the body of a commune, places it and puts it into the class, as far as that was not
// done before; it reports whether the body is new. A fault tells what is wrong with the row.
func (c Communes) Take(tx *db.Tx, one Commune) (isNew bool, err error) {
	one.Code, one.Name, one.Kind = lang.Clean(one.Code), lang.Clean(one.Name), lang.Clean(one.Kind)
	switch {
	case one.Code == "" || len(one.Code) > 20 || !digits(one.Code):
		return false, fault.New(fault.Invalid, "body.row_code")
	case one.Kind != "phuong" && one.Kind != "xa":
		return false, fault.New(fault.Invalid, "body.row_kind", "Found", one.Kind)
	case one.Name == "" || strings.Contains(one.Name, "\n") || len([]rune(one.Name)) > 100:
		return false, fault.New(fault.Invalid, "body.row_name")
	}
	o, err := BySource(tx, "communes", c.Body+" "+one.Code)
	if err != nil {
		return false, err
	}
	if isNew = o == nil; isNew {
		if o, err = c.found(tx, one); err != nil {
			return false, err
		}
	}
	if c.Class == "" {
		return isNew, nil
	}
	last, err := lastMembership(tx, c.Class, o.ID)
	if err != nil || (last.ID != "" && last.To == "") {
		return isNew, err
	}
	return isNew, AddMember(tx, c.Actor.ID, c.Class, o.ID, c.From)
}

func (c Communes) found(tx *db.Tx, one Commune) (*Organisation, error) {
	key := "body." + c.Body + "_" + one.Kind
	o := &Organisation{Kind: c.Body, Place: c.Place, Name: lang.Both{Vi: c.Words.T(lang.Vi, key, "Name", one.Name), En: c.Words.T(lang.En, key, "Name", one.Name)}}
	o.Source, o.External = "communes", c.Body+" "+one.Code
	if err := FoundBody(tx, c.Actor, o, c.From); err != nil {
		return nil, err
	}
	if c.Under == "" {
		return o, nil
	}
	return o, PlaceUnder(tx, c.Actor.ID, o.ID, c.Under, c.From)
}
