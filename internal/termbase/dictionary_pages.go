package termbase

import (
	"context"
	"io"
	"net/http"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// dictionaryList is what the page of the dictionaries is drawn from.
type dictionaryList struct {
	Rows                                  parts.Table
	May                                   bool
	Faults                                parts.Faults
	File, Name, Licence, Source, Headword parts.Field
	Learnt                                string // what the listings taught; empty when nothing yet
}

// dictionarySheet is what the page of one dictionary is drawn from.
type dictionarySheet struct {
	Name, Path    string
	Light         parts.Light
	Facts         []parts.Fact
	Sample, Amiss parts.Table
	More          string // faults that are not shown
	Draft, May    bool
	Past          []parts.Moment
}

func (x *Termbase) showDictionaries(w http.ResponseWriter, r *http.Request) error {
	return x.drawDictionaries(w, r, parts.Faults{})
}

func (x *Termbase) drawDictionaries(w http.ResponseWriter, r *http.Request, faults parts.Faults) error {
	tx, tag, f := web.Tx(r), web.Lang(r), web.Form(r)
	list, err := Dictionaries(tx)
	if err != nil {
		return err
	}
	v := dictionaryList{May: account.MayReview.Allows(web.Actor(r)), Faults: faults,
		File:    parts.Field{Name: "file", Label: web.T(r, "dictionary.file"), Hint: web.T(r, "dictionary.file_hint", "Megabytes", uploadLimit>>20), Accept: ".tsv,.txt,.gz,.ifo,.idx,.dict,.dz,.index", Many: true, Error: faults.At("file")},
		Name:    parts.Field{Name: "name", Label: web.T(r, "dictionary.name"), Value: f.Text("name"), Max: longestNote, Error: faults.At("name")},
		Licence: parts.Field{Name: "licence", Label: web.T(r, "dictionary.licence"), Value: f.Text("licence"), Max: longestNote, Hint: web.T(r, "dictionary.licence_hint"), Error: faults.At("licence")},
		Source:  parts.Field{Name: "source", Label: web.T(r, "dictionary.source"), Value: f.Text("source"), Max: longestNote, Hint: web.T(r, "dictionary.source_hint"), Error: faults.At("source")},
		Headword: parts.Field{Name: "from", Label: web.T(r, "dictionary.from"), Hint: web.T(r, "dictionary.from_hint"), Options: []parts.Option{
			{Value: "vi", Text: web.T(r, "dictionary.from_vi"), On: f.Text("from") != "en"}, {Value: "en", Text: web.T(r, "dictionary.from_en"), On: f.Text("from") == "en"}}}}
	v.Rows = parts.Table{Label: web.T(r, "dictionary.title"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "dictionary.name")}, {Title: web.T(r, "dictionary.licence")}, {Title: web.T(r, "dictionary.terms"), Num: true}, {Title: web.T(r, "dictionary.state")}}}
	for _, d := range list {
		v.Rows.Rows = append(v.Rows.Rows, []parts.Cell{{Text: d.Name, Path: "/terms/dictionaries/" + d.ID, Note: d.Source}, {Text: d.Licence}, {Text: lang.Number(tag, d.Terms)},
			{Text: web.T(r, "dictionary.state_"+d.State), Light: lightOf(d.State)}})
	}
	pairs, at, err := learning(tx)
	if err != nil {
		return err
	}
	if pairs > 0 {
		v.Learnt = web.T(r, "dictionary.learnt", "Pairs", pairs, "At", lang.DateTime(tag, when.Time(at)))
	}
	page := web.Page{Title: web.T(r, "dictionary.title"), NoIndex: true, Section: "/terms", Crumbs: crumbs(r, web.T(r, "dictionary.title"))}
	if faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, dictionariesPage(v))
}

func lightOf(state string) string {
	if state == InUse {
		return "ok"
	}
	return "run"
}

// readingTime is how long the reading of a dictionary may take.
const readingTime = 20 * time.Second

// load reads the files that were sent and keeps them as a draft, to be looked at.
func (x *Termbase) load(w http.ResponseWriter, r *http.Request) error {
	f := web.Form(r)
	reading, err := read(r)
	id := ""
	if err == nil {
		id, err = x.Draft(web.Tx(r), web.Actor(r).ID, f.Text("name"), f.Text("licence"), f.Text("source"), reading)
	}
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return x.drawDictionaries(w, r, faults)
	}
	return web.Goto(w, r, "/terms/dictionaries/"+id)
}

// read reads the files of a form. What is amiss with them is said at the field.
func read(r *http.Request) (*lexicon.Reading, error) {
	f := web.Form(r)
	var files []lexicon.File
	for _, header := range f.Files("file") {
		file, err := header.Open()
		if err != nil {
			return nil, err
		}
		data, err := io.ReadAll(io.LimitReader(file, uploadLimit))
		file.Close()
		if err != nil {
			return nil, err
		}
		files = append(files, lexicon.File{Name: header.Filename, Data: data})
	}
	if len(files) == 0 {
		return nil, fault.New(fault.Invalid, "dictionary.invalid").At("file", "dictionary.file_needed")
	}
	from := lang.Vi
	if f.Text("from") == "en" {
		from = lang.En
	}
	ctx, stop := context.WithTimeout(r.Context(), readingTime)
	defer stop()
	reading, err := lexicon.Read(ctx, files, from)
	if refusal, ok := fault.As(err); ok {
		return nil, fault.New(fault.Invalid, "dictionary.invalid").At("file", refusal.Key, refusal.Args...)
	}
	if ctx.Err() != nil && r.Context().Err() == nil {
		return nil, fault.New(fault.Invalid, "dictionary.invalid").At("file", "dictionary.too_slow")
	}
	return reading, err
}

// sampleSize is how many terms the page of a dictionary shows.
const sampleSize = 30

func (x *Termbase) showDictionary(w http.ResponseWriter, r *http.Request) error {
	tx, tag := web.Tx(r), web.Lang(r)
	d, err := DictionaryBy(tx, r.PathValue("id"))
	if err != nil {
		return err
	}
	terms, err := partsOf(tx, d.ID, 1)
	if err != nil {
		return err
	}
	v := dictionarySheet{Name: d.Name, Path: "/terms/dictionaries/" + d.ID, Draft: d.State == Draft, May: account.MayReview.Allows(web.Actor(r)),
		Light: parts.Light{Kind: lightOf(d.State), Text: web.T(r, "dictionary.state_"+d.State)},
		Facts: []parts.Fact{{Name: web.T(r, "dictionary.terms"), Value: lang.Number(tag, d.Terms)}, {Name: web.T(r, "dictionary.lines"), Value: lang.Number(tag, d.Lines)},
			{Name: web.T(r, "dictionary.bad"), Value: lang.Number(tag, d.Bad)}, {Name: web.T(r, "dictionary.licence"), Value: d.Licence}, {Name: web.T(r, "dictionary.source"), Value: d.Source},
			{Name: web.T(r, "dictionary.at"), Value: lang.DateTime(tag, when.Time(d.CreatedAt))}}}
	v.Sample = parts.Table{Label: web.T(r, "dictionary.sample"), Cards: true, Columns: termColumns(r)[:4]}
	for _, t := range terms[:min(len(terms), sampleSize)] {
		v.Sample.Rows = append(v.Sample.Rows, []parts.Cell{{Text: t.Vi}, {Text: t.En, Note: t.Note}, {Text: fieldName(r, t.Field)}, {Text: lang.Number(tag, int64(t.Weight))}})
	}
	v.Amiss = parts.Table{Label: web.T(r, "dictionary.amiss"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "dictionary.line")}, {Title: web.T(r, "dictionary.what")}}}
	for _, one := range d.Faults {
		v.Amiss.Rows = append(v.Amiss.Rows, []parts.Cell{{Text: lang.Number(tag, int64(one.Line))}, {Text: web.T(r, one.Key, one.Args...)}})
	}
	if more := d.Bad - int64(len(d.Faults)); more > 0 {
		v.More = web.T(r, "dictionary.more", "N", more)
	}
	if v.Past, err = x.past(r, DictionaryKind, d.ID); err != nil {
		return err
	}
	page := web.Page{Title: d.Name, NoIndex: true, Section: "/terms", Crumbs: append(crumbs(r, web.T(r, "dictionary.title"))[:1],
		parts.Crumb{Path: "/terms/dictionaries", Text: web.T(r, "dictionary.title")}, parts.Crumb{Text: d.Name})}
	return web.Show(w, r, page, dictionaryPage(v))
}

func (x *Termbase) use(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if err := x.Use(web.Tx(r), web.Actor(r).ID, id); err != nil {
		return err
	}
	x.soon(r)
	web.Notice(w, r, "dictionary.used_now")
	return web.Goto(w, r, "/terms/dictionaries/"+id)
}

func (x *Termbase) remove(w http.ResponseWriter, r *http.Request) error {
	if err := x.Remove(web.Tx(r), web.Actor(r).ID, r.PathValue("id")); err != nil {
		return err
	}
	x.soon(r)
	web.Notice(w, r, "dictionary.removed_now")
	return web.Goto(w, r, "/terms/dictionaries")
}
