package app_test

import (
	"fmt"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/field"
	"chonoi/internal/when"
)

// plantDeals has the owner's organisation ask about a listing and talk in a deal: all words of both are
// its own people's and the officers' alone, the programme office has no part in them.
func (f *flock) plantDeals(tx *db.Tx, s *app.Server, v robbed, owner string) error {
	enquiry, deal, mandate, listing := db.NewID(tx.Now), db.NewID(tx.Now), db.NewID(tx.Now), ""
	call, sealed := db.NewID(tx.Now), db.NewID(tx.Now)
	if err := tx.QueryRow(`SELECT id FROM offer WHERE external_id = 'may-say-xoai-bom-nhiet-kin'`).Scan(&listing); err != nil {
		return err
	}
	today := when.DayOf(tx.Now).String()
	common := map[string]any{"enquiry": enquiry, "deal": deal, "mandate": mandate, "kind": "offer", "listing": listing, "version": 1, "created_by": "system", "source": "", "external_id": "", "expires_on": "",
		"shown": "", "owner": owner, "at": when.Micro(tx.Now), "by_account": string(v.id), "side": "supplier", "n": 1, "digest": "x"}
	edition, err := s.Deals.Law.On(when.DayOf(tx.Now))
	if err != nil {
		return err
	}
	planted := len(f.all)
	sum := func(column string) int64 { return f.sum(column, field.OwnerOnly, 0, 1<<50) }
	written := func(table string) string {
		return fmt.Sprintf(`{"object":"%s","right":"use_exclusive","territory":"%s","payment":{"mode":"lump_sum","sum":%d}}`,
			f.word(table+".terms", field.OwnerOnly), f.word(table+".terms", field.OwnerOnly), f.sum(table+".terms", field.OwnerOnly, 0, 1<<50))
	}
	for _, row := range []struct {
		table string
		told  map[string]any
	}{
		{"enquiry", map[string]any{"id": enquiry, "number": "YC-2071-0001", "state": "questioned", "holder": owner, "cooperation": "", "budget_min": f.sum("enquiry.budget_min", field.OwnerOnly, 0, 1<<50),
			"budget_max": f.sum("enquiry.budget_max", field.OwnerOnly, 0, 1<<50), "due_on": today, "delivered_at": 1, "answered_by": "", "reason": "", "deal": deal}},
		{"enquiry_question", map[string]any{"id": db.NewID(tx.Now), "asked_by": "", "asked_at": 1, "answered_at": 1, "answered_by": ""}},
		{"enquiry_notice", map[string]any{"step": "due", "due_on": today}},
		{"deal", map[string]any{"id": deal, "number": "GD-2071-0001", "state": "negotiating", "supplier": owner, "receiver": "", "nda": "proposed", "nda_until": "", "ended_on": "", "reason": "", "moved_at": when.Micro(tx.Now)}},
		{"deal_person", map[string]any{"id": db.NewID(tx.Now), "account": string(v.id), "since": 1, "until": 0, "added_by": ""}},
		{"deal_entry", map[string]any{"id": db.NewID(tx.Now), "audience": "supplier", "kind": "message", "held_on": "", "about": ""}},
		{"deal_nda", map[string]any{"proposal": 1, "act": "proposed"}},
		{"deal_version", map[string]any{"terms": written("deal_version"), "ended": ""}},
		{"deal_clause", map[string]any{"clause": "object"}},
		{"deal_legal", map[string]any{"edition": edition.Edition, "class": "free", "direction": "domestic", "state_money": "no", "outcome": "voluntary", "told_by": "", "day": today,
			"approval_on": "", "agreed_on": "", "signed_on": "", "due_on": today, "filed_on": "", "paper_on": "", "effective_on": ""}},
		{"deal_signature", map[string]any{"attachment": "", "signed_on": today}},
		{"deal_sheet", map[string]any{"terms": written("deal_sheet"), "rests_on": "1"}},
		{"deal_contract", map[string]any{"contract": fmt.Sprintf(`{"title":"%s","supplier":{"name":""},"receiver":{"name":""},"clauses":[{"content":1,"vi":"%s","en":"%s"}]}`,
			f.word("deal_contract.contract", field.OwnerOnly), f.word("deal_contract.contract", field.OwnerOnly), f.word("deal_contract.contract", field.OwnerOnly))}},
		{"deal_evaluation", map[string]any{"id": db.NewID(tx.Now), "evaluated_on": today, "verdict": "fit", "attachment": ""}},
		{"deal_valuation", map[string]any{"id": db.NewID(tx.Now), "valued_on": today, "method": "income", "valid_until": "", "attachment": "", "low": sum("deal_valuation.low"), "high": sum("deal_valuation.high")}},
		{"deal_confirmation", map[string]any{"done_on": today}},
		{"deal_dispute", map[string]any{"before": "performing", "proposed_by": "supplier", "ended_at": 0}},
		{"deal_report", map[string]any{"year": 2070, "sales": fmt.Sprintf(`{"Invoiced":%d}`, sum("deal_report.sales")), "sum": sum("deal_report.sum"), "confirmed_at": 0}},
		{"deal_payment", map[string]any{"item": "instalment-1", "paid_on": today, "received_at": 0, "received_by": ""}},
		{"deal_survey", map[string]any{"months": 6, "producing": 1, "since": today, "revenue": sum("deal_survey.revenue"), "jobs": sum("deal_survey.jobs")}},
		{"deal_review", map[string]any{"as_told": 4, "in_time": 4, "support": 4, "again": 1}},
		{"free_offer", map[string]any{"id": mandate, "number": "PB-2071-0001", "state": "closed", "green": 0}},
		{"free_licence", map[string]any{"id": db.NewID(tx.Now), "number": "CP-2071-0001", "state": "granted", "offer": mandate, "giver": owner}},
		{"sale", map[string]any{"id": mandate, "number": "MB-2071-0001", "state": "draft", "mode": "call", "use_right": "ownership", "reserve": sum("sale.reserve"), "deposit": sum("sale.deposit"), "start_price": sum("sale.start_price"),
			"opens_at": when.Micro(tx.Now), "closes_at": when.Micro(tx.Now.AddDate(0, 0, 9)), "leader": "", "winner": "", "deal": "", "reason": ""}},
		{"sale", map[string]any{"id": call, "number": "MB-2071-0002", "state": "open", "mode": "call", "use_right": "ownership", "published_at": when.Micro(tx.Now), "title_vi": "Máy sấy xoài", "title_en": "", "territory": "", "conditions_vi": "", "conditions_en": "",
			"reserve": sum("sale.reserve"), "opens_at": when.Micro(tx.Now), "closes_at": when.Micro(tx.Now.AddDate(0, 0, 9)), "leader": "", "winner": "", "deal": "", "reason": "", "note": ""}},
		{"sale", map[string]any{"id": sealed, "number": "MB-2071-0003", "state": "awarded", "mode": "sealed_bids", "result_open": 0, "use_right": "ownership", "published_at": when.Micro(tx.Now), "title_vi": "Máy sấy ổi", "title_en": "", "territory": "", "conditions_vi": "", "conditions_en": "",
			"reserve": sum("sale.reserve"), "price": sum("sale.price"), "leader": "", "winner": "", "deal": "", "reason": "", "note": ""}},
		{"sale_bidder", map[string]any{"id": db.NewID(tx.Now), "number": "NM-2071-0003", "state": "admitted", "sale": sealed, "place": 1, "affirmed": "", "price": sum("sale_bidder.price")}},
		{"sale_bidder", map[string]any{"id": db.NewID(tx.Now), "number": "NM-2071-0001", "state": "admitted", "sale": call, "place": 1, "affirmed": "", "price": sum("sale_bidder.price"), "placed_at": 1, "committed_at": 1}},
		{"sale_bidder", map[string]any{"id": deal, "number": "NM-2071-0002", "state": "admitted", "sale": mandate, "place": 1, "affirmed": "", "price": sum("sale_bidder.price"), "placed_at": 1, "committed_at": 1}},
		{"sale_bid", map[string]any{"sale": mandate, "bidder": deal, "price": sum("sale_bid.price")}},
		{"sale_deposit", map[string]any{"id": db.NewID(tx.Now), "bidder": deal, "act": "received", "price": sum("sale_deposit.price"), "on_day": today}},
		{"sale_criterion", map[string]any{"sale": mandate, "weight": 100}},
		{"sale_mark", map[string]any{"bidder": deal, "mark": 50}},
		{"intermediary", map[string]any{"id": db.NewID(tx.Now), "number": "TG-2071-0001", "state": "suspended", "kind": "exchange", "services": "", "staff": 5, "registered_on": today}},
		{"mandate", map[string]any{"id": mandate, "number": "UQ-2071-0001", "state": "in_force", "broker": "", "proposed_by": owner, "from_on": today, "until_on": today, "fee_kind": "fixed", "fee_rate": "", "fee_sum": sum("mandate.fee_sum")}},
		{"deal_broker", nil},
		{"broker_task", map[string]any{"id": db.NewID(tx.Now), "due_on": today, "done_at": 0}},
		{"broker_fee", map[string]any{"sum": sum("broker_fee.sum"), "billed_on": today, "paid_on": "", "paid_by": ""}},
	} {
		if err := f.plantRow(tx, s, row.table, common, row.told); err != nil {
			return fmt.Errorf("%s: %w", row.table, err)
		}
	}
	for what, id := range map[string]string{"enquiries": enquiry, "deals": deal, "mandates": mandate} {
		f.id(what, id, field.OwnerOnly)
	}
	for i := range f.all[planted:] {
		f.all[planted+i].programme = false
	}
	f.ids["versions"] = []string{"1"}
	return nil
}
