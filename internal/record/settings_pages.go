package record

import (
	"net/http"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
	"chonoi/internal/when"
)

// settingsView is what the page of settings is drawn from.
type settingsView struct {
	Faults  parts.Faults
	Groups  []settingGroup
	History []parts.Moment
}

// settingGroup is the settings of one heading.
type settingGroup struct {
	Name, Title string
	Fields      []settingField
}

// settingField is one setting on the page: Pair when it is asked for in both tongues.
type settingField struct {
	Field parts.Field
	Pair  *parts.Pair
}

// ShowSettings shows what an administrator may change.
func (s *Settings) ShowSettings(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, parts.Faults{}, nil)
}

// show draws the page; typed is what the administrator typed, nil for what is in force.
func (s *Settings) show(w http.ResponseWriter, r *http.Request, faults parts.Faults, typed *web.Values) error {
	v := settingsView{Faults: faults}
	for _, k := range s.known {
		if n := len(v.Groups); n == 0 || v.Groups[n-1].Name != k.group() {
			v.Groups = append(v.Groups, settingGroup{Name: k.group(), Title: web.T(r, "settings.group."+k.group())})
		}
		g := &v.Groups[len(v.Groups)-1]
		g.Fields = append(g.Fields, s.field(r, k, faults, typed))
	}
	var err error
	if v.History, err = s.history(r); err != nil {
		return err
	}
	page := web.Page{Title: web.T(r, "settings.title"), NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/administration", Text: web.T(r, "settings.administration")}, {Text: web.T(r, "settings.title")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, settingsPage(v))
}

func (k Setting) group() string {
	if k.Group == "" {
		return "listings"
	}
	return k.Group
}

// field makes the input of a setting.
func (s *Settings) field(r *http.Request, k Setting, faults parts.Faults, typed *web.Values) settingField {
	now := s.value(k.Name)
	label := web.T(r, "setting."+k.Name)
	if k.paired() {
		p := parts.Pair{Name: k.Name, Label: label, Vi: now.text.Vi, En: now.text.En, Max: int(k.Most), Optional: !k.Needed,
			ErrorVi: faults.At(k.Name + ".vi"), ErrorEn: faults.At(k.Name + ".en")}
		if k.Kind == LongSetting {
			p.Rows = 3
		}
		if typed != nil {
			both := typed.Both(k.Name)
			p.Vi, p.En = both.Vi, both.En
		}
		return settingField{Pair: &p}
	}
	f := parts.Field{Name: k.Name, Label: label, Value: now.text.Vi, Error: faults.At(k.Name), Optional: k.Kind != NumberSetting}
	switch k.Kind {
	case NumberSetting:
		f.Value, f.InputMode, f.Short = lang.Number(web.Lang(r), now.number), "numeric", true
		f.Hint = web.T(r, "settings.bounds", "Least", k.Least, "Most", k.Most, "Usual", k.Usual)
	case EmailSetting:
		f.Type, f.Max = "email", 254
	case PhoneSetting:
		f.Type, f.Max, f.Short = "tel", 30, true
	case DaySetting:
		f.Type, f.Short = "date", true
	}
	if typed != nil {
		f.Value = typed.Text(k.Name)
	}
	return settingField{Field: f}
}

// ChangeSettings keeps what the administrator typed: all of it, or nothing and the faults shown.
func (s *Settings) ChangeSettings(w http.ResponseWriter, r *http.Request) error {
	form := web.Form(r)
	told := map[string]value{}
	f := fault.New(fault.Invalid, "settings.invalid")
	for _, k := range s.known {
		var v value
		switch {
		case k.paired():
			v.text = form.Both(k.Name)
		case k.Kind == NumberSetting:
			n, ok := form.Int(k.Name)
			if !ok {
				f.At(k.Name, "field.not_a_number")
				continue
			}
			v.number = n
		default:
			v.text.Vi = form.Text(k.Name)
		}
		k.check(v, f)
		told[k.Name] = v
	}
	err := f.OrNil()
	if err == nil {
		err = s.change(web.Tx(r), web.Actor(r).ID, told)
	}
	faults, err := web.Faults(r, err)
	if err != nil {
		return err
	}
	if faults.Any() {
		return s.show(w, r, faults, &form)
	}
	web.Notice(w, r, "settings.saved")
	return web.Goto(w, r, "/administration/settings")
}

// dayText is a stored day as the reader writes it.
func dayText(tag lang.Tag, stored string) string {
	day, err := when.ParseDay(stored)
	if err != nil || day.Zero() {
		return stored
	}
	return lang.Date(tag, day.Start())
}
