package prose

import "strings"

// symbols shows a text that is set in a font of symbols with the signs that a reader sees. Word keeps
// such letters from U+F020 on, older files as letters of the font.
func symbols(font, s string) string {
	table := tableOf(font)
	if table == nil && !strings.ContainsFunc(s, private) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if table == nil && !private(r) {
			return r
		}
		return symbol(table, r)
	}, s)
}

func private(r rune) bool { return r >= 0xf020 && r <= 0xf0ff }

// tableOf is the table of a font of symbols, nil for a font of letters.
func tableOf(font string) map[rune]rune {
	switch font = strings.ToLower(font); {
	case font == "symbol":
		return greek
	case strings.HasPrefix(font, "wingdings"), font == "webdings":
		return dingbats
	}
	return nil
}

// symbol is one letter of a font of symbols; the bullets of both fonts differ, and where no font is
// told they are what one mostly means.
func symbol(table map[rune]rune, r rune) rune {
	code := r
	if private(r) {
		code = r - 0xf000
	}
	if code == ' ' || code == '\t' || code == '\n' {
		return code
	}
	if table == nil {
		table = dingbats
		if greek[code] != 0 && dingbats[code] == 0 {
			table = greek
		}
	}
	if to := table[code]; to != 0 {
		return to
	}
	if code > ' ' && code < 0x7f && !private(r) {
		return code
	}
	if code >= '!' && code <= '?' {
		return code // Symbol has digits and punctuation where ASCII has them
	}
	return '\u25a1'
}

// greek is the font Symbol, as far as it differs from ASCII.
// Source: the encoding of Adobe's font Symbol, code by code.
var greek = pairs("\"∀$∃'∋*∗@≅^⊥~∼" +
	"A\u0391B\u0392C\u03a7D\u0394E\u0395F\u03a6G\u0393H\u0397I\u0399J\u03d1K\u039aL\u039bM\u039cN\u039dO\u039fP\u03a0Q\u0398R\u03a1S\u03a3T\u03a4U\u03a5V\u03c2W\u03a9X\u039eY\u03a8Z\u0396" +
	"a\u03b1b\u03b2c\u03c7d\u03b4e\u03b5f\u03c6g\u03b3h\u03b7i\u03b9j\u03d5k\u03bal\u03bbm\u03bcn\u03bdo\u03bfp\u03c0q\u03b8r\u03c1s\u03c3t\u03c4u\u03c5v\u03d6w\u03c9x\u03bey\u03c8z\u03b6" +
	"-\u2212\u00a2\u2032\u00a3\u2264\u00a4\u2044\u00a5\u221e\u00a7\u2663\u00a8\u2666\u00a9\u2665\u00aa\u2660\u00ab\u2194\u00ac\u2190\u00ad\u2191\u00ae\u2192\u00af\u2193\u00b0\u00b0\u00b1\u00b1" +
	"\u00b2\u2033\u00b3\u2265\u00b4\u00d7\u00b5\u221d\u00b6\u2202\u00b7\u2022\u00b8\u00f7\u00b9\u2260\u00ba\u2261\u00bb\u2248\u00bc\u2026\u00c6\u2205\u00ce\u2208\u00d5\u220f\u00d6\u221a\u00d7\u22c5" +
	"\u00d8\u00ac\u00d9\u2227\u00da\u2228\u00db\u21d4\u00de\u21d2\u00e5\u2211\u00f2\u222b")

// dingbats are the signs of Wingdings that stand before paragraphs and in forms.
// They are the nearest signs that common fonts have; what is not here is shown as an empty box.
var dingbats = pairs("!\u270f\u0022\u2702(\u260e)\u2706*\u2709A\u270cC\U0001f44dE\u261cF\u261eG\u261dH\u261fl\u25cfm\u274dn\u25a0o\u25a1q\u2751r\u2752s\u2b27t\u29ebu\u25c6v\u2756w\u2b25" +
	"\u0078\u2327\u009e\u00b7\u009f\u2022\u00a1\u25cb\u00a4\u25c9\u00a5\u25ce\u00a7\u25aa\u00a8\u25fb\u00aa\u2726\u00ab\u2605\u00d8\u27a2\u00df\u2190\u00e0\u2192\u00e1\u2191\u00e2\u2193" +
	"\u00e8\u2794\u00e7\u2794\u00f0\u21e8\u00fb\u2717\u00fc\u2713\u00fd\u2612\u00fe\u2611")

func pairs(s string) map[rune]rune {
	all := []rune(s)
	table := make(map[rune]rune, len(all)/2)
	for i := 0; i+1 < len(all); i += 2 {
		table[all[i]] = all[i+1]
	}
	return table
}
