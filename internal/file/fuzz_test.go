package file

import (
	"bytes"
	"image"
	"testing"
)

// fuzzStrip holds that a stripper neither panics nor grows its input by more than the orientation,
// that what it returns is stripped, and that it shows the same picture.
func fuzzStrip(f *testing.F, strip func([]byte) ([]byte, error), seeds ...[]byte) {
	for _, seed := range seeds {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		bare, err := strip(raw)
		if err != nil {
			return
		}
		if len(bare) > len(raw)+36 {
			t.Fatalf("%d bytes became %d", len(raw), len(bare))
		}
		again, err := strip(bare)
		if err != nil || !bytes.Equal(again, bare) {
			t.Fatalf("stripped twice is not stripped once: %v", err)
		}
		config, _, err := image.DecodeConfig(bytes.NewReader(raw))
		if err != nil || config.Width*config.Height > 10_000 {
			return
		}
		before, _, err := image.Decode(bytes.NewReader(raw))
		if err != nil {
			return
		}
		after, _, err := image.Decode(bytes.NewReader(bare))
		if err != nil {
			t.Fatalf("no picture any more: %v", err)
		}
		if before.Bounds() != after.Bounds() || before.At(0, 0) != after.At(0, 0) {
			t.Fatal("another picture")
		}
	})
}

func FuzzStripJPEG(f *testing.F) { fuzzStrip(f, stripJPEG, photo(f, 16, 8, 6), photo(f, 8, 8, 1)) }
func FuzzStripPNG(f *testing.F)  { fuzzStrip(f, stripPNG, drawn(f, 8, 8)) }
func FuzzStripWebP(f *testing.F) { fuzzStrip(f, stripWebP, pixel(f)) }
