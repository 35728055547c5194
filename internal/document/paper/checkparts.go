package paper

import (
	"regexp"
	"slices"
	"strings"
)

// parts are the lines of an uploaded paper by what they are.
type parts struct {
	crown, motto, number, place, letter *row
	superior, issuer                    *row
	kind                                *row
	abstract                            []*row
	to                                  *row
	body                                []*row // blank ones too, for they part paragraphs
	authority, titles                   []*row
	names                               []*row
	word                                *row // "Nơi nhận"
	recipients                          []*row
	appendices                          []*row // the word of each
}

var (
	crowns    = map[string]string{"cong hoa xa hoi chu nghia viet nam": "nation", "dang cong san viet nam": "party"}
	aNumber   = regexp.MustCompile(`(?i)^số\s*:?\s*([0-9]+|[.…_\s]*)\s*[-/]`)
	aDate     = regexp.MustCompile(`(?i)ngày\s*([0-9]{1,2}|[.…_]*)\s*tháng\s*([0-9]{1,2}|[.…_]*)\s*năm\s*([0-9]{4}|[.…_]*)`)
	aPlace    = regexp.MustCompile(`(?i)^([^,;]{2,40},?\s+)?ngày\s*[0-9.…_\s]*\s*tháng\s*[0-9.…_\s]*\s*năm\s*[0-9.…_\s]*$`)
	aSign     = regexp.MustCompile(`^[*_\-–—=.\s]+$`)
	anAddress = regexp.MustCompile(`(?i)^kính\s+(gửi|trình)`)
	anAnnex   = regexp.MustCompile(`(?i)^phụ\s+lục(\s+([0-9]+|[ivxlc]+))?\s*$`)
	aDivision = regexp.MustCompile(`(?i)^(phần|chương|mục|tiểu mục|điều)\s+([0-9]+|[ivxlc]+|thứ)`)
)

// headLines is how many lines from the top the heads may take.
const headLines = 40

// recognise finds the parts by their words and places.
func (c *checker) recognise() {
	p := &c.parts
	head := 0 // first line after the heads
	seen := func(i int, to **row) {
		if *to == nil {
			*to, head = &c.rows[i], max(head, i+1)
		}
	}
	for i := range min(len(c.rows), headLines) {
		r := &c.rows[i]
		folded := r.folded()
		switch {
		case crowns[folded] != "":
			seen(i, &p.crown)
		case strings.HasPrefix(folded, "doc lap") && strings.Contains(folded, "hanh phuc"):
			seen(i, &p.motto)
		case aNumber.MatchString(r.text) && p.kind == nil:
			seen(i, &p.number)
		case aPlace.MatchString(r.text) && p.kind == nil:
			seen(i, &p.place)
		}
	}
	head = c.headTable(head)
	from := c.titleLines(head)
	end := c.ending(from)
	for i := from; i < end; i++ {
		if c.rows[i].table == 0 {
			p.body = append(p.body, &c.rows[i])
		}
	}
}

// headTable finds the issuer and the abstract of a letter beside the national name, and returns the
// first line after the table.
func (c *checker) headTable(head int) int {
	p := &c.parts
	if p.crown == nil || p.crown.table == 0 {
		return head
	}
	var left []*row
	for i := range c.rows {
		r := &c.rows[i]
		if r.table != p.crown.table {
			continue
		}
		head = max(head, i+1)
		if r.column == p.crown.column || r.blank() || aSign.MatchString(r.text) {
			continue
		}
		switch {
		case p.number == r:
		case p.number != nil && (r.paragraph > p.number.paragraph):
			if p.letter == nil {
				p.letter = r
			}
		default:
			left = append(left, r)
		}
	}
	if len(left) > 0 {
		p.issuer = left[len(left)-1]
	}
	if len(left) > 1 {
		p.superior = left[0]
	}
	return head
}

// titleLines finds kind, abstract and addressees, and returns the first line of the body.
func (c *checker) titleLines(at int) int {
	p := &c.parts
	at = c.skipBlank(at)
	if at < len(c.rows) && p.letter == nil && c.rows[at].isKind() {
		p.kind = &c.rows[at]
		at++
		for at < len(c.rows) && c.rows[at].centred() && !c.rows[at].blank() && !aDivision.MatchString(c.rows[at].text) && !aNumber.MatchString(c.rows[at].text) {
			if !aSign.MatchString(c.rows[at].text) {
				p.abstract = append(p.abstract, &c.rows[at])
			}
			at++
		}
	}
	at = c.skipBlank(at)
	if at < len(c.rows) && p.number == nil && aNumber.MatchString(c.rows[at].text) {
		p.number = &c.rows[at]
		at = c.skipBlank(at + 1)
	}
	if at < len(c.rows) && anAddress.MatchString(c.rows[at].text) {
		p.to = &c.rows[at]
		for at++; at < len(c.rows) && strings.HasPrefix(c.rows[at].text, "-"); at++ {
		}
	}
	return at
}

// isKind reports a short line in capitals, or in the middle, that names a kind of paper.
func (r *row) isKind() bool {
	letters := len([]rune(r.text))
	return (r.upper() && letters < 80 || r.centred() && letters < 40) && !anAddress.MatchString(r.text) && !aDivision.MatchString(r.text)
}

func (c *checker) skipBlank(at int) int {
	for at < len(c.rows) && (c.rows[at].blank() || aSign.MatchString(c.rows[at].text)) {
		at++
	}
	return at
}

// ending finds appendices, recipients and signatures, and returns the line after the body.
func (c *checker) ending(from int) int {
	p := &c.parts
	end := len(c.rows)
	for i := from; i < len(c.rows); i++ {
		if c.rows[i].table == 0 && c.rows[i].centred() && anAnnex.MatchString(c.rows[i].text) {
			p.appendices = append(p.appendices, &c.rows[i])
			end = min(end, i)
		}
	}
	word := -1
	for i := from; i < end; i++ {
		if strings.HasPrefix(c.rows[i].folded(), "noi nhan") {
			word = i
		}
	}
	if word < 0 {
		return c.signers(from, end)
	}
	p.word = &c.rows[word]
	for i := word + 1; i < end; i++ {
		r := &c.rows[i]
		if r.table != p.word.table || r.column != p.word.column || r.blank() {
			break
		}
		p.recipients = append(p.recipients, r)
	}
	if p.word.table == 0 {
		return c.signers(from, word)
	}
	first := word
	for first > from && c.rows[first-1].table == p.word.table {
		first--
	}
	c.signature(func(r *row) bool { return r.table == p.word.table && r.column != p.word.column }, first, end)
	return first
}

// signers finds a table of signatures at the end of the text, and returns where it begins.
func (c *checker) signers(from, end int) int {
	last := end - 1
	for last >= from && c.rows[last].table == 0 && end-last < 40 {
		last--
	}
	if last < from || c.rows[last].table == 0 {
		return end
	}
	table, first, columns := c.rows[last].table, last, 0
	for first > from && c.rows[first-1].table == table {
		first--
	}
	upper := false
	for i := first; i <= last; i++ {
		columns = max(columns, c.rows[i].column)
		upper = upper || c.rows[i].upper()
	}
	if columns < 2 || !upper || last-first > 40 {
		return end
	}
	for column := 1; column <= columns; column++ {
		c.signature(func(r *row) bool { return r.table == table && r.column == column }, first, last+1)
	}
	return first
}

// signature sorts the lines of one who signs: capitals are office; the name follows below the room
// that is left for the hand.
func (c *checker) signature(belongs func(*row) bool, from, to int) {
	p := &c.parts
	named, begun, gap := false, false, false
	forms := slices.Concat(c.l.texts("sign.forms"), c.l.texts("sign.other_forms"))
	for i := from; i < to; i++ {
		r := &c.rows[i]
		if !belongs(r) {
			continue
		}
		if r.blank() || strings.HasPrefix(r.text, "(") {
			gap = begun
			continue
		}
		gap = gap || begun && r.stance.before.value > 400
		begun = true
		begins := slices.ContainsFunc(forms, func(form string) bool { return strings.HasPrefix(r.text, form) })
		switch {
		case begins:
			p.authority = append(p.authority, r)
		case r.upper() && !named && !gap:
			p.titles = append(p.titles, r)
		default:
			p.names, named = append(p.names, r), true
		}
	}
}
