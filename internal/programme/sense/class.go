package sense

var (
	classes    = list("classes")
	qualifiers = list("qualifiers")
)

// mention is a body or a class of bodies in words.
type mention struct {
	wordSpan
	class bool
	name  string     // the whole name where the printed words share a head with others
	parts []wordSpan // of a class: its members
}

// class reads a class of bodies at word i: "các sở, ban, ngành", "UBND các xã, phường". The mention
// ends where it begins when none is there.
func (p *passage) class(i int) mention {
	none := mention{wordSpan: wordSpan{i, i}}
	m := mention{wordSpan: wordSpan{i, i}, class: true}
	k, plural := p.plural(i)
	qualified := false
	for turn := 0; turn < 60; turn++ {
		begin := k
		n, not := classes.at(p, k)
		if n == 0 || not != "" {
			break
		}
		k += n
		if p.is(begin, "đông2", "đ") {
			k = p.person(k)
		}
		qualified = qualified || p.has(begin, k, ",")
		if p.is(k, "cac1", "tưng2", "môi4") && classes.has(p, k+1) || p.places(k) { // UBND các xã; UBND xã, phường
			if plural = true; !p.isPlace(k) {
				k++
			}
			if n, not := classes.at(p, k); n > 0 && not == "" {
				k += n
			}
		}
		var more bool
		k, more = p.qualified(k)
		qualified = qualified || more
		m.parts = append(m.parts, wordSpan{begin, k})
		m.end = k
		next := p.nextMember(k)
		if next == k {
			break
		}
		end := p.front(next)
		if end > next {
			m.parts = append(m.parts, wordSpan{next, end})
			m.end, k = end, end
			if next = p.nextMember(k); next == k {
				break
			}
		}
		member, again := p.plural(next)
		if again && end <= next { // "và các địa phương" is a mention of its own
			break
		}
		k = member
	}
	if len(m.parts) == 0 || !plural && len(m.parts) < 2 && !qualified {
		return none
	}
	return m
}

// places reports whether "xã, phường" stands at word k: two kinds of place in a row, without a name.
func (p *passage) places(k int) bool { return p.isPlace(k) && p.is(k+1, ",") && p.isPlace(k+2) }

// plural steps over "các", "những", "tất cả các" and reports whether one is there.
func (p *passage) plural(i int) (int, bool) {
	k := i
	if p.is(k, "tât1") && p.is(k+1, "ca3") || p.is(k, "toan2") && p.is(k+1, "thê3", "bô5") || p.is(k, "môt5") && p.is(k+1, "sô1") {
		k += 2
	}
	if p.is(k, "cac1", "nhưng4", "môi4", "tưng2") {
		k++
	}
	return k, k > i
}

// person reads "Ủy viên BTV Thành ủy" after "các đồng chí".
func (p *passage) person(k int) int {
	begin := k
	for k < len(p.words) && k < begin+12 && p.words[k].shape == letters && !p.words[k].line && !verbs.has(p, k) {
		k++
	}
	return k
}

// qualified steps over what belongs to a class noun: "trực thuộc Thành ủy", "có liên quan".
func (p *passage) qualified(k int) (int, bool) {
	begin := k
	for turn := 0; turn < 4; turn++ {
		n, flag := qualifiers.at(p, k)
		if n == 0 {
			if p.isPlace(k) {
				if end := p.place(k); end > k {
					k = end
					continue
				}
			}
			break
		}
		if flag == "" {
			k = p.capitals(k + n)
			continue
		}
		end := p.namedWithin(k+n, false, 3)
		if end == k+n {
			if m, _ := issuers.at(p, end); m > 0 {
				end = p.place(end + m)
			} else if end = p.place(end); end == k+n && flag == "body" {
				break
			}
		}
		k = end
	}
	return k, k > begin
}

// nextMember returns the word at which the next member of a class begins after a comma or "và", or k.
func (p *passage) nextMember(k int) int {
	next := k
	if p.is(next, ",") {
		next++
	}
	if p.is(next, "va2", "hoăc5", "cung2") || next == k && p.is(next, "/") {
		next++
	}
	if next == k || next >= len(p.words) {
		return k
	}
	if p.front(next) > next {
		return next
	}
	at, _ := p.plural(next)
	if n, not := classes.at(p, at); n == 0 || not != "" || p.words[at].capital && p.named(at, false) > at || p.is(at, "uy3", "hôi5") && n == 4 {
		return k
	}
	if at == next && verbs.has(p, at) { // "và tổ chức ..." is the verb
		n, _ := classes.at(p, at)
		after := at + n
		qualified, _ := qualifiers.at(p, after)
		if n <= 2 && qualified == 0 && after < len(p.words) && p.words[after].shape == letters && !p.is(after, "va2") {
			return k
		}
	}
	return next
}

// front reads the Fatherland Front, which stands in rows with classes of mass organisations.
func (p *passage) front(i int) int {
	if p.is(i, "măt5") && p.is(i+1, "trân5") && p.is(i+2, "tô3") || p.is(i, "mttq", "mttqvn", "ubmttq", "ubmttqvn") {
		return p.named(i, false)
	}
	return i
}

// mentionAt reads one body or class at word i.
func (p *passage) mentionAt(i int, cell bool) mention {
	end := p.named(i, cell)
	if m := p.class(i); m.end > end || m.end == end && end > i && p.is(i, "cac1") {
		return m
	}
	m := mention{wordSpan: wordSpan{i, end}}
	if end == i {
		return m
	}
	n, _ := heads.at(p, i)
	for k := i + n; k < end && k < i+16; k++ { // "Chủ tịch Ủy ban nhân dân các xã"
		m.class = m.class || p.is(k, "câp1") || p.is(k, "cac1") && p.class(k).end == end
	}
	if front := p.front(i); front == end || p.is(i, "uy3") && p.has(i, end, "trân5") { // the Front with the mass organisations
		next := p.nextMember(end)
		if at, plural := p.plural(next); plural && at > end && next > end {
			if rest := p.class(next); rest.end > next {
				m.class, m.parts = true, append([]wordSpan{m.wordSpan}, rest.parts...)
				m.end = rest.end
			}
		}
	}
	return m
}

func (p *passage) has(i, j int, key string) bool {
	for ; i < j; i++ {
		if p.words[i].key == key {
			return true
		}
	}
	return false
}

// row reads a row of bodies at word i, "Sở A, Sở B và các sở, ban, ngành", and the word after it.
func (p *passage) row(i int, cell bool) ([]mention, int) {
	if all, end := p.shared(i); len(all) > 0 {
		return p.rowOn(all, end, cell)
	}
	m := p.mentionAt(i, cell)
	if m.end == i {
		return nil, i
	}
	all := []mention{m}
	end := m.end
	if head, n := p.sharedHead(m); n > 0 {
		more, next := p.sharing(head, end)
		all, end = append(all, more...), next
	}
	return p.rowOn(all, end, cell)
}

// rowOn reads on after the bodies found so far.
func (p *passage) rowOn(all []mention, end int, cell bool) ([]mention, int) {
	for {
		next := p.abbreviated(end)
		if _, told := p.inBrackets(end); told > 0 {
			return all, end
		}
		if p.is(next, ",") || cell && p.is(next, ";", "/", "+", "-") {
			next++
		}
		if p.is(next, "va2", "&", "hoăc5", "cung2") {
			next++
		}
		if p.is(next-1, "cung2") && p.is(next, "vơi1") {
			next++
		}
		broken := cell && end < len(p.words) && p.words[end].line
		if next == end && !broken || next >= len(p.words) {
			return all, end
		}
		more, to := p.shared(next)
		if len(more) == 0 {
			m := p.mentionAt(next, cell)
			if m.end == next {
				return all, end
			}
			more, to = []mention{m}, m.end
			if head, n := p.sharedHead(m); n > 0 {
				rest, after := p.sharing(head, to)
				more, to = append(more, rest...), after
			}
		}
		all, end = append(all, more...), to
	}
}

// abbreviated steps over a short form in brackets after a body, "(Sở KH&CN)".
func (p *passage) abbreviated(k int) int {
	if p.is(k, "(") {
		for j := k + 1; j < len(p.words) && j < k+14; j++ {
			if p.is(j, ")") {
				return j + 1
			}
		}
	}
	return k
}

// shared reads "các sở: Tài chính, Nội vụ và Y tế": several names after one head.
func (p *passage) shared(i int) ([]mention, int) {
	k, plural := p.plural(i)
	if !plural || !p.is(k, "sơ3", "bô5", "cuc5", "chi", "phong2", "ban") {
		return nil, i
	}
	head := k
	k++
	if p.is(head, "chi") {
		k++
	}
	end := k
	if p.is(k, ":") {
		k++
	}
	if n, _ := names.at(p, k); n == 0 || !p.words[k].capital {
		return nil, i
	}
	return p.sharing(capital(p.printed(head, end)), k-1)
}

// sharing reads the names that follow one head, from the sign before the first of them.
func (p *passage) sharing(head string, end int) ([]mention, int) {
	var all []mention
	for k := end; k < len(p.words); k = end {
		next := k
		if p.is(next, ",", ":") || len(all) == 0 && k < len(p.words) && p.words[k].shape == letters {
			next++
		}
		if next < len(p.words) && p.is(next, "va2") {
			next++
		}
		n, _ := names.at(p, next)
		if next == k || n == 0 || !p.words[next].capital || heads.has(p, next) {
			break
		}
		end = next + n
		all = append(all, mention{wordSpan: wordSpan{next, end}, name: head + " " + p.printed(next, end)})
	}
	return all, end
}

// sharedHead returns the head of a body whose known name may be followed by further names.
func (p *passage) sharedHead(m mention) (string, int) {
	if m.class || !p.is(m.at, "sơ3", "bô5") {
		return "", 0
	}
	if n, _ := names.at(p, m.at+1); n == 0 || m.at+1+n != m.end {
		return "", 0
	}
	if !p.is(m.end, ",") {
		return "", 0
	}
	if n, _ := names.at(p, m.end+1); n == 0 {
		return "", 0
	}
	return p.printed(m.at, m.at+1), 1
}
