package prose

import (
	"strconv"
	"strings"
)

// numeral is n as Word writes it in a format of numbers; one that is not known is written in digits.
// Source: ISO/IEC 29500-1, 17.18.59 (ST_NumberFormat).
func numeral(format, custom string, n int) string {
	switch format {
	case "none", "bullet":
		return ""
	case "decimalZero":
		return padded(n, 2)
	case "upperLetter":
		return letters('A', n)
	case "lowerLetter":
		return letters('a', n)
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "ordinal":
		return strconv.Itoa(n) + ordinalEnding(n)
	case "cardinalText":
		return upperFirst(cardinal(n))
	case "ordinalText":
		return upperFirst(ordinal(n))
	case "vietnameseCounting":
		return vietnamese(n)
	case "hex":
		return strings.ToUpper(strconv.FormatInt(int64(n), 16))
	case "chicago":
		return strings.Repeat(string([]rune("*†‡§")[max(n-1, 0)%4]), min((max(n-1, 0))/4+1, 20))
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	case "decimalEnclosedParen":
		return enclosed('⑴', n, "("+strconv.Itoa(n)+")")
	case "decimalEnclosedFullstop":
		return enclosed('⒈', n, strconv.Itoa(n)+".")
	case "decimalEnclosedCircle":
		return enclosed('①', n, strconv.Itoa(n))
	case "decimalFullWidth":
		return strings.Map(func(r rune) rune { return r - '0' + '０' }, strconv.Itoa(n))
	case "custom":
		return customized(custom, n)
	}
	return strconv.Itoa(n)
}

func padded(n, digits int) string {
	s := strconv.Itoa(n)
	return strings.Repeat("0", max(digits-len(s), 0)) + s
}

// customized writes n as the example of a format does: 001, 002, 003, ... has three digits.
func customized(example string, n int) string {
	first, _, _ := strings.Cut(example, ",")
	first = strings.TrimSpace(first)
	if first == "" || strings.Trim(first, "0123456789") != "" {
		return strconv.Itoa(n)
	}
	return padded(n, min(len(first), 9))
}

// letters is a to z, then aa to zz, aaa to zzz.
func letters(first rune, n int) string {
	if n < 1 || n > 26*30 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > mostStart*2 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, r := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= r.value; n -= r.value {
			b.WriteString(r.sign)
		}
	}
	return b.String()
}

// enclosed is one of the twenty signs that begin with first.
func enclosed(first rune, n int, other string) string {
	if n < 1 || n > 20 {
		return other
	}
	return string(first + rune(n-1))
}

func ordinalEnding(n int) string {
	if n%100 >= 11 && n%100 <= 13 {
		return "th"
	}
	switch n % 10 {
	case 1:
		return "st"
	case 2:
		return "nd"
	case 3:
		return "rd"
	}
	return "th"
}

var (
	ones = strings.Fields("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen")
	tens = strings.Fields("zero ten twenty thirty forty fifty sixty seventy eighty ninety")
	nth  = map[string]string{"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth", "twelve": "twelfth"}
)

// cardinal is n in English words up to 99, as Word writes a list of one, two, three.
func cardinal(n int) string {
	switch {
	case n < 0 || n > 99:
		return strconv.Itoa(n)
	case n < 20:
		return ones[n]
	case n%10 == 0:
		return tens[n/10]
	}
	return tens[n/10] + "-" + ones[n%10]
}

func ordinal(n int) string {
	if n < 0 || n > 99 {
		return strconv.Itoa(n) + ordinalEnding(n)
	}
	word := cardinal(n)
	at := strings.LastIndexByte(word, '-') + 1
	if irregular := nth[word[at:]]; irregular != "" {
		return word[:at] + irregular
	}
	return strings.TrimSuffix(word, "y") + map[bool]string{true: "ieth", false: "th"}[strings.HasSuffix(word, "y")]
}

func upperFirst(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

var digits = strings.Fields("không một hai ba bốn năm sáu bảy tám chín")

// vietnamese is n in Vietnamese words up to 99.
func vietnamese(n int) string {
	if n < 0 || n > 99 {
		return strconv.Itoa(n)
	}
	ten, one := n/10, n%10
	last := digits[one]
	if ten > 0 && one == 5 {
		last = "lăm"
	}
	if ten > 1 && one == 1 {
		last = "mốt"
	}
	switch {
	case ten == 0:
		return last
	case ten == 1 && one == 0:
		return "mười"
	case ten == 1:
		return "mười " + last
	case one == 0:
		return digits[ten] + " mươi"
	}
	return digits[ten] + " mươi " + last
}
