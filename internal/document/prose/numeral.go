package prose

import (
	"fmt"
	"strconv"
	"strings"
)

// numeral returns n as Word prints it in a format of numbering.
func numeral(format string, n int) string {
	switch format {
	case "none", "bullet":
		return ""
	case "decimalZero":
		return fmt.Sprintf("%02d", n)
	case "lowerLetter":
		return letters('a', n)
	case "upperLetter":
		return letters('A', n)
	case "upperRoman":
		return roman(n)
	case "lowerRoman":
		return strings.ToLower(roman(n))
	case "numberInDash":
		return "- " + strconv.Itoa(n) + " -"
	}
	return strconv.Itoa(n)
}

// letters are a to z, aa to zz and so on.
func letters(first rune, n int) string {
	if n < 1 || n > 26*50 {
		return strconv.Itoa(n)
	}
	return strings.Repeat(string(first+rune((n-1)%26)), (n-1)/26+1)
}

func roman(n int) string {
	if n < 1 || n > 5000 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range []struct {
		value int
		sign  string
	}{{1000, "M"}, {900, "CM"}, {500, "D"}, {400, "CD"}, {100, "C"}, {90, "XC"}, {50, "L"}, {40, "XL"}, {10, "X"}, {9, "IX"}, {5, "V"}, {4, "IV"}, {1, "I"}} {
		for ; n >= d.value; n -= d.value {
			b.WriteString(d.sign)
		}
	}
	return b.String()
}

// symbols are signs of the fonts Symbol and Wingdings, which stand in the private area, as signs
// that every font has.
var symbols = map[rune]rune{
	0xF0B7: '•', 0xF0A7: '▪', 0xF02D: '-', 0xF02A: '*', 0xF02B: '+', 0xF0D8: '➢', 0xF0FC: '✓', 0xF076: '❖', 0xF06E: '■', 0xF071: '❑', 0xF0E0: '→',
	0xF06C: '●', 0xF0A8: '◻', 0xF0FE: '☑', 0xF0DE: '⇒', 0xF0AE: '→', 0xF0B3: '≥', 0xF0A3: '≤', 0xF0B4: '×',
}

// bullet returns a bullet as a sign that every font has.
func bullet(text, font string) string {
	font = strings.ToLower(font)
	symbolic := strings.HasPrefix(font, "wingdings") || font == "symbol"
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if symbolic && r > ' ' && r < 0x100 {
			r += 0xF000
		}
		return symbol(r)
	}, text))
}

// symbol returns a sign of the private area as one that every font has, any other as it is.
func symbol(r rune) rune {
	if s, ok := symbols[r]; ok {
		return s
	}
	if r >= 0xF000 && r <= 0xF0FF {
		return '•'
	}
	return r
}
