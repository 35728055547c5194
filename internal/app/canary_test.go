package app_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/field"
	"chonoi/internal/record"
	"chonoi/internal/registry"
	"chonoi/internal/when"
)

type appServer = app.Server

// canary is a word that stands in one confidential place only, and the level that may see it.
type canary struct {
	word, where string
	level       field.Level
}

// flock is what was planted: the words, and the ids of the records that hold them.
type flock struct {
	words []canary
	ids   []string
}

func (f *flock) word(where string, level field.Level) string {
	w := fmt.Sprintf("zqv%dkx", 1000+len(f.words))
	f.words = append(f.words, canary{w, where, level})
	return w
}

// plant fills every text of every kind with a word of its own, each fact closed at a level that
// goes round from signed in to owner only; the owner is anonymous and known by other words.
func plant(t *testing.T, s *app.Server) *flock {
	t.Helper()
	f := &flock{}
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		*f = flock{}
		secret := func(name string) string { return f.word("organisation."+name, field.OwnerOnly) }
		o := &registry.Organisation{Kind: "foreign_firm", ShortName: secret("short_name"), Email: secret("email") + "@x.example", Phone: secret("phone"), Website: "https://" + secret("website") + ".example"}
		o.Name.Vi, o.Name.En, o.Address.Vi, o.About.Vi = secret("name_vi"), secret("name_en"), secret("address"), secret("about")
		if err := registry.Found(tx, "system", o); err != nil {
			return err
		}
		f.ids = append(f.ids, o.ID)
		if err := plantListing(tx, f, s.Exchange.Offers, o.ID); err != nil {
			return err
		}
		return plantListing(tx, f, s.Exchange.Needs, o.ID)
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Build(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	return f
}

func plantListing[T any](tx *db.Tx, f *flock, shelf *exchange.Shelf[T], owner string) error {
	head := record.Head{State: exchange.Published, Owner: owner, By: "system", Published: tx.Now, Expires: when.DayOf(tx.Now).AddDays(90), Anonymous: true, Shown: map[string]field.Level{}}
	values := map[string]string{"title_vi": "Tin có chim hoàng yến", "summary_vi": "Tóm tắt công khai"}
	for i, one := range shelf.Kind.Fields {
		if one.Fixed || one.Name == "title" || one.Name == "summary" || (one.Kind != field.KindText && one.Kind != field.KindBoth) {
			continue
		}
		level := []field.Level{field.SignedIn, field.Enquiry, field.NDA, field.OwnerOnly}[i%4]
		if one.Hides {
			level = field.Enquiry // anonymity closes it, whatever the owner chose
			head.Shown[one.Name] = field.Public
		} else {
			head.Shown[one.Name] = level
		}
		for _, column := range one.Columns() {
			values[column] = f.word(shelf.Kind.Name+"."+column, level)
		}
	}
	r, err := shelf.Plant(tx, "system", head, func(column string) ([]string, bool) { v, ok := values[column]; return []string{v}, ok }, nil)
	if err != nil {
		return err
	}
	f.ids = append(f.ids, shelf.Listing(r).ID)
	return nil
}

// caller makes requests as a visitor or as a signed-in member of another organisation.
type caller struct {
	name  string
	token string
	level field.Level
}

func callers(t *testing.T, s *app.Server) []caller {
	t.Helper()
	var token string
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		who, err := s.Accounts.ByEmail(tx, "muahang@ben-nuoc.example")
		if err != nil {
			return err
		}
		entry, err := s.Accounts.EnterBy(tx, who.ID, "test", account.Visit{})
		token = entry.Token
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return []caller{{"a visitor", "", field.Public}, {"a member of another organisation", token, field.SignedIn}}
}

func (c caller) get(s *app.Server, path string) string {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	if c.token != "" {
		r.AddCookie(&http.Cookie{Name: "chonoi", Value: c.token})
	}
	w := httptest.NewRecorder()
	s.Web.Handler().ServeHTTP(w, r)
	return fmt.Sprint(w.Result().Header) + w.Body.String()
}

// paths are all addresses of the route table, with each planted id, in both tongues, and searches
// for each planted word.
func (f *flock) paths(s *app.Server) []string {
	var all []string
	for _, route := range s.Web.Routes() {
		method, path, _ := strings.Cut(route.Pattern, " ")
		if method != http.MethodGet || strings.HasPrefix(path, "/metrics") {
			continue
		}
		for _, id := range f.ids {
			all = append(all, fill(path, id), "/en"+fill(path, id))
		}
	}
	for _, kind := range []string{"offers", "needs", "organisations"} {
		all = append(all, "/api/v1/"+kind+"?limit=200", "/exports/"+kind+".csv", "/exports/"+kind+".jsonl")
		for _, id := range f.ids {
			all = append(all, "/api/v1/"+kind+"/"+id)
		}
	}
	return append(all, "/sitemap.xml", "/robots.txt", "/api/openapi.json")
}

func leaks(s *app.Server, f *flock, c caller) []string {
	var found []string
	look := func(path, asked string) {
		body := c.get(s, path)
		for _, one := range f.words {
			if one.level > c.level && one.word != asked && strings.Contains(body, one.word) {
				found = append(found, fmt.Sprintf("%s finds %s (%s) at %s", c.name, one.where, one.level.Code(), path))
			}
		}
	}
	for _, path := range f.paths(s) {
		look(path, "")
	}
	for _, one := range f.words {
		path := "/search?q=" + url.QueryEscape(one.word)
		look(path, one.word)
		if one.level > c.level && !strings.Contains(c.get(s, path), "zqv") {
			found = append(found, "the search page does not even show what was asked: the check cannot fail")
		}
		if one.level > c.level && strings.Contains(c.get(s, path), "chim hoàng yến") {
			found = append(found, fmt.Sprintf("%s finds the listing by %s", c.name, one.where))
		}
	}
	return found
}

func TestWhatIsConfidentialIsNowhere(t *testing.T) {
	eachCity(t, func(t *testing.T, s *app.Server) {
		f := plant(t, s)
		if len(f.words) < 50 {
			t.Fatalf("only %d words were planted", len(f.words))
		}
		for _, c := range callers(t, s) {
			for _, leak := range leaks(s, f, c) {
				t.Error(leak)
			}
		}
	})
}

func TestAPlantedLeakIsFound(t *testing.T) {
	s := city(t, "sqlite")
	f := plant(t, s)
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		old, err := exchange.Offers.Get(tx, f.ids[1])
		if err != nil {
			return err
		}
		o := exchange.Offers.Copy(old)
		o.Shown["problem"] = field.Public
		return exchange.Offers.Save(tx, "system", "offer.edited", old, o)
	})
	if err != nil {
		t.Fatal(err)
	}
	if found := leaks(s, f, caller{"a visitor", "", field.Public}); len(found) == 0 {
		t.Error("a fact that was opened by mistake is not found")
	}
}
