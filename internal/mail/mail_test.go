package mail_test

import (
	"context"
	"fmt"
	"io"
	"mime"
	netmail "net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/emersion/go-smtp"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/mail"
)

const letters = `
["letter.enquiry.subject"]
vi = "{{.Who}} hỏi về “{{.Offer}}”"
en = "{{.Who}} enquires about “{{.Offer}}”"

["letter.enquiry.body"]
vi = """
Kính gửi Quý vị,

**{{.Who}}** vừa gửi câu hỏi về *{{.Offer}}*:

> {{.Message}}

Quý vị có thể:

- [Xem câu hỏi]({{.Link}})
- Trả lời trong {{.N}} ngày
"""
en = """
Dear user,

**{{.Who}}** has just asked about *{{.Offer}}*:

> {{.Message}}

You may:

1. [Read the question]({{.Link}})
2. Answer within {{.N}} days
"""
`

func words(t *testing.T) *lang.Words {
	t.Helper()
	w, err := lang.Load(mail.Texts, fstest.MapFS{"texts.toml": {Data: []byte(letters)}})
	must(t, err)
	return w
}

var desk = mail.From{Address: "sàn@chonoi.example", Name: "Chợ Nổi — Sàn giao dịch", ReplyTo: "hoi.dap@chonoi.example"}

func TestALetterIsWrittenInBothTonguesAsHTMLAndAsText(t *testing.T) {
	for tag, want := range map[lang.Tag]struct{ subject, text, html string }{
		lang.Vi: {
			"Lan hỏi về “Sấy_cá*tra”",
			"Kính gửi Quý vị,\n\nLan vừa gửi câu hỏi về Sấy_cá*tra:\n\n> Giá <b>bao nhiêu</b>?\n> 1. một\n\nQuý vị có thể:\n\n" +
				"- Xem câu hỏi: https://chonoi.example/enquiries/a_b?x=1&y=2\n- Trả lời trong 1.234 ngày\n\n-- \nThư này do hệ thống",
			`<p>Giá &lt;b&gt;bao nhiêu&lt;/b&gt;?<br>`,
		},
		lang.En: {
			"Lan enquires about “Sấy_cá*tra”",
			"Dear user,\n\nLan has just asked about Sấy_cá*tra:\n\n> Giá <b>bao nhiêu</b>?\n> 1. một\n\nYou may:\n\n" +
				"1. Read the question: https://chonoi.example/enquiries/a_b?x=1&y=2\n2. Answer within 1,234 days\n\n-- \nChợ Nổi sent",
			`<a href="https://chonoi.example/enquiries/a_b?x=1&amp;y=2">Read the question</a>`,
		},
	} {
		t.Run(string(tag), func(t *testing.T) {
			l, err := mail.Compose(words(t), tag, "enquiry", "Who", "Lan", "Offer", "Sấy_cá*tra",
				"Message", "Giá <b>bao nhiêu</b>?\n\n1. một", "Link", "https://chonoi.example/enquiries/a_b?x=1&y=2", "N", 1234)
			must(t, err)
			if l.Subject != want.subject {
				t.Errorf("subject %q", l.Subject)
			}
			if !strings.HasPrefix(l.Text, want.text) {
				t.Errorf("text\n%s", l.Text)
			}
			if !strings.Contains(l.HTML, want.html) || !strings.Contains(l.HTML, `<html lang="`+string(tag)+`">`) {
				t.Errorf("HTML\n%s", l.HTML)
			}
		})
	}
	if _, err := mail.Compose(words(t), lang.Vi, "unknown"); err == nil {
		t.Error("a letter that is not told was written")
	}
}

func TestWhatAPersonTypedIsNeitherMarkdownNorHTMLInALetter(t *testing.T) {
	for _, typed := range []string{
		"[click](https://evil.example)", "<script>alert(1)</script>", "![x](https://evil.example/x.png)",
		"https://evil.example", "<https://evil.example>", "# big", "a\n\n# big", "a\n\n    code", "`code`", "**b**", "&lt;b&gt;",
		"a\n---\nb", "a\\", "\\", "](https://evil.example)", "a\r\n- b", "| a |\n|---|", "[x]: https://evil.example",
	} {
		l, err := mail.Compose(words(t), lang.En, "enquiry", "Who", typed, "Offer", typed, "Message", typed, "Link", "https://chonoi.example/1", "N", 2)
		must(t, err)
		for _, amiss := range []string{"evil.example\"", "<script", "<img", "<h2", "<h1>big", "<pre", "<code", "<strong>b<", "<table", "<hr"} {
			if strings.Contains(l.HTML, amiss) {
				t.Errorf("%q became %s in\n%s", typed, amiss, l.HTML)
			}
		}
		flat := strings.Join(strings.Fields(strings.ReplaceAll(typed, "\n", " ")), " ")
		if text := strings.Join(strings.Fields(strings.ReplaceAll(l.Text, "> ", " ")), " "); !strings.Contains(text, flat) && !strings.Contains(flat, "> ") {
			t.Errorf("%q is not in the text:\n%s", typed, l.Text)
		}
	}
}

func letter(t *testing.T) mail.Letter {
	t.Helper()
	l, err := mail.Compose(words(t), lang.Vi, "enquiry", "Who", "Nguyễn Thị Lan", "Offer", "Dây chuyền sấy cá tra tiết kiệm điện",
		"Message", "Công suất bao nhiêu?", "Link", "https://chonoi.example/1", "N", 3)
	must(t, err)
	l.ID, l.To, l.ToName = "enquiry-1", "minh@congty.example", "Trần Văn Minh"
	return l
}

func TestALetterTravelsByEachWayWithVietnameseSubjectAndAStableID(t *testing.T) {
	for _, c := range []struct {
		name     string
		security mail.Security
		password string
	}{
		{"STARTTLS with a password", mail.STARTTLS, "mật khẩu"},
		{"TLS with a password", mail.TLS, "secret"},
		{"STARTTLS without a password", mail.STARTTLS, ""},
		{"unprotected", mail.Plain, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := &office{password: c.password}
			address, roots := o.open(t, c.security == mail.TLS)
			server := mail.Server{Address: address, Security: c.security, Roots: roots, Timeout: 5 * time.Second}
			if c.password != "" {
				server.User, server.Password = "chonoi", c.password
			}
			sender, err := mail.NewSMTP(server, desk)
			must(t, err)
			for range 2 {
				must(t, sender.Send(t.Context(), letter(t)))
			}
			if len(o.letters) != 2 || o.tls[0] != (c.security != mail.Plain) || o.rcpts[0] != "minh@congty.example" {
				t.Fatalf("%d letters, TLS %v, to %v", len(o.letters), o.tls, o.rcpts)
			}
			one, two := read(t, o.letters[0]), read(t, o.letters[1])
			decoder := new(mime.WordDecoder)
			subject, err := decoder.DecodeHeader(one.Header.Get("Subject"))
			must(t, err)
			if subject != "Nguyễn Thị Lan hỏi về “Dây chuyền sấy cá tra tiết kiệm điện”" {
				t.Errorf("subject %q", subject)
			}
			if id := one.Header.Get("Message-ID"); id == "" || id != two.Header.Get("Message-ID") || !strings.HasSuffix(id, "@chonoi.example>") {
				t.Errorf("Message-ID %q, then %q", id, two.Header.Get("Message-ID"))
			}
			if one.Header.Get("Auto-Submitted") != "auto-generated" || one.Header.Get("Reply-To") != "<hoi.dap@chonoi.example>" {
				t.Errorf("headers %v", one.Header)
			}
			to, err := one.Header.AddressList("To")
			must(t, err)
			if to[0].Name != "Trần Văn Minh" {
				t.Errorf("to %v", to[0])
			}
		})
	}
}

func TestARefusalForGoodIsToldFromTroubleThatMayPass(t *testing.T) {
	for _, c := range []struct {
		name     string
		refusals map[string]*smtp.SMTPError
		password string
		refused  bool
	}{
		{"no such letter box", map[string]*smtp.SMTPError{"minh@congty.example": {Code: 550, EnhancedCode: smtp.EnhancedCode{5, 1, 1}, Message: "no such user"}}, "", true},
		{"grey listing", map[string]*smtp.SMTPError{"minh@congty.example": {Code: 451, EnhancedCode: smtp.EnhancedCode{4, 7, 1}, Message: "try later"}}, "", false},
		{"the letter is taken for spam", map[string]*smtp.SMTPError{"data": {Code: 554, EnhancedCode: smtp.EnhancedCode{5, 7, 1}, Message: "spam"}}, "", true},
		{"the disk is full", map[string]*smtp.SMTPError{"data": {Code: 452, EnhancedCode: smtp.EnhancedCode{4, 3, 1}, Message: "full"}}, "", false},
		{"our password is wrong", nil, "another", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := &office{refusals: c.refusals, password: c.password}
			address, roots := o.open(t, false)
			server := mail.Server{Address: address, Security: mail.STARTTLS, Roots: roots, Timeout: 5 * time.Second}
			if c.password != "" {
				server.User, server.Password = "chonoi", "not the password"
			}
			sender, err := mail.NewSMTP(server, desk)
			must(t, err)
			err = sender.Send(t.Context(), letter(t))
			if err == nil || mail.Refused(err) != c.refused {
				t.Errorf("refused %v: %v", mail.Refused(err), err)
			}
			if len(o.letters) != 0 {
				t.Error("a letter was taken")
			}
		})
	}
}

func TestALetterIsNotSentOverAWayThatIsNotTrusted(t *testing.T) {
	o := &office{}
	address, roots := o.open(t, false)
	sender, err := mail.NewSMTP(mail.Server{Address: address, Security: mail.STARTTLS, Timeout: 5 * time.Second}, desk)
	must(t, err)
	if err := sender.Send(t.Context(), letter(t)); err == nil || mail.Refused(err) {
		t.Errorf("an unknown certificate: %v", err)
	}
	if _, err := mail.NewSMTP(mail.Server{Address: address, Security: mail.Plain, User: "u", Password: "p"}, desk); err == nil {
		t.Error("a password would be sent in the open")
	}
	sender, err = mail.NewSMTP(mail.Server{Address: "127.0.0.1:1", Security: mail.STARTTLS, Roots: roots}, desk)
	must(t, err)
	if err := sender.Send(t.Context(), letter(t)); err == nil || mail.Refused(err) {
		t.Errorf("a server that is down: %v", err)
	}
	late, cancel := context.WithTimeout(t.Context(), 0)
	defer cancel()
	if err := sender.Send(late, letter(t)); err == nil {
		t.Error("sent after its time")
	}
}

func TestNoFieldOfALetterCanAddAHeader(t *testing.T) {
	dir := t.TempDir()
	folder, err := mail.NewFolder(dir, desk)
	must(t, err)
	for i, c := range []struct{ to, name, subject string }{
		{"minh@congty.example", "Minh\r\nBcc: evil@evil.example", "a\r\nBcc: evil@evil.example"},
		{"minh@congty.example", "Minh\nBcc: evil@evil.example", "a\n\n<b>body</b>"},
		{"minh@congty.example", "\"Minh\" <evil@evil.example>,", strings.Repeat("dài ", 200) + "\r\nX: y"},
		{"minh@congty.example", "Minh\u2028Bcc: x", "\u0000\u000b\r\rBcc: evil@evil.example"},
	} {
		l := letter(t)
		l.ID, l.To, l.ToName, l.Subject = fmt.Sprint(i), c.to, c.name, c.subject
		must(t, folder.Send(t.Context(), l))
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.eml"))
	must(t, err)
	if len(files) != 4 {
		t.Fatalf("%d files", len(files))
	}
	for _, file := range files {
		raw, err := os.ReadFile(file)
		must(t, err)
		m := read(t, string(raw))
		if m.Header.Get("Bcc") != "" || m.Header.Get("X") != "" {
			t.Errorf("%v", m.Header)
		}
		if to, err := m.Header.AddressList("To"); err != nil || len(to) != 1 || to[0].Address != "minh@congty.example" {
			t.Errorf("to %v, %v", to, err)
		}
	}
	for _, address := range []string{
		"", "minh", "minh@", "@x.vn", "a@x.vn, b@x.vn", "a@x.vn\r\nBcc: b@x.vn", "Minh <a@x.vn>", "a@x.vn>", "a b@x.vn",
		"\"a b\"@x.vn", strings.Repeat("a", 250) + "@x.vn",
	} {
		l := letter(t)
		l.To = address
		if err := folder.Send(t.Context(), l); !mail.Refused(err) || fault.KindOf(err) != fault.Invalid {
			t.Errorf("to %q: %v", address, err)
		}
	}
}

func TestAFolderKeepsLettersAndReadsThemBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "letters")
	folder, err := mail.NewFolder(dir, desk)
	must(t, err)
	l := letter(t)
	for range 2 { // the second takes the place of the first
		must(t, folder.Send(t.Context(), l))
	}
	second := letter(t)
	second.ID, second.Tag = "enquiry-2", lang.En
	must(t, folder.Send(t.Context(), second))
	must(t, os.WriteFile(filepath.Join(dir, "0123456789abcdef0123456789abcdef.eml"), []byte("no letter"), 0o600))
	kept, err := folder.List(10)
	must(t, err)
	if len(kept) != 2 {
		t.Fatalf("%d letters", len(kept))
	}
	newest, err := folder.List(1)
	must(t, err)
	if len(newest) != 1 || newest[0].Tag != lang.En {
		t.Errorf("%+v", newest)
	}
	got, err := folder.Read(kept[1].ID)
	must(t, err)
	if got.Subject != l.Subject || got.To != l.To || got.ToName != l.ToName || got.Tag != lang.Vi || time.Since(got.Sent) > time.Minute {
		t.Errorf("%+v", got)
	}
	if strings.TrimSpace(got.Text) != strings.TrimSpace(l.Text) || strings.TrimSpace(got.HTML) != strings.TrimSpace(l.HTML) {
		t.Errorf("read back\n%s\n%s", got.Text, got.HTML)
	}
	for _, id := range []string{"../../etc/passwd", "", "ffffffffffffffffffffffffffffffff", kept[0].ID + ".eml"} {
		if _, err := folder.Read(id); fault.KindOf(err) != fault.NotFound {
			t.Errorf("letter %q: %v", id, err)
		}
	}
}

func read(t *testing.T, raw string) *netmail.Message {
	t.Helper()
	m, err := netmail.ReadMessage(strings.NewReader(raw))
	must(t, err)
	_, err = io.ReadAll(m.Body)
	must(t, err)
	return m
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
