package app

import (
	"chonoi/internal/db"
	"chonoi/internal/exchange/broker"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

// seedBrokers plants the register of intermediaries with one entry in it and one that waits, and a mandate
// under which the registered one takes part in a deal.
func (h *House) seedBrokers(tx *db.Tx, organisations map[string]string) error {
	between, err := h.seedActor(tx, "moigioi@cau-noi.example")
	if err != nil {
		return err
	}
	seller, err := h.seedActor(tx, "quanly@song-hau.example")
	if err != nil {
		return err
	}
	officer, err := h.seedActor(tx, "canbo@so-khcn.example")
	if err != nil {
		return err
	}
	one := &broker.Intermediary{Kind: "promotion_centre", Services: []string{"brokerage", "consulting", "promotion"}, Staff: 9,
		Facilities: lang.Both{Vi: "Văn phòng tại Bến Ninh, phòng trình diễn 120 m², chín chuyên viên trong đó ba người có chứng chỉ định giá.", En: "Office in Bến Ninh, a show room of 120 m², nine advisers, three of them certified valuers."}}
	one.Owner = organisations["cau-noi-cong-nghe"]
	if err := h.Brokers.Apply(tx, between, one); err != nil {
		return err
	}
	if err := h.Brokers.Decide(tx, officer, one, "confirmed", ""); err != nil {
		return err
	}
	waits := &broker.Intermediary{Kind: "transaction_centre", Services: []string{"brokerage", "assessment"}, Staff: 6, Facilities: lang.Both{Vi: "Xưởng thử nghiệm và kho mẫu tại viện, sáu kỹ sư chuyển giao."}}
	waits.Owner = organisations["song-hau"]
	if err := h.Brokers.Apply(tx, seller, waits); err != nil {
		return err
	}
	today := when.DayOf(tx.Now)
	m := &deal.Mandate{Broker: one.Owner, Scope: "Tìm bên nhận cho các máy sấy, sắp xếp buổi xem máy và chuẩn bị hồ sơ. Không quyết định thay viện.", From: today.AddDays(-30), Until: today.AddDays(335), FeeKind: deal.FeePercent, FeeRate: "1.5"}
	m.Owner = organisations["song-hau"]
	if err := h.Deals.ProposeMandate(tx, seller, m); err != nil {
		return err
	}
	if err := h.Deals.SignMandate(tx, between, m); err != nil {
		return err
	}
	some, err := deal.Records.Find(tx, `WHERE state IN ('negotiating', 'performing') AND supplier = ? ORDER BY id`, m.Owner)
	if err != nil {
		return err
	}
	for _, one := range some {
		room, err := deal.Enter(tx, seller, one.ID)
		if err != nil {
			return err
		}
		if err := h.Deals.CallIn(tx, seller, room, m); err != nil {
			return err
		}
	}
	if len(some) == 0 {
		return nil
	}
	return h.Deals.AddErrand(tx, between, m, deal.Errand{Deal: some[0].ID, What: "Hẹn bên nhận xem máy chạy đủ tải, mang mẫu xoài tuyển", Due: today.AddDays(4)})
}
