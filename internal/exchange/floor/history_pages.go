package floor

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/exchange/listing"
	"chonoi/internal/fault"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/record"
	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

// historyPageSize is how many acts a page of a history shows.
const historyPageSize = 30

// history is what was done with a listing, newest first.
type history struct {
	Heading, Lede string
	Acts          []done
	Older         string
}

// done is one act: when, who, what, and what it changed.
type done struct {
	At, Who, What string
	Changes       []altered
	Erased        bool
}

// altered is one fact before and after an act. Long texts are folded away.
type altered struct {
	Name, Old, New string
	Long           bool
}

// longChange is from how many bytes on a change is folded away.
const longChange = 160

// showHistory shows all that was done with a listing to its owner's people and to the house. To
// others it does not exist.
func (s side[T]) showHistory(w http.ResponseWriter, r *http.Request) error {
	tx, actor := web.Tx(r), web.Actor(r)
	rec, err := s.Kind.Get(tx, r.PathValue("id"))
	if err != nil {
		return err
	}
	l := s.Listing(rec)
	if !actor.In(l.Owner) && !actor.SeesAll() {
		return fault.New(fault.NotFound, "record.not_found")
	}
	before, _ := web.Form(r).Int("before")
	entries, err := ledger.Of(tx, s.Kind.Name, l.ID, before, historyPageSize+1)
	if err != nil {
		return err
	}
	v := history{Heading: web.T(r, "history.title"), Lede: l.Title.In(web.Lang(r))}
	if len(entries) > historyPageSize {
		entries = entries[:historyPageSize]
		v.Older = s.Path(l.ID) + "/history?before=" + strconv.FormatInt(entries[historyPageSize-1].Seq, 10)
	}
	names, err := whoDid(s.x, r, entries)
	if err != nil {
		return err
	}
	for _, e := range entries {
		one, err := s.done(r, e, names)
		if err != nil {
			return err
		}
		v.Acts = append(v.Acts, one)
	}
	page := web.Page{Title: v.Heading, NoIndex: true, Section: "/desk/mine",
		Crumbs: []parts.Crumb{{Path: s.Path(l.ID), Text: l.Number}, {Text: v.Heading}}}
	return web.Show(w, r, page, historyPage(v))
}

// whoDid names the accounts behind entries.
func whoDid(x listing.View, r *http.Request, entries []ledger.Entry) (map[string]string, error) {
	if x.People == nil {
		return map[string]string{}, nil
	}
	seen := map[string]bool{}
	for _, e := range entries {
		if e.Actor != "system" && !strings.HasPrefix(e.Actor, "import:") {
			seen[e.Actor] = true
		}
	}
	return x.People(web.Tx(r), slices.Sorted(maps.Keys(seen))...)
}

func (s side[T]) done(r *http.Request, e ledger.Entry, names map[string]string) (done, error) {
	v := done{At: lang.DateTime(web.Lang(r), e.At), What: actText(r, e.Act), Erased: e.Erased}
	source, imported := strings.CutPrefix(e.Actor, "import:")
	switch {
	case e.Actor == "system":
		v.Who = web.T(r, "history.system")
	case imported:
		v.Who = web.T(r, "history.import", "Source", source)
	case names[e.Actor] != "":
		v.Who = names[e.Actor]
	default:
		v.Who = web.T(r, "history.somebody")
	}
	for _, c := range e.Change {
		one := altered{Name: s.ColumnName(r, c.Field), Long: len(c.Old)+len(c.New) > longChange}
		var err error
		if one.Old, err = s.changed(r, c.Field, c.Old); err != nil {
			return v, err
		}
		if one.New, err = s.changed(r, c.Field, c.New); err != nil {
			return v, err
		}
		v.Changes = append(v.Changes, one)
	}
	return v, nil
}

// actText says what was done; an act without words of its own is told by its name.
func actText(r *http.Request, act string) string {
	if key := "act." + act; web.Words(r).Has(key) {
		return web.T(r, key)
	}
	return act
}

// changed writes the stored text of a change as people read it; nothing for what was not told.
func (s side[T]) changed(r *http.Request, column, text string) (string, error) {
	tag := web.Lang(r)
	if text == "" && column != "anonymous" {
		return "", nil
	}
	if strings.HasPrefix(column, "claim.") {
		return s.claimText(r, text), nil
	}
	switch column {
	case "state":
		return web.T(r, "state."+text), nil
	case "owner":
		names, err := s.x.Names(web.Tx(r), text)
		return names[text].In(tag), err
	case "expires_on", "confirmed_on":
		return listing.DayText(tag, text), nil
	case "file":
		return s.paperText(r, text), nil
	case "shown":
		return s.levels(r, text), nil
	case "reasons":
		return s.x.CodeNames(r, "return_reasons", strings.Split(text, ",")), nil
	case "reason":
		code, note, _ := strings.Cut(text, " | ")
		name := s.x.Codes.Name("withdraw_reasons", code).In(tag)
		if note != "" {
			name = web.T(r, "history.reason_note", "Reason", name, "Note", note)
		}
		return name, nil
	case "answer":
		return web.T(r, "need.answer_"+text), nil
	case "officer":
		if s.x.People == nil {
			return "", nil
		}
		names, err := s.x.People(web.Tx(r), text)
		return names[text], err
	}
	return s.ShownText(r, column, text), nil
}

// claimText writes a claim as the ledger keeps it, "level: vi | en | until", as people read it.
func (s side[T]) claimText(r *http.Request, text string) string {
	tag := web.Lang(r)
	level, rest, leveled := strings.Cut(text, ": ")
	if !leveled || !slices.Contains(record.ClaimLevels, level) {
		level, rest = "", text
	}
	said := strings.Split(rest, " | ")
	statement := lang.Both{Vi: strings.TrimSuffix(said[0], " |")}
	if len(said) > 1 {
		statement.En = said[1]
	}
	if level == "" {
		return statement.In(tag)
	}
	return web.T(r, "history.claim", "Level", s.x.Codes.Name("claim_levels", level), "Statement", statement)
}

// paperText writes a document as the ledger keeps it, "name | level | vi | en", as people read it.
func (s side[T]) paperText(r *http.Request, text string) string {
	told := strings.Split(text, " | ")
	if len(told) < 2 {
		return text
	}
	line := web.T(r, "history.level", "Name", told[0], "Level", s.x.Codes.Name("visibility_levels", told[1]))
	if len(told) > 3 {
		title := lang.Both{Vi: told[2], En: told[3]}
		line = web.T(r, "history.titled", "Title", title, "File", line)
	}
	return line
}

// levels writes who sees which fact, where the owner chose.
func (s side[T]) levels(r *http.Request, text string) string {
	shown := map[string]field.Level{}
	if json.Unmarshal([]byte(text), &shown) != nil {
		return text
	}
	var lines []string
	for _, f := range s.Kind.Fields {
		if level, told := shown[f.Name]; told {
			lines = append(lines, web.T(r, "history.level", "Name", listing.Label(r, s.Kind.Name, f.Name), "Level", s.x.Codes.Name("visibility_levels", level.Code())))
		}
	}
	return strings.Join(lines, "\n")
}
