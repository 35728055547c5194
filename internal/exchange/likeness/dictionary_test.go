package likeness

import (
	"testing"

	"chonoi/internal/lexicon"
)

// dictionary is the lexicon that the product is shipped with.
func dictionary(t testing.TB) Dictionary {
	t.Helper()
	l, err := lexicon.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return By(func() *lexicon.Lexicon { return l })
}
