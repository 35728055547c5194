package search

import (
	"strings"
	"testing"
)

func TestABeginningIsGoneOnWithFromTitles(t *testing.T) {
	x := market(t)
	for _, c := range []struct{ begun, want string }{
		{"may s", "máy sấy; máy sấy lúa công suất lớn; máy sấy xoài bằng bơm nhiệt"},
		{"máy b", "máy bay không người lái phun"},
		{"xu ly nuoc ", "xử lý nước thải ao cá tra"},
		{"Mango", "mango dryer with a heat"},
		{"zzz", ""},
		{"", ""},
		{"-\"", ""},
	} {
		if got := strings.Join(x.Suggest(c.begun, 3), "; "); got != c.want {
			t.Errorf("%q goes on as %q, want %q", c.begun, got, c.want)
		}
	}
}

func TestADeletedListingIsNotSuggested(t *testing.T) {
	x := market(t)
	x.Delete("offer", "2")
	if got := x.Suggest("máy bay", 3); len(got) != 0 {
		t.Error(got)
	}
}
