package record

import (
	"strings"
	"testing"
	"unicode/utf8"

	"chonoi/internal/lang"
)

// FuzzFileName holds that a file is called by one plain line without folders, ended by what it is.
func FuzzFileName(f *testing.F) {
	for _, seed := range []string{"máy sấy.pdf", "../../a.pdf", `C:\a\b.PDF`, "a\u202efdp.exe", "a\r\nb", "", ".", "a.pdf/", strings.Repeat("ư", 3000), "\xff\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sent string) {
		name := fileName(sent, "pdf")
		if !strings.HasSuffix(name, ".pdf") || strings.ContainsAny(name, "/\\\r\n\t") || name != lang.Clean(name) || utf8.RuneCountInString(name) > longestTitle+4 {
			t.Errorf("%q is called %q", sent, name)
		}
	})
}
