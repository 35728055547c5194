package record

import (
	"net/http"
	"slices"

	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// settingsPast is how many changes the page of settings tells of.
const settingsPast = 20

// history tells the newest changes of settings: who, when, from what to what.
func (s *Settings) history(r *http.Request) ([]parts.Moment, error) {
	tx := web.Tx(r)
	var all []ledger.Entry
	for _, k := range s.known {
		entries, err := ledger.Of(tx, "setting", k.Name, 0, settingsPast)
		if err != nil {
			return nil, err
		}
		all = append(all, entries...)
	}
	slices.SortFunc(all, func(a, b ledger.Entry) int { return int(b.Seq - a.Seq) })
	all = all[:min(len(all), settingsPast)]
	names, err := s.names(r, all)
	if err != nil {
		return nil, err
	}
	var told []parts.Moment
	for _, e := range all {
		for _, c := range e.Change {
			told = append(told, parts.Moment{At: lang.DateTime(web.Lang(r), e.At), Who: names[e.Actor], State: "done",
				Text: web.T(r, "settings.changed", "Setting", s.label(r, e.ID, c.Field)),
				Note: web.T(r, "settings.from_to", "Old", s.shown(r, e.ID, c.Old), "New", s.shown(r, e.ID, c.New))})
		}
	}
	return told, nil
}

func (s *Settings) names(r *http.Request, all []ledger.Entry) (map[string]string, error) {
	var ids []string
	for _, e := range all {
		if !slices.Contains(ids, e.Actor) {
			ids = append(ids, e.Actor)
		}
	}
	if s.People == nil || len(ids) == 0 {
		return nil, nil
	}
	return s.People(web.Tx(r), ids...)
}

// label is the name of a setting, with the tongue of the text that was changed.
func (s *Settings) label(r *http.Request, name, field string) string {
	label := web.T(r, "setting."+name)
	switch field {
	case name + ".vi":
		return web.T(r, "settings.in_vietnamese", "Setting", label)
	case name + ".en":
		return web.T(r, "settings.in_english", "Setting", label)
	}
	return label
}

// shown is a former or new value as the reader reads it.
func (s *Settings) shown(r *http.Request, name, stored string) string {
	if stored == "" {
		return web.T(r, "settings.nothing")
	}
	if i := s.index(name); i >= 0 && s.known[i].Kind == DaySetting {
		return dayText(web.Lang(r), stored)
	}
	return stored
}
