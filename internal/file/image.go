package file

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	_ "image/png" // read
	"io"
	"strconv"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp" // read

	"chonoi/internal/fault"
)

// ThumbnailWidths are the widths of thumbnails in pixels: for a list and for a page.
var ThumbnailWidths = []int{320, 960}

const (
	mostPixels = 40_000_000 // decoded: 160 MB
	mostSide   = 20_000
)

// drawing lets one image be decoded at a time, for each may take much memory.
var drawing = make(chan struct{}, 1)

func thumbnailSuffix(width int) string { return "-" + strconv.Itoa(width) }

// putImage keeps an image without its metadata, and its thumbnails.
func (s *Store) putImage(ctx context.Context, draft io.ReadSeeker, k kind) (Stored, error) {
	if _, err := draft.Seek(0, io.SeekStart); err != nil {
		return Stored{}, fmt.Errorf("read an image: %w", err)
	}
	raw, err := io.ReadAll(draft)
	if err != nil {
		return Stored{}, fmt.Errorf("read an image: %w", err)
	}
	bare, err := k.strip(raw)
	if err != nil {
		return Stored{}, fault.New(fault.Invalid, "file.broken")
	}
	thumbnails, err := thumbnailsOf(ctx, bare, orientationOf(raw))
	if err != nil {
		return Stored{}, err
	}
	stored, err := s.put(ctx, bytes.NewReader(bare), int64(len(bare)), k)
	if err != nil {
		return Stored{}, err
	}
	for i, width := range ThumbnailWidths {
		key := stored.SHA256 + thumbnailSuffix(width)
		if err := s.shelf.keep(ctx, key, bytes.NewReader(thumbnails[i]), int64(len(thumbnails[i])), "image/jpeg"); err != nil {
			return Stored{}, fmt.Errorf("keep thumbnail %s: %w", key, err)
		}
	}
	return stored, nil
}

// thumbnailsOf draws an image at each of ThumbnailWidths, upright. The size that the image tells is
// looked at first, so that a small file cannot unfold to a giant picture.
func thumbnailsOf(ctx context.Context, raw []byte, orientation int) ([][]byte, error) {
	config, _, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || config.Width < 1 || config.Height < 1 {
		return nil, fault.New(fault.Invalid, "file.broken")
	}
	if config.Width > mostSide || config.Height > mostSide || config.Width*config.Height > mostPixels {
		return nil, fault.New(fault.TooLarge, "file.too_many_pixels", "Megapixels", mostPixels/1_000_000)
	}
	select {
	case drawing <- struct{}{}:
		defer func() { <-drawing }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	whole, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		return nil, fault.New(fault.Invalid, "file.broken")
	}
	out := make([][]byte, len(ThumbnailWidths))
	for i := len(ThumbnailWidths) - 1; i >= 0; i-- { // the small one is drawn from the larger one
		width := ThumbnailWidths[i]
		small := upright(scaled(whole, width, orientation), orientation)
		whole, orientation = small, 1
		var b bytes.Buffer
		if err := jpeg.Encode(&b, small, &jpeg.Options{Quality: 82}); err != nil {
			return nil, fmt.Errorf("draw a thumbnail: %w", err)
		}
		out[i] = b.Bytes()
	}
	return out, nil
}

// scaled draws src on white so that it is at most width wide once it is upright; never larger.
func scaled(src image.Image, width, orientation int) *image.RGBA {
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	side := w
	if orientation >= 5 { // lies on its side: its height becomes the width
		side = h
	}
	if side > width {
		w, h = max(1, w*width/side), max(1, h*width/side)
	}
	dst := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(dst, dst.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.CatmullRom.Scale(dst, dst.Bounds(), src, src.Bounds(), draw.Over, nil)
	return dst
}

// upright turns an image as its EXIF orientation (1 to 8) asks.
// Source: CIPA DC-008 (Exif 2.32), tag 0x0112.
func upright(src *image.RGBA, orientation int) *image.RGBA {
	if orientation <= 1 || orientation > 8 {
		return src
	}
	w, h := src.Bounds().Dx(), src.Bounds().Dy()
	size := image.Rect(0, 0, w, h)
	if orientation >= 5 {
		size = image.Rect(0, 0, h, w)
	}
	dst := image.NewRGBA(size)
	for y := range size.Dy() {
		for x := range size.Dx() {
			fromX, fromY := x, y
			switch orientation {
			case 2:
				fromX = w - 1 - x
			case 3:
				fromX, fromY = w-1-x, h-1-y
			case 4:
				fromY = h - 1 - y
			case 5:
				fromX, fromY = y, x
			case 6:
				fromX, fromY = y, h-1-x
			case 7:
				fromX, fromY = w-1-y, h-1-x
			case 8:
				fromX, fromY = w-1-y, x
			}
			dst.SetRGBA(x, y, src.RGBAAt(fromX, fromY))
		}
	}
	return dst
}
