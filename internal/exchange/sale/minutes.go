package sale

import (
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/document/paper"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// Minutes is what the minutes of a sale tell (biên bản).
type Minutes struct {
	Sale     *Sale
	Criteria []Criterion
	Bidders  []*Bidder
	Bids     []Bid
	Ranks    []Rank
	Names    map[string]lang.Both
	Inside   bool // bidders are named: for the seller and those of the exchange
	Own      string
}

// Writer writes the minutes. They are in Vietnamese, whoever reads them.
type Writer struct {
	Words  *lang.Words
	Codes  *record.Codes
	Layout *paper.Layout
}

// gather collects what the minutes tell, for a reader who may have them.
func gather(tx *db.Tx, deals *deal.Deals, s *Sale, inside bool, own string) (*Minutes, error) {
	m := &Minutes{Sale: s, Inside: inside, Own: own}
	var err error
	if m.Criteria, err = Criteria(tx, s.ID); err != nil {
		return nil, err
	}
	if m.Bidders, err = BiddersOf(tx, s.ID); err != nil {
		return nil, err
	}
	if m.Bids, err = BidsOf(tx, s.ID); err != nil {
		return nil, err
	}
	if m.Ranks, err = Ranking(tx, s); err != nil {
		return nil, err
	}
	ids := []string{s.Owner}
	for _, b := range m.Bidders {
		if inside || b.Owner == own {
			ids = append(ids, b.Owner)
		}
	}
	m.Names, err = deals.Names(tx, ids...)
	return m, err
}

func (w *Writer) t(key string, args ...any) string { return w.Words.T(lang.Vi, key, args...) }

// Write writes the minutes as a paper.
func (w *Writer) Write(m *Minutes) *paper.Paper {
	s := m.Sale
	p := &paper.Paper{Layout: w.Layout, Kind: w.t("sale.minutes_kind"), Abstract: w.t("sale.minutes_about", "Mode", strings.ToLower(w.t("sale.mode_"+s.Mode)), "Title", s.Title.In(lang.Vi)),
		Heads: paper.Heads{Date: when.DayOf(s.Updated)}, About: paper.About{Title: w.t("sale.minutes_kind") + " " + s.Number}}
	part := func(n int, key string) paper.Block {
		return paper.Head(paper.Section, paper.Roman(n)+".", w.t(key))
	}
	p.Body = []paper.Block{part(1, "sale.part_sale"), w.sale(m), part(2, "sale.part_bidders"), w.bidders(m)}
	n := 3
	if len(m.Bids) > 0 {
		p.Body = append(p.Body, part(n, "sale.part_bids"), w.bids(m))
		n++
	}
	if len(m.Criteria) > 0 {
		p.Body = append(p.Body, part(n, "sale.part_criteria"), w.criteria(m))
		n++
	}
	p.Body = append(p.Body, part(n, "sale.part_ranking"), w.ranking(m), part(n+1, "sale.part_result"), paper.Text(w.result(m)))
	for _, who := range []string{"sale.signs_seller", "sale.signs_secretary", "sale.signs_buyer"} {
		p.Signatures = append(p.Signatures, paper.Signature{Authority: []string{w.t(who)}, Name: w.t("sale.sign_here"), Signed: true})
	}
	return p
}

func (w *Writer) money(n int64) string {
	if n == 0 {
		return "–"
	}
	return lang.Number(lang.Vi, n)
}

func moment(at int64) string { return lang.DateTime(lang.Vi, when.Time(at)) }

func (w *Writer) sale(m *Minutes) paper.Block {
	s := m.Sale
	t := table(40, 60)
	add := func(key, text string) { t.Rows = append(t.Rows, row(w.t(key), text)) }
	add("sale.number", s.Number)
	add("sale.object", s.Title.In(lang.Vi))
	add("sale.seller", m.Names[s.Owner].Vi)
	add("sale.mode", w.t("sale.mode_"+s.Mode))
	add("sale.f_use_right", w.Codes.Name("rights", s.Right).Vi)
	if s.Start > 0 {
		add("sale.f_start_"+s.Mode, w.money(s.Start))
	}
	if s.Step > 0 {
		add("sale.f_step", w.money(s.Step))
	}
	if s.Deposit > 0 {
		add("sale.f_deposit", w.money(s.Deposit))
	}
	add("sale.way_announced", lang.DateTime(lang.Vi, s.Published))
	add("sale.f_opens_at", moment(s.Opens))
	add("sale.f_closes_at", moment(s.Closes))
	if s.Mode == Sealed {
		add("sale.way_revealed", moment(s.Revealed))
	}
	if text := s.Conditions.In(lang.Vi); text != "" {
		add("sale.f_conditions", text)
	}
	return paper.Block{Table: t}
}

// name is how the minutes call a bidder.
func (m *Minutes) name(w *Writer, b *Bidder) string {
	text := w.t("sale.bidder_n", "N", b.Place)
	if m.Inside || b.Owner == m.Own {
		text += "\n" + m.Names[b.Owner].Vi
	}
	return text
}

func (w *Writer) bidders(m *Minutes) paper.Block {
	if len(m.Bidders) == 0 {
		return paper.Text(w.t("sale.no_bidders"))
	}
	t := table(40, 25, 35)
	t.Header = []paper.Row{row(w.t("sale.bidder"), w.t("sale.bidder_state"), w.t("sale.remark"))}
	for _, b := range m.Bidders {
		remark := ""
		if m.Inside || b.Owner == m.Own {
			remark = b.Reason
		}
		if m.Sale.Mode == Sealed && b.Commitment != "" {
			remark = strings.TrimSpace(remark + "\n" + w.t("sale.sealed_at", "At", moment(b.Committed)) + "\nSHA-256 " + b.Commitment)
		}
		t.Rows = append(t.Rows, row(m.name(w, b), w.t("sale.bidder_"+b.State), remark))
	}
	return paper.Block{Table: t}
}

func (w *Writer) bids(m *Minutes) paper.Block {
	places := map[string]*Bidder{}
	for _, b := range m.Bidders {
		places[b.ID] = b
	}
	t := table(12, 30, 28, 30)
	t.Columns[2].Align = paper.Right
	t.Header = []paper.Row{row(w.t("sale.n"), w.t("sale.bidder"), w.t("sale.price"), w.t("sale.time"))}
	for _, b := range m.Bids {
		t.Rows = append(t.Rows, row(lang.Number(lang.Vi, b.N), w.t("sale.bidder_n", "N", places[b.Bidder].Place), w.money(b.Price), when.Time(b.At).In(when.Zone).Format("02/01/2006 15:04:05")))
	}
	return paper.Block{Table: t}
}

func (w *Writer) criteria(m *Minutes) paper.Block {
	t := table(60, 20, 20)
	t.Header = []paper.Row{row(w.t("sale.criterion_name"), w.t("sale.criterion_weight"), w.t("sale.criterion_marked"))}
	for _, c := range m.Criteria {
		how := w.t("sale.marked_by_people")
		if c.Priced {
			how = w.t("sale.marked_by_price")
		}
		t.Rows = append(t.Rows, row(c.name(lang.Vi), lang.Number(lang.Vi, c.Weight)+" %", how))
	}
	return paper.Block{Table: t}
}

func (w *Writer) ranking(m *Minutes) paper.Block {
	if len(m.Ranks) == 0 {
		return paper.Text(w.t("sale.no_bidders"))
	}
	t := table(12, 38, 25, 25)
	t.Columns[2].Align = paper.Right
	t.Header = []paper.Row{row(w.t("sale.rank"), w.t("sale.bidder"), w.t("sale.price"), w.t("sale.remark"))}
	for _, one := range m.Ranks {
		place, remark := "–", ""
		if one.Place > 0 {
			place = lang.Number(lang.Vi, int64(one.Place))
		}
		if one.Score != nil {
			remark = w.t("sale.score") + " " + told(lang.Vi, one)
		}
		if one.Why != "" {
			remark = w.t("sale.why_" + one.Why)
		}
		t.Rows = append(t.Rows, row(place, m.name(w, one.Bidder), w.money(one.Price), remark))
	}
	return paper.Block{Table: t}
}

func (w *Writer) result(m *Minutes) string {
	s := m.Sale
	switch s.State {
	case Awarded:
		for _, b := range m.Bidders {
			if b.ID == s.Winner {
				return w.t("sale.result_awarded", "Buyer", strings.ReplaceAll(m.name(w, b), "\n", ", "), "Sum", w.money(s.Price))
			}
		}
	case Void:
		return strings.TrimSpace(w.t("sale.reason_"+s.Reason) + ". " + s.Note)
	}
	return w.t("sale.result_waits")
}

func table(widths ...float64) *paper.Table {
	t := &paper.Table{}
	for _, one := range widths {
		t.Columns = append(t.Columns, paper.Column{Width: one})
	}
	return t
}

func row(texts ...string) (r paper.Row) {
	for _, text := range texts {
		r.Cells = append(r.Cells, paper.Cell{Runs: paper.Plain(text)})
	}
	return r
}
