package sense

// Recipient is one line below "Nơi nhận".
type Recipient struct {
	Span         // without bullet and final punctuation
	Class   bool // stands for many bodies, to be expanded as of a date
	Archive bool // "Lưu: VT": the copy that is kept
	Key     string
}

// Recipients returns the lines of "Nơi nhận" in their order; the heading itself is none.
func Recipients(text string) []Recipient {
	p := cut(text)
	var out []Recipient
	for i := 0; i < len(p.words); {
		end := i + 1
		for end < len(p.words) && !p.words[end].line {
			end++
		}
		if r, ok := p.recipient(i, end); ok {
			out = append(out, r)
		}
		i = end
	}
	return out
}

func (p *passage) recipient(i, end int) (Recipient, bool) {
	if p.is(i, "nơi") && p.is(i+1, "nhân5") || p.is(i, "kinh1") && p.is(i+1, "gưi3", "trinh2") && p.is(i+2, ":") {
		for ; i < end && !p.is(i, ":"); i++ {
		}
		i++
	}
	for i < end && p.is(i, "-", "+", "*", "•", "·", "", ":") {
		i++
	}
	for end > i && p.is(end-1, ",", ";", ".", "/", "*", "_") {
		end--
	}
	if i >= end || p.words[i].line && i+1 == end && p.words[i].shape == sign {
		return Recipient{}, false
	}
	r := Recipient{Span: p.span(i, end), Archive: p.is(i, "lưu")}
	r.Key = BodyKey(r.Printed)
	if m := p.mentionAt(i, true); !r.Archive && m.class && m.end > i {
		r.Class = true
	}
	return r, true
}
