package app

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// seedRegisters plants policies in each state, briefings, and procedures that were cut or delegated.
func (h *House) seedRegisters(tx *db.Tx, p *programme.Plan, organisations map[string]string) error {
	today := when.DayOf(tx.Now)
	for i, one := range []struct{ vi, en, theme, state string }{
		{"Hỗ trợ hợp tác xã chi phí thử nghiệm công nghệ", "Support for cooperatives that test technology", "application", "consulting"},
		{"Quỹ phát triển khoa học và công nghệ thành phố", "City fund for science and technology", "finance", "in_force"},
		{"Ưu đãi nhà đầu tư vào khu công nghệ cao", "Incentives for investors in the hi-tech park", "investment", "in_force"},
		{"Thưởng môi giới cho hợp đồng chuyển giao", "Premium for brokers of transfer contracts", "transfer", "drafting"},
		{"Hỗ trợ đăng ký sáng chế", "Support for patent filings", "ip_protection", "issued"},
		{"Phiếu tư vấn chuyển đổi số", "Vouchers for digital advice", "digital_high_tech", "ended"},
	} {
		policy := &programme.Policy{Title: lang.Both{Vi: one.vi, En: one.en}, Theme: one.theme, Plan: p.ID, Clause: "II.2-2#1", Public: true, ConsultedFrom: today.AddDays(-90), Opinions: int64(7 * i)}
		policy.State, policy.Owner = one.state, organisations["so-khcn"]
		if one.state == "issued" || one.state == "in_force" || one.state == "ended" {
			policy.Symbol, policy.Issuer, policy.Issued = "0"+string(rune('1'+i))+"/2026/NQ-HĐND", "Hội đồng nhân dân thành phố (bản trình diễn)", today.AddDays(-60)
			policy.InForce = today.AddDays(-50)
		}
		if one.state == "ended" {
			policy.Ended, policy.ReplacedBy = today.AddDays(-5), "11/2026/NQ-HĐND"
		}
		if err := h.Programme.KeepPolicy(tx, planter, nil, policy); err != nil {
			return err
		}
	}
	for i, one := range []struct{ kind, vi, en, place string }{
		{"briefing", "Hội nghị quán triệt kế hoạch phát triển thị trường khoa học và công nghệ", "Briefing on the plan", "Hội trường Sở Khoa học và Công nghệ"},
		{"communication", "Chuyên mục công nghệ cho nhà nông trên đài địa phương", "Programme on farm technology on local radio", "Đài phát thanh"},
		{"briefing", "Buổi sinh hoạt chuyên đề tại phường Bến Ninh", "Session in Ben Ninh ward", "Nhà văn hóa phường"},
	} {
		a := &programme.Activity{Kind: one.kind, Title: lang.Both{Vi: one.vi, En: one.en}, Plan: p.ID, Held: today.AddDays(-30 * (i + 1)), Place: one.place, Attendance: int64(140 - 40*i), Reach: int64(3000 * i), Public: true}
		a.Owner = organisations["so-khcn"]
		if err := programme.LogActivity(tx, planter, a); err != nil {
			return err
		}
	}
	for _, c := range []*programme.ProcedureChange{
		{Kind: "cut", Title: lang.Both{Vi: "Xác nhận hồ sơ giấy khi đăng tin chào bán công nghệ", En: "Paper confirmation of offers"}, Before: 5, Decision: "112/QĐ-UBND", Decided: today.AddDays(-70), Public: true},
		{Kind: "simplified", Title: lang.Both{Vi: "Đăng ký hợp đồng chuyển giao công nghệ", En: "Registration of transfer contracts"}, Before: 15, After: 5, Decision: "113/QĐ-UBND", Decided: today.AddDays(-64), Public: true},
		{Kind: "delegated", Title: lang.Both{Vi: "Cấp giấy chứng nhận doanh nghiệp khoa học và công nghệ", En: "Certificates of S&T firms"}, DelegatedTo: "Sở Khoa học và Công nghệ", Decision: "114/QĐ-UBND", Decided: today.AddDays(-41), Public: true},
	} {
		c.Owner = organisations["so-khcn"]
		if err := programme.LogChange(tx, planter, c); err != nil {
			return err
		}
	}
	return h.seedUnplanned(tx, p, organisations)
}

// seedUnplanned plants tasks that came up beyond the plan: one done, one under way, one overdue.
func (h *House) seedUnplanned(tx *db.Tx, p *programme.Plan, organisations map[string]string) error {
	today, office := when.DayOf(tx.Now), account.Actor{ID: planter.ID, Roles: []account.Role{account.ProgrammeOffice}}
	for i, one := range []struct{ body, vi, en, by, basis, clause string }{
		{"so-khcn", "Chuẩn bị gian trưng bày công nghệ của thành phố tại hội chợ cấp vùng", "Prepare the city's stand at the regional technology fair", "Ủy ban nhân dân thành phố", "Thông báo 88/TB-UBND", "II.2-2#1"},
		{"ubnd-phuong-ben-ninh", "Rà soát nhu cầu máy sấy lúa của hộ dân sau đợt mưa lớn", "Survey the need for rice dryers after the heavy rain", "Chủ tịch Ủy ban nhân dân thành phố", "", ""},
		{"so-khcn", "Báo cáo nhanh về an toàn thông tin của sàn giao dịch", "Brief report on information security of the exchange", "Bộ Khoa học và Công nghệ", "Công văn 1207/BKHCN-CNTT", ""},
	} {
		u := &programme.Unplanned{Title: lang.Both{Vi: one.vi, En: one.en}, Plan: p.ID, Clause: one.clause, GivenBy: one.by, Basis: one.basis, Given: today.AddDays(-40 - 10*i), Due: today.AddDays(20 - 15*i), Public: true}
		u.Owner = organisations[one.body]
		if err := h.Programme.LogUnplanned(tx, office, u); err != nil {
			return err
		}
		if i == 0 {
			if err := programme.EndUnplanned(tx, office, u, today.AddDays(-3), "Gian trưng bày 36 m², 12 công nghệ"); err != nil {
				return err
			}
		}
	}
	return nil
}
