package sense

import (
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/unicode/norm"
)

const shared = "../../../../shared/"

func read(t *testing.T, name string) string {
	t.Helper()
	raw, err := os.ReadFile(shared + name)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

func thePlan(t *testing.T) string { return read(t, "data/plan/ke-hoach-69-KL-TW.txt") }

// clause is one clause of the plan as the oracle names it.
type clause struct{ id, node, text string }

// clausesOfThePlan splits the plan by the rule of clauses: after ";" or "." and white space.
func clausesOfThePlan(t *testing.T) []clause {
	text := thePlan(t)
	text = text[strings.Index(text, "I- MỤC ĐÍCH"):strings.Index(text, "Nơi nhận:")]
	text = strings.Replace(text, "các cấp ủy,\n\ntổ chức", "các cấp ủy, tổ chức", 1)
	marker := regexp.MustCompile(`^(?:([IVX]+)-|(\d+)\.|(-)) `)
	end := regexp.MustCompile(`[;.]\s+`)
	var all []clause
	section, group, bullet := "", "", 0
	for _, line := range strings.Split(text, "\n") {
		m := marker.FindStringSubmatch(line)
		if m == nil {
			continue
		}
		node, body := "", strings.TrimSpace(line[len(m[0]):])
		switch {
		case m[1] != "":
			section = m[1]
			continue
		case m[2] != "":
			if group, bullet = m[2], 0; section == "II" {
				continue
			}
			node = section + "." + group
		default:
			bullet++
			node = section + "." + group + "-" + strconv.Itoa(bullet)
		}
		for n := 1; body != ""; n++ {
			one := body
			if at := end.FindStringIndex(body); at != nil {
				one, body = body[:at[0]+1], body[at[1]:]
			} else {
				body = ""
			}
			all = append(all, clause{node + "#" + strconv.Itoa(n), node, one})
		}
	}
	return all
}

// row is one row of the oracle.
type row struct{ gist, lead, time, deliverable string }

func oracle(t *testing.T) map[string]row {
	all := map[string]row{}
	for _, line := range strings.Split(read(t, "domain/programme.md"), "\n") {
		cells := strings.Split(line, "|")
		if len(cells) < 8 || !strings.Contains(cells[1], "#") {
			continue
		}
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		all[cells[1]] = row{cells[2], cells[3], cells[4], cells[5]}
	}
	if len(all) != 63 {
		t.Fatalf("the oracle has %d rows, not 63", len(all))
	}
	return all
}

// leads are the names that the oracle writes short, as the plan prints them.
var leads = map[string]string{
	"A":                 "Các quận ủy, huyện ủy, đảng đoàn, ban cán sự đảng, đảng ủy trực thuộc Thành ủy",
	"Ban Tuyên giáo TU": "Ban Tuyên giáo Thành ủy",
	"Đảng đoàn HĐND TP": "Đảng đoàn Hội đồng nhân dân thành phố",
	"HĐND TP":           "Hội đồng nhân dân thành phố",
	"BCSĐ UBND TP":      "Ban cán sự đảng Ủy ban nhân dân thành phố",
	"UBND TP":           "Ủy ban nhân dân thành phố",
}

func TestEveryClauseOfThePlanNamesWhomTheOracleNames(t *testing.T) {
	want := oracle(t)
	all := clausesOfThePlan(t)
	if len(all) != 63 {
		t.Fatalf("%d clauses, not 63", len(all))
	}
	var carried []Assignment
	node, named, coordinators := "", 0, 0
	for _, c := range all {
		if c.node != node {
			node, carried = c.node, nil
		}
		found := Assignments(c.text, Options{Carried: carried})
		if !slices.ContainsFunc(found, func(a Assignment) bool { return a.Inherited }) {
			carried = found
		}
		var lead, led []Assignment
		for _, a := range found {
			switch a.Role {
			case Lead:
				lead = append(lead, a)
			case Execute:
				led = append(led, a)
			case Coordinate:
				coordinators++
				if c.id != "III.5#1" || a.Body != "các cơ quan, đơn vị có liên quan" {
					t.Errorf("%s: coordinator %q", c.id, a.Body)
				}
			}
		}
		told := want[c.id].lead
		if told == "-" {
			if len(found) > 0 {
				t.Errorf("%s: nobody is named, found %+v", c.id, found)
			}
			continue
		}
		named++
		if len(lead) != 1 {
			t.Errorf("%s: %d leads, want one (%s): %+v", c.id, len(lead), told, found)
			continue
		}
		inherited, genitive := strings.Contains(told, "(inh.)"), strings.Contains(told, "(gen.)")
		told = strings.TrimSpace(strings.NewReplacer("(inh.)", "", "(gen.)", "").Replace(told))
		told, second, hasSecond := strings.Cut(told, " -> ")
		if lead[0].Inherited != inherited || lead[0].Genitive != genitive {
			t.Errorf("%s: inherited %v, genitive %v: the oracle says %q", c.id, lead[0].Inherited, lead[0].Genitive, want[c.id].lead)
		}
		if told == "MTTQ + mass bodies" {
			if len(lead[0].Parts) != 3 || !strings.HasPrefix(lead[0].Body, "Mặt trận Tổ quốc Việt Nam") || !strings.HasSuffix(lead[0].Body, "giao nhiệm vụ") {
				t.Errorf("%s: lead %q", c.id, lead[0].Body)
			}
		} else if full, short := leads[told]; lead[0].Body != told && !(short && lead[0].Body == full) {
			t.Errorf("%s: lead %q, want %q", c.id, lead[0].Body, told)
		}
		if hasSecond != (len(led) == 1) || hasSecond && led[0].Body != leads[second] {
			t.Errorf("%s: executes %+v, want %q", c.id, led, second)
		}
	}
	if named != 13 || coordinators != 1 {
		t.Errorf("%d leads and %d coordinators, want 13 and 1", named, coordinators)
	}
}

func TestEveryClauseOfThePlanHasTheTimeWordAndTheProductOfTheOracle(t *testing.T) {
	want := oracle(t)
	words, products, urgent := 0, 0, 0
	for _, c := range clausesOfThePlan(t) {
		told := want[c.id]
		var got []string
		for _, w := range TimeWords(c.text) {
			got = append(got, w.Printed)
			if words++; w.Kind == "urgency" {
				urgent++
			}
		}
		if s := strings.Join(got, ", "); s != strings.TrimPrefix(told.time, "-") {
			t.Errorf("%s: time words %q, want %q", c.id, s, told.time)
		}
		got = nil
		for _, d := range Deliverables(c.text) {
			got, products = append(got, d.Printed), products+1
		}
		wanted, cut := strings.CutSuffix(strings.TrimPrefix(told.deliverable, "-"), "...")
		wanted = strings.TrimPrefix(wanted, "các ") // the oracle prints the article of some, we of none
		if s := strings.Join(got, " + "); s != wanted && !(cut && strings.HasPrefix(s, wanted)) {
			t.Errorf("%s: deliverable %q, want %q", c.id, s, wanted)
		}
		if due := Deadlines(c.text); len(due) > 0 {
			t.Errorf("%s: the plan sets no deadline, found %+v", c.id, due)
		}
		if many := Quantities(c.text); len(many) > 0 {
			t.Errorf("%s: the plan sets no quantity, found %+v", c.id, many)
		}
	}
	if words != 7 || urgent != 5 || products != 17 {
		t.Errorf("%d time words (%d of urgency), %d deliverables; want 7 (5), 17", words, urgent, products)
	}
}

func TestThePlanCitesTwentyTimes(t *testing.T) {
	numbered, plain, distinct := 0, 0, map[string]bool{}
	for _, c := range Citations(thePlan(t)) {
		if c.Symbol == "" {
			plain++
			continue
		}
		numbered++
		distinct[c.Key()] = true
	}
	if numbered != 20 || plain != 1 || len(distinct) != 8 {
		t.Errorf("%d numbered (%d documents), %d unnumbered; want 20 (8), 1", numbered, len(distinct), plain)
	}
	symbol := regexp.MustCompile(`\d+-\w+/T[WU]`)
	want := oracle(t)
	for _, c := range clausesOfThePlan(t) {
		var got []string
		for _, one := range Citations(c.text) {
			got = append(got, one.Symbol)
		}
		for _, one := range symbol.FindAllString(want[c.id].gist, -1) {
			if !slices.Contains(got, one) {
				t.Errorf("%s: %s is not found in %q", c.id, one, got)
			}
		}
	}
}

func TestWhatThePlanDoesWithTheDocumentsItCites(t *testing.T) {
	want := map[string]string{
		"I.1#1":    "69-KL/TW implements -1",
		"I.2#1":    "69-KL/TW continues -1, 20-NQ/TW continues -1, 20-NQ/TW  -1,  linked -1, 59-NQ/TW linked -1",
		"II.2-1#1": "02-NQ/TU continues -1, 60-CTr/TU linked -1, 29-NQ/TW implements 1, 45-NQ/TW ambiguous -1",
		"II.3-3#1": "03-CTr/TU continues -1, 59-NQ/TW implements 0",
		"III.1#1":  "69-KL/TW implements -1", "III.3#1": "69-KL/TW implements -1",
		"III.5#1": "69-KL/TW implements -1", "III.5#2": "69-KL/TW implements -1",
	}
	for _, c := range clausesOfThePlan(t) {
		var got []string
		for _, one := range Citations(c.text) {
			got = append(got, one.Symbol+" "+string(one.Relation)+" "+strconv.Itoa(one.On))
		}
		if s := strings.Join(got, ", "); s != want[c.id] {
			t.Errorf("%s: %q, want %q", c.id, s, want[c.id])
		}
	}
}

func TestTheMisprintsOfThePlanAreSeen(t *testing.T) {
	var got []string
	for _, a := range Anomalies(thePlan(t)) {
		got = append(got, a.Kind+": "+a.Printed+" > "+a.Usual)
	}
	want := []string{"spelling: hoá > hóa", "misprint: sản giao dịch công nghệ > sàn giao dịch công nghệ",
		"misprint: thông kê > thống kê", "doubled: cấp cấp > cấp"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTheRecipientsOfThePlan(t *testing.T) {
	text := thePlan(t)
	text = text[strings.Index(text, "Nơi nhận:"):strings.Index(text, "**T/M")]
	line := regexp.MustCompile(`(?s)Recipients \(nơi nhận, in order\): (.*?)\. Lines`).FindStringSubmatch(read(t, "domain/programme.md"))
	if line == nil {
		t.Fatal("the oracle tells no recipients")
	}
	var want []string
	for i, one := range strings.Split(line[1], "; ") {
		want = append(want, strings.TrimPrefix(one, strconv.Itoa(i+1)+" "))
	}
	got := Recipients(text)
	if len(got) != 9 || len(want) != 9 {
		t.Fatalf("%d recipients, %d wanted, not 9", len(got), len(want))
	}
	for i, r := range got {
		if r.Printed != want[i] || r.Class != (i >= 2 && i <= 7) || r.Archive != (i == 8) {
			t.Errorf("recipient %d: %+v, want %q", i+1, r, want[i])
		}
	}
}

func TestADecomposedTextIsReadAlike(t *testing.T) {
	text := strings.ReplaceAll(thePlan(t), "\n", " ")
	apart := norm.NFD.String(text)
	for name, count := range map[string]func(string) int{
		"citations":     func(s string) int { return len(Citations(s)) },
		"deliverables":  func(s string) int { return len(Deliverables(s)) },
		"bodies":        func(s string) int { return len(Bodies(s)) },
		"abbreviations": func(s string) int { return len(Abbreviations(s)) },
		"anomalies":     func(s string) int { return len(Anomalies(s)) },
	} {
		if a, b := count(text), count(apart); a != b || a == 0 {
			t.Errorf("%s: %d composed, %d decomposed", name, a, b)
		}
	}
}
