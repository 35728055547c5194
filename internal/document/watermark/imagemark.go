package watermark

import (
	"context"
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/vector"
)

// The mark is drawn twice, a pale one behind a dark one, so that it is seen on any ground.
const (
	paleShare = 0.30
	darkShare = 0.25
	paleGrey  = 255
	darkGrey  = 70
)

// draw draws the block at every place of the lattice.
func (l lattice) draw(ctx context.Context, canvas image.Image, b *block) error {
	mask := l.mask(b)
	size := canvas.Bounds()
	middle := point{float64(size.Min.X+size.Max.X) / 2, float64(size.Min.Y+size.Max.Y) / 2}
	behind := l.matrix.at(point{shade, -shade})
	for _, p := range l.places {
		if err := ctx.Err(); err != nil {
			return err
		}
		at := point{middle.x + p.x, middle.y + p.y}
		blend(canvas, mask, point{at.x + behind.x, at.y + behind.y}, paleGrey, paleShare)
		blend(canvas, mask, at, darkGrey, darkShare)
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

// blend lays a grey over the image where the mask is, its middle at that place.
func blend(canvas image.Image, mask *image.Alpha, at point, grey uint8, share float64) {
	corner := image.Pt(int(math.Round(at.x))-mask.Rect.Dx()/2, int(math.Round(at.y))-mask.Rect.Dy()/2)
	where := mask.Rect.Add(corner)
	switch canvas := canvas.(type) {
	case *image.YCbCr:
		blendLight(canvas, mask, where, grey, share)
	case draw.Image:
		ink := image.NewUniform(color.NRGBA{grey, grey, grey, uint8(share * 255)})
		draw.DrawMask(canvas, where, ink, image.Point{}, mask, image.Point{}, draw.Over)
	}
}

// blendLight changes how light a JPEG is and leaves its colours.
func blendLight(canvas *image.YCbCr, mask *image.Alpha, where image.Rectangle, grey uint8, share float64) {
	part := where.Intersect(canvas.Rect)
	weight, light := int(share*256), int(grey)
	for y := part.Min.Y; y < part.Max.Y; y++ {
		from := mask.PixOffset(part.Min.X-where.Min.X, y-where.Min.Y)
		row := canvas.Y[canvas.YOffset(part.Min.X, y):]
		for x, cover := range mask.Pix[from : from+part.Dx()] {
			if cover != 0 {
				row[x] = uint8(int(row[x]) + (light-int(row[x]))*int(cover)*weight/(255*256))
			}
		}
	}
}
