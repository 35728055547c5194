package terms_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"chonoi/internal/exchange/terms"
	"chonoi/internal/fault"
)

func TestARoyaltyIsReckonedExactlyAndRoundedOnce(t *testing.T) {
	for _, c := range []struct {
		name  string
		p     terms.Payment
		s     terms.Sales
		exact string
		due   int64
		lines []terms.Line
	}{
		{"net price", terms.Payment{Mode: terms.NetPrice, Rate: "5"}, terms.Sales{Invoiced: 1_100_000_000, VAT: 100_000_000, Bought: 150_000_000, Transport: 50_000_000},
			"40000000", 40_000_000, []terms.Line{{"invoiced", 1_100_000_000}, {"vat", -100_000_000}, {"bought", -150_000_000}, {"transport", -50_000_000}, {"base", 800_000_000}, {"royalty", 40_000_000}, {"due", 40_000_000}}},
		{"a half goes up", terms.Payment{Mode: terms.NetRevenue, Rate: "0.5"}, terms.Sales{Revenue: 300}, "1.5", 2, []terms.Line{{"base", 300}, {"royalty", 2}, {"due", 2}}},
		{"four places", terms.Payment{Mode: terms.NetRevenue, Rate: "3.3333"}, terms.Sales{Revenue: 1_000_000_001}, "33333000.033333", 33_333_000, []terms.Line{{"base", 1_000_000_001}, {"royalty", 33_333_000}, {"due", 33_333_000}}},
		{"of a loss nothing", terms.Payment{Mode: terms.Profit, Rate: "10"}, terms.Sales{Profit: -5}, "0", 0, []terms.Line{{"base", 0}, {"royalty", 0}, {"due", 0}}},
		{"at least", terms.Payment{Mode: terms.NetRevenue, Rate: "1", LeastYear: 20_000_000}, terms.Sales{Revenue: 1_000_000_000}, "10000000", 20_000_000,
			[]terms.Line{{"base", 1_000_000_000}, {"royalty", 10_000_000}, {"least", 10_000_000}, {"due", 20_000_000}}},
		{"at most", terms.Payment{Mode: terms.Combination, Base: terms.NetRevenue, Rate: "10", PerUnit: 1000, MostYear: 50}, terms.Sales{Revenue: 1000, Units: 2}, "100", 50,
			[]terms.Line{{"base", 1000}, {"royalty", 100}, {"per_unit", 2000}, {"most", -2050}, {"due", 50}}},
	} {
		y, err := c.p.Yields(c.s)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if y.Exact != c.exact || y.Due != c.due || !cmp.Equal(y.Lines, c.lines) {
			t.Errorf("%s: exact %s, due %d, %s", c.name, y.Exact, y.Due, cmp.Diff(c.lines, y.Lines))
		}
	}
}

// The share equals that of exact fractions, is never a whole đồng away from it, and its lines add up.
func TestARoyaltyEqualsThatOfFractions(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		ten := rapid.Int64Range(1, 100_0000).Draw(t, "ten thousandths of a per cent")
		base := rapid.Int64Range(0, 1_000_000_000_000_000).Draw(t, "base")
		rate := new(big.Rat).SetFrac64(ten, 10_000)
		p := terms.Payment{Mode: terms.NetRevenue, Rate: rate.FloatString(4)}
		y, err := p.Yields(terms.Sales{Revenue: base})
		if err != nil {
			t.Fatal(err)
		}
		want := new(big.Rat).Mul(rate, new(big.Rat).SetFrac64(base, 100))
		exact, ok := new(big.Rat).SetString(y.Exact)
		if !ok || exact.Cmp(want) != 0 {
			t.Fatalf("exact %s, want %s", y.Exact, want)
		}
		up := new(big.Rat).Add(want, big.NewRat(1, 2))
		if whole := new(big.Int).Div(up.Num(), up.Denom()); whole.Int64() != y.Due {
			t.Fatalf("due %d, want %s", y.Due, whole)
		}
		added, _ := new(big.Rat).SetString(y.Rounded)
		if added.Add(added, exact).Cmp(new(big.Rat).SetInt64(y.Due)) != 0 {
			t.Fatalf("%s rounded by %s is not %d", y.Exact, y.Rounded, y.Due)
		}
	})
}

func drawn(t *rapid.T, name string) *terms.Terms {
	text := rapid.StringMatching(`[a-zđàẾ ]{0,12}`)
	one := &terms.Terms{Object: text.Draw(t, name+" object"), Right: rapid.SampledFrom([]string{"", "ownership", "use_exclusive"}).Draw(t, name+" right"),
		Onward: rapid.Bool().Draw(t, name+" onward"), Territory: text.Draw(t, name+" territory"), Months: rapid.Int64Range(0, 3).Draw(t, name+" months"),
		TrainingDays: rapid.Int64Range(0, 2).Draw(t, name+" training"), Warranty: rapid.Int64Range(0, 2).Draw(t, name+" warranty"), Other: text.Draw(t, name+" other"),
		Methods: rapid.SliceOfN(rapid.SampledFrom([]string{"documents", "training"}), 0, 2).Draw(t, name+" methods")}
	one.Payment = terms.Payment{Mode: terms.LumpSum, Sum: rapid.Int64Range(0, 3).Draw(t, name+" sum")}
	for range rapid.IntRange(0, 2).Draw(t, name+" parts") {
		one.Payment.Instalments = append(one.Payment.Instalments, terms.Instalment{Share: 5000, When: text.Draw(t, name+" when")})
		one.Milestones = append(one.Milestones, terms.Milestone{Method: "documents", What: text.Draw(t, name+" what")})
	}
	return one
}

// Clauses are the whole: taking all of them over makes the same terms, taking one changes no other,
// and what is written is read back as it was.
func TestClausesAreTheWholeAndNothingIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawn(t, "a"), drawn(t, "b")
		text, digest := a.Write()
		again, err := terms.Read(text)
		if err != nil {
			t.Fatal(err)
		}
		if written, same := again.Write(); written != text || same != digest {
			t.Fatalf("%s is read as %s", text, written)
		}
		differ := terms.Differ(a, b)
		for _, clause := range terms.Clauses {
			c := *again
			c.Take(b, clause)
			for _, d := range terms.Differ(&c, a) {
				if d != clause || !slices.Contains(differ, clause) {
					t.Fatalf("taking %s changed %s", clause, d)
				}
			}
			if !terms.Same(&c, b, clause) {
				t.Fatalf("%s was not taken over", clause)
			}
		}
		for _, clause := range terms.Clauses {
			again.Take(b, clause)
		}
		x, _ := again.Write()
		y, _ := b.Write()
		if x != y {
			t.Fatalf("all clauses of %s are %s", y, x)
		}
	})
}

type allCodes struct{}

func (allCodes) Has(_, code string) bool { return code != "unknown" }

func TestWhatContradictsItselfIsNotOffered(t *testing.T) {
	good := func() *terms.Terms {
		return &terms.Terms{Object: "Máy sấy", Right: "ownership", Payment: terms.Payment{Mode: terms.LumpSum, Sum: 750_000_000, Instalments: []terms.Instalment{{3000, "đặt cọc"}, {7000, "nghiệm thu"}}}}
	}
	if err := good().Check(allCodes{}); err != nil {
		t.Fatal(err)
	}
	for field, spoil := range map[string]func(*terms.Terms){
		"object":             func(t *terms.Terms) { t.Object = "" },
		"right":              func(t *terms.Terms) { t.Right = "unknown" },
		"mode":               func(t *terms.Terms) { t.Payment.Mode = "" },
		"sum":                func(t *terms.Terms) { t.Payment.Sum = 0 },
		"rate":               func(t *terms.Terms) { t.Payment.Rate = "5" },
		"instalments":        func(t *terms.Terms) { t.Payment.Instalments[1].Share = 6999 },
		"instalment_share-1": func(t *terms.Terms) { t.Payment.Instalments[1].Share = 0 },
		"instalment_when-0":  func(t *terms.Terms) { t.Payment.Instalments[0].When = "" },
		"base":               func(t *terms.Terms) { t.Payment.Mode, t.Payment.Rate = terms.Combination, "1" },
		"most_year":          func(t *terms.Terms) { t.Payment.LeastYear, t.Payment.MostYear = 5, 4 },
		"months":             func(t *terms.Terms) { t.Months = -1 },
		"milestone_what-0":   func(t *terms.Terms) { t.Milestones = []terms.Milestone{{Method: "documents"}} },
	} {
		one := good()
		spoil(one)
		f, ok := fault.As(one.Check(allCodes{}))
		if !ok || !slices.ContainsFunc(f.Fields, func(at fault.FieldFault) bool { return at.Field == field }) {
			t.Errorf("%s is not told: %v", field, f)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"object":"a","payment":{"mode":"lump_sum","sum":1}}`)
	f.Fuzz(func(t *testing.T, text string) {
		one, err := terms.Read(text)
		if err != nil {
			return
		}
		written, _ := one.Write()
		if again, err := terms.Read(written); err != nil {
			t.Fatal(err)
		} else if twice, _ := again.Write(); twice != written {
			t.Fatalf("%s, then %s", written, twice)
		}
	})
}
