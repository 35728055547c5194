package registry

import (
	"regexp"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// Class is words that documents use for a number of bodies, such as "Các quận ủy, huyện ủy": which
// ones, depends on the day.
type Class struct {
	Key     string
	Words   lang.Both
	Aliases []string // other words for the same
	Note    string
}

var classForm = regexp.MustCompile(`^[a-z0-9][a-z0-9_]{0,63}$`)

// AddClass adds a class of bodies under a new key.
func AddClass(tx *db.Tx, actor account.ID, c Class) error {
	c.Words, c.Note = lang.Both{Vi: lang.Clean(c.Words.Vi), En: lang.Clean(c.Words.En)}, lang.Clean(c.Note)
	var aliases []string
	for _, alias := range c.Aliases {
		if alias = lang.Clean(alias); alias != "" && !strings.Contains(alias, "\n") {
			aliases = append(aliases, alias)
		}
	}
	f := fault.New(fault.Invalid, "body.invalid")
	if !classForm.MatchString(c.Key) {
		f.At("key", "body.bad_key")
	}
	if c.Words.Vi == "" {
		f.At("words_vi", "field.needed")
	}
	if c.Words.En == "" {
		f.At("words_en", "field.needed")
	}
	for field, text := range map[string]string{"words_vi": c.Words.Vi, "words_en": c.Words.En, "aliases": strings.Join(aliases, "\n"), "note": c.Note} {
		if len([]rune(text)) > 2000 {
			f.At(field, "body.too_long")
		}
	}
	if err := f.OrNil(); err != nil {
		return err
	}
	have, err := Classes(tx, c.Key)
	if err != nil {
		return err
	}
	if len(have) > 0 {
		return invalid("key", "body.key_taken")
	}
	if err := insertClass(tx, c, strings.Join(aliases, "\n")); err != nil {
		return err
	}
	return classNote(tx, actor, "class.added", c.Key, ledger.Change{Field: "words_vi", New: c.Words.Vi}, ledger.Change{Field: "words_en", New: c.Words.En})
}

// AddMember tells that a body belongs to a class from a day on.
func AddMember(tx *db.Tx, actor account.ID, class, body string, from when.Day) error {
	if from.Zero() {
		return invalid("from", "field.needed")
	}
	have, err := Classes(tx, class)
	if err != nil {
		return err
	}
	if len(have) == 0 {
		return fault.New(fault.NotFound, "record.not_found")
	}
	if body == "" {
		return invalid("body", "field.needed")
	}
	if err := mustKnow(tx, "body", body); err != nil {
		return err
	}
	last, err := lastMembership(tx, class, body)
	if err != nil {
		return err
	}
	if last.ID != "" && (last.To == "" || last.From >= from.String() || last.To >= from.String()) {
		return invalid("body", "body.member_already")
	}
	if err := insertMember(tx, class, body, from.String()); err != nil {
		return err
	}
	return classNote(tx, actor, "class.member_added", class, ledger.Change{Field: "body", New: body}, ledger.Change{Field: "from", New: from.String()})
}

// EndMember tells the last day on which a body belongs to a class.
func EndMember(tx *db.Tx, actor account.ID, class, body string, to when.Day) error {
	if to.Zero() {
		return invalid("to", "field.needed")
	}
	last, err := lastMembership(tx, class, body)
	if err != nil {
		return err
	}
	if last.ID == "" || last.To != "" {
		return invalid("body", "body.no_member")
	}
	if to.String() < last.From {
		return invalid("to", "body.days_in_order")
	}
	if err := closePeriod(tx, "class_member", last.ID, to.String()); err != nil {
		return err
	}
	return classNote(tx, actor, "class.member_ended", class, ledger.Change{Field: "body", New: body}, ledger.Change{Field: "to", New: to.String()})
}

func classNote(tx *db.Tx, actor account.ID, act, class string, change ...ledger.Change) error {
	_, err := ledger.Append(tx, ledger.Note{Actor: string(actor), Act: act, Kind: "class_term", ID: class, Change: change})
	return err
}
