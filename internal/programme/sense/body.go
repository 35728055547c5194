package sense

import "strings"

var (
	heads      = list("heads")
	names      = list("names")
	verbs      = list("verbs")
	shortForms = list("short")
)

// office are the last words of the kinds of body whose names are listed.
var office = map[string]bool{"sơ3": true, "bô5": true, "ban": true, "cuc5": true, "phong2": true, "vu5": true, "tra": true, "trương3": true}

// nameWords is how many words a name may have; longer ones are cut there.
const nameWords = 40

// named reads one body with a name of its own at word i and returns the word after it, or i.
// In a cell no verb is expected, so a name runs on to the next sign that parts bodies.
func (p *passage) named(i int, cell bool) int { return p.namedWithin(i, cell, 6) }

func (p *passage) namedWithin(i int, cell bool, depth int) int {
	if i >= len(p.words) || depth == 0 || !p.words[i].capital && !cell {
		return i
	}
	n, flag := heads.at(p, i)
	if n == 0 {
		return i
	}
	k := i + n
	if flag != "" && p.is(k, "cac1") { // "Chủ tịch Ủy ban nhân dân các xã"
		if of := p.class(k); of.end > k {
			return of.end
		}
	}
	if flag == "holds" {
		if end := p.namedWithin(k, cell, depth-1); end > k {
			return end
		}
		if m, _ := issuers.at(p, k); m > 0 && p.words[k].capital {
			return p.place(k + m)
		}
		if end := p.place(k); end > k {
			return end
		}
	}
	end := p.name(k, cell, depth-1)
	if end == k {
		end = p.place(k)
	}
	if flag == "about" {
		end = p.about(end)
	}
	if end > k || flag != "" && p.words[i].capital {
		return end
	}
	return i
}

// about reads the subject of a committee, "về chuyển đổi số", up to the verb.
func (p *passage) about(k int) int {
	if !p.is(k, "vê2") {
		return k
	}
	for begin := k; k < begin+30; k++ {
		if n, strength := verbs.at(p, k); k >= len(p.words) || n > 0 && strength != "weak" && k > begin {
			break
		}
		if p.words[k].shape == sign && !p.is(k, "-") && !(p.is(k, ",") && k+1 < len(p.words) && !p.words[k+1].capital && !p.is(k+1, "cac1") && !p.acts(k+1)) {
			break
		}
	}
	return k
}

// name reads the name after a kind of body: a known one, or words that begin with a capital.
func (p *passage) name(k int, cell bool, depth int) int {
	if n, _ := names.at(p, k); n > 0 && p.words[k].capital && !p.is(k+n, "-", "&") && office[p.words[k-1].key] {
		return p.place(k + n)
	}
	if k >= len(p.words) || p.words[k].line || !p.words[k].capital && !(p.words[k].shape == digits && p.is(k-1, "khu")) || p.is(k, "cac1") {
		return k
	}
	begin := k
	for k < len(p.words) && k < begin+nameWords {
		w := p.words[k]
		switch {
		case w.line && k > begin:
			return k
		case p.isPlace(k):
			if end := p.place(k); end > k {
				k = end
				continue
			}
			return k
		case w.shape == letters && w.capital:
			if k > begin && heads.has(p, k) && !p.words[k-1].capital && p.namedWithin(k, false, min(depth, 1)) > k {
				return k
			}
			k++
		case w.shape == letters && k > begin:
			if p.is(k, "va2", "hoăc5") {
				if !p.goesOn(k+1, cell) {
					return k
				}
				k += 2
				continue
			}
			if p.ends(k, cell) {
				return k
			}
			k++
		case w.shape == digits && len(w.key) <= 2 && k > begin:
			k++
		case p.is(k, "&", "-", ".") && p.wordAfter(k):
			k += 2
		case p.is(k, ",") && p.commaInside(k):
			k += 2
		default:
			return k
		}
	}
	return k
}

// goesOn reports whether after "và" a name goes on.
func (p *passage) goesOn(k int, cell bool) bool {
	return k < len(p.words) && p.words[k].shape == letters && !p.words[k].line && !p.is(k, "cac1", "nhưng4") &&
		!heads.has(p, k) && !p.ends(k, cell) && !(classes.has(p, k) && !p.words[k].capital)
}

// ends reports whether the lower case word k is no part of a name: a verb, or a word that leads on.
func (p *passage) ends(k int, cell bool) bool {
	if p.is(k, "vê2", "cho") {
		return !cell
	}
	if p.is(k, "cua3", "tai5", "trong", "đê3", "nhăm2", "theo", "đươc5", "do", "vơi1", "tư2", "khi", "nêu1", "đa4", "đang",
		"se4", "phai3", "cân2", "co1") {
		return true
	}
	n, strength := verbs.at(p, k)
	if n == 0 || cell {
		return false
	}
	if strength != "weak" || p.words[k-1].capital {
		return true
	}
	after := k + n
	if m, other := verbs.at(p, after); m > 0 {
		return other != "weak"
	}
	return after < len(p.words) && p.words[after].shape == letters && !p.isPlace(after) && !p.words[after].capital
}

func (p *passage) wordAfter(k int) bool {
	return k+1 < len(p.words) && p.words[k+1].shape == letters && (p.words[k+1].capital || p.joined(k+1)) && !p.words[k+1].line
}

// commaInside reports whether the comma at word k stands inside a name of three parts, "Trung tâm
// Thông tin, Thống kê và Chuyển giao": "và" and a capital follow before the next comma.
func (p *passage) commaInside(k int) bool {
	if k+1 >= len(p.words) || !p.words[k+1].capital || heads.has(p, k+1) || names.has(p, k+1) {
		return false
	}
	for j := k + 2; j < len(p.words) && j < k+8; j++ {
		if p.words[j].shape == sign {
			return false
		}
		if p.is(j, "va2") {
			return j+1 < len(p.words) && p.words[j+1].capital && !heads.has(p, j+1)
		}
	}
	return false
}

// isPlace reports whether word k begins the place of a body, "thành phố".
func (p *passage) isPlace(k int) bool {
	return p.is(k, "thanh2") && p.is(k+1, "phô1") || p.is(k, "tinh3", "tp", "quân5", "huyên5", "phương2", "xa4") ||
		p.is(k, "thi5") && p.is(k+1, "xa4", "trân1")
}

// place reads "thành phố Cần Thơ", "TP. Cần Thơ", "Việt Nam thành phố" after a body.
func (p *passage) place(k int) int {
	for turn := 0; turn < 4 && k < len(p.words) && !p.words[k].line; turn++ {
		switch {
		case p.is(k, "viêt5") && p.is(k+1, "nam"):
			k += 2
		case p.is(k, "trung") && p.is(k+1, "ương") && p.words[k].capital:
			k += 2
		case p.is(k, "tp") && p.is(k+1, ".") && p.joined(k+1):
			k = p.capitals(k + 2)
		case p.isPlace(k) && !p.is(k+1, "uy3"):
			n := 1
			if p.is(k, "thanh2", "thi5") {
				n = 2
			}
			if p.is(k+n, ",") && !p.words[k].capital && p.isPlace(k+n+1) { // "xã, phường" is a class
				return k
			}
			k = p.capitals(k + n)
		case turn == 0 && p.words[k].capital && p.words[k].shape == letters && !heads.has(p, k) && !verbs.has(p, k):
			k = p.capitals(k)
		default:
			return k
		}
	}
	return k
}

// capitals steps over the capital words of a place's name.
func (p *passage) capitals(k int) int {
	for n := 0; n < 5 && k < len(p.words) && p.words[k].shape == letters && p.words[k].capital && !p.words[k].line && !heads.has(p, k); n++ {
		k++
	}
	return k
}

// BodyKey returns the form under which two printings of a body or class are the same: lower case,
// tone marks at one place, short forms written out, without "các" before and punctuation behind.
func BodyKey(printed string) string {
	p := cut(printed)
	var b strings.Builder
	for i := 0; i < len(p.words); i++ {
		w := p.words[i]
		if b.Len() == 0 && p.is(i, "cac1", "nhưng4", "-", "+", "*", "•") {
			continue
		}
		if n, long := shortForms.at(p, i); n > 0 && (p.words[i].caps || p.is(i, "đ", "kh", "gd", "nn", "tn", "tt", "vh", "vp", "tp")) {
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(long)
			i += n - 1
			continue
		}
		if b.Len() > 0 && (w.space || w.shape != sign && p.words[i-1].shape != sign && !p.joined(i)) {
			b.WriteByte(' ')
		}
		b.WriteString(usual(w.key))
	}
	return strings.TrimRight(b.String(), ".,;: ")
}
