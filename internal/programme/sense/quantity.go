package sense

import (
	"strconv"
	"strings"
)

var (
	ops         = list("ops")
	measured    = list("units")
	notCounted  = list("uncounted")
	shareOf     = map[string]bool{"grdp": true, "gdp": true}
	periodUnits = map[string]bool{"năm": true, "thang1": true, "quy1": true, "ngươi2": true, "ha": true, "ngay2": true, "tuân2": true}
)

// Quantities returns the numbers that a text sets as something to reach. Years, dates, symbols and
// numbers of articles are none; a number without a word such as "ít nhất" counts only with a unit.
// What is printed as "dưới" is given as "<=", the nearest of the operators.
func Quantities(text string) []Quantity {
	p := cut(text)
	held := p.taken()
	var out []Quantity
	for i := 0; i < len(p.words); {
		q, end := p.quantityAt(i)
		if end == i || held[i] || held[end-1] {
			i++
			continue
		}
		out, i = append(out, q), end
	}
	return out
}

// taken marks the words that belong to a citation or a deadline.
func (p *passage) taken() []bool {
	held := make([]bool, len(p.words))
	_, spans := p.citations()
	for _, s := range spans {
		for k := s.at; k < s.end && k < len(held); k++ {
			held[k] = true
		}
	}
	k := 0
	for _, d := range p.times() {
		for k < len(held) && p.words[k].from < d.From {
			k++
		}
		for j := k; j < len(held) && p.words[j].to <= d.To; j++ {
			held[j] = true
		}
	}
	return held
}

// quantityAt reads a quantity that begins at word i, with the word before it that tells how.
func (p *passage) quantityAt(i int) (Quantity, int) {
	var q Quantity
	k := i
	n, op := ops.at(p, i)
	q.Op, k = op, i+n
	from := false
	if p.is(k, "tư2") {
		k, from = k+1, true
	}
	value, m := p.numeral(k)
	if m == 0 || n == 0 && !from && p.isNumbered(k) || p.isYear(k, m) {
		return q, i
	}
	spokenOut := p.words[k].shape == letters
	q.Value = value
	end := k + m
	end, q.Unit = p.unitAt(end, n > 0)
	if second, to, unit := p.upTo(end, n > 0 || from || i == 0); to > end {
		q.Value, q.Unit, end = value+"-"+second, unit, to
		if q.Op != "+" {
			q.Op = "range"
		}
	} else if from && q.Op == "" && !p.onwards(end) {
		return q, i
	}
	if p.onwards(end) {
		if q.Op = ">="; p.is(end+1, "xuông1") {
			q.Op = "<="
		}
		end += 2
	}
	whole := i == 0 && end == len(p.words) && !spokenOut
	if (q.Op == "" || q.Op == "range" && n == 0 && !from) && q.Unit == "" && !whole || spokenOut && q.Unit == "" {
		return q, i
	}
	if p.isTime(end) && q.Unit == "" {
		return q, i
	}
	if q.Op == "" {
		q.Op = "="
	}
	q.Span = p.span(i, end)
	return q, end
}

// onwards reports whether "trở lên" or "trở xuống" stands at word k.
func (p *passage) onwards(k int) bool { return p.is(k, "trơ3") && p.is(k+1, "lên", "xuông1") }

// isNumbered reports whether the number at word k names something: "Điều 5", "giai đoạn 2", "số 12".
func (p *passage) isNumbered(k int) bool {
	if k == 0 {
		return false
	}
	if p.joined(k) && !p.is(k-1, "(", ":", `"`, ",", ";", "-") {
		return true
	}
	for j := k - 1; j >= 0 && j >= k-2; j-- {
		if n, _ := notCounted.at(p, j); n > 0 && j+n == k {
			return true
		}
	}
	return false
}

// isYear reports whether a number is a year: four digits that stand behind a word of time.
func (p *passage) isYear(k, n int) bool {
	if _, ok := p.year(k); !ok || n > 1 {
		return false
	}
	return p.is(k-1, "năm", "đoan5", "ky2", "-", "đên1", "tư2", "trươc1", "vao2") || p.is(k+1, "-")
}

// isTime reports whether a word of time follows a number: "05 ngày", "6 tháng".
func (p *passage) isTime(k int) bool {
	return p.is(k, "ngay2", "thang1", "năm", "giơ2", "tuân2", "quy1", "phut1")
}

// numeral reads a number in digits ("1.500", "1,2") or, up to twenty, in words.
func (p *passage) numeral(i int) (string, int) {
	if i >= len(p.words) {
		return "", 0
	}
	if p.words[i].shape == letters {
		n, m := p.spoken(i)
		if m == 0 || n < 1 || n > 20 || p.is(i, "năm", "không", "tư") || p.is(i+m, "sô1", "trong", "cach1", "cưa3", "lân2", "phân2", "măt5", "bươc1") {
			return "", 0
		}
		return strconv.Itoa(n), m
	}
	if p.words[i].shape != digits || len(p.words[i].key) > 15 {
		return "", 0
	}
	value, k := p.words[i].key, i+1
	for p.is(k, ".") && p.joined(k) && p.joined(k+1) && k+1 < len(p.words) && p.words[k+1].shape == digits &&
		len(p.words[k+1].key) == 3 && len(p.words[k-1].key) <= 3 && len(value) < 15 {
		value, k = value+p.words[k+1].key, k+2
	}
	if p.is(k, ",", ".") && p.joined(k) && p.joined(k+1) && p.words[k+1].shape == digits && len(p.words[k+1].key) < 10 {
		value, k = value+"."+p.words[k+1].key, k+2
	}
	for len(value) > 1 && value[0] == '0' && value[1] != '.' {
		value = value[1:]
	}
	if p.is(k, "/", ":") && p.joined(k) && p.joined(k+1) && p.words[k+1].shape == digits {
		return "", 0
	}
	return value, k - i
}

// upTo reads "- 25 doanh nghiệp", "đến 25%" behind the first number of a range.
func (p *passage) upTo(k int, told bool) (value string, end int, unit string) {
	if !p.is(k, "-", "đên1", "lên") || p.is(k, "lên") && !told {
		return "", k, ""
	}
	value, n := p.numeral(k + 1)
	if n == 0 || p.words[k+1].shape != digits || p.isYear(k+1, n) && !told {
		return "", k, ""
	}
	end, unit = p.unitAt(k+1+n, told)
	if unit == "" && (!told || p.isTime(end)) {
		return "", k, ""
	}
	return value, end, unit
}

// unitAt reads the unit behind a number: "%", "% GRDP", "doanh nghiệp", "tỷ đồng/năm". When the
// number is told to be one to reach, any noun is its unit.
func (p *passage) unitAt(k int, told bool) (int, string) {
	begin := k
	switch {
	case p.is(k, "%"):
		k++
		if k < len(p.words) && shareOf[p.words[k].key] {
			k++
		}
	case k < len(p.words) && p.words[k].shape == letters && !p.isTime(k):
		n, _ := measured.at(p, k)
		if n == 0 && told {
			n = p.nouns(k)
		}
		k += n
	}
	if k == begin {
		return k, ""
	}
	if p.is(k, "/") && k+1 < len(p.words) && periodUnits[p.words[k+1].key] {
		k += 2
	} else if p.is(k, "môi4", "môt5") && p.is(k+1, "năm", "thang1", "quy1") && p.is(begin, "%") {
		k += 2
	}
	return k, strings.TrimSpace(p.text[p.words[begin].from:p.words[k-1].to])
}

// nouns counts the words of a unit that no list knows: at most three, up to a verb or a joining word.
func (p *passage) nouns(k int) int {
	n := 0
	for n < 3 && k+n < len(p.words) {
		w := p.words[k+n]
		if w.shape != letters || w.line || p.ends(k+n, false) || p.is(k+n, "va2", "hoăc5", "so", "mơi1", "trơ3", "la2", "đên1", "lên", "trên") {
			break
		}
		n++
	}
	return n
}
