package termbase

import (
	"net/http"
	"net/url"
	"strconv"

	"chonoi/internal/account"
	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// termSheet is what the page of one term is drawn from.
type termSheet struct {
	Vi, En string
	Facts  []parts.Fact
	Also   []parts.Chip // other terms with the same Vietnamese or English
	May    bool
	Out    bool // retired
	Path   string
	Seen   string
	Form   termForm
	Past   []parts.Moment
}

// termForm are the fields of a term.
type termForm struct {
	Faults                     parts.Faults
	Vi, En, Field, Note, Worth parts.Field
	Fields                     []string // to choose from while typing
}

func (x *Termbase) showTerm(w http.ResponseWriter, r *http.Request) error {
	return x.drawTerm(w, r, parts.Faults{}, nil)
}

func (x *Termbase) drawTerm(w http.ResponseWriter, r *http.Request, faults parts.Faults, typed *Term) error {
	id := r.PathValue("id")
	t, err := x.Get(web.Tx(r), id)
	if err != nil {
		return err
	}
	tag := web.Lang(r)
	v := termSheet{Vi: t.Vi, En: t.En, May: account.MayReview.Allows(web.Actor(r)), Out: t.Weight == 0, Path: "/terms/" + id, Seen: strconv.FormatInt(t.ChangedAt, 10)}
	v.Facts = []parts.Fact{{Name: web.T(r, "term.vi"), Value: t.Vi, Lang: other(tag, lang.Vi)}, {Name: web.T(r, "term.en"), Value: t.En, Lang: other(tag, lang.En)}}
	if t.Field != "" {
		v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "term.field"), Value: fieldName(r, t.Field)})
	}
	if t.Note != "" {
		v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "term.note"), Value: t.Note})
	}
	if !v.Out {
		v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "term.weight"), Value: lang.Number(tag, int64(t.Weight)), Note: web.T(r, "term.weight_hint")})
	}
	v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "term.source"), Value: sourceName(r, t.Source)})
	v.Also = x.also(t)
	form := t
	if typed != nil {
		form = *typed
	}
	v.Form = x.form(r, form, faults)
	if v.Past, err = x.past(r, TermKind, id); err != nil {
		return err
	}
	page := web.Page{Title: web.T(r, "term.one", "Vi", t.Vi, "En", t.En), Section: "/terms", Crumbs: crumbs(r, t.Vi)}
	if faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, termPage(v))
}

// other is the tongue of a text when it is not the reader's.
func other(reader, tongue lang.Tag) string {
	if reader == tongue {
		return ""
	}
	return string(tongue)
}

// also are the terms that share a side with this one.
func (x *Termbase) also(t Term) []parts.Chip {
	var all []parts.Chip
	for _, tongue := range lang.Tags {
		for _, one := range x.Lexicon().Of(t.In(tongue), tongue) {
			if id := IDOf(one.Vi, one.En); id != t.ID && len(all) < 24 {
				all = append(all, parts.Chip{Path: "/terms/" + id, Text: one.Vi + " = " + one.En})
			}
		}
	}
	return all
}

func (x *Termbase) form(r *http.Request, t Term, faults parts.Faults) termForm {
	weight := t.Weight
	if weight == 0 {
		weight = usualWeight
	}
	f := termForm{Faults: faults,
		Vi:    parts.Field{Name: "vi", Label: web.T(r, "term.vi"), Value: t.Vi, Max: longestSide, Lang: string(lang.Vi), Error: faults.At("vi"), Hint: web.T(r, "term.side_hint")},
		En:    parts.Field{Name: "en", Label: web.T(r, "term.en"), Value: t.En, Max: longestSide, Lang: string(lang.En), Error: faults.At("en"), Hint: web.T(r, "term.en_hint")},
		Field: fieldField(r, x.shelf(), t.Field),
		Note:  parts.Field{Name: "note", Label: web.T(r, "term.note"), Value: t.Note, Max: longestNote, Optional: true, Error: faults.At("note"), Hint: web.T(r, "term.note_hint")},
		Worth: parts.Field{Name: "weight", Label: web.T(r, "term.weight"), Error: faults.At("weight"), Hint: web.T(r, "term.weight_hint")}}
	f.Field.Optional = true
	f.Field.Options[0].Text = web.T(r, "term.field_none")
	for n := 9; n >= 1; n-- {
		text := lang.Number(web.Lang(r), int64(n))
		f.Worth.Options = append(f.Worth.Options, parts.Option{Value: strconv.Itoa(n), Text: text, On: n == weight})
	}
	return f
}

// told reads a term from a form.
func told(r *http.Request) Term {
	f := web.Form(r)
	n, _ := f.Int("weight")
	return Term{Term: lexicon.Term{Vi: f.Text("vi"), En: f.Text("en"), Field: f.Text("field"), Note: f.Text("note"), Weight: int(min(max(n, 0), 10))}}
}

func (x *Termbase) showNew(w http.ResponseWriter, r *http.Request) error {
	f := web.Form(r)
	return x.drawNew(w, r, Term{Term: lexicon.Term{Vi: f.Text("vi"), En: f.Text("en")}}, parts.Faults{})
}

func (x *Termbase) drawNew(w http.ResponseWriter, r *http.Request, t Term, faults parts.Faults) error {
	page := web.Page{Title: web.T(r, "term.new"), NoIndex: true, Section: "/terms", Crumbs: crumbs(r, web.T(r, "term.new"))}
	if faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, newTermPage(x.form(r, t, faults)))
}

func (x *Termbase) add(w http.ResponseWriter, r *http.Request) error {
	t := told(r)
	id, err := x.Add(web.Tx(r), web.Actor(r).ID, t)
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return x.drawNew(w, r, t, faults)
	}
	x.soon(r)
	web.Notice(w, r, "term.added", "Vi", t.Vi, "En", t.En)
	return web.Goto(w, r, "/terms/"+id)
}

func (x *Termbase) weigh(w http.ResponseWriter, r *http.Request) error {
	t, id := told(r), r.PathValue("id")
	seen, _ := strconv.ParseInt(web.Form(r).Text("seen"), 10, 64)
	faults, err := web.Faults(r, x.Weigh(web.Tx(r), web.Actor(r).ID, id, seen, t.Weight, t.Field, t.Note))
	if err != nil {
		return err
	}
	if faults.Any() {
		return x.drawTerm(w, r, faults, &t)
	}
	x.soon(r)
	web.Notice(w, r, "term.saved")
	return web.Goto(w, r, "/terms/"+id)
}

func (x *Termbase) retire(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if err := x.Retire(web.Tx(r), web.Actor(r).ID, id); err != nil {
		return err
	}
	x.soon(r)
	web.Notice(w, r, "term.retired_now")
	return web.Goto(w, r, "/terms/"+id)
}

// showMissed lists the words that were sought in vain.
func (x *Termbase) showMissed(w http.ResponseWriter, r *http.Request) error {
	list, err := MostMissed(web.Tx(r), 200)
	if err != nil {
		return err
	}
	t := parts.Table{Label: web.T(r, "missed.title"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "missed.word")}, {Title: web.T(r, "missed.times"), Num: true}, {Title: web.T(r, "missed.last")}}}
	for _, m := range list {
		path := "/terms?q=" + url.QueryEscape(m.Word)
		t.Rows = append(t.Rows, []parts.Cell{{Text: m.Word, Path: path}, {Text: lang.Number(web.Lang(r), m.Times)}, {Text: lang.Day(web.Lang(r), m.Last)}})
	}
	page := web.Page{Title: web.T(r, "missed.title"), NoIndex: true, Section: "/terms", Crumbs: crumbs(r, web.T(r, "missed.title"))}
	return web.Show(w, r, page, missedPage(t, web.T(r, "missed.lede", "Days", missedKept, "N", missedLeast)))
}
