package paper

import (
	"slices"
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Trust is how sure we are of a rule.
type Trust string

// The degrees of trust, the surest first.
const (
	InText     Trust = "text"        // read in the text of the rule
	SecondHand Trust = "second_hand" // told by others who claim to follow the rule
	ToCheck    Trust = "check"       // those who tell it disagree
	NotFound   Trust = "not_found"   // no source: a neutral value of the exchange
)

// Families of layouts.
const (
	State = "state" // bodies of the State: national name and motto
	Party = "party" // bodies of the Party: the Party's name
)

// Rule is one rule of a layout on the day for which the layout was asked. Lengths of the page and
// indents are millimetres, letters and spaces points.
type Rule struct {
	Name        string
	Use         float64   // what the writers set
	Least, Most float64   // what the checker allows; Most is 0 where there is no upper bound
	OneOf       []float64 // the only values allowed, where told
	Text        string
	Texts       []string
	Clause      string // number of the clause within the basis, empty where none is known
	Source      string
	Trust       Trust
	From, To    when.Day // first and last day in force; no day is open

	open bool // upwards
}

// Verified reports whether the rule was read in its own text.
func (r Rule) Verified() bool { return r.Trust == InText }

// allows reports whether a measured value keeps the rule, give or take slack.
func (r Rule) allows(value, slack float64) bool {
	if len(r.OneOf) > 0 {
		return slices.ContainsFunc(r.OneOf, func(one float64) bool { return value >= one-slack && value <= one+slack })
	}
	if value < r.Least-slack {
		return false
	}
	return r.open || value <= r.Most+slack
}

// Layout is a profile of layout rules (thể thức và kỹ thuật trình bày) as it stands on a day.
type Layout struct {
	Name     string // "state-2020": what records keep
	Family   string // State or Party
	Title    lang.Both
	Basis    lang.Both // the document and part that clause numbers count in
	Note     lang.Both // what is doubtful about the profile as a whole
	Source   string
	From, To when.Day
	On       when.Day // the day for which the rules were taken

	rules map[string]Rule
}

// Rule returns the rule of that name. Every name of the vocabulary has one in every layout of its
// family; a rule that no source tells has the neutral value and the trust NotFound.
func (l *Layout) Rule(name string) Rule { return l.rules[name] }

// Rules are all rules, by name.
func (l *Layout) Rules() []Rule {
	all := make([]Rule, 0, len(l.rules))
	for _, r := range l.rules {
		all = append(all, r)
	}
	slices.SortFunc(all, func(a, b Rule) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// Unverified are the rules that were not read in their own text; a page that offers the layout says
// how many there are.
func (l *Layout) Unverified() []Rule {
	return slices.DeleteFunc(l.Rules(), Rule.Verified)
}

func (l *Layout) use(name string) float64    { return l.rules[name].Use }
func (l *Layout) text(name string) string    { return l.rules[name].Text }
func (l *Layout) texts(name string) []string { return l.rules[name].Texts }
func (l *Layout) style(element string) face  { return faceOf(l.text(element + ".style")) }

// heading is the element at the top right: the national name or the Party's.
func (l *Layout) heading() string {
	if l.Family == Party {
		return "party"
	}
	return "nation"
}

// SignForm is the way in which one signs for another.
type SignForm int

// The ways of signing; not every layout has all.
const (
	OnBehalf  SignForm = iota // thay mặt
	InPlace                   // ký thay
	ByOrder                   // thừa lệnh
	ByMandate                 // thừa ủy quyền
	InOffice                  // giao quyền
)

// SignForm is the short form that a layout writes before the body or office, such as "TM." or "T/M";
// empty where it has none.
func (l *Layout) SignForm(form SignForm) string {
	if forms := l.texts("sign.forms"); int(form) < len(forms) {
		return forms[form]
	}
	return ""
}

// face is how letters look.
type face struct{ bold, italic, underline, caps bool }

func faceOf(words string) (f face) {
	for _, word := range strings.Fields(words) {
		switch word {
		case "bold":
			f.bold = true
		case "italic":
			f.italic = true
		case "underline":
			f.underline = true
		case "caps":
			f.caps = true
		}
	}
	return f
}

// Layouts are all profiles that were loaded, with the history of their rules.
type Layouts struct{ profiles []profile }

// In returns the layout of a family that is in force on a day; fault NotFound when there is none.
func (ls *Layouts) In(family string, day when.Day) (*Layout, error) {
	for _, p := range ls.profiles {
		if p.family == family && within(day, p.from, p.to) {
			return p.on(day), nil
		}
	}
	return nil, fault.New(fault.NotFound, "paper.no_layout")
}

// Named returns the layout of a name as it stands on a day, be it in force or not: a report keeps the
// layout under which it was issued. Fault NotFound when there is no such layout.
func (ls *Layouts) Named(name string, day when.Day) (*Layout, error) {
	for _, p := range ls.profiles {
		if p.name == name {
			return p.on(day), nil
		}
	}
	return nil, fault.New(fault.NotFound, "paper.no_layout")
}

// All are the layouts as they stand on a day, those of the State first, the newest first.
func (ls *Layouts) All(day when.Day) (all []*Layout) {
	for _, p := range ls.profiles {
		all = append(all, p.on(day))
	}
	return all
}

func within(day, from, to when.Day) bool {
	return (from.Zero() || !day.Before(from)) && (to.Zero() || !day.After(to))
}
