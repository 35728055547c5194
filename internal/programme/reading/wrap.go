package reading

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// longestLine is the widest line that a typewriter's habit of breaking lines leaves.
const longestLine = 140

// wrapWidth tells how wide the lines of a file are that was broken by hand; 0 when its paragraphs
// stand on one line each.
func wrapWidth(all []line) int {
	var widths []int
	for _, l := range all {
		if l.table == nil && !l.inWord && len(l.parts) < 2 {
			widths = append(widths, l.width)
		}
	}
	if len(widths) < 8 {
		return 0
	}
	slices.Sort(widths)
	wide := widths[len(widths)*9/10]
	if wide > longestLine || wide < 30 || widths[len(widths)-1] > 2*longestLine {
		return 0
	}
	full := 0
	for _, w := range widths {
		if w*100 >= wide*80 {
			full++
		}
	}
	if full*4 < len(widths) {
		return 0
	}
	return wide
}

// referring are words after which a number is not the marker of a paragraph, and those after which
// a letter is none.
var (
	referring = map[string]bool{"khoản": true, "điều": true, "mục": true, "số": true, "ngày": true, "tháng": true, "năm": true, "quý": true, "phần": true,
		"chương": true, "khóa": true, "khoá": true, "thứ": true, "lần": true, "và": true, "đến": true, "từ": true, "tại": true, "điểm": true}
	lettering = map[string]bool{"điểm": true, "tiết": true, "nhóm": true, "loại": true, "hạng": true}
)

// joiner joins the lines of broken paragraphs.
type joiner struct {
	width int
	gaps  bool           // paragraphs stand apart by blank lines
	last  map[family]int // the number that each family has come to
}

// join returns the paragraphs of a body: lines broken by hand put together, and paragraphs that a
// page break has torn. Each has its label, or none.
func join(all []line, width int) []line {
	j := joiner{width: width, gaps: apartByGaps(all), last: map[family]int{}}
	out := make([]line, 0, len(all))
	for _, l := range all {
		if l.table != nil {
			out = append(out, l)
			continue
		}
		l.label = labelOf(&l)
		if n := len(out); n > 0 && out[n-1].table == nil && j.goesOn(&out[n-1], &l) {
			glue(&out[n-1], &l)
			continue
		}
		if l.label != nil {
			for _, v := range l.label.takes {
				j.last[v.family] = v.n
			}
		}
		out = append(out, l)
	}
	for i := range out {
		out[i].whole()
	}
	return out
}

// apartByGaps reports whether in a body that has markers blank lines stand between paragraphs:
// nearly every line with a marker has one before it.
func apartByGaps(all []line) bool {
	marked, apart := 0, 0
	for i := range all {
		if all[i].table == nil && !all[i].inWord && typed(all[i].text) != nil {
			marked++
			if all[i].gap || all[i].torn || i == 0 {
				apart++
			}
		}
	}
	return marked >= 2 && apart*10 >= marked*8
}

// glue adds a line to the paragraph that it goes on with: with one blank, but without any where a
// hyphen stands directly behind a letter or a figure. The words are put together by whole.
func glue(p, l *line) {
	p.width, p.indent = l.width, l.indent
	if (l.gap || l.inWord) && !l.torn && p.mended == 0 {
		p.mended = l.number
	}
	between := " "
	if hyphened(p.tail()) {
		between = ""
	}
	p.more = append(p.more, between+withMarker(l))
	p.size += len(l.text)
	p.notes = append(p.notes, l.notes...)
	p.caps = p.caps && l.caps
	p.bold = p.bold && l.bold
}

// tail is the last line of a paragraph that is being put together.
func (l *line) tail() string {
	if n := len(l.more); n > 0 {
		return l.more[n-1]
	}
	return l.text
}

// whole puts the lines of a paragraph together.
func (l *line) whole() {
	if len(l.more) == 0 {
		return
	}
	more := strings.Join(l.more, "")
	l.text += more
	if l.label != nil {
		l.label.rest = strings.TrimPrefix(l.label.rest+more, " ")
	}
	l.more = nil
}

func hyphened(s string) bool {
	r, size := utf8.DecodeLastRuneInString(s)
	if foldDashes(string(r)) != "-" {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s[:len(s)-size])
	return unicode.IsLetter(before) || unicode.IsDigit(before)
}

// goesOn reports whether l goes on with the paragraph p: the line before is full, or the sentence
// is not over and a small letter follows.
func (j *joiner) goesOn(p, l *line) bool {
	if l.label != nil && (l.label.strict || !j.mistaken(p, l)) {
		return false
	}
	if p.tail() == "" {
		return false
	}
	if l.heading > 0 || p.heading > 0 && l.inWord {
		return false
	}
	if l.label != nil {
		return true
	}
	if p.size > longestText {
		return false
	}
	if p.label != nil && p.label.rest == "" && len(p.more) == 0 && !l.inWord {
		return true // the marker stands on a line of its own
	}
	if !ended(p.tail()) && small(l.text) || hyphened(p.tail()) && (!l.gap || l.torn) {
		return true
	}
	if l.inWord {
		return false
	}
	if first, _ := utf8.DecodeRuneInString(l.text); l.torn && !ended(p.tail()) && unicode.IsDigit(first) {
		return true
	}
	if l.gap && !l.torn {
		return false
	}
	if headed(p) && p.caps && l.caps && !l.torn {
		return true // a heading in capitals on two lines
	}
	if p.caps != l.caps && headed(p) && p.caps {
		return false
	}
	if j.gaps && !l.torn && l.indent <= p.indent {
		return true
	}
	if j.width == 0 {
		return false
	}
	if ended(p.tail()) {
		return j.full(p, l) && !l.torn && l.indent <= p.indent
	}
	return j.full(p, l) || !p.caps && p.width*4 >= j.width*3
}

// headed reports whether p can be a heading: its sentence is not closed.
func headed(p *line) bool { return !ended(p.tail()) && len(p.text)+p.size < 400 }

// full reports whether the first word of l had no place any more on the last line of p.
func (j *joiner) full(p, l *line) bool {
	word, _, _ := strings.Cut(l.text, " ")
	if l.label != nil && l.label.typed {
		word = l.label.printed
	}
	return p.width+1+utf8.RuneCountInString(word) > j.width
}

// mistaken reports whether what looks like a marker is a word of the paragraph before: the line is
// full, the sentence not over, and the number does not go on with any that came before.
func (j *joiner) mistaken(p, l *line) bool {
	if ended(p.tail()) || p.tail() == "" || !l.label.typed || l.inWord {
		return false
	}
	lastWord := p.tail()[strings.LastIndexByte(p.tail(), ' ')+1:]
	if l.label.takes[0].family.kind == bullet {
		r, _ := utf8.DecodeRuneInString(l.label.rest)
		return (!l.gap || l.torn) && unicode.IsLower(r) && (j.width > 0 && j.full(p, l) || compound(p.tail(), l.label.rest))
	}
	if l.gap && !l.torn {
		return false
	}
	if j.width == 0 || p.width*2 < j.width {
		return false
	}
	if k := l.label.takes[0].family.kind; k == letter || k == capital {
		if lettering[strings.ToLower(lastWord)] {
			return true
		}
	} else if referring[strings.ToLower(lastWord)] {
		return true
	}
	return j.full(p, l) && !strings.HasSuffix(p.tail(), ",") && !j.plausible(l.label)
}

// compound reports whether a dash between two texts joins words that are always written so:
// "chính trị - xã hội".
func compound(before, after string) bool {
	return strings.HasPrefix(after, "xã hội") && (strings.HasSuffix(before, "chính trị") || strings.HasSuffix(before, "kinh tế") || strings.HasSuffix(before, "văn hóa"))
}

// plausible reports whether a label begins a count or goes on with one.
func (j *joiner) plausible(l *label) bool {
	for _, v := range l.takes {
		if v.n == 1 || follows(v.family, j.last[v.family], v.n) {
			return true
		}
	}
	return false
}
