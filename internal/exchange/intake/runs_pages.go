package intake

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// runsSize is how many runs a page of the list shows.
const runsSize = 20

// importsView is what the list of runs and the form for a new one are drawn from.
type importsView struct {
	Faults                            parts.Faults
	Kind, Source, Owner, Sheet, Texts parts.Field
	File                              parts.Field
	Runs                              parts.Table
	Pager                             parts.Pager
}

func (g *Gate) showImports(w http.ResponseWriter, r *http.Request) error {
	return g.drawImports(w, r, web.Tx(r), parts.Faults{})
}

// drawImports draws the list and the form as it was filled in.
func (g *Gate) drawImports(w http.ResponseWriter, r *http.Request, tx *db.Tx, faults parts.Faults) error {
	v := importsView{Faults: faults}
	v.fill(r, web.Form(r))
	created, id, _ := strings.Cut(r.URL.Query().Get("after"), "_")
	micro, _ := strconv.ParseInt(created, 10, 64)
	list, err := g.Runs(tx, when.Time(micro), id, runsSize+1)
	if err != nil {
		return err
	}
	if id != "" {
		v.Pager.First = importsPath
	}
	if len(list) > runsSize {
		list = list[:runsSize]
		last := list[runsSize-1]
		v.Pager.Next = importsPath + "?after=" + url.QueryEscape(strconv.FormatInt(when.Micro(last.Created), 10)+"_"+last.ID)
	}
	if v.Runs, err = g.runsTable(r, tx, list); err != nil {
		return err
	}
	page := web.Page{Title: web.T(r, "import.title"), Section: importsPath, NoIndex: true, Crumbs: importCrumbs(r, "")}
	if faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, importsPage(v))
}

const importsPath = "/desk/imports"

func importCrumbs(r *http.Request, file string) []parts.Crumb {
	desk := parts.Crumb{Path: "/desk", Text: web.T(r, "desk.title")}
	if file == "" {
		return []parts.Crumb{desk, {Text: web.T(r, "import.title")}}
	}
	return []parts.Crumb{desk, {Path: importsPath, Text: web.T(r, "import.title")}, {Text: file}}
}

// fill makes the inputs of the form for a file.
func (v *importsView) fill(r *http.Request, form web.Values) {
	field := func(name string) parts.Field {
		return parts.Field{Name: name, Label: web.T(r, "import.form_"+name), Value: form.Text(name), Error: v.Faults.At(name)}
	}
	option := func(f *parts.Field, value, text string) {
		f.Options = append(f.Options, parts.Option{Value: value, Text: text, On: f.Value == value})
	}
	v.Kind = field("kind")
	if v.Kind.Value == "" {
		v.Kind.Value = exchange.Offers.Name
	}
	option(&v.Kind, exchange.Offers.Name, web.T(r, "exchange.kind_offer"))
	option(&v.Kind, exchange.Needs.Name, web.T(r, "exchange.kind_need"))
	v.Source, v.Owner, v.Sheet, v.Texts, v.File = field("source"), field("owner"), field("sheet"), field("tongue"), field("file")
	v.Source.Max, v.Source.Hint = longestSource, web.T(r, "import.form_source_hint")
	v.Owner.Optional, v.Owner.Hint = true, web.T(r, "import.form_owner_hint")
	v.Sheet.Optional, v.Sheet.Hint = true, web.T(r, "import.form_sheet_hint")
	v.Texts.Hint = web.T(r, "import.form_tongue_hint")
	option(&v.Texts, "", web.T(r, "import.tongue_guessed"))
	option(&v.Texts, string(lang.Vi), web.T(r, "parts.in_vietnamese"))
	option(&v.Texts, string(lang.En), web.T(r, "parts.in_english"))
	v.File.Accept, v.File.Hint = ".jsonl,.gz,.csv,.xlsx", web.T(r, "import.form_file_hint", "Megabytes", mostImport>>20)
}

func (g *Gate) runsTable(r *http.Request, tx *db.Tx, list []*Run) (parts.Table, error) {
	t := parts.Table{Label: web.T(r, "import.runs"), Cards: true}
	for _, key := range []string{"import.file", "import.when", "import.source", "import.who", "import.state"} {
		t.Columns = append(t.Columns, parts.Column{Title: web.T(r, key)})
	}
	for _, key := range []string{"import.new", "import.changed", "import.same", "import.bad"} {
		t.Columns = append(t.Columns, parts.Column{Title: web.T(r, key), Num: true})
	}
	var ids []string
	for _, run := range list {
		ids = append(ids, string(run.By))
	}
	names, err := g.peopleOf(tx, ids...)
	if err != nil {
		return t, err
	}
	for _, run := range list {
		light := runLight(r, run.StateAt(tx.Now))
		row := []parts.Cell{{Text: run.File, Path: importsPath + "/" + run.ID}, {Text: lang.DateTime(web.Lang(r), run.Created)},
			{Text: run.Source, Note: web.T(r, "exchange.kind_"+run.Kind)}, {Text: names[string(run.By)]}, {Text: light.Text, Light: light.Kind}}
		for _, n := range []int{run.New, run.Changed, run.Same, run.Bad} {
			cell := parts.Cell{}
			if run.Try > 0 {
				cell.Text = lang.Number(web.Lang(r), int64(n))
			}
			row = append(row, cell)
		}
		t.Rows = append(t.Rows, row)
	}
	return t, nil
}

// peopleOf returns the names of accounts; one that is not known has none.
func (g *Gate) peopleOf(tx *db.Tx, ids ...string) (map[string]string, error) {
	if g.x.People == nil || len(ids) == 0 {
		return nil, nil
	}
	return g.x.People(tx, ids...)
}

// runLight is the state of a run as people read it.
func runLight(r *http.Request, state string) parts.Light {
	kinds := map[string]string{RunReady: "idle", RunWaiting: "run", RunRunning: "run", RunStopped: "risk", RunInterrupted: "risk", RunTried: "idle", RunDone: "ok", RunFailed: "late"}
	return parts.Light{Kind: kinds[state], Text: web.T(r, "import.state_"+state)}
}

// receiveImport puts a file aside. It is a stream, so that a large file is written as it comes.
func (g *Gate) receiveImport(w http.ResponseWriter, r *http.Request) error {
	err := r.ParseMultipartForm(1 << 20)
	var large *http.MaxBytesError
	switch {
	case errors.As(err, &large):
		return fault.New(fault.TooLarge, "import.too_large", "Megabytes", mostImport>>20)
	case err != nil:
		return fault.New(fault.Invalid, "import.file_needed")
	}
	defer r.MultipartForm.RemoveAll()
	form := web.Form(r)
	in := Sent{Kind: form.Text("kind"), Source: form.Text("source"), Owner: form.Text("owner"), Sheet: form.Text("sheet")}
	if tongue := lang.Tag(form.Text("tongue")); tongue == lang.Vi || tongue == lang.En {
		in.Tongue = tongue
	}
	if sent := form.Files("file"); len(sent) > 0 {
		content, err := sent[0].Open()
		if err != nil {
			return err
		}
		defer content.Close()
		in.Name, in.Data = sent[0].Filename, content
	}
	id, err := g.PutAside(r.Context(), web.DB(r), web.Words(r), web.Actor(r).ID, in)
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return web.DB(r).View(r.Context(), func(tx *db.Tx) error { return g.drawImports(w, r, tx, faults) })
	}
	return web.Goto(w, r, importsPath+"/"+id)
}
