package likeness

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"chonoi/internal/lang"
)

const collections = "../../../../shared/data/listings/"

// source is a real listing, from which copies are planted.
type source struct {
	id string
	Text
}

// rows reads a file of JSON lines, packed or not.
func rows(t testing.TB, path string) (all []map[string]any) {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Skipf("the collection is not there: %v", err)
	}
	var r io.Reader = bytes.NewReader(raw)
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(r); err != nil {
			t.Fatal(err)
		}
	}
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		row := map[string]any{}
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}

// english reads a collection of listings in English.
func english(t testing.TB, name string) (all []source) {
	for _, row := range rows(t, collections+name) {
		text := func(key string) string { s, _ := row[key].(string); return s }
		one := source{id: text("id")}
		one.Poster, one.Title.En, one.Body.En = text("organisation"), text("title"), text("description")
		if len(Words(one.Body.En)) < 15 {
			continue
		}
		if strings.HasPrefix(one.Body.En, one.Title.En) { // the collection has no titles of its own
			first := sentences(one.Body.En)[0]
			one.Title.En = strings.Join(firstWords(first, 14), " ")
		}
		all = append(all, one)
	}
	return all
}

// bilingual reads the seed city's listings: whole, and in both languages.
func bilingual(t testing.TB) (all []source) {
	t.Helper()
	files, err := filepath.Glob("../../app/seed/[on][fe]*s_*.jsonl")
	if err != nil || len(files) == 0 {
		t.Fatalf("the seed city is not there: %v", err)
	}
	for _, file := range files {
		for _, row := range rows(t, file) {
			one := source{}
			one.id, _ = row["id"].(string)
			one.Poster, _ = row["organisation"].(string)
			for _, tag := range lang.Tags {
				text := func(name string) string { s, _ := row[name+"_"+string(tag)].(string); return s }
				one.Title.Set(tag, text("title"))
				one.Summary.Set(tag, text("summary"))
				var body []string
				for _, name := range []string{"description", "problem", "symptoms", "quantities", "result", "tried", "present_solution", "advantage", "economics", "conditions", "trl_evidence", "support", "references"} {
					body = append(body, text(name))
				}
				one.Body.Set(tag, strings.Join(body, "\n"))
			}
			all = append(all, one)
		}
	}
	return all
}

var sentenceEnd = regexp.MustCompile(`[.;!?]\s+|\n+`)

// sentences cuts a text at its sentences; one without marks into pieces of 18 words.
func sentences(text string) (all []string) {
	for _, s := range sentenceEnd.Split(text, -1) {
		words := strings.Fields(s)
		for len(words) > 60 {
			all, words = append(all, strings.Join(words[:18], " ")), words[18:]
		}
		if len(words) > 0 {
			all = append(all, strings.Join(words, " "))
		}
	}
	if len(all) == 0 {
		return []string{""}
	}
	return all
}

func firstWords(text string, n int) []string {
	words := strings.Fields(text)
	return words[:min(n, len(words))]
}

// only is what a listing says in one language.
func (s source) only(tag lang.Tag) source {
	one := source{id: s.id}
	one.Poster = s.Poster
	one.Title.Set(tag, s.Title.Only(tag))
	one.Summary.Set(tag, s.Summary.Only(tag))
	one.Body.Set(tag, s.Body.Only(tag))
	return one
}
