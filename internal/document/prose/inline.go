package prose

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// emphasis is what is bold or italic where a line begins: the signs may stand lines apart.
type emphasis struct {
	bold   string // the sign that ends it, ** or __; empty when nothing is bold
	italic string
	below  []string // signs of bold print in later lines of the paragraph
}

// speech is what a line says.
type speech struct {
	b       strings.Builder
	marks   []mark
	letters int
	bold    int
	italic  int
	centred bool
}

// text is what the line says, and where its notes have their marks.
func (s *speech) text() (string, []Mark) { return withMarks(s.b.String(), s.marks) }

// add adds text that looks as the emphasis says.
func (s *speech) add(e *emphasis, text string) {
	s.b.WriteString(text)
	for _, r := range text {
		if unicode.IsSpace(r) {
			continue
		}
		s.letters++
		if e.bold != "" {
			s.bold++
		}
		if e.italic != "" {
			s.italic++
		}
	}
}

var (
	// none of these looks past a sign that could begin another, so that a line is read in linear time
	noteMark = regexp.MustCompile(`^\[\^([^\[\]\s]+)\]`)
	picture  = regexp.MustCompile(`^!\[[^\[\]]*\]\([^()]*\)`)
	link     = regexp.MustCompile(`^\[([^\[\]]+)\](?:\([^()]*\)|\[[^\[\]]*\])`)
	address  = regexp.MustCompile(`^<([a-zA-Z][a-zA-Z0-9+.-]+:[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>`)
	tag      = regexp.MustCompile(`^</?([a-zA-Z][a-zA-Z0-9-]*)(?:\s[^<>]*)?/?>`)
	entity   = regexp.MustCompile(`^&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});`)
	middle   = regexp.MustCompile(`(?i)^<center|align="?'?center|text-align:\s*center`)
)

// escapable are the signs that a backslash takes for themselves.
const escapable = "\\`*_{}[]()#+-.!|<>~^\"$%&',/:;=?@"

// read reads a line, and leaves e as it is at the end of it.
func (e *emphasis) read(line string, notes *labels) *speech {
	s := &speech{}
	e.into(s, line, notes)
	return s
}

func (e *emphasis) into(s *speech, line string, notes *labels) {
	for i := 0; i < len(line); {
		i += e.next(s, line, i, notes)
	}
}

// next reads what stands at i and returns its length.
func (e *emphasis) next(s *speech, line string, i int, notes *labels) int {
	rest := line[i:]
	var second byte
	if len(rest) > 1 {
		second = rest[1]
	}
	switch c := rest[0]; c {
	case '\\':
		if len(rest) == 1 {
			return 1 // a line break, as each end of a line is here
		}
		if strings.IndexByte(escapable, second) >= 0 {
			s.add(e, rest[1:2])
			return 2
		}
	case '*', '_':
		return e.sign(s, line, i)
	case '`':
		return e.ticks(s, rest)
	case '[':
		if second == '[' {
			break
		}
		if m := noteMark.FindStringSubmatch(rest); m != nil {
			s.marks = append(s.marks, mark{notes.mark(m[1]), s.b.Len()})
			return len(m[0])
		}
		if m := link.FindStringSubmatch(rest); m != nil {
			e.into(s, m[1], notes)
			return len(m[0])
		}
	case '!':
		if second != '[' {
			break
		}
		if m := picture.FindString(rest); m != "" {
			return len(m)
		}
	case '<':
		if second == '<' || second == ' ' || second == 0 {
			break
		}
		if n := e.tag(s, rest); n > 0 {
			return n
		}
	case '&':
		if second == '&' || second == ' ' {
			break
		}
		if m := entity.FindString(rest); m != "" {
			s.add(e, html.UnescapeString(m))
			return len(m)
		}
	}
	n := 1 + strings.IndexAny(rest[1:], "\\*_`[!<&")
	if n == 0 {
		n = len(rest)
	}
	s.add(e, rest[:n])
	return n
}

// sign reads stars or low lines: they begin or end what is bold or italic, or are themselves.
func (e *emphasis) sign(s *speech, line string, i int) int {
	c := line[i]
	n := 1
	for i+n < len(line) && line[i+n] == c {
		n++
	}
	before, _ := utf8.DecodeLastRuneInString(line[:i])
	after, _ := utf8.DecodeRuneInString(line[i+n:])
	opens := i+n < len(line) && !unicode.IsSpace(after)
	closes := i > 0 && !unicode.IsSpace(before)
	// signs that stand alone on a line end what an earlier line began
	closes = closes || i == 0 && n == len(line)
	if c == '_' && wordly(before) && wordly(after) {
		opens, closes = false, false
	}
	left := n
	for left > 0 {
		two := strings.Repeat(string(c), 2)
		switch {
		case left >= 2 && e.bold == two && closes:
			e.bold = ""
			left -= 2
		case e.italic == string(c) && closes && left != 2:
			e.italic = ""
			left--
		case left >= 2 && e.bold == "" && opens && n <= 3 && (strings.Contains(line[i+n:], two) || slices.Contains(e.below, two)):
			e.bold = two
			left -= 2
		case left == 1 && e.italic == "" && opens && n <= 3 && strings.Contains(line[i+n:], string(c)):
			e.italic = string(c)
			left--
		default:
			s.add(e, line[i:i+left])
			left = 0
		}
	}
	return n
}

func wordly(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// ticks reads code within a line, which is kept as it is.
func (e *emphasis) ticks(s *speech, rest string) int {
	n := 1
	for n < len(rest) && rest[n] == '`' {
		n++
	}
	end := strings.Index(rest[n:], rest[:n])
	if end < 0 {
		s.add(e, rest[:n])
		return n
	}
	s.add(e, strings.TrimSpace(rest[n:n+end]))
	return n + end + n
}

// tag reads an address or a tag of HTML, of which only line breaks, bold and italic print and centring
// are kept. It returns 0 where there is none.
func (e *emphasis) tag(s *speech, rest string) int {
	if m := address.FindStringSubmatch(rest); m != nil {
		s.add(e, m[1])
		return len(m[0])
	}
	m := tag.FindStringSubmatch(rest)
	if m == nil {
		return 0
	}
	ends := rest[1] == '/'
	s.centred = s.centred || !ends && middle.MatchString(m[0])
	switch strings.ToLower(m[1]) {
	case "br":
		s.add(e, "\n")
	case "b", "strong":
		e.bold = map[bool]string{false: "<b>"}[ends]
	case "i", "em":
		e.italic = map[bool]string{false: "<i>"}[ends]
	}
	return len(m[0])
}
