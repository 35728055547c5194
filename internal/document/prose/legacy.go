package prose

import (
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"chonoi/internal/fault"
)

// Before Unicode, Vietnamese was written in fonts that show letters of Western Europe as Vietnamese
// ones: TCVN3 (ABC; one letter each, fonts named .VnTime) and VNI (a vowel and a sign after it, fonts
// named VNI-Times). Which letter was meant is told by the font only, so we do not guess: the person
// is told how to convert the text.

const (
	mostLegacy = 10       // letters of such fonts that a paragraph may have
	fewForeign = 4        // letters that a text may have of other tongues, names among them
	sampleSize = 64 << 10 // bytes by which an encoding is told
)

// otherEncoding tells the encoding of a text that is not in UTF-8: a decoder when it is certain, a
// fault with what to do otherwise.
func otherEncoding(r io.ReaderAt, size int64) (transform.Transformer, error) {
	sample := make([]byte, min(size, sampleSize))
	if n, err := r.ReadAt(sample, 0); n < len(sample) {
		return nil, err
	}
	decoded, err := charmap.Windows1258.NewDecoder().Bytes(sample)
	if err == nil && allVietnamese(norm.NFC.String(string(decoded))) {
		return charmap.Windows1258.NewDecoder(), nil
	}
	western, err := charmap.Windows1252.NewDecoder().Bytes(sample)
	if err != nil {
		return nil, fault.New(fault.Unsupported, "prose.not_utf8")
	}
	var s signs
	s.take(string(western))
	if key := s.encoding(); key != "" {
		return nil, fault.New(fault.Unsupported, key)
	}
	return nil, fault.New(fault.Unsupported, "prose.not_utf8")
}

// allVietnamese reports whether every letter is one of the Vietnamese alphabet and at least one is
// of no other: then the encoding was the right one.
func allVietnamese(s string) bool {
	own := 0
	for _, r := range s {
		switch {
		case r < utf8.RuneSelf || !unicode.IsLetter(r) && !unicode.IsMark(r) && r != utf8.RuneError:
		case ownLetter(r):
			own++
		case !strings.ContainsRune(latinToo, r):
			return false
		}
	}
	return own > 0
}

// latinToo are the Vietnamese letters that other tongues have too.
const latinToo = "àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ"

// ownLetter reports a letter that only Vietnamese has.
func ownLetter(r rune) bool {
	return r >= 0x1ea0 && r <= 0x1ef9 || strings.ContainsRune("ăĂđĐĩĨũŨơƠưƯ", r)
}

// legible refuses a text without a letter, and one that is in Unicode by its form but holds the
// letters of an old font.
func (t *Text) legible() error {
	var s signs
	for _, b := range t.Blocks {
		if b.Paragraph != nil {
			s.take(b.Paragraph.Text)
			continue
		}
		for _, row := range b.Table.Rows {
			for _, cell := range row.Cells {
				for i := range cell.Paragraphs {
					s.take(cell.Paragraphs[i].Text)
				}
			}
		}
	}
	if !s.letters {
		return fault.New(fault.Invalid, "prose.no_words")
	}
	if key := s.encoding(); key != "" {
		return fault.New(fault.Unsupported, key)
	}
	return nil
}

// signs are what is counted of a text to tell its encoding.
type signs struct {
	letters bool
	words   int // in lines that have other letters than those of ASCII
	own     int // letters that only Vietnamese has
	foreign int // letters and signs within words that Vietnamese has not
	after   int // letters of Western Europe after a vowel, where VNI has its signs
	western int
	other   int // other letters that Vietnamese has not
	pure    int // signs that no tongue has within words, but TCVN3 has for its commonest letters
}

// take counts the letters of a text.
func (s *signs) take(text string) {
	s.letters = s.letters || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) })
	if isASCII(text) {
		return
	}
	s.words += strings.Count(text, " ") + 1
	last := ' '
	for at, r := range text {
		if r >= utf8.RuneSelf {
			next, _ := utf8.DecodeRuneInString(text[at+utf8.RuneLen(r):])
			s.sign(last, r, next)
		}
		last = r
	}
}

func (s *signs) sign(last, r, next rune) {
	if ownLetter(r) {
		s.own++
		return
	}
	if r < 0xa1 || r > 0xff || !latin(last) && !latin(next) {
		return
	}
	s.western++
	if !strings.ContainsRune(latinToo, r) && !strings.ContainsRune("°²³¹º", r) {
		s.foreign++
	}
	if strings.ContainsRune("µ¶·¸¹¨©ª«¬®§", r) {
		s.pure++
	} else if !strings.ContainsRune(latinToo, r) {
		s.other++
	}
	if strings.ContainsRune("aeouyôöAEOUYÔÖ", last) {
		s.after++
	}
}

func latin(r rune) bool {
	return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= 0xc0 && r <= 0xff
}

// encoding is the text about the encoding, empty when the letters are Vietnamese or another tongue's.
func (s *signs) encoding() string {
	switch {
	case s.foreign <= fewForeign || s.foreign*3 <= s.words || s.foreign < 2*s.own || s.foreign*4 < s.western:
		return ""
	case s.after*2 > s.western:
		return "prose.is_vni"
	case s.pure*5 > s.foreign && s.other*4 >= s.pure:
		return "prose.is_tcvn3"
	}
	return ""
}

// legacyFont reports a font that shows other letters than its text has.
func legacyFont(font string) bool {
	font = strings.ToLower(font)
	return strings.HasPrefix(font, ".vn") || strings.HasPrefix(font, "vni-")
}

// countLegacy counts the letters of a text in such a font; one in Unicode has none.
func countLegacy(text string) int {
	n := 0
	for _, r := range text {
		if ownLetter(r) {
			return 0
		}
		if r >= 0xa1 && r <= 0xff {
			n++
		}
	}
	return n
}
