// Package ledger is what was done, by whom and when: one append-only chain of hashes behind
// history pages, feeds, the search index, notices and audit.
package ledger

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"

	"chonoi/internal/db"
	"chonoi/internal/when"
)

// Schema is the ledger's tables.
//
//go:embed schema/*.sql
var Schema embed.FS

// Change is one fact that an act changed, as text in its stored form.
type Change struct {
	Field string `json:"field"`
	Old   string `json:"old,omitempty"`
	New   string `json:"new,omitempty"`
}

// Note is what an act leaves behind: who did what to which record.
type Note struct {
	Actor  string // account id; "system" for the clock, "import:NAME" for an import
	Act    string // noun and past participle, such as offer.published
	Kind   string // offer, need, organisation …
	ID     string
	Change []Change
}

// Entry is a note in the chain.
type Entry struct {
	Seq int64
	At  time.Time
	Note
	Digest string // sha256 of the change, hex
	Prev   string // hash of the entry before
	Hash   string
	Erased bool // the change was erased for the sake of privacy; its digest stays
}

// lock is the advisory lock under which the chain grows: one link at a time on all nodes.
const lock = 0x63686f6e6f69 // "chonoi"

// genesis stands for the entry before the first.
const genesis = "0000000000000000000000000000000000000000000000000000000000000000"

// Append adds notes to the chain in the caller's transaction and returns the seq of the last one.
// Entries become visible in the order of their seq, without gaps that are filled later.
func Append(tx *db.Tx, notes ...Note) (int64, error) {
	if err := tx.Lock(lock); err != nil {
		return 0, fmt.Errorf("lock the ledger: %w", err)
	}
	seq, prev, err := head(tx)
	if err != nil {
		return 0, err
	}
	for _, note := range notes {
		change := "[]"
		if len(note.Change) > 0 {
			raw, err := json.Marshal(note.Change)
			if err != nil {
				return 0, fmt.Errorf("write down a change: %w", err)
			}
			change = string(raw)
		}
		seq++
		e := Entry{Seq: seq, At: tx.Now, Note: note, Digest: digest(change), Prev: prev}
		e.Hash = e.sum()
		if err := insert(tx, e, change); err != nil {
			return 0, err
		}
		prev = e.Hash
	}
	return seq, nil
}

func digest(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// sum computes the entry's hash over all that it holds and the hash before it.
func (e *Entry) sum() string {
	raw, _ := json.Marshal([]any{e.Seq, when.Micro(e.At), e.Actor, e.Act, e.Kind, e.ID, e.Digest, e.Prev})
	return digest(string(raw))
}
