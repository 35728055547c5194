package sense

var laws = list("laws")

// unnumbered reads at word i a document that is cited without a number: a resolution of a congress
// or a meeting, a law by its name. "Nghị quyết này", "Luật này" are none.
func (p *passage) unnumbered(i, last int) (Citation, wordSpan, bool) {
	none := wordSpan{}
	if !p.words[i].capital {
		return Citation{}, none, false
	}
	n, what := laws.at(p, i)
	if n == 0 {
		return Citation{}, none, false
	}
	end := i + n
	c := Citation{On: -1}
	m, _ := kinds.at(p, i)
	c.Kind = p.printed(i, i+max(m, 1))
	switch what {
	case "alone":
		c.Kind = p.printed(i, end)
		if p.is(end, "năm") {
			if _, ok := p.year(end + 1); ok {
				end += 2
			}
		}
	case "name":
		end = p.title(end)
		if end == i+n || p.symbolSoon(end) {
			return c, none, false
		}
		if p.is(end, "năm") {
			if _, ok := p.year(end + 1); ok {
				end += 2
			}
		}
	default:
		if end = p.meeting(i + n); end == i+n {
			return c, none, false
		}
		c.Issuer = p.printed(i+m, end)
		if p.is(i+m, "cua3") {
			c.Issuer = p.printed(i+m+1, end)
		}
		if p.symbolSoon(end) {
			return c, none, false
		}
	}
	end, c.Date = p.dateOf(end, nil)
	c.Span = p.span(i, end)
	return c, wordSpan{i, end}, true
}

// symbolSoon reports whether "số" and a number follow: then the document has a number after all.
func (p *passage) symbolSoon(k int) bool {
	if p.is(k, "sô1") {
		k++
	}
	if k >= len(p.words) || p.words[k].shape != digits {
		return false
	}
	_, ok := p.symbolAt(k)
	return ok
}

// title reads the name of a law, "Khoa học, công nghệ và đổi mới sáng tạo".
func (p *passage) title(k int) int {
	if k >= len(p.words) || !p.words[k].capital || p.words[k].shape != letters {
		return k
	}
	begin := k
	for k++; k < len(p.words) && k < begin+24; k++ {
		w := p.words[k]
		switch {
		case p.is(k, "sô1") && k+1 < len(p.words) && p.words[k+1].shape == digits:
			return k
		case p.is(k, "ngay2", "năm", "cua3", "tai5", "đươc5", "va2") && !(p.is(k, "va2") && p.titleGoesOn(k+1)):
			return k
		case w.shape == letters && p.stopsTitle(k):
			return k
		case w.shape == letters:
		case p.is(k, ",") && p.listed(k):
		case p.is(k, "-"):
		default:
			return k
		}
	}
	return k
}

// stopsTitle reports whether a lower case word no longer belongs to the name of a law.
func (p *passage) stopsTitle(k int) bool {
	if p.words[k].capital {
		return kinds.has(p, k)
	}
	n, strength := verbs.at(p, k)
	return n > 1 && strength == "" && !p.is(k, "ban", "hơp5", "đâu2", "sơ3") || p.is(k, "vê2", "đê3", "nhăm2", "theo", "nay2", "co1", "quy")
}

func (p *passage) titleGoesOn(k int) bool {
	return k < len(p.words) && p.words[k].shape == letters && !kinds.has(p, k) && !(p.is(k, "cac1"))
}

// listed reports whether after the comma at word k a list closes with "và" before the next sign, as
// the names of laws with three subjects do.
func (p *passage) listed(k int) bool {
	for j := k + 1; j < len(p.words) && j < k+8; j++ {
		if p.words[j].shape != letters || kinds.has(p, j) && p.words[j].capital {
			return p.is(j, ",") && j > k+1 && p.listed(j)
		}
		if p.is(j, "va2") {
			return p.titleGoesOn(j + 1)
		}
	}
	return false
}

// meeting reads "Đảng bộ thành phố lần thứ XIV, nhiệm kỳ 2020 - 2025", "4 khóa XII",
// "toàn quốc lần thứ XIII của Đảng", "đại biểu ... lần thứ nhất".
func (p *passage) meeting(k int) int {
	begin, sure := k, false
	for k < len(p.words) && k < begin+26 {
		switch {
		case p.is(k, "lân2") && p.is(k+1, "thư1"):
			k, sure = p.term(k), true
		case p.is(k, "khoa1") && k+1 < len(p.words) && (p.words[k+1].shape == digits || isRoman(p.words[k+1].key)):
			k, sure = k+2, true
		case p.is(k, ",") && p.is(k+1, "khoa1") && p.term(k) > k+1:
			k, sure = p.term(k), true
		case k == begin && p.words[k].shape == digits:
			k++
		case k == begin && isRoman(p.words[k].key) && p.words[k].caps:
			k, sure = k+1, true
		case p.is(k, "nhiêm5") && p.is(k+1, "ky2") || p.is(k, ",") && p.is(k+1, "nhiêm5") && p.is(k+2, "ky2"):
			from := k + 2
			if p.is(k, ",") {
				from++
			}
			if _, ok := p.year(from); !ok {
				return begun(begin, k, sure)
			}
			if k = from + 1; p.is(k, "-") {
				if _, ok := p.year(k + 1); ok {
					k += 2
				}
			}
			return k
		case p.is(k, "cua3") && p.is(k+1, "đang3"):
			return begun(begin, k+2, sure)
		case sure:
			return k
		case p.words[k].shape == letters && !p.is(k, "vê2", "đê3", "nay2", "va2"):
			k++
		default:
			return begun(begin, k, sure)
		}
	}
	return begun(begin, k, sure)
}

func begun(begin, k int, sure bool) int {
	if sure {
		return k
	}
	return begin
}
