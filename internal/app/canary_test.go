package app_test

import (
	"bytes"
	"log/slog"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/db/dbtest"
	"chonoi/internal/exchange"
	"chonoi/internal/field"
)

type appServer = app.Server

// diary is a log that can be read while it is written.
type diary struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write adds a line.
func (d *diary) Write(p []byte) (int, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.Write(p)
}

func (d *diary) String() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.text.String()
}

// plant opens the seed city, fills everything confidential that it can hold with words of their own, and
// lets the house run until all of it has come to rest.
func plant(t *testing.T, engine string) (*app.Server, *flock, robbed, *diary) {
	t.Helper()
	base, log := newFlock(), &diary{}
	c := app.Config{Data: t.TempDir(), Database: dbtest.Address(t, engine), Addr: "127.0.0.1:0", Demo: true, Site: app.Site{NameVi: "Sàn thử", NameEn: "Test exchange"}}
	c.Mail.From, c.Mail.Password = "no-reply@chonoi.example", base.word("mail.password", field.OwnerOnly)
	c.OIDC.Secret, c.S3.Secret = base.word("oidc.client_secret", field.OwnerOnly), base.word("s3.secret_key", field.OwnerOnly)
	h, err := app.Open(t.Context(), c, slog.New(slog.NewJSONHandler(log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { h.Close() })
	if err := h.Seed(t.Context()); err != nil {
		t.Fatal(err)
	}
	s, err := h.OpenDoors(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	key, err := os.ReadFile(filepath.Join(c.Data, "key"))
	if err != nil {
		t.Fatal(err)
	}
	base.sight("the key", field.OwnerOnly, "", strings.TrimSpace(string(key)))
	var f *flock
	var v robbed
	var known string
	err = s.DB.Update(t.Context(), func(tx *db.Tx) (err error) {
		f = base.twin() // the unit may run twice
		v, known, err = f.plantAll(tx, s)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"offer", "need"} {
		ids := f.ids[kind+"s"]
		f.plantPapers(t, s, v, kind, ids[0], false, false)
		f.plantPapers(t, s, v, kind, ids[slices.Index(exchange.States, exchange.Published)], true, false)
		f.plantPapers(t, s, v, kind, ids[len(exchange.States)], true, true)
	}
	f.typeAmiss(t, s, v)
	f.live(t, s, f.plantImport(t, s, v, known))
	f.plantAlerts(t, s, v)
	f.gatherLetters(t, s)
	return s, f, v, log
}

// plantAll plants what a transaction can hold, and returns whose it is and their known organisation.
func (f *flock) plantAll(tx *db.Tx, s *app.Server) (robbed, string, error) {
	v, err := f.plantPeople(tx, s)
	if err != nil {
		return v, "", err
	}
	hidden, known, err := f.plantOrganisations(tx, s, v.id)
	if err != nil {
		return v, "", err
	}
	for _, organisation := range []string{hidden, known} {
		if err := s.Accounts.Appoint(tx, "system", organisation, v.id, true); err != nil {
			return v, "", err
		}
	}
	if err := f.enterOwner(tx, s, &v); err != nil {
		return v, "", err
	}
	if err := plantListings(tx, f, s, s.Exchange.Offers, v.id, hidden, known); err != nil {
		return v, "", err
	}
	if err := plantListings(tx, f, s, s.Exchange.Needs, v.id, hidden, known); err != nil {
		return v, "", err
	}
	if err := f.plantWaysIn(tx, s, v, known); err != nil {
		return v, "", err
	}
	if err := f.plantPlans(tx, s, v, known); err != nil {
		return v, "", err
	}
	if err := f.plantDeals(tx, s, v, known); err != nil {
		return v, "", err
	}
	return v, known, f.judge(tx, s, v, known)
}

// eachFlock runs body in a planted city on both engines.
func eachFlock(t *testing.T, body func(t *testing.T, s *app.Server, f *flock, v robbed, log *diary)) {
	t.Helper()
	for _, engine := range []string{"sqlite", "postgres"} {
		t.Run(engine, func(t *testing.T) {
			s, f, v, log := plant(t, engine)
			body(t, s, f, v, log)
		})
	}
}

var anyID = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}|zqv\d{4}kx?`)

// tellAll makes each sort of leak a failure, told once with one address of a thousand.
func tellAll(t *testing.T, leaks []string) {
	t.Helper()
	sorts := map[string][]string{}
	for _, leak := range leaks {
		what, who, _ := strings.Cut(leak, ", by ")
		sort := anyID.ReplaceAllString(what, "…")
		if !slices.Contains(sorts[sort], who) {
			sorts[sort] = append(sorts[sort], who)
		}
	}
	for _, sort := range slices.Sorted(maps.Keys(sorts)) {
		t.Errorf("%s: %s", sort, strings.Join(sorts[sort], ", "))
	}
}

func TestWhatIsConfidentialIsNowhere(t *testing.T) {
	eachFlock(t, func(t *testing.T, s *app.Server, f *flock, v robbed, log *diary) {
		var leaks []string
		err := s.DB.View(t.Context(), func(tx *db.Tx) (err error) {
			if leaks, err = f.unplanted(tx, s.DB.Engine()); err != nil {
				return err
			}
			more, err := f.indexed(tx, s)
			leaks = append(leaks, more...)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		h := s.Web.Handler()
		callers := f.callers(t, s)
		draft, _ := begun(t, s, "muahang@ben-nuoc.example")
		leaks = append(leaks, f.exported(t, s)...)
		for i, c := range callers {
			leaks = append(leaks, f.searches(h, c, 2+9*min(i, 1))...)
			leaks = append(leaks, f.walk(t, s, h, c, f.reads(s, ""))...)
			if i%3 == 0 {
				leaks = append(leaks, f.walk(t, s, h, c, f.reads(s, "/en"))...)
			}
			if i == 0 || i == 3 {
				leaks = append(leaks, f.walk(t, s, h, c, f.odd(s))...)
				leaks = append(leaks, f.filtered(h, c)...)
			}
			leaks = append(leaks, f.walk(t, s, h, c, f.writes(s, []string{draft}))...)
			leaks = append(leaks, f.walk(t, s, h, c, afterwards(draft))...)
		}
		leaks = append(leaks, f.logged(log.String())...)
		tellAll(t, leaks)
	})
}

// TestTheOwnerSeesWhatWasPlanted shows that the words stand where they could be seen at all.
func TestTheOwnerSeesWhatWasPlanted(t *testing.T) {
	s, f, v, _ := plant(t, "sqlite")
	owner := &caller{name: "the owner", token: v.token, level: field.OwnerOnly}
	seen := map[int]bool{}
	for _, q := range slices.Concat(f.reads(s, ""), f.reads(s, "/en")) {
		for n := range f.inAbout(q.path, f.ask(s.Web.Handler(), owner, q).text) {
			seen[n] = true
		}
	}
	t.Logf("the owner sees %d of %d", len(seen), len(f.all))
	if len(seen)*10 < len(f.all)*8 {
		for n, one := range f.all {
			if !seen[n] {
				t.Log(one.where)
			}
		}
		t.Errorf("the owner sees only %d of %d", len(seen), len(f.all))
	}
}
