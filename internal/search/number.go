package search

import "strings"

// numberEnd returns the end of a number written with marks that starts at start: 0,92 or 1.284.000.
// It returns 0 when the digits are no such number, as in 20.11.2026 or 3D.
func numberEnd(s string, start int) int {
	if start > 1 && isMark(s[start-1]) && isDigit(s[start-2]) {
		return 0 // the rest of digits that were found to be no number
	}
	end, marks, mark, grouped := start, 0, byte(0), true
	for {
		from := end
		for end < len(s) && isDigit(s[end]) {
			end++
		}
		if end-start > longestNumber {
			return 0
		}
		if marks > 0 && end-from != 3 {
			grouped = false
		}
		if end+1 >= len(s) || !isMark(s[end]) || !isDigit(s[end+1]) {
			break
		}
		if marks > 0 && s[end] != mark {
			grouped = false
		}
		mark = s[end]
		marks++
		end++
	}
	if marks == 0 || (marks > 1 && !grouped) {
		return 0
	}
	if end < len(s) {
		if r, _ := runeAt(s, end); isWordRune(r) {
			return 0
		}
	}
	return end
}

// longestNumber is the most bytes of a number with marks: a text of digits and marks alone must not
// be read to its end from each of them.
const longestNumber = 40

// plainNumber writes a number in one way for both tongues: thousands without a mark, decimals after
// a point. 1.284 and 1,284 become 1284; 0,92 becomes 0.92. Other words stay as they are.
func plainNumber(run string) string {
	i := strings.IndexAny(run, ".,")
	if i < 0 {
		return run
	}
	if run[0] != '0' && i <= 3 && (len(run)-i)%4 == 0 {
		return strings.NewReplacer(".", "", ",", "").Replace(run)
	}
	return strings.Replace(run, ",", ".", 1)
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func isMark(c byte) bool { return c == '.' || c == ',' }
