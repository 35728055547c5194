package funnel

import (
	"encoding/json"
	"net/http"
	"slices"
	"sync"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// Page is the public page of the funnel. What was told of a month is kept at hand: it does not change.
type Page struct {
	codes *record.Codes
	mu    sync.Mutex
	last  when.Day
	kept  map[when.Day]*Public
}

// NewPage returns the page.
func NewPage(codes *record.Codes) *Page { return &Page{codes: codes} }

// Warm reads the months that can be chosen, unless they are at hand: a new month is read when it begins.
func (p *Page) Warm(tx *db.Tx) error {
	_, err := p.at(tx, LastMonth(when.DayOf(tx.Now)))
	return err
}

// Routes are the page and its open data.
func (p *Page) Routes() []web.Route {
	return []web.Route{
		{"GET /funnel", p.show, account.Anyone},
		{"GET /funnel.csv", p.sendCSV, account.Anyone},
		{"GET /funnel.json", p.sendJSON, account.Anyone},
	}
}

// monthsBack is how many months can be chosen.
const monthsBack = 24

type view struct {
	AsOf, Path string
	Month      parts.Field
	Rows       []row
	Reasons    []reasonsView
	Nothing    *parts.Empty
}

type row struct {
	Name, Help, Count, Days string
	Bar                     []parts.Share
}

type reasonsView struct {
	Title string
	Table parts.Table
}

// month reads which month is asked for; the last whole one when none is.
func month(r *http.Request) (when.Day, error) {
	last := LastMonth(when.DayOf(web.Tx(r).Now))
	text := r.URL.Query().Get("as_of")
	if text == "" {
		return last, nil
	}
	first, err := time.Parse("2006-01", text)
	if err != nil {
		return last, fault.New(fault.NotFound, "funnel.no_month")
	}
	day := when.Day{Year: first.Year(), Month: first.Month(), Date: 1}
	day = LastMonth(day.AddDays(31))
	if !slices.Contains(months(last), day) {
		return last, fault.New(fault.NotFound, "funnel.no_month")
	}
	return day, nil
}

func (p *Page) of(r *http.Request) (*Public, when.Day, error) {
	day, err := month(r)
	if err != nil {
		return nil, day, err
	}
	f, err := p.at(web.Tx(r), day)
	return f, day, err
}

// at returns a month that can be chosen, as everybody may see it.
func (p *Page) at(tx *db.Tx, day when.Day) (*Public, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if last := LastMonth(when.DayOf(tx.Now)); p.last != last {
		all, err := History(tx, months(last))
		if err != nil {
			return nil, err
		}
		p.last, p.kept = last, map[when.Day]*Public{}
		for _, f := range all {
			p.kept[f.AsOf] = f.Open()
		}
	}
	return p.kept[day], nil
}

// months are the last days of the months that can be chosen, the last one last.
func months(last when.Day) (all []when.Day) {
	for len(all) < monthsBack {
		all = append(all, last)
		last = LastMonth(last)
	}
	slices.Reverse(all)
	return all
}

// bar draws a count against the whole.
func bar(n, whole int) (all []parts.Share) {
	if n > 0 {
		all = append(all, parts.Share{Kind: "run", Of: n})
	}
	if whole > n {
		all = append(all, parts.Share{Kind: "idle", Of: whole - n})
	}
	return all
}

// written is a count as people read it.
func written(r *http.Request, c Cell) string {
	if c.Few {
		return web.T(r, "funnel.few")
	}
	return lang.Number(web.Lang(r), int64(c.N))
}

func (p *Page) show(w http.ResponseWriter, r *http.Request) error {
	f, day, err := p.of(r)
	if err != nil {
		return err
	}
	v := view{AsOf: lang.Day(web.Lang(r), day), Path: "?as_of=" + day.String()[:7]}
	v.Month = parts.Field{Name: "as_of", Label: web.T(r, "funnel.month"), Short: true}
	for _, at := range slices.Backward(months(LastMonth(when.DayOf(web.Tx(r).Now)))) {
		v.Month.Options = append(v.Month.Options, parts.Option{Value: at.String()[:7], Text: at.String()[5:7] + "/" + at.String()[:4], On: at == day})
	}
	if f.Steps[0].Count.N == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "funnel.nothing", "Date", v.AsOf), Text: web.T(r, "funnel.nothing_help"), Actions: []parts.Action{{Path: "/search", Text: web.T(r, "funnel.to_floor"), Kind: "line"}}}
	}
	asked := f.Steps[1].Count.N
	for i, s := range f.Steps {
		one := row{Name: web.T(r, "funnel.step_"+s.Name), Help: web.T(r, "funnel.help_"+s.Name), Count: written(r, s.Count)}
		if i > 0 { // all listings are so many more that what follows is drawn against the enquiries
			one.Bar = bar(s.Count.N, asked)
		}
		if s.Days != nil {
			one.Days = web.T(r, "funnel.days", "N", *s.Days)
		}
		v.Rows = append(v.Rows, one)
	}
	for _, part := range []struct {
		title, list string
		all         []PublicReason
	}{{"funnel.stopped", "stop_reasons", f.Stopped}, {"funnel.declined", "decline_reasons", f.Declined}} {
		if len(part.all) == 0 {
			continue
		}
		t := parts.Table{Label: web.T(r, part.title), Tight: true, Columns: []parts.Column{{Title: web.T(r, "funnel.reason")}, {Title: web.T(r, "funnel.count"), Num: true}}}
		for _, one := range part.all {
			t.Rows = append(t.Rows, []parts.Cell{{Text: p.codes.Name(part.list, one.Code).In(web.Lang(r))}, {Text: written(r, one.Count)}})
		}
		v.Reasons = append(v.Reasons, reasonsView{web.T(r, part.title), t})
	}
	page := web.Page{Title: web.T(r, "funnel.title"), Description: web.T(r, "funnel.lede"), Section: "/search", NoIndex: len(r.URL.Query()) > 0, Crumbs: []parts.Crumb{{Text: web.T(r, "funnel.title")}}}
	return web.Show(w, r, page, funnelPage(v))
}

func (p *Page) sendJSON(w http.ResponseWriter, r *http.Request) error {
	f, _, err := p.of(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json; charset=utf-8")
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(f)
}

func (p *Page) sendCSV(w http.ResponseWriter, r *http.Request) error {
	f, day, err := p.of(r)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="funnel-`+day.String()[:7]+`.csv"`)
	out, err := document.NewWriter(w, document.CSV, []document.Column{{Name: "as_of"}, {Name: "part"}, {Name: "code"}, {Name: "label"}, {Name: "count"}, {Name: "median_days"}}, document.Layout{BOM: true})
	if err != nil {
		return err
	}
	write := func(part, code, label, count, days string) error {
		return out.Write(f.AsOf, part, code, label, count, days)
	}
	for _, s := range f.Steps {
		count, days := plain(s.Count), ""
		if s.Days != nil {
			days = lang.Number(lang.En, int64(*s.Days))
		}
		if err := write("step", s.Name, web.T(r, "funnel.step_"+s.Name), count, days); err != nil {
			return err
		}
	}
	for _, one := range f.Stopped {
		if err := write("stop_reason", one.Code, p.codes.Name("stop_reasons", one.Code).In(web.Lang(r)), plain(one.Count), ""); err != nil {
			return err
		}
	}
	for _, one := range f.Declined {
		if err := write("decline_reason", one.Code, p.codes.Name("decline_reasons", one.Code).In(web.Lang(r)), plain(one.Count), ""); err != nil {
			return err
		}
	}
	return out.Close()
}

// plain is a count in a table for machines: "<3" for one or two.
func plain(c Cell) string {
	if c.Few {
		return "<3"
	}
	return lang.Number(lang.En, int64(c.N))
}
