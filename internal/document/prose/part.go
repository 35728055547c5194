package prose

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"path"
	"strings"

	"chonoi/internal/fault"
)

// What a packed document may unpack to, and how its parts may be made.
const (
	mostDirectory  = 8 << 20  // bytes of the zip directory
	mostUnpacked   = 64 << 20 // bytes of the parts that are read
	mostRatio      = 200      // unpacked against packed; real documents stay below 60
	ratioFreeBytes = 8 << 20
	mostToken      = 1 << 20 // bytes of one tag or one piece of text
	mostDepth      = 256
)

// archive is an opened Word document.
type archive struct {
	files map[string]*zip.File // by lower-case name
	left  int64                // bytes that may still be unpacked
}

// bounded stops reading a zip directory that is larger than that of any document.
type bounded struct {
	at   io.ReaderAt
	left int64
}

func (b *bounded) ReadAt(p []byte, off int64) (int, error) {
	if b.left -= int64(len(p)); b.left < 0 {
		return 0, tooLarge()
	}
	return b.at.ReadAt(p, off)
}

func openArchive(r io.ReaderAt, size int64) (*archive, error) {
	door := &bounded{at: r, left: mostDirectory}
	packed, err := zip.NewReader(door, size)
	if _, refused := fault.As(err); refused {
		return nil, err
	}
	if err != nil {
		return nil, broken()
	}
	door.left = 1 << 62
	a := &archive{files: make(map[string]*zip.File, len(packed.File)), left: mostUnpacked}
	for _, f := range packed.File {
		a.files[strings.ToLower(strings.ReplaceAll(f.Name, `\`, "/"))] = f
	}
	return a, nil
}

// part is one XML file of a document, read element by element in bounded memory: no token may be
// longer than mostToken, nothing nests deeper than mostDepth, and there are no entities to expand.
type part struct {
	in      *bufio.Reader
	decoder *xml.Decoder
	close   func() error
	open    []xml.Name // the elements that stand open
	left    int        // bytes that the token at hand may still take
	pause   func() error
	tokens  int
}

// part opens a file of the document; nil when there is none of that name.
func (a *archive) part(name string, pause func() error) (*part, error) {
	f := a.files[strings.ToLower(strings.TrimPrefix(name, "/"))]
	if f == nil {
		return nil, nil
	}
	claimed := f.UncompressedSize64
	if claimed > uint64(a.left) || claimed > ratioFreeBytes && claimed/mostRatio > f.CompressedSize64 {
		return nil, fault.New(fault.TooLarge, "prose.unpacks_too_large", "Most", mostUnpacked>>20)
	}
	a.left -= int64(claimed) // archive/zip gives no more bytes than the directory claims
	unpacked, err := f.Open()
	if err != nil {
		return nil, broken()
	}
	p := &part{in: bufio.NewReaderSize(unpacked, 64<<10), close: unpacked.Close, pause: pause}
	p.decoder = xml.NewDecoder(p)
	return p, nil
}

// ReadByte serves the decoder.
func (p *part) ReadByte() (byte, error) {
	if p.left--; p.left < 0 {
		return 0, fault.New(fault.TooLarge, "prose.piece_too_large")
	}
	return p.in.ReadByte()
}

// Read is never called: the decoder reads byte by byte.
func (p *part) Read([]byte) (int, error) { return 0, io.ErrNoProgress }

// token returns the next token and keeps count of what stands open. What it returns holds until
// the next call.
func (p *part) token() (xml.Token, error) {
	p.left = mostToken
	if p.tokens++; p.tokens%4096 == 0 {
		if err := p.pause(); err != nil {
			return nil, err
		}
	}
	token, err := p.decoder.RawToken()
	if err == io.EOF && len(p.open) == 0 {
		return nil, err
	}
	if err != nil {
		if _, refused := fault.As(err); refused {
			return nil, err
		}
		return nil, broken()
	}
	switch e := token.(type) {
	case xml.StartElement:
		if len(p.open) >= mostDepth {
			return nil, fault.New(fault.Invalid, "prose.too_deep")
		}
		p.open = append(p.open, e.Name)
	case xml.EndElement:
		last := len(p.open) - 1
		if last < 0 || p.open[last] != e.Name {
			return nil, broken()
		}
		p.open = p.open[:last]
	case xml.Directive:
		return nil, fault.New(fault.Invalid, "prose.doctype")
	}
	return token, nil
}

// walk hands on the elements within the one that was opened last, and returns at its end. What f
// does not read itself of an element is passed over.
func (p *part) walk(f func(e xml.StartElement) error) error {
	own := len(p.open)
	for {
		token, err := p.token()
		if err != nil {
			return err
		}
		if len(p.open) < own {
			return nil
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if err := f(e); err != nil {
			return err
		}
		for len(p.open) > own {
			if _, err := p.token(); err != nil {
				return err
			}
		}
	}
}

// text returns the characters of the element that was opened last.
func (p *part) text() (string, error) {
	own := len(p.open)
	var b strings.Builder
	for {
		token, err := p.token()
		if err != nil {
			return "", err
		}
		if len(p.open) < own {
			return b.String(), nil
		}
		if c, ok := token.(xml.CharData); ok {
			if b.Len()+len(c) > mostLine {
				return "", fault.New(fault.TooLarge, "prose.piece_too_large")
			}
			b.Write(c)
		}
	}
}

// root finds the first element and walks what is within it; what follows must be well formed.
func (p *part) root(f func(e xml.StartElement) error) (err error) {
	defer func() { err = errors.Join(err, p.close()) }()
	found := false
	for {
		token, err := p.token()
		if err == io.EOF && found {
			return nil
		}
		if err == io.EOF {
			return broken()
		}
		if err != nil {
			return err
		}
		if _, ok := token.(xml.StartElement); !ok {
			continue
		}
		if found {
			return broken()
		}
		found = true
		if err := p.walk(f); err != nil {
			return err
		}
	}
}

// attribute returns the value of an attribute whatever its prefix, empty when there is none.
func attribute(e xml.StartElement, local string) string {
	for _, a := range e.Attr {
		if a.Name.Local == local {
			return a.Value
		}
	}
	return ""
}

// relations returns the parts that a part names, by the last word of their kind.
func (a *archive) relations(of string, pause func() error) (map[string]string, error) {
	dir, base := path.Split(of)
	p, err := a.part(dir+"_rels/"+base+".rels", pause)
	if p == nil || err != nil {
		return nil, err
	}
	found := map[string]string{}
	err = p.root(func(e xml.StartElement) error {
		kind, target := path.Base(attribute(e, "Type")), attribute(e, "Target")
		if e.Name.Local != "Relationship" || attribute(e, "TargetMode") == "External" || len(found) > 1000 {
			return nil
		}
		if !strings.HasPrefix(target, "/") {
			target = path.Join("/", dir, target)
		}
		found[kind] = strings.TrimPrefix(target, "/")
		return nil
	})
	return found, err
}
