package reading

import (
	"strings"
	"unicode/utf8"

	"chonoi/internal/lang"
)

// kinds are the kinds of documents, folded, without blanks.
var kinds = func() map[string]bool {
	all := map[string]bool{}
	for _, k := range []string{"kế hoạch", "chương trình", "chương trình hành động", "chương trình công tác", "nghị quyết", "quyết định", "chỉ thị",
		"kết luận", "quy định", "quy chế", "hướng dẫn", "thông báo", "thông tri", "báo cáo", "tờ trình", "đề án", "phương án", "nghị định", "thông tư",
		"luật", "pháp lệnh", "công điện", "điều lệ", "quy trình", "dự án", "kế hoạch hành động", "kế hoạch triển khai", "kế hoạch thực hiện"} {
		all[tight(k)] = true
	}
	return all
}()

func tight(s string) string { return strings.ReplaceAll(lang.Fold(s), " ", "") }

// kindOf reads the kind of a document off a line: it stands alone in capitals, or the title goes on
// behind it in small letters.
func kindOf(text string) (kind, rest string) {
	text = strings.TrimRight(text, " *")
	if capitals(text) {
		if kinds[tight(text)] {
			return spaced(text), ""
		}
	}
	words := strings.Fields(text)
	for n := min(5, len(words)-1); n >= 2; n-- {
		begin := strings.Join(words[:n], " ")
		if capitals(begin) && kinds[tight(begin)] {
			return begin, strings.Join(words[n:], " ")
		}
	}
	return "", ""
}

// spaced puts letters that were set wide (K Ế  H O Ạ C H) back together.
func spaced(text string) string {
	words := strings.Fields(text)
	for _, w := range words {
		if utf8.RuneCountInString(w) > 1 {
			return text
		}
	}
	if len(words) < 4 {
		return text
	}
	for known := range kindsPrinted {
		if tight(known) == tight(text) {
			return known
		}
	}
	return text
}

var kindsPrinted = map[string]bool{"KẾ HOẠCH": true, "CHƯƠNG TRÌNH": true, "NGHỊ QUYẾT": true, "QUYẾT ĐỊNH": true, "CHỈ THỊ": true, "KẾT LUẬN": true,
	"QUY ĐỊNH": true, "QUY CHẾ": true, "HƯỚNG DẪN": true, "THÔNG BÁO": true, "BÁO CÁO": true, "TỜ TRÌNH": true, "ĐỀ ÁN": true}
