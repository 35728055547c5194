package field

import (
	"testing"

	"chonoi/internal/lang"
	"chonoi/internal/when"

	"github.com/google/go-cmp/cmp"
)

type boat struct {
	Name   lang.Both
	Port   string
	Goods  []string
	Length int64
	Price  int64
	Motor  bool
	Built  when.Day
}

var boatFields = Set[boat]{
	Both("name", func(b *boat) *lang.Both { return &b.Name }).Needed().UpTo(20),
	Text("port", func(b *boat) *string { return &b.Port }).Closed(NDA).Revealing(),
	Codes("goods", "goods", func(b *boat) *[]string { return &b.Goods }).Facet(),
	Int("length", 3, 40, func(b *boat) *int64 { return &b.Length }),
	Money("price", func(b *boat) *int64 { return &b.Price }),
	Flag("motor", func(b *boat) *bool { return &b.Motor }),
	Day("built", func(b *boat) *when.Day { return &b.Built }),
}

type market map[string]bool

func (m market) Has(list, code string) bool { return m[list+"."+code] }

var goods = market{"goods.mango": true, "goods.rice": true}

func give(values map[string]string) Given {
	return func(column string) ([]string, bool) {
		text, there := values[column]
		return []string{text}, there
	}
}

func TestWhatIsTypedIsReadAndTheRestLeftAlone(t *testing.T) {
	b := boat{Length: 12}
	amiss := boatFields.Read(&b, give(map[string]string{"name_vi": "  Ghe  bầu\u202e ", "goods": "mango;rice,mango", "price": "1.284.000", "motor": "có", "built": "20/11/2026"}), goods)
	want := boat{Name: lang.Both{Vi: "Ghe bầu"}, Goods: []string{"mango", "rice"}, Length: 12, Price: 1284000, Motor: true, Built: when.Day{Year: 2026, Month: 11, Date: 20}}
	if diff := cmp.Diff(want, b); diff != "" || len(amiss) > 0 {
		t.Errorf("%s %v", diff, amiss)
	}
}

func TestWhatCannotBeReadIsToldBesideItsColumnAndNothingIsLost(t *testing.T) {
	for column, text := range map[string]string{"length": "41", "price": "-5", "goods": "gold", "built": "32/1/2026", "motor": "maybe", "name_en": "a name that is far too long for it"} {
		b := boat{Length: 12, Price: 7, Goods: []string{"rice"}, Name: lang.Both{En: "kept"}}
		before := b
		amiss := boatFields.Read(&b, give(map[string]string{column: text}), goods)
		if len(amiss) != 1 || amiss[0].Field != column {
			t.Errorf("%s=%q: %v", column, text, amiss)
		}
		if diff := cmp.Diff(before, b); diff != "" {
			t.Errorf("%s=%q changed something: %s", column, text, diff)
		}
	}
}

func TestWholeNumbersAreReadAsPeopleTypeThem(t *testing.T) {
	for text, want := range map[string]int64{"1284": 1284, "1.284": 1284, "1,284": 1284, "1 284 000": 1284000, "0": 0} {
		if n, ok := parseWhole(text); !ok || n != want {
			t.Errorf("%q is %d, %v", text, n, ok)
		}
	}
	for _, text := range []string{"1.28", "12a", "1,2,3", ".5", "-4", "1e9", "99999999999999999999"} {
		if n, ok := parseWhole(text); ok {
			t.Errorf("%q was read as %d", text, n)
		}
	}
}

func TestAReaderGetsOnlyWhatTheirLevelSees(t *testing.T) {
	whole := boat{Name: lang.Both{Vi: "Ghe"}, Port: "Cái Răng", Length: 9}
	for level, port := range map[Level]string{Public: "", SignedIn: "", Enquiry: "", NDA: "Cái Răng", OwnerOnly: "Cái Răng"} {
		b := whole
		boatFields.Redact(&b, level, nil, false)
		if b.Port != port {
			t.Errorf("level %d sees %q", level, b.Port)
		}
	}
	b := whole
	boatFields.Redact(&b, Public, map[string]Level{"port": Public, "length": SignedIn}, true)
	if b.Port != "" || b.Length != 0 {
		t.Errorf("an anonymous owner's port, or a closed length, is seen: %+v", b)
	}
}

func TestStoredFormsComeBackThroughTheirScanners(t *testing.T) {
	b := boat{Name: lang.Both{Vi: "Ghe", En: "Boat"}, Port: "x", Goods: []string{"mango", "rice"}, Length: 9, Price: 5, Motor: true, Built: when.Day{Year: 2026, Month: 1, Date: 2}}
	var again boat
	targets := boatFields.Targets(&again)
	for i, value := range boatFields.Values(&b) {
		switch to := targets[i].(type) {
		case *string:
			*to = value.(string)
		case *int64:
			*to = value.(int64)
		case interface{ Scan(any) error }:
			if n, ok := value.(int); ok {
				value = int64(n)
			}
			if err := to.Scan(value); err != nil {
				t.Fatal(err)
			}
		}
	}
	if diff := cmp.Diff(b, again); diff != "" {
		t.Error(diff)
	}
	if d := boatFields.Differences(&boat{}, &b); len(d) != 8 {
		t.Errorf("%d columns differ from nothing: %v", len(d), d)
	}
}

func FuzzParseWhole(f *testing.F) {
	for _, seed := range []string{"1.284", "1 2", ",", "999999999999999999", "１２"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if n, ok := parseWhole(text); ok && n < 0 {
			t.Errorf("%q is %d", text, n)
		}
	})
}
