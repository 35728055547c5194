package contract_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chonoi/internal/exchange/contract"
	"chonoi/internal/exchange/terms"
	"chonoi/internal/lang"
	"chonoi/internal/when"
)

type names struct{}

func (names) Name(_, code string) lang.Both { return lang.Both{Vi: "tên " + code, En: "name " + code} }

func library(t testing.TB) *contract.Library {
	t.Helper()
	l, err := contract.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func words(t testing.TB) *lang.Words {
	t.Helper()
	w, err := lang.Load(contract.Texts, terms.Texts)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

func party(name string) contract.Party {
	return contract.Party{Name: name, TaxCode: "0999901839", Address: "Bến Ninh", Representative: "Trần Văn Cồn", Position: "Giám đốc"}
}

func facts(w *lang.Words, t *terms.Terms) contract.Facts {
	return contract.Facts{Deal: "GD-2026-0001", Title: lang.Both{Vi: "Máy sấy"}, Terms: t, Supplier: party("Viện"), Receiver: party("Công ty"), Direction: "domestic", Route: "registration", Words: w, Names: names{}}
}

// Whatever the sides agreed on, the contract has each content that the law asks for, in both tongues,
// with nothing that was not filled in but marked as blank; and it is kept and read back the same.
func TestEveryContractHasAllContents(t *testing.T) {
	l, w := library(t), words(t)
	if len(l.Contents) != 14 {
		t.Fatalf("%d contents", len(l.Contents))
	}
	sum := rapid.Int64Range(0, 1_000_000_000_000)
	rapid.Check(t, func(t *rapid.T) {
		one := &terms.Terms{Object: "Máy, bản vẽ", Right: rapid.SampledFrom([]string{"ownership", "use_exclusive", "use_non_exclusive"}).Draw(t, "right"), Onward: rapid.Bool().Draw(t, "onward"),
			Territory: rapid.SampledFrom([]string{"", "Đồng bằng"}).Draw(t, "territory"), Months: rapid.Int64Range(0, 60).Draw(t, "months"), Methods: rapid.SliceOfDistinct(rapid.SampledFrom([]string{"documents", "training", "experts", "machines"}), func(s string) string { return s }).Draw(t, "methods"),
			Warranty: rapid.Int64Range(0, 24).Draw(t, "warranty"), Improvements: rapid.SampledFrom([]string{"", "maker", "joint", "supplier", "receiver", "maker_cross_licence"}).Draw(t, "improvements"),
			Penalty: rapid.SampledFrom([]string{"", "0,1% một ngày"}).Draw(t, "penalty"), Dispute: rapid.SampledFrom([]string{"", "court", "arbitration", "mediation_court", "foreign_arbitration", "negotiation_court", "mediation_arbitration"}).Draw(t, "dispute"),
			Other: rapid.SampledFrom([]string{"", "Ưu tiên mua bản mới"}).Draw(t, "other"), TrainingDays: rapid.Int64Range(0, 9).Draw(t, "days")}
		one.Payment = terms.Payment{Mode: rapid.SampledFrom([]string{terms.LumpSum, terms.Capital, terms.NetPrice, terms.NetRevenue, terms.Profit, terms.Combination}).Draw(t, "mode"), Sum: sum.Draw(t, "sum"), Rate: "2.5", Base: terms.NetPrice, PerUnit: rapid.Int64Range(0, 5).Draw(t, "unit")}
		if rapid.Bool().Draw(t, "parts") {
			one.Payment.Instalments = []terms.Instalment{{Share: 3333, When: "ký"}, {Share: 6667, When: "nghiệm thu"}}
			one.Milestones = []terms.Milestone{{Method: "machines", What: "Lắp đặt", Due: when.Day{Year: 2027, Month: 3, Date: 1}}}
		}
		f := facts(w, one)
		f.Route = rapid.SampledFrom([]string{"", "registration", "licence", "voluntary"}).Draw(t, "route")
		f.Direction = rapid.SampledFrom([]string{"", "domestic", "inward", "outward"}).Draw(t, "direction")
		c := l.Draft(f)
		for _, m := range l.Check(c) {
			if m.Key == "contract.missing_content" {
				t.Fatalf("content %d is missing", m.Content)
			}
		}
		for _, one := range c.Clauses {
			if one.Vi == "" || one.En == "" || strings.ContainsAny(one.Vi+one.En, "{}") {
				t.Fatalf("clause %s: %q, %q", one.Model, one.Vi, one.En)
			}
		}
		if err := l.Valid(c); err != nil {
			t.Fatal(err)
		}
		text, digest, err := c.Write()
		if err != nil {
			t.Fatal(err)
		}
		back, err := contract.Read(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, again, _ := back.Write(); again != digest {
			t.Fatal("read back it is another")
		}
	})
}

func TestWhatIsMissingIsNamed(t *testing.T) {
	l := library(t)
	c := l.Draft(facts(words(t), &terms.Terms{Object: "Máy sấy", Right: "use_exclusive", Payment: terms.Payment{Mode: terms.LumpSum, Sum: 480_000_000}}))
	c.Supplier.Representative = ""
	var kept []contract.Clause
	for _, one := range c.Clauses {
		if one.Content != 11 {
			kept = append(kept, one)
		}
	}
	c.Clauses = kept
	found := map[string]bool{}
	for _, m := range l.Check(c) {
		found[m.Key+m.Field] = true
		if m.Key == "contract.missing_content" && m.Content != 11 {
			t.Errorf("content %d is not missing", m.Content)
		}
	}
	for _, want := range []string{"contract.missing_content", "contract.missing_fieldsupplier_representative", "contract.missing_fieldplace", "contract.missing_words"} {
		if !found[want] {
			t.Errorf("%s is not named: %v", want, found)
		}
	}
	text := ""
	for _, one := range c.Clauses {
		text += one.Vi + "\n" + one.En + "\n"
	}
	for _, want := range []string{"480.000.000 đồng (bốn trăm tám mươi triệu đồng)", "VND 480,000,000", "90 ngày", "giấy chứng nhận đăng ký"} {
		if !strings.Contains(text, want) {
			t.Errorf("it does not say %q", want)
		}
	}
}

func TestTwoVersionsAreComparedClauseByClause(t *testing.T) {
	l := library(t)
	a := l.Draft(facts(words(t), &terms.Terms{Object: "Máy sấy", Right: "ownership", Payment: terms.Payment{Mode: terms.LumpSum, Sum: 5}}))
	b := *a
	b.Clauses = append([]contract.Clause{}, a.Clauses[1:]...)
	b.Clauses[3].Vi += " Thêm."
	b.Clauses = append(b.Clauses, contract.Clause{Content: 14, Vi: "Điều khoản riêng"})
	gone, new, changed := 0, 0, 0
	for _, p := range contract.Compare(a, &b) {
		switch {
		case p.New == nil:
			gone++
		case p.Old == nil:
			new++
		case *p.Old != *p.New:
			changed++
		}
	}
	if gone != 1 || new != 1 || changed != 1 {
		t.Errorf("%d gone, %d new, %d changed", gone, new, changed)
	}
}

func TestSumsAreWrittenInWords(t *testing.T) {
	for n, want := range map[int64]string{0: "không", 5: "năm", 10: "mười", 15: "mười lăm", 21: "hai mươi mốt", 105: "một trăm linh năm", 1001: "một nghìn không trăm linh một", 480_000_000: "bốn trăm tám mươi triệu",
		1_000_000_000: "một tỷ", 2_050_000_000: "hai tỷ không trăm năm mươi triệu", 1_000_000_000_000: "một nghìn tỷ", 1_001_000_000_000: "một nghìn không trăm linh một tỷ",
		771_234_555: "bảy trăm bảy mươi mốt triệu hai trăm ba mươi bốn nghìn năm trăm năm mươi lăm"} {
		if got := contract.InWords(n); got != want {
			t.Errorf("%d: %q, not %q", n, got, want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(`{"title":"a","supplier":{"name":"x"},"receiver":{"name":"y"},"clauses":[{"content":1,"vi":"a"}]}`)
	l := library(f)
	f.Fuzz(func(t *testing.T, text string) {
		c, err := contract.Read(text)
		if err != nil {
			return
		}
		l.Check(c)
		_ = l.Valid(c)
		if _, _, err := c.Write(); err != nil {
			t.Fatal(err)
		}
	})
}
