package layout

import (
	"errors"
	"net/http"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/document"
	"chonoi/internal/document/paper"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// view is what the page of a layout is drawn from.
type view struct {
	Path, Title, Basis, Valid, Note, Unread string
	Others                                  []parts.Option
	Rules                                   parts.Table
	MayCheck                                bool
	File                                    parts.Field
	Faults                                  parts.Faults
	Checked                                 *checked
}

// checked is what was found in a file.
type checked struct {
	Name   string
	Sum    string
	Shares []parts.Share
	Lights []parts.Light
	Rows   []found
}

type found struct {
	Light                       parts.Light
	Text, Place, Remedy, Ground string
}

func (d doors) showRules(w http.ResponseWriter, r *http.Request) error {
	l, err := d.chosen(r, when.DayOf(web.Tx(r).Now))
	if err != nil {
		return err
	}
	return d.draw(w, r, l, parts.Faults{}, nil)
}

// chosen is the layout that the address names as it stands on a day; without a name that of the
// State which is in force.
func (d doors) chosen(r *http.Request, day when.Day) (*paper.Layout, error) {
	if name := r.PathValue("name"); name != "" {
		return d.layouts.Named(name, day)
	}
	return d.layouts.In(paper.State, day)
}

func (d doors) draw(w http.ResponseWriter, r *http.Request, l *paper.Layout, faults parts.Faults, c *checked) error {
	tag, words := web.Lang(r), web.Words(r)
	title, _ := l.Title.Best(tag)
	v := view{Path: "/layouts/" + l.Name, Title: title, Basis: l.Basis.In(tag), Note: l.Note.In(tag), Valid: validity(r, l), MayCheck: account.SignedIn.Allows(web.Actor(r)), Faults: faults, Checked: c}
	for _, other := range d.layouts.All(l.On) {
		name, _ := other.Title.Best(tag)
		v.Others = append(v.Others, parts.Option{Value: "/layouts/" + other.Name, Text: name, On: other.Name == l.Name})
	}
	if n := len(l.Unverified()); n > 0 {
		v.Unread = web.T(r, "layout.unread", "N", n, "All", len(l.Rules()))
	}
	v.File = parts.Field{Name: "file", Label: web.T(r, "layout.file"), Hint: web.T(r, "layout.file_hint", "Megabytes", paper.MostFile>>20), Accept: ".docx", Error: faults.At("file")}
	v.Rules = parts.Table{Label: web.T(r, "layout.rules"), Columns: []parts.Column{{Title: web.T(r, "layout.rule")}, {Title: web.T(r, "layout.value")}, {Title: web.T(r, "layout.ground")}}}
	for _, one := range l.Rules() {
		v.Rules.Rows = append(v.Rules.Rows, []parts.Cell{{Text: one.Label(words, tag)}, {Text: one.Value(words, tag)}, {Text: one.Grounds(words, tag)}})
	}
	page := web.Page{Title: web.T(r, "layout.title"), Description: web.T(r, "layout.help"), Section: "/plans", Amiss: faults.Any(), NoIndex: c != nil,
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Text: web.T(r, "layout.title")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, layoutPage(v))
}

func validity(r *http.Request, l *paper.Layout) string {
	tag := web.Lang(r)
	switch {
	case l.To.Zero() && l.From.Zero():
		return web.T(r, "layout.valid_open")
	case l.To.Zero():
		return web.T(r, "layout.valid_from", "From", lang.Day(tag, l.From))
	}
	return web.T(r, "layout.valid", "From", lang.Day(tag, l.From), "To", lang.Day(tag, l.To))
}

// check holds a file that is sent against the layout and tells what was found. Nothing of it is kept.
func (d doors) check(w http.ResponseWriter, r *http.Request) error {
	l, err := d.chosen(r, when.DayOf(time.Now()))
	if err != nil {
		return err
	}
	c, err := examine(r, l)
	if f, ok := fault.As(err); ok && len(f.Fields) == 0 {
		err = fault.New(fault.Invalid, "layout.invalid").At("file", f.Key, f.Args...)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	return d.draw(w, r, l, faults, c)
}

func examine(r *http.Request, l *paper.Layout) (*checked, error) {
	if err := r.ParseMultipartForm(1 << 20); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return nil, fault.New(fault.TooLarge, "file.too_large", "Megabytes", paper.MostFile>>20)
		}
		return nil, fault.New(fault.Invalid, "layout.no_file")
	}
	defer r.MultipartForm.RemoveAll()
	sent := r.MultipartForm.File["file"]
	if len(sent) == 0 {
		return nil, fault.New(fault.Invalid, "layout.no_file")
	}
	content, err := sent[0].Open()
	if err != nil {
		return nil, err
	}
	defer content.Close()
	all, err := paper.Check(r.Context(), content, sent[0].Size, l)
	if err != nil {
		return nil, err
	}
	return told(r, sent[0].Filename, all), nil
}

var lights = map[paper.Severity]string{paper.Wrong: "late", paper.Unverified: "risk", paper.CannotTell: "idle"}

// told puts findings into words, those that are certain first.
func told(r *http.Request, name string, all []paper.Finding) *checked {
	tag, words := web.Lang(r), web.Words(r)
	c := &checked{Name: name, Sum: web.T(r, "layout.found", "N", len(all))}
	if len(all) == 0 {
		c.Sum = web.T(r, "layout.found_none")
	}
	for _, s := range []paper.Severity{paper.Wrong, paper.Unverified, paper.CannotTell} {
		n := 0
		for _, f := range all {
			if f.Severity != s {
				continue
			}
			n++
			c.Rows = append(c.Rows, found{Light: parts.Light{Kind: lights[s], Text: s.Word(words, tag)}, Text: f.Text(words, tag), Place: f.Place(words, tag), Remedy: f.Remedy(words, tag), Ground: f.Basis(words, tag)})
		}
		if n > 0 {
			c.Shares = append(c.Shares, parts.Share{Kind: lights[s], Of: n})
			c.Lights = append(c.Lights, parts.Light{Kind: lights[s], Text: web.T(r, "layout.n_"+string(s), "N", n)})
		}
	}
	return c
}

// sendRules sends the rules of a layout as a table.
func (d doors) sendRules(w http.ResponseWriter, r *http.Request) error {
	l, err := d.chosen(r, when.DayOf(web.Tx(r).Now))
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+l.Name+`.csv"`)
	out, err := document.NewWriter(w, document.CSV, []document.Column{{Name: "rule"}, {Name: "label"}, {Name: "value"}, {Name: "clause"}, {Name: "trust"}, {Name: "source"}, {Name: "valid_from"}, {Name: "valid_to"}}, document.Layout{BOM: true})
	if err != nil {
		return err
	}
	for _, one := range l.Rules() {
		if err := out.Write(one.Name, one.Label(web.Words(r), web.Lang(r)), one.Value(web.Words(r), web.Lang(r)), one.Clause, string(one.Trust), one.Source, one.From.String(), one.To.String()); err != nil {
			return err
		}
	}
	return out.Close()
}
