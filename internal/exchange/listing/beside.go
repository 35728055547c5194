package listing

import "strings"

// Piece is a part of a text that is set beside another one: the same in both, or only here. A gap
// stands for words that are the same in both and are left out.
type Piece struct {
	Text string
	Only bool
	Gap  bool
}

const (
	mostCells = 1_000_000 // of the table in which two texts are compared word by word
	longSame  = 30        // words in a row that are the same in both, and are not all shown
	shownSame = 8         // of them at either end
)

// beside cuts two texts into what is the same in both and what stands in one only, word by word.
func beside(a, b string) (left, right []Piece) {
	own, other := strings.Fields(a), strings.Fields(b)
	sameA, sameB := sameWords(own, other)
	return pieces(own, sameA), pieces(other, sameB)
}

// sameWords marks the words of two texts that stand in both, in one order. Where the texts are too
// long for that, it marks those that stand anywhere in the other one.
func sameWords(a, b []string) (inA, inB []bool) {
	inA, inB = make([]bool, len(a)), make([]bool, len(b))
	from := 0
	for from < len(a) && from < len(b) && a[from] == b[from] {
		inA[from], inB[from] = true, true
		from++
	}
	toA, toB := len(a), len(b)
	for toA > from && toB > from && a[toA-1] == b[toB-1] {
		toA, toB = toA-1, toB-1
		inA[toA], inB[toB] = true, true
	}
	if (toA-from)*(toB-from) > mostCells {
		anywhere(a[from:toA], b[from:toB], inA[from:toA])
		anywhere(b[from:toB], a[from:toA], inB[from:toB])
		return inA, inB
	}
	inOrder(a[from:toA], b[from:toB], inA[from:toA], inB[from:toB])
	return inA, inB
}

func anywhere(a, b []string, in []bool) {
	there := make(map[string]bool, len(b))
	for _, w := range b {
		there[w] = true
	}
	for i, w := range a {
		in[i] = there[w]
	}
}

// inOrder marks a longest row of words that both have.
func inOrder(a, b []string, inA, inB []bool) {
	wide := len(b) + 1
	rest := make([]int32, (len(a)+1)*wide) // how many are the same from here on
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				rest[i*wide+j] = rest[(i+1)*wide+j+1] + 1
			} else {
				rest[i*wide+j] = max(rest[(i+1)*wide+j], rest[i*wide+j+1])
			}
		}
	}
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] == b[j]:
			inA[i], inB[j] = true, true
			i, j = i+1, j+1
		case rest[(i+1)*wide+j] >= rest[i*wide+j+1]:
			i++
		default:
			j++
		}
	}
}

// pieces puts words together again; of a long run that is the same in both only the ends are shown.
func pieces(words []string, same []bool) []Piece {
	var all []Piece
	for i := 0; i < len(words); {
		j := i
		for j < len(words) && same[j] == same[i] {
			j++
		}
		run := words[i:j]
		if same[i] && len(run) > longSame {
			head, tail := run[:shownSame], run[len(run)-shownSame:]
			if i > 0 {
				all = append(all, Piece{Text: strings.Join(head, " ")})
			}
			all = append(all, Piece{Gap: true})
			if j < len(words) {
				all = append(all, Piece{Text: strings.Join(tail, " ")})
			}
		} else {
			all = append(all, Piece{Text: strings.Join(run, " "), Only: !same[i]})
		}
		i = j
	}
	return all
}
