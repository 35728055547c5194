// Package house holds the rules of docs/house.md as a test: floors, file length, names, who
// speaks HTTP and SQL, and which dependencies there are.
package house

import (
	"bufio"
	"bytes"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const root = "../.."

// floors tells on which floor each package stands. A package imports what stands lower.
var floors = map[string]int{
	"lang": 1, "fault": 1, "when": 1,
	"field": 2, "lexicon": 2,
	"db": 3, "mail": 3, "file": 3, "document": 3,
	"search": 4, "job": 4, "account": 4,
	"ledger": 5, "web": 5,
	"record": 6, "reception": 6,
	"registry": 7, "observatory": 7, "termbase": 7, "alert": 7,
	"exchange": 8, "network": 8, "programme": 8,
	"events": 9, "bridge": 9,
	"app": 10,
}

// within are packages of floor 1 that may know each other, told one by one.
var within = map[string]string{"lang": "when"}

type source struct {
	path    string // from the root
	pkg     string // first folder below internal, "" elsewhere
	imports []string
	lines   int
	text    string
	made    bool // generated
}

func sources(t *testing.T) []source {
	t.Helper()
	var all []source
	err := filepath.WalkDir(root, func(path string, entry os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == ".git" || entry.Name() == "node_modules" || entry.Name() == "bench") {
			return filepath.SkipDir
		}
		if !strings.HasSuffix(path, ".go") && !strings.HasSuffix(path, ".templ") {
			return nil
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		if err != nil {
			return err
		}
		s := source{path: filepath.ToSlash(rel), text: string(raw), lines: bytes.Count(raw, []byte("\n"))}
		s.made = strings.HasSuffix(path, "_templ.go")
		if parts := strings.Split(s.path, "/"); parts[0] == "internal" && len(parts) > 2 {
			s.pkg = parts[1]
		}
		if strings.HasSuffix(path, ".go") {
			file, err := parser.ParseFile(token.NewFileSet(), path, raw, parser.ImportsOnly)
			if err != nil {
				return err
			}
			for _, one := range file.Imports {
				name, _ := strconv.Unquote(one.Path.Value)
				s.imports = append(s.imports, name)
			}
		}
		all = append(all, s)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestImportsOnlyGoDown(t *testing.T) {
	for _, s := range sources(t) {
		own, known := floors[s.pkg]
		if s.pkg == "" || s.pkg == "house" {
			continue
		}
		if !known {
			t.Errorf("%s: package %s has no floor", s.path, s.pkg)
			continue
		}
		for _, name := range s.imports {
			rest, ours := strings.CutPrefix(name, "chonoi/internal/")
			if !ours {
				continue
			}
			other, _, _ := strings.Cut(rest, "/")
			if other == s.pkg || floors[other] < own || within[s.pkg] == other {
				continue
			}
			if strings.HasSuffix(s.path, "_test.go") && other == "db" {
				continue // dbtest gives every test its database
			}
			t.Errorf("%s (floor %d) imports %s (floor %d)", s.path, own, other, floors[other])
		}
	}
}

// rooms are the sub-packages of a subject that has grown. They stand on its floor and import it;
// of each other they import only what is told here.
var rooms = map[string][]string{
	"programme/shown":      nil,
	"programme/plan":       {"programme/shown", "programme/reading"},
	"programme/work":       {"programme/shown"},
	"programme/assign":     {"programme/shown"},
	"programme/review":     {"programme/shown"},
	"programme/overview":   {"programme/shown"},
	"programme/register":   {"programme/shown"},
	"programme/derive":     {"programme/shown"},
	"programme/tracker":    {"programme/shown"},
	"programme/inspection": {"programme/shown"},
	"programme/follow":     {"programme/shown"},
	"exchange/listing":     nil,
	"exchange/floor":       {"exchange/listing"},
	"exchange/post":        {"exchange/listing"},
	"exchange/desk":        {"exchange/listing"},
	"exchange/intake":      nil,
	"exchange/duplicate":   {"exchange/listing"},
	"exchange/match":       {"exchange/listing"},
	"exchange/terms":       nil,
	"exchange/route":       nil,
	"exchange/contract":    {"exchange/terms"},
	"exchange/deal":        {"exchange/terms", "exchange/route", "exchange/contract"},
	"exchange/enquire":     {"exchange/deal"},
	"exchange/funnel":      nil,
	"exchange/broker":      {"exchange/deal"},
	"exchange/licence":     {"exchange/deal"},
	"exchange/sale":        {"exchange/deal", "exchange/terms"},
	"exchange/dossier":     {"exchange/deal", "exchange/terms", "exchange/route", "exchange/contract"},
	"exchange/room":        {"exchange/deal", "exchange/terms", "exchange/route"},
	"programme/sense":      nil,
	"programme/reading":    {"programme/sense"},
	"registry/body":        nil,
}

func TestTheRoomsOfASubjectDoNotImportEachOther(t *testing.T) {
	for _, s := range sources(t) {
		room, ok := strings.CutPrefix(filepath.ToSlash(filepath.Dir(s.path)), "internal/")
		others, isRoom := rooms[room]
		if !ok || !isRoom || strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		for _, name := range s.imports {
			other := strings.TrimPrefix(name, "chonoi/internal/")
			if _, known := rooms[other]; known && !slices.Contains(others, other) {
				t.Errorf("%s imports %s, another room of its subject", s.path, other)
			}
		}
	}
}

func TestNoFileIsLongerThan400Lines(t *testing.T) {
	for _, s := range sources(t) {
		if s.lines > 400 && !s.made {
			t.Errorf("%s has %d lines: look for the noun that wants its own file", s.path, s.lines)
		}
	}
}

func TestNoPackageIsADrawer(t *testing.T) {
	drawer := regexp.MustCompile(`/(util|utils|common|helpers?|base|manager|misc|shared)/`)
	for _, s := range sources(t) {
		if drawer.MatchString(s.path) {
			t.Errorf("%s: a package is a subject or a trade, never a drawer", s.path)
		}
	}
}

// speaksHTTP are the places beside *_pages.go and routes.go where HTTP is spoken.
var speaksHTTP = regexp.MustCompile(`^(internal/(web|app|mail|file|reception|account|house)/|cmd/)|(_pages|routes|_api)(_templ)?\.(go|templ)$|_test\.go$|\w+test/`)

// viewsOf are files that shape what pages show and so take a request to know its tongue.
var viewsOf = regexp.MustCompile(`internal/\w+/view\.go$`)

func TestOnlyPagesSpeakHTTP(t *testing.T) {
	for _, s := range sources(t) {
		if speaksHTTP.MatchString(s.path) || viewsOf.MatchString(s.path) || s.made {
			continue
		}
		for _, name := range s.imports {
			if name == "net/http" {
				t.Errorf("%s speaks HTTP: that belongs into a *_pages.go", s.path)
			}
		}
	}
}

func TestOnlySQLFilesSpeakSQL(t *testing.T) {
	statement := regexp.MustCompile("[\"`](SELECT [a-z*]|INSERT INTO |UPDATE [a-z_]+ SET|DELETE FROM )")
	may := regexp.MustCompile(`_sql\.go$|_test\.go$|^internal/(db|record|ledger|job)/`)
	for _, s := range sources(t) {
		if !may.MatchString(s.path) && statement.MatchString(s.text) {
			t.Errorf("%s holds SQL: that belongs into a *_sql.go", s.path)
		}
	}
}

func TestEveryDirectDependencyHasAReason(t *testing.T) {
	reasons := map[string]bool{}
	list, err := os.Open("dependencies.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer list.Close()
	for lines := bufio.NewScanner(list); lines.Scan(); {
		name, reason, ok := strings.Cut(lines.Text(), " ")
		if ok && len(strings.TrimSpace(reason)) > 5 {
			reasons[name] = true
		}
	}
	used := map[string]bool{}
	for _, s := range sources(t) {
		for _, name := range s.imports {
			if strings.Contains(strings.Split(name, "/")[0], ".") {
				used[name] = true
			}
		}
	}
	for name := range used {
		module := name
		for module != "." && !reasons[module] {
			module = filepath.Dir(module)
		}
		if module == "." {
			t.Errorf("%s is imported but has no reason in internal/house/dependencies.txt", name)
		}
	}
}

// foreign are words that have no place in the product: they speak of where it was made. They are
// spelled in halves so that this file does not hold them.
var foreign = []string{"/work/" + "main", "/work/" + "shared", "farm" + "-bench", "farm" + "-studio"}

func TestNothingSpeaksOfTheWorkplace(t *testing.T) {
	for _, s := range sources(t) {
		for _, word := range foreign {
			if strings.Contains(s.text, word) {
				t.Errorf("%s speaks of %s", s.path, word)
			}
		}
	}
}
