package termbase

import (
	"context"
	"maps"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// Missed is a word that readers sought in vain (từ tìm không ra).
type Missed struct {
	Word  string // folded
	Times int64
	Last  when.Day
}

const (
	missedKept  = 90 // days
	missedLeast = 3  // times a word is sought before anybody sees it
	missedRoom  = 10_000
	missedWrite = time.Minute
)

// counter counts words until they are written. It does not know who typed them.
type counter struct {
	mu    sync.Mutex
	words map[string]int
}

// Miss counts words that were sought and not found. What could be a person's number or address is
// left out.
func (x *Termbase) Miss(words ...string) {
	x.missed.mu.Lock()
	defer x.missed.mu.Unlock()
	for _, w := range words {
		w = lang.Fold(lang.Clean(w))
		if !countable(w) || (len(x.missed.words) >= missedRoom && x.missed.words[w] == 0) {
			continue
		}
		if x.missed.words == nil {
			x.missed.words = map[string]int{}
		}
		x.missed.words[w]++
	}
}

func countable(word string) bool {
	digits, letters := 0, 0
	for _, r := range word {
		switch {
		case unicode.IsDigit(r):
			digits++
		case unicode.IsLetter(r):
			letters++
		case r != ' ' && r != '-':
			return false
		}
	}
	n := utf8.RuneCountInString(word)
	return letters >= 2 && digits <= 4 && n <= 60 && strings.Count(word, " ") < 6
}

// Keep writes what was counted, now and then, until ctx ends.
func (x *Termbase) Keep(ctx context.Context, d *db.DB) {
	tick := time.NewTicker(missedWrite)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
			defer cancel()
			_ = x.WriteMissed(last, d)
			return
		case <-tick.C:
			_ = x.WriteMissed(ctx, d) // what was not written is counted on
		}
	}
}

// WriteMissed writes what was counted since the last time.
func (x *Termbase) WriteMissed(ctx context.Context, d *db.DB) error {
	x.missed.mu.Lock()
	words := maps.Clone(x.missed.words)
	x.missed.mu.Unlock()
	if len(words) == 0 {
		return nil
	}
	err := d.Update(ctx, func(tx *db.Tx) error {
		for word, n := range words {
			if err := addMissed(tx, word, when.DayOf(tx.Now), n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	x.missed.mu.Lock()
	defer x.missed.mu.Unlock()
	for word, n := range words {
		if x.missed.words[word] -= n; x.missed.words[word] <= 0 {
			delete(x.missed.words, word)
		}
	}
	return nil
}

// Sweep forgets the words of more than ninety days ago, and the drafts that nobody used.
func (x *Termbase) Sweep(tx *db.Tx) error {
	if err := forgetMissed(tx, when.DayOf(tx.Now).AddDays(-missedKept)); err != nil {
		return err
	}
	drafts, err := oldDrafts(tx, when.Micro(tx.Now)-keptDrafts)
	if err != nil {
		return err
	}
	for _, d := range drafts {
		if err := x.Remove(tx, "system", d.ID); err != nil {
			return err
		}
	}
	return nil
}
