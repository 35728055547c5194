package app

import (
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
)

// derivedSeed is a programme of the seed that a body wrote itself, and which clauses above it carries out.
type derivedSeed struct {
	body   string
	name   lang.Both
	issuer string
	items  []string
	links  []programme.Link // of its clauses to those of the city's plan
}

var derivedSeeds = []derivedSeed{
	{body: "ubnd-xa-vam-rach", name: lang.Both{Vi: "Chương trình đưa công nghệ về xã Vàm Rạch", En: "Vam Rach commune: technology for farms"},
		issuer: "Ủy ban nhân dân xã Vàm Rạch (bản trình diễn)",
		items:  []string{"Lập danh sách hợp tác xã cần công nghệ tưới tiết kiệm nước", "Cử cán bộ theo dõi chương trình và báo cáo hằng quý"},
		links:  []programme.Link{{Clause: "1#1", Place: "II.2-1#1", Relation: programme.Implements}, {Clause: "2#1", Place: "III.1#1", Relation: programme.Implements}}},
	{body: "so-nong-nghiep", name: lang.Both{Vi: "Chương trình công nghệ cho hợp tác xã", En: "Technology for cooperatives"},
		issuer: "Sở Nông nghiệp và Môi trường thành phố (bản trình diễn)",
		items:  []string{"Lập danh mục nhu cầu công nghệ của hợp tác xã", "Tổ chức các buổi trình diễn công nghệ tại hợp tác xã", "Tập huấn ghi nhật ký sản xuất bằng điện thoại"},
		links:  []programme.Link{{Clause: "1#1", Place: "II.2-1#1", Relation: programme.Implements}, {Clause: "2#1", Place: "II.2-1#2", Relation: programme.Continues}}},
}

// seedDerived plants programmes that bodies of the seed wrote themselves, linked to the city's plan,
// each with a task of the body's own.
func (h *House) seedDerived(tx *db.Tx, above *programme.Plan, organisations map[string]string) error {
	for _, one := range derivedSeeds {
		p := programme.Plan{Name: one.name, Kind: "CHƯƠNG TRÌNH", Issuer: one.issuer, Parent: above.ID, Public: true}
		p.Owner = organisations[one.body]
		made, err := h.Programme.Write(tx, planter, p, one.items)
		if err != nil {
			return err
		}
		links := make([]programme.Link, len(one.links))
		for i, l := range one.links {
			l.Plan, l.Parent = made.ID, above.ID
			links[i] = l
		}
		if err := programme.Connect(tx, planter, links...); err != nil {
			return err
		}
		order := programme.Order{Clause: "1#1", Body: organisations[one.body], Role: programme.Lead, Basis: made.Symbol, From: made.From}
		if err := h.Programme.Assign(tx, planter, made, order); err != nil {
			return err
		}
	}
	return nil
}
