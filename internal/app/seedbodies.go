package app

import (
	"time"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/registry"
	"chonoi/internal/when"
)

// seedBodies plants what changed among the bodies of the seed city: a class of bodies that a plan may
// name in one word, and an office that ended, whose task waits for somebody to confirm who takes it.
func (h *House) seedBodies(tx *db.Tx, p *programme.Plan, organisations map[string]string) error {
	class := registry.Class{Key: "ubnd_cap_xa", Words: lang.Both{Vi: "Ủy ban nhân dân các xã, phường", En: "People's committees of communes and wards"}, Aliases: []string{"UBND các xã, phường", "Ủy ban nhân dân cấp xã"}}
	if err := registry.AddClass(tx, planter.ID, class); err != nil {
		return err
	}
	for _, body := range []string{"ubnd-phuong-ben-ninh", "ubnd-xa-vam-rach"} {
		if err := registry.AddMember(tx, planter.ID, class.Key, organisations[body], when.Day{Year: 2025, Month: time.July, Date: 1}); err != nil {
			return err
		}
	}
	office := &registry.Organisation{Kind: "department", Place: "can_tho", Name: lang.Both{Vi: "Văn phòng Điều phối chuyển đổi số thành phố (bản trình diễn)", En: "City Digital Transformation Office (demo)"}, ShortName: "VP Điều phối CĐS"}
	office.Source = "seed"
	if err := registry.Plant(tx, planter.ID, office); err != nil {
		return err
	}
	today := when.DayOf(tx.Now)
	order := programme.Order{Clause: "II.2-2#1", Body: office.ID, Role: programme.Lead, Basis: p.Symbol, From: p.From, Due: today.AddDays(38), DueBasis: p.Symbol + ", II.2-2#1"}
	if err := h.Programme.Assign(tx, planter, p, order); err != nil {
		return err
	}
	return registry.Succeed(tx, planter.ID, registry.Succession{From: []string{office.ID}, To: []string{organisations["so-khcn"]}, Kind: "merge", On: today.AddDays(-20), Decision: "31/QĐ-UBND"})
}
