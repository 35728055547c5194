package prose

import "strings"

// labels are the footnotes of a Markdown file by their labels.
type labels struct {
	numbers map[string]int // by the order of their marks
	order   []string
	texts   map[string][]string
}

// mark returns the number of a label, whose mark was met.
func (l *labels) mark(label string) int {
	n, met := l.numbers[label]
	if !met {
		l.order = append(l.order, label)
		n = len(l.order)
		l.numbers[label] = n
	}
	return n
}

// all are the notes that have a mark, by their numbers: those without one are not displayed.
func (l *labels) all() []Note {
	var notes []Note
	for i, label := range l.order {
		notes = append(notes, Note{N: i + 1, Text: strings.Join(l.texts[label], "\n")})
	}
	return notes
}

// define reads a footnote and the indented lines that go on with it.
func (m *markdown) define(parts []string) {
	label, texts := parts[1], []string{}
	var print emphasis
	add := func(line string) {
		if text, _ := print.read(strings.TrimSpace(line), &m.notes).text(); text != "" {
			texts = append(texts, text)
		}
	}
	add(parts[2])
	for m.at+1 < len(m.lines) {
		next := m.lines[m.at+1]
		indented := strings.HasPrefix(next, "    ") || strings.HasPrefix(next, "\t")
		blank := strings.TrimSpace(next) == ""
		if blank && (m.at+2 >= len(m.lines) || !strings.HasPrefix(m.lines[m.at+2], "    ") && !strings.HasPrefix(m.lines[m.at+2], "\t")) || !blank && !indented {
			break
		}
		m.at++
		add(next)
	}
	if _, twice := m.notes.texts[label]; !twice {
		m.notes.texts[label] = texts
	}
	m.gap = true
}
