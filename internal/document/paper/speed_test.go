package paper_test

import (
	"bytes"
	"fmt"
	"io"
	"testing"
	"time"

	"chonoi/internal/document/paper"
)

// greatReport is about 400 pages, with a table of 5,000 rows.
func greatReport(l *paper.Layout) *paper.Paper {
	p := longAppendix(l, 5000)
	p.Appendices[0].Landscape = false
	for i := range 1200 {
		if i%20 == 0 {
			p.Body = append(p.Body, paper.Head(paper.Clause, fmt.Sprintf("%d.", i/20+1), "Nhiệm vụ và giải pháp"))
		}
		p.Body = append(p.Body, paragraph(paper.Run{Text: "Sở Khoa học và Công nghệ đã phối hợp với các cơ quan, đơn vị triển khai "}, figure(fmt.Sprintf("task.%d", i), fmt.Sprint(i)),
			paper.Run{Text: " nhiệm vụ về phát triển thị trường khoa học và công nghệ, hỗ trợ doanh nghiệp đổi mới công nghệ, nâng cao năng lực hấp thụ và làm chủ công nghệ trên địa bàn thành phố."}))
	}
	return p
}

func TestAReportOf400PagesIsWrittenAndCheckedInTwoSeconds(t *testing.T) {
	p := greatReport(layout(t, "state-2020"))
	start := worked(t)
	var b bytes.Buffer
	if err := p.WriteDOCX(&b); err != nil {
		t.Fatal(err)
	}
	wrote := worked(t) - start
	start = worked(t)
	if found := check(t, b.Bytes(), p.Layout); len(found) > 0 {
		tell(t, found)
		t.Error("it has findings")
	}
	t.Logf("%d KB written in %v, checked in %v", b.Len()>>10, wrote, worked(t)-start)
	if wrote > 2*time.Second || worked(t)-start > 4*time.Second {
		t.Error("too slow")
	}
}

func BenchmarkWriteDOCX(b *testing.B) {
	p := greatReport(layout(b, "state-2020"))
	for b.Loop() {
		if err := p.WriteDOCX(io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkWriteHTML(b *testing.B) {
	p := greatReport(layout(b, "state-2020"))
	for b.Loop() {
		if err := p.WriteHTML(io.Discard, paper.Page{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCheck(b *testing.B) {
	p := greatReport(layout(b, "state-2020"))
	content := docx(b, p)
	for b.Loop() {
		if _, err := paper.Check(b.Context(), bytes.NewReader(content), int64(len(content)), p.Layout); err != nil {
			b.Fatal(err)
		}
	}
}
