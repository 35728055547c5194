package prose_test

import (
	"strings"
	"testing"

	"chonoi/internal/document/prose"
)

func TestMarkdownIsReadAsItShows(t *testing.T) {
	for name, c := range map[string]struct {
		source string
		want   []string
	}{
		"headings":       {"# Một #\n## **Hai**\n####### bảy\n#ba\n\nTên\n===\nTên khác\n---\n", []string{"H1|Một", "BH2|Hai", "|####### bảy", "|#ba", "~H1|Tên", "H2|Tên khác"}},
		"bold":           {"**đậm** thường\n**cả dòng**\n\n__cả__ *nghiêng* a_b_c 2*3*4 ** không **\n", []string{"|đậm thường", "B|cả dòng", "~|cả nghiêng a_b_c 234 ** không **"}},
		"over lines":     {"**Thực hiện Kết luận\ntiếp tục thực hiện\nvà hội nhập** xong\n\n**mở mà không đóng\n\nsau**\n", []string{"B|Thực hiện Kết luận", "B|tiếp tục thực hiện", "|và hội nhập xong", "~|**mở mà không đóng", "~|sau**"}},
		"both":           {"***đậm nghiêng***\n*nghiêng **đậm***\n", []string{"BI|đậm nghiêng", "I|nghiêng đậm"}},
		"lists":          {"- một\n  tiếp\n  * hai\n    + ba\n- bốn\n\n1. năm\n   2) sáu\n\nbảy\n10. tám\n-chín\n", []string{"L0[-]|một", "|tiếp", "L1[*]|hai", "L2[+]|ba", "L0[-]|bốn", "~L0[1.]|năm", "L1[2)]|sáu", "~|bảy", "L0[10.]|tám", "|-chín"}},
		"escapes":        {`\- không phải mục \*sao\* \\ 1\. &amp; &nbsp;x &khong; a\b` + "\n", []string{`|- không phải mục *sao* \ 1. &  x &khong; a\b`}},
		"links":          {"xem [Kết luận **69**](http://a.example) và ![hình](a.png) <https://b.example> `mã *1*` [5] [a](b\n", []string{"|xem Kết luận 69 và hình https://b.example mã *1* [5] [a](b"}},
		"rules":          {"a\n\n---\nb\n\n* * *\n\nc\n", []string{"|a", "~|b", "~|c"}},
		"comments":       {"a <!-- ghi\nchú --> b<br>c <x>\n", []string{"|a", "| b c <x>"}},
		"code":           {"```\n# **nguyên văn**\n```\nsau\n", []string{"~|# **nguyên văn**", "~|sau"}},
		"quotes":         {"> trích\n> dẫn\n", []string{"|trích", "|dẫn"}},
		"pages":          {"a\n\f# b\n", []string{"|a", "^H1|b"}},
		"table":          {"Trước\n| STT | **Nhiệm vụ** |\n|:---:|---|\n| 1 | a \\| *b* |\n| 2 |\nsau\n", []string{"|Trước", "## <A|STT> <B|Nhiệm vụ>", "# <|1> <|a | b>", "# <|2> <|>", "|sau"}},
		"no table":       {"a | b\nc | d\n", []string{"|a | b", "|c | d"}},
		"table in space": {"a | b\n--|--\nc | d[^1]\n\n[^1]: chú\n", []string{"## <|a> <|b>", "# <|c> <|d{1}>"}},
	} {
		t.Run(name, func(t *testing.T) { same(t, allShown(mustRead(t, "a.md", c.source)), c.want) })
	}
}

func TestNotesOfMarkdownStandApart(t *testing.T) {
	text := mustRead(t, "a.md", "Một[^b] hai[^a] lại[^b].\n\n[^a]: Chú **thích** a\n    tiếp\n\n    thêm\n[^b]: Chú thích b\n\nSau\n")
	same(t, allShown(text), []string{"|Một{1} hai{2} lại{1}.", "~|Sau"})
	same(t, text.Notes, []prose.Note{{N: 1, Text: "Chú thích b"}, {N: 2, Text: "Chú thích a tiếp thêm"}})
}

func TestManySignsCostNoMoreThanTheFile(t *testing.T) {
	for _, s := range []string{"*", "**a ", "_", "[", "![", "`", "<", "[^", "&", "~~", "\\", "*a_b", "**a*b__c "} {
		mustRead(t, "a.md", strings.Repeat(strings.Repeat(s, 200_000/len(s))+"\n", 8)+"chữ")
	}
}
