package tracker

import (
	"strings"
	"testing"

	"chonoi/internal/fault"
	"chonoi/internal/lang"
	"chonoi/internal/programme"
	"chonoi/internal/when"
)

func TestTheMappingThatShipsClaimsNoTracker(t *testing.T) {
	m, err := ReadMapping(strings.NewReader(shipped))
	if err != nil {
		t.Fatal(err)
	}
	if m.Basis != "" || !strings.Contains(m.Note.Vi, "Chưa biết định dạng") || !strings.Contains(m.Note.En, "not known") {
		t.Errorf("%+v", m)
	}
	for _, s := range programme.Standings {
		for _, c := range m.Columns {
			if c.Field == "state" && c.Values[string(s)] == "" {
				t.Errorf("no word for %s", s)
			}
		}
	}
}

func TestAMappingTellsAllThatIsAmissWithIt(t *testing.T) {
	for raw, want := range map[string]string{
		"key = \"Ấ\"\n":                "tracker.bad_key tracker.needs_name tracker.needs_day tracker.columns",
		"không phải toml":              "tracker.unreadable",
		strings.Repeat("#", 300<<10):   "tracker.too_large",
		"title,field\nx,@key\nA,mây\n": "tracker.needs_name tracker.needs_day tracker.no_such_field",
	} {
		_, err := ReadMapping(strings.NewReader(raw))
		f, ok := fault.As(err)
		if !ok {
			t.Fatal(err)
		}
		var keys []string
		for _, one := range f.Fields {
			keys = append(keys, one.Key)
		}
		if len(keys) == 0 {
			keys = []string{f.Key}
		}
		if got := strings.Join(keys, " "); got != want {
			t.Errorf("%.20q: %s, want %s", raw, got, want)
		}
	}
}

func TestRowsGoOutByAMappingAndASecretTaskAsItsNumber(t *testing.T) {
	m, err := ReadMapping(strings.NewReader("title,field,needed,most,date,values\nthử,@key\nThử,@name_vi\nTrial,@name_en\n2026-01-01,@valid_from\nMã,task_number,true\nViệc,task,true,20\nHạn,due_on,,,02/01/2006\nTình trạng,state,,,,running=Đang làm; overdue=Quá hạn\n"))
	if fault.KindOf(err) != fault.Invalid {
		t.Fatalf("a key with marks: %v", err)
	}
	m.Key = "thu"
	if err := m.check(); err != nil {
		t.Fatal(err)
	}
	task := func(number, title string, s programme.Standing, secret bool) programme.Placed {
		one := &programme.Task{Title: lang.Both{Vi: title}, Due: when.Day{Year: 2026, Month: 6, Date: 30}, Secret: secret}
		one.Number = number
		return programme.Placed{Task: one, Due: one.Due, Standing: s}
	}
	b := &programme.Board{Plan: &programme.Plan{Symbol: "1/KH"}, Lines: []programme.Line{{Tasks: []programme.Placed{
		task("NV-1", "Lập danh mục", programme.Running, false), task("NV-2", "Một việc có tên dài quá hai mươi chữ", programme.Late, false), task("NV-3", "kín", programme.Running, true)}}}}
	rows := m.rowsOf(b, nil)
	if got := strings.Join(rows[0].Cells, "|"); got != "NV-1|Lập danh mục|30/06/2026|Đang làm" || len(rows[0].Amiss) != 0 {
		t.Errorf("%s %v", got, rows[0].Amiss)
	}
	if len(rows[1].Amiss) != 2 || rows[1].Amiss[0].Key != "field.too_long" || rows[1].Amiss[1].Key != "tracker.no_translation" || rows[1].Amiss[1].Number != 3 {
		t.Errorf("%+v", rows[1].Amiss)
	}
	if got := strings.Join(rows[2].Cells, "|"); got != "NV-3|||" || len(rows[2].Amiss) != 0 {
		t.Errorf("a secret task: %s %v", got, rows[2].Amiss)
	}
}

func FuzzAMappingIsRead(f *testing.F) {
	f.Add(shipped)
	f.Add("title,field,needed\nx,@key\nA,task_number,true\n")
	f.Fuzz(func(t *testing.T, raw string) {
		m, err := ReadMapping(strings.NewReader(raw))
		if err == nil && (m.Key == "" || len(m.Columns) == 0 || len(m.Columns) > mostColumns) {
			t.Errorf("%+v is taken", m)
		}
	})
}
