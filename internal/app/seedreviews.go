package app

import (
	"strings"

	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/observatory"
	"chonoi/internal/programme"
	"chonoi/internal/programme/review"
	"chonoi/internal/when"
)

// seedReviews plants an issued monthly review of the seed city's plan and the draft of an interim one.
func (h *House) seedReviews(tx *db.Tx, p *programme.Plan) error {
	if err := observatory.FollowIn(tx); err != nil {
		return err
	}
	today := when.DayOf(tx.Now)
	for _, v := range []*programme.Review{
		{Kind: "monthly", From: today.AddDays(-30), To: today, AsOf: today, Symbol: "31/BC-SKHCN", Issued: today, Signer: "Lâm Thị Kế", SignerAs: "Phó Giám đốc", Authority: "KT. Giám đốc"},
		{Kind: "interim", From: p.Issued, To: today, AsOf: today},
	} {
		v.Plan, v.Owner, v.Public, v.Place = p.ID, p.Owner, true, "Cần Thơ"
		v.Title = lang.Both{Vi: h.Words.T(lang.Vi, "review.usual_title", "Kind", h.Words.T(lang.Vi, "review.of_"+v.Kind), "Symbol", p.Symbol, "Date", lang.Date(lang.Vi, today.Start())),
			En: h.Words.T(lang.En, "review.usual_title", "Kind", h.Words.T(lang.En, "review.of_"+v.Kind), "Symbol", p.Symbol, "Date", lang.Date(lang.En, today.Start()))}
		v.Superior, v.Issuer = "Ủy ban nhân dân thành phố (bản trình diễn)", "Sở Khoa học và Công nghệ (bản trình diễn)"
		v.SentTo = "Ủy ban nhân dân thành phố (để báo cáo)\nCác cơ quan chủ trì\nLưu: VT"
		layout, err := h.Layouts.In("state", today)
		if err != nil {
			return err
		}
		v.Layout = layout.Name
		figures, err := h.Programme.Freeze(tx, h.Measures, v)
		if err != nil {
			return err
		}
		words := review.Written(h.Words, []*programme.Plan{p}, v, figures)
		if v.Symbol != "" {
			for i := range words {
				words[i].Text.Vi = strings.ReplaceAll(words[i].Text.Vi, programme.Blank, "đang rà soát")
				words[i].Text.En = strings.ReplaceAll(words[i].Text.En, programme.Blank, "under review")
			}
		}
		if err := programme.BeginReview(tx, planter, v, figures, words); err != nil {
			return err
		}
		if v.Symbol == "" {
			continue
		}
		kept, err := programme.Reviews.Get(tx, v.ID)
		if err != nil {
			return err
		}
		if err := programme.IssueReview(tx, planter, kept); err != nil {
			return err
		}
	}
	return nil
}
