package record

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/when"
)

// CodeChange is what loading a list would do to one of its codes. Kind is added, changed or ended.
type CodeChange struct {
	Kind, Code string
	Old, New   string // the entry in one line, as the ledger keeps it
}

// Preview is what loading a list would change, and a mark of the list as it stands: when the mark
// differs at the time of loading, somebody has loaded the list in between.
type Preview struct {
	Changes []CodeChange
	Same    int // entries that stay as they are
	Mark    string
}

// PreviewList tells what LoadList would change, without changing anything. An open entry keeps the
// day from which it is valid: what is to hold from another day needs that entry with its end, and a
// second one; otherwise both would be valid. That is a fault that names the line.
func PreviewList(tx *db.Tx, list string, codes []Code) (Preview, error) {
	all, err := storedCodes(tx)
	if err != nil {
		return Preview{}, err
	}
	p, amiss := Preview{}, fault.New(fault.Invalid, "codes.bad_rows")
	stored, open := map[entryKey]Code{}, map[string]Code{}
	var mark strings.Builder
	for _, c := range all {
		if c.List != list {
			continue
		}
		stored[keyOf(c)] = c
		if c.To.Zero() {
			open[c.Code] = c
		}
		fmt.Fprintf(&mark, "%s\x00%s\x00", c.Code, c.text())
	}
	sum := sha256.Sum256([]byte(mark.String()))
	p.Mark = hex.EncodeToString(sum[:8])
	told, begun := map[string]bool{}, map[entryKey]bool{}
	for _, c := range codes {
		told[c.Code], begun[keyOf(c)] = true, true
		old, there := stored[keyOf(c)]
		switch {
		case !there:
			p.Changes = append(p.Changes, CodeChange{Kind: "added", Code: c.Code, New: c.text()})
		case old.text() == c.text():
			p.Same++
		default:
			p.Changes = append(p.Changes, CodeChange{Kind: "changed", Code: c.Code, Old: old.text(), New: c.text()})
		}
	}
	for i, c := range codes {
		if old, there := open[c.Code]; there && !begun[keyOf(old)] {
			amiss.At(fmt.Sprint("line ", i+2), "codes.begun_otherwise", "Line", i+2, "Code", c.Code, "Day", old.From.String())
		}
	}
	for _, code := range slices.Sorted(maps.Keys(open)) {
		if !told[code] {
			p.Changes = append(p.Changes, CodeChange{Kind: "ended", Code: code, Old: open[code].text()})
		}
	}
	return p, amiss.OrNil()
}

// entryKey names an entry of a list: the same code may stand for one period after another.
type entryKey struct {
	code string
	from when.Day
}

func keyOf(c Code) entryKey { return entryKey{c.Code, c.From} }

// CheckList reports entries of a list that contradict each other: a code that is told twice for
// the same days, or that ends before it begins. The fault names the lines, counted from 2 after
// the header.
func CheckList(codes []Code) error {
	f := fault.New(fault.Invalid, "codes.bad_rows")
	seen := map[string][]Code{}
	for i, c := range codes {
		line, name := i+2, fmt.Sprint("line ", i+2)
		if !c.To.Zero() && c.To.Before(c.From) {
			f.At(name, "codes.ends_first", "Line", line, "Code", c.Code)
		}
		for _, other := range seen[c.Code] {
			if overlap(c, other) {
				f.At(name, "codes.told_twice", "Line", line, "Code", c.Code)
				break
			}
		}
		seen[c.Code] = append(seen[c.Code], c)
	}
	return f.OrNil()
}

func overlap(a, b Code) bool {
	before := func(to, from when.Day) bool { return !to.Zero() && !from.Zero() && to.Before(from) }
	return !before(a.To, b.From) && !before(b.To, a.From)
}

// WriteList writes a list in the form that ReadList reads.
func WriteList(w io.Writer, codes []Code) error {
	out := csv.NewWriter(w)
	if err := out.Write(strings.Split(listHeader, ",")); err != nil {
		return err
	}
	for _, c := range codes {
		if err := out.Write([]string{c.Code, c.Name.Vi, c.Name.En, c.From.String(), c.To.String(), c.LegalBasis}); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

const listHeader = "code,vi,en,valid_from,valid_to,legal_basis"
