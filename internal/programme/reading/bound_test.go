package reading_test

import (
	"bytes"
	"context"
	"fmt"
	"strings"
	"syscall"
	"testing"
	"time"

	"chonoi/internal/document/prose"
	"chonoi/internal/fault"
	"chonoi/internal/programme/reading"
)

// large is a plan of 400 pages with that many tasks.
func large(tasks int) []byte {
	var b strings.Builder
	b.WriteString("THÀNH ỦY SÔNG AN\n*\nSố 10-KH/TU\n\nKẾ HOẠCH\nthực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị\n\nBan Thường vụ Thành ủy ban hành Kế hoạch như sau:\n\n")
	for i := range tasks {
		if i%250 == 0 {
			fmt.Fprintf(&b, "%s- NHIỆM VỤ\n\n", romanOf(i/250+1))
		}
		if i%10 == 0 {
			fmt.Fprintf(&b, "%d. Nhóm nhiệm vụ về phát triển khoa học và công nghệ\n\n", i%250/10+1)
		}
		fmt.Fprintf(&b, "- Sở Khoa học và Công nghệ chủ trì, phối hợp với Ủy ban nhân dân xã số %d triển khai Nghị quyết số %d-NQ/TU ngày 05/8/2025 của Thành ủy; xây dựng ít nhất %d cơ sở dữ liệu, hoàn thành trước ngày 30/6/2026. Thường xuyên cập nhật, báo cáo kết quả thực hiện.\n\n", i%600, i%90+1, i%9+1)
	}
	b.WriteString("Nơi nhận:\n- Các xã,\n- Lưu.\n\nT/M BAN THƯỜNG VỤ\nBÍ THƯ\n\nNguyễn Văn An\n")
	return []byte(b.String())
}

func romanOf(n int) string {
	return strings.Repeat("X", n/10) + []string{"", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"}[n%10]
}

// worked is the processor time that this process has used: tests beside this one make the clock slow.
func worked(t *testing.T) time.Duration {
	t.Helper()
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		t.Fatal(err)
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

func TestAPlanOf5000TasksIsReadInTwoSeconds(t *testing.T) {
	raw := large(5000)
	begin := worked(t)
	p := read(t, "plan.txt", raw)
	if took := worked(t) - begin; took > 2*time.Second {
		t.Errorf("it took %v", took)
	}
	if len(p.Clauses) != 15000 || len(p.Nodes) != 5000+500+20 {
		t.Errorf("%d clauses, %d nodes", len(p.Clauses), len(p.Nodes))
	}
	whole(t, p)
}

func BenchmarkReadAPlanOf5000Tasks(b *testing.B) {
	raw := large(5000)
	b.SetBytes(int64(len(raw)))
	b.ReportAllocs()
	for b.Loop() {
		read(b, "plan.txt", raw)
	}
}

func paragraphs(n int, text func(i int) string) *prose.Text {
	t := &prose.Text{Kind: "txt"}
	for i := range n {
		t.Blocks = append(t.Blocks, prose.Block{Paragraph: &prose.Paragraph{Text: text(i), Level: -1, Line: i + 1}})
	}
	return t
}

func TestWhatIsTooLargeIsRefusedWithAReason(t *testing.T) {
	w := words(t)
	for name, text := range map[string]*prose.Text{
		"too many items":       paragraphs(reading.MostNodes+10, func(i int) string { return "- Việc." }),
		"too many paragraphs":  paragraphs(reading.MostBlocks+1, func(i int) string { return "Việc." }),
		"a paragraph too long": paragraphs(1, func(i int) string { return strings.Repeat("a ", 200_000) }),
		"a text too long":      paragraphs(200, func(i int) string { return strings.Repeat("việc ", 30_000) }),
	} {
		begin := worked(t)
		_, err := reading.Read(text, "plan.txt")
		f, ok := fault.As(err)
		if !ok || f.Kind != fault.TooLarge {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if told := w.T("vi", f.Key, f.Args...); !strings.HasPrefix(told, "Văn bản") && !strings.HasPrefix(told, "Đoạn") {
			t.Errorf("%s: %s", name, told)
		}
		if took := worked(t) - begin; took > 2*time.Second {
			t.Errorf("%s took %v", name, took)
		}
	}
}

func TestDeepAndBrokenNumberingEndsInABoundedTree(t *testing.T) {
	signs := []string{"I.", "A.", "1.", "1)", "a)", "(1)", "(a)", "i)", "-", "+", "*", "•", "1.1.", "1.1.1.", "◦", "▪", "1/", "a.", "1-", "I/"}
	begin := worked(t)
	p, err := reading.Read(paragraphs(20_000, func(i int) string { return signs[i%len(signs)] + " Việc:" }), "plan.txt")
	if err != nil {
		t.Fatal(err)
	}
	whole(t, p)
	depth := map[string]int{}
	for _, n := range p.Nodes {
		if n.Parent != nil {
			depth[n.ID] = depth[*n.Parent] + 1
		}
		if depth[n.ID] > 12 || len(n.ID) > 200 {
			t.Fatalf("%s stands %d deep", n.ID, depth[n.ID])
		}
	}
	if took := worked(t) - begin; took > 3*time.Second {
		t.Errorf("it took %v", took)
	}
}

func TestManyLinesAreReadInLinearTime(t *testing.T) {
	for name, text := range map[string]func(i int) string{
		"one paragraph in many lines": func(i int) string { return "việc" },
		"quotations never closed":     func(i int) string { return "“Việc như sau:" },
		"headings of chapters":        func(i int) string { return "Chương I" },
		"a title in many lines":       func(i int) string { return []string{"QUY ĐỊNH CHUNG", "Chương I"}[max(0, 1-i)] },
		"a signature in many lines":   func(i int) string { return []string{"T/M BAN THƯỜNG VỤ", "I. Việc"}[max(0, 1-i)] },
		"recipients in many lines":    func(i int) string { return []string{"I. Việc", "Nơi nhận:", "- Sở", "các ban"}[min(i, 3)] },
		"a list of names":             func(i int) string { return "CHỦ TỊCH" },
		"page numbers":                func(i int) string { return fmt.Sprint(i % 1000) },
	} {
		begin := worked(t)
		p, err := reading.Read(paragraphs(50_000, text), "plan.txt")
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		whole(t, p)
		if took := worked(t) - begin; took > 3*time.Second {
			t.Errorf("%s: it took %v", name, took)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{"KẾ HOẠCH\nI- MỤC\n1. Việc; khác.\n- Một. Hai\n", "QUYẾT ĐỊNH\nĐiều 1. Sửa:\n“2. Mới\na) Hai”\nĐiều 2. Hết./.\nNơi nhận:\n- A,\nTM. B\nCHỦ TỊCH\nLê A\nPHỤ LỤC\n1. X\n",
		"**KẾ\nHOẠCH** a\n\f12\n13\n(1) b\n1.1.1 c\n(i) d\nđ) e\n", "Phần thứ nhất\nMục 1\n* -\n- -\n", "Số: 1/QĐ   A, ngày 1 tháng 2 năm 2026\n“\n\"\n:\n"} {
		f.Add([]byte(s), false)
	}
	f.Fuzz(func(t *testing.T, raw []byte, word bool) {
		text, err := prose.Read(context.Background(), "a.txt", bytes.NewReader(raw), int64(len(raw)))
		if err != nil {
			return
		}
		if word {
			text.Kind = "docx"
		}
		p, err := reading.Read(text, "a.txt")
		if err != nil {
			return
		}
		whole(t, p)
		var b bytes.Buffer
		if err := p.AkomaNtoso(&b); err != nil {
			t.Fatal(err)
		}
	})
}
