package paper_test

import (
	"bytes"
	"strings"
	"testing"

	"chonoi/internal/document/paper"
	"chonoi/internal/fault"
)

func html(t testing.TB, p *paper.Paper, page paper.Page) string {
	t.Helper()
	var b bytes.Buffer
	if err := p.WriteHTML(&b, page); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestAFigureIsLockedAndLeadsToItsRows(t *testing.T) {
	p := stateReport(layout(t, "state-2020"))
	page := html(t, p, paper.Page{Figure: func(id string) string {
		if id == "task.late" {
			return "/reviews/1/figures/" + id + `?a="b"&c`
		}
		return ""
	}})
	for _, want := range []string{
		`<a class="figure" href="/reviews/1/figures/task.late?a=&quot;b&quot;&amp;c" data-figure="task.late">2</a>`,
		`<span class="figure" data-figure="task.done">14</span>`,
		`<h2 class="kind">BÁO CÁO</h2>`, `<h3>I. KẾT QUẢ CHUNG</h3><h4>1. Tiến độ thực hiện nhiệm vụ</h4>`,
		`<th scope="col" rowspan="2" class="mid">Nhóm nhiệm vụ</th><th scope="colgroup" colspan="4" class="mid">Số nhiệm vụ</th>`,
		`<td class="right"><b>14</b></td>`, `<p class="rule full"><b>Độc lập - Tự do - Hạnh phúc</b></p>`,
		`<p class="hand"><i>(dự thảo, chưa ký)</i></p>`, `<li>a) Đề nghị`,
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not hold %s", want)
		}
	}
	_, all := parts(t, docx(t, p))
	if want := `<w:tag w:val="task.late"/><w:id w:val="5"/><w:lock w:val="sdtContentLocked"/></w:sdtPr><w:sdtContent><w:r><w:t xml:space="preserve">2</w:t>`; !strings.Contains(all[inText], want) {
		t.Error("the figure can be edited in the DOCX")
	}
}

func TestBadCharactersAreTakenOut(t *testing.T) {
	p := letter(layout(t, "state-2020"))
	p.Body = []paper.Block{paper.Text("a\x00\x0b\ufffe\u202e<script>&\"'\xff  Ho\u0300a\tb\nc ")}
	_, all := parts(t, docx(t, p))
	if want := `<w:t xml:space="preserve">a&lt;script&gt;&amp;&quot;'  Hòa</w:t><w:tab/><w:t xml:space="preserve">b</w:t><w:br/><w:t xml:space="preserve">c </w:t>`; !strings.Contains(all[inText], want) {
		t.Error(all[inText])
	}
	if page := html(t, p, paper.Page{Top: 1}); !strings.Contains(page, `<p>a&lt;script&gt;&amp;&quot;'  Hòa	b<br>c </p>`) {
		t.Error(page)
	}
}

func TestAPaperThatNoOfficeProgramTakesIsRefused(t *testing.T) {
	l := layout(t, "state-2020")
	for name, one := range map[string]struct {
		paper paper.Paper
		kind  fault.Kind
	}{
		"no layout":     {paper.Paper{}, fault.Invalid},
		"no columns":    {paper.Paper{Layout: l, Body: []paper.Block{{Table: &paper.Table{}}}}, fault.Invalid},
		"64 columns":    {paper.Paper{Layout: l, Body: []paper.Block{{Table: &paper.Table{Columns: make([]paper.Column, 64)}}}}, fault.Invalid},
		"a long id":     {paper.Paper{Layout: l, Body: []paper.Block{paragraph(figure(strings.Repeat("a", 65), "1"))}}, fault.Invalid},
		"too much text": {paper.Paper{Layout: l, Body: []paper.Block{paper.Text(strings.Repeat("a", 65<<20))}}, fault.TooLarge},
		"many blocks":   {paper.Paper{Layout: l, Body: make([]paper.Block, 200_001)}, fault.TooLarge},
		"nothing":       {paper.Paper{Layout: l}, 0},
	} {
		if err := one.paper.WriteDOCX(&bytes.Buffer{}); fault.KindOf(err) != one.kind {
			t.Errorf("%s: %v", name, err)
		}
		if err := one.paper.WriteHTML(&bytes.Buffer{}, paper.Page{}); fault.KindOf(err) != one.kind {
			t.Errorf("%s: %v", name, err)
		}
	}
}
