package watermark_test

import (
	"bytes"
	"testing"
	"time"

	"chonoi/internal/document/watermark"
	"chonoi/internal/fault"
)

// Whatever the bytes, the end is a copy that can be marked again, or a refusal, and it comes soon.
func fuzzed(f *testing.F, kind string) {
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 1<<20 {
			t.Skip()
		}
		begin := time.Now()
		copied, err := stamped(t, raw, kind)
		if took := time.Since(begin); took > 8*time.Second {
			t.Errorf("took %v", took)
		}
		if err != nil {
			if fault.KindOf(err) == fault.Internal {
				t.Error(err)
			}
			return
		}
		if _, err := stamped(t, copied, watermark.Becomes(kind)); err != nil && fault.KindOf(err) != fault.TooLarge {
			t.Errorf("the copy cannot be read: %v", err)
		}
	})
}

func FuzzPDF(f *testing.F) {
	f.Add(onePage(streamOf("", "q (a) Tj BI ID EI Q Q")))
	f.Add(packed(2, 100))
	f.Add(endlessOf(1<<10, 20))
	f.Add(pdfOf(catalogue, "<</Type/Pages/Kids[3 0 R 2 0 R]/Count 7/Rotate 90/CropBox[0 0 9 9]>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 400]/Contents[4 0 R 9 0 R null]/Annots[<</A 3 0 R>>]>>", streamOf("", "q")))
	fuzzed(f, "application/pdf")
}

func FuzzJPEG(f *testing.F) {
	raw := asJPEG(f, photo(40, 30))
	f.Add(raw)
	f.Add(withSegment(raw, exif(6)))
	fuzzed(f, "image/jpeg")
}

func FuzzPNG(f *testing.F) {
	f.Add(asPNG(f, photo(40, 30)))
	fuzzed(f, "image/png")
}

func BenchmarkTwentyPages(b *testing.B) {
	raw := paper(b, 20)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if err := watermark.Stamp(b.Context(), &bytes.Buffer{}, bytes.NewReader(raw), int64(len(raw)), "application/pdf", tuyet); err != nil {
			b.Fatal(err)
		}
	}
}
