package route

import (
	"bytes"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/lists"
)

func shippedHolidayFiles(t testing.TB) fs.FS {
	t.Helper()
	files, err := fs.Sub(lists.Law, "law/holidays")
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// copied are the files of the shipped edition, for a test to change.
func copied(t testing.TB) map[string][]byte {
	t.Helper()
	folder, err := fs.Sub(lists.Law, "law/2026-11")
	if err != nil {
		t.Fatal(err)
	}
	files, err := collect([]fs.FS{folder})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

func folder(files map[string][]byte, below string) fstest.MapFS {
	all := fstest.MapFS{}
	for name, data := range files {
		all[below+name] = &fstest.MapFile{Data: data}
	}
	return all
}

// refused checks that a fault names a field and a key, and that people can read it with its file and line.
func refused(t *testing.T, says string, err error, field, key string) {
	t.Helper()
	if key == "" {
		if err != nil {
			t.Errorf("%s: %v", says, err)
		}
		return
	}
	f, ok := fault.As(err)
	if !ok || len(f.Fields) == 0 || f.Fields[0].Field != field || f.Fields[0].Key != key {
		t.Errorf("%s: got %v, not %s %s", says, err, field, key)
		return
	}
	words, err := lang.Load(Texts)
	if err != nil {
		t.Fatal(err)
	}
	file, line, _ := strings.Cut(field, ":")
	for _, tag := range lang.Tags {
		text := words.T(tag, key, f.Fields[0].Args...)
		if !strings.Contains(text, file) || !strings.Contains(text, line+":") || strings.Contains(text, "no value") || strings.Contains(text, "{{") {
			t.Errorf("%s: %s is told as %q", says, field, text)
		}
	}
}

func TestABadFileIsRefusedWithItsFileAndLine(t *testing.T) {
	for _, row := range []struct {
		says, file, old, now string // the first old of the file becomes now
		field, key           string
	}{
		{"as shipped", "rules.csv", "", "", "", ""},
		{"another header", "rules.csv", "class,direction", "direction,class", "rules.csv:1", "route.row_header"},
		{"an empty file", "edition.csv", "*", "", "edition.csv:1", "route.row_header"},
		{"a class that is not known", "rules.csv", "\nbanned,banned", "\nbanned,forbidden", "rules.csv:2", "route.row_word"},
		{"a trust that is not known", "rules.csv", "second_hand", "sure", "rules.csv:2", "route.row_word"},
		{"a route that is not known", "rules.csv", "blocked", "stopped", "rules.csv:2", "route.row_word"},
		{"a bad code", "rules.csv", "\nbanned,", "\nBị cấm,", "rules.csv:2", "route.row_code"},
		{"a bad day", "rules.csv", "2018-07-01", "2018-13-01", "rules.csv:2", "route.row_day"},
		{"an end before the beginning", "authorities.csv", "2018-07-01,2026-03-31", "2026-07-01,2026-03-31", "authorities.csv:2", "route.row_ends_before"},
		{"a basis in one tongue", "rules.csv", " / Law 07/2017/QH14, Art. 11", "", "rules.csv:2", "route.row_basis"},
		{"a doubtful row without a question", "rules.csv", "amendment_restricted,", ",", "rules.csv:4", "route.row_doubt_needed"},
		{"a question that is not told", "rules.csv", "amendment_restricted,", "something,", "rules.csv:4", "route.cover_doubt"},
		{"a transfer without a route", "rules.csv", "banned,banned,*", "banned,banned,inward", "rules.csv:1", "route.cover_rules"},
		{"a transfer with two routes", "rules.csv", "\nbanned,banned", "\nbanned,banned|restricted", "rules.csv:3", "route.cover_rules"},
		{"a rule that ends without a successor", "rules.csv", "2018-07-01,,", "2018-07-01,2030-01-01,", "rules.csv:1", "route.cover_rules"},
		{"a code told twice for one day", "rules.csv", "\nrestricted,", "\nbanned,", "rules.csv:3", "route.row_twice"},
		{"a step without a duty-holder", "duties.csv", "registration_inward,*,inward", "registration_inward,banned,inward", "duties.csv:1", "route.cover_duties"},
		{"two duty-holders", "duties.csv", "registration_inward,*,inward", "registration_inward,*,*", "duties.csv:7", "route.cover_duties"},
		{"two authorities", "authorities.csv", "2026-03-31", "2026-04-01", "authorities.csv:4", "route.cover_authorities"},
		{"a step twice", "steps.csv", "2026-03-31", "", "steps.csv:3", "route.cover_steps"},
		{"a route that never takes effect", "effective.csv", "licence,licence,", "licence,voluntary,", "effective.csv:1", "route.cover_effective"},
		{"a limit of no days", "clocks.csv", "approval,3,", "approval,0,", "clocks.csv:2", "route.row_number"},
		{"a unit that is not known", "clocks.csv", ",working,", ",lunar,", "clocks.csv:2", "route.row_word"},
		{"a name in one tongue", "dossier.csv", "Explanation of the technology", "", "dossier.csv:7", "route.row_one_tongue"},
		{"a quote that is not closed", "dossier.csv", "\nvaluation_ownership,", "\n\"valuation_ownership,", "dossier.csv:3", "route.row_unreadable"},
		{"a column too many", "dossier.csv", "\nvaluation_ownership,", "\nvaluation_ownership,,", "dossier.csv:3", "route.row_unreadable"},
		{"another encoding", "dossier.csv", "Giấy tờ", "Gi\xe2y", "dossier.csv:3", "route.row_utf8"},
		{"a cell too long", "dossier.csv", "Giấy tờ", strings.Repeat("a", mostCell+1), "dossier.csv:3", "route.row_long"},
		{"an entry without keywords", "screening/criteria_examples.csv", ",,example", ",,entry", "screening/criteria_examples.csv:2", "route.row_keywords"},
		{"a keyword without a word", "screening/criteria_examples.csv", "GMO", "---", "screening/criteria_examples.csv:4", "route.row_keyword"},
		{"a keyword too long", "screening/criteria_examples.csv", "GMO", strings.Repeat("gen ", mostWords+1), "screening/criteria_examples.csv:4", "route.row_keyword"},
		{"no first day", "edition.csv", ",,2018-07-01,", ",,,", "edition.csv:2", "route.row_edition"},
	} {
		files := copied(t)
		if row.old == "*" {
			files[row.file] = nil
		} else if row.old != "" {
			if !bytes.Contains(files[row.file], []byte(row.old)) {
				t.Fatalf("%s: %q is not in %s", row.says, row.old, row.file)
			}
			files[row.file] = bytes.Replace(files[row.file], []byte(row.old), []byte(row.now), 1)
		}
		_, err := Load(folder(files, ""))
		refused(t, row.says, err, row.field, row.key)
	}
}

func TestAMissingAndAnUnknownFileAreRefused(t *testing.T) {
	files := copied(t)
	delete(files, "clocks.csv")
	_, err := Load(folder(files, ""))
	refused(t, "missing", err, "clocks.csv:1", "route.file_missing")
	files = copied(t)
	files["clock.csv"] = files["clocks.csv"]
	_, err = Load(folder(files, ""))
	refused(t, "unknown", err, "clock.csv:1", "route.file_unknown")
}

func TestFilesThatAreTooLargeOrTooManyAreRefused(t *testing.T) {
	files := copied(t)
	files["screening/large.csv"] = bytes.Repeat([]byte("a"), mostFile+1)
	if _, err := Load(folder(files, "")); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("a large file: %v", err)
	}
	files = copied(t)
	for i := range mostFiles {
		files[fmt.Sprintf("screening/%d.csv", i)] = files["screening/criteria_examples.csv"]
	}
	if _, err := Load(folder(files, "")); fault.KindOf(err) != fault.TooLarge {
		t.Errorf("many files: %v", err)
	}
}

func TestALargeEditionIsReadAndScreenedInGoodTime(t *testing.T) {
	files := copied(t)
	var b strings.Builder
	b.WriteString("code,vi,en,list,direction,keywords,kind,article,trust,source,valid_from,valid_to,legal_basis\n")
	for i := range mostRows - 100 {
		fmt.Fprintf(&b, "e%d,Công nghệ %d,Technology %d,restricted,*,công nghệ số %d; technology %d,entry,,text,test,,,a / b\n", i, i, i, i, i)
	}
	files["screening/many.csv"] = []byte(b.String())
	began := time.Now()
	l, err := Load(folder(files, ""))
	if err != nil {
		t.Fatal(err)
	}
	read := time.Since(began)
	text := strings.Repeat("Công nghệ số hóa công nghệ số 77 ", mostScreened/40)
	began = time.Now()
	hits := l.Screen(text, Inward, day(t, "2026-11-23"))
	if len(hits) != 1 || hits[0].Entry.Code != "e77" || !hits[0].Exact {
		t.Errorf("%d hits", len(hits))
	}
	t.Logf("%d entries read in %v, %d bytes screened in %v", len(l.entries), read, len(text), time.Since(began))
}

// FuzzLoad holds that no file makes the loader fail otherwise than with a fault, and that what it
// takes answers for every transfer.
func FuzzLoad(f *testing.F) {
	files := copied(f)
	names := slices.Sorted(maps.Keys(files))
	for i, name := range names {
		f.Add(i, files[name])
	}
	f.Add(3, []byte("code,\"\n\xff"))
	f.Fuzz(func(t *testing.T, which int, data []byte) {
		mine := maps.Clone(files)
		mine[names[uint(which)%uint(len(names))]] = data
		l, err := Load(folder(mine, ""))
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatal(err)
			}
			return
		}
		for _, facts := range every(l.From.AddDays(3000)) {
			c, err := l.Route(facts)
			if err != nil {
				t.Fatal(err)
			}
			l.Effective(c, Dates{Signed: facts.Day})
			for _, s := range c.Steps {
				for _, k := range s.Clocks {
					if !k.Deadline(facts.Day, nil).After(facts.Day) {
						t.Fatalf("%s ends before it begins", k.Code)
					}
				}
			}
		}
		l.Screen(string(data), Inward, l.From)
	})
}

// FuzzLoadHolidays holds the same for the calendar.
func FuzzLoadHolidays(f *testing.F) {
	f.Add([]byte(aYear))
	f.Add([]byte(holidayHeader + "x,Một,One,02-29,off,,text,s,,,a / b\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		h, err := LoadHolidays(fstest.MapFS{"own.csv": {Data: data}})
		if err != nil {
			if _, ok := fault.As(err); !ok {
				t.Fatal(err)
			}
			return
		}
		if from := day(t, "2026-11-23"); !(Clock{Days: 5, Unit: Working, moves: true}).Deadline(from, h).After(from) {
			t.Fatal("a limit ends before it begins")
		}
	})
}
