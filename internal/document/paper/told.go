package paper

import (
	"strings"

	"chonoi/internal/lang"
)

// Label names what a rule is about to a person.
func (r Rule) Label(words *lang.Words, tag lang.Tag) string {
	element, what, _ := strings.Cut(r.Name, ".")
	if form := vocabulary[r.Name]; form.value == "style" || what == "size" {
		return words.T(tag, "paper.rule_"+what, "Part", words.T(tag, "paper.part_"+element))
	}
	return words.T(tag, "paper.rule_"+strings.ReplaceAll(r.Name, ".", "_"))
}

// Value tells what a rule allows, in words and units of a person.
func (r Rule) Value(words *lang.Words, tag lang.Tag) string {
	switch form := vocabulary[r.Name]; {
	case form.value == "style":
		return faceOf(r.Text).said().In(words, tag)
	case form.value == "texts" && len(r.Texts) > 0:
		return strings.Join(r.Texts, ", ")
	case form.value == "text" && coded[r.Name]:
		return words.T(tag, "paper.value_"+r.Text)
	case form.value == "text" && r.Text != "":
		return holes.Replace(r.Text)
	case form.value == "number" && strings.HasSuffix(r.Name, ".line") && form.unit == "":
		return words.T(tag, "paper.value_line", "Share", r.shares().In(words, tag))
	case form.value == "number" && form.unit == "":
		return words.T(tag, "paper.value_pad", "N", int(r.Use))
	case form.value == "number":
		return allowed(r).In(words, tag)
	}
	return words.T(tag, "paper.value_none")
}

// coded are the rules whose text is a word of the vocabulary and not of the paper.
var coded = map[string]bool{"colour": true, "body.align": true, "part.numerals": true, "appendix.numerals": true, "appendix.pages": true,
	"pagenumber.place": true, "pagenumber.first": true}

// holes show a form of the layout with dots where a paper has its own words.
var holes = strings.NewReplacer("{number}", "…", "{symbol}", "…", "{place}", "…", "{day}", "…", "{month}", "…", "{year}", "…", "{abstract}", "…", "{kind}", "…", "{issuer}", "…")

// shares are the lengths that a line may have, in hundredths of the words that it stands below.
func (r Rule) shares() Said {
	s := Said{Unit: "paper.unit_percent"}
	for _, share := range []float64{r.Least, r.Most} {
		if one := decimal(share * 100); len(s.Numbers) == 0 || s.Numbers[0] != one {
			s.Numbers = append(s.Numbers, one)
		}
	}
	return s
}

// Grounds tells on what a rule rests: its clause within the layout's basis, or how it is known where
// no clause is.
func (r Rule) Grounds(words *lang.Words, tag lang.Tag) string {
	switch {
	case r.Trust == NotFound:
		return words.T(tag, "paper.ground_not_found")
	case r.Clause != "":
		return words.T(tag, "paper.ground_"+string(r.Trust), "Clause", r.Clause)
	}
	return words.T(tag, "paper.ground_no_clause", "Source", r.Source)
}

// Remedy tells what to do about a finding in a word processor.
func (f Finding) Remedy(words *lang.Words, tag lang.Tag) string {
	key := remedies[f.Kind]
	if key == "" {
		key = "paper.do_write"
	}
	return words.T(tag, key, "Should", f.Should.In(words, tag))
}

// remedies are what to do by the kind of a finding; for all others the words are mended.
var remedies = map[string]string{
	"page_size": "paper.do_page", "margin": "paper.do_page", "page_unknown": "paper.do_page_unknown", "page_landscape": "paper.do_landscape",
	"pagenumber_missing": "paper.do_pagenumber", "pagenumber_place": "paper.do_pagenumber", "pagenumber_align": "paper.do_pagenumber",
	"pagenumber_first": "paper.do_first_page", "font": "paper.do_font", "font_unknown": "paper.do_font", "colour": "paper.do_colour",
	"size": "paper.do_size", "style": "paper.do_style", "crown_missing": "paper.do_add", "motto_missing": "paper.do_add", "number_missing": "paper.do_add",
	"date_missing": "paper.do_add", "recipients_missing": "paper.do_add", "crown_other": "paper.do_crown", "issuer_unknown": "paper.do_issuer",
	"kind_unknown": "paper.do_kind", "signature_unknown": "paper.do_signature", "centre": "paper.do_centre", "align": "paper.do_align",
	"indent": "paper.do_indent", "between": "paper.do_between", "line": "paper.do_line", "sign_form": "paper.do_sign_form",
	"letter_form": "paper.do_begin", "to_word": "paper.do_begin", "recipients_keep": "paper.do_begin", "recipients_dash": "paper.do_dash", "recipients_end": "paper.do_end",
}
