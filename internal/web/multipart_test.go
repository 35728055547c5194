package web

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"chonoi/internal/account"
	"chonoi/internal/fault"
)

const formKind = "multipart/form-data; boundary=b"

// part is one part of a form as it is sent.
func part(header, body string) string { return "--b\r\n" + header + "\r\n\r\n" + body + "\r\n" }

// amiss are forms that no browser sends, with the fault that each is refused by; 0 when it is read.
var amiss = []struct {
	name, kind, body string
	want             fault.Kind
}{
	{"a form", formKind, part(`Content-Disposition: form-data; name="title"`, "Máy sấy") + part(`Content-Disposition: form-data; name="file"; filename="a.pdf"`, "%PDF-1.4") + "--b--\r\n", 0},
	{"an empty body", formKind, "", fault.Invalid},
	{"no boundary", "multipart/form-data", part(`Content-Disposition: form-data; name="a"`, "1") + "--b--", fault.Invalid},
	{"a boundary that breaks off", formKind, part(`Content-Disposition: form-data; name="a"`, "1") + "--", fault.Invalid},
	{"a part that breaks off", formKind, "--b\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhalf", fault.Invalid},
	{"a header that breaks off", formKind, "--b\r\nContent-Dispo", fault.Invalid},
	{"a boundary that is too long", "multipart/form-data; boundary=" + strings.Repeat("b", 80), "--b--", fault.Invalid},
	{"a huge header", formKind, part("Content-Disposition: form-data; name=\"a\"\r\nX-Long: "+strings.Repeat("x", 900_000), "1") + "--b--", 0},
	{"thousands of lines of header", formKind, part("Content-Disposition: form-data; name=\"a\""+strings.Repeat("\r\nX-A: b", 20_000), "1") + "--b--", fault.TooLarge},
	{"a form in a form", formKind, part("Content-Disposition: form-data; name=\"a\"\r\nContent-Type: multipart/mixed; boundary=c", "--c\r\n\r\n1\r\n--c--") + "--b--", 0},
	{"many parts", formKind, strings.Repeat(part(`Content-Disposition: form-data; name="a"`, ""), 5000) + "--b--", fault.TooLarge},
	{"a hundred thousand parts", formKind, strings.Repeat(part(`Content-Disposition: form-data; name="a"`, ""), 100_000) + "--b--", fault.TooLarge},
	{"a part without a name", formKind, part("Content-Disposition: form-data", "1") + part(`Content-Type: text/plain`, "2") + "--b--", 0},
	{"a name that leads elsewhere", formKind, part(`Content-Disposition: form-data; name="file"; filename="../../etc/passwd"`, "x") + part(`Content-Disposition: form-data; name="file"; filename="C:\\a\\b.pdf"`, "x") + "--b--", 0},
	{"a name that is turned round", formKind, part("Content-Disposition: form-data; name=\"file\"; filename=\"a\u202efdp.exe\"", "x") + "--b--", 0},
	{"a name with signs that are not seen", formKind, part("Content-Disposition: form-data; name=\"\u202etitle\"", "a\x00b\u2066c\xff") + "--b--", 0},
	{"a name told in another way", formKind, part("Content-Disposition: form-data; name=\"file\"; filename*=UTF-8''%00%0d%0a.pdf", "x") + "--b--", 0},
	{"more than a form may hold", formKind, part(`Content-Disposition: form-data; name="a"`, strings.Repeat("x", BodyLimit)) + "--b--", fault.TooLarge},
}

// take reads a body as every form of the house is read, and reports what it cost.
func take(kind string, body []byte) (v Values, err error, took time.Duration, bytesTaken uint64) {
	r := httptest.NewRequest(http.MethodPost, "/members", bytes.NewReader(body))
	r.Header.Set("Content-Type", kind)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := time.Now()
	_, err = takeBody(httptest.NewRecorder(), r, BodyLimit)
	if err == nil {
		v = Form(r)
	}
	dropFiles(r)
	took = time.Since(begun)
	runtime.ReadMemStats(&after)
	return v, err, took, after.TotalAlloc - before.TotalAlloc
}

// bounds holds that a body was read or refused at a bounded cost, and that no sign that deceives
// the eye is left in what was read.
func bounds(t *testing.T, kind string, body []byte) error {
	t.Helper()
	v, err, took, taken := take(kind, body)
	if err != nil && fault.KindOf(err) != fault.Invalid && fault.KindOf(err) != fault.TooLarge {
		t.Errorf("the fault is %v", err)
	}
	if took > 5*time.Second || taken > 24<<20 {
		t.Errorf("%d bytes took %s and %d bytes", len(body), took, taken)
	}
	for name, values := range v.Map() {
		for _, text := range append(values, name) {
			if !utf8.ValidString(text) || strings.ContainsFunc(text, deceives) {
				t.Errorf("%q is left in what was read", text)
			}
		}
	}
	return err
}

func deceives(r rune) bool {
	return r != '\n' && r != '\t' && unicode.IsControl(r) || r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069
}

func TestAFormThatIsNoneIsRefusedAtALittleCost(t *testing.T) {
	for _, one := range amiss {
		t.Run(one.name, func(t *testing.T) {
			if kind := fault.KindOf(bounds(t, one.kind, []byte(one.body))); kind != one.want {
				t.Errorf("the fault is %d, want %d", kind, one.want)
			}
		})
	}
}

func FuzzMultipart(f *testing.F) {
	for _, one := range amiss {
		if len(one.body) < 20_000 {
			f.Add(one.kind, []byte(one.body))
		}
	}
	f.Add("multipart/form-data; boundary=\"b\"; charset=utf-16", []byte(strings.Repeat(part(`Content-Disposition: form-data; name="a"; filename=""`, ""), 100)+"--b--"))
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		_ = bounds(t, kind, body)
	})
}

func FuzzURLEncodedForm(f *testing.F) {
	for _, seed := range []string{"a=1&b=2", "title=M%C3%A1y&title=%ff%00", "%zz=1", strings.Repeat("a=&", 3000), ";", "a=%E2%80%AEb"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) { _ = bounds(t, "application/x-www-form-urlencoded", body) })
}

func FuzzNext(f *testing.F) {
	for _, seed := range []string{"/account", "//x.example", "/\\x.example", "https://x.example", "/a?b=c#d", "/%2f/x", "/\tx", "javascript:alert(1)", "/en/../x", "/@x.example"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, next string) {
		if !local(next) {
			return
		}
		r := httptest.NewRequest(http.MethodGet, "https://chonoi.example/sign-in", nil)
		to, err := r.URL.Parse(next)
		if err != nil || to.Host != "chonoi.example" || to.Scheme != "https" {
			t.Errorf("%q leads to %v, %v", next, to, err)
		}
	})
}

func FuzzAcceptLanguage(f *testing.F) {
	for _, seed := range []string{"", "vi", "en-US,en;q=0.9,vi;q=0.1", "fr, EN ;q=0", ",;,", strings.Repeat("x,", 5000), "en\x00"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, accept string) {
		if prefersEnglish(accept) && !strings.Contains(strings.ToLower(accept), "en") {
			t.Errorf("%q is taken for English", accept)
		}
	})
}

func FuzzNumbersAndDaysOfAForm(f *testing.F) {
	for _, seed := range []string{"385.000.000", "-1", "20/11/2026", "2026-11-20", "31/02/2026", "9999999999999999999", "1\u00a0284", "0001-01-01", "2/1/2006"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		r := httptest.NewRequest(http.MethodPost, "/", nil)
		r.PostForm = map[string][]string{"v": {text}}
		v := Form(r)
		if n, ok := v.Int("v"); !ok && n != 0 && fmt.Sprint(n) == v.Text("v") {
			t.Errorf("%q is %d and no number", text, n)
		}
		day, ok := v.Day("v")
		r.PostForm = map[string][]string{"v": {day.String()}}
		if again, fine := Form(r).Day("v"); ok && (!fine || again != day) {
			t.Errorf("%q is %v, and that is %v", text, day, again)
		}
	})
}

func TestAStreamLeavesNoFilesBehind(t *testing.T) {
	dir := t.TempDir()
	t.Setenv("TMPDIR", dir)
	body := part(`Content-Disposition: form-data; name="file"; filename="a.pdf"`, strings.Repeat("x", 3<<20)) + "--b--"
	r := httptest.NewRequest(http.MethodPost, "/x", strings.NewReader(body))
	r.Header.Set("Content-Type", formKind)
	s := &Server{}
	r, v := s.start(r)
	left := -1
	s.serveStream(httptest.NewRecorder(), r, Special{Route: Route{Pattern: "POST /x", Right: account.Anyone, Handler: func(_ http.ResponseWriter, r *http.Request) error {
		err := r.ParseMultipartForm(1 << 20)
		files, _ := os.ReadDir(dir)
		left = len(files)
		return err
	}}, Stream: true, Body: 25 << 20})
	files, err := os.ReadDir(dir)
	if err != nil || left != 1 || len(files) != 0 || v.actor.SignedIn() {
		t.Errorf("%d files while it was read, %d after, %v", left, len(files), err)
	}
}
