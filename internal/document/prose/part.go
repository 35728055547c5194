package prose

import (
	"bufio"
	"context"
	"encoding/xml"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"chonoi/internal/fault"
)

const (
	mostToken = 1 << 20 // bytes of one tag or one piece of text
	mostDepth = 256     // elements within each other
)

// part is one XML file of a DOCX, read token by token in bounded memory. There are no entities to
// expand, and names are told without their prefix.
type part struct {
	ctx     context.Context
	in      *bufio.Reader
	decoder *xml.Decoder
	open    []string // the elements that the next token stands in
	left    int      // bytes that the token at hand may still take
	tokens  int
}

func newPart(ctx context.Context, r io.Reader) *part {
	in := bufio.NewReaderSize(r, 64<<10)
	if first, _ := in.Peek(2); string(first) == "\xff\xfe" || string(first) == "\xfe\xff" {
		decoder := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		in = bufio.NewReaderSize(transform.NewReader(in, decoder), 64<<10)
	}
	p := &part{ctx: ctx, in: in}
	p.decoder = xml.NewDecoder(p)
	p.decoder.CharsetReader = func(name string, in io.Reader) (io.Reader, error) {
		if !strings.EqualFold(name, "utf-16") {
			return nil, broken()
		}
		return in, nil
	}
	return p
}

// ReadByte serves the decoder.
func (p *part) ReadByte() (byte, error) {
	if p.left--; p.left < 0 {
		return 0, fault.New(fault.TooLarge, "prose.part_too_large")
	}
	return p.in.ReadByte()
}

// Read is never called: the decoder reads byte by byte.
func (p *part) Read([]byte) (int, error) { return 0, io.ErrNoProgress }

// token returns the next start, end or text, io.EOF after the last. What it returns holds until the
// next call.
func (p *part) token() (xml.Token, error) {
	for {
		if p.tokens++; p.tokens%4096 == 0 && p.ctx.Err() != nil {
			return nil, p.ctx.Err()
		}
		p.left = mostToken
		token, err := p.decoder.RawToken()
		if err != nil {
			return nil, p.amiss(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if p.open = append(p.open, e.Name.Local); len(p.open) > mostDepth {
				return nil, fault.New(fault.Invalid, "prose.too_deep")
			}
			return token, nil
		case xml.EndElement:
			last := len(p.open) - 1
			if last < 0 || p.open[last] != e.Name.Local {
				return nil, broken()
			}
			p.open = p.open[:last]
			return token, nil
		case xml.CharData:
			return token, nil
		case xml.Directive:
			return nil, fault.New(fault.Invalid, "prose.has_entities")
		}
	}
}

func (p *part) amiss(err error) error {
	if _, refused := fault.As(err); refused {
		return err
	}
	if err == io.EOF && len(p.open) == 0 {
		return io.EOF
	}
	return broken()
}

// root calls do at the root element, which do reads to its end, and then expects the end of the part.
func (p *part) root(do func(p *part, root xml.StartElement) error) error {
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
		switch e := token.(type) {
		case xml.StartElement:
			if found {
				return broken()
			}
			found = true
			if err := do(p, e); err != nil {
				return err
			}
		case xml.CharData:
			if strings.TrimSpace(strings.TrimPrefix(string(e), "\ufeff")) != "" {
				return broken()
			}
		}
	}
}

// each calls do at each child of the element that was begun last; do reads the child to its end.
func (p *part) each(do func(e xml.StartElement) error) error {
	for {
		token, err := p.token()
		if err != nil {
			return notEnd(err)
		}
		switch e := token.(type) {
		case xml.StartElement:
			if err := do(e); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		}
	}
}

// skip reads to the end of the element that was begun last.
func (p *part) skip() error {
	depth := len(p.open)
	for len(p.open) >= depth {
		if _, err := p.token(); err != nil {
			return notEnd(err)
		}
	}
	return nil
}

// chars adds the text of the element that was begun last to b, and reads to its end.
func (p *part) chars(b []byte) ([]byte, error) {
	depth := len(p.open)
	for len(p.open) >= depth {
		token, err := p.token()
		if err != nil {
			return b, notEnd(err)
		}
		if text, ok := token.(xml.CharData); ok {
			b = append(b, text...)
		}
	}
	return b, nil
}

// choose reads what Word takes of alternatives: the first one.
func (p *part) choose(do func() error) error {
	first := true
	return p.each(func(e xml.StartElement) error {
		if e.Name.Local != "Choice" || !first {
			return p.skip()
		}
		first = false
		return do()
	})
}

func notEnd(err error) error {
	if err == io.EOF {
		return broken()
	}
	return err
}

// attribute returns an attribute by its name without prefix, empty when there is none.
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
