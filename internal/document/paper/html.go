package paper

import (
	"bytes"
	"io"
	"strconv"
	"strings"
)

// Page tells how a paper is shown on a page.
type Page struct {
	Top    int                           // level of the first heading, 1 to 3; 0 is 2
	Figure func(id string) (href string) // where the rows behind a figure are; nil or "" is nowhere
}

type sheet struct {
	p    *Paper
	l    *Layout
	page Page
	b    bytes.Buffer
}

// WriteHTML writes the paper as a sheet for a page of the house and for print: classes only, no
// style, every text escaped. Faults as of WriteDOCX.
func (p *Paper) WriteHTML(w io.Writer, page Page) error {
	if err := p.check(); err != nil {
		return err
	}
	if page.Top < 1 || page.Top > 3 {
		page.Top = 2
	}
	s := &sheet{p: p, l: p.Layout, page: page}
	s.put(`<article class="sheet" lang="vi">`)
	if len(p.Foot) > 0 {
		s.put(`<div class="pages"><div>`)
	}
	s.heads()
	s.title()
	s.addressees()
	s.blocks(p.Body)
	s.signatures()
	for i, a := range p.Appendices {
		s.appendix(i, a)
	}
	s.strip()
	s.put("</article>\n")
	_, err := w.Write(s.b.Bytes())
	return err
}

// strip is where both sign on every page that is printed: the foot of a table, which print repeats.
func (s *sheet) strip() {
	if len(s.p.Foot) == 0 {
		return
	}
	s.put(`</div><div class="strip"><div class="letter signs">`)
	for _, text := range s.p.Foot {
		s.put(`<div><p>`, escaped(line(text)), `</p><p class="hand"></p></div>`)
	}
	s.put(`</div></div></div>`)
}

func (s *sheet) put(parts ...string) {
	for _, part := range parts {
		s.b.WriteString(part)
	}
}

// element writes a paragraph in the face of an element.
func (s *sheet) element(element, class, text string) {
	f := s.l.style(element)
	s.put(`<p`)
	if class != "" {
		s.put(` class="`, class, `"`)
	}
	s.put(`>`)
	s.run(Run{Text: as(f, text), Bold: f.bold, Italic: f.italic, Underline: f.underline})
	s.put(`</p>`)
}

func (s *sheet) heads() {
	h := s.p.Heads
	if line(h.Issuer) == "" {
		s.crown("noindent mid")
		if line(h.Place) != "" {
			s.element("place", "noindent right", s.p.dateLine())
		}
		return
	}
	s.put(`<div class="letter"><div>`)
	if superior := line(h.Superior); superior != "" {
		s.element("superior", "", superior)
	}
	s.element("issuer", s.ruled("issuer"), line(h.Issuer))
	s.sign("issuer")
	s.put(`</div><div>`)
	s.crown("")
	s.put(`</div><div>`)
	s.element("number", "", s.p.numberLine())
	if line(s.p.Kind) == "" && line(s.p.Abstract) != "" {
		s.element("letter_abstract", "", fill(s.l.text("letter_abstract.form"), "{abstract}", line(s.p.Abstract)))
	}
	s.put(`</div><div>`)
	s.element("place", "", s.p.dateLine())
	s.put(`</div></div>`)
}

// crown writes the national name and motto, or the party's heading, each of a class.
func (s *sheet) crown(class string) {
	name := s.l.heading()
	if s.l.Family == State {
		s.element(name, class, s.l.text("nation.text"))
		name = "motto"
	}
	s.element(name, strings.TrimSpace(class+" "+s.ruled(name)), s.l.text(name+".text"))
}

// ruled is the class of an element that has a line under it.
func (s *sheet) ruled(element string) string {
	switch share := s.l.use(element + ".line"); {
	case share >= 1:
		return "rule full"
	case share > 0:
		return "rule"
	}
	return ""
}

func (s *sheet) sign(element string) {
	if sign := s.l.text(element + ".under"); sign != "" {
		s.put(`<p class="noindent mid">`, escaped(sign), `</p>`)
	}
}

func (s *sheet) title() {
	if kind := line(s.p.Kind); kind != "" {
		s.tag(0, "kind", as(s.l.style("kind"), kind))
		if abstract := line(s.p.Abstract); abstract != "" {
			s.element("abstract", strings.TrimSpace("noindent mid "+s.ruled("abstract")), abstract)
			s.sign("abstract")
		}
	}
	if h := s.p.Heads; line(h.Issuer) == "" && line(h.Number+h.Symbol) != "" {
		s.element("number", "noindent mid", s.p.numberLine())
	}
}

// tag writes a heading that many levels below the first.
func (s *sheet) tag(below int, class, text string) {
	level := strconv.Itoa(min(s.page.Top+below, 6))
	s.put(`<h`, level)
	if class != "" {
		s.put(` class="`, class, `"`)
	}
	s.put(`>`, broken(text), `</h`, level, `>`)
}

func (s *sheet) addressees() {
	to := s.p.To
	if len(to) == 1 {
		s.element("to", "noindent mid to", s.p.toWord()+": "+bare(to[0]))
	}
	if len(to) < 2 {
		return
	}
	s.put(`<div class="noindent to">`)
	s.element("to", "", s.p.toWord()+":")
	s.put(`<ul class="marks">`)
	for i, one := range to {
		end := ";"
		if i == len(to)-1 {
			end = "."
		}
		s.put(`<li>- `, escaped(bare(one)+end), `</li>`)
	}
	s.put(`</ul></div>`)
}

func (s *sheet) signatures() {
	if len(s.p.Signatures)+len(s.p.Recipients) == 0 {
		return
	}
	s.put(`<div class="letter signs">`)
	if len(s.p.Signatures) < 2 {
		s.recipients()
	}
	for _, one := range s.p.Signatures {
		s.put(`<div>`)
		for _, a := range one.Authority {
			s.element("authority", "", line(a))
		}
		s.element("title", "", line(one.Title))
		if !one.Signed {
			s.put(`<p class="hand"><i>`, escaped(s.l.text("sign.unsigned")), `</i></p>`)
		}
		s.element("name", "hand", line(one.Name))
		s.put(`</div>`)
	}
	s.put(`</div>`)
	if len(s.p.Signatures) > 1 && len(s.p.Recipients) > 0 {
		s.put(`<div class="letter">`)
		s.recipients()
		s.put(`</div>`)
	}
}

func (s *sheet) recipients() {
	s.put(`<div class="recipients">`)
	if len(s.p.Recipients) > 0 {
		s.element("recipients_word", "", s.l.text("recipients_word.text"))
		s.put(`<ul class="marks">`)
		for _, r := range s.p.recipients() {
			s.put(`<li>`, escaped(r), `</li>`)
		}
		s.put(`</ul>`)
	}
	s.put(`</div>`)
}

func (s *sheet) appendix(i int, a Appendix) {
	class := "appendix"
	if a.Landscape {
		class = "appendix wide"
	}
	s.put(`<section class="`, class, `">`)
	title := escaped(s.p.appendixWord(i))
	s.put(`<h`, strconv.Itoa(min(s.page.Top+1, 6)), ` class="mid">`, title)
	if line(a.Title) != "" {
		s.put(`<br>`, escaped(as(s.l.style("appendix_title"), line(a.Title))))
	}
	s.put(`</h`, strconv.Itoa(min(s.page.Top+1, 6)), `>`)
	if !a.Unbound {
		s.element("appendix_reference", "noindent mid", s.p.reference())
	}
	s.blocks(a.Body)
	s.put(`</section>`)
}

// broken is an escaped text whose line breaks are kept.
func broken(text string) string { return strings.ReplaceAll(escaped(text), "\n", "<br>") }
