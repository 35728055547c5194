package prose

import (
	"encoding/xml"
	"strings"
)

// story is a run of paragraphs that is read from first to last: the body of a document, or a note.
type story struct {
	*docx
	*part
	aside   bool       // a note: its paragraphs count in no list of the body
	line    int        // paragraphs so far
	fields  []field    // the fields that are open
	gone    int        // elements of deleted text that are open
	away    int        // elements that are not text, such as a table of contents
	paged   int        // simple fields that are open and hold the number of a page
	page    bool       // the next paragraph begins a page
	opened  bool       // the next paragraph begins a section
	first   *Paragraph // of the section at hand, where it may have begun a page
	pending *paragraph // its mark is deleted: the next paragraph goes on with it
}

// blocks reads the children of an element that holds paragraphs and tables.
func (s *story) blocks(sink func(Block)) error {
	if err := s.someBlocks(sink); err != nil {
		return err
	}
	return s.flush(sink)
}

func (s *story) someBlocks(sink func(Block)) error {
	return s.part.each(func(e xml.StartElement) error { return s.block(e, sink) })
}

func (s *story) block(e xml.StartElement, sink func(Block)) error {
	switch name := e.Name.Local; name {
	case "p":
		return s.paragraph(sink)
	case "tbl":
		if err := s.flush(sink); err != nil {
			return err
		}
		return s.table(sink)
	case "sdt":
		return s.control(func(e xml.StartElement) error { return s.block(e, sink) })
	case "AlternateContent":
		return s.choose(func() error { return s.someBlocks(sink) })
	case "del", "moveFrom":
		return s.within(&s.gone, func() error { return s.someBlocks(sink) })
	case "altChunk":
		s.warnOnce(s.line, "prose.chunk_left_out")
		return s.skip()
	case "sectPr":
		runsOn, err := readRunsOn(s.part)
		s.endSection(runsOn)
		return err
	default:
		if isProperty(name) {
			return s.skip()
		}
		return s.someBlocks(sink)
	}
}

// endSection is told at the end of a section how it began: a page is one of its own unless it runs on.
func (s *story) endSection(runsOn bool) {
	if s.first != nil && runsOn {
		s.first.Page = false
	}
	s.first, s.opened = nil, true
}

// isProperty reports an element that says how something looks, or looked before it was changed.
func isProperty(name string) bool {
	return strings.HasSuffix(name, "Pr") || strings.HasSuffix(name, "PrEx") || strings.HasSuffix(name, "Change") || strings.HasSuffix(name, "Grid")
}

// within reads while a count of open elements is one higher.
func (s *story) within(count *int, do func() error) error {
	*count++
	defer func() { *count-- }()
	return do()
}

// control reads a content control (w:sdt), calling do for each child of its content. The words that
// invite one to fill it in are no text, and a table of contents is left out.
func (s *story) control(do func(e xml.StartElement) error) error {
	away := false
	return s.part.each(func(e xml.StartElement) error {
		switch e.Name.Local {
		case "sdtPr":
			return s.part.each(func(e xml.StartElement) error {
				switch e.Name.Local {
				case "showingPlcHdr":
					away = away || told(e) == on
				case "docPartObj":
					return s.part.each(func(e xml.StartElement) error {
						if e.Name.Local == "docPartGallery" && strings.EqualFold(attribute(e, "val"), "Table of Contents") {
							away = true
							s.warnOnce(s.line+1, "prose.contents_left_out")
						}
						return s.skip()
					})
				}
				return s.skip()
			})
		case "sdtContent":
			if !away {
				return s.part.each(do)
			}
			return s.within(&s.away, func() error { return s.part.each(do) })
		}
		return s.skip()
	})
}

// visible reports whether text that is read now is displayed.
func (s *story) visible() bool {
	if s.gone > 0 || s.away > 0 {
		return false
	}
	for i := range s.fields {
		if !s.fields[i].result || s.fields[i].left {
			return false
		}
	}
	return true
}
