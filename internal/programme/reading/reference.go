package reading

import (
	"regexp"
	"strconv"
	"strings"

	"chonoi/internal/lang"
)

// unit is a step of a reference, the innermost first.
type unit int

const (
	unitDash unit = iota + 1 // gạch đầu dòng
	unitPoint
	unitClause
	unitArticle
	unitPart // mục
	unitChapter
	unitBig // phần
)

var unitWords = map[string]unit{"điểm": unitPoint, "tiết": unitPoint, "khoản": unitClause, "điều": unitArticle, "mục": unitPart, "nhóm": unitPart, "chương": unitChapter, "phần": unitBig}

// reference is "điểm 5 mục II": values by unit.
type reference struct {
	values map[unit][]string
	self   bool // "này" follows the name of the document
	other  bool // the name of another document follows
	joined bool // "và" and another reference follow
}

var (
	token     = regexp.MustCompile(`[\p{L}\d]+(?:[./-][\p{L}\d]+)*|[,;()]`)
	refValue  = regexp.MustCompile(`^(?:[IVXLC]{1,6}(?:\.\d{1,3})*(?:-\d{1,3})?|\d{1,3}(?:\.\d{1,3})*(?:-\d{1,2})?|[a-zđ])$`)
	planPath  = regexp.MustCompile(`^[IVXLC]{1,6}\.\d{1,3}(?:-\d{1,3})?$`)
	documents = map[string]bool{"kế hoạch": true, "quyết định": true, "quy chế": true, "quy định": true, "nghị định": true, "thông tư": true, "nghị quyết": true,
		"chương trình": true, "kết luận": true, "chỉ thị": true, "đề án": true, "hướng dẫn": true, "luật": true, "pháp lệnh": true, "điều lệ": true, "bộ luật": true, "hiến pháp": true}
)

// notUnits are words that make another word of "điểm", "mục", "phần", "điều".
var notUnits = map[string]bool{"thời": true, "địa": true, "quan": true, "trọng": true, "ưu": true, "nhược": true, "danh": true, "chuyên": true, "góp": true, "thành": true,
	"cổ": true, "một": true, "đặc": true, "hạng": true, "tâm": true, "tiêu": true}

// unitAt reads the word of a step at token i and returns the token behind it.
func unitAt(tokens []string, i int) (unit, int) {
	if i < len(tokens) && strings.EqualFold(tokens[i], "các") {
		i++
	}
	if i+2 < len(tokens) && strings.EqualFold(tokens[i], "gạch") && strings.EqualFold(tokens[i+1], "đầu") && strings.EqualFold(tokens[i+2], "dòng") {
		return unitDash, i + 3
	}
	if i >= len(tokens) || i > 0 && notUnits[strings.ToLower(tokens[i-1])] {
		return 0, i
	}
	if u, ok := unitWords[strings.ToLower(tokens[i])]; ok {
		return u, i + 1
	}
	return 0, i
}

// valueAt reads one value at token i; "thứ" and "số" may stand before it.
func valueAt(tokens []string, i int, u unit) (string, int) {
	ordinal := false
	if i < len(tokens) && (strings.EqualFold(tokens[i], "thứ") || strings.EqualFold(tokens[i], "số")) {
		ordinal = true
		i++
	}
	if i >= len(tokens) {
		return "", i
	}
	s := tokens[i]
	if n := ordinals[lang.Fold(s)]; ordinal && n > 0 {
		return strconv.Itoa(n), i + 1
	}
	if strings.EqualFold(s, "này") {
		return "này", i + 1
	}
	if !refValue.MatchString(s) || u != unitPoint && letterOnly.MatchString(s) {
		return "", i
	}
	return s, i + 1
}

var letterOnly = regexp.MustCompile(`^[a-zđ]$`)

// valuesAt reads a list of values: 1, 2 và 3.
func valuesAt(tokens []string, i int, u unit) ([]string, int) {
	v, k := valueAt(tokens, i, u)
	if v == "" {
		return nil, i
	}
	values := []string{v}
	for v != "này" && k < len(tokens) && len(values) < 20 {
		if w := strings.ToLower(tokens[k]); w != "," && w != "và" && w != "hoặc" {
			break
		}
		next := k + 1
		if same, after := unitAt(tokens, next); same == u {
			next = after
		}
		more, after := valueAt(tokens, next, u)
		if more == "" || more == "này" {
			break
		}
		if inner, _ := unitAt(tokens, after); next != k+1 && inner != 0 && inner < u {
			break
		}
		values, k = append(values, more), after
	}
	return values, k
}

var between = map[string]bool{"của": true, "thuộc": true, "tại": true, ",": true, "trong": true}

// readReference reads a reference at token i; next is i when none stands there.
func readReference(tokens []string, i int) (ref reference, next int) {
	ref.values = map[unit][]string{}
	k, last := i, unit(0)
	for {
		at := k
		if last != 0 && at < len(tokens) && between[strings.ToLower(tokens[at])] {
			at++
		}
		u, after := unitAt(tokens, at)
		if u == 0 || u <= last {
			break
		}
		values, end := valuesAt(tokens, after, u)
		if values == nil {
			break
		}
		ref.values[u], k, last = values, end, u
	}
	if k == i {
		return ref, i
	}
	ref.document(tokens, k)
	if k < len(tokens) && (tokens[k] == "," || strings.EqualFold(tokens[k], "và")) {
		u, _ := unitAt(tokens, k+1)
		ref.joined = u != 0
	}
	return ref, k
}

// document looks for the name of a document behind a reference, and whether it is this one.
func (r *reference) document(tokens []string, k int) {
	for n := 0; n < 2 && k < len(tokens) && (between[strings.ToLower(tokens[k])] || strings.EqualFold(tokens[k], "nêu")); n++ {
		k++
	}
	for _, size := range []int{2, 1} {
		if k+size > len(tokens) || !documents[strings.ToLower(strings.Join(tokens[k:k+size], " "))] {
			continue
		}
		r.self = k+size < len(tokens) && strings.EqualFold(tokens[k+size], "này")
		r.other = !r.self
		return
	}
}
