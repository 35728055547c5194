package sense

import "strconv"

var units = map[string]int{
	"không": 0, "môt5": 1, "môt1": 1, "hai": 2, "ba": 3, "bôn1": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
	"sau1": 6, "bay3": 7, "tam1": 8, "chin1": 9,
}

// count reads a number of 1 to most at word i, in digits or in words.
func (p *passage) count(i, most int) (int, int) {
	if n, ok := p.number(i, 1, most); ok {
		return n, 1
	}
	if n, k := p.spoken(i); n >= 1 && n <= most {
		return n, k
	}
	return 0, 0
}

// spoken reads a number in words, "mười lăm", "hai mươi mốt", "hai nghìn không trăm hai mươi tư".
// It returns after how many words it ends, 0 when none is there.
func (p *passage) spoken(i int) (int, int) {
	total, k := 0, i
	if n, ok := p.unit(k); ok && p.is(k+1, "nghin2", "ngan2") {
		total, k = n*1000, k+2
	}
	if n, ok := p.unit(k); ok && p.is(k+1, "trăm") {
		total, k = total+n*100, k+2
		if p.is(k, "linh", "le3") {
			k++
			if n, ok := p.unit(k); ok {
				return total + n, k + 1 - i
			}
			return total, k - 1 - i
		}
	}
	switch n, ok := p.unit(k); {
	case p.is(k, "mươi2"):
		total, k = total+10, k+1
		if n, ok := p.unit(k); ok && !p.is(k, "năm", "không", "môt1", "tư") {
			total, k = total+n, k+1
		}
	case ok && p.is(k+1, "mươi"):
		total, k = total+n*10, k+2
		if n, ok := p.unit(k); ok && !p.is(k, "năm", "không", "môt5") {
			total, k = total+n, k+1
		}
	case ok && k == i:
		total, k = n, k+1
	}
	return total, k - i
}

func (p *passage) unit(i int) (int, bool) {
	if i < 0 || i >= len(p.words) || p.words[i].shape != letters {
		return 0, false
	}
	n, ok := units[p.words[i].key]
	return n, ok
}

var romans = map[string]int{"i": 1, "ii": 2, "iii": 3, "iv": 4}

// quarterAt reads the number of a quarter: III, 3, ba.
func (p *passage) quarterAt(i int) int {
	if i >= len(p.words) {
		return 0
	}
	if n, ok := romans[p.words[i].key]; ok {
		return n
	}
	if n, err := strconv.Atoi(p.words[i].key); err == nil && n >= 1 && n <= 4 {
		return n
	}
	if n, ok := p.unit(i); ok && n >= 1 && n <= 4 {
		return n
	}
	return 0
}
