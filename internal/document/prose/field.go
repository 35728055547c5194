package prose

import (
	"encoding/xml"
	"strings"
)

const (
	mostFields  = 100 // within each other
	mostCommand = 500 // bytes that are kept of a field's command
)

// field is a field of Word: a command, then the result that is displayed.
type field struct {
	command []byte
	result  bool // the result is being read
	left    bool // the result is left out
	page    bool // the result is the number of a page
}

// fieldMark reads w:fldChar.
func (s *story) fieldMark(e xml.StartElement) error {
	last := len(s.fields) - 1
	switch attribute(e, "fldCharType") {
	case "begin":
		if len(s.fields) >= mostFields {
			return broken()
		}
		s.fields = append(s.fields, field{})
	case "separate":
		if last >= 0 && !s.fields[last].result {
			s.fields[last].result = true
			s.fields[last].left, s.fields[last].page = s.kindOf(string(s.fields[last].command))
		}
	case "end":
		if last >= 0 {
			s.fields = s.fields[:last]
		}
	}
	return s.skip()
}

// fieldCommand reads w:instrText.
func (s *story) fieldCommand() error {
	text, err := s.chars(nil)
	if last := len(s.fields) - 1; last >= 0 && !s.fields[last].result {
		f := &s.fields[last]
		f.command = append(f.command, text[:min(len(text), mostCommand-min(len(f.command), mostCommand))]...)
	}
	return err
}

// kindOf tells of a command whether its result is left out, as that of a table of contents, which says
// again what the headings say, and whether it is the number of a page.
func (s *story) kindOf(command string) (left, page bool) {
	words := strings.Fields(command)
	if len(words) == 0 {
		return false, false
	}
	switch strings.ToUpper(words[0]) {
	case "PAGE", "NUMPAGES", "SECTIONPAGES":
		return false, true
	case "TOC":
		if s.visible() {
			s.warnOnce(s.line, "prose.contents_left_out")
		}
		return true, false
	}
	return false, false
}

// paging reports whether the number of a page is read.
func (s *story) paging() bool {
	if s.paged > 0 {
		return true
	}
	for i := range s.fields {
		if s.fields[i].page {
			return true
		}
	}
	return false
}
