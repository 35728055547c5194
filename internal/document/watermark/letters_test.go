package watermark

import (
	"testing"

	"golang.org/x/image/font/sfnt"
)

func TestTheTypefaceHasEveryLetterOfVietnamese(t *testing.T) {
	const letters = "ăâđêôơưáàảãạắằẳẵặấầẩẫậéèẻẽẹếềểễệíìỉĩịóòỏõọốồổỗộớờởỡợúùủũụứừửữựýỳỷỹỵ" +
		"ĂÂĐÊÔƠƯÁÀẢÃẠẮẰẲẴẶẤẦẨẪẬÉÈẺẼẸẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌỐỒỔỖỘỚỜỞỠỢÚÙỦŨỤỨỪỬỮỰÝỲỶỸỴ·…"
	face, err := typeface()
	if err != nil {
		t.Fatal(err)
	}
	if got := known(face, &sfnt.Buffer{}, letters); got != letters {
		t.Error(got)
	}
}

func TestALetterThatTheTypefaceHasNotIsToldByItsNumber(t *testing.T) {
	face, err := typeface()
	if err != nil {
		t.Fatal(err)
	}
	if got := known(face, &sfnt.Buffer{}, "王 An"); got != "[738B] An" {
		t.Error(got)
	}
}

func TestALongNameIsCutBetweenWordsAndNeverTooLong(t *testing.T) {
	name := "Sở Khoa học và Công nghệ, Trung tâm Thông tin và Thống kê Khoa học và Công nghệ"
	lines := folded(line(name))
	if len(lines) != 2 || lines[0] != "Sở Khoa học và Công nghệ, Trung tâm" {
		t.Errorf("%q", lines)
	}
	if decomposed := line("Tuye\u0302\u0301t\u202e\n A\u0301nh"); decomposed != "Tuyết Ánh" {
		t.Errorf("%q", decomposed)
	}
}

func TestBracketsAreClosedHoweverADrawingLeavesThem(t *testing.T) {
	for drawing, want := range map[string][2]string{
		"q Q":                             {"q ", "Q "},
		"q q Q":                           {"q ", "Q Q "},
		"Q Q q":                           {"q q q ", "Q Q "},
		"(q \\) (q) q) Tj <</q/Q>> % q q": {"q ", "Q "},
		"BI /W 1 ID q EIq q EI q":         {"q ", "Q Q "},
		"[(q)]TJ/q gs q":                  {"q ", "Q Q "},
	} {
		var b brackets
		b.read([]byte(drawing))
		if before, behind := b.around(); before != want[0] || behind != want[1] {
			t.Errorf("%s: %q and %q", drawing, before, behind)
		}
	}
}
