package review

import (
	"net/http"
	"slices"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/shown"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// editView is what the page on which a review is written is drawn from.
type editView struct {
	Path, Title, TitleIn string
	Faults               parts.Faults
	Parts                []partForm
	Titles               parts.Pair
	Document             []parts.Field
	SentTo               parts.Field
	Public               parts.Field
	Layout               parts.Field
	Figures              []figureRow
	Blanks               int
}

type partForm struct {
	Name, Title string
	Vi, En      parts.Field
	Lost        parts.Field // figures that the typed words have lost, to be left out on purpose
	Blanks      bool
}

func forbidden() error { return fault.New(fault.Forbidden, "review.not_yours") }

// written returns a draft in which the caller may write.
func (d doors) writable(r *http.Request) (*programme.Review, error) {
	one, plans, err := programme.ReviewOf(web.Tx(r), web.Actor(r), r.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if one.State == "issued" {
		return nil, fault.New(fault.Conflict, "review.issued_already")
	}
	if !one.Written(web.Actor(r), plans) {
		return nil, forbidden()
	}
	return one, nil
}

func (d doors) showEdit(w http.ResponseWriter, r *http.Request) error {
	return d.drawEdit(w, r, web.Values{}, "", parts.Faults{})
}

// drawEdit draws the forms of a draft with what was typed: into one of its parts, or into its
// document when part is "document".
func (d doors) drawEdit(w http.ResponseWriter, r *http.Request, given web.Values, typed string, faults parts.Faults) error {
	one, err := d.writable(r)
	if err != nil {
		return err
	}
	figures, words, err := d.content(r, one)
	if err != nil {
		return err
	}
	v := editView{Path: address(one.ID), Faults: faults, Figures: figureRows(r, one.ID, figures)}
	v.Title, v.TitleIn = shown.Best(r, one.Title)
	for i := range v.Figures {
		v.Figures[i].Path = ""
	}
	for i, c := range wholes(figures) {
		v.Figures[i].Path = "[[" + c.Key + "]]"
	}
	for _, p := range words {
		form := partForm{Name: p.Part, Title: web.T(r, "review.part_"+p.Part), Blanks: hasBlank(p.Text.Vi)}
		form.Vi = parts.Field{Name: "words.vi", ID: p.Part + "-vi", Label: web.T(r, "review.words_vi"), Value: p.Text.Vi, Rows: 8, Lang: "vi"}
		form.En = parts.Field{Name: "words.en", ID: p.Part + "-en", Label: web.T(r, "review.words_en"), Value: p.Text.En, Rows: 4, Lang: "en", Optional: true}
		if typed == p.Part {
			form.Vi.Value, form.En.Value = given.Long("words.vi"), given.Long("words.en")
			form.Vi.Error, form.En.Error = faults.At("words_vi"), faults.At("words_en")
			form.Lost = lostForm(r, figures, p, given)
		}
		if form.Blanks {
			v.Blanks++
		}
		v.Parts = append(v.Parts, form)
	}
	d.documentForm(r, &v, one, given, typed == "document", faults)
	page := web.Page{Title: web.T(r, "review.edit"), Section: "/plans", NoIndex: true, Amiss: faults.Any(), Crumbs: append(crumbs(r, v.Title), parts.Crumb{Text: web.T(r, "review.edit")})}
	page.Crumbs[2].Path = v.Path
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, editPage(v))
}

// lostForm offers to leave out on purpose what the typed words of a part have lost.
func lostForm(r *http.Request, figures *programme.Figures, old programme.Words, given web.Values) parts.Field {
	f := parts.Field{Name: "leave_out", ID: old.Part + "-lost", Label: web.T(r, "review.leave_out")}
	for _, key := range programme.Lost(old.Text, lang.Both{Vi: given.Long("words.vi"), En: given.Long("words.en")}) {
		if c, ok := figures.Figure(key); ok {
			f.Options = append(f.Options, parts.Option{Value: key, Text: "[[" + key + "]] " + c.Write(web.Lang(r)) + " · " + title(web.Words(r), web.Lang(r), c), On: slices.Contains(given.All("leave_out"), key)})
		}
	}
	return f
}

// documentForm fills in what the head and the foot of the paper say.
func (d doors) documentForm(r *http.Request, v *editView, one *programme.Review, given web.Values, typed bool, faults parts.Faults) {
	value := func(name, kept string) string {
		if typed {
			return given.Text(name)
		}
		return kept
	}
	field := func(name, kept string, needed bool) parts.Field {
		return parts.Field{Name: name, Label: web.T(r, "review."+name), Value: value(name, kept), Error: faults.At(name), Optional: !needed, Lang: "vi"}
	}
	issued := field("issued_on", one.Issued.String(), true)
	issued.Type, issued.Short, issued.Lang = "date", true, ""
	symbol := field("symbol", one.Symbol, true)
	symbol.Hint = web.T(r, "review.symbol_hint")
	authority := field("signer_authority", one.Authority, false)
	authority.Hint = web.T(r, "review.signer_authority_hint")
	v.Document = []parts.Field{symbol, issued, field("place", one.Place, false), field("superior", one.Superior, false), field("issuer", one.Issuer, true),
		authority, field("signer_title", one.SignerAs, false), field("signer_name", one.Signer, true)}
	v.SentTo = parts.Field{Name: "sent_to", Label: web.T(r, "review.sent_to"), Hint: web.T(r, "review.sent_to_hint"), Value: one.SentTo, Rows: 4, Max: 4000, Optional: true, Error: faults.At("sent_to"), Lang: "vi"}
	v.Titles = parts.Pair{Name: "title", Label: web.T(r, "review.title"), Vi: value("title.vi", one.Title.Vi), En: value("title.en", one.Title.En), Max: 400, ErrorVi: faults.At("title_vi"), ErrorEn: faults.At("title_en")}
	public := one.Public
	if typed {
		v.SentTo.Value, public = given.Long("sent_to"), given.On("is_public")
	}
	v.Public = parts.Field{Name: "is_public", Label: web.T(r, "review.is_public"), Options: []parts.Option{{Value: "1", Text: web.T(r, "review.is_public_yes"), On: public}}}
	v.Layout = parts.Field{Name: "layout", Label: web.T(r, "review.layout"), Hint: web.T(r, "review.layout_hint"), Error: faults.At("layout")}
	for _, l := range d.layouts.All(when.DayOf(web.Tx(r).Now)) {
		v.Layout.Options = append(v.Layout.Options, parts.Option{Value: l.Name, Text: l.Title.In(web.Lang(r)), On: l.Name == value("layout", one.Layout)})
	}
}

func (d doors) rewrite(w http.ResponseWriter, r *http.Request) error {
	one, err := d.writable(r)
	if err != nil {
		return err
	}
	figures, err := d.FiguresOf(web.Tx(r), one.ID)
	if err != nil {
		return err
	}
	form, part := web.Form(r), r.PathValue("part")
	err = programme.RewriteReview(web.Tx(r), web.Actor(r), one, figures, part, lang.Both{Vi: form.Long("words.vi"), En: form.Long("words.en")}, form.All("leave_out"))
	return d.done(w, r, err, part, "review.rewritten", "/edit#"+part+"-vi")
}

func (d doors) tell(w http.ResponseWriter, r *http.Request) error {
	old, err := d.writable(r)
	if err != nil {
		return err
	}
	form, v := web.Form(r), programme.Reviews.Copy(old)
	v.Title = lang.Both{Vi: form.Text("title.vi"), En: form.Text("title.en")}
	v.Symbol, v.Place, v.Superior, v.Issuer = form.Text("symbol"), form.Text("place"), form.Text("superior"), form.Text("issuer")
	v.Authority, v.SignerAs, v.Signer, v.SentTo = form.Long("signer_authority"), form.Text("signer_title"), form.Text("signer_name"), form.Long("sent_to")
	v.Layout, v.Public = form.Text("layout"), form.On("is_public")
	day, ok := form.Day("issued_on")
	if !ok {
		return d.done(w, r, fault.New(fault.Invalid, "review.invalid").At("issued_on", "field.not_a_day"), "document", "", "")
	}
	v.Issued = day
	if _, err := d.layouts.Named(v.Layout, when.DayOf(web.Tx(r).Now)); err != nil {
		return d.done(w, r, fault.New(fault.Invalid, "review.invalid").At("layout", "field.not_in_list"), "document", "", "")
	}
	return d.done(w, r, programme.TellReview(web.Tx(r), web.Actor(r), old, v), "document", "review.told", "/edit#document")
}

func (d doors) issue(w http.ResponseWriter, r *http.Request) error {
	one, err := d.writable(r)
	if err != nil {
		return err
	}
	return d.done(w, r, programme.IssueReview(web.Tx(r), web.Actor(r), one), "issue", "review.issued", "")
}

// done ends an act on a draft: with a word, or with the page anew and what is amiss.
func (d doors) done(w http.ResponseWriter, r *http.Request, err error, typed, notice, to string) error {
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return d.drawEdit(w, r, web.Form(r), typed, faults)
	}
	web.Notice(w, r, notice)
	return web.Goto(w, r, address(r.PathValue("id"))+to)
}
