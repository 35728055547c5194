package file

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"testing"

	"github.com/xuri/excelize/v2"
)

const secret = "GPS 10.0342N 105.7869E Nguyen Van A"

// picture is blue above and red below, w by h.
func picture(w, h int) image.Image {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		c := color.RGBA{0, 0, 255, 255}
		if y >= h/2 {
			c = color.RGBA{255, 0, 0, 255}
		}
		for x := range w {
			img.SetRGBA(x, y, c)
		}
	}
	return img
}

// photo is a JPEG as a telephone makes it: EXIF with an orientation and a place, XMP, IPTC, a
// comment, and a film behind its end.
func photo(t testing.TB, w, h, orientation int) []byte {
	t.Helper()
	var b bytes.Buffer
	check(t, jpeg.Encode(&b, picture(w, h), nil))
	plain := b.Bytes()
	out := append([]byte{}, plain[:2]...)
	exif := append([]byte("Exif\x00\x00II*\x00\x08\x00\x00\x00"), 2, 0)
	exif = append(exif, 0x12, 0x01, 3, 0, 1, 0, 0, 0, byte(orientation), 0, 0, 0)
	exif = append(exif, 0x25, 0x88, 4, 0, 1, 0, 0, 0, 0x26, 0, 0, 0)
	exif = append(append(exif, 0, 0, 0, 0), secret...)
	for mark, body := range map[byte][]byte{
		0xE1: exif, 0xED: []byte("Photoshop 3.0\x00" + secret), 0xFE: []byte(secret), 0xE3: []byte(secret),
	} {
		out = append(out, 0xFF, mark)
		out = binary.BigEndian.AppendUint16(out, uint16(len(body)+2))
		out = append(out, body...)
	}
	out = append(out, plain[2:]...)
	return append(out, secret...)
}

func drawn(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	check(t, png.Encode(&b, picture(w, h)))
	plain := b.Bytes()
	out := append([]byte{}, plain[:33]...) // signature and IHDR
	for _, name := range []string{"tEXt", "iTXt", "zTXt", "eXIf", "tIME", "prVt"} {
		out = append(out, pngChunk(name, secret)...)
	}
	return append(append(out, plain[33:]...), secret...)
}

func pngChunk(name, body string) []byte {
	chunk := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	chunk = append(chunk, name+body...)
	return binary.BigEndian.AppendUint32(chunk, crc32.ChecksumIEEE(chunk[4:]))
}

// pixel is a lossless WebP of one pixel, with EXIF and XMP around it.
func pixel(t testing.TB) []byte {
	t.Helper()
	plain, err := base64.StdEncoding.DecodeString("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA==")
	check(t, err)
	body := riffChunk("VP8X", []byte{0x08 | 0x04, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	body = append(body, plain[12:]...)
	body = append(body, riffChunk("EXIF", []byte(secret))...)
	body = append(body, riffChunk("XMP ", []byte(secret))...)
	body = append(body, riffChunk("prVt", []byte(secret))...)
	out := binary.LittleEndian.AppendUint32([]byte("RIFF"), uint32(len(body)+4))
	return append(append(out, "WEBP"...), body...)
}

func riffChunk(name string, body []byte) []byte {
	chunk := binary.LittleEndian.AppendUint32([]byte(name), uint32(len(body)))
	chunk = append(chunk, body...)
	if len(body)%2 == 1 {
		chunk = append(chunk, 0)
	}
	return chunk
}

// archive is a ZIP of these names, each with its content behind it.
func archive(t testing.TB, namesAndContents ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for i := 0; i < len(namesAndContents); i += 2 {
		f, err := w.CreateHeader(&zip.FileHeader{Name: namesAndContents[i], Method: zip.Store})
		check(t, err)
		_, err = f.Write([]byte(namesAndContents[i+1]))
		check(t, err)
	}
	check(t, w.Close())
	return b.Bytes()
}

func docx(t testing.TB, more ...string) []byte {
	return archive(t, append([]string{"[Content_Types].xml", "<Types/>", "_rels/.rels", "<Relationships/>", "word/document.xml", "<w:document/>"}, more...)...)
}

func odf(t testing.TB, kind string) []byte {
	return archive(t, "mimetype", "application/vnd.oasis.opendocument."+kind, "content.xml", "<x/>")
}

func xlsx(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	check(t, f.SetCellValue("Sheet1", "A1", "Sấy cá tra"))
	b, err := f.WriteToBuffer()
	check(t, err)
	return b.Bytes()
}

func check(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
