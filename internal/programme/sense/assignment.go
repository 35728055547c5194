package sense

var (
	orders  = list("orders")
	follows = list("follows")
	owners  = list("owners")
	manner  = list("manner")
)

// Assignments returns the roles that a text gives to bodies, in the order of the text. A body is
// found where it is the subject of an organising sentence, where a task is given to it, and, in a
// cell, where it stands; what Options carry is returned as inherited when the text names no lead.
func Assignments(text string, o Options) []Assignment {
	p := cut(text)
	switch o.Place {
	case LeadCell:
		return p.cell(Lead)
	case CoordinateCell:
		return p.cell(Coordinate)
	case ExecuteCell:
		return p.cell(Execute)
	case Heading:
		return p.heading()
	}
	found := p.sentence()
	for _, one := range found {
		if one.Role == Lead {
			return found
		}
	}
	return append(carried(o.Carried), found...)
}

// Bodies returns the bodies and classes of bodies that a text names.
func Bodies(text string) []Mention {
	p := cut(text)
	var out []Mention
	for i := 0; i < len(p.words); {
		all, end := p.row(i, false)
		for _, m := range all {
			out = append(out, p.told(m))
		}
		i = max(end, i+1)
	}
	return out
}

func carried(from []Assignment) []Assignment {
	var out []Assignment
	for _, one := range from {
		if one.Genitive || one.Role == Coordinate {
			continue
		}
		one.Span, one.Inherited = Span{}, true
		out = append(out, one)
	}
	return out
}

// told gives a mention as a finding.
func (p *passage) told(m mention) Mention {
	s := p.span(m.at, m.end)
	name := m.name
	if name == "" {
		name = s.Printed
	}
	return Mention{Span: s, Name: name, Class: m.class, Key: BodyKey(name)}
}

func (p *passage) assign(all []mention, role Role) []Assignment {
	var out []Assignment
	for _, m := range all {
		one := p.told(m)
		a := Assignment{Span: one.Span, Role: role, Body: one.Name, Key: one.Key, Class: one.Class}
		for _, part := range m.parts {
			a.Parts = append(a.Parts, p.told(mention{wordSpan: part, class: true}))
		}
		out = append(out, a)
	}
	return out
}

// sentence reads a clause: first its subject, then each place where a body gets a role.
func (p *passage) sentence() []Assignment {
	out, i := p.subject()
	for i < len(p.words) {
		if n, role := orders.at(p, i); n > 0 {
			if all, end := p.row(i+n, false); len(all) > 0 && p.given(i, n, role) {
				out, i = append(out, p.assign(all, Role(role))...), end
				continue
			}
		}
		if n := p.together(i); n > 0 {
			if all, end := p.row(i+n, false); len(all) > 0 {
				out, i = append(out, p.assign(all, Coordinate)...), end
				continue
			}
		}
		if _, plural := p.plural(i); !plural && !p.words[i].capital {
			i++
			continue
		}
		all, end := p.row(i, false)
		if len(all) == 0 {
			i++
			continue
		}
		if role, ok := p.roleBehind(end); ok {
			out = append(out, p.assign(all, role)...)
		}
		i = end
	}
	return out
}

// given reports whether the order at word i is one: "trách nhiệm của" and "đối với" are only so at
// the head of a text, a label only at the head of a sentence.
func (p *passage) given(i, n int, role string) bool {
	switch {
	case p.is(i+n-1, "cua3") && role == string(Lead), p.is(i, "đôi1"):
		return false
	case p.is(i, "lanh4", "chi3"):
		return i == 0 || !p.is(i-1, "sư5", "vê2", "cua3", ",")
	case p.is(i, "yêu"), p.is(i, "đê2"):
		return i == 0 || p.words[i-1].shape == sign || p.is(i-1, "va2")
	}
	return true
}

// together reads "phối hợp chặt chẽ, hiệu quả với": some words may stand between.
func (p *passage) together(i int) int {
	if !p.is(i, "phôi1") || !p.is(i+1, "hơp5") {
		return 0
	}
	for k := i + 2; k < len(p.words) && k < i+9; {
		if p.is(k, "vơi1") {
			return k + 1 - i
		}
		n, _ := manner.at(p, k)
		if n == 0 {
			break
		}
		k += n
	}
	return 0
}

// roleBehind reads the role that the words behind a body give it.
func (p *passage) roleBehind(end int) (Role, bool) {
	end = p.abbreviated(end)
	n, role := follows.at(p, end)
	if n == 0 {
		return "", false
	}
	if role == string(Coordinate) && n == 2 { // "B phối hợp" closes a sentence, "B phối hợp với C" begins one
		if p.together(end) > 0 {
			return Lead, true
		}
		if end+n < len(p.words) && p.words[end+n].shape != sign && !p.is(end+n, "thưc5", "triên3", "tham") {
			return "", false
		}
	}
	return Role(role), true
}

// subject reads the body that a clause begins with and what it leads; it returns where to read on.
func (p *passage) subject() ([]Assignment, int) {
	i := p.unmarked()
	all, end := p.row(i, false)
	if len(all) == 0 {
		return p.owner(i)
	}
	next := p.abbreviated(end)
	if p.is(next, ",") {
		next++
	}
	whole := p.is(next, ";") && next == len(p.words)-1 // a row that the next clause ends
	if !p.is(next, ":") && !p.acts(next) && !whole {
		return nil, i
	}
	if n, role := orders.at(p, next); n > 0 && role == string(Lead) {
		if given, _ := p.row(next+n, false); len(given) > 0 { // "A giao B": A gives the task, B has it
			return nil, next
		}
	}
	out := p.assign(all, Lead)
	if k := p.leads(next); k > next {
		if led, after := p.row(k, false); len(led) > 0 {
			return append(out, p.assign(led, Execute)...), after
		}
	}
	return out, end
}

// unmarked steps over a bullet or a number that was left before the text.
func (p *passage) unmarked() int {
	i := 0
	for i < len(p.words) && i < 4 && (p.is(i, "-", "+", "*", "•") || p.words[i].shape == digits && p.is(i+1, ".", ")") ||
		i > 0 && p.words[i-1].shape == digits && p.is(i, ".", ")")) {
		i++
	}
	return i
}

// acts reports whether word i begins what a subject does.
func (p *passage) acts(i int) bool {
	n, _ := verbs.at(p, i)
	if n == 0 || p.is(i, "la2") && !follows.has(p, i) {
		return false
	}
	return true
}

// leads steps over "lãnh đạo, chỉ đạo", which may be followed by the one who is led.
func (p *passage) leads(i int) int {
	for p.is(i, "lanh4", "chi3") && p.is(i+1, "đao5") {
		if i += 2; p.is(i, ",", "va2") && p.is(i+1, "lanh4", "chi3") {
			i++
		}
	}
	return i
}

// owner reads "Phát huy vai trò của A ...": the body stands behind the noun that it owns.
func (p *passage) owner(i int) ([]Assignment, int) {
	if !p.is(i, "tăng", "phat1", "nâng", "đê2", "cung3", "giư4") {
		return nil, i
	}
	for k := i + 1; k < len(p.words) && k < i+14; k++ {
		if p.is(k, ";", ".") {
			break
		}
		n, _ := owners.at(p, k)
		if n == 0 || !p.is(k+n, "cua3") {
			continue
		}
		all, end := p.row(k+n+1, false)
		if len(all) == 0 {
			break
		}
		out := p.assign(all, Lead)
		for j := range out {
			out[j].Genitive = true
		}
		return out, end
	}
	return nil, i
}

// heading reads a heading or lead-in that names a body: alone, with a colon, or after "Giao".
func (p *passage) heading() []Assignment {
	i := p.unmarked()
	n, role := orders.at(p, i)
	if n > 0 && role != string(Coordinate) {
		i += n
	}
	all, end := p.row(i, false)
	if len(all) == 0 {
		return nil
	}
	end = p.abbreviated(end)
	if end == len(p.words) || p.is(end, ":") || p.is(end, ".") && end == len(p.words)-1 {
		return p.assign(all, Lead)
	}
	if n > 0 && !p.acts(end) {
		return nil
	}
	return p.sentence()
}
