package app_test

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
	"chonoi/internal/mail"
	"chonoi/internal/search"
	"chonoi/internal/termbase"
	"chonoi/internal/web/webtest"
)

// enter begins a session for one of the demonstration's people and returns its token.
func enter(t *testing.T, s *app.Server, email string) string {
	t.Helper()
	var token string
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		who, err := s.Accounts.ByEmail(tx, email)
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
	return token
}

// firstOf returns the id of a listing on the floor.
func firstOf(s *app.Server, kind string) string {
	found := s.Index.Load().Search(search.Query{Filters: map[string][]string{"kind": {kind}}, Limit: 1})
	return found.Hits[0].ID
}

// idOf returns the id of a listing in that state, of an organisation known by its seed name.
func idOf(t *testing.T, s *app.Server, kind, state, organisation string) string {
	t.Helper()
	var id string
	err := s.DB.View(t.Context(), func(tx *db.Tx) error {
		query := "SELECT l.id FROM " + kind + " l JOIN organisation o ON o.id = l.owner WHERE l.state = ?"
		args := []any{state}
		if organisation != "" {
			query, args = query+" AND o.external_id = ?", append(args, organisation)
		}
		return tx.QueryRow(query+" ORDER BY l.id LIMIT 1", args...).Scan(&id)
	})
	if err != nil {
		t.Fatalf("%s %s of %q: %v", state, kind, organisation, err)
	}
	return id
}

// begun begins a draft for one of the demonstration's people and returns its id and its owner.
func begun(t *testing.T, s *app.Server, email string) (id, owner string) {
	t.Helper()
	given := map[string][]string{"title_vi": {"Máy tách vỏ lụa hạt sen"}, "trl": {"6"}, "price_kind": {"fixed"}}
	err := s.DB.Update(t.Context(), func(tx *db.Tx) error {
		who, err := s.Accounts.ByEmail(tx, email)
		if err != nil {
			return err
		}
		owner = who.Memberships[0].Organisation
		actor := account.Actor{ID: who.ID, Memberships: who.Memberships}
		draft, _, err := s.Exchange.Offers.Begin(tx, actor, owner, func(column string) ([]string, bool) { texts, there := given[column]; return texts, there })
		if err == nil {
			id = draft.ID
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id, owner
}

// drafted loads a dictionary with a bad line, proposes a term and retires one, and returns the id of
// the dictionary.
func drafted(t *testing.T, s *app.Server) (id string) {
	t.Helper()
	reading, err := lexicon.Read(t.Context(), []lexicon.File{{Name: "x.tsv", Data: []byte("lò sấy tháp\ttower dryer\nmột dòng hỏng\n")}}, lang.Vi)
	if err != nil {
		t.Fatal(err)
	}
	err = s.DB.Update(t.Context(), func(tx *db.Tx) (err error) {
		if err := s.Terms.Propose(tx, "somebody", termbase.Proposal{Vi: "xì phèn", En: "acid sulphate leaching", Field: "rice"}); err != nil {
			return err
		}
		if err := s.Terms.Retire(tx, "somebody", termbase.IDOf("sấy bơm nhiệt", "heat pump drying")); err != nil {
			return err
		}
		id, err = s.Terms.Draft(tx, "somebody", "Từ điển thử", "CC0 1.0", "example.org", reading)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// planOf returns the id of the plan of a symbol.
func planOf(t *testing.T, s *app.Server, symbol string) (id string) {
	t.Helper()
	err := s.DB.View(t.Context(), func(tx *db.Tx) error {
		return tx.QueryRow("SELECT id FROM plan WHERE symbol = ?", symbol).Scan(&id)
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// taskOf returns the id of a task of which its body says so.
func taskOf(t *testing.T, s *app.Server, said string) (id string) {
	t.Helper()
	err := s.DB.View(t.Context(), func(tx *db.Tx) error {
		return tx.QueryRow("SELECT id FROM task WHERE said = ? ORDER BY id LIMIT 1", said).Scan(&id)
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// someID returns the id of a row of a table.
func someID(t *testing.T, s *app.Server, table, where string) (id string) {
	t.Helper()
	err := s.DB.View(t.Context(), func(tx *db.Tx) error {
		return tx.QueryRow("SELECT id FROM " + table + " WHERE " + where + " ORDER BY id LIMIT 1").Scan(&id)
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// visits are the pages that are looked at, by who looks.
func visits(t *testing.T, s *app.Server) map[string][]string {
	const manager = "quanly@song-hau.example"
	offer, need, submitted := firstOf(s, "offer"), firstOf(s, "need"), idOf(t, s, "offer", "submitted", "")
	id, owner := begun(t, s, manager)
	const member = "thanhvien@song-hau.example"
	if err := s.Letters.Send(t.Context(), mail.Letter{ID: "looked-at", To: member, Tag: lang.Vi, Subject: "Tin sắp hết hạn", Text: "Tin «Máy sấy xoài» còn 7 ngày."}); err != nil {
		t.Fatal(err)
	}
	kept, err := s.Letters.List(500)
	if err != nil {
		t.Fatal(err)
	}
	letter := slices.IndexFunc(kept, func(k mail.Kept) bool { return k.To == member })
	dictionary := "/terms/dictionaries/" + drafted(t, s)
	watch := watch{t, s}
	watch.follow()
	search := watch.save(member, "q=sen&kind=offer", "daily")
	watch.offer("muahang@ben-nuoc.example", "Máy tách hạt sen", nil)
	watch.follow()
	plan, task := "/plans/"+planOf(t, s, "12/KH-UBND"), "/tasks/"+taskOf(t, s, "blocked")
	ward := "/plans/" + someID(t, s, "plan", "parent <> ''")
	round := "/rounds/" + someID(t, s, "check_round", "kind = 'supervision'")
	issued, written := "/reviews/"+someID(t, s, "plan_review", "state = 'issued'"), "/reviews/"+someID(t, s, "plan_review", "state = 'draft'")
	farm, urging, urged := watch.task(strings.TrimPrefix(task, "/tasks/")).Owner, "/letters/"+someID(t, s, "urging_letter", "state = 'draft'"), "/letters/"+someID(t, s, "urging_letter", "state = 'issued'")
	talks := "/deals/" + someID(t, s, "deal", "state = 'negotiating'")
	draft, own := "/offers/"+id, "/offers/"+idOf(t, s, "offer", "published", "song-hau")
	return map[string][]string{
		"": {"/", "/en/", "/search?q=say+xoai", "/en/search?q=dryer&kind=offer", "/search?q=zzzz&kind=offer", "/offers/" + offer, "/en/offers/" + offer,
			"/needs/" + need, "/sign-in", "/sign-up", "/api", "/offers/none", "/states", "/organisations", "/en/organisations/" + owner, "/listing-rules", "/matching", "/needs/" + need + "/matches",
			"/en/needs/" + need + "/matches?grade=all", "/offers/" + offer + "/matches", "/needs/" + need + "/matches/offer/" + offer,
			"/sign-in/link", "/sign-in/link/none", "/sign-in/code", "/sign-up/sent", "/sign-up/confirm/none", "/terms?q=bom+nhiet", "/en/terms?q=zzzz", "/terms/" + termbase.IDOf("bơm nhiệt", "heat pump"), "/plans", "/en" + plan, plan + "?standing=overdue&on=2026-11-01", plan + "/clauses/II.1-1~1", "/bodies/classes", "/en/bodies/ended",
			plan + "/coverage", "/organisations/" + someID(t, s, "organisation", "external_id = 'ubnd-phuong-ben-ninh'") + "/programme", "/programme", "/en/programme" + "?plan=" + strings.TrimPrefix(plan, "/plans/"), "/programme/rows/overdue", "/programme/rows/gone", "/programme/bodies", plan + "/timeline", "/en" + plan + "/timeline?by=group", plan + "/network",
			plan + "/documents/318~QĐ-UBND@2025-05-05", "/policies", "/en/activities", "/procedures", "/unplanned", "/funnel", "/en/funnel", "/brokers", "/en/brokers?kind=promotion_centre", "/free-licences", "/en/free-licences", "/sales", "/en/sales?box=ended", "/sales/" + someID(t, s, "sale", "mode = 'auction'"), "/en/sales/" + someID(t, s, "sale", "mode = 'fixed_price'"), "/royalty", "/en/royalty?rate=5&base=net_price&invoiced=1000000", "/layouts", "/en/layouts/party-2026", "/en/unplanned/" + someID(t, s, "unplanned_task", "state = 'open'"), "/policies/" + someID(t, s, "policy", "state = 'in_force'"), "/rounds", "/en" + round, "/opinion-links/none", "/findings/" + someID(t, s, "check_finding", "state = 'open'"), "/reviews", "/en" + issued, issued + "/figures/overdue", issued + "/figures/m-offers_on_floor-1"},
		member: {"/alerts", "/en/alerts", "/alerts/new?q=sen&kind=offer", "/alerts/" + search, "/unsubscribe/none", "/reminders/none/stop", watch.stopping(farmingOffice), "/desk/mine", "/offers/new", "/needs/new", "/account", "/account/second-factor", "/account/email/none", "/mail", "/mail/" + kept[letter].ID, "/administration", "/terms/proposals/new"},
		manager: {draft + "/edit?step=1", "/en" + draft + "/edit?step=6", draft + "/edit?step=8", draft + "/edit?step=9", draft + "/history", draft + "/preview",
			own + "/free-licence", own + "/sale", "/en" + own + "/sale?mode=call", own + "/sale?mode=auction", "/sales/" + someID(t, s, "sale", "state = 'draft'") + "/edit", "/en/sales/" + someID(t, s, "sale", "state = 'draft'"), "/sales/" + someID(t, s, "sale", "mode = 'auction'") + "/bidders/" + someID(t, s, "sale_bidder", "sale = (SELECT id FROM sale WHERE mode = 'auction')"), "/sales/" + someID(t, s, "sale", "mode = 'call'"), own + "/renewal", own + "/withdrawal", "/organisations/new", "/organisations/" + owner + "/edit", "/organisations/" + owner + "/members"},
		"moigioi@cau-noi.example": {"/pipeline", "/en/mandates/" + someID(t, s, "mandate", "state = 'in_force'"), talks},
		"canbo@so-khcn.example": {"/desk", "/brokers?box=applied", "/desk/reviews/offer/" + submitted, "/duplicates", "/duplicates?show=decided", "/enquiries?box=waiting", "/deals?box=waiting", "/deals/" + someID(t, s, "deal", "state = 'terms_agreed'") + "/legal", "/en/duplicates/offer/" + submitted + "/" + offer, "/desk/needs", "/desk/needs/" + need, "/desk/unmatched", "/desk/judgements",
			"/desk/needs/" + need + "/matches", "/needs/" + need + "/matches/offer/" + offer,
			"/terms/new", "/terms/retired", "/terms/missed", "/terms/proposals", "/terms/dictionaries", dictionary},
		"chuongtrinh@so-khcn.example": {"/plans", plan + "/reading", plan + "/assignments", plan + "/handover", "/desk/tasks", task, "/en" + task,
			"/programme", "/desk/reminders", "/letters", "/letters/new", "/letters/new?body=" + farm, urging, urging + "/edit", "/en" + plan + "/budget?by=source", "/programme/rows/returned", task + "/budget", plan + "/documents/27~KH-UBND@2025-02-20", "/policies", "/activities", "/procedures", ward + "/links", plan + "/export", "/en/organisations/" + owner + "/programme/new", "/rounds/new", round, "/opinions", "/opinions?state=refused", "/reviews/new", written, written + "/edit", "/bodies/new", "/bodies/classes/ubnd_cap_xa", "/en/organisations/" + owner + "/past"},
		"phuong@ben-ninh.example": {"/desk/reminders"},
		"muahang@ben-nuoc.example": {"/deals", "/en" + talks, talks + "/offer", talks + "/experts", "/mandates", "/mandates/new", "/brokers/apply", "/sales/mine", "/sales/" + someID(t, s, "sale", "mode = 'auction'"), "/en/sales/" + someID(t, s, "sale", "mode = 'sealed_bids'"), "/free-licences/mine", "/free-licences/" + someID(t, s, "free_licence", "state = 'granted'"), "/deals/" + someID(t, s, "deal", "state = 'completed'") + "/performance", "/en/deals/" + someID(t, s, "deal", "state = 'disputed'") + "/performance", "/deals/" + someID(t, s, "deal", "state = 'terms_agreed'") + "/sheet", "/deals/" + someID(t, s, "deal", "state = 'begun'"), "/en/deals/" + someID(t, s, "deal", "state = 'drafting'") + "/legal", "/deals/" + someID(t, s, "deal", "state = 'drafting'") + "/contract", "/deals/" + someID(t, s, "deal", "state = 'drafting'") + "/contract/edit", "/en/deals/" + someID(t, s, "deal", "state = 'drafting'") + "/contract/print", "/enquiries", "/en/enquiries?box=asked",
			"/enquiries/" + someID(t, s, "enquiry", "state = 'questioned' AND owner <> holder"), "/enquiries/" + someID(t, s, "enquiry", "state = 'delivered'"), "/enquiries/" + someID(t, s, "enquiry", "state = 'agreed'"), "/offers/" + offer + "/enquiry", "/en/needs/" + need + "/enquiry", own},
		"giamsat@so-nong-nghiep.example": {"/desk/reminders", "/en/desk/reminders/" + farm, "/letters", urged},
		"thanhtra@thanh-tra.example":     {plan + "/trail", "/en" + round + "/trail", plan + "/assignments", plan + "/reading", "/opinions?state=shown"},
		"quantri@so-khcn.example":        {"/administration", "/administration/people", "/administration/lists", "/administration/lists/return_reasons", "/administration/settings"},
	}
}

// TestEveryPageIsAccessibleAtEveryWidth opens each page in Chromium at 320 to 1440 px, light and
// dark: axe finds nothing, nothing scrolls sideways, nothing is refused by the policy. With
// CHONOI_SHOTS it also leaves pictures in that folder.
func TestEveryPageIsAccessibleAtEveryWidth(t *testing.T) {
	t.Parallel()
	s := city(t, "sqlite")
	site := httptest.NewServer(s.Web.Handler())
	defer site.Close()
	for who, paths := range visits(t, s) {
		b := webtest.Open(t)
		if who != "" {
			b.Session(t, site.URL, enter(t, s, who))
		}
		for _, path := range paths {
			b.Check(t, site.URL+path)
			shoot(t, b, site.URL+path, strings.NewReplacer("/", "_", "?", "_", "&", "_").Replace(strings.Split(who, "@")[0]+path))
		}
	}
}

// elsewhere are the pages that other tests look at in the same views, or why none has to.
var elsewhere = map[string]string{
	"/desk/imports":                      "TestThePagesOfAnImportAreAccessibleAndFollowItLive",
	"/desk/imports/{id}":                 "TestThePagesOfAnImportAreAccessibleAndFollowItLive",
	"/needs/{id}/edit":                   "drawn as that of an offer",
	"/needs/{id}/history":                "drawn as that of an offer",
	"/needs/{id}/preview":                "drawn as that of an offer",
	"/needs/{id}/renewal":                "drawn as that of an offer",
	"/needs/{id}/withdrawal":             "drawn as that of an offer",
	"/plans/{id}/clauses/{clause}/trail": "drawn as that of a plan",
	"/tasks/{id}/trail":                  "drawn as that of a plan",
	"/reviews/{id}/trail":                "drawn as that of a plan",
	"/findings/{id}/trail":               "drawn as that of a plan",
	"/opinions/{id}/trail":               "drawn as that of a plan",
	"/administration/people/{id}":        "TestThePagesOfTheReceptionAreAccessible",
}

// noPage are the routes that answer with something else than a page.
var noPage = regexp.MustCompile(`^/(api/.+|reminders/[^/]+|evidence/.+|round-files/.+|deal-files/.+|assets/.+|exports/.+|files/.+|sitemap.*|healthz|readyz|metrics|robots\.txt|search/(suggestions|feed\..+)|offers/.+/matches/best|.*\.(xlsx|docx|zip|csv|tsv|json)|sign-in/provider.*)$`)

func TestNoPageOfTheHouseIsLeftUnseen(t *testing.T) {
	s := city(t, "sqlite")
	var seen []string
	for _, paths := range visits(t, s) {
		for _, path := range paths {
			path, _, _ = strings.Cut(path, "?")
			if english, ok := strings.CutPrefix(path, "/en/"); ok {
				path = "/" + english
			}
			seen = append(seen, path)
		}
	}
	hole := regexp.MustCompile(`\{[^}]+\}`)
	for _, route := range s.Web.Routes() {
		method, path, _ := strings.Cut(route.Pattern, " ")
		path = strings.TrimSuffix(path, "{$}")
		if method != http.MethodGet || noPage.MatchString(path) {
			continue
		}
		like := regexp.MustCompile("^" + hole.ReplaceAllString(path, "[^/]+") + "$")
		if !slices.ContainsFunc(seen, like.MatchString) && elsewhere[path] == "" {
			t.Errorf("nobody looks at %s: add it to visits", path)
		}
	}
}

func shoot(t *testing.T, b *webtest.Browser, address, name string) {
	t.Helper()
	folder := os.Getenv("CHONOI_SHOTS")
	if folder == "" {
		return
	}
	for suffix, v := range map[string]webtest.View{"wide": {Width: 1440}, "wide-dark": {Width: 1440, Dark: true}, "phone": {Width: 390}} {
		b.See(t, address, v)
		b.Shot(t, filepath.Join(folder, name+"-"+suffix+".jpg"), 70)
	}
}

// TestThePictureOfTheReadme makes docs/home.png anew when it is asked to.
func TestThePictureOfTheReadme(t *testing.T) {
	s := city(t, "sqlite")
	site := httptest.NewServer(s.Web.Handler())
	defer site.Close()
	b := webtest.Open(t)
	b.See(t, site.URL+"/", webtest.View{Width: 1280})
	file := filepath.Join(t.TempDir(), "home.png")
	if *update {
		file = "../../docs/home.png"
	}
	b.Shot(t, file, 100)
	if info, err := os.Stat(file); err != nil || info.Size() < 50_000 {
		t.Errorf("the picture is not there or empty: %v", err)
	}
}
