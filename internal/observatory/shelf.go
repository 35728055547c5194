package observatory

import (
	"slices"
	"sync"

	"chonoi/internal/db"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// shelf keeps the values of days that have not passed at hand while the ledger tells of nothing that
// their measures count.
type shelf struct {
	mu     sync.Mutex
	values map[shelfKey]shelved
}

type shelfKey struct {
	name    string
	version int64
	on      when.Day
}

// shelved is a value that is right for the ledger up to seq.
type shelved struct {
	seq   int64
	value Value
}

// mostShelved is how many values are kept; the shelf is cleared beyond.
const mostShelved = 1000

// head returns up to where the ledger is told in the states of the records and in itself.
func head(tx *db.Tx) (followed, told int64, err error) {
	if told, err = ledger.Head(tx); err != nil {
		return 0, 0, err
	}
	followed, err = cursor(tx)
	return min(followed, told), told, err
}

// take returns a value that is still right.
func (s *shelf) take(tx *db.Tx, m *Measure, on when.Day) (Value, bool, error) {
	key := shelfKey{m.Name, m.Version, on}
	s.mu.Lock()
	one, ok := s.values[key]
	s.mu.Unlock()
	if !ok {
		return Value{}, false, nil
	}
	_, told, err := head(tx)
	if err != nil || one.seq > told {
		return Value{}, false, err
	}
	if one.seq < told {
		kinds, err := ledger.Kinds(tx, one.seq, told)
		if err != nil || slices.ContainsFunc(kinds, func(kind string) bool { return slices.Contains(m.Kinds, kind) }) {
			return Value{}, false, err
		}
		one.seq = told
		s.put(key, one)
	}
	return one.value, true, nil
}

func (s *shelf) put(key shelfKey, one shelved) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.values == nil || len(s.values) >= mostShelved {
		s.values = map[shelfKey]shelved{}
	}
	s.values[key] = one
}
