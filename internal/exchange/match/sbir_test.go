package match

import (
	"bufio"
	"compress/gzip"
	"encoding/json"
	"io"
	"math"
	"os"
	"strings"
	"testing"

	"chonoi/internal/lang"
	"chonoi/internal/lexicon"
	"chonoi/internal/search"
)

const sbir = "../../../../shared/data/listings/"

type sbirRow struct{ ID, Title, Description string }

func sbirRows(t *testing.T, name string) (all []sbirRow) {
	t.Helper()
	file, err := os.Open(sbir + name)
	if err != nil {
		t.Skip("the needs of SBIR are not here")
	}
	defer file.Close()
	in := io.Reader(file)
	if strings.HasSuffix(name, ".gz") {
		if in, err = gzip.NewReader(file); err != nil {
			t.Fatal(err)
		}
	}
	lines := bufio.NewScanner(in)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		var row sbirRow
		if err := json.Unmarshal(lines.Bytes(), &row); err != nil {
			t.Fatal(err)
		}
		all = append(all, row)
	}
	return all
}

// TestConditionsAndConceptsDoNotSpoilTheOrderOfRealNeeds measures nDCG@10 on the needs of SBIR, as the
// search orders the candidates and as matching does, and how far down the grades reach.
func TestConditionsAndConceptsDoNotSpoilTheOrderOfRealNeeds(t *testing.T) {
	if testing.Short() {
		t.Skip("indexes 12,615 offers")
	}
	offers, needs := sbirRows(t, "sbir-offers.jsonl.gz"), sbirRows(t, "sbir-needs.jsonl")
	raw, err := os.ReadFile(sbir + "sbir-pairs.tsv")
	if err != nil {
		t.Skip(err)
	}
	right := map[string]map[string]bool{}
	for line := range strings.Lines(string(raw)) {
		columns := strings.Split(strings.TrimSpace(line), "\t")
		if right[columns[0]] == nil {
			right[columns[0]] = map[string]bool{}
		}
		right[columns[0]][columns[1]] = true
	}
	terms, err := lexicon.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	x, parties := search.New(), map[string]*Party{}
	x.Translate(terms)
	err = x.Load(func(yield func(search.Doc, error) bool) {
		for _, o := range offers {
			d := search.Doc{Kind: "offer", ID: o.ID}
			d.Fields[search.Text].En = o.Title + "\n" + o.Description
			parties[o.ID] = &Party{Kind: "offer", ID: o.ID, Title: lang.Both{En: o.Title}, Passages: []Passage{{Field: "description", Text: lang.Both{En: o.Title + "\n" + o.Description}, Weight: 1}}}
			if !yield(d, nil) {
				return
			}
		}
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	var before, after float64
	grades := map[Grade][2]int{}
	for _, n := range needs {
		need := Party{Kind: "need", ID: n.ID, Title: lang.Both{En: n.Title}, Passages: []Passage{{Field: "description", Text: lang.Both{En: n.Description}, Weight: 1}}}
		hits := x.Search(search.Query{Text: n.Description, Whole: true, Far: true, Reader: lang.En, Limit: depth, Quiet: true}).Hits
		r := read(&need, lang.En, terms, x.Spread)
		var list []Match
		var plain []string
		for _, h := range hits {
			plain = append(plain, h.ID)
			one := weigh(r, newBody(parties[h.ID]), today, true)
			if covered := cover(r, newBody(parties[h.ID])); covered != one.Covered {
				t.Fatalf("%s and %s: %g covered, with reasons %g", n.ID, h.ID, covered, one.Covered)
			}
			one.Score = h.Score
			one.settle(hits[0].Score)
			list = append(list, one)
			count := grades[one.Grade]
			count[1]++
			if right[n.ID][h.ID] {
				count[0]++
			}
			grades[one.Grade] = count
		}
		order(list, &need)
		var ordered []string
		for i, one := range list {
			if i > 0 && rank(one.Grade) > rank(list[i-1].Grade) {
				t.Errorf("%s: a %s match stands below a %s one", n.ID, one.Grade, list[i-1].Grade)
			}
			ordered = append(ordered, one.Supply.ID)
		}
		before, after = before+gain(plain, right[n.ID])/float64(len(needs)), after+gain(ordered, right[n.ID])/float64(len(needs))
	}
	t.Logf("nDCG@10 %.4f as searched, %.4f as matched; judged right of those in each grade: %v", before, after, grades)
	if after < before || after < 0.68 {
		t.Errorf("matching spoils the order: nDCG@10 %.4f, as searched %.4f", after, before)
	}
}

func gain(ids []string, right map[string]bool) float64 {
	got, ideal := 0.0, 0.0
	for i := range 10 {
		at := 1 / math.Log2(float64(i)+2)
		if i < len(ids) && right[ids[i]] {
			got += at
		}
		if i < len(right) {
			ideal += at
		}
	}
	return got / max(ideal, 1e-9)
}
