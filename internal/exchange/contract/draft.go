package contract

import (
	"strconv"
	"strings"

	"chonoi/internal/exchange/terms"
	"chonoi/internal/lang"
)

// Blank stands where something is not known yet.
const Blank = "…………"

// Party is a side as the head of a contract names it.
type Party struct {
	Name           string `json:"name"`
	TaxCode        string `json:"tax_code,omitzero"`
	Address        string `json:"address,omitzero"`
	Representative string `json:"representative,omitzero"`
	Position       string `json:"position,omitzero"`
	Account        string `json:"account,omitzero"` // at a bank
}

// Clause is a clause of a contract, in both tongues. Model is the clause of the library that it began
// with; "" for one that the sides wrote.
type Clause struct {
	Model   string `json:"model,omitzero"`
	Content int    `json:"content"`
	Vi      string `json:"vi"`
	En      string `json:"en,omitzero"`
}

// Contract is one version of a contract. It is kept as it was made and never changes.
type Contract struct {
	Title    string   `json:"title"`
	Number   string   `json:"number,omitzero"`
	Place    string   `json:"place,omitzero"` // of signing
	Supplier Party    `json:"supplier"`
	Receiver Party    `json:"receiver"`
	Clauses  []Clause `json:"clauses"`
}

// Facts is what a contract is made from.
type Facts struct {
	Deal      string // its number
	Title     lang.Both
	Terms     *terms.Terms
	Supplier  Party
	Receiver  Party
	Direction string // of the transfer; "" before an officer told it
	State     bool   // made with state money
	Route     string // registration, licence, voluntary, "" before an officer told it
	Effective lang.Both
	Words     *lang.Words
	Names     terms.Names
}

// Draft makes a contract: for each content the usual clauses of the library that fit what was agreed
// on, filled from it. What is not known stays blank.
func (l *Library) Draft(f Facts) *Contract {
	told, values := f.told(), f.values()
	c := &Contract{Title: f.Title.Vi, Supplier: f.Supplier, Receiver: f.Receiver}
	for _, content := range l.Contents {
		for _, m := range l.Models {
			if m.Content == content.N && m.Usual && m.fits(told) {
				c.Clauses = append(c.Clauses, m.fill(values))
			}
		}
	}
	return c
}

// Offered returns the clauses of the library that fit a contract's terms and are not in it, filled.
func (l *Library) Offered(f Facts, c *Contract) (all []Clause) {
	in := map[string]bool{}
	for _, one := range c.Clauses {
		in[one.Model] = true
	}
	told, values := f.told(), f.values()
	for _, m := range l.Models {
		if !in[m.ID] && m.fits(told) {
			all = append(all, m.fill(values))
		}
	}
	return all
}

// fill puts what is known into the words of a clause.
func (m *Model) fill(values map[string]lang.Both) Clause {
	in := func(text string, tag lang.Tag) string {
		var b strings.Builder
		for {
			before, rest, found := strings.Cut(text, "{{")
			b.WriteString(before)
			if !found {
				return strings.TrimSpace(b.String())
			}
			name, after, _ := strings.Cut(rest, "}}")
			value, known := values[name]
			if one := value.In(tag); known {
				b.WriteString(one)
			} else {
				b.WriteString(Blank)
			}
			text = after
		}
	}
	return Clause{Model: m.ID, Content: m.Content, Vi: in(m.Words.Vi, lang.Vi), En: in(m.Words.En, lang.En)}
}

// told is what the conditions of clauses may ask.
func (f *Facts) told() map[string][]string {
	t, p := f.Terms, f.Terms.Payment
	told := map[string][]string{"mode": {p.Mode}, "right": {t.Right}, "onward": {"no"}, "methods": t.Methods, "improvements": {t.Improvements}, "dispute": {t.Dispute}, "base": {p.Of()},
		"direction": {f.Direction}, "state": {"no"}, "route": {f.Route}}
	if t.Onward {
		told["onward"] = []string{"yes"}
	}
	if f.State {
		told["state"] = []string{"yes"}
	}
	if t.Dispute == "" {
		told["dispute"] = []string{"none"}
	}
	if f.Direction == "" {
		told["direction"] = []string{"domestic"}
	}
	if f.Route == "" {
		told["route"] = []string{"unknown"}
	}
	for name, has := range map[string]bool{"training": t.TrainingDays > 0 || t.Training != "", "support": t.Support != "", "warranty": t.Warranty > 0, "no_warranty": t.Warranty == 0, "penalty": t.Penalty != "",
		"no_penalty": t.Penalty == "", "royalty": p.Of() != "", "sum": p.Sum > 0, "per_unit": p.PerUnit > 0, "least": p.LeastYear > 0, "most": p.MostYear > 0, "instalments": len(p.Instalments) > 0,
		"at_once": len(p.Instalments) == 0 && p.Sum > 0 && p.Mode != terms.Capital, "term": t.Months > 0, "no_term": t.Months == 0, "milestones": len(t.Milestones) > 0, "no_milestones": len(t.Milestones) == 0, "other": t.Other != ""} {
		if has {
			told["has"] = append(told["has"], name)
		}
	}
	return told
}

// values is what is known, in both tongues. What people wrote stands in both as they wrote it.
func (f *Facts) values() map[string]lang.Both {
	t, p, v := f.Terms, f.Terms.Payment, map[string]lang.Both{}
	text := func(name, said string) {
		if said = strings.TrimRight(strings.TrimSpace(said), "."); said != "" {
			v[name] = lang.Both{Vi: said, En: said}
		}
	}
	number := func(name string, n int64) {
		if n > 0 {
			v[name] = lang.Both{Vi: lang.Number(lang.Vi, n), En: lang.Number(lang.En, n)}
		}
	}
	technology := f.Title
	if technology.En == "" {
		technology.En = technology.Vi
	}
	v["technology"] = technology
	text("number", f.Deal)
	text("object", t.Object)
	text("territory", t.Territory)
	text("training", t.Training)
	if t.Training == "" {
		v["training"] = lang.Both{}
	}
	text("support", t.Support)
	text("penalty", t.Penalty)
	text("other", t.Other)
	number("months", t.Months)
	number("warranty", t.Warranty)
	number("training_days", t.TrainingDays)
	number("trainees", t.Trainees)
	number("sum", p.Sum)
	if p.Sum > 0 {
		v["sum_words"] = lang.Both{Vi: InWords(p.Sum) + " đồng", En: lang.Number(lang.En, p.Sum) + " Vietnamese đồng"}
	}
	number("per_unit", p.PerUnit)
	number("least", p.LeastYear)
	number("most", p.MostYear)
	if p.Rate != "" {
		v["rate"] = lang.Both{Vi: lang.Decimal(lang.Vi, p.Rate), En: lang.Decimal(lang.En, p.Rate)}
	}
	f.phrases(v)
	if f.Effective != (lang.Both{}) {
		v["effective"] = f.Effective
	}
	v["language"] = lang.Both{Vi: "tiếng Việt", En: "Vietnamese"}
	return v
}

// phrases are the values that are lists or names.
func (f *Facts) phrases(v map[string]lang.Both) {
	t, p := f.Terms, f.Terms.Payment
	both := func(key string, args ...any) lang.Both {
		return lang.Both{Vi: f.Words.T(lang.Vi, key, args...), En: f.Words.T(lang.En, key, args...)}
	}
	join := func(name string, all []lang.Both) {
		var vi, en []string
		for _, one := range all {
			vi, en = append(vi, one.In(lang.Vi)), append(en, one.In(lang.En))
		}
		if len(all) > 0 {
			v[name] = lang.Both{Vi: strings.Join(vi, "; "), En: strings.Join(en, "; ")}
		}
	}
	if base := p.Of(); base != "" {
		v["base"] = both("terms.base_" + base)
		v["years"] = both("contract.all_years")
		if p.Years > 0 {
			v["years"] = both("contract.years", "N", p.Years)
		}
	}
	var methods, milestones, instalments []lang.Both
	for _, code := range t.Methods {
		methods = append(methods, f.Names.Name("transfer_methods", code))
	}
	for _, m := range t.Milestones {
		due := lang.Both{Vi: Blank, En: Blank}
		if !m.Due.Zero() {
			due = lang.Both{Vi: lang.Day(lang.Vi, m.Due), En: lang.Day(lang.En, m.Due)}
		}
		milestones = append(milestones, lang.Both{Vi: f.Words.T(lang.Vi, "contract.milestone", "What", m.What, "Date", due.Vi), En: f.Words.T(lang.En, "contract.milestone", "What", m.What, "Date", due.En)})
	}
	for i, sum := range p.Parts() {
		if len(p.Instalments) > 0 {
			instalments = append(instalments, lang.Both{Vi: f.Words.T(lang.Vi, "contract.instalment", "N", strconv.Itoa(i+1), "Sum", lang.Number(lang.Vi, sum), "When", p.Instalments[i].When),
				En: f.Words.T(lang.En, "contract.instalment", "N", strconv.Itoa(i+1), "Sum", lang.Number(lang.En, sum), "When", p.Instalments[i].When)})
		}
	}
	join("methods", methods)
	join("milestones", milestones)
	join("instalments", instalments)
}
