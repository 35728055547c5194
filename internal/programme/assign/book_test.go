package assign

import (
	"archive/zip"
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"chonoi/internal/document"
	"chonoi/internal/document/officetest"
	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/programme/plan"
	"chonoi/internal/web"
	"chonoi/internal/when"
)

func words(t testing.TB) *lang.Words {
	t.Helper()
	w, err := lang.Load(Texts, plan.Texts, programme.Texts, document.Texts, web.Texts)
	if err != nil {
		t.Fatal(err)
	}
	return w
}

// office is a small board: two assignments, one of a class and secret, and a clause that nobody has.
func office() (*programme.Board, map[string]lang.Both) {
	made := time.Date(2026, 1, 5, 0, 0, 0, 0, time.UTC)
	lead := &programme.Assignment{ID: "a1", Clause: "I.1#1", Role: programme.Lead, Body: "so", Printed: "Sở", Basis: "12/KH-UBND", State: "assigned", At: made}
	class := &programme.Assignment{ID: "a2", Clause: "I.1#2", Role: programme.Execute, Class: "xa", Printed: "các xã", Basis: "12/KH-UBND", State: "assigned", At: made}
	task := &programme.Task{Assignment: "a1", Due: when.Day{Year: 2026, Month: 6, Date: 30}, Product: lang.Both{Vi: "=cơ sở dữ liệu"}}
	hidden := &programme.Task{Assignment: "a2", Secret: true, Product: lang.Both{Vi: "kín"}}
	task.State, hidden.State = "open", "open"
	b := &programme.Board{Plan: &programme.Plan{}, Names: map[string]lang.Both{"so": {Vi: "Sở Khoa học, Công nghệ"}}, Lines: []programme.Line{
		{Clause: programme.Clause{Path: "I.1#1", Text: "Lập cơ sở dữ liệu;"}, Assignments: []*programme.Assignment{lead}, Tasks: []programme.Placed{{Task: task}}},
		{Clause: programme.Clause{Path: "I.1#2", Text: "tổ chức sự kiện."}, Assignments: []*programme.Assignment{class}, Tasks: []programme.Placed{{Task: hidden}}},
		{Clause: programme.Clause{Path: "I.2#1", Text: "Chưa ai làm."}},
	}}
	return b, map[string]lang.Both{"so": {Vi: "Sở Khoa học, Công nghệ"}, "class:xa": {Vi: "Các xã"}, "so-y-te": {Vi: "Sở Y tế"}}
}

func knownOf(b *programme.Board, names map[string]lang.Both, w *lang.Words) known {
	k := known{stands: map[string]standing{}, ended: map[string]bool{"gone": true}, clauses: map[string]bool{}, bodies: map[string]programme.Found{},
		role: func(r programme.Role) string { return w.T(lang.Vi, "role_name."+string(r)) }}
	for _, l := range b.Lines {
		k.clauses[l.Path] = true
	}
	rows, _ := standingOf(b, names, lang.Vi)
	for _, s := range rows {
		k.stands[s.ID] = s
	}
	for id, n := range names {
		k.bodies[n.Vi] = programme.Found{Body: id}
		if class, is := strings.CutPrefix(id, "class:"); is {
			k.bodies[n.Vi] = programme.Found{Class: class}
		}
	}
	return k
}

// written is the workbook of the board, and the rows read back from it.
func written(t testing.TB, w *lang.Words) ([]byte, []bookRow) {
	t.Helper()
	b, names := office()
	var out bytes.Buffer
	if err := writeBook(&out, w, lang.Vi, b, names, when.Micro(time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC))); err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), readBack(t, w, out.Bytes())
}

func readBack(t testing.TB, w *lang.Words, raw []byte) []bookRow {
	t.Helper()
	rows, bad, err := readBook(t.Context(), w, "phan-cong.xlsx", bytes.NewReader(raw))
	if err != nil || len(bad) > 0 {
		t.Fatalf("%v %v", bad, err)
	}
	return rows
}

func TestAWorkbookThatNobodyWroteIntoChangesNothing(t *testing.T) {
	w := words(t)
	raw, rows := written(t, w)
	b, names := office()
	if c := compare(rows, knownOf(b, names, w)); c.Same != 2 || len(c.All) != 0 || c.Missing != 0 {
		t.Errorf("%+v", c)
	}
	if bytes.Contains(unzipped(t, raw), []byte("kín")) {
		t.Error("the workbook tells of a secret task")
	}
	f, err := excelize.OpenReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for _, column := range []string{"K", "L"} {
		if seen, _ := f.GetColVisible(f.GetSheetName(0), column); seen {
			t.Errorf("column %s is in sight", column)
		}
	}
	for cell, locked := range map[string]bool{"B2": true, "K2": true, "C2": false, "E2": false, "D40": false} {
		id, _ := f.GetCellStyle(f.GetSheetName(0), cell)
		style, err := f.GetStyle(id)
		if err != nil || (style.Protection == nil || style.Protection.Locked) != locked {
			t.Errorf("%s: locked is not %v (%v)", cell, locked, err)
		}
	}
	if rules, _ := f.GetDataValidations(f.GetSheetName(0)); len(rules) != 3 {
		t.Errorf("%d columns to choose in", len(rules))
	}
}

func unzipped(t testing.TB, raw []byte) []byte {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		one, _ := io.ReadAll(r)
		all = append(all, one...)
	}
	return all
}

func TestEachRowOfAWorkbookIsToldForWhatItIs(t *testing.T) {
	w := words(t)
	set := func(r bookRow, cells map[int]string) bookRow {
		for i, text := range cells {
			r.Cells[i] = text
		}
		return r
	}
	for _, c := range []struct {
		name  string
		cells map[int]string // of the first row; a row of its own when it has no id
		alone bool
		kind  string
		amiss string
	}{
		{"another basis", map[int]string{inBasis: "13/KH-UBND"}, false, isChanged, ""},
		{"another body", map[int]string{inBody: "Sở Y tế"}, false, isBad, "assignment.needs_decision"},
		{"another body by a decision", map[int]string{inBody: "Sở Y tế", inDecision: "5/QĐ"}, false, isChanged, ""},
		{"another day", map[int]string{inDue: "31/12/2026", inDecision: "5/QĐ"}, false, isBad, "assign.needs_reason"},
		{"another day with its reason", map[int]string{inDue: "2026-12-31", inDecision: "5/QĐ", inReason: "chờ vốn"}, false, isChanged, ""},
		{"no day", map[int]string{inDue: ""}, false, isBad, "assign.day_stays"},
		{"a bad day", map[int]string{inDue: "31/2/2026"}, false, isBad, "assign.bad_day"},
		{"withdrawn", map[int]string{inWithdraw: "Rút"}, false, isBad, "assignment.needs_decision"},
		{"withdrawn by a decision", map[int]string{inWithdraw: "Rút", inDecision: "5/QĐ"}, false, isWithdrawn, ""},
		{"of another plan", map[int]string{inID: "x"}, false, isBad, "assign.row_unknown"},
		{"withdrawn since", map[int]string{inID: "gone"}, false, isBad, "assign.row_ended"},
		{"a hidden cell changed", map[int]string{inWas: "{}"}, false, isBad, "assign.row_hidden"},
		{"new", map[int]string{inClause: "I.2#1", inRole: "Chủ trì", inBody: "Sở Y tế", inBasis: "5/QĐ"}, true, isAdded, ""},
		{"new, of nobody known", map[int]string{inClause: "I.2#1", inRole: "Chủ trì", inBody: "Sở Mây", inBasis: "5/QĐ"}, true, isBad, "assign.body_unknown"},
		{"new, of no clause", map[int]string{inClause: "IX", inRole: "lead", inBody: "Sở Y tế", inBasis: "5/QĐ"}, true, isBad, "assignment.no_such_clause"},
	} {
		_, rows := written(t, w)
		b, names := office()
		r := bookRow{Number: 9}
		if !c.alone {
			r = rows[0]
		}
		got := compare([]bookRow{set(r, c.cells)}, knownOf(b, names, w)).All
		if len(got) != 1 || got[0].Kind != c.kind || c.amiss != "" && (len(got[0].Amiss) == 0 || got[0].Amiss[0].Key != c.amiss) {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

func TestAFileOfAnOlderStateTellsWhatChangedSince(t *testing.T) {
	w := words(t)
	_, rows := written(t, w)
	b, names := office()
	b.Lines[0].Assignments[0].Basis = "14/QĐ-UBND"
	late := &programme.Assignment{ID: "a3", Clause: "I.2#1", Role: programme.Lead, Body: "so-y-te", Basis: "14/QĐ-UBND", State: "assigned", At: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)}
	b.Lines[2].Assignments = append(b.Lines[2].Assignments, late)
	c := compare(rows, knownOf(b, names, w))
	if len(c.All) != 2 || c.All[0].Kind != isSince || c.All[0].Fields[0] != (change{"assign.basis", "12/KH-UBND", "14/QĐ-UBND"}) || c.All[1].Kind != isSince || c.All[1].ID != "a3" {
		t.Errorf("%+v", c.All)
	}
	rows[0].Cells[inBasis] = "15/QĐ-UBND"
	if c = compare(rows, knownOf(b, names, w)); c.All[0].Kind != isBad || c.All[0].Amiss[0].Key != "assign.changed_too" {
		t.Errorf("both changed it: %+v", c.All[0])
	}
	rows[0].Cells[inBasis], rows[0].Cells[inProduct] = "12/KH-UBND", "cổng dữ liệu"
	if c = compare(rows, knownOf(b, names, w)); c.All[0].Kind != isChanged || c.All[0].Now.Basis != "14/QĐ-UBND" {
		t.Errorf("what the other one wrote is lost: %+v", c.All[0])
	}
}

func TestAWorkbookGoesThroughLibreOfficeAndBack(t *testing.T) {
	w := words(t)
	raw, rows := written(t, w)
	path := filepath.Join(t.TempDir(), "phan-cong.xlsx")
	if err := os.WriteFile(path, raw, 0o600); err != nil {
		t.Fatal(err)
	}
	saved, err := os.ReadFile(officetest.Convert(t, officetest.XLSX, "", path)[0])
	if err != nil {
		t.Fatal(err)
	}
	back := readBack(t, w, saved)
	for i := range rows {
		if back[i].Cells != rows[i].Cells {
			t.Errorf("row %d: %q\nwas %q", i, back[i].Cells, rows[i].Cells)
		}
	}
	b, names := office()
	if c := compare(back, knownOf(b, names, w)); c.Same != 2 || len(c.All) != 0 {
		t.Errorf("%+v", c)
	}
	xml := unzipped(t, saved)
	for _, kept := range []string{"sheetProtection", "dataValidation "} {
		if !bytes.Contains(xml, []byte(kept)) {
			t.Errorf("LibreOffice saw no %s", kept)
		}
	}
}

func TestAFileThatIsNoWorkbookOfOursIsRefused(t *testing.T) {
	w := words(t)
	for name, raw := range map[string]string{"picture.xlsx": "\xff\xd8\xff\xe0 JFIF", "empty.xlsx": "", "other.csv": "a,b\n1,2\n", "zip.xlsx": "PK\x03\x04broken"} {
		if _, _, err := readBook(t.Context(), w, name, strings.NewReader(raw)); fault.KindOf(err) == fault.Internal || err == nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzAWorkbookThatComesBackIsReadAndCompared(f *testing.F) {
	w := words(f)
	raw, _ := written(f, w)
	f.Add(raw)
	f.Add([]byte("Ý,Vai trò,Cơ quan,Hạn,Căn cứ,Mã dòng (giữ nguyên),Trạng thái lúc xuất (giữ nguyên)\nI.1#1,Chủ trì,Sở Y tế,1/1/2026,x,a1,\"{\"\"At\"\":1,\"\"Clause\"\":\"\"I.1#1\"\"}\"\n"))
	b, names := office()
	f.Fuzz(func(t *testing.T, raw []byte) {
		rows, _, err := readBook(t.Context(), w, "x", bytes.NewReader(raw))
		if err != nil {
			return
		}
		for _, d := range compare(rows, knownOf(b, names, w)).All {
			if o := d.Now; d.Kind == isAdded && (o.Clause == "" || o.Role == "" || o.Body+o.Class == "" || o.Basis == "") {
				t.Errorf("a row without %+v is taken for good", o)
			}
			if d.Kind == isWithdrawn && d.Now.Decision == "" {
				t.Error("one is withdrawn without a decision")
			}
		}
	})
}
