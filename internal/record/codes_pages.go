package record

import (
	"bytes"
	"context"
	"io"
	"mime/multipart"
	"net/http"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// Routes are the pages of the code lists with the right that each needs.
func (c *Codes) Routes() []web.Route {
	return []web.Route{
		{Pattern: "GET /administration/lists", Handler: c.showLists, Right: account.MaySeeStaff},
		{Pattern: "GET /administration/lists/{list}", Handler: c.showList, Right: account.MaySeeStaff},
	}
}

// Uploads is the door through which a list comes in; a list is larger than a form usually is.
func (c *Codes) Uploads() []web.Special {
	return []web.Special{{Route: web.Route{Pattern: "POST /administration/lists/{list}", Handler: c.loadList, Right: account.MayAdminister}, Body: 2*mostListSize + web.BodyLimit}}
}

// listSheet is what the page of one list is drawn from.
type listSheet struct {
	List, Path, Download string
	Entries              parts.Table
	May                  bool // the reader may load the list
	Faults               parts.Faults
	File                 parts.Field
}

// listPreview is what the page before a loading is drawn from.
type listPreview struct {
	List, Path   string
	Count        string
	Changes      parts.Table
	Any          bool
	Mark, Text   string // sent again when the list is loaded
	ChangedSince bool   // somebody loaded the list since the preview before
}

func (c *Codes) showLists(w http.ResponseWriter, r *http.Request) error {
	t := parts.Table{Label: web.T(r, "lists.title"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "lists.list")}, {Title: web.T(r, "lists.valid_now"), Num: true},
		{Title: web.T(r, "lists.in_all"), Num: true}}}
	for _, list := range c.Lists() {
		t.Rows = append(t.Rows, []parts.Cell{{Text: listName(r, list), Path: "/administration/lists/" + list, Note: list},
			{Text: lang.Number(web.Lang(r), int64(len(c.Of(list))))}, {Text: lang.Number(web.Lang(r), int64(len(c.All(list))))}})
	}
	page := web.Page{Title: web.T(r, "lists.title"), NoIndex: true, Crumbs: listCrumbs(r, "")}
	return web.Show(w, r, page, listsPage(t))
}

// listName is what people call a list; one that a deployment added goes by its code.
func listName(r *http.Request, list string) string {
	if key := "list." + list; web.Words(r).Has(key) {
		return web.T(r, key)
	}
	return list
}

// listCrumbs is the way to a list, or to all of them.
func listCrumbs(r *http.Request, list string) []parts.Crumb {
	way := []parts.Crumb{{Path: "/administration", Text: web.T(r, "settings.administration")}}
	if list == "" {
		return append(way, parts.Crumb{Text: web.T(r, "lists.title")})
	}
	return append(way, parts.Crumb{Path: "/administration/lists", Text: web.T(r, "lists.title")}, parts.Crumb{Text: listName(r, list)})
}

// showList shows a list, or hands it out as CSV when its name ends in .csv.
func (c *Codes) showList(w http.ResponseWriter, r *http.Request) error {
	if list, ok := strings.CutSuffix(r.PathValue("list"), ".csv"); ok {
		return c.sendList(w, list)
	}
	return c.drawList(w, r, parts.Faults{})
}

func (c *Codes) sendList(w http.ResponseWriter, list string) error {
	all := c.All(list)
	if len(all) == 0 {
		return fault.New(fault.NotFound, "record.not_found")
	}
	var out bytes.Buffer
	if err := WriteList(&out, all); err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+list+`.csv"`)
	_, err := w.Write(out.Bytes())
	return err
}

func (c *Codes) drawList(w http.ResponseWriter, r *http.Request, faults parts.Faults) error {
	list, tag, today := r.PathValue("list"), web.Lang(r), when.DayOf(web.Tx(r).Now)
	all := c.All(list)
	if len(all) == 0 && !faults.Any() {
		return fault.New(fault.NotFound, "record.not_found")
	}
	v := listSheet{List: listName(r, list), Path: "/administration/lists/" + list, Download: "/administration/lists/" + list + ".csv", May: account.MayAdminister.Allows(web.Actor(r)), Faults: faults,
		File: parts.Field{Name: "file", Label: web.T(r, "lists.file"), Hint: web.T(r, "lists.file_hint"), Accept: ".csv,text/csv", Error: faults.At("file")}}
	v.Entries = parts.Table{Label: web.T(r, "lists.entries"), Tight: true, Columns: []parts.Column{{Title: web.T(r, "lists.code")}, {Title: web.T(r, "lists.vi")}, {Title: web.T(r, "lists.en")},
		{Title: web.T(r, "lists.from")}, {Title: web.T(r, "lists.to")}, {Title: web.T(r, "lists.basis")}}}
	for _, e := range all {
		to := parts.Cell{Text: lang.Day(tag, e.To)}
		if !e.ValidOn(today) {
			to = parts.Cell{Text: web.T(r, "lists.not_valid"), Light: "idle", Note: lang.Day(tag, e.To)}
		}
		v.Entries.Rows = append(v.Entries.Rows, []parts.Cell{{Text: e.Code}, {Text: e.Name.Vi}, {Text: e.Name.En}, {Text: lang.Day(tag, e.From)}, to, {Text: e.LegalBasis}})
	}
	page := web.Page{Title: web.T(r, "lists.one", "List", listName(r, list)), NoIndex: true, Crumbs: listCrumbs(r, list)}
	if faults.Any() {
		page.Amiss, page.Status = true, http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, listPage(v))
}

// loadList reads the file that was sent and shows what it would change; sent again with the mark
// of that preview, it loads the list.
func (c *Codes) loadList(w http.ResponseWriter, r *http.Request) error {
	tx, list, f := web.Tx(r), r.PathValue("list"), web.Form(r)
	text, err := sentList(f)
	var codes []Code
	if err == nil {
		codes, err = ReadList(list, strings.NewReader(text))
	}
	if err == nil {
		err = CheckList(codes)
	}
	var p Preview
	if err == nil {
		p, err = PreviewList(tx, list, codes)
	}
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return c.drawList(w, r, faults)
	}
	mark := f.Text("mark")
	if mark != p.Mark {
		return c.drawPreview(w, r, text, p, mark != "")
	}
	if _, err := LoadList(tx, web.Actor(r).ID, list, codes); err != nil {
		return err
	}
	ctx, d := context.WithoutCancel(r.Context()), web.DB(r)
	tx.After(func() { _ = d.View(ctx, c.Reload) }) // sooner than by following the ledger, which does it anyway
	web.Notice(w, r, "lists.loaded", "List", list, "N", len(p.Changes))
	return web.Goto(w, r, "/administration/lists/"+list)
}

// sentList is the text of the list: the file, or what the preview sends again.
func sentList(f web.Values) (string, error) {
	files := f.Files("file")
	if len(files) == 0 {
		if text := f.Long("text"); text != "" {
			return text + "\n", nil
		}
		return "", fault.New(fault.Invalid, "lists.invalid").At("file", "lists.file_needed")
	}
	return fileText(files[0])
}

func fileText(header *multipart.FileHeader) (string, error) {
	if header.Size > mostListSize {
		return "", fault.New(fault.Invalid, "lists.invalid").At("file", "lists.too_large", "Megabytes", mostListSize>>20)
	}
	file, err := header.Open()
	if err != nil {
		return "", err
	}
	defer file.Close()
	text, err := io.ReadAll(file)
	return strings.TrimPrefix(string(text), "\ufeff"), err
}

// mostShown is how many changes the preview shows one by one.
const mostShown = 500

func (c *Codes) drawPreview(w http.ResponseWriter, r *http.Request, text string, p Preview, changedSince bool) error {
	list := r.PathValue("list")
	v := listPreview{List: listName(r, list), Path: "/administration/lists/" + list, Any: len(p.Changes) > 0, Mark: p.Mark, Text: text, ChangedSince: changedSince,
		Count: web.T(r, "lists.count", "N", len(p.Changes), "Same", p.Same)}
	v.Changes = parts.Table{Label: web.T(r, "lists.changes"), Cards: true, Columns: []parts.Column{{Title: web.T(r, "lists.code")}, {Title: web.T(r, "lists.what")},
		{Title: web.T(r, "lists.before")}, {Title: web.T(r, "lists.after")}}}
	lights := map[string]string{"added": "ok", "changed": "run", "ended": "risk"}
	for _, one := range p.Changes[:min(len(p.Changes), mostShown)] {
		v.Changes.Rows = append(v.Changes.Rows, []parts.Cell{{Text: one.Code}, {Text: web.T(r, "lists."+one.Kind), Light: lights[one.Kind]}, {Text: one.Old}, {Text: one.New}})
	}
	page := web.Page{Title: web.T(r, "lists.preview", "List", v.List), NoIndex: true, Crumbs: []parts.Crumb{{Path: "/administration", Text: web.T(r, "settings.administration")},
		{Path: "/administration/lists", Text: web.T(r, "lists.title")}, {Path: v.Path, Text: v.List}, {Text: web.T(r, "lists.preview_short")}}}
	return web.Show(w, r, page, listPreviewPage(v))
}
