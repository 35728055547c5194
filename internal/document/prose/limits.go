package prose

import "chonoi/internal/fault"

// What one document may cost.
const (
	mostBytes      = 50 << 20 // of the file
	mostLine       = 1 << 20  // bytes of one line or paragraph
	mostParagraphs = 200_000  // those in cells among them
	mostWarnings   = 100
)

func tooLarge() error {
	return fault.New(fault.TooLarge, "prose.too_large", "Most", mostBytes>>20)
}

func lineTooLong(line int) error {
	return fault.New(fault.TooLarge, "prose.line_too_long", "Line", line)
}

func tooManyParagraphs() error {
	return fault.New(fault.TooLarge, "prose.too_many_paragraphs", "N", mostParagraphs)
}

func broken() error { return fault.New(fault.Invalid, "prose.broken") }

func empty() error { return fault.New(fault.Invalid, "prose.empty") }

func unsupported(key string) error { return fault.New(fault.Unsupported, key) }
