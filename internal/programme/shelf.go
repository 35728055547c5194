package programme

import (
	"slices"
	"sync"

	"chonoi/internal/db"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// mostShelved is how many clauses the boards that are kept at hand have together: those of the plans
// and days that people look at. Sixteen plans of the largest kind, or some hundred usual ones.
const mostShelved = 80_000

// weight is what a board takes of that.
func (b *Board) weight() int { return len(b.Lines) + 50 }

// shelf keeps the boards that were asked for last. One of them is right as long as the ledger tells of
// nothing since that plans or bodies are made of, so it is never older than what its reader sees.
type shelf struct {
	mu      sync.Mutex
	boards  []*shelved // the one asked for last comes last
	figures []*opened  // likewise
	glances []*glanced // likewise
}

// opened is the figures of a review; they never change.
type opened struct {
	review  string
	figures *Figures
}

type shelved struct {
	plan  string
	on    when.Day
	seq   int64 // of the ledger, up to which the board is right
	board *Board
}

// elsewhere are the kinds of records that no board is made of.
var elsewhere = map[string]bool{"offer": true, "need": true, "account": true, "saved_search": true, "import": true, "duplicate": true, "term": true, "dictionary": true}

// Board returns how a plan stands at the end of a day. For a day that has passed it leaves out what
// came later. It is shared by its readers: nobody changes it.
func (x *Programme) Board(tx *db.Tx, p *Plan, on when.Day) (*Board, error) {
	if !tx.ReadOnly() {
		return x.board(tx, p, on) // what is not committed yet is nobody else's to see
	}
	head, err := ledger.Head(tx)
	if err != nil {
		return nil, err
	}
	if b, err := x.shelf.take(tx, p.ID, on, head); b != nil || err != nil {
		return b, err
	}
	b, err := x.board(tx, p, on)
	if err == nil {
		x.shelf.put(&shelved{p.ID, on, head, b})
	}
	return b, err
}

// tasksOf returns the tasks of a plan, those of one clause together. Of those that a board on the
// shelf holds it reads only which of them changed: each change gives a task a new version.
func (x *Programme) tasksOf(tx *db.Tx, plan string) ([]*Task, error) {
	last := x.shelf.last(plan)
	if last == nil || !tx.ReadOnly() {
		return TasksOfPlan(tx, plan)
	}
	heads, err := taskVersions(tx, plan)
	if err != nil {
		return nil, err
	}
	all, missing := make([]*Task, len(heads)), []string(nil)
	for i, h := range heads {
		if t := last.tasks[h.ID]; t != nil && t.Version == h.Version {
			all[i] = t
		} else {
			missing = append(missing, h.ID)
		}
	}
	if len(missing) > mostMissing {
		return TasksOfPlan(tx, plan)
	}
	fresh, err := tasksNamed(tx, missing...)
	if err != nil {
		return nil, err
	}
	for i, h := range heads {
		if all[i] == nil {
			all[i] = fresh[h.ID]
		}
	}
	return all, nil
}

// mostMissing is from how many changed tasks on all are read again.
const mostMissing = 500

// last returns a board of a plan, of any day; nil when there is none.
func (s *shelf) last(plan string) *Board {
	s.mu.Lock()
	defer s.mu.Unlock()
	for i := len(s.boards) - 1; i >= 0; i-- {
		if s.boards[i].plan == plan {
			return s.boards[i].board
		}
	}
	return nil
}

// take returns a board that is still right, or none.
func (s *shelf) take(tx *db.Tx, plan string, on when.Day, head int64) (*Board, error) {
	s.mu.Lock()
	i := slices.IndexFunc(s.boards, func(k *shelved) bool { return k.plan == plan && k.on == on })
	if i < 0 || s.boards[i].seq > head {
		s.mu.Unlock()
		return nil, nil
	}
	k := *s.boards[i]
	s.mu.Unlock()
	if k.seq < head {
		kinds, err := ledger.Kinds(tx, k.seq, head)
		if err != nil {
			return nil, err
		}
		if slices.ContainsFunc(kinds, func(kind string) bool { return !elsewhere[kind] }) {
			return nil, nil
		}
		k.seq = head
	}
	s.put(&k)
	return k.board, nil
}

// put keeps a board as the one asked for last.
func (s *shelf) put(k *shelved) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.boards = slices.DeleteFunc(s.boards, func(old *shelved) bool {
		return old.plan == k.plan && old.on == k.on
	})
	s.boards = append(s.boards, k)
	all := 0
	for i := len(s.boards) - 1; i >= 0; i-- {
		if all += s.boards[i].board.weight(); all > mostShelved && i < len(s.boards)-1 {
			s.boards = slices.Delete(s.boards, 0, i+1)
			break
		}
	}
}

// mostOpened is of how many reviews the figures are kept at hand.
const mostOpened = 8

// FiguresOf returns the figures of a review as they were frozen. They are shared by their readers:
// nobody changes them.
func (x *Programme) FiguresOf(tx *db.Tx, review string) (*Figures, error) {
	s := &x.shelf
	s.mu.Lock()
	i := slices.IndexFunc(s.figures, func(o *opened) bool { return o.review == review })
	if i >= 0 {
		o := s.figures[i]
		s.figures = append(slices.Delete(s.figures, i, i+1), o)
		s.mu.Unlock()
		return o.figures, nil
	}
	s.mu.Unlock()
	f, err := readFigures(tx, review)
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.figures = append(s.figures, &opened{review, f}); len(s.figures) > mostOpened {
		s.figures = slices.Delete(s.figures, 0, 1)
	}
	return f, nil
}
