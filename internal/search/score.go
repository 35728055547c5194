package search

// score adds up what each slot scores: BM25F with one length for all fields. scores must be zero and
// as long as there are slots.
func (x *body) score(p *plan, scores []float64) {
	mean := x.meanLength()
	for _, t := range p.terms {
		base, perWord := t.k1*(1-p.b), t.k1*p.b/mean
		for _, hit := range t.list {
			tf := float64(hit.weight) / weightUnit
			scores[hit.slot] += t.weight * tf / (tf + base + perWord*float64(x.length[hit.slot]))
		}
	}
}

// restrict sets the score of listings to 0 that lack what must occur or have what must not.
func (x *body) restrict(p *plan, scores []float64) {
	for _, list := range p.must {
		at := 0
		for slot := range scores {
			for at < len(list) && int(list[at].slot) < slot {
				at++
			}
			if at == len(list) || int(list[at].slot) != slot {
				scores[slot] = 0
			}
		}
	}
	for _, lists := range p.mustNot {
		for _, hit := range lists[0] {
			if inAll(lists[1:], hit.slot) {
				scores[hit.slot] = 0
			}
		}
	}
}

func inAll(lists [][]posting, slot uint32) bool {
	for _, list := range lists {
		if _, ok := find(list, slot); !ok {
			return false
		}
	}
	return true
}

// find returns the posting of a slot.
func find(list []posting, slot uint32) (posting, bool) {
	low, high := 0, len(list)
	for low < high {
		mid := (low + high) / 2
		if list[mid].slot < slot {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(list) && list[low].slot == slot {
		return list[low], true
	}
	return posting{}, false
}

// floor returns the least score of a find: a part of the best one of all live listings, whatever
// the filters, so that the pages of a result and its counts agree.
func (x *body) floor(scores []float64) float64 {
	best := 0.0
	for slot, s := range scores {
		if s > best && x.live[slot] {
			best = s
		}
	}
	return best * leastShare
}
