package parts

import (
	"fmt"
	"strconv"
	"strings"
)

func lightIcon(kind string) string {
	switch kind {
	case "ok":
		return "circle-check"
	case "run":
		return "circle-dot"
	case "risk":
		return "triangle-alert"
	case "late", "bad":
		return "octagon-alert"
	}
	return "circle-dashed"
}

func (r Reason) icon() string {
	if r.Icon != "" {
		return r.Icon
	}
	switch r.State {
	case "yes":
		return "check"
	case "no":
		return "x"
	}
	return "circle-dashed"
}

func noteIcon(kind string) string {
	switch kind {
	case "ok":
		return "circle-check"
	case "warn":
		return "triangle-alert"
	case "bad":
		return "octagon-alert"
	}
	return "info"
}

func buttonClass(kind string) string { return strings.TrimSpace("btn " + kind) }

func (l Listing) class() string {
	if l.Need {
		return "listing need"
	}
	return "listing offer"
}

func (l Listing) tag() Tag {
	if l.Need {
		return Tag{Text: l.Kind, Kind: "need"}
	}
	return Tag{Text: l.Kind, Kind: "offer"}
}

func (s Step) class() string {
	if s.Bad {
		return strings.TrimSpace(s.State + " bad")
	}
	return s.State
}

func step(i int) string { return strconv.Itoa(i + 1) }

func trlText(n int) string { return fmt.Sprintf("TRL %d", n) }

// Hits marks the pieces of text from one byte to another, which lie in order and apart. A piece
// that is not within the text is left out.
func Hits(text string, pieces [][2]int) (m Marked) {
	at := 0
	for _, p := range pieces {
		if p[0] < at || p[1] <= p[0] || p[1] > len(text) {
			continue
		}
		if p[0] > at {
			m = append(m, Run{Text: text[at:p[0]]})
		}
		m = append(m, Run{Text: text[p[0]:p[1]], Hit: true})
		at = p[1]
	}
	if at < len(text) {
		m = append(m, Run{Text: text[at:]})
	}
	return m
}

// String is the text without its marks.
func (m Marked) String() string {
	var b strings.Builder
	for _, run := range m {
		b.WriteString(run.Text)
	}
	return b.String()
}

// bar lays the shares out in a drawing 1000 wide, with a gap of 4.
func bar(shares []Share) (pieces []piece) {
	total := 0
	for _, s := range shares {
		total += s.Of
	}
	if total == 0 {
		return nil
	}
	at := 0.0
	for _, s := range shares {
		if s.Of <= 0 {
			continue
		}
		w := float64(s.Of) * 1000 / float64(total)
		pieces = append(pieces, piece{s.Kind, fmt.Sprintf("%.1f", at), fmt.Sprintf("%.1f", max(w-4, 2))})
		at += w
	}
	return pieces
}

type piece struct{ kind, x, w string }
