package room

import "strings"

// piece is a run of words of a clause. Kind is "ins", "del" or "".
type piece struct{ Kind, Text string }

// mostCompared bounds the table of the comparison; longer texts are compared line by line.
const mostCompared = 1500

// marked draws the lines of b with what they add to those of a and what they leave out; plain draws
// them as they are.
func marked(a, b []string, plain bool) (lines [][]piece) {
	for i, text := range b {
		if plain || i < len(a) && a[i] == text {
			lines = append(lines, []piece{{"", text}})
			continue
		}
		old := ""
		if i < len(a) {
			old = a[i]
		}
		lines = append(lines, differ(strings.Fields(old), strings.Fields(text)))
	}
	if !plain {
		for _, text := range a[min(len(a), len(b)):] {
			lines = append(lines, []piece{{"del", text}})
		}
	}
	return lines
}

// differ compares two texts word by word: the longest words that both have in common stay.
func differ(a, b []string) (all []piece) {
	if len(a) > mostCompared || len(b) > mostCompared {
		return []piece{{"del", strings.Join(a, " ")}, {"ins", strings.Join(b, " ")}}
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
		all = append(all, piece{kind, word})
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
