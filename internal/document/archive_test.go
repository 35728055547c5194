package document_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"fmt"
	"io"
	"runtime"
	"strings"
	"testing"

	"chonoi/internal/document"
	"chonoi/internal/fault"
)

// lying packs a workbook whose directory claims that one part is small when it is not.
func lying(t *testing.T, part, real string) string {
	t.Helper()
	content := workbook(t, sheetOf(`<row><c t="str"><v>a</v></c></row>`), func(p map[string]string) { delete(p, part) })
	honest, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	var b, deflated bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range honest.File {
		if err := w.Copy(f); err != nil {
			t.Fatal(err)
		}
	}
	d, err := flate.NewWriter(&deflated, flate.BestSpeed)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(d, real); err != nil {
		t.Fatal(err)
	}
	if err := d.Close(); err != nil {
		t.Fatal(err)
	}
	raw, err := w.CreateRaw(&zip.FileHeader{Name: part, Method: zip.Deflate,
		CompressedSize64: uint64(deflated.Len()), UncompressedSize64: 200})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := raw.Write(deflated.Bytes()); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestADirectoryThatClaimsTooLittleIsNotBelieved(t *testing.T) {
	row := `<row><c t="str"><v>a</v></c></row>`
	for part, real := range map[string]string{
		"xl/worksheets/sheet1.xml": sheetOf(strings.Repeat(row, 1<<20)),
		"xl/SharedStrings.xml":     "<sst>" + strings.Repeat("<si><t>abc</t></si>", 1<<20) + "</sst>",
		"xl/styles.xml":            "<styleSheet>" + strings.Repeat("<xf/>", 8<<20) + "</styleSheet>",
	} {
		content := lying(t, part, real)
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		err := ending("x", strings.NewReader(content), document.Options{})
		runtime.ReadMemStats(&after)
		if f, told := fault.As(err); !told || f.Key != "document.broken" {
			t.Errorf("%s: ended with %v", part, err)
		}
		if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 8 {
			t.Errorf("%s: took %d MB of memory", part, used)
		}
	}
}

func TestADirectoryOfCountlessFilesIsRefusedInLittleMemory(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := range 300_000 {
		if _, err := w.CreateHeader(&zip.FileHeader{Name: fmt.Sprint(i)}); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	content := b.String()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	err := ending("x", strings.NewReader(content), document.Options{})
	runtime.ReadMemStats(&after)
	if fault.KindOf(err) != fault.TooLarge {
		t.Errorf("ended with %v", err)
	}
	t.Logf("%d MB of directory and files took %d MB", len(content)>>20, (after.TotalAlloc-before.TotalAlloc)>>20)
	if used := (after.TotalAlloc - before.TotalAlloc) >> 20; used > 128 {
		t.Errorf("took %d MB of memory", used)
	}
}
