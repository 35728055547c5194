package watermark

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"

	_ "golang.org/x/image/webp" // read

	"chonoi/internal/fault"
)

// stampImage draws the mark all over an image. The size that the image tells is looked at first, so
// that a small file cannot unfold to a giant picture.
func stampImage(ctx context.Context, raw []byte, kind string, b *block) ([]byte, error) {
	config, format, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || "image/"+format != kind || config.Width < 1 || config.Height < 1 {
		return nil, broken()
	}
	most := mostPixels
	if deep(config.ColorModel) {
		most /= 2
	}
	if config.Width > mostSide || config.Height > mostSide || config.Width*config.Height > most {
		return nil, fault.New(fault.TooLarge, "watermark.too_many_pixels", "Megapixels", most/1_000_000)
	}
	whole, _, err := image.Decode(ending{ctx, bytes.NewReader(raw)})
	if err != nil {
		return nil, broken()
	}
	orientation := 1
	if kind == jpegKind {
		orientation = orientationOf(raw)
	}
	canvas := canvasOf(whole, kind == webpKind)
	size := canvas.Bounds()
	view := matrix{1, 0, 0, -1} // pixels are counted downwards
	width, height := float64(size.Dx()), float64(size.Dy())
	l := latticeOf(b, width, height, sizeOf(b, width, height, leastPixels), uprightness[orientation].after(view))
	if err := l.draw(ctx, canvas, b); err != nil {
		return nil, err
	}
	out := &bounded{ctx: ctx}
	if Becomes(kind) == pngKind {
		err = png.Encode(out, canvas)
	} else {
		err = encodeJPEG(out, canvas, orientation)
	}
	if err != nil {
		return nil, fmt.Errorf("write a marked image: %w", err)
	}
	return out.made, nil
}

// deep tells images that take twice the memory a pixel.
func deep(model color.Model) bool {
	return model == color.NRGBA64Model || model == color.RGBA64Model || model == color.Gray16Model
}

// canvasOf is the image as one that can be drawn on. A JPEG's own planes are drawn on as they are,
// which saves the memory and time of a copy.
func canvasOf(whole image.Image, opaque bool) image.Image {
	switch whole := whole.(type) {
	case *image.YCbCr:
		return whole
	case *image.RGBA:
		return whole
	}
	size := whole.Bounds()
	canvas := image.NewRGBA(size)
	if opaque {
		draw.Draw(canvas, size, image.White, image.Point{}, draw.Src)
		draw.Draw(canvas, size, whole, size.Min, draw.Over)
	} else {
		draw.Draw(canvas, size, whole, size.Min, draw.Src)
	}
	return canvas
}

const jpegQuality = 88

// encodeJPEG writes a JPEG that tells nothing of itself but how it is to be turned.
func encodeJPEG(out *bounded, canvas image.Image, orientation int) error {
	if err := jpeg.Encode(out, canvas, &jpeg.Options{Quality: jpegQuality}); err != nil {
		return err
	}
	if orientation > 1 {
		const begin = 2 // after the mark of the beginning
		out.made = append(out.made[:begin:begin], append(orientationSegment(orientation), out.made[begin:]...)...)
	}
	return nil
}
