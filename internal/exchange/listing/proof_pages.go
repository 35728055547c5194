package listing

import (
	"net/http"
	"strconv"
	"strings"

	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// ClaimLight shows a claim's level of proof as a light.
func ClaimLight(level string) string {
	return map[string]string{"stated": "idle", "document": "run", "officer": "ok", "third_party": "ok"}[level]
}

// ClaimRows are the claims of a listing as a reader sees them, with who and until when.
func (x View) ClaimRows(r *http.Request, claims []record.Claim) parts.Table {
	tag, today := web.Lang(r), when.DayOf(web.Tx(r).Now)
	table := parts.Table{Label: web.T(r, "claim.title"), Cards: true, Columns: []parts.Column{
		{Title: web.T(r, "claim.what")}, {Title: web.T(r, "claim.statement")}, {Title: web.T(r, "claim.level")}}}
	for _, c := range claims {
		level := c.LevelOn(today)
		note := ""
		switch {
		case c.Expired(today):
			note = web.T(r, "claim.ran_out", "Day", lang.Day(tag, c.Until))
		case level == "third_party":
			note = web.T(r, "claim.by_third_party", "Who", c.ThirdParty, "Day", lang.Date(tag, c.Checked), "Until", lang.Day(tag, c.Until))
		case level == "officer":
			note = web.T(r, "claim.by_officer", "Day", lang.Date(tag, c.Checked), "Until", lang.Day(tag, c.Until))
		}
		table.Rows = append(table.Rows, []parts.Cell{
			{Text: x.Codes.Name("claim_kinds", c.Claim).In(tag)}, {Text: c.Statement.In(tag)},
			{Text: x.Codes.Name("claim_levels", level).In(tag), Light: ClaimLight(level), Note: note}})
	}
	return table
}

// PaperNote tells what sort of file it is, and how large: PDF, 3,8 MB.
func PaperNote(r *http.Request, a record.Attachment) string {
	size := strconv.FormatFloat(float64(a.Size)/(1<<20), 'f', 1, 64)
	if size == "0.0" {
		size = "0.1"
	}
	return web.T(r, "listing.paper_note", "Kind", strings.ToUpper(a.Ext()), "Size", lang.Decimal(web.Lang(r), size))
}

// papers lists the documents of a listing as a reader of that level sees them. Those for the owner
// and the officers alone are not told of to others; those that the reader may not open, and an
// anonymous owner's, have neutral names.
func (x View) papers(r *http.Request, kind, id string, level field.Level, anonymous bool) ([]parts.Paper, error) {
	all, err := record.Attachments(web.Tx(r), kind, id)
	if err != nil {
		return nil, err
	}
	var list []parts.Paper
	for i, a := range all {
		if a.Level == field.OwnerOnly && level < field.OwnerOnly {
			continue
		}
		p := parts.Paper{Path: "/files/" + a.ID, Name: a.Called(web.Lang(r)), Note: PaperNote(r, a)}
		if a.Level > level || anonymous && level < field.Enquiry {
			p.Name = web.T(r, "listing.neutral_paper", "N", i+1)
		}
		if a.Level > level {
			p.Path, p.Locked = "", x.Codes.Name("visibility_levels", a.Level.Code()).In(web.Lang(r))
		}
		list = append(list, p)
	}
	return list, nil
}
