package sense

// cell reads a table cell in which bodies stand, one or many: each line and each part between
// semicolons is read apart; a comma parts only before another body. What no list knows is taken
// as printed, since a cell of this column holds nothing else.
func (p *passage) cell(role Role) []Assignment {
	var out []Assignment
	for i := 0; i < len(p.words); {
		if p.words[i].shape == sign && !p.is(i, "(") || p.is(i, "va2") {
			i++
			continue
		}
		if n, told := orders.at(p, i); n > 0 && !p.is(i, "lanh4") {
			role, i = Role(told), i+n
			continue
		}
		if n, told := follows.at(p, i); n > 0 {
			role, i = Role(told), i+n
			continue
		}
		all, end := p.row(i, true)
		if len(all) == 0 {
			end = p.unknown(i)
			all = []mention{{wordSpan: wordSpan{i, end}}}
		} else if stop := p.unknown(end); stop > end && !p.is(end, "(", ",", ";") && !p.words[end].line && !orders.has(p, end) && !follows.has(p, end) {
			last := &all[len(all)-1] // words that no list knows still belong to the name
			last.end, end = stop, stop
			last.name = ""
		}
		if last := &all[len(all)-1]; last.end > last.at+1 && p.is(last.end-1, ".", ",", ";") {
			last.end--
		}
		if told, n := p.inBrackets(end); n > 0 {
			role, end = told, end+n
			out = append(out, p.assign(all, told)...)
		} else {
			out = append(out, p.assign(all, role)...)
		}
		i = max(end, i+1)
	}
	return out
}

// inBrackets reads "(chủ trì)" or "(phối hợp)" behind a body.
func (p *passage) inBrackets(k int) (Role, int) {
	if !p.is(k, "(") {
		return "", 0
	}
	n, role := follows.at(p, k+1)
	if n == 0 || !p.is(k+1+n, ")") {
		return "", 0
	}
	return Role(role), n + 2
}

// unknown reads on to the end of the line, a semicolon, or a comma or "và" before a known body or
// before another name.
func (p *passage) unknown(i int) int {
	k := i
	for k < len(p.words) {
		if k > i && p.words[k].line || p.is(k, ";") {
			return k
		}
		if k > i && p.is(k, ",", "va2", "+") && !p.commaInside(k) {
			m := p.mentionAt(k+1, true)
			if m.end > k+1 || p.is(k, ",", "+") && k+1 < len(p.words) && p.words[k+1].capital {
				return k
			}
		}
		if k > i && p.is(k, "(") {
			if _, n := p.inBrackets(k); n > 0 {
				return k
			}
		}
		if k > i && p.is(k, ".") && k+1 == len(p.words) {
			return k
		}
		k++
	}
	return k
}
