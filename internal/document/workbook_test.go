package document_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"runtime"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"testing"
	"testing/iotest"
	"time"

	"github.com/xuri/excelize/v2"

	"chonoi/internal/document"
	"chonoi/internal/fault"
)

const (
	rootRels = `<Relationships><Relationship Id="r" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`
	bookRels = `<Relationships><Relationship Id="a" Type="http://x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="h" Type="http://x/worksheet" Target="/xl/worksheets/hidden.xml"/>` +
		`<Relationship Id="s" Type="http://x/sharedStrings" Target="sharedStrings.xml"/>` +
		`<Relationship Id="t" Type="http://x/styles" Target="styles.xml"/></Relationships>`
	book = `<workbook xmlns:r="r"><workbookPr/><sheets><sheet name="Ẩn" state="hidden" sheetId="1" r:id="h"/>` +
		`<sheet name="Chào bán" sheetId="2" r:id="a"/></sheets></workbook>`
	styles = `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[Red]dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="0.00&quot; days&quot;"/></numFmts>` +
		`<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="22"/></cellXfs></styleSheet>`
	shared = `<sst><si><t>Tên</t></si><si><r><t>Máy </t></r><r><t xml:space="preserve">sấy</t></r><rPh><t>aside</t></rPh></si><si/></sst>`
)

// workbook packs a workbook whose first visible sheet has this XML.
func workbook(t testing.TB, sheet string, change func(parts map[string]string)) string {
	t.Helper()
	parts := map[string]string{
		"_rels/.rels": rootRels, "xl/_rels/workbook.xml.rels": bookRels, "xl/workbook.xml": book, "xl/styles.xml": styles,
		"xl/SharedStrings.xml": shared, "xl/worksheets/sheet1.xml": sheet,
		"xl/worksheets/hidden.xml": `<worksheet><sheetData><row><c t="str"><v>secret</v></c></row></sheetData></worksheet>`,
	}
	if change != nil {
		change(parts)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, text := range parts {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, text); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func sheetOf(rows ...string) string {
	return `<worksheet><sheetData>` + strings.Join(rows, "") + `</sheetData></worksheet>`
}

func TestASheetIsReadAsExcelShowsIt(t *testing.T) {
	content := workbook(t, sheetOf(
		`<row r="2"><c r="A2" t="s"><v>0</v></c><c r="C2" t="inlineStr"><is><t>Giá</t></is></c><c r="D2" t="str"><v>Ngày</v></c></row>`,
		`<row r="3"><c r="A3" t="s"><v>1</v></c><c r="B3" s="1"/><c r="C3"><v>0.30000000000000004</v></c><c r="D3" s="1"><v>46346</v></c></row>`,
		`<row r="5"><c r="A5" t="b"><v>1</v></c><c r="C5" s="3"><v>385000000</v></c><c r="D5" s="2"><v>1</v></c></row>`,
		`<row><c t="str"><f>A1&amp;"x"</f><v>=a_x000D_b_x005F_x0041_</v></c><c/><c><v>1E+3</v></c><c s="4"><v>46346.5</v></c><c/><c s="1"/></row>`,
		`<row r="9" spans="1:3"><c r="D9" t="d"><v>2026-11-20T00:00:00Z</v></c></row>`,
		`<row r="10"><c r="C10" s="4"><v>0.25</v></c></row>`,
	), nil)
	table := open(t, "x", content, document.Options{})
	rows, amiss := all(t, table)
	same(t, shown(rows), []string{
		"3:Tên=1Máy sấy|(B)=0|Giá=20.3|Ngày=42026-11-20",
		"5:Tên=3true|(B)=0|Giá=2385000000|Ngày=41900-01-01",
		"6:Tên=1=a\rb_x0041_|(B)=0|Giá=21000|Ngày=52026-11-20T12:00:00",
		"9:Tên=0|(B)=0|Giá=0|Ngày=42026-11-20",
		"10:Tên=0|(B)=0|Giá=506:00:00|Ngày=0",
	})
	same(t, len(amiss), 0)
	same(t, append(table.Sheets, table.Sheet), []string{"Chào bán", "Chào bán"})
	if done, total := table.Read(); done != total || total != int64(len(content)) {
		t.Errorf("read %d of %d", done, total)
	}
	hidden := open(t, "x", content, document.Options{Sheet: "Ẩn"})
	same(t, hidden.Columns(), []string{"secret"})
	_, err := document.OpenTable("x", strings.NewReader(content), document.Options{Sheet: "Other"})
	same(t, fault.KindOf(err), fault.NotFound)
}

func TestABadRowOfASheetIsToldAndReadingGoesOn(t *testing.T) {
	rows, amiss := all(t, open(t, "x", workbook(t, sheetOf(
		`<row><c t="str"><v>a</v></c><c t="str"><v>b</v></c></row>`,
		`<row><c t="e"><v>#REF!</v></c><c><v>1</v></c></row>`,
		`<row><c/><c><f>1+1</f></c></row>`,
		`<row><c t="s"><v>99</v></c></row>`,
		`<row><c r="A5"><v>5</v></c><c r="D5"><v>6</v></c></row>`,
		`<row><c t="str"><v>`+strings.Repeat("ấ", 32768)+`</v></c></row>`,
		`<row><c t="str"><v>x_x0000_</v></c></row>`,
		`<row><c><v>Infinity</v></c><c><v>1e999</v></c></row>`,
	), nil), document.Options{}))
	same(t, shown(rows), []string{"8:a=1Infinity|b=11e999"})
	same(t, faults(amiss), []string{
		"2 a document.cell_is_error", "3 b document.cell_not_computed", "4 a document.cell_broken",
		"5 (D) document.cell_past_header", "6 a document.cell_too_long", "7 a document.cell_has_nul",
	})
	same(t, amiss[0].Row.Cells, []document.Cell{{Kind: document.Text, Text: "#REF!"}, {Kind: document.Number, Text: "1"}})
}

func TestASheetThatBreaksOffIsNotTakenForAShortOne(t *testing.T) {
	cell := `<row><c t="str"><v>a</v></c></row>`
	for _, xml := range []string{
		`<worksheet><sheetData>` + cell + cell,
		`<worksheet><sheetData>` + cell + `<row><c`,
		`<worksheet><sheetData>` + cell + "<row>\x01</row></sheetData>",
		`<worksheet><sheetData>` + cell + "<row>\xff</row></sheetData>",
		`<worksheet><sheetData>` + cell + `<row>&evil;</row></sheetData>`,
		`<worksheet><sheetData>` + cell + `<row r="-1"/></sheetData>`,
		`<worksheet><sheetData>` + cell + `<row><c r="12"/></row></sheetData>`,
	} {
		table := open(t, "x", workbook(t, xml, nil), document.Options{})
		var err error
		for err == nil {
			_, err = table.Next()
		}
		if f, ok := fault.As(err); !ok || f.Key != "document.broken" {
			t.Errorf("%.80q ended with %v", xml, err)
		}
		if _, again := table.Next(); again != err {
			t.Errorf("after its end the table says %v", again)
		}
	}
}

func TestAWorkbookThatCostsTooMuchIsRefusedSoon(t *testing.T) {
	head := `<row><c t="str"><v>a</v></c></row>`
	wide := `<row>` + strings.Repeat(`<c><v>1</v></c>`, 100_000) + `</row>`
	blank := strings.Repeat(`<row><c s="1"/></row>`, 1<<20)
	noise := "<!--" + incompressible(500_000) + "-->" // keeps a part below the ratio of a bomb
	strs := func(text string) func(map[string]string) {
		return func(p map[string]string) { p["xl/SharedStrings.xml"] = text }
	}
	for name, c := range map[string]struct {
		sheet  string
		change func(map[string]string)
		key    string
	}{
		"a header of 100,000 columns":       {sheetOf(wide), nil, "document.too_many_columns"},
		"a row of 100,000 columns":          {sheetOf(head, wide), nil, "document.too_many_columns"},
		"a column far out":                  {sheetOf(head, `<row><c r="ZZZZZZ2"><v>1</v></c></row>`), nil, "document.too_many_columns"},
		"a text without end":                {sheetOf(head, `<row><c t="str"><v>`+strings.Repeat("ab", 4<<20)+`</v></c></row>`), nil, "document.part_too_large"},
		"a tag without end":                 {sheetOf(head, `<row `+strings.Repeat(`a="" `, 4<<20)+`/>`), nil, "document.part_too_large"},
		"a sheet that is a bomb":            {sheetOf(head, strings.Repeat(" ", 64<<20)), nil, "document.unpacks_too_large"},
		"a sheet past what may be unpacked": {sheetOf(head, noise, strings.Repeat(" ", 101<<20)), nil, "document.unpacks_too_large"},
		"shared strings that are a bomb":    {sheetOf(head), strs(strings.Repeat("<si/>", 16<<20)), "document.unpacks_too_large"},
		"too many shared strings":           {sheetOf(head), strs("<sst>" + noise + strings.Repeat("<si/>", 9<<20) + "</sst>"), "document.part_too_large"},
		"styles too large":                  {sheetOf(head), func(p map[string]string) { p["xl/styles.xml"] = strings.Repeat("<xf/>", 8<<20) }, "document.part_too_large"},
		"a row number past the end":         {sheetOf(head, `<row r="1048577"/>`), nil, "document.too_many_rows"},
		"rows past the limit":               {sheetOf(head, strings.Repeat(head, 1001)), nil, "document.too_many_rows"},
		"more rows than sheets have":        {sheetOf(head, blank), nil, "document.too_many_rows"},
	} {
		t.Run(name, func(t *testing.T) {
			content := workbook(t, c.sheet, c.change)
			var peak atomic.Uint64
			stop := watchHeap(&peak)
			began := time.Now()
			table, err := document.OpenTable("x.xlsx", strings.NewReader(content), document.Options{Limits: document.Limits{Rows: 1000, Unpacked: 100 << 20}})
			for err == nil {
				if _, err = table.Next(); err == io.EOF {
					break
				}
			}
			if f, told := fault.As(err); !told || f.Kind != fault.TooLarge || f.Key != c.key {
				t.Errorf("ended with %v, wanted %s", err, c.key)
			}
			stop()
			t.Logf("%v, heap grew by %d MB", time.Since(began).Round(time.Millisecond), peak.Load()>>20)
			if grown := peak.Load() >> 20; grown > 192 {
				t.Errorf("the heap grew by %d MB", grown)
			}
			if took := time.Since(began); took > 10*time.Second {
				t.Errorf("took %v", took)
			}
			if table != nil {
				_ = table.Close()
			}
		})
	}
}

func incompressible(n int) string {
	random := rand.New(rand.NewPCG(1, 2))
	text := make([]byte, n)
	for i := range text {
		text[i] = 'a' + byte(random.IntN(26))
	}
	return string(text)
}

// watchHeap notes by how much the heap grows at most until stop is called. Garbage is collected
// early meanwhile, for what counts is what is held, and not the slack that a large test allows.
func watchHeap(peak *atomic.Uint64) (stop func()) {
	usual := debug.SetGCPercent(5)
	runtime.GC()
	var start runtime.MemStats
	runtime.ReadMemStats(&start)
	ended, gone := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(gone)
		for {
			var now runtime.MemStats
			runtime.ReadMemStats(&now)
			if now.HeapAlloc > start.HeapAlloc {
				peak.Store(max(peak.Load(), now.HeapAlloc-start.HeapAlloc))
			}
			select {
			case <-ended:
				return
			case <-time.After(2 * time.Millisecond):
			}
		}
	}()
	return func() { close(ended); <-gone; debug.SetGCPercent(usual) }
}

func TestOneStringInEveryCellDoesNotSwellWithoutBound(t *testing.T) {
	content := workbook(t, sheetOf(`<row><c t="str"><v>a</v></c></row>`, strings.Repeat(`<row><c t="s"><v>0</v></c></row>`, 2000)),
		func(p map[string]string) {
			p["xl/SharedStrings.xml"] = `<sst><si><t>` + strings.Repeat("x", 30_000) + `</t></si></sst>`
		})
	table := open(t, "x", content, document.Options{Limits: document.Limits{Unpacked: 10 << 20}})
	var err error
	for err == nil {
		_, err = table.Next()
	}
	same(t, fault.KindOf(err), fault.TooLarge)
}

func TestAWorkbookFromAPipeIsKeptInAFileOnlyWhileItIsRead(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	content := workbook(t, sheetOf(`<row><c t="str"><v>a</v></c></row>`, `<row><c><v>1</v></c></row>`), nil)
	table, err := document.OpenTable("x", iotest.HalfReader(strings.NewReader(content)), document.Options{})
	if err != nil {
		t.Fatal(err)
	}
	rows, _ := all(t, table)
	same(t, shown(rows), []string{"2:a=21"})
	if err := table.Close(); err != nil {
		t.Error(err)
	}
	left, err := os.ReadDir(os.TempDir())
	if err != nil || len(left) > 0 {
		t.Errorf("left behind: %v %v", left, err)
	}
	_, err = document.OpenTable("x", iotest.HalfReader(strings.NewReader(content)), document.Options{Limits: document.Limits{Bytes: 100}})
	same(t, fault.KindOf(err), fault.TooLarge)
}

func TestAnotherProgramsWorkbookIsReadTheSame(t *testing.T) {
	f := excelize.NewFile()
	day := time.Date(2026, 11, 20, 9, 41, 0, 0, time.UTC)
	for i, row := range [][]any{{"Tên", "Giá", "Ngày", "Có"}, {"Máy sấy", 12.5, day, true}, {"=SUM(A1)", -3, "\ta\n", false}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row); err != nil {
			t.Fatal(err)
		}
	}
	b, err := f.WriteToBuffer()
	if err != nil {
		t.Fatal(err)
	}
	rows, amiss := all(t, open(t, "x", b.String(), document.Options{}))
	same(t, shown(rows), []string{
		"2:Tên=1Máy sấy|Giá=212.5|Ngày=52026-11-20T09:41:00|Có=3true",
		"3:Tên=1=SUM(A1)|Giá=2-3|Ngày=1\ta\n|Có=3false",
	})
	same(t, len(amiss), 0)
}
