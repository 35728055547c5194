package app

import (
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/licence"
	"chonoi/internal/lang"
)

// seedLicences plants a technology that the institute lets everybody use, and a licence that the farm took.
func (h *House) seedLicences(tx *db.Tx, organisations map[string]string) error {
	seller, err := h.seedActor(tx, "quanly@song-hau.example")
	if err != nil {
		return err
	}
	buyer, err := h.seedActor(tx, "muahang@ben-nuoc.example")
	if err != nil {
		return err
	}
	offers, err := exchange.Offers.Find(tx, `WHERE external_id = 'tham-so-say-lua-hai-giai-doan' AND owner = ?`, organisations["song-hau"])
	if err != nil || len(offers) == 0 || !offers[0].Floor() {
		return err
	}
	one := &licence.Offer{Green: true, Conditions: lang.Both{Vi: "Dùng trong cơ sở của mình tại thành phố, ghi nguồn Viện Công nghệ Sau thu hoạch Sông Hậu, gửi lại số liệu một vụ.",
		En: "Use at one's own site in the city, with the Song Hau Institute of Postharvest Technology named as its source, and the figures of one season sent back."}}
	one.Owner = organisations["song-hau"]
	if err := h.Licences.Set(tx, seller, offers[0], one); err != nil {
		return err
	}
	_, err = h.Licences.Take(tx, buyer, one, organisations["ben-nuoc"], licence.Digest(one.Conditions))
	return err
}
