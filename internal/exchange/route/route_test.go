package route

import (
	"testing"

	"chonoi/internal/when"
)

func shipped(t testing.TB) *Law {
	t.Helper()
	l, err := Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return l
}
func day(t testing.TB, s string) when.Day {
	t.Helper()
	d, err := when.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestX(t *testing.T) { t.Log(shipped(t).Edition) }
