package reading

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// paper is a document divided into what stands in it: head, body, end, annexes.
type paper struct {
	head     []line // down to the line with the kind
	kind     string
	abstract []line
	dayAbove []line // place and day of issue below the kind, above the abstract
	dayBelow []line // or below it
	preamble []line
	body     []line
	closing  []line
	end      []line // recipients and signature
	annexes  []annex
}

// annex is what follows the signature under a title of its own: Phụ lục, or a rule or plan that the
// document puts into force.
type annex struct {
	title []line
	body  []line
	whole bool // a document of its own, with its own numbers
}

// deepestHead is how many lines a head may have before the kind of the document is given up.
const deepestHead = 80

// divide finds the parts of a document.
func divide(all []line) paper {
	var p paper
	rest := p.takeHead(all)
	rest = p.takeFront(rest)
	stop := endOf(rest)
	p.body, rest = rest[:stop], rest[stop:]
	last := annexFrom(rest, true)
	p.end, rest = rest[:last], rest[last:]
	p.annexes = annexesOf(rest)
	return p
}

// takeHead takes the lines down to the kind.
func (p *paper) takeHead(all []line) []line {
	for i := range all {
		if i > deepestHead {
			break
		}
		l := &all[i]
		if l.table != nil {
			if at, kind := kindInTable(l); kind != "" && at {
				p.head, p.kind = all[:i+1], kind
				return all[i+1:]
			}
			continue
		}
		if kind, rest := kindOf(l.text); kind != "" && l.label == nil {
			p.head, p.kind = all[:i], kind
			if rest != "" {
				first := *l
				first.text = rest
				p.abstract = append(p.abstract, first)
			}
			return all[i+1:]
		}
		if l.marker != "" && l.level >= 0 || firstOfBody(l) {
			break
		}
	}
	n := 0
	for n < len(all) && n < 30 && headLike(&all[n]) {
		n++
	}
	p.head = all[:n]
	return all[n:]
}

func kindInTable(l *line) (bool, string) {
	if !layout(l.table) {
		return false, ""
	}
	for _, s := range cellTexts(l.table) {
		if kind, _ := kindOf(s); kind != "" {
			return true, kind
		}
	}
	return false, ""
}

// headLike reports whether a line belongs to the head of a paper that tells no kind.
func headLike(l *line) bool {
	if l.table != nil {
		return layout(l.table)
	}
	if len(l.parts) > 1 || ornament.MatchString(l.text) || isMotto(l.text) || dated.MatchString(l.text) || numbered.MatchString(l.text) {
		return true
	}
	if strings.HasPrefix(l.text, "V/v") {
		return true
	}
	return l.caps && typed(l.text) == nil && utf8.RuneCountInString(l.text) < 60
}

var basis = regexp.MustCompile(`^[-–+*•]?\s*(Căn cứ|Theo đề nghị|Xét|Thực hiện|Theo|Để|Nhằm|Kính gửi|Quán triệt|Triển khai|Tiếp tục|Thi hành)\s`)

// takeFront takes title, legal bases and preamble, down to the first marker of the body.
func (p *paper) takeFront(all []line) []line {
	i := p.takeAbstract(all)
	begin := bodyFrom(all[i:])
	p.preamble = withoutOrnaments(all[i : i+begin])
	return all[i+begin:]
}

// takeAbstract takes the title below the kind and returns where it ends. A title is short, begins
// after no gap or stands in the middle, and closes no sentence.
func (p *paper) takeAbstract(all []line) int {
	if p.kind == "" {
		return 0
	}
	i, runes := 0, 0
	for i < len(all) {
		l := &all[i]
		if l.table != nil {
			break
		}
		if ornament.MatchString(l.text) {
			i++
			if len(p.abstract) > 0 {
				break
			}
			continue
		}
		if dayOfIssue(l) {
			if len(p.abstract) > 0 {
				p.dayBelow = append(p.dayBelow, *l)
			} else {
				p.dayAbove = append(p.dayAbove, *l)
			}
			i++
			continue
		}
		if len(p.abstract) > 0 && p.beginsAnew(l) || firstOfBody(l) || l.label != nil && len(p.abstract) == 0 {
			break
		}
		if strings.HasPrefix(l.text, "Căn cứ") || strings.HasPrefix(l.text, "Kính gửi") || runes > 800 || strings.HasSuffix(l.text, ":") {
			break
		}
		if ended(l.text) && strings.HasSuffix(l.text, ".") && !strings.HasPrefix(l.text, "(") && len(p.abstract) == 0 && runes+utf8.RuneCountInString(l.text) > 200 {
			break
		}
		runes += utf8.RuneCountInString(l.text)
		p.abstract = append(p.abstract, *l)
		i++
	}
	for i < len(all) && all[i].table == nil && ornament.MatchString(all[i].text) {
		i++
	}
	return i
}

var onlyDay = regexp.MustCompile(`^\p{Lu}[\p{L} ]{1,40},\s*ngày\s+(\d{1,2}|[.…_]+)\s*(tháng\s+(\d{1,2}|[.…_]+)\s*năm\s+\d{4}|[/.-]\d{1,2}[/.-]\d{4})$`)

// dayOfIssue reports whether a line below the kind is nothing but place and day of issue, as papers
// without a head of two columns print them.
func dayOfIssue(l *line) bool {
	return l.label == nil && (l.gap || l.inWord) && onlyDay.MatchString(l.text)
}

// beginsAnew reports whether l is no more part of the title that was begun.
func (p *paper) beginsAnew(l *line) bool {
	last := &p.abstract[len(p.abstract)-1]
	if small(l.text) {
		return false
	}
	if last.centred && l.centred && last.bold == l.bold && !(l.caps && !last.caps) {
		return false
	}
	if last.bold && !l.bold || last.centred && !l.centred || last.caps != l.caps {
		return true
	}
	if last.bold && l.bold && !l.gap && !l.inWord {
		return false
	}
	if l.gap || l.inWord {
		return true
	}
	return basis.MatchString(l.text)
}

// firstOfBody reports whether a line begins a count that can be that of the body.
func firstOfBody(l *line) bool {
	if l.label == nil {
		return false
	}
	for _, v := range l.label.takes {
		if v.family.kind != bullet && v.n == 1 && (v.family.kind != deeper) {
			return true
		}
	}
	return false
}

// bodyFrom returns where the body begins: at the first number of a count; where there is none, at
// the bullets or paragraphs after the words "as follows:"; else behind the first paragraph.
func bodyFrom(all []line) int {
	lead, plainText, firstHeading := -1, -1, -1
	for i := range all {
		l := &all[i]
		switch {
		case l.table != nil || isEnd(all, i):
			return firstNot(-1, firstHeading, lead, min(plainText+1, i), i)
		case firstOfBody(l):
			if firstHeading >= 0 {
				return firstHeading
			}
			return i
		case l.label != nil && l.label.strict && l.label.takes[0].family.kind != bullet:
			return i
		case l.label == nil && plainText >= 0 && firstHeading < 0 && (l.heading > 0 || l.caps && headed(l)):
			firstHeading = i
		case basis.MatchString(l.text) && l.label == nil || strings.Contains(l.text, "Căn cứ"):
			plainText, firstHeading, lead = i, -1, -1
		case l.label != nil && i > 0 && strings.HasSuffix(all[i-1].text, ":") && lead < 0:
			lead = i
		case l.label == nil && plainText < 0 && !l.caps:
			plainText = i
		}
	}
	return firstNot(-1, firstHeading, lead, min(plainText+1, len(all)), len(all))
}

func firstNot(not int, all ...int) int {
	for _, n := range all {
		if n != not {
			return n
		}
	}
	return 0
}

func withoutOrnaments(all []line) []line {
	var kept []line
	for _, l := range all {
		if l.table != nil || !ornament.MatchString(l.text) {
			kept = append(kept, l)
		}
	}
	return kept
}
