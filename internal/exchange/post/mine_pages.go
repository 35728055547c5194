package post

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/search"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// ownGroups are the shelves of one's own desk in their order, with the states that lie on each.
var ownGroups = []struct {
	name   string
	states []string
}{
	{"drafts", []string{exchange.Draft}}, {"returned", []string{exchange.Returned}}, {"waiting", []string{exchange.Submitted, exchange.Checking, exchange.SecondReview}},
	{"expiring", []string{exchange.Expiring}}, {"floor", []string{exchange.Published, exchange.Renewed}}, {"expired", []string{exchange.Expired}},
	{"withdrawn", []string{exchange.Withdrawn}}, {"ended", []string{exchange.Taken, exchange.Answered, exchange.NoAnswer, exchange.Suspended, exchange.Blocked}},
}

// mineView is the desk of somebody who posts.
type mineView struct {
	Groups  []parts.Chip
	Now     string // the group that is shown, in words
	Items   []ownItem
	Pager   parts.Pager
	Nothing *parts.Empty
}

// ownItem is one's own listing with what is to be done about it.
type ownItem struct {
	Path, Title, TitleIn string
	Tag                  parts.Tag
	State                parts.Light
	Meta                 []string
	Note                 string // what is missing, why it was returned
	Lines                []parts.Link
	Actions              []parts.Action
}

const ownPageSize = 20

// showMine shows the listings of the organisations one acts for.
func (x *post) showMine(w http.ResponseWriter, r *http.Request) error {
	tx, form := web.Tx(r), web.Form(r)
	var owners []string
	for _, m := range web.Actor(r).Memberships {
		owners = append(owners, m.Organisation)
	}
	counts, err := ownCounts(tx, owners)
	if err != nil {
		return err
	}
	group := form.Text("group")
	v := mineView{Now: web.T(r, "mine.all")}
	v.Groups = x.ownChips(r, group, counts)
	states := exchange.States
	for _, g := range ownGroups {
		if g.name == group {
			states, v.Now = g.states, web.T(r, "mine.group_"+g.name)
		}
	}
	keys, err := ownKeys(tx, owners, states, readPlace(form.Text("after")), ownPageSize+1)
	if err != nil {
		return err
	}
	if len(keys) > ownPageSize {
		keys = keys[:ownPageSize]
		last := keys[ownPageSize-1]
		v.Pager.Next = "/desk/mine?" + url.Values{"group": {group}, "after": {strconv.FormatInt(last.updated, 10) + "." + last.id}}.Encode()
	}
	if v.Items, err = x.ownItems(r, keys); err != nil {
		return err
	}
	if len(v.Items) == 0 {
		v.Nothing = nothingMine(r, len(owners) == 0)
	}
	title := web.T(r, "mine.title")
	return web.Show(w, r, web.Page{Title: title, Section: "/desk/mine", NoIndex: true, Crumbs: []parts.Crumb{{Text: title}}}, minePage(v))
}

func (x *post) ownChips(r *http.Request, now string, counts map[string]int) []parts.Chip {
	all := 0
	for _, n := range counts {
		all += n
	}
	chips := []parts.Chip{{Path: "/desk/mine", Text: web.T(r, "mine.all"), Count: lang.Number(web.Lang(r), int64(all))}}
	for _, g := range ownGroups {
		n := 0
		for _, state := range g.states {
			n += counts[state]
		}
		if n > 0 || g.name == now {
			chips = append(chips, parts.Chip{Path: "/desk/mine?group=" + g.name, Text: web.T(r, "mine.group_"+g.name), Count: lang.Number(web.Lang(r), int64(n))})
		}
	}
	return chips
}

func readPlace(text string) ownKey {
	at, id, _ := strings.Cut(text, ".")
	updated, err := strconv.ParseInt(at, 10, 64)
	if err != nil {
		return ownKey{}
	}
	return ownKey{id: id, updated: updated}
}

func nothingMine(r *http.Request, noOrganisation bool) *parts.Empty {
	if noOrganisation {
		return &parts.Empty{Title: web.T(r, "mine.no_organisation"), Text: web.T(r, "post.no_organisation_help"), Actions: organisationActions(r)}
	}
	return &parts.Empty{Title: web.T(r, "mine.nothing"), Text: web.T(r, "mine.nothing_help"), Actions: []parts.Action{
		{Path: "/offers/new", Text: web.T(r, "post.new_offer"), Kind: "go"}, {Path: "/needs/new", Text: web.T(r, "post.new_need"), Kind: "line"}}}
}

func organisationActions(r *http.Request) []parts.Action {
	return []parts.Action{{Path: "/organisations/new", Text: web.T(r, "post.new_organisation")}, {Path: "/organisations", Text: web.T(r, "post.find_organisation"), Kind: "line"}}
}

// ownItems loads the listings of keys and says of each what is to be done.
func (x *post) ownItems(r *http.Request, keys []ownKey) ([]ownItem, error) {
	wanted := make([]search.Key, len(keys))
	for i, k := range keys {
		wanted[i] = search.Key{Kind: k.kind, ID: k.id}
	}
	made := map[string]ownItem{}
	if err := addOwn(x.offers, r, wanted, made); err != nil {
		return nil, err
	}
	if err := addOwn(x.needs, r, wanted, made); err != nil {
		return nil, err
	}
	var items []ownItem
	for _, k := range keys {
		if one, ok := made[k.kind+k.id]; ok {
			items = append(items, one)
		}
	}
	return items, nil
}

func addOwn[T any](s side[T], r *http.Request, keys []search.Key, to map[string]ownItem) error {
	all, err := s.Some(web.Tx(r), web.Actor(r), keys)
	if err != nil {
		return err
	}
	for _, rec := range all {
		item, err := s.ownItem(r, rec)
		if err != nil {
			return err
		}
		to[s.Kind.Name+s.Listing(rec).ID] = item
	}
	return nil
}

func (s side[T]) ownItem(r *http.Request, rec *T) (ownItem, error) {
	tag, l := web.Lang(r), s.Listing(rec)
	v := ownItem{Path: s.Path(l.ID), Tag: parts.Tag{Text: web.T(r, "exchange.kind_"+s.Kind.Name), Kind: s.Kind.Name}, State: stateLight(r, l.State),
		Meta: []string{l.Number, web.T(r, "mine.changed", "Day", lang.Date(tag, l.Updated))}, Actions: s.OwnActions(r, l)}
	title, tongue := l.Title.Best(tag)
	v.Title, v.TitleIn = title, tagged(r, tongue)
	if title == "" {
		v.Title = web.T(r, "mine.untitled")
	}
	if l.Anonymous {
		v.Meta = append(v.Meta, web.T(r, "listing.anonymous"))
	}
	switch {
	case exchange.Editable(l.State):
		err := s.ownMissing(r, rec, &v)
		return v, err
	case l.State == exchange.Expiring:
		v.Note = web.T(r, "mine.days_left", "N", max(when.DayOf(web.Tx(r).Now).DaysUntil(l.Expires), 0), "Day", lang.Day(tag, l.Expires))
	case l.State == exchange.Expired:
		v.Note = web.T(r, "mine.expired_on", "Day", lang.Day(tag, l.Expires))
	case l.Floor():
		v.Meta = append(v.Meta, web.T(r, "mine.until", "Day", lang.Day(tag, l.Expires)))
	case slices.Contains([]string{exchange.Submitted, exchange.Checking, exchange.SecondReview}, l.State):
		reviews, err := exchange.ReviewsOf(web.Tx(r), s.Kind.Name, l.ID)
		if err != nil {
			return v, err
		}
		if len(reviews) > 0 && reviews[0].Ended.IsZero() {
			v.Note = web.T(r, "mine.answer_by", "Day", lang.Day(tag, reviews[0].Due))
		}
	}
	return v, nil
}

// ownMissing tells why a listing came back, and what it lacks.
func (s side[T]) ownMissing(r *http.Request, rec *T, v *ownItem) error {
	l := s.Listing(rec)
	back, err := s.returned(r, l)
	if err != nil {
		return err
	}
	if back != nil {
		v.Note = web.T(r, "mine.returned", "Reasons", back.Reasons)
		if back.Note != "" {
			v.Note = web.T(r, "mine.returned_note", "Reasons", back.Reasons, "Note", back.Note)
		}
	}
	unread, err := exchange.DraftInputs(web.Tx(r), s.Kind.Name, l.ID, web.Actor(r).ID)
	if err != nil {
		return err
	}
	v.Lines = s.meterView(r, l.ID, s.Progress(rec, unread)).Missing
	return nil
}

// stateLight shows a listing's state as a light.
func stateLight(r *http.Request, state string) parts.Light {
	kind := "idle"
	switch state {
	case exchange.Submitted, exchange.Checking, exchange.SecondReview:
		kind = "run"
	case exchange.Published, exchange.Renewed, exchange.Answered:
		kind = "ok"
	case exchange.Returned, exchange.Expiring, exchange.Suspended:
		kind = "risk"
	case exchange.Expired, exchange.Blocked:
		kind = "late"
	}
	return parts.Light{Kind: kind, Text: web.T(r, "state."+state)}
}
