package paper

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"chonoi/internal/lang"
	"chonoi/internal/when"
	"chonoi/lists"
)

// profile is a layout with all versions of its rules.
type profile struct {
	name, family       string
	title, basis, note lang.Both
	source             string
	from, to           when.Day
	rules              map[string][]Rule // versions by name
	neutral            map[string]Rule
}

// on takes the rules of a day. Outside the validity of a rule its nearest version serves, so that a
// layout can be shown on any day.
func (p profile) on(day when.Day) *Layout {
	l := &Layout{Name: p.name, Family: p.family, Title: p.title, Basis: p.basis, Note: p.note, Source: p.source,
		From: p.from, To: p.to, On: day, rules: make(map[string]Rule, len(p.rules)+len(p.neutral))}
	for name, r := range p.neutral {
		l.rules[name] = r
	}
	for name, versions := range p.rules {
		l.rules[name] = versions[0]
		for _, r := range versions {
			if within(day, r.From, r.To) || !r.From.Zero() && day.After(r.From) {
				l.rules[name] = r
			}
		}
	}
	return l
}

// layoutFile is the form of a profile in lists/layouts.
type layoutFile struct {
	Name, Family, Source, Trust string
	TitleVi                     string   `toml:"title_vi"`
	TitleEn                     string   `toml:"title_en"`
	BasisVi                     string   `toml:"basis_vi"`
	BasisEn                     string   `toml:"basis_en"`
	NoteVi                      string   `toml:"note_vi"`
	NoteEn                      string   `toml:"note_en"`
	ValidFrom                   string   `toml:"valid_from"`
	ValidTo                     string   `toml:"valid_to"`
	NotFound                    []string `toml:"not_found"`
	Rule                        []ruleLine
}

type ruleLine struct {
	Name                  string
	Use, Least, Most      *float64
	OneOf                 []float64 `toml:"one_of"`
	Text                  *string
	Texts                 []string
	Clause, Source, Trust string
	ValidFrom             string `toml:"valid_from"`
	ValidTo               string `toml:"valid_to"`
}

// Shipped loads the layouts that come with the program.
func Shipped() (*Layouts, error) {
	files, err := fs.Sub(lists.Layouts, "layouts")
	if err != nil {
		return nil, err
	}
	return Load(files)
}

// WithOwn loads the layouts that come with the program and those of a folder of a deployment, which
// may not be there. A file of the folder takes the place of a shipped one of its name, so that an
// officer ends an old layout and adds its successor.
func WithOwn(folder string) (*Layouts, error) {
	shipped, err := fs.Sub(lists.Layouts, "layouts")
	if err != nil {
		return nil, err
	}
	return Load(shipped, os.DirFS(folder))
}

// Load reads every profile of folders, neutral.toml among them; a later folder's file takes the place
// of an earlier one's of that name. It checks that each rule is known, told once for each day, of the
// right form and with its source, and that no two profiles of a family are in force on the same day.
func Load(folders ...fs.FS) (*Layouts, error) {
	in := map[string]fs.FS{}
	for _, files := range folders {
		names, err := fs.Glob(files, "*.toml")
		if err != nil {
			return nil, err
		}
		for _, name := range names {
			in[name] = files
		}
	}
	if in["neutral.toml"] == nil {
		return nil, errors.New("layouts: neutral.toml is missing")
	}
	neutral, err := readProfile(in["neutral.toml"], "neutral.toml")
	if err != nil {
		return nil, err
	}
	all := &Layouts{}
	for _, name := range slices.Sorted(maps.Keys(in)) {
		if path.Base(name) == "neutral.toml" {
			continue
		}
		p, err := readProfile(in[name], name)
		if err == nil {
			err = p.fillFrom(neutral)
		}
		if err != nil {
			return nil, fmt.Errorf("layout %s: %w", name, err)
		}
		for _, other := range all.profiles {
			if other.family == p.family && overlap(other.from, other.to, p.from, p.to) {
				return nil, fmt.Errorf("layout %s: in force together with %s", name, other.name)
			}
		}
		all.profiles = append(all.profiles, p.profile)
	}
	slices.SortFunc(all.profiles, func(a, b profile) int {
		if order := strings.Compare(b.family, a.family); order != 0 {
			return order
		}
		return strings.Compare(b.from.String(), a.from.String())
	})
	return all, nil
}

// told is a profile as its file tells it.
type told struct {
	profile
	notFound []string
}

func readProfile(files fs.FS, name string) (told, error) {
	var f layoutFile
	meta, err := toml.DecodeFS(files, name, &f)
	if err != nil {
		return told{}, err
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return told{}, fmt.Errorf("%s: unknown key %s", name, unknown[0])
	}
	p := told{profile: profile{name: f.Name, family: f.Family, source: f.Source, rules: map[string][]Rule{},
		title: lang.Both{Vi: f.TitleVi, En: f.TitleEn}, basis: lang.Both{Vi: f.BasisVi, En: f.BasisEn},
		note: lang.Both{Vi: f.NoteVi, En: f.NoteEn}}, notFound: f.NotFound}
	if p.from, p.to, err = span(f.ValidFrom, f.ValidTo); err != nil {
		return p, err
	}
	if p.name+".toml" != path.Base(name) || p.title.Vi == "" || p.title.En == "" || p.basis.Vi == "" || p.basis.En == "" || p.source == "" {
		return p, fmt.Errorf("%s: name, title, basis and source are needed, the name as the file's", name)
	}
	for _, line := range f.Rule {
		r, err := line.rule(p.profile, Trust(f.Trust))
		if err != nil {
			return p, fmt.Errorf("rule %s: %w", line.Name, err)
		}
		for _, other := range p.rules[r.Name] {
			if overlap(other.From, other.To, r.From, r.To) {
				return p, fmt.Errorf("rule %s: told twice for the same day", r.Name)
			}
		}
		p.rules[r.Name] = append(p.rules[r.Name], r)
	}
	for _, versions := range p.rules {
		slices.SortFunc(versions, func(a, b Rule) int { return strings.Compare(a.From.String(), b.From.String()) })
	}
	return p, nil
}

func span(from, to string) (first, last when.Day, err error) {
	if first, err = when.ParseDay(from); err != nil {
		return first, last, err
	}
	if last, err = when.ParseDay(to); err != nil {
		return first, last, err
	}
	if !last.Zero() && last.Before(first) {
		return first, last, errors.New("valid_to is before valid_from")
	}
	return first, last, nil
}

func overlap(from, to, otherFrom, otherTo when.Day) bool {
	return (to.Zero() || otherFrom.Zero() || !otherFrom.After(to)) && (otherTo.Zero() || from.Zero() || !from.After(otherTo))
}

func (line ruleLine) rule(p profile, usual Trust) (Rule, error) {
	form, known := vocabulary[line.Name]
	if !known {
		return Rule{}, errors.New("is not in the vocabulary")
	}
	r := Rule{Name: line.Name, OneOf: line.OneOf, Texts: line.Texts, Clause: line.Clause, Source: line.Source,
		Trust: Trust(line.Trust), From: p.from, To: p.to}
	if r.Source == "" {
		r.Source = p.source
	}
	if r.Trust == "" {
		r.Trust = usual
	}
	if !slices.Contains([]Trust{InText, SecondHand, ToCheck, NotFound}, r.Trust) {
		return r, fmt.Errorf("no such trust: %q", r.Trust)
	}
	if r.Trust == NotFound && p.family != "" {
		return r, errors.New("a rule that was not found stands in not_found, without a value")
	}
	if line.ValidFrom != "" || line.ValidTo != "" {
		var err error
		if r.From, r.To, err = span(line.ValidFrom, line.ValidTo); err != nil {
			return r, err
		}
	}
	if line.Text != nil {
		r.Text = *line.Text
	}
	if line.Use != nil {
		r.Use, r.Least, r.Most = *line.Use, *line.Use, *line.Use
	}
	if line.Least != nil {
		r.Least, r.open = *line.Least, line.Most == nil
	}
	if line.Most != nil {
		r.Most, r.open = *line.Most, false
	}
	if r.open {
		r.Most = 0
	}
	return r, form.fits(line, r)
}

// fillFrom gives the neutral rules to what the profile did not find. A rule of its family that is
// neither told nor listed as not found is an error, and so is one that is both.
func (p *told) fillFrom(neutral told) error {
	if p.family != State && p.family != Party {
		return fmt.Errorf("no such family: %q", p.family)
	}
	for name := range vocabulary {
		if len(neutral.rules[name]) == 0 {
			return fmt.Errorf("neutral.toml does not tell %s", name)
		}
	}
	p.neutral = map[string]Rule{}
	for _, name := range p.notFound {
		if _, known := vocabulary[name]; !known || len(p.rules[name]) > 0 {
			return fmt.Errorf("not_found %s: is told, or is not in the vocabulary", name)
		}
		r := neutral.rules[name][0]
		r.From, r.To = p.from, p.to
		p.neutral[name] = r
	}
	for name, form := range vocabulary {
		if form.only != "" && form.only != p.family {
			continue
		}
		_, missing := p.neutral[name]
		if !missing && len(p.rules[name]) == 0 {
			return fmt.Errorf("%s is neither told nor listed under not_found", name)
		}
	}
	return nil
}
