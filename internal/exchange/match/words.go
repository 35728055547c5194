package match

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	porter "github.com/kljensen/snowball/english"
	"golang.org/x/text/unicode/norm"

	"chonoi/internal/lang"
)

// word is a run of letters and digits in a text, and how it is compared.
type word struct {
	*form
	start, end int
	fresh      bool // punctuation stands before it, so that no phrase reaches over it
}

// form is a word without the chance of its spelling. Hoà and hòa have one form.
type form struct {
	folded string // lower case without marks
	marks  string // all its marks in their order; empty when it has none
	stem   string // of the folded form, in English
	figure bool   // begins with a digit
}

// same reports whether two words are the same, marks and all.
func (f *form) same(g *form) bool { return f.folded == g.folded && f.marks == g.marks }

// like reports whether two words are the same but for marks that one of them was typed without.
func (f *form) like(g *form) bool {
	return f.folded == g.folded && (f.marks == g.marks || f.marks == "" || g.marks == "")
}

// reader cuts texts into words. It remembers the forms that it has met, and is for one goroutine at a time.
type reader struct {
	seen    map[string]*form
	scratch []word // for one text after another
}

// The memory of a reader is emptied when it holds that many words, so that rubbish cannot fill it.
const rememberedWords = 100_000

// A longer run is cut: no word is that long.
const longestWord = 64

var readers = sync.Pool{New: func() any { return &reader{seen: map[string]*form{}} }}

func (x *reader) words(text string) []word { return x.into(make([]word, 0, 1+len(text)/5), text) }

// into adds the words of a text to those of all.
func (x *reader) into(all []word, text string) []word {
	fresh, start, before := true, -1, ' '
	take := func(end int) {
		all = append(all, word{x.form(text[start:end]), start, end, fresh})
		start, fresh = -1, false
	}
	for i, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.Mn, r)
		switch {
		case inside && start < 0:
			start = i
		case !inside:
			if start >= 0 {
				take(i)
			}
			fresh = fresh || !joinsWords(r) || before == '.' && unicode.IsSpace(r) // a point within a word ends no sentence
		}
		before = r
	}
	if start >= 0 {
		take(len(text))
	}
	return all
}

func joinsWords(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune("-/.'’&+", r) }

func (x *reader) form(run string) *form {
	if f, ok := x.seen[run]; ok {
		return f
	}
	if len(x.seen) >= rememberedWords {
		clear(x.seen)
	}
	run = strings.Clone(run[:min(len(run), longestWord)]) // it must not keep the whole text
	f := new(form)
	*f = formOf(run)
	x.seen[run] = f
	return f
}

func formOf(run string) form {
	f := form{folded: lang.Fold(run), figure: run[0] >= '0' && run[0] <= '9'}
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
	return f
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
