package match

import (
	"slices"
	"strconv"
	"strings"

	"chonoi/internal/exchange"
	"chonoi/internal/lang"
	"chonoi/internal/record"
)

// Teller puts reasons into words for a reader.
type Teller struct {
	Words  *lang.Words
	Codes  *record.Codes
	Tongue lang.Tag
}

// Grade names a grade.
func (t Teller) Grade(g Grade) string { return t.Words.T(t.Tongue, "match.grade_"+string(g)) }

// Kind names a kind of party.
func (t Teller) Kind(kind string) string { return t.Words.T(t.Tongue, "exchange.kind_"+kind) }

// Shared tells which words of both texts say the same: one sentence for each way in which they do.
func (t Teller) Shared(all []Shared) (told []Told) {
	for _, how := range []How{SameWord, WithoutMarks, ByLexicon, Part} {
		var words []string
		for _, s := range all {
			switch {
			case s.How != how:
			case how == SameWord:
				words = append(words, s.Word)
			default:
				words = append(words, t.Words.T(t.Tongue, "match.shared_pair", "Word", s.Word, "Matched", s.Matched))
			}
		}
		if len(words) > 0 {
			told = append(told, Told{how, t.Words.T(t.Tongue, "match.shared_"+string(how), "Words", strings.Join(words, ", "))})
		}
	}
	return told
}

// Told is a sentence on the concepts that were found in one way.
type Told struct {
	How  How
	Text string
}

// condition lists are the code lists that name the codes of a condition.
var conditionLists = map[string]string{"subjects": "subjects", "industries": "industries", "right": "cooperation", "place": "places"}

// Condition tells how a condition stands, with what both sides say to it.
func (t Teller) Condition(m *Match, c Condition) string {
	need, supply := &m.Need.Facts, &m.Supply.Facts
	key := "match." + c.What + "_" + string(c.State)
	args := []any{"Codes", t.names(conditionLists[c.What], c.Codes)}
	switch c.What {
	case "trl":
		args = append(args, "Has", supply.TRL, "Wants", need.TRL)
	case "budget":
		args = append(args, "Price", t.price(supply), "Budget", t.budget(need), "Percent", c.Percent)
	case "right":
		args = append(args, "Wants", t.names("cooperation", need.Cooperation), "Right", t.Codes.Name("rights", supply.Right).In(t.Tongue))
	case "time":
		args = append(args, "Days", c.Days, "Late", c.Late, "Day", lang.Day(t.Tongue, need.NeededBy))
	case "place":
		args = append(args, "Wants", t.names("places", []string{need.Place}))
	case "subjects":
		args = append(args, "Wants", t.names("subjects", need.Subjects))
	case "language":
		args = append(args, "Tongue", t.Words.T(t.Tongue, "match.tongue_"+string(c.Tongue)))
	}
	return t.Words.T(t.Tongue, key, args...)
}

func (t Teller) names(list string, codes []string) string {
	var all []string
	for _, code := range codes {
		if code != "" {
			all = append(all, t.Codes.Name(list, code).In(t.Tongue))
		}
	}
	return strings.Join(all, ", ")
}

func (t Teller) price(f *Facts) string {
	switch {
	case f.PriceKind == "from":
		return t.Words.T(t.Tongue, "offer.price_from", "Price", lang.Money(t.Tongue, f.Price))
	case f.Price > 0 && f.PriceKind == "fixed":
		return lang.Money(t.Tongue, f.Price)
	case f.PriceKind != "":
		return t.Codes.Name("price_kinds", f.PriceKind).In(t.Tongue)
	}
	return t.Words.T(t.Tongue, "field.not_told")
}

func (t Teller) budget(f *Facts) string {
	if f.BudgetMin > 0 && f.BudgetMax > f.BudgetMin {
		return t.Words.T(t.Tongue, "need.budget_between", "Min", lang.Money(t.Tongue, f.BudgetMin), "Max", lang.Money(t.Tongue, f.BudgetMax))
	}
	return lang.Money(t.Tongue, max(f.BudgetMin, f.BudgetMax))
}

// Title is the title of a party and its tongue.
func (t Teller) Title(p *Party) (string, lang.Tag) { return p.Title.Best(t.Tongue) }

// Meta is what a party is in a few words: its kind of right and readiness, or what it wants.
func (t Teller) Meta(p *Party) []string {
	var all []string
	add := func(text string) {
		if text != "" {
			all = append(all, text)
		}
	}
	add(p.Number)
	if p.Kind == exchange.Needs.Name {
		if p.Facts.BudgetMax > 0 || p.Facts.BudgetMin > 0 {
			add(t.budget(&p.Facts))
		}
		return all
	}
	if p.Facts.TRL > 0 {
		add("TRL " + strconv.FormatInt(p.Facts.TRL, 10))
	}
	add(t.names("rights", []string{p.Facts.Right}))
	if p.Facts.PriceKind != "" {
		add(t.price(&p.Facts))
	}
	return all
}

// Best are the reasons that a list shows: the weightiest shared words, then what stands in the way,
// then what is met.
func (m *Match) Best(words, others int) ([]Shared, []Condition) {
	all := slices.Clone(m.Conditions)
	rank := map[State]int{Missed: 0, Partly: 1, Met: 2, Untold: 3}
	slices.SortStableFunc(all, func(a, b Condition) int { return rank[a.State] - rank[b.State] })
	all = slices.DeleteFunc(all, func(c Condition) bool { return c.What == "language" && c.State == Met })
	return m.Shared[:min(len(m.Shared), words)], all[:min(len(all), others)]
}
