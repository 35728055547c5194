package post

import (
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// merging is the page on which what was saved meanwhile and what was typed stand side by side.
type merging struct {
	Heading, Lede string
	Action        string
	Version, Step string
	Pairs         []choice
	Kept          []parts.Option // what was typed where nothing differs: name in Value, text in Text
	Closed        string         // why nothing can be saved any more
	Path          string
}

// choice is one fact with its two texts.
type choice struct {
	Column, Name string
	Saved        string // as people read it
	Typed        string // as people read it
	Raw          string // as it is sent again
	Area, Fixed  bool   // typed in many lines; typed by choosing
	Lang         string
	TakeSaved    bool
	Word         string // who changed what
}

// showClash answers a save of an older version: script gets a word, people get both versions. A
// listing that cannot be edited any more shows what was typed, so that it can be copied.
func (s side[T]) showClash(w http.ResponseWriter, r *http.Request, version int64, step int, given exchange.Typed, why error) error {
	tx := web.Tx(r)
	now, err := s.Mine(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	l := s.Listing(now)
	if web.Form(r).On("autosave") {
		return web.Part(w, r, http.StatusOK, autosaved(version, web.T(r, "post.autosave_clash")))
	}
	v := merging{Heading: web.T(r, "merge.title"), Lede: web.T(r, "merge.lede"), Action: s.Path(l.ID), Path: s.Path(l.ID),
		Version: strconv.FormatInt(l.Version, 10), Step: strconv.Itoa(step)}
	if f, _ := fault.As(why); !exchange.Editable(l.State) {
		v.Closed = web.T(r, f.Key, f.Args...)
		v.Lede = web.T(r, "merge.closed")
	}
	clashes, err := s.Clashes(tx, now, version, given)
	if err != nil {
		return err
	}
	differ := map[string]bool{}
	for _, c := range clashes {
		differ[c.Column] = true
		v.Pairs = append(v.Pairs, s.choice(r, now, c, given))
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		if differ[name] || slices.Contains([]string{"version", "step", "autosave"}, name) || strings.HasPrefix(name, "choose.") {
			continue
		}
		for _, text := range given[name] {
			v.Kept = append(v.Kept, parts.Option{Value: name, Text: text})
		}
	}
	page := web.Page{Title: v.Heading, Status: http.StatusConflict, Section: "/desk/mine", NoIndex: true, Amiss: true,
		Crumbs: []parts.Crumb{{Path: "/desk/mine", Text: web.T(r, "mine.title")}, {Path: s.Path(l.ID), Text: l.Number}, {Text: v.Heading}}}
	return web.Show(w, r, page, mergePage(v))
}

func (s side[T]) choice(r *http.Request, now *T, c exchange.Clash, given exchange.Typed) choice {
	v := choice{Column: c.Column, Name: s.ColumnName(r, c.Column), TakeSaved: c.KeepSaved(),
		Saved: s.ShownText(r, c.Column, c.Saved), Typed: s.ShownText(r, c.Column, c.Typed), Raw: strings.Join(given[c.Column], ",")}
	switch {
	case c.Theirs && c.Mine:
		v.Word = web.T(r, "merge.both")
	case c.Theirs:
		v.Word = web.T(r, "merge.theirs")
	default:
		v.Word = web.T(r, "merge.mine")
	}
	f, isFact := s.Kind.Fields.OfColumn(c.Column)
	switch {
	case !isFact, f.Kind == field.KindCode, f.Kind == field.KindCodes, f.Kind == field.KindFlag:
		v.Fixed, v.Raw = true, c.Typed
	case f.Kind == field.KindBoth:
		v.Area, v.Lang = f.Lines, c.Column[len(c.Column)-2:]
	}
	return v
}
