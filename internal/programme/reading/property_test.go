package reading_test

import (
	"fmt"
	"strings"
	"testing"

	"chonoi/internal/document/prose"
	"chonoi/internal/programme/reading"

	"pgregory.net/rapid"
)

// written is one way in which papers number what they say, the outermost first.
type written struct {
	name   string
	levels []func(n int) string
}

func roman(n int) string { return []string{"", "I", "II", "III", "IV", "V", "VI", "VII"}[n] }

func letter(n int) string { return []string{"", "a", "b", "c", "d", "đ", "e", "g"}[n] }

func form(f string) func(int) string { return func(n int) string { return fmt.Sprintf(f, n) } }

func bullet(s string) func(int) string { return func(int) string { return s } }

func signed(f string, sign func(int) string) func(int) string {
	return func(n int) string { return fmt.Sprintf(f, sign(n)) }
}

func capital(n int) string { return strings.ToUpper(letter(n)) }

var grammars = []written{
	{"Party plan", []func(int) string{signed("%s-", roman), form("%d."), bullet("-")}},
	{"Party plan of 1-", []func(int) string{signed("%s-", roman), form("%d-"), bullet("+")}},
	{"State plan", []func(int) string{signed("Phần %s.", roman), form("Mục %d."), form("%d."), signed("%s)", letter)}},
	{"decision", []func(int) string{form("Điều %d."), form("%d."), signed("%s)", letter)}},
	{"directive", []func(int) string{form("%d."), signed("%s)", letter), form("(%d)")}},
	{"A over I", []func(int) string{signed("%s.", capital), signed("%s.", roman), form("%d."), bullet("*")}},
	{"I over A", []func(int) string{signed("%s.", roman), signed("%s.", capital), form("%d)"), bullet("•")}},
	{"slashes", []func(int) string{signed("%s/", roman), form("%d/"), bullet("-"), bullet("+")}},
}

// expected is a node as it must be read.
type expected struct {
	depth        int
	marker, text string
}

var syllables = strings.Fields("công nghệ đổi mới sáng tạo phát triển hợp tác nguồn lực đào tạo chuyển giao thị trường nghiên cứu ứng dụng hạ tầng dữ liệu doanh nghiệp nông thôn")

func sentence(t *rapid.T, label string) string {
	n := rapid.IntRange(3, 25).Draw(t, label)
	var b strings.Builder
	b.WriteString("Đẩy mạnh")
	for i := range n {
		b.WriteString(" " + rapid.SampledFrom(syllables).Draw(t, "w"))
		if i+1 < n {
			b.WriteString(rapid.SampledFrom([]string{"", "", "", "", "", ",", ";"}).Draw(t, "p"))
		}
	}
	return b.String()
}

// draw draws a tree below depth in grammar g.
func draw(t *rapid.T, g written, depth int, out *[]expected) {
	for n := range rapid.IntRange(1, 4).Draw(t, "n") {
		marker := g.levels[depth](n + 1)
		if depth+1 == len(g.levels) || depth > 0 && rapid.IntRange(0, 3).Draw(t, "leaf") == 0 {
			*out = append(*out, expected{depth, marker, sentence(t, "len") + ". " + sentence(t, "len") + "."})
			continue
		}
		*out = append(*out, expected{depth, marker, strings.ReplaceAll(sentence(t, "len"), ";", "")})
		draw(t, g, depth+1, out)
	}
}

// wrapped breaks a line as a typewriter does.
func wrapped(s string, width int) []string {
	var lines []string
	line := ""
	for _, w := range strings.Fields(s) {
		if line != "" && len([]rune(line))+1+len([]rune(w)) > width {
			lines = append(lines, line)
			line = ""
		}
		line = strings.TrimPrefix(line+" "+w, " ")
	}
	return append(lines, line)
}

func TestAPlanInAnyGrammarIsReadBackByteForByte(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := rapid.SampledFrom(grammars).Draw(t, "grammar")
		var want []expected
		draw(t, g, 0, &want)
		width := rapid.SampledFrom([]int{0, 60, 72, 90}).Draw(t, "width")
		gaps := rapid.Bool().Draw(t, "gaps")
		if !gaps && len(want) < 20 {
			width = 0 // too few lines to tell how wide they are
		}
		word := rapid.SampledFrom([]string{"", "typed", "automatic"}).Draw(t, "word")
		text := &prose.Text{Kind: "txt"}
		if word != "" {
			text.Kind, width = "docx", 0
		}
		add := func(s string, gap bool) {
			text.Blocks = append(text.Blocks, prose.Block{Paragraph: &prose.Paragraph{Text: s, Level: -1, Gap: gap, Line: len(text.Blocks) + 1}})
		}
		add("KẾ HOẠCH", true)
		add("Phát triển khoa học", false)
		add("Thực hiện chỉ đạo của cấp trên, Ủy ban ban hành Kế hoạch như sau:", true)
		normalised := []string{"KẾ HOẠCH", "Phát triển khoa học", "Thực hiện chỉ đạo của cấp trên, Ủy ban ban hành Kế hoạch như sau:"}
		for _, e := range want {
			line := e.marker + " " + e.text
			normalised = append(normalised, line)
			lines := []string{line}
			if width > 0 {
				lines = wrapped(line, width)
			}
			for i, l := range lines {
				add(l, gaps && i == 0)
			}
			if word == "automatic" {
				last := text.Blocks[len(text.Blocks)-1].Paragraph
				last.Text, last.Marker, last.Level = e.text, e.marker, e.depth
			}
		}
		p, err := reading.Read(text, "plan.txt")
		if err != nil {
			t.Fatal(err)
		}
		whole(t, p)
		if got := strings.Join(normalised, "\n"); p.Text != got {
			t.Fatalf("%s, width %d, %q: read\n%s\nwas\n%s", g.name, width, word, p.Text, got)
		}
		same(t, g, p, want)
	})
}

// same compares the tree that was read with the one that was drawn.
func same(t *rapid.T, g written, p *reading.Plan, want []expected) {
	if len(p.Nodes) != len(want) {
		t.Fatalf("%s: %d nodes of %d\n%s", g.name, len(p.Nodes), len(want), outline(p))
	}
	depth := map[string]int{}
	for i, n := range p.Nodes {
		if n.Parent != nil {
			depth[n.ID] = depth[*n.Parent] + 1
		}
		if got := (expected{depth[n.ID], n.Marker, n.Text}); got != want[i] {
			t.Fatalf("%s: read %v, was %v\n%s", g.name, got, want[i], outline(p))
		}
	}
}
