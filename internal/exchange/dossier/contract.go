package dossier

import (
	"chonoi/internal/document/paper"
	"chonoi/internal/exchange/contract"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/route"
	"chonoi/internal/lang"
	"chonoi/internal/registry"
)

// Facts of a contract that is drafted from what the sides agreed on.
func (w *Writer) contractFacts(f *Facts) contract.Facts {
	c := contract.Facts{Deal: f.Deal.Number, Title: f.Deal.Title, Terms: f.Sheet.Terms, Supplier: party(f.Supplier), Receiver: party(f.Receiver), Words: w.Words, Names: w.Codes}
	if f.Legal != nil {
		c.Direction, c.Route = string(f.Legal.Facts.Direction), string(f.Legal.Outcome)
		c.State = f.Legal.Facts.StateMoney == route.AllState || f.Legal.Facts.StateMoney == route.PartlyState
	}
	return c
}

func party(o *registry.Organisation) contract.Party {
	return contract.Party{Name: o.Name.Vi, TaxCode: o.TaxCode, Address: o.Address.Vi}
}

// Contract is a version of the contract as a paper: an article for each content, with a strip at the foot
// of every page where both sides sign (Law 07/2017/QH14, Art. 22). In both tongues the clauses stand side
// by side.
func (w *Writer) Contract(f *Facts, l *contract.Library, c *contract.Contract, both bool) *paper.Paper {
	p := &paper.Paper{Layout: w.Layout, Kind: w.t("contract.kind"), Abstract: c.Title, Heads: paper.Heads{Number: c.Number, Place: c.Place, Date: f.Today}, About: paper.About{Title: w.t("contract.kind") + " " + f.Deal.Number},
		Foot: []string{w.t("contract.foot_supplier"), w.t("contract.foot_receiver")}}
	p.Body = append(p.Body, paper.Block{Paragraph: &paper.Paragraph{Basis: true, Runs: paper.Plain(w.t("contract.basis", "Basis", l.Contents[0].Basis.Vi))}})
	for _, side := range []struct {
		key string
		p   contract.Party
	}{{"supplier", c.Supplier}, {"receiver", c.Receiver}} {
		p.Body = append(p.Body, paper.Block{Paragraph: &paper.Paragraph{NoIndent: true, Keep: true, Runs: []paper.Run{{Text: w.t("contract.side_"+side.key) + ": " + or(side.p.Name), Bold: true}}}},
			paper.Block{Paragraph: &paper.Paragraph{NoIndent: true, Runs: paper.Plain(w.t("contract.party", "TaxCode", or(side.p.TaxCode), "Address", or(side.p.Address), "Representative", or(side.p.Representative), "Position", or(side.p.Position), "Account", or(side.p.Account)))}})
		p.Signatures = append(p.Signatures, paper.Signature{Authority: []string{w.t("dossier.for_" + side.key)}, Title: side.p.Position, Name: side.p.Representative, Signed: true})
	}
	for _, content := range l.Contents {
		p.Body = append(p.Body, paper.Head(paper.Article, w.t("contract.article", "N", content.N)+".", heading(content, both)))
		p.Body = append(p.Body, clauseBlocks(content, c, both)...)
	}
	return p
}

func heading(content contract.Content, both bool) string {
	if both {
		return content.Name.Vi + " / " + content.Name.En
	}
	return content.Name.Vi
}

// clauseBlocks are the clauses of a content, numbered within their article.
func clauseBlocks(content contract.Content, c *contract.Contract, both bool) (all []paper.Block) {
	n, table := 0, &paper.Table{Columns: []paper.Column{{Width: 50}, {Width: 50}}}
	for _, one := range c.Clauses {
		if one.Content != content.N {
			continue
		}
		n++
		mark := lang.Number(lang.Vi, int64(content.N)) + "." + lang.Number(lang.Vi, int64(n)) + ". "
		if both {
			table.Rows = append(table.Rows, row(mark+one.Vi, mark+one.En))
			continue
		}
		all = append(all, paper.Text(mark+one.Vi))
	}
	if len(table.Rows) > 0 {
		all = append(all, paper.Block{Table: table})
	}
	return all
}

// newest returns the version of a contract of that number, the newest where none is told, and the draft
// from the library before there is one.
func newest(all []*deal.Draft, n int64) *deal.Draft {
	for _, one := range all {
		if n == 0 || one.N == n {
			return one
		}
	}
	return nil
}
