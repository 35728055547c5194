package watermark

import "math"

const (
	slope       = 35 * math.Pi / 180
	lettersEach = 44  // ems on the shorter side of a page
	mostEach    = 160 // ems on the diagonal of a page that is long and thin
	apart       = 4.0 // em between blocks of a row
	rowsApart   = 6.5 // em between rows
	leastPoints = 5.0
	leastPixels = 11.0
)

// matrix turns a place of the block into one of the page: (ax + cy, bx + dy).
type matrix struct{ a, b, c, d float64 }

func (m matrix) at(p point) point { return point{m.a*p.x + m.c*p.y, m.b*p.x + m.d*p.y} }

// after is what n and then m do.
func (m matrix) after(n matrix) matrix {
	return matrix{
		m.a*n.a + m.c*n.b, m.b*n.a + m.d*n.b,
		m.a*n.c + m.c*n.d, m.b*n.c + m.d*n.d,
	}
}

func turned(angle, size float64) matrix {
	sin, cos := math.Sincos(angle)
	return matrix{size * cos, size * sin, -size * sin, size * cos}
}

// lattice tells where on a page the mark stands, so that no part of any use is without one: rising
// rows all over it, each second row moved by half a step. Places are from the middle of the page.
type lattice struct {
	matrix matrix // of each block
	places []point
}

// sizeOf is how large an em is on a page of which so much is seen; least is what can be read.
func sizeOf(b *block, width, height, least float64) float64 {
	diagonal := math.Hypot(width, height)
	size := max(min(width, height)/lettersEach, diagonal/mostEach, least)
	return min(size, 0.8*diagonal/max(b.width, 1))
}

// latticeOf lays the block out on a page of that width and height, or larger where that would be too
// often. view turns what a reader sees into what the file holds, for pages that are shown turned.
func latticeOf(b *block, width, height, size float64, view matrix) lattice {
	diagonal := math.Hypot(width, height)
	size = max(size, diagonal/mostEach/3)
	l := lattice{matrix: view.after(turned(slope, size))}
	reach := diagonal / 2 / size
	along, across := max(b.width, 8)+apart, b.height+rowsApart
	columns, rows := int(math.Ceil(reach/along))+1, int(math.Ceil(reach/across))+1
	extent := l.extent(b)
	for row := -rows; row <= rows; row++ {
		for column := -columns; column <= columns; column++ {
			x := float64(column) * along
			if row%2 != 0 {
				x += along / 2
			}
			p := l.matrix.at(point{x, float64(row) * across})
			if math.Abs(p.x) < width/2+extent.x && math.Abs(p.y) < height/2+extent.y {
				l.places = append(l.places, p)
			}
		}
	}
	return l
}

// extent is how far a block reaches from its middle to the sides and up or down.
func (l lattice) extent(b *block) point {
	m, w, h := l.matrix, b.width/2+0.1, b.height/2+0.1
	return point{math.Abs(m.a)*w + math.Abs(m.c)*h, math.Abs(m.b)*w + math.Abs(m.d)*h}
}
