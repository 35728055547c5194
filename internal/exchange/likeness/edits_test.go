package likeness

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"

	"chonoi/internal/lang"
)

// edit plants a copy of a listing that stands in one language: what somebody does who posts it once more.
type edit struct {
	name string
	do   func(r *rand.Rand, s, other source, tag lang.Tag) source
}

var edits = []edit{
	{"sentences in another order", func(r *rand.Rand, s, _ source, tag lang.Tag) source {
		return s.bodied(tag, func(all []string) []string { return shuffled(r, all) })
	}},
	{"two fifths of the sentences left out", func(r *rand.Rand, s, _ source, tag lang.Tag) source {
		return s.bodied(tag, func(all []string) []string { return dropped(r, all, .4) })
	}},
	{"as many sentences of another listing put in", func(r *rand.Rand, s, other source, tag lang.Tag) source {
		more := sentences(other.Body.Only(tag))
		return s.bodied(tag, func(all []string) []string { return slices.Concat(all, more[:min(len(all), len(more))]) })
	}},
	{"other words for one in three", func(r *rand.Rand, s, other source, tag lang.Tag) source {
		return s.reworded(r, other, tag, .33)
	}},
	{"without marks, with slips of the pen", func(r *rand.Rand, s, _ source, tag lang.Tag) source {
		return s.changed(tag, func(text string) string { return slips(r, lang.Fold(text)) })
	}},
	{"other figures", func(r *rand.Rand, s, _ source, tag lang.Tag) source {
		return s.refigured(r, tag)
	}},
	{"another title", func(_ *rand.Rand, s, _ source, tag lang.Tag) source {
		return s.retitled(tag)
	}},
	{"title and first sentences only", func(_ *rand.Rand, s, _ source, tag lang.Tag) source {
		return s.bodied(tag, func(all []string) []string { return all[:min(2, len(all))] })
	}},
	{"order, words, figures and title", func(r *rand.Rand, s, other source, tag lang.Tag) source {
		s = s.refigured(r, tag).retitled(tag).bodied(tag, func(all []string) []string { return shuffled(r, all) })
		return s.reworded(r, other, tag, .2)
	}},
	{"left out, put in, other words", func(r *rand.Rand, s, other source, tag lang.Tag) source {
		s = s.bodied(tag, func(all []string) []string { return dropped(r, all, .25) })
		more := sentences(other.Body.Only(tag))
		s = s.bodied(tag, func(all []string) []string { return slices.Concat(more[:min(len(all)/3, len(more))], all) })
		return s.reworded(r, other, tag, .2)
	}},
}

var number = regexp.MustCompile(`\d+(?:[.,]\d+)?`)

func (s source) bodied(tag lang.Tag, do func([]string) []string) source {
	all := sentences(s.Body.Only(tag))
	s.Body.Set(tag, strings.Join(do(slices.Clone(all)), ". "))
	return s
}

func (s source) changed(tag lang.Tag, do func(string) string) source {
	s.Title.Set(tag, do(s.Title.Only(tag)))
	s.Summary.Set(tag, do(s.Summary.Only(tag)))
	s.Body.Set(tag, do(s.Body.Only(tag)))
	return s
}

func (s source) refigured(r *rand.Rand, tag lang.Tag) source {
	return s.changed(tag, func(text string) string {
		return number.ReplaceAllStringFunc(text, func(string) string { return fmt.Sprint(2 + r.IntN(900)) })
	})
}

// retitled takes the beginning of a sentence from the middle for its title.
func (s source) retitled(tag lang.Tag) source {
	all := sentences(s.Body.Only(tag))
	s.Title.Set(tag, strings.Join(firstWords(all[len(all)/2], 10), " "))
	return s
}

func shuffled(r *rand.Rand, all []string) []string {
	r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// reworded gives a share of the words another word: a synonym where one is known, else one of another listing.
func (s source) reworded(r *rand.Rand, other source, tag lang.Tag, share float64) source {
	spare := strings.Fields(other.Body.Only(tag) + " " + other.Title.Only(tag))
	return s.changed(tag, func(text string) string {
		words := strings.Fields(text)
		for i, w := range words {
			if r.Float64() >= share {
				continue
			}
			if same := synonyms[strings.ToLower(strings.Trim(w, ".,;:()"))]; same != "" {
				words[i] = same
			} else {
				words[i] = spare[r.IntN(len(spare))]
			}
		}
		return strings.Join(words, " ")
	})
}

func dropped(r *rand.Rand, all []string, share float64) []string {
	kept := slices.DeleteFunc(slices.Clone(all), func(string) bool { return r.Float64() < share })
	if len(kept) == 0 {
		return all[:1]
	}
	return kept
}

// slips swaps two letters in one word of fifteen.
func slips(r *rand.Rand, text string) string {
	words := strings.Fields(text)
	for i, w := range words {
		letters := []rune(w)
		if len(letters) > 3 && r.IntN(15) == 0 {
			letters[1], letters[2] = letters[2], letters[1]
			words[i] = string(letters)
		}
	}
	return strings.Join(words, " ")
}

// synonyms are the words that people change first when they tell the same thing once more.
var synonyms = pairs(`develop create, developed created, development creation, system solution, technology technique, propose suggest, proposed suggested, use apply, used applied, using with,
	provide give, provides gives, novel new, innovative new, method approach, methods approaches, device apparatus, devices instruments, improve enhance, improved enhanced, high elevated, low reduced,
	cost price, large big, small compact, significant notable, significantly notably, performance results, demonstrate show, demonstrated shown, design engineer, current present, potential possible,
	research study, project work, program effort, software application, tool utility, data information, model representation, process procedure, require need, requires needs, allow let, enable permit,
	enables permits, reduce lower, reduces lowers, increase raise, increases raises, efficient economical, treatment therapy, patients people, disease illness, detection sensing, sensor detector,
	máy thiết_bị, dùng sử_dụng, giảm hạ, tăng nâng, nhanh chóng, rẻ tiết_kiệm, tốt ổn, cần phải, nước dòng, nhà hộ, nông bà_con, bán cung_cấp, mua sắm, làm thực_hiện, giữ bảo_quản, sạch tinh, chạy vận_hành, đo kiểm_tra`)

func pairs(text string) map[string]string {
	all := map[string]string{}
	for _, pair := range strings.Split(text, ",") {
		words := strings.Fields(pair)
		all[words[0]] = strings.ReplaceAll(words[1], "_", " ")
	}
	return all
}
