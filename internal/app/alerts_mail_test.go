package app_test

import (
	"errors"
	"io"
	"net"
	"net/http"
	netmail "net/mail"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-smtp"

	"chonoi/internal/alert"
	"chonoi/internal/mail"
)

// postOffice is a mail server that keeps what it took.
type postOffice struct {
	mu      sync.Mutex
	letters []string
	refusal error // of every letter
}

func (o *postOffice) NewSession(*smtp.Conn) (smtp.Session, error) { return o, nil }
func (o *postOffice) Mail(string, *smtp.MailOptions) error        { return nil }
func (o *postOffice) Rcpt(string, *smtp.RcptOptions) error        { return nil }
func (o *postOffice) Reset()                                      {}
func (o *postOffice) Logout() error                               { return nil }
func (o *postOffice) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	o.mu.Lock()
	defer o.mu.Unlock()
	if err == nil && o.refusal == nil {
		o.letters = append(o.letters, string(raw))
	}
	return errors.Join(err, o.refusal)
}

func (o *postOffice) open(t *testing.T) mail.Sender {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := smtp.NewServer(o)
	server.Domain = "localhost"
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { server.Close() })
	sender, err := mail.NewSMTP(mail.Server{Address: listener.Addr().String(), Security: mail.Plain, Timeout: 5 * time.Second}, mail.From{Address: "no-reply@chonoi.example", Name: "Chợ Nổi"})
	if err != nil {
		t.Fatal(err)
	}
	return sender
}

// TestALetterOfAlertsGoesThroughAMailServerAndIsStoppedByItsHeader sends through a real server and
// does what a mail program does when its reader clicks "unsubscribe".
func TestALetterOfAlertsGoesThroughAMailServerAndIsStoppedByItsHeader(t *testing.T) {
	eachCity(t, func(t *testing.T, s *appServer) {
		w, office := watched(t, s), &postOffice{}
		s.Sender = office.open(t)
		w.save(buyer, "q=sen+trắng", alert.AtOnce)
		w.offer(seller, "Máy sen trắng", nil)
		w.follow()
		office.refusal = &smtp.SMTPError{Code: 451, EnhancedCode: smtp.EnhancedCode{4, 3, 0}, Message: "later"}
		w.leave(alert.AtOnce)
		id := w.texts(`SELECT id FROM alert_letter`)[0]
		if err := s.Alerts.Send(t.Context(), s.DB, id); err == nil {
			t.Fatal("a refusal that may pass is not tried again")
		}
		office.refusal = nil
		for range 2 {
			if err := s.Alerts.Send(t.Context(), s.DB, id); err != nil {
				t.Fatal(err)
			}
		}
		if len(office.letters) != 1 {
			t.Fatalf("%d letters", len(office.letters))
		}
		letter, err := netmail.ReadMessage(strings.NewReader(office.letters[0]))
		if err != nil {
			t.Fatal(err)
		}
		if post := letter.Header.Get("List-Unsubscribe-Post"); post != "List-Unsubscribe=One-Click" {
			t.Errorf("List-Unsubscribe-Post: %q", post)
		}
		at, err := url.Parse(strings.Trim(letter.Header.Get("List-Unsubscribe"), "<>"))
		if err != nil || at.Path == "" {
			t.Fatalf("List-Unsubscribe: %q", letter.Header.Get("List-Unsubscribe"))
		}
		if code, _ := w.page("", at.Path, url.Values{"List-Unsubscribe": {"One-Click"}}); code != http.StatusOK {
			t.Errorf("one click: %d", code)
		}
		w.offer(seller, "Máy sen trắng khác", nil)
		w.follow()
		w.leave(alert.AtOnce)
		if n := len(w.texts(`SELECT id FROM alert_letter WHERE sent = 0`)); n != 0 {
			t.Error("a letter is on its way to somebody who wants none")
		}
	})
}
