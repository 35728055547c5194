package file

import (
	"bytes"
	"mime"
	"strings"
	"testing"
	"unicode/utf8"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// FuzzPut holds that whatever is sent is kept as one of the kinds that are taken, or refused.
func FuzzPut(f *testing.F) {
	for _, seed := range [][]byte{photo(f, 4, 4, 6), drawn(f, 4, 4), pixel(f), docx(f), docx(f, "word/vbaProject.bin", "x"), odf(f, "text"), odf(f, "spreadsheet"),
		[]byte("%PDF-1.4\n%%EOF"), []byte("a,b\n1,2\n"), []byte("<html><script>"), []byte("MZ\x90\x00"), []byte("PK\x03\x04"), []byte("\xff\xd8\xff"), {}, []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\xff\xff\xff\xff\xff\xff\xff\xff")} {
		f.Add(seed)
	}
	store, err := InFolder(f.TempDir())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		stored, err := store.Put(t.Context(), bytes.NewReader(raw), PutOptions{MaxBytes: 1 << 20})
		if _, told := fault.As(err); err != nil && !told {
			t.Fatal(err)
		}
		if err != nil {
			return
		}
		if find(stored.Ext) == "" || find(stored.Ext) != stored.MIME {
			t.Errorf("kept as %+v", stored)
		}
		if err := store.Delete(t.Context(), stored.SHA256); err != nil {
			t.Error(err)
		}
	})
}

func find(ext string) (mime string) {
	for _, k := range kinds {
		if k.ext == ext {
			mime = k.mime
		}
	}
	return mime
}

// FuzzDownloadHeaders holds that no name of a file breaks a header, leads into a folder or hides
// what the file is.
func FuzzDownloadHeaders(f *testing.F) {
	for _, seed := range []string{"máy sấy.pdf", "../../etc/passwd", `C:\a\b.pdf`, "a\u202efdp.exe", "a\r\nSet-Cookie: x=1", "\x00\x07", `";filename=x`, strings.Repeat("ư", 3000), ".pdf", "%2e%2e%2f", "\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, name string) {
		told := DownloadHeaders(Stored{SHA256: strings.Repeat("a", 64), MIME: "application/pdf", Ext: "pdf"}, name)
		for header, value := range told {
			if strings.ContainsFunc(value, func(r rune) bool { return r < ' ' || r >= 0x7f }) {
				t.Errorf("%s: %q", header, value)
			}
		}
		_, values, err := mime.ParseMediaType(told["Content-Disposition"])
		if err != nil {
			t.Fatalf("%q: %v", told["Content-Disposition"], err)
		}
		got := values["filename"]
		if !strings.HasSuffix(got, ".pdf") || strings.ContainsAny(got, `/\`) || got != lang.Clean(got) || !utf8.ValidString(got) || len([]rune(got)) > longestName+4 {
			t.Errorf("%q is handed out as %q", name, got)
		}
	})
}
