package dossier

import (
	"net/http"
	"strconv"

	"chonoi/internal/exchange/contract"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// contractForm is the form in which a version of a contract is written on the one before.
type contractForm struct {
	Path, Number, From string
	Saw                string // number of the version that is written on
	Heads              []parts.Field
	Contents           []formContent
	Words              parts.Field
	Faults             parts.Faults
}

type formContent struct {
	Head, Basis string
	Clauses     []formClause
	Add         *parts.Field // further clauses of the library; nil for none
	Own         parts.Pair   // a clause in one's own words
}

type formClause struct {
	Pair          parts.Pair
	Model, Number string // of the library, and the content
	Drop          parts.Field
}

func (o office) showForm(w http.ResponseWriter, r *http.Request) error {
	f, writer, _, one, err := o.contractOf(r, 0)
	if err != nil {
		return err
	}
	if !f.Room.Acts(web.Actor(r)) {
		return fault.New(fault.Forbidden, "deal.not_yours")
	}
	if !deal.Possible(f.Deal.State, "contract_draft") {
		return fault.New(fault.Conflict, "deal.move_not_possible")
	}
	return o.drawForm(w, r, f, writer, one.Contract, one.N, parts.Faults{})
}

func (o office) drawForm(w http.ResponseWriter, r *http.Request, f *Facts, writer *Writer, c *contract.Contract, saw int64, faults parts.Faults) error {
	v := contractForm{Path: "/deals/" + f.Deal.ID + "/contract", Number: f.Deal.Number, Saw: strconv.FormatInt(saw, 10), From: web.T(r, "contract.from_model"), Faults: faults,
		Words: parts.Field{Name: "words", Label: web.T(r, "contract.words"), Value: web.Form(r).Long("words"), Error: faults.At("words"), Rows: 2, Max: 4000, Optional: true}}
	if saw > 0 {
		v.From = web.T(r, "contract.from_version", "N", saw)
	}
	for _, name := range contract.Heads {
		v.Heads = append(v.Heads, parts.Field{Name: name, Label: web.T(r, "contract.f_"+name), Value: *c.Head(name), Error: faults.At(name), Max: 500, Optional: true})
	}
	offered := o.library.Offered(writer.contractFacts(f), c)
	for _, content := range o.library.Contents {
		part := formContent{Head: web.T(r, "contract.head", "N", content.N, "Name", content.Name.In(web.Lang(r))), Basis: content.Basis.In(web.Lang(r)),
			Own: parts.Pair{Name: "own" + strconv.Itoa(content.N), Label: web.T(r, "contract.own"), Rows: 3, Max: 8000, Optional: true}}
		for i, one := range c.Clauses {
			if one.Content != content.N {
				continue
			}
			at := "c" + strconv.Itoa(i)
			part.Clauses = append(part.Clauses, formClause{Model: one.Model, Number: strconv.Itoa(content.N),
				Pair: parts.Pair{Name: at, Label: web.T(r, "contract.clause", "N", strconv.Itoa(content.N)+"."+strconv.Itoa(len(part.Clauses)+1)), Vi: one.Vi, En: one.En, ErrorVi: faults.At(at + "_vi"), ErrorEn: faults.At(at + "_en"), Rows: 3, Max: 8000},
				Drop: parts.Field{Name: at + ".drop", Label: web.T(r, "contract.drop")}})
		}
		add := parts.Field{Name: "add" + strconv.Itoa(content.N), Label: web.T(r, "contract.add"), Optional: true, Options: []parts.Option{{Text: web.T(r, "contract.nothing")}}}
		for _, one := range offered {
			if one.Content == content.N {
				text, _ := lang.Both{Vi: one.Vi, En: one.En}.Best(web.Lang(r))
				add.Options = append(add.Options, parts.Option{Value: one.Model, Text: short(text)})
			}
		}
		if len(add.Options) > 1 {
			part.Add = &add
		}
		v.Contents = append(v.Contents, part)
	}
	page := web.Page{Title: web.T(r, "contract.edit"), Section: "/deals", Amiss: faults.Any(), NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/deals", Text: web.T(r, "deal.list")}, {Path: v.Path, Text: f.Deal.Number}, {Text: web.T(r, "contract.edit")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, formPage(v))
}

// short is the beginning of a clause, for a choice.
func short(text string) string {
	runes := []rune(text)
	if len(runes) <= 90 {
		return text
	}
	return string(runes[:89]) + "…"
}

// writeContract keeps the version that a form tells.
func (o office) writeContract(w http.ResponseWriter, r *http.Request) error {
	f, writer, all, _, err := o.contractOf(r, 0)
	if err != nil {
		return err
	}
	form := web.Form(r)
	saw, _ := form.Int("saw")
	c := o.typed(r, f, writer)
	_, err = o.deals.WriteContract(web.Tx(r), web.Actor(r), f.Room, o.library, c, saw, form.Long("words"))
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		if one := newest(all, 0); one != nil {
			saw = one.N // what was typed stands; it may be kept on the newest version now
		}
		return o.drawForm(w, r, f, writer, c, saw, faults)
	}
	web.Notice(w, r, "contract.kept")
	return web.Goto(w, r, "/deals/"+f.Deal.ID+"/contract")
}

// typed is the contract that a form tells: its clauses in their order, without those that are dropped,
// and behind those of each content what was added of the library or in one's own words.
func (o office) typed(r *http.Request, f *Facts, writer *Writer) *contract.Contract {
	form, c := web.Form(r), &contract.Contract{}
	for _, name := range contract.Heads {
		*c.Head(name) = form.Text(name)
	}
	by := map[int][]contract.Clause{}
	for i := 0; i < mostTyped; i++ {
		at := "c" + strconv.Itoa(i)
		if !form.Has(at + ".content") {
			break
		}
		content, _ := form.Int(at + ".content")
		if form.On(at + ".drop") {
			continue
		}
		words := form.Both(at)
		by[int(content)] = append(by[int(content)], contract.Clause{Model: form.Text(at + ".model"), Content: int(content), Vi: words.Vi, En: words.En})
	}
	offered := o.library.Offered(writer.contractFacts(f), &contract.Contract{})
	for _, content := range o.library.Contents {
		n := strconv.Itoa(content.N)
		for _, one := range offered {
			if one.Model == form.Text("add"+n) && one.Content == content.N {
				by[content.N] = append(by[content.N], one)
			}
		}
		if own := form.Both("own" + n); own.Vi != "" || own.En != "" {
			by[content.N] = append(by[content.N], contract.Clause{Content: content.N, Vi: own.Vi, En: own.En})
		}
		c.Clauses = append(c.Clauses, by[content.N]...)
	}
	return c
}

// mostTyped is how many clauses a form may tell.
const mostTyped = 200
