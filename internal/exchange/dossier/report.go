package dossier

import (
	"strings"

	"chonoi/internal/document/paper"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Report is the report on the performance of a contract, which all sides confirm: what the certificate
// of encouraged transfer asks for (Decision 12/2023/QĐ-TTg, read second-hand).
func (w *Writer) Report(f *Facts) *paper.Paper {
	p := w.blank(f, "dossier.report_kind", f.Deal.Title.Vi)
	part := func(n int, key string) paper.Block {
		return paper.Head(paper.Section, paper.Roman(n)+".", w.t(key))
	}
	p.Body = []paper.Block{part(1, "dossier.part_parties"), w.parties(f), part(2, "dossier.part_contract"), w.contract(f)}
	p.Body = append(p.Body, part(3, "dossier.part_hand_over"), w.handOver(f), part(4, "dossier.part_money"))
	if len(f.Payables) > 0 {
		p.Body = append(p.Body, w.money(f))
	} else {
		p.Body = append(p.Body, paper.Text(w.t("dossier.no_money")))
	}
	p.Body = append(p.Body, part(5, "dossier.part_results"), w.results(f), paper.Text(w.t("dossier.confirmed")))
	return p
}

// contract tells the contract and the papers of its way.
func (w *Writer) contract(f *Facts) paper.Block {
	t := &paper.Table{Columns: []paper.Column{{Width: 40}, {Width: 60}}, Header: []paper.Row{row(w.t("dossier.fact"), w.t("dossier.words"))}}
	add := func(key, text string) { t.Rows = append(t.Rows, row(w.t(key), or(text))) }
	add("dossier.number", f.Deal.Number)
	add("dossier.object", f.Sheet.Terms.Object)
	add("dossier.class", w.Codes.Name("technology_classes", string(f.Legal.Facts.Class)).Vi)
	add("dossier.direction", w.t(f.Legal.Facts.Direction.Label()))
	add("dossier.state_money", w.Codes.Name("state_money", string(f.Legal.Facts.StateMoney)).Vi)
	add("dossier.signed_on", lang.Day(lang.Vi, f.Legal.Signed))
	if one := f.Contract(); one != nil {
		add("dossier.signed_file", one.Name+"\nSHA-256 "+one.SHA256)
	}
	if f.Legal.ApprovalNumber != "" {
		add("dossier.approval", f.Legal.ApprovalNumber+", "+day(f.Legal.ApprovalOn))
	}
	if f.Legal.PaperNumber != "" {
		add("dossier.paper", f.Legal.PaperNumber+", "+day(f.Legal.PaperOn))
	}
	if !f.Legal.Effective.Zero() {
		add("dossier.effective_on", day(f.Legal.Effective))
	}
	return paper.Block{Table: t}
}

func (w *Writer) handOver(f *Facts) paper.Block {
	t := &paper.Table{Columns: []paper.Column{{Width: 34}, {Width: 22}, {Width: 22}, {Width: 22}}, Header: []paper.Row{row(w.t("dossier.step"), w.t("dossier.due"), w.t("dossier.by_supplier"), w.t("dossier.by_receiver"))}}
	for _, h := range f.HandOvers {
		name := h.What
		if name == "" && h.Method != "" {
			name = w.Codes.Name("transfer_methods", h.Method).Vi
		} else if name == "" {
			name = w.t("dossier.acceptance")
		}
		said := func(side deal.Side) string {
			c, ok := h.Confirmed[side]
			if !ok {
				return w.t("dossier.not_confirmed")
			}
			return strings.TrimSpace(day(c.On) + "\n" + c.Words)
		}
		t.Rows = append(t.Rows, row(name, day(h.Due), said(deal.Supplier), said(deal.Receiver)))
	}
	return paper.Block{Table: t}
}

func (w *Writer) money(f *Facts) paper.Block {
	t := &paper.Table{Columns: []paper.Column{{Width: 26}, {Width: 24, Align: paper.Right}, {Width: 26}, {Width: 24}}, Header: []paper.Row{row(w.t("dossier.item"), w.t("dossier.sum"), w.t("dossier.paid"), w.t("dossier.came"))}}
	for _, one := range f.Payables {
		name, sum, paid, received := w.t("dossier.instalment", "N", strings.TrimPrefix(one.Item, "instalment-")), w.t("dossier.not_reported"), "", ""
		if one.Year > 0 {
			name = w.t("dossier.year", "Year", strings.TrimPrefix(one.Item, "year-"))
		}
		if one.Year == 0 || one.Report != nil {
			sum = lang.Number(lang.Vi, one.Sum)
		}
		if !one.Paid.Zero() {
			paid = day(one.Paid) + "\n" + one.Paper
		}
		if one.Settled() {
			received = lang.Date(lang.Vi, when.Time(one.ReceivedAt))
		}
		t.Rows = append(t.Rows, row(name, sum, or(paid), or(received)))
	}
	return paper.Block{Table: t}
}

// results tells what the receiver said in the surveys.
func (w *Writer) results(f *Facts) paper.Block {
	t := &paper.Table{Columns: []paper.Column{{Width: 22}, {Width: 30}, {Width: 28, Align: paper.Right}, {Width: 20, Align: paper.Right}}, Header: []paper.Row{row(w.t("dossier.survey"), w.t("dossier.producing"), w.t("dossier.revenue"), w.t("dossier.jobs"))}}
	for _, s := range f.Surveys {
		if s.At == 0 {
			continue
		}
		producing := w.t("dossier.not_producing")
		if s.Producing {
			producing = w.t("dossier.since", "Date", day(s.Since))
		}
		t.Rows = append(t.Rows, row(w.t("dossier.months", "N", s.Months), producing, lang.Number(lang.Vi, s.Revenue), lang.Number(lang.Vi, s.Jobs)))
	}
	if len(t.Rows) == 0 {
		return paper.Text(w.t("dossier.no_survey"))
	}
	return paper.Block{Table: t}
}
