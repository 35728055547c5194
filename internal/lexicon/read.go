package lexicon

import (
	"bytes"
	"cmp"
	"compress/gzip"
	"context"
	"io"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// File is one file of a dictionary.
type File struct {
	Name string
	Data []byte
}

// Reading is a dictionary file that was read: its good lines and what is amiss with the others.
type Reading struct {
	Name     string // what the dictionary calls itself; empty when it does not
	Lines    int    // lines or headwords read
	Terms    []Term
	Bad      int         // lines from which nothing was taken
	Faults   []LineFault // the first of them
	Unlisted int         // terms left out because the file has more than are taken
}

// LineFault is what is amiss with one line or headword.
type LineFault struct {
	Line int // from 1
	Key  string
	Args []any
}

// MostWords is how many words one side of a term has at most.
const MostWords = 8

// Limits of a dictionary file.
const (
	mostBytes    = 64 << 20 // unpacked
	mostTerms    = 400_000
	mostFaults   = 100 // that are told
	mostRunes    = 120 // of one side of a term
	mostTermWord = MostWords
	mostEntry    = 64 << 10
	mostSenses   = 12 // of one entry
	mostNote     = 200
)

// Read reads the files of one dictionary: a table (.tsv, .txt), StarDict (.ifo with .idx and .dict or
// .dict.dz) or dictd (.index with .dict or .dict.dz). From is the tongue of the headwords of StarDict
// and dictd; a table names its columns. Good lines are taken and the others told. Faults: Unsupported
// when the files are no dictionary, TooLarge, Invalid; and the context's error.
func Read(ctx context.Context, files []File, from lang.Tag) (*Reading, error) {
	byKind := map[string][]byte{}
	for _, f := range files {
		kind := kindOf(f.Name)
		data, err := unpacked(kind, f)
		if err != nil {
			return nil, err
		}
		byKind[strings.TrimSuffix(strings.TrimSuffix(kind, ".dz"), ".gz")] = data
	}
	r := &Reading{}
	var err error
	switch {
	case byKind[".tsv"] != nil:
		err = r.readTable(ctx, byKind[".tsv"])
	case byKind[".ifo"] != nil:
		err = r.readStarDict(ctx, byKind[".ifo"], byKind[".idx"], byKind[".dict"], from)
	case byKind[".index"] != nil:
		err = r.readDictd(ctx, byKind[".index"], byKind[".dict"], from)
	default:
		err = fault.New(fault.Unsupported, "lexicon.no_dictionary")
	}
	if err != nil {
		return nil, err
	}
	r.withoutTwins()
	return r, nil
}

// kindOf returns the ending of a file's name; that of a packed file has two parts.
func kindOf(name string) string {
	name = strings.ToLower(path.Base(name))
	ext := path.Ext(name)
	if ext == ".dz" || ext == ".gz" {
		return kindOf(strings.TrimSuffix(name, ext)) + ext
	}
	if ext == ".txt" || ext == ".tab" {
		return ".tsv"
	}
	return ext
}

// unpacked returns what is in a file. A packed file may not become larger than is read.
func unpacked(kind string, f File) ([]byte, error) {
	large := fault.New(fault.TooLarge, "lexicon.file_too_large", "File", f.Name, "Megabytes", mostBytes>>20)
	if len(f.Data) > mostBytes {
		return nil, large
	}
	if !strings.HasSuffix(kind, ".dz") && !strings.HasSuffix(kind, ".gz") {
		if f.Data == nil {
			return []byte{}, nil
		}
		return f.Data, nil
	}
	broken := fault.New(fault.Invalid, "lexicon.file_broken", "File", f.Name)
	z, err := gzip.NewReader(bytes.NewReader(f.Data))
	if err != nil {
		return nil, broken
	}
	data, err := io.ReadAll(io.LimitReader(z, mostBytes+1))
	switch {
	case len(data) > mostBytes:
		return nil, large
	case err != nil:
		return nil, broken
	}
	return data, nil
}

// amiss notes a line from which nothing can be taken.
func (r *Reading) amiss(line int, key string, args ...any) {
	r.Bad++
	if len(r.Faults) < mostFaults {
		r.Faults = append(r.Faults, LineFault{line, key, args})
	}
}

// take adds a term when both sides are fit to be looked up, and tells whether they are.
func (r *Reading) take(t Term) (key string) {
	t.Vi, t.En = plain(t.Vi), plain(t.En)
	for _, side := range []string{t.Vi, t.En} {
		switch {
		case side == "":
			return "lexicon.side_empty"
		case utf8.RuneCountInString(side) > mostRunes:
			return "lexicon.side_long"
		}
	}
	for _, tongue := range lang.Tags {
		switch n := len(wordsOf(t.In(tongue), tongue)); {
		case n == 0:
			return "lexicon.side_empty"
		case n > mostTermWord:
			return "lexicon.side_long"
		}
	}
	if len(r.Terms) >= mostTerms {
		r.Unlisted++
		return ""
	}
	r.Terms = append(r.Terms, t)
	return ""
}

// plain returns a side of a term in one line, without what cannot be seen.
func plain(s string) string { return strings.Join(strings.Fields(lang.Clean(s)), " ") }

// withoutTwins keeps of terms with one pair the first.
func (r *Reading) withoutTwins() {
	seen := make(map[[2]string]bool, len(r.Terms))
	r.Terms = slices.DeleteFunc(r.Terms, func(t Term) bool {
		twin := seen[t.pair()]
		seen[t.pair()] = true
		return twin
	})
	slices.SortStableFunc(r.Faults, func(a, b LineFault) int { return cmp.Compare(a.Line, b.Line) })
}
