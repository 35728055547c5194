package desk

import (
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/exchange/floor"
	"chonoi/internal/lang"
	"chonoi/internal/record"
	"chonoi/internal/web/webtest"
	"chonoi/internal/when"
)

// house serves the desk and the floor to the cast.
type house struct {
	*exchangetest.Site
}

func openHouse(t *testing.T) house {
	t.Helper()
	d := dbtest.Open(t, "sqlite", exchangetest.Schemas...)
	x, _ := exchangetest.OpenDesk(t, d)
	return house{exchangetest.Serve(t, d, x, slices.Concat(floor.Routes(x), Routes(x)), nil)}
}

// call sends a form of name, value pairs, follows no redirect, and tells where it would lead.
func (h house) call(who, method, path string, status int, form ...string) (text, to string) {
	h.Helper()
	values := url.Values{}
	for i := 0; i+1 < len(form); i += 2 {
		values.Add(form[i], form[i+1])
	}
	r, err := http.NewRequest(method, h.Base+path, strings.NewReader(values.Encode()))
	if err != nil {
		h.Fatal(err)
	}
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if who != "" {
		r.AddCookie(&http.Cookie{Name: "chonoi", Value: who})
	}
	answer, err := http.DefaultTransport.RoundTrip(r)
	if err != nil {
		h.Fatal(err)
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		h.Fatal(err)
	}
	if answer.StatusCode != status {
		h.Fatalf("%s %s: %d, want %d\n%s", method, path, answer.StatusCode, status, body)
	}
	return string(body), answer.Header.Get("Location")
}

func (h house) wants(text string, pieces ...string) {
	h.Helper()
	for _, piece := range pieces {
		if !strings.Contains(text, piece) {
			h.Errorf("%q is not on the page", piece)
		}
	}
}

func (h house) lacks(text string, pieces ...string) {
	h.Helper()
	for _, piece := range pieces {
		if strings.Contains(text, piece) {
			h.Errorf("%q is on the page", piece)
		}
	}
}

// ticked is a form in which every item of the checklist is ticked.
func (h house) ticked(more ...string) []string {
	for _, item := range h.X.Codes.Of("checklist_offer") {
		more = append(more, "checked", item.Code)
	}
	return more
}

func TestTheDeskLeadsFromOneReviewToTheNext(t *testing.T) {
	h := openHouse(t)
	text, _ := h.call("an", "GET", "/desk", 200)
	h.wants(text, "Không có việc nào chờ ở đây", "chưa có lượt duyệt nào để đo")
	first := exchangetest.HandedIn(t, h.DB, h.X, exchange.Typed{"description_vi": {"Khuấy hỗn hợp ở 60 °C trong 4 giờ."}, "anonymous": {"1"}})
	second := exchangetest.HandedIn(t, h.DB, h.X, nil)
	path := "/desk/reviews/offer/" + first.ID
	for _, one := range []struct {
		who    string
		status int
	}{{"", 303}, {"lan", 403}, {"watch", 200}, {"an", 200}, {"hoa", 200}} {
		h.call(one.who, "GET", "/desk", one.status)
		h.call(one.who, "GET", path, one.status)
	}
	text, _ = h.call("an", "GET", "/en/desk", 200)
	h.wants(text, "First reviews", path, first.Number, "Song Hau Institute", "days left")
	text, _ = h.call("hoa", "GET", path, 200)
	h.wants(text, "Bạn thuộc tổ chức đăng tin")
	h.lacks(text, path+"/taking_up")
	text, _ = h.call("watch", "GET", path, 200)
	h.wants(text, "không ra quyết định")
	text, _ = h.call("an", "GET", path, 200)
	h.wants(text, path+"/taking_up", "<mark>Khuấy hỗn hợp ở 60 °C trong 4 giờ</mark>", "Đăng ẩn danh", "đã được xác minh", "Viện Công nghệ Sau thu hoạch Sông Hậu", `id="f-trl"`, "385 triệu đồng")
	h.call("watch", "POST", path+"/taking_up", 403)
	_, to := h.call("an", "POST", path+"/taking_up", 303)
	if to != path {
		t.Error(to)
	}
	text, _ = h.call("an", "POST", path+"/return", 422, "reasons", "other", "note", "", "checked", "complete", "class", "free")
	h.wants(text, `value="other" checked`, `value="complete" checked`, `value="free" selected`, `href="#note"`, "<title>Lỗi: ")
	text, _ = h.call("an", "POST", path+"/publication", 422, "note", "Giữ lời này")
	h.wants(text, "Giữ lời này", "Chọn loại công nghệ theo luật", `href="#checked"`)
	h.call("an", "POST", path+"/block", 403)
	if _, to = h.call("an", "POST", path+"/publication", 303, h.ticked("class", "free")...); to != "/desk/reviews/offer/"+second.ID {
		t.Error(to)
	}
	text, _ = h.call("binh", "POST", path+"/publication", 422, h.ticked("class", "free")...)
	h.wants(text, "Đang trên sàn")
	exchangetest.Follow(t, h.DB, h.X, "offer", first.ID)
	text, _ = h.call("an", "GET", to, 200)
	h.wants(text, "Giống ", first.Number, "của cùng đơn vị")
	h.call("an", "POST", to+"/taking_up", 303)
	if _, to = h.call("an", "POST", to+"/return", 303, "reasons", "duplicate"); to != "/desk" {
		t.Error(to)
	}
	text, _ = h.call("an", "GET", "/desk", 200)
	h.wants(text, "100%")
	h.call("an", "GET", "/desk/reviews/organisation/x", 404)
	h.call("an", "GET", "/desk/reviews/need/"+first.ID, 404)
}

func TestAnOfficerRecordsHowFarAClaimIsProven(t *testing.T) {
	h := openHouse(t)
	o := exchangetest.HandedIn(t, h.DB, h.X, nil)
	c := &record.Claim{Kind: "offer", Record: o.ID, Claim: "trl", Statement: lang.Both{Vi: "Chạy 14 tháng"}}
	exchangetest.Update(t, h.DB, func(tx *db.Tx) error { c.ID = ""; return record.PutClaim(tx, "lan", c) })
	path := "/desk/claims/" + c.ID
	form := []string{"kind", "offer", "record", o.ID}
	text, _ := h.call("an", "POST", path, 422, append(form, "level", "third_party", "valid_until", "2020-01-01")...)
	h.wants(text, `href="#valid_until-`+c.ID, `value="2020-01-01"`, `value="third_party" selected`)
	text, _ = h.call("an", "POST", path, 422, append(form, "level", "third_party")...)
	h.wants(text, `href="#third_party-`+c.ID)
	text, _ = h.call("an", "POST", path, 422, append(form, "level", "document")...)
	h.wants(text, `href="#level-`+c.ID)
	h.call("hoa", "POST", path, 403, append(form, "level", "officer")...)
	h.call("an", "POST", path, 404, "kind", "need", "record", o.ID, "level", "officer")
	h.call("an", "POST", "/desk/claims/other", 404, append(form, "level", "officer")...)
	until := when.DayOf(c.Checked.AddDate(2100, 0, 0)).String()
	h.call("an", "POST", path, 303, append(form, "level", "third_party", "third_party", "Trung tâm đo lường", "valid_until", until)...)
	text, _ = h.call("an", "GET", "/desk/reviews/offer/"+o.ID, 200)
	h.wants(text, "Trung tâm đo lường", `value="third_party" selected`)
}

func TestANeedIsAnsweredWithTheOffersThatFit(t *testing.T) {
	h := openHouse(t)
	o := exchangetest.HandedIn(t, h.DB, h.X, nil)
	exchangetest.Judged(t, h.DB, h.X, exchangetest.An, o.ID, "taking_up", exchange.Verdict{})
	exchangetest.Judged(t, h.DB, h.X, exchangetest.An, o.ID, "publication", exchangetest.Passing(h.X, "free"))
	exchangetest.Follow(t, h.DB, h.X, "offer", o.ID)
	n := &exchange.Need{}
	n.State, n.Owner, n.Title, n.Symptoms, n.Officer = exchange.Published, "tay-do", lang.Both{Vi: "Cần máy sấy xoài tiết kiệm điện"}, lang.Both{Vi: "Sấy điện trở tốn điện"}, "an"
	exchangetest.Update(t, h.DB, func(tx *db.Tx) error {
		n.ID, n.Number, n.ReplyDue = "", "", when.DayOf(tx.Now).AddDays(1)
		return exchange.Needs.New(tx, "system", "need.planted", n)
	})
	path := "/desk/needs/" + n.ID
	text, _ := h.call("an", "GET", "/desk/needs?which=mine", 200)
	h.wants(text, path, "Phụ trách: Bạn", "Còn 1 ngày")
	text, _ = h.call("an", "GET", "/desk/needs?which=late", 200)
	h.lacks(text, path)
	text, _ = h.call("em", "GET", path, 200)
	h.wants(text, o.Title.Vi, `name="offers" value="`+o.ID+`"`)
	text, _ = h.call("em", "POST", "/needs/"+n.ID+"/answer", 422, "answer", "found", "answer_note.vi", "", "offers", o.ID)
	h.wants(text, `value="found" checked`, `value="`+o.ID+`" checked`, `href="#answer_note_vi"`)
	h.call("watch", "POST", "/needs/"+n.ID+"/answer", 403)
	_, to := h.call("em", "POST", "/needs/"+n.ID+"/answer", 303, "answer", "found", "answer_note.vi", "Máy này đáp ứng.", "offers", o.ID)
	if to != "/desk/needs" {
		t.Error(to)
	}
	text, _ = h.call("", "GET", "/needs/"+n.ID, 200)
	h.wants(text, "Máy này đáp ứng.", o.Number, "http://floor.example/offers/"+o.ID)
	text, _ = h.call("em", "GET", path, 200)
	h.wants(text, "không có gì để quyết định")
}

func TestTheRulesTellEveryMove(t *testing.T) {
	h := openHouse(t)
	text, _ := h.call("", "GET", "/listing-rules", 200)
	for _, state := range exchange.States {
		if _, drawn := statePlaces[state]; !drawn {
			t.Errorf("%s has no place in the diagram", state)
		}
	}
	for _, m := range exchange.Moves() {
		if strings.Contains(text, "move."+m.Act) || strings.Contains(text, "rules.by_"+m.By) {
			t.Errorf("%s is not told", m.Act)
		}
	}
	for _, m := range drawnMoves {
		known := false
		for _, move := range exchange.Moves() {
			for _, from := range move.From {
				known = known || from == m[0] && move.To == m[1]
			}
		}
		if !known {
			t.Errorf("the diagram shows %v, which is no move", m)
		}
	}
	h.wants(text, "Đường đi của một tin", "<svg", "Bốn mức kiểm chứng", "Ai thấy gì")
	h.lacks(text, " style=")
}

func TestTheDeskIsReadableByAll(t *testing.T) {
	b := webtest.Open(t)
	h := openHouse(t)
	o := exchangetest.HandedIn(t, h.DB, h.X, exchange.Typed{"trl": {"8"}, "trl_evidence_vi": {"Chạy 14 tháng"}, "description_vi": {"Khuấy hỗn hợp ở 60 °C trong 4 giờ."}})
	c := &record.Claim{Kind: "offer", Record: o.ID, Claim: "trl", Statement: lang.Both{Vi: "Chạy 14 tháng"}}
	exchangetest.Update(t, h.DB, func(tx *db.Tx) error { c.ID = ""; return record.PutClaim(tx, "lan", c) })
	exchangetest.Judged(t, h.DB, h.X, exchangetest.An, o.ID, "taking_up", exchange.Verdict{})
	b.Session(t, h.Base, "an")
	for _, path := range []string{"/desk", "/desk/reviews/offer/" + o.ID, "/desk/needs", "/listing-rules", "/en/listing-rules"} {
		b.Check(t, h.Base+path)
	}
}
