package sense

import (
	"embed"
	"strings"
)

//go:embed lists/*.txt
var lists embed.FS

// phrases is a dictionary of phrases: the longest one that begins at a word is found in one walk.
type phrases struct {
	next     map[string]*phrases
	end      bool
	value    string // what the list says of the phrase; may be empty
	toneless bool
}

// add puts a phrase in. A later line of the same words replaces the earlier.
func (d *phrases) add(phrase, value string) {
	at := d
	for _, w := range cut(phrase).words {
		key := w.key
		if d.toneless {
			key = w.bare()
		}
		if at.next == nil {
			at.next = map[string]*phrases{}
		}
		if at.next[key] == nil {
			at.next[key] = &phrases{}
		}
		at = at.next[key]
	}
	if at != d {
		at.end, at.value = true, value
	}
}

// at returns after how many words the longest phrase that begins at word i ends, 0 when none does.
func (d *phrases) at(p *passage, i int) (n int, value string) {
	at := d
	for k := i; k < len(p.words) && at.next != nil; k++ {
		key := p.words[k].key
		if d.toneless {
			key = p.words[k].bare()
		}
		if at = at.next[key]; at == nil {
			break
		}
		if at.end {
			n, value = k-i+1, at.value
		}
	}
	return n, value
}

// has reports whether a phrase begins at word i.
func (d *phrases) has(p *passage, i int) bool {
	n, _ := d.at(p, i)
	return n > 0
}

// list reads an embedded list: one phrase a line, after a "|" what the list says of it; a line that
// begins with "#" is a comment.
func list(name string) *phrases { return fill(&phrases{}, name) }

func fill(d *phrases, name string) *phrases {
	for _, line := range lines(name) {
		phrase, value, _ := strings.Cut(line, "|")
		d.add(strings.TrimSpace(phrase), strings.TrimSpace(value))
	}
	return d
}

// lines returns the lines of an embedded list without comments and empty ones.
func lines(name string) []string {
	raw, err := lists.ReadFile("lists/" + name + ".txt")
	if err != nil {
		panic(err) // the list is part of the binary
	}
	var out []string
	for _, line := range strings.Split(string(raw), "\n") {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			out = append(out, line)
		}
	}
	return out
}
