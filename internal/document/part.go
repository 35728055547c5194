package document

import (
	"archive/zip"
	"bufio"
	"encoding/xml"
	"io"
	"sync/atomic"

	"chonoi/internal/fault"
)

// part is one XML file within a workbook, read token by token in bounded memory: no token may be
// longer than mostToken, nesting costs nothing, and there are no entities to expand.
type part struct {
	in      *bufio.Reader
	decoder *xml.Decoder
	close   func() error
	book    *workbook
	size    uint64
	read    atomic.Int64
	left    int // bytes that the token at hand may still take
}

// openPart begins to unpack a file of the workbook, after looking at what it claims to swell to.
// (archive/zip gives no more bytes than the directory claims.)
func (b *workbook) openPart(f *zip.File) (*part, error) {
	if f.UncompressedSize64 > uint64(b.left) || swells(int64(f.CompressedSize64), int64(f.UncompressedSize64)) {
		return nil, tooMuchUnpacked(b.limits.Unpacked)
	}
	b.left -= int64(f.UncompressedSize64)
	unpacked, err := f.Open()
	if err != nil {
		return nil, broken()
	}
	p := &part{in: bufio.NewReaderSize(unpacked, 64<<10), close: unpacked.Close, book: b, size: f.UncompressedSize64}
	p.decoder = xml.NewDecoder(p)
	return p, nil
}

// ReadByte serves the decoder.
func (p *part) ReadByte() (byte, error) {
	if p.left--; p.left < 0 {
		return 0, fault.New(fault.TooLarge, "document.part_too_large")
	}
	return p.in.ReadByte()
}

// Read is never called: the decoder reads byte by byte.
func (p *part) Read([]byte) (int, error) { return 0, io.ErrNoProgress }

// token returns the next token, io.EOF after the last. What it returns holds until the next call.
func (p *part) token() (xml.Token, error) {
	p.left = mostToken
	token, err := p.decoder.RawToken()
	p.read.Store(p.decoder.InputOffset())
	if err == nil || err == io.EOF {
		return token, err
	}
	if _, refused := fault.As(err); refused {
		return nil, err
	}
	return nil, broken()
}

// sharedTexts are the shared strings of a workbook, laid in large pieces of memory.
type sharedTexts struct {
	pieces [][]byte
	places [][]sharedPlace // in pieces too, so that growing copies nothing
	count  int
	bytes  int
	left   int64 // bytes that cells may still take from here, one string serving many
}

type sharedPlace struct{ piece, start, size int32 }

const (
	pieceBytes = 1 << 20
	placesPage = 1 << 14
	tooLong    = -1 // size of a string that is longer than a cell may be
)

func (s *sharedTexts) add(text []byte, fits bool) error {
	if s.bytes += len(text); s.bytes > mostSharedBytes || s.count >= mostShared {
		return fault.New(fault.TooLarge, "document.part_too_large")
	}
	if !fits {
		s.note(sharedPlace{size: tooLong})
		return nil
	}
	last := len(s.pieces) - 1
	if last < 0 || len(s.pieces[last])+len(text) > cap(s.pieces[last]) {
		// the first pieces are small, so that a small workbook takes little
		size := min(4096<<min(len(s.pieces), 10), pieceBytes)
		s.pieces = append(s.pieces, make([]byte, 0, max(size, len(text))))
		last++
	}
	start := len(s.pieces[last])
	s.pieces[last] = append(s.pieces[last], text...)
	s.note(sharedPlace{int32(last), int32(start), int32(len(text))})
	return nil
}

func (s *sharedTexts) note(p sharedPlace) {
	page := s.count / placesPage
	if page == len(s.places) {
		s.places = append(s.places, nil)
	}
	s.places[page] = append(s.places[page], p)
	s.count++
}

// at returns string i; fits is false when it is longer than a cell may be, ok when there is one.
func (s *sharedTexts) at(i int) (text string, fits, ok bool) {
	if s == nil || i < 0 || i >= s.count {
		return "", false, false
	}
	p := s.places[i/placesPage][i%placesPage]
	if p.size == tooLong {
		return "", false, true
	}
	s.left -= int64(p.size)
	return string(s.pieces[p.piece][p.start : p.start+p.size]), true, true
}

// readShared reads the shared strings; a workbook may have none.
func (b *workbook) readShared() (*sharedTexts, error) {
	f := b.file(b.strings)
	if f == nil {
		return nil, nil
	}
	p, err := b.openPart(f)
	if err != nil {
		return nil, err
	}
	shared := &sharedTexts{left: 4 * b.limits.Unpacked}
	text := cellText{most: b.limits.Cell}
	for {
		token, err := p.token()
		if err == io.EOF {
			return shared, p.close()
		}
		if err == nil {
			text.take(token)
			if end, ok := token.(xml.EndElement); ok && end.Name.Local == "si" {
				err = shared.add(unescape(text.bytes), !text.long)
				text.reset()
			}
		}
		if err != nil {
			_ = p.close()
			return nil, err
		}
	}
}

// cellText gathers the text of a cell or a shared string, which may lie in several runs, but for
// the reading aids of East Asian text.
type cellText struct {
	bytes  []byte
	most   int // characters
	long   bool
	inText bool // within <t> or <v>
	aside  bool // within <rPh>
}

func (c *cellText) reset() { c.bytes, c.long, c.inText, c.aside = c.bytes[:0], false, false, false }

func (c *cellText) take(token xml.Token) {
	switch e := token.(type) {
	case xml.StartElement:
		c.mark(e.Name.Local, true)
	case xml.EndElement:
		c.mark(e.Name.Local, false)
	case xml.CharData:
		if !c.inText || c.aside || c.long {
			return
		}
		// four bytes a character, and six more letters where one is written as _x0041_
		if c.long = len(c.bytes)+len(e) > 10*c.most; !c.long {
			c.bytes = append(c.bytes, e...)
		}
	}
}

func (c *cellText) mark(local string, in bool) {
	switch local {
	case "t", "v":
		c.inText = in
	case "rPh":
		c.aside = in
	}
}
