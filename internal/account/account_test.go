package account_test

import (
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"
	"testing"

	"chonoi/internal/account"
	"chonoi/internal/account/seal"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

// house is the accounts of a test with what they sent and noted.
type house struct {
	*account.Accounts
	*testing.T
	d       *db.DB
	mu      sync.Mutex
	letters []letter
	notes   []string
}

type letter struct {
	to, name string
	args     map[string]string
}

const office = "203.0.113.7"

var visit = account.Visit{Agent: "Firefox", Address: office}

// testKey is the key of every house of these tests.
var testKey = func() *seal.Ring {
	ring, err := seal.Parse(seal.NewKey())
	if err != nil {
		panic(err)
	}
	return ring
}()

// each runs body in an empty house on both engines.
func each(t *testing.T, body func(h *house)) {
	t.Helper()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := &house{T: t, d: d}
		var err error
		h.Accounts, err = account.New(account.Config{
			Name: func() string { return "Chợ Nổi" }, BaseURL: "https://cho.example.vn", Key: testKey,
			Note: func(tx *db.Tx, actor account.ID, act, kind, id string, change ...account.Changed) error {
				tx.After(func() { h.mu.Lock(); defer h.mu.Unlock(); h.notes = append(h.notes, act) })
				return nil
			},
			Send: func(tx *db.Tx, to string, tag lang.Tag, name string, args ...any) error {
				l := letter{to, name, map[string]string{}}
				for i := 0; i < len(args); i += 2 {
					l.args[args[i].(string)] = fmt.Sprint(args[i+1])
				}
				tx.After(func() { h.mu.Lock(); defer h.mu.Unlock(); h.letters = append(h.letters, l) })
				return nil
			},
			OrganisationName: func(tx *db.Tx, id string) (lang.Both, error) { return lang.Both{Vi: "Viện " + id}, nil },
		})
		if err != nil {
			t.Fatal(err)
		}
		body(h)
	}, db.Schema{Name: "account", Files: account.Schema})
}

// do runs an act that must succeed.
func (h *house) do(fn func(tx *db.Tx) error) {
	h.Helper()
	if err := h.d.Update(h.Context(), fn); err != nil {
		h.Fatal(err)
	}
}

// refused runs an act that must be refused in that way.
func (h *house) refused(kind fault.Kind, fn func(tx *db.Tx) error) {
	h.Helper()
	h.kind(kind, h.d.Update(h.Context(), fn))
}

func (h *house) kind(kind fault.Kind, err error) {
	h.Helper()
	if fault.KindOf(err) != kind {
		h.Errorf("refused as %d, want %d: %v", fault.KindOf(err), kind, err)
	}
}

// person makes an account with that password, "" for none.
func (h *house) person(email, password string, roles ...account.Role) account.ID {
	h.Helper()
	var id account.ID
	h.do(func(tx *db.Tx) (err error) {
		id, err = h.EnsureDemo(tx, account.Person{Email: email, Name: "Nguyễn Thị Lan", Locale: lang.Vi, Roles: roles, Password: password})
		return err
	})
	return id
}

// in signs an account in by passkey, whose proof is checked elsewhere.
func (h *house) in(id account.ID) account.Actor {
	h.Helper()
	var entry account.Entry
	h.do(func(tx *db.Tx) (err error) { entry, err = h.EnterBy(tx, id, "passkey", visit); return err })
	return h.actor(entry.Token)
}

func (h *house) actor(token string) account.Actor {
	h.Helper()
	var actor account.Actor
	if err := h.d.View(h.Context(), func(tx *db.Tx) (err error) { actor, err = h.Session(tx, token); return err }); err != nil {
		h.Fatal(err)
	}
	return actor
}

// live reports whether the session of that token stands.
func (h *house) live(token string) bool {
	h.Helper()
	err := h.d.View(h.Context(), func(tx *db.Tx) error { _, err := h.Session(tx, token); return err })
	if err != nil {
		h.kind(fault.SignIn, err)
	}
	return err == nil
}

// last returns the token in the link of the last letter, which must be of that name.
func (h *house) last(name string) string {
	h.Helper()
	if len(h.letters) == 0 || h.letters[len(h.letters)-1].name != name {
		h.Fatalf("letters %v, want %s last", h.letters, name)
	}
	return path.Base(h.letters[len(h.letters)-1].args["Link"])
}

func TestSomebodySignsUpAndNobodyLearnsWhoElseHas(t *testing.T) {
	each(t, func(h *house) {
		h.do(func(tx *db.Tx) error {
			return h.SignUp(tx, " Lan@Truong.edu.vn ", "Trần  Thị Lan", lang.En, "/offers/new", visit)
		})
		token := h.last("account_sign_up")
		if link := h.letters[0].args["Link"]; !strings.HasPrefix(link, "https://cho.example.vn/en/sign-up/confirm/") {
			h.Errorf("link %s", link)
		}
		h.do(func(tx *db.Tx) error {
			email, name, err := h.SignUpTold(tx, token)
			if email != "Lan@Truong.edu.vn" || name != "Trần Thị Lan" {
				h.Errorf("told %q %q", email, name)
			}
			return err
		})
		var entry account.Entry
		h.do(func(tx *db.Tx) (err error) { entry, err = h.Confirm(tx, token, visit); return err })
		actor := h.actor(entry.Token)
		if actor.Name != "Trần Thị Lan" || actor.Locale != lang.En || entry.Next != "/offers/new" || entry.Returned {
			h.Errorf("%+v %+v", actor, entry)
		}
		h.refused(fault.Gone, func(tx *db.Tx) error { _, err := h.Confirm(tx, token, visit); return err })

		h.do(func(tx *db.Tx) error { return h.SignUp(tx, "lan@truong.edu.vn", "Kẻ Khác", lang.Vi, "", visit) })
		h.last("account_exists")
		h.do(func(tx *db.Tx) error { return h.SendSignIn(tx, "khong@truong.edu.vn", lang.Vi, "", visit) })
		h.last("account_unknown")
		if !slices.Contains(h.notes, "account.opened") || !slices.Contains(h.notes, "account.signed_in") {
			h.Errorf("notes %v", h.notes)
		}
	})
}

func TestAnAddressThatIsNoneIsRefusedAtItsField(t *testing.T) {
	for _, email := range []string{"", "lan", "lan@", "@a.vn", "lan@localhost", "Lan <lan@a.vn>", "lan@a.vn, b@a.vn", "lan@a.vn\nBcc: x@a.vn", "lân@a.vn"} {
		_, err := account.EmailKey(email)
		f, ok := fault.As(err)
		if !ok || f.Kind != fault.Invalid || f.Fields[0].Field != "email" {
			t.Errorf("%q: %v", email, err)
		}
	}
	if key, err := account.EmailKey(" Lan.Tran+x@Truong.EDU.vn"); err != nil || key != "lan.tran+x@truong.edu.vn" {
		t.Errorf("%q %v", key, err)
	}
}

func TestALinkSignsInOnceAndWithinAQuarterOfAnHour(t *testing.T) {
	each(t, func(h *house) {
		id := h.person("lan@truong.edu.vn", "")
		h.do(func(tx *db.Tx) error { return h.SendSignIn(tx, "lan@truong.edu.vn", lang.Vi, "/needs/7", visit) })
		token := h.last("account_sign_in")
		h.do(func(tx *db.Tx) error { _, err := h.LinkTold(tx, token); return err })
		h.refused(fault.Gone, func(tx *db.Tx) error {
			tx.Now = tx.Now.Add(15 * minute)
			_, err := h.SignInByLink(tx, token, visit)
			return err
		})
		h.refused(fault.Gone, func(tx *db.Tx) error { _, err := h.Confirm(tx, token, visit); return err })
		var entry account.Entry
		h.do(func(tx *db.Tx) (err error) { entry, err = h.SignInByLink(tx, token, visit); return err })
		if h.actor(entry.Token).ID != id || entry.Next != "/needs/7" {
			h.Errorf("%+v", entry)
		}
		h.refused(fault.Gone, func(tx *db.Tx) error { _, err := h.SignInByLink(tx, token, visit); return err })
	})
}

func TestALetterBoxIsNotFloodedAndTheAskerIsNotTold(t *testing.T) {
	each(t, func(h *house) {
		h.person("lan@truong.edu.vn", "")
		for range 8 {
			h.do(func(tx *db.Tx) error { return h.SendSignIn(tx, "lan@truong.edu.vn", lang.Vi, "", visit) })
		}
		if len(h.letters) != 4 {
			h.Errorf("%d letters", len(h.letters))
		}
		ask := func(tx *db.Tx) error {
			return h.SendSignIn(tx, fmt.Sprintf("a%d@b.vn", tx.Now.UnixMicro()), lang.Vi, "", visit)
		}
		for range 12 {
			h.do(ask)
		}
		h.refused(fault.TooMany, ask)
	})
}

func TestWhoClosesTheAccountLeavesNothingBehindAndMaySignUpAgain(t *testing.T) {
	each(t, func(h *house) {
		id := h.person("lan@truong.edu.vn", "")
		actor := h.in(id)
		h.do(func(tx *db.Tx) error { return h.Close(tx, actor) })
		h.do(func(tx *db.Tx) error {
			who, err := h.Get(tx, id)
			if err == nil && (who.Name != "" || who.Email != "" || who.Closed.IsZero()) {
				h.Errorf("left %+v", who)
			}
			return err
		})
		if again := h.person("lan@truong.edu.vn", ""); again == id {
			h.Error("the closed account was found again")
		}
	})
}
