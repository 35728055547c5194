package sense

var timeWords = list("timewords")

// TimeWords returns the words of urgency and rhythm that set no date. They stand before the verb:
// at the head of a clause, behind its subject, or behind a sign; "tham gia tích cực" is none.
func TimeWords(text string) []TimeWord {
	p := cut(text)
	_, subject := p.row(0, false)
	dated := p.times()
	var out []TimeWord
	for i, next := 0, 0; i < len(p.words); {
		for next < len(dated) && dated[next].To <= p.words[i].from {
			next++
		}
		n, kind := timeWords.at(p, i)
		if n == 0 || !p.adverb(i, i+n, subject) || next < len(dated) && dated[next].From <= p.words[i].from {
			i++
			continue
		}
		out = append(out, TimeWord{p.span(i, i+n), kind})
		i += n
	}
	return out
}

// adverb reports whether the words from i to before end stand before a verb of the clause.
func (p *passage) adverb(i, end, subject int) bool {
	if end >= len(p.words) || p.words[end].shape != letters {
		return false
	}
	if i == 0 || i == subject {
		return true
	}
	return p.is(i-1, ",", ";", ":", ".", "-", "(") && p.acts(end)
}
