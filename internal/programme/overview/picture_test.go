package overview

import (
	"testing"
	"time"

	"chonoi/internal/when"
)

func TestATimeLineCoversItsDaysInFewPieces(t *testing.T) {
	first := when.Day{Year: 2024, Month: time.January, Date: 1}
	for a := 0; a < 900; a += 37 {
		for _, long := range []int{0, 1, 29, 180, 366, 1200, 5000, 40000} {
			from := first.AddDays(a)
			to := from.AddDays(long)
			s := spanOf(from, to)
			if s.n < 2 || s.n > mostPieces {
				t.Fatalf("%s to %s: %d pieces", from, to, s.n)
			}
			if s.from.After(from) || !to.Before(s.piece(s.n)) {
				t.Fatalf("%s to %s: covered are %s to %s", from, to, s.from, s.piece(s.n))
			}
			for _, d := range []when.Day{from, to} {
				i := s.index(d)
				if s.piece(i).After(d) || !d.Before(s.piece(i+1)) {
					t.Fatalf("%s is in the piece from %s", d, s.piece(i))
				}
				if x := s.at(d, 100, 900); x < 100 || x > 900 {
					t.Fatalf("%s at %d", d, x)
				}
			}
		}
	}
}

func TestTheKeyOfARowIsReadAsWritten(t *testing.T) {
	k := rowKey{"plan", "task", 7}
	if got, ok := keyOf(k.String()); !ok || got != k {
		t.Error(got, ok)
	}
	for _, bad := range []string{"", "a~b", "a~x~c", "a~1~c~d"} {
		if _, ok := keyOf(bad); ok {
			t.Errorf("%q is no key", bad)
		}
	}
}
