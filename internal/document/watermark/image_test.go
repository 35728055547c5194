package watermark_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"chonoi/internal/document/watermark"
	"chonoi/internal/fault"
)

// photo is a picture that goes from black to white and from red to blue.
func photo(width, height int) *image.NRGBA {
	img := image.NewNRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			light := uint8(x * 255 / width)
			img.SetNRGBA(x, y, color.NRGBA{light, light / 2, uint8(y * 255 / height), 255})
		}
	}
	return img
}

func asJPEG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withSegment puts an APP1 segment at the beginning of a JPEG.
func withSegment(raw []byte, content string) []byte {
	segment := append([]byte{0xff, 0xe1, byte((len(content) + 2) >> 8), byte(len(content) + 2)}, content...)
	return append(append([]byte{0xff, 0xd8}, segment...), raw[2:]...)
}

func exif(orientation byte) string {
	return "Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00" + string(rune(orientation)) + "\x00\x00\x00\x00\x00\x00\x00taken at 10.77,106.70"
}

func decoded(t testing.TB, raw []byte) (image.Image, string) {
	t.Helper()
	img, format, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return img, format
}

// look keeps a copy for the eye where WATERMARK_LOOK names a folder.
func look(name string, raw []byte) {
	if keep := os.Getenv("WATERMARK_LOOK"); keep != "" {
		_ = os.WriteFile(filepath.Join(keep, name), raw, 0o600)
	}
}

func TestAnImageIsMarkedAllOverAndStaysOfItsKind(t *testing.T) {
	grey := image.NewGray(image.Rect(0, 0, 500, 400))
	palette := image.NewPaletted(image.Rect(0, 0, 500, 400), color.Palette{color.White, color.Black})
	deep := image.NewNRGBA64(image.Rect(0, 0, 300, 700))
	for name, one := range map[string]struct {
		raw  []byte
		kind string
	}{
		"a photo":             {asJPEG(t, photo(1200, 900)), "image/jpeg"},
		"a grey photo":        {asJPEG(t, grey), "image/jpeg"},
		"a small photo":       {asJPEG(t, photo(320, 240)), "image/jpeg"},
		"a drawing":           {asPNG(t, photo(1200, 900)), "image/png"},
		"a drawing of two":    {asPNG(t, palette), "image/png"},
		"a transparent sheet": {asPNG(t, deep), "image/png"},
	} {
		t.Run(name, func(t *testing.T) {
			copied, err := stamped(t, one.raw, one.kind)
			if err != nil {
				t.Fatal(err)
			}
			before, _ := decoded(t, one.raw)
			after, format := decoded(t, copied)
			if "image/"+format != one.kind {
				t.Errorf("%s became %s", one.kind, format)
			}
			for quarter, share := range changed(t, before, after) {
				if share < 0.01 || share > 0.4 {
					t.Errorf("quarter %d: %.3f of it changed", quarter, share)
				}
			}
			look(name+"."+format, copied)
		})
	}
}

func TestAWebPComesAsJPEG(t *testing.T) {
	// one pixel, lossless
	raw := []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")
	copied, err := stamped(t, raw, "image/webp")
	if err != nil {
		t.Fatal(err)
	}
	if _, format := decoded(t, copied); format != "jpeg" {
		t.Error(format)
	}
}

func TestAPhotoLosesWhereItWasTakenAndKeepsHowItIsHeld(t *testing.T) {
	plain := asJPEG(t, photo(800, 600))
	for orientation := byte(1); orientation <= 8; orientation++ {
		copied, err := stamped(t, withSegment(plain, exif(orientation)), "image/jpeg")
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(copied, []byte("taken at")) {
			t.Error("it still tells where it was taken")
		}
		held := bytes.Contains(copied, []byte{0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation})
		if held != (orientation > 1) {
			t.Errorf("orientation %d: told %v", orientation, held)
		}
		look("held-"+strconv.Itoa(int(orientation))+".jpg", copied)
	}
}

// pngOf is a PNG that tells a size and holds nothing.
func pngOf(t testing.TB, width, height uint32) []byte {
	t.Helper()
	raw := asPNG(t, image.NewGray(image.Rect(0, 0, 1, 1)))
	for i := range 4 {
		raw[16+i], raw[20+i] = byte(width>>(24-8*i)), byte(height>>(24-8*i))
	}
	return withSum(raw)
}

func TestAGiantOrFalseImageIsRefused(t *testing.T) {
	photo := asJPEG(t, photo(300, 200))
	for name, one := range map[string]struct {
		raw  []byte
		kind string
		want fault.Kind
	}{
		"more than 40 megapixels": {pngOf(t, 8000, 6000), "image/png", fault.TooLarge},
		"long and thin":           {pngOf(t, 30_000, 10), "image/png", fault.TooLarge},
		"without content":         {pngOf(t, 3000, 3000), "image/png", fault.Invalid},
		"cut off":                 {photo[:len(photo)/2], "image/jpeg", fault.Invalid},
		"of another kind":         {photo, "image/png", fault.Invalid},
		"no image":                {[]byte("<svg/>"), "image/jpeg", fault.Invalid},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := stamped(t, one.raw, one.kind); fault.KindOf(err) != one.want {
				t.Error(err)
			}
		})
	}
}

func BenchmarkTwelveMegapixels(b *testing.B) {
	raw := asJPEG(b, photo(4000, 3000))
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		if err := watermark.Stamp(b.Context(), &bytes.Buffer{}, bytes.NewReader(raw), int64(len(raw)), "image/jpeg", tuyet); err != nil {
			b.Fatal(err)
		}
	}
}
