package app

import (
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// seedFollow plants the reminders of this morning, and two letters that urge: one was issued, of the
// other the draft is at hand.
func (h *House) seedFollow(tx *db.Tx, organisations map[string]string) error {
	today := when.DayOf(tx.Now)
	for _, body := range []string{"so-khcn", "so-nong-nghiep", "ubnd-phuong-ben-ninh", "ubnd-xa-vam-rach"} {
		if err := h.FollowUp.Leave(tx, organisations[body], today); err != nil {
			return err
		}
	}
	if err := h.seedUrging(tx, organisations["so-nong-nghiep"], organisations["so-khcn"], "215/SKHCN-VP"); err != nil {
		return err
	}
	return h.seedUrging(tx, organisations["ubnd-xa-vam-rach"], organisations["so-khcn"], "")
}

// seedUrging plants a letter to a body about all that it has overdue, which is issued when it has a symbol.
func (h *House) seedUrging(tx *db.Tx, body, owner, symbol string) error {
	today := when.DayOf(tx.Now)
	overdue, err := programme.OverdueOf(tx, body, today)
	if err != nil {
		return err
	}
	var tasks []string
	for _, t := range overdue {
		tasks = append(tasks, t.ID)
	}
	layout, err := h.Layouts.In("state", today)
	if err != nil {
		return err
	}
	names, err := h.Programme.Bodies.Names(tx, today, body, owner)
	if err != nil {
		return err
	}
	u := &programme.Urging{Body: body, Layout: layout.Name, Symbol: symbol, Place: "Cần Thơ", Superior: "Ủy ban nhân dân thành phố (bản trình diễn)", Authority: "KT. Giám đốc", SignerAs: "Phó Giám đốc", Signer: "Lâm Thị Kế"}
	u.Owner = owner
	h.FollowUp.Usual(u, names[body].In(lang.Vi), names[owner].In(lang.Vi), len(tasks), today)
	if symbol != "" {
		u.Closing = strings.ReplaceAll(u.Closing, programme.Blank, lang.Date(lang.Vi, today.AddDays(15).Start()))
	}
	if err := programme.DraftUrging(tx, planter, u, tasks); err != nil || symbol == "" {
		return err
	}
	kept, err := programme.Urgings.Get(tx, u.ID)
	if err != nil {
		return err
	}
	return programme.IssueUrging(tx, planter, kept)
}
