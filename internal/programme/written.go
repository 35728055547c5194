package programme

import (
	"strconv"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// The bounds of a programme that is written in a form.
const (
	mostItems   = 300
	longestItem = 2000
)

// Write keeps a programme that a body writes itself, without a document, and puts it in force: what
// it is and one clause for each item. Without a symbol of a document its own number stands for it,
// and it counts from today. The text that is kept is the items, one a line.
func (x *Programme) Write(tx *db.Tx, a account.Actor, p Plan, items []string) (*Plan, error) {
	f := fault.New(fault.Invalid, "plan.invalid")
	if p.Name.Empty() {
		f.At("name_vi", "field.needed")
	}
	if p.Issuer == "" {
		f.At("issuer", "plan.needs_issuer")
	}
	if len(items) == 0 {
		f.At("items", "field.needed")
	}
	if len(items) > mostItems {
		f.At("items", "field.too_long", "N", len(items), "Most", mostItems)
	}
	for _, one := range items {
		if n := len([]rune(one)); n > longestItem {
			f.At("items", "field.too_long", "N", n, "Most", longestItem)
		}
	}
	if err := f.OrNil(); err != nil {
		return nil, err
	}
	if p.Issued.Zero() {
		p.Issued = when.DayOf(tx.Now)
	}
	d := &Draft{Plan: p, Text: strings.Join(items, "\n")}
	at := 0
	for i, text := range items {
		path := strconv.Itoa(i + 1)
		d.Nodes = append(d.Nodes, Node{Path: path, Level: "item", Marker: path + ".", Text: text, From: at, To: at + len(text), Line: i + 1})
		d.Clauses = append(d.Clauses, Clause{Path: path + "#1", Node: path, Text: text, From: at, To: at + len(text)})
		at += len(text) + 1
	}
	if err := Keep(tx, a, d); err != nil {
		return nil, err
	}
	kept, err := Plans.Get(tx, d.Plan.ID)
	if err != nil {
		return nil, err
	}
	if kept.Symbol == "" {
		named := Plans.Copy(kept)
		named.Symbol = kept.Number
		if err := Plans.Save(tx, a.ID, "plan.changed", kept, named); err != nil {
			return nil, err
		}
		kept = named
	}
	if err := x.Start(tx, a, kept); err != nil {
		return nil, err
	}
	return Plans.Get(tx, kept.ID)
}
