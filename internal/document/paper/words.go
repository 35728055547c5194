package paper

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// dots stand where a number or a date is still to be written by hand.
const dots = "……"

// clean makes a text fit for print: one form of letters, nothing hidden, no character that XML does
// not know. Spaces at the ends stay, because runs follow one another.
func clean(s string) string {
	if plain(s) {
		return s
	}
	rest := strings.TrimLeftFunc(s, unicode.IsSpace)
	before := len(s) != len(rest)
	inner := strings.TrimRightFunc(rest, unicode.IsSpace)
	after := len(rest) != len(inner)
	inner = strings.Map(func(r rune) rune {
		if r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError {
			return -1
		}
		return r
	}, lang.Clean(inner))
	if before {
		inner = " " + inner
	}
	if after && inner != " " {
		inner += " "
	}
	return inner
}

func plain(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= utf8.RuneSelf || c < ' ' && c != '\n' || c == 0x7f {
			return false
		}
	}
	return true
}

// line is a text of one line.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

// as spells a text in the face of an element: only capitals change the letters.
func as(f face, s string) string {
	if f.caps {
		return strings.ToUpper(s)
	}
	return s
}

// fill puts values into a form of the layout.
func fill(form string, pairs ...string) string {
	return strings.NewReplacer(pairs...).Replace(form)
}

// numberLine is the line of number and symbol.
func (p *Paper) numberLine() string {
	number := p.number()
	form := p.Layout.text("number.form")
	if symbol := line(p.Heads.Symbol); symbol != "" {
		return fill(form, "{number}", number, "{symbol}", symbol)
	}
	before, _, _ := strings.Cut(form, "{number}")
	return before + number
}

// number is the number as the layout pads it, or dots.
func (p *Paper) number() string {
	number := line(p.Heads.Number)
	if number == "" {
		return dots
	}
	if n, err := strconv.Atoi(number); err == nil {
		return padded(n, p.Layout.use("number.pad"))
	}
	return number
}

// padded writes a number with a leading 0 where the layout wants one.
func padded(n int, below float64) string {
	if n < 10 && float64(n) < below {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// dateParts are day, month and year as the layout pads them; dots stand for what is not known.
func (l *Layout) dateParts(d when.Day) (day, month, year string) {
	day, month, year = dots, dots, dots
	if d.Date > 0 {
		day = padded(d.Date, l.use("date.pad_day"))
	}
	if d.Month > 0 {
		month = padded(int(d.Month), l.use("date.pad_month"))
	}
	if d.Year > 0 {
		year = strconv.Itoa(d.Year)
	}
	return day, month, year
}

// dateLine is the line of place and date.
func (p *Paper) dateLine() string {
	day, month, year := p.Layout.dateParts(p.Heads.Date)
	return fill(p.Layout.text("date.form"), "{place}", line(p.Heads.Place), "{day}", day, "{month}", month, "{year}", year)
}

// reference is the line of an appendix that names its document.
func (p *Paper) reference() string {
	day, month, year := p.Layout.dateParts(p.Heads.Date)
	kind := line(p.Kind)
	if kind == "" {
		kind = "Công văn"
	}
	number := p.numberLine()
	form := p.Layout.text("number.form")
	before, _, _ := strings.Cut(form, "{number}")
	return fill(p.Layout.text("appendix_reference.form"), "{kind}", kind, "{number}", strings.TrimPrefix(number, before),
		"{day}", day, "{month}", month, "{year}", year, "{issuer}", line(p.Heads.Issuer))
}

// appendixWord is the word above an appendix, with its number where there are several.
func (p *Paper) appendixWord(i int) string {
	word := p.Layout.text("appendix_word.text")
	if len(p.Appendices) < 2 {
		return word
	}
	if p.Layout.text("appendix.numerals") == "roman" {
		return word + " " + Roman(i+1)
	}
	return word + " " + strconv.Itoa(i+1)
}

// recipients are the lines under "Nơi nhận", with their marks.
func (p *Paper) recipients() []string {
	var lines []string
	for i, r := range p.Recipients {
		end := p.Layout.text("recipients.end")
		if i == len(p.Recipients)-1 {
			end = p.Layout.text("recipients.last")
		}
		lines = append(lines, "- "+bare(r)+end)
	}
	return lines
}

// bare is a listed text without its dash and final mark, which the layout sets.
func bare(s string) string {
	return strings.TrimRight(strings.TrimPrefix(line(s), "- "), ".,; ")
}

// toWord is the word before those whom the paper is addressed to.
func (p *Paper) toWord() string {
	if p.Submission {
		return p.Layout.text("to.submission")
	}
	return p.Layout.text("to.word")
}

// letter is the mark of item i of a list.
func (l *Layout) letter(i int) string {
	letters := l.texts("point.letters")
	mark := letters[i%len(letters)]
	for range i / len(letters) {
		mark += letters[i%len(letters)]
	}
	return mark + ")"
}

// Roman writes a number from 1 to 3999 in Roman numerals.
func Roman(n int) string {
	var b strings.Builder
	for _, one := range romans {
		for n >= one.value {
			b.WriteString(one.sign)
			n -= one.value
		}
	}
	return b.String()
}

var romans = []struct {
	value int
	sign  string
}{
	{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"},
	{50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"},
}

// widthOf is about how many points a line takes in Times New Roman.
func widthOf(s string, size float64, bold bool) float64 {
	widths := &timesWidths
	if bold {
		widths = &timesBoldWidths
	}
	sum := 0
	for _, r := range norm.NFD.String(s) {
		switch {
		case r == 'Đ':
			r = 'D'
		case r == 'đ':
			r = 'd'
		case unicode.Is(unicode.Mn, r):
			continue
		case r == '…':
			sum += 1000
			continue
		}
		if r >= ' ' && int(r-' ') < len(widths) {
			sum += int(widths[r-' '])
			continue
		}
		sum += 500
	}
	return float64(sum) * size / 1000
}

// Widths of the characters from space on, in thousandths of the size.
// Source: Adobe font metrics of Times-Roman and Times-Bold, which Times New Roman shares.
var timesWidths = [...]uint16{
	250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278,
	500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444,
	921, 722, 667, 667, 722, 611, 556, 722, 722, 333, 389, 722, 611, 889, 722, 722,
	556, 722, 667, 556, 611, 722, 722, 944, 722, 722, 611, 333, 278, 333, 469, 500,
	333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500, 278, 778, 500, 500,
	500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
}

var timesBoldWidths = [...]uint16{
	250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278,
	500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 333, 333, 570, 570, 570, 500,
	930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778,
	611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667, 333, 278, 333, 581, 500,
	333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500,
	556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
}
