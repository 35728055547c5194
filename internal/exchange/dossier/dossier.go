// Package dossier is the papers of a deal: the term sheet, the report on its performance, the data that
// an application asks for, and the folders in which they go to the authority.
package dossier

import (
	"embed"

	"chonoi/internal/db"
	"chonoi/internal/document/paper"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/route"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/internal/when"
)

// Texts is what this package says.
//
//go:embed texts.toml
var Texts embed.FS

// Facts is what the papers of a deal tell.
type Facts struct {
	Deal               *deal.Deal
	Room               *deal.Room // as who asks for the paper entered it
	Supplier, Receiver *registry.Organisation
	Sheet              *deal.Sheet
	Legal              *deal.Legal
	Conclusion         route.Conclusion
	HandOvers          []*deal.HandOver
	Payables           []*deal.Payable
	Surveys            []*deal.Survey
	Signed             []deal.Signed
	Documents          []*deal.Document // that both sides may open
	Today              when.Day
}

// Gather collects the facts of a deal for somebody who is in its room.
func Gather(tx *db.Tx, x *deal.Deals, r *deal.Room) (*Facts, error) {
	f := &Facts{Deal: r.Deal, Room: r, Today: when.DayOf(tx.Now)}
	var err error
	if f.Supplier, err = registry.Organisations.Get(tx, r.Supplier); err != nil {
		return nil, err
	}
	if f.Receiver, err = registry.Organisations.Get(tx, r.Receiver); err != nil {
		return nil, err
	}
	if f.Sheet, err = deal.SheetOf(tx, r.ID); err != nil {
		return nil, err
	}
	if f.Legal, err = deal.LegalOf(tx, r.ID); err != nil {
		return nil, err
	}
	if f.Legal != nil {
		if _, f.Conclusion, err = x.Conclusion(f.Legal); err != nil {
			return nil, err
		}
	}
	if f.HandOvers, err = deal.HandOvers(tx, r.ID); err != nil {
		return nil, err
	}
	if f.Payables, err = x.Payables(tx, r.Deal); err != nil {
		return nil, err
	}
	if f.Surveys, err = deal.Surveys(tx, r.Deal); err != nil {
		return nil, err
	}
	if f.Signed, err = deal.SignedOf(tx, r.ID); err != nil {
		return nil, err
	}
	all, _, err := deal.Documents(tx, r)
	for _, one := range all {
		if one.Audience != deal.ForOwn {
			f.Documents = append(f.Documents, one)
		}
	}
	return f, err
}

// Contract returns the document that both sides signed; nil before that.
func (f *Facts) Contract() *deal.Document {
	if len(f.Signed) < 2 || f.Signed[0].Digest != f.Signed[1].Digest {
		return nil
	}
	for _, one := range f.Documents {
		if one.ID == f.Signed[0].Attachment || one.ID == f.Signed[1].Attachment {
			return one
		}
	}
	return nil
}

// Enclosed returns the documents that go into a folder: what both sides may open without an agreement
// on confidentiality, and each content once. What opens under an agreement carries its reader's name
// and does not leave the room in a folder.
func (f *Facts) Enclosed() (all []*deal.Document) {
	in := map[string]bool{}
	for _, one := range f.Documents {
		if one.Audience == deal.ForBoth && !in[one.SHA256] {
			in[one.SHA256] = true
			all = append(all, one)
		}
	}
	return all
}

// Writer writes the papers. They are in Vietnamese, whoever reads them.
type Writer struct {
	Words  *lang.Words
	Codes  *record.Codes
	Layout *paper.Layout
}

func (w *Writer) t(key string, args ...any) string { return w.Words.T(lang.Vi, key, args...) }

// blank begins a paper that two sides sign.
func (w *Writer) blank(f *Facts, kind, abstract string) *paper.Paper {
	p := &paper.Paper{Layout: w.Layout, Kind: w.t(kind), Abstract: abstract, Heads: paper.Heads{Date: f.Today}, About: paper.About{Title: w.t(kind) + " " + f.Deal.Number}}
	for _, side := range []string{"supplier", "receiver"} {
		p.Signatures = append(p.Signatures, paper.Signature{Authority: []string{w.t("dossier.for_" + side)}, Name: w.t("dossier.sign_here"), Signed: true})
	}
	return p
}

// parties tells who the sides are.
func (w *Writer) parties(f *Facts) paper.Block {
	t := &paper.Table{Columns: []paper.Column{{Width: 28}, {Width: 36}, {Width: 36}}, Header: []paper.Row{row("", w.t("dossier.supplier"), w.t("dossier.receiver"))}}
	for _, line := range []struct {
		name string
		of   func(*registry.Organisation) string
	}{
		{"name", func(o *registry.Organisation) string { return o.Name.Vi }}, {"tax_code", func(o *registry.Organisation) string { return o.TaxCode }},
		{"address", func(o *registry.Organisation) string { return o.Address.Vi }}, {"phone", func(o *registry.Organisation) string { return o.Phone }},
		{"email", func(o *registry.Organisation) string { return o.Email }},
	} {
		t.Rows = append(t.Rows, row(w.t("dossier."+line.name), or(line.of(f.Supplier)), or(line.of(f.Receiver))))
	}
	return paper.Block{Table: t}
}

// clauses tells what was agreed on, clause by clause.
func (w *Writer) clauses(f *Facts) paper.Block {
	t := &paper.Table{Columns: []paper.Column{{Width: 28}, {Width: 72}}, Header: []paper.Row{row(w.t("dossier.clause"), w.t("dossier.words"))}}
	for _, clause := range terms.Clauses {
		lines := f.Sheet.Terms.Tell(w.Words, w.Codes, lang.Vi, clause)
		if len(lines) == 0 {
			continue
		}
		text := lines[0]
		for _, one := range lines[1:] {
			text += "\n" + one
		}
		t.Rows = append(t.Rows, row(w.t("terms.clause_"+clause), text))
	}
	return paper.Block{Table: t}
}

// TermSheet is the terms that both sides agreed on.
func (w *Writer) TermSheet(f *Facts) *paper.Paper {
	p := w.blank(f, "dossier.sheet_kind", f.Deal.Title.Vi)
	p.Body = []paper.Block{paper.Text(w.t("dossier.sheet_intro", "Number", f.Deal.Number, "Digest", f.Sheet.Digest)), w.parties(f), w.clauses(f)}
	return p
}

func row(texts ...string) (r paper.Row) {
	for _, text := range texts {
		r.Cells = append(r.Cells, paper.Cell{Runs: paper.Plain(text)})
	}
	return r
}

// or is a text, or dots to fill in.
func or(text string) string {
	if text == "" {
		return "…………"
	}
	return text
}

func day(d when.Day) string {
	if d.Zero() {
		return "…………"
	}
	return lang.Day(lang.Vi, d)
}
