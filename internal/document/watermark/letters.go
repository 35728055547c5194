package watermark

import (
	"fmt"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/go-fonts/dejavu/dejavusans"
	"golang.org/x/image/font"
	"golang.org/x/image/font/sfnt"
	"golang.org/x/image/math/fixed"

	"chonoi/internal/lang"
)

const lineHeight = 1.3 // em

// point is a place in em, from the middle of a block, upwards.
type point struct{ x, y float64 }

// stroke is a part of the outline of a letter.
type stroke struct {
	op sfnt.SegmentOp
	to [3]point
}

// block is the outline of some lines of text, set around their middle, in em. Outlines need no font
// where they are shown, and are sharp at any size.
type block struct {
	strokes       []stroke
	width, height float64
}

// DejaVu Sans has all letters of Vietnamese, and Latin, Greek and Cyrillic besides.
var typeface = sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(dejavusans.TTF) })

// line is a text as one clean line that is not too long.
func line(text string) string {
	text = strings.Join(strings.Fields(lang.Clean(text)), " ")
	if utf8.RuneCountInString(text) <= mostLetters {
		return text
	}
	return string([]rune(text)[:mostLetters-1]) + "…"
}

const lineLetters = 36

// folded is a line as lines of about lineLetters, cut between words.
func folded(text string) (lines []string) {
	length := 0
	for _, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		if len(lines) == 0 || length+1+n > lineLetters {
			lines, length = append(lines, word), n
			continue
		}
		lines[len(lines)-1] += " " + word
		length += 1 + n
	}
	return lines
}

// blockOf sets lines under each other, each in the middle.
func blockOf(lines []string) (*block, error) {
	face, err := typeface()
	if err != nil {
		return nil, fmt.Errorf("read the typeface: %w", err)
	}
	b := &block{height: lineHeight * float64(len(lines))}
	for i, text := range lines {
		from := len(b.strokes)
		width, err := b.set(face, text)
		if err != nil {
			return nil, fmt.Errorf("set the mark: %w", err)
		}
		b.width = max(b.width, width)
		base := b.height/2 - lineHeight*float64(i) - 1
		for s := range b.strokes[from:] {
			for k := range b.strokes[from+s].to {
				to := &b.strokes[from+s].to[k]
				to.x, to.y = to.x-width/2, to.y+base
			}
		}
	}
	return b, nil
}

// set adds the letters of a line from the origin to the right and returns how wide it is.
func (b *block) set(face *sfnt.Font, text string) (float64, error) {
	var room sfnt.Buffer
	em := float64(face.UnitsPerEm())
	size := fixed.I(int(face.UnitsPerEm()))
	at := 0.0
	for _, r := range known(face, &room, text) {
		glyph, err := face.GlyphIndex(&room, r)
		if err != nil {
			return 0, err
		}
		segments, err := face.LoadGlyph(&room, glyph, size, nil)
		if err != nil {
			return 0, err
		}
		for _, s := range segments {
			one := stroke{op: s.Op}
			for i, arg := range s.Args {
				one.to[i] = point{at + float64(arg.X)/64/em, -float64(arg.Y) / 64 / em}
			}
			b.strokes = append(b.strokes, one)
		}
		advance, err := face.GlyphAdvance(&room, glyph, size, font.HintingNone)
		if err != nil {
			return 0, err
		}
		at += float64(advance) / 64 / em
	}
	return at, nil
}

// known tells a letter that the typeface has not by its number, so that the mark still tells two
// readers apart.
func known(face *sfnt.Font, room *sfnt.Buffer, text string) string {
	var out strings.Builder
	for _, r := range text {
		if glyph, err := face.GlyphIndex(room, r); (err == nil && glyph != 0) || unicode.IsSpace(r) {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, "[%X]", r)
		}
	}
	return out.String()
}
