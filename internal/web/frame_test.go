package web_test

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"

	"chonoi/internal/web"
	"chonoi/internal/web/parts"
)

func TestEveryAnswerCarriesTheSecurityHeaders(t *testing.T) {
	s := house(t, func(c *web.Config) { c.Secure = true })
	for _, path := range []string{"/page", "/nowhere", "/panic", "/assets/none", "/healthz"} {
		res, _ := call(t, s, "GET", path, "", "")
		csp := res.Header.Get("Content-Security-Policy")
		for _, rule := range []string{"default-src 'self'", "frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'", "script-src 'self'"} {
			if !strings.Contains(csp, rule) {
				t.Errorf("%s: no %s in %q", path, rule, csp)
			}
		}
		for _, name := range []string{"X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cross-Origin-Opener-Policy", "Strict-Transport-Security", "X-Request-Id"} {
			if res.Header.Get(name) == "" {
				t.Errorf("%s: no %s", path, name)
			}
		}
	}
}

func TestNoPageHoldsInlineScriptOrStyle(t *testing.T) {
	s := house(t, nil)
	inline := regexp.MustCompile(`\sstyle=|\son[a-z]+=|<style|javascript:|<script>`)
	for _, path := range []string{"/states", "/en/states", "/page", "/nowhere", "/panic"} {
		_, text := call(t, s, "GET", path, "", "")
		if found := inline.FindString(text); found != "" {
			t.Errorf("%s holds %q", path, found)
		}
	}
}

func TestThePageOfStatesIsWholeInBothTongues(t *testing.T) {
	s := house(t, nil)
	key := regexp.MustCompile(`\b(web|parts|states)\.[a-z_0-9]+`)
	for _, path := range []string{"/states", "/en/states"} {
		res, text := call(t, s, "GET", path, "", "")
		if res.StatusCode != 200 || len(text) > 45_000 {
			t.Fatal(res.Status, len(text), text[:300])
		}
		wants(t, text, `class="listing offer"`, `class="listing need"`, `class="errsum"`, `class="empty"`, `aria-invalid="true"`)
		if found := key.FindString(text); found != "" {
			t.Errorf("%s shows the key %s", path, found)
		}
		if n := strings.Count(text, "<h1"); n != 1 {
			t.Errorf("%d headings of the first rank", n)
		}
	}
}

func TestTheReaderChoosesLightOrDark(t *testing.T) {
	s := house(t, nil)
	res, _ := call(t, s, "POST", "/theme", "", "theme=dark&back=%2Fen%2Fpage%3Fq%3D1")
	if res.StatusCode != 303 || res.Header.Get("Location") != "/en/page?q=1" {
		t.Error(res.Status, res.Header.Get("Location"))
	}
	c := res.Cookies()[0]
	if !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Value != "dark" {
		t.Error(c)
	}
	_, text := call(t, s, "GET", "/page", "", "", "Cookie", "theme=dark")
	wants(t, text, `data-theme="dark"`, `value="light"`, "Giao diện sáng")
	for _, elsewhere := range []string{"//evil.example", "https://evil.example/", "/\\evil.example"} {
		res, _ = call(t, s, "POST", "/theme", "", "theme=x&back="+elsewhere)
		if res.Header.Get("Location") != "/" {
			t.Errorf("%s leads to %s", elsewhere, res.Header.Get("Location"))
		}
	}
}

func TestAPageThatTheReaderHasIsNotSentAgain(t *testing.T) {
	s := house(t, nil)
	for _, encoding := range []string{"identity", "gzip", "zstd"} {
		res, text := call(t, s, "GET", "/page", "", "", "Accept-Encoding", encoding)
		tag := res.Header.Get("ETag")
		if tag == "" || strings.HasPrefix(tag, "W/") {
			t.Fatalf("ETag %q", tag)
		}
		if got := res.Header.Get("Content-Encoding"); encoding != "identity" && got != encoding {
			t.Errorf("asked for %s, got %q", encoding, got)
		}
		if encoding == "gzip" {
			zip, err := gzip.NewReader(strings.NewReader(text))
			if err != nil {
				t.Fatal(err, res.Header)
			}
			zip.Close()
		}
		res, text = call(t, s, "GET", "/page", "", "", "If-None-Match", tag, "Accept-Encoding", encoding)
		if res.StatusCode != 304 || text != "" {
			t.Error(encoding, res.Status, len(text))
		}
		if res, _ = call(t, s, "GET", "/page", "member", "", "If-None-Match", tag, "Accept-Encoding", encoding); res.StatusCode != 200 {
			t.Error("another reader's page", res.Status)
		}
	}
}

func TestAssetsStayForeverUnderTheirHash(t *testing.T) {
	s := house(t, nil)
	_, text := call(t, s, "GET", "/page", "", "")
	address := regexp.MustCompile(`/assets/css/chonoi-[0-9a-f]+\.css`).FindString(text)
	res, css := call(t, s, "GET", address, "", "")
	if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") || !strings.HasPrefix(res.Header.Get("Content-Type"), "text/css") {
		t.Error(address, res.Status, res.Header)
	}
	if len(css) > 40_000 {
		t.Errorf("the style is %d bytes, the budget 40,000", len(css))
	}
	if strings.Contains(css, "url(fonts/") {
		t.Error("a font address was not rewritten")
	}
	script := regexp.MustCompile(`/assets/js/app-[0-9a-f]+\.js`).FindString(text)
	if res, _ := call(t, s, "GET", script, "", ""); res.StatusCode != 200 {
		t.Error(script, res.Status)
	}
	t.Logf("style %d bytes, page %d bytes", len(css), len(text))
}

func TestScriptsStayWithinTheirBudget(t *testing.T) {
	total := 0
	for _, name := range []string{"assets/js/app.js", "assets/dist/htmx.min.js"} {
		body, err := os.ReadFile(name)
		if err != nil && strings.Contains(name, "dist") {
			t.Skip("the assets of npm are not built")
		}
		var out bytes.Buffer
		zip := gzip.NewWriter(&out)
		_, _ = zip.Write(body)
		_ = zip.Close()
		total += out.Len()
	}
	if total > 25_000 {
		t.Errorf("scripts are %d bytes compressed, the budget 25,000", total)
	}
	t.Logf("scripts %d bytes compressed", total)
}

func TestEveryIconThatAPageNamesIsInTheSprite(t *testing.T) {
	known := map[string]bool{}
	for _, name := range parts.Icons {
		known[name] = true
	}
	named := regexp.MustCompile(`Icon\("([a-z0-9-]+)"\)|Icon: "([a-z0-9-]+)"`)
	for _, glob := range []string{"*.templ", "*.go", "parts/*.templ", "parts/*.go", "../*/*.templ", "../*/*_pages.go"} {
		for _, file := range files(t, glob) {
			body, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, found := range named.FindAllStringSubmatch(string(body), -1) {
				if name := found[1] + found[2]; !known[name] {
					t.Errorf("%s names the icon %s, which parts.Icons does not hold", file, name)
				}
			}
		}
	}
}

func TestRobotsAndHealthAnswer(t *testing.T) {
	s := house(t, func(c *web.Config) {
		c.Demo = false
		c.Site.BaseURL = "https://chonoi.example"
		c.Metrics = http.NotFoundHandler()
	})
	_, text := call(t, s, "GET", "/robots.txt", "", "")
	wants(t, text, "Sitemap: https://chonoi.example/sitemap.xml")
	for _, path := range []string{"/healthz", "/readyz"} {
		if res, _ := call(t, s, "GET", path, "", ""); res.StatusCode != 200 {
			t.Error(path, res.Status)
		}
	}
	_, text = call(t, s, "GET", "/en/page", "", "")
	wants(t, text, `<link rel="canonical" href="https://chonoi.example/en/page">`, `hreflang="vi" href="https://chonoi.example/page"`, `property="og:title" content="one page"`)
}
