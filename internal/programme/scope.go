package programme

import (
	"fmt"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/observatory"
)

// Plans returns the ids of the plans that the review is about, in its order.
func (v *Review) Plans() []string { return append([]string{v.Plan}, strings.Fields(v.Also)...) }

// About makes the review one of these plans.
func (v *Review) About(plans []*Plan) {
	v.Plan, v.Also = "", ""
	for i, p := range plans {
		if i == 0 {
			v.Plan = p.ID
			continue
		}
		v.Also = strings.TrimSpace(v.Also + " " + p.ID)
	}
}

// PlansReviewed returns the plans that the review is about, in its order.
func PlansReviewed(tx *db.Tx, v *Review) ([]*Plan, error) {
	ids := v.Plans()
	named, err := plansNamed(tx, ids...)
	if err != nil {
		return nil, err
	}
	all := make([]*Plan, 0, len(ids))
	for _, id := range ids {
		if named[id] == nil {
			return nil, fmt.Errorf("review %s: no plan %q", v.ID, id)
		}
		all = append(all, named[id])
	}
	return all, nil
}

// PlansToReview returns the plans in force or past in which a body had something to do, and its own
// ones, that had begun on the day of the figures; oldest first. Each is looked at by whoever may see
// it, and the body's part of any by those who manage the body.
func PlansToReview(tx *db.Tx, a account.Actor, v *Review) (all []*Plan, err error) {
	found, err := plansOfBody(tx, v.Body)
	for _, p := range found {
		if p.From.After(v.AsOf) || !p.Seen(a) && !a.Manages(v.Body) {
			continue
		}
		all = append(all, p)
	}
	return all, err
}

// allPublic reports whether everybody may see all of the plans.
func allPublic(plans []*Plan) bool {
	for _, p := range plans {
		if !p.Public {
			return false
		}
	}
	return true
}

// freezeScope takes over one plan after the other: the only one in its groups, each of several as a
// group of its own, so that no clause is taken for that of another plan.
func (f *Figures) freezeScope(tx *db.Tx, x *Programme, book *observatory.Book, v *Review) (proved map[string]bool, err error) {
	plans, err := PlansReviewed(tx, v)
	if err != nil {
		return nil, err
	}
	if err := f.freezeUnplanned(tx, x, v, plans); err != nil {
		return nil, err
	}
	proved = map[string]bool{}
	for i, p := range plans {
		b, err := x.Board(tx, p, v.AsOf)
		if err != nil {
			return nil, err
		}
		said, err := lastReports(tx, p.ID, v.AsOf)
		if err != nil {
			return nil, err
		}
		part := scope{Board: b, body: v.Body}
		if f.Several = len(plans) > 1; f.Several {
			part.prefix, part.group = p.Symbol+", ", FrozenGroup{fmt.Sprintf("p%d", i+1), p.Symbol, p.Name.Vi}
			if p.Owner == v.Body {
				part.body = ""
			}
			if p.Symbol == "" {
				part.prefix = p.Number + ", "
			}
		}
		f.freezeBoard(part, said)
		if err := f.freezePlans(tx, b); err != nil {
			return nil, err
		}
		f.freezeBreaks(b, v)
		if err := f.freezeMeasures(tx, book, part, proved); err != nil {
			return nil, err
		}
	}
	return proved, nil
}

// scope is what of a board is taken over: all, or what one body has; and under which words.
type scope struct {
	*Board
	body   string
	prefix string      // before the path of each clause
	group  FrozenGroup // of all clauses; none when they stand in the groups of the plan
}

// freezeName takes over what the body was called on the day.
func (f *Figures) freezeName(tx *db.Tx, x *Programme, v *Review) error {
	if v.Body == "" {
		return nil
	}
	names, err := x.Bodies.Names(tx, v.AsOf, v.Body)
	f.Body = names[v.Body]
	return err
}

// Mend puts a blank in the place of each figure of the words that the review has not.
func (f *Figures) Mend(words lang.Both) lang.Both {
	mend := func(text string) string {
		return placed.ReplaceAllStringFunc(text, func(at string) string {
			if _, ok := f.Figure(strings.Trim(at, "[]")); !ok {
				return Blank
			}
			return at
		})
	}
	return lang.Both{Vi: mend(words.Vi), En: mend(words.En)}
}
