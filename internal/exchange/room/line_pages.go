package room

import (
	"net/http"
	"strconv"
	"strings"

	"chonoi/internal/exchange/deal"
	"chonoi/internal/lang"
	"chonoi/internal/web"
)

// head tells in a sentence what happened.
func (d doors) head(r *http.Request, e deal.Entry) string {
	side, held := web.T(r, "deal.the_exchange"), ""
	if e.Side != "" {
		side = web.T(r, "deal.side_"+string(e.Side))
	}
	if !e.Held.Zero() {
		held = lang.Day(web.Lang(r), e.Held)
	}
	version, _, _ := strings.Cut(e.About, " ")
	return web.T(r, "deal.line_"+e.Kind, "Side", side, "Version", version, "Clause", d.about(r, e), "Date", held)
}

// about is what an entry concerns, in words.
func (d doors) about(r *http.Request, e deal.Entry) string {
	switch e.Kind {
	case "clause_acceptance":
		_, name, _ := strings.Cut(e.About, " ")
		return web.T(r, "terms.clause_"+name)
	case "stop":
		return d.Codes.Name("stop_reasons", e.About).In(web.Lang(r))
	case "termination":
		return d.Codes.Name("termination_reasons", e.About).In(web.Lang(r))
	case "royalty_report", "royalty_agreed":
		return strings.TrimPrefix(e.About, "year-")
	case "payment", "receipt":
		return itemName(r, e.About)
	}
	return ""
}

// words are the words of an entry; the sum of a report is told as a sum.
func words(r *http.Request, e deal.Entry) string {
	if e.Kind == "royalty_report" {
		if sum, err := strconv.ParseInt(e.Words, 10, 64); err == nil {
			return web.T(r, "perform.sum_is", "Sum", lang.Number(web.Lang(r), sum))
		}
	}
	return e.Words
}

// itemName is what a sum that is owed is called.
func itemName(r *http.Request, item string) string {
	if year, ok := strings.CutPrefix(item, "year-"); ok {
		return web.T(r, "perform.year", "Year", year)
	}
	return web.T(r, "perform.instalment", "N", strings.TrimPrefix(item, "instalment-"))
}
