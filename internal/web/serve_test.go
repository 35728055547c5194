package web_test

import (
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/lang"
	"chonoi/internal/web"
)

func TestARouteWithoutRightOrHandlerIsRefusedAtStart(t *testing.T) {
	words, err := lang.Load(web.Texts)
	if err != nil {
		t.Fatal(err)
	}
	d := dbtest.Open(t, "sqlite")
	for name, routes := range map[string][]web.Route{
		"no right":      {{"GET /a", page("a"), account.Right{}}},
		"no handler":    {{"GET /a", nil, account.Anyone}},
		"no method":     {{"/a", page("a"), account.Anyone}},
		"twice":         {{"GET /a", page("a"), account.Anyone}, {"GET /a", page("b"), account.Anyone}},
		"in conflict":   {{"GET /a/{x}/c", page("a"), account.Anyone}, {"GET /a/b/{y}", page("b"), account.Anyone}},
		"not a pattern": {{"GET /{a", page("a"), account.Anyone}},
	} {
		if _, err := web.New(web.Config{DB: d, Words: words, Session: sessions, Pages: routes}); err == nil {
			t.Errorf("%s: the server started", name)
		}
	}
}

func TestAFormThatRunsTwiceAnswersOnce(t *testing.T) {
	var runs atomic.Int32
	s := house(t, func(c *web.Config) {
		c.Pages = append(c.Pages, web.Route{"POST /twice", func(w http.ResponseWriter, r *http.Request) error {
			title := web.Form(r).Text("title")
			w.Header().Add("X-Run", title)
			_, _ = w.Write([]byte("run " + title + ";"))
			if runs.Add(1) == 1 {
				return db.Again(errors.New("another was faster"))
			}
			return nil
		}, account.Anyone})
	})
	res, text := call(t, s, "POST", "/twice", "", "title=+x%00y%0Az+")
	if runs.Load() != 2 || text != "run xy z;" || len(res.Header.Values("X-Run")) != 1 {
		t.Errorf("%d runs, %q, %v", runs.Load(), text, res.Header.Values("X-Run"))
	}
}

func TestWhatAFailedHandlerWroteIsThrownAway(t *testing.T) {
	s := house(t, func(c *web.Config) {
		c.Pages = append(c.Pages, web.Route{"POST /half", func(w http.ResponseWriter, r *http.Request) error {
			web.SetSession(w, r, "member", 0)
			_, _ = w.Write([]byte("half"))
			return errors.New("disk full at /srv/secret")
		}, account.Anyone})
	})
	res, text := call(t, s, "POST", "/half", "", "a=1")
	if res.StatusCode != 500 || len(res.Cookies()) != 0 {
		t.Error(res.Status, res.Cookies())
	}
	lacks(t, text, "half", "disk full", "secret")
	wants(t, text, res.Header.Get("X-Request-Id"))
}

func TestTooLargeABodyIsRefusedInWords(t *testing.T) {
	s := house(t, nil)
	body := "title=" + strings.Repeat("x", web.BodyLimit)
	res, text := call(t, s, "POST", "/en/members", "member", body)
	if res.StatusCode != 413 {
		t.Error(res.Status)
	}
	wants(t, text, "larger than 1 MB")
	res, _ = call(t, s, "POST", "/members", "member", strings.Repeat("a=1&", 3000))
	if res.StatusCode != 413 {
		t.Error(res.Status)
	}
}

func TestAnAddressThatKnocksTooOftenMustWait(t *testing.T) {
	s := house(t, func(c *web.Config) {
		c.Special = []web.Special{{Route: web.Route{"POST /sign-in", page("in"), account.MaySignIn}, PerMinute: 3}}
	})
	for i := range 4 {
		res, _ := call(t, s, "POST", "/sign-in", "", "a=1")
		if late := res.StatusCode == 429; late != (i == 3) {
			t.Errorf("call %d: %s", i+1, res.Status)
		}
	}
}

func TestAStreamHasNoTransactionAndItsEarlyFaultIsAPage(t *testing.T) {
	s := house(t, func(c *web.Config) {
		c.Special = []web.Special{
			{Route: web.Route{"GET /flow", func(w http.ResponseWriter, r *http.Request) error {
				if web.Tx(r) != nil || web.DB(r) == nil {
					return errors.New("a transaction")
				}
				_, err := w.Write([]byte("flow for " + web.Actor(r).Name))
				return err
			}, account.MaySeeOwn}, Stream: true, Plain: true},
		}
	})
	if res, text := call(t, s, "GET", "/flow", "member", ""); res.StatusCode != 200 || text != "flow for Lê Thị Sông" {
		t.Error(res.Status, text)
	}
	if res, _ := call(t, s, "GET", "/flow", "", ""); res.StatusCode != 303 {
		t.Error(res.Status)
	}
	if res, _ := call(t, s, "GET", "/en/flow", "member", ""); res.StatusCode != 404 {
		t.Error(res.Status)
	}
}

func TestWhatAnInspectorOpensIsTold(t *testing.T) {
	var told []string
	refuse := false
	s := house(t, func(c *web.Config) {
		c.Opened = func(tx *db.Tx, actor account.Actor, path string) error {
			if refuse {
				return errors.New("the ledger is closed")
			}
			told = append(told, actor.Name+" "+path)
			return nil
		}
	})
	call(t, s, "GET", "/en/staff", "inspector", "")
	call(t, s, "GET", "/page", "inspector", "")
	call(t, s, "GET", "/members", "member", "")
	if len(told) != 1 || told[0] != "Thanh tra /staff" {
		t.Error(told)
	}
	refuse = true
	if res, text := call(t, s, "GET", "/staff", "inspector", ""); res.StatusCode != 500 || strings.Contains(text, "secret title") {
		t.Error(res.Status)
	}
}

func TestANoticeIsShownOnce(t *testing.T) {
	s := house(t, nil)
	res, _ := call(t, s, "POST", "/en/members", "member", "title=abc")
	if res.StatusCode != 303 || res.Header.Get("Location") != "/en/page" {
		t.Fatal(res.Status, res.Header)
	}
	cookie := res.Cookies()[0].Name + "=" + res.Cookies()[0].Value
	res, text := call(t, s, "GET", "/en/page", "", "", "Cookie", cookie)
	wants(t, text, "more than 3 values", `class="note ok"`)
	if c := res.Cookies(); len(c) != 1 || c[0].MaxAge >= 0 {
		t.Error(c)
	}
}

func TestTheMatrixSeesEveryRouteWithItsRight(t *testing.T) {
	words, _ := lang.Load(web.Texts)
	s, err := web.New(web.Config{DB: dbtest.Open(t, "sqlite"), Words: words, Session: sessions, Pages: []web.Route{{"GET /x", page("x"), account.MaySeeOwn}}})
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, r := range s.Routes() {
		found[r.Pattern] = r.Right.Name
	}
	if found["GET /x"] != "may_see_own" || found["GET /healthz"] != "anyone" || found["POST /theme"] != "anyone" {
		t.Error(found)
	}
	if _, ok := found["GET /states"]; ok {
		t.Error("the page of states is for the demonstration only")
	}
}
