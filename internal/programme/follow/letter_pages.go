package follow

import (
	"bytes"
	"mime"
	"net/http"
	"slices"

	"chonoi/internal/account"
	"chonoi/internal/document/paper"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// letterView is what the page of a letter is drawn from.
type letterView struct {
	Path, Abstract, Body, AsOf string
	State                      parts.Light
	Sheet                      string // HTML of the paper
	Write                      bool
	Unverified                 int
	Tasks                      []urgedRow
}

type urgedRow struct {
	Path, Number, Title, TitleIn, Due string
	Now                               parts.Light
}

func (x *Follower) showLetter(w http.ResponseWriter, r *http.Request) error {
	tx, tag := web.Tx(r), web.Lang(r)
	u, err := programme.UrgingOf(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	p, rows, err := x.paperOf(r, u)
	if err != nil {
		return err
	}
	var sheet bytes.Buffer
	if err := p.WriteHTML(&sheet, paper.Page{Top: 2}); err != nil {
		return err
	}
	names, err := x.Bodies.Names(tx, u.AsOf, u.Body)
	if err != nil {
		return err
	}
	v := letterView{Path: "/letters/" + u.ID, Abstract: aboutOf(r, u), Body: names[u.Body].In(tag), AsOf: lang.Date(tag, u.AsOf.Start()), State: letterLight(r, u), Sheet: sheet.String(),
		Write: u.State == "draft" && account.MayProgramme.Allows(web.Actor(r)), Unverified: len(p.Layout.Unverified())}
	if v.Tasks, err = x.urgedRows(r, rows); err != nil {
		return err
	}
	page := web.Page{Title: v.Abstract, Section: "/plans", NoIndex: true, Crumbs: letterCrumbs(r, v.Abstract)}
	return web.Show(w, r, page, letterPage(v))
}

// urgedRows tell what became of the tasks of a letter.
func (x *Follower) urgedRows(r *http.Request, rows []programme.Urged) (all []urgedRow, err error) {
	ids := make([]string, 0, len(rows))
	for _, one := range rows {
		ids = append(ids, one.Task)
	}
	tasks, err := programme.TasksNamed(web.Tx(r), ids...)
	if err != nil {
		return nil, err
	}
	today := when.DayOf(web.Tx(r).Now)
	for _, one := range rows {
		row := urgedRow{Path: "/tasks/" + one.Task, Number: one.Number, Due: lang.Date(web.Lang(r), one.Due.Start())}
		row.Title, row.TitleIn = shown.Best(r, one.Title)
		if t := tasks[one.Task]; t != nil {
			ended, err := x.Bodies.Ended(web.Tx(r), today, t.Owner)
			if err != nil {
				return nil, err
			}
			row.Now = shown.Light(r, programme.Placed{Task: t, Due: t.Due, Standing: t.Stands(today, t.Due, ended)}, today)
		}
		all = append(all, row)
	}
	return all, nil
}

// paperOf makes the official paper of a letter under its layout, as that stood on the day of its issue.
func (x *Follower) paperOf(r *http.Request, u *programme.Urging) (*paper.Paper, []programme.Urged, error) {
	rows, err := programme.UrgedBy(web.Tx(r), u.ID)
	if err != nil {
		return nil, nil, err
	}
	on := u.Issued
	if on.Zero() {
		on = when.DayOf(web.Tx(r).Now)
	}
	layout, err := x.Layouts.Named(u.Layout, on)
	if err != nil {
		return nil, nil, err
	}
	return asPaper(x.Words, layout, u, rows), rows, nil
}

func (x *Follower) sendDOCX(w http.ResponseWriter, r *http.Request) error {
	u, err := programme.UrgingOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return err
	}
	p, _, err := x.paperOf(r, u)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/vnd.openxmlformats-officedocument.wordprocessingml.document")
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": u.Number + ".docx"}))
	return p.WriteDOCX(w)
}

// editView is what the page is drawn from on which a letter is written.
type editView struct {
	Path, Abstract string
	Faults         parts.Faults
	Words          []parts.Field
	Tasks          parts.Field
	Layout         parts.Field
	Document       []parts.Field
	SentTo         parts.Field
	Blanks         bool
}

// draftOf returns a letter that may still be written in.
func draftOf(r *http.Request) (*programme.Urging, error) {
	u, err := programme.UrgingOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err == nil && u.State != "draft" {
		err = fault.New(fault.Conflict, "urging.issued_already")
	}
	return u, err
}

func (x *Follower) showEdit(w http.ResponseWriter, r *http.Request) error {
	u, err := draftOf(r)
	if err != nil {
		return err
	}
	rows, err := programme.UrgedBy(web.Tx(r), u.ID)
	if err != nil {
		return err
	}
	ids := make([]string, 0, len(rows))
	for _, one := range rows {
		ids = append(ids, one.Task)
	}
	return x.drawEdit(w, r, u, u.Issued.String(), ids, parts.Faults{})
}

// drawEdit draws the form with what the letter says, or with what was typed.
func (x *Follower) drawEdit(w http.ResponseWriter, r *http.Request, u *programme.Urging, issued string, chosen []string, faults parts.Faults) error {
	overdue, err := programme.OverdueOf(web.Tx(r), u.Body, when.DayOf(web.Tx(r).Now))
	if err != nil {
		return err
	}
	v := editView{Path: "/letters/" + u.ID, Abstract: aboutOf(r, u), Faults: faults, Layout: x.layoutField(r, u.Layout, faults),
		Tasks: x.taskField(r, overdue, func(id string) bool { return slices.Contains(chosen, id) }, faults), Blanks: hasBlank(u)}
	field := func(name, value string, rows int, needed bool) parts.Field {
		return parts.Field{Name: name, Label: web.T(r, "urging."+name), Value: value, Rows: rows, Error: faults.At(name), Optional: !needed, Lang: "vi"}
	}
	v.Words = []parts.Field{field("addressee", u.Addressee, 0, true), field("abstract", u.Abstract, 0, true), field("opening", u.Opening, 6, true), field("closing", u.Closing, 8, false)}
	symbol, day, authority := field("symbol", u.Symbol, 0, true), field("issued_on", issued, 0, true), field("signer_authority", u.Authority, 0, false)
	symbol.Hint, authority.Hint = web.T(r, "urging.symbol_hint"), web.T(r, "urging.signer_authority_hint")
	day.Type, day.Short, day.Lang = "date", true, ""
	v.Document = []parts.Field{symbol, day, field("place", u.Place, 0, false), field("superior", u.Superior, 0, false), field("issuer", u.Issuer, 0, true), authority,
		field("signer_title", u.SignerAs, 0, false), field("signer_name", u.Signer, 0, true)}
	v.SentTo = field("sent_to", u.SentTo, 4, false)
	v.SentTo.Hint = web.T(r, "urging.sent_to_hint")
	page := web.Page{Title: web.T(r, "urging.edit"), Section: "/plans", NoIndex: true, Amiss: faults.Any(), Crumbs: append(letterCrumbs(r, v.Abstract), parts.Crumb{Text: web.T(r, "urging.edit")})}
	page.Crumbs[2].Path = v.Path
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, editPage(v))
}

func hasBlank(u *programme.Urging) bool {
	return bytes.Contains([]byte(u.Opening+u.Closing), []byte(programme.Blank))
}

// take keeps what was typed of a draft, and returns it as it was typed.
func (x *Follower) take(r *http.Request, old *programme.Urging) (*programme.Urging, error) {
	form, u := web.Form(r), programme.Urgings.Copy(old)
	u.Addressee, u.Abstract, u.Opening, u.Closing = form.Text("addressee"), form.Text("abstract"), lang.Clean(form.Long("opening")), lang.Clean(form.Long("closing"))
	u.Layout, u.Symbol, u.Place, u.Superior, u.Issuer = form.Text("layout"), form.Text("symbol"), form.Text("place"), form.Text("superior"), form.Text("issuer")
	u.Authority, u.SignerAs, u.Signer, u.SentTo = form.Text("signer_authority"), form.Text("signer_title"), form.Text("signer_name"), lang.Clean(form.Long("sent_to"))
	day, ok := form.Day("issued_on")
	if u.Issued = day; !ok {
		return u, fault.New(fault.Invalid, "urging.invalid").At("issued_on", "field.not_a_day")
	}
	if err := x.layoutKnown(u.Layout, when.DayOf(web.Tx(r).Now)); err != nil {
		return u, err
	}
	return u, programme.RewriteUrging(web.Tx(r), web.Actor(r), old, u, form.All("tasks"))
}

// rewrite keeps what was typed.
func (x *Follower) rewrite(w http.ResponseWriter, r *http.Request) error {
	old, err := draftOf(r)
	if err != nil {
		return err
	}
	u, err := x.take(r, old)
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return x.drawEdit(w, r, u, web.Form(r).Text("issued_on"), web.Form(r).All("tasks"), faults)
	}
	web.Notice(w, r, "urging.kept")
	return web.Goto(w, r, "/letters/"+u.ID+"/edit")
}

// issue keeps what was typed, ends the draft and tells the body that is urged.
func (x *Follower) issue(w http.ResponseWriter, r *http.Request) error {
	old, err := draftOf(r)
	if err != nil {
		return err
	}
	tx := web.Tx(r)
	u, err := x.take(r, old)
	if err == nil {
		kept, amiss := programme.Urgings.Get(tx, u.ID)
		if amiss != nil {
			return amiss
		}
		err = programme.IssueUrging(tx, web.Actor(r), kept)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return x.drawEdit(w, r, u, web.Form(r).Text("issued_on"), web.Form(r).All("tasks"), faults)
	}
	if x.Tell != nil {
		if err := x.Tell(tx, u.Body, "urging", "Symbol", u.Symbol, "Issuer", u.Issuer, "N", len(web.Form(r).All("tasks")), "Path", "/letters/"+u.ID); err != nil {
			return err
		}
	}
	web.Notice(w, r, "urging.issued", "Symbol", u.Symbol)
	return web.Goto(w, r, "/letters/"+u.ID)
}
