package app

import (
	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

// seedRounds plants two rounds with findings in each state, and opinions of which some are shown.
func (h *House) seedRounds(tx *db.Tx, p *programme.Plan, organisations map[string]string) error {
	today := when.DayOf(tx.Now)
	holder := account.Actor{ID: planter.ID, Name: planter.Name, Roles: []account.Role{account.Supervisor}}
	supervision := &programme.Round{Kind: "supervision", Plan: p.ID, Subject: lang.Both{Vi: "Giám sát việc vận hành sàn giao dịch công nghệ", En: "Supervision of the technology exchange"},
		Holder: "Hội đồng nhân dân thành phố (bản trình diễn)", Decision: "18/QĐ-HĐND", Members: "Trưởng đoàn: Nguyễn Thị Giám\nThành viên: Lê Văn Sát", Begins: today.AddDays(-60), Ends: today.AddDays(-40), Public: true, Clauses: "II.2-1#1 II.2-1#2", Bodies: organisations["so-khcn"] + " " + organisations["so-nong-nghiep"]}
	criticism := &programme.Round{Kind: "criticism", Plan: p.ID, Subject: lang.Both{Vi: "Phản biện dự thảo chính sách hỗ trợ thử nghiệm công nghệ", En: "Criticism of the draft policy on testing technology"},
		Holder: "Ủy ban Mặt trận Tổ quốc thành phố (bản trình diễn)", Decision: "07/KH-MTTQ", Begins: today.AddDays(-12), Public: true}
	for _, r := range []*programme.Round{supervision, criticism} {
		r.Owner = organisations["so-nong-nghiep"]
		if err := programme.HoldRound(tx, holder, r); err != nil {
			return err
		}
	}
	for i, f := range []struct {
		round *programme.Round
		words string
		body  string
		due   int
		state string
	}{
		{supervision, "Quy trình kiểm tra tin chưa nêu thời hạn trả lời người đăng. Đề nghị bổ sung.", "so-khcn", -25, "closed"},
		{supervision, "Danh mục nhu cầu công nghệ của hợp tác xã chưa có. Đề nghị hoàn thành.", "so-nong-nghiep", -10, "open"},
		{supervision, "Chưa công bố số nhu cầu đã trả lời trong quý III. Đề nghị công bố.", "so-khcn", 6, "answered"},
		{criticism, "Mức hỗ trợ thử nghiệm chưa nêu căn cứ tính. Đề nghị làm rõ.", "so-khcn", 20, "open"},
		{criticism, "Chưa nêu cách chọn hợp tác xã được thử nghiệm. Đề nghị quy định rõ.", "so-nong-nghiep", 5, "returned"},
	} {
		one := &programme.Finding{Words: f.words, Due: today.AddDays(f.due)}
		one.Owner = organisations[f.body]
		if i == 1 {
			one.Clause = "II.2-1#1"
		}
		if err := programme.AddFinding(tx, holder, f.round, one); err != nil {
			return err
		}
		if f.state == "open" {
			continue
		}
		if err := answerSeed(tx, holder, one.ID, f.state); err != nil {
			return err
		}
	}
	return h.seedOpinions(tx, p, organisations)
}

// answerSeed answers a finding; the answer is accepted, or returned, or waits.
func answerSeed(tx *db.Tx, holder account.Actor, id, state string) error {
	f, err := programme.Findings.Get(tx, id)
	if err != nil {
		return err
	}
	if err := programme.AnswerFinding(tx, planter, f, "Đã bổ sung vào quy trình và công bố trên sàn."); err != nil || state == "answered" {
		return err
	}
	if f, err = programme.Findings.Get(tx, id); err != nil {
		return err
	}
	return programme.DecideAnswer(tx, holder, f, state == "closed", "Trả lời chưa nêu văn bản và ngày ban hành.", when.Day{})
}

// seedOpinions plants opinions in each state: some wait to be looked at, some are shown, one of them
// answered, one is refused; the last came by a letter.
func (h *House) seedOpinions(tx *db.Tx, p *programme.Plan, organisations map[string]string) error {
	for i, one := range []struct{ words, name, refusal, answer string }{
		{"Nên có buổi trình diễn vào cuối tuần để bà con đi xem được.", "Nguyễn Văn Dân", "", "Sở tiếp thu; buổi trình diễn tháng sau tổ chức vào sáng thứ bảy."},
		{"Danh mục nhu cầu cần cập nhật hằng tháng.", "", "", ""},
		{"Mong sàn có số điện thoại hỗ trợ cho hợp tác xã.", "Trần Thị Mười", "", ""},
		{"Mua máy sấy giá rẻ gọi ngay cho tôi.", "", "advertising", ""},
		{"Nên công khai tiến độ từng quý.", "Lê Văn Út", "waiting", ""},
		{"Đề nghị tổ chức trình diễn ở cả các xã vùng xa.", "", "waiting", ""},
	} {
		o := &programme.Opinion{Plan: p.ID, Clause: "II.2-1#2", Words: one.words, Name: one.name}
		say := func() error { return programme.Say(tx, planter, o) }
		if i == 5 {
			say = func() error { return programme.SayByLetter(tx, o, "nguoi-dan@vi-du.example", lang.Vi) }
		}
		if err := say(); err != nil {
			return err
		}
		if one.refusal == "waiting" {
			continue
		}
		if err := programme.Moderate(tx, planter, o, one.refusal); err != nil {
			return err
		}
		if one.answer == "" {
			continue
		}
		kept, err := programme.Opinions.Get(tx, o.ID)
		if err != nil {
			return err
		}
		if err := programme.Reply(tx, planter, kept, organisations["so-nong-nghiep"], lang.Both{Vi: one.answer}); err != nil {
			return err
		}
	}
	return nil
}
