package reading

import (
	"strings"

	"chonoi/internal/document/prose"
)

// Recipient is a line of those who get the document (nơi nhận).
type Recipient struct {
	Text string `json:"text"`
}

// streams divides the end of a paper into its two columns: recipients and signature.
func streams(end []line) (received, signed []string, bulleted bool) {
	inList := false
	add := func(s string) {
		switch {
		case s == "" || ornament.MatchString(s):
		case recipientsMark.MatchString(s):
			inList = true
			received = append(received, s)
		case signMark.MatchString(s) && capitals(s), capitals(s) && isTitle(s), isPerson(s) && len(signed) > 0 && (!inList || !hasBullet(s)):
			inList = inList && len(received) == 0
			signed = append(signed, s)
		case hasBullet(s):
			received = append(received, s)
			bulleted = true
		case inList:
			received = append(received, s)
		default:
			signed = append(signed, s)
		}
	}
	for i := range end {
		l := &end[i]
		switch {
		case l.table != nil:
			r, s := columnsOfEnd(l.table)
			for _, one := range r {
				bulleted = bulleted || hasBullet(one)
			}
			received, signed = append(received, r...), append(signed, s...)
		case len(l.parts) > 1:
			add(l.parts[0])
			was := inList
			for _, right := range l.parts[1:] {
				signed = append(signed, right)
			}
			inList = was
		case l.marker != "":
			add(l.marker + " " + l.text)
		default:
			add(l.text)
		}
	}
	return received, signed, bulleted
}

// columnsOfEnd reads the table without lines in which Word sets recipients and signature.
func columnsOfEnd(t *prose.Table) (received, signed []string) {
	for _, row := range t.Rows {
		for _, cell := range row.Cells {
			texts := paragraphTexts(cell.Paragraphs)
			list := false
			for _, s := range texts {
				list = list || recipientsMark.MatchString(s) || hasBullet(s)
			}
			if list {
				received = append(received, texts...)
			} else {
				signed = append(signed, texts...)
			}
		}
	}
	return received, signed
}

func hasBullet(s string) bool {
	m := typed(s)
	return m != nil && m.takes[0].family.kind == bullet
}

// readEnd reads recipients and signature.
func (p *Plan) readEnd(end []line) {
	received, signed, bulleted := streams(end)
	p.readRecipients(received, bulleted)
	p.readSigner(signed)
	if p.Header.Signer.Name == nil {
		p.warn("header", "reading.no_signer")
	}
}

func (p *Plan) readRecipients(all []string, bulleted bool) {
	var list []string
	for _, s := range all {
		if at := recipientsMark.FindStringIndex(s); at != nil {
			if s = strings.TrimSpace(s[at[1]:]); s == "" {
				continue
			}
		}
		if m := typed(s); m != nil && m.takes[0].family.kind == bullet {
			list = append(list, m.rest)
		} else if n := len(list); n > 0 && (bulleted || small(s)) && len(list[n-1]) < 2000 {
			list[n-1] = glued([]string{list[n-1], s})
		} else {
			list = append(list, s)
		}
	}
	for _, s := range list {
		if s = strings.TrimRight(s, " ,;./"); s != "" {
			p.Recipients = append(p.Recipients, Recipient{s})
		}
	}
}

// mostSigned is how many lines a signature has at the most.
const mostSigned = 40

func (p *Plan) readSigner(all []string) {
	s := &p.Header.Signer
	for _, text := range all[:min(len(all), mostSigned)] {
		text := text
		switch {
		case ornament.MatchString(text) || strings.HasPrefix(text, "(") || strings.HasPrefix(text, "["):
		case signMark.MatchString(text) && strings.HasPrefix(strings.ReplaceAll(text, "/", ""), "TM"):
			s.Authority = &text
		case signMark.MatchString(text):
			s.By = &text
		case isTitle(text) && s.Title == nil:
			s.Title = &text
		case isPerson(text) && (s.Title != nil || s.By != nil || s.Authority != nil) && !capitals(text) && s.Name == nil:
			s.Name = &text
		case capitals(text) && s.Title == nil && s.By == nil && s.Authority != nil:
			whole := *s.Authority + " " + text
			s.Authority = &whole
		case capitals(text) && isPerson(text) && s.Title != nil && s.Name == nil:
			s.Name = &text
		}
	}
}
