package record

import (
	"net/http"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// settingsView is what the page of settings is drawn from.
type settingsView struct {
	Faults parts.Faults
	Fields []parts.Field
}

// ShowSettings shows the numbers that an administrator may change.
func (s *Settings) ShowSettings(w http.ResponseWriter, r *http.Request) error {
	return s.show(w, r, parts.Faults{}, nil)
}

func (s *Settings) show(w http.ResponseWriter, r *http.Request, faults parts.Faults, typed func(string) string) error {
	v := settingsView{Faults: faults}
	for _, k := range s.known {
		f := parts.Field{Name: k.Name, Label: web.T(r, "setting."+k.Name), Value: lang.Number(web.Lang(r), s.Int(k.Name)), InputMode: "numeric", Short: true,
			Hint: web.T(r, "settings.bounds", "Least", k.Least, "Most", k.Most, "Usual", k.Usual), Error: faults.At(k.Name)}
		if typed != nil {
			f.Value = typed(k.Name)
		}
		v.Fields = append(v.Fields, f)
	}
	page := web.Page{Title: web.T(r, "settings.title"), NoIndex: true, Amiss: faults.Any(),
		Crumbs: []parts.Crumb{{Path: "/administration", Text: web.T(r, "settings.administration")}, {Text: web.T(r, "settings.title")}}}
	if faults.Any() {
		page.Status = http.StatusUnprocessableEntity
	}
	return web.Show(w, r, page, settingsPage(v))
}

// ChangeSettings keeps what the administrator typed: all of it, or nothing and the faults shown.
func (s *Settings) ChangeSettings(w http.ResponseWriter, r *http.Request) error {
	form := web.Form(r)
	f := fault.New(fault.Invalid, "settings.invalid")
	values := map[string]int64{}
	for _, k := range s.known {
		n, ok := form.Int(k.Name)
		switch {
		case !ok:
			f.At(k.Name, "field.not_a_number")
		case n < k.Least || n > k.Most:
			f.At(k.Name, "field.out_of_range", "Least", k.Least, "Most", k.Most)
		}
		values[k.Name] = n
	}
	if faults, err := web.Faults(r, f.OrNil()); err != nil || faults.Any() {
		if err != nil {
			return err
		}
		return s.show(w, r, faults, form.Text)
	}
	for _, k := range s.known {
		if err := s.Change(web.Tx(r), web.Actor(r).ID, k.Name, values[k.Name]); err != nil {
			return err
		}
	}
	web.Notice(w, r, "settings.saved")
	return web.Goto(w, r, "/administration/settings")
}
