package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"chonoi/internal/account"
	"chonoi/internal/web"
)

func TestTheCookieOfASessionIsClosedToScriptsAndOtherSites(t *testing.T) {
	for _, secure := range []bool{false, true} {
		s := house(t, func(c *web.Config) {
			c.Secure = secure
			c.Pages = append(c.Pages,
				web.Route{"POST /in", func(w http.ResponseWriter, r *http.Request) error {
					web.SetSession(w, r, "member", time.Hour)
					return web.GotoExactly(w, r, web.Next(r, "/account"))
				}, account.MaySignIn},
				web.Route{"POST /out", func(w http.ResponseWriter, r *http.Request) error {
					web.ClearSession(w, r)
					return web.Goto(w, r, "/")
				}, account.SignedIn})
		})
		res, _ := call(t, s, "POST", "/en/in", "", "next="+url.QueryEscape("/en/offers/1?x=2"))
		c := res.Cookies()[0]
		if c.Name != "chonoi" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Secure != secure || c.MaxAge != 3600 || c.Path != "/" {
			t.Errorf("%+v", c)
		}
		if res.Header.Get("Location") != "/en/offers/1?x=2" {
			t.Error(res.Header.Get("Location"))
		}
		for _, next := range []string{"", "//evil.example/", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "/\t/evil.example"} {
			res, _ = call(t, s, "POST", "/en/in", "", "next="+url.QueryEscape(next))
			if got := res.Header.Get("Location"); got != "/en/account" {
				t.Errorf("%q leads to %q", next, got)
			}
		}
		res, _ = call(t, s, "POST", "/out", "member", "a=1")
		if c := res.Cookies()[0]; c.MaxAge >= 0 || c.Value != "" || res.Header.Get("Clear-Site-Data") == "" {
			t.Errorf("%+v", c)
		}
	}
}

func TestBehindAProxyTheLastHopIsTheCaller(t *testing.T) {
	knock := func(s *web.Config) {
		s.Special = []web.Special{{Route: web.Route{"POST /knock", func(w http.ResponseWriter, r *http.Request) error {
			_, err := w.Write([]byte(web.Address(r)))
			return err
		}, account.Anyone}, PerMinute: 2}}
	}
	s := house(t, func(c *web.Config) { knock(c); c.BehindProxy = true })
	for i, one := range []struct {
		hops, caller string
		status       int
	}{
		{"6.6.6.6, 1.2.3.4", "1.2.3.4", 200},
		{"7.7.7.7, 1.2.3.4", "1.2.3.4", 200},
		{"8.8.8.8, 1.2.3.4", "", 429}, // what the caller claims does not help
		{"1.2.3.5", "1.2.3.5", 200},
		{"2001:db8:1:2:3::1", "2001:db8:1:2::", 200},
	} {
		res, text := call(t, s, "POST", "/knock", "", "a=1", "X-Forwarded-For", one.hops)
		if res.StatusCode != one.status || (one.caller != "" && text != one.caller) {
			t.Errorf("%d: %s %s", i, res.Status, text)
		}
	}
	s = house(t, knock)
	if _, text := call(t, s, "POST", "/knock", "", "a=1", "X-Forwarded-For", "1.2.3.4"); text != "127.0.0.1" {
		t.Error("without a proxy the header counts:", text)
	}
}

func TestFiguresAreForTheOwnNetworkOnly(t *testing.T) {
	var seen []string
	s := house(t, func(c *web.Config) {
		c.Metrics = http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("figures")) })
		c.Seen = func(route string, _ int, _ time.Duration) { seen = append(seen, route) }
	})
	if res, text := call(t, s, "GET", "/metrics", "", ""); res.StatusCode != 200 || text != "figures" {
		t.Error(res.Status, text)
	}
	if res, _ := call(t, s, "GET", "/metrics", "", "", "X-Forwarded-For", "10.0.0.1"); res.StatusCode != 404 {
		t.Error(res.Status)
	}
	s.Close() // the last request is counted when this returns
	if got := strings.Join(seen, ","); got != "GET /metrics,GET /metrics" {
		t.Error(got)
	}
}
