package app

import (
	"fmt"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/deal"
	"chonoi/internal/exchange/route"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/when"
)

// seedDeal says how far an enquiry about an offer of the institute has come, or one about a need of the
// farm.
type seedDeal struct {
	listing, wish string
	anonymous     bool
	to            string // delivered, questioned, declined, agreed, or a state of a deal
}

// seedDeals plants enquiries and deals in every stage, between the institute and the catfish farm.
func (h *House) seedDeals(tx *db.Tx, organisations map[string]string) error {
	seller, err := h.seedActor(tx, "quanly@song-hau.example")
	if err != nil {
		return err
	}
	buyer, err := h.seedActor(tx, "muahang@ben-nuoc.example")
	if err != nil {
		return err
	}
	for _, one := range []seedDeal{
		{"may-tach-mui-mit", "Thuê máy trong một mùa để thử với 20 tấn mít", false, deal.Delivered},
		{"bot-vo-xoai-giau-xo", "Mua quy trình làm bột từ vỏ xoài", false, deal.Questioned},
		{"giay-doi-mau-ethylene", "Mua 50.000 nhãn báo chín mỗi tháng", false, deal.Declined},
		{"kho-mat-vach-xo-dua", "Cùng dựng một kho mát thử nghiệm", true, deal.Agreed},
		{"tui-khi-quyen-xoai-di-bien", "Mua quyền sử dụng cho lô xuất khẩu đầu tiên", false, deal.Begun},
		{"go-nghe-do-chin-sau-rieng", "Thử thiết bị tại điểm thu mua", false, deal.Evaluating},
		{"buong-hoi-nuoc-nong-diet-ruoi", "Mua một buồng 3 tấn", false, deal.Drafting},
		{"may-say-xoai-bom-nhiet-kin", "Mua 2 máy và quyền chế tạo", false, deal.Negotiating},
		{"silo-kin-nito-bao-quan-gao", "Mua silo kín cho kho 200 tấn", false, deal.TermsAgreed},
		{"tham-so-say-lua-hai-giai-doan", "Mua bộ thông số sấy", false, deal.Stopped},
	} {
		offers, err := exchange.Offers.Find(tx, `WHERE external_id = ? AND owner = ?`, one.listing, organisations["song-hau"])
		if err != nil {
			return err
		}
		if len(offers) == 0 {
			return fmt.Errorf("deal about %s: no such offer", one.listing)
		}
		if !offers[0].Floor() {
			continue
		}
		if err := h.seedDeal(tx, seller, buyer, offers[0].ID, one); err != nil {
			return fmt.Errorf("deal about %s: %w", one.listing, err)
		}
	}
	return h.seedContracts(tx, seller, buyer, organisations)
}

// seedActor is one of the demonstration's people.
func (h *House) seedActor(tx *db.Tx, email string) (account.Actor, error) {
	who, err := h.Accounts.ByEmail(tx, email)
	if err != nil {
		return account.Actor{}, err
	}
	return account.Actor{ID: who.ID, Name: who.Name, Email: who.Email, Roles: who.Roles, Memberships: who.Memberships}, nil
}

func (h *House) seedDeal(tx *db.Tx, seller, buyer account.Actor, offer string, one seedDeal) error {
	e := &deal.Enquiry{Kind: "offer", Listing: offer, Cooperation: []string{"sale", "licence"}, Wish: one.wish, Unclear: "Công suất thật, chi phí điện và điều kiện bảo hành",
		About: "Cơ sở chế biến nông thủy sản, 120 lao động, có xưởng 1.800 m²", BudgetMin: 300_000_000, BudgetMax: 900_000_000, Timing: "Quý I/2027"}
	e.Owner, e.Anonymous = buyer.Memberships[0].Organisation, one.anonymous
	if err := h.Deals.Ask(tx, buyer, e); err != nil {
		return err
	}
	again := func() *deal.Enquiry {
		now, err := deal.Enquiries.Get(tx, e.ID)
		if err != nil {
			return e
		}
		return now
	}
	switch one.to {
	case deal.Delivered:
		return nil
	case deal.Questioned:
		return h.Deals.Question(tx, seller, again(), "Mỗi ngày cơ sở có bao nhiêu vỏ xoài, đã rửa hay chưa?")
	case deal.Declined:
		return h.Deals.Decline(tx, seller, again(), "no_capacity", "Xưởng in nhãn kín đơn đến tháng 6/2027.")
	case deal.Agreed:
		return h.Deals.Accept(tx, seller, again())
	}
	if err := h.Deals.Accept(tx, seller, again()); err != nil || one.to == deal.Begun {
		return err
	}
	return h.seedRoom(tx, seller, buyer, again().Deal, one)
}

// seedRoom plants what happened in the room of a deal until its stage.
func (h *House) seedRoom(tx *db.Tx, seller, buyer account.Actor, id string, one seedDeal) (err error) {
	today := when.DayOf(tx.Now)
	enter := func(a account.Actor) *deal.Room {
		r, wrong := deal.Enter(tx, a, id)
		if wrong != nil && err == nil {
			err = wrong
		}
		return r
	}
	steps := []func() error{
		func() error {
			return h.Deals.Write(tx, seller, enter(seller), deal.Entry{Kind: "visit", Words: "Đoàn bên nhận xem máy chạy tại xưởng, sấy thử một mẻ 300 kg.", Held: today.AddDays(-6)}, false)
		},
	}
	if one.to != deal.Evaluating {
		steps = append(steps,
			func() error {
				return h.Deals.Propose(tx, seller, enter(seller), "Hai bên giữ kín bản vẽ, thông số và giá của nhau trong hai năm.", today.AddDays(730))
			},
			func() error {
				all, err := deal.SignaturesOf(tx, id)
				if err != nil {
					return err
				}
				return h.Deals.Sign(tx, buyer, enter(buyer), all[len(all)-1].Digest)
			},
			func() error {
				_, err := h.Deals.Offer(tx, seller, enter(seller), seedTerms(770_000_000, "6", 5), "Giá gồm lắp đặt và chạy thử.", today.AddDays(20))
				return err
			})
	}
	switch one.to {
	case deal.Negotiating:
		steps = append(steps,
			func() error {
				_, err := h.Deals.Offer(tx, buyer, enter(buyer), seedTerms(750_000_000, "5", 8), "Đề nghị phí 5% vì sản lượng năm đầu chưa chắc, và thêm 3 ngày đào tạo cho ca đêm.", today.AddDays(12))
				return err
			},
			func() error {
				_, err := h.Deals.Offer(tx, seller, enter(seller), seedTerms(750_000_000, "6", 5), "Giảm giá máy 2,6% nếu đặt cọc trước 15/12.", today.AddDays(20))
				return err
			},
			func() error {
				return h.Deals.Write(tx, buyer, enter(buyer), deal.Entry{Kind: "message", Words: "Giới hạn của mình là 5,5%."}, true)
			})
	case deal.TermsAgreed, deal.Drafting:
		steps = append(steps, func() error {
			all, err := deal.Versions(tx, id)
			if err != nil {
				return err
			}
			return h.Deals.AcceptTerms(tx, buyer, enter(buyer), 1, all[0].Digest)
		})
	case deal.Stopped:
		steps = append(steps, func() error { return h.Deals.Stop(tx, buyer, enter(buyer), "closed_outside", "") })
	}
	if one.to == deal.Drafting {
		officer, wrong := h.seedActor(tx, "canbo@so-khcn.example")
		if wrong != nil {
			return wrong
		}
		steps = append(steps, func() error {
			_, err := h.Deals.Conclude(tx, officer, enter(officer), route.Facts{Class: route.Free, Direction: route.Domestic, StateMoney: route.AllState, Day: today},
				"Đã đối chiếu phụ lục của nghị định: không thuộc danh mục hạn chế, cấm. Bên nhận nộp hồ sơ tại Sở.")
			return err
		})
	}
	for _, do := range steps {
		if wrong := do(); wrong != nil {
			return wrong
		}
	}
	return err
}

func seedTerms(sum int64, rate string, training int64) *terms.Terms {
	return &terms.Terms{Object: "Hai máy sấy bơm nhiệt kín kèm bản vẽ, quy trình vận hành và phần mềm điều khiển", Right: "use_non_exclusive", Territory: "Đồng bằng sông Cửu Long", Months: 60,
		Payment: terms.Payment{Mode: terms.Combination, Sum: sum, Rate: rate, Base: terms.NetRevenue, Years: 3,
			Instalments: []terms.Instalment{{Share: 3000, When: "đặt cọc"}, {Share: 5000, When: "giao máy"}, {Share: 2000, When: "nghiệm thu"}}},
		Methods: []string{"documents", "training", "machines"}, Milestones: []terms.Milestone{{Method: "machines", What: "Lắp đặt và chạy thử tại xưởng bên nhận"}, {Method: "training", What: "Đào tạo hai ca vận hành"}},
		TrainingDays: training, Trainees: 4, Support: "Kỹ sư có mặt trong 48 giờ", Warranty: 24, Improvements: "maker_cross_licence", Penalty: "Chậm giao phạt 0,1% giá trị mỗi ngày, không quá 8%", Dispute: "mediation_arbitration"}
}
