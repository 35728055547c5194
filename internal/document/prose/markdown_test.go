package prose_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chonoi/internal/document/prose"
)

func markdown(t testing.TB, lines ...string) *prose.Text {
	t.Helper()
	return readBytes(t, "a.md", []byte(strings.Join(lines, "\n")))
}

func TestMarkdownIsReadWithItsMarkersAsPrinted(t *testing.T) {
	text := markdown(t, "# KẾ HOẠCH", "", "## I. Mục đích ##", "", "1. một", "2. hai", "   - ba", "     + bốn", "   - năm", "7) bảy", "* sao", "", "Đoạn văn", "", "- mới", "1986\\. không phải danh sách", "-không phải", "#không phải", "-", "Tiêu đề", "hai dòng", "===", "", "* * *", "", "---", "hết")
	same(t, shown(text), "KẾ HOẠCH", "I. Mục đích", "1. một", "2. hai", "- ba", "+ bốn", "- năm", "7) bảy", "* sao", "Đoạn văn", "- mới", "1986. không phải danh sách", "-không phải", "#không phải", "-", "Tiêu đề", "hai dòng", "hết")
	var levels, headings []int
	for _, b := range text.Blocks {
		levels, headings = append(levels, b.Paragraph.Level), append(headings, b.Paragraph.Heading)
	}
	if d := cmp.Diff([]int{-1, -1, 0, 0, 1, 2, 1, 0, 0, -1, 0, -1, -1, -1, 0, -1, -1, -1}, levels); d != "" {
		t.Error("levels", d)
	}
	if headings[0] != 1 || headings[1] != 2 || headings[2] != 0 {
		t.Error("headings", headings)
	}
	if p := text.Blocks[2].Paragraph; !p.Gap || p.Line != 5 || text.Blocks[3].Paragraph.Gap {
		t.Errorf("the first item is %+v", p)
	}
}

func TestEmphasisMayGoOverLines(t *testing.T) {
	text := markdown(t, "**Thực hiện Kết luận số 69-KL/TW", "tiếp tục thực hiện", "và hội nhập quốc tế**", "thường", "", "**đậm** thường", "*nghiêng*", "***cả hai***", "__đậm__", "_nghiêng_ và **đậm**", "", "**mở", "", "không đóng**", "2 * 3 * 4 và a_b_c", "5\\*6", "`**mã**` &amp; &lt;b&gt;", "<b>đậm</b><br>", `<p align="center">**giữa**</p>`, "a < b")
	same(t, shown(text), "Thực hiện Kết luận số 69-KL/TW", "tiếp tục thực hiện", "và hội nhập quốc tế", "thường", "đậm thường", "nghiêng", "cả hai", "đậm", "nghiêng và đậm", "**mở", "không đóng**", "2 * 3 * 4 và a_b_c", "5*6", "**mã** & <b>", "đậm", "giữa", "a < b")
	var looks []string
	for _, b := range text.Blocks {
		l := ""
		if b.Paragraph.Bold {
			l += "b"
		}
		if b.Paragraph.Italic {
			l += "i"
		}
		if b.Paragraph.Centred {
			l += "c"
		}
		looks = append(looks, l)
	}
	if d := cmp.Diff([]string{"b", "b", "b", "", "", "i", "bi", "b", "", "", "", "", "", "", "b", "bc", ""}, looks); d != "" {
		t.Error(d)
	}
}

func TestTablesOfMarkdown(t *testing.T) {
	text := markdown(t, "| STT | **Nhiệm vụ** | Thời gian |", "|:---:|---|--:|", "| 1 | Xây dựng \\| vận hành<br>sàn | Quý III/2026 |", "2 | thiếu ô", "| 3 | `a\\|b` | c | thừa |", "", "a | b", "không phải bảng")
	same(t, shown(text), "STT | Nhiệm vụ | Thời gian", "1 | Xây dựng | vận hành/sàn | Quý III/2026", "2 | thiếu ô | ", "3 | a|b | c", "a | b", "không phải bảng")
	if table := text.Blocks[0].Table; !table.Rows[0].Header || !table.Rows[0].Cells[1].Bold || table.Rows[1].Header || table.Line != 1 || text.Blocks[1].Paragraph.Line != 7 {
		t.Errorf("%+v", table)
	}
}

func TestFootnotesCommentsAndQuotesOfMarkdown(t *testing.T) {
	text := markdown(t, "Theo Nghị quyết[^nq] và[^2].", "<!-- ghi chú", "nhiều dòng", "-->", "> trích dẫn", "> > sâu hơn", "", "[^2]: Chú thích hai", "[^nq]: Chú thích **một**", "    dòng tiếp", "[^thừa]: không có dấu", "[liên kết](http://a.b), ![ảnh](a.png)<http://c.d>", "[x]: http://e.f", "```", "* mã", "```", "trước <!-- giữa --> sau")
	same(t, shown(text), "Theo Nghị quyết và.", "trích dẫn", "sâu hơn", "liên kết, http://c.d", "* mã", "trước  sau")
	if d := cmp.Diff([]prose.Note{{N: 1, Text: "Chú thích một\ndòng tiếp"}, {N: 2, Text: "Chú thích hai"}}, text.Notes); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff([]prose.Mark{{1, len("Theo Nghị quyết")}, {2, len("Theo Nghị quyết và")}}, text.Blocks[0].Paragraph.Notes); d != "" {
		t.Error(d)
	}
}
