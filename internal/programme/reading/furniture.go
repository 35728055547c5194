package reading

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

var (
	pageNumber = regexp.MustCompile(`^(?i:trang\s+|page\s+)?[-–—\[(]*\s*(\d{1,4})(?:\s*/\s*\d{1,4})?\s*[-–—\])]*$`)
	ornament   = regexp.MustCompile(`^[-–—_=*~.•\s]+$`)
	digits     = regexp.MustCompile(`\d+`)
)

// clear takes page numbers, running heads and ornaments out of a text file and returns what stays
// and how many lines went. The line after them is told torn: a paragraph may go on in it.
func clear(all []line) ([]line, int) {
	drop := make([]bool, len(all))
	numbers := pageNumbers(all)
	for i := range numbers {
		drop[i] = true
	}
	for i := range runningHeads(all, drop) {
		drop[i] = true
	}
	kept := make([]line, 0, len(all))
	gone, torn, page := 0, false, false
	for i, l := range all {
		if drop[i] {
			gone, torn, page = gone+1, true, page || l.page
			continue
		}
		l.torn, l.page = torn || l.page, l.page || page
		torn, page = false, false
		kept = append(kept, l)
	}
	return kept, gone
}

// pageNumbers are the lines that hold nothing but a number, where those numbers count up by one
// from page to page. A lone number counts when it stands apart.
func pageNumbers(all []line) map[int]bool {
	type found struct{ at, n int }
	var list []found
	for i, l := range all {
		if l.table != nil || l.marker != "" || len(l.text) > 24 {
			continue
		}
		if m := pageNumber.FindStringSubmatch(l.text); m != nil {
			n, _ := strconv.Atoi(m[1])
			list = append(list, found{i, n})
		}
	}
	out := map[int]bool{}
	for k, f := range list {
		counts := k > 0 && list[k-1].n+1 == f.n || k+1 < len(list) && list[k+1].n-1 == f.n
		alone := f.n < 1000 && (all[f.at].page || next(all, f.at).page || all[f.at].gap && next(all, f.at).gap)
		if counts || alone {
			out[f.at] = true
		}
	}
	return out
}

func next(all []line, i int) line {
	if i+1 < len(all) {
		return all[i+1]
	}
	return line{gap: true}
}

// runningHeads are short lines that come again beside page breaks, the same but for their figures.
func runningHeads(all []line, numbers []bool) map[int]bool {
	type seen struct {
		at     []int
		edges  int
		breaks int // how often it stands alone within a sentence
		alone  int
	}
	by := map[string]*seen{}
	for i, l := range all {
		if numbers[i] || l.table != nil || l.marker != "" || l.text == "" || utf8.RuneCountInString(l.text) > 120 || ornament.MatchString(l.text) {
			continue
		}
		key := digits.ReplaceAllString(l.text, "#")
		s := by[key]
		if s == nil {
			s = &seen{}
			by[key] = s
		}
		s.at = append(s.at, i)
		if atEdge(all, numbers, i) {
			s.edges++
		}
		if l.gap && next(all, i).gap && !ended(l.text) {
			s.alone++
			if i > 0 && i+1 < len(all) && !ended(all[i-1].text) && small(all[i+1].text) && !small(l.text) {
				s.breaks++
			}
		}
	}
	out := map[int]bool{}
	for key, s := range by {
		lettered := strings.IndexFunc(key, unicode.IsLetter) >= 0
		if n := len(s.at); lettered && n >= 2 && s.edges >= 2 && s.edges*10 >= n*8 && n-s.edges <= 2 {
			for _, i := range s.at {
				out[i] = atEdge(all, numbers, i)
			}
		} else if lettered && n >= 3 && s.alone >= n-1 && s.breaks > 0 {
			for _, i := range s.at {
				out[i] = all[i].gap && next(all, i).gap
			}
		}
	}
	for i, is := range out {
		if !is {
			delete(out, i)
		}
	}
	return out
}

// atEdge reports whether a line stands at the head or the foot of a page.
func atEdge(all []line, numbers []bool, i int) bool {
	if all[i].page || i > 0 && (numbers[i-1] || all[i-1].page) {
		return true
	}
	return i+1 < len(all) && (numbers[i+1] || all[i+1].page)
}
