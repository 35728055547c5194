package document

import (
	"bufio"
	"compress/flate"
	"errors"
	"fmt"
	"io"
	"os"
	"sync/atomic"
)

// meter counts the bytes taken from a file, and refuses more than most.
type meter struct {
	r     io.Reader
	most  int64
	count atomic.Int64
}

func (m *meter) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	if m.count.Add(int64(n)) > m.most {
		return 0, tooManyBytes(m.most)
	}
	return n, err
}

// inflated bounds an unpacked stream, as a whole and against what was read of the packed one.
type inflated struct {
	r    io.Reader
	in   *meter
	out  int64
	most int64
}

func (i *inflated) Read(p []byte) (int, error) {
	n, err := i.r.Read(p)
	i.out += int64(n)
	if i.out > i.most || swells(i.in.count.Load(), i.out) {
		return 0, tooMuchUnpacked(i.most)
	}
	return n, err
}

// swells reports that so many packed bytes give more unpacked ones than a real table would.
func swells(packed, unpacked int64) bool {
	return unpacked > ratioFreeBytes && unpacked/mostRatio > packed
}

func isCorrupt(err error) bool {
	var corrupt flate.CorruptInputError
	return errors.As(err, &corrupt)
}

// extent returns where r stands and how many bytes follow; -1 when r does not know.
func extent(r io.Reader) (start, size int64) {
	s, ok := r.(io.Seeker)
	if !ok {
		return 0, -1
	}
	start, err := s.Seek(0, io.SeekCurrent)
	if err != nil {
		return 0, -1
	}
	end, err := s.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, -1
	}
	if _, err := s.Seek(start, io.SeekStart); err != nil {
		return 0, -1
	}
	return start, end - start
}

// atRandom gives random access to the file: to r itself where it can, else to a temporary copy of
// what head still holds of it, which goes away with the table.
func (t *Table) atRandom(r io.Reader, start int64, head *bufio.Reader) (io.ReaderAt, int64, error) {
	if at, ok := r.(io.ReaderAt); ok && t.total >= 0 {
		return io.NewSectionReader(at, start, t.total), t.total, nil
	}
	spool, err := os.CreateTemp("", "table-*.xlsx")
	if err != nil {
		return nil, 0, fmt.Errorf("keep a workbook while it is read: %w", err)
	}
	t.closes = append(t.closes, func() error {
		return errors.Join(spool.Close(), os.Remove(spool.Name()))
	})
	size, err := io.Copy(spool, head)
	if err != nil {
		return nil, 0, err
	}
	t.total = size
	return spool, size, nil
}
