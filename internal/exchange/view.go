package exchange

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/search"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// LevelOf returns what a reader may see of a listing: the owner's people and the house see all.
func (x *Exchange) LevelOf(tx *db.Tx, actor account.Actor, kind string, l *Listing) (field.Level, error) {
	switch {
	case actor.In(l.Owner), actor.SeesAll():
		return field.OwnerOnly, nil
	case !actor.SignedIn():
		return field.Public, nil
	case x.Admitted != nil:
		return x.Admitted(tx, actor, kind, l.ID)
	}
	return field.SignedIn, nil
}

// subjectIcons are the marks of the subjects on the pole; a subject without one has the box's.
var subjectIcons = map[string]string{
	"food_processing": "wheat", "postharvest": "wheat", "aquaculture": "fish", "water_environment": "droplets",
	"crop_seed_fertiliser": "sprout", "automation_ai": "cpu", "software": "cpu", "circular_economy": "recycle",
	"medicine_pharmacy": "heart", "sensing_iot": "satellite-dish", "biotechnology": "flask-conical",
}

// SubjectIcon returns the icon of a subject.
func SubjectIcon(code string) string {
	if icon, ok := subjectIcons[code]; ok {
		return icon
	}
	return "layers"
}

// card is a listing as it stands in a list, from what the reader may see of it.
type card struct {
	kind   string
	l      *Listing
	trl    int64
	ip     string
	right  string
	price  string
	due    when.Day
	proven bool // a claim is checked by an officer or a third party
}

func (x *Exchange) offerCard(r *http.Request, o *Offer) card {
	return card{kind: "offer", l: &o.Listing, trl: o.TRL, ip: o.IPStatus, right: o.Right, price: x.priceText(r, o)}
}

func needCard(n *Need) card { return card{kind: "need", l: &n.Listing, due: n.NeededBy} }

// priceText is an offer's price in a few words; empty when none is told.
func (x *Exchange) priceText(r *http.Request, o *Offer) string {
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

// draw turns a card into the view of the list; names are the owners' by id.
func (x *Exchange) draw(r *http.Request, c card, names map[string]lang.Both, asked *search.Asked, why []search.Why) parts.Listing {
	tag := web.Lang(r)
	title, tongue := c.l.Title.Best(tag)
	summary := c.l.Summary
	if summary.Empty() {
		summary = c.l.Desc
	}
	v := parts.Listing{
		Path: "/" + c.kind + "s/" + c.l.ID, Need: c.kind == "need", Kind: web.T(r, "exchange.kind_"+c.kind),
		Title: marked(title, asked), Summary: excerpt(summary.In(tag), asked), Marks: x.marks(c),
	}
	if tongue != tag {
		v.Lang = string(tongue)
	}
	if owner, known := names[c.l.Owner]; known {
		v.Meta = append(v.Meta, owner.In(tag))
	} else if c.l.Anonymous {
		v.Meta = append(v.Meta, web.T(r, "exchange.anonymous_owner"))
	}
	if c.l.Holder != "" {
		v.Meta = append(v.Meta, c.l.Holder)
	}
	if c.trl > 0 {
		v.Meta = append(v.Meta, "TRL "+strconv.FormatInt(c.trl, 10))
	}
	if c.ip != "" && c.ip != "none" {
		v.Meta = append(v.Meta, x.Codes.Name("ip_statuses", c.ip).In(tag))
	}
	if c.price != "" {
		v.Meta = append(v.Meta, c.price)
	}
	if !c.due.Zero() {
		v.Meta = append(v.Meta, web.T(r, "need.needed_by_day", "Day", lang.Day(tag, c.due)))
	}
	if !c.l.Floor() {
		v.Tags = append(v.Tags, parts.Tag{Text: web.T(r, "state."+c.l.State)})
	}
	for _, w := range why {
		v.Why = append(v.Why, whyText(r, w))
	}
	return v
}

// marks hangs the goods on the pole: subject, TRL, kind of right.
func (x *Exchange) marks(c card) []parts.Mark {
	subject := ""
	if len(c.l.Subjects) > 0 {
		subject = c.l.Subjects[0]
	}
	marks := []parts.Mark{{Icon: SubjectIcon(subject)}}
	if c.kind == "need" {
		return append(marks, parts.Mark{Icon: "hourglass"})
	}
	if c.trl > 0 {
		marks = append(marks, parts.Mark{Text: "T" + strconv.FormatInt(c.trl, 10)})
	}
	icon := "file-lock-2"
	if c.ip == "granted" {
		icon = "badge-check"
	} else if c.right == "ownership" {
		icon = "award"
	}
	return append(marks, parts.Mark{Icon: icon})
}

// whyText tells in a sentence which word was found where.
func whyText(r *http.Request, w search.Why) parts.Reason {
	var where []string
	for _, f := range w.Fields {
		where = append(where, web.T(r, "search.in_"+f))
	}
	key, state := "search.why_exact", "yes"
	if w.How != search.Exact {
		key = "search.why_" + string(w.How)
	}
	return parts.Reason{State: state, Text: web.T(r, key, "Word", w.Word, "Matched", w.Matched, "Where", strings.Join(where, ", "))}
}

// marked is a text with the words that were asked for marked.
func marked(text string, asked *search.Asked) parts.Marked {
	if asked == nil || asked.Empty() {
		return parts.Plain(text)
	}
	return runs(text, search.Highlight(text, *asked))
}

// excerpt is the part of a text that has the most words asked for, with those marked.
func excerpt(text string, asked *search.Asked) parts.Marked {
	if asked == nil || asked.Empty() {
		return parts.Plain(clip(text, excerptSize))
	}
	piece, spans := search.Snippet(text, *asked, excerptSize)
	return runs(piece, spans)
}

// excerptSize is how much of a summary a card shows, in bytes.
const excerptSize = 280

func runs(text string, spans []search.Span) parts.Marked {
	var all parts.Marked
	at := 0
	for _, span := range spans {
		if span.Start > at {
			all = append(all, parts.Run{Text: text[at:span.Start]})
		}
		all = append(all, parts.Run{Text: text[span.Start:span.End], Hit: true})
		at = span.End
	}
	if at < len(text) {
		all = append(all, parts.Run{Text: text[at:]})
	}
	return all
}

// clip shortens a text to about n bytes at a word's end.
func clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	cut := strings.LastIndexByte(text[:n], ' ')
	if cut < n/2 {
		cut = n
		for cut > 0 && text[cut]&0xC0 == 0x80 {
			cut--
		}
	}
	return strings.TrimRight(text[:cut], " ,;:.") + "…"
}

// cards loads the listings of hits as the reader sees them, in the order of the hits. One that has
// left the floor since the index was read is left out.
func (x *Exchange) cards(r *http.Request, keys []search.Key) (map[search.Key]card, map[string]lang.Both, error) {
	tx, actor := web.Tx(r), web.Actor(r)
	found := map[search.Key]card{}
	offers, err := some(tx, x.Offers, actor, keys)
	if err != nil {
		return nil, nil, err
	}
	for _, o := range offers {
		found[search.Key{Kind: "offer", ID: o.ID}] = x.offerCard(r, o)
	}
	needs, err := some(tx, x.Needs, actor, keys)
	if err != nil {
		return nil, nil, err
	}
	for _, n := range needs {
		found[search.Key{Kind: "need", ID: n.ID}] = needCard(n)
	}
	var owners []string
	for _, c := range found {
		if c.l.Owner != "" && !slices.Contains(owners, c.l.Owner) {
			owners = append(owners, c.l.Owner)
		}
	}
	names, err := x.Names(tx, owners...)
	return found, names, err
}

// some loads the listings of one side that are among the keys, as the reader sees them.
func some[T any](tx *db.Tx, s *Shelf[T], actor account.Actor, keys []search.Key) ([]*T, error) {
	var args []any
	for _, k := range keys {
		if k.Kind == s.Kind.Name {
			args = append(args, k.ID)
		}
	}
	if len(args) == 0 {
		return nil, nil
	}
	all, err := s.Kind.Find(tx, "WHERE id IN ("+strings.Repeat(", ?", len(args))[2:]+")", args...)
	if err != nil {
		return nil, err
	}
	for i, r := range all {
		level, err := s.x.LevelOf(tx, actor, s.Kind.Name, s.Listing(r))
		if err != nil {
			return nil, err
		}
		all[i] = s.See(r, level)
	}
	return all, nil
}

// claimLight shows a claim's level of proof as a light.
func claimLight(level string) string {
	return map[string]string{"stated": "idle", "document": "run", "officer": "ok", "third_party": "ok"}[level]
}

// claimRows are the claims of a listing as a reader sees them, with who and until when.
func (x *Exchange) claimRows(r *http.Request, claims []record.Claim) parts.Table {
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
			{Text: x.Codes.Name("claim_levels", level).In(tag), Light: claimLight(level), Note: note}})
	}
	return table
}
