package paper

import (
	"archive/zip"
	"bufio"
	"context"
	"encoding/xml"
	"io"
	"path"
	"strings"

	"chonoi/internal/fault"
)

// What an uploaded file may cost. Real reports of 400 pages stay far below.
const (
	MostFile     = 30 << 20 // bytes of a file as it is sent
	mostUnpacked = 24 << 20 // of the parts that are read, together
	mostRatio    = 300      // what a part may swell to
	ratioFree    = 8 << 20
	mostFiles    = 5000
	mostToken    = 1 << 20
	deepest      = 256
	mostLines    = 150_000
	mostPieces   = 300_000
)

func unreadable() error { return fault.New(fault.Invalid, "paper.unreadable") }
func tooCostly() error  { return fault.New(fault.TooLarge, "paper.file_too_large") }

// archive is an uploaded DOCX; left is what its parts may still swell to.
type archive struct {
	ctx   context.Context
	files map[string]*zip.File
	left  int64
}

func openArchive(ctx context.Context, r io.ReaderAt, size int64) (*archive, error) {
	if size > MostFile {
		return nil, tooCostly()
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, fault.New(fault.Unsupported, "paper.not_docx")
	}
	if len(z.File) > mostFiles {
		return nil, tooCostly()
	}
	a := &archive{ctx: ctx, files: map[string]*zip.File{}, left: mostUnpacked}
	for _, f := range z.File {
		name := strings.ToLower(strings.TrimPrefix(strings.ReplaceAll(f.Name, `\`, "/"), "/"))
		if _, twice := a.files[name]; twice {
			return nil, unreadable()
		}
		a.files[name] = f
	}
	if a.files["word/document.xml"] == nil {
		return nil, fault.New(fault.Unsupported, "paper.not_docx")
	}
	return a, nil
}

// partNode is an element of a part: its local name and attributes.
type partNode struct {
	name  string
	attrs []xml.Attr
}

// get returns an attribute by its local name.
func (n partNode) get(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// walker sees the elements of a part in their order. Text comes in pieces.
type walker interface {
	open(n partNode) (skip bool) // skip leaves out the element and all within
	close(name string)
	text(s []byte)
}

// walk reads a part; one that is missing is an empty one.
func (a *archive) walk(name string, w walker) error {
	f := a.files[strings.ToLower(name)]
	if f == nil {
		return nil
	}
	size := int64(f.UncompressedSize64)
	if f.UncompressedSize64 > uint64(a.left) || size > ratioFree && size/mostRatio > int64(f.CompressedSize64) {
		return tooCostly()
	}
	a.left -= size
	r, err := f.Open()
	if err != nil {
		return unreadable()
	}
	defer r.Close()
	in := &tokens{in: bufio.NewReaderSize(r, 64<<10)}
	in.decoder = xml.NewDecoder(in)
	in.decoder.Strict = true
	return in.each(a.ctx, w)
}

// tokens feeds the decoder byte by byte, so that no single token can grow without end.
type tokens struct {
	in      *bufio.Reader
	decoder *xml.Decoder
	left    int
	over    bool
}

// ReadByte serves the decoder.
func (t *tokens) ReadByte() (byte, error) {
	if t.left--; t.left < 0 {
		t.over = true
		return 0, io.ErrUnexpectedEOF
	}
	return t.in.ReadByte()
}

// Read is never called: the decoder reads byte by byte.
func (t *tokens) Read([]byte) (int, error) { return 0, io.ErrNoProgress }

func (t *tokens) each(ctx context.Context, w walker) error {
	var stack []string
	skipped := 0 // depth from which on all is left out
	for n := 0; ; n++ {
		if n%4096 == 0 {
			if err := ctx.Err(); err != nil {
				return err
			}
			if d, counts := w.(*reader); counts && d.over {
				return tooCostly()
			}
		}
		t.left = mostToken
		token, err := t.decoder.RawToken()
		if err == io.EOF && len(stack) == 0 {
			return nil
		}
		if t.over {
			return tooCostly()
		}
		if err != nil {
			return unreadable()
		}
		switch e := token.(type) {
		case xml.StartElement:
			if stack = append(stack, e.Name.Local); len(stack) > deepest {
				return tooCostly()
			}
			if skipped == 0 && w.open(partNode{e.Name.Local, e.Attr}) {
				skipped = len(stack)
			}
		case xml.EndElement:
			if len(stack) == 0 || stack[len(stack)-1] != e.Name.Local {
				return unreadable()
			}
			if skipped == 0 {
				w.close(e.Name.Local)
			}
			if stack = stack[:len(stack)-1]; len(stack) < skipped {
				skipped = 0
			}
		case xml.CharData:
			if skipped == 0 {
				w.text(e)
			}
		case xml.Directive:
			return unreadable()
		}
	}
}

// relations are the targets of document.xml by id, and the first of each kind.
type relations struct{ byID, byKind map[string]string }

func (a *archive) relations() (relations, error) {
	r := relations{map[string]string{}, map[string]string{}}
	return r, a.walk("word/_rels/document.xml.rels", r)
}

func (r relations) open(n partNode) bool {
	if n.name == "Relationship" && n.get("TargetMode") != "External" {
		target := n.get("Target")
		if rest, absolute := strings.CutPrefix(target, "/"); absolute {
			target = rest
		} else {
			target = path.Join("word", target)
		}
		r.byID[n.get("Id")] = target
		kind := path.Base(n.get("Type"))
		if r.byKind[kind] == "" {
			r.byKind[kind] = target
		}
	}
	return false
}

func (relations) close(string) {}
func (relations) text([]byte)  {}
