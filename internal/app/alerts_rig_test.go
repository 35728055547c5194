package app_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/alert"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/field"
	"chonoi/internal/lang"
	"chonoi/internal/mail"
	"chonoi/internal/record"
)

const (
	buyer  = "muahang@ben-nuoc.example"
	seller = "quanly@song-hau.example"
)

// watch is the seed city with saved searches.
type watch struct {
	*testing.T
	s *app.Server
}

// watched opens the seed city and lets alerts follow its ledger from now on.
func watched(t *testing.T, s *app.Server) watch {
	w := watch{t, s}
	w.follow()
	return w
}

func (w watch) update(do func(tx *db.Tx) error) {
	w.Helper()
	if err := w.s.DB.Update(w.Context(), do); err != nil {
		w.Fatal(err)
	}
}

// follow follows the ledger twice, for a second time must change nothing.
func (w watch) follow() {
	w.Helper()
	for range 2 {
		if err := w.s.Alerts.FollowAll(w.Context(), w.s.DB); err != nil {
			w.Fatal(err)
		}
	}
}

func (w watch) actor(email string) (actor account.Actor) {
	w.Helper()
	w.update(func(tx *db.Tx) error {
		who, err := w.s.Accounts.ByEmail(tx, email)
		if err == nil {
			actor = account.Actor{ID: who.ID, Email: who.Email, Memberships: who.Memberships}
		}
		return err
	})
	return actor
}

func (w watch) save(email, address string, rhythm alert.Rhythm) (id string) {
	w.Helper()
	actor := w.actor(email)
	w.update(func(tx *db.Tx) error {
		s, err := w.s.Alerts.Save(tx, actor, address, "Máy cho sen", rhythm, lang.Vi)
		if err == nil {
			id = s.ID
		}
		return err
	})
	return id
}

// offer puts an offer of somebody's organisation on the floor.
func (w watch) offer(email, title string, change func(*exchange.Offer)) (id string) {
	w.Helper()
	owner := w.actor(email).Memberships[0].Organisation
	w.update(func(tx *db.Tx) error {
		given := map[string][]string{"title_vi": {title}, "summary_vi": {"Máy chạy điện một pha."}, "trl": {"6"}, "price_kind": {"fixed"}, "price": {"385.000.000"}}
		o, err := w.s.Exchange.Offers.Plant(tx, "system", headOf(tx, owner), givenOf(given), change)
		if err == nil {
			id = o.ID
		}
		return err
	})
	return id
}

func (w watch) need(email, title, summary string) (id string) {
	w.Helper()
	owner := w.actor(email).Memberships[0].Organisation
	w.update(func(tx *db.Tx) error {
		n, err := w.s.Exchange.Needs.Plant(tx, "system", headOf(tx, owner), givenOf(map[string][]string{"title_vi": {title}, "summary_vi": {summary}}), nil)
		if err == nil {
			id = n.ID
		}
		return err
	})
	return id
}

func headOf(tx *db.Tx, owner string) record.Head {
	return record.Head{Owner: owner, State: exchange.Published, Published: tx.Now, Shown: map[string]field.Level{}}
}

func givenOf(texts map[string][]string) field.Given {
	return func(column string) ([]string, bool) { all, there := texts[column]; return all, there }
}

// change changes an offer as an act of its owner would.
func (w watch) change(id string, change func(*exchange.Offer)) {
	w.Helper()
	w.update(func(tx *db.Tx) error {
		old, err := exchange.Offers.Get(tx, id)
		if err != nil {
			return err
		}
		o := exchange.Offers.Copy(old)
		change(o)
		return exchange.Offers.Save(tx, "system", "offer.edited", old, o)
	})
}

// post leaves the letters of a rhythm and sends each twice, and returns those that came to somebody.
func (w watch) post(email string, rhythm alert.Rhythm, before time.Time) (letters []mail.Kept) {
	w.Helper()
	known := map[string]bool{}
	for _, one := range w.kept(email) {
		known[one.ID] = true
	}
	for range 2 {
		w.update(func(tx *db.Tx) error { _, err := w.s.Alerts.Leave(tx, rhythm, before); return err })
	}
	w.send()
	w.send()
	for _, one := range w.kept(email) {
		if !known[one.ID] {
			letters = append(letters, one)
		}
	}
	return letters
}

// leave leaves the letters of what was found until now.
func (w watch) leave(rhythm alert.Rhythm) {
	w.Helper()
	w.update(func(tx *db.Tx) error { _, err := w.s.Alerts.Leave(tx, rhythm, time.Time{}); return err })
}

func (w watch) send() {
	w.Helper()
	for _, id := range w.texts(`SELECT id FROM alert_letter WHERE sent = 0`) {
		if err := w.s.Alerts.Send(w.Context(), w.s.DB, id); err != nil {
			w.Fatal(err)
		}
	}
}

func (w watch) kept(email string) (mine []mail.Kept) {
	w.Helper()
	all, err := w.s.Letters.List(500)
	if err != nil {
		w.Fatal(err)
	}
	for _, one := range all {
		if one.To == email {
			mine = append(mine, one)
		}
	}
	return mine
}

// texts returns the first column of a query.
func (w watch) texts(query string, args ...any) (all []string) {
	w.Helper()
	err := w.s.DB.View(w.Context(), func(tx *db.Tx) error {
		all = nil
		rows, err := tx.Query(query, args...)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var text string
			if err := rows.Scan(&text); err != nil {
				return err
			}
			all = append(all, text)
		}
		return rows.Err()
	})
	if err != nil {
		w.Fatal(err)
	}
	return all
}

// found are the reasons for which a search found listings, oldest first.
func (w watch) found(search string) string {
	w.Helper()
	return strings.Join(w.texts(`SELECT what || CASE WHEN facts = '' THEN '' ELSE ':' || facts END FROM finding WHERE search = ? ORDER BY seq`, search), " ")
}

// page opens a page as somebody, or sends a form when there is one.
func (w watch) page(email, path string, form url.Values) (int, string) {
	w.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if form != nil {
		r = httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
		r.Header.Set("Content-Type", formKind)
	}
	if email != "" {
		r.AddCookie(&http.Cookie{Name: "chonoi", Value: enter(w.T, w.s, email)})
	}
	out := httptest.NewRecorder()
	w.s.Web.Handler().ServeHTTP(out, r)
	return out.Code, out.Body.String()
}

func (w watch) holds(text string, words ...string) {
	w.Helper()
	for _, one := range words {
		if !strings.Contains(text, one) {
			w.Errorf("%q is missing in\n%s", one, text)
		}
	}
}

func (w watch) actorIn(tx *db.Tx, email string) account.ID {
	who, err := w.s.Accounts.ByEmail(tx, email)
	if err != nil {
		w.Fatal(fmt.Errorf("find %s: %w", email, err))
	}
	return who.ID
}

// future is an instant before which all was found that is found at all.
var future = time.Date(2100, 1, 1, 0, 0, 0, 0, time.UTC)
