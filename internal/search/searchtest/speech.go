// Package searchtest makes Vietnamese texts of any number to measure search with.
package searchtest

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
)

// Speech makes texts that read like Vietnamese: each word follows one that it follows in real texts,
// so that words and pairs of words are as common as they are there. One word in forty is a name or a
// number of a long tail, as in listings.
type Speech struct {
	words []string
	from  []uint32 // word -> where its followers begin; one more than there are words
	next  []uint32 // followers, as often as they follow
	all   []uint32 // the texts themselves
}

// The chances are one in so many.
const (
	jumps    = 10 // that a word is any word
	tailed   = 40 // that it is one of the long tail
	tailSize = 200_000
)

// Learn learns from collections of Vietnamese texts: files corpus.jsonl.gz in folders of dir.
func Learn(dir string, collections ...string) (*Speech, error) {
	s := &Speech{}
	numbers := map[string]uint32{}
	for _, name := range collections {
		if err := eachText(filepath.Join(dir, name, "corpus.jsonl.gz"), func(text string) {
			for _, word := range strings.Fields(text) {
				n, ok := numbers[word]
				if !ok {
					n = uint32(len(s.words))
					numbers[word] = n
					s.words = append(s.words, word)
				}
				s.all = append(s.all, n)
			}
		}); err != nil {
			return nil, err
		}
	}
	if len(s.all) == 0 {
		return nil, fmt.Errorf("learn from %s: no words", dir)
	}
	s.follow()
	return s, nil
}

func eachText(path string, do func(text string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	unpacked, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("unpack %s: %w", path, err)
	}
	lines := bufio.NewScanner(unpacked)
	lines.Buffer(nil, 8<<20)
	for lines.Scan() {
		var row struct{ Text string }
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		do(row.Text)
	}
	return lines.Err()
}

// follow notes which words follow each word.
func (s *Speech) follow() {
	s.from = make([]uint32, len(s.words)+1)
	for _, n := range s.all[:len(s.all)-1] {
		s.from[n+1]++
	}
	for i := range s.words {
		s.from[i+1] += s.from[i]
	}
	at := append([]uint32(nil), s.from...)
	s.next = make([]uint32, len(s.all)-1)
	for i, n := range s.all[:len(s.all)-1] {
		s.next[at[n]] = s.all[i+1]
		at[n]++
	}
}

// Text makes a text of n words.
func (s *Speech) Text(r *rand.Rand, n int) string {
	var out strings.Builder
	out.Grow(n * 8)
	word := s.all[r.IntN(len(s.all))]
	for i := range n {
		if i > 0 {
			out.WriteByte(' ')
		}
		if r.IntN(tailed) == 0 {
			fmt.Fprintf(&out, "x%d", int(tailSize*r.Float64()*r.Float64()*r.Float64()))
			continue
		}
		out.WriteString(s.words[word])
		followers := s.next[s.from[word]:s.from[word+1]]
		if len(followers) == 0 || r.IntN(jumps) == 0 {
			followers = s.all
		}
		word = followers[r.IntN(len(followers))]
	}
	return out.String()
}
