package app_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/lexicon"
	"chonoi/internal/termbase"
)

func seen(t *testing.T, s *app.Server, path string) string {
	t.Helper()
	w := httptest.NewRecorder()
	s.Web.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	if w.Code != http.StatusOK {
		t.Fatalf("%s: %d", path, w.Code)
	}
	return w.Body.String()
}

func TestASearchTellsWhatItWasAlsoSearchedFor(t *testing.T) {
	s := city(t, "sqlite")
	page := seen(t, s, "/en/search?q=unmanned+aircraft")
	if !strings.Contains(page, "Also searched for:") || !strings.Contains(page, `lang="vi">máy bay không người lái`) {
		t.Error("it is not told")
	}
	page = seen(t, s, "/en/search?q=unmanned+aircraft&tongue=one")
	if strings.Contains(page, "Also searched for:") || !strings.Contains(page, "Search in the other language too") {
		t.Error("it cannot be switched off and on")
	}
	var told struct {
		Total int
		Also  []struct {
			Word string
			Said []string
		}
		Items []struct {
			Kind   string
			Record map[string]any
		}
	}
	must(t, json.Unmarshal([]byte(seen(t, s, "/api/v1/search?q=unmanned+aircraft&kind=offer&limit=2")), &told))
	if len(told.Items) == 0 || len(told.Items) > 2 || told.Total < len(told.Items) || told.Items[0].Kind != "offer" || told.Items[0].Record["id"] == "" ||
		len(told.Also) == 0 || !slices.Contains(told.Also[0].Said, "máy bay không người lái") {
		t.Errorf("the API tells %+v", told)
	}
	if page = seen(t, s, "/api/v1/search?q=unmanned+aircraft&tongue=one"); !strings.Contains(page, `"also":[]`) {
		t.Error("the API translates what it should not")
	}
}

func TestATermCountsOnEveryNodeAndWithOtherListingsLearnt(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		other := opened(t, s.Config)
		must(t, other.Build(t.Context(), nil))
		other.Follow()
		doors, err := other.OpenDoors(t.Context(), nil)
		must(t, err)
		const path = "/search?q=l%C3%B2+zzkh%C3%B3i+zz"
		if strings.Contains(seen(t, doors, path), "closed-loop") {
			t.Fatal("found before it is told")
		}
		must(t, s.DB.Update(t.Context(), func(tx *db.Tx) error {
			term := termbase.Term{Term: lexicon.Term{Vi: "lò zzkhói zz", En: "dryer", Weight: 9}}
			_, err := s.Terms.Add(tx, "somebody", term)
			return err
		}))
		told := func() bool { return strings.Contains(seen(t, doors, path), `lang="en">dryer`) }
		for end := time.Now().Add(10 * time.Second); !told(); {
			if time.Now().After(end) {
				t.Fatal("another node does not know the term")
			}
			<-time.After(50 * time.Millisecond)
		}
		must(t, s.Terms.Learn(t.Context(), s.DB))
		must(t, s.DB.View(t.Context(), s.Terms.Reload))
		if n := s.Terms.Lexicon().Learnt(); n < lexicon.LeastPairs {
			t.Errorf("learnt from %d texts of the city", n)
		}
	})
}
