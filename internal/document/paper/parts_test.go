package paper_test

import (
	"bytes"
	"testing"
)

func replace(t testing.TB, in []byte, old, new string) []byte {
	t.Helper()
	if !bytes.Contains(in, []byte(old)) {
		t.Fatalf("there is no %q", old)
	}
	return bytes.Replace(in, []byte(old), []byte(new), 1)
}
