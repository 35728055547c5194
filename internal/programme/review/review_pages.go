package review

import (
	"bytes"
	"net/http"

	"chonoi/internal/document/paper"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// reviewView is what the page of a review is drawn from.
type reviewView struct {
	Path, Title, TitleIn string
	Plans                []parts.Link
	State                parts.Light
	AsOf                 string
	Sheet                string // HTML of the paper
	English              []partView
	Written, Issued      bool
	Corrects, Corrected  *parts.Action
	Breaks               []string
	Unverified           int
	Long                 bool
	Figures              []figureRow
	Reason               parts.Field
	Faults               parts.Faults
}

// partView is one part in the reader's tongue, with links in place of its figures.
type partView struct {
	Title string
	Lines [][]piece
}

type piece struct{ Text, Path string }

// figureRow is one figure of the whole.
type figureRow struct{ Path, Title, Value, Formula string }

// mostRows is how many clauses the appendix of a page may have; the DOCX has all.
const mostRows = 300

func (d doors) showReview(w http.ResponseWriter, r *http.Request) error {
	return d.drawReview(w, r, web.Values{}, parts.Faults{})
}

func (d doors) drawReview(w http.ResponseWriter, r *http.Request, given web.Values, faults parts.Faults) error {
	tx, actor := web.Tx(r), web.Actor(r)
	one, plans, err := programme.ReviewOf(tx, actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	figures, words, err := d.content(r, one)
	if err != nil {
		return err
	}
	v := reviewView{Path: address(one.ID), State: stateLight(r, one), AsOf: lang.Date(web.Lang(r), one.AsOf.Start()), Written: one.Written(actor, plans), Issued: one.State == "issued",
		Long: len(figures.Lines) > mostRows, Faults: faults}
	v.Title, v.TitleIn = shown.Best(r, one.Title)
	for _, p := range plans {
		name, _ := shown.Best(r, p.Name)
		v.Plans = append(v.Plans, parts.Link{Path: shown.Address(p.ID), Text: name})
	}
	layout, err := d.layoutOf(r, one)
	if err != nil {
		return err
	}
	v.Unverified = len(layout.Unverified())
	var sheet bytes.Buffer
	err = asPaper(web.Words(r), layout, one, figures, words, !v.Long).WriteHTML(&sheet, paper.Page{Top: 2, Figure: func(key string) string { return parts.InTongue(web.Lang(r), figurePath(one.ID, key)) }})
	if err != nil {
		return err
	}
	v.Sheet = sheet.String()
	if web.Lang(r) == lang.En {
		v.English = inTongue(r, one.ID, figures, words)
	}
	v.Figures, v.Breaks = figureRows(r, one.ID, figures), breaks(web.Words(r), web.Lang(r), figures)
	if err := v.correction(r, one, plans, given, faults); err != nil {
		return err
	}
	page := web.Page{Title: v.Title, Section: "/plans", NoIndex: !v.Issued || !one.Public, Amiss: faults.Any(), Crumbs: crumbs(r, v.Title)}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, reviewPage(v))
}

// correction tells what the review corrects and what corrects it, and offers to correct it.
func (v *reviewView) correction(r *http.Request, one *programme.Review, plans []*programme.Plan, given web.Values, faults parts.Faults) error {
	if one.Corrects != "" {
		old, err := programme.Reviews.Get(web.Tx(r), one.Corrects)
		if err != nil {
			return err
		}
		v.Corrects = &parts.Action{Path: address(old.ID), Text: web.T(r, "review.corrects", "Symbol", old.Symbol)}
	}
	next, err := programme.CorrectedBy(web.Tx(r), one.ID)
	if err != nil {
		return err
	}
	if next != nil && next.Seen(web.Actor(r), plans) {
		v.Corrected = &parts.Action{Path: address(next.ID), Text: web.T(r, "review.corrected_by", "Symbol", next.Symbol)}
	}
	draft := programme.Review{Head: one.Head}
	if draft.State = "draft"; v.Issued && draft.Written(web.Actor(r), plans) {
		v.Reason = parts.Field{Name: "reason", Label: web.T(r, "review.reason"), Rows: 2, Max: 2000, Value: given.Long("reason"), Error: faults.At("reason")}
	}
	return nil
}

// content returns the figures and the words of a review.
func (d doors) content(r *http.Request, one *programme.Review) (*programme.Figures, []programme.Words, error) {
	figures, err := d.FiguresOf(web.Tx(r), one.ID)
	if err != nil {
		return nil, nil, err
	}
	words, err := programme.PartsOf(web.Tx(r), one.ID)
	return figures, words, err
}

// layoutOf returns the layout under which a review is drawn: as it stood on the day of its issue.
func (d doors) layoutOf(r *http.Request, one *programme.Review) (*paper.Layout, error) {
	on := one.Issued
	if on.Zero() {
		on = when.DayOf(web.Tx(r).Now)
	}
	if one.Layout == "" {
		return d.layouts.In(paper.State, on)
	}
	return d.layouts.Named(one.Layout, on)
}

func figurePath(review, key string) string { return address(review) + "/figures/" + escape(key) }

// inTongue draws the words in the reader's tongue.
func inTongue(r *http.Request, review string, f *programme.Figures, words []programme.Words) (all []partView) {
	tag := web.Lang(r)
	for _, one := range words {
		part := partView{Title: web.T(r, "review.part_"+one.Part)}
		for _, line := range lines(one.Text.In(tag)) {
			var row []piece
			for _, p := range programme.Pieces(line) {
				if c, ok := f.Figure(p.Figure); ok {
					row = append(row, piece{Text: c.Write(tag), Path: figurePath(review, p.Figure)})
					continue
				}
				row = append(row, piece{Text: p.Text})
			}
			part.Lines = append(part.Lines, row)
		}
		all = append(all, part)
	}
	return all
}

func figureRows(r *http.Request, review string, f *programme.Figures) (all []figureRow) {
	tag := web.Lang(r)
	for _, c := range f.Counts {
		if c.Group == "" {
			all = append(all, figureRow{Path: figurePath(review, c.Key), Title: title(web.Words(r), tag, c), Value: c.Write(tag), Formula: formula(web.Words(r), tag, c)})
		}
	}
	return all
}

func (d doors) sendDOCX(w http.ResponseWriter, r *http.Request) error {
	one, _, err := programme.ReviewOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	figures, words, err := d.content(r, one)
	if err != nil {
		return err
	}
	layout, err := d.layoutOf(r, one)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	w.Header().Set("Content-Disposition", `attachment; filename="`+one.Number+`.docx"`)
	return asPaper(web.Words(r), layout, one, figures, words, true).WriteDOCX(w)
}

// correct begins a new review in the place of an issued one, with its words and figures taken anew.
func (d doors) correct(w http.ResponseWriter, r *http.Request) error {
	tx, actor := web.Tx(r), web.Actor(r)
	old, plans, err := programme.ReviewOf(tx, actor, r.PathValue("id"))
	if err != nil {
		return err
	}
	v := &programme.Review{Kind: old.Kind, Title: old.Title, Plan: old.Plan, Also: old.Also, Body: old.Body, From: old.From, To: old.To, AsOf: old.AsOf, Layout: old.Layout, Place: old.Place,
		Superior: old.Superior, Issuer: old.Issuer, Authority: old.Authority, SignerAs: old.SignerAs, Signer: old.Signer, SentTo: old.SentTo, Public: old.Public,
		Corrects: old.ID, Reason: web.Form(r).Long("reason")}
	v.Owner, v.State = old.Owner, "draft"
	if !v.Written(actor, plans) {
		return forbidden()
	}
	figures, err := d.Freeze(tx, d.book, v)
	if err != nil {
		return err
	}
	_, words, err := d.content(r, old)
	if err != nil {
		return err
	}
	if err := programme.BeginReview(tx, actor, v, figures, words); err != nil {
		faults, rest := web.Faults(r, err)
		if rest != nil {
			return rest
		}
		return d.drawReview(w, r, web.Form(r), faults)
	}
	web.Notice(w, r, "review.begun")
	return web.Goto(w, r, address(v.ID)+"/edit")
}
