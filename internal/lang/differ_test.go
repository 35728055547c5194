package lang_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chonoi/internal/lang"
)

// What stays and what came make the new text, what stays and what went the old one.
func TestBothTextsAreInTheirDifference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.SampledFrom([]string{"máy", "sấy", "một", "hai", "năm"})
		a, b := rapid.SliceOfN(word, 0, 12).Draw(t, "a"), rapid.SliceOfN(word, 0, 12).Draw(t, "b")
		var old, now []string
		for _, p := range lang.Differ(strings.Join(a, " "), strings.Join(b, " ")) {
			if p.Kind != "ins" {
				old = append(old, p.Text)
			}
			if p.Kind != "del" {
				now = append(now, p.Text)
			}
		}
		if strings.Join(old, " ") != strings.Join(a, " ") || strings.Join(now, " ") != strings.Join(b, " ") {
			t.Fatalf("%v, %v: %v and %v", a, b, old, now)
		}
	})
}
