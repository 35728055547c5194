package app_test

import (
	"archive/zip"
	"net/http"
	"strings"
	"testing"

	"chonoi/internal/app"
	"chonoi/internal/db"
	"chonoi/internal/exchange"
	"chonoi/internal/field"
	"chonoi/internal/record"
	"chonoi/internal/search"
)

// planted is a city in which a leak is made, and what the test of the canaries says of it.
type planted struct {
	*testing.T
	s       *app.Server
	f       *flock
	log     *diary
	manager *caller
}

// open is the first listing that everybody may open, with the facts of it that are closed.
func (p planted) open() (id string) {
	at := 0
	for i, state := range exchange.States {
		if state == exchange.Published {
			at = i
		}
	}
	return p.f.ids["offers"][at]
}

// secret is the first word that nobody but the owner may see.
func (p planted) secret() string {
	for _, one := range p.f.all {
		if one.level == field.OwnerOnly && strings.HasPrefix(one.where, "offer.") {
			return one.looks[0]
		}
	}
	p.Fatal("nothing is planted")
	return ""
}

func (p planted) update(do func(tx *db.Tx) error) {
	p.Helper()
	if err := p.s.DB.Update(p.Context(), do); err != nil {
		p.Fatal(err)
	}
}

// change changes listings as no act would.
func (p planted) change(where string, arg any, change func(*exchange.Offer)) {
	p.Helper()
	p.update(func(tx *db.Tx) error {
		all, err := exchange.Offers.Find(tx, where, arg)
		for _, old := range all {
			o := exchange.Offers.Copy(old)
			change(o)
			if err := exchange.Offers.Save(tx, "system", "offer.edited", old, o); err != nil {
				return err
			}
		}
		return err
	})
}

// altered changes the tables and lists what is amiss with what was planted.
func (p planted) altered(query string) (amiss []string) {
	p.Helper()
	p.update(func(tx *db.Tx) error {
		if _, err := tx.Exec(query); err != nil {
			return err
		}
		var err error
		amiss, err = p.f.unplanted(tx, p.s.DB.Engine())
		return err
	})
	return amiss
}

// leaking is the site with a hole, which may add to an answer or give the whole of it.
func (p planted) leaking(hole func(w http.ResponseWriter, r *http.Request) (whole bool)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !hole(w, r) {
			p.s.Web.Handler().ServeHTTP(w, r)
		}
	})
}

// tells is the site with a secret at the beginning of some answers.
func (p planted) tells(when func(*http.Request) bool) http.Handler {
	return p.leaking(func(w http.ResponseWriter, r *http.Request) bool {
		if when(r) {
			_, _ = w.Write([]byte(p.secret()))
		}
		return false
	})
}

func (p planted) walked(h http.Handler, c *caller, all []request) []string {
	return p.f.walk(p.T, p.s, h, c, all)
}

// holes are ways to leak, and what the very checks that the house is put to say of each. Those
// that change what is stored come last, so that no other hole is found in the place of one.
var holes = []struct {
	name, said string
	find       func(p planted) []string
}{
	{"an export packs what is closed", "/exports/offers.xlsx", func(p planted) []string {
		return p.walked(p.leaking(func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path != "/exports/offers.xlsx" {
				return false
			}
			book := zip.NewWriter(w)
			inside, _ := book.Create("xl/worksheets/sheet1.xml")
			_, _ = inside.Write([]byte(p.secret()))
			_ = book.Close()
			return true
		}), visitor, p.f.reads(p.s, ""))
	}},
	{"a header tells it", "/en/listing-rules", func(p planted) []string {
		return p.walked(p.leaking(func(w http.ResponseWriter, r *http.Request) bool {
			if r.URL.Path == "/en/listing-rules" {
				w.Header().Set("Link", "</x/"+p.secret()+">; rel=preload")
			}
			return false
		}), visitor, p.f.reads(p.s, "/en"))
	}},
	{"a wrong method tells it", "PATCH /search", func(p planted) []string {
		return p.walked(p.tells(func(r *http.Request) bool { return r.Method == http.MethodPatch && r.URL.Path == "/search" }), visitor, p.f.odd(p.s))
	}},
	{"a refused form tells it to one who is signed in", "by a manager", func(p planted) []string {
		h := p.tells(func(r *http.Request) bool {
			_, err := r.Cookie("chonoi")
			return err == nil && r.Method == http.MethodPost && strings.HasSuffix(r.URL.Path, "/claims")
		})
		return append(p.walked(h, visitor, p.f.writes(p.s, nil)), p.walked(h, p.manager, p.f.writes(p.s, nil))...)
	}},
	{"a closed fact is found by searching", "finds a listing by offer.", func(p planted) []string {
		p.index(func(d *search.Doc) { d.Fields[search.Text].Vi += " " + p.secret() })
		return p.f.searches(p.s.Web.Handler(), visitor, 1)
	}},
	{"a closed code is a filter", "finds … by its subjects", func(p planted) []string {
		p.index(func(d *search.Doc) {
			for _, one := range p.f.closed {
				if one.id == d.ID && len(one.values) > 0 {
					d.Facets[one.name] = one.values
				}
			}
		})
		return p.f.filtered(p.s.Web.Handler(), visitor)
	}},
	{"a closed price orders the results", "orders … by a closed figure", func(p planted) []string {
		return p.f.inDoc(search.Doc{ID: p.open(), Price: 1}, map[string]bool{p.open() + " price": true})
	}},
	{"the log tells it", "the log tells offer.", func(p planted) []string {
		p.s.Log.Info("saved", "title", p.secret())
		return p.f.logged(p.log.String())
	}},
	{"a column comes into which nothing is planted", "offer.secret_note holds no canary", func(p planted) []string {
		return p.altered(`ALTER TABLE offer ADD COLUMN secret_note TEXT NOT NULL DEFAULT ''`)
	}},
	{"a kind of record comes of which nothing is planted", "expert.secret_name holds no canary", func(p planted) []string {
		return p.altered(`CREATE TABLE expert (id TEXT PRIMARY KEY, secret_name TEXT NOT NULL)`)
	}},
	{"the level of a file is forgotten", "attachment.name (owner_officers) is seen at GET /files/…", func(p planted) []string {
		p.update(func(tx *db.Tx) error {
			papers, err := record.Attachments(tx, "offer", p.open())
			if err == nil {
				last := papers[len(papers)-2] // the picture is behind it
				err = record.ShowAttachment(tx, "system", last.ID, field.Public, last.Title)
			}
			return err
		})
		return p.walked(p.s.Web.Handler(), visitor, p.f.reads(p.s, ""))
	}},
	{"the level of a fact is forgotten", "offer.problem_vi (", func(p planted) []string {
		p.change("WHERE id = ?", p.open(), func(o *exchange.Offer) { o.Shown = map[string]field.Level{} })
		return p.walked(p.s.Web.Handler(), visitor, p.f.reads(p.s, ""))
	}},
	{"an anonymous owner is told", "an anonymous listing is tied to its owner", func(p planted) []string {
		p.change("WHERE anonymous = ?", 1, func(o *exchange.Offer) { o.Anonymous = false })
		return p.walked(p.s.Web.Handler(), visitor, p.f.reads(p.s, "/en"))
	}},
}

var visitor = &caller{name: "a visitor", level: field.Public}

// index changes the document of the open listing in the search index.
func (p planted) index(change func(*search.Doc)) {
	p.Helper()
	p.update(func(tx *db.Tx) error {
		doc, _, err := p.s.Exchange.DocOf(tx, "offer", p.open())
		change(&doc)
		p.s.Index.Load().Put(doc)
		return err
	})
}

func TestAPlantedLeakIsFound(t *testing.T) {
	s, f, _, log := plant(t, "sqlite")
	manager := f.callers(t, s)[3]
	for _, hole := range holes {
		t.Run(hole.name, func(t *testing.T) {
			for _, leak := range hole.find(planted{t, s, f, log, manager}) {
				if strings.Contains(anyID.ReplaceAllString(leak, "…"), hole.said) {
					return
				}
			}
			t.Error("it is not found")
		})
	}
}
