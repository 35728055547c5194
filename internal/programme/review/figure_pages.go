package review

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// figureSize is how many rows of a figure a page shows.
const figureSize = 200

// figureView is what the page of a figure is drawn from: the number, how it is counted, and its rows.
type figureView struct {
	Path, Review, Title, Group, Value, Formula, AsOf string
	Breaks                                           []string
	Head                                             []string
	Rows                                             [][]link
	Pager                                            parts.Pager
	More                                             int64 // records that were counted and are not kept
}

type link struct{ Path, Text string }

func escape(key string) string { return url.PathEscape(key) }

func hasBlank(words string) bool { return strings.Contains(words, programme.Blank) }

// wholes are the figures of the whole plan.
func wholes(f *programme.Figures) (all []programme.Figure) {
	for _, c := range f.Counts {
		if c.Group == "" {
			all = append(all, c)
		}
	}
	return all
}

func (d doors) showFigure(w http.ResponseWriter, r *http.Request) error {
	one, _, err := programme.ReviewOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	figures, err := d.FiguresOf(web.Tx(r), one.ID)
	if err != nil {
		return err
	}
	c, ok := figures.Figure(r.PathValue("key"))
	if !ok {
		return fault.New(fault.NotFound, "record.not_found")
	}
	tag := web.Lang(r)
	v := figureView{Path: figurePath(one.ID, c.Key), Review: address(one.ID), Title: title(web.Words(r), tag, c), Value: c.Write(tag), Formula: formula(web.Words(r), tag, c), AsOf: lang.Date(tag, figures.AsOf.Start())}
	for _, g := range figures.Groups {
		if g.Path == c.Group {
			v.Group = strings.TrimSpace(g.Marker + " " + g.Title)
		}
	}
	v.Breaks = breaks(web.Words(r), tag, figures)
	v.rows(r, figures, c)
	name, _ := one.Title.Best(tag)
	page := web.Page{Title: v.Title, Section: "/plans", NoIndex: true, Crumbs: append(crumbs(r, name), parts.Crumb{Text: v.Title})}
	page.Crumbs[2].Path = v.Review
	return web.Show(w, r, page, figurePage(v))
}

// rows fills in the rows that follow one, as the kind of the figure has them.
func (v *figureView) rows(r *http.Request, f *programme.Figures, c programme.Figure) {
	after, err := strconv.Atoi(r.URL.Query().Get("after"))
	if err != nil || after < 0 {
		after = 0
	}
	n := len(c.Rows)
	if c.Measure != "" {
		n = len(c.Records)
		v.More = c.N - int64(n)
	}
	to := min(after+figureSize, n)
	if after = min(after, n); to < n {
		v.Pager.Next = v.Path + "?after=" + strconv.Itoa(to)
	}
	if after > 0 {
		v.Pager.First = v.Path
	}
	head := map[bool][]string{true: {"review.record", "review.since"}, false: {"review.clause", "review.content", "review.bodies", "review.due", "review.state"}}[c.Measure != ""]
	if c.Name() == "own_plans" {
		head = []string{"review.clause", "review.content", "review.covers"}
	}
	if strings.HasPrefix(c.Name(), "unplanned") {
		head = []string{"review.number", "review.content", "review.bodies", "review.source", "review.due", "review.state"}
	}
	for _, key := range head {
		v.Head = append(v.Head, web.T(r, key))
	}
	for i := after; i < to; i++ {
		v.Rows = append(v.Rows, rowOfFigure(r, f, c, i))
	}
}

func rowOfFigure(r *http.Request, f *programme.Figures, c programme.Figure, i int) []link {
	tag := web.Lang(r)
	switch name := c.Name(); {
	case c.Measure != "":
		one := c.Records[i]
		return []link{{recordPath(one.Kind, one.ID), one.Kind + " " + one.ID}, {"", lang.Date(tag, one.Since)}}
	case name == "own_plans":
		p := f.Plans[c.Rows[i]]
		text, _ := p.Name.Best(tag)
		return []link{{"/plans/" + p.ID, p.Symbol}, {"", text}, {"", lang.Number(tag, int64(p.Covers))}}
	case strings.HasPrefix(name, "unplanned"):
		return unplannedRow(web.Words(r), tag, f.Unplanned[c.Rows[i]])
	case name == "clauses" || name == "unassigned":
		l := f.Lines[c.Rows[i]]
		state := ""
		if l.Unassigned {
			state = web.T(r, "standing.unassigned")
		}
		return []link{{"", l.Path}, {"", l.Text}, {"", bodies(web.Words(r), tag, l)}, {}, {"", state}}
	}
	t := f.Tasks[c.Rows[i]]
	l, text := f.Lines[t.Line], t.Title.In(tag)
	if text == "" && !t.Secret {
		text = l.Text
	}
	due := ""
	if !t.Due.Zero() {
		due = lang.Date(tag, t.Due.Start())
	}
	return []link{{"/tasks/" + t.ID, l.Path + " · " + t.Number}, {"", text}, {"", t.Body.In(tag)}, {"", due}, {"", web.T(r, "standing."+string(t.Standing))}}
}

func unplannedRow(words *lang.Words, tag lang.Tag, u programme.FrozenUnplanned) []link {
	text, _ := u.Title.Best(tag)
	due, state := "", words.T(tag, "register.unplanned_open")
	if !u.Due.Zero() {
		due = lang.Date(tag, u.Due.Start())
	}
	if !u.Done.Zero() {
		state = words.T(tag, "register.unplanned_done") + " " + lang.Date(tag, u.Done.Start())
	}
	return []link{{"/unplanned/" + u.ID, u.Number}, {"", text}, {"", u.Body.In(tag)}, {"", source(u)}, {"", due}, {"", state}}
}

// recordPath returns where a record has its page; "" where it has none.
func recordPath(kind, id string) string {
	switch kind {
	case "offer", "need", "organisation", "plan":
		return "/" + kind + "s/" + id
	}
	return ""
}
