package watermark

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"chonoi/internal/fault"
)

func init() {
	model.ConfigPath = "disable" // else pdfcpu lays a folder of its own in the home of who runs the house
}

// header is searched where the readers of PDF search it.
// Source: ISO 32000-1:2008, Annex H, note 13.
const header = 1024

// stampPDF writes a PDF anew from what its page tree holds, with the mark on every page.
func stampPDF(ctx context.Context, raw []byte, b *block) ([]byte, error) {
	if !bytes.Contains(raw[:min(len(raw), header)], []byte("%PDF-")) {
		return nil, broken()
	}
	ctx, stop := watched(ctx)
	defer stop()
	made, err := stampedPDF(ctx, raw, b)
	if cause := context.Cause(ctx); cause != nil {
		return nil, cause
	}
	if _, ok := fault.As(err); err != nil && !ok {
		return nil, broken()
	}
	return made, err
}

func stampedPDF(ctx context.Context, raw []byte, b *block) ([]byte, error) {
	reading, cancel := context.WithTimeoutCause(ctx, mostReading, tooCostly())
	defer cancel()
	file, err := pdfcpu.ReadWithContext(reading, ending{reading, bytes.NewReader(raw)}, settings())
	switch {
	case errors.Is(err, pdfcpu.ErrWrongPassword), errors.Is(err, pdfcpu.ErrUnsupportedEncryptionFeature):
		return nil, locked()
	case reading.Err() != nil:
		return nil, context.Cause(reading)
	case err != nil:
		return nil, fmt.Errorf("read a PDF: %w", err)
	case file.Encrypt != nil:
		return nil, locked()
	}
	pages, err := pagesOf(file)
	if err != nil {
		return nil, err
	}
	if err := leaveOut(file, pages); err != nil {
		return nil, err
	}
	ink, err := newInk(file, b)
	if err != nil {
		return nil, err
	}
	for _, p := range pages {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		if err := ink.stamp(p); err != nil {
			return nil, err
		}
	}
	out := &bounded{ctx: ctx, made: make([]byte, 0, len(raw)+len(raw)/8+1<<16)}
	file.Write.Writer = bufio.NewWriterSize(out, 1<<16)
	if err := pdfcpu.WriteContext(file); err != nil {
		return nil, fmt.Errorf("write a PDF: %w", err)
	}
	if err := file.Write.Flush(); err != nil {
		return nil, fmt.Errorf("write a PDF: %w", err)
	}
	return out.made, nil
}

func locked() error { return fault.New(fault.Unsupported, "watermark.locked") }

// settings are what pdfcpu may spend on a file. It does not check the file beyond what it needs to
// read it, for a reader's program forgives much that a check would not.
func settings() *model.Configuration {
	s := model.NewDefaultConfiguration()
	s.Cmd = model.ADDWATERMARKS
	s.ValidationMode = model.ValidationRelaxed
	s.Optimize, s.OptimizeBeforeWriting, s.OptimizeResourceDicts = false, false, false
	s.Offline = true
	s.Limits = model.ResourceLimits{
		MaxStreamBytes:       mostBytes,
		MaxDecodeBytes:       mostPart,
		MaxImagePixels:       mostPixels,
		MaxImageBytes:        4 * mostPixels,
		MaxObjectCount:       mostObjects,
		MaxObjectStreamCount: mostObjects,
		MaxObjectStreamFirst: 4 << 20,
		MaxXRefEntries:       mostObjects,
		MaxRecursionDepth:    100,
	}
	return s
}

// mostReading is far more than a sound file of mostBytes needs. Where parts have no end, pdfcpu looks
// for it from each of them anew.
const mostReading = 2 * time.Second

const (
	mostPart    = 32 << 20 // of a stream when unpacked
	mostObjects = 400_000
)

// page is a leaf of the page tree with what it inherits.
type page struct {
	dict      types.Dict
	resources types.Object
	box       types.Object // what is shown of it
	media     types.Object
	rotate    types.Object
}

// pagesOf walks the page tree. It does not trust the numbers of pages that the tree tells, so that no
// page is left out; a page that stands in the tree twice is given once.
func pagesOf(file *model.Context) ([]page, error) {
	root, err := file.Catalog()
	if err != nil || root == nil {
		return nil, broken()
	}
	w := walk{file: file, seen: map[types.IndirectRef]bool{}}
	if err := w.node(root["Pages"], nil, page{}, 0); err != nil {
		return nil, err
	}
	if len(w.pages) == 0 {
		return nil, broken()
	}
	return w.pages, nil
}

type walk struct {
	file  *model.Context
	seen  map[types.IndirectRef]bool
	pages []page
}

const deepest = 60 // levels of a page tree

// node takes in a page or what is below a knot of the tree. It writes into each what it was taken for,
// so that a page is to the writer and to a reader's program what it was to the mark.
func (w *walk) node(o, parent types.Object, above page, depth int) error {
	ref, ok := o.(types.IndirectRef)
	if !ok || depth > deepest {
		return broken()
	}
	if w.seen[ref] {
		return nil
	}
	w.seen[ref] = true
	d, err := w.file.DereferenceDict(ref)
	if err != nil || d == nil {
		return broken()
	}
	here := above
	here.dict = d
	for key, at := range map[string]*types.Object{"Resources": &here.resources, "CropBox": &here.box, "MediaBox": &here.media, "Rotate": &here.rotate} {
		if own, ok := d[key]; ok {
			*at = own
		}
	}
	if parent != nil {
		d["Parent"] = parent
	}
	below, inner := d["Kids"]
	if !inner {
		if parent == nil {
			return broken()
		}
		d["Type"] = types.Name("Page")
		if len(w.pages) == mostPages {
			return fault.New(fault.TooLarge, "watermark.too_many_pages", "N", mostPages)
		}
		w.pages = append(w.pages, here)
		return nil
	}
	d["Type"] = types.Name("Pages")
	kids, err := w.file.DereferenceArray(below)
	if err != nil {
		return broken()
	}
	for _, kid := range kids {
		if err := w.node(kid, ref, here, depth+1); err != nil {
			return err
		}
	}
	return nil
}
