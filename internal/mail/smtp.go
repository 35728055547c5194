package mail

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"strconv"
	"time"

	gomail "github.com/wneessen/go-mail"
)

// Security is how the way to the mail server is protected.
type Security string

// The ways to a mail server. STARTTLS is the usual one, on port 587.
const (
	STARTTLS Security = "starttls" // plain at first, then TLS or nothing
	TLS      Security = "tls"      // TLS from the first byte, usually on port 465
	Plain    Security = "none"     // no protection, for a server on the same machine or network
)

// Server is how a mail server is reached.
type Server struct {
	Address        string // host:port
	Security       Security
	User, Password string         // both empty: no sign-in
	Timeout        time.Duration  // 0: 30 seconds, for the whole of one letter
	Roots          *x509.CertPool // nil: the certificates that the machine trusts
}

// SMTP sends letters through a mail server. It is safe for use by many goroutines.
type SMTP struct {
	server  Server
	from    From
	host    string
	options []gomail.Option
}

// NewSMTP returns the sender through that server, without reaching for it. It refuses to send a
// password over an unprotected way.
func NewSMTP(server Server, from From) (*SMTP, error) {
	host, portText, err := net.SplitHostPort(server.Address)
	if err != nil {
		return nil, fmt.Errorf("address of the mail server: %w", err)
	}
	port, err := strconv.Atoi(portText)
	if err != nil {
		return nil, fmt.Errorf("port of the mail server: %w", err)
	}
	for _, address := range []string{from.Address, from.ReplyTo} {
		if _, err := CheckAddress(address); err != nil && (address != "" || from.Address == "") {
			return nil, fmt.Errorf("sender's address %q: %w", address, err)
		}
	}
	if server.Timeout == 0 {
		server.Timeout = 30 * time.Second
	}
	options := []gomail.Option{
		gomail.WithPort(port), gomail.WithTimeout(server.Timeout), gomail.WithHELO(from.domain()),
		gomail.WithTLSConfig(&tls.Config{ServerName: host, RootCAs: server.Roots, MinVersion: tls.VersionTLS12}),
	}
	switch server.Security {
	case STARTTLS:
		options = append(options, gomail.WithTLSPolicy(gomail.TLSMandatory))
	case TLS:
		options = append(options, gomail.WithSSL())
	case Plain:
		options = append(options, gomail.WithTLSPolicy(gomail.NoTLS))
		if server.User != "" {
			return nil, errors.New("a password is not sent to a mail server without STARTTLS or TLS")
		}
	default:
		return nil, fmt.Errorf("security of the mail server is starttls, tls or none, not %q", server.Security)
	}
	if server.User != "" {
		options = append(options, gomail.WithSMTPAuth(gomail.SMTPAuthAutoDiscover),
			gomail.WithUsername(server.User), gomail.WithPassword(server.Password))
	}
	return &SMTP{server: server, from: from, host: host, options: options}, nil
}

// Send hands the letter to the server. The error answers true to Refused when the server will
// never take this letter; any other may pass.
func (s *SMTP) Send(ctx context.Context, l Letter) error {
	message, err := l.message(s.from)
	if err != nil {
		return refused{err}
	}
	client, err := gomail.NewClient(s.host, s.options...)
	if err != nil {
		return fmt.Errorf("mail client: %w", err)
	}
	ctx, cancel := context.WithTimeout(ctx, s.server.Timeout)
	defer cancel()
	err = client.DialAndSendWithContext(ctx, message)
	if message.IsDelivered() {
		return nil // the letter was taken, even if the goodbye failed
	}
	var trouble *gomail.SendError
	if errors.As(err, &trouble) {
		switch trouble.Reason {
		case gomail.ErrSMTPRcptTo, gomail.ErrSMTPData, gomail.ErrSMTPDataClose:
			if code := trouble.ErrorCode(); code >= 500 {
				return refused{fmt.Errorf("the mail server refused the letter with %d: %w", code, err)}
			}
		}
	}
	if err != nil {
		return fmt.Errorf("send a letter: %w", err)
	}
	return nil
}

// refused is a letter that no further try can bring to its reader.
type refused struct{ error }

// Unwrap gives the reason.
func (r refused) Unwrap() error { return r.error }

// Refused reports whether err says that the letter can never be sent: no such address, or the
// server will not have it. A job gives it up.
func Refused(err error) bool {
	var r refused
	return errors.As(err, &r)
}
