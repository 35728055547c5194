package web_test

import (
	"encoding/json"
	"strings"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/web"
)

func TestEachRefusalIsAPageInTheReadersTongue(t *testing.T) {
	s := house(t, nil)
	for _, one := range []struct {
		path, session string
		status        int
		vi, en        string
	}{
		{"/nowhere", "", 404, "Không có trang này", "There is no such page"},
		{"/staff", "member", 403, "Bạn không có quyền", "You may not open"},
		{"/amiss", "", 422, "Có chỗ cần sửa", "Something needs to be corrected"},
		{"/broken", "", 500, "Hệ thống gặp lỗi", "Something broke on our side"},
		{"/panic", "", 500, "Hệ thống gặp lỗi", "Something broke on our side"},
	} {
		res, text := call(t, s, "GET", one.path, one.session, "")
		if res.StatusCode != one.status {
			t.Errorf("%s: %s", one.path, res.Status)
		}
		wants(t, text, one.vi, `lang="vi"`)
		lacks(t, text, "hidden reason", "deadline", "goroutine")
		res, text = call(t, s, "GET", "/en"+one.path, one.session, "")
		if res.StatusCode != one.status {
			t.Errorf("/en%s: %s", one.path, res.Status)
		}
		wants(t, text, one.en, `lang="en"`)
	}
	_, text := call(t, s, "GET", "/nowhere", "", "")
	wants(t, text, `role="search"`, `action="/search"`)
	_, text = call(t, s, "GET", "/amiss", "", "")
	wants(t, text, "<title>Lỗi: ", `class="errsum"`)
}

func TestAProgramIsRefusedInJSON(t *testing.T) {
	s := house(t, nil)
	for _, one := range [][]string{{"/api/x", ""}, {"/en/amiss", "application/json"}} {
		res, text := call(t, s, "GET", one[0], "", "", "Accept", one[1], "Accept-Language", "en")
		var body struct {
			Status       int
			Detail, Code string
			Errors       []struct{ Field, Detail string }
		}
		if err := json.Unmarshal([]byte(text), &body); err != nil {
			t.Fatal(err, text)
		}
		if res.Header.Get("Content-Type") != "application/problem+json" || body.Status != res.StatusCode || body.Code == "" {
			t.Error(res.Header, text)
		}
		lacks(t, text, "chỗ", "Địa")
		if one[0] == "/en/amiss" && (len(body.Errors) != 1 || body.Errors[0].Field != "title") {
			t.Error(text)
		}
	}
}

func TestAFormThatOutlivedItsSessionKeepsWhatWasTyped(t *testing.T) {
	s := house(t, nil)
	res, text := call(t, s, "POST", "/members?step=2", "expired", "title=M%C3%A1y+%3Cs%E1%BA%A5y%3E&text=two%0D%0Alines&password=hunter2&kind=a&kind=b")
	if res.StatusCode != 401 {
		t.Fatal(res.Status)
	}
	wants(t, text, `action="/members?step=2"`, `value="Máy &lt;sấy&gt;"`, "two\r\nlines", `name="kind" value="a"`, `name="kind" value="b"`, `href="/sign-in"`, `target="_blank"`)
	lacks(t, text, "hunter2")
	if c := res.Cookies(); len(c) != 1 || c[0].Name != "chonoi" || c[0].MaxAge >= 0 {
		t.Error("the dead cookie stays", c)
	}
}

func TestAPostFromAnotherSiteIsRefused(t *testing.T) {
	s := house(t, nil)
	res, text := call(t, s, "POST", "/members", "member", "title=x", "Sec-Fetch-Site", "cross-site")
	if res.StatusCode != 403 {
		t.Error(res.Status)
	}
	wants(t, text, "đến từ một trang khác")
}

func TestAnAddressThatDoesNotTakeTheMethodSaysWhichItTakes(t *testing.T) {
	s := house(t, nil)
	res, text := call(t, s, "POST", "/page", "", "a=1")
	if res.StatusCode != 405 || !strings.Contains(res.Header.Get("Allow"), "GET") {
		t.Error(res.Status, res.Header.Get("Allow"))
	}
	wants(t, text, "Không có trang này")
	if res, _ := call(t, s, "GET", "/en/page/?q=1", "", ""); res.StatusCode != 308 || res.Header.Get("Location") != "/en/page?q=1" {
		t.Error(res.Status, res.Header.Get("Location"))
	}
	if res, _ := call(t, s, "GET", "/en", "", ""); res.Header.Get("Location") != "/en/" {
		t.Error(res.Status)
	}
}

func TestWhoLosesTheWayStaysSignedIn(t *testing.T) {
	s := house(t, nil)
	_, text := call(t, s, "GET", "/nowhere", "member", "")
	lacks(t, text, `href="/sign-in`)
	_, text = call(t, s, "GET", "/nowhere", "", "")
	wants(t, text, `href="/sign-in`)
}

func TestTheMenuMarksOneEntryTheNearest(t *testing.T) {
	s := house(t, func(c *web.Config) {
		c.Menu = []web.MenuItem{{Path: "/", Key: "web.home"}, {Path: "/page", Key: "web.home"}, {Path: "/page/below", Key: "web.home"}}
		c.Pages = append(c.Pages, web.Route{Pattern: "GET /page/below/all", Handler: page("x"), Right: account.Anyone})
	})
	_, text := call(t, s, "GET", "/page/below/all", "", "")
	wants(t, text, `href="/page/below" aria-current="true"`)
	lacks(t, text, `href="/page" aria-current`, `href="/" aria-current`)
}
