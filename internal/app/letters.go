package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"path/filepath"
	"slices"
	"strings"

	"chonoi/internal/account"
	"chonoi/internal/account/seal"
	"chonoi/internal/db"
	"chonoi/internal/fault"
	"chonoi/internal/job"
	"chonoi/internal/lang"
	"chonoi/internal/mail"
	"chonoi/internal/registry"
	"chonoi/internal/when"
)

// sendLetter is the work of sending one letter that was left in a transaction.
const sendLetter job.Name[letterWord] = "mail.send"

// letterWord is a letter on its way: what it says is put into words when it is sent. Its arguments
// hold links that let people in, so they wait sealed.
type letterWord struct {
	ID     string
	To     string
	Tongue lang.Tag
	Letter string
	Args   []letterArg `json:",omitempty"` // in the clear only while the installation has not its key
	Sealed string      `json:",omitempty"`
}

func (w letterWord) about() string { return "letter:" + w.ID }

// seal seals the arguments, when there is a key to seal them with.
func (w *letterWord) seal(ring *seal.Ring) error {
	if ring == nil {
		return nil
	}
	raw, err := json.Marshal(w.Args)
	if err != nil {
		return fmt.Errorf("write a letter's arguments: %w", err)
	}
	w.Args = nil
	w.Sealed, err = ring.Seal(w.about(), string(raw))
	return err
}

// open returns the arguments.
func (w letterWord) open(ring *seal.Ring) (args []letterArg, err error) {
	if w.Sealed == "" {
		return w.Args, nil
	}
	raw, err := ring.Open(w.about(), w.Sealed)
	if err != nil {
		return nil, fmt.Errorf("open a letter's arguments: %w", err)
	}
	return args, json.Unmarshal([]byte(raw), &args)
}

// letterArg is one placeholder of a letter: a text, a number, or a text in both tongues.
type letterArg struct {
	Name   string
	Text   string     `json:",omitempty"`
	Number *int64     `json:",omitempty"`
	Both   *lang.Both `json:",omitempty"`
}

// Post leaves a letter in the transaction; it is sent when the transaction has been kept.
func (h *House) Post(tx *db.Tx, to string, tag lang.Tag, letter string, args ...any) error {
	word := letterWord{ID: db.NewID(tx.Now), To: to, Tongue: tag, Letter: letter}
	for i := 0; i+1 < len(args); i += 2 {
		arg := letterArg{Name: fmt.Sprint(args[i])}
		switch v := args[i+1].(type) {
		case lang.Both:
			arg.Both = &v
		case int:
			n := int64(v)
			arg.Number = &n
		case int64:
			arg.Number = &v
		default:
			arg.Text = fmt.Sprint(v)
		}
		word.Args = append(word.Args, arg)
	}
	if err := word.seal(h.key); err != nil {
		return err
	}
	return job.Later(tx, sendLetter, word)
}

// sendOne puts a letter into words and sends it.
func (h *House) sendOne(ctx context.Context, word letterWord) error {
	told, err := word.open(h.key)
	if err != nil {
		return err
	}
	var args []any
	for _, arg := range told {
		switch {
		case arg.Both != nil:
			args = append(args, arg.Name, *arg.Both)
		case arg.Number != nil:
			args = append(args, arg.Name, *arg.Number)
		default:
			args = append(args, arg.Name, arg.Text)
		}
	}
	letter, err := mail.Compose(h.Words, word.Tongue, word.Letter, args...)
	if err != nil {
		return job.GiveUp(err)
	}
	letter.ID, letter.To = word.ID, word.To
	if err := h.Sender.Send(ctx, letter); err != nil {
		if mail.Refused(err) {
			return job.GiveUp(err)
		}
		return err
	}
	return nil
}

// tell sends a letter to those who speak for an organisation, each in their own tongue.
func (h *House) tell(tx *db.Tx, organisation, letter string, args ...any) error {
	people, err := h.Accounts.Members(tx, organisation)
	if err != nil {
		return err
	}
	for i := 0; i+1 < len(args); i += 2 {
		if path, ok := args[i+1].(string); ok && args[i] == "Path" {
			args = append(args[:len(args):len(args)], "Link", h.link(path))
		}
	}
	for _, one := range people {
		if one.Since.IsZero() {
			continue // only asks to join
		}
		who, err := h.Accounts.Get(tx, one.Account)
		if err != nil {
			return err
		}
		if err := h.Post(tx, who.Email, who.Locale, letter, inTongue(who.Locale, args)...); err != nil {
			return err
		}
	}
	return nil
}

// inTongue writes the days among the arguments of a letter as its reader writes days.
func inTongue(tag lang.Tag, args []any) []any {
	told := slices.Clone(args)
	for i, one := range told {
		if day, ok := one.(when.Day); ok {
			told[i] = lang.Day(tag, day)
		}
	}
	return told
}

// link is the address of a page as it stands in a letter.
func (h *House) link(path string) string { return h.Base() + path }

// Base is the address at which people reach the site, without a slash at its end.
func (h *House) Base() string {
	if h.Config.BaseURL != "" {
		return strings.TrimSuffix(h.Config.BaseURL, "/")
	}
	host, port, err := net.SplitHostPort(h.Config.Addr)
	if err != nil || host == "" || net.ParseIP(host).IsLoopback() {
		host = "localhost" // the name that passkeys need
	}
	return "http://" + net.JoinHostPort(host, port)
}

// sender opens the way letters go: the configured server, or a folder where they can be read.
func (h *House) sender() (mail.Sender, error) {
	from := mail.From{Address: h.Config.Mail.From, Name: h.Config.Mail.FromName}
	if h.Config.Mail.Host == "" || h.Config.Demo {
		folder, err := mail.NewFolder(filepath.Join(h.Config.Data, "letters"), from)
		h.Letters = folder
		return folder, err
	}
	security := map[string]mail.Security{"starttls": mail.STARTTLS, "tls": mail.TLS, "none": mail.Plain}
	kind, known := security[h.Config.Mail.Security]
	if !known {
		return nil, fmt.Errorf("mail.security is starttls, tls or none, not %q", h.Config.Mail.Security)
	}
	return mail.NewSMTP(mail.Server{Address: fmt.Sprintf("%s:%d", h.Config.Mail.Host, h.Config.Mail.Port), Security: kind,
		User: h.Config.Mail.User, Password: h.Config.Mail.Password}, from)
}

// organisationName is an organisation's name for letters.
func organisationName(tx *db.Tx, id string) (lang.Both, error) {
	names, err := registry.Names(tx, id)
	return names[id], err
}

// units returns the organisations that an account belongs to.
func (h *House) units(tx *db.Tx, id account.ID) ([]string, error) {
	who, err := h.Accounts.Get(tx, id)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, m := range who.Memberships {
		ids = append(ids, m.Organisation)
	}
	return ids, nil
}

// peopleNames returns the names of accounts by id; an account that is none is missing.
func (h *House) peopleNames(tx *db.Tx, ids ...string) (map[string]string, error) {
	names := map[string]string{}
	for _, id := range ids {
		who, err := h.Accounts.Get(tx, account.ID(id))
		if fault.KindOf(err) == fault.NotFound {
			continue
		}
		if err != nil {
			return nil, err
		}
		names[id] = who.Name
	}
	return names, nil
}

// confirmed reports whether an officer confirmed the identity of an organisation.
func confirmed(tx *db.Tx, organisation string) (bool, error) {
	o, err := registry.Organisations.Get(tx, organisation)
	return err == nil && o.State == "confirmed", err
}

// members returns the accounts that act for an organisation; who only asks to join does not.
func (h *House) members(tx *db.Tx, organisation string) (ids []account.ID, err error) {
	all, err := h.Accounts.Members(tx, organisation)
	for _, one := range all {
		if !one.Since.IsZero() {
			ids = append(ids, one.Account)
		}
	}
	return ids, err
}
