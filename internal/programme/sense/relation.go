package sense

var (
	relations = list("relations")
	between   = list("between")
)

// relate tells what the text does with each document and from which document the relation starts.
func (p *passage) relate(all []Citation, spans []wordSpan) {
	for i := range all {
		c, at := &all[i], spans[i].at
		before := -1 // the word after the citation before, in this sentence
		if i > 0 && !p.parted(spans[i-1].end, at) {
			before = spans[i-1].end
		}
		if p.defines(at) || p.repeats(all, spans, i) {
			c.Defined = true
			continue
		}
		relation, begin := p.trigger(at, before)
		switch {
		case relation != Mentions:
			c.Relation = relation
			if before >= 0 && p.hangs(before, begin) {
				c.On = i - 1
			}
		case before >= 0 && p.listsOn(at):
			k := i - 1
			for k > 0 && all[k].Defined {
				k--
			}
			c.Relation = all[k].Relation
			if all[k].On >= 0 {
				c.Relation = Ambiguous
			}
		}
	}
}

// parted reports whether a sentence or clause ends between words i and j.
func (p *passage) parted(i, j int) bool {
	for k := i; k < j; k++ {
		if p.is(k, ";") || p.is(k, ".") && k+1 < len(p.words) && p.words[k+1].space && p.words[k+1].capital {
			return true
		}
	}
	return false
}

// defines reports whether the words before at are "(viết tắt là", "(gọi tắt là", "(sau đây gọi là".
func (p *passage) defines(at int) bool {
	for k := at - 1; k >= 0 && k >= at-8; k-- {
		if p.is(k, "(") {
			n, _ := defining.at(p, k+1)
			return n > 0
		}
	}
	return false
}

// repeats reports whether citation i stands alone in brackets behind the same document cited in full.
func (p *passage) repeats(all []Citation, spans []wordSpan, i int) bool {
	return i > 0 && all[i].Symbol != "" && p.is(spans[i].at-1, "(") && p.is(spans[i].end, ")") && all[i].Key() == all[i-1].Key()
}

// trigger walks back from word at over filling words to the word that tells the relation.
func (p *passage) trigger(at, before int) (Relation, int) {
	best, begin := Mentions, at
	for k := at - 1; k >= 0 && k >= before && k >= at-24; k-- {
		n, value := relations.at(p, k)
		if n > 0 && k+n <= at && (k+n == begin || p.filled(k+n, begin)) {
			if best == Mentions || value == string(Linked) || value == string(Continues) {
				best = Relation(value)
			}
			begin = k
			continue
		}
		if begin < at && !p.fillsNear(k, begin) {
			break
		}
		if p.is(k, ";", "(", ")", ":") {
			break
		}
	}
	return best, begin
}

// filled reports whether only filling words stand from word i to before word j.
func (p *passage) filled(i, j int) bool {
	for i < j {
		n, _ := between.at(p, i)
		if n == 0 || i+n > j {
			if n, _ = relations.at(p, i); n == 0 || i+n > j {
				return false
			}
		}
		i += n
	}
	return true
}

// fillsNear reports whether a longer phrase may still begin within three words before begin.
func (p *passage) fillsNear(k, begin int) bool { return begin-k <= 6 }

// hangs reports whether the relation word at begin belongs to the document cited before: nothing
// but its issuer and title stand between, and no comma before the relation word.
func (p *passage) hangs(before, begin int) bool {
	k := begin - 1
	for k >= before && p.is(k, "vê2", "viêc5") {
		k--
	}
	return k < before || !p.is(k, ",", "va2", ")")
}

// listsOn reports whether the document at word at follows a comma or "và".
func (p *passage) listsOn(at int) bool {
	k := at - 1
	for k >= 0 && p.is(k, "sô1", "cac1", "theo") {
		k--
	}
	return p.is(k, ",", "va2", "hoăc5", "cung2")
}
