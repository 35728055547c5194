package watermark_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"chonoi/internal/document/watermark"
	"chonoi/internal/fault"
)

// withSum mends the checksum of a PNG's header.
func withSum(raw []byte) []byte {
	binary.BigEndian.PutUint32(raw[29:], crc32.ChecksumIEEE(raw[12:29]))
	return raw
}

// pdfOf writes a PDF of these objects, the first being the catalogue, with a table of where they stand.
func pdfOf(objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, place := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", place)
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.Bytes()
}

const catalogue = "<</Type/Catalog/Pages 2 0 R>>"

func streamOf(entries, content string) string {
	return fmt.Sprintf("<<%s/Length %d>>\nstream\n%s\nendstream", entries, len(content), content)
}

func zeros(n int) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(bytes.Repeat([]byte(" "), n))
	_ = w.Close()
	return b.String()
}

// onePage is a PDF of one page, drawn by content, with more objects from number 5.
func onePage(content string, more ...string) []byte {
	return pdfOf(append([]string{
		catalogue, "<</Type/Pages/Kids[3 0 R]/Count 1>>",
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents 4 0 R>>", content,
	}, more...)...)
}

// packed is a PDF whose objects from 5 on stand in so many object streams, each a bomb.
func packed(streams, each int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	places := map[int]int{}
	add := func(n int, o string) {
		places[n] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", n, o)
	}
	all := ""
	for i := range streams {
		all += fmt.Sprintf(" %d 0 R", 5+streams+i)
	}
	add(1, "<</Type/Catalog/Pages 2 0 R/Outlines["+all+"]>>")
	add(2, "<</Type/Pages/Kids[3 0 R]/Count 1>>")
	add(3, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>")
	for i := range streams {
		var bomb bytes.Buffer
		w, _ := zlib.NewWriterLevel(&bomb, zlib.BestSpeed)
		fmt.Fprintf(w, "%-10s[%s]", fmt.Sprintf("%d 0", 5+streams+i), strings.Repeat(" ", each))
		_ = w.Close()
		add(5+i, streamOf("/Type/ObjStm/N 1/First 10/Filter/FlateDecode", bomb.String()))
	}
	table := b.Len()
	var rows bytes.Buffer
	size := 5 + 2*streams
	for n := range size {
		switch {
		case n >= 5+streams:
			rows.Write([]byte{2, 0, byte((n - streams) >> 16), byte((n - streams) >> 8), byte(n - streams), 0})
		case places[n] > 0:
			rows.Write([]byte{1, byte(places[n] >> 24), byte(places[n] >> 16), byte(places[n] >> 8), byte(places[n]), 0})
		default:
			rows.Write([]byte{0, 0, 0, 0, 0, 0})
		}
	}
	fmt.Fprintf(&b, "4 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n",
		streamOf(fmt.Sprintf("/Type/XRef/Size %d/W[1 4 1]/Root 1 0 R", size), rows.String()), table)
	return b.Bytes()
}

// chain is a PDF whose outline is a row of so many entries, each knowing the next.
func chain(n int) []byte {
	objects := []string{"<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>"}
	for i := range n {
		objects = append(objects, fmt.Sprintf("<</First %d 0 R>>", i+5))
	}
	return pdfOf(append(objects, "null")...)
}

// endlessOf is a PDF whose table has many parts that all begin where nothing ends for so many bytes.
func endlessOf(size, parts int) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n1 0 obj\n<</A(")
	b.Write(bytes.Repeat([]byte("x"), size))
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", parts)
	for range parts - 1 {
		b.WriteString("0000000009 00000 n \n")
	}
	fmt.Fprintf(&b, "trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n", parts, table)
	return b.Bytes()
}

// soon is far more than the two seconds that the slowest of these takes where nothing else runs.
const soon = 9 * time.Second

func TestAHostilePDFEndsSoonInARefusal(t *testing.T) {
	manyKids := strings.Repeat("3 0 R ", 5)
	pages := make([]string, 0, 2100)
	kids := ""
	for i := range 2001 {
		kids += fmt.Sprintf("%d 0 R ", i+3)
		pages = append(pages, "<</Type/Page/Parent 2 0 R>>")
	}
	shared := []string{catalogue, "", streamOf("/Filter/FlateDecode", zeros(30<<20))}
	sharing := ""
	for i := range 1900 {
		sharing += fmt.Sprintf("%d 0 R ", i+4)
		shared = append(shared, "<</Type/Page/Parent 2 0 R/Contents 3 0 R>>")
	}
	shared[1] = "<</Type/Pages/MediaBox[0 0 9 9]/Count 1900/Kids[" + sharing + "]>>"
	good := onePage(streamOf("", "q"))
	encrypted := bytes.Replace(good, []byte("/Root 1 0 R"), []byte("/Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]"), 1)
	for name, one := range map[string]struct {
		raw  []byte
		want fault.Kind
	}{
		"nothing":                       {nil, fault.Invalid},
		"30 MB of nulls":                {make([]byte, 30<<20), fault.Invalid},
		"a head and 29 MB of nulls":     {append([]byte("%PDF-1.7\n"), make([]byte, 29<<20)...), fault.Invalid},
		"a head and 9 MB of brackets":   {append([]byte("%PDF-1.7\n1 0 obj\n"), bytes.Repeat([]byte("<<"), 9<<19)...), fault.Invalid},
		"a head and 29 MB of lines":     {append([]byte("%PDF-1.7\n"), bytes.Repeat([]byte("1 0 obj\n"), 29<<17)...), fault.TooLarge},
		"more than 30 MB":               {make([]byte, 30<<20+1), fault.TooLarge},
		"an archive named PDF":          {[]byte("PK\x03\x04 and so on"), fault.Invalid},
		"a page named PDF":              {[]byte("<!doctype html><title>x</title>"), fault.Invalid},
		"cut off":                       {good[:len(good)/3], fault.Invalid},
		"without pages":                 {pdfOf(catalogue, "<</Type/Pages/Kids[]/Count 0>>"), fault.Invalid},
		"a tree that stands in itself":  {pdfOf(catalogue, "<</Type/Pages/Kids[2 0 R]/Count 1>>"), fault.Invalid},
		"a catalogue of another kind":   {pdfOf("[1 2 3]"), fault.Invalid},
		"2,001 pages":                   {pdfOf(append([]string{catalogue, "<</Type/Pages/MediaBox[0 0 9 9]/Count 1/Kids[" + kids + "]>>"}, pages...)...), fault.TooLarge},
		"locked in a way nobody knows":  {encrypted, fault.Invalid},
		"many bombs":                    {packed(55, 12<<20), fault.TooLarge},
		"a chain of 20,000":             {chain(20_000), 0},
		"a chain of 300,000":            {chain(300_000), fault.TooLarge},
		"pages that share a bomb":       {pdfOf(shared...), 0},
		"a table that points anywhere":  {bytes.Replace(good, []byte("00000 n"), []byte("99999 n"), -1), 0},
		"a table of parts without end":  {endlessOf(20<<20, 300_000), fault.TooLarge},
		"a table that is not there":     {good[:bytes.LastIndex(good, []byte("xref\n0"))], 0},
		"content that is no content":    {onePage("<</Not/AStream>>"), 0},
		"content that is a bomb":        {onePage(streamOf("/Filter/FlateDecode", zeros(200<<20))), 0},
		"a page that stands five times": {pdfOf(catalogue, "<</Type/Pages/Count 5/Kids["+manyKids+"]>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]>>"), 0},
		"a box beyond measure":          {onePage(streamOf("", "q"), "null", "[0 0 1e30 -1e30]"), 0},
	} {
		t.Run(name, func(t *testing.T) {
			begin := time.Now()
			_, err := stamped(t, one.raw, "application/pdf")
			took := time.Since(begin)
			slow := one.want == fault.Invalid && fault.KindOf(err) == fault.TooLarge && took > 2*time.Second
			if fault.KindOf(err) != one.want && !slow {
				t.Errorf("%v, of %v", err, fault.KindOf(err))
			}
			if took > soon {
				t.Errorf("took %v", took)
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			t.Logf("%v, %d MB", took.Round(time.Millisecond), m.Sys>>20)
		})
	}
}

func TestAReaderWhoLeavesEndsTheWork(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	raw := onePage(streamOf("", "q"))
	err := watermark.Stamp(ctx, &bytes.Buffer{}, bytes.NewReader(raw), int64(len(raw)), "application/pdf", tuyet)
	if !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
}

func TestNothingIsWrittenIntoTheHome(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_CONFIG_HOME", filepath.Join(home, "config"))
	if _, err := stamped(t, onePage(streamOf("", "q")), "application/pdf"); err != nil {
		t.Fatal(err)
	}
	if left, err := os.ReadDir(home); err != nil || len(left) > 0 {
		t.Error(left, err)
	}
}
