package sense

import "strings"

var defining = list("defining")

// Abbreviations returns the short forms that a text defines, "(sau đây gọi tắt là Ban Chỉ đạo)" and
// "(KH&CN)" behind the words whose first letters it has.
func Abbreviations(text string) []Abbreviation {
	p := cut(text)
	var out []Abbreviation
	for i := range p.words {
		if !p.is(i, "(") {
			continue
		}
		end := p.closing(i)
		if end == 0 {
			continue
		}
		begin, said := i+1, false
		if n, _ := defining.at(p, begin); n > 0 {
			if begin, said = begin+n, true; p.is(begin, ":") {
				begin++
			}
		}
		if begin >= end {
			continue
		}
		a := Abbreviation{Span: p.span(i, end+1), Short: strings.Trim(p.printed(begin, end), `"“”«» `)}
		at := p.initials(begin, end, i)
		if at == i && (said || p.symbolIn(begin, end) > 0) {
			at = p.sameWords(begin, end, i)
		}
		if a.Long = p.printed(at, i); a.Long == "" && !said {
			continue
		}
		out = append(out, a)
	}
	return out
}

// closing finds the bracket that closes the one at word i, within forty words.
func (p *passage) closing(i int) int {
	for k := i + 1; k < len(p.words) && k < i+40; k++ {
		if p.is(k, ")") {
			return k
		}
		if p.is(k, "(") {
			return 0
		}
	}
	return 0
}

// initials returns the word from which the words before the bracket at word i have the first letters
// of the short form in capitals, "khoa học và công nghệ (KH&CN)"; i when they have not.
func (p *passage) initials(begin, end, i int) int {
	var want []rune
	for k := begin; k < end; k++ {
		if p.words[k].shape == letters {
			if !p.words[k].caps && len([]rune(p.words[k].bare())) > 1 {
				return i
			}
			want = append(want, []rune(p.words[k].bare())...)
		}
	}
	if len(want) < 2 || len(want) > 12 {
		return i
	}
	k := i
	for j := len(want) - 1; j >= 0; {
		if k--; k < 0 || i-k > 30 {
			return i
		}
		w := p.words[k]
		if w.shape == letters && strings.HasPrefix(w.bare(), string(want[j])) {
			j--
		} else if !p.is(k, "va2", ",", "-", "cua3") {
			return i
		}
	}
	return k
}

// sameWords returns the word before the bracket at word i from which the long form begins: where the
// first two words of the short form (or the only one) stand with a capital or as a symbol.
func (p *passage) sameWords(begin, end, i int) int {
	if symbol := p.symbolIn(begin, end); symbol > 0 {
		key := Key(p.tidy(symbol, end))
		for k := i - 1; k >= 0 && k >= i-120; k-- {
			if p.words[k].shape != digits {
				continue
			}
			if s, ok := p.symbolAt(k); ok && Key(s.text) == key {
				for k > 0 && k > i-130 && !p.is(k, p.words[begin].key) {
					k--
				}
				return k
			}
		}
		return i
	}
	for k := i - 1; k >= 0 && k >= i-60; k-- {
		if p.is(k, ";") {
			break
		}
		if p.words[k].key == p.words[begin].key && (end-begin < 2 || p.is(k+1, p.words[begin+1].key)) {
			return k
		}
	}
	return i
}

func (p *passage) symbolIn(begin, end int) int {
	for k := begin; k < end; k++ {
		if p.words[k].shape == digits {
			if s, ok := p.symbolAt(k); ok && s.end == end {
				return k
			}
		}
	}
	return 0
}
