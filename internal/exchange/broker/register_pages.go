package broker

import (
	"net/http"
	"net/url"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

const listSize = 30

type registerView struct {
	Kinds   []parts.Option // filter; address in Value
	Boxes   []parts.Option // for officers
	Rows    []entryView
	Pager   parts.Pager
	Nothing *parts.Empty
	Apply   bool
	Mine    []parts.Light // how one's own entries stand
}

type entryView struct {
	Path, Name, NameIn, Number, Kind, Services, Facilities, FacilitiesIn, Since, Reason string
	Facts                                                                               []parts.Fact
	Acts                                                                                []entryAct
}

type entryAct struct {
	Path, Button string
	Words        *parts.Field // nil where none are asked for
}

func (x *Broking) showRegister(w http.ResponseWriter, r *http.Request) error {
	tx, query, actor := web.Tx(r), r.URL.Query(), web.Actor(r)
	kind, after, state, path := query.Get("kind"), query.Get("after"), Registered, "/brokers?"
	officer := account.MayReview.Allows(actor)
	if box := query.Get("box"); officer && (box == Applied || box == Suspended) {
		state, path = box, "/brokers?box="+box+"&"
	}
	if kind != "" && !x.Codes.Has("intermediary_kinds", kind) {
		return fault.New(fault.NotFound, "record.not_found")
	}
	all, err := inState(tx, state, kind, after, listSize+1)
	if err != nil {
		return err
	}
	v := registerView{Apply: len(managed(actor)) > 0}
	if kind != "" {
		path += "kind=" + url.QueryEscape(kind) + "&"
	}
	if len(all) > listSize {
		all = all[:listSize]
		v.Pager.Next = path + "after=" + url.QueryEscape(all[listSize-1].ID)
	}
	if after != "" {
		v.Pager.First = strings.TrimRight(path, "?&")
	}
	v.Kinds = []parts.Option{{Value: "/brokers", Text: web.T(r, "broker.all_kinds"), On: kind == ""}}
	for _, code := range x.Codes.Of("intermediary_kinds") {
		v.Kinds = append(v.Kinds, parts.Option{Value: "/brokers?kind=" + url.QueryEscape(code.Code), Text: code.Name.In(web.Lang(r)), On: code.Code == kind})
	}
	if officer {
		for _, box := range []string{Registered, Applied, Suspended} {
			v.Boxes = append(v.Boxes, parts.Option{Value: "/brokers?box=" + box, Text: web.T(r, "broker.state_"+box), On: box == state})
		}
	}
	for _, one := range all {
		line, err := x.entry(r, one, officer)
		if err != nil {
			return err
		}
		v.Rows = append(v.Rows, line)
	}
	if len(all) == 0 {
		v.Nothing = &parts.Empty{Title: web.T(r, "broker.none"), Text: web.T(r, "broker.none_help")}
	}
	if err := x.own(r, &v); err != nil {
		return err
	}
	page := web.Page{Title: web.T(r, "broker.register"), Description: web.T(r, "broker.lede"), Section: "/search", NoIndex: len(query) > 0, Crumbs: []parts.Crumb{{Text: web.T(r, "broker.register")}}}
	return web.Show(w, r, page, registerPage(v))
}

// managed are the organisations that somebody speaks for.
func managed(a account.Actor) (ids []string) {
	for _, m := range a.Memberships {
		if m.Manager {
			ids = append(ids, m.Organisation)
		}
	}
	return ids
}

// own fills in how the entries of one's own organisations stand.
func (x *Broking) own(r *http.Request, v *registerView) error {
	for _, id := range managed(web.Actor(r)) {
		one, err := entryOf(web.Tx(r), id)
		if err != nil {
			return err
		}
		if one == nil {
			continue
		}
		text := web.T(r, "broker.own_"+one.State, "Number", one.Number)
		if one.Reason != "" {
			text = web.T(r, "broker.own_reason", "State", text, "Reason", one.Reason)
		}
		v.Mine = append(v.Mine, parts.Light{Kind: map[string]string{Applied: "run", Registered: "ok", Refused: "late", Suspended: "late"}[one.State], Text: text})
		v.Apply = v.Apply && one.State != Registered && one.State != Suspended
	}
	return nil
}

func (x *Broking) entry(r *http.Request, one *Intermediary, officer bool) (entryView, error) {
	tag := web.Lang(r)
	names, err := x.Deals.Names(web.Tx(r), one.Owner)
	if err != nil {
		return entryView{}, err
	}
	v := entryView{Path: "/organisations/" + one.Owner, Number: one.Number, Kind: x.Codes.Name("intermediary_kinds", one.Kind).In(tag)}
	v.Name, v.NameIn = best(names[one.Owner], tag)
	v.Facilities, v.FacilitiesIn = best(one.Facilities, tag)
	var services []string
	for _, code := range one.Services {
		services = append(services, x.Codes.Name("intermediary_services", code).In(tag))
	}
	v.Services = strings.Join(services, ", ")
	if !one.Registered.Zero() {
		v.Since = web.T(r, "broker.since", "Date", lang.Day(tag, one.Registered))
	}
	record, err := deal.RecordOf(web.Tx(r), one.Owner)
	if err != nil {
		return v, err
	}
	v.Facts = []parts.Fact{{Name: web.T(r, "broker.staff"), Value: lang.Number(tag, one.Staff)}}
	for _, part := range []struct {
		name string
		n    int
	}{{"mandates", record.Mandates}, {"deals", record.Deals}, {"signed", record.Signed}, {"registered", record.Registered}, {"stopped", record.Stopped}} {
		v.Facts = append(v.Facts, parts.Fact{Name: web.T(r, "broker.record_"+part.name), Value: few(r, part.n)})
	}
	if officer && !web.Actor(r).In(one.Owner) {
		words := func(id string) *parts.Field {
			return &parts.Field{Name: "reason", ID: "reason-" + id + one.ID, Label: web.T(r, "broker.reason"), Rows: 2, Max: 2000}
		}
		at := "/brokers/" + one.ID
		switch one.State {
		case Applied:
			v.Acts = []entryAct{{at + "/confirmation", web.T(r, "broker.confirm"), nil}, {at + "/refusal", web.T(r, "broker.refuse"), words("r")}}
		case Registered:
			v.Acts = []entryAct{{at + "/suspension", web.T(r, "broker.suspend"), words("s")}}
		case Suspended:
			v.Acts = []entryAct{{at + "/confirmation", web.T(r, "broker.restore"), nil}}
			v.Reason = one.Reason
		}
	}
	return v, nil
}

// few is a count of the track record: one and two are not told apart, so that nobody is known by them.
func few(r *http.Request, n int) string {
	if n == 1 || n == 2 {
		return web.T(r, "broker.few")
	}
	return lang.Number(web.Lang(r), int64(n))
}

func best(b lang.Both, tag lang.Tag) (text, tongue string) {
	text, in := b.Best(tag)
	if in != tag {
		tongue = string(in)
	}
	return text, tongue
}

type applyView struct {
	Fields []parts.Field
	Pair   parts.Pair
	Closed string
	Faults parts.Faults
}

func (x *Broking) showApply(w http.ResponseWriter, r *http.Request) error {
	one := &Intermediary{}
	for _, id := range managed(web.Actor(r)) {
		old, err := entryOf(web.Tx(r), id)
		if err != nil {
			return err
		}
		if old != nil {
			one = old
		}
	}
	return x.drawApply(w, r, one, parts.Faults{})
}

func (x *Broking) drawApply(w http.ResponseWriter, r *http.Request, one *Intermediary, faults parts.Faults) error {
	tag, v := web.Lang(r), applyView{Faults: faults}
	ids := managed(web.Actor(r))
	names, err := x.Deals.Names(web.Tx(r), ids...)
	if err != nil {
		return err
	}
	owner := parts.Field{Name: "owner", Label: web.T(r, "broker.organisation"), Error: faults.At("owner")}
	for _, id := range ids {
		owner.Options = append(owner.Options, parts.Option{Value: id, Text: names[id].In(tag), On: id == one.Owner})
	}
	lang.Sort(owner.Options, func(o parts.Option) string { return o.Text })
	if len(ids) == 0 {
		v.Closed = web.T(r, "broker.needs_organisation")
	}
	kind := parts.Field{Name: "kind", Label: web.T(r, "broker.kind"), Hint: web.T(r, "broker.kind_hint"), Error: faults.At("kind"), Options: []parts.Option{{Text: web.T(r, "broker.choose")}}}
	for _, code := range x.Codes.Of("intermediary_kinds") {
		kind.Options = append(kind.Options, parts.Option{Value: code.Code, Text: code.Name.In(tag), On: code.Code == one.Kind})
	}
	services := parts.Field{Name: "services", Label: web.T(r, "broker.services"), Error: faults.At("services")}
	for _, code := range x.Codes.Of("intermediary_services") {
		option := parts.Option{Value: code.Code, Text: code.Name.In(tag)}
		for _, on := range one.Services {
			option.On = option.On || on == code.Code
		}
		services.Options = append(services.Options, option)
	}
	staff := parts.Field{Name: "staff", Label: web.T(r, "broker.staff"), Error: faults.At("staff"), Short: true, InputMode: "numeric", Max: 7}
	if one.Staff > 0 {
		staff.Value = lang.Number(tag, one.Staff)
	}
	v.Fields = []parts.Field{owner, kind, services, staff}
	v.Pair = parts.Pair{Name: "facilities", Label: web.T(r, "broker.facilities"), Hint: web.T(r, "broker.facilities_hint"), Vi: one.Facilities.Vi, En: one.Facilities.En,
		ErrorVi: faults.At("facilities_vi"), ErrorEn: faults.At("facilities_en"), Rows: 4, Max: 4000}
	page := web.Page{Title: web.T(r, "broker.apply"), Section: "/search", Amiss: faults.Any(), NoIndex: true, Crumbs: []parts.Crumb{{Path: "/brokers", Text: web.T(r, "broker.register")}, {Text: web.T(r, "broker.apply")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, applyPage(v))
}

func (x *Broking) apply(w http.ResponseWriter, r *http.Request) error {
	form := web.Form(r)
	one := &Intermediary{}
	f := fault.New(fault.Invalid, "broker.invalid")
	f.Fields = Intermediaries.Fields.Read(one, func(column string) ([]string, bool) {
		if tongue, ok := strings.CutPrefix(column, "facilities_"); ok {
			return []string{form.Long("facilities." + tongue)}, true
		}
		if column == "services" {
			return form.All(column), true
		}
		return []string{form.Text(column)}, form.Has(column)
	}, x.Codes)
	for _, one := range Intermediaries.Fields.Missing(one) {
		f.At(one.Name, "field.needed")
	}
	one.Owner = form.Text("owner")
	err := f.OrNil()
	if err == nil {
		err = x.Apply(web.Tx(r), web.Actor(r), one)
	}
	faults, rest := web.Faults(r, err)
	if rest != nil {
		return rest
	}
	if faults.Any() {
		return x.drawApply(w, r, one, faults)
	}
	web.Notice(w, r, "broker.sent")
	return web.Goto(w, r, "/brokers")
}

// decide moves an entry by an officer.
func (x *Broking) decide(act string) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		one, err := Intermediaries.Get(web.Tx(r), r.PathValue("id"))
		if err != nil {
			return err
		}
		err = x.Decide(web.Tx(r), web.Actor(r), one, act, web.Form(r).Long("reason"))
		if f, ok := fault.As(err); ok && f.Kind == fault.Invalid {
			web.Warning(w, r, "broker.needs_reason")
			return web.Goto(w, r, "/brokers?box="+one.State)
		}
		if err != nil {
			return err
		}
		web.Notice(w, r, "broker.kept")
		return web.Goto(w, r, "/brokers?box="+one.State)
	}
}
