package contract

import "strings"

var digits = []string{"không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}

// InWords writes a whole number from 0 to 999,999,999,999,999,999 in Vietnamese words, as sums stand in
// contracts.
func InWords(n int64) string {
	if n == 0 {
		return digits[0]
	}
	var groups []int64
	for ; n > 0; n /= 1000 {
		groups = append(groups, n%1000)
	}
	var words []string
	for i := len(groups) - 1; i >= 0; i-- {
		if groups[i] == 0 && i%3 != 0 {
			continue
		}
		if groups[i] > 0 {
			words = append(words, three(groups[i], i < len(groups)-1)...)
		}
		switch {
		case i%3 == 1:
			words = append(words, "nghìn")
		case i%3 == 2:
			words = append(words, "triệu")
		case i > 0 && i%3 == 0: // whatever stood above counts in thousands of millions
			words = append(words, "tỷ")
		}
	}
	return strings.Join(words, " ")
}

// three writes a group of three digits; whole tells that others stand before it, so that its noughts are
// said.
func three(n int64, whole bool) (words []string) {
	hundreds, tens, ones := n/100, n/10%10, n%10
	if hundreds > 0 || whole {
		words = append(words, digits[hundreds], "trăm")
	}
	switch {
	case tens == 0 && ones > 0 && len(words) > 0:
		words = append(words, "linh")
	case tens == 1:
		words = append(words, "mười")
	case tens > 1:
		words = append(words, digits[tens], "mươi")
	}
	switch {
	case ones == 0:
	case ones == 1 && tens > 1:
		words = append(words, "mốt")
	case ones == 5 && tens > 0:
		words = append(words, "lăm")
	default:
		words = append(words, digits[ones])
	}
	return words
}
