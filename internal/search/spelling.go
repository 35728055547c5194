package search

import (
	"encoding/binary"
	"strings"
)

// spellings write texts in little room: a word that comes again is a number, one that comes for the
// first time stands as it is written.
type spellings struct {
	all  []byte // the words that came again, one after the other
	ends []uint32
	met  map[string]uint32 // while texts are written: 0 after the first time, then its number and 1 more
}

// write adds a text.
func (s *spellings) write(to []byte, text string) []byte {
	if text == "" {
		return to
	}
	if s.met == nil {
		s.met = map[string]uint32{}
	}
	for word := range strings.SplitSeq(text, " ") {
		n, met := s.met[word]
		switch {
		case !met:
			s.met[strings.Clone(word)] = 0
		case n == 0:
			s.all = append(s.all, word...)
			s.ends = append(s.ends, uint32(len(s.all)))
			n = uint32(len(s.ends))
			s.met[word] = n
		}
		if n > 0 {
			to = binary.AppendUvarint(to, uint64(n-1)<<1)
		} else {
			to = append(binary.AppendUvarint(to, uint64(len(word))<<1|1), word...)
		}
	}
	return to
}

// read returns a text that was written.
func (s *spellings) read(from []byte) string {
	var out strings.Builder
	for first := true; len(from) > 0; first = false {
		if !first {
			out.WriteByte(' ')
		}
		n, size := binary.Uvarint(from)
		from = from[size:]
		if n&1 == 0 {
			out.Write(s.word(uint32(n >> 1)))
			continue
		}
		out.Write(from[:n>>1])
		from = from[n>>1:]
	}
	return out.String()
}

func (s *spellings) word(n uint32) []byte {
	from := uint32(0)
	if n > 0 {
		from = s.ends[n-1]
	}
	return s.all[from:s.ends[n]]
}

// done forgets what is needed to write only.
func (s *spellings) done() { s.met = nil }

func (s *spellings) bytes() int64 { return sizeOf(s.all) + sizeOf(s.ends) }
