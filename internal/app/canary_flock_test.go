package app_test

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// canary is something that stands in one confidential place only, in the ways in which it may be
// written, and the level that may see it.
type canary struct {
	where     string
	looks     []string
	level     field.Level
	about     string // id of the record that must be asked for; elsewhere the same words say nothing
	public    bool   // an id: the log tells of it, in the path of a request
	programme bool   // of a plan: those who oversee the programme see it too
}

// closed is a fact of a listing that is closed to some and has no words of its own: a code, a
// flag, a small number.
type closed struct {
	kind, id, name string
	column         string
	values         []string // as filters of the search tell them
	level          field.Level
}

// flock is all that was planted, and the ids of the records that hold it by what they are.
type flock struct {
	all    []canary
	words  map[string]int   // a word or an id -> its canary
	others []int            // canaries that are not found by their form: sums, days, tokens
	abouts map[string][]int // those that say something of one record only, by its id
	ids    map[string][]string
	closed []closed
	ties   [][2]string // a listing and its owner that nobody may tie to each other
	links  []string    // of letters, with their tokens
	stirs  int
}

func newFlock() *flock {
	return &flock{words: map[string]int{}, ids: map[string][]string{}, abouts: map[string][]int{}}
}

// twin is a copy to go on with when a transaction is tried again.
func (f *flock) twin() *flock {
	twin := newFlock()
	twin.all, twin.words, twin.others, twin.ids = slices.Clone(f.all), maps.Clone(f.words), slices.Clone(f.others), maps.Clone(f.ids)
	return twin
}

const wordSize = len("zqv0000kx")

// word is a new word that is found nowhere else.
func (f *flock) word(where string, level field.Level) string {
	w := fmt.Sprintf("zqv%04dkx", len(f.all))
	f.words[w] = len(f.all)
	f.all = append(f.all, canary{where: where, looks: []string{w}, level: level})
	return w
}

// id makes the id of a record a canary: that it exists is not told below a level.
func (f *flock) id(what, id string, level field.Level) {
	f.ids[what] = append(f.ids[what], id)
	f.words[id] = len(f.all)
	f.all = append(f.all, canary{where: "id of " + what, looks: []string{id}, level: level, public: true})
}

// sight is a canary that is known by how it looks: a token, a sum, a day.
func (f *flock) sight(where string, level field.Level, about string, looks ...string) {
	looks = slices.DeleteFunc(looks, func(look string) bool { return len(look) < 4 })
	if len(looks) == 0 {
		return
	}
	if about == "" {
		f.others = append(f.others, len(f.all))
	} else {
		f.abouts[about] = append(f.abouts[about], len(f.all))
	}
	f.all = append(f.all, canary{where: where, looks: looks, level: level, about: about})
}

// sum is a number that is written nowhere else, between least and most, and the ways to write it.
func (f *flock) sum(where string, level field.Level, least, most int64) int64 {
	n := 700_000_001_003 + int64(len(f.all))*1_000_007
	if most < n {
		n = most - 7 - int64(len(f.all))*11
	}
	if n < max(least, 100_000) {
		return least + int64(len(f.all))%(most-least+1) // too small to be told from others
	}
	raw := fmt.Sprint(n)
	if len(raw) < 9 {
		raw = "" // a part of any instant
	}
	f.sight(where, level, "", raw, lang.Number(lang.Vi, n), lang.Number(lang.En, n))
	return n
}

// day is a day far off that is written nowhere else.
func (f *flock) day(where string, level field.Level) when.Day {
	day := when.Day{Year: 2071, Month: 1, Date: 1}.AddDays(len(f.all))
	f.sight(where, level, "", day.String(), lang.Day(lang.Vi, day), lang.Day(lang.En, day))
	return day
}

// in lists the canaries that stand in a text.
func (f *flock) in(text string) map[int]bool {
	found := map[int]bool{}
	for rest := text; ; {
		at := strings.Index(rest, "zqv")
		if at < 0 {
			break
		}
		rest = rest[at:]
		if n, planted := f.words[rest[:min(wordSize, len(rest))]]; planted {
			found[n] = true
		}
		rest = rest[3:]
	}
	const before, size = 8, 36 // an id: 8-4-4-4-12
	for at := 0; ; at++ {
		next := strings.IndexByte(text[at:], '-')
		if next < 0 {
			break
		}
		at += next
		if at >= before && at-before+size <= len(text) {
			if n, planted := f.words[text[at-before:at-before+size]]; planted {
				found[n] = true
			}
		}
	}
	f.look(found, f.others, text)
	return found
}

// choices are the boxes of a form in which somebody chooses kinds of co-operation: one that is not ticked
// tells nothing of a record.
var choices = regexp.MustCompile(`<label class="choice"><input type="checkbox"[^>]*name="cooperation"[^>]*><span>[^<]*</span></label>`)

// inAbout lists the canaries that stand in a text, with those that say something of the records
// that are named in an address.
func (f *flock) inAbout(address, text string) map[int]bool {
	found := f.in(text)
	text = choices.ReplaceAllStringFunc(text, func(box string) string {
		if strings.Contains(box, " checked") {
			return box
		}
		return ""
	})
	for id, list := range f.abouts {
		if strings.Contains(address, id) {
			f.look(found, list, text)
		}
	}
	return found
}

func (f *flock) look(found map[int]bool, list []int, text string) {
	for _, n := range list {
		if slices.ContainsFunc(f.all[n].looks, func(look string) bool { return strings.Contains(text, look) }) {
			found[n] = true
		}
	}
}

// any returns some ids of what, all of them when it is nothing that is known.
func (f *flock) any(what string, most int) []string {
	list := f.ids[what]
	if len(list) == 0 {
		for _, name := range slices.Sorted(maps.Keys(f.ids)) {
			list = append(list, f.ids[name][0])
		}
	}
	return list[:min(most, len(list))]
}
