package app_test

import (
	"context"
	"fmt"
	"net"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/registry"
	"chonoi/internal/web/webtest"
	"chonoi/internal/when"
)

// running opens the seed city to people, with its jobs and its index following the ledger, and
// returns where it is.
func running(t *testing.T) (*app.Server, string) {
	t.Helper()
	s := city(t, "sqlite")
	ctx, stop := context.WithCancel(context.Background())
	address, failed := make(chan string, 1), make(chan error, 1)
	go func() { failed <- s.Run(ctx, func(at string) { address <- at }) }()
	t.Cleanup(func() {
		stop()
		if err := <-failed; err != nil {
			t.Errorf("the server ended: %v", err)
		}
	})
	select {
	case at := <-address:
		_, port, _ := net.SplitHostPort(at)
		return s, "http://localhost:" + port
	case err := <-failed:
		failed <- nil
		t.Fatal(err)
		return nil, ""
	}
}

// path is one walk from the first draft of a listing to its renewal.
type path struct {
	*testing.T
	s                        *app.Server
	member, officer, visitor walker
	email                    string // of the member
	model                    string // what this walk's offer is called besides
	offer                    string // its id
}

// TestTheMainPath walks from a new account to a renewed listing in Chromium: by mouse with every
// page looked at by axe; then from the draft on by the keyboard alone, without script, and at the
// width of a telephone.
func TestTheMainPath(t *testing.T) {
	if testing.Short() {
		t.Skip("walks in Chromium for some minutes")
	}
	t.Parallel()
	s, base := running(t)
	wide, phone := webtest.View{Width: 1440}, webtest.View{Width: 390, Touch: true}
	axe := func(at *screen) { at.b.CheckOpen(t, "on the path") }
	narrow := func(at *screen) { at.b.CheckWidth(t, phone.Width) }
	mouse := func(v screen) walker { return pointer{&v} }
	for _, way := range []struct {
		name, model string
		look        func(*screen)
		view        webtest.View
		hands       func(screen) walker
		bare        bool // without script
	}{
		{"by mouse from a new account", "HS-1", axe, wide, mouse, false},
		{"by the keyboard alone", "HS-2", nil, wide, func(v screen) walker { return keys{&v} }, false},
		{"without script", "HS-3", nil, wide, mouse, true},
		{"on a telephone", "HS-4", narrow, phone, mouse, false},
	} {
		t.Run(way.name, func(t *testing.T) {
			sit := func() walker {
				at := screen{t: t, b: webtest.Open(t), base: base, view: way.view, look: way.look}
				at.b.Script(t, !way.bare)
				return way.hands(at)
			}
			p := &path{T: t, s: s, member: sit(), officer: sit(), visitor: sit(), model: way.model, email: "quanly@song-hau.example"}
			p.signIn(p.officer, "canbo@so-khcn.example")
			if way.model == "HS-1" {
				p.signUp()
				p.foundAnOrganisation()
			} else {
				p.signIn(p.member, p.email)
			}
			p.post()
			p.submitIncompleteThenComplete()
			p.returned()
			p.mend()
			p.published()
			p.found("published")
			p.expired()
			p.renewed()
			p.found("renewed")
		})
	}
}

// says fails when a page does not hold the words at a place.
func (p *path) says(w walker, selector, words string) {
	p.Helper()
	if text := w.text(selector); !strings.Contains(text, words) {
		p.Errorf("%s: %s says %.300q, not %q", w.path(), selector, strings.Join(strings.Fields(text), " "), words)
	}
}

// stands fails when the walker is not at that address with that status.
func (p *path) stands(w walker, at string, status int64) {
	p.Helper()
	if w.path() != at || w.status() != status {
		p.Fatalf("at %s with status %d, not at %s with %d: %.800s", w.path(), w.status(), at, status, strings.Join(strings.Fields(w.text("main")), " "))
	}
}

var link = regexp.MustCompile(`http://localhost[^/]*(/\S*)`)

// letter waits for a letter to the member that has all the words and returns the address of its link.
func (p *path) letter(words ...string) string {
	p.Helper()
	for end := time.Now().Add(8 * time.Second); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		kept, err := p.s.Letters.List(50)
		if err != nil {
			p.Fatal(err)
		}
		for _, one := range kept {
			missing := func(word string) bool { return !strings.Contains(one.Subject+"\n"+one.Text, word) }
			if one.To != p.email || slices.ContainsFunc(words, missing) {
				continue
			}
			if at := link.FindStringSubmatch(one.Text); at != nil {
				return strings.TrimRight(at[1], ").")
			}
		}
	}
	p.Fatalf("no letter to %s with %q", p.email, words)
	return ""
}

func (p *path) signIn(w walker, email string) {
	p.Helper()
	w.open("/")
	w.follow(`.top .id a[href^="/sign-in"]`)
	w.write("email", email)
	w.unfold("form.panel details > summary")
	w.write("password", app.DemoPassword)
	w.press("form.panel details button")
	if w.status() != 200 || strings.HasPrefix(w.path(), "/sign-in") {
		p.Fatalf("%s is not signed in: %s", email, w.raw("main input"))
	}
}

func (p *path) signUp() {
	p.Helper()
	p.email = "lan@htx-ho-sen.example"
	w := p.member
	w.open("/")
	w.follow(`.top .id a[href^="/sign-in"]`)
	w.follow(`main a[href^="/sign-up"]`)
	w.write("name", "Nguyễn Thị Lan")
	w.write("email", p.email)
	w.press("form.panel button")
	p.stands(w, "/sign-up/sent", 200)
	w.open(p.letter("Xác nhận thư điện tử"))
	w.press(`form[action^="/sign-up/confirm/"] button`)
	p.says(w, ".top", "Nguyễn Thị Lan")
}

// taxCode returns a well-formed code that nobody has.
func (p *path) taxCode() string {
	p.Helper()
	for n := 899_900_000; ; n++ {
		for check := range 10 {
			if code := fmt.Sprintf("%d%d", n, check); registry.ValidTaxCode(code) {
				return code
			}
		}
	}
}

func (p *path) foundAnOrganisation() {
	p.Helper()
	w, code := p.member, p.taxCode()
	w.follow(`.top a[href="/offers/new"]`) // says that one posts for an organisation
	w.follow(`main a[href="/organisations/new"]`)
	w.write("name_vi", "Hợp tác xã Hồ Sen")
	w.write("name_en", "Lotus Lake Cooperative")
	w.choose("kind", "cooperative")
	w.write("tax_code", code[:9]+"x")
	w.press(`main form[action="/organisations"] button.btn`)
	p.stands(w, "/organisations", 422)
	if !w.has(`#tax_code[value="`+code[:9]+`x"]`) || !w.has("#tax_code-e") || !w.has(`#errs a[href="#tax_code"]`) {
		p.Error("a tax code that is none: what was typed, the error beside it or in the summary is missing")
	}
	w.write("tax_code", code)
	w.press(`main form[action="/organisations"] button.btn`)
	at := w.path()
	p.says(w, "main", "chờ cán bộ xác minh")

	p.officer.open("/desk")
	p.officer.follow(`a[href="/desk?queue=organisations"]`)
	p.officer.follow(`a[href="` + at + `"]`)
	p.says(p.officer, "#h-decision + p + p", code)
	p.officer.press(`form[action$="/confirmation"] button`)
	p.stands(p.officer, at, 200)
	p.says(p.officer, "main", "Đã xác minh")
	w.open(p.letter("Hợp tác xã Hồ Sen"))
	p.stands(w, at, 200)
	p.says(w, "main", "Đã xác minh")
}

// found searches as a visitor, in both tongues: what is searched two seconds after the officer's or
// the owner's act finds the offer.
func (p *path) found(after string) {
	p.Helper()
	start := time.Now()
	for _, search := range []struct{ home, text string }{{"/", "may tach vo lua hat sen " + p.model}, {"/en/", "lotus seed peeler " + p.model}} {
		for late := false; !p.finds(search.home, search.text); late = time.Since(start) > 2*time.Second {
			if late {
				p.Fatalf("%s: %q does not find it, searched two seconds after", after, search.text)
			}
		}
	}
}

// finds searches and reports whether the offer stands among the results.
func (p *path) finds(home, text string) bool {
	p.Helper()
	p.search(home, text)
	return p.visitor.has(`#results a[href$="/offers/` + p.offer + `"]`)
}

func (p *path) search(home, text string) {
	p.Helper()
	p.visitor.open(home)
	p.visitor.write("q", text)
	p.visitor.press("form.search button")
}

// expired lets the day pass on which the offer ends: it is not found any more, its address stands.
func (p *path) expired() {
	p.Helper()
	err := p.s.DB.Update(p.Context(), func(tx *db.Tx) error {
		_, err := tx.Exec("UPDATE offer SET expires_on = ? WHERE id = ?", when.DayOf(tx.Now).AddDays(-1).String(), p.offer)
		return err
	})
	for more := true; err == nil && more; {
		err = p.s.DB.Update(p.Context(), func(tx *db.Tx) (err error) { more, err = p.s.Exchange.Age(tx); return err })
	}
	if err != nil {
		p.Fatal(err)
	}
	start, late := time.Now(), false
	for ; p.finds("/", "may tach vo lua hat sen "+p.model); late = time.Since(start) > 2*time.Second {
		if late {
			p.Fatal("what has expired is still found, searched two seconds after")
		}
	}
	p.visitor.open("/offers/" + p.offer)
	p.stands(p.visitor, "/offers/"+p.offer, 200)
	p.says(p.visitor, "main", "Hết hạn")
}
