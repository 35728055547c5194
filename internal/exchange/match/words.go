package match

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	porter "github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"

	"chonoi/internal/lang"
)

// word is a run of letters and digits in a passage, and how it is compared.
type word struct {
	*form
	start, end int32
	passage    int32
	fresh      bool // punctuation stands before it, so that no phrase reaches over it
}

// form is a word without the chance of its spelling. Hoà and hòa have one form.
type form struct {
	folded string    // lower case without marks
	marks  string    // all its marks in their order; empty when it has none
	stem   string    // of the folded form, in English
	figure bool      // begins with a digit
	hashes [2]uint32 // of its name in each tongue
	run    string    // as it was met
	sum    uint64    // of run
}

// same reports whether two words are the same, marks and all.
func (f *form) same(g *form) bool { return f.folded == g.folded && f.marks == g.marks }

// like reports whether two words are the same but for marks that one of them was typed without.
func (f *form) like(g *form) bool {
	return f.folded == g.folded && (f.marks == g.marks || f.marks == "" || g.marks == "")
}

// reader cuts texts into words. It remembers the forms that it has met, and is for one goroutine at a time.
type reader struct {
	table []*form // by the hash of the word as it is written, with open places between
	known int
}

// The memory of a reader is emptied when it holds that many words, so that rubbish cannot fill it.
const rememberedWords = 100_000

const fewestPlaces = 1 << 12 // of the table; a power of two

// A longer run is cut: no word is that long.
const longestWord = 64

var readers = sync.Pool{New: func() any { return &reader{table: make([]*form, fewestPlaces)} }}

// words cuts a passage, and adds its words to those that are there.
func (x *reader) words(all []word, text string, passage int) []word {
	fresh, start, before := true, -1, ' '
	sum := emptySum
	for i := 0; i < len(text); {
		r, size := rune(text[i]), 1
		inside := false
		if r < utf8.RuneSelf {
			inside = 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9'
		} else {
			r, size = utf8.DecodeRuneInString(text[i:])
			inside = inWord(r)
		}
		switch {
		case inside:
			if start < 0 {
				start, sum = i, emptySum
			}
			sum = added(sum, r)
		default:
			if start >= 0 {
				all = append(all, word{x.form(text[start:i], sum), int32(start), int32(i), int32(passage), fresh})
				start, fresh = -1, false
			}
			fresh = fresh || !joinsWords(r) || before == '.' && unicode.IsSpace(r) // a point within a word ends no sentence
		}
		before = r
		i += size
	}
	if start >= 0 {
		all = append(all, word{x.form(text[start:], sum), int32(start), int32(len(text)), int32(passage), fresh})
	}
	return all
}

// inWord reports whether a rune beyond ASCII is part of a word. The letters of Vietnamese are told
// without the tables.
func inWord(r rune) bool {
	return 0x1ea0 <= r && r <= 0x1ef9 || 0x300 <= r && r <= 0x36f || 0xe0 <= r && r <= 0x1b0 && r != '÷' || unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
}

func joinsWords(r rune) bool {
	return r == ' ' || unicode.IsSpace(r) || strings.ContainsRune("-/.'’&+", r)
}

// A word is summed up while it is read.
const emptySum uint64 = 14695981039346656037

func added(sum uint64, r rune) uint64 { return (sum ^ uint64(r)) * 1099511628211 }

func (x *reader) form(run string, sum uint64) *form {
	at := x.place(run, sum)
	if f := x.table[at]; f != nil {
		return f
	}
	if x.known >= rememberedWords {
		x.table, x.known = make([]*form, fewestPlaces), 0
		at = x.place(run, sum)
	}
	f := new(form)
	*f = formOf(strings.Clone(run[:min(len(run), longestWord)])) // it must not keep the whole text
	if len(run) > longestWord {
		return f
	}
	f.sum = sum
	x.table[at] = f
	if x.known++; x.known*2 > len(x.table) {
		old := x.table
		x.table = make([]*form, 2*len(old))
		for _, f := range old {
			if f != nil {
				x.table[x.place(f.run, f.sum)] = f
			}
		}
	}
	return f
}

// place is where the form of a word stands in the table, or would.
func (x *reader) place(run string, sum uint64) int {
	at := int(sum>>20) & (len(x.table) - 1)
	for f := x.table[at]; f != nil && (f.sum != sum || f.run != run); f = x.table[at] {
		at = (at + 1) & (len(x.table) - 1)
	}
	return at
}

func formOf(run string) form {
	f := form{run: run, folded: lang.Fold(run), figure: run[0] >= '0' && run[0] <= '9'}
	if len(f.folded) == 2 && f.folded[1] == 'i' && strings.IndexByte("hklmst", f.folded[0]) >= 0 {
		f.folded = f.folded[:1] + "y" // kĩ and kỹ are both in use
	}
	if len(f.folded) != len(run) || !plain(run) {
		f.marks = marksOf(run)
	}
	f.stem = f.folded
	if plain(f.folded) && f.marks == "" {
		f.stem = porter.Stem(f.folded, true)
	}
	for i, tongue := range lang.Tags {
		f.hashes[i] = hashOf(f.name(tongue))
	}
	return f
}

func hashOf(name string) uint32 {
	sum := emptySum
	for _, r := range name {
		sum = added(sum, r)
	}
	return uint32(sum >> 24)
}

func plain(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// marksOf are the marks of a word without their places: which letter carries the tone is a matter of
// habit, and no two words differ in that alone.
func marksOf(run string) string {
	var marks []rune
	for _, r := range norm.NFD.String(strings.ToLower(run)) {
		if unicode.Is(unicode.Mn, r) || r == 'đ' {
			marks = append(marks, r)
		}
	}
	slices.Sort(marks)
	return string(marks)
}

// idle are words that tell nothing of a subject, with their marks as they are written.
var idle = map[lang.Tag]map[string]bool{
	lang.Vi: idleSet("và của là để có cho với trong ở tại từ đến khi mà nên thì được bị không chưa đã đang sẽ bằng theo như hoặc hay nhưng vì do qua trên dưới về ra vào lên xuống này đó các những một hai ba bốn năm sáu mỗi mọi nhiều ít hơn kém so cần phải giúp làm dùng gồm còn chỉ cũng rất trước sau giữa nếu tới nay cùng khoảng sang lại thành nào đâu sao rồi thêm tôi chúng ta họ nó người việc điều cách lúc đều vẫn mới luôn ngay nhất quá nhau riêng gần xa tốt kể hết hàng mức số lần loại dạng cái con chiếc bên phía tầm cỡ chừng độ"),
	lang.En: idleSet("a an the and or but of to in on at by for with from as is are was were be been being has have had does do did not no than that this these those it its they their we our you your he she his her which who whom whose what when where while if so because can may must will would should could shall might into over under per between after before during about up down out off only more less most each all any some such both then there also use used using uses need needs make makes made keep within without across against until since very how i e g etc other others new one two three many much first second well including include includes provide provides provided based high low large small able through via among however further thus therefore please see section et al"),
}

func idleSet(words string) map[string]bool {
	all := map[string]bool{}
	for _, w := range strings.Fields(words) {
		f := formOf(w)
		all[f.folded+"|"+f.marks] = true
	}
	return all
}

func (f *form) idle(tongue lang.Tag) bool { return idle[tongue][f.folded+"|"+f.marks] }
