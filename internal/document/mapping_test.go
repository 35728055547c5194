package document_test

import (
	"bytes"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"chonoi/internal/document"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
)

var offerTargets = []document.Target{
	{Name: "id", Titles: []string{"Mã", "Mã số", "Code"}, Needed: true},
	{Name: "title_vi", Titles: []string{"Tên công nghệ", "Tên (tiếng Việt)", "Title in Vietnamese"}, Needed: true},
	{Name: "title_en", Titles: []string{"Tên tiếng Anh", "Title", "Title in English"}},
	{Name: "price", Titles: []string{"Giá", "Giá bán", "Price"}},
	{Name: "trl", Titles: []string{"Mức sẵn sàng công nghệ", "Technology readiness level"}, Needed: true},
	{Name: "table", Titles: []string{"Bàn"}},
	{Name: "sale", Titles: []string{"Bán"}},
	{Name: "summary_vi", Titles: []string{"Tóm tắt"}},
}

func TestColumnsAreGuessedInBothTonguesWithAndWithoutMarks(t *testing.T) {
	for column, want := range map[string]string{
		"id": "id", "ID": "id", "Mã số *": "id", "ma so": "id",
		"TÊN CÔNG NGHỆ": "title_vi", "ten_cong_nghe": "title_vi", "Ten  cong-nghe": "title_vi", "Tên (tiếng Việt)": "title_vi",
		"Tên công nghệ chào bán": "title_vi", "title": "title_en", "Title (required)": "title_en", "title_en": "title_en",
		"Giá (triệu đồng)": "price", "PRICE [VND]": "price", "TRL": "trl", "Technology readiness": "trl",
		"bán": "sale", "bàn": "table", "Te\u0302n co\u0302ng nghe\u0323\u0302": "title_vi",
		"Ghi chú": "", "Giá trị": "", "": "", "()": "", "Mô tả": "",
	} {
		m := document.GuessMapping([]string{column}, offerTargets)
		if got := m.Columns[column]; got != want {
			t.Errorf("%q is taken for %q, wanted %q", column, got, want)
		}
	}
}

func TestTheSurestPairsAreMadeFirst(t *testing.T) {
	columns := []string{"Tên công nghệ gốc", "Tên công nghệ", "Giá", "Price", "ban", "Ghi chú"}
	m := document.GuessMapping(columns, offerTargets)
	same(t, m.Columns, map[string]string{"Tên công nghệ": "title_vi", "Price": "price", "ban": "table"})
	same(t, m.Unused, []string{"Tên công nghệ gốc", "Giá", "Ghi chú"})
	same(t, m.Missing, []string{"id", "trl"})

	twins := document.GuessMapping([]string{"Tên công nghệ A", "Tên công nghệ B"}, offerTargets)
	same(t, len(twins.Columns), 0)
}

func TestAMappingIsKeptInAFileAndHeldAgainstAnother(t *testing.T) {
	columns := []string{"Tên \"công\" nghệ = [x]", "Giá.bán", "Thừa"}
	m := document.Mapping{Columns: map[string]string{columns[0]: "title_vi", columns[1]: "price"}}.For(columns, offerTargets)
	for name, write := range map[string]func(*bytes.Buffer) error{
		"toml": func(b *bytes.Buffer) error { return m.WriteTOML(b) },
		"json": func(b *bytes.Buffer) error { return m.WriteJSON(b) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		got, err := document.ReadMapping(strings.NewReader("\uFEFF" + b.String()))
		if err != nil {
			t.Fatalf("%s: %v in %s", name, err, b.String())
		}
		same(t, got.For(columns, offerTargets), m)
		other := got.For([]string{"Giá.bán", "Mã"}, offerTargets[:3])
		same(t, other.Unused, []string{"Giá.bán", "Mã"})
	}
	for _, bad := range []string{"", "{", "columns = 1", "{\"columns\": {\"a\": \"id\", \"b\": \"id\"}}", "x = ["} {
		if _, err := document.ReadMapping(strings.NewReader(bad)); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v", bad, err)
		}
	}
	row := m.Apply(document.Row{Number: 7, Columns: columns, Cells: []document.Cell{{Kind: document.Text, Text: "a"}, {}, {}}})
	same(t, shown([]document.Row{row}), []string{"7:title_vi=1a|price=0"})
}

func TestAMappingIsShownAsATable(t *testing.T) {
	words, err := lang.Load(document.Texts)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	m := document.GuessMapping([]string{"Tên công nghệ", "Giá", "Ghi chú"}, offerTargets)
	if err := m.Print(&b, words, lang.Vi); err != nil {
		t.Fatal(err)
	}
	same(t, b.String(), ""+
		"Cột trong tệp  Trường dữ liệu\n"+
		"Giá            price\n"+
		"Tên công nghệ  title_vi\n"+
		"Ghi chú        (không dùng)\n"+
		"(chưa có cột)  id\n"+
		"(chưa có cột)  trl\n")
}

func TestAGuessNeverFillsAFieldTwice(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SampledFrom([]string{"Tên", "công nghệ", "Giá", "id", "title", "(vi)", "*", "Bán", "ban", "TRL", "_"})
		columns := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(words, 0, 4).Draw(t, "words"), " ")
		}), 0, 12, rapid.ID).Draw(t, "columns")
		m := document.GuessMapping(columns, offerTargets)
		seen := map[string]bool{}
		for _, name := range m.Columns {
			if seen[name] {
				t.Fatalf("%s is filled twice", name)
			}
			seen[name] = true
		}
		if len(m.Columns)+len(m.Unused) != len(columns) {
			t.Fatalf("%d columns, %v", len(columns), m)
		}
	})
}
