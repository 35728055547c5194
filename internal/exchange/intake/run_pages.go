package intake

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"

	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// runView is what the page of one import is drawn from.
type runView struct {
	File, Kind string
	Light      parts.Light
	Facts      []parts.Fact
	Path       string
	Active     bool
	Status     string // in words, for those who listen
	Stopping   bool
	Value, Max string // of the bar; no Max while it is not known
	Read       string // how much of the file
	Counts     []parts.Fact
	Heading    string // over how it ended
	NoteKind   string
	Note       string
	Errors     string // address of the workbook of bad rows
	Copies     *copiesView
	Faults     parts.Faults
	Columns    []mapColumn
	Samples    []string // headings of the sample rows
	Missing    []string
	Unused     string
	Ready      bool // the file can be read in
	Remember   parts.Field
}

// mapColumn is one column of the file, with the first values in it and what it fills.
type mapColumn struct {
	Name, Input, ID, Error string
	Samples                []string
	Options                []parts.Option
}

func (g *Gate) showImport(w http.ResponseWriter, r *http.Request) error {
	return g.drawImport(w, r, parts.Faults{})
}

// drawImport draws the page of one import. Of a form with faults it shows what was typed.
func (g *Gate) drawImport(w http.ResponseWriter, r *http.Request, faults parts.Faults) error {
	tx := web.Tx(r)
	run, err := runOf(tx, r.PathValue("id"))
	if err != nil {
		return err
	}
	active := run.Active(tx.Now)
	if !active && r.Header.Get("HX-Target") == "import-progress" {
		w.Header().Set("HX-Refresh", "true") // it has ended: the whole page is another
	}
	v := runView{File: run.File, Kind: run.Kind, Light: runLight(r, run.StateAt(tx.Now)), Path: importsPath + "/" + run.ID, Active: active, Faults: faults}
	if v.Facts, err = g.runFacts(r, tx, run); err != nil {
		return err
	}
	if run.Try > 0 {
		v.Counts = runCounts(r, run)
	}
	if active {
		v.progress(r, run)
	} else {
		if err := v.ended(r, run, g); err != nil {
			return err
		}
		v.mapping(r, run, g)
	}
	page := web.Page{Title: web.T(r, "import.run_title", "File", run.File), Section: importsPath, NoIndex: true, Crumbs: importCrumbs(r, run.File)}
	if faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, importPage(v))
}

func (g *Gate) runFacts(r *http.Request, tx *db.Tx, run *Run) ([]parts.Fact, error) {
	people, err := g.peopleOf(tx, string(run.By), string(run.Starter))
	if err != nil {
		return nil, err
	}
	facts := []parts.Fact{{Name: web.T(r, "import.source"), Value: run.Source}}
	if run.Owner != "" {
		names, err := g.x.Names(tx, run.Owner)
		if err != nil {
			return nil, err
		}
		facts = append(facts, parts.Fact{Name: web.T(r, "import.form_owner"), Value: names[run.Owner].In(web.Lang(r)), Path: "/organisations/" + run.Owner})
	}
	if run.Sheet != "" {
		facts = append(facts, parts.Fact{Name: web.T(r, "import.form_sheet"), Value: run.Sheet})
	}
	facts = append(facts, parts.Fact{Name: web.T(r, "import.size"), Value: sizeText(r, run.Bytes)},
		parts.Fact{Name: web.T(r, "import.who"), Value: people[string(run.By)]}, parts.Fact{Name: web.T(r, "import.when"), Value: lang.DateTime(web.Lang(r), run.Created)})
	if run.Starter != "" {
		facts = append(facts, parts.Fact{Name: web.T(r, "import.started_by"), Value: people[string(run.Starter)], Note: lang.DateTime(web.Lang(r), run.Started)})
	}
	return facts, nil
}

// sizeText writes a number of bytes in KB, or from 1 MB on in MB.
func sizeText(r *http.Request, n int64) string {
	key, unit := "import.kilobytes", float64(1<<10)
	if n >= 1<<20 {
		key, unit = "import.megabytes", 1<<20
	}
	return web.T(r, key, "Size", lang.Decimal(web.Lang(r), strconv.FormatFloat(float64(n)/unit, 'f', 1, 64)))
}

func runCounts(r *http.Request, run *Run) (facts []parts.Fact) {
	for _, one := range []struct {
		key string
		n   int
	}{{"import.new", run.New}, {"import.changed", run.Changed}, {"import.same", run.Same}, {"import.bad", run.Bad}} {
		facts = append(facts, parts.Fact{Name: web.T(r, one.key), Value: lang.Number(web.Lang(r), int64(one.n))})
	}
	return facts
}

// progress fills in how far a run is. The words for those who listen change in tens of percent.
func (v *runView) progress(r *http.Request, run *Run) {
	v.Stopping = run.Stopping
	percent := int64(0)
	if run.All > 0 {
		v.Max, v.Value = strconv.FormatInt(run.All, 10), strconv.FormatInt(run.Done, 10)
		percent = run.Done * 100 / run.All
		v.Read = web.T(r, "import.read", "Done", sizeText(r, run.Done), "All", sizeText(r, run.All))
	}
	switch {
	case run.State == RunWaiting:
		v.Status = web.T(r, "import.now_waiting")
	case run.Stopping:
		v.Status = web.T(r, "import.now_stopping")
	case run.Dry:
		v.Status = web.T(r, "import.now_counting", "Percent", percent/10*10)
	default:
		v.Status = web.T(r, "import.now_running", "Percent", percent/10*10)
	}
}

// ended fills in how a run came to its end.
func (v *runView) ended(r *http.Request, run *Run, g *Gate) error {
	v.Heading = web.T(r, "import.result")
	switch run.State {
	case RunReady:
		v.Heading, v.NoteKind, v.Note = web.T(r, "import.state"), "", web.T(r, "import.ended_ready")
	case RunDone:
		v.NoteKind, v.Note = "ok", web.T(r, "import.ended_done")
	case RunTried:
		v.NoteKind, v.Note = "", web.T(r, "import.ended_tried")
	case RunStopped:
		v.NoteKind, v.Note = "warn", web.T(r, "import.ended_stopped")
	case RunFailed:
		v.NoteKind, v.Note = "bad", web.T(r, "import.ended_failed")
		if run.Amiss != nil {
			v.Note = web.T(r, run.Amiss.Key, run.Amiss.Args...)
		}
	default:
		v.NoteKind, v.Note = "warn", web.T(r, "import.ended_interrupted")
	}
	bad, err := g.aside.Kept(r.Context(), errorsName(run.ID))
	if err != nil {
		return err
	}
	if bad {
		v.Errors = v.Path + "/errors.xlsx"
	}
	if v.Copies, err = g.copies(r, run); err != nil {
		return err
	}
	v.Ready, err = g.aside.Kept(r.Context(), fileName(run.ID))
	return err
}

// mapping fills in the form that says which column fills what.
func (v *runView) mapping(r *http.Request, run *Run, g *Gate) {
	targets := g.targets(run.Kind, web.Words(r))
	form, typed := web.Form(r), v.Faults.Any()
	held := run.Mapping.For(run.Head.Columns, targets)
	for i, column := range run.Head.Columns {
		one := mapColumn{Name: column, Input: mapName(i), ID: parts.ID(mapName(i)), Error: v.Faults.At(mapName(i))}
		chosen := held.Columns[column]
		if typed && form.Has(one.Input) {
			chosen = form.Text(one.Input)
		}
		for _, row := range run.Head.Samples {
			if i < len(row) {
				one.Samples = append(one.Samples, row[i])
			}
		}
		one.Options = append(one.Options, parts.Option{Text: web.T(r, "import.unused"), On: chosen == ""})
		for _, target := range targets {
			one.Options = append(one.Options, parts.Option{Value: target.Name, Text: g.targetTitle(r, run.Kind, target.Name), On: chosen == target.Name})
		}
		v.Columns = append(v.Columns, one)
	}
	for i := range run.Head.Samples {
		v.Samples = append(v.Samples, web.T(r, "import.sample", "N", i+1))
	}
	for _, name := range held.Missing {
		v.Missing = append(v.Missing, web.T(r, "import.missing", "Title", g.targetTitle(r, run.Kind, name)))
	}
	if n := len(held.Unused); n > 0 {
		v.Unused = web.T(r, "import.unused_count", "N", n, "Columns", strings.Join(held.Unused, ", "))
	}
	v.Remember = parts.Field{Name: "remember", Label: web.T(r, "import.remember", "Source", run.Source)}
	if form.On("remember") {
		v.Remember.Value = "1"
	}
}

// targetTitle is what people call the fact that a column fills.
func (g *Gate) targetTitle(r *http.Request, kind, name string) string {
	fields := both(g.x.Offers.Columns())
	if kind == exchange.Needs.Name {
		fields = both(g.x.Needs.Columns())
	}
	if name == "id" || name == "lang" {
		return web.T(r, "import.target_"+name)
	}
	words, tag := web.Words(r), web.Lang(r)
	if slices.Contains(fields, name) {
		return web.T(r, "import.target_either", "Title", title(words, tag, kind, name))
	}
	for _, tongue := range lang.Tags {
		if bare, ok := strings.CutSuffix(name, "_"+string(tongue)); ok && slices.Contains(fields, bare) {
			return web.T(r, "import.target_in_"+string(tongue), "Title", title(words, tag, kind, bare))
		}
	}
	return title(words, tag, kind, name)
}

// both lists the names of the facts that are told in two tongues.
func both[T any](all []field.Field[T]) (names []string) {
	for _, f := range all {
		if f.Kind == field.KindBoth {
			names = append(names, f.Name)
		}
	}
	return names
}

// bar gives the attributes of the bar of progress; without a length it only moves.
func (v runView) bar() templ.Attributes {
	if v.Max == "" {
		return nil
	}
	return templ.Attributes{"max": v.Max, "value": v.Value}
}

// amiss ties the input of a column to what is amiss with it.
func (c mapColumn) amiss() templ.Attributes {
	if c.Error == "" {
		return nil
	}
	return templ.Attributes{"aria-invalid": "true", "aria-describedby": c.ID + "-e"}
}

func (g *Gate) saveImport(w http.ResponseWriter, r *http.Request) error {
	return g.mapAnd(w, r, "import.mapping_kept", func(*db.Tx, string) error { return nil })
}

func (g *Gate) tryImport(w http.ResponseWriter, r *http.Request) error {
	return g.mapAnd(w, r, "", func(tx *db.Tx, id string) error { return g.StartRun(tx, web.Actor(r).ID, id, true) })
}

func (g *Gate) startImport(w http.ResponseWriter, r *http.Request) error {
	return g.mapAnd(w, r, "", func(tx *db.Tx, id string) error { return g.StartRun(tx, web.Actor(r).ID, id, false) })
}

// mapAnd keeps the mapping that the form tells, then does what its button says. A form without a
// mapping leaves the one that is kept.
func (g *Gate) mapAnd(w http.ResponseWriter, r *http.Request, notice string, act func(*db.Tx, string) error) error {
	tx, id, form := web.Tx(r), r.PathValue("id"), web.Form(r)
	run, err := runOf(tx, id)
	if err != nil {
		return err
	}
	chosen := map[string]string{}
	for i, column := range run.Head.Columns {
		if name := form.Text(mapName(i)); name != "" {
			chosen[column] = name
		}
	}
	if form.Has(mapName(0)) {
		err = g.MapRun(tx, web.Words(r), web.Actor(r).ID, id, chosen, form.On("remember"))
	}
	if err == nil {
		err = act(tx, id)
	}
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return g.drawImport(w, r, faults)
	}
	if notice != "" {
		web.Notice(w, r, notice)
	}
	return web.Goto(w, r, importsPath+"/"+id)
}

func (g *Gate) stopImport(w http.ResponseWriter, r *http.Request) error {
	id := r.PathValue("id")
	if err := g.StopRun(web.Tx(r), web.Actor(r).ID, id); err != nil && fault.KindOf(err) != fault.Conflict {
		return err // one that has ended meanwhile needs no stop
	}
	return web.Goto(w, r, importsPath+"/"+id)
}

// downloadErrors hands out the workbook of bad rows under the name of the file.
func (g *Gate) downloadErrors(w http.ResponseWriter, r *http.Request) error {
	var run *Run
	err := web.DB(r).View(r.Context(), func(tx *db.Tx) (err error) {
		run, err = runOf(tx, r.PathValue("id"))
		return err
	})
	if err != nil {
		return err
	}
	book, _, err := g.aside.Open(r.Context(), errorsName(run.ID))
	if fault.KindOf(err) == fault.NotFound {
		return fault.New(fault.NotFound, "import.no_errors")
	}
	if err != nil {
		return err
	}
	defer book.Close()
	h := w.Header()
	h.Set("Content-Type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
	h.Set("Content-Disposition", "attachment; filename*=UTF-8''"+url.PathEscape(run.File+".errors.xlsx"))
	h.Set("Cache-Control", "private, no-store")
	http.ServeContent(w, r, "errors.xlsx", run.Ended, book)
	return nil
}
