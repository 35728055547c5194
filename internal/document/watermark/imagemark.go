package watermark

import (
	"context"
	"image"
	"math"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/vector"
)

// imageShare is how much of a pixel the mark takes: it darkens what is light and lightens what is dark.
const imageShare = 0.25

// draw draws the block at every place of the lattice.
func (l lattice) draw(ctx context.Context, canvas image.Image, b *block) error {
	mask := l.mask(b)
	size := canvas.Bounds()
	for _, p := range l.places {
		if err := ctx.Err(); err != nil {
			return err
		}
		corner := image.Pt(
			int(math.Round(float64(size.Min.X+size.Max.X)/2+p.x))-mask.Rect.Dx()/2,
			int(math.Round(float64(size.Min.Y+size.Max.Y)/2+p.y))-mask.Rect.Dy()/2,
		)
		where := mask.Rect.Add(corner)
		switch canvas := canvas.(type) {
		case *image.YCbCr:
			drawOnLight(canvas, mask, where)
		case *image.RGBA:
			drawOnColours(canvas, mask, where)
		}
	}
	return nil
}

// mask is the block as it stands on the image, its middle in the middle.
func (l lattice) mask(b *block) *image.Alpha {
	extent := l.extent(b)
	w, h := int(math.Ceil(extent.x))*2+2, int(math.Ceil(extent.y))*2+2
	raster := vector.NewRasterizer(w, h)
	at := func(p point) (float32, float32) {
		p = l.matrix.at(p)
		return float32(p.x + float64(w)/2), float32(p.y + float64(h)/2)
	}
	open := false
	for _, s := range b.strokes {
		x, y := at(s.to[0])
		switch s.op {
		case sfnt.SegmentOpMoveTo:
			if open {
				raster.ClosePath()
			}
			raster.MoveTo(x, y)
			open = true
		case sfnt.SegmentOpLineTo:
			raster.LineTo(x, y)
		case sfnt.SegmentOpQuadTo:
			x1, y1 := at(s.to[1])
			raster.QuadTo(x, y, x1, y1)
		case sfnt.SegmentOpCubeTo:
			x1, y1 := at(s.to[1])
			x2, y2 := at(s.to[2])
			raster.CubeTo(x, y, x1, y1, x2, y2)
		}
	}
	if open {
		raster.ClosePath()
	}
	mask := image.NewAlpha(image.Rect(0, 0, w, h))
	raster.Draw(mask, mask.Bounds(), image.Opaque, image.Point{})
	return mask
}

// drawOnLight changes how light a JPEG is and leaves its colours.
func drawOnLight(canvas *image.YCbCr, mask *image.Alpha, where image.Rectangle) {
	part := where.Intersect(canvas.Rect)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		from := mask.PixOffset(part.Min.X-where.Min.X, y-where.Min.Y)
		row := canvas.Y[canvas.YOffset(part.Min.X, y):]
		for x, cover := range mask.Pix[from : from+part.Dx()] {
			if cover != 0 {
				row[x] = towards(row[x], inkOn(int(row[x])), cover)
			}
		}
	}
}

// drawOnColours draws on an image as it looks on white, for that is where it is shown.
func drawOnColours(canvas *image.RGBA, mask *image.Alpha, where image.Rectangle) {
	part := where.Intersect(canvas.Rect)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		from := mask.PixOffset(part.Min.X-where.Min.X, y-where.Min.Y)
		row := canvas.Pix[canvas.PixOffset(part.Min.X, y):]
		for x, cover := range mask.Pix[from : from+part.Dx()] {
			if cover == 0 {
				continue
			}
			pixel := row[4*x : 4*x+4 : 4*x+4]
			light := (299*int(pixel[0])+587*int(pixel[1])+114*int(pixel[2]))/1000 + 255 - int(pixel[3])
			ink := inkOn(light)
			for i := range 3 {
				pixel[i] = towards(pixel[i], ink, cover)
			}
			pixel[3] = towards(pixel[3], 255, cover)
		}
	}
}

func inkOn(light int) int {
	if light > 127 {
		return 0
	}
	return 255
}

// towards moves a value by imageShare of the way, or less at the edge of a letter.
func towards(value uint8, ink int, cover uint8) uint8 {
	const share = imageShare * 256
	return uint8(int(value) + (ink-int(value))*int(cover)*share/(255*256))
}
