package paper

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// heads checks the national name or the Party's, the issuer, the number and the date.
func (c *checker) heads() {
	p := &c.parts
	name := c.l.heading()
	switch {
	case p.crown == nil:
		c.report(Wrong, "crown_missing", name+".text", "", nil, Said{}, said(c.l.text(name+".text")))
	case crowns[p.crown.folded()] != name:
		c.report(Wrong, "crown_other", name+".text", "", p.crown, said(p.crown.text), said(c.l.text(name+".text")))
	default:
		c.face(p.crown, name)
	}
	if c.l.Family == State {
		c.motto()
	}
	if p.crown != nil && p.crown.table > 0 && p.issuer == nil && p.number == nil || p.crown != nil && p.crown.table == 0 && strings.Contains(p.crown.text, "\t") {
		c.report(CannotTell, "issuer_unknown", "issuer.style", "", p.crown, Said{}, Said{})
	}
	c.face(p.superior, "superior")
	c.face(p.issuer, "issuer")
	c.number()
	c.date()
	if p.letter != nil {
		c.letter()
	}
}

func (c *checker) motto() {
	p := &c.parts
	want := c.l.text("motto.text")
	switch {
	case p.motto == nil:
		c.report(Wrong, "motto_missing", "motto.text", "", nil, Said{}, said(want))
	case strings.ToLower(p.motto.text) == strings.ToLower(want) && p.motto.upper():
		c.face(p.motto, "motto")
	case p.motto.text != want:
		c.report(Wrong, "motto_text", "motto.text", "", p.motto, said(p.motto.text), said(want))
	default:
		c.face(p.motto, "motto")
	}
}

var numberParts = regexp.MustCompile(`(?i)^(số\s*)(:?)(\s*)([0-9]+|[.…_\s]*)(\s*)([-/])(.*)$`)

// number checks colon, padding, separators and symbol of the line of the number.
func (c *checker) number() {
	r := c.parts.number
	if r == nil {
		if c.parts.issuer != nil {
			c.report(Wrong, "number_missing", "number.form", "", nil, Said{}, said(c.exampleNumber()))
		}
		return
	}
	c.face(r, "number")
	m := numberParts.FindStringSubmatch(r.text)
	form := c.l.text("number.form")
	colon := strings.Contains(form, ":")
	slash := strings.Contains(form, "{number}/")
	symbol := strings.TrimSpace(m[7])
	loose := m[5] != "" && m[4] != "" && m[4][0] >= '0' && m[4][0] <= '9' || strings.ContainsAny(symbol, " \t") || m[7] != strings.TrimLeft(m[7], " ")
	underscore := strings.Trim(symbol, ".…_ ") == ""
	switch {
	case (m[2] == ":") != colon, (m[6] == "/") != slash, !strings.HasPrefix(m[1], "Số"),
		loose && !underscore, !underscore && !tidySymbol(symbol, slash):
		c.report(Wrong, "number_form", "number.form", "", r, said(r.text), said(c.exampleNumber()))
	}
	if n, err := strconv.Atoi(m[4]); err == nil && padded(n, c.l.use("number.pad")) != m[4] && n < 10 {
		c.report(Wrong, "number_pad", "number.pad", "", r, said(m[4]), said(padded(n, c.l.use("number.pad"))))
	}
}

// tidySymbol reports a symbol of letters, digits and the marks between them. Kinds such as "CTr" and
// "TTr" keep their small letter.
func tidySymbol(symbol string, state bool) bool {
	for _, c := range symbol {
		if !unicode.IsLetter(c) && !unicode.IsDigit(c) && c != '-' && c != '/' && c != '&' && c != '.' {
			return false
		}
	}
	capitals := 0
	for _, c := range symbol {
		if unicode.IsUpper(c) {
			capitals++
		}
	}
	return capitals*2 >= len([]rune(symbol))-strings.Count(symbol, "-")-strings.Count(symbol, "/")
}

func (c *checker) exampleNumber() string {
	symbol := "BC-UBND"
	if c.l.Family == Party {
		symbol = "BC/TU"
	}
	return fill(c.l.text("number.form"), "{number}", "15", "{symbol}", symbol)
}

// date checks that small days and months are padded, and that a comma follows the place.
func (c *checker) date() {
	r := c.parts.place
	if r == nil {
		if c.parts.issuer != nil {
			c.report(Wrong, "date_missing", "date.form", "", nil, Said{}, said(c.exampleDate()))
		}
		return
	}
	c.face(r, "place")
	m := aDate.FindStringSubmatchIndex(r.text)
	if m == nil {
		c.report(Wrong, "date_form", "date.form", "", r, said(r.text), said(c.exampleDate()))
		return
	}
	part := func(i int) string { return r.text[m[2*i]:m[2*i+1]] }
	for i, rule := range []string{1: "date.pad_day", 2: "date.pad_month"} {
		if rule == "" {
			continue
		}
		n, err := strconv.Atoi(part(i))
		want := padded(n, c.l.use(rule))
		switch {
		case err != nil || want == part(i):
		case len(part(i)) < len(want):
			c.report(Wrong, "date_pad", rule, "", r, said(part(i)), said(want))
		default:
			c.report(CannotTell, "date_padded", rule, "", r, said(part(i)), said(want))
		}
	}
	before := strings.TrimSpace(r.text[:m[0]])
	if before != "" && !strings.HasSuffix(before, ",") || before == "" || !strings.HasPrefix(r.text[m[0]:], "ngày") {
		c.report(Wrong, "date_form", "date.form", "", r, said(r.text), said(c.exampleDate()))
	}
}

func (c *checker) exampleDate() string {
	return fill(c.l.text("date.form"), "{place}", "Cần Thơ", "{day}", padded(5, c.l.use("date.pad_day")), "{month}", padded(1, c.l.use("date.pad_month")), "{year}", "2026")
}

// letter checks the abstract that stands under the number of an official letter.
func (c *checker) letter() {
	r := c.parts.letter
	c.face(r, "letter_abstract")
	before, _, _ := strings.Cut(c.l.text("letter_abstract.form"), "{abstract}")
	if !strings.HasPrefix(r.text, strings.TrimSpace(before)) {
		c.report(Wrong, "letter_form", "letter_abstract.form", "", r, said(shortened(r.text)), said(strings.TrimSpace(before)))
	}
}

// titles checks kind, abstract and the line of the addressees.
func (c *checker) titles() {
	p := &c.parts
	switch {
	case p.kind != nil:
		c.face(p.kind, "kind")
		c.centred(p.kind, "kind")
		for _, r := range p.abstract {
			c.face(r, "abstract")
		}
	case p.letter == nil && p.issuer != nil && p.to == nil:
		c.report(CannotTell, "kind_unknown", "kind.style", "", nil, Said{}, Said{})
	}
	if p.to == nil {
		return
	}
	c.face(p.to, "to")
	word := c.l.text("to.word")
	if p.kind != nil && strings.HasPrefix(p.kind.folded(), "to trinh") {
		word = c.l.text("to.submission")
	}
	if !strings.HasPrefix(p.to.text, word+":") {
		c.report(Wrong, "to_word", "to.word", "", p.to, said(shortened(p.to.text)), said(word+":"))
	}
}

func (c *checker) centred(r *row, element string) {
	if !r.centred() {
		c.report(Wrong, "centre", element+".style", element, r, Said{}, Said{})
	}
}
