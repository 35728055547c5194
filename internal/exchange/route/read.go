package route

import (
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// table is one file of an edition: its columns before the tail, and what is done with a row.
type table struct {
	columns []string
	most    int // rows
	take    func(*Law, row)
}

const anyFacts = "class,direction,money,certificate,amendment,contribution"

// tables are the files of an edition. Each must be there.
var tables = map[string]table{
	"edition.csv":     {columns("code,vi,en,base,current_from"), 1, (*Law).takeEdition},
	"rules.csv":       {columns("code," + anyFacts + ",route,doubt"), 300, (*Law).takeRule},
	"steps.csv":       {columns("code," + anyFacts + ",route,act,needed,doubt"), 300, (*Law).takeStep},
	"clocks.csv":      {columns("code,vi,en," + anyFacts + ",route,act,days,unit,since,of,day_off,doubt"), 300, (*Law).takeClock},
	"duties.csv":      {columns("code," + anyFacts + ",act,holder,doubt"), 300, (*Law).takeDuty},
	"authorities.csv": {columns("code,vi,en," + anyFacts + ",act,doubt"), 300, (*Law).takeAuthority},
	"dossier.csv":     {columns("code,vi,en," + anyFacts + ",route,act,needed,form,number,doubt"), 1000, (*Law).takeItem},
	"effective.csv":   {columns("code,route,date,waits,unbegun"), 100, (*Law).takeEffect},
	"doubts.csv":      {columns("code,vi,en," + anyFacts + ",route,asked"), 300, (*Law).takeDoubt},
	"appendices.csv":  {columns("code,vi,en,list,direction,entries"), 100, (*Law).takeAppendix},
}

// screening is the form of each file of the folder screening.
var screening = table{columns("code,vi,en,list,direction,keywords,kind"), mostRows, (*Law).takeEntry}

const (
	mostEntries  = 20_000 // of all files of the folder screening
	mostKeywords = 60     // of an entry
	mostWords    = 12     // of a keyword
)

func columns(list string) []string { return strings.Split(list, ",") }

// collect reads the files of an edition, a later folder's before an earlier one's.
func collect(folders []fs.FS) (map[string][]byte, error) {
	all := map[string][]byte{}
	for _, folder := range folders {
		for _, below := range []string{".", "screening"} {
			names, err := csvOf(folder, below)
			if err != nil {
				return nil, err
			}
			for _, name := range names {
				if all[name], err = readLimited(folder, name); err != nil {
					return nil, err
				}
			}
		}
	}
	if len(all) > mostFiles {
		return nil, fault.New(fault.TooLarge, "route.files_many", "Most", mostFiles)
	}
	return all, nil
}

// read makes an edition of its files.
func read(files map[string][]byte) (*Law, error) {
	l, r := &Law{}, newReader()
	for _, name := range slices.Sorted(maps.Keys(tables)) {
		if _, ok := files[name]; !ok {
			r.at(name, 1, "route.file_missing")
		}
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		t, known := tables[name]
		if path.Dir(name) == "screening" {
			t, known = screening, true
		}
		if !known {
			r.at(name, 1, "route.file_unknown")
			continue
		}
		l.readTable(r, name, files[name], t)
	}
	if len(l.entries) > mostEntries {
		return nil, fault.New(fault.TooLarge, "route.entries_many", "Most", mostEntries)
	}
	if err := r.fault(); err != nil {
		return nil, err
	}
	l.Edition = l.Name + "@" + digest(files)
	l.checkCover(r)
	if err := r.fault(); err != nil {
		return nil, err
	}
	l.buildIndex()
	return l, nil
}

func (l *Law) readTable(r *reader, name string, data []byte, t table) {
	rows := r.rows(name, data, t.columns...)
	if len(rows) > t.most {
		rows[t.most].amiss("route.rows_many", "Most", t.most)
		rows = rows[:t.most]
	}
	if name == "edition.csv" && len(rows) == 0 {
		r.at(name, 1, "route.row_header", "Columns", strings.Join(t.columns, ","))
	}
	told := name
	if path.Dir(name) == "screening" {
		told = "screening" // a code is told once in all its files
	}
	for _, o := range rows {
		code, now := o.cells["code"], Article{}
		now.From, _ = when.ParseDay(o.cells["valid_from"])
		now.To, _ = when.ParseDay(o.cells["valid_to"])
		for _, other := range r.told[told][code] {
			if overlap(now, other) {
				o.amiss("route.row_twice", "Value", short(code))
				break
			}
		}
		r.remember(told, code, now)
		t.take(l, o)
		o.checkTrust()
	}
}

// overlap reports whether two rows hold on a same day.
func overlap(a, b Article) bool {
	return (a.To.Zero() || b.From.Zero() || !b.From.After(a.To)) && (b.To.Zero() || a.From.Zero() || !a.From.After(b.To))
}

// checkTrust refuses a row that is doubtful but names no question for the officer.
func (o row) checkTrust() {
	if doubt, can := o.cells["doubt"]; can && doubt == "" && Trust(o.cells["trust"]) == Doubtful {
		o.amiss("route.row_doubt_needed")
	}
}

// facts returns of which facts a row speaks.
func (o row) facts() condition {
	return condition{setOf(o, "class", Classes), setOf(o, "direction", Directions), setOf(o, "money", Moneys),
		o.yesNo("certificate"), o.yesNo("amendment"), o.yesNo("contribution"), o.line}
}

func (l *Law) takeEdition(o row) {
	l.Name, l.Title, l.Base = o.code(), o.both(), o.cells["base"]
	l.From, l.Current = o.article().From, o.day("current_from")
	if l.From.Zero() || l.Current.Zero() || l.Base == l.Name {
		o.amiss("route.row_edition")
	}
}

func (l *Law) takeRule(o row) {
	l.rules = append(l.rules, rule{o.code(), o.cells["doubt"], o.facts(), oneOf(o, "route", Outcomes), o.article()})
}

func (l *Law) takeStep(o row) {
	l.steps = append(l.steps, stepRow{o.code(), o.cells["doubt"], o.facts(), setOf(o, "route", Outcomes), oneOf(o, "act", Acts),
		o.word("needed", "yes", "no") == "yes", o.article()})
}

func (l *Law) takeClock(o row) {
	l.clocks = append(l.clocks, Clock{Code: o.code(), Name: o.both(), Days: o.number("days", 1, 3650),
		Unit: oneOf(o, "unit", []Unit{Calendar, Working}), Since: oneOf(o, "since", []Event{Signing, Approval, Filing, CompleteFile}),
		Of: oneOf(o, "of", []Party{OfHolder, OfAuthority}), Article: o.article(), moves: o.word("day_off", "stays", "moves") == "moves",
		doubt: o.cells["doubt"], condition: o.facts(), act: oneOf(o, "act", Acts), outcomes: setOf(o, "route", Outcomes)})
}

func (l *Law) takeDuty(o row) {
	l.duties = append(l.duties, duty{o.code(), o.cells["doubt"], o.facts(), oneOf(o, "act", Acts), oneOf(o, "holder", Holders), o.article()})
}

func (l *Law) takeAuthority(o row) {
	l.authorities = append(l.authorities, Authority{Code: o.code(), Name: o.both(), Article: o.article(), doubt: o.cells["doubt"],
		condition: o.facts(), act: oneOf(o, "act", Acts)})
}

func (l *Law) takeItem(o row) {
	l.dossier = append(l.dossier, Item{Code: o.code(), Name: o.both(), Form: o.word("form", "yes", "no") == "yes", Number: o.cells["number"],
		Needed: o.word("needed", "yes", "no") == "yes", Article: o.article(), doubt: o.cells["doubt"], condition: o.facts(),
		act: oneOf(o, "act", Acts), outcomes: setOf(o, "route", Outcomes)})
}

func (l *Law) takeEffect(o row) {
	l.effective = append(l.effective, effect{o.code(), setOf(o, "route", Outcomes), o.word("date", dateNames...),
		o.word("waits", "yes", "no") == "yes", o.word("unbegun", "yes", "no") == "yes", o.article()})
}

func (l *Law) takeDoubt(o row) {
	l.doubts = append(l.doubts, Doubt{Code: o.code(), Question: o.both(), Article: o.article(),
		asked: o.word("asked", "when_named", "always", "lists_incomplete"), condition: o.facts(), outcomes: setOf(o, "route", Outcomes)})
}

func (l *Law) takeAppendix(o row) {
	l.appendices = append(l.appendices, Appendix{Code: o.code(), Name: o.both(), List: oneOf(o, "list", gravity),
		Entries: o.number("entries", 0, mostEntries), Article: o.article(), condition: condition{directions: setOf(o, "direction", Directions)}})
}

func (l *Law) takeEntry(o row) {
	e := Entry{Code: o.code(), Name: o.both(), List: oneOf(o, "list", gravity), Direction: setOf(o, "direction", Directions),
		Example: o.word("kind", "entry", "example") == "example", Article: o.article()}
	for _, k := range strings.Split(o.cells["keywords"], ";") {
		k = strings.TrimSpace(k)
		if n := len(wordsOf(k)); n > 0 && n <= mostWords {
			e.Keywords = append(e.Keywords, k)
		} else if k != "" {
			o.amiss("route.row_keyword", "Value", short(k), "Most", mostWords)
		}
	}
	if len(e.Keywords) > mostKeywords || len(e.Keywords) == 0 && !e.Example {
		o.amiss("route.row_keywords", "Most", mostKeywords)
	}
	l.entries = append(l.entries, e)
}
