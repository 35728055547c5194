package paper

import (
	"context"
	"io"
	"strconv"
	"strings"

	"chonoi/internal/lang"
)

// Severity is how sure a finding is.
type Severity string

// The severities of findings.
const (
	Wrong      Severity = "wrong"       // the rule was read in its text, and the file breaks it
	CannotTell Severity = "cannot_tell" // the file does not show it, or the rule leaves it open
	Unverified Severity = "unverified"  // the file differs from a rule that was not read in its text
)

// Finding is what an uploaded file does otherwise than a rule of the layout wants.
type Finding struct {
	Rule      Rule
	Severity  Severity
	Kind      string // which finding it is: "size", "number_form"
	Element   string // the part of the paper, empty where the finding names it itself
	Stands    Said   // what stands in the file
	Should    Said   // what should stand
	Paragraph int    // number of the first paragraph concerned, 0 for the whole file
	Near      string // its beginning
	Count     int    // how many paragraphs are concerned

	basis lang.Both
}

// Said is a value in a finding: a text of the file or the rule, keys of texts, or numbers in a unit.
type Said struct {
	Text    string
	Keys    []string
	Numbers []string // decimal point; two are a range, unless Either
	Either  bool
	Unit    string
}

// In spells the value in a tongue.
func (s Said) In(words *lang.Words, tag lang.Tag) string {
	switch {
	case len(s.Keys) > 0:
		all := make([]string, len(s.Keys))
		for i, key := range s.Keys {
			all[i] = words.T(tag, key)
		}
		return strings.Join(all, ", ")
	case len(s.Numbers) > 0:
		all := make([]string, len(s.Numbers))
		for i, n := range s.Numbers {
			all[i] = lang.Decimal(tag, n)
		}
		between := " - "
		if s.Either {
			between = " / "
		}
		text := strings.Join(all, between)
		if s.Unit != "" {
			text = words.T(tag, s.Unit, "Value", text)
		}
		return text
	}
	return s.Text
}

// Text tells the finding to a person: what stands and what should.
func (f Finding) Text(words *lang.Words, tag lang.Tag) string {
	part := ""
	if f.Element != "" {
		part = words.T(tag, "paper.part_"+f.Element)
	}
	return words.T(tag, "paper.find_"+f.Kind, "Part", part, "Stands", f.Stands.In(words, tag), "Should", f.Should.In(words, tag))
}

// Basis tells on what the finding rests: the clause of the rule, or its source where no clause is known.
func (f Finding) Basis(words *lang.Words, tag lang.Tag) string {
	key := "paper.basis_" + string(f.Rule.Trust)
	return words.T(tag, key, "Basis", f.basis.In(tag), "Clause", f.Rule.Clause, "Source", f.Rule.Source)
}

// Place tells where in the file the finding is, empty when it is about the whole.
func (f Finding) Place(words *lang.Words, tag lang.Tag) string {
	switch {
	case f.Paragraph == 0:
		return ""
	case f.Count > 1:
		return words.T(tag, "paper.place_many", "Paragraph", strconv.Itoa(f.Paragraph), "Near", f.Near, "Others", strconv.Itoa(f.Count-1))
	}
	return words.T(tag, "paper.place", "Paragraph", strconv.Itoa(f.Paragraph), "Near", f.Near)
}

// Word tells the severity to a person.
func (s Severity) Word(words *lang.Words, tag lang.Tag) string {
	return words.T(tag, "paper.severity_"+string(s))
}

// checker gathers findings; those of the same kind, element and value count as one.
type checker struct {
	*opened
	l     *Layout
	found []Finding
	at    map[string]int
	parts parts
}

// Check holds an uploaded DOCX against a layout. Faults: Unsupported for what is no DOCX, Invalid for a
// damaged one, TooLarge for one that costs too much.
func Check(ctx context.Context, docx io.ReaderAt, size int64, layout *Layout) ([]Finding, error) {
	o, err := open(ctx, docx, size)
	if err != nil {
		return nil, err
	}
	c := &checker{opened: o, l: layout, at: map[string]int{}}
	c.recognise()
	c.pages()
	c.pageNumbers()
	c.fonts()
	c.heads()
	c.titles()
	c.body()
	c.signing()
	c.recipients()
	c.appendices()
	return c.found, nil
}

// report adds a finding about a line; nil is the whole file.
func (c *checker) report(severity Severity, kind, rule, element string, at *row, stands, should Said) {
	r := c.l.Rule(rule)
	if severity == Wrong && !r.Verified() {
		severity = Unverified
	}
	f := Finding{Rule: r, Severity: severity, Kind: kind, Element: element, Stands: stands, Should: should, Count: 1, basis: c.l.Basis}
	if at != nil {
		f.Paragraph, f.Near = at.paragraph, shortened(at.text)
	}
	key := kind + "\x00" + element + "\x00" + rule
	if i, seen := c.at[key]; seen {
		c.found[i].Count++
		return
	}
	c.at[key] = len(c.found)
	c.found = append(c.found, f)
}

func shortened(s string) string {
	const most = 60
	if letters := []rune(s); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return s
}

// atLeast are the units of rules that have no upper bound.
var atLeast = map[string]string{"paper.unit_mm": "paper.unit_mm_least", "paper.unit_pt": "paper.unit_pt_least", "paper.unit_lines": "paper.unit_lines_least"}

// allowed are the values that a number rule allows, as a person is told them.
func allowed(r Rule) Said {
	unit := vocabulary[r.Name].unit
	if r.Text == "points" {
		unit = "paper.unit_pt"
	}
	switch {
	case len(r.OneOf) > 0:
		s := Said{Unit: unit, Either: true}
		for _, one := range r.OneOf {
			s.Numbers = append(s.Numbers, decimal(one))
		}
		return s
	case r.open:
		return Said{Numbers: []string{decimal(r.Least)}, Unit: atLeast[unit]}
	case r.Least == r.Most:
		return Said{Numbers: []string{decimal(r.Least)}, Unit: unit}
	}
	return Said{Numbers: []string{decimal(r.Least), decimal(r.Most)}, Unit: unit}
}

func measured(value float64, unit string) Said {
	return Said{Numbers: []string{decimal(value)}, Unit: unit}
}

func decimal(v float64) string { return strconv.FormatFloat(float64(int(v*100+0.5))/100, 'f', -1, 64) }

func said(text string) Said { return Said{Text: text} }
