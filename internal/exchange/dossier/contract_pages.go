package dossier

import (
	"bytes"
	"net/http"
	"strconv"

	"chonoi/internal/document/paper"
	"chonoi/internal/exchange/contract"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// contractView is the page of a contract in both tongues.
type contractView struct {
	Path, Number, Title, TitleIn, Version, Digest string
	Edit                                          bool
	Missing                                       []string
	Choice                                        []parts.Field
	Heads                                         []parts.Fact
	Contents                                      []contentView
	Query                                         string // of the version, for the papers
}

type contentView struct {
	Head, Basis string
	Clauses     []clauseView
}

type clauseView struct {
	Mark   string
	Vi, En []lang.Piece
	Blank  bool
}

// contractOf collects what the pages of a contract tell: the facts, the versions, and the one that is
// asked for; before there is any, what the library makes of the terms.
func (o office) contractOf(r *http.Request, n int64) (*Facts, *Writer, []*deal.Draft, *deal.Draft, error) {
	tx := web.Tx(r)
	room, err := deal.Enter(tx, web.Actor(r), r.PathValue("id"))
	if err != nil {
		return nil, nil, nil, nil, err
	}
	f, err := Gather(tx, o.deals, room)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	if err := needsSheet(f); err != nil {
		return nil, nil, nil, nil, err
	}
	layout, err := o.layouts.In("state", f.Today)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	w := &Writer{Words: web.Words(r), Codes: o.deals.Codes, Layout: layout}
	all, err := deal.Drafts(tx, room.ID)
	if err != nil {
		return nil, nil, nil, nil, err
	}
	one := newest(all, n)
	if one == nil && n > 0 {
		return nil, nil, nil, nil, fault.New(fault.NotFound, "record.not_found")
	}
	if one == nil {
		one = &deal.Draft{Contract: o.library.Draft(w.contractFacts(f))}
	}
	return f, w, all, one, nil
}

// asked is the number of a version in a query; 0 for none.
func asked(r *http.Request, name string) int64 {
	n, err := strconv.ParseInt(r.URL.Query().Get(name), 10, 64)
	if err != nil || n < 0 {
		return 0
	}
	return n
}

func (o office) showContract(w http.ResponseWriter, r *http.Request) error {
	f, _, all, one, err := o.contractOf(r, asked(r, "version"))
	if err != nil {
		return err
	}
	v := contractView{Path: "/deals/" + f.Deal.ID + "/contract", Number: f.Deal.Number, Digest: one.Digest, Version: web.T(r, "contract.model"),
		Edit: f.Room.Acts(web.Actor(r)) && deal.Possible(f.Deal.State, "contract_draft")}
	v.Title, v.TitleIn = best(r, f.Deal.Title)
	if one.N > 0 {
		v.Version = web.T(r, "contract.version", "N", one.N, "Side", web.T(r, "deal.side_"+string(one.Side)), "Time", lang.DateTime(web.Lang(r), when.Time(one.At)))
		v.Query = "?version=" + strconv.FormatInt(one.N, 10)
	}
	var old *contract.Contract
	if with := newest(all, asked(r, "with")); asked(r, "with") > 0 && with != nil && with.N != one.N {
		old = with.Contract
	}
	if len(all) > 1 {
		v.Choice = []parts.Field{choice(r, "version", "contract.see", all, one.N, false), choice(r, "with", "contract.with", all, asked(r, "with"), true)}
	}
	for _, m := range o.library.Check(one.Contract) {
		v.Missing = append(v.Missing, o.missing(r, m))
	}
	for _, name := range contract.Heads {
		text := *one.Contract.Head(name)
		if text == "" {
			text = contract.Blank
		}
		v.Heads = append(v.Heads, parts.Fact{Name: web.T(r, "contract.f_"+name), Value: text})
	}
	v.Contents = o.contents(r, one.Contract, old)
	page := web.Page{Title: web.T(r, "contract.title"), Section: "/deals", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/deals", Text: web.T(r, "deal.list")}, {Path: "/deals/" + f.Deal.ID, Text: f.Deal.Number}, {Text: web.T(r, "contract.title")}}}
	return web.Show(w, r, page, contractPage(v))
}

func best(r *http.Request, b lang.Both) (text, tongue string) {
	text, in := b.Best(web.Lang(r))
	if in != web.Lang(r) {
		tongue = string(in)
	}
	return text, tongue
}

func choice(r *http.Request, name, label string, all []*deal.Draft, on int64, none bool) parts.Field {
	f := parts.Field{Name: name, Label: web.T(r, label), Short: true}
	if none {
		f.Options = []parts.Option{{Text: web.T(r, "contract.nothing")}}
	}
	for _, one := range all {
		n := strconv.FormatInt(one.N, 10)
		f.Options = append(f.Options, parts.Option{Value: n, Text: web.T(r, "contract.version_n", "N", n), On: one.N == on})
	}
	return f
}

// missing tells what a contract lacks.
func (o office) missing(r *http.Request, m contract.Missing) string {
	if m.Content == 0 {
		return web.T(r, m.Key, "Field", web.T(r, "contract.f_"+m.Field))
	}
	content := o.library.Contents[m.Content-1]
	return web.T(r, m.Key, "N", m.Content, "Name", content.Name.In(web.Lang(r)), "Article", content.Basis.In(web.Lang(r)))
}

// contents draws the clauses by content; against an older version what changed is marked.
func (o office) contents(r *http.Request, c, old *contract.Contract) (all []contentView) {
	pairs := []contract.Pair{}
	if old != nil {
		pairs = contract.Compare(old, c)
	} else {
		for i := range c.Clauses {
			pairs = append(pairs, contract.Pair{Old: &c.Clauses[i], New: &c.Clauses[i]})
		}
	}
	for _, content := range o.library.Contents {
		v := contentView{Head: web.T(r, "contract.head", "N", content.N, "Name", content.Name.In(web.Lang(r))), Basis: content.Basis.In(web.Lang(r))}
		n := 0
		for _, p := range pairs {
			one := p.New
			if one == nil {
				one = p.Old
			}
			if one.Content != content.N {
				continue
			}
			was, is := contract.Clause{}, contract.Clause{}
			if p.Old != nil {
				was = *p.Old
			}
			line := clauseView{}
			if p.New != nil {
				is = *p.New
				n++
				line.Mark = strconv.Itoa(content.N) + "." + strconv.Itoa(n)
			}
			line.Vi, line.En = lang.Differ(was.Vi, is.Vi), lang.Differ(was.En, is.En)
			v.Clauses = append(v.Clauses, line)
		}
		all = append(all, v)
	}
	return all
}

// sendContract gives a version as a DOCX, in Vietnamese or in both tongues side by side.
func (o office) sendContract(w http.ResponseWriter, r *http.Request) error {
	p, f, err := o.contractPaper(r)
	if err != nil {
		return err
	}
	var whole bytes.Buffer
	if err := p.WriteDOCX(&whole); err != nil {
		return err
	}
	attach(w, "application/vnd.openxmlformats-officedocument.wordprocessingml.document", f.Deal.Number+"-contract.docx")
	_, err = whole.WriteTo(w)
	return err
}

func (o office) contractPaper(r *http.Request) (*paper.Paper, *Facts, error) {
	f, w, _, one, err := o.contractOf(r, asked(r, "version"))
	if err != nil {
		return nil, nil, err
	}
	return w.Contract(f, o.library, one.Contract, r.URL.Query().Get("tongues") == "both"), f, nil
}

// printContract shows a version as it is printed.
func (o office) printContract(w http.ResponseWriter, r *http.Request) error {
	p, f, err := o.contractPaper(r)
	if err != nil {
		return err
	}
	var sheet bytes.Buffer
	if err := p.WriteHTML(&sheet, paper.Page{Top: 1}); err != nil {
		return err
	}
	page := web.Page{Title: web.T(r, "contract.title"), Section: "/deals", NoIndex: true,
		Crumbs: []parts.Crumb{{Path: "/deals", Text: web.T(r, "deal.list")}, {Path: "/deals/" + f.Deal.ID + "/contract", Text: f.Deal.Number}, {Text: web.T(r, "contract.print")}}}
	return web.Show(w, r, page, printPage(sheet.String()))
}
