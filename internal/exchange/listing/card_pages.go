package listing

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/search"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

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

// Card is a listing as it stands in a list, from what the reader may see of it.
type Card struct {
	Kind    string
	Listing *exchange.Listing
	trl     int64
	ip      string
	right   string
	price   string
	due     when.Day
	proven  bool // a claim is checked by an officer or a third party
}

func (x View) offerCard(r *http.Request, o *exchange.Offer) Card {
	return Card{Kind: "offer", Listing: &o.Listing, trl: o.TRL, ip: o.IPStatus, right: o.Right, price: x.priceText(r, o)}
}

func needCard(n *exchange.Need) Card { return Card{Kind: "need", Listing: &n.Listing, due: n.NeededBy} }

// Draw turns a card into the view of the list; names are the owners' by id.
func (x View) Draw(r *http.Request, c Card, names map[string]lang.Both, asked *search.Asked, why []search.Why) parts.Listing {
	tag := web.Lang(r)
	title, tongue := c.Listing.Title.Best(tag)
	summary := c.Listing.Summary
	if summary.Empty() {
		summary = c.Listing.Desc
	}
	v := parts.Listing{
		Path: "/" + c.Kind + "s/" + c.Listing.ID, Need: c.Kind == "need", Kind: web.T(r, "exchange.kind_"+c.Kind),
		Title: marked(title, asked), Summary: excerpt(summary.In(tag), asked), Marks: x.marks(c),
	}
	if tongue != tag {
		v.Lang = string(tongue)
	}
	if owner, known := names[c.Listing.Owner]; known {
		v.Meta = append(v.Meta, owner.In(tag))
	} else if c.Listing.Anonymous {
		v.Meta = append(v.Meta, web.T(r, "exchange.anonymous_owner"))
	}
	if c.Listing.Holder != "" {
		v.Meta = append(v.Meta, c.Listing.Holder)
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
	if !c.Listing.Floor() {
		v.Tags = append(v.Tags, parts.Tag{Text: web.T(r, "state."+c.Listing.State)})
	}
	for _, w := range why {
		v.Why = append(v.Why, whyText(r, w))
	}
	return v
}

// marks hangs the goods on the pole: subject, TRL, kind of right.
func (x View) marks(c Card) []parts.Mark {
	subject := ""
	if len(c.Listing.Subjects) > 0 {
		subject = c.Listing.Subjects[0]
	}
	marks := []parts.Mark{{Icon: SubjectIcon(subject)}}
	if c.Kind == "need" {
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
		return parts.Plain(exchange.Clip(text, excerptSize))
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

// Cards loads the listings of hits as the reader sees them, in the order of the hits. One that has
// left the floor since the index was read is left out.
func (x View) Cards(r *http.Request, keys []search.Key) (map[search.Key]Card, map[string]lang.Both, error) {
	return x.CardsFor(r, web.Actor(r), keys)
}

// CardsFor loads the listings of hits as another than the reader may see them: a visitor, for a feed.
func (x View) CardsFor(r *http.Request, actor account.Actor, keys []search.Key) (map[search.Key]Card, map[string]lang.Both, error) {
	tx := web.Tx(r)
	found := map[search.Key]Card{}
	offers, err := NewSide(x.Exchange, x.Offers).Some(tx, actor, keys)
	if err != nil {
		return nil, nil, err
	}
	for _, o := range offers {
		found[search.Key{Kind: "offer", ID: o.ID}] = x.offerCard(r, o)
	}
	needs, err := NewSide(x.Exchange, x.Needs).Some(tx, actor, keys)
	if err != nil {
		return nil, nil, err
	}
	for _, n := range needs {
		found[search.Key{Kind: "need", ID: n.ID}] = needCard(n)
	}
	var owners []string
	for _, c := range found {
		if c.Listing.Owner != "" && !slices.Contains(owners, c.Listing.Owner) {
			owners = append(owners, c.Listing.Owner)
		}
	}
	names, err := x.Names(tx, owners...)
	return found, names, err
}

// Some loads the listings of this side that are among the keys, as the reader sees them.
func (s Side[T]) Some(tx *db.Tx, actor account.Actor, keys []search.Key) ([]*T, error) {
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
