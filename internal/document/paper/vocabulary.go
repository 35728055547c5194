package paper

import (
	"errors"
	"slices"
	"strings"
)

// form is what kind of value a rule has.
type form struct {
	only  string // the family that has it; both when empty
	value string // "number", "text", "texts", "style"
	unit  string // text key of the unit of a number
}

// fits checks the line of a rule against its form.
func (f form) fits(line ruleLine, r Rule) error {
	switch f.value {
	case "number":
		if line.Use == nil || line.Texts != nil {
			return errors.New("needs a number in use")
		}
		if r.Use < 0 || r.Use > 1000 || !r.allows(r.Use, 0) || !r.open && r.Least > r.Most {
			return errors.New("use is not what least, most and one_of allow")
		}
		return nil
	case "texts":
		if line.Texts == nil || line.Use != nil || line.Text != nil {
			return errors.New("needs texts")
		}
		return nil
	}
	if line.Text == nil || line.Use != nil || line.Texts != nil {
		return errors.New("needs a text")
	}
	if f.value == "style" {
		for _, word := range strings.Fields(r.Text) {
			if !slices.Contains([]string{"bold", "italic", "underline", "caps"}, word) {
				return errors.New("a style is made of bold, italic, underline and caps")
			}
		}
	}
	return nil
}

// elements are the parts of a paper whose letters have a size and a style.
var elements = []string{
	"nation", "motto", "party", "superior", "issuer", "number", "place", "kind", "abstract", "letter_abstract",
	"to", "basis", "body", "part", "part_title", "section", "article", "clause", "point",
	"authority", "title", "name", "recipients_word", "recipients",
	"appendix_word", "appendix_title", "appendix_reference", "pagenumber",
}

// vocabulary are the names of all rules.
var vocabulary = func() map[string]form {
	all := map[string]form{}
	put := func(value, unit string, names ...string) {
		for _, name := range names {
			f := form{value: value, unit: unit}
			switch element, _, _ := strings.Cut(name, "."); element {
			case "nation", "motto":
				f.only = State
			case "party":
				f.only = Party
			}
			all[name] = f
		}
	}
	for _, element := range elements {
		put("number", "paper.unit_pt", element+".size")
		put("style", "", element+".style")
	}
	put("number", "paper.unit_mm", "page.width", "page.height", "page.top", "page.bottom", "page.left", "page.right", "body.indent")
	put("number", "paper.unit_pt", "body.between", "table.size")
	put("number", "paper.unit_lines", "body.line") // with the text "points": an exact height in points
	put("number", "", "motto.line", "party.line", "issuer.line", "abstract.line", "number.pad", "date.pad_day", "date.pad_month")
	put("text", "", "font", "colour", "nation.text", "motto.text", "party.text", "issuer.under", "abstract.under",
		"number.form", "date.form", "letter_abstract.form", "to.word", "to.submission", "body.align", "part.numerals",
		"sign.unsigned", "recipients_word.text", "recipients.end", "recipients.last", "recipients.keep",
		"appendix_word.text", "appendix_reference.form", "appendix.numerals", "appendix.pages",
		"pagenumber.place", "pagenumber.first")
	put("texts", "", "point.letters", "sign.forms", "sign.other_forms", "sign.no_titles")
	return all
}()
