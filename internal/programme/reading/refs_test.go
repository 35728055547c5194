package reading_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// derivedPlan is a plan that carries out another one; its only task is text.
func derivedPlan(t *testing.T, text string) (implements []string, internal []string) {
	t.Helper()
	p := readText(t, "KẾ HOẠCH", "triển khai Kế hoạch số 12-KH/TU ngày 02/02/2026 của Thành ủy", "", "Thực hiện Kế hoạch số 12-KH/TU, Đảng ủy ban hành Kế hoạch:", "",
		"I- MỤC ĐÍCH", "1. Việc.", "II- NHIỆM VỤ", "1. "+text, "III- TỔ CHỨC", "1. Việc.")
	for _, one := range p.Implements {
		implements = append(implements, one.Targets...)
	}
	for _, one := range p.InternalRefs {
		internal = append(internal, one.Target)
	}
	return implements, internal
}

func TestADerivedPlanNamesWhatItCarriesOut(t *testing.T) {
	for _, c := range []struct{ text, implements, internal string }{
		{"Thực hiện nhiệm vụ tại điểm 5 mục II.", "II.5", ""},
		{"Cụ thể hóa điểm 5, mục II Kế hoạch số 12-KH/TU.", "II.5", ""},
		{"Thực hiện gạch đầu dòng thứ nhất của điểm 5 mục II Kế hoạch số 12-KH/TU.", "II.5-1", ""},
		{"Thực hiện các điểm 1, 2 và 3 mục II Kế hoạch của Thành ủy.", "II.1 II.2 II.3", ""},
		{"Thực hiện điểm 1 mục I và điểm 4, mục III của Kế hoạch số 12-KH/TU.", "I.1 III.4", ""},
		{"Thực hiện mục II.5 Kế hoạch số 12-KH/TU.", "II.5", ""},
		{"Thực hiện II.5-1 và II.3-3 của Kế hoạch số 12-KH/TU.", "II.5-1 II.3-3", ""},
		{"Thực hiện mục III Kế hoạch số 12-KH/TU.", "III", ""},
		{"Phân công theo điểm 1 mục III Kế hoạch này.", "", "III.1"},
		{"Vào thời điểm 5 giờ; quan điểm 2 chiều; danh mục I.", "", ""},
		{"Theo khoản 2 Điều 5 Nghị định số 76/2018/NĐ-CP.", "", "external"},
	} {
		implements, internal := derivedPlan(t, c.text)
		if got := strings.Join(implements, " "); got != c.implements {
			t.Errorf("%s: implements %q, not %q", c.text, got, c.implements)
		}
		if got := strings.Join(internal, " "); got != c.internal {
			t.Errorf("%s: refers to %q, not %q", c.text, got, c.internal)
		}
	}
}

func TestArticlesReferToEachOther(t *testing.T) {
	p := readText(t, "QUY CHẾ", "Hoạt động của sàn", "", "Điều 1. Phạm vi", "1. Việc.", "2. Theo khoản 1 Điều này.", "Điều 2. Áp dụng", "1. Theo điểm a khoản 2 Điều này và Điều 1 Quy chế này.",
		"2. Gồm:", "a) Một;", "b) Như điểm a khoản này;", "c) Theo khoản 1 và khoản 2 Điều 1;", "d) Theo khoản 3 Điều 9.", "Điều 3. Theo quy định tại điểm b khoản 1 Điều 3 Luật Chuyển giao công nghệ.")
	var got []string
	for _, r := range p.InternalRefs {
		got = append(got, r.At+" "+r.Target)
	}
	want := []string{"D1.2#1 D1.1", "D2.1#1 D2.2.a", "D2.1#1 D1", "D2.2.b#1 D2.2.a", "D2.2.c#1 D1.1", "D2.2.c#1 D1.2", "D3#1 external"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	told := false
	for _, w := range p.Warnings {
		told = told || w.At == "D2.2.d#1" && w.Key == "reading.reference_unresolved"
	}
	if !told {
		t.Error("a reference to an article that is not there is not told")
	}
}

func TestTheLeadThatAHeadingNamesGoesDownToItsTasks(t *testing.T) {
	p := readFile(t, "testdata/chi-thi.txt")
	leads := map[string]string{}
	for _, a := range p.Assignments {
		if a.Role == "lead" {
			leads[a.At] = a.Body
			if want := strings.Contains(a.At, ".") || a.At == "3#2"; a.Inherited != want {
				t.Errorf("%s: inherited %v", a.At, a.Inherited)
			}
		}
	}
	for _, c := range p.Clauses {
		want := map[byte]string{'1': "Sở Khoa học và Công nghệ", '2': "Sở Tài chính", '3': "Ủy ban nhân dân các phường, xã", '4': "Sở Khoa học và Công nghệ"}[c.ID[0]]
		if leads[c.ID] != want {
			t.Errorf("%s is led by %q, not %q", c.ID, leads[c.ID], want)
		}
	}
	due := map[string]string{}
	for _, d := range p.Deadlines {
		if d.To != nil {
			due[d.At] = *d.To
		} else if d.Recurrence != nil {
			due[d.At] = *d.Recurrence
		}
	}
	if due["1.a#2"] != "2026-06-30" || due["3#2"] != "2026-03-31" || !strings.HasPrefix(due["1.c#1"], "FREQ=MONTHLY;INTERVAL=3") {
		t.Errorf("%v", due)
	}
}
