package assign

import (
	"testing"

	"chonoi/internal/when"
)

func TestRowsOfASheetAreReadAndABadOneSaysWhy(t *testing.T) {
	rows, err := readSheet("Ý\tVai trò\tCơ quan\tHạn\tCăn cứ\tSản phẩm\nII.5-1#3\tChủ trì\tSở Khoa học và Công nghệ\t30/6/2026\t12/KH-UBND\tcơ sở dữ liệu\r\n\nI.1#1\tphoi hop\tSở Tư pháp\t\t12/KH-UBND\nI.1#2\tlàm\tSở Y tế\nI.2#1\tchủ trì\tSở Y tế\t31/02/2026\n")
	if err != nil || len(rows) != 4 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	first := rows[0]
	if first.Clause != "II.5-1#3" || first.Role != "lead" || first.Due != (when.Day{Year: 2026, Month: 6, Date: 30}) || first.Thing != "cơ sở dữ liệu" || first.Amiss != nil {
		t.Errorf("%+v", first)
	}
	if rows[1].Role != "coordinate" || rows[1].Amiss != nil {
		t.Errorf("%+v", rows[1])
	}
	if rows[2].Amiss == nil || rows[2].Amiss.Key != "assignment.needs_role" || rows[3].Amiss == nil || rows[3].Amiss.Key != "assign.bad_day" {
		t.Errorf("%+v %+v", rows[2].Amiss, rows[3].Amiss)
	}
}

func FuzzASheetIsRead(f *testing.F) {
	f.Add("II.5-1#3\tChủ trì\tSở\t30/6/2026\tx\ty\n")
	f.Add("\t\t\t\n\"a\"\tb")
	f.Fuzz(func(t *testing.T, text string) {
		rows, err := readSheet(text)
		if err != nil {
			return
		}
		for _, r := range rows {
			if r.Amiss == nil && (r.Clause == "" || r.Role == "" || r.Body == "") {
				t.Errorf("a row without %+v is taken for good", r)
			}
		}
	})
}
