package reading

import "strconv"

// split divides the texts of leaves into clauses: after ";" or "." before white space, nothing else.
func (p *Plan) split() {
	for i := range p.Nodes {
		n := &p.Nodes[i]
		if n.below > 0 {
			continue
		}
		if n.barren() {
			p.warn(n.ID, "reading.heading_without_content")
			continue
		}
		p.clausesOf(n)
	}
}

func (p *Plan) clausesOf(n *Node) {
	for k, at := range cuts(n.Text) {
		p.Clauses = append(p.Clauses, Clause{
			ID: n.ID + "#" + strconv.Itoa(k+1), Node: n.ID, N: k + 1,
			Text: n.Text[at[0]:at[1]], Start: n.Start + at[0], End: n.Start + at[1],
		})
	}
}

// cuts are begin and end of each clause of a text whose white space is single blanks. Joined with
// one blank they are the text again.
func cuts(s string) [][2]int {
	var all [][2]int
	begin := 0
	for i := 0; i+1 < len(s); i++ {
		if (s[i] == ';' || s[i] == '.') && s[i+1] == ' ' {
			all = append(all, [2]int{begin, i + 1})
			begin = i + 2
		}
	}
	if begin < len(s) {
		all = append(all, [2]int{begin, len(s)})
	}
	return all
}
