package tracker

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

type doors struct{ *programme.Programme }

// mostShown is how many rows that stay back the page lists; the workbook has all.
const mostShown = 100

// exportView is what the page of an export is drawn from.
type exportView struct {
	Path, Plan, PlanIn string
	Choices            []parts.Option
	Name, Note, Basis  string
	Columns            []Column
	Good, Bad          int
	Amiss              []amissRow
	CSV, XLSX, Errors  string
	Loads              bool
	File               parts.Field
	Faults             parts.Faults
}

type amissRow struct {
	Task string
	Why  []string
}

// mappings are the shipped one and those that were loaded, by their keys; what cannot be read any
// more is left out.
func mappings(r *http.Request) (map[string]*Mapping, error) {
	one, err := ReadMapping(strings.NewReader(shipped))
	if err != nil {
		return nil, err
	}
	all := map[string]*Mapping{one.Key: one}
	loaded, err := programme.Mappings(web.Tx(r))
	for key, content := range loaded {
		if m, err := ReadMapping(strings.NewReader(content)); err == nil {
			all[key] = m
		}
	}
	return all, err
}

// export is a plan as it goes out by the mapping that is asked for.
func (d doors) export(r *http.Request) (*programme.Plan, *Mapping, []outRow, error) {
	p, err := programme.LookedInto(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return nil, nil, nil, err
	}
	all, err := mappings(r)
	if err != nil {
		return nil, nil, nil, err
	}
	key := r.URL.Query().Get("mapping")
	if key == "" {
		key = "chung"
	}
	m := all[key]
	if m == nil {
		return nil, nil, nil, fault.New(fault.NotFound, "record.not_found")
	}
	b, err := d.Board(web.Tx(r), p, shown.AsOf(r))
	if err != nil {
		return nil, nil, nil, err
	}
	numbers, err := programme.TaskNumbers(web.Tx(r), p.Parent)
	if err != nil {
		return nil, nil, nil, err
	}
	return p, m, m.rowsOf(b, numbers), nil
}

func (d doors) showExport(w http.ResponseWriter, r *http.Request) error {
	return d.draw(w, r, parts.Faults{})
}

func (d doors) draw(w http.ResponseWriter, r *http.Request, faults parts.Faults) error {
	p, m, rows, err := d.export(r)
	if err != nil {
		return err
	}
	all, err := mappings(r)
	if err != nil {
		return err
	}
	tag := web.Lang(r)
	v := exportView{Path: shown.Address(p.ID) + "/export", Name: m.Name.In(tag), Note: m.Note.In(tag), Columns: m.Columns, Faults: faults, Loads: account.MayProgramme.Allows(web.Actor(r)),
		File: parts.Field{Name: "file", Label: web.T(r, "tracker.file"), Hint: web.T(r, "tracker.file_hint", "Kilobytes", mostMapping>>10), Accept: ".toml,.csv", Error: faults.At("file")}}
	v.Plan, v.PlanIn = shown.Best(r, p.Name)
	since, _ := when.ParseDay(m.ValidFrom)
	from := lang.Date(tag, since.Start())
	if v.Basis = web.T(r, "tracker.no_basis", "From", from); m.Basis != "" {
		v.Basis = web.T(r, "tracker.basis", "Basis", m.Basis, "From", from)
	}
	for key, one := range all {
		v.Choices = append(v.Choices, parts.Option{Value: v.Path + "?mapping=" + key, Text: one.Name.In(tag), On: key == m.Key})
	}
	slices.SortFunc(v.Choices, func(a, b parts.Option) int { return strings.Compare(a.Value, b.Value) })
	for _, row := range rows {
		if len(row.Amiss) == 0 {
			v.Good++
			continue
		}
		if v.Bad++; len(v.Amiss) < mostShown {
			one := amissRow{Task: row.Task}
			for _, f := range row.Amiss {
				one.Why = append(one.Why, web.T(r, "tracker.amiss", "Column", f.Column, "Why", web.T(r, f.Key, f.Args...)))
			}
			v.Amiss = append(v.Amiss, one)
		}
	}
	query := "?mapping=" + url.QueryEscape(m.Key) + "&on=" + shown.AsOf(r).String()
	v.CSV, v.XLSX, v.Errors = v.Path+".csv"+query, v.Path+".xlsx"+query, v.Path+"/errors.xlsx"+query
	page := web.Page{Title: web.T(r, "tracker.title"), Section: "/plans", NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/plans", Text: web.T(r, "plan.list")}, {Path: shown.Address(p.ID), Text: v.Plan}, {Text: web.T(r, "tracker.title")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, exportPage(v))
}

func (d doors) sendCSV(w http.ResponseWriter, r *http.Request) error {
	return d.send(w, r, document.CSV, "text/csv; charset=utf-8")
}

func (d doors) sendXLSX(w http.ResponseWriter, r *http.Request) error {
	return d.send(w, r, document.XLSX, sheetKind)
}

const sheetKind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// send sends the rows that nothing is amiss with.
func (d doors) send(w http.ResponseWriter, r *http.Request, format document.Format, kind string) error {
	p, m, rows, err := d.export(r)
	if err != nil {
		return err
	}
	var columns []document.Column
	for _, c := range m.Columns {
		columns = append(columns, document.Column{Name: c.Title})
	}
	var content bytes.Buffer
	out, err := document.NewWriter(&content, format, columns, document.Layout{BOM: true})
	if err != nil {
		return err
	}
	for _, row := range rows {
		if len(row.Amiss) > 0 {
			continue
		}
		cells := make([]document.Cell, len(row.Cells))
		for i, text := range row.Cells {
			if text != "" {
				cells[i] = document.Cell{Kind: document.Text, Text: text}
			}
		}
		if err := out.WriteCells(cells); err != nil {
			return err
		}
	}
	if err := out.Close(); err != nil {
		return err
	}
	return attach(w, kind, strings.ToLower(p.Number)+"-"+m.Key+"."+string(format), content.Bytes())
}

func attach(w http.ResponseWriter, kind, name string, content []byte) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err := w.Write(content)
	return err
}

// sendErrors sends the rows that stay back, each with its reasons in both tongues.
func (d doors) sendErrors(w http.ResponseWriter, r *http.Request) error {
	p, m, rows, err := d.export(r)
	if err != nil {
		return err
	}
	var columns []string
	for _, c := range m.Columns {
		columns = append(columns, c.Title)
	}
	var content bytes.Buffer
	out, err := document.NewErrors(&content, web.Words(r), columns)
	if err != nil {
		return err
	}
	for _, row := range rows {
		if len(row.Amiss) == 0 {
			continue
		}
		told := document.Row{Number: row.Amiss[0].Number, Columns: columns}
		for _, text := range row.Cells {
			told.Cells = append(told.Cells, document.Cell{Kind: document.Text, Text: text})
		}
		if err := out.Add(told, row.Amiss...); err != nil {
			return err
		}
	}
	if err := out.Close(); err != nil {
		return err
	}
	return attach(w, sheetKind, strings.ToLower(p.Number)+"-"+m.Key+"-errors.xlsx", content.Bytes())
}

// load keeps a mapping that the programme office sends as a file.
func (d doors) load(w http.ResponseWriter, r *http.Request) error {
	sent := web.Form(r).Files("file")
	err := error(fault.New(fault.Invalid, "tracker.invalid").At("file", "tracker.no_file"))
	var m *Mapping
	if len(sent) > 0 {
		var content bytes.Buffer
		file, openErr := sent[0].Open()
		if openErr != nil {
			return openErr
		}
		defer file.Close()
		if _, err := content.ReadFrom(http.MaxBytesReader(w, file, mostMapping+1)); err != nil {
			return err
		}
		text := lang.Clean(content.String())
		if m, err = ReadMapping(strings.NewReader(text)); err == nil {
			err = programme.KeepMapping(web.Tx(r), web.Actor(r), m.Key, text)
		}
	}
	if f, ok := fault.As(err); ok {
		told := fault.New(fault.Invalid, "tracker.invalid")
		if len(f.Fields) == 0 {
			told.At("file", f.Key, f.Args...)
		}
		for i, one := range f.Fields {
			if i == 0 || one.Field != "file" {
				told.At("file", one.Key, one.Args...)
			}
		}
		err = told
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.draw(w, r, faults)
	}
	web.Notice(w, r, "tracker.done")
	return web.Goto(w, r, shown.Address(r.PathValue("id"))+"/export?mapping="+m.Key)
}
