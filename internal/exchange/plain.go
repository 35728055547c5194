package exchange

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"chonoi/internal/field"
	"chonoi/internal/lang"
)

// Hint is one thing that makes a text hard to read, in which column, with the words found: the
// text key is plain.<What>.
type Hint struct {
	Column string
	What   string // long_sentence, patent_phrase, noun_chain, abbreviation, capitals, no_numbers
	Found  string
	N      int // words of a long sentence
}

// plainWeights are what each sort of hint takes off the score of a hundred.
var plainWeights = map[string]int{"long_sentence": 6, "patent_phrase": 8, "noun_chain": 5, "abbreviation": 3, "capitals": 5, "no_numbers": 15}

// The longest sentences that read well: words in English, syllables in Vietnamese, which writes
// each of them apart.
const (
	longestEn = 28
	longestVi = 45
)

// The longest runs of words without one that joins them.
const (
	longestChainEn = 5
	longestChainVi = 14
)

// patentPhrases are what patents say and buyers do not, in lower case.
var patentPhrases = map[lang.Tag]*regexp.Regexp{
	lang.Vi: regexp.MustCompile(`đặc trưng (ở chỗ|bởi)|khác biệt ở chỗ|theo điểm (\d+|bất kỳ)|yêu cầu bảo hộ|phương án thực hiện|sáng chế (này )?đề cập|trong đó (nêu trên|đã nêu)|(như )?đã nêu ở trên|tình trạng kỹ thuật của sáng chế|bản chất kỹ thuật của sáng chế`),
	lang.En: regexp.MustCompile(`\b(wherein|whereby|characteri[sz]ed in that|according to claim \d+|according to any (one )?of|the said|said (device|method|apparatus|means|system|process|body|member)|comprising|thereof|therein|hereinafter|embodiments?|prior art|plurality of|means for)\b`),
}

// joining are words that break a chain of nouns.
var joining = map[lang.Tag]map[string]bool{
	lang.Vi: set("và của là để có cho với trong ở tại từ đến khi mà nên thì được bị không chưa đã đang sẽ bằng theo như hoặc hay nhưng vì do qua trên dưới về ra vào lên xuống này đó các những một hai ba mỗi mọi nhiều ít hơn kém so cần phải giúp làm giảm tăng dùng gồm còn chỉ cũng rất trước sau giữa nếu tới nay cùng khoảng sang lại thành giữ cao thấp"),
	lang.En: set("a an the and or but of to in on at by for with from as is are was were be been being has have had does do did not no than that this these those it its they their we our you your he she which who what when where while if so because can may must will would should could into over under per between after before during about up down out off only more less most each all any some such both then there also use uses used using needs need makes make keeps keep gives give runs run takes take cuts cut saves save works work costs cost lets let shows show without within across against until since very how"),
}

func set(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		all[w] = true
	}
	return all
}

// known are abbreviations that need no explanation, and units and formulas that look like them.
var known = set("TRL NDA VND USD EUR PDF CO2 AI IOT UV LED GPS TP UBND QĐ TCVN ISO HACCP OK KWH VN HCM TPHCM ID IT WEB SMS QR B2B R&D EU ASEAN GDP VAT CN NC DC AC PVC KCN HTX TNHH CP II III IV VI VII VIII IX XI XII PH LPG CNG GMP")

var (
	sentenceEnd  = regexp.MustCompile(`[.!?…](\s+|$)|[;:]\s+|\n+`)
	abbreviation = regexp.MustCompile(`\p{Lu}[\p{Lu}\d&]{1,6}`)
)

// Plain lists what makes a text of one tongue hard to read for a buyer who is no specialist.
func Plain(tag lang.Tag, text string) []Hint {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil
	}
	if capitals(text) {
		return []Hint{{What: "capitals"}}
	}
	var hints []Hint
	for _, sentence := range sentenceEnd.Split(text, -1) {
		hints = append(hints, sentenceHints(tag, sentence)...)
	}
	for _, found := range patentPhrases[tag].FindAllString(strings.ToLower(text), -1) {
		if !slices.ContainsFunc(hints, func(h Hint) bool { return h.Found == found }) {
			hints = append(hints, Hint{What: "patent_phrase", Found: found})
		}
	}
	return hints
}

func sentenceHints(tag lang.Tag, sentence string) []Hint {
	words := strings.Fields(sentence)
	longest, longestChain := longestVi, longestChainVi
	if tag == lang.En {
		longest, longestChain = longestEn, longestChainEn
	}
	var hints []Hint
	if len(words) > longest {
		hints = append(hints, Hint{What: "long_sentence", Found: Clip(sentence, 80), N: len(words)})
	}
	if chain := longChain(words, joining[tag], longestChain); chain != "" {
		hints = append(hints, Hint{What: "noun_chain", Found: chain})
	}
	return hints
}

// longChain returns the first run of more than most words without a joining word, a figure or a
// mark between them.
func longChain(words []string, joins map[string]bool, most int) string {
	var run []string
	for _, word := range words {
		bare := strings.TrimFunc(word, func(r rune) bool { return !unicode.IsLetter(r) })
		broken := strings.IndexFunc(word, func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune(`("“«`, r) }) >= 0
		if bare == "" || broken || joins[strings.ToLower(bare)] {
			if len(run) > most {
				return strings.Join(run, " ")
			}
			run = nil
			continue
		}
		run = append(run, bare)
		if !strings.HasSuffix(word, bare) { // a comma, a bracket
			if len(run) > most {
				return strings.Join(run, " ")
			}
			run = nil
		}
	}
	if len(run) > most {
		return strings.Join(run, " ")
	}
	return ""
}

// capitals reports whether a text shouts: nearly all of its letters are capitals.
func capitals(text string) bool {
	letters, upper := 0, 0
	for _, r := range text {
		if unicode.IsLetter(r) {
			letters++
			if unicode.IsUpper(r) {
				upper++
			}
		}
	}
	return letters >= 12 && upper*10 >= letters*7
}

// Abbreviations lists the abbreviations of a text that it does not explain. One is explained where
// brackets stand behind it, or where it stands in brackets behind what it means.
func Abbreviations(text string) []string {
	var found []string
	for _, at := range abbreviation.FindAllStringIndex(text, -1) {
		word := text[at[0]:at[1]]
		if inWord(text, at) || known[strings.ToUpper(word)] || slices.Contains(found, word) || explained(text, word) {
			continue
		}
		found = append(found, word)
	}
	return found
}

// inWord reports whether a find is part of a longer word or of a number of a paper.
func inWord(text string, at []int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at[0]])
	after, _ := utf8.DecodeRuneInString(text[at[1]:])
	joins := func(r rune) bool {
		return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r) || strings.ContainsRune("-/_", r))
	}
	return joins(before) || joins(after)
}

func explained(text, word string) bool {
	return strings.Contains(text, "("+word+")") || strings.Contains(text, word+" (") || strings.Contains(text, "("+word+",") ||
		strings.Contains(text, "("+word+":")
}

// measured are the facts that buyers expect figures in.
var measured = []string{"advantage", "quantities"}

// Plainness lists what makes a listing hard to read, and its score: 100 when nothing does.
func (s *Shelf[T]) Plainness(r *T) (score int, hints []Hint) {
	score = 100
	all := map[lang.Tag]string{}
	for _, f := range s.Kind.Fields {
		if f.Kind != field.KindBoth || f.Fixed || f.Name == "keywords" {
			continue
		}
		text := f.Text(r)
		for i, tag := range lang.Tags {
			for _, h := range Plain(tag, text.Only(tag)) {
				h.Column = f.Columns()[i]
				hints = append(hints, h)
			}
			if !capitals(text.Only(tag)) {
				all[tag] += text.Only(tag) + "\n"
			}
		}
		if slices.Contains(measured, f.Name) && !text.Empty() && !strings.ContainsAny(text.Vi+text.En, "0123456789") {
			hints = append(hints, Hint{Column: f.Columns()[0], What: "no_numbers"})
		}
	}
	hints = append(hints, s.abbreviations(r, all)...)
	for _, h := range hints {
		score -= plainWeights[h.What]
	}
	return max(score, 0), hints
}

// abbreviations lists what no text of the listing in that tongue explains, at its first place.
func (s *Shelf[T]) abbreviations(r *T, all map[lang.Tag]string) []Hint {
	var hints []Hint
	for i, tag := range lang.Tags {
		for _, word := range Abbreviations(all[tag]) {
			for _, f := range s.Kind.Fields {
				if f.Kind == field.KindBoth && !f.Fixed && strings.Contains(f.Text(r).Only(tag), word) {
					hints = append(hints, Hint{Column: f.Columns()[i], What: "abbreviation", Found: word})
					break
				}
			}
		}
	}
	return hints
}

// Clip shortens a text to about n bytes at a word's end.
func Clip(text string, n int) string {
	if len(text) <= n {
		return text
	}
	cut := strings.LastIndexByte(text[:n], ' ')
	if cut < n/2 {
		cut = n
		for cut > 0 && text[cut]&0xC0 == 0x80 {
			cut--
		}
	}
	return strings.TrimRight(text[:cut], " ,;:.") + "…"
}
