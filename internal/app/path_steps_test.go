package app_test

import (
	"fmt"
	"strings"
)

const (
	save   = `main form[action^="/offers/"] .row > button.btn:not(.line)`
	submit = `form[action$="/submission"] button`
)

// step fails when the member does not stand at that step of the form.
func (p *path) step(n int, status int64) {
	p.Helper()
	at := fmt.Sprintf("/offers/%s/edit?step=%d", p.offer, n)
	if status == 422 {
		at = "/offers/" + p.offer
	}
	p.stands(p.member, at, status)
}

// post fills the draft step by step. Two things go wrong: a needed fact stays empty, and the price
// is no number at first.
func (p *path) post() {
	p.Helper()
	w := p.member
	w.follow(`.top a[href="/offers/new"]`)
	w.write("title_vi", "Máy tách vỏ lụa hạt sen "+p.model)
	w.write("title_en", "Lotus seed peeler "+p.model)
	w.press(`form[action="/offers"] button`)
	if _, rest, ok := strings.Cut(w.path(), "/offers/"); ok {
		p.offer, _, _ = strings.Cut(rest, "/")
	}
	p.step(1, 200)
	w.write("summary_vi", "Máy dùng khí nén tách vỏ lụa của hạt sen khô mà không làm vỡ hạt.")
	w.write("summary_en", "The machine peels dry lotus seeds by compressed air and does not break them.")
	w.tick("subjects", "food_processing")
	w.press(save)
	p.step(2, 200)
	w.write("problem_vi", "Tách vỏ bằng tay chậm và làm vỡ nhiều hạt.")
	w.write("advantage_vi", "Nhanh hơn nhiều.")
	w.press(save)
	p.step(3, 200)
	w.choose("trl", "6")
	w.write("trl_evidence_vi", "Máy chạy thử ba tháng tại một xưởng.")
	w.press(save)
	p.step(4, 200)
	w.choose("ip_status", "know_how")
	w.choose("state_money", "no")
	w.press(save)
	p.step(5, 200)
	w.tick("objects", "solution")
	w.choose("transfer_right", "use_non_exclusive")
	w.press(save)
	p.step(6, 200)
	p.wrongPrice()
	p.step(7, 200)
	w.follow(`main a.btn[href$="step=8"]`)
	p.step(8, 200)
	w.press(save)
	p.step(9, 200)
}

// wrongPrice types a price that is no number, then mends it.
func (p *path) wrongPrice() {
	p.Helper()
	w := p.member
	w.choose("price_kind", "fixed")
	w.write("price", "khoảng 85 triệu")
	w.write("delivery_vi", "45 ngày từ khi ký")
	w.press(save)
	p.step(6, 422)
	for what, selector := range map[string]string{
		"what was typed": `#price[value="khoảng 85 triệu"][aria-invalid=true]`, "what was typed elsewhere": `#delivery_vi[value="45 ngày từ khi ký"]`,
		"the error beside the input": ".field:has(#price) #price-e", "the error in the summary": `#errs a[href="#price"]`,
	} {
		if !w.has(selector) {
			p.Errorf("after a price that is no number, %s is missing: %s", what, w.text("main .errsum"))
		}
	}
	w.jump(`#errs a[href="#price"]`)
	w.write("price", "85.000.000")
	w.press(save)
}

// submitIncompleteThenComplete submits twice: the first time the page names what is missing and
// leads to it.
func (p *path) submitIncompleteThenComplete() {
	p.Helper()
	w := p.member
	w.press(submit)
	p.stands(w, "/offers/"+p.offer+"/submission", 422)
	if !w.has("#errs") {
		p.Error("an incomplete listing: no summary of what is amiss")
	}
	to := `section[aria-labelledby=h-missing] a[href$="step=2#conditions_vi"]`
	p.says(w, to, "Điều kiện")
	w.follow(to)
	w.write("conditions_vi", "Điện một pha, máy nén khí từ 3 mã lực.")
	w.press(save)
	p.step(3, 200)
	w.follow(`.steps a[href$="step=9"]`)
	w.press(submit)
	p.stands(w, "/offers/"+p.offer, 200)
	p.says(w, "main [role=status]", "Tin đã gửi duyệt")
}

// takeUp leads the officer from the desk to the listing and puts it on their desk.
func (p *path) takeUp() {
	p.Helper()
	w, at := p.officer, "/desk/reviews/offer/"+p.offer
	w.open("/desk")
	w.follow(`a[href="/desk?queue=first"]`)
	for !w.has(`main section a[href="` + at + `"]`) {
		w.follow(`main a[href*="queue=first&after="], main a[rel=next]`)
	}
	w.follow(`main section a[href="` + at + `"]`)
	w.press(`button[formaction$="/taking_up"]`)
	p.stands(w, at, 200)
}

// returned sends the listing back; without a reason that is refused.
func (p *path) returned() {
	p.Helper()
	p.takeUp()
	w := p.officer
	w.write("note", "Hãy ghi năng suất đo được.")
	w.unfold(`details:has(button[formaction$="/return"]) > summary`)
	w.press(`button[formaction$="/return"]`)
	p.stands(w, "/desk/reviews/offer/"+p.offer+"/return", 422)
	if !strings.Contains(w.text("textarea[name=note]"), "Hãy ghi năng suất") || !w.has("#reasons-e") {
		p.Error("a return without a reason: what was typed or the error is missing")
	}
	w.tick("reasons", "too_vague")
	w.press(`button[formaction$="/return"]`)
	if w.status() != 200 {
		p.Fatalf("return: status %d at %s", w.status(), w.path())
	}
}

// mend reads why the listing came back, mends it and submits it again.
func (p *path) mend() {
	p.Helper()
	w := p.member
	w.open(p.letter(p.model, "Hãy ghi năng suất đo được"))
	p.stands(w, "/offers/"+p.offer, 200)
	w.open("/desk/mine")
	own := `article:has(h3 a[href="/offers/` + p.offer + `"]) `
	p.says(w, own, "Mô tả quá chung chung, thiếu số liệu")
	p.says(w, own, "Hãy ghi năng suất đo được.")
	w.follow(own + `a[href*="/edit"]`)
	p.says(w, "main .note", "thiếu số liệu")
	w.follow(`.steps a[href$="step=2"]`)
	w.write("advantage_vi", "60 kg một giờ thay cho 5 kg làm tay, đo ngày 12/08/2026; tỷ lệ vỡ giảm từ 18% còn 3%.")
	w.write("advantage_en", "60 kg an hour instead of 5 kg by hand, measured on 12/08/2026; broken seeds down from 18% to 3%.")
	w.press(save)
	p.step(3, 200)
	w.follow(`.steps a[href$="step=9"]`)
	w.press(submit)
	p.stands(w, "/offers/"+p.offer, 200)
}

// published ticks the checklist, tells the class and publishes; below TRL 7 one look is enough.
func (p *path) published() {
	p.Helper()
	p.takeUp()
	w := p.officer
	for _, item := range p.s.Codes.Of("checklist_offer") {
		w.tick("checked", item.Code)
	}
	w.choose("class", "free")
	w.press(`button[formaction$="/publication"]`)
	if w.status() != 200 {
		p.Fatalf("publication: status %d at %s: %s", w.status(), w.path(), w.text("main .errsum"))
	}
}

// renewed confirms each fact that goes stale; without that it is refused.
func (p *path) renewed() {
	p.Helper()
	w := p.member
	w.open(p.letter(p.model, "đã hết hạn"))
	w.follow(`main a[href$="/renewal"]`)
	w.press(`form[action$="/renewal"] .row button`)
	p.stands(w, "/offers/"+p.offer+"/renewal", 422)
	for _, fact := range []string{"trl", "ip_status", "price_kind", "price", "royalty", "delivery"} {
		if !w.has(`#errs a[href="#confirm-` + fact + `"]`) {
			p.Errorf("the renewal does not ask to confirm %s", fact)
		}
		w.tick("confirm."+fact, "1")
	}
	w.press(`form[action$="/renewal"] .row button`)
	p.stands(w, "/offers/"+p.offer, 200)
	p.says(w, "main [role=status]", "180 ngày")
}
