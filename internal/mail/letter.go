// Package mail writes letters in the reader's tongue and sends them: by SMTP, or into a folder
// where they can be read, as the demonstration does.
package mail

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	netmail "net/mail"
	"strings"

	gomail "github.com/wneessen/go-mail"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// Letter is one letter to one person. ID tells it from every other letter: who sends it again,
// because the first try may have failed, gives the same ID.
type Letter struct {
	ID         string
	To, ToName string
	Tag        lang.Tag
	Subject    string
	Text, HTML string
	// Unsubscribe is the address at which one click ends letters of this kind, without signing in;
	// "" for a letter that answers what somebody did. Source: RFC 2369, section 3.2; RFC 8058.
	Unsubscribe string
}

// Sender carries letters. An error for which Refused answers true will not go away by trying again.
type Sender interface {
	Send(ctx context.Context, l Letter) error
}

// From is who writes the letters.
type From struct {
	Address string // office@example.vn
	Name    string
	ReplyTo string // empty: Address
}

// domain is what stands after the @; Message-IDs are made in it.
func (f From) domain() string { return f.Address[strings.LastIndexByte(f.Address, '@')+1:] }

// CheckAddress returns the address as it is used, or the fault Invalid when it is none. It takes
// one bare address: no name, no list, no line end.
func CheckAddress(address string) (string, error) {
	address = strings.TrimSpace(address)
	parsed, err := netmail.ParseAddress(address)
	if err != nil || parsed.Address != address || parsed.Name != "" || len(address) > 254 ||
		strings.ContainsFunc(address, func(r rune) bool { return r <= ' ' || r == 0x7f || r == '"' }) {
		return "", fault.New(fault.Invalid, "letter.address_amiss")
	}
	return address, nil
}

// handle is a short name of the letter that is safe in a header and in a file name.
func (l Letter) handle() string {
	sum := sha256.Sum256([]byte(l.ID))
	return hex.EncodeToString(sum[:16])
}

// message builds the letter as it travels. Its Message-ID follows from the letter's ID.
func (l Letter) message(from From) (*gomail.Msg, error) {
	if l.ID == "" {
		return nil, fmt.Errorf("a letter to be sent has an ID")
	}
	to, err := CheckAddress(l.To)
	if err != nil {
		return nil, err
	}
	m := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithEncoding(gomail.EncodingQP))
	m.FromMailAddress(&netmail.Address{Name: oneLine(from.Name), Address: from.Address})
	m.ToMailAddress(&netmail.Address{Name: oneLine(l.ToName), Address: to})
	if from.ReplyTo != "" {
		m.ReplyToMailAddress(&netmail.Address{Address: from.ReplyTo})
	}
	m.Subject(oneLine(l.Subject))
	m.SetMessageIDWithValue(l.handle() + "@" + from.domain())
	m.SetDate()
	m.SetGenHeader("Auto-Submitted", "auto-generated")
	m.SetGenHeader("X-Auto-Response-Suppress", "All")
	m.SetGenHeader("Content-Language", string(l.Tag))
	if l.Unsubscribe != "" {
		m.SetGenHeader("List-Unsubscribe", "<"+oneLine(l.Unsubscribe)+">")
		m.SetGenHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click")
	}
	m.SetBodyString(gomail.TypeTextPlain, l.Text)
	if l.HTML != "" {
		m.AddAlternativeString(gomail.TypeTextHTML, l.HTML)
	}
	return m, nil
}

// oneLine returns s fit for a header: no control characters, and spaces instead of line ends.
func oneLine(s string) string { return strings.Join(strings.Fields(lang.Clean(s)), " ") }
