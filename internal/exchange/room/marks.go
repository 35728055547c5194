package room

import "chonoi/internal/lang"

// piece is a run of words of a clause.
type piece = lang.Piece

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
		lines = append(lines, lang.Differ(old, text))
	}
	if !plain {
		for _, text := range a[min(len(a), len(b)):] {
			lines = append(lines, []piece{{"del", text}})
		}
	}
	return lines
}
