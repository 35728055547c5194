package listing

import (
	"strings"
	"testing"
)

func read(all []Piece) string {
	var words []string
	for _, p := range all {
		switch {
		case p.Gap:
			words = append(words, "…")
		case p.Only:
			words = append(words, "["+p.Text+"]")
		default:
			words = append(words, p.Text)
		}
	}
	return strings.Join(words, " ")
}

func TestWhatStandsInOneTextOnlyIsMarked(t *testing.T) {
	long := strings.TrimSpace(strings.Repeat("như nhau ", 40))
	for _, one := range []struct{ a, b, left, right string }{
		{"Máy sấy xoài 500 kg", "Máy sấy xoài 300 kg", "Máy sấy xoài [500] kg", "Máy sấy xoài [300] kg"},
		{"một hai ba", "một ba", "một [hai] ba", "một ba"},
		{"một", "", "[một]", ""},
		{"a " + long + " b", "a " + long + " c", "… như nhau như nhau như nhau như nhau [b]", ""},
	} {
		left, right := beside(one.a, one.b)
		if got := read(left); got != one.left {
			t.Errorf("%.40q: %q, want %q", one.a, got, one.left)
		}
		if got := read(right); one.right != "" && got != one.right {
			t.Errorf("%.40q: %q, want %q", one.b, got, one.right)
		}
	}
}

func TestVeryLongTextsAreComparedToo(t *testing.T) {
	a, b := strings.Repeat("một hai ", 3000)+"x", "y "+strings.Repeat("hai một ", 3000)
	left, right := beside(a, b)
	if !strings.HasSuffix(read(left), "[x]") || !strings.HasPrefix(read(right), "[y]") {
		t.Errorf("%.80q and %.80q", read(left), read(right))
	}
}

// FuzzBeside: no word is lost but in gaps, and what is the same is the same on both sides.
func FuzzBeside(f *testing.F) {
	f.Add("a b c", "a c")
	f.Add("", "x y")
	f.Add("b a", "a b")
	f.Fuzz(func(t *testing.T, a, b string) {
		own, other := strings.Fields(a), strings.Fields(b)
		sameA, sameB := sameWords(own, other)
		inA, inB := 0, 0
		for _, same := range sameA {
			if same {
				inA++
			}
		}
		for _, same := range sameB {
			if same {
				inB++
			}
		}
		if len(sameA) != len(own) || len(sameB) != len(other) || inA != inB {
			t.Errorf("%q and %q: %d and %d", a, b, inA, inB)
		}
		if a == b && inA != len(own) {
			t.Errorf("%q is not the same as itself", a)
		}
	})
}
