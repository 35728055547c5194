package reading

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"chonoi/internal/lang"
)

// kind is what counts in a marker: Roman numbers, letters, words as Điều, or nothing (a bullet).
type kind int

const (
	part kind = iota + 1
	chapter
	subpart // Mục
	subsubpart
	article
	capital  // A B C
	roman    // I II III
	decimal  // 1 2 3
	deeper   // 1.1 1.1.1
	letter   // a b c d đ e
	bracket  // (1) 1)
	lowRoman // i ii iii
	bullet
	none
)

// family is a way of marking: what counts, and the shape around it. Members of one family at one
// place are siblings.
type family struct {
	kind  kind
	shape string
}

// value is one way to take a marker: i) is a letter or a Roman number.
type value struct {
	family family
	n      int
}

// label is the marker that a paragraph begins with.
type label struct {
	printed string
	path    string // the counting sign alone: II, 5, 1.2, đ
	takes   []value
	above   []int // of 1.2.3 the numbers before the last
	rest    string
	typed   bool // it stands in the text and not in a list of Word
	strict  bool // it is not to be mistaken: Điều 5., a bullet of Word
}

var (
	worded     = regexp.MustCompile(`^(?i:(phần|chương|tiểu mục|mục|điều))\s+((?i:thứ\s+)?[\p{L}\d]+)\s*([.:–—-]|$|\s)\s*`)
	romanMark  = regexp.MustCompile(`^([IVXLC]{1,7})\s?(\.[-–—]|[.)/]|[-–—])(\s+|$)`)
	romanTight = regexp.MustCompile(`^([IVXLC]{1,7})([.]|[-–—])(\p{Lu}\p{L})`)
	capMark    = regexp.MustCompile(`^([A-ZĐ])\s?([.)/]|[-–—])(\s+|$)`)
	deepMark   = regexp.MustCompile(`^((?:[IVX]{1,5}|\d{1,2})(?:\.\d{1,3}){1,4})\s?([.)/]|[-–—]|)(\s+|$|\p{Lu})`)
	numMark    = regexp.MustCompile(`^(\d{1,3})\s?(\.[-–—]|[.)/]|[-–—])(\s+|$|\p{Lu}\p{L})`)
	roundMark  = regexp.MustCompile(`^\((\d{1,3}|[a-zđ]|[ivx]{1,5})\)(\s+|$|\p{Lu})`)
	lowMark    = regexp.MustCompile(`^([ivx]{2,5})([.)])(\s+|$)`)
	letterMark = regexp.MustCompile(`^([a-zđ])\s?([.)/]|[-–—])(\s+|$|\p{Lu}\p{Ll})`)
	bulletMark = regexp.MustCompile(`^([-–—−+*•◦○●▪■□◆❖➢➤►✓✔·‣⁃※]|[\x{F000}-\x{F0FF}])(\s+|[\p{L}“"])`)
)

// labelOf reads the marker that l begins with; nil when it has none.
func labelOf(l *line) *label {
	if l.marker != "" {
		return shown(l)
	}
	return typed(l.text)
}

// shown reads a marker that Word displays and that is not part of the text.
func shown(l *line) *label {
	m := typed(l.marker + " XX")
	if m == nil || m.rest != "XX" {
		m = &label{printed: l.marker, takes: []value{{family{bullet, l.marker}, 1}}}
	}
	m.printed, m.rest, m.typed, m.strict = l.marker, l.text, false, true
	if m.takes[0].family.kind == bullet && l.level >= 0 {
		m.takes[0].family.shape += "@" + strconv.Itoa(l.level)
	}
	return m
}

// typed reads a marker at the beginning of s. Many papers have the Icelandic Ð for Đ: it counts as
// that in a marker and stays in the text.
func typed(s string) *label {
	if !strings.Contains(s, "Ð") {
		return typedPlain(s)
	}
	l := typedPlain(strings.ReplaceAll(s, "Ð", "Đ"))
	if l != nil {
		l.rest = s[len(s)-len(l.rest):]
		l.printed = strings.TrimSpace(s[:len(s)-len(l.rest)])
	}
	return l
}

func typedPlain(s string) *label {
	r, _ := utf8.DecodeRuneInString(s)
	if unicode.IsLetter(r) {
		if m := wordedLabel(s); m != nil {
			return m
		}
	}
	if m := roundMark.FindStringSubmatchIndex(s); m != nil {
		return round(s, m)
	}
	if m := deepMark.FindStringSubmatchIndex(s); m != nil {
		return deep(s, m)
	}
	if m := numMark.FindStringSubmatchIndex(s); m != nil {
		n, _ := strconv.Atoi(s[m[2]:m[3]])
		k := decimal
		if s[m[4]:m[5]] == ")" {
			k = bracket
		}
		return made(s, m[5], s[m[2]:m[3]], value{family{k, shapeOf(s[m[4]:m[5]])}, n})
	}
	if m := firstOf(s, romanMark, romanTight); m != nil {
		return romanOrLetter(s, m)
	}
	if m := capMark.FindStringSubmatchIndex(s); m != nil {
		return made(s, m[5], s[m[2]:m[3]], value{family{capital, shapeOf(s[m[4]:m[5]])}, letterValue(s[m[2]:m[3]])})
	}
	if m := lowMark.FindStringSubmatchIndex(s); m != nil {
		return made(s, m[5], s[m[2]:m[3]], value{family{lowRoman, shapeOf(s[m[4]:m[5]])}, romanValue(s[m[2]:m[3]])})
	}
	if m := letterMark.FindStringSubmatchIndex(s); m != nil {
		return lettered(made(s, m[5], s[m[2]:m[3]], value{family{letter, shapeOf(s[m[4]:m[5]])}, letterValue(s[m[2]:m[3]])}), s[m[2]:m[3]])
	}
	if m := bulletMark.FindStringSubmatchIndex(s); m != nil {
		return made(s, m[3], "", value{family{bullet, foldDashes(s[m[2]:m[3]])}, 1})
	}
	return nil
}

func firstOf(s string, all ...*regexp.Regexp) []int {
	for _, one := range all {
		if m := one.FindStringSubmatchIndex(s); m != nil {
			return m
		}
	}
	return nil
}

// made is the label of a marker that ends in s at end and counts with sign.
func made(s string, end int, sign string, takes ...value) *label {
	return &label{printed: strings.TrimSpace(s[:end]), path: sign, takes: takes, rest: strings.TrimSpace(s[end:]), typed: true}
}

// shapeOf is the point behind a number with dashes folded.
func shapeOf(s string) string { return foldDashes(s) }

func round(s string, m []int) *label {
	sign := s[m[2]:m[3]]
	end := m[3] + 1
	out := &label{printed: s[:end], path: sign, rest: strings.TrimSpace(s[end:]), typed: true}
	if n, err := strconv.Atoi(sign); err == nil {
		out.takes = []value{{family{bracket, "()"}, n}}
		return out
	}
	out.takes = []value{{family{letter, "()"}, letterValue(sign)}}
	if n := romanValue(sign); n > 0 {
		if utf8.RuneCountInString(sign) > 1 {
			out.takes = nil
		}
		out.takes = append(out.takes, value{family{lowRoman, "()"}, n})
	}
	return out
}

func lettered(l *label, sign string) *label {
	if n := romanValue(sign); n > 0 {
		l.takes = append(l.takes, value{family{lowRoman, l.takes[0].family.shape}, n})
	}
	return l
}

func romanOrLetter(s string, m []int) *label {
	sign, shape := s[m[2]:m[3]], shapeOf(s[m[4]:m[5]])
	n := romanValue(sign)
	if n == 0 {
		return nil
	}
	out := made(s, m[5], sign, value{family{roman, shape}, n})
	if len(sign) == 1 {
		out.takes = append(out.takes, value{family{capital, shape}, letterValue(sign)})
	}
	return out
}

// deep reads 1.1, 1.1. and II.1.2.
func deep(s string, m []int) *label {
	numbers := strings.Split(s[m[2]:m[3]], ".")
	last, _ := strconv.Atoi(numbers[len(numbers)-1])
	out := made(s, m[5], s[m[2]:m[3]], value{family{deeper, strconv.Itoa(len(numbers))}, last})
	for _, one := range numbers[:len(numbers)-1] {
		n, err := strconv.Atoi(one)
		if err != nil {
			n = romanValue(one)
		}
		out.above = append(out.above, n)
	}
	if _, err := strconv.Atoi(numbers[0]); err != nil {
		out.takes[0].family.shape += "R"
	}
	if s[m[4]:m[5]] == "" && last > 30 { // 1.234 is a number
		return nil
	}
	return out
}

var words = map[string]kind{"phan": part, "chuong": chapter, "muc": subpart, "tieu muc": subsubpart, "dieu": article}

var ordinals = map[string]int{"nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}

// wordedLabel reads Phần thứ nhất, Chương II, Mục 3, Điều 12. A sentence may begin with such words
// too; then a small letter or a comma follows.
func wordedLabel(s string) *label {
	m := worded.FindStringSubmatchIndex(s)
	if m == nil {
		return nil
	}
	first, _ := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(first) {
		return nil
	}
	k := words[lang.Fold(s[m[2]:m[3]])]
	sign := s[m[4]:m[5]]
	n := countOf(sign)
	if n == 0 {
		return nil
	}
	point, rest := s[m[6]:m[7]], s[m[1]:]
	end := m[5]
	if strings.TrimSpace(point) != "" {
		end = m[7]
	} else if rest != "" && !capitals(rest) {
		return nil
	}
	path := strconv.Itoa(n)
	if inserted.MatchString(sign) {
		path = sign
	}
	return &label{printed: strings.TrimSpace(s[:end]), path: path, takes: []value{{family{k, ""}, n}}, rest: rest, typed: true, strict: point != "" && strings.TrimSpace(point) != ""}
}

// inserted is the number of an article that was put in later: Điều 5a.
var inserted = regexp.MustCompile(`^\d{1,3}[abcdđeghik]$`)

// countOf reads 12, XII, thứ nhất, hai.
func countOf(sign string) int {
	if n, err := strconv.Atoi(sign); err == nil && n > 0 && n < 2000 {
		return n
	}
	if n := romanValue(sign); n > 0 && strings.ToUpper(sign) == sign {
		return n
	}
	if inserted.MatchString(sign) {
		n, _ := strconv.Atoi(strings.TrimRight(sign, "abcdđeghik"))
		return n
	}
	f := strings.TrimPrefix(lang.Fold(sign), "thu ")
	return ordinals[f]
}

// romanValue is the number that s says in Roman numbers, large or small; 0 when it is none.
func romanValue(s string) int {
	at := map[rune]int{'I': 1, 'V': 5, 'X': 10, 'L': 50, 'C': 100}
	total, last := 0, 0
	for _, r := range strings.ToUpper(s) {
		v := at[r]
		if v == 0 {
			return 0
		}
		total += v
		if v > last && last > 0 {
			total -= 2 * last
		}
		last = v
	}
	if total <= 0 || strings.ToUpper(s) != romanOf(total) {
		return 0
	}
	return total
}

func romanOf(n int) string {
	var b strings.Builder
	for _, one := range []struct {
		n int
		s string
	}{{100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for n >= one.n {
			b.WriteString(one.s)
			n -= one.n
		}
	}
	return b.String()
}

// alphabet is the order of points and of parts: a, b, c, d, đ, e, g; f, j, w and z stand where
// the Latin alphabet has them, for papers that use them.
const alphabet = "abcdđefghijklmnopqrstuvwxyz"

// skipped are letters that the Vietnamese order leaves out.
const skipped = "fjwz"

func letterValue(s string) int {
	at := strings.Index(alphabet, strings.ToLower(s))
	if at < 0 || s == "" {
		return 0
	}
	return utf8.RuneCountInString(alphabet[:at]) + 1
}

// follows reports whether n comes next after last in its family.
func follows(f family, last, n int) bool {
	if f.kind != letter && f.kind != capital {
		return n == last+1
	}
	all := []rune(alphabet)
	if last < 1 || n > len(all) || n <= last {
		return false
	}
	for _, between := range all[last : n-1] {
		if !strings.ContainsRune(skipped, between) && between != 'đ' {
			return false
		}
	}
	return true
}
