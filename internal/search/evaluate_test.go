package search

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

const collections = "../../../shared/data/search"

func TestTheEngineFindsWhatIsAskedForInKnownCollections(t *testing.T) {
	if _, err := os.Stat(collections); err != nil {
		t.Skip("the collections are not beside the checkout")
	}
	for _, c := range []struct {
		name     string
		dir      string
		stripped bool
		ndcg     float64
		mrr      float64
	}{
		{"questions typed with marks", "xquad-vi", false, .962, .945},
		{"questions typed without marks", "xquad-vi", true, .955, .940},
		{"headings of laws", "vilaw-heading", false, .71, .66},
		{"headings of laws without marks", "vilaw-heading", true, .71, .66},
		{"English abstracts", "cranfield", false, .53, .80},
		{"English needs and awards", "", false, .68, .65},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(collections, c.dir)
			if c.dir == "" {
				dir = sbir(t)
			}
			var options EvaluateOptions
			if c.stripped {
				options.Queries = withoutMarks(t, dir)
			}
			r, err := Evaluate(dir, options)
			if err != nil {
				t.Fatal(err)
			}
			out, _ := json.Marshal(r)
			t.Logf("%s", out)
			if r.NDCG10 < c.ndcg || r.MRR10 < c.mrr {
				t.Errorf("nDCG@10 %.4f, MRR@10 %.4f; want at least %.3f and %.3f", r.NDCG10, r.MRR10, c.ndcg, c.mrr)
			}
		})
	}
}

// withoutMarks writes the queries of a collection as somebody without a Vietnamese keyboard types them.
func withoutMarks(t *testing.T, dir string) string {
	t.Helper()
	rows, err := rowsOf(filepath.Join(dir, queriesFile))
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	for _, r := range rows {
		r.Text = lang.Fold(r.Text)
		line, _ := json.Marshal(r)
		out.Write(append(line, '\n'))
	}
	path := filepath.Join(t.TempDir(), queriesFile)
	if err := os.WriteFile(path, []byte(out.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// sbir writes the needs and offers of the listings as a collection.
func sbir(t *testing.T) string {
	t.Helper()
	from, dir := "../../../shared/data/listings", t.TempDir()
	for name, in := range map[string]string{corpusFile: "sbir-offers.jsonl", queriesFile: "sbir-needs.jsonl"} {
		var out strings.Builder
		if err := eachLine(filepath.Join(from, in), func(_ string, _ int, line []byte) error {
			var r struct{ ID, Lang, Title, Description string }
			if err := json.Unmarshal(line, &r); err != nil {
				return err
			}
			if name == queriesFile {
				r.Title = "" // it is the beginning of the description
			}
			made, _ := json.Marshal(map[string]string{"id": r.ID, "lang": r.Lang, "title": r.Title, "text": r.Description})
			out.Write(append(made, '\n'))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(out.String()), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pairs, err := os.ReadFile(filepath.Join(from, "sbir-pairs.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, qrelsFile), pairs, 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// collection writes the three files of a small collection.
func collection(t *testing.T, corpus, queries, qrels string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{corpusFile: corpus, queriesFile: queries, qrelsFile: qrels} {
		if text == "" {
			continue
		}
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const (
	someCorpus = `{"id":"a","lang":"vi","title":"Máy sấy xoài","text":"Sấy bằng bơm nhiệt."}` + "\n" +
		`{"id":"b","lang":"vi","title":"Máy bay không người lái","text":"Phun thuốc cho lúa."}` + "\n"
	someQueries = `{"id":"q","lang":"vi","text":"máy sấy"}` + "\n" + `{"id":"unjudged","lang":"vi","text":"lúa"}` + "\n"
	someQrels   = "q\ta\t1\n"
)

func TestEvaluateWritesWhatWasFound(t *testing.T) {
	run := filepath.Join(t.TempDir(), "run.tsv")
	r, err := Evaluate(collection(t, someCorpus, someQueries, someQrels), EvaluateOptions{Run: run})
	if err != nil {
		t.Fatal(err)
	}
	if r.Docs != 2 || r.Queries != 1 || r.NDCG10 != 1 || r.MRR10 != 1 || r.R100 != 1 {
		t.Errorf("got %+v", r)
	}
	written, err := os.ReadFile(run)
	if err != nil || !strings.HasPrefix(string(written), "q\ta\t1\t") {
		t.Errorf("run is %q, %v", written, err)
	}
}

func TestABadCollectionIsRefusedByFileAndLine(t *testing.T) {
	long := `{"id":"x","lang":"vi","text":"` + strings.Repeat("a", longestRow) + `"}`
	for _, c := range []struct {
		name, corpus, queries, qrels string
		kind                         fault.Kind
		key                          string
		line                         any
	}{
		{"no corpus", "", someQueries, someQrels, fault.NotFound, "search.file_missing", nil},
		{"no judgements", someCorpus, someQueries, "", fault.NotFound, "search.file_missing", nil},
		{"a row that is no JSON", someCorpus + "{oops\n", someQueries, someQrels, fault.Invalid, "search.bad_row", 3},
		{"a row without an id", someCorpus, `{"text":"x"}`, someQrels, fault.Invalid, "search.bad_row", 1},
		{"a tongue that is not spoken", `{"id":"x","lang":"fr"}`, someQueries, someQrels, fault.Invalid, "search.bad_row", 1},
		{"an id told twice", someCorpus + someCorpus, someQueries, someQrels, fault.Invalid, "search.same_id_twice", 3},
		{"a grade that is no number", someCorpus, someQueries, someQrels + "\nq\tb\tgood\n", fault.Invalid, "search.bad_row", 3},
		{"two columns", someCorpus, someQueries, "q\ta\n", fault.Invalid, "search.bad_row", 1},
		{"an empty corpus", "\n", someQueries, someQrels, fault.Invalid, "search.file_empty", nil},
		{"no query is judged", someCorpus, someQueries, "other\ta\t1\n", fault.Invalid, "search.nothing_judged", nil},
		{"a line without end", someCorpus + long, someQueries, someQrels, fault.TooLarge, "search.row_too_long", 3},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Evaluate(collection(t, c.corpus, c.queries, c.qrels), EvaluateOptions{})
			f, ok := fault.As(err)
			if !ok || f.Kind != c.kind || f.Key != c.key {
				t.Fatalf("got %v", err)
			}
			if c.line != nil && (len(f.Args) < 4 || f.Args[3] != c.line) {
				t.Errorf("got %v, want line %v", f.Args, c.line)
			}
		})
	}
}

func TestEveryTextIsToldInBothTongues(t *testing.T) {
	words, err := lang.Load(Texts)
	if err != nil {
		t.Fatal(err)
	}
	got := words.T(lang.En, "search.bad_row", "File", "qrels.tsv", "Line", 3)
	if got != "File qrels.tsv, line 3: the row is not in the expected format." {
		t.Error(got)
	}
}
