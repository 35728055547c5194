package registry

import (
	"strings"
	"unicode"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// BodyFound is what printed words name: one body or a class of bodies.
type BodyFound struct{ Body, Class string }

// calling is one way in which a body or a class is called.
type calling struct {
	words string
	BodyFound
}

// opened are abbreviations of Vietnamese documents, folded, and what they stand for.
var opened = map[string]string{
	"ubnd": "uy ban nhan dan", "hdnd": "hoi dong nhan dan", "tp": "thanh pho", "mttq": "mat tran to quoc", "mttqvn": "mat tran to quoc viet nam",
	"ubmttq": "uy ban mat tran to quoc", "ubmttqvn": "uy ban mat tran to quoc viet nam", "vn": "viet nam", "khcn": "khoa hoc va cong nghe", "bch": "ban chap hanh",
}

// spellings are the ways in which words are compared, the strictest first.
var spellings = []func(string) string{
	func(s string) string { return strings.Join(strings.Fields(lang.Clean(s)), " ") },
	func(s string) string { return strings.Join(letterWords(s), " ") },
	func(s string) string {
		words := letterWords(s)
		for i, word := range words {
			if whole := opened[word]; whole != "" {
				words[i] = whole
			}
		}
		return strings.Join(words, " ")
	},
}

// letterWords are the folded words of a text without its marks of punctuation; KH&CN is one word.
func letterWords(s string) []string {
	s = strings.NewReplacer("&", "", "MTTQ VN", "MTTQVN").Replace(s)
	return strings.FieldsFunc(lang.Fold(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// FindBodies returns which body or class each of the printed words names on a day: by the very name
// or class words, else without regard to marks and case, else with abbreviations opened. Words that
// name nothing, or more than one, are missing.
func FindBodies(tx *db.Tx, day when.Day, printed ...string) (map[string]BodyFound, error) {
	found := map[string]BodyFound{}
	if len(printed) == 0 {
		return found, nil
	}
	all, err := callings(tx, day)
	if err != nil {
		return nil, err
	}
	left := printed
	for _, spelling := range spellings {
		by := map[string][]BodyFound{}
		for _, c := range all {
			if key := spelling(c.words); key != "" {
				by[key] = add(by[key], c.BodyFound)
			}
		}
		var next []string
		for _, words := range left {
			switch named := by[spelling(words)]; len(named) {
			case 0:
				next = append(next, words)
			case 1:
				found[words] = named[0]
			}
		}
		left = next
	}
	return found, nil
}

func add(all []BodyFound, one BodyFound) []BodyFound {
	for _, have := range all {
		if have == one {
			return all
		}
	}
	return append(all, one)
}

// callings are all ways in which bodies that exist on a day, and classes, are called then.
func callings(tx *db.Tx, day when.Day) ([]calling, error) {
	var all []calling
	bodies, err := namesInForce(tx, day)
	if err != nil {
		return nil, err
	}
	for _, n := range bodies {
		for _, words := range []string{n.Name.Vi, n.Name.En, n.Short} {
			if words != "" {
				all = append(all, calling{words, BodyFound{Body: n.Body}})
			}
		}
	}
	classes, err := Classes(tx)
	if err != nil {
		return nil, err
	}
	for _, c := range classes {
		for _, words := range append([]string{c.Words.Vi, c.Words.En}, c.Aliases...) {
			all = append(all, calling{words, BodyFound{Class: c.Key}})
		}
	}
	return all, nil
}

// BodiesTyped returns the bodies that a person typed, each by its number in the register or by its
// name on a day. One that is not certain is a fault at that field.
func BodiesTyped(tx *db.Tx, day when.Day, field string, typed []string) ([]string, error) {
	by, err := numbered(tx, typed...)
	if err != nil {
		return nil, err
	}
	named, err := FindBodies(tx, day, typed...)
	if err != nil {
		return nil, err
	}
	f := fault.New(fault.Invalid, "body.invalid")
	var ids []string
	for _, words := range typed {
		id := by[words]
		if id == "" {
			id = named[words].Body
		}
		if id == "" {
			f.At(field, "body.not_certain", "Words", words)
		}
		ids = append(ids, id)
	}
	return ids, f.OrNil()
}
