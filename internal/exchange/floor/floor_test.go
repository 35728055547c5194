package floor

import (
	"net/http"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/exchange/exchangetest"
	"chonoi/internal/field"
	"chonoi/internal/file"
	"chonoi/internal/record"
	"chonoi/internal/web"
)

// openSite serves the floor.
func openSite(t *testing.T) *exchangetest.Site {
	t.Helper()
	d := dbtest.Open(t, "sqlite", exchangetest.Schemas...)
	x := exchangetest.Furnish(t, exchangetest.Open(t, d))
	return exchangetest.Serve(t, d, x, Routes(x), Streams(x))
}

func TestADocumentIsHandedOutByItsLevelAndUnderANeutralName(t *testing.T) {
	s := openSite(t)
	var o *exchange.Offer
	var public, closed record.Attachment
	exchangetest.Update(t, s.DB, func(tx *db.Tx) error {
		head := record.Head{State: exchange.Published, Owner: "song-hau", Anonymous: true}
		made, err := s.X.Offers.Plant(tx, "system", head, exchangetest.WholeOffer().Given, nil)
		if err != nil {
			return err
		}
		o = made
		stored, err := s.X.Files.Put(t.Context(), strings.NewReader("Bảng đo của Sông Hậu"), file.PutOptions{})
		if err != nil {
			return err
		}
		public = record.Attachment{Kind: "offer", Record: o.ID, Name: "Sông Hậu.txt"}
		closed = record.Attachment{Kind: "offer", Record: o.ID, Name: "Bí quyết.txt", Level: field.NDA}
		if err := record.Attach(tx, exchangetest.Lan.ID, &public, stored); err != nil {
			return err
		}
		return record.Attach(tx, exchangetest.Lan.ID, &closed, stored)
	})
	answer, err := s.Browser(account.Actor{}).Get(s.Base + "/files/" + public.ID)
	if err != nil {
		t.Fatal(err)
	}
	answer.Body.Close()
	if got := answer.Header.Get("Content-Disposition"); answer.StatusCode != 200 || !strings.Contains(got, "tai-lieu-1.txt") || strings.Contains(got, "Hau") {
		t.Errorf("status %d, %q", answer.StatusCode, got)
	}
	for who, want := range map[*account.Actor]int{{}: 404, &exchangetest.Minh: 403, &exchangetest.Lan: 200, &exchangetest.Clerk: 200} {
		status, at, page := s.Get(*who, "/files/"+closed.ID)
		s.Status(status, want, page) // a visitor stands before the sign-in page, which this site lacks
		if want == 404 && !strings.HasPrefix(at, "/sign-in") {
			t.Errorf("a visitor is sent to %s", at)
		}
		if strings.Contains(page, "Bí quyết") {
			t.Errorf("%s is told the name", who.ID)
		}
	}
	status, _, page := s.Get(exchangetest.Lan, "/offers/"+o.ID+"/history")
	s.Status(status, 200, page)
	if n := strings.Count(page, "Mở tài liệu"); n != 1 { // the officer's look, not the owner's own
		t.Errorf("%d openings are told of", n)
	}
	s.Has(page, "Phạm An")
}

func TestAStallShowsWhatIsOnTheFloorUnderTheOwnersName(t *testing.T) {
	d := dbtest.Open(t, "sqlite", exchangetest.Schemas...)
	x, _ := exchangetest.OpenDesk(t, d)
	named := exchangetest.HandedIn(t, d, x, nil)
	hidden := exchangetest.HandedIn(t, d, x, exchange.Typed{"anonymous": {"1"}, "title_vi": {"Tin ẩn danh"}})
	for _, o := range []*exchange.Offer{named, hidden} {
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "taking_up", exchange.Verdict{})
		exchangetest.Judged(t, d, x, exchangetest.An, o.ID, "publication", exchangetest.Passing(x, "free"))
		exchangetest.Follow(t, d, x, "offer", o.ID)
	}
	stall := Stall(x)
	s := exchangetest.Serve(t, d, x, []web.Route{{Pattern: "GET /stall/{id}", Right: account.Anyone, Handler: func(w http.ResponseWriter, r *http.Request) error {
		part, err := stall(r, r.PathValue("id"))
		if err != nil {
			return err
		}
		return web.Part(w, r, 200, part)
	}}}, nil)
	for _, who := range []account.Actor{{}, exchangetest.Lan} { // nor to the owner's own people
		status, _, page := s.Get(who, "/stall/song-hau")
		s.Status(status, 200, page)
		s.Has(page, named.Title.Vi, "/offers/"+named.ID)
		if strings.Contains(page, "Tin ẩn danh") || strings.Contains(page, hidden.ID) {
			t.Errorf("%q sees an anonymous offer under its owner's name", who.ID)
		}
	}
	status, _, page := s.Get(account.Actor{}, "/stall/tay-do")
	s.Status(status, 200, page)
	s.Has(page, "chưa có tin nào")
}
