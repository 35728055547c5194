package app

import (
	"bytes"
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/dossier"
	"chonoi/internal/exchange/route"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/file"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/when"
)

// seedContract says how far the contract about a need of the farm has come.
type seedContract struct {
	need, wish string
	object     string
	class      route.Class
	money      route.Money
	signed     int // days ago
	to         string
}

// seedContracts plants deals whose contract was signed, in every stage after it: the institute answered
// needs of the farm.
func (h *House) seedContracts(tx *db.Tx, seller, buyer account.Actor, organisations map[string]string) error {
	for _, one := range []seedContract{
		{"uoc-khoi-luong-ca-trong-ao", "Cung cấp camera và phần mềm ước khối lượng cá", "Camera nổi, phần mềm ước khối lượng và bộ dữ liệu huấn luyện", route.Free, route.AllState, 12, deal.Due},
		{"khu-mui-bun-ca-tra", "Chuyển giao quy trình lọc nước khử mùi", "Quy trình vận hành bể lọc khử mùi trước thu hoạch", route.Free, route.AllState, 40, deal.Filed},
		{"cho-an-tu-dong-ao-ca-tra", "Cung cấp máy cho ăn theo sức ăn", "Năm máy cho ăn theo cảm biến, phần mềm và tài liệu vận hành", route.Free, route.NoState, 75, deal.Performing},
		{"giam-bun-nuoc-thai-ao-ca-tra", "Chuyển giao hệ xử lý bùn thành phân", "Hệ tách bùn và quy trình ủ, hai mô-đun", route.Encouraged, route.NoState, 430, deal.Completed},
		{"hao-hut-uong-ca-tra-bot", "Chuyển giao quy trình ương cá bột", "Quy trình ương cá bột trong bể tuần hoàn", route.Free, route.NoState, 160, deal.Disputed},
	} {
		needs, err := exchange.Needs.Find(tx, `WHERE external_id = ? AND owner = ?`, one.need, organisations["ben-nuoc"])
		if err != nil {
			return err
		}
		if len(needs) == 0 {
			return fmt.Errorf("deal about %s: no such need", one.need)
		}
		if !needs[0].Floor() {
			continue
		}
		if err := h.seedContract(tx, seller, buyer, needs[0].ID, one); err != nil {
			return fmt.Errorf("deal about %s: %w", one.need, err)
		}
	}
	return nil
}

func (h *House) seedContract(tx *db.Tx, seller, buyer account.Actor, need string, one seedContract) error {
	e := &deal.Enquiry{Kind: "need", Listing: need, Cooperation: []string{"licence"}, Wish: one.wish, Unclear: "Diện tích ao, nguồn điện và người vận hành",
		About: "Viện nghiên cứu có xưởng chế tạo và 14 kỹ sư, đã chuyển giao cho sáu trại nuôi", Timing: "Trong quý"}
	e.Owner = seller.Memberships[0].Organisation
	if err := h.Deals.Ask(tx, seller, e); err != nil {
		return err
	}
	if err := h.Deals.Accept(tx, buyer, e); err != nil {
		return err
	}
	asked, err := deal.Enquiries.Get(tx, e.ID)
	if err != nil {
		return err
	}
	officer, err := h.seedActor(tx, "canbo@so-khcn.example")
	if err != nil {
		return err
	}
	s := &signing{h: h, tx: tx, id: asked.Deal, seller: seller, buyer: buyer, officer: officer, today: when.DayOf(tx.Now), seedContract: one}
	for _, do := range []func() error{s.agree, s.conclude, s.sign, s.goOn} {
		if err := do(); err != nil {
			return err
		}
	}
	return nil
}

// signing plants the way of a contract.
type signing struct {
	h                      *House
	tx                     *db.Tx
	id                     string
	seller, buyer, officer account.Actor
	today                  when.Day
	seedContract
}

func (s *signing) as(a account.Actor, do func(*deal.Room) error) error {
	r, err := deal.Enter(s.tx, a, s.id)
	if err != nil {
		return err
	}
	return do(r)
}

func (s *signing) agree() error {
	t := &terms.Terms{Object: s.object, Right: "use_non_exclusive", Territory: "Thành phố và các tỉnh Đồng bằng sông Cửu Long", Months: 48,
		Payment: terms.Payment{Mode: terms.Combination, Sum: 480_000_000, Rate: "3", Base: terms.NetRevenue, Years: 3,
			Instalments: []terms.Instalment{{Share: 4000, When: "ký hợp đồng"}, {Share: 6000, When: "nghiệm thu"}}},
		Methods: []string{"documents", "training", "machines"}, TrainingDays: 6, Trainees: 5, Support: "Kỹ sư đến trong 48 giờ", Warranty: 18, Improvements: "maker_cross_licence",
		Penalty: "Chậm giao phạt 0,1% giá trị mỗi ngày, không quá 8%", Dispute: "mediation_arbitration",
		Milestones: []terms.Milestone{{Method: "documents", What: "Giao tài liệu và bản vẽ", Due: s.today.AddDays(30 - s.signed)}, {Method: "machines", What: "Lắp đặt, chạy thử", Due: s.today.AddDays(80 - s.signed)},
			{Method: "training", What: "Đào tạo và nghiệm thu", Due: s.today.AddDays(110 - s.signed)}}}
	err := s.as(s.seller, func(r *deal.Room) error {
		_, err := s.h.Deals.Offer(s.tx, s.seller, r, t, "Theo buổi khảo sát tại trại.", when.Day{})
		return err
	})
	if err != nil {
		return err
	}
	if s.money != route.NoState {
		err := s.as(s.buyer, func(r *deal.Room) error {
			return s.h.Deals.Evaluate(s.tx, s.buyer, r, deal.Evaluation{By: "Tổ chuyên gia của Hội Nghề cá thành phố", On: s.today.AddDays(-s.signed - 20), Examined: "Chạy thử 10 ngày tại một ao 4.000 m²",
				Findings: "Kết quả đạt mức nêu trong tin, sai số 4%.", Verdict: "fit"})
		})
		if err != nil {
			return err
		}
	}
	_, digest := t.Write()
	return s.as(s.buyer, func(r *deal.Room) error { return s.h.Deals.AcceptTerms(s.tx, s.buyer, r, 1, digest) })
}

func (s *signing) conclude() error {
	return s.as(s.officer, func(r *deal.Room) error {
		_, err := s.h.Deals.Conclude(s.tx, s.officer, r, route.Facts{Class: s.class, Direction: route.Domestic, StateMoney: s.money, Day: s.today},
			"Đã đối chiếu phụ lục của nghị định: không thuộc danh mục hạn chế, cấm.")
		return err
	})
}

// sign brings the contract and has both sides sign it.
func (s *signing) sign() error {
	var contract string
	err := s.as(s.seller, func(r *deal.Room) error {
		raw, err := s.paper(r)
		if err != nil {
			return err
		}
		stored, err := s.h.Files.Put(s.tx.Context(), bytes.NewReader(raw), file.PutOptions{MaxBytes: 30 << 20})
		if err != nil {
			return err
		}
		one := &deal.Document{Attachment: record.Attachment{Name: "hop-dong-da-ky.docx", Title: lang.Both{Vi: "Hợp đồng đã ký"}}, Audience: deal.ForBoth}
		err = s.h.Deals.Bring(s.tx, s.seller, r, one, stored)
		contract = one.ID
		return err
	})
	if err != nil {
		return err
	}
	for _, who := range []account.Actor{s.seller, s.buyer} {
		err := s.as(who, func(r *deal.Room) error {
			return s.h.Deals.SignContract(s.tx, who, r, contract, s.today.AddDays(-s.signed), when.Day{})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// paper is the term sheet as the signed contract of the demonstration.
func (s *signing) paper(r *deal.Room) ([]byte, error) {
	f, err := dossier.Gather(s.tx, s.h.Deals, r)
	if err != nil {
		return nil, err
	}
	layout, err := s.h.Layouts.In("state", s.today)
	if err != nil {
		return nil, err
	}
	var raw bytes.Buffer
	w := &dossier.Writer{Words: s.h.Words, Codes: s.h.Codes, Layout: layout}
	err = w.TermSheet(f).WriteDOCX(&raw)
	return raw.Bytes(), err
}

// goOn plants what happened after the signatures.
func (s *signing) goOn() error {
	ago := func(days int) when.Day { return s.today.AddDays(days - s.signed) }
	switch s.to {
	case deal.Filed:
		return s.as(s.buyer, func(r *deal.Room) error { return s.h.Deals.File(s.tx, s.buyer, r, ago(35)) })
	case deal.Performing, deal.Disputed:
		if err := s.confirm(1, ago(28)); err != nil {
			return err
		}
		err := s.as(s.seller, func(r *deal.Room) error {
			return s.h.Deals.Confirm(s.tx, s.seller, r, 2, ago(70), "Máy chạy đủ tải")
		})
		if err != nil || s.to == deal.Performing {
			return err
		}
		return s.as(s.buyer, func(r *deal.Room) error {
			return s.h.Deals.Raise(s.tx, s.buyer, r, "Tỷ lệ hao hụt đo ở bể 3 vẫn là 31%, cao hơn mức 25% đã thống nhất; đề nghị đo lại cùng nhau.")
		})
	case deal.Completed:
		for n, days := range []int{25, 76, 108} {
			if err := s.confirm(int64(n+1), ago(days)); err != nil {
				return err
			}
		}
		return s.afterwards()
	}
	return nil
}

func (s *signing) confirm(n int64, on when.Day) error {
	for _, who := range []account.Actor{s.seller, s.buyer} {
		if err := s.as(who, func(r *deal.Room) error { return s.h.Deals.Confirm(s.tx, who, r, n, on, "") }); err != nil {
			return err
		}
	}
	return nil
}

// afterwards plants the report of the first year, a payment, and the review of the receiver.
func (s *signing) afterwards() error {
	year := int64(s.today.AddDays(-s.signed).Year)
	err := s.as(s.buyer, func(r *deal.Room) error {
		_, err := s.h.Deals.ReportSales(s.tx, s.buyer, r, year, terms.Sales{Revenue: 2_150_000_000})
		return err
	})
	if err != nil {
		return err
	}
	err = s.as(s.buyer, func(r *deal.Room) error {
		return s.h.Deals.Pay(s.tx, s.buyer, r, "instalment-1", s.today.AddDays(3-s.signed), "UNC 0412")
	})
	if err != nil {
		return err
	}
	err = s.as(s.seller, func(r *deal.Room) error { return s.h.Deals.Receive(s.tx, s.seller, r, "instalment-1") })
	if err != nil {
		return err
	}
	return s.as(s.buyer, func(r *deal.Room) error {
		return s.h.Deals.Judge(s.tx, s.buyer, r, deal.Review{AsTold: 5, InTime: 4, Support: 5, Again: true, Words: "Bàn giao đúng hẹn, kỹ sư ở lại thêm ba ngày."})
	})
}
