package sense

import "strings"

var (
	products = list("products")
	misspelt = longOnly("products")
	makers   = list("makers")
	breaks   = list("breaks")
)

// longOnly reads the phrases of three words and more of a list, to be found whatever their tones.
func longOnly(name string) *phrases {
	d := &phrases{toneless: true}
	for _, line := range lines(name) {
		phrase, value, _ := strings.Cut(line, "|")
		if strings.Count(phrase, " ") >= 2 {
			d.add(phrase, value)
		}
	}
	return d
}

// Deliverables returns what a text asks to be made, issued or held: a making verb and the product
// behind it. "các" before the product is left out; a misprinted tone in a known name is overlooked.
func Deliverables(text string) []Deliverable {
	p := cut(text)
	var out []Deliverable
	for i := 0; i < len(p.words); i++ {
		n, makes := makers.at(p, i)
		if n == 0 || p.is(i-1, "gia") && p.is(i-2, "tham") {
			continue
		}
		begin := p.upToProduct(i + n)
		m, kind, reach := p.product(begin)
		if m == 0 || !strings.Contains(" "+makes+" ", " "+kind+" ") {
			continue
		}
		end := p.phrase(begin, m, reach)
		out = append(out, Deliverable{p.span(begin, end), kind})
		i = end - 1
	}
	return out
}

// upToProduct steps over "các", "các hoạt động", "một số" and a number before a product.
func (p *passage) upToProduct(k int) int {
	for turn := 0; turn < 4; turn++ {
		switch {
		case p.is(k, "cac1", "nhưng4", "viêc5", "đươc5"), k < len(p.words) && p.words[k].shape == digits && len(p.words[k].key) < 4:
			k++
		case p.is(k, "hoat5") && p.is(k+1, "đông5"), p.is(k, "môt5") && p.is(k+1, "sô1"):
			k += 2
		default:
			return k
		}
	}
	return k
}

// product reads the head of a product at word k, its kind and how far the phrase runs.
func (p *passage) product(k int) (n int, kind, reach string) {
	n, value := products.at(p, k)
	if m, other := misspelt.at(p, k); m > n {
		n, value = m, other
	}
	if n > 0 && p.is(k+n, "nay2", "trên", "nêu") {
		return 0, "", ""
	}
	kind, reach, _ = strings.Cut(value, " ")
	return n, kind, reach
}

// phrase returns the word after the phrase of a product whose head has n words.
func (p *passage) phrase(begin, n int, reach string) int {
	k := begin + n
	if reach == "exact" {
		return k
	}
	for k < len(p.words) && k < begin+60 {
		switch {
		case p.is(k, ",", "va2"):
			next, kind, further := p.product(k + 1)
			switch {
			case next > 0 && kind != "report":
				if k += 1 + next; reach != "list" {
					reach = further
				}
				continue
			case p.breaksAt(k+1, reach, true) || k+1 >= len(p.words) || p.words[k+1].shape != letters:
				return k
			}
			k += 2
		case p.is(k, "-", "&", "/") && k+1 < len(p.words) && p.words[k+1].shape == letters:
			k += 2
		case p.words[k].shape != letters && p.words[k].shape != digits, p.breaksAt(k, reach, false):
			return k
		default:
			k++
		}
	}
	return k
}

// breaksAt reports whether a phrase ends before word k.
func (p *passage) breaksAt(k int, reach string, comma bool) bool {
	n, when := breaks.at(p, k)
	if n == 0 || when == "none" {
		return false
	}
	if when == "about" && reach == "about" {
		return false
	}
	if when == "comma" {
		return comma && !(reach == "list" && p.is(k, "phat1", "hô3", "tô3", "thu", "khai"))
	}
	return true
}
