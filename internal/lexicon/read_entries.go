package lexicon

import (
	"bytes"
	"context"
	"encoding/binary"
	"strconv"
	"strings"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// readStarDict reads a StarDict dictionary: .ifo says how, .idx holds the headwords with the place of
// each entry in .dict. Source: StarDict format, versions 2.4.2 and 3.0.0.
func (r *Reading) readStarDict(ctx context.Context, ifo, idx, dict []byte, from lang.Tag) error {
	if idx == nil || dict == nil {
		return fault.New(fault.Invalid, "lexicon.stardict_parts")
	}
	said := map[string]string{}
	for _, line := range strings.Split(string(ifo[:min(len(ifo), mostEntry)]), "\n") {
		if key, value, ok := strings.Cut(line, "="); ok {
			said[strings.TrimSpace(key)] = strings.TrimSpace(value)
		}
	}
	if !bytes.HasPrefix(ifo, []byte("StarDict's dict ifo file")) {
		return fault.New(fault.Unsupported, "lexicon.no_dictionary")
	}
	r.Name = firstRunes(plain(said["bookname"]), mostNote)
	wide := 4
	if said["idxoffsetbits"] == "64" {
		wide = 8
	}
	types := said["sametypesequence"]
	for number := 1; len(idx) > 0; number++ {
		if number%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		name, rest, ok := bytes.Cut(idx, []byte{0})
		if !ok || len(rest) < wide+4 || len(name) > mostEntry {
			r.Lines++
			r.amiss(number, "lexicon.index_broken")
			break
		}
		var at uint64
		if wide == 8 {
			at = binary.BigEndian.Uint64(rest)
		} else {
			at = uint64(binary.BigEndian.Uint32(rest))
		}
		size := uint64(binary.BigEndian.Uint32(rest[wide:]))
		idx = rest[wide+4:]
		r.Lines++
		entry, ok := part(dict, at, size)
		if !ok {
			r.amiss(number, "lexicon.entry_missing", "Word", firstRunes(plain(string(name)), 60))
			continue
		}
		r.entry(number, string(name), textOf(entry, types), from)
	}
	if r.Lines == 0 {
		return fault.New(fault.Invalid, "lexicon.no_lines")
	}
	return nil
}

// part returns a part of data, when it lies within and is no longer than is read.
func part(data []byte, at, size uint64) ([]byte, bool) {
	if size > mostEntry || at > uint64(len(data)) || size > uint64(len(data))-at {
		return nil, false
	}
	return data[at : at+size], true
}

// textOf returns the texts of a StarDict entry: a row of pieces, each with a letter for its type,
// told once for all entries or before each piece. A small letter is a text that ends with a zero byte,
// a capital is data with its length before it.
func textOf(entry []byte, types string) string {
	var out strings.Builder
	for n := 0; len(entry) > 0; n++ {
		var kind byte
		last := false
		switch {
		case types == "":
			kind, entry = entry[0], entry[1:]
		case n < len(types):
			kind, last = types[n], n == len(types)-1
		default:
			return out.String()
		}
		if kind >= 'A' && kind <= 'Z' {
			if last || len(entry) < 4 {
				break
			}
			size := uint64(binary.BigEndian.Uint32(entry))
			if size > uint64(len(entry)-4) {
				break
			}
			entry = entry[4+size:]
			continue
		}
		piece := entry
		if last {
			entry = nil
		} else {
			piece, entry, _ = bytes.Cut(entry, []byte{0})
		}
		if strings.IndexByte("mlgxkh", kind) >= 0 {
			out.Write(piece)
			out.WriteByte('\n')
		}
	}
	return out.String()
}

// readDictd reads a dictd dictionary: each line of .index is a headword with the place and size of
// its entry in .dict, in digits to base 64. Source: dictd(8), RFC 2229.
func (r *Reading) readDictd(ctx context.Context, index, dict []byte, from lang.Tag) error {
	if dict == nil {
		return fault.New(fault.Invalid, "lexicon.dictd_parts")
	}
	for number := 1; len(index) > 0; number++ {
		if number%1000 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		var line []byte
		line, index, _ = bytes.Cut(index, []byte("\n"))
		cells := bytes.Split(bytes.TrimSuffix(line, []byte("\r")), []byte("\t"))
		name := string(cells[0])
		if len(bytes.TrimSpace(line)) == 0 || strings.HasPrefix(name, "00-database") || strings.HasPrefix(name, "00database") {
			if len(cells) == 3 && strings.HasSuffix(name, "short") {
				r.Name = r.shortName(cells, dict)
			}
			continue
		}
		r.Lines++
		if len(cells) < 3 || len(line) > mostEntry {
			r.amiss(number, "lexicon.index_broken")
			continue
		}
		at, ok1 := base64Number(cells[1])
		size, ok2 := base64Number(cells[2])
		entry, ok := part(dict, at, size)
		if !ok || !ok1 || !ok2 {
			r.amiss(number, "lexicon.entry_missing", "Word", firstRunes(plain(name), 60))
			continue
		}
		r.entry(number, name, string(entry), from)
	}
	if r.Lines == 0 {
		return fault.New(fault.Invalid, "lexicon.no_lines")
	}
	return nil
}

func (r *Reading) shortName(cells [][]byte, dict []byte) string {
	at, _ := base64Number(cells[1])
	size, _ := base64Number(cells[2])
	entry, _ := part(dict, at, size)
	_, name, _ := strings.Cut(string(entry), "\n")
	return firstRunes(plain(name), mostNote)
}

const base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

func base64Number(digits []byte) (n uint64, ok bool) {
	if len(digits) == 0 || len(digits) > 10 {
		return 0, false
	}
	for _, d := range digits {
		v := strings.IndexByte(base64Digits, d)
		if v < 0 {
			return 0, false
		}
		n = n<<6 | uint64(v)
	}
	return n, true
}

// entry takes the senses of a headword as terms, the first weighing most.
func (r *Reading) entry(number int, head, text string, from lang.Tag) {
	taken := 0
	for _, sense := range sensesOf(head, text) {
		t := Term{Weight: max(2, 8-taken)}
		if from == lang.En {
			t.En, t.Vi = head, sense
		} else {
			t.Vi, t.En = head, sense
		}
		if r.take(t) == "" {
			if taken++; taken == mostSenses {
				return
			}
		}
	}
	if taken == 0 {
		r.amiss(number, "lexicon.no_sense", "Word", firstRunes(plain(head), 60))
	}
}

// sensesOf returns the short equivalents that a definition names. Of the form most used for
// Vietnamese dictionaries ("@" headword, "*" part of speech, "-" sense, "=" example, "!" idiom) only
// the senses are taken; of others every short line.
func sensesOf(head, text string) []string {
	text = strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<BR>", "\n", "</div>", "\n", "</li>", "\n").Replace(text)
	var senses []string
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(without(line, '<', '>'))
		if line == "" || strings.IndexByte("@*=!/[#", line[0]) >= 0 || strings.EqualFold(line, head) {
			continue
		}
		line = strings.TrimLeft(line, "-+•·– ")
		if number, rest, ok := strings.Cut(line, "."); ok {
			if _, err := strconv.Atoi(strings.TrimSpace(number)); err == nil {
				line = rest
			}
		}
		line = without(without(without(line, '(', ')'), '[', ']'), '/', '/')
		for _, s := range strings.FieldsFunc(line, func(r rune) bool { return strings.ContainsRune(";,:|", r) }) {
			if s = withoutArticle(strings.Trim(plain(s), ".!?\"“” ")); s != "" {
				senses = append(senses, s)
			}
			if len(senses) > 4*mostSenses {
				return senses
			}
		}
	}
	return senses
}

// without returns s without what stands between two marks, and without a part that is left open.
func without(s string, open, end byte) string {
	var out strings.Builder
	for {
		i := strings.IndexByte(s, open)
		if i < 0 {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(s[:i])
		j := strings.IndexByte(s[i+1:], end)
		if j < 0 {
			return out.String()
		}
		s = s[i+j+2:]
	}
}

func withoutArticle(s string) string {
	for _, word := range []string{"to ", "the ", "a ", "an "} {
		if rest, ok := strings.CutPrefix(s, word); ok {
			return rest
		}
	}
	return s
}
