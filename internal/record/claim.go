package record

import (
	"slices"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/when"
)

// ClaimKinds are what a listing claims and a buyer wants proven, as in the list claim_kinds.
var ClaimKinds = []string{"transfer_right", "ip_title", "trl", "test_result", "reference", "revenue"}

// ClaimLevels are how far a claim is proven, from bare word to a third party's confirmation.
var ClaimLevels = []string{"stated", "document", "officer", "third_party"}

// Claim is one statement of a record with its level of proof: who saw what, when, until when, and
// the file behind it.
type Claim struct {
	ID         string
	Kind       string // of the record
	Record     string
	Claim      string // one of ClaimKinds
	Proof      string // one of ClaimLevels, as it was given
	Statement  lang.Both
	Attachment string
	ThirdParty string
	CheckedBy  account.ID
	Checked    time.Time
	Until      when.Day // last day on which the proof holds; zero: without end
}

// LevelOn returns the level of proof on a day. A proof that has run out falls back to what is
// still there: to a document seen when there is a file, else to a bare statement.
func (c Claim) LevelOn(day when.Day) string {
	if c.Until.Zero() || !day.After(c.Until) {
		return c.Proof
	}
	if c.Attachment != "" && c.Proof != "stated" && c.Proof != "document" {
		return "document"
	}
	return "stated"
}

// Expired reports whether the proof has run out on that day.
func (c Claim) Expired(day when.Day) bool { return c.LevelOn(day) != c.Proof }

// check reports what is amiss with a claim as its owner or an officer tells it.
func (c Claim) check() error {
	f := fault.New(fault.Invalid, "claim.invalid")
	if !slices.Contains(ClaimKinds, c.Claim) {
		f.At("claim", "claim.unknown_kind")
	}
	if !slices.Contains(ClaimLevels, c.Proof) {
		f.At("level", "claim.unknown_level")
	}
	if c.Statement.Empty() {
		f.At("statement_vi", "field.needed")
	}
	if c.Proof == "document" && c.Attachment == "" {
		f.At("attachment", "claim.needs_file")
	}
	if c.Proof == "third_party" && c.ThirdParty == "" {
		f.At("third_party", "claim.needs_third_party")
	}
	return f.OrNil()
}

// PutClaim keeps a claim as its owner states it: the level is what the owner can give, stated or
// document. A changed statement loses the check that an officer made of the former one.
func PutClaim(tx *db.Tx, actor account.ID, c *Claim) error {
	c.Proof, c.CheckedBy, c.Checked, c.Until, c.ThirdParty = "stated", "", time.Time{}, when.Day{}, ""
	return putClaim(tx, actor, "claim.stated", c)
}

// CheckClaim records that an officer has seen the document, checked the claim, or holds a third
// party's confirmation, until a day.
func CheckClaim(tx *db.Tx, officer account.ID, id, level, thirdParty string, until when.Day) error {
	c, err := claim(tx, id)
	if err != nil {
		return err
	}
	c.Proof, c.ThirdParty, c.Until, c.CheckedBy, c.Checked = level, thirdParty, until, officer, tx.Now
	return putClaim(tx, officer, "claim.checked", c)
}

// CopyClaim keeps a claim with its level as an import or a seed tells it.
func CopyClaim(tx *db.Tx, actor account.ID, c *Claim) error {
	return putClaim(tx, actor, "claim.copied", c)
}

func putClaim(tx *db.Tx, actor account.ID, act string, c *Claim) error {
	if err := c.check(); err != nil {
		return err
	}
	old := "" // told in words of the stored form
	if c.ID == "" {
		c.ID = db.NewID(tx.Now)
	} else if before, err := claim(tx, c.ID); err == nil {
		old = before.text()
	}
	if err := storeClaim(tx, c); err != nil {
		return err
	}
	_, err := ledger.Append(tx, ledger.Note{Actor: string(actor), Act: act, Kind: c.Kind, ID: c.Record,
		Change: []ledger.Change{{Field: "claim." + c.Claim, Old: old, New: c.text()}}})
	return err
}

func (c *Claim) text() string {
	text := c.Proof + ": " + c.Statement.Vi + " | " + c.Statement.En
	if !c.Until.Zero() {
		text += " | " + c.Until.String()
	}
	return text
}
