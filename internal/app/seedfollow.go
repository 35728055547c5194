package app

import (
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// seedFollowUp gives the ward tasks of its own plan of which it is reminded, leaves the letters of this
// morning, and
// plants an issued letter that urges what is overdue, and the draft of another one.
func (h *House) seedFollowUp(tx *db.Tx, ward *programme.Plan, organisations map[string]string) error {
	today, body := when.DayOf(tx.Now), organisations["ubnd-phuong-ben-ninh"]
	for i, clause := range []string{"I.1#1", "I.2#1", "II_1#1"} {
		order := programme.Order{Clause: clause, Body: body, Role: programme.Lead, Basis: ward.Symbol, From: ward.From, Due: today.AddDays([]int{-1, 7, 14}[i]), DueBasis: ward.Symbol}
		if err := h.Programme.Assign(tx, planter, ward, order); err != nil {
			return err
		}
	}
	for _, one := range []string{"so-khcn", "so-nong-nghiep", "ubnd-phuong-ben-ninh"} {
		if err := h.FollowUp.Leave(tx, organisations[one], today); err != nil {
			return err
		}
	}
	layout, err := h.Layouts.In("state", today)
	if err != nil {
		return err
	}
	for _, u := range []*programme.Urging{
		{Body: organisations["so-nong-nghiep"], Symbol: "215/SKHCN-VP", Signer: "Lâm Thị Kế", SignerAs: "Phó Giám đốc", Authority: "KT. Giám đốc"},
		{Body: organisations["ubnd-xa-vam-rach"]},
	} {
		if err := h.seedUrging(tx, u, organisations["so-khcn"], layout.Name); err != nil {
			return err
		}
	}
	return nil
}

// seedUrging drafts a letter about all that its body has overdue; one that has its symbol is issued.
func (h *House) seedUrging(tx *db.Tx, u *programme.Urging, owner, layout string) error {
	today := when.DayOf(tx.Now)
	overdue, err := programme.OverdueOf(tx, u.Body, today)
	if err != nil {
		return err
	}
	var ids []string
	for _, t := range overdue {
		ids = append(ids, t.ID)
	}
	u.Owner, u.Layout, u.Place, u.Superior = owner, layout, "Cần Thơ", "Ủy ban nhân dân thành phố (bản trình diễn)"
	if err := h.FollowUp.Usual(tx, u, len(ids)); err != nil {
		return err
	}
	if u.Symbol != "" {
		u.Closing = strings.ReplaceAll(u.Closing, programme.Blank, lang.Date(lang.Vi, today.AddDays(15).Start()))
	}
	if err := programme.DraftUrging(tx, planter, u, ids); err != nil || u.Symbol == "" {
		return err
	}
	kept, err := programme.Urgings.Get(tx, u.ID)
	if err != nil {
		return err
	}
	return programme.IssueUrging(tx, planter, kept)
}
