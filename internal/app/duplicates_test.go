package app_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
)

// person is one of the demonstration's people as an actor.
func person(t *testing.T, s *app.Server, email string) (actor account.Actor) {
	t.Helper()
	err := s.DB.View(t.Context(), func(tx *db.Tx) error {
		who, err := s.Accounts.ByEmail(tx, email)
		actor = account.Actor{ID: who.ID, Roles: who.Roles, Memberships: who.Memberships}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return actor
}

// toldOnceMore begins a draft that tells a published offer of another organisation once more, in
// Vietnamese only and with other words here and there.
func toldOnceMore(t *testing.T, s *app.Server, who account.Actor) (original, copied *exchange.Offer) {
	t.Helper()
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		all, err := s.Exchange.Offers.Kind.Find(tx, "WHERE state = 'published' AND owner <> ? AND anonymous = 0 ORDER BY id LIMIT 1", who.Memberships[0].Organisation)
		if err != nil {
			return err
		}
		original = all[0]
		copied, _, err = s.Exchange.Offers.Begin(tx, who, who.Memberships[0].Organisation, func(column string) ([]string, bool) {
			f, ok := s.Exchange.Offers.Kind.Fields.OfColumn(column)
			switch {
			case !ok, strings.HasSuffix(column, "_en"):
				return nil, false
			case column == "trl":
				return []string{"5"}, true
			}
			text := f.Stored(original, column)
			if f.List != "" {
				return strings.Split(text, ","), true
			}
			return []string{strings.NewReplacer("máy", "thiết bị", "giảm", "hạ", "nước", "dòng").Replace(text)}, true
		})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return original, copied
}

func TestACopyIsSeenWhenItIsPostedAndReviewedAndMerged(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		member, officer := person(t, s, "quanly@song-hau.example"), person(t, s, "canbo@so-khcn.example")
		poster, desk := importDesk{t, s, enter(t, s, "quanly@song-hau.example")}, importDesk{t, s, enter(t, s, "canbo@so-khcn.example")}
		original, copied := toldOnceMore(t, s, member)
		path := "/offers/" + copied.ID
		poster.see(path+"/edit?step=9", "có thể trùng", original.Number, "<mark>", "Khác bên đăng")
		poster.post(path+"/submission", 303, nil)
		if err := s.Build(t.Context(), nil); err != nil {
			t.Fatal(err)
		}
		desk.see("/duplicates", "thay đổi")
		if err := s.Exchange.CompareChanged(t.Context(), s.DB); err != nil {
			t.Fatal(err)
		}
		pair := "/duplicates/offer/" + original.ID + "/" + copied.ID
		desk.see("/duplicates", pair, original.Number, "Giống")
		desk.see("/duplicates?kind=need", "Không có cặp tin nào ở đây")
		desk.see("/desk", "Tin có thể trùng")
		review := desk.see("/desk/reviews/offer/"+copied.ID, "tin có thể trùng", "/duplicates/offer/"+copied.ID+"/"+original.ID, "<mark>")
		if strings.Contains(review, "Không giống tin nào") {
			t.Error("the checks say that it is like no other")
		}
		desk.see("/en"+pair, "Side by side", "Merge the two", "Another poster")
		if body := desk.post(pair+"/merger", 422, url.Values{}).Body.String(); !strings.Contains(body, "Hãy chọn tin được giữ") {
			t.Error("a merger without a choice is not refused in words")
		}
		desk.post(pair+"/keeping", 303, url.Values{"note": {"Hai kiểu máy"}})
		desk.see(pair, "giữ cả hai", "Hai kiểu máy", "Hoàn tác")
		desk.see("/duplicates?show=decided", "Giữ cả hai", pair)
		desk.post(pair+"/undoing", 303, nil)

		publish(t, s, officer, copied.ID)
		desk.post(pair+"/merger", 303, url.Values{"stays": {original.ID}, "note": {"Cùng một công nghệ"}})
		for from, to := range map[string]string{path: "/offers/" + original.ID, "/en" + path: "/en/offers/" + original.ID} {
			if status, at := led(s, from); status != http.StatusSeeOther || at != to {
				t.Errorf("%s: %d to %q, want %q", from, status, at, to)
			}
		}
		poster.see(path, "Đã gộp vào tin "+original.Number)
		poster.see(path+"/history", "Gộp vào tin trùng", original.Number, "Cùng một công nghệ")
		desk.see(pair, "gộp hai tin", "Tin được giữ: "+original.Number)
		desk.post(pair+"/undoing", 303, nil)
		if status, _ := page(t, s, path); status != http.StatusOK {
			t.Errorf("undone, its address answers %d", status)
		}
		desk.post(pair+"/undoing", 422, nil)
		if w := poster.ask(httptest.NewRequest(http.MethodGet, pair, nil)); w.Code != http.StatusForbidden {
			t.Errorf("a poster at the pair: %d", w.Code)
		}
	})
}

// led asks for a page as a visitor and returns where the answer leads.
func led(s *app.Server, path string) (int, string) {
	w := httptest.NewRecorder()
	s.Web.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Header().Get("Location")
}

// publish takes an offer through its first review.
func publish(t *testing.T, s *app.Server, officer account.Actor, id string) {
	t.Helper()
	v := exchange.Verdict{Class: "encouraged"}
	for _, item := range s.Codes.Of("checklist_offer") {
		v.Checked = append(v.Checked, item.Code)
	}
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		if err := s.Exchange.Offers.Judge(tx, officer, id, "taking_up", v); err != nil {
			return err
		}
		return s.Exchange.Offers.Judge(tx, officer, id, "publication", v)
	})
	if err != nil {
		t.Fatal(err)
	}
}
