package app_test

import (
	"flag"
	"fmt"
	"net/http"
	"os"
	"sort"
	"strings"
	"testing"

	"chonoi/internal/account"
)

var update = flag.Bool("update", false, "write the table of rights anew")

// parts one can play, in the order of the table's columns.
var parts = []struct {
	name  string
	actor account.Actor
}{
	{"visitor", account.Actor{}},
	{"member", account.Actor{ID: "a"}},
	{"manager", account.Actor{ID: "a", Memberships: []account.Membership{{Organisation: "o", Manager: true}}}},
	{"broker", account.Actor{ID: "a", Roles: []account.Role{account.Broker}}},
	{"officer", account.Actor{ID: "a", Roles: []account.Role{account.Officer}}},
	{"supervisor", account.Actor{ID: "a", Roles: []account.Role{account.Supervisor}}},
	{"statistician", account.Actor{ID: "a", Roles: []account.Role{account.Statistician}}},
	{"programme", account.Actor{ID: "a", Roles: []account.Role{account.ProgrammeOffice}}},
	{"inspector", account.Actor{ID: "a", Roles: []account.Role{account.Inspector}}},
	{"administrator", account.Actor{ID: "a", Roles: []account.Role{account.Administrator}}},
}

const rightsFile = "testdata/rights.txt"

func TestTheTableOfRightsIsWhatWasAgreed(t *testing.T) {
	s := city(t, "sqlite")
	var lines []string
	for _, route := range s.Web.Routes() {
		var may []string
		for _, p := range parts {
			if route.Right.Allows(p.actor) {
				may = append(may, p.name)
			}
		}
		who := strings.Join(may, " ")
		if len(may) == len(parts) {
			who = "everybody"
		}
		lines = append(lines, fmt.Sprintf("%-64s %-18s %s", route.Pattern, route.Right.Name, who))
	}
	sort.Strings(lines)
	table := strings.Join(lines, "\n") + "\n"
	t.Log("\n" + table)
	if *update {
		if err := os.WriteFile(rightsFile, []byte(table), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	agreed, err := os.ReadFile(rightsFile)
	if err != nil {
		t.Fatal(err)
	}
	if string(agreed) != table {
		t.Errorf("the table differs from %s; look at each difference, then run the test with -update", rightsFile)
	}
}

func TestAnInspectorChangesNothing(t *testing.T) {
	s := city(t, "sqlite")
	inspector := account.Actor{ID: "a", Roles: []account.Role{account.Inspector}}
	own := map[string]bool{account.SignedIn.Name: true, account.MaySignIn.Name: true, account.Anyone.Name: true,
		account.MayHoldRounds.Name: true} // rounds are his own, and change nothing of what he looks at
	for _, route := range s.Web.Routes() {
		if !strings.HasPrefix(route.Pattern, "GET ") && route.Right.Allows(inspector) && !own[route.Right.Name] {
			t.Errorf("an inspector may %s", route.Pattern)
		}
		if strings.HasPrefix(route.Pattern, "GET ") && strings.HasPrefix(route.Right.Name, "may_see") && !route.Right.Allows(inspector) && route.Right.Name != account.MaySeeOwn.Name {
			t.Errorf("an inspector may not read %s", route.Pattern)
		}
	}
}

func TestAVisitorIsSentToSignInWhereARightIsNeeded(t *testing.T) {
	eachCity(t, func(t *testing.T, s *appServer) {
		for _, route := range s.Web.Routes() {
			method, path, _ := strings.Cut(route.Pattern, " ")
			if route.Right.Allows(account.Actor{}) || method != http.MethodGet {
				continue
			}
			status, _ := page(t, s, fill(path, "00000000-0000-7000-8000-000000000000"))
			if status != http.StatusSeeOther && status != http.StatusUnauthorized {
				t.Errorf("GET %s as a visitor: %d", path, status)
			}
		}
	})
}

// fill puts an id in place of each wildcard of a pattern.
func fill(path, id string) string {
	var out []string
	for _, part := range strings.Split(path, "/") {
		switch {
		case part == "{$}":
			part = ""
		case strings.HasPrefix(part, "{kind}"):
			part = "offer"
		case strings.HasPrefix(part, "{") && strings.HasSuffix(part, "}"):
			part = id
		case strings.HasPrefix(part, "{"):
			part = id + part[strings.Index(part, "}")+1:]
		}
		out = append(out, part)
	}
	return strings.Join(out, "/")
}
