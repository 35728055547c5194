package alert

import (
	"net/http"

	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// searchView is what the page of one saved search is drawn from.
type searchView struct {
	Faults  parts.Faults
	Item    item
	Deleted bool
	Typed   bool
	Name    parts.Field
	Rhythm  parts.Field
	Found   []foundView
	Nothing *parts.Empty
}

// foundView is one listing that a search found.
type foundView struct {
	Path, Title, Lang string
	Tag               parts.Tag
	Meta              []string
	Reasons           []string
}

// mostShown is how many findings the page of a search looks at.
const mostShown = 100

func (a *Alerts) showSearch(w http.ResponseWriter, r *http.Request) error {
	return a.showOne(w, r, r.PathValue("id"), parts.Faults{}, web.Values{})
}

// showOne shows a search with what it found; typed is what was typed when something is amiss with it.
func (a *Alerts) showOne(w http.ResponseWriter, r *http.Request, id string, faults parts.Faults, typed web.Values) error {
	tx, actor := web.Tx(r), web.Actor(r)
	s, err := a.Mine(tx, actor, id)
	if err != nil {
		return err
	}
	who, err := a.Accounts.Get(tx, actor.ID)
	if err != nil {
		return err
	}
	all, err := findingsOf(tx, s.ID, mostShown)
	if err != nil {
		return err
	}
	here := *who
	here.Locale = web.Lang(r)
	groups, err := a.groups(tx, &here, all)
	if err != nil {
		return err
	}
	v := searchView{Faults: faults, Item: a.item(r, s, 0), Deleted: !s.Deleted.IsZero(), Typed: s.Typed()}
	for _, g := range groups {
		for _, one := range g.items {
			v.Found = append(v.Found, a.draw(r, one))
		}
	}
	v.Item.Alone = true
	v.Item.Found = web.T(r, "alert.found", "N", len(v.Found))
	if len(v.Found) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "alert.found_nothing"), Text: web.T(r, "alert.found_nothing_help")}
	}
	name, rhythm := s.Name, s.Rhythm
	if faults.Any() {
		name, rhythm = typed.Text("name"), Rhythm(typed.Text("rhythm"))
	}
	v.Name, v.Rhythm = fields(r, name, rhythm, faults)
	page := web.Page{Title: s.Name, NoIndex: true, Amiss: faults.Any(), Crumbs: []parts.Crumb{{Path: "/alerts", Text: web.T(r, "alert.title")}, {Text: s.Name}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, searchPage(v))
}

func (a *Alerts) draw(r *http.Request, f found) foundView {
	tag := web.Lang(r)
	title, tongue := f.title.Best(tag)
	v := foundView{Path: f.path(), Title: title, Tag: parts.Tag{Text: web.T(r, "alert.kind_"+f.key.Kind), Kind: f.key.Kind},
		Meta: []string{a.owner(tag, f), lang.DateTime(tag, f.at)}, Reasons: a.reasons(tag, f)}
	if tongue != tag {
		v.Lang = string(tongue)
	}
	return v
}

// stopView is what the page that a letter leads to is drawn from.
type stopView struct {
	Title, Text string
	Done        bool
}

// showStop asks whether to stop: a program that follows all links of a letter stops nothing.
func (a *Alerts) showStop(w http.ResponseWriter, r *http.Request) error {
	s, err := a.Stopping(web.Tx(r), r.PathValue("token"))
	if err != nil {
		return err
	}
	v := stopView{Title: web.T(r, "alert.stop_all"), Text: web.T(r, "alert.stop_all_help")}
	if s != nil {
		v = stopView{Title: web.T(r, "alert.stop_one", "Name", s.Name), Text: web.T(r, "alert.stop_one_help")}
	}
	return show(w, r, v)
}

// stop stops at once: by the button of the page, or by the one click of a mail program.
// Source: RFC 8058, section 3.2.
func (a *Alerts) stop(w http.ResponseWriter, r *http.Request) error {
	s, err := a.Stop(web.Tx(r), r.PathValue("token"))
	if err != nil {
		return err
	}
	v := stopView{Title: web.T(r, "alert.all_stopped"), Text: web.T(r, "alert.all_stopped_help"), Done: true}
	if s != nil {
		v.Title, v.Text = web.T(r, "alert.one_stopped", "Name", s.Name), web.T(r, "alert.one_stopped_help")
	}
	return show(w, r, v)
}

func show(w http.ResponseWriter, r *http.Request, v stopView) error {
	return web.Show(w, r, web.Page{Title: v.Title, NoIndex: true, NoTwin: v.Done}, stopPage(v))
}
