package reading_test

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestThePlanHasItsOwnCounts(t *testing.T) {
	p := seed(t)
	whole(t, p)
	levels := map[string]int{}
	leaves := map[string]bool{}
	for _, n := range p.Nodes {
		levels[n.Level]++
	}
	for _, c := range p.Clauses {
		leaves[c.Node] = true
	}
	want := map[string]int{"section": 3, "group": 6, "bullet": 19, "item": 7}
	if d := cmp.Diff(want, levels); d != "" {
		t.Error(d)
	}
	if len(leaves) != 26 || len(p.Clauses) != 63 || len(p.Recipients) != 9 || len(p.Citations) != 20 {
		t.Errorf("%d leaves, %d clauses, %d recipients, %d citations", len(leaves), len(p.Clauses), len(p.Recipients), len(p.Citations))
	}
	if len(p.Deadlines) != 0 && p.Deadlines[0].From != nil {
		t.Errorf("the plan sets no date, %v was read", p.Deadlines)
	}
}

func TestWhatThePlanDoesNotPrintIsAskedForAndNotGuessed(t *testing.T) {
	p := seed(t)
	h := p.Header
	if h.Issuer != nil || h.Number != nil || h.Symbol != nil || h.Place != nil || h.Date != nil || h.Superior != nil || h.Signer.By != nil {
		t.Errorf("guessed: %+v", h)
	}
	if *h.Kind != "KẾ HOẠCH" || *h.Signer.Authority != "T/M BAN THƯỜNG VỤ" || *h.Signer.Title != "PHÓ BÍ THƯ" || *h.Signer.Name != "Phạm Văn Hiếu" {
		t.Errorf("%s %+v", *h.Kind, h.Signer)
	}
	if !strings.HasPrefix(*h.Abstract, "Thực hiện Kết luận số 69-KL/TW") || !strings.HasSuffix(*h.Abstract, "và hội nhập quốc tế") {
		t.Error(*h.Abstract)
	}
	asked := map[string]bool{}
	for _, w := range p.Warnings {
		if w.At == "header" {
			asked[w.Key] = true
		}
	}
	for _, key := range []string{"reading.no_issuer", "reading.no_number", "reading.no_place", "reading.no_date"} {
		if !asked[key] {
			t.Errorf("%s is not asked", key)
		}
	}
}

// oracle is a row of the table of all clauses in the specification.
type oracle struct{ id, lead, deliverable string }

func oracles(t *testing.T) []oracle {
	t.Helper()
	raw, err := os.ReadFile(shared + "domain/programme.md")
	if err != nil {
		t.Fatal(err)
	}
	_, table, _ := strings.Cut(string(raw), "## 3. Oracle")
	table, _, _ = strings.Cut(table, "\n## 4")
	var all []oracle
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, "|")
		if len(cells) > 6 && strings.Contains(cells[1], "#") {
			all = append(all, oracle{strings.TrimSpace(cells[1]), strings.TrimSpace(cells[3]), strings.TrimSpace(cells[5])})
		}
	}
	if len(all) != 63 {
		t.Fatalf("%d clauses in the oracle", len(all))
	}
	return all
}

func TestEveryClauseOfThePlanIsTheOneOfTheOracle(t *testing.T) {
	p := seed(t)
	leads := map[string]bool{}
	for _, a := range p.Assignments {
		if a.Role == "lead" {
			leads[a.At] = true
		}
	}
	for i, o := range oracles(t) {
		c := p.Clauses[i]
		if c.ID != o.id {
			t.Fatalf("clause %d is %s, the oracle has %s", i+1, c.ID, o.id)
		}
		phrase, _, _ := strings.Cut(o.deliverable, "...")
		for _, one := range strings.Split(phrase, ", ") {
			if phrase != "-" && !strings.Contains(strings.ToLower(c.Text), strings.ToLower(strings.TrimSpace(one))) {
				t.Errorf("%s does not speak of %q: %s", c.ID, one, c.Text)
			}
		}
		if leads[c.ID] != (o.lead != "-") {
			t.Errorf("%s: lead read %v, the oracle has %q", c.ID, leads[c.ID], o.lead)
		}
	}
}

func TestTheBrokenParagraphOfThePlanIsOne(t *testing.T) {
	for _, n := range seed(t).Nodes {
		if n.ID == "II.1-1" && !strings.Contains(n.Text, "trách nhiệm của các cấp ủy, tổ chức đảng, cán bộ") {
			t.Error(n.Text)
		}
	}
}
