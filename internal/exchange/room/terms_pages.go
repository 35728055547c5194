package room

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// termsView is two versions side by side, clause by clause.
type termsView struct {
	Path, Left, Right string // what the versions are called
	Sum               string
	Rows              []clauseRow
	Choice            []parts.Field // which versions are compared
	Accept            *versionAct   // of the other side's version that stands
	Withdraw          *versionAct   // of one's own
	Notes             []string      // words that go with the versions
}

type clauseRow struct {
	Name        string
	Left, Right [][]piece // lines
	Light       parts.Light
	Accept      *versionAct
}

type versionAct struct{ Path, Digest, Button string }

// terms draws the table of terms; nil before anything was offered.
func (d doors) terms(r *http.Request, one *deal.Room, acts bool) (*termsView, error) {
	all, err := deal.Versions(web.Tx(r), one.ID)
	if err != nil || len(all) == 0 {
		return nil, err
	}
	today := when.DayOf(web.Tx(r).Now)
	left, right := chosen(r, all)
	v := &termsView{Path: "/deals/" + one.ID}
	v.Left = d.called(r, left, today)
	table := deal.Settle(all, today)
	if sheet, err := deal.SheetOf(web.Tx(r), one.ID); err != nil {
		return nil, err
	} else if sheet != nil { // what was agreed on is settled in the words of the versions that it rests on
		for _, clause := range terms.Clauses {
			table.Settled[clause] = all[sheet.RestsOn[0]-1]
		}
	}
	if right != nil {
		v.Right = d.called(r, right, today)
		v.Choice = choice(r, all, left, right)
	}
	settled := 0
	for _, clause := range terms.Clauses {
		row := d.clause(r, clause, left, right, table)
		if table.Settled[clause] != nil {
			settled++
		} else if theirs := standing(table, one.Side.Other()); acts && one.State == deal.Negotiating && theirs != nil {
			row.Accept = &versionAct{v.Path + "/versions/" + strconv.FormatInt(theirs.N, 10) + "/clauses/" + clause, theirs.Digest, web.T(r, "deal.accept_clause")}
		}
		if len(row.Left) > 0 || len(row.Right) > 0 {
			v.Rows = append(v.Rows, row)
		}
	}
	v.Sum = web.T(r, "deal.settled", "N", settled, "All", len(terms.Clauses))
	if acts && one.State == deal.Negotiating {
		if theirs := standing(table, one.Side.Other()); theirs != nil {
			v.Accept = &versionAct{v.Path + "/versions/" + strconv.FormatInt(theirs.N, 10) + "/acceptance", theirs.Digest, web.T(r, "deal.accept_version", "N", theirs.N)}
		}
		if ours := standing(table, one.Side); ours != nil {
			v.Withdraw = &versionAct{v.Path + "/versions/" + strconv.FormatInt(ours.N, 10) + "/withdrawal", ours.Digest, web.T(r, "deal.withdraw_version", "N", ours.N)}
		}
	}
	return v, nil
}

func standing(t *deal.Table, s deal.Side) *deal.Version {
	if s == deal.Supplier {
		return t.Supplier
	}
	return t.Receiver
}

// chosen are the versions that the address names, or the last of each side; right is nil with one alone.
func chosen(r *http.Request, all []*deal.Version) (left, right *deal.Version) {
	named := func(key string) *deal.Version {
		n, err := strconv.ParseInt(r.URL.Query().Get(key), 10, 64)
		if err != nil || n < 1 || n > int64(len(all)) {
			return nil
		}
		return all[n-1]
	}
	left, right = named("left"), named("right")
	for _, v := range slices.Backward(all) {
		if left == nil && v.Side == deal.Supplier && v != right {
			left = v
		}
		if right == nil && v.Side == deal.Receiver && v != left {
			right = v
		}
	}
	switch {
	case left == nil && right == nil:
		return all[len(all)-1], nil
	case left == nil:
		left, right = right, nil
	}
	if right == nil && len(all) > 1 {
		for _, v := range slices.Backward(all) {
			if v != left {
				return v, left
			}
		}
	}
	return left, right
}

// called names a version: whose it is, which, when, and whether it stands.
func (d doors) called(r *http.Request, v *deal.Version, today when.Day) string {
	state := v.Ended
	if state == "" && !v.Stands(today) {
		state = "expired"
	}
	if state == "" {
		state = "stands"
	}
	return web.T(r, "deal.version_called", "Side", web.T(r, "deal.side_"+string(v.Side)), "N", v.N, "Date", lang.Date(web.Lang(r), when.Time(v.At)), "State", web.T(r, "deal.version_"+state))
}

func choice(r *http.Request, all []*deal.Version, left, right *deal.Version) []parts.Field {
	var fields []parts.Field
	for _, one := range []struct {
		name string
		on   *deal.Version
	}{{"left", left}, {"right", right}} {
		f := parts.Field{Name: one.name, Label: web.T(r, "deal.compare_"+one.name), Short: true}
		for _, v := range all {
			n := strconv.FormatInt(v.N, 10)
			f.Options = append(f.Options, parts.Option{Value: n, Text: web.T(r, "deal.version_short", "N", v.N, "Side", web.T(r, "deal.side_"+string(v.Side))), On: v == one.on})
		}
		fields = append(fields, f)
	}
	return fields
}

func (d doors) clause(r *http.Request, clause string, left, right *deal.Version, table *deal.Table) clauseRow {
	row := clauseRow{Name: web.T(r, "terms.clause_"+clause), Light: parts.Light{Kind: "risk", Text: web.T(r, "deal.clause_open")}}
	if table.Settled[clause] != nil {
		row.Light = parts.Light{Kind: "ok", Text: web.T(r, "deal.clause_settled_light")}
	}
	a := left.Terms.Tell(web.Words(r), d.Codes, web.Lang(r), clause)
	if right == nil {
		row.Left = marked(a, a, true)
		return row
	}
	b := right.Terms.Tell(web.Words(r), d.Codes, web.Lang(r), clause)
	row.Left, row.Right = marked(a, a, true), marked(a, b, false)
	if terms.Same(left.Terms, right.Terms, clause) && table.Settled[clause] == nil && left.Side != right.Side {
		row.Light = parts.Light{Kind: "ok", Text: web.T(r, "deal.clause_same")}
	}
	return row
}

// sheetView is what both sides agreed on.
type sheetView struct {
	Path, Number, Title, TitleIn, Between, At, Digest, Rests string
	Rows                                                     []clauseRow
}

func (d doors) showSheet(w http.ResponseWriter, r *http.Request) error {
	one, err := d.enter(r)
	if err != nil {
		return err
	}
	sheet, err := deal.SheetOf(web.Tx(r), one.ID)
	if err != nil {
		return err
	}
	if sheet == nil {
		return fault.New(fault.NotFound, "record.not_found")
	}
	names, err := d.Names(web.Tx(r), one.Supplier, one.Receiver)
	if err != nil {
		return err
	}
	tag := web.Lang(r)
	v := sheetView{Path: "/deals/" + one.ID, Number: one.Number, At: lang.DateTime(tag, when.Time(sheet.At)), Digest: sheet.Digest,
		Between: web.T(r, "deal.between", "Supplier", names[one.Supplier].In(tag), "Receiver", names[one.Receiver].In(tag))}
	v.Title, v.TitleIn = best(r, one.Title)
	var rests []string
	for _, n := range sheet.RestsOn {
		rests = append(rests, strconv.FormatInt(n, 10))
	}
	v.Rests = strings.Join(rests, ", ")
	for _, clause := range terms.Clauses {
		if lines := sheet.Terms.Tell(web.Words(r), d.Codes, tag, clause); len(lines) > 0 {
			v.Rows = append(v.Rows, clauseRow{Name: web.T(r, "terms.clause_"+clause), Left: marked(lines, lines, true)})
		}
	}
	page := web.Page{Title: web.T(r, "deal.sheet"), Section: "/deals", NoIndex: true, Crumbs: []parts.Crumb{{Path: "/deals", Text: web.T(r, "deal.list")}, {Path: v.Path, Text: one.Number}, {Text: web.T(r, "deal.sheet")}}}
	return web.Show(w, r, page, sheetPage(v))
}
