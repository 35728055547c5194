package prose

import (
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

// Before Unicode, Vietnamese was written with fonts that show other signs in the places of Latin-1.
// TCVN3 (ABC) has one sign a letter: "Céng hoµ x· héi"; VNI adds the mark behind the vowel: "Coäng
// hoøa xaõ hoäi". Text in them is nonsense in any other font, and so cannot be read.

// legacy counts what tells such writing from Unicode.
type legacy struct {
	words, unicode, tcvn, vni int
	odd                       int // signs of TCVN3 within words that are letters nowhere else
	pairs                     int // vowels of VNI with a mark behind them
}

const (
	oddSigns  = "µ¸¶·¹¨»¾¼½©®ª«¬"
	tcvnSigns = oddSigns + "ÆÇËÎÏÑÖ×ØÜÞßäåæçëîïñö÷øûüþ"
	vniMarks  = "ùøûõïâêéèåãäáàúüëÙØÛÕÏÂÊÉÈÅÃÄÁÀÚÜË"
	vniVowels = "aeouyôöAEOUYÔÖ"
)

func (l *legacy) take(s string) {
	before, inWord := ' ', false
	for _, r := range s {
		letter := unicode.IsLetter(r) || r < 0x100 && strings.ContainsRune(tcvnSigns, r)
		if letter && !inWord {
			l.words++
		}
		inWord = letter
		if r >= 0x80 {
			l.sign(before, r)
		}
		before = r
	}
}

func (l *legacy) sign(before, r rune) {
	if r >= 0x1EA0 && r <= 0x1EF9 || r >= 0x102 && r <= 0x1B0 {
		l.unicode++
		return
	}
	if strings.ContainsRune(tcvnSigns, r) {
		l.tcvn++
	}
	if unicode.IsLetter(before) && strings.ContainsRune(oddSigns, r) {
		l.odd++
	}
	switch {
	case strings.ContainsRune(vniVowels, before) && strings.ContainsRune(vniMarks, r):
		l.pairs++
		l.vni++
	case r == 'ñ' || r == 'Ñ' || r == 'ö':
		l.vni++
	}
}

// fault returns the refusal of a text that is mostly written so, nil for any other.
func (l *legacy) fault() error {
	found := max(l.tcvn, l.vni)
	if found < 4 || found*4 < l.words || l.unicode > found {
		return nil
	}
	switch {
	case l.vni > l.tcvn && l.pairs*8 > l.words:
		return unsupported("prose.vni")
	case l.odd*8 > l.words:
		return unsupported("prose.tcvn3")
	}
	return nil
}

// otherEncoding is the refusal of a text that is not in UTF-8.
func otherEncoding(r io.ReaderAt, size int64) error {
	raw := make([]byte, min(size, 64<<10))
	if n, err := r.ReadAt(raw, 0); n < len(raw) {
		return err
	}
	var l legacy
	strange := 0
	for _, b := range raw {
		if b < ' ' && !strings.ContainsRune("\t\n\v\f\r", rune(b)) {
			strange++
		}
	}
	if strange > len(raw)/100 {
		return unsupported("prose.not_prose")
	}
	if s, err := charmap.Windows1252.NewDecoder().Bytes(raw); err == nil {
		l.take(string(s))
	}
	if err := l.fault(); err != nil {
		return err
	}
	return unsupported("prose.not_utf8")
}

// legible refuses a document without text and one in an old writing.
func legible(t *Text) error {
	var l legacy
	t.each(func(p *Paragraph) { l.take(p.Text) })
	if l.words == 0 {
		return empty()
	}
	return l.fault()
}

// each hands on every paragraph, those in cells among them.
func (t *Text) each(f func(*Paragraph)) {
	for _, b := range t.Blocks {
		if b.Paragraph != nil {
			f(b.Paragraph)
			continue
		}
		for _, row := range b.Table.Rows {
			for _, cell := range row.Cells {
				for i := range cell.Paragraphs {
					f(&cell.Paragraphs[i])
				}
			}
		}
	}
}
