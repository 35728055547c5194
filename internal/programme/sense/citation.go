package sense

import "strings"

var (
	kinds   = list("kinds")
	issuers = list("issuers")
)

// kindSpan is a kind of document standing from word at to before word end.
type kindSpan struct {
	at, end int
	codes   string
}

// Citations returns the documents that a text cites, in the order of the text. Spans of years,
// dates, numbers of roads, houses and files, and articles of the document itself are none.
func Citations(text string) []Citation {
	p := cut(text)
	out, spans := p.citations()
	p.relate(out, spans)
	return out
}

// citations reads all citations and gives the words of each, with its issuer.
func (p *passage) citations() ([]Citation, []wordSpan) {
	var out []Citation
	var spans []wordSpan
	last := -1 // last word that belongs to a citation
	for i := 0; i < len(p.words); i++ {
		if p.words[i].shape == digits {
			if s, ok := p.symbolAt(i); ok {
				if one, span, ok := p.numbered(s, last, out); ok {
					more := p.sharers(s, span, one)
					for range more {
						spans = append(spans, wordSpan{span.at, s.at})
					}
					if len(more) > 0 {
						one.Span, span.at = p.from(s.at, one.Span), s.at
					}
					out = append(append(out, more...), one)
					spans = append(spans, span)
					p.shareIssuer(out, spans)
					last, i = span.end-1, span.end-1
					continue
				}
			}
		}
		if one, span, ok := p.unnumbered(i, last); ok {
			out, spans = append(out, one), append(spans, span)
			last, i = span.end-1, span.end-1
		}
	}
	return out, spans
}

// wordSpan is a run of words.
type wordSpan struct{ at, end int }

// numbered makes a citation of a symbol: it looks back for the kind and on for date and issuer.
func (p *passage) numbered(s symbol, last int, before []Citation) (Citation, wordSpan, bool) {
	at := s.at
	if p.is(at-1, ":") && p.is(at-2, "sô1") {
		at--
	}
	if p.is(at-1, "sô1") {
		at--
	}
	kind, found := p.kindBefore(at, last, s.code)
	c := Citation{Symbol: s.text, On: -1}
	switch {
	case found:
		at, c.Kind = kind.at, p.printed(kind.at, kind.end)
	case p.refused(at):
		return c, wordSpan{}, false
	case !s.known:
		return c, wordSpan{}, false
	case len(before) > 0 && p.follows(at, last):
		c.Kind = before[len(before)-1].Kind
	}
	end := s.end
	end, c.Date = p.dateOf(end, before)
	c.Span = p.span(at, end)
	whole := end
	if name, n := p.issuerAt(end); n > 0 {
		c.Issuer, whole = name, end+n
		if next, date := p.dateOf(whole, before); c.Date == "" && date != "" {
			c.Date, whole = date, next
		}
	}
	return c, wordSpan{at, whole}, true
}

// sharers reads the numbers that share the symbol of the last, "Nghị quyết số 57, 59 và 66-NQ/TW".
func (p *passage) sharers(s symbol, span wordSpan, last Citation) []Citation {
	var out []Citation
	for k := s.at - 1; k > span.at && p.is(k, ",", "va2") && len(out) < 20; k -= 2 {
		if n, ok := p.number(k-1, 1, 99999); !ok || n == 0 || p.joined(k-1) {
			return nil
		}
		one := last
		at := k - 1
		if p.is(k-2, "sô1") {
			at = span.at
		}
		one.Span = p.span(at, k)
		one.Symbol = p.words[k-1].key + p.tidy(s.at+1, s.end)
		out = append([]Citation{one}, out...)
		if p.is(k-2, "sô1") || k-1 == span.at || kindsEnd(p, span.at, k-1) {
			return out
		}
	}
	return nil
}

// kindsEnd reports whether a kind of document stands from word at to before word end.
func kindsEnd(p *passage, at, end int) bool {
	n, _ := kinds.at(p, at)
	return n > 0 && at+n == end
}

// from gives a span that begins at word i.
func (p *passage) from(i int, s Span) Span {
	begin := p.words[i].from
	return Span{begin, s.To, p.text[begin:s.To]}
}

// shareIssuer gives the issuer of the last document of a list to those before it with the same
// issuing code.
func (p *passage) shareIssuer(all []Citation, spans []wordSpan) {
	last := len(all) - 1
	if all[last].Issuer == "" {
		return
	}
	for i := last - 1; i >= 0 && i >= last-20; i-- {
		same := code(all[i].Symbol) == code(all[last].Symbol)
		if all[i].Issuer != "" || !same || spans[i].end < spans[i+1].at && !p.inList(spans[i].end, spans[i+1].at) {
			return
		}
		all[i].Issuer = all[last].Issuer
	}
}

// code is the part of a symbol behind its last sign: the issuer.
func code(symbol string) string { return symbol[strings.LastIndexAny(symbol, "/-")+1:] }

// inList reports whether only a comma or "và" stands between two documents.
func (p *passage) inList(i, j int) bool {
	for ; i < j; i++ {
		if !p.is(i, ",", "va2", "sô1", "cac1") {
			return false
		}
	}
	return true
}

// kindBefore finds the kind of a document before word at: directly, or with a title or an issuer
// between ("Luật Khoa học và Công nghệ số ...") when the code agrees.
func (p *passage) kindBefore(at, last int, code string) (kindSpan, bool) {
	for k := at - 1; k > last && k >= at-24; k-- {
		if p.is(k, ";", ".", "(", ")", ":") {
			break
		}
		n, agreed := kinds.at(p, k)
		if n == 0 || p.is(k+n, "nay2", "trên", "nêu") {
			continue
		}
		for j := k - 1; j > last && j >= k-3; j-- { // "Chương trình hành động" begins before "động"
			if m, value := kinds.at(p, j); j+m == k+n {
				k, n, agreed = j, m, value
			}
		}
		if k+n == at {
			return kindSpan{k, k + n, agreed}, true
		}
		if p.words[k].capital && hasCode(agreed, code) {
			return kindSpan{k, k + n, agreed}, true
		}
	}
	return kindSpan{}, false
}

func hasCode(agreed, code string) bool {
	for _, one := range strings.Fields(agreed) {
		if key, _, _ := spell(one); key == code {
			return true
		}
	}
	return false
}

// refused reports whether the number at word at is told to be of a road, a house, a file.
func (p *passage) refused(at int) bool {
	return p.is(at-1, "đương2", "nha2", "phong2", "lô", "thưa3", "ngo4", "hem3", "kiêt5", "căn", "xe", "phô1", "tô3", "hôp5") ||
		p.is(at-1, "sơ") && p.is(at-2, "hô2") || p.is(at-1, "đông2") && p.is(at-2, "hơp5")
}

// follows reports whether only list signs stand between word last and word at.
func (p *passage) follows(at, last int) bool {
	if last < 0 {
		return false
	}
	for k := last + 1; k < at; k++ {
		if !p.is(k, ",", "va2", "hoăc5", ";", "sô1", "cung2") {
			return false
		}
	}
	return true
}

// dateOf reads the date of a document after word end: "ngày 05/8/2020", "(ngày ...)", "cùng ngày".
// It returns the word after the date, or end when there is none.
func (p *passage) dateOf(end int, before []Citation) (int, string) {
	k := end
	if p.is(k, ",", "(") {
		k++
	}
	if p.is(k, "cung2") && p.is(k+1, "ngay2") {
		if d, n := p.dateAt(k + 2); n > 0 && d.year > 0 {
			return k + 2 + n, d.iso()
		}
		if len(before) > 0 {
			return k + 2, before[len(before)-1].Date
		}
		return end, ""
	}
	if !p.is(k, "ngay2") {
		return end, ""
	}
	d, n := p.dateAt(k + 1)
	if n == 0 || d.year == 0 {
		return end, ""
	}
	return k + 1 + n, d.iso()
}

// issuerAt reads "của" and the longest issuer after it.
func (p *passage) issuerAt(i int) (string, int) {
	k := i
	if p.is(k, ",") {
		k++
	}
	if !p.is(k, "cua3") {
		return "", 0
	}
	k++
	end := p.issuer(k)
	if end == k {
		return "", 0
	}
	return p.printed(k, end), end - i
}

// issuer reads the longest issuer at word k, with the number of its meeting and its term.
func (p *passage) issuer(k int) int {
	end := k
	if n, _ := issuers.at(p, k); n > 0 {
		end = p.term(k + n)
	}
	if named := p.named(k, false); named > end {
		end = p.term(named)
	}
	if end > k && p.is(end-1, ",") {
		end--
	}
	return end
}

// term reads "8 khóa XIII", "lần thứ XIV", "khóa XI" after a meeting or a body.
func (p *passage) term(k int) int {
	if n, ok := p.number(k, 1, 20); ok && n > 0 && p.is(k+1, "khoa1") {
		k++
	}
	if p.is(k, "lân2") && p.is(k+1, "thư1") && k+2 < len(p.words) {
		if n, m := p.spoken(k + 2); n > 0 {
			k += 2 + m
		} else {
			k += 3
		}
	}
	if p.is(k, ",") && p.is(k+1, "khoa1") {
		k++
	}
	if p.is(k, "khoa1") && k+1 < len(p.words) && (p.words[k+1].shape == digits || isRoman(p.words[k+1].key)) {
		k += 2
	}
	return k
}

// isRoman reports whether a key is a Roman number as terms and congresses bear it.
func isRoman(key string) bool {
	return key != "" && strings.Trim(key, "ivxlc") == ""
}
