package lang

import "strings"

// Piece is a run of words of a text that is compared with another. Kind is "ins", "del" or "".
type Piece struct{ Kind, Text string }

// mostCompared bounds the table of the comparison, in words; longer texts are told as gone and come.
const mostCompared = 1500

// Differ compares two texts word by word: the longest words that both have in common stay.
func Differ(before, after string) (all []Piece) {
	a, b := strings.Fields(before), strings.Fields(after)
	if len(a) > mostCompared || len(b) > mostCompared {
		return []Piece{{"del", strings.Join(a, " ")}, {"ins", strings.Join(b, " ")}}
	}
	common := make([][]int, len(a)+1)
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			} else {
				common[i][j] = max(common[i+1][j], common[i][j+1])
			}
		}
	}
	add := func(kind, word string) {
		if n := len(all); n > 0 && all[n-1].Kind == kind {
			all[n-1].Text += " " + word
			return
		}
		all = append(all, Piece{kind, word})
	}
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			add("", a[i])
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			add("del", a[i])
			i++
		default:
			add("ins", b[j])
			j++
		}
	}
	return all
}
