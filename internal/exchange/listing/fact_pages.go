package listing

import (
	"net/http"
	"strconv"
	"strings"

	"chonoi/internal/exchange"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// Label names a fact: the kind's own word, or the one both kinds share.
func Label(r *http.Request, kind, name string) string {
	if key := kind + "." + name; web.Words(r).Has(key) {
		return web.T(r, key)
	}
	return web.T(r, "listing."+name)
}

func (x View) offerFacts(r *http.Request, o *exchange.Offer) []parts.Fact {
	tag := web.Lang(r)
	facts := []parts.Fact{}
	if o.TRL > 0 {
		facts = append(facts, parts.Fact{Name: web.T(r, "offer.trl"), TRL: int(o.TRL), Note: exchange.Clip(o.TRLEvidence.In(tag), 120)})
	}
	x.fact(r, &facts, "offer", "ip_status", x.Codes.Name("ip_statuses", o.IPStatus).In(tag), x.CodeNames(r, "ip_kinds", o.IPKinds))
	x.fact(r, &facts, "offer", "transfer_right", x.Codes.Name("rights", o.Right).In(tag), o.Territory.In(tag))
	x.fact(r, &facts, "offer", "delivery", o.Delivery.In(tag), "")
	x.fact(r, &facts, "offer", "forms", x.CodeNames(r, "transfer_forms", o.Forms), "")
	x.fact(r, &facts, "offer", "objects", x.CodeNames(r, "transfer_objects", o.Objects), "")
	x.fact(r, &facts, "offer", "methods", x.CodeNames(r, "transfer_methods", o.Methods), "")
	x.fact(r, &facts, "offer", "state_money", x.Codes.Name("state_money", o.StateMoney).In(tag), "")
	x.fact(r, &facts, "offer", "cooperation", x.CodeNames(r, "cooperation", o.Cooperation), "")
	x.fact(r, &facts, "offer", "ip_numbers", o.IPNumbers, "")
	if o.Green {
		x.fact(r, &facts, "offer", "green", web.T(r, "field.yes"), "")
	}
	return append(facts, x.sharedFacts(r, &o.Listing)...)
}

func (x View) needFacts(r *http.Request, n *exchange.Need) []parts.Fact {
	tag := web.Lang(r)
	var facts []parts.Fact
	x.fact(r, &facts, "need", "needed_by", lang.Day(tag, n.NeededBy), n.Timing.In(tag))
	if n.TRLMin > 0 {
		facts = append(facts, parts.Fact{Name: web.T(r, "need.trl_min"), TRL: int(n.TRLMin)})
	}
	x.fact(r, &facts, "need", "cooperation", x.CodeNames(r, "cooperation", n.Cooperation), "")
	x.fact(r, &facts, "need", "reply_due", lang.Day(tag, n.ReplyDue), "")
	return append(facts, x.sharedFacts(r, &n.Listing)...)
}

func (x View) sharedFacts(r *http.Request, l *exchange.Listing) []parts.Fact {
	tag := web.Lang(r)
	var facts []parts.Fact
	x.fact(r, &facts, "listing", "subjects", x.CodeNames(r, "subjects", l.Subjects), "")
	x.fact(r, &facts, "listing", "industries", x.CodeNames(r, "industries", l.Industries), "")
	x.fact(r, &facts, "listing", "place", x.Codes.Name("places", l.Place).In(tag), "")
	x.fact(r, &facts, "listing", "holder", l.Holder, "")
	if day, err := when.ParseDay(l.Confirmed); err == nil {
		x.fact(r, &facts, "listing", "confirmed_on", lang.Day(tag, day), "")
	}
	x.fact(r, &facts, "listing", "expires_on", lang.Day(tag, l.Expires), "")
	return facts
}

// fact adds a fact unless it is not told.
func (x View) fact(r *http.Request, to *[]parts.Fact, kind, name, value, note string) {
	if value != "" {
		*to = append(*to, parts.Fact{Name: Label(r, kind, name), Value: value, Note: note})
	}
}

func budgetText(r *http.Request, n *exchange.Need) string {
	tag := web.Lang(r)
	switch {
	case n.BudgetMin > 0 && n.BudgetMax > 0:
		return web.T(r, "need.budget_between", "Min", lang.Money(tag, n.BudgetMin), "Max", lang.Money(tag, n.BudgetMax))
	case n.BudgetMax > 0:
		return web.T(r, "need.budget_to", "Max", lang.Money(tag, n.BudgetMax))
	case n.BudgetMin > 0:
		return web.T(r, "need.budget_from", "Min", lang.Money(tag, n.BudgetMin))
	}
	return web.T(r, "field.not_told")
}

// CodeNames puts the names of codes into one line.
func (x View) CodeNames(r *http.Request, list string, codes []string) string {
	line := ""
	for i, code := range codes {
		if i > 0 {
			line += ", "
		}
		line += x.Codes.Name(list, code).In(web.Lang(r))
	}
	return line
}

// priceText is an offer's price in a few words; empty when none is told.
func (x View) priceText(r *http.Request, o *exchange.Offer) string {
	tag := web.Lang(r)
	switch o.PriceKind {
	case "fixed":
		return lang.Money(tag, o.Price)
	case "from":
		return web.T(r, "offer.price_from", "Price", lang.Money(tag, o.Price))
	case "":
		return ""
	}
	return x.Codes.Name("price_kinds", o.PriceKind).In(tag)
}

// ColumnName names a column of the listing: its fact, and the tongue when it has two.
func (s Side[T]) ColumnName(r *http.Request, column string) string {
	if f, ok := s.Kind.Fields.OfColumn(column); ok {
		name := Label(r, s.Kind.Name, f.Name)
		switch {
		case f.Kind != field.KindBoth:
			return name
		case strings.HasSuffix(column, "_en"):
			return web.T(r, "post.named_en", "Name", name)
		}
		return web.T(r, "post.named_vi", "Name", name)
	}
	if fact, isLevel := strings.CutPrefix(column, "shown."); isLevel {
		return web.T(r, "post.named_level", "Name", Label(r, s.Kind.Name, fact))
	}
	if column == exchange.StepClaims {
		return web.T(r, "listing.step.claims")
	}
	if kind, isClaim := strings.CutPrefix(column, "claim."); isClaim {
		return s.x.Codes.Name("claim_kinds", kind).In(web.Lang(r))
	}
	return Label(r, s.Kind.Name, column)
}

// ShownText writes the stored text of a column as people read it.
func (s Side[T]) ShownText(r *http.Request, column, text string) string {
	tag := web.Lang(r)
	yesNo := func() string {
		if text == "1" || text == "true" {
			return web.T(r, "field.yes")
		}
		return web.T(r, "field.no")
	}
	if column == "anonymous" {
		return yesNo()
	}
	if strings.HasPrefix(column, "shown.") {
		return s.x.Codes.Name("visibility_levels", text).In(tag)
	}
	f, ok := s.Kind.Fields.OfColumn(column)
	switch {
	case ok && f.Kind == field.KindFlag:
		return yesNo()
	case text == "":
		return web.T(r, "field.not_told")
	case !ok:
		return text
	}
	switch f.Kind {
	case field.KindCode, field.KindCodes:
		return s.x.CodeNames(r, f.List, strings.Split(text, ","))
	case field.KindMoney:
		if n, err := strconv.ParseInt(text, 10, 64); err == nil {
			return lang.Money(tag, n)
		}
	case field.KindDay:
		return DayText(tag, text)
	}
	return text
}

// DayText writes a stored day as people read it.
func DayText(tag lang.Tag, text string) string {
	day, err := when.ParseDay(text)
	if err != nil {
		return text
	}
	return lang.Day(tag, day)
}
