package reading

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"chonoi/internal/lang"
)

// Header is what the head and the signature of a document say. What is not printed is nil.
type Header struct {
	Issuer   *string `json:"issuer"`
	Kind     *string `json:"kind"`
	Number   *string `json:"number"`
	Symbol   *string `json:"symbol"`
	Place    *string `json:"place"`
	Date     *string `json:"date"` // yyyy-mm-dd
	Abstract *string `json:"abstract"`
	Superior *string `json:"superior"`
	Signer   Signer  `json:"signer"`
}

// Signer is who signed: for whom (T/M), by whose leave (K/T, T/L), with which title and name.
type Signer struct {
	Authority *string `json:"authority"`
	By        *string `json:"by"`
	Title     *string `json:"title"`
	Name      *string `json:"name"`
}

var (
	dated      = regexp.MustCompile(`^(.*?),?\s*ngày\s+([\d.…_]*)\s*tháng\s+([\d.…_]*)\s*năm\s+(\d{4}|[\d.…_]*)[.…]*$`)
	datedShort = regexp.MustCompile(`^(.+?),\s*ngày\s+(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$`)
	numbered   = regexp.MustCompile(`^(?i:số)\s*:?\s*(\d*|[.…_]*)\s*([-–—/]\s*[\p{L}\d][\p{L}\d/&.\s–—-]*|)$`)
	symbolled  = regexp.MustCompile(`^(\d{1,5}[A-Za-zĐđ]?)\s*(/\d{4})?\s*([-–—/])\s*(\p{L}.*)$`)
	mottos     = []string{"cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "dang cong san viet nam", "doan tncs ho chi minh"}
	mottoTail  = regexp.MustCompile(`\s*(ĐẢNG CỘNG SẢN VIỆT NAM|CỘNG H[ÒO][ÀA] XÃ HỘI CHỦ NGHĨA VIỆT NAM|Độc lập\s*[-–]\s*Tự do\s*[-–]\s*Hạnh phúc)\s*$`)
	tailDate   = regexp.MustCompile(`^((?i:số)\s*:?\s*\S+)\s+(\S.*,\s*ngày\s.*)$`)
	stamps     = map[string]bool{"mat": true, "toi mat": true, "tuyet mat": true}
	urgent     = map[string]bool{"hoa toc": true, "khan": true, "thuong khan": true, "du thao": true}
	bodyWords  = []string{"THÀNH ỦY", "TỈNH ỦY", "HUYỆN ỦY", "QUẬN ỦY", "THỊ ỦY", "ĐẢNG ỦY", "ĐẢNG BỘ", "CHI BỘ", "CHI ỦY", "BAN ", "UBND", "ỦY BAN", "UỶ BAN", "HĐND", "HỘI ",
		"SỞ ", "BỘ ", "VĂN PHÒNG", "TRUNG TÂM", "TRƯỜNG", "VIỆN", "CHÍNH PHỦ", "THỦ TƯỚNG", "CỤC", "TỔNG", "CHI CỤC", "MẶT TRẬN", "LIÊN ", "TÒA ÁN", "QUỐC HỘI", "TRUNG ƯƠNG",
		"PHÒNG", "CÔNG TY", "ĐOÀN", "ĐẠI HỌC", "HỌC VIỆN", "TỔ ", "BCH", "BTV", "BAN"}
)

// isMotto reports whether s is the motto of the State or the name of the Party over a head.
func isMotto(s string) bool {
	f := lang.Fold(foldDashes(s))
	f = strings.NewReplacer(" – ", " - ", "hoa xa hoi", "hoa xa hoi").Replace(f)
	for _, m := range mottos {
		if f == m {
			return true
		}
	}
	return false
}

// readHead reads the fields of the head.
func (p *Plan) readHead(d *paper) {
	h := &p.Header
	if d.kind != "" {
		h.Kind = &d.kind
	} else {
		p.warn("header", "reading.no_kind")
	}
	var bodies []string
	for _, s := range headTexts(d.head) {
		bodies = p.headText(s, bodies)
	}
	for _, l := range append(slices.Clone(d.dayAbove), d.dayBelow...) {
		p.date(l.text)
	}
	p.bodiesOfHead(bodies, boldTexts(d.head))
	var abstract []string
	for _, l := range d.abstract {
		abstract = append(abstract, l.text)
	}
	if s := strings.Trim(glued(abstract), " *"); s != "" {
		h.Abstract = &s
	}
	p.missing()
}

// missing warns of fields that a document has and this one does not tell: they are asked for.
func (p *Plan) missing() {
	h := &p.Header
	for _, one := range []struct {
		field *string
		key   string
	}{{h.Issuer, "reading.no_issuer"}, {h.Number, "reading.no_number"}, {h.Place, "reading.no_place"}, {h.Date, "reading.no_date"}, {h.Abstract, "reading.no_abstract"}} {
		if one.field == nil {
			p.warn("header", one.key)
		}
	}
}

// headTexts are the texts of a head, the left column before the right one.
func headTexts(head []line) []string {
	var left, right []string
	for i := range head {
		l := &head[i]
		if l.table != nil {
			left = append(left, cellTexts(l.table)...)
			continue
		}
		if parts := unbroken(l.parts); len(parts) > 1 {
			left = append(left, parts[0])
			right = append(right, parts[1:]...)
			continue
		}
		if m := mottoTail.FindStringIndex(l.text); m != nil {
			right = append(right, strings.TrimSpace(l.text[m[0]:]))
			if m[0] == 0 {
				continue
			}
			left = append(left, l.text[:m[0]])
			continue
		}
		left = append(left, l.text)
	}
	return append(left, right...)
}

var blankLeft = regexp.MustCompile(`(?i)(^số\s*:?|ngày|tháng|năm)$`)

// unbroken puts parts together between which room was left for a number or a day.
func unbroken(parts []string) []string {
	var out []string
	for _, s := range parts {
		if n := len(out); n > 0 && blankLeft.MatchString(out[n-1]) {
			out[n-1] += " " + s
			continue
		}
		out = append(out, s)
	}
	return out
}

// headText takes what one text of the head says; names of bodies are added to bodies.
func (p *Plan) headText(s string, bodies []string) []string {
	s = strings.Trim(s, " *")
	h := &p.Header
	if m := tailDate.FindStringSubmatch(s); m != nil {
		return p.headText(m[2], p.headText(m[1], bodies))
	}
	f := lang.Fold(s)
	switch {
	case s == "" || ornament.MatchString(s) || isMotto(s) || urgent[f]:
	case stamps[f]:
		p.warn("header", "reading.secret", "Stamp", s)
	case dated.MatchString(s) || datedShort.MatchString(s):
		p.date(s)
	case strings.HasPrefix(f, "so") && p.number(s):
	case strings.HasPrefix(f, "v/v") || strings.HasPrefix(f, "ve viec"):
		h.Abstract = &s
	case h.Kind != nil && tight(s) == tight(*h.Kind):
	case capitals(s) && h.Number == nil:
		bodies = append(bodies, s)
	}
	return bodies
}

func (p *Plan) date(s string) {
	h := &p.Header
	m := datedShort.FindStringSubmatch(s)
	if m == nil {
		m = dated.FindStringSubmatch(s)
	}
	if place := strings.Trim(m[1], " ,.…_"); place != "" {
		h.Place = &place
	}
	if iso := isoDate(m[4], m[3], m[2]); iso != "" {
		h.Date = &iso
	}
}

// isoDate is a day as yyyy-mm-dd; empty when there is no such day.
func isoDate(y, m, d string) string {
	year, err1 := strconv.Atoi(y)
	month, err2 := strconv.Atoi(m)
	day, err3 := strconv.Atoi(d)
	if err1 != nil || err2 != nil || err3 != nil || year < 1900 || year > 2200 {
		return ""
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Day() != day || int(t.Month()) != month {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, day)
}

// number takes number and symbol: Số 08-KH/ĐU, Số: 15/QĐ-UBND. It reports whether s is such a line.
func (p *Plan) number(s string) bool {
	rest := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(s[len(firstWords(s, 1)):]), ":"))
	if first := firstWords(s, 1); utf8.RuneCountInString(first) > 2 && !strings.HasSuffix(first, ":") {
		if i := strings.IndexByte(first, ':'); i > 0 {
			rest = first[i+1:] + s[len(first):]
		}
	}
	if m := symbolled.FindStringSubmatch(rest); m != nil {
		number := m[1]
		symbol := number + m[2] + foldDashes(m[3]) + foldDashes(strings.Join(strings.Fields(m[4]), ""))
		p.Header.Number, p.Header.Symbol = &number, &symbol
		return true
	}
	return numbered.MatchString(s) || strings.HasPrefix(strings.TrimLeft(rest, ".…_ "), "-") || strings.HasPrefix(strings.TrimLeft(rest, ".…_ "), "/")
}

// boldTexts are the texts of a head that are set bold: the issuer is, the body above it is not.
func boldTexts(head []line) map[string]bool {
	bold := map[string]bool{}
	for i := range head {
		if head[i].table == nil {
			bold[head[i].text] = head[i].bold
			continue
		}
		for _, row := range head[i].table.Rows {
			for _, cell := range row.Cells {
				for _, one := range cell.Paragraphs {
					bold[plain(one.Text)] = one.Bold
				}
			}
		}
	}
	return bold
}

// bodiesOfHead tells the issuer from the body above it. A name may stand on two lines: the second
// then is set as the first, and does not begin as names of bodies do.
func (p *Plan) bodiesOfHead(lines []string, bold map[string]bool) {
	mixed := false
	for _, s := range lines {
		mixed = mixed || bold[s] != bold[lines[0]]
	}
	var names []string
	for i, s := range lines {
		if len(names) > 0 && (mixed && bold[s] == bold[lines[i-1]] || !mixed && !beginsBody(s)) {
			names[len(names)-1] += " " + s
			continue
		}
		names = append(names, s)
	}
	if n := len(names); n > 0 {
		p.Header.Issuer = &names[n-1]
		if n > 1 {
			above := strings.Join(names[:n-1], ", ")
			p.Header.Superior = &above
		}
	}
}

func beginsBody(s string) bool {
	for _, w := range bodyWords {
		if strings.HasPrefix(s+" ", w) {
			return true
		}
	}
	return false
}

// glued joins lines with one blank, and without any behind a hyphen that hangs on a letter.
func glued(all []string) string {
	var b strings.Builder
	last := ""
	for _, s := range all {
		if b.Len() > 0 && !hyphened(last) {
			b.WriteByte(' ')
		}
		b.WriteString(s)
		last = s
	}
	return b.String()
}
