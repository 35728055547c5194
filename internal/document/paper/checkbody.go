package paper

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// body checks the running text: size, both edges, first line, space between paragraphs and lines.
// Headings, captions and what stands in the middle are left to the writer.
func (c *checker) body() {
	var before *row
	for _, r := range c.parts.body {
		if r.blank() {
			before = nil
			continue
		}
		heading := r.is(func(h hand) bool { return h.bold.value })
		switch {
		case r.centred(), r.stance.align.value == "right", r.stance.align.value == "end":
			c.size(r, "body")
			before = nil
			continue
		case heading:
			c.size(r, "section")
		default:
			c.size(r, "body")
			c.align(r)
		}
		if !heading && !r.stance.numbered.value && (before == nil || before.paragraph != r.paragraph) {
			c.indent(r)
		}
		c.lineHeight(r)
		if before != nil && before.paragraph != r.paragraph {
			c.between(before, r)
		}
		before = r
	}
}

func (c *checker) align(r *row) {
	if c.l.text("body.align") == "justify" && r.stance.align.value != "both" && r.stance.align.value != "distribute" {
		c.report(Wrong, "align", "body.align", "", r, Said{}, Said{})
	}
}

func (c *checker) indent(r *row) {
	rule := c.l.Rule("body.indent")
	first := toMM(r.stance.first.value + max(r.stance.left.value, 0))
	if !rule.allows(first, 0.5) && !rule.allows(toMM(r.stance.first.value), 0.5) {
		c.report(Wrong, "indent", rule.Name, "", r, measured(max(first, 0), "paper.unit_mm"), allowed(rule))
	}
}

func (c *checker) between(a, b *row) {
	rule := c.l.Rule("body.between")
	space := toPT(a.stance.after.value + b.stance.before.value)
	if space < rule.Least-0.05 {
		c.report(Wrong, "between", rule.Name, "", b, measured(max(space, 0), "paper.unit_pt"), Said{Numbers: []string{decimal(rule.Least)}, Unit: "paper.unit_pt_least"})
	}
}

// singleLine is how high a single line of Times New Roman is, in sizes of its letters.
const singleLine = 1.15

// lineHeight compares in lines where the layout counts lines, and in points where it counts those.
func (c *checker) lineHeight(r *row) {
	rule := c.l.Rule("body.line")
	size := c.l.use("body.size")
	for _, p := range r.pieces {
		if p.hand.size.told {
			size = float64(p.hand.size.value) / 2
			break
		}
	}
	lines := 1.0
	if s := r.stance; s.height.told {
		lines = float64(s.height.value) / 240
		if s.rule.value != "auto" {
			lines = toPT(s.height.value) / (singleLine * size)
		}
	}
	value, unit, slack := lines, "paper.unit_lines", 0.07
	if rule.Text == "points" {
		value, unit, slack = lines*singleLine*size, "paper.unit_pt", 0.3
	}
	if !rule.allows(value, slack) {
		c.report(Wrong, "line", rule.Name, "", r, measured(value, unit), allowed(rule))
	}
}

// signing checks forms of authority, office and name.
func (c *checker) signing() {
	p := &c.parts
	if len(p.titles)+len(p.authority) == 0 {
		c.report(CannotTell, "signature_unknown", "title.style", "", nil, Said{}, Said{})
		return
	}
	forms := c.l.Rule("sign.forms")
	for _, r := range p.authority {
		if !slices.ContainsFunc(forms.Texts, func(form string) bool { return strings.HasPrefix(r.text, form) }) {
			c.report(Wrong, "sign_form", forms.Name, "", r, said(r.text), said(strings.Join(forms.Texts, " ")))
		}
		c.face(r, "authority")
	}
	for _, r := range p.titles {
		c.face(r, "title")
	}
	for _, r := range p.names {
		c.face(r, "name")
		for _, title := range c.l.texts("sign.no_titles") {
			if strings.HasPrefix(r.text, title) {
				c.report(Wrong, "sign_title", "sign.no_titles", "", r, said(r.text), said(strings.TrimSpace(strings.TrimPrefix(r.text, title))))
				break
			}
		}
	}
}

// recipients checks the word and the list under it.
func (c *checker) recipients() {
	p := &c.parts
	if p.word == nil {
		if len(p.titles)+len(p.authority) > 0 && len(p.names)+len(p.titles) > 0 && p.issuer != nil {
			c.report(Wrong, "recipients_missing", "recipients_word.text", "", nil, Said{}, said(c.l.text("recipients_word.text")))
		}
		return
	}
	c.face(p.word, "recipients_word")
	if want := c.l.text("recipients_word.text"); p.word.text != want {
		c.report(Wrong, "recipients_word", "recipients_word.text", "", p.word, said(shortened(p.word.text)), said(want))
	}
	last := len(p.recipients) - 1
	for i, r := range p.recipients {
		c.face(r, "recipients")
		if !strings.HasPrefix(r.text, "-") && !r.stance.numbered.value {
			c.report(Wrong, "recipients_dash", "recipients.end", "", r, said(shortened(r.text)), said("-"))
		}
		rule := "recipients.end"
		if i == last {
			rule = "recipients.last"
		}
		if want := c.l.text(rule); !strings.HasSuffix(r.text, want) {
			c.report(Wrong, "recipients_end", rule, "", r, said(shortened(r.text)), said(want))
		}
	}
	if keep := c.l.text("recipients.keep"); last >= 0 && !strings.HasPrefix(strings.TrimLeft(p.recipients[last].text, "- "), keep) {
		c.report(Wrong, "recipients_keep", "recipients.keep", "", p.recipients[last], said(shortened(p.recipients[last].text)), said(keep))
	}
}

var annexNumber = regexp.MustCompile(`(?i)^phụ\s+lục\s*(.*)$`)

// appendices checks the word of each appendix and, where there are several, their numbers.
func (c *checker) appendices() {
	for i, r := range c.parts.appendices {
		c.face(r, "appendix_word")
		if len(c.parts.appendices) < 2 {
			return
		}
		want := Roman(i + 1)
		if c.l.text("appendix.numerals") == "arabic" {
			want = strconv.Itoa(i + 1)
		}
		if m := annexNumber.FindStringSubmatch(r.text); m == nil || m[1] != want {
			c.report(Wrong, "appendix_number", "appendix.numerals", "", r, said(r.text), said(c.l.text("appendix_word.text")+" "+want))
		}
	}
}
