package watermark

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"strconv"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"golang.org/x/image/font/sfnt"
)

// ink is what the pages of a PDF share: the letters, told once, and the mark of each size of page.
type ink struct {
	file    *model.Context
	block   *block
	letters types.IndirectRef
	ours    map[string]types.IndirectRef
	forms   map[sheet]types.IndirectRef

	unpacked int // bytes, to count brackets
}

const mostUnpacked = 48 << 20

// area is a box of a page, in points.
type area struct{ left, bottom, width, height float64 }

// sheet is the whole of a page, what lies outside of what is seen too; how large the part is that is
// seen, and by how many quarters it is shown turned clockwise.
type sheet struct {
	area
	seenWidth, seenHeight float64
	quarters              int
}

const unit = 1000 // of an em, in the letters

func newInk(file *model.Context, b *block) (*ink, error) {
	x := &ink{file: file, block: b, ours: map[string]types.IndirectRef{}, forms: map[sheet]types.IndirectRef{}}
	half := [2]int{int(math.Ceil(b.width*unit/2)) + 100, int(math.Ceil(b.height*unit/2)) + 100}
	box := types.NewIntegerArray(-half[0], -half[1], half[0], half[1])
	var err error
	x.letters, err = x.form(outline(b), box, nil)
	return x, err
}

// stamp puts the page's own drawing between brackets and the mark behind it. Other pages may share the
// drawing and the resources, so both get new dictionaries and keep their parts.
func (x *ink) stamp(p page) error {
	form, err := x.mark(x.sheetOf(p))
	if err != nil {
		return err
	}
	resources, err := x.dict(p.resources)
	if err != nil {
		return err
	}
	drawn, err := x.dict(resources["XObject"])
	if err != nil {
		return err
	}
	name := "Mark"
	for n := 1; drawn[name] != nil; n++ {
		name = "Mark" + strconv.Itoa(n)
	}
	drawn[name] = form
	resources["XObject"] = drawn
	p.dict["Resources"] = resources

	parts, count, err := x.parts(p.dict["Contents"])
	if err != nil {
		return err
	}
	before, behind := count.around()
	begin, err := x.part(before + "\n")
	if err != nil {
		return err
	}
	end, err := x.part("\n" + behind + " q /" + name + " Do Q\n")
	if err != nil {
		return err
	}
	p.dict["Contents"] = append(append(types.Array{begin}, parts...), end)
	return nil
}

// part is a stream of ours in the drawing of a page, made once for all pages that need it.
func (x *ink) part(content string) (types.IndirectRef, error) {
	if ref, ok := x.ours[content]; ok {
		return ref, nil
	}
	ref, err := x.stream([]byte(content), nil)
	x.ours[content] = ref
	return ref, err
}

// dict is a copy of a dictionary that may be changed.
func (x *ink) dict(o types.Object) (types.Dict, error) {
	d, err := x.file.DereferenceDict(o)
	if err != nil {
		return nil, broken()
	}
	if d == nil {
		return types.NewDict(), nil
	}
	return maps.Clone(d), nil
}

// parts are the streams that draw a page, and their brackets.
func (x *ink) parts(o types.Object) (parts types.Array, count brackets, err error) {
	all := types.Array{o}
	inner, err := x.file.Dereference(o)
	if err != nil {
		return nil, count, broken()
	}
	if list, ok := inner.(types.Array); ok {
		all = list
	}
	for _, part := range all {
		if _, ok := part.(types.IndirectRef); !ok {
			continue
		}
		stream, _, err := x.file.DereferenceStreamDict(part)
		if err != nil || stream == nil {
			continue // nothing is drawn by what is no stream
		}
		parts = append(parts, part)
		if x.unpacked > mostUnpacked {
			continue
		}
		copied := *stream // what is unpacked is not kept
		if err := copied.DecodeWithLimit(mostPart); err == nil {
			x.unpacked += len(copied.Content)
			count.read(copied.Content)
		} else {
			x.unpacked += mostPart / 4 // what it took to find out
		}
	}
	return parts, count, nil
}

// sheetOf is where a page can be drawn on; without a usable box, a sheet of A4.
func (x *ink) sheetOf(p page) sheet {
	s := sheet{area: area{width: 595, height: 842}}
	media, known := x.rectangle(p.media)
	if known {
		s.area = media
	}
	s.seenWidth, s.seenHeight = s.width, s.height
	if crop, ok := x.rectangle(p.box); ok {
		if !known {
			s.area = crop
		}
		s.seenWidth, s.seenHeight = min(crop.width, s.width), min(crop.height, s.height)
	}
	if turn, ok := x.number(p.rotate); ok && math.Abs(turn) < 1e6 {
		s.quarters = ((int(turn)/90)%4 + 4) % 4
	}
	return s
}

// rectangle reads a box; it is not known when it has no area or is beyond what a page can be.
func (x *ink) rectangle(o types.Object) (area, bool) {
	list, err := x.file.DereferenceArray(o)
	if err != nil || len(list) != 4 {
		return area{}, false
	}
	var v [4]float64
	for i := range v {
		n, ok := x.number(list[i])
		if !ok || math.IsNaN(n) || math.Abs(n) > 1e6 {
			return area{}, false
		}
		v[i] = n
	}
	a := area{left: min(v[0], v[2]), bottom: min(v[1], v[3]), width: math.Abs(v[2] - v[0]), height: math.Abs(v[3] - v[1])}
	return a, a.width > 1 && a.height > 1
}

func (x *ink) number(o types.Object) (float64, bool) {
	o, err := x.file.Dereference(o)
	if err != nil {
		return 0, false
	}
	switch n := o.(type) {
	case types.Integer:
		return float64(n), true
	case types.Float:
		return float64(n), true
	}
	return 0, false
}

// The mark is drawn twice, a pale one behind a dark one, so that it is seen on any ground.
const (
	paleShare = 0.30
	paleGrey  = 1.0
	darkShare = 0.25
	darkGrey  = 0.25
	shade     = 0.08 // em that the pale one is aside
)

// mark is the form that draws the lattice on a sheet, made once for all pages of its size.
func (x *ink) mark(s sheet) (types.IndirectRef, error) {
	if form, ok := x.forms[s]; ok {
		return form, nil
	}
	size := sizeOf(x.block, s.seenWidth, s.seenHeight, leastPoints)
	l := latticeOf(x.block, s.width, s.height, size, turned(float64(s.quarters)*math.Pi/2, 1))
	middle := point{s.left + s.width/2, s.bottom + s.height/2}
	behind := l.matrix.at(point{shade, -shade})
	var b bytes.Buffer
	ink := func(state string, grey float64, shift point) {
		fmt.Fprintf(&b, "/%s gs %.2f g\n", state, grey)
		m := l.matrix
		for _, p := range l.places {
			fmt.Fprintf(&b, "q %.6f %.6f %.6f %.6f %.2f %.2f cm /Letters Do Q\n",
				m.a/unit, m.b/unit, m.c/unit, m.d/unit, middle.x+p.x+shift.x, middle.y+p.y+shift.y)
		}
	}
	ink("Pale", paleGrey, behind)
	ink("Dark", darkGrey, point{})
	state := func(share float64) types.Dict {
		return types.Dict{"Type": types.Name("ExtGState"), "ca": types.Float(share), "BM": types.Name("Normal"), "SMask": types.Name("None")}
	}
	box := types.NewNumberArray(s.left, s.bottom, s.left+s.width, s.bottom+s.height)
	form, err := x.form(b.Bytes(), box, types.Dict{
		"XObject":   types.Dict{"Letters": x.letters},
		"ExtGState": types.Dict{"Pale": state(paleShare), "Dark": state(darkShare)},
	})
	x.forms[s] = form
	return form, err
}

// outline draws the letters.
func outline(b *block) []byte {
	var out bytes.Buffer
	var from point
	for _, s := range b.strokes {
		to := s.to
		operator, n := "m", 1
		switch s.op {
		case sfnt.SegmentOpLineTo:
			operator = "l"
		case sfnt.SegmentOpQuadTo: // PDF knows cubic curves only
			control, last := to[0], to[1]
			to = [3]point{
				{from.x + (control.x-from.x)*2/3, from.y + (control.y-from.y)*2/3},
				{last.x + (control.x-last.x)*2/3, last.y + (control.y-last.y)*2/3},
				last,
			}
			operator, n = "c", 3
		case sfnt.SegmentOpCubeTo:
			operator, n = "c", 3
		}
		for _, p := range to[:n] {
			fmt.Fprintf(&out, "%d %d ", int(math.Round(p.x*unit)), int(math.Round(p.y*unit)))
		}
		out.WriteString(operator + "\n")
		from = to[n-1]
	}
	out.WriteString("f\n")
	return out.Bytes()
}

func (x *ink) form(content []byte, box types.Array, resources types.Dict) (types.IndirectRef, error) {
	d := types.Dict{"Type": types.Name("XObject"), "Subtype": types.Name("Form"), "BBox": box, "Resources": types.NewDict()}
	if resources != nil {
		d["Resources"] = resources
	}
	return x.stream(content, d)
}

func (x *ink) stream(content []byte, entries types.Dict) (types.IndirectRef, error) {
	stream, err := x.file.NewStreamDictForBuf(content)
	if err != nil {
		return types.IndirectRef{}, fmt.Errorf("add to a PDF: %w", err)
	}
	maps.Copy(stream.Dict, entries)
	if err := stream.Encode(); err != nil {
		return types.IndirectRef{}, fmt.Errorf("add to a PDF: %w", err)
	}
	ref, err := x.file.IndRefForNewObject(*stream)
	if err != nil {
		return types.IndirectRef{}, fmt.Errorf("add to a PDF: %w", err)
	}
	return *ref, nil
}
