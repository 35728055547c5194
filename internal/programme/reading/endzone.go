package reading

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"chonoi/internal/lang"
)

var (
	recipientsMark = regexp.MustCompile(`^(?i:nơi\s+nhận|noi nhan)\s*(:|$)`)
	signMark       = regexp.MustCompile(`^(T/M|TM\.?|K/T|KT\.?|T/L|TL\.?|TUQ\.?|T/UQ|Q\.)\s*\p{Lu}`)
	annexMark      = regexp.MustCompile(`^(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu|BIỂU SỐ|Biểu số)(?:\s+(?:số\s+|SỐ\s+)?(\d{1,3}|[IVXLC]{1,6}|[A-Z]))?\s*(?:[.:–—-]\s*(.*))?$`)
	nameWord       = regexp.MustCompile(`^\p{Lu}\p{Ll}*$`)
	styled         = regexp.MustCompile(`^((?:GS|PGS|TS|ThS|BS|KS|CN|LS|TSKH|BSCKI|BSCKII|Đ/c|Đồng chí)\.?\s*)+`)
)

// isPerson reports whether s is the name of a person, as it stands under a signature.
func isPerson(s string) bool {
	s = styled.ReplaceAllString(s, "")
	words := strings.Fields(s)
	if len(words) < 2 || len(words) > 6 {
		return false
	}
	for _, w := range words {
		if !nameWord.MatchString(w) && !(utf8.RuneCountInString(w) > 1 && capitals(w) && len(words) >= 2 && !isTitle(s)) {
			return false
		}
	}
	return !isTitle(s)
}

// titles are the words that titles of those who sign begin with, folded.
var titles = []string{"chu tich", "pho ", "bi thu", "giam doc", "tong ", "hieu truong", "truong ", "chanh ", "cuc truong", "bo truong", "thu truong",
	"thu tuong", "vien truong", "uy vien", "thuong truc", "quyen ", "chu nhiem", "trung uong", "vu truong", "tham phan", "kiem sat"}

func isTitle(s string) bool {
	f := lang.Fold(s) + " "
	for _, t := range titles {
		if strings.HasPrefix(f, t) {
			return true
		}
	}
	return false
}

// isEnd reports whether recipients or signature begin at line i.
func isEnd(all []line, i int) bool {
	l := &all[i]
	if l.table != nil {
		return layout(l.table) && endTable(l.table)
	}
	first := l.text
	if len(l.parts) > 0 {
		first = l.parts[0]
	}
	if recipientsMark.MatchString(first) || recipientsMark.MatchString(l.text) || signMark.MatchString(l.text) && l.caps {
		return true
	}
	if len(l.parts) > 1 && signMark.MatchString(l.parts[len(l.parts)-1]) {
		return true
	}
	return l.caps && l.label == nil && isTitle(l.text) && nameFollows(all, i)
}

// nameFollows reports whether below a title the name of a person stands.
func nameFollows(all []line, i int) bool {
	for k := i + 1; k < len(all) && k <= i+4; k++ {
		if all[k].table != nil {
			return false
		}
		if isPerson(all[k].text) && !all[k].caps {
			return true
		}
		if !all[k].caps && !strings.HasPrefix(all[k].text, "(") {
			return false
		}
	}
	return false
}

// endOf returns where recipients, signature or annexes begin.
func endOf(all []line) int {
	for i := range all {
		if isEnd(all, i) || i > 0 && isAnnex(&all[i]) {
			return i
		}
	}
	return len(all)
}
