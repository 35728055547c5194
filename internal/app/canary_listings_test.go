package app_test

import (
	"database/sql"
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/internal/when"
)

// publicTitle stands in the title of each planted listing that everybody may find.
const publicTitle = "Tin có chim hoàng yến"

// fillFacts fills every fact of a record, whatever its kind, with something that is written nowhere else.
// LevelAt tells who may see a fact; what everybody may see is left as it is. Facts of codes take the
// code with the longest name.
func fillFacts[T any](f *flock, codes *record.Codes, kind *record.Kind[T], r *T, id string, levelAt func(field.Field[T]) field.Level) error {
	targets := kind.Fields.Targets(r)
	at := 0
	for _, one := range kind.Fields {
		level := levelAt(one)
		for _, column := range one.Columns() {
			target, where := targets[at], kind.Name+"."+column
			at++
			if level == field.Public {
				continue
			}
			code := longestCode(codes, kind.Name, one.List)
			if one.List != "" {
				f.sight(where+" ("+code.Code+")", level, id, lookOf(code.Name.Vi), lookOf(code.Name.En))
			}
			switch to := target.(type) {
			case *string:
				*to = code.Code
				if one.List == "" {
					*to = f.word(where, level)
				}
			case *int64:
				*to = f.sum(where, level, max(one.Least, 1), one.Most)
			case sql.Scanner:
				value := any(int64(1))
				if one.Kind == field.KindCodes {
					value = code.Code
				} else if one.Kind == field.KindDay {
					value = f.day(where, level).String()
				}
				if err := to.Scan(value); err != nil {
					return err
				}
			}
			f.closed = append(f.closed, closed{kind.Name, id, one.Name, column, filters(one, r), level})
		}
	}
	return nil
}

// filters are the values by which the search would find a fact.
func filters[T any](one field.Field[T], r *T) []string {
	switch {
	case !one.Filter:
		return nil
	case one.Kind == field.KindFlag:
		return []string{"yes"}
	}
	return one.CodesOf(r)
}

// lookOf is the name of a code when it is long enough to stand for nothing else.
func lookOf(name string) string {
	if len(name) < 20 {
		return ""
	}
	return name
}

// longestCode is the code of a list with the longest name, and of an organisation the first one: it
// is seen beside its listings. Needs want another form of cooperation than offers have, for what one
// side tells is seen on the pages of matches of the other.
func longestCode(codes *record.Codes, kind, list string) record.Code {
	var longest record.Code
	for i, c := range codes.Of(list) {
		if kind == exchange.Needs.Name && list == "cooperation" && c.Code == "licence" {
			continue
		}
		if len(c.Name.Vi) > len(longest.Name.Vi) && (i == 0 || kind != registry.Organisations.Name) {
			longest = c
		}
	}
	return longest
}

// plantOrganisations plants one organisation of which nobody knows, whose name opens with an
// enquiry to its anonymous listings, and one that everybody may look up but for its closed facts.
func (f *flock) plantOrganisations(tx *db.Tx, s *app.Server, by account.ID) (hidden, known string, err error) {
	for _, one := range []*registry.Organisation{{}, {}} {
		secret := f.ids["organisations"] == nil
		one.ID = db.NewID(tx.Now)
		err := fillFacts(f, s.Codes, registry.Organisations, one, one.ID, func(fact field.Field[registry.Organisation]) field.Level {
			switch {
			case !secret:
				return fact.Default
			case fact.Name == "name" || fact.Name == "kind" || fact.Name == "place":
				return field.Enquiry
			}
			return field.OwnerOnly
		})
		if err != nil {
			return "", "", err
		}
		one.Email, one.Website, one.Kind, one.By = one.Email+"@x.example", "https://"+one.Website+".example", "foreign_firm", by
		if secret {
			one.TaxCode, one.Source, one.External = "", f.word("organisation.source", field.OwnerOnly), f.word("organisation.external_id", field.OwnerOnly)
			f.id("organisations", one.ID, field.Enquiry)
			if err = registry.Found(tx, by, one); err != nil {
				return "", "", err
			}
			hidden = one.ID
			continue
		}
		one.Name, one.Website = lang.Both{Vi: "Hợp tác xã Chim Én", En: "Swallow Cooperative"}, ""
		f.ids["organisations"] = append(f.ids["organisations"], one.ID)
		known = one.ID
		if err = registry.Plant(tx, by, one); err != nil {
			return "", "", err
		}
	}
	return hidden, known, nil
}

// plantListings plants a listing of each state there is, and anonymous ones. The levels of what
// the owner may close go round, so that each fact stands at each level somewhere.
func plantListings[T any](tx *db.Tx, f *flock, s *app.Server, shelf *exchange.Shelf[T], by account.ID, hidden, known string) error {
	for n, state := range exchange.States {
		if _, err := plantListing(tx, f, s, shelf, known, by, state, n, false); err != nil {
			return err
		}
	}
	for n := range 4 {
		id, err := plantListing(tx, f, s, shelf, hidden, by, exchange.Published, n, true)
		if err != nil {
			return err
		}
		f.ties = append(f.ties, [2]string{id, hidden})
	}
	id, err := plantListing(tx, f, s, shelf, known, by, exchange.Renewed, 5, true)
	f.ties = append(f.ties, [2]string{id, known})
	return err
}

func plantListing[T any](tx *db.Tx, f *flock, s *app.Server, shelf *exchange.Shelf[T], owner string, by account.ID, state string, turn int, anonymous bool) (string, error) {
	open := exchange.Citable(state)
	head := record.Head{ID: db.NewID(tx.Now), State: state, Owner: owner, By: by, Anonymous: anonymous, Shown: map[string]field.Level{}}
	if open || slices.Contains([]string{exchange.Suspended, exchange.Withdrawn, exchange.Blocked}, state) {
		head.Published, head.Expires = tx.Now, when.DayOf(tx.Now).AddDays(90)
	}
	if anonymous || !open {
		level := field.OwnerOnly
		if open {
			level = field.Enquiry
		}
		head.Source, head.External = f.word(shelf.Kind.Name+".source", level), f.word(shelf.Kind.Name+".external_id", level)
	}
	f.ids[shelf.Kind.Name+"s"] = append(f.ids[shelf.Kind.Name+"s"], head.ID)
	step := 0
	levelAt := func(one field.Field[T]) field.Level {
		step++
		switch {
		case !open:
			return field.OwnerOnly
		case one.Fixed:
			return one.Default
		case one.Name == "title" || one.Name == "summary":
			return field.Public
		}
		level := []field.Level{field.SignedIn, field.Enquiry, field.NDA, field.OwnerOnly}[(step+turn)%4]
		if anonymous && one.Hides {
			head.Shown[one.Name] = field.Public // anonymity closes it, whatever the owner chose
			return field.Enquiry
		}
		head.Shown[one.Name] = level
		return level
	}
	var amiss error
	r, err := shelf.Plant(tx, by, head, func(string) ([]string, bool) { return nil, false }, func(r *T) {
		amiss = fillFacts(f, s.Codes, shelf.Kind, r, head.ID, levelAt)
		l := shelf.Listing(r)
		l.Shown = head.Shown
		if open {
			l.Title, l.Summary = lang.Both{Vi: publicTitle, En: publicTitle}, lang.Both{Vi: "Tóm tắt công khai"}
		}
	})
	if err == nil {
		err = amiss
	}
	if err != nil {
		return "", err
	}
	return shelf.Listing(r).ID, plantProofs(tx, f, shelf.Kind.Name, head.ID, open)
}

// plantProofs makes a claim: a public word of a listing that everybody may open, else a secret.
func plantProofs(tx *db.Tx, f *flock, kind, id string, open bool) error {
	c := &record.Claim{Kind: kind, Record: id, Claim: "trl", Proof: "third_party", Statement: lang.Both{Vi: "Đã đo"}, ThirdParty: "Trung tâm đo lường", Checked: tx.Now,
		CheckedBy: account.ID(f.ids["people"][1]), Until: when.DayOf(tx.Now).AddDays(90)}
	if !open {
		c.Statement = lang.Both{Vi: f.word("claim.statement_vi", field.OwnerOnly), En: f.word("claim.statement_en", field.OwnerOnly)}
		c.ThirdParty, c.Until = f.word("claim.third_party", field.OwnerOnly), f.day("claim.valid_until", field.OwnerOnly)
	}
	if err := record.CopyClaim(tx, "system", c); err != nil {
		return err
	}
	f.ids["claims"] = append(f.ids["claims"], c.ID)
	return nil
}
