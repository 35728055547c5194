package app_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"chonoi/internal/alert"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/field"
)

func TestASavedSearchIsToldOnceOfEachChangeWorthTelling(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		w := watched(t, s)
		typed, unmarked := w.save(buyer, "q=máy+tách+hạt+sen", alert.AtOnce), w.save(buyer, "q=tach+hat+sen&kind=offer&after=x&sort=trl", alert.Daily)
		other, own := w.save(buyer, "q=tách+hạt+sen&kind=need", alert.AtOnce), w.save(seller, "q=hạt+sen", alert.AtOnce)
		if again := w.save(buyer, "sort=newest&q=máy+tách+hạt+sen", alert.Weekly); again != typed {
			t.Errorf("the same search is saved twice: %s and %s", typed, again)
		}
		id := w.offer(seller, "Máy tách vỏ lụa hạt sen", nil)
		tell := func(want string) {
			t.Helper()
			w.follow()
			if one, two := w.found(typed), w.found(unmarked); one != want || two != want {
				t.Errorf("found %q and %q, want %q", one, two, want)
			}
			if one, two := w.found(other), w.found(own); one+two != "" {
				t.Errorf("another kind found %q, the owner's own search %q", one, two)
			}
		}
		tell("new")
		w.change(id, func(o *exchange.Offer) { o.Keywords.Vi = "hạt" })
		tell("new")
		w.change(id, func(o *exchange.Offer) { o.Price, o.TRL = 350_000_000, 7 })
		tell("new changed:price trl")
		w.change(id, func(o *exchange.Offer) { o.State = exchange.Withdrawn })
		tell("new changed:price trl")
		w.change(id, func(o *exchange.Offer) { o.State, o.Summary.Vi = exchange.Published, "Máy mới, chạy êm." })
		tell("new changed:price trl again:summary")
		w.change(id, func(o *exchange.Offer) {
			o.Shown = map[string]field.Level{"price": field.Enquiry}
			o.Price = 320_000_000
		})
		w.follow()
		w.change(id, func(o *exchange.Offer) { o.Price = 300_000_000 })
		tell("new changed:price trl again:summary") // what is closed is no news
		letters := w.post(buyer, alert.AtOnce, time.Time{})
		if len(letters) != 1 || letters[0].Subject != "1 tin khớp với điều bạn theo dõi" {
			t.Fatalf("%d letters: %+v", len(letters), letters)
		}
		w.holds(letters[0].Text, "Chào Phạm Thị Sen", "Tìm kiếm “Máy cho sen”", "Máy tách vỏ lụa hạt sen", "/offers/"+id, "Viện", "Mới lên sàn.", "Khớp các từ: máy tách hạt sen.", "/unsubscribe/", "/alerts")
		if strings.Contains(letters[0].Text, "00.000") || strings.Contains(letters[0].Text, "triệu") {
			t.Errorf("the letter tells a closed price:\n%s", letters[0].Text)
		}
		if more := w.post(buyer, alert.AtOnce, time.Time{}); len(more) > 0 {
			t.Errorf("told again: %+v", more)
		}
		if early := w.post(buyer, alert.Daily, time.Now().Add(-time.Hour)); len(early) > 0 {
			t.Errorf("a letter of the morning tells what was found since: %+v", early)
		}
		daily := w.post(buyer, alert.Daily, time.Now().Add(time.Hour))
		if len(daily) != 1 {
			t.Fatalf("%d daily letters", len(daily))
		}
		w.holds(daily[0].Text, "Đúng bộ lọc: Chào bán.", "Khớp các từ: tach hat, sen.")
	})
}

func TestALetterTellsNothingThatItsReaderMayNotSeeWhenItIsSent(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		w := watched(t, s)
		w.save(buyer, "q=sen+hồng", alert.AtOnce)
		leaves := w.offer(seller, "Máy sen hồng thứ nhất", nil)
		loses := w.offer(seller, "Máy sen hồng thứ hai", nil)
		w.offer(seller, "Máy sen hồng thứ ba", func(o *exchange.Offer) { o.Anonymous = true })
		mine := w.offer(buyer, "Máy sen hồng của tôi", func(o *exchange.Offer) { o.Anonymous = true })
		w.follow()
		w.change(leaves, func(o *exchange.Offer) { o.State = exchange.Suspended })
		w.change(loses, func(o *exchange.Offer) { o.Title.Vi = "Máy khác hẳn" })
		letters := w.post(buyer, alert.AtOnce, time.Time{})
		if len(letters) != 1 {
			t.Fatalf("%d letters", len(letters))
		}
		w.holds(letters[0].Text, "thứ ba", "Bên đăng ẩn danh")
		for _, word := range []string{"thứ nhất", "khác hẳn", "của tôi", mine, "Sông Hậu", "1 tin khớp với điều bạn theo dõi\n2"} {
			if strings.Contains(letters[0].Text, word) {
				t.Errorf("the letter tells %q:\n%s", word, letters[0].Text)
			}
		}
		id := w.offer(seller, "Máy sen hồng thứ tư", nil)
		for what, act := range map[string]string{"the account was suspended": "suspended", "the e-mail was never proven": "confirmed"} {
			w.follow()
			w.change(id, func(o *exchange.Offer) { o.Price += 1_000_000 })
			value := map[string]int64{"suspended": 1, "confirmed": 0}[act]
			before := w.texts(`SELECT CAST(`+act+` AS TEXT) FROM account WHERE email = ?`, buyer)[0]
			w.update(func(tx *db.Tx) error {
				_, err := tx.Exec(`UPDATE account SET `+act+` = ? WHERE email = ?`, value, buyer)
				return err
			})
			w.follow()
			if letters := w.post(buyer, alert.AtOnce, time.Time{}); len(letters) > 0 {
				t.Errorf("a letter was sent although %s", what)
			}
			w.update(func(tx *db.Tx) error {
				_, err := tx.Exec(`UPDATE account SET `+act+` = `+before+` WHERE email = ?`, buyer)
				return err
			})
		}
	})
}

func TestANeedLooksForOffersAndAnOfferForNeedsByThemselves(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		w := watched(t, s)
		need := w.need(buyer, "Cần máy tách vỏ lụa hạt sen cho xưởng chế biến", "Xưởng bóc hạt sen bằng tay, mỗi ngày một tấn hạt sen tươi, cần máy tách vỏ lụa.")
		w.follow()
		id := w.offer(seller, "Máy tách vỏ lụa hạt sen, một tấn hạt sen tươi mỗi ngày", nil)
		w.offer(seller, "Phần mềm kế toán cho hợp tác xã", nil)
		w.need(seller, "Cần người bóc vỏ lụa hạt sen", "Tách vỏ lụa hạt sen.")
		w.follow()
		looking := w.texts(`SELECT s.id FROM saved_search s JOIN account a ON a.id = s.account WHERE s.record = ? AND a.email = ?`, need, buyer)
		if len(looking) != 1 || w.found(looking[0]) != "new" {
			t.Fatalf("searches %v", looking)
		}
		letters := w.post(buyer, alert.Daily, time.Now().Add(time.Hour))
		if len(letters) != 1 {
			t.Fatalf("%d letters", len(letters))
		}
		w.holds(letters[0].Text, "Cho nhu cầu “Cần máy tách vỏ lụa hạt sen", "/offers/"+id, "Khớp các từ:", "sen")
		offers := w.texts(`SELECT id FROM saved_search WHERE record = ?`, id)
		if len(offers) == 0 {
			t.Fatal("the offer looks for nobody")
		}
		w.need(buyer, "Tìm máy tách vỏ lụa hạt sen tươi", "Tách vỏ lụa hạt sen tươi một tấn mỗi ngày.")
		w.follow()
		if got := w.found(offers[0]); got != "new" {
			t.Errorf("the offer found %q", got)
		}
		if code, _ := w.page(buyer, "/alerts/"+looking[0]+"/pause", url.Values{}); code != http.StatusSeeOther {
			t.Errorf("pause: %d", code)
		}
		w.change(id, func(o *exchange.Offer) { o.Price = 1_000_000 })
		w.follow()
		if got := w.found(looking[0]); got != "new" {
			t.Errorf("a paused need found %q", got)
		}
		if code, _ := w.page(buyer, "/alerts/"+looking[0]+"/deletion", url.Values{}); code != http.StatusConflict {
			t.Errorf("delete what a listing looks for: %d", code)
		}
	})
}

var stopLink = regexp.MustCompile(`http://localhost[^/]*(/(?:en/)?unsubscribe/\S+)`)

func TestOneClickStopsLettersWithoutSigningIn(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		w := watched(t, s)
		search := w.save(buyer, "q=sen+tím", alert.AtOnce)
		w.update(func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE account SET locale = 'en' WHERE email = ?`, buyer)
			return err
		})
		id := w.offer(seller, "Máy sen tím", nil)
		w.follow()
		letters := w.post(buyer, alert.AtOnce, time.Time{})
		if len(letters) != 1 || letters[0].Subject != "1 listing matches what you watch for" {
			t.Fatalf("%d letters %+v", len(letters), letters)
		}
		w.holds(letters[0].Text, "Dear Phạm Thị Sen", "/en/offers/"+id, "Matching words: sen, tím.", "Stop watching for this")
		links := stopLink.FindAllStringSubmatch(letters[0].Text, -1)
		if len(links) != 2 {
			t.Fatalf("links %v", links)
		}
		one, all := links[0][1], links[1][1]
		for _, at := range []string{one, all} { // a program that follows links stops nothing
			if code, text := w.page("", at, nil); code != http.StatusOK || !strings.Contains(text, "<button") {
				t.Errorf("%s: %d", at, code)
			}
		}
		if n := len(w.texts(`SELECT account FROM alert_stop`)) + len(w.texts(`SELECT id FROM saved_search WHERE paused > 0`)); n > 0 {
			t.Error("opening the page stopped letters")
		}
		click := url.Values{"List-Unsubscribe": {"One-Click"}}
		for range 2 {
			if code, text := w.page("", one, click); code != http.StatusOK || !strings.Contains(text, "no longer watched") {
				t.Errorf("stop one: %d", code)
			}
			if code, text := w.page("", all, click); code != http.StatusOK || !strings.Contains(text, "are stopped") {
				t.Errorf("stop all: %d", code)
			}
		}
		if n := len(w.texts(`SELECT id FROM saved_search WHERE paused > 0 AND id = ?`, search)); n != 1 {
			t.Error("the search is not paused")
		}
		_, text := w.page(buyer, "/en/alerts", nil)
		w.holds(text, "You stopped all letters on")
		if code, _ := w.page(buyer, "/alerts/"+search+"/resumption", url.Values{}); code != http.StatusSeeOther {
			t.Error("the search cannot be resumed")
		}
		w.change(id, func(o *exchange.Offer) { o.Price = 2_000_000 })
		w.follow()
		if letters := w.post(buyer, alert.AtOnce, time.Time{}); len(letters) > 0 {
			t.Error("letters come although they were stopped")
		}
		if code, _ := w.page(buyer, "/alerts/letters", url.Values{"want": {"1"}}); code != http.StatusSeeOther {
			t.Error("letters cannot be had again")
		}
		if letters := w.post(buyer, alert.AtOnce, time.Time{}); len(letters) > 0 {
			t.Error("a letter tells what was found while there were none")
		}
		token := all[strings.LastIndex(all, "/")+1:]
		for _, forged := range []string{"none", token[:len(token)-2] + "xx", strings.Replace(token, "sealed.", "", 1), token + "A"} {
			if code, _ := w.page("", "/unsubscribe/"+forged, click); code != http.StatusGone {
				t.Errorf("token %.60s…: %d", forged, code)
			}
		}
	})
}

func TestSearchesAreSavedRenamedPausedDeletedAndBroughtBackOnTheirPages(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		w := watched(t, s)
		_, text := w.page("", "/search?q=máy+sấy&kind=offer", nil)
		w.holds(text, `href="/alerts/new?kind=offer&amp;q=m%C3%A1y+s%E1%BA%A5y"`)
		if code, _ := w.page("", "/alerts/new?q=sen", nil); code == http.StatusOK {
			t.Error("a visitor is asked for a name")
		}
		_, text = w.page(buyer, "/alerts", nil)
		w.holds(text, "Chưa lưu tìm kiếm nào")
		_, text = w.page(buyer, "/alerts/new?q=m%C3%A1y+s%E1%BA%A5y&kind=offer", nil)
		w.holds(text, `value="máy sấy"`, "Chào bán", "Mỗi ngày lúc 7 giờ sáng")
		form := url.Values{"address": {"kind=offer&q=máy sấy"}, "name": {"  "}, "rhythm": {"hourly"}}
		code, text := w.page(buyer, "/alerts", form)
		if code != http.StatusUnprocessableEntity {
			t.Errorf("no name: %d", code)
		}
		w.holds(text, "Hãy đặt tên", "Hãy chọn khi nào")
		form.Set("name", "Máy <b>sấy</b>")
		form.Set("rhythm", "weekly")
		if code, _ = w.page(buyer, "/alerts", form); code != http.StatusSeeOther {
			t.Fatalf("save: %d", code)
		}
		_, text = w.page(buyer, "/alerts", nil)
		w.holds(text, "Máy &lt;b&gt;sấy&lt;/b&gt;", "Thứ hai hằng tuần", "Tìm lại ngay: ", "Đang lưu 1, được lưu nhiều nhất 50")
		id := w.texts(`SELECT id FROM saved_search WHERE address <> ''`)[0]
		for _, path := range []string{"/alerts/" + id, "/en/alerts/" + id} {
			if code, _ := w.page(seller, path, nil); code != http.StatusNotFound {
				t.Errorf("somebody else opens %s: %d", path, code)
			}
		}
		for _, act := range []string{"", "/pause", "/resumption", "/deletion", "/restoration"} {
			if code, _ := w.page(seller, "/alerts/"+id+act, url.Values{"name": {"Của tôi"}, "rhythm": {"daily"}}); code != http.StatusNotFound {
				t.Errorf("somebody else does %q: %d", act, code)
			}
		}
		for _, step := range []struct {
			act, says string
			form      url.Values
		}{
			{"", "Máy sấy mới", url.Values{"name": {"Máy sấy mới"}, "rhythm": {"at_once"}}},
			{"/pause", "Theo dõi tiếp", url.Values{}}, {"/resumption", "Ngay khi có", url.Values{}},
			{"/deletion", "Khôi phục", url.Values{}}, {"/restoration", "được lưu nhiều nhất 50", url.Values{}},
		} {
			if code, _ := w.page(buyer, "/alerts/"+id+step.act, step.form); code != http.StatusSeeOther {
				t.Errorf("%q: %d", step.act, code)
			}
			_, text := w.page(buyer, "/alerts", nil)
			w.holds(text, step.says)
		}
		administrator := w.actor("quantri@so-khcn.example")
		w.update(func(tx *db.Tx) error { return s.Settings.Change(tx, administrator.ID, "alert.searches_per_person", 1) })
		w.update(func(tx *db.Tx) error { return s.Settings.Reload(tx) })
		code, text = w.page(buyer, "/alerts", url.Values{"address": {"q=xoài"}, "name": {"Xoài"}, "rhythm": {"daily"}})
		if code != http.StatusUnprocessableEntity {
			t.Errorf("one too many: %d", code)
		}
		w.holds(text, "Bạn đã lưu đủ 1 tìm kiếm")
	})
}

func TestAClosedAccountLeavesNoSavedSearches(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		w := watched(t, s)
		w.save(buyer, "q=sen+vàng", alert.AtOnce)
		kept := w.save(seller, "q=sen+vàng", alert.AtOnce)
		w.offer(seller, "Máy sen vàng", nil)
		w.follow()
		w.update(func(tx *db.Tx) error { return s.Alerts.StopLetters(tx, w.actorIn(tx, buyer)) })
		token := enter(t, s, buyer)
		w.update(func(tx *db.Tx) error {
			actor, err := s.Accounts.Session(tx, token)
			if err != nil {
				return err
			}
			return s.Accounts.Close(tx, actor)
		})
		for _, table := range []string{"saved_search", "alert_letter", "alert_stop"} {
			if n := w.texts(`SELECT CAST(count(*) AS TEXT) FROM ` + table + ` x JOIN account a ON a.id = x.account WHERE a.closed > 0`)[0]; n != "0" {
				t.Errorf("%s keeps %s rows", table, n)
			}
		}
		w.offer("canbo@so-khcn.example", "Máy sen vàng khác", nil)
		w.follow()
		if got := w.found(kept); got != "new" {
			t.Errorf("somebody else's search found %q", got)
		}
	})
}
