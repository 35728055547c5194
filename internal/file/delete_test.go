package file

import (
	"context"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"chonoi/internal/fault"
)

// aged is a shelf on which some content was kept two hours ago, until it is kept anew. Before, when
// told, is called at each step.
type aged struct {
	shelf
	mu     sync.Mutex
	old    map[string]bool
	before func(step, key string)
}

// age makes content look as if it had been put two hours ago.
func age(s *Store, sha string) *aged {
	a := &aged{shelf: s.shelf, old: map[string]bool{sha: true}}
	s.shelf = a
	return a
}

func (a *aged) step(step, key string) {
	a.mu.Lock()
	before := a.before
	a.mu.Unlock()
	if before != nil {
		before(step, key)
	}
}

func (a *aged) keep(ctx context.Context, key string, content io.ReadSeeker, size int64, mime string) error {
	a.step("keep", key)
	err := a.shelf.keep(ctx, key, content, size, mime)
	a.mu.Lock()
	defer a.mu.Unlock()
	delete(a.old, key)
	return err
}

func (a *aged) kept(ctx context.Context, key string) (time.Time, error) {
	a.step("look", key)
	at, err := a.shelf.kept(ctx, key)
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.old[key] {
		at = at.Add(-2 * time.Hour)
	}
	return at, err
}

func (a *aged) each(ctx context.Context, begin string, fn func(item) error) error {
	return a.shelf.each(ctx, begin, func(one item) error {
		a.mu.Lock()
		if a.old[one.key] {
			one.at = one.at.Add(-2 * time.Hour)
		}
		a.mu.Unlock()
		return fn(one)
	})
}

func (a *aged) remove(ctx context.Context, key string) error {
	a.step("remove", key)
	return a.shelf.remove(ctx, key)
}

func TestContentThatIsSentAgainWhileItIsDeletedStays(t *testing.T) {
	const text = "tên,năm\nSấy cá tra,2026\nNước,2025\n"
	for name, at := range map[string]struct {
		step, key string
		nth       int
	}{
		"before the first look":                    {"look", "", 1},
		"between the first look and the mark":      {"keep", goingEnd, 1},
		"between the mark and the second look":     {"look", "", 2},
		"between the second look and the deletion": {"remove", "", 1},
		"before the mark goes":                     {"remove", goingEnd, 1},
	} {
		t.Run(name, func(t *testing.T) {
			eachStore(t, func(t *testing.T, s *Store) {
				ctx := t.Context()
				stored, err := s.Put(ctx, strings.NewReader(text), PutOptions{})
				check(t, err)
				a := age(s, stored.SHA256)
				sent, times := make(chan error, 1), 0
				a.before = func(step, key string) {
					if step != at.step || key != stored.SHA256+at.key {
						return
					}
					if times++; times != at.nth {
						return
					}
					a.mu.Lock()
					a.before = nil
					a.mu.Unlock()
					go func() {
						_, err := s.Put(ctx, strings.NewReader(text), PutOptions{})
						sent <- err
					}()
					select { // it comes through, or waits for the mark to go
					case err := <-sent:
						sent <- err
					case <-time.After(300 * time.Millisecond):
					}
				}
				check(t, s.Delete(ctx, stored.SHA256))
				select {
				case err := <-sent:
					check(t, err)
				case <-time.After(20 * time.Second):
					t.Fatal("it was not sent again, or never came through")
				}
				content, size, err := s.Open(ctx, stored.SHA256)
				if err != nil || size != int64(len(text)) {
					t.Fatalf("the content that was sent again is lost: %v", err)
				}
				content.Close()
				if _, err := s.shelf.kept(ctx, stored.SHA256+goingEnd); err != errMissing {
					t.Errorf("the mark of the deletion is left: %v", err)
				}
			})
		})
	}
}

func TestWhatNobodyHoldsIsSweptAwayAnHourAfterItWasPut(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx := t.Context()
		var all []Stored
		for _, text := range []string{"held,1\na,b\nc,d\n", "given up,1\na,b\nc,d\n", "just sent,1\na,b\nc,d\n"} {
			one, err := s.Put(ctx, strings.NewReader(text), PutOptions{})
			check(t, err)
			all = append(all, one)
		}
		_, err := s.Aside("imports").Keep(ctx, "a1/file", strings.NewReader("x"), 10)
		check(t, err)
		a := age(s, all[0].SHA256)
		a.old[all[1].SHA256] = true
		n, err := s.Sweep(ctx, func([]string) (map[string]bool, error) { return map[string]bool{all[0].SHA256: true}, nil })
		if err != nil || n != 1 {
			t.Errorf("swept %d, %v", n, err)
		}
		for i, there := range []bool{true, false, true} {
			content, _, err := s.Open(ctx, all[i].SHA256)
			if (err == nil) != there {
				t.Errorf("content %d: %v", i, err)
			}
			if err == nil {
				content.Close()
			}
		}
		check(t, s.Delete(ctx, all[2].SHA256)) // on its way into a record
		if _, err := s.shelf.kept(ctx, all[2].SHA256); err != nil {
			t.Errorf("content that was just sent: %v", err)
		}
		if there, err := s.Aside("imports").Kept(ctx, "a1/file"); !there || err != nil {
			t.Errorf("what was put aside was swept away: %v", err)
		}
	})
}

func TestAFileIsPutAsideOpenedListedAndDropped(t *testing.T) {
	eachStore(t, func(t *testing.T, s *Store) {
		ctx, imports := t.Context(), s.Aside("imports")
		for _, text := range []string{"first", "second, longer"} {
			n, err := imports.Keep(ctx, "0190/file", strings.NewReader(text), 20)
			if err != nil || n != int64(len(text)) {
				t.Fatalf("%d, %v", n, err)
			}
		}
		content, size, err := imports.Open(ctx, "0190/file")
		check(t, err)
		content.Close()
		own, err := imports.Fetch(ctx, "0190/file")
		check(t, err)
		part := make([]byte, 6)
		if _, err := own.ReadAt(part, 8); err != nil || string(part) != "longer" {
			t.Errorf("fetched %q, %v", part, err)
		}
		check(t, own.Close())
		if size != int64(len("second, longer")) {
			t.Errorf("%d bytes", size)
		}
		seen := 0
		check(t, imports.Each(ctx, func(name string, size int64, at time.Time) error {
			if seen++; name != "0190/file" || size != 14 || time.Since(at) > time.Minute {
				t.Errorf("%s, %d, %s", name, size, at)
			}
			return nil
		}))
		if seen != 1 {
			t.Errorf("%d files", seen)
		}
		if _, err := imports.Keep(ctx, "0191/file", strings.NewReader("too long"), 3); fault.KindOf(err) != fault.TooLarge {
			t.Errorf("too much: %v", err)
		}
		for _, name := range []string{"../config.toml", "/etc/passwd", "", "a/../../b", "a//b", ".hidden"} {
			if _, err := imports.Keep(ctx, name, strings.NewReader("x"), 20); err == nil {
				t.Errorf("%q was put aside", name)
			}
			if _, _, err := imports.Open(ctx, name); fault.KindOf(err) != fault.NotFound {
				t.Errorf("%q: %v", name, err)
			}
		}
		for range 2 {
			check(t, imports.Drop(ctx, "0190/file"))
		}
		if there, err := imports.Kept(ctx, "0190/file"); there || err != nil {
			t.Errorf("still there: %v", err)
		}
	})
}
