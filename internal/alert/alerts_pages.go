package alert

import (
	"net/http"
	"net/url"
	"strconv"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/search"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// alertsView is what the page of saved searches is drawn from.
type alertsView struct {
	Stopped string // since when no letters come, as a sentence
	Room    string // how many searches there are of how many
	Typed   []item
	Looking []item
	Resting bool        // all that looks by itself is paused
	Pager   parts.Pager // of Looking
	Deleted []item
	Nothing *parts.Empty
}

// item is one saved search on a page.
type item struct {
	ID, Name string
	Path     string // what it searches, or the listing that looks
	Tag      *parts.Tag
	Lines    []parts.Chip // its filters
	Rhythm   string
	Found    string
	Standing string // how many listings meet it now
	Paused   bool
	Alone    bool // it is what the page is about
}

// At is the address of the search itself, and of what is done with it.
func (i item) At(act string) string { return "/alerts/" + i.ID + act }

func (a *Alerts) showAlerts(w http.ResponseWriter, r *http.Request) error {
	tx, actor := web.Tx(r), web.Actor(r)
	all, err := typedOf(tx, actor.ID)
	if err != nil {
		return err
	}
	counts, err := foundSince(tx, actor.ID, time.Now().Add(-month))
	if err != nil {
		return err
	}
	stopped, err := stoppedAt(tx, actor.ID)
	if err != nil {
		return err
	}
	v := alertsView{}
	if !stopped.IsZero() {
		v.Stopped = web.T(r, "alert.stopped_since", "Day", lang.DateTime(web.Lang(r), stopped))
	}
	for _, s := range all {
		one := a.item(r, s, counts[s.ID])
		if s.Deleted.IsZero() {
			v.Typed = append(v.Typed, one)
		} else {
			v.Deleted = append(v.Deleted, one)
		}
	}
	if err := a.looking(r, &v, counts); err != nil {
		return err
	}
	v.Room = web.T(r, "alert.room", "N", len(v.Typed), "Most", a.Quota())
	if len(v.Typed) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "alert.nothing"), Text: web.T(r, "alert.nothing_help"),
			Actions: []parts.Action{{Path: "/search", Text: web.T(r, "alert.to_search"), Kind: "line", Icon: "search"}}}
	}
	title := web.T(r, "alert.title")
	return web.Show(w, r, web.Page{Title: title, NoIndex: true, Crumbs: []parts.Crumb{{Text: title}}}, alertsPage(v))
}

// lookingAtOnce is how many listings that look by themselves stand on one page.
const lookingAtOnce = 20

// looking adds the listings that look by themselves, some at a time.
func (a *Alerts) looking(r *http.Request, v *alertsView, counts map[string]int) error {
	from, _ := strconv.Atoi(r.URL.Query().Get("from"))
	from = max(0, min(from, 1_000_000))
	some, err := lookingOf(web.Tx(r), web.Actor(r).ID, lookingAtOnce+1, from)
	if err != nil {
		return err
	}
	if from > 0 {
		v.Pager.First = "/alerts"
	}
	if len(some) > lookingAtOnce {
		some = some[:lookingAtOnce]
		v.Pager.Next = "/alerts?from=" + strconv.Itoa(from+lookingAtOnce)
	}
	v.Resting = true
	for _, s := range some {
		v.Resting = v.Resting && !s.Paused.IsZero()
		v.Looking = append(v.Looking, a.item(r, s, counts[s.ID]))
	}
	return nil
}

// item shapes a search for a page.
func (a *Alerts) item(r *http.Request, s *Search, n int) item {
	one := item{ID: s.ID, Name: s.Name, Rhythm: web.T(r, "alert.rhythm_"+string(s.Rhythm)), Found: web.T(r, "alert.found_month", "N", n), Paused: !s.Paused.IsZero()}
	if !s.Typed() {
		one.Path = "/" + s.Listing.Kind + "s/" + s.Listing.ID
		one.Tag = &parts.Tag{Text: web.T(r, "alert.kind_"+s.Listing.Kind), Kind: s.Listing.Kind}
		return one
	}
	one.Path = searchPath(s.Address)
	q := a.query(s, nil)
	for _, filter := range a.Filters(web.Tx(r), web.Actor(r), web.Lang(r), q) {
		one.Lines = append(one.Lines, parts.Chip{Text: filter})
	}
	now := q
	now.Quiet, now.Limit, now.Sort = true, 1, search.ByNewest // by which all are counted
	one.Standing = web.T(r, "alert.standing", "N", a.Index().Search(now).Total)
	return one
}

func searchPath(address string) string {
	if address == "" {
		return "/search"
	}
	return "/search?" + address
}

// newView is what the form of a new search, and that of one search, are drawn from.
type newView struct {
	Faults  parts.Faults
	Address string
	Words   string
	Filters []parts.Chip
	Name    parts.Field
	Rhythm  parts.Field
}

func (a *Alerts) showNew(w http.ResponseWriter, r *http.Request) error {
	return a.showForm(w, r, r.URL.RawQuery, "", Daily, parts.Faults{})
}

// showForm shows the form of a new search; name is what was typed.
func (a *Alerts) showForm(w http.ResponseWriter, r *http.Request, address, name string, rhythm Rhythm, faults parts.Faults) error {
	values, _ := url.ParseQuery(address) // what cannot be read is left out
	q, address := a.Read(values, web.Lang(r))
	v := newView{Faults: faults, Address: address, Words: q.Text}
	filters := a.Filters(web.Tx(r), web.Actor(r), web.Lang(r), q)
	for _, filter := range filters {
		v.Filters = append(v.Filters, parts.Chip{Text: filter})
	}
	if name == "" && !faults.Any() {
		name = suggested(r, q, filters)
	}
	v.Name, v.Rhythm = fields(r, name, rhythm, faults)
	title := web.T(r, "alert.new")
	page := web.Page{Title: title, NoIndex: true, Amiss: faults.Any(), Crumbs: []parts.Crumb{{Path: searchPath(address), Text: web.T(r, "alert.the_search")}, {Text: title}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, newPage(v))
}

// suggested is a name for a search: its words, else its first filter.
func suggested(r *http.Request, q search.Query, filters []string) string {
	name := q.Text
	if name == "" && len(filters) > 0 {
		name = filters[0]
	}
	if name == "" {
		name = web.T(r, "alert.everything")
	}
	if runes := []rune(name); len(runes) > longestName {
		name = string(runes[:longestName])
	}
	return name
}

func fields(r *http.Request, name string, rhythm Rhythm, faults parts.Faults) (parts.Field, parts.Field) {
	often := parts.Field{Name: "rhythm", Label: web.T(r, "alert.rhythm"), Hint: web.T(r, "alert.rhythm_hint"), Error: faults.At("rhythm")}
	for _, one := range Rhythms {
		often.Options = append(often.Options, parts.Option{Value: string(one), Text: web.T(r, "alert.rhythm_"+string(one)), On: one == rhythm})
	}
	return parts.Field{Name: "name", Label: web.T(r, "alert.name"), Value: name, Max: longestName, Error: faults.At("name")}, often
}

func (a *Alerts) saveSearch(w http.ResponseWriter, r *http.Request) error {
	form := web.Form(r)
	address, name, rhythm := form.Text("address"), form.Text("name"), Rhythm(form.Text("rhythm"))
	s, err := a.Save(web.Tx(r), web.Actor(r), address, name, rhythm, web.Lang(r))
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return a.showForm(w, r, address, name, rhythm, faults)
	}
	web.Notice(w, r, "alert.saved", "Name", s.Name)
	return web.Goto(w, r, "/alerts")
}

func (a *Alerts) renameSearch(w http.ResponseWriter, r *http.Request) error {
	form, id := web.Form(r), r.PathValue("id")
	err := a.Rename(web.Tx(r), web.Actor(r), id, form.Text("name"), Rhythm(form.Text("rhythm")))
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return a.showOne(w, r, id, faults, form)
	}
	web.Notice(w, r, "alert.renamed")
	return web.Goto(w, r, "/alerts/"+id)
}

// done does something with the search of the address and goes back to the list with a notice.
func (a *Alerts) done(w http.ResponseWriter, r *http.Request, notice string, do func(tx *db.Tx, id string) error) error {
	if err := do(web.Tx(r), r.PathValue("id")); err != nil {
		return err
	}
	web.Notice(w, r, notice)
	return web.Goto(w, r, "/alerts")
}

func (a *Alerts) pauseSearch(w http.ResponseWriter, r *http.Request) error {
	return a.done(w, r, "alert.paused", func(tx *db.Tx, id string) error { return a.Pause(tx, web.Actor(r), id) })
}

func (a *Alerts) resumeSearch(w http.ResponseWriter, r *http.Request) error {
	return a.done(w, r, "alert.resumed", func(tx *db.Tx, id string) error { return a.Resume(tx, web.Actor(r), id) })
}

func (a *Alerts) deleteSearch(w http.ResponseWriter, r *http.Request) error {
	return a.done(w, r, "alert.deleted", func(tx *db.Tx, id string) error { return a.Delete(tx, web.Actor(r), id) })
}

func (a *Alerts) restoreSearch(w http.ResponseWriter, r *http.Request) error {
	return a.done(w, r, "alert.restored", func(tx *db.Tx, id string) error { return a.Restore(tx, web.Actor(r), id) })
}

// switchListings pauses all of the actor's listings that look by themselves, or lets them look again.
func (a *Alerts) switchListings(w http.ResponseWriter, r *http.Request) error {
	look, notice := web.Form(r).On("look"), "alert.paused"
	if look {
		notice = "alert.resumed"
	}
	if err := a.LetListingsLook(web.Tx(r), web.Actor(r), look); err != nil {
		return err
	}
	web.Notice(w, r, notice)
	return web.Goto(w, r, "/alerts")
}

// switchLetters ends all letters, or lets them come again.
func (a *Alerts) switchLetters(w http.ResponseWriter, r *http.Request) error {
	act, notice := a.StopLetters, "alert.letters_stopped"
	if web.Form(r).On("want") {
		act, notice = a.WantLetters, "alert.letters_wanted"
	}
	if err := act(web.Tx(r), web.Actor(r).ID); err != nil {
		return err
	}
	web.Notice(w, r, notice)
	return web.Goto(w, r, "/alerts")
}
