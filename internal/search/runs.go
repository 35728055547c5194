package search

import "math/bits"

// runs remembers the words of the runs of letters and digits as they stand in texts. It is a hash
// table of its own, for it is asked for each word of each text.
type runs struct {
	table []run // its size is a power of two
	count int
}

type run struct {
	hash uint64 // 0 is an empty place
	text string
	word *lexeme // nil when only marks are left of the run
	key  uint64  // lexeme.word
	fold uint64  // lexeme.fold
}

// hash is never 0.
func (r *runs) hash(text string) uint64 {
	h := uint64(len(text)) + wordSeed
	for ; len(text) >= 8; text = text[8:] {
		eight := uint64(text[0]) | uint64(text[1])<<8 | uint64(text[2])<<16 | uint64(text[3])<<24 |
			uint64(text[4])<<32 | uint64(text[5])<<40 | uint64(text[6])<<48 | uint64(text[7])<<56
		h = bits.RotateLeft64((h^eight)*golden, 29)
	}
	rest := uint64(0)
	for i := 0; i < len(text); i++ {
		rest = rest<<8 | uint64(text[i])
	}
	return mixed(h^rest) | 1<<63
}

// find returns the run of that text, nil when it is not remembered; it is good until the next add.
func (r *runs) find(hash uint64, text string) *run {
	if len(r.table) == 0 {
		return nil
	}
	at := &r.table[r.place(hash, text)]
	if at.hash == 0 {
		return nil
	}
	return at
}

// place returns where a run is or would be.
func (r *runs) place(hash uint64, text string) uint64 {
	last := uint64(len(r.table) - 1)
	at := hash & last
	for r.table[at].hash != 0 && (r.table[at].hash != hash || r.table[at].text != text) {
		at = (at + 1) & last
	}
	return at
}

// add remembers a run that is not there, and returns it as find does.
func (r *runs) add(hash uint64, text string, word *lexeme) *run {
	if 2*r.count >= len(r.table) {
		old := r.table
		r.table = make([]run, max(1024, 2*len(old)))
		for i := range old {
			if old[i].hash != 0 {
				r.table[r.place(old[i].hash, old[i].text)] = old[i]
			}
		}
	}
	r.count++
	at := &r.table[r.place(hash, text)]
	*at = run{hash: hash, text: text, word: word}
	if word != nil {
		at.key, at.fold = word.word, word.fold
	}
	return at
}
