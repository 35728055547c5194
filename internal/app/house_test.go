package app_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/ledger"
	"chonoi/internal/search"
)

// city opens the seed city on one engine, with its doors.
func city(t testing.TB, engine string) *app.Server {
	t.Helper()
	c := app.Config{Data: t.TempDir(), Database: dbtest.Address(t, engine), Addr: "127.0.0.1:0", Demo: true,
		Site: app.Site{NameVi: "Sàn thử", NameEn: "Test exchange"}}
	c.Mail.From = "no-reply@chonoi.example"
	log := slog.New(slog.NewTextHandler(io.Discard, nil))
	if os.Getenv("CHONOI_TEST_LOG") != "" {
		log = slog.New(slog.NewTextHandler(os.Stderr, nil))
	}
	h, err := app.Open(t.Context(), c, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	if err := h.Seed(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := h.OpenDoors(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// eachCity runs body in the seed city on both engines.
func eachCity(t *testing.T, body func(*testing.T, *app.Server)) {
	t.Helper()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) { body(t, city(t, engine)) })
	}
}

// page fetches a page as a visitor and returns its status and text.
func page(t *testing.T, s *app.Server, path string) (int, string) {
	t.Helper()
	w := httptest.NewRecorder()
	s.Web.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func TestTheSeedCityIsFoundInBothTonguesWithAndWithoutMarks(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		for _, text := range []string{"máy sấy xoài", "may say xoai", "mango dryer"} {
			found := s.Index.Load().Search(search.Query{Text: text, Filters: map[string][]string{"kind": {"offer"}}, Limit: 1})
			if len(found.Hits) == 0 {
				t.Fatalf("%q finds nothing", text)
			}
			status, body := page(t, s, "/offers/"+found.Hits[0].ID)
			if status != http.StatusOK || !strings.Contains(body, "Máy sấy xoài") {
				t.Errorf("%q finds %s, status %d", text, found.Hits[0].ID, status)
			}
			if len(found.Hits[0].Why) == 0 {
				t.Errorf("%q: no reason is told", text)
			}
		}
		report, err := ledger.Verify(t.Context(), s.DB, nil)
		if err != nil || !report.Whole() {
			t.Errorf("%+v, %v", report, err)
		}
	})
}

func TestASecondSeedingChangesNothing(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		before, err := ledger.Verify(t.Context(), s.DB, nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Seed(t.Context()); err != nil {
			t.Fatal(err)
		}
		after, err := ledger.Verify(t.Context(), s.DB, nil)
		if err != nil || after != before {
			t.Errorf("%+v, then %+v, %v", before, after, err)
		}
	})
}

func TestTheDemonstrationNeverComesAmongRealPeople(t *testing.T) {
	for _, engine := range []string{"sqlite", "postgres"} {
		c := app.Config{Data: t.TempDir(), Database: dbtest.Address(t, engine), Addr: "127.0.0.1:0", Site: app.Site{NameVi: "Sàn thử", NameEn: "Test exchange"}}
		c.Mail.From = "no-reply@chonoi.example"
		h, err := app.Open(t.Context(), c, slog.New(slog.DiscardHandler))
		if err != nil {
			t.Fatal(err)
		}
		defer h.Close()
		err = h.DB.Update(t.Context(), func(tx *db.Tx) error {
			_, err := h.Accounts.CreateWithRoles(tx, "system", "truong.phong@city.example", "Trưởng Phòng", lang.Vi, []account.Role{account.Administrator})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		if err := h.Seed(t.Context()); fault.KindOf(err) != fault.Conflict {
			t.Errorf("%s: the seed city was put among real people: %v", engine, err)
		}
	}
}

func TestThePublicPagesStandInBothTongues(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		for path, words := range map[string]string{
			"/": "Nơi công nghệ gặp người cần", "/en/": "Where technology meets", "/search": "Chợ công nghệ",
			"/en/search?q=dryer": "Results for", "/search?q=zzzzqqq": "Chưa có tin nào khớp", "/healthz": "",
		} {
			status, body := page(t, s, path)
			if status != http.StatusOK || !strings.Contains(body, words) {
				t.Errorf("%s: status %d, %q is missing", path, status, words)
			}
		}
		if status, body := page(t, s, "/en/offers/none"); status != http.StatusNotFound || !strings.Contains(body, "<h1") {
			t.Errorf("an offer that is none: %d", status)
		}
	})
}

func TestEveryTextIsToldInBothTongues(t *testing.T) {
	if _, err := app.Words(); err != nil {
		t.Error(err)
	}
}

func TestPagesOfResultsShowEveryListingOnce(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		seen := map[string]bool{}
		query := search.Query{Sort: search.ByNewest, Limit: 17}
		for pages := 0; ; pages++ {
			found := s.Index.Load().Search(query)
			for _, hit := range found.Hits {
				if seen[hit.ID] {
					t.Fatalf("%s stands on two pages", hit.ID)
				}
				seen[hit.ID] = true
			}
			if found.Next == "" || pages > 50 {
				break
			}
			query.After = found.Next
		}
		if len(seen) != s.Index.Load().Len() {
			t.Errorf("%d of %d listings were shown", len(seen), s.Index.Load().Len())
		}
	})
}
