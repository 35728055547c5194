package exchange

import (
	"regexp"
	"strings"
	"unicode"
)

// numberForm is a figure, alone or as a range, as texts write it in either tongue.
const numberForm = `\d+(?:[.,]\d+)?(?:\s?[–-]\s?\d+(?:[.,]\d+)?)?`

// withinForm is a short way inside one sentence; a point between digits does not end it.
const withinForm = `(?:[^.;\n]|\d\.\d)`

const (
	heatForm    = numberForm + `\s?(?:°|º|độ\s?)\s?C`
	periodForm  = numberForm + `\s?(?:giờ|phút|giây|ngày|(?:hours?|hrs?|h|minutes?|mins?|seconds?|days?)\b)`
	makingWords = `(?:^|[^\pL])(?:khuấy|nung|ủ|đun|gia nhiệt|thủy phân|thuỷ phân|chiết|trích ly|ngâm|hấp|nấu|lên men|thanh trùng|sấy|ép|phản ứng|rang|` +
		`stir|heat|calcin|incubat|hydroly[sz]|extract|soak|steam|boil|ferment|pasteuri[sz]|anneal|react|roast|press|dri|dry)`
)

// recipeForms are the ways in which a text tells how a thing is made.
var recipeForms = []struct {
	what string
	form *regexp.Regexp
	not  *regexp.Regexp // a piece with these words tells a result, and no recipe
}{
	{"heating", regexp.MustCompile(`(?i)` + makingWords + withinForm + `{0,60}?` + heatForm + withinForm + `{0,30}?` + periodForm), outcomeWords},
	{"heating", regexp.MustCompile(`(?i)` + makingWords + withinForm + `{0,60}?` + periodForm + withinForm + `{0,30}?` + heatForm), outcomeWords},
	{"ratio", regexp.MustCompile(`(?i)(?:tỷ lệ|tỉ lệ|phối trộn|trộn|pha|ratio|mix|blend)` + withinForm + `{0,40}?` + numberForm + `\s?:\s?` + numberForm + `(?:\s?:\s?` + numberForm + `)*`), nil},
	{"ratio", regexp.MustCompile(numberForm + `\s?:\s?` + numberForm + `\s?:\s?` + numberForm), nil},
	{"share", regexp.MustCompile(`(?i)(?:^|[^\pL])(?:axit|acid|bazơ|muối|đường|enzyme?|enzim|dung dịch|chitosan|cồn|ethanol|methanol|phụ gia|tinh bột|gelatin|NaOH|KOH|HCl|H2SO4|CaO|CaCl2|` +
		`glycerin|chất kết dính|chất nhũ hóa|nồng độ|salt|sugar|starch|solution|additive|binder|emulsifier|concentration)(?:\s\pL+)?\s` + numberForm + `\s?%`), outcomeWords},
	{"share", regexp.MustCompile(`(?i)` + makeupWords + withinForm + `{0,60}?` + numberForm + `\s?%` + withinForm + `{1,40}?` + numberForm + `\s?%`), outcomeWords},
}

// makeupWords come before a list of what a thing is made of.
const makeupWords = `(?:^|[^\pL])(?:gồm|thành phần|công thức|phối trộn|phối chế|chứa|made of|made from|contains?|containing|consists? of|composed of|formula|recipe)`

// outcomeWords are words of what comes out: they stand by figures that buyers should read.
var outcomeWords = regexp.MustCompile(`(?i)giảm|tăng|hơn|đạt|xuống|còn|tiết kiệm|chịu|giữ|thay vì|so với|against|instead|thu hồi|loại bỏ|khử|diệt|hiệu suất|hiệu quả|tỷ lệ sống|độ chính xác|độ ẩm|hao hụt|` +
	`less|more|rise|rais|fall|fell|cut|save|saving|lower|higher|down to|from|reach|hold|keep|withst|recover|remov|kill|yield|accura|moisture|loss|of the|mất|lãi|giá|chi phí|doanh|price|cost`)

// Recipes lists the pieces of a text that look like a recipe or a secret parameter: ratios, heat
// with time, shares of ingredients. Each is the piece as it stands there, at most one of a sort.
func Recipes(text string) []string {
	var found []string
	told := map[string]bool{}
	for _, f := range recipeForms {
		if told[f.what] {
			continue
		}
		for _, piece := range f.form.FindAllString(text, 20) {
			if f.not == nil || !f.not.MatchString(piece) {
				found, told[f.what] = append(found, strings.TrimLeftFunc(piece, notLetter)), true
				break
			}
		}
	}
	return found
}

func notLetter(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
